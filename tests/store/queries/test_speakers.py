"""Queries on speakers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.queries.speakers import SpeakerQueries
from tests.support.bridge_news import BRIDGE
from tests.support.tiny_library import open_queries


@pytest.fixture
def queries(tiny_index: Path) -> Iterator[SpeakerQueries]:
    with open_queries(tiny_index, SpeakerQueries) as queries:
        yield queries


def test_speakers_most_quoted_first(queries: SpeakerQueries) -> None:
    """Each name has its statements and articles; a role without a name is no speaker."""
    assert queries.speakers() == [("Ada Quill", 5, 3), ("Tom Reed", 2, 2)]
    assert queries.speakers(1) == [("Ada Quill", 5, 3)]
    assert queries.count_statements("Ada Quill") == 5


def test_names_found_by_word(queries: SpeakerQueries) -> None:
    """A surname finds the name, a role the person who has it, and a role without a name itself."""
    assert queries.find_names_sharing_word("Quill") == [("Ada Quill", "name")]
    assert queries.find_names_sharing_word("the ferryman") == [("Tom Reed", "holder")]
    assert queries.find_names_sharing_word("the police") == [("The police", "role")]
    assert queries.find_names_sharing_word("Lindqvist") == []
    assert queries.roles_of("Ada Quill") == ["Mayor"]
    assert queries.count_roles("mayor") == [("Ada Quill", "Mayor", 3)]
    assert queries.count_roles("ferryman") == [("Tom Reed", "ferryman", 2)]
    assert queries.count_roles("quill") == []


def test_articles_of_speaker(queries: SpeakerQueries) -> None:
    """The articles that quote a speaker come newest first, undated ones last."""
    assert queries.articles_of_speaker("Ada Quill", 9) == ["copy", "bridge", "twin"]
    assert queries.articles_of_speaker("Ada Quill", 1) == ["copy"]
    assert queries.count_articles_of(["Ada Quill", "Tom Reed"]) == 3
    assert queries.first_text_of_speaker("Tom Reed") == BRIDGE.text
    assert queries.first_text_of_speaker("Nobody") == ""


def test_statements_have_their_sentence(queries: SpeakerQueries) -> None:
    """A statement has the words of its span and of its whole sentence."""
    first, _ = queries.statements_by(["Tom Reed"])
    assert (first.article_id, first.words, first.direct) == ("bridge", "the bridge was unsafe", False)
    assert first.words == BRIDGE.text[first.start : first.end]
    assert first.sentence == "Tom Reed, a ferryman, denied the bridge was unsafe."
    assert BRIDGE.text.startswith(first.sentence, first.sentence_start)
