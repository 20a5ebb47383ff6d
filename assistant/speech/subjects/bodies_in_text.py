"""What a text tells of the names of bodies: abbreviations, articles of names, words that only stand together."""

from __future__ import annotations

import re

from assistant.text.languages import ENGLISH
from assistant.text.names import NAME_WORD, is_organization

MIN_TOGETHER = 2  # times that two words stand together to be taken for one name

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


_WITH_ARTICLE = re.compile(r"(?<=[a-z,”\"’] )The ([A-Z][a-z]{2,20})\b(?! [A-Z])")


def find_names_with_article(text: str) -> frozenset[str]:
    """The words to which a text gives a capital article inside its sentences, always: "Hill" of "The Hill"."""
    names = frozenset(_WITH_ARTICLE.findall(text))
    return frozenset(name for name in names if not re.search(rf"\bthe {name}\b(?! [A-Z])", text))


def find_inseparable(text: str, first: str, link: str, second: str) -> str | None:
    """The name that two words make if a text never has one without the other: "Wood and Water", "Tarn’s Bay".

    It is the first longer one that a body has, "Wood and Water Trust", if there is any.
    """
    words, link = (first, second.split()[0]), link if link.startswith(("'", "’")) else f" {link}"
    pair = f"{words[0]}{link} {words[1]}"
    times = text.count(pair)
    if times < MIN_TOGETHER or any(len(re.findall(rf"\b{re.escape(word)}\b", text)) > times for word in words):
        return None
    longer = re.finditer(rf"\b{re.escape(pair)}(?: {NAME_WORD}){{1,4}}", text)
    return next((match[0] for match in longer if is_organization(match[0])), pair)
