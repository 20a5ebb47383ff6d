"""Where a page was saved from, if a program wrote that into its file, and the outlet that an address bears out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.articles.outlet_lines import find_outlet
from assistant.articles.pages.blocks import get_text
from assistant.articles.pages.metadata import TITLE_END, find_outlet_in_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_HEAD_CHARACTERS = 5_000  # of a page, in which programs note where they saved it from
MIN_OUTLET_LETTERS = 4  # of a name that is part of the name of a host

# Browsers: <!-- saved from url=(0030)https://… -->; SingleFile: a comment of lines, among them "url: https://…".
_SAVED_FROM = re.compile(
    r"<!--\s{0,20}saved from url=\(\d{1,6}\)(https?://[^\s<>\"]{3,2000}?)\s{0,20}-->", re.IGNORECASE
)
_SINGLE_FILE = re.compile(
    r"<!--\s{0,20}Page saved with SingleFile\s{1,20}url:[ \t]{0,20}(https?://[^\s<>\"]{3,2000})", re.IGNORECASE
)
_GENERAL_LABELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_NO_LETTERS = re.compile(r"[\W_]+")


def find_saved_address(html: str) -> str | None:
    """The web address in the comment of the program that saved a page; None if there is none."""
    head = html[:MAX_HEAD_CHARACTERS]
    found = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    return found[1] if found and _find_host(found[1]) else None


def choose_outlet(
    tree: HtmlElement, named: str | None, address: str | None, author: str | None, text: str
) -> str | None:
    """The name of the site of a page: `named` by its data, else in its title or its first lines, else its host.

    `named` can be the host of the address too, which is no name: then the title counts if it has the name of the host
    in words ("The Weir Post" at weirpost.example).
    """
    host = _find_host(address or "")
    if named and not (host and named.removeprefix("www.") == host):
        return named
    if named:
        return (host and _find_host_in_title(tree, host)) or named
    found = (host and _find_host_in_title(tree, host)) or find_outlet_in_title(tree, author)
    return found or (None if find_outlet(text) else host)


def _find_host_in_title(tree: HtmlElement, host: str) -> str | None:
    """The last part of the title of a page, if the host is named after it."""
    head = tree.find(".//head/title")
    title = " ".join(get_text(head).split()) if head is not None else ""
    ends = list(TITLE_END.finditer(title))
    name = title[ends[-1].end() :] if ends else ""
    letters = _NO_LETTERS.sub("", name.casefold().removeprefix("the "))
    labels = host.casefold().split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _GENERAL_LABELS:  # weirpost.co.uk
        labels.pop()
    is_site = bool(labels) and letters == _NO_LETTERS.sub("", labels[-1]).removeprefix("the")
    return name if len(letters) >= MIN_OUTLET_LETTERS and is_site and name[:1].isupper() else None


def _find_host(address: str) -> str | None:
    """The host of a web address without "www."; None if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None
