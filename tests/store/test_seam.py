"""The seam of the store: nothing above it knows SQL, FTS5 or the class that reads SQLite."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import assistant
from assistant.engine import Assistant
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library

PACKAGE = Path(assistant.__file__).parent
STORE = {"store", "indexing", "doctor"}
SQL = re.compile(
    r"\s*(SELECT\b.+?\bFROM|INSERT (OR \w+ )?INTO|UPDATE\b.+?\bSET|DELETE FROM|CREATE (TEMP )?TABLE|PRAGMA)\b", re.S
)


def modules_above_the_store() -> list[Path]:
    # The feeds are in a database of their own, as the conversations are; one module checks the tables of all of these.
    own = {PACKAGE / "web" / "subscriptions.py", PACKAGE / "system" / "tables.py"}
    modules = [
        path
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in STORE | {"conversations", "marks"} and path not in own
    ]
    assert len(modules) > 100
    return modules


def syntax_nodes(path: Path, words: str) -> Iterator[ast.AST]:
    """The syntax of a module, if it has one of these words: parsing takes long."""
    text = path.read_text(encoding="utf-8")
    if any(word in text for word in words.split()):
        yield from ast.walk(ast.parse(text))


def string_literals(path: Path) -> Iterator[str]:
    for node in syntax_nodes(path, "SELECT INSERT UPDATE DELETE CREATE PRAGMA"):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def imported_names(path: Path) -> Iterator[str]:
    for node in syntax_nodes(path, "sqlite SqliteLibrary queries faiss_index"):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_sql_pattern_finds_queries() -> None:
    """The pattern recognises the queries of the store."""
    queries = [text for path in (PACKAGE / "store").rglob("*.py") for text in string_literals(path) if SQL.match(text)]
    assert len(queries) > 30


def test_no_sql_above_the_store() -> None:
    """SQL is written in the store, the indexing and the doctor only."""
    found = [
        (path.name, text) for path in modules_above_the_store() for text in string_literals(path) if SQL.match(text)
    ]
    assert found == []


def test_no_raw_rows_above_the_store() -> None:
    """The classes that read SQLite are named only where a library is opened: by the engine and at start-up."""
    hidden = ("sqlite3", "assistant.store.queries", "assistant.store.sqlite", "assistant.store.faiss_index")
    modules = modules_above_the_store()
    assert PACKAGE / "engine.py" in modules
    for path in modules:
        names = set(imported_names(path))
        assert not {name for name in names if name.startswith(hidden)}, path
        if path.parent != PACKAGE:  # the modules at the top connect the packages
            assert "assistant.store.library.SqliteLibrary" not in names, path


def test_sqlite_library_implements_protocol(seeds: Assistant) -> None:
    """The library in SQLite has every method of the protocol, with its description."""
    library: Library = SqliteLibrary.open(seeds.config.index)
    library.close()
    members = [name for base in Library.__mro__ for name in vars(base) if not name.startswith("_")]
    assert len(members) > 40
    for name in members:
        assert getattr(SqliteLibrary, name, None) is not None or name == "manifest", name


def test_query_classes_are_small() -> None:
    """No class of queries has more than a dozen methods of its own."""
    bases = SqliteLibrary.__mro__[:-1]
    assert len(bases) > 3
    for base in bases:
        own = [name for name, value in vars(base).items() if callable(value) and not name.startswith("__")]
        assert len(own) <= 12, base.__name__
