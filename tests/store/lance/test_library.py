"""A published library answers as the one that it was published from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigError, LibraryMissing
from assistant.indexing.lance.publishing import publish_tables
from assistant.records.collection.search import Near, Words
from assistant.store.lance import words as word_queries
from assistant.store.lance.filters import LanceFilterQueries
from assistant.store.lance.library import LanceLibrary
from assistant.store.lance.tables import require_lance
from assistant.store.lance.words import LanceWordQueries
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library, PassageFilter, WordQuery
from tests.support.memory_library import embed_words
from tests.support.tiny_library import build_tiny_library

ARTICLES = {
    "ferry": "---\ntitle: Ferries stop at the harbour\nsource: Gazette\ndate: 2021-03-04\n---\n"
    "“The ferries stop for a week,” said Mayor Ada Roe. The harbour was closed. Police said the cranes were safe.",
    "bridge": "---\ntitle: Bridge opens\nsource: Mercury\ndate: 2021-04\n---\n"
    "The bridge opened on Monday. “It took nine years,” Ada Roe said. “Nobody was hurt,” engineer Tom Lund said.",
    "crane": "---\ntitle: A crane for the harbour\n---\nThe crane stands at the harbour, O’Brien’s men say. It's 40 m.",
    "copy": "---\ntitle: Ferries stop\nsource: Mercury\ndate: 2021-03-05\n---\n"
    "“The ferries stop for a week,” said Mayor Ada Roe. The harbour was closed. Police said the cranes were safe.",
}
QUERIES = [
    WordQuery.any_of(["ferry", "crane", "Ada Roe"]),
    WordQuery.all_of(["harbour", "said"]),
    WordQuery((("harb",),), is_prefix=True),
    WordQuery((("ferries stop",),), title_only=True),
    WordQuery.any_of(["..."]),
]
FILTERS = [
    None,
    PassageFilter(source="Mercury", days=("2021-04-02", None)),
    PassageFilter(speakers=(("Ada Roe", True), ("police", False)), within=PassageFilter(days=(None, "2021-03-31"))),
    PassageFilter(speakers=()),
]
NAMES = ["Ada Roe", "Tom Lund"]

CALLS: dict[str, Callable[[Library, list[str]], Any]] = {
    "searches": lambda library, _: [library.search_words(q, 9, 2.0, where) for q in QUERIES for where in FILTERS],
    "counts of words": lambda library, _: [
        library.count_passages_with_word(word) for word in ("harbour", "the harbour", "o'brien", "zebra", "…")
    ],
    "stems": lambda library, _: [dict(library.list_stems(start)) for start in ("", "ha")],
    "places of stems": lambda library, _: library.find_passages_with_stem("harbour", 9),
    "vectors": lambda library, _: [
        [number for number, _ in library.search_vectors(embed_words("harbour crane"), 9, where)] for where in FILTERS
    ],
    "cosines": lambda library, _: library.cosines(embed_words("harbour crane"), [1, 2, 99]),
    "groups": lambda library, _: [library.has_more_passages(where, 1) for where in FILTERS if where],
    "members": lambda library, _: [library.filter_passages([1, 2, 3], where) for where in FILTERS if where],
    "passages": lambda library, _: library.passages(range(1, library.passage_count() + 1)),
    "ranked": lambda library, _: [library.rank_articles(query, 2.0) for query in QUERIES[:3]],
    "hits": lambda library, _: library.load_hits(library.rank_articles(QUERIES[0], 2.0), QUERIES[0]),
    "exact searches": lambda library, _: [
        library.find_articles(each) for each in (Words("ferries"), Words("harb", True), Near(("ferries", "week"), 3))
    ],
    "mentions": lambda library, ids: [library.count_mentions(Words("ferries"), ids), library.gaps(), library.counts()],
    "articles": lambda library, ids: [library.load_articles(ids), list(library.articles()), library.article_rows()],
    "sentences": lambda library, ids: [library.load_sentence_spans(ids), library.load_statements(ids)],
    "copies": lambda library, ids: [library.load_duplicates(ids), library.event_groups()],
    "stories": lambda library, ids: library.load_story_numbers(ids),
    "titles": lambda library, _: [library.titles(), library.sources(), library.date_range(), library.corrections()],
    "days": lambda library, _: [library.articles_by_day(), sorted(library.source_names()), library.newest_articles(2)],
    "texts": lambda library, _: library.find_articles_containing(["for a week", "nine years"], 3),
    "speakers": lambda library, _: [library.speakers(), library.speakers(1)],
    "names": lambda library, _: [library.find_names_sharing_word(name) for name in ("Roe", "the mayor", "police")],
    "roles": lambda library, _: [(library.roles_of(name), library.count_statements(name)) for name in NAMES],
    "people by role": lambda library, _: [library.count_roles(word) for word in ("mayor", "ferryman", "police")],
    "quoted": lambda library, ids: [library.count_quoted(None), library.count_quoted(ids[:2])],
    "words of speakers": lambda library, ids: [
        library.statements_by(NAMES),
        list(library.place_statements(NAMES, ids)),
    ],
    "places of words": lambda library, ids: library.find_mentions(Words("ferries"), ids),
    "firsts": lambda library, ids: [library.first_passages(ids), library.first_text_of_speaker("Ada Roe")],
    "files": lambda library, _: sorted(library.file_rows()),
    "versions": lambda library, ids: [library.versions(ids[0]), library.changed_articles()],
    "manifest": lambda library, _: [dict(library.manifest), library.generation],
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SqliteLibrary, LanceLibrary]]:
    pytest.importorskip("lance", reason="the extra lance is not installed")
    folder = tmp_path_factory.mktemp("stores")
    index = build_tiny_library(folder, [], **ARTICLES).index
    assert publish_tables(index, str(folder / "tables"))
    with SqliteLibrary.open(index) as ours, LanceLibrary.open(str(folder / "tables")) as other:
        yield ours, other


@pytest.mark.parametrize("name", CALLS)
def test_both_stores_answer_alike(stores: tuple[SqliteLibrary, LanceLibrary], name: str) -> None:
    """Whatever is asked, the published tables give what SQLite gives."""
    ids = list(stores[0].article_rows())
    ours, other = (CALLS[name](library, ids) for library in stores)
    assert other == ours
    assert ours


def test_place_and_size(stores: tuple[SqliteLibrary, LanceLibrary]) -> None:
    """A published library says where it is and how much room it takes."""
    assert stores[1].location.endswith("tables")
    assert stores[1].size_in_bytes() > 1000
    assert isinstance(stores[1], LanceWordQueries)
    assert isinstance(stores[1], LanceFilterQueries)


def test_nothing_published(tmp_path: Path) -> None:
    """An address without a publication is named with what to do."""
    pytest.importorskip("lance", reason="the extra lance is not installed")
    with pytest.raises(LibraryMissing, match="nothing is published there yet; run: assistant build"):
        LanceLibrary.open(str(tmp_path / "none"))


def test_packages_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "lance", None)
    with pytest.raises(ConfigError, match=r"pip install 'news-assistant\[lance\]'"):
        require_lance()


def test_frequent_words_do_not_decide_what_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word of most passages weighs next to nothing in SQLite; Lance, which gives it a weight, proposes alike."""
    pytest.importorskip("lance", reason="the extra lance is not installed")
    monkeypatch.setattr(word_queries, "MIN_CANDIDATES", 1)
    monkeypatch.setattr(word_queries, "CANDIDATE_FACTOR", 1)
    quays = {f"quay{number}": f"# Quay {number}\n\nA mayor, a harbour, a ferry." for number in range(9)}
    cranes = {f"crane{number}": f"# Hoist {number}\n\nIt rained on the crane." for number in range(4)}
    index = build_tiny_library(tmp_path, [], **quays, **cranes).index
    publish_tables(index, str(tmp_path / "tables"))
    query = WordQuery.any_of(["mayor", "harbour", "ferry", "crane"])
    with SqliteLibrary.open(index) as ours, LanceLibrary.open(str(tmp_path / "tables")) as other:
        assert other.search_words(query, 1, 1.0) == pytest.approx(ours.search_words(query, 1, 1.0))
        (best,) = other.passages([number for number, _ in other.search_words(query, 1, 1.0)]).values()
        assert "crane" in best.article_id
