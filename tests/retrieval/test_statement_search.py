"""Statements chosen by speaker and subject, from three articles in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import pytest

from assistant.errors import QuestionError
from assistant.records.article import Article
from assistant.records.statement import QuotedStatement, Statement
from assistant.retrieval.statement_search import find_statements
from assistant.speech.statements import find_statements as extract_statements
from assistant.store.catalog import Catalog
from assistant.text.sentences import sentence_spans
from tests.support.memory_library import make_article

ARTICLES = (
    make_article(
        "new",
        "The quays are short, said Maud Lindqvist. The harbour is full, said Ada Brandreth.",
        title="New",
        source="Post",
        published_at="2025-03-04",
    ),
    make_article("old", "The ferry was late, said Maud Lindqvist.", title="Old", published_at="2024-01-02"),
    make_article("undated", "A quay is safe, said Maud Líndqvist.", title="Undated"),
)


class StatementLibrary:
    """The part of a library that the search reads."""

    def __init__(self) -> None:
        self._statements = {each.id: extract_statements(each, sentence_spans(each.text)) for each in ARTICLES}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def articles(self) -> Iterator[Article]:
        return iter(ARTICLES)

    def article(self, article_id: str) -> Article | None:
        return next((each for each in ARTICLES if each.id == article_id), None)

    def article_count(self) -> int:
        return len(ARTICLES)

    def statements(self, article_id: str) -> list[Statement]:
        return list(self._statements[article_id])

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        counts = Counter(each.speaker for found in self._statements.values() for each in found if each.speaker)
        return [(name, count, count) for name, count in counts.most_common(limit)]

    def articles_of_speaker(self, speaker: str, limit: int) -> list[str]:
        named = [name for name, found in self._statements.items() if speaker in {each.speaker for each in found}]
        return named[:limit]

    def count_articles_of(self, speakers: Sequence[str]) -> int:
        return len({name for speaker in speakers for name in self.articles_of_speaker(speaker, len(ARTICLES))})


def search(speaker: str | None = None, about: str | None = None) -> list[QuotedStatement]:
    """The statements of a search."""
    library: Any = StatementLibrary()
    return list(find_statements(library, Catalog(lambda: library), speaker, about))


def test_all_statements() -> None:
    """Without restrictions, every statement of every article, with words, title and day."""
    statements = search()
    assert [statement.article_id for statement in statements] == ["new", "new", "old", "undated"]
    assert (statements[0].words, statements[0].title, statements[0].source) == ("The quays are short", "New", "Post")
    assert statements[0].published_at == "2025-03-04"


def test_statements_of_speaker_in_all_spellings() -> None:
    """A part of a name is enough; spellings of one name are one speaker; undated articles are last."""
    assert [(each.article_id, each.speaker) for each in search(speaker="lindqvist")] == [
        ("new", "Maud Lindqvist"),
        ("old", "Maud Lindqvist"),
        ("undated", "Maud Líndqvist"),
    ]


def test_statements_about_inflected_words() -> None:
    """All content words must occur, in any inflection."""
    assert [each.article_id for each in search(about="the quay")] == ["new", "undated"]
    assert [each.article_id for each in search("Lindqvist", "ferries late")] == ["old"]
    assert search("Brandreth", "quay") == []


def test_statements_of_unknown_speaker() -> None:
    """An unknown speaker is an error."""
    with pytest.raises(QuestionError, match="no speaker named 'Smith'"):
        search("Smith")
