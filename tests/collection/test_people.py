"""Who somebody is: nobody else of that surname, nobody named beside them, and no founder for a firm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.collection.answering import draft_collection
from assistant.records.collection.question import CollectionQuery
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

ARTICLES = [
    make_article(
        "Ada Brandt, a judge of the port court, spoke on Monday. “We sit in May,” Ada Brandt said.",
        id="judge",
        published_at="2025-03-01",
    ),
    make_article(
        "Governor Vázquez spoke on Sunday. “We shall see,” Vázquez said.", id="governor", published_at="2025-03-04"
    ),
    make_article(
        "“The quay is wet,” said Tove Brandt, an author of the study. “It is,” Brandt said.",
        id="author",
        published_at="2025-03-02",
    ),
    make_article(
        "Ada Brandt, his wife, Kari, and the clerk were there. Former mayor Ole Rask opened the hall of Marlo Freight. "
        "“Welcome,” said Ole Rask, the founder of Marlo Freight. Marlo Freight, a carrier of grain, paid for the hall. "
        "Kvernet is an open tool for tide tables, which runs on any computer. It is a gift that Kvernet is a toy, "
        "Ole Rask told Marlo Freight, a choice of words that cost him friends. The Sluice — the oldest inn here — "
        "was full.",
        id="guests",
        published_at="2025-03-03",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two people of one surname, and a firm with its founder."""
    with SqliteLibrary.open(build_tiny_library(tmp_path_factory.mktemp("people"), ARTICLES).index) as library:
        yield library


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("Ada Brandt", {"a judge of the port court"}),
        ("Marlo Freight", {"a carrier of grain"}),
        ("Kvernet", {"an open tool for tide tables"}),
        ("Sluice", {"the oldest inn here"}),
    ],
)
def test_who_is(library: Library, name: str, described: set[str]) -> None:
    """Only words about the one asked for describe them."""
    draft = draft_collection(CollectionQuery("who", "speakers", speaker=name), library)
    assert draft is not None
    assert draft.result is not None
    assert {item.name for item in draft.result.items} == described


@pytest.mark.parametrize("description", ["the founder of Marlo Freight", "the Founder of Marlo Freight"])
def test_who_holds_an_office(library: Library, description: str) -> None:
    """However its words are written."""
    draft = draft_collection(CollectionQuery("who", "speakers", speaker=description), library)
    assert draft is not None
    assert draft.summary.startswith("Ole Rask")


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("the mayor of Marn", "The mayor of Marn, North Carolina, said so."),
        ("the mayor of Marn", "The deputy mayor of Marn, Anna Lund, said so."),
        ("the mayor of Marn", "The ex-mayor of Marn, Anna Lund, said so."),
        ("the president", "It was late. Vice president Anna Lund said so."),
        ("the president", "It was late, but former US president Anna Lund said so."),
        ("the president", "It was late, but former U.S. president Anna Lund said so."),
    ],
)
def test_places_and_other_ranks_hold_no_office(tmp_path: Path, description: str, text: str) -> None:
    """A place after an office, and who has a lower or an earlier one, are not its holder."""
    library = build_tiny_library(tmp_path, [make_article(text, id="marn", published_at="2025-02-03")])
    with SqliteLibrary.open(library.index) as opened:
        draft = draft_collection(CollectionQuery("who", "speakers", speaker=description), opened)
    assert draft is None or draft.result is None


def test_an_office_that_names_its_holder(tmp_path: Path) -> None:
    """Whom an article names right after the office holds it, the newest first and each once; a former one does not."""
    texts = {
        "2025-01-04": "The mayor of Holm, Anna Krag, shut the gate.",
        "2025-02-04": "A storm came. The mayor of Holm, Peter Stene, opened it.",
        "2025-03-04": "The mayor of Holm Peter Stene saw it, and the former mayor of Holm, Anna Krag, did not.",
    }
    articles = [make_article(text, id=day, published_at=day) for day, text in texts.items()]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        draft = draft_collection(CollectionQuery("who", "speakers", speaker="the mayor of Holm"), library)
    assert draft is not None
    assert draft.result is not None
    assert [(item.article_id, item.name) for item in draft.result.items] == [
        ("2025-03-04", "Peter Stene"),
        ("2025-01-04", "Anna Krag"),
    ]


@pytest.mark.parametrize("description", ["the toll keeper", "toll keeper"])
def test_who_acts_in_an_office_holds_it(tmp_path: Path, description: str) -> None:
    """The acting one is the latest; a deputy is not."""
    texts = {
        "2025-01-04": "Anna Krag, the toll keeper, said that the gate is shut.",
        "2025-02-04": "Peter Stene, the acting toll keeper, said that the gate is open.",
        "2025-03-04": "Olga Brenn, the deputy toll keeper, said that she saw it.",
    }
    articles = [make_article(text, id=day, published_at=day) for day, text in texts.items()]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        draft = draft_collection(CollectionQuery("who", "speakers", speaker=description), library)
    assert draft is not None
    assert draft.result is not None
    assert [item.name for item in draft.result.items] == ["Peter Stene", "Anna Krag"]


@pytest.mark.parametrize(
    ("clause", "is_description"),
    [
        ("was appointed as police chief of Lerwen", True),
        ("was elected in May as mayor", True),
        ("is charged with running the port", True),
        ("was later named by the council as harbour master", True),
        ("was hired as a pilot", True),
        ("was supported by the union", False),
        ("was stabbed in the arm", False),
    ],
)
def test_an_office_that_was_given_describes(tmp_path: Path, clause: str, is_description: bool) -> None:
    """Who was put into an office has it; what befell somebody does not say who they are."""
    text = f"Ada Lund, who {clause}, spoke on Monday. “It is late,” Ada Lund said."
    articles = [make_article(text, id="a", published_at="2025-03-01")]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        draft = draft_collection(CollectionQuery("who", "speakers", speaker="Ada Lund"), library)
    words = {item.name for item in draft.result.items} if draft is not None and draft.result is not None else set()
    assert words == ({clause.split(" ", 1)[1]} if is_description else set())


OFFICES = {
    "2025-01-04": "Norwegian Prime Minister Anna Krag met Okrug’s mayor, Peter Rask, on Monday.",
    "2025-02-04": "“It is cold,” President Peter Stene wrote in 1861. Norway was not at war.",
    "2025-03-04": "Per request of Norway’s Prime Minister Nina Holm, the former Okrug mayor Peter Rask left.",
    "2025-04-04": "Swedish Prime Minister Olga Brenn said in Norway that it was cold. Then-Norwegian Prime Minister "
    "Anna Krag, she said, had been there too.",
    "2025-04-14": "Tarnland Gov. Anna Krag, Tarnland Lt. Gov. Peter Rask and Marlo Freight CEO Peter Stene, the chief, "
    "met. Marlo Freight sails.",
    "2025-04-15": "“We sail,” said Tarnland Gov. Anna Krag, who was on the short list for an award of the port.",
    "2025-05-04": "“We sail,” said Okrug Mayor Maria Lund’s aide. Okrug mayor Maria Lund’s ship left.",
}


@pytest.mark.parametrize(
    ("description", "holders"),
    [
        ("the prime minister of Norway", ["Nina Holm", "Anna Krag"]),
        ("the Norwegian prime minister", ["Nina Holm", "Anna Krag"]),
        ("the prime minister of norway", ["Nina Holm", "Anna Krag"]),
        ("the prime minister of Sweden", ["Olga Brenn"]),
        ("the president of Norway", None),
        ("the president of Sweden", None),
        ("the governor of Tarnland", ["Anna Krag"]),
        ("the CEO of Marlo Freight", ["Peter Stene"]),
        ("Marlo Freight’s CEO", ["Peter Stene"]),
        ("the PM of Norway", ["Nina Holm", "Anna Krag"]),
        ("the mayor of Okrug", ["Maria Lund", "Peter Rask"]),
    ],
)
def test_an_office_before_its_holder(tmp_path: Path, description: str, holders: list[str] | None) -> None:
    """The body may stand before the office, a country as its people; another country's office is not taken for it."""
    articles = [make_article(text, id=day, published_at=day) for day, text in OFFICES.items()]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        draft = draft_collection(CollectionQuery("who", "speakers", speaker=description), library)
    found = draft.result and [item.name for item in draft.result.items] if draft is not None else None
    assert found == holders
    assert draft is None or "short list" not in draft.summary  # no office


def test_surname_spelled_otherwise(library: Library) -> None:
    """Whoever has it is described, and it is said whom the name was taken for."""
    draft = draft_collection(CollectionQuery("who", "speakers", speaker="Wanda Vasquez"), library)
    assert draft is not None
    assert draft.summary.startswith("Vázquez: “Governor”")
    assert "“Wanda Vasquez” was read as Vázquez." in draft.notes
