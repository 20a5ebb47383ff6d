"""Runs the queries of `store.queries` on Lance tables: DuckDB joins what Lance reads."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from assistant.store.lance.tables import lance_errors


class LanceConnection:
    """Reads the tables of one publication. See `store.sqlite.ReadConnection`."""

    def __init__(self, uri: str, tables: Mapping[str, Any]) -> None:
        import duckdb

        self.tables = tables
        self.uri = uri
        self._database = duckdb.connect()
        for name, table in tables.items():
            self._database.register(name, _hide_vectors(table))

    def reading(self) -> AbstractContextManager[None]:
        """Turns errors into those of this program."""
        return lance_errors(self.uri)

    def select_named(self, query: str, values: Sequence[Any] = ()) -> tuple[list[str], Iterable[Any]]:
        """The names of the columns, and the rows."""
        cursor = self._database.execute(query.replace("length(sentences)", "octet_length(sentences)"), list(values))
        return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def select(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query."""
        yield from self.select_named(query, values)[1]

    def close(self) -> None:
        """Release the tables."""
        self._database.close()


def _hide_vectors(table: Any) -> Any:
    """The table without its column of vectors, of a type that DuckDB does not read."""
    import pyarrow

    shown = pyarrow.schema([field for field in table.schema if not pyarrow.types.is_fixed_size_list(field.type)])
    other = copy.copy(table)
    other.__class__ = type("Relation", (type(table),), {"schema": shown})
    return other
