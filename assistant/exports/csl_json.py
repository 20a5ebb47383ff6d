"""The cited articles as CSL-JSON (Citation Style Language), which Zotero and pandoc read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from assistant.exports.bibliography import AuthorName, Work, collect_works
from assistant.exports.provenance import PROGRAM
from assistant.records.answer import Citation


def build_csl_items(citations: Iterable[Citation], on: date) -> list[dict[str, Any]]:
    """One item per article: `article-newspaper` if the outlet is known, else `webpage` or `document`.

    `on` is the day of access.
    """
    return [_build_item(work, on) for work in collect_works(citations)]


def _build_item(work: Work, on: date) -> dict[str, Any]:
    item: dict[str, Any] = {"id": work.key, "type": _choose_type(work), "title": work.title}
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
        item["accessed"] = {"date-parts": [[on.year, on.month, on.day]]}
    if work.file:
        item["note"] = work.file
    item["source"] = PROGRAM
    return item


def _choose_type(work: Work) -> str:
    if work.source:
        return "article-newspaper"
    return "webpage" if work.url else "document"


def _build_name(name: AuthorName) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
