"""What a text tells of the names of bodies: their abbreviations and articles, and that they speak or act."""

from __future__ import annotations

import re

from assistant.text.languages import ENGLISH
from assistant.text.names import NAME_WORD, is_organization

_ABBREVIATION = re.compile(
    r"(?P<before>[A-Z][\w’'&.\-]{1,30}(?: (?:of|and|the|for|&|[A-Z][\w’'.\-]{1,30})){1,8}) \((?P<short>[A-Z]{2,6})\)"
)


_SAYS = "|".join(ENGLISH.reporting.plain_cues | ENGLISH.reporting.second_hand_verbs)
BODY_IN_TEXT = re.compile(
    rf"\b[Tt]he ({NAME_WORD}(?: {NAME_WORD}){{1,3}})(?=[,.]| (?:{_SAYS})\b|{ENGLISH.narration.finite})"
)


def find_abbreviations(text: str) -> frozenset[str]:
    """The abbreviations that a text explains as those of a body: "TLB" in "the Tarn Lock Board (TLB)"."""
    return frozenset(match["short"] for match in _ABBREVIATION.finditer(text) if is_organization(match["before"]))


_WITH_ARTICLE = re.compile(rf"(?<=[a-z,] )The ([A-Z][a-z]{{2,20}})\b(?=[.,;]|[’']s\b| (?:{_SAYS})\b)")
_WITHOUT_ARTICLE = re.compile(r"(?<!The )\b[A-Z][a-z]{2,20}\b")


def find_names_with_article(text: str) -> frozenset[str]:
    """The words that a text only has behind a capital article, also inside a sentence: "Verge" of "The Verge".

    A word that stands elsewhere without it is also somebody's name, or a place's: "Ada Hill wrote in The Hill".
    """
    names = frozenset(_WITH_ARTICLE.findall(text))
    return names.difference(_WITHOUT_ARTICLE.findall(text)) if names else names
