"""A question about the whole collection, and its exact result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from assistant.records.query import Period

CollectionKind = Literal["count", "list", "rank", "first", "last", "who", "brief", "timeline", "unknown_unit"]
"""What is asked of the collection. `first` and `last` are mentions; `unknown_unit` asks for what cannot be counted."""

Unit = Literal["articles", "stories", "statements", "mentions", "outlets", "speakers", "authors", "months"]
"""What is counted or listed. A story is a group of articles with nearly the same text."""

Grouping = Literal["outlet", "month", "year", "day", "speaker", "author"]


@dataclass(frozen=True, slots=True)
class CollectionQuery:
    """A question about the collection after parsing. `topic` is empty if it asks about all articles.

    `speaker` is a name or description as typed; `act` is what somebody did to `target`: "criticised". `besides` is
    somebody who is not counted. `unit_words` are the words for what is counted, as typed. `search` is a topic typed as
    a search with operators; it replaces `topic`.
    """

    kind: CollectionKind
    unit: Unit = "articles"
    topic: str = ""
    quoted: tuple[str, ...] = ()
    speaker: str | None = None
    author: str | None = None
    outlets: tuple[str, ...] = ()
    period: Period | None = None
    group_by: Grouping | None = None
    unit_words: str = ""
    search: str | None = None
    act: str | None = None
    target: str | None = None
    besides: str | None = None


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """One of those counted: the place of a statement or mention in an article, or a whole article (without offsets).

    `name` is the speaker, outlet or author, if one was counted.
    """

    article_id: str | None = None
    start: int | None = None
    end: int | None = None
    name: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CollectionResult:
    """What was counted or listed. `total == len(items)` unless mentions were counted: their items have counts.

    `counted` says in words what was counted. `search` is the search that finds the same articles in the library.
    `is_least` is true if the collection may not hold all. `groups` are the numbers by outlet, month and so on.
    """

    kind: CollectionKind
    unit: Unit
    total: int
    counted: str
    search: str = ""
    is_least: bool = False
    groups: tuple[tuple[str, int], ...] = ()
    items: tuple[CollectionItem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON: items without what they lack."""
        names = ("article_id", "start", "end", "name", "count")
        return {
            "kind": self.kind,
            "unit": self.unit,
            "total": self.total,
            "at_least": self.is_least,
            "counted": self.counted,
            "search": self.search,
            "groups": [{"name": name, "count": count} for name, count in self.groups],
            "items": [
                {name: value for name in names if (value := getattr(item, name)) is not None} for item in self.items
            ],
        }
