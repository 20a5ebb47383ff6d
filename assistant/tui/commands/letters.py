"""Tells letters that are commands from letters of a question that somebody begins to type. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

BURST = 0.5  # seconds: letters that follow each other faster are typing
HOLD = 0.4  # seconds that a letter waits to see whether another one follows


class Kind(Enum):
    """What a letter would do where it was pressed."""

    TEXT = "nothing: it is text"
    MOVE = "go to another place, which can be repeated fast and does no harm"
    ACT = "copy, open or change something"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a letter: type `text`, or else run its command, at once or after `HOLD`."""

    text: str = ""
    waits: bool = False


class LetterGuard:
    """Judges one letter after the other. A letter that begins a word is typed with the word."""

    def __init__(self) -> None:
        self._burst = ""
        self._last = float("-inf")
        self._only_moves = True

    def judge(self, letter: str, kind: Kind, now: float) -> Verdict:
        """What to do with this letter, pressed at `now` (seconds of any clock)."""
        if now - self._last > BURST:
            self.forget()
        self._last = now
        is_first = not self._burst
        self._burst += letter
        self._only_moves = self._only_moves and kind is Kind.MOVE
        if kind is Kind.TEXT or not (is_first or self._only_moves):
            text = self._burst
            self.forget()
            return Verdict(text)
        return Verdict(waits=kind is Kind.ACT)

    def forget(self) -> None:
        """What was pressed before has nothing to do with what comes."""
        self._burst, self._only_moves = "", True
