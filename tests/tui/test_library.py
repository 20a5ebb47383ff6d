"""The library on a screen as a person uses it: real library, keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from assistant.engine import Assistant
from assistant.records.library import ArticleRow
from assistant.store.catalog import Catalogue
from assistant.tui.app import AssistantApp
from assistant.tui.screens.article import ArticleScreen
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.library import LibraryScreen
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from assistant.tui.widgets.library.search_panel import SearchPanel
from assistant.tui.widgets.library.speakers_panel import SpeakersPanel
from assistant.tui.widgets.library.stories_panel import StoriesPanel
from assistant.tui.widgets.prompt.scope import ScopeLine
from assistant.tui.widgets.sources.article_reader import ReadingText
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import built
from tests.support.actions import box, text_of
from tests.support.backends import Real
from tests.support.waiting import screen_text, until


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


def on(pilot: Pilot[None], kind: type[Screen[None]]) -> bool:
    return isinstance(pilot.app.screen, kind)


def table(pilot: Pilot[None]) -> Table[ArticleRow]:
    return pilot.app.screen.query_one("#article-rows", Table)


async def browse(pilot: Pilot[None], articles: int = 18) -> None:
    await pilot.press("f3")
    await until(pilot, lambda: on(pilot, LibraryScreen) and len(table(pilot).rows) == articles)


def reading(pilot: Pilot[None]) -> ReadingText:
    return pilot.app.screen.query_one(ReadingText)


async def test_typing_narrows_the_articles_and_enter_reads_the_first(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("slash", *"2025-03")
        await until(pilot, lambda: len(table(pilot).rows) == 1)
        assert "1 of 18 articles" in screen_text(app)
        await pilot.press("enter", "enter")
        await until(
            pilot, lambda: "Fishermen and councillor line up" in screen_text(app) and reading(pilot).marks == ()
        )
        assert on(pilot, ArticleScreen)
        await until(pilot, lambda: "Maud Lindqvist" in screen_text(app))
        await pilot.press("escape")
        assert on(pilot, LibraryScreen)
        assert len(table(pilot).rows) == 1


async def test_letters_typed_in_a_list_filter_it_and_lead_nowhere_else(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        for tab, kind, typed, rows in (
            ("1", ArticlesPanel, "argues sea", 0),
            ("1", ArticlesPanel, "sea breaks", 1),
            ("1", ArticlesPanel, " ferry terminal rises", 1),
            ("2", SpeakersPanel, "ana kjr", 0),
            ("2", SpeakersPanel, "dray", 1),
            ("3", StoriesPanel, "relief", 1),
        ):
            await pilot.press(tab)
            panel = app.screen.query_one(kind)
            await until(pilot, lambda one=panel: one.table.has_focus)  # type: ignore[misc]
            await pilot.press(*typed)
            await until(pilot, lambda one=panel, words=typed: one.typed == words)  # type: ignore[misc]
            assert len(panel.table.rows) == rows
            await pilot.press("escape", "escape")
            assert on(pilot, LibraryScreen)


async def test_words_typed_in_the_hits_of_a_search_are_searched_for_too(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("4", *"homes", "enter")
        await until(pilot, lambda: app.screen.query_one(LongList).has_focus)
        await pilot.press("space", *"evacuated")
        await until(pilot, lambda: app.screen.query_one(SearchPanel).typed == "homes evacuated")


async def test_keys_and_a_click_on_the_header_sort_the_articles(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("f6")
        words = [row.words for row in table(pilot).rows]
        assert words == sorted(words, reverse=True)
        await pilot.press("f7")
        assert [row.words for row in table(pilot).rows] == sorted(words)
        await pilot.click(table(pilot), offset=(4, 0))
        titles = [row.title.lower() for row in table(pilot).rows]
        assert titles == sorted(titles)
        assert "Title ▲" in screen_text(app)


async def test_a_click_on_an_article_reads_it(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        title = table(pilot).rows[2].title
        await pilot.click(table(pilot), offset=(6, 3))
        await until(pilot, lambda: on(pilot, ArticleScreen) and title in screen_text(app))


async def test_found_words_are_marked_in_the_article_and_n_goes_to_the_next(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("4", *"homes evacuated")
        await until(pilot, lambda: app.screen.query_one(LongList).option_count == 3)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: on(pilot, ArticleScreen) and len(reading(pilot).marks) > 1)
        first = reading(pilot).at
        await pilot.press("n")
        assert reading(pilot).at == first + 1
        assert f"homes evacuated · {first + 2} of {len(reading(pilot).marks)}" in screen_text(app)


async def test_what_a_speaker_said_opens_at_the_words(app: AssistantApp, seeds: Assistant) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("2", "slash", *"ushakov", "enter")
        await until(pilot, lambda: "29 statements in 4 articles" in screen_text(app))
        said = seeds.catalogue().speaker("Yuri Ushakov").sayings[0]
        await pilot.press("enter", "enter")
        await until(pilot, lambda: on(pilot, ArticleScreen) and bool(reading(pilot).marks))
        assert reading(pilot).marks == ((said.start, said.end),)
        assert said.words.split()[0] in screen_text(app)


async def test_a_speakers_words_stand_in_their_sentences_set_off_from_them(app: AssistantApp) -> None:
    async with app.run_test(size=(160, 48)) as pilot:
        await browse(pilot)
        await pilot.press("2", *"oakhurst")
        sentence = "She thanked him for his service and described the resignation as “a loss"
        await until(pilot, lambda: sentence in " ".join(screen_text(app).split()).replace(" │ ", " "))
        (line,) = [strip for strip in app.screen._compositor.render_strips() if "him for his service" in strip.text]
        bold = "".join(text for text, style, _ in line if style and style.bold)
        assert "him for his service" in bold
        assert "She thanked" not in bold


async def test_the_question_what_a_speaker_said_is_begun(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("2", "slash", *"ushakov", "enter", "question_mark")
        await until(pilot, lambda: on(pilot, AskScreen))
        assert box(pilot).value == "what did Yuri Ushakov say about "


async def test_a_question_about_an_article_is_answered_from_it_alone_until_escape(
    app: AssistantApp, seeds: Assistant
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        chosen = next(n for n, row in enumerate(table(pilot).rows) if row.title.startswith("410 homes"))
        table(pilot).cursor = chosen
        wanted = table(pilot).rows[chosen].id
        await pilot.press("question_mark")
        await until(pilot, lambda: on(pilot, AskScreen) and app.screen.query_one(ScopeLine).display)
        assert "Asking only: “410 homes emptied" in screen_text(app)
        await pilot.press(*"how many homes were evacuated?", "enter")
        sources = app.ask_screen.query_one(SourcesPane)
        await until(pilot, lambda: bool(sources.citations))
        assert {one.article_id for one in sources.citations} == {wanted}
        box(pilot).focus()
        await pilot.press("escape")
        await until(pilot, lambda: not app.screen.query_one(ScopeLine).display)


async def test_near_duplicates_stand_beside_each_other_and_open(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await browse(pilot)
        await pilot.press("3")
        await until(pilot, lambda: "2 articles in nearly the same words" in screen_text(app))
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: on(pilot, ArticleScreen) and "Near-duplicates" in screen_text(app))


async def test_the_figures_are_drawn_to_scale(app: AssistantApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await browse(pilot)
        await pilot.press("5")
        await until(pilot, lambda: "2025-04 4 █" in screen_text(app))
        assert "18 articles · 3 outlets" in text_of(app.screen.query_one("#figures-counts", Static))


async def test_a_build_renews_the_list_and_the_cursor_stays_at_its_article(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    for name in ("one", "two"):
        write_article(f"{name}.md", f"The mayor spoke of {name}.", title=name, published_at="2025-01-01")
    built(assistant)
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await browse(pilot, 2)
        await pilot.press("down")
        last = table(pilot).pointed
        write_article("three.md", "The council met.", title="three", published_at="2025-02-01")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: len(table(pilot).rows) == 3)
        assert last is not None
        assert table(pilot).pointed == last


async def test_a_library_that_cannot_be_read_is_told_in_a_line(seeds: Assistant) -> None:
    class Broken(Real):
        def catalogue(self) -> Catalogue:
            raise OSError("the disk is gone")

    app = AssistantApp(lambda: Broken(seeds))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: "the disk is gone" in screen_text(app))


async def test_hundreds_of_rows_are_gone_through_from_end_to_end() -> None:
    rows = [ArticleRow(str(n), f"Title {n}", "Post\x1b[31m", None, "2025-01-01", n, 0) for n in range(500)]

    from textual.app import App, ComposeResult

    from assistant.tui.widgets.library.articles_panel import COLUMNS, cells

    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield Table[ArticleRow](COLUMNS, cells, lambda row: row.id, empty="none", id="article-rows")

    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        shown = app.query_one(Table)
        shown.show(rows)
        shown.focus()
        await pilot.press("end")
        await until(pilot, lambda: "› Title 499" in screen_text(app))
        await pilot.press("home", "pagedown", "down")
        await until(pilot, lambda: f"› Title {shown.cursor}" in screen_text(app) and shown.cursor > 5)
        assert "\x1b" not in screen_text(app)
