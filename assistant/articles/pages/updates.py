"""The updates of a live blog: parts of one page, each with a time of its own.

A page that says what it is (LiveBlogPosting) may have two of them. Otherwise three are asked for, each with a heading
that leads to no other page, and together they must be most of the page: a list of teasers or comments is no live blog.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.articles.dates import parse_date
from assistant.articles.pages.blocks import get_text, list_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_DECLARED, MIN_OTHERS = 2, 3
MAX_TIMES = 2_000  # of a page
MAX_SCRIPT_CHARACTERS = 1_000_000
MIN_SHARE = 0.5  # of the characters of the page, in its updates if it does not say what it is
MIN_LETTERS = 20  # of an update
MAX_LABEL = 60  # characters of the time as the page shows it
_LIVE_BLOG = re.compile(r"LiveBlogPosting")
_COMMENT = re.compile(r"(?i)(?:^|[\s_-])(?:comments?|repl(?:y|ies)|reviews?|related|teasers?)(?:$|[\s_-])")
_HEADINGS = ("h2", "h3", "h4", "h5")


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its name within the page, its text in lines, its time as ISO 8601, and as the page shows it."""

    element: HtmlElement
    name: str
    text: str
    time: str
    label: str


def find_updates(tree: HtmlElement) -> list[Update]:
    """The updates in the order of the page; empty if it is no live blog."""
    is_declared = _is_declared(tree)
    groups: dict[HtmlElement, list[Update]] = defaultdict(list)
    for time in list(tree.iter("time"))[:MAX_TIMES]:
        block = _find_block(time)
        update = None if block is None else _read_update(block, time)
        if update is not None and block is not None and block.getparent() is not None:
            groups[block.getparent()].append(update)
    updates = max(groups.values(), key=len, default=[])
    if len({update.time for update in updates}) < (MIN_DECLARED if is_declared else MIN_OTHERS):
        return []
    return updates if is_declared or _are_most_of_page(updates, tree) else []


def _is_declared(tree: HtmlElement) -> bool:
    if any(_LIVE_BLOG.search(element.get("itemtype") or "") for element in tree.xpath(".//*[@itemtype]")):
        return True
    return any(
        "ld+json" in (script.get("type") or "") and _LIVE_BLOG.search((script.text or "")[:MAX_SCRIPT_CHARACTERS])
        for script in tree.iter("script")
    )


def _find_block(time: HtmlElement) -> HtmlElement | None:
    """The largest part of the page around a time that has no other time; None for one that can be no update."""
    block = time
    for parent in time.iterancestors():
        if parent.tag in ("body", "main", "html") or sum(1 for _ in _first_two(parent)) > 1:
            break
        block = parent
    for element in (block, *block.iterancestors()):
        if _COMMENT.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return None
    return None if block is time else block


def _first_two(element: HtmlElement) -> Sequence[HtmlElement]:
    found = []
    for time in element.iter("time"):
        found.append(time)
        if len(found) == 2:
            break
    return found


def _read_update(block: HtmlElement, time: HtmlElement) -> Update | None:
    try:
        day = parse_date(time.get("datetime") or get_text(time))
    except ValueError:
        return None
    label = get_text(time)[:MAX_LABEL]
    lines = [line for line in list_blocks(block) if line != label]
    if sum(map(len, lines)) < MIN_LETTERS or next(block.iter("p"), None) is None:
        return None
    return Update(block, block.get("id") or day, "\n".join(lines), day, label or day)


def _are_most_of_page(updates: Sequence[Update], tree: HtmlElement) -> bool:
    for update in updates:
        headings = list(update.element.iter(*_HEADINGS))
        links = [link for heading in headings for link in heading.iter("a")]
        around = [link for heading in headings for link in heading.iterancestors("a")]
        if not headings or any(not (link.get("href") or "#").startswith("#") for link in (*links, *around)):
            return False
    whole = sum(map(len, list_blocks(tree)))
    return sum(len(update.text) for update in updates) >= MIN_SHARE * whole
