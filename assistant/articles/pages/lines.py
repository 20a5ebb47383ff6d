"""Lines of an extracted page that are not its text: bylines and dates around it; and labels on lines of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.articles.bylines import is_byline
from assistant.articles.openings import is_publication_line

MAX_OPENING_LINES = 8
MAX_CLOSING_LINES = 3
MAX_LABEL_LENGTH = 50
MAX_LABEL_WORDS = 5
MIN_TURNS = 3


def drop_byline_lines(lines: Sequence[str]) -> list[str]:
    """The lines without those at the beginning and the end that only say who wrote the text, or when."""
    last = len(lines) - MAX_CLOSING_LINES
    kept = [line for at, line in enumerate(lines) if last > at >= MAX_OPENING_LINES or not _is_about_text(line)]
    return kept if any(line.strip() for line in kept) else list(lines)


def join_labels(lines: Sequence[str]) -> list[str]:
    """The lines with the names of speakers that stand on lines of their own before their words: "Ada Poe: words".

    These are short lines that return, each followed by one that does not.
    """
    counts = Counter(line.strip() for line in lines if _can_be_label(line))
    is_label = [counts[line.strip()] > 0 for line in lines]
    labels = [at for at in range(len(lines) - 1) if is_label[at] and not is_label[at + 1]]
    names = {lines[at].strip() for at in labels}
    if len(labels) < MIN_TURNS or len(names) < 2 or len(names) * 2 > len(labels) + 1:
        return list(lines)
    joined: list[str] = []
    for at, line in enumerate(lines):
        if at and at - 1 in labels:
            joined[-1] = f"{joined[-1].strip()}: {line}"
        else:
            joined.append(line)
    return joined


def _is_about_text(line: str) -> bool:
    return is_byline(line.strip()) or is_publication_line(line.strip())


def _can_be_label(line: str) -> bool:
    words = line.split()
    return (
        0 < len(words) <= MAX_LABEL_WORDS
        and len(line) <= MAX_LABEL_LENGTH
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and line.strip()[-1].isalpha()
    )
