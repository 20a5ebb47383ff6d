"""What the structured data (JSON-LD) and the head of a page say of its article beside title, author and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from assistant.articles.pages.metadata import list_article_nodes, list_meta

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UPDATED = frozenset({"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"})
_SECTION = frozenset({"article:section", "og:section", "parsely-section", "sailthru.section"})
_TIER = frozenset({"article:content_tier", "og:article:content_tier"})
_FALSE = frozenset({"false", "0", "no", "http://schema.org/false", "https://schema.org/false"})


@dataclass(frozen=True, slots=True)
class ArticleData:
    """The date of the last change as the page writes it, the section, whether it is free, and how many words it has."""

    updated: str | None = None
    section: str | None = None
    is_free: bool = True
    word_count: int | None = None


def read_article_data(tree: HtmlElement) -> ArticleData:
    """What a page says of its article. Of several values the first one counts."""
    nodes = list(list_article_nodes(tree))
    updated = next(_list_texts(nodes, "dateModified"), None) or next(list_meta(tree, _UPDATED), None)
    section = next(_list_texts(nodes, "articleSection"), None) or next(list_meta(tree, _SECTION), None)
    counts = (_read_count(node.get("wordCount")) for node in nodes)
    return ArticleData(
        updated or None,
        section or None,
        all(_is_free(node) for node in nodes) and "locked" not in map(str.lower, list_meta(tree, _TIER)),
        next((count for count in counts if count), None),
    )


def _list_texts(nodes: list[dict[str, object]], name: str) -> Iterator[str]:
    for node in nodes:
        value = node.get(name)
        for each in islice(value if isinstance(value, list) else [value], 1):
            if isinstance(each, str) and each.strip():
                yield each.strip()


def _read_count(value: object) -> int | None:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 6 else None


def _is_free(node: dict[str, object]) -> bool:
    parts = node.get("hasPart")
    every = [node, *(part for part in (parts if isinstance(parts, list) else [parts])[:20] if isinstance(part, dict))]
    return not any(str(each.get("isAccessibleForFree")).lower() in _FALSE for each in every)
