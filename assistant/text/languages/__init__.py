"""One profile for each language: the word lists and patterns from which the other stages build their rules.

English is the only language so far. To add one, write a package next to `english` that fills a `LanguageProfile`, and
add it to `_PROFILES`. The stages read `ENGLISH` when they are imported; none chooses a profile for an article yet.

English only, outside the profiles: the word order of reported speech and the pronouns "he" and "she" (`speech`), the
phrasings of questions, their dates, events and answer types (`questions`), answer spans, conflicts and corrections,
`text.months`, the spelling variants of `text.transliteration`, the model that splits sentences (nupunkt), and all texts
that the program shows.
"""

from __future__ import annotations

from assistant.text.languages.english import ENGLISH
from assistant.text.languages.profile import LanguageProfile

__all__ = ["ENGLISH", "LanguageProfile", "get_language"]

_PROFILES = {profile.code: profile for profile in (ENGLISH,)}


def get_language(code: str | None) -> LanguageProfile:
    """The profile for a language tag such as "en" or "en-GB"; English where there is none, so check `profile.code`."""
    return _PROFILES.get((code or "").replace("_", "-").split("-")[0].lower(), ENGLISH)
