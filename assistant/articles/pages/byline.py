"""The authors of a page: as its metadata name them, else as the byline of the article does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from assistant.articles.bylines import MAX_BYLINE_LENGTH, clean_author, is_byline, parse_byline
from assistant.articles.pages.metadata import find_named_authors

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYLINE_CHILDREN = 12
MAX_CANDIDATES = 200
MAX_METADATA_LENGTH = 200_000

_BYLINE_NAME = re.compile(r"(?i)by-?line|author|written|reporter|contributor|journalist|\bbyl\b|creator")
_OTHER_PART = re.compile(
    r"(?i)comment|sidebar|columnist|related|recirc|popular|trending|footer|\bnav|menu|login|caption|(?:photo|image|picture|media)[-_]?credit|reply|most-"
    r"|teaser|promo"
)
_ARTICLE_PART = re.compile(r"(?i)(?:post|entry|article|story)[-_]?(?:footer|meta|byline|author|info)")
_TAGS = (
    "a",
    "address",
    "div",
    "span",
    "p",
    "li",
    "h3",
    "h4",
    "h5",
    "em",
    "i",
    "strong",
    "small",
    "cite",
    "section",
    "font",
)
_OTHER_TAGS = frozenset({"aside", "nav", "footer", "figure", "figcaption", "form"})


def find_authors(tree: HtmlElement, extracted: str | None, outlet: str | None) -> str | None:
    """The names of the authors, or None.

    `extracted` is what the extractor of metadata found: it can be any text beside the word "author".
    """
    in_head = find_named_authors(tree, outlet)
    if in_head:
        return in_head
    named = clean_author(extracted.replace(";", " ; "), outlet) if extracted else None
    if named and extracted and _is_in_metadata(tree, extracted):
        return named
    in_byline = _find_in_byline(tree, outlet)
    if in_byline is None or (named and named in in_byline):
        return named if named and _stands_in_article(tree, named.partition(",")[0]) else in_byline
    return in_byline


def _stands_in_article(tree: HtmlElement, name: str) -> bool:
    """Whether the name stands anywhere but in the parts around the article."""
    words = name.replace(".", " ").split()
    pattern = re.compile(r"[\s.]{1,3}".join(map(re.escape, words)), re.IGNORECASE)
    return any(
        element.tag not in ("script", "style", "title")
        and pattern.search(f"{element.text or ''} \n {element[0].tail or '' if len(element) else ''}")
        and not _is_in_other_part(element)
        for element in tree.iter()
    )


def _is_in_metadata(tree: HtmlElement, author: str) -> bool:
    """Whether the metadata of a page hold the first of these names."""
    name = " ".join(author.partition(";")[0].split()).casefold()
    values = (element.get("content") or "" for element in tree.iter("meta"))
    scripts = (each.text or "" for each in tree.iter("script") if "json" in (each.get("type") or ""))
    return any(
        name in " ".join(text[:MAX_METADATA_LENGTH].replace(".", " ").split()).casefold()
        or name in " ".join(text[:MAX_METADATA_LENGTH].split()).casefold()
        for texts in (values, scripts)
        for text in texts
    )


def _find_in_byline(tree: HtmlElement, outlet: str | None) -> str | None:
    """The names in the first byline after the heading of the article, else in the last one before it."""
    before: str | None = None
    is_after = next(tree.iter("h1"), None) is None
    for element in islice(_list_candidates(tree), MAX_CANDIDATES):
        if element.tag == "h1":
            is_after = True
            continue
        text = " ".join(" ".join(islice(element.itertext(), MAX_BYLINE_CHILDREN * 2)).split())
        is_marked = bool(_BYLINE_NAME.search(_get_marks(element)))
        named = parse_byline(text, outlet) if is_marked or is_byline(text) else None
        if named is None or _is_in_other_part(element):
            continue
        if is_after:
            return named
        before = named if _is_beside_heading(element) else before
    return before


def _list_candidates(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The main heading, and short elements that can be bylines, in the order of the page."""
    for element in tree.iter("h1", *_TAGS):
        if element.tag == "h1":
            yield element
        elif len(element) <= MAX_BYLINE_CHILDREN and _is_short(element):
            text = (element.text or "").lstrip()[:8].lower()
            if text.startswith(("by ", "by\u00a0", "by:", "written", "words", "text", "author")) or _BYLINE_NAME.search(
                _get_marks(element)
            ):
                yield element


def _is_short(element: HtmlElement) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > MAX_BYLINE_LENGTH:
            return False
    return length > 0


def _get_marks(element: HtmlElement) -> str:
    names = ("class", "id", "rel", "itemprop", "data-testid", "data-component")
    return " ".join(value for name in names if (value := element.get(name)))


def _is_in_other_part(element: HtmlElement) -> bool:
    """Whether an element stands in a part of the page that is not the article."""
    for each in (element, *element.iterancestors()):
        if each.tag in ("html", "body", "article", "main"):
            return False
        names = f"{each.get('class') or ''} {each.get('id') or ''}"
        if (each.tag in _OTHER_TAGS or _OTHER_PART.search(names)) and not _ARTICLE_PART.search(names):
            return True
    return False


def _is_beside_heading(element: HtmlElement) -> bool:
    """Whether the main heading is in the same small part of the page, as in the head of an article."""
    for parent in islice(element.iterancestors(), 3):
        if parent.tag in ("body", "html", "main"):
            return False
        if next(parent.iter("h1"), None) is not None:
            return True
    return False
