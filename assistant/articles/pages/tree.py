"""The tree of a web page, built in linear time whatever tags the page has.

The parser of lxml compares each attribute of a tag with all others when it builds a tree, and drops what is nested
deeper than 255 tags. So it only reports tags and text here; the tree is built from what it reports, within limits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.articles.budget import check_parts, count_part
from assistant.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import TreeBuilder
    from lxml.html import HtmlElement

MAX_ATTRIBUTES = 500  # of one tag; the others are left out
MAX_DEPTH = 200  # of the tree; tags nested deeper become siblings
MAX_OPEN_TAGS = 2_000  # the parser looks for the start of an element among all open ones
MAX_CELLS = 200  # of one row of a table; more are further rows: the extractor counts a row again for each cell
MAX_SCRIPT_CHARACTERS = 1_000_000  # of one script; only some describe the page

_FEED_CHARACTERS = 65_536
_VALID_NAME = re.compile(r"[A-Za-z_][\w.:-]*", re.ASCII)
_INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PAGE_TAGS = frozenset({"html", "body"})
_CELL_TAGS = frozenset({"td", "th"})


def parse_tree(html: str) -> HtmlElement:
    """The tree of a page, without comments. Raises ReadError."""
    from lxml.etree import HTMLParser, LxmlError, TreeBuilder

    from assistant.articles.pages.element import make_element_parser

    if not html.strip():
        raise ReadError("no article text in this page")
    target = _LimitedTreeTarget(TreeBuilder(parser=make_element_parser()))
    parser = HTMLParser(target=target, huge_tree=True)
    try:
        for start in range(0, len(html), _FEED_CHARACTERS):  # an exception ends the reading of a part only
            parser.feed(_INVALID_CHARACTERS.sub("", html[start : start + _FEED_CHARACTERS]))
        tree: HtmlElement = parser.close()
    except LxmlError as error:
        raise ReadError(f"this page cannot be parsed ({type(error).__name__})") from error
    return tree


class _LimitedTreeTarget:
    """Receives tags and text from the parser, and builds the tree within the limits."""

    def __init__(self, builder: TreeBuilder) -> None:
        self._builder = builder
        self._open: list[str | None] = []  # the element of each open tag, by its name; None if the tag has none
        self._page: list[str] = []  # html and body: they are open until the end, because text can follow them
        self._flattened: str | None = None  # the element that is open below MAX_DEPTH
        self._script_characters: int | None = None  # so far, inside a script
        self._cells = 0  # so far, of the row that began last

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) == MAX_OPEN_TAGS:
            raise ReadError("too many open tags")  # `close` has the message that is shown
        count_part()
        self._script_characters = 0 if tag == "script" else None
        name = tag if _VALID_NAME.fullmatch(tag) else "span"
        if name in self._page or (name == "head" and "body" in self._page):
            self._open.append(None)
            return
        self._close_flattened()
        if name == "tr":
            self._cells = 0
        elif name in _CELL_TAGS:
            self._count_cell()
        self._builder.start(name, _select_attributes(attributes))
        if name in _PAGE_TAGS:
            self._page.append(name)
            self._open.append(None)
        elif len(self._open) >= MAX_DEPTH:
            self._flattened = name
            self._open.append(None)
        else:
            self._open.append(name)

    def end(self, _tag: str) -> None:
        self._script_characters = None
        self._close_flattened()
        name = self._open.pop()
        if name is not None:
            self._builder.end(name)

    def data(self, text: str) -> None:
        if not self._page:
            return
        if self._script_characters is not None:
            self._script_characters += len(text)
            if self._script_characters > MAX_SCRIPT_CHARACTERS:
                return
        self._builder.data(_INVALID_CHARACTERS.sub("", text))  # character references give such characters

    def close(self) -> HtmlElement:
        if len(self._open) == MAX_OPEN_TAGS:  # the parser closes the target after an exception too
            raise ReadError(f"more than {MAX_OPEN_TAGS:,} tags of this page are open at once")
        check_parts()
        if not self._page:
            raise ReadError("no article text in this page")
        self._close_flattened()
        for name in reversed(self._page):
            self._builder.end(name)
        return self._builder.close()

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS and self._open and self._open[-1] == "tr":
            self._builder.end("tr")
            self._builder.start("tr", {})
            self._cells = 1

    def _close_flattened(self) -> None:
        if self._flattened is not None:
            self._builder.end(self._flattened)
            self._flattened = None


def _select_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    selected: dict[str, str] = {}
    for name, value in attributes.items():
        if len(selected) == MAX_ATTRIBUTES:
            break
        if _VALID_NAME.fullmatch(name):
            selected[name] = _INVALID_CHARACTERS.sub("", value)
    return selected
