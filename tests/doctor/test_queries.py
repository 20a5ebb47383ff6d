"""The queries of the checks, on an intact and on a damaged library."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from assistant.doctor import queries
from assistant.store.library import DATABASE
from tests.doctor.conftest import Damage


def test_tables_read_as_they_are(damage: Damage) -> None:
    """Rows come by number, with values of any type."""
    library = damage("UPDATE article SET words = 'many' WHERE number = 3").library
    articles = list(queries.iter_articles(library))
    assert [(each.number, each.article.id, each.words) for each in articles[1:]] == [
        (2, "bridge", 41),
        (3, "ferry", "many"),
    ]
    passages = queries.passages_by_article(library)
    assert {number: [(each.ordinal, each.start) for each in group] for number, group in passages.items()} == {
        number: [(0, 0)] for number in (1, 2, 3)
    }
    assert passages[3][0].end == len(articles[2].article.text)
    assert [number for number, *_ in queries.iter_texts(library)] == [1, 2, 3]


def test_passage_without_vector(damage: Damage) -> None:
    """A passage without a vector is listed with None."""
    library = damage("DELETE FROM vector WHERE key = (SELECT vector_key FROM passage WHERE article = 3)").library
    assert sorted(number for number, _, data in queries.iter_vectors(library) if data is None) == [3]
    assert len(list(queries.iter_vectors(library))) == 3


def test_derived_tables(damage: Damage) -> None:
    """Statements, words of speakers and stories are read as they are stored."""
    library = damage().library
    assert queries.statement_places(library, 1) == [(0, 1)]
    assert ("Maud Lindqvist", None) in set(queries.speakers_with_roles(library))
    assert ("quill", "Ada Quill", "name") in queries.speaker_words(library)
    assert {article: story for article, (story, _) in queries.stories_by_article(library).items()} == {1: 1, 2: 2, 3: 3}
    assert set(queries.bands_by_article(library)) == {2}


def test_stray_statements(damage: Damage) -> None:
    """Statements of an article that does not exist are found."""
    examination = damage()
    assert not queries.has_stray_statements(examination.library)
    examination.close()
    assert queries.has_stray_statements(damage("UPDATE statement SET article = 99 WHERE article = 1").library)


def test_statement_with_a_correction_that_does_not_exist(damage: Damage) -> None:
    """It would be left out of what its speaker said."""
    assert queries.has_stray_statements(damage("UPDATE statement SET correction = 2.5").library)


def test_integrity(damage: Damage) -> None:
    """An intact database has no problems; a full-text index that does not agree with the text raises an error."""
    examination = damage("UPDATE article SET text = 'Nothing is as it was.' WHERE number = 3")
    assert queries.check_integrity(examination.library) == []
    with (
        closing(sqlite3.connect(examination.folder / DATABASE, isolation_level=None)) as database,
        pytest.raises(sqlite3.DatabaseError),
    ):
        queries.verify_full_text(database)
