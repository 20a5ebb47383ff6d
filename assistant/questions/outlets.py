"""Finds the names of the library's sources in a question, in spite of small differences in spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.text.months import WEEKDAYS
from assistant.text.words import STOP_WORDS

_SUFFIX = re.compile(
    r"(?: (?:news|online|agency|news agency|website|newspaper|international|\d{4})|\.(?:com|org|net|co\.uk))$"
)
_COVERAGE_WORDS = re.compile(
    r"(?:['’]s?)? (?:news )?(?:articles?|story|stories|reports?|reporting|coverage|newspaper|website|pieces?)$",
    re.IGNORECASE,
)
_ATTRIBUTION = (
    r"(?:according to|(?:as )?(?:reported|described|told|covered|published) (?:by|in)|(?<=quoted )by|"
    r"(?:articles?|stories|story|reports?|reporting|coverage|pieces?|quotes?) (?:by|in|from|of)|compared (?:to|with))"
)
_TIME_WORDS = re.compile(rf"\b(?:today|week|month|{'|'.join(WEEKDAYS)}|evening|morning)\b", re.IGNORECASE)
_MAX_NAMES_WITH_TIME_WORDS = 9
_MAX_LISTED_NAMES = 6
_MIN_INITIALS = 3
_MIN_LAST_WORD_CHARACTERS = 4
_GENERIC_LAST_WORDS = frozenset("news online agency week today press notes journalism radio media daily weekly".split())
_POSSESSIVE_ENDING = re.compile(r"['’]s?$")
_NEXT_WORD = re.compile(r"\s+(?P<next>[\w’']+)|\W|$")


class OutletMatcher:
    """Matches names of sources. Case, "the", spaces and punctuation, and a year or domain at the end are ignored."""

    def __init__(self, names: Sequence[str]) -> None:
        """`names` are the sources of the library, as the library writes them."""
        self._names: Mapping[str, str] = {
            **_index_last_words(names),  # the full name of one source takes precedence over the last word of another
            **{key: name for name in names for key in _make_keys(name)},
        }

    def match_name(self, text: str) -> str | None:
        """The source that a text names, as in "the Guardian" or "the Guardian’s coverage"."""
        return self._names.get(_normalize_outlet(_COVERAGE_WORDS.sub("", text.strip())))

    def find_names_with_time_words(self, text: str) -> list[str]:
        """The names in a text, as it writes them, that contain a word for a time: USA TODAY, The Week."""
        if not self._names or not _TIME_WORDS.search(text):
            return []
        matches = re.finditer(rf"(?<!\w)(?:{'|'.join(self._build_patterns())})(?!\w)", text, re.IGNORECASE)
        names = dict.fromkeys(match[0] for match in matches)
        timed = [name for name in names if _TIME_WORDS.search(name) and name[:1].isupper()]
        return timed[:_MAX_NAMES_WITH_TIME_WORDS]

    def extract_outlets(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Remove "according to the Guardian" and "in TASS and the BBC" from a question.

        Returns the rest of the question, and the sources as the library writes them.
        """
        if not self._names:
            return text, ()
        outlets: dict[str, None] = {}
        name = r"(?:the )?(?:" + "|".join(self._build_patterns()) + r")(?!\w)(?:['’]s?)?"
        name_pattern = re.compile(name, re.IGNORECASE)

        def remove_mention(match: re.Match[str]) -> str:
            names = [name_match[0] for name_match in name_pattern.finditer(match["names"])]
            if not _is_source_mention(match, names):
                return match[0]
            sources = (self.match_name(_POSSESSIVE_ENDING.sub("", name)) for name in names)
            outlets.update((source, None) for source in sources if source)
            return " "

        rest = _compile_mention_pattern(name).sub(remove_mention, text)
        return " ".join(rest.split()).replace(" ?", "?"), tuple(outlets)

    def _build_patterns(self) -> list[str]:
        longest_first = sorted(self._names, key=len, reverse=True)
        return [r"[\s.&’'-]{0,3}".join(re.escape(word) for word in key.split()) for key in longest_first]


def _compile_mention_pattern(name: str) -> re.Pattern[str]:
    """A pattern for one or more names after a phrase of attribution. Its groups are `preposition` and `names`."""
    separator = r"(?:, and |, | and | or | & )"
    coverage = r"(?: (?:articles?|stor(?:y|ies)|reports?|coverage)\b)?"
    names = rf"{name}(?:{separator}{name}){{0,{_MAX_LISTED_NAMES - 1}}}{coverage}"
    return re.compile(rf",? ?\b(?P<preposition>{_ATTRIBUTION}|in|between) (?P<names>{names}),?", re.IGNORECASE)


def _is_source_mention(match: re.Match[str], names: list[str]) -> bool:
    """Whether the names refer to sources: "in the Week" does, "in the week" and "in the Post building" do not."""
    preposition = match["preposition"].lower()
    if preposition == "between":
        return len(names) > 1
    if preposition != "in":
        return True
    after = _NEXT_WORD.match(match.string, match.end())
    if after and after["next"] and after["next"].lower() not in STOP_WORDS and not match[0].endswith(","):
        return False
    bare = re.sub(r"^the ", "", names[0], flags=re.IGNORECASE)
    return " " in bare or not bare.islower()


def _index_last_words(names: Sequence[str]) -> dict[str, str]:
    """The last words of names that only one name ends with: "The Courier" is the Ellery Courier."""
    names_by_last_word: dict[str, list[str]] = {}
    for name in names:
        words = _normalize_outlet(name).split()
        if len(words) > 1 and len(words[-1]) >= _MIN_LAST_WORD_CHARACTERS:
            names_by_last_word.setdefault(words[-1], []).append(name)
    return {
        word: matching[0]
        for word, matching in names_by_last_word.items()
        if len(matching) == 1 and word not in _GENERIC_LAST_WORDS
    }


def _make_keys(name: str) -> list[str]:
    """The normalized name, and its initials if they are too long to be confused with other words."""
    key = _normalize_outlet(name)
    initials = "".join(word[0] for word in key.split())
    if len(initials) >= _MIN_INITIALS:
        return [key, initials]
    return [key] if key else []


def _normalize_outlet(name: str) -> str:
    name = re.sub(r" ?\([^()]*\)$", "", " ".join(name.lower().split()))  # "The Times (London)"
    name = re.sub(r"^the ", "", name)
    while (shorter := _SUFFIX.sub("", name)) != name:
        name = shorter
    return " ".join(re.findall(r"\w+", name))
