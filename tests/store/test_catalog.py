"""Tests of the catalog: lists and pages show exactly the contents of the articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.presentation.filtering import choose_speaker, prepare_articles, sort_articles
from assistant.records.library import ArticleRow
from assistant.store.catalog import Catalog, parse_search
from tests.conftest import run_build


@pytest.fixture
def catalog(seeds: Assistant) -> Catalog:
    return seeds.catalog()


def make_row(title: str, **fields: object) -> ArticleRow:
    values = {"source": None, "author": None, "published_at": None, "words": 1, "copies": 0, **fields}
    return ArticleRow(title, title, **values)  # type: ignore[arg-type]


def test_articles_newest_first_with_word_counts(seeds: Assistant, catalog: Catalog) -> None:
    """All articles are listed newest first, with approximate word counts."""
    rows = catalog.articles()
    assert len(rows) == 18
    assert [one.day for one in rows] == sorted((one.day for one in rows), reverse=True)
    for one in rows:
        article = seeds.article(one.id)
        assert article is not None
        spaced = len(article.text.split())
        assert spaced * 0.97 <= one.words <= spaced * 1.15


def test_speaker_statements_match_articles(seeds: Assistant, catalog: Catalog) -> None:
    """A speaker's statements equal the article text at their offsets."""
    page = catalog.speaker_page("Yuri Ushakov")
    assert len(page.statements) == {one.name: one.statements for one in catalog.speakers()}["Yuri Ushakov"]
    for said in page.statements:
        article = seeds.article(said.article_id)
        assert article is not None
        assert article.text[said.start : said.end] == said.words
        assert article.text[said.sentence_start :].startswith(said.sentence)
        assert said.words in said.sentence  # by which they are understood
    assert [said for group in page.group_by_sentence() for said in group] == list(page.statements)
    days = [said.published_at or "" for said in page.statements]
    assert days == sorted(days, reverse=True)


def test_duplicates_form_one_story(catalog: Catalog) -> None:
    """Near-duplicates are of one story, and each names the other; other stories are of several days and outlets."""
    (story,) = (each for each in catalog.stories() if any(row.copies for row in each.articles))
    assert len(catalog.stories()) == 3
    assert set(story.outlets) == {"The Ellery Courier (fiction)", "Harbour Post (fiction)"}
    first, second = story.articles
    reading = catalog.article_page(first.id)
    assert reading is not None
    assert reading.duplicates == (second,)
    assert first.copies == 1


@pytest.mark.parametrize(
    ("typed", "how", "marked"),
    [
        ("homes evacuated", "all", {"homes", "evacuated", "evacuation"}),
        ("“the piles”", "all", {"the piles", "The piles"}),
        ("evacua", "beginning", {"evacuated", "evacuation"}),
        ("ferry xylophone", "any", {"ferry", "Ferry", "ferries"}),
    ],
)
def test_search_hits_are_highlighted(
    seeds: Assistant, catalog: Catalog, typed: str, how: str, marked: set[str]
) -> None:
    """Search hits are highlighted where they occur."""
    result = catalog.search(typed)
    assert result.match_mode == how
    assert result.hits
    assert result.total == len({hit.article_id for hit in result.hits})
    for hit in result.hits:
        article = seeds.article(hit.article_id)
        assert article is not None
        assert article.text[hit.start : hit.start + len(hit.text)] == hit.text
        assert {article.text[start:end] for start, end in hit.marks} <= marked
        places = catalog.find_matches(hit.article_id, typed)
        assert set(hit.marks) <= set(places)
        assert list(places) == sorted(places)


@pytest.mark.parametrize("typed", ["", "  ", '"', "xqzzy", "AND OR NOT", "a* NEAR(", "title:x ^", "\x00", "\ud800"])
def test_search_accepts_any_text(catalog: Catalog, typed: str) -> None:
    """No typed text can break a search."""
    assert catalog.search(typed).search_text == typed


def test_search_quoted_phrase() -> None:
    """Quoted words are searched as a phrase."""
    assert parse_search("homes “lower town” flood") == ["homes", "lower town", "flood"]


def test_list_reflects_new_build(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A build is reflected in the next list."""
    write_article("one.md", "The mayor spoke.", title="One")
    run_build(assistant)
    assert [one.title for one in assistant.catalog().articles()] == ["One"]
    write_article("two.md", "The council met.", title="Two")
    run_build(assistant)
    assert {one.title for one in assistant.catalog().articles()} == {"One", "Two"}


def test_missing_article_has_no_page(catalog: Catalog) -> None:
    """An article that was removed has no page."""
    assert catalog.article_page("no such id") is None


@pytest.mark.parametrize(
    ("typed", "titles"),
    [("2025-03", ["B"]), ("émile", ["A"]), ("EMILE", ["A"]), ("post b", ["B"]), ("x", []), ("", ["A", "B"])],
)
def test_filter_by_every_shown_field(typed: str, titles: list[str]) -> None:
    """Articles can be filtered by every field that is shown."""
    rows = [make_row("A", author="Émile"), make_row("B", source="Post", published_at="2025-03-06")]
    assert [one.title for one in prepare_articles(rows).find_rows(typed)] == titles


def test_sort_missing_values_last() -> None:
    """Articles without a value sort last in either order."""
    rows = prepare_articles(
        [make_row("old", published_at="2020-01-01"), make_row("none"), make_row("new", published_at="2024-01-01")]
    )
    assert [one.title for one in sort_articles(rows, "date", True).rows] == ["new", "old", "none"]
    assert [one.title for one in sort_articles(rows, "date", False).rows] == ["old", "new", "none"]


def test_speaker_chosen_by_unique_name_part(catalog: Catalog) -> None:
    """Part of a name selects a speaker if only one speaker matches."""
    speakers = catalog.speakers()
    assert choose_speaker(speakers, "ushakov").name == "Yuri Ushakov"
    for wrong in ("a", "nobody at all", " "):
        with pytest.raises(QuestionError):
            choose_speaker(speakers, wrong)


def test_speaker_spellings_merged(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A person spelled in two ways is one speaker with all of their statements."""
    write_article("a.md", "Kyiv.\n\n“We stand here,” Volodymyr Zelensky said. “We stay,” Zelensky said.")
    write_article("b.md", "Abroad.\n\n“We thank you,” Volodymyr Zelenskyy said. “We go,” Marta Zelinska said.")
    run_build(assistant)
    catalog = assistant.catalog()
    assert {(one.name, one.statements, one.articles) for one in catalog.speakers()} == {
        ("Volodymyr Zelensky", 3, 2),
        ("Marta Zelinska", 1, 1),
    }
    for name in ("Volodymyr Zelensky", "Volodymyr Zelenskyy"):
        page = catalog.speaker_page(name)
        assert sorted(said.words for said in page.statements) == ["“We stand here,”", "“We stay,”", "“We thank you,”"]


def test_other_names_of_a_speaker_are_told(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Who is quoted by the surname alone elsewhere is not counted with a full name, but told beside it."""
    write_article("a.md", "Tarn.\n\n“We stand here,” Olga Tarn said.")
    write_article("b.md", "Weir.\n\n“We stay,” Tarn said. “We go,” Marta Zelinska said. “I agree,” Olga II said.")
    run_build(assistant)
    catalog = assistant.catalog()
    assert catalog.speaker_page("Olga Tarn").namesakes == (("Tarn", 1),)
    assert catalog.speaker_page("Tarn").namesakes == (("Olga Tarn", 1),)
    assert catalog.speaker_page("Olga II").namesakes == ()
