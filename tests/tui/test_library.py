"""Tests of the library screens, with the real library, keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TabbedContent

from assistant.engine import Assistant
from assistant.records.library import ArticleRow
from assistant.store.catalog import Catalog
from assistant.tui.app import AssistantApp
from assistant.tui.commands.palette import find_commands
from assistant.tui.screens.article import ArticleScreen
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.library import LibraryScreen
from assistant.tui.widgets.common.long_list import LongList
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from assistant.tui.widgets.library.list_panel import ListPanel
from assistant.tui.widgets.library.search_panel import SearchPanel
from assistant.tui.widgets.library.speakers_panel import SpeakersPanel
from assistant.tui.widgets.library.stories_panel import StoriesPanel
from assistant.tui.widgets.prompt.scope import ScopeLine
from assistant.tui.widgets.sources.article_reader import ArticleReader
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.conftest import run_build
from tests.support.actions import find_prompt, static_text
from tests.support.backends import AssistantProxy
from tests.support.waiting import screen_text, wait_until


def is_screen(pilot: Pilot[None], kind: type[Screen[None]]) -> bool:
    return isinstance(pilot.app.screen, kind)


def list_has_focus(panel: ListPanel) -> bool:
    return panel.table.has_focus


def is_filtered_by(panel: ListPanel, words: str) -> bool:
    return panel.filter_text == words


def find_article_table(pilot: Pilot[None]) -> Table[ArticleRow]:
    return pilot.app.screen.query_one("#article-rows", Table)


async def open_library(pilot: Pilot[None], articles: int = 18) -> None:
    await pilot.press("f3")
    await wait_until(pilot, lambda: is_screen(pilot, LibraryScreen) and len(find_article_table(pilot).rows) == articles)


def find_reader(pilot: Pilot[None]) -> ArticleReader:
    return pilot.app.screen.query_one(ArticleReader)


async def test_typing_filters_articles_and_enter_opens(app: AssistantApp) -> None:
    """Typing filters the articles, and Enter opens the first."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("slash", *"2025-03")
        await wait_until(pilot, lambda: len(find_article_table(pilot).rows) == 1)
        assert "1 of 18 articles" in screen_text(app)
        await pilot.press("enter", "enter")
        await wait_until(
            pilot, lambda: "Fishermen and councillor line up" in screen_text(app) and find_reader(pilot).marks == ()
        )
        assert is_screen(pilot, ArticleScreen)
        await wait_until(pilot, lambda: "Maud Lindqvist" in screen_text(app))
        await pilot.press("escape")
        assert is_screen(pilot, LibraryScreen)
        assert len(find_article_table(pilot).rows) == 1


@pytest.mark.campaign
async def test_letters_in_list_only_filter(app: AssistantApp) -> None:
    """Letters typed in a list filter it and do nothing else."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        kind: type[ListPanel]
        for keys, kind, typed, rows in (
            ((), ArticlesPanel, "argues sea", 0),
            ((), ArticlesPanel, "sea breaks", 1),
            ((), ArticlesPanel, " ferry terminal rises", 1),
            ((), ArticlesPanel, "2", 18),
            (("right",), SpeakersPanel, "ana kjr", 0),
            ((), SpeakersPanel, "dray", 1),
            (("right",), StoriesPanel, "relief", 1),
        ):
            await pilot.press(*keys)
            panel = app.screen.query_one(kind)
            await wait_until(pilot, partial(list_has_focus, panel))
            await pilot.press(*typed)
            await wait_until(pilot, partial(is_filtered_by, panel, typed))
            assert len(panel.table.rows) == rows
            await pilot.press("escape", "escape")
            assert is_screen(pilot, LibraryScreen)


async def test_typing_after_a_click_on_a_tab(app: AssistantApp) -> None:
    """Who chooses a tab with the mouse types into its filter, as with the keys."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.click(app.screen.query_one("#--content-tab-search"))
        await wait_until(pilot, lambda: app.screen.query_one(TabbedContent).active == "search")
        await pilot.press(*"homes")
        await wait_until(pilot, lambda: app.screen.query_one("#search-box", Input).value == "homes")
        await wait_until(pilot, lambda: "articles" in static_text(app.screen.query_one("#search-count", Static)))


@pytest.mark.campaign
async def test_typing_in_hits_extends_search(app: AssistantApp) -> None:
    """Words typed in the hits of a search extend the search."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("left", "left", *"homes", "enter")
        await wait_until(pilot, lambda: app.screen.query_one(LongList).has_focus)
        await pilot.press("space", *"evacuated")
        await wait_until(pilot, lambda: app.screen.query_one(SearchPanel).search_text == "homes evacuated")


@pytest.mark.campaign
async def test_articles_sorted_by_key_and_header_click(app: AssistantApp) -> None:
    """Keys and a click on the header sort the articles."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("end", "f6")
        assert find_article_table(pilot).cursor == 0  # who sorts sees what comes first
        words = [row.words for row in find_article_table(pilot).rows]
        assert words == sorted(words, reverse=True)
        await pilot.press("f7")
        assert [row.words for row in find_article_table(pilot).rows] == sorted(words)
        await pilot.click(find_article_table(pilot), offset=(4, 0))
        titles = [row.title.lower() for row in find_article_table(pilot).rows]
        assert titles == sorted(titles)
        assert "Title ▲" in screen_text(app)


@pytest.mark.campaign
async def test_click_opens_article(app: AssistantApp) -> None:
    """A click on an article opens it."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        title = find_article_table(pilot).rows[2].title
        await pilot.click(find_article_table(pilot), offset=(6, 3))
        await wait_until(pilot, lambda: is_screen(pilot, ArticleScreen) and title in screen_text(app))


async def test_search_hits_highlighted_and_next(app: AssistantApp) -> None:
    """Search hits are highlighted in the article, and n moves to the next."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("left", "left", *"homes evacuated")
        await wait_until(pilot, lambda: app.screen.query_one(LongList).option_count == 3)
        await pilot.press("enter", "enter")
        await wait_until(pilot, lambda: is_screen(pilot, ArticleScreen) and len(find_reader(pilot).marks) > 1)
        first = find_reader(pilot).current_mark
        await pilot.press("n")
        assert find_reader(pilot).current_mark == first + 1
        assert f"homes evacuated · {first + 2} of {len(find_reader(pilot).marks)}" in screen_text(app)


async def test_speaker_statement_opens_at_words(app: AssistantApp, seeds: Assistant) -> None:
    """A statement of a speaker opens the article at its words."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("right", "slash", *"ushakov", "enter")
        await wait_until(pilot, lambda: "21 statements in 4 articles" in screen_text(app))
        said = seeds.catalog().speaker_page("Yuri Ushakov").statements[0]
        await pilot.press("enter", "enter")
        await wait_until(pilot, lambda: is_screen(pilot, ArticleScreen) and bool(find_reader(pilot).marks))
        assert find_reader(pilot).marks == ((said.start, said.end),)
        assert said.words.split()[0] in screen_text(app)


@pytest.mark.campaign
async def test_statement_highlighted_in_sentence(app: AssistantApp) -> None:
    """A speaker's words are highlighted within their sentences."""
    async with app.run_test(size=(160, 48)) as pilot:
        await open_library(pilot)
        await pilot.press("right", *"oakhurst")
        sentence = "She thanked him for his service and described the resignation as “a loss"
        await wait_until(pilot, lambda: sentence in " ".join(screen_text(app).split()).replace(" │ ", " "))
        (line,) = [
            strip for strip in app.screen._compositor.render_strips() if "described the resignation" in strip.text
        ]
        bold = "".join(text for text, style, _ in line if style and style.bold)
        assert "the resignation as “a loss" in bold
        assert "him for his service" not in bold


@pytest.mark.campaign
async def test_speaker_question_prefilled(app: AssistantApp) -> None:
    """The prompt is prefilled with the question what a speaker said."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("right", "slash", *"ushakov", "enter", "question_mark")
        await wait_until(pilot, lambda: is_screen(pilot, AskScreen))
        assert find_prompt(pilot).value == "what did Yuri Ushakov say about "


@pytest.mark.campaign
async def test_article_scope_until_escape(app: AssistantApp, seeds: Assistant) -> None:
    """A question on an article is answered from it alone until Escape."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        chosen = next(n for n, row in enumerate(find_article_table(pilot).rows) if row.title.startswith("410 homes"))
        find_article_table(pilot).cursor = chosen
        wanted = find_article_table(pilot).rows[chosen].id
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: is_screen(pilot, AskScreen) and app.screen.query_one(ScopeLine).display)
        assert "Asking only: “410 homes emptied" in screen_text(app)
        await pilot.press(*"how many homes were evacuated?", "enter")
        sources = app.ask_screen.query_one(SourcesPane)
        await wait_until(pilot, lambda: bool(sources.citations))
        assert {one.article_id for one in sources.citations} == {wanted}
        find_prompt(pilot).focus()
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.screen.query_one(ScopeLine).display)


async def test_stories_side_by_side_and_open(app: AssistantApp) -> None:
    """The articles of a story are shown side by side and can be opened."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: "3 articles, 1 outlet, oldest first" in screen_text(app))
        await pilot.press(*"million")
        await wait_until(pilot, lambda: "2 articles, 2 outlets, oldest first" in screen_text(app))
        await pilot.press("enter", "enter", "down", "enter")
        await wait_until(pilot, lambda: is_screen(pilot, ArticleScreen) and "Duplicates" in screen_text(app))


@pytest.mark.campaign
async def test_charts_drawn_to_scale(app: AssistantApp) -> None:
    """The charts are drawn to scale."""
    async with app.run_test(size=(120, 40)) as pilot:
        await open_library(pilot)
        await pilot.press("left")
        await wait_until(pilot, lambda: "2025-04 4 █" in screen_text(app))
        assert "18 articles · 3 outlets" in static_text(app.screen.query_one("#statistics-counts", Static))


@pytest.mark.campaign
async def test_build_refreshes_list_keeps_cursor(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A build refreshes the list, and the cursor stays at its article."""
    for name in ("one", "two"):
        write_article(f"{name}.md", f"The mayor spoke of {name}.", title=name, published_at="2025-01-01")
    run_build(assistant)
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_library(pilot, 2)
        await pilot.press("down")
        last = find_article_table(pilot).highlighted_row
        write_article("three.md", "The council met.", title="three", published_at="2025-02-01")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: len(find_article_table(pilot).rows) == 3)
        assert last is not None
        assert find_article_table(pilot).highlighted_row == last


@pytest.mark.campaign
async def test_unreadable_library_one_line(seeds: Assistant) -> None:
    """A library that cannot be read is reported in one line."""

    class UnreadableCatalogAssistant(AssistantProxy):
        def catalog(self) -> Catalog:
            raise OSError("the disk is gone")

    app = AssistantApp(lambda: UnreadableCatalogAssistant(seeds))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await wait_until(pilot, lambda: "the disk is gone" in screen_text(app))


async def test_hundreds_of_rows_scroll_to_both_ends() -> None:
    """Hundreds of rows can be scrolled from end to end."""
    rows = [ArticleRow(str(n), f"Title {n}", "Post\x1b[31m", None, "2025-01-01", n, 0) for n in range(500)]

    from textual.app import App, ComposeResult

    from assistant.tui.widgets.library.articles_panel import COLUMNS, format_cells

    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield Table[ArticleRow](COLUMNS, format_cells, lambda row: row.id, empty_text="none", id="article-rows")

    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        shown = app.query_one(Table)
        shown.show(rows)
        shown.focus()
        await pilot.press("end")
        await wait_until(pilot, lambda: "› Title 499" in screen_text(app))
        await pilot.press("home", "pagedown", "down")
        await wait_until(pilot, lambda: f"› Title {shown.cursor}" in screen_text(app) and shown.cursor > 5)
        assert "\x1b" not in screen_text(app)


async def test_more_like_an_article(app: AssistantApp) -> None:
    """The palette offers, on an article, the question for others like it; it is asked with Enter."""
    async with app.run_test(size=(120, 36)) as pilot:
        await open_library(pilot)
        title = find_article_table(pilot).rows[0].title
        await pilot.press("enter")
        await wait_until(pilot, lambda: is_screen(pilot, ArticleScreen) and title in screen_text(app))
        commands = find_commands(app.screen.list_keyless_commands(), "similar")  # type: ignore[attr-defined]
        assert [one.command.title for one in commands] == ["More like this"]
        await app.run_action(commands[0].command.action, commands[0].command.node)
        await wait_until(pilot, lambda: is_screen(pilot, AskScreen))
        assert find_prompt(pilot).value == f"articles like “{title}”"
