"""The screen for reading one article: its text, who speaks in it, its near-duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.records.article import Span
from assistant.records.library import ArticlePage, ArticleRow, ArticleSpeaker
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.state import BuildState
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.sources.article_reader import ArticleReader


class ArticlePageLoaded(Message):
    """The article has been read with the places to mark in it; None where the library no longer has it."""

    def __init__(self, page: ArticlePage | None, marks: Sequence[Span]) -> None:
        super().__init__()
        self.page = page
        self.marks = tuple(marks)


class ArticlePageFailed(Message):
    """The article cannot be read."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class ArticleScreen(Screen[None]):
    """Shows the article that is wanted; another one, a near-duplicate, opens over it."""

    CSS_PATH = "../styles/article.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", tooltip="Go back to where you came from"),
        Binding("n", "step(1)", "Next place", tooltip="In an article: go to the next marked place"),
        Binding("p", "step(-1)", "Previous", tooltip="In an article: go to the marked place before"),
        Binding("question_mark,a", "ask", "Ask about it", key_display="?", tooltip="In an article: ask about it only"),
    ]

    def __init__(self, open_backend: Opener, wanted: ArticleWanted) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._wanted = wanted
        self._page: ArticlePage | None = None
        self._marks_label = wanted.marks_label  # what is marked

    def compose(self) -> ComposeResult:
        yield Status()
        with Container(id="article"):
            yield ArticleReader()
            with Vertical(id="article-side"):
                yield Static("Who speaks here", classes="title")
                yield OptionList(id="voices", compact=True, markup=False)
                yield Static("Near-duplicates", classes="title", id="copies-title")
                yield OptionList(id="copies", compact=True, markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ArticleReader).focus()
        self._load_page()
        self.watch(self.app, "building", self._reload_after_build, init=False)

    def _reload_after_build(self, state: BuildState) -> None:
        if state.phase == "done":
            self._load_page()

    @work(thread=True, exclusive=True, group="read")
    def _load_page(self) -> None:
        wanted = self._wanted
        try:
            catalogue = self._open_backend().catalog()
            reading = catalogue.article_page(wanted.article_id)
            marks = (
                catalogue.find_matches(wanted.article_id, wanted.search_words) if wanted.search_words else wanted.marks
            )
        except Exception as error:
            self.post_message(ArticlePageFailed(describe_error(error)))
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ArticlePageLoaded(reading, marks))

    @on(ArticlePageFailed)
    def _show_failure(self, message: ArticlePageFailed) -> None:
        self.notify(sanitize_line(message.reason), severity="error", markup=False)

    @on(ArticlePageLoaded)
    def _show_page(self, message: ArticlePageLoaded) -> None:
        text = self.query_one(ArticleReader)
        if message.page is None:
            self.query_one("#article-reader-head", Static).update(Content("! The library no longer has this article."))
            return
        last, self._page = self._page, message.page
        if last is not None and last.article.sha256 == message.page.article.sha256:
            self._list_speakers_and_copies()
            return  # the reader's place stays
        text.show(message.page.article)
        first = self._wanted.marks[0] if self._wanted.marks else None
        marks = sorted(message.marks)
        text.show_marks(marks, next((n for n, span in enumerate(marks) if span == first), 0))
        self._show_place()
        self._list_speakers_and_copies()

    def _list_speakers_and_copies(self) -> None:
        assert self._page is not None
        voices, copies = self.query_one("#voices", OptionList), self.query_one("#copies", OptionList)
        voices.set_options(Option(_render_speaker(voice)) for voice in self._page.speakers)
        copies.set_options(Option(_render_copy(row)) for row in self._page.duplicates)
        self.query_one("#copies-title").display = copies.display = bool(self._page.duplicates)
        self.query_one("#article-side").set_class(not (self._page.speakers or self._page.duplicates), "-empty")

    @on(OptionList.OptionSelected, "#voices")
    def _mark_speaker(self, event: OptionList.OptionSelected) -> None:
        assert self._page is not None
        voice = self._page.speakers[event.option_index]
        self._marks_label = voice.name
        self.query_one(ArticleReader).show_marks(voice.spans)
        self._show_place()

    @on(OptionList.OptionSelected, "#copies")
    def _open_copy(self, event: OptionList.OptionSelected) -> None:
        assert self._page is not None
        self.post_message(ArticleWanted(self._page.duplicates[event.option_index].id))

    def action_step(self, by: int) -> None:
        """Go to another of the marked places."""
        text = self.query_one(ArticleReader)
        text.go_to_mark(text.current_mark + by)
        self._show_place()

    def _show_place(self) -> None:
        text = self.query_one(ArticleReader)
        places = len(text.marks)
        told = f"{sanitize_line(self._marks_label)} · {text.current_mark + 1} of {places}" if places else ""
        text.border_subtitle = Content(told)
        self.refresh_bindings()

    def action_ask(self) -> None:
        """Ask about this article."""
        if self._page is not None:
            article = self._page.article
            self.post_message(ScopeWanted((article.id,), f"“{article.title}”"))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "step":
            return bool(self.is_mounted and self.query_one(ArticleReader).marks)
        return True


def _render_speaker(voice: ArticleSpeaker) -> Content:
    count = len(voice.spans)
    name = shorten_line(voice.name, 60)
    return Content.assemble((name, "" if voice.is_named else "italic"), (f"  {count}", "$text-muted"))


def _render_copy(row: ArticleRow) -> Content:
    day = parse_day(row.published_at)
    about = [row.source, format_day(day) if day else row.published_at]
    return Content.assemble(
        shorten_line(row.title, 120), ("\n" + " · ".join(sanitize_line(part) for part in about if part), "$text-muted")
    )
