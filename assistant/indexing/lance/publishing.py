"""Brings Lance tables up to date with a library in SQLite, and publishes them in one step.

Each table is first restored to its published version, so that nothing of a build that was killed is left in it. Rows
that are gone are deleted and new ones appended, the indexes are brought up to date, and the last write names the new
version of every table. Until then readers see the former publication, and they keep it as long as it is open."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import LibraryLocked
from assistant.indexing.lance.columns import COLUMNS, MAKE_WORD_TABLE, Row, make_completion, read_rows
from assistant.store.lance.tables import (
    PUBLICATION,
    TABLES,
    Publication,
    lance_errors,
    open_table,
    read_publication,
    require_lance,
    table_uri,
    write_publication,
)
from assistant.store.library import DATABASE
from assistant.store.sqlite import ReadConnection, database_errors

BLOCK_SIZE = 2_000  # rows in memory at a time
MAX_DELETED = 1_000  # rows in one condition
INDEX_VECTORS_FROM = 100_000  # passages; fewer are searched one by one, which is exact
MAX_FRAGMENTS = 20  # files of a table, above which they are merged
GRACE = timedelta(days=1)  # for which an older publication than the last two can still be read
_TAG = "published-"  # before the generation, in the tag of a version
DIGEST_BYTES = 12  # of a row; with 10**8 rows, two of one table have the same digest once in 10**13


def publish_tables(folder: Path, uri: str) -> bool:
    """Publish the library of an index folder at an address; False if that state is published there already.

    Raises ConfigError without the packages, LibraryLocked if another build writes there, LibraryDamaged, LibraryError.
    """
    require_lance()
    path = folder / DATABASE
    before = read_publication(uri)
    with database_errors(path), contextlib.closing(ReadConnection(path)) as connection, lance_errors(uri):
        database = connection.connection
        manifest = dict(database.execute("SELECT key, value FROM manifest"))
        if before is not None and before.manifest.get("generation") == manifest["generation"]:
            return False
        publication = _open_publication(uri)
        database.execute(MAKE_WORD_TABLE)
        versions = before.versions if before else {}
        tables = {name: _Table(uri, name, versions.get(name), int(manifest["dimension"])) for name in TABLES}
        for table in tables.values():
            table.update(database)
        stems = sum(batch.column(0).to_numpy().sum() for batch in tables["passage"].scan(["length"]))
        for table in tables.values():
            table.keep(manifest["generation"])
        current = {name: table.version for name, table in tables.items()}
        write_publication(publication, Publication(current, manifest, int(stems)))
        in_use = {manifest["generation"], *([before.manifest["generation"]] if before else [])}
        for table in tables.values():
            table.clean_up(in_use)
    return True


def _open_publication(uri: str) -> Any:
    import pyarrow

    found = open_table(uri, PUBLICATION)
    if found is None:
        rows = pyarrow.table({"made": pyarrow.array([], pyarrow.int64())})
        found = require_lance().write_dataset(rows, table_uri(uri, PUBLICATION))
    return found


class _Table:
    """One table while it is brought up to date."""

    def __init__(self, uri: str, name: str, published: int | None, dimension: int) -> None:
        self._uri, self._name, self._dimension = uri, name, dimension
        self._published = published
        self._dataset: Any = open_table(uri, name)
        if self._dataset is not None and published is not None and self._dataset.version != published:
            self._dataset = open_table(uri, name, published)
            self._dataset.restore()

    @property
    def version(self) -> int:
        """The version as it is now."""
        return int(self._dataset.version)

    def scan(self, columns: Sequence[str]) -> Iterator[Any]:
        """All rows, in batches of these columns."""
        yield from self._dataset.scanner(columns=list(columns)).to_batches()

    def update(self, database: sqlite3.Connection) -> None:
        """Make the table equal to the one in SQLite, and bring its indexes up to date."""
        is_new = self._published is None
        known = set() if is_new else {row for batch in self.scan(["row"]) for row in batch.column(0).to_pylist()}
        gone = set(known)
        self._write(self._new_rows(database, known, gone), mode="overwrite" if is_new else "append")
        deleted = sorted(gone)
        for first in range(0, len(deleted), MAX_DELETED):
            some = ", ".join(f"'{row}'" for row in deleted[first : first + MAX_DELETED])
            self._dataset.delete(f"row IN ({some})")
        self._update_indexes()

    def _new_rows(self, database: sqlite3.Connection, known: set[str], gone: set[str]) -> Iterator[list[Row]]:
        """The rows that are not known, in blocks; those that still exist are taken out of `gone`."""
        complete = make_completion(database, self._name, self._dimension)
        block: list[tuple[str, Row]] = []
        for row in read_rows(database, self._name):
            digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()
            gone.discard(digest)
            if digest not in known:
                block.append((digest, row))
            if len(block) == BLOCK_SIZE:
                yield _with_digests(block, complete([row for _, row in block]))
                block = []
        if block:
            yield _with_digests(block, complete([row for _, row in block]))

    def _write(self, blocks: Iterator[list[Row]], mode: str) -> None:
        import pyarrow

        schema = pyarrow.schema([("row", pyarrow.string()), *self._fields()])
        first = next(blocks, None)
        if first is None and mode == "append":
            return

        def make_batches() -> Iterator[Any]:
            for block in _chain(first, blocks):
                columns = list(zip(*block, strict=True))
                arrays = [_make_array(list(column), field.type) for column, field in zip(columns, schema, strict=True)]
                yield pyarrow.record_batch(arrays, schema=schema)

        reader = pyarrow.RecordBatchReader.from_batches(schema, make_batches())
        target = self._dataset if self._dataset is not None and mode == "append" else table_uri(self._uri, self._name)
        self._dataset = require_lance().write_dataset(reader, target, mode=mode)

    def _fields(self) -> list[tuple[str, Any]]:
        import pyarrow

        types = {
            "t": pyarrow.string(),
            "i": pyarrow.int64(),
            "b": pyarrow.binary(),
            "l": pyarrow.list_(pyarrow.string()),
            "v": pyarrow.list_(pyarrow.float16(), self._dimension),
        }
        return [(name, types[kind]) for name, kind in COLUMNS[self._name].types]

    def _update_indexes(self) -> None:
        dataset = self._dataset
        if len(dataset.get_fragments()) > MAX_FRAGMENTS:
            dataset.optimize.compact_files()
        existing = {name for index in dataset.describe_indices() for name in index.field_names}
        if existing:
            dataset.optimize.optimize_indices()
        for column in COLUMNS[self._name].indexed:
            if column not in existing:
                dataset.create_scalar_index(column, "BTREE")
        if self._name != "passage":
            return
        if "speakers" not in existing:
            dataset.create_scalar_index("speakers", "LABEL_LIST")
        if "stems" not in existing:
            dataset.create_scalar_index(
                "stems",
                "INVERTED",
                base_tokenizer="whitespace",
                with_position=True,
                lower_case=False,
                stem=False,
                remove_stop_words=False,
                ascii_folding=False,
                max_token_length=None,
            )
        if "vector" not in existing and dataset.count_rows() > INDEX_VECTORS_FROM:
            dataset.create_index("vector", "IVF_SQ", metric="dot")

    def keep(self, generation: str) -> None:
        """Keep this version from being cleaned up. Raises LibraryLocked if another build has written a later one."""
        if self._dataset.latest_version != self.version:
            raise LibraryLocked(f"{self._uri}: another build writes there; wait until it has finished")
        tags, tag = self._dataset.tags, _TAG + generation
        if tag in tags.list():  # of a build that was killed
            tags.delete(tag)
        tags.create(tag, self.version)

    def clean_up(self, generations: Collection[str]) -> None:
        """Remove the versions that are older than the grace time, except those of `generations`. Errors are ignored."""
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            for tag in self._dataset.tags.list():
                if tag.removeprefix(_TAG) not in generations:
                    self._dataset.tags.delete(tag)
            self._dataset.cleanup_old_versions(older_than=GRACE)


def _chain(first: list[Row] | None, blocks: Iterator[list[Row]]) -> Iterator[list[Row]]:
    if first is not None:
        yield first
    yield from blocks


def _with_digests(block: Sequence[tuple[str, Row]], completed: Sequence[Row]) -> list[Row]:
    return [(digest, *row) for (digest, _), row in zip(block, completed, strict=True)]


def _make_array(values: list[Any], kind: Any) -> Any:
    import pyarrow

    if pyarrow.types.is_fixed_size_list(kind):
        flat = np.concatenate(values).astype(np.float16)
        return pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(flat), kind.list_size)
    return pyarrow.array(values, kind)
