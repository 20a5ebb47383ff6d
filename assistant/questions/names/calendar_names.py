"""Names with the word of a day or month in them, which date nothing: "Super Tuesday", "March for Our Lives"."""

from __future__ import annotations

import re

from assistant.questions.names.finding import find_names
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTHS, WEEKDAYS

_CALENDAR_WORD = re.compile(rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b", re.IGNORECASE)
_KNOWN_NAME = re.compile(
    r"\b(?:super|shrove|fat|giving|ruby) tuesday|(?:black|good|casual) friday|(?:ash) wednesday|"
    r"(?:cyber|black|easter|blue|clean) monday|(?:bloody|palm|easter|super|super bowl) sunday|"
    r"(?:maundy|holy|black) thursday|(?:holy|black|small business) saturday|"
    r"theresa may|may day|march madness|april fools?\b(?:['’]s?)?(?: day)?",
    re.IGNORECASE,
)
_TIME_WORDS = frozenset("last this next early late mid since until before after by every each past from to".split())


def find_calendar_names(text: str) -> list[str]:
    """The names in a question that contain the word of a day or month, as written."""
    if not _CALENDAR_WORD.search(text):
        return []
    known = [match[0] for match in _KNOWN_NAME.finditer(text)]
    return [*known, *(name.text for name in find_names(text) if _is_calendar_name(name.text))]


def _is_calendar_name(name: str) -> bool:
    """Whether a name of several words has a calendar word, and other words than dates have."""
    words = [word.lower() for word in re.findall(r"[\w’']+", name)]
    others = [word for word in words if not _CALENDAR_WORD.fullmatch(word) and not word[0].isdigit()]
    if len(others) == len(words) or words[0] in _TIME_WORDS:
        return False
    return any(word not in ENGLISH.aliases.name_joiners for word in others)
