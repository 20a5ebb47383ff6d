"""What the user has said of single articles: values of fields, and that an article is to stay out of the library.

It is kept in one file in the folder of what was added, beside the index: no build can lose it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.articles.supplements.fields import FieldValue, decode_values, encode_values
from assistant.errors import LibraryError
from assistant.records.article import Article
from assistant.system.files import write_durably
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error, describe_write_error, is_out_of_handles

FILE_NAME = "values.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What was said of one article. It is known again by its id, or by its text if its file has moved.

    `path` is the file in which it was, `sha256` the hash of its text. `is_left_out`: it is to stay out of the library.
    """

    id: str
    path: str | None
    sha256: str
    title: str
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    is_left_out: bool = False

    @classmethod
    def about(cls, article: Article) -> OwnEntry:
        """An entry without values."""
        return cls(article.id, article.path, article.sha256, article.title)


def load_entries(folder: Path) -> tuple[OwnEntry, ...]:
    """What was said so far, in the folder of what was added. Raises LibraryError if the file is damaged."""
    path = folder / FILE_NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        if is_out_of_handles(error):
            raise  # the file is not the cause
        raise LibraryError(f"{path}: {describe_read_error(error)}") from error
    try:
        record = parse_json(data)
        if record["format"] != _FORMAT:
            raise LibraryError(f"{path}: a newer version made it: update the assistant, or move the file away")
        entries = [_decode_entry(each) for each in record["articles"]]
    except (ValueError, TypeError, KeyError) as error:
        raise LibraryError(f"{path}: damaged; correct it in an editor, or move it away") from error
    return tuple(entries)


def save_entries(folder: Path, entries: Iterable[OwnEntry]) -> None:
    """Replace what was said. Raises LibraryError if it cannot be written."""
    path = folder / FILE_NAME
    record = {"format": _FORMAT, "articles": [_encode_entry(entry) for entry in entries]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(path, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    except OSError as error:
        raise LibraryError(f"{path}: {describe_write_error(error)}") from error


def change_entry(
    entries: Iterable[OwnEntry],
    article: Article,
    *,
    values: Mapping[str, FieldValue] | None = None,
    cleared: Iterable[str] = (),
    is_left_out: bool | None = None,
) -> list[OwnEntry]:
    """The entries with that of an article changed: `values` set, those of `cleared` fields withdrawn.

    An entry from which everything was withdrawn stays, so that the next build reads the file again.
    """
    kept = list(entries)
    at = next((at for at, entry in enumerate(kept) if entry.id == article.id), None)
    if at is None:
        at = next((at for at, entry in enumerate(kept) if entry.sha256 == article.sha256), None)
    old = OwnEntry.about(article) if at is None else kept[at]
    fresh = {**old.values, **(values or {})}
    for name in cleared:
        fresh.pop(name, None)
    changed = replace(
        OwnEntry.about(article), values=fresh, is_left_out=old.is_left_out if is_left_out is None else is_left_out
    )
    if at is None:
        kept.append(changed)
    else:
        kept[at] = changed
    return kept


def _encode_entry(entry: OwnEntry) -> dict[str, object]:
    record: dict[str, object] = {
        "id": entry.id,
        "path": entry.path,
        "sha256": entry.sha256,
        "title": entry.title,
        "values": encode_values(entry.values),
    }
    return {**record, "left_out": True} if entry.is_left_out else record


def _decode_entry(record: Mapping[str, object]) -> OwnEntry:
    values = decode_values(record["values"])
    texts = [record["id"], record["sha256"], record["title"], record["path"] or ""]
    if values is None or not all(isinstance(text, str) for text in texts):
        raise ValueError("not an entry")
    path = record["path"]
    return OwnEntry(
        str(record["id"]),
        None if path is None else str(path),
        str(record["sha256"]),
        str(record["title"]),
        values,
        record.get("left_out") is True,
    )
