"""The cited articles as CSL-JSON, what Zotero, pandoc and other users of the Citation Style Language read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.exports.bibliography import Name, Work, works
from assistant.records.answer import Citation


def items(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """An item for each article: `article-newspaper` where the outlet is known, else a `webpage` or a `document`."""
    return [_item(work) for work in works(citations)]


def _item(work: Work) -> dict[str, Any]:
    kind = "article-newspaper" if work.outlet else "webpage" if work.url else "document"
    item: dict[str, Any] = {"id": work.key, "type": kind, "title": work.title}
    if work.authors:
        item["author"] = [_name(name) for name in work.authors]
    if work.outlet:
        item["container-title"] = work.outlet
    if work.day:
        item["issued"] = {"date-parts": [list(work.day)]}
    elif work.day_as_given:
        item["issued"] = {"literal": work.day_as_given}
    if work.url:
        item["URL"] = work.url
    return item


def _name(name: Name) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
