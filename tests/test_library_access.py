"""A library can be read, counted and checked against without a model."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.library_access import LibraryAccess


def test_library_read_without_model(seeds: Assistant) -> None:
    """Articles, statements, speakers and quotations come from the index alone: there is no model to load."""
    access = LibraryAccess(seeds.config)
    articles = list(access.articles())
    assert [article.id for article in articles] == [article.id for article in seeds.articles()]
    assert access.article(articles[0].id) == articles[0]
    assert access.article("no such article") is None
    said = next(access.statements(speaker="Ushakov"))
    assert said.speaker == "Yuri Ushakov"
    assert access.check_quote("Many Europeans, though not all, dislike them").verdict == "verbatim"
    assert access.holdings() == seeds.holdings()


def test_unknown_speaker_is_an_error_with_names(seeds: Assistant) -> None:
    """Nobody's words are given for a name that the library does not have."""
    with pytest.raises(QuestionError, match="Nobody Atall"):
        next(LibraryAccess(seeds.config).statements(speaker="Nobody Atall"))
