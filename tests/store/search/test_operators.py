"""Search with operators: exact, compared with a brute-force matcher on random searches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.questions.search.parser import parse_search
from assistant.records.collection.question import CollectionQuery
from assistant.records.collection.search import (
    AllOf,
    AnyOf,
    Choice,
    Field,
    Near,
    Not,
    SearchExpression,
    Words,
    describe_expression,
)
from assistant.store.catalog import Catalog
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from assistant.store.queries.collection import OccurrenceQueries, SearchQueries
from assistant.store.search import facets, operators, terms
from tests.collection.brute_force import Collection
from tests.conftest import make_article
from tests.support.sampling import WHOLE
from tests.support.tiny_library import build_tiny_library

WORDS = (
    *("ferry", "ferries", "quay", "wall", "sea", "clay", "gate", "harbour", "déjà", "x"),
    *("try", "tried", "trying", "added", "add", "note", "noted", "not", "losi", "losing", "lie", "lied"),
)
OUTLETS = ("Gazette", "Post")


def _write_articles() -> list[dict[str, str | None]]:
    """Two dozen short articles of these words, in an order that looks like chance."""
    rows: list[dict[str, str | None]] = []
    for number in range(24):
        chosen = [WORDS[(number * 7 + place * (number % 5 + 1)) % len(WORDS)] for place in range(4 + number % 9)]
        day = (
            None if number % 8 == 7 else ("2025-03" if number % 8 == 6 else f"2025-{number % 6 + 1:02}-{number + 1:02}")
        )
        text = f"{' '.join(chosen).capitalize()}. {' '.join(reversed(chosen)).capitalize()} again."
        rows.append({"id": f"a{number:02}", "title": f"{WORDS[number % len(WORDS)]} {WORDS[number % 3]}", "text": text,
                     "source": (*OUTLETS, None)[number % 3], "published_at": day})  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Collection]]:
    """A small library and the same articles for brute force."""
    folder = tmp_path_factory.mktemp("operators")
    articles = [make_article(str(row.pop("text")), **row) for row in _write_articles()]
    config = build_tiny_library(folder, articles)
    with SqliteLibrary.open(config.index) as library:
        spans: dict[str, list[tuple[int, int]]] = {article.id: [] for article in articles}
        for passage in library.passages(range(1, library.passage_count() + 1)).values():
            spans[passage.article_id].append((passage.start, passage.end))
        yield library, Collection(articles, spans, {})


_leaves: st.SearchStrategy[SearchExpression] = st.one_of(
    st.builds(Words, st.sampled_from(WORDS), st.booleans(), st.booleans()),
    st.builds(lambda a, b: Words(f"{a} {b}"), st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds(
        lambda pair, distance: Near(tuple(pair), distance),
        st.lists(st.sampled_from(("ferry", "quay", "wall", "trying", "added")), min_size=2, max_size=2, unique=True),
        st.integers(0, 4),
    ),
    st.builds(lambda names: Choice("outlet", tuple(names)), st.lists(st.sampled_from(OUTLETS), max_size=2)),
    st.builds(lambda day: Choice("first_day", (f"2025-{day:02}-04",)), st.integers(1, 6)),
    st.builds(lambda day: Choice("last_day", (f"2025-{day:02}-20",)), st.integers(1, 6)),
)
_expressions = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: AllOf(tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=150 if WHOLE else 50)
@given(_expressions)
def test_operators_equal_brute_force(small: tuple[Library, Collection], expression: SearchExpression) -> None:
    """Every search finds exactly the articles that brute force finds."""
    library, collection = small
    assert set(library.find_articles(expression)) == collection.find(expression)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_mentions_equal_brute_force(small: tuple[Library, Collection], first: str, second: str) -> None:
    """Mentions in texts and titles are counted each."""
    library, collection = small
    everything = library.find_articles(AllOf())
    for phrase in (first, f"{first} {second}"):
        counts = library.count_mentions(Words(phrase), everything)
        if first != second:  # a phrase that overlaps itself is marked once
            assert sum(counts.values()) == collection.count_mentions(phrase)


def test_words_without_letters_find_nothing(small: tuple[Library, Collection]) -> None:
    """A sign is no word."""
    library, _ = small
    assert library.find_articles(Words("§")) == []
    assert library.find_articles(Near(("§", "quay"), 3)) == []
    assert library.count_mentions(Words("—"), ["a00"]) == {}


def test_newest_first(small: tuple[Library, Collection]) -> None:
    """The articles come newest first, undated ones last."""
    library, _ = small
    rows = library.article_rows()
    days = [rows[each].day for each in library.find_articles(AllOf())]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days[len(dated) :] == [""] * (len(days) - len(dated))


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("clay AND speaker:Valcourt", 2),
        ('flood NOT outlet:"Harbour Post"', 5),
        ("outlet:courier from:2025-10", 2),
        ("author:tarrowby title:terminal", 2),
        ("NEAR(soft clay, 3)", 2),
        ("Valcurt~", 8),
        ("nosuchword AND flood", 0),
        ("speaker:Nobody", 0),
    ],
)
def test_catalog_searches_with_operators(seeds: Assistant, typed: str, titles: int) -> None:
    """The search of the library reads operators, marks the words and says what fields were read as."""
    result = seeds.catalog().search(typed)
    assert result.total == len(result.hits) == titles
    assert result.understood
    with seeds.open_library() as library:
        for hit in result.hits:
            article = library.article(hit.article_id)
            assert article is not None
            assert article.text[hit.start : hit.start + len(hit.text)] == hit.text


def test_marks_and_remarks(seeds: Assistant) -> None:
    """The words found are marked in the article; a field that means nothing is said."""
    catalog = Catalog(seeds.open_library)
    (first, *_) = catalog.search("clay OR granite").hits
    spans = catalog.find_matches(first.article_id, "clay OR granite")
    article = seeds.article(first.article_id)
    assert article is not None
    assert {article.text[a:b] for a, b in spans} == {"clay"}
    assert catalog.search("speaker:Nobody").remarks == ("no speaker is called “Nobody”",)
    assert catalog.search("tag:harbour").remarks == ("no article has the tag “harbour”",)


def test_facets(seeds: Assistant) -> None:
    """The articles of a search by outlet, month, author and speaker."""
    found = {facet.name: dict(facet.groups) for facet in seeds.catalog().facets("terminal")}
    assert found["outlet"] == {"The Ellery Courier (fiction)": 5, "Harbour Post (fiction)": 3}
    assert sum(found["month"].values()) == sum(found["author"].values()) == 8
    assert found["speaker"]["Teresa Oakhurst"] == 20
    rows = [*seeds.catalog().articles()]
    assert sum(count for _, count in facets.count_groups(rows, "year")) == len(rows)


def test_fields_are_resolved(seeds: Assistant) -> None:
    """A field is every name that contains its words; a misspelled word is those of the library like it."""
    with seeds.open_library() as library:
        assert terms.find_speakers("lindqvist", library) == ["Maud Lindqvist"]
        resolved = terms.resolve_search(parse_search("author:wexcombe OR flod~").expression, library)
        assert len(library.find_articles(resolved.expression)) == 9
        assert resolved.remarks == ["author:wexcombe is Nora Wexcombe", "flod~ is flood"]
        article = next(iter(library.articles()))
        tagged = terms.resolve_search(parse_search("tag:x").expression, library, lambda _: [article.sha256])
        assert tagged.expression == Choice("article", (article.id,), Field("tag", "x"))
        assert describe_expression(tagged.expression) == "tag:x"
        assert library.find_articles(tagged.expression) == [article.id]
        assert operators.mark_words(parse_search("flood ferr* title:quay").expression).is_prefix


def test_search_of_an_empty_library(tmp_path: Path) -> None:
    """A library with one article without the word."""
    config = build_tiny_library(tmp_path, [make_article("Nothing here.", id="n")])
    with SqliteLibrary.open(config.index) as library:
        assert library.find_articles(Not(Words("ferry"))) == ["n"]
        assert library.first_passages(["n", "m"]) == {"n": 1}
        assert isinstance(library, SearchQueries)
        assert isinstance(library, OccurrenceQueries)


@pytest.mark.parametrize(
    "typed", ["(" * 10_000, "()", ") (", "outlet:", "NOT", "OR AND", "from:nonsense", "…", "NEAR()", '""', "-", "   "]
)
def test_search_for_nothing_finds_nothing(seeds: Assistant, typed: str) -> None:
    """Where no word and no field is left, no article is listed, and that is said."""
    result = seeds.catalog().search(typed)
    assert (result.total, result.hits, result.has_words) == (0, (), False)
    assert result.describe() == "Nothing to search for: type a word"
    assert seeds.catalog().facets(typed) == ()
    for kind in ("count", "brief", "timeline"):
        with pytest.raises(QuestionError, match="nothing to search for; type a word or a field"):
            seeds.answer_collection(CollectionQuery(kind, "articles", search=typed), typed)
