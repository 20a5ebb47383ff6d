"""Who did something to somebody with words: whose act an article tells, and whose it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answers.events import final_answer
from assistant.collection.answering import draft_collection
from assistant.collection.draft import Draft, write_answer
from assistant.collection.stances import is_object
from assistant.questions.collection.acts import counts_as_act, is_directed_act
from assistant.questions.collection.parsing import parse_collection_question
from assistant.questions.parser import parse_question
from assistant.records.collection.question import CollectionQuery
from assistant.records.query import Query
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

ARTICLES = [
    make_article(
        "Ada Brandt spoke on Monday. Ada Brandt criticised Mayor Iver Holm for the closing of the pier. "
        "Ole Rask praised Holm’s plan. Berit Lund accused Holm of wasting money.",
        id="one",
        published_at="2025-03-01",
    ),
    make_article(
        "Siri Moe spoke in the hall. Siri Moe criticised Holm’s critics. Jon Vik did not criticise Holm. "
        "Liv Moen would support Holm if he asked. Kari Berg criticised Tove Holm.",
        id="two",
        published_at="2025-03-02",
    ),
    make_article(
        "Per Dahl spoke later. Per Dahl said that Ada Brandt condemned Holm. "
        "Ada Brandt condemned the noise of the crane. The Post noted that the new mayor “stood firm” all week, "
        "accusing Holm.",
        id="three",
        published_at="2025-03-03",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three articles in which people criticise, praise and accuse."""
    with SqliteLibrary.open(build_tiny_library(tmp_path_factory.mktemp("acts"), ARTICLES).index) as library:
        yield library


def _names(draft: Draft | None) -> list[str | None]:
    return [] if draft is None or draft.result is None else [item.name for item in draft.result.items]


@pytest.mark.parametrize(
    ("act", "target", "topic", "names"),
    [
        ("criticised", "Iver Holm", "", ["Ada Brandt", "Berit Lund"]),  # whoever accuses criticises
        ("accused", "Holm", "", ["Berit Lund"]),  # but not the reverse
        ("praised", "Iver Holm", "", ["Ole Rask"]),  # his plan is his
        ("supports", "Iver Holm", "", []),  # "would" is not yet
        ("praised", "Tove Holm", "", []),  # the plan is that of Iver Holm
        ("condemned", "Iver Holm", "", []),  # only Dahl says so
        ("criticised", "Iver Holm", "pier", ["Ada Brandt"]),
        ("condemned", "the noise of the crane", "", ["Ada Brandt"]),
        ("condemned", "the noise", "", []),  # one noun may be any noise
    ],
)
def test_acts(library: Library, act: str, target: str, topic: str, names: list[str]) -> None:
    """Only those are listed whose act it is, done, and to the one asked for; else there is no list."""
    draft = draft_collection(CollectionQuery("list", "speakers", topic, act=act, target=target), library)
    assert _names(draft) == names
    if draft is not None:
        assert draft.result is not None
        assert draft.result.is_least
        assert [each.speaker for each in draft.evidence] == names


def test_words_of_others_are_near(library: Library) -> None:
    """Where no article tells the act, what others say of the one is near to an answer, and is no answer."""
    asked = CollectionQuery("list", "speakers", act="praised", target="Ada Brandt")
    draft = draft_collection(asked, library)
    assert draft is not None
    assert draft.is_near
    assert [each.speaker for each in draft.evidence] == ["Per Dahl"]
    answer = final_answer(write_answer(Query("Who praised Ada Brandt?", "collection", ()), draft, library))
    assert answer.outcome == "near"
    assert "clearly says who praised Ada Brandt" in (answer.reason or "")
    assert draft_collection(CollectionQuery("list", "speakers", act="praised", target="Tove Holm"), library) is None


def test_who_disagreed_lists_others(library: Library) -> None:
    """Others who are quoted where the one is named are listed, and not said to disagree."""
    query = parse_question("Who disagreed with Ada Brandt about the noise?")
    asked = parse_collection_question(query, [], lambda _name: True)
    assert asked is not None
    assert (asked.topic, asked.besides) == ("noise and Ada Brandt", "Ada Brandt")
    draft = draft_collection(asked, library)
    assert draft is not None
    assert "besides Ada Brandt" in draft.summary
    assert "Ada Brandt" not in _names(draft)
    assert any("not judged" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" Lam on Monday", True),
        (" the chief executive, Carrie Lam.", True),
        (" Lam’s plan", True),
        (" Lam’s critics", False),
        (" Mr Chan for his speech on Lam", False),
        (" both Iran and Lam", True),
    ],
)
def test_object(after: str, expected: bool) -> None:
    """The object ends at a preposition or clause; somebody’s people are not they."""
    assert is_object("Carrie Lam", after) == expected


def test_like_acts() -> None:
    """A narrow verb is borne out by its like only; "said" is no act that is done to somebody."""
    assert counts_as_act("criticised", "slammed")
    assert counts_as_act("supports", "endorsed")
    assert not counts_as_act("supports", "praised")
    assert not counts_as_act("praised", "criticised")
    assert not is_directed_act("said")
