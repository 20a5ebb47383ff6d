"""The cited articles as CSL-JSON, what Zotero, pandoc and other users of the Citation Style Language read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.exports.bibliography import AuthorName, Work, collect_works
from assistant.records.answer import Citation


def build_csl_items(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """An item for each article: `article-newspaper` where the outlet is known, else a `webpage` or a `document`."""
    return [_build_item(work) for work in collect_works(citations)]


def _build_item(work: Work) -> dict[str, Any]:
    kind = "article-newspaper" if work.source else "webpage" if work.url else "document"
    item: dict[str, Any] = {"id": work.key, "type": kind, "title": work.title}
    if work.authors:
        item["author"] = [_build_name(name) for name in work.authors]
    if work.source:
        item["container-title"] = work.source
    if work.day:
        item["issued"] = {"date-parts": [list(work.day)]}
    elif work.day_as_given:
        item["issued"] = {"literal": work.day_as_given}
    if work.url:
        item["URL"] = work.url
    return item


def _build_name(name: AuthorName) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
