"""Questions as they are given to `assistant ask`: words in a row, or lines of standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.cli.json_lines import read_lines

STANDARD_INPUT = "-"


def collect_questions(words: Sequence[str]) -> list[str]:
    """The question that the words are; for `-`, and without words if something is piped in, a question from each line.

    Empty if there is neither. Raises ReadError if standard input is not UTF-8.
    """
    if list(words) == [STANDARD_INPUT] or (not words and _is_piped()):
        return [line.strip() for line in read_lines(STANDARD_INPUT) if line.strip()]
    return [" ".join(words)] if words else []


def _is_piped() -> bool:
    return sys.stdin is not None and not sys.stdin.isatty()
