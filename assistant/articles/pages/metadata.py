"""What the head of a page says about its article: the authors, and the title without the name of the outlet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from assistant.articles.bylines import clean_author
from assistant.articles.openings import find_date, is_banner
from assistant.articles.outlet_lines import is_outlet_name
from assistant.articles.pages.blocks import get_text, list_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SCRIPT_CHARACTERS = 200_000
MAX_AUTHORS = 10
MAX_NODES = 2_000  # of the structured data of a page
MAX_HEADINGS = 20
MAX_OUTLET_WORDS = 5  # of a site at the end of a title
MIN_TITLE_WORDS = 2  # that a part of a title has which is more than a name

_AUTHOR_NAMES = frozenset(
    """
    author authors article:author article.author dc.creator dcterms.creator dc:creator dcsext.author byl byline
    parsely-author sailthru.author citation_author og:author og:article:author authorname article_author
    """.split()
)
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_ARTICLE_TYPE = re.compile(r"Article|BlogPosting|Report|Posting")
TITLE_END = re.compile(r"\s+(?:[|·•«»–—-]|::)\s+")
_LETTERS = re.compile(r"\W+")


def find_named_authors(tree: HtmlElement, outlet: str | None) -> str | None:
    """The authors that the metadata of a page name; None if they name none, or only an office or the outlet."""
    for values in (_list_structured_authors(tree), list_meta(tree, _AUTHOR_NAMES)):
        names = dict.fromkeys(name for value in islice(values, MAX_AUTHORS) if (name := _clean(value, outlet)))
        if names:
            return ", ".join(names)
    return None


def choose_title(tree: HtmlElement, extracted: str | None, outlet: str | None) -> str | None:
    """The title of the article: the extracted one if the head of the page bears it out, else the head's own."""
    head = tree.find(".//head/title")
    named = [*list_meta(tree, frozenset(_TITLE_NAMES)), *([get_text(head)] if head is not None else [])]
    named = [" ".join(title.split()) for title in named if title.strip()]
    if extracted and (not named or any(_holds(title, extracted) or _holds(extracted, title) for title in named)):
        return _strip_outlet(extracted, outlet)
    headings = (get_text(heading) for heading in islice(tree.iter("h1", "h2"), MAX_HEADINGS))
    heading = next((text for text in headings if text and any(_holds(title, text) for title in named)), None)
    return _strip_outlet(heading or next(iter(named), None) or extracted, outlet)


def find_outlet_in_title(tree: HtmlElement, author: str | None = None) -> str | None:
    """The site that the title of a page names after its heading: "Mill sold | News | The Weir Post"; None if none.

    What follows the heading at once can be a section or the author, unless it is plainly the name of a publication.
    """
    head = tree.find(".//head/title")
    title = " ".join(get_text(head).split()) if head is not None else ""
    ends = list(TITLE_END.finditer(title))
    if not ends or not any(_begins(title[: ends[0].start()], get_text(h1)) for h1 in islice(tree.iter("h1"), 3)):
        return None
    name = title[ends[-1].end() :].strip()
    is_name = name[:1].isupper() and len(name.split()) <= MAX_OUTLET_WORDS and not is_banner(name)
    is_site = len(ends) > 1 and name.casefold() not in (author or "").casefold()
    return name if is_name and (is_site or is_outlet_name(name)) and not find_date(name) else None


def _begins(title: str, heading: str) -> bool:
    return len(heading.split()) >= MIN_TITLE_WORDS and title.casefold() == " ".join(heading.split()).casefold()


def find_day_below_title(tree: HtmlElement) -> str | None:
    """The day on the line below the heading of the page, as newsletters have it.

    Elsewhere above the article, a day is often that on which the page was saved.
    """
    heading = next((text for element in islice(tree.iter("h1"), 1) if (text := get_text(element))), None)
    blocks = list_blocks(tree)[:MAX_HEADINGS] if heading else []
    return find_date(blocks[at + 1]) if (at := _index(blocks, heading)) is not None and at + 1 < len(blocks) else None


def _index(blocks: list[str], heading: str | None) -> int | None:
    return next((at for at, block in enumerate(blocks) if block == heading), None)


def _holds(whole: str, part: str) -> bool:
    """Whether a title has the words of another one, which are more than a name."""
    if len(part.split()) < MIN_TITLE_WORDS and whole != part:
        return False
    return _LETTERS.sub(" ", part).strip().casefold() in _LETTERS.sub(" ", whole).casefold()


def _strip_outlet(title: str | None, outlet: str | None) -> str | None:
    """A title without the name of its outlet at the end: "Mill sold | The Weir Post"."""
    if not title or not outlet:
        return title
    ends = list(TITLE_END.finditer(title))
    if not ends or ends[-1].start() == 0:
        return title
    one, other = title[ends[-1].end() :].casefold(), outlet.casefold()
    return title[: ends[-1].start()] if one and (one in other or other in one) else title


def _clean(value: str, outlet: str | None) -> str | None:
    value = " ".join(value.split())
    return None if value.lower().startswith(("http:", "https:", "@")) else clean_author(value, outlet)


def list_meta(tree: HtmlElement, names: frozenset[str]) -> Iterator[str]:
    """The contents of the meta elements with one of these names, in lower case."""
    for element in tree.iter("meta"):
        keys = f"{element.get('name') or ''} {element.get('property') or ''} {element.get('itemprop') or ''}"
        if not names.isdisjoint(keys.lower().split()):
            yield element.get("content") or ""


def list_article_nodes(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects that describe articles in the structured data (JSON-LD) of a page."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > MAX_SCRIPT_CHARACTERS:
            continue
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in islice(_walk(data), MAX_NODES):
            if _ARTICLE_TYPE.search(str(node.get("@type"))):
                yield node


def _list_structured_authors(tree: HtmlElement) -> Iterator[str]:
    """The names of the authors of the articles in the structured data of a page."""
    for node in list_article_nodes(tree):
        yield from _list_names(node.get("author"))


def _walk(data: object) -> Iterator[dict[str, object]]:
    """The objects at the top of structured data, in its lists and graphs."""
    waiting = [data]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:MAX_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _list_names(author: object) -> Iterator[str]:
    for each in author if isinstance(author, list) else [author]:
        name = each.get("name") if isinstance(each, dict) else each
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str):
                yield text
