"""The text of parts of a page, and the blocks into which a browser breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_BLOCK_LETTERS = 8  # of a block that is looked for in a line
MIN_JOINED_BLOCKS = 2  # in a line that is divided
MAX_BLOCKS = 4_000  # of a page, that are looked for in its lines
MAX_DIVIDED_LINES = 20  # lines of a text that are looked into: an extractor that joins blocks gives few
MAX_LINE_LENGTH = 200_000  # characters of a line that is divided
MIN_COVERED = 0.75  # of the letters of such a line, in its blocks
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "head", "title", "svg"})
_BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option
    p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
_ITEM_MARK = re.compile(r"(?:[-•] ){1,8}")
_SPACES = re.compile(r"[\s\u200b]+")


def get_text(element: HtmlElement) -> str:
    """The text of an element in one line, without scripts and styles."""
    return " ".join(" ".join(iterate_text(element)).split())


def iterate_text(element: HtmlElement) -> Iterator[str]:
    """The text of an element piece by piece, without scripts and styles."""
    if element.tag in ("script", "style"):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from iterate_text(child)
        if child.tail:
            yield child.tail


def list_blocks(tree: HtmlElement) -> list[str]:
    """The lines of a page as a browser without styles shows them, in order; empty ones are left out."""
    lines: list[list[str]] = [[]]
    _collect_blocks(tree, lines)
    return [text for parts in lines if (text := _SPACES.sub(" ", "".join(parts)).strip())]


def _collect_blocks(element: HtmlElement, lines: list[list[str]]) -> None:
    if not isinstance(element.tag, str) or element.tag in _SILENT_TAGS:
        return
    is_block = element.tag in _BLOCK_TAGS
    if is_block:
        lines.append([])
    lines[-1].append(element.text or "")
    for child in element:
        _collect_blocks(child, lines)
        lines[-1].append(child.tail or "")
    if is_block:
        lines.append([])


def split_joined_lines(text: str, blocks: Sequence[str]) -> tuple[str, bool]:
    """The text with its lines divided where the page has several blocks; and whether there was such a line.

    The extractor of short articles joins all the blocks of a page into one line, also without a space between them.
    """
    keys = [key for block in blocks if len(key := _SPACES.sub("", block)) >= MIN_BLOCK_LETTERS][:MAX_BLOCKS]
    known = set(keys)
    lines: list[str] = []
    count = 0
    for line in text.split("\n"):
        is_whole = _SPACES.sub("", _ITEM_MARK.sub("", line)) in known or line.startswith("|")
        if is_whole or len(line) > MAX_LINE_LENGTH or count == MAX_DIVIDED_LINES:
            lines.append(line)
        else:
            count += 1
            lines += _divide_line(line, keys)
    divided = "\n".join(lines)
    return divided, divided.count("\n") > text.count("\n")


def _divide_line(line: str, keys: Sequence[str]) -> list[str]:
    """The parts of a line that are blocks of the page, and what is between them; the line if it is not made of such."""
    offsets = [at for at, character in enumerate(line) if not _SPACES.match(character)]
    letters = "".join(line[at] for at in offsets)
    found: list[tuple[int, int]] = []
    place = 0
    for key in keys:
        start = letters.find(key, place)
        if start >= 0:
            place = start + len(key)
            found.append((start, place))
    if len(found) < MIN_JOINED_BLOCKS or sum(b - a for a, b in found) < MIN_COVERED * len(letters):
        return [line]
    cuts = sorted({0, len(letters)}.union(*found))
    ends = [*offsets, len(line)]
    parts = (line[ends[a] : ends[b]].strip() for a, b in pairwise(cuts))
    return [part for part in parts if part]
