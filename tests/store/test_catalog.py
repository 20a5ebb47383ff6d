"""Browsing a library: every list and page is what the articles hold, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.presentation.filtering import chosen_speaker, filtered_articles, sorted_articles
from assistant.records.library import ArticleRow
from assistant.store.catalog import Catalogue, searched
from tests.conftest import built


@pytest.fixture
def catalogue(seeds: Assistant) -> Catalogue:
    return seeds.catalogue()


def row(title: str, **fields: object) -> ArticleRow:
    values = {"source": None, "author": None, "published_at": None, "words": 1, "copies": 0, **fields}
    return ArticleRow(title, title, **values)  # type: ignore[arg-type]


def test_all_articles_are_listed_newest_first_with_about_as_many_words_as_they_have(
    seeds: Assistant, catalogue: Catalogue
) -> None:
    rows = catalogue.articles()
    assert len(rows) == 18
    assert [one.day for one in rows] == sorted((one.day for one in rows), reverse=True)
    for one in rows:
        article = seeds.article(one.id)
        assert article is not None
        spaced = len(article.text.split())
        assert spaced * 0.97 <= one.words <= spaced * 1.15


def test_the_words_of_a_speaker_stand_in_the_articles_as_they_are_shown(seeds: Assistant, catalogue: Catalogue) -> None:
    page = catalogue.speaker("Yuri Ushakov")
    assert len(page.sayings) == {one.name: one.statements for one in catalogue.speakers()}["Yuri Ushakov"]
    for said in page.sayings:
        article = seeds.article(said.article_id)
        assert article is not None
        assert article.text[said.start : said.end] == said.words
        assert article.text[said.sentence_start :].startswith(said.sentence)
        assert said.words in said.sentence  # by which they are understood
    assert [said for group in page.by_sentence() for said in group] == list(page.sayings)
    days = [said.published_at or "" for said in page.sayings]
    assert days == sorted(days, reverse=True)


def test_near_duplicates_are_one_story_and_each_names_the_other(catalogue: Catalogue) -> None:
    (story,) = catalogue.stories()
    assert set(story.outlets) == {"The Ellery Courier (fiction)", "Harbour Post (fiction)"}
    first, second = story.articles
    reading = catalogue.read(first.id)
    assert reading is not None
    assert reading.copies == (second,)
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
def test_found_words_are_marked_where_they_stand(
    seeds: Assistant, catalogue: Catalogue, typed: str, how: str, marked: set[str]
) -> None:
    result = catalogue.search(typed)
    assert result.how == how
    assert result.hits
    assert result.total == len({hit.article_id for hit in result.hits})
    for hit in result.hits:
        article = seeds.article(hit.article_id)
        assert article is not None
        assert article.text[hit.start : hit.start + len(hit.text)] == hit.text
        assert {article.text[start:end] for start, end in hit.marks} <= marked
        places = catalogue.found_in(hit.article_id, typed)
        assert set(hit.marks) <= set(places)
        assert list(places) == sorted(places)


@pytest.mark.parametrize("typed", ["", "  ", '"', "xqzzy", "AND OR NOT", "a* NEAR(", "title:x ^", "\x00", "\ud800"])
def test_nothing_that_is_typed_breaks_a_search(catalogue: Catalogue, typed: str) -> None:
    assert catalogue.search(typed).words == typed


def test_quoted_words_are_searched_as_a_phrase() -> None:
    assert searched("homes “lower town” flood") == ["homes", "lower town", "flood"]


def test_a_build_shows_in_the_next_list(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    write_article("one.md", "The mayor spoke.", title="One")
    built(assistant)
    assert [one.title for one in assistant.catalogue().articles()] == ["One"]
    write_article("two.md", "The council met.", title="Two")
    built(assistant)
    assert {one.title for one in assistant.catalogue().articles()} == {"One", "Two"}


def test_an_article_that_is_gone_is_no_page(catalogue: Catalogue) -> None:
    assert catalogue.read("no such id") is None


@pytest.mark.parametrize(
    ("typed", "titles"),
    [("2025-03", ["B"]), ("émile", ["A"]), ("EMILE", ["A"]), ("post b", ["B"]), ("x", []), ("", ["A", "B"])],
)
def test_articles_are_filtered_by_all_that_is_shown_of_them(typed: str, titles: list[str]) -> None:
    rows = [row("A", author="Émile"), row("B", source="Post", published_at="2025-03-06")]
    assert [one.title for one in filtered_articles(rows).holding(typed)] == titles


def test_what_an_article_lacks_puts_it_last_in_either_order() -> None:
    rows = filtered_articles(
        [row("old", published_at="2020-01-01"), row("none"), row("new", published_at="2024-01-01")]
    )
    assert [one.title for one in sorted_articles(rows, "date", True).rows] == ["new", "old", "none"]
    assert [one.title for one in sorted_articles(rows, "date", False).rows] == ["old", "new", "none"]


def test_a_part_of_a_name_chooses_a_speaker_where_it_is_only_ones(catalogue: Catalogue) -> None:
    speakers = catalogue.speakers()
    assert chosen_speaker(speakers, "ushakov").name == "Yuri Ushakov"
    for wrong in ("a", "nobody at all", " "):
        with pytest.raises(QuestionError):
            chosen_speaker(speakers, wrong)


def test_who_is_spelled_in_two_ways_is_one_speaker_with_all_that_they_said(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article("a.md", "Kyiv.\n\n“We stand here,” Volodymyr Zelensky said. “We stay,” Zelensky said.")
    write_article("b.md", "Abroad.\n\n“We thank you,” Volodymyr Zelenskyy said. “We go,” Marta Zelinska said.")
    built(assistant)
    catalogue = assistant.catalogue()
    assert {(one.name, one.statements, one.articles) for one in catalogue.speakers()} == {
        ("Volodymyr Zelensky", 3, 2),
        ("Marta Zelinska", 1, 1),
    }
    for name in ("Volodymyr Zelensky", "Volodymyr Zelenskyy"):
        page = catalogue.speaker(name)
        assert sorted(said.words for said in page.sayings) == ["“We stand here,”", "“We stay,”", "“We thank you,”"]
