"""Names of the library's sources in a question, as people write them and as the library does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
_TIME_WORDS = re.compile(
    r"\b(?:today|week|month|(?:sun|mon|tues|wednes|thurs|fri|satur)day|evening|morning)\b", re.IGNORECASE
)
_MAX_NAMES_WITH_TIME_WORDS = 9
_NEXT_WORD = re.compile(r"\s+(?P<next>[\w’']+)|\W|$")


class OutletMatcher:
    """The sources of a library, found under small differences: case, "the", spaces, a year or a domain behind."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names: Mapping[str, str] = {
            **_index_last_words(names),  # a whole name counts before the end of another
            **{key: name for name in names for key in _make_keys(name)},
        }

    def match_name(self, text: str) -> str | None:
        """The source that a text is the name of, be it "the Guardian’s coverage"."""
        return self._names.get(_normalize_outlet(_COVERAGE_WORDS.sub("", text.strip())))

    def find_names_with_time_words(self, text: str) -> list[str]:
        """The sources in a text, as it writes them, whose names have a time in them: USA TODAY, The Week."""
        if not self._names or not _TIME_WORDS.search(text):
            return []
        found = re.finditer(rf"(?<!\w)(?:{'|'.join(self._build_patterns())})(?!\w)", text, re.IGNORECASE)
        written = dict.fromkeys(match[0] for match in found)
        return [name for name in written if _TIME_WORDS.search(name) and name[:1].isupper()][
            :_MAX_NAMES_WITH_TIME_WORDS
        ]

    def extract_outlets(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Take "according to the Guardian" and "in TASS and the BBC" out of a question: the rest, and the sources."""
        if not self._names:
            return text, ()
        found: dict[str, None] = {}
        name = r"(?:the )?(?:" + "|".join(self._build_patterns()) + r")(?!\w)(?:['’]s?)?"
        listed = (
            rf"{name}(?:(?:, and |, | and | or | & ){name}){{0,5}}(?: (?:articles?|stor(?:y|ies)|reports?|coverage)\b)?"
        )
        pattern = re.compile(rf",? ?\b(?P<how>{_ATTRIBUTION}|in|between) (?P<names>{listed}),?", re.IGNORECASE)
        single = re.compile(name, re.IGNORECASE)

        def take(match: re.Match[str]) -> str:
            inside = [each[0] for each in single.finditer(match["names"])]
            how = match["how"].lower()
            if (how == "in" and not _is_source_mention(match, inside)) or (how == "between" and len(inside) < 2):
                return match[0]
            found.update((source, None) for each in inside if (source := self.match_name(re.sub(r"['’]s?$", "", each))))
            return " "

        rest = pattern.sub(take, text)
        return " ".join(rest.split()).replace(" ?", "?"), tuple(found)

    def _build_patterns(self) -> list[str]:
        longest_first = sorted(self._names, key=len, reverse=True)
        return [r"[\s.&’'-]{0,3}".join(re.escape(word) for word in key.split()) for key in longest_first]


def _is_source_mention(match: re.Match[str], names: list[str]) -> bool:
    """Whether "in …" means the paper: "in the week" does not, nor "in the Post building"."""
    after = _NEXT_WORD.match(match.string, match.end())
    if after and after["next"] and after["next"].lower() not in STOP_WORDS and not match[0].endswith(","):
        return False
    bare = re.sub(r"^the ", "", names[0], flags=re.IGNORECASE)
    return " " in bare or not bare.islower()


def _index_last_words(names: Sequence[str]) -> dict[str, str]:
    """ "The Courier" for the Ellery Courier, where only one name ends so."""
    ends: dict[str, list[str]] = {}
    for name in names:
        words = _normalize_outlet(name).split()
        if len(words) > 1 and len(words[-1]) > 3:
            ends.setdefault(words[-1], []).append(name)
    return {end: of[0] for end, of in ends.items() if len(of) == 1 and end not in _GENERIC_LAST_WORDS}


_GENERIC_LAST_WORDS = frozenset("news online agency week today press notes journalism radio media daily weekly".split())


def _make_keys(name: str) -> list[str]:
    key = _normalize_outlet(name)
    initials = "".join(word[0] for word in key.split())
    return [key, initials] if len(initials) > 2 else [key] if key else []


def _normalize_outlet(name: str) -> str:
    name = re.sub(r" ?\([^()]*\)$", "", " ".join(name.lower().split()))  # "The Times (London)"
    name = re.sub(r"^the ", "", name)
    while (shorter := _SUFFIX.sub("", name)) != name:
        name = shorter
    return " ".join(re.findall(r"\w+", name))
