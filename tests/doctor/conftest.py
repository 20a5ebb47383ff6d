"""A small library on disk to examine and to damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.store.library import DATABASE, SqliteLibrary
from tests.support.bridge_news import BRIDGE, FERRY
from tests.support.tiny_library import TINY_MODEL, build_tiny_library

Damage = Callable[..., Examination]


@pytest.fixture
def damage(tmp_path: Path) -> Iterator[Damage]:
    """Builds a library, changes it by SQL statements, and opens it for an examination.

    Article 1 comes from the file quay.md, articles 2 and 3 from no file; each has one passage.
    """
    config = build_tiny_library(tmp_path, [BRIDGE, FERRY], quay="“The quay is too short,” said Maud Lindqvist.")
    examination = Examination(config, Diagnosis(), model=TINY_MODEL)

    def change(*statements: str) -> Examination:
        with closing(sqlite3.connect(config.index / DATABASE, isolation_level=None)) as database:
            for statement in statements:
                database.execute(statement)
        examination.opened = library = SqliteLibrary.open(config.index)
        examination.vectors_file = library.manifest["vectors_file"]
        return examination

    yield change
    examination.close()
