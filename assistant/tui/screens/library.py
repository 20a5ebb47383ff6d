"""The screen for browsing: articles, speakers, stories, full text, figures, each on a tab of its own."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import TabbedContent, TabPane
from textual.worker import get_current_worker

from assistant.presentation.filtering import Filtered, filtered_articles, filtered_speakers, filtered_stories
from assistant.records.library import ArticleRow, Figures, SearchResult, SpeakerPage, SpeakerRow, Story
from assistant.text.sanitize import one_line
from assistant.tui.backend import Opener, reason
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from assistant.tui.widgets.library.figures_panel import FiguresPanel
from assistant.tui.widgets.library.search_panel import SearchPanel
from assistant.tui.widgets.library.speakers_panel import SpeakersPanel
from assistant.tui.widgets.library.stories_panel import StoriesPanel

TABS = ("articles", "speakers", "stories", "search", "figures")
Panel = ArticlesPanel | SpeakersPanel | StoriesPanel | SearchPanel | FiguresPanel


class ArticlesListed(Message):
    """All articles of the library."""

    def __init__(self, articles: Filtered[ArticleRow]) -> None:
        super().__init__()
        self.articles = articles


class SpeakersListed(Message):
    """All speakers of the library."""

    def __init__(self, speakers: Filtered[SpeakerRow]) -> None:
        super().__init__()
        self.speakers = speakers


class StoriesListed(Message):
    """All stories of the library that are told more than once."""

    def __init__(self, stories: Filtered[Story]) -> None:
        super().__init__()
        self.stories = stories


class FiguresKnown(Message):
    """The figures of the library."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self.figures = figures


class PageRead(Message):
    """What a speaker said."""

    def __init__(self, page: SpeakerPage) -> None:
        super().__init__()
        self.page = page


class Searched(Message):
    """What a search found."""

    def __init__(self, result: SearchResult) -> None:
        super().__init__()
        self.result = result


class BrowsingFailed(Message):
    """The library cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class LibraryScreen(Screen[None]):
    """Reads the library in workers and gives its panels what they list."""

    CSS_PATH = "../styles/library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3", "app.back_to_asking", "Back", tooltip="Go back to asking"),
        *(Binding(str(n), f"tab('{tab}')", tab, show=False) for n, tab in enumerate(TABS, 1)),
        Binding("ctrl+right,ctrl+pagedown", "step_tab(1)", "Next tab", show=False, priority=True),
        Binding("ctrl+left,ctrl+pageup", "step_tab(-1)", "Previous tab", show=False, priority=True),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend

    def compose(self) -> ComposeResult:
        yield Status()
        with TabbedContent(initial=TABS[0]):
            with TabPane("1 Articles", id="articles"):
                yield ArticlesPanel()
            with TabPane("2 Speakers", id="speakers"):
                yield SpeakersPanel()
            with TabPane("3 Stories", id="stories"):
                yield StoriesPanel()
            with TabPane("4 Search", id="search"):
                yield SearchPanel()
            with TabPane("5 Statistics", id="figures"):
                yield FiguresPanel()
        yield BuildBar()
        yield KeyBar()

    def on_mount(self) -> None:
        self._focus_panel()
        self._list()
        self.watch(self.app, "building", self._build_changed, init=False)

    def _build_changed(self, state: BuildState) -> None:
        if state.phase == "done":
            self._list()
            self.query_one(SearchPanel).look_again()

    # ------------------------------------------------------------------------------------------- tabs

    def action_tab(self, name: str) -> None:
        """Show this tab."""
        self.query_one(TabbedContent).active = name
        self._focus_panel()

    def action_step_tab(self, by: int) -> None:
        """Show the tab beside."""
        self.action_tab(TABS[(TABS.index(self.query_one(TabbedContent).active) + by) % len(TABS)])

    @on(TabbedContent.TabActivated)
    def _tab_activated(self) -> None:
        if self.focused is None or not self.focused.is_on_screen:
            self._focus_panel()

    def _focus_panel(self) -> None:
        pane = self.query_one(TabbedContent).get_pane(self.query_one(TabbedContent).active)
        panel = pane.children[0]
        assert isinstance(panel, Panel)
        panel.focus_list()

    # ---------------------------------------------------------------------------------------- reading

    @work(thread=True, exclusive=True, group="list")
    def _list(self) -> None:
        worker = get_current_worker()

        def listed() -> list[Callable[[], Message]]:
            catalogue = self._open_backend().catalogue()
            return [
                lambda: ArticlesListed(filtered_articles(catalogue.articles())),
                lambda: SpeakersListed(filtered_speakers(catalogue.speakers())),
                lambda: StoriesListed(filtered_stories(catalogue.stories())),
                lambda: FiguresKnown(catalogue.figures()),
            ]

        try:
            for read in listed():
                message = read()
                if worker.is_cancelled:
                    return
                self.post_message(message)
        except Exception as error:
            self.post_message(BrowsingFailed(reason(error)))

    @work(thread=True, exclusive=True, group="speaker")
    def _read_speaker(self, name: str) -> None:
        try:
            self.post_message(PageRead(self._open_backend().catalogue().speaker(name)))
        except Exception as error:
            self.post_message(BrowsingFailed(reason(error)))

    @work(thread=True, exclusive=True, group="search")
    def _search(self, typed: str) -> None:
        try:
            self.post_message(Searched(self._open_backend().catalogue().search(typed)))
        except Exception as error:
            self.post_message(BrowsingFailed(reason(error)))

    @on(SpeakersPanel.PageWanted)
    def _page_wanted(self, message: SpeakersPanel.PageWanted) -> None:
        self._read_speaker(message.name)

    @on(SearchPanel.SearchWanted)
    def _search_wanted(self, message: SearchPanel.SearchWanted) -> None:
        self._search(message.typed)

    @on(ArticlesListed)
    def _articles_listed(self, message: ArticlesListed) -> None:
        self.query_one(ArticlesPanel).show(message.articles)

    @on(SpeakersListed)
    def _speakers_listed(self, message: SpeakersListed) -> None:
        self.query_one(SpeakersPanel).show(message.speakers)

    @on(StoriesListed)
    def _stories_listed(self, message: StoriesListed) -> None:
        self.query_one(StoriesPanel).show(message.stories)

    @on(FiguresKnown)
    def _figures_known(self, message: FiguresKnown) -> None:
        self.query_one(FiguresPanel).show(message.figures)
        # All is listed and stays. Python would else go through it again and again for cycles that nobody needs, and
        # for ten thousand articles that takes a quarter of a second in which no key is handled.
        gc.freeze()

    @on(PageRead)
    def _page_read(self, message: PageRead) -> None:
        self.query_one(SpeakersPanel).show_page(message.page)

    @on(Searched)
    def _searched(self, message: Searched) -> None:
        self.query_one(SearchPanel).show(message.result)

    @on(BrowsingFailed)
    def _failed(self, message: BrowsingFailed) -> None:
        for table in self.query(Table):
            table.tell("! " + message.reason)
        if any(table.rows for table in self.query(Table)):
            self.notify(one_line(message.reason), severity="error", markup=False)
