"""The fields of an article in the order and with the names in which people read them."""

from __future__ import annotations

from assistant.records.article import Article

LABELS = {
    "source": "Outlet",
    "author": "Author",
    "published_at": "Published",
    "updated_at": "Updated",
    "first_seen": "First seen",
    "last_seen": "Last seen",
    "section": "Section",
    "tags": "Tags",
    "language": "Language",
    "url": "Address",
    "path": "File",
}


def describe_fields(article: Article, last_seen: str | None = None) -> list[tuple[str, str, str]]:
    """The fields that have a value: label, name, value. Two that people expect are there also without one.

    `last_seen` is when a page that was fetched was last at its source.
    """
    fields = []
    for name, label in LABELS.items():
        value = last_seen if name == "last_seen" else getattr(article, name)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        if name.endswith("_seen") and value:
            shown = f"{value[:16].replace('T', ' ')} UTC"
        if shown or name in ("source", "published_at"):
            fields.append((label, name, shown or "not known"))
    return fields
