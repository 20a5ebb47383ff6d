"""The screen for browsing the library: tabs for articles, speakers, stories, full-text search, statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import TabbedContent, TabPane, Tabs
from textual.worker import get_current_worker

from assistant.pictures.matrix import count_coverage
from assistant.presentation.filtering import FilterableRows, prepare_articles, prepare_speakers, prepare_stories
from assistant.records.library import ArticleRow, SearchResult, SpeakerPage, SpeakerRow, Story
from assistant.records.marks import ArticleMarks
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.keep.messages import MarksListed
from assistant.tui.messages import StatisticsReady
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from assistant.tui.widgets.library.search_panel import SearchPanel
from assistant.tui.widgets.library.speakers_panel import SpeakersPanel
from assistant.tui.widgets.library.statistics_panel import StatisticsPanel
from assistant.tui.widgets.library.stories_panel import StoriesPanel
from assistant.tui.workers.pictures import save_picture

if TYPE_CHECKING:
    from assistant.store.catalog import Catalog

TABS = ("articles", "speakers", "stories", "search", "statistics")
Panel = ArticlesPanel | SpeakersPanel | StoriesPanel | SearchPanel | StatisticsPanel


class ArticlesListed(Message):
    """All articles of the library, with their marks by SHA-256."""

    def __init__(self, articles: FilterableRows[ArticleRow], marks: Mapping[str, ArticleMarks]) -> None:
        super().__init__()
        self.articles = articles
        self.marks = marks


class SpeakersListed(Message):
    """All speakers of the library."""

    def __init__(self, speakers: FilterableRows[SpeakerRow]) -> None:
        super().__init__()
        self.speakers = speakers


class StoriesListed(Message):
    """All stories in the library."""

    def __init__(self, stories: FilterableRows[Story]) -> None:
        super().__init__()
        self.stories = stories


class SpeakerPageRead(Message):
    """The statements of a speaker."""

    def __init__(self, page: SpeakerPage) -> None:
        super().__init__()
        self.page = page


class SearchFinished(Message):
    """The result of a search."""

    def __init__(self, result: SearchResult) -> None:
        super().__init__()
        self.result = result


class BrowsingFailed(Message):
    """The library cannot be read; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class LibraryScreen(Screen[None]):
    """Reads the library in workers and gives the panels their data."""

    CSS_PATH = "../styles/library.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3", "app.back_to_asking", "Back", tooltip="Return to asking"),
        Binding("ctrl+s", "save_picture", "Save picture", tooltip="In the statistics: save them as a picture (SVG)"),
        # Digits are text of the filters, and Ctrl with ← and → moves in it by words.
        Binding("right", "step_tab(1)", "Next tab", tooltip="In a list of the library: the next tab"),
        Binding(
            "left", "step_tab(-1)", "Previous tab", show=False, tooltip="In a list of the library: the previous tab"
        ),
        Binding("ctrl+pagedown", "step_tab(1)", "Next tab", show=False, priority=True),
        Binding("ctrl+pageup", "step_tab(-1)", "Previous tab", show=False, priority=True),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is possible: a picture is made of the statistics."""
        return action != "save_picture" or self.query_one(TabbedContent).active == "statistics"

    @work(thread=True, exclusive=True, group="picture")
    def action_save_picture(self) -> None:
        """Save the coverage by outlet and month, and who is quoted together, as SVG."""
        from assistant.pictures.svg import draw_library

        try:
            picture = draw_library(self._open_backend().catalog())
        except Exception as error:
            self.post_message(BrowsingFailed(describe_error(error)))
            return
        name = f"library-{datetime.now():%Y%m%d-%H%M%S}.svg"
        self.app.call_from_thread(save_picture, self.app, picture, name, "Picture")

    def compose(self) -> ComposeResult:
        """A tab for each panel."""
        yield Status()
        with TabbedContent(initial=TABS[0]):
            with TabPane("Articles", id="articles"):
                yield ArticlesPanel()
            with TabPane("Speakers", id="speakers"):
                yield SpeakersPanel()
            with TabPane("Stories", id="stories"):
                yield StoriesPanel()
            with TabPane("Search", id="search"):
                yield SearchPanel()
            with TabPane("Statistics", id="statistics"):
                yield StatisticsPanel()
        yield BuildBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Load all lists, and load them again after each build."""
        self.query_one(Tabs).can_focus = False  # what is typed after a click on a tab is for its filter
        self._focus_panel()
        self._load_lists()
        self.watch(self.app, "building", self._reload_after_build, init=False)

    def _reload_after_build(self, state: BuildState) -> None:
        if state.phase == "done":
            self._load_lists()
            self.query_one(SearchPanel).search_again()

    @on(MarksListed)
    def _show_changed_marks(self, message: MarksListed) -> None:
        self._list_articles(message.marks)

    @work(thread=True, exclusive=True, group="marks")
    def _list_articles(self, marks: Mapping[str, ArticleMarks]) -> None:
        try:
            self.post_message(_list_articles(self._open_backend().catalog(), marks))
        except Exception as error:
            self.post_message(BrowsingFailed(describe_error(error)))

    # ------------------------------------------------------------------------------------------- tabs

    def action_tab(self, name: str) -> None:
        """Show this tab."""
        self.query_one(TabbedContent).active = name
        self._focus_panel()

    def action_step_tab(self, by: int) -> None:
        """Show the tab `by` places to the right."""
        self.action_tab(TABS[(TABS.index(self.query_one(TabbedContent).active) + by) % len(TABS)])

    @on(TabbedContent.TabActivated)
    def _focus_active_panel(self) -> None:
        self.refresh_bindings()
        if self.focused is None or self._get_pane() not in self.focused.ancestors:
            self._focus_panel()

    def _get_pane(self) -> TabPane:
        return self.query_one(TabbedContent).get_pane(self.query_one(TabbedContent).active)

    def _focus_panel(self) -> None:
        panel = self._get_pane().children[0]
        assert isinstance(panel, Panel)
        panel.focus_list()

    # ---------------------------------------------------------------------------------------- reading

    @work(thread=True, exclusive=True, group="list")
    def _load_lists(self) -> None:
        worker = get_current_worker()

        try:
            backend = self._open_backend()
            marks = backend.marks.articles.load_marks() if getattr(self.app, "is_for_owner", True) else None
            for message in _load_all(backend.catalog(), marks):
                if worker.is_cancelled:
                    return
                self.post_message(message)
        except Exception as error:
            self.post_message(BrowsingFailed(describe_error(error)))

    @work(thread=True, exclusive=True, group="speaker")
    def _read_speaker(self, name: str) -> None:
        try:
            self.post_message(SpeakerPageRead(self._open_backend().catalog().speaker_page(name)))
        except Exception as error:
            self.post_message(BrowsingFailed(describe_error(error)))

    @work(thread=True, exclusive=True, group="search")
    def _search(self, search_text: str) -> None:
        try:
            self.post_message(SearchFinished(self._open_backend().catalog().search(search_text)))
        except Exception as error:
            self.post_message(BrowsingFailed(describe_error(error)))

    @on(SpeakersPanel.SpeakerPageWanted)
    def _load_speaker(self, message: SpeakersPanel.SpeakerPageWanted) -> None:
        self._read_speaker(message.name)

    @on(SearchPanel.SearchWanted)
    def _start_search(self, message: SearchPanel.SearchWanted) -> None:
        self._search(message.search_text)

    @on(ArticlesListed)
    def _show_articles(self, message: ArticlesListed) -> None:
        self.query_one(ArticlesPanel).show(message.articles, message.marks)
        self.query_one(StatisticsPanel).show_coverage(count_coverage(message.articles.rows))

    @on(SpeakersListed)
    def _show_speakers(self, message: SpeakersListed) -> None:
        self.query_one(SpeakersPanel).show(message.speakers)

    @on(StoriesListed)
    def _show_stories(self, message: StoriesListed) -> None:
        self.query_one(StoriesPanel).show(message.stories)

    @on(StatisticsReady)
    def _show_statistics(self, message: StatisticsReady) -> None:
        self.query_one(StatisticsPanel).show(message.figures)

    @on(SpeakerPageRead)
    def _show_speaker_page(self, message: SpeakerPageRead) -> None:
        self.query_one(SpeakersPanel).show_page(message.page)

    @on(SearchFinished)
    def _show_search_result(self, message: SearchFinished) -> None:
        self.query_one(SearchPanel).show(message.result)

    @on(BrowsingFailed)
    def _show_failure(self, message: BrowsingFailed) -> None:
        for table in self.query(Table):
            table.show_text("! " + message.reason)
        if any(table.rows for table in self.query(Table)):
            self.notify(sanitize_line(message.reason), severity="error", markup=False)


def _list_articles(catalog: Catalog, marks: Mapping[str, ArticleMarks] | None) -> ArticlesListed:
    return ArticlesListed(prepare_articles(catalog.articles(), marks, catalog.given_tags()), marks or {})


def _load_all(catalog: Catalog, marks: Mapping[str, ArticleMarks] | None) -> Iterator[Message]:
    """A message for each panel, in the order of the tabs; `marks` is None for a reader."""
    yield _list_articles(catalog, marks)
    yield SpeakersListed(prepare_speakers(catalog.speakers()))
    yield StoriesListed(prepare_stories(catalog.stories()))
    yield StatisticsReady(catalog.statistics())
