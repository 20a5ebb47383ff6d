"""All that is told of articles from outside their files, and what it makes of an article.

The user's own values count first, then the table of the nearest folder, then the settings of the nearest folder. All
of them count before what was read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.fields import FieldValue, encode_values
from assistant.articles.supplements.own_values import OwnEntry
from assistant.articles.supplements.tables import (
    MetadataTable,
    describe_unmatched,
    is_table_name,
    load_table,
    match_files,
)
from assistant.errors import ReadError
from assistant.records.article import Article, Notice
from assistant.system.os_errors import describe_read_error, is_out_of_handles

SET_BY_USER = "set by you"
FROM_SETTINGS = "the settings of its folder"
_ValueMap = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class FolderValues:
    """The fields of all articles below a folder, by its absolute path."""

    folder: str
    values: _ValueMap


@dataclass(slots=True)
class Supplement:
    """What is told of the articles of one library. `find_tables` is called once for the files of each comparison.

    `_by_file` has the rows of tables for each file: the name within the file, the values, the name of the table.
    """

    folders: Sequence[FolderValues] = ()
    entries: Sequence[OwnEntry] = ()
    _uris: Collection[str] = ()
    _by_file: dict[str, list[tuple[str, _ValueMap, str]]] = field(default_factory=dict)
    _own_by_path: dict[str, list[OwnEntry]] = field(default_factory=dict)
    _own_by_id: dict[str, OwnEntry] = field(default_factory=dict)
    _own_by_text: dict[str, OwnEntry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self._own_by_path.setdefault(entry.path or "", []).append(entry)
            self._own_by_id[entry.id] = entry
            self._own_by_text[entry.sha256] = entry

    def find_tables(self, files: dict[str, SourceFile]) -> list[Notice]:
        """Take the tables of metadata out of `files` by URI and use them; returns the notices on them."""
        self._by_file, notices = {}, list[Notice]()
        tables: list[MetadataTable] = []
        for uri in [uri for uri in files if is_table_name(uri)]:
            try:
                table = load_table(files[uri])
            except ReadError as error:
                notices.append(Notice(uri, str(error)))
            except OSError as error:
                if is_out_of_handles(error):
                    raise
                notices.append(Notice(uri, describe_read_error(error)))
            else:
                if table is None:
                    continue  # a table of articles
                tables.append(table)
                notices += table.notices
            del files[uri]
        self._uris = files.keys()
        for table in sorted(tables, key=lambda table: len(table.folder), reverse=True):
            matched = list(match_files(table, self._uris))
            for name, uri, within in matched:
                self._by_file.setdefault(uri, []).append((within, table.rows[name], table.name))
            unmatched = describe_unmatched(table, {name for name, _, _ in matched})
            notices += [unmatched] if unmatched else []
        return notices

    def fingerprint(self, uri: str) -> str:
        """Identifies all that is told of the articles of a file; empty if nothing is."""
        told: list[object] = [encode_values(values) for values in self._list_settings(uri)]
        told += [[rest, encode_values(values)] for rest, values, _ in self._by_file.get(uri, ())]
        told += [[entry.id, encode_values(entry.values), entry.is_left_out] for entry in self._own_by_path.get(uri, ())]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest() if told else ""

    def apply(self, article: Article, file: SourceFile) -> Article | None:
        """The article with what is told of it; None if it is to stay out of the library."""
        for values in reversed(list(self._list_settings(file.uri))):
            article = article.with_fields(values, FROM_SETTINGS)
        prefix = f"{file.article_id}/"
        within = article.id.removeprefix(prefix) if article.id.startswith(prefix) else ""
        told = [row for row in self._by_file.get(file.uri, ()) if row[0] in ("", within)]
        # What is said of an article within a file counts before what is said of the whole file.
        told.reverse()
        told.sort(key=lambda row: bool(row[0]))
        for _, values, origin in told:
            article = article.with_fields(values, origin)
        entry = self._find_entry(article, file.uri)
        if entry is None:
            return article
        return None if entry.is_left_out else article.with_fields(entry.values, SET_BY_USER)

    def _find_entry(self, article: Article, uri: str) -> OwnEntry | None:
        """What the user said of an article: by its id, else by its text, if the file of that time is gone."""
        entry = self._own_by_id.get(article.id)
        if entry is not None and (entry.path == uri or entry.sha256 == article.sha256 or self._is_gone(entry)):
            return entry
        entry = self._own_by_text.get(article.sha256)
        return entry if entry is not None and self._is_gone(entry) else None

    def _is_gone(self, entry: OwnEntry) -> bool:
        return entry.path not in self._uris

    def _list_settings(self, uri: str) -> Iterator[_ValueMap]:
        """The settings of the folders in which a file is, those of the innermost first."""
        found = [each for each in self.folders if uri == each.folder or uri.startswith(each.folder + os.sep)]
        yield from (each.values for each in sorted(found, key=lambda each: -len(each.folder)))
