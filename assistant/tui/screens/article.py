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
from assistant.records.library import ArticleRow, Reading, Voice
from assistant.text.sanitize import one_line, shortened
from assistant.tui.backend import Opener, reason
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.relative_dates import day_of, written
from assistant.tui.state import BuildState
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.sources.article_reader import ReadingText


class ReadingLoaded(Message):
    """The article has been read with the places to mark in it; None where the library no longer has it."""

    def __init__(self, reading: Reading | None, marks: Sequence[Span]) -> None:
        super().__init__()
        self.reading = reading
        self.marks = tuple(marks)


class ReadingFailed(Message):
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
        self._reading: Reading | None = None
        self._about = wanted.about  # what is marked

    def compose(self) -> ComposeResult:
        yield Status()
        with Container(id="article"):
            yield ReadingText()
            with Vertical(id="article-side"):
                yield Static("Who speaks here", classes="title")
                yield OptionList(id="voices", compact=True, markup=False)
                yield Static("Near-duplicates", classes="title", id="copies-title")
                yield OptionList(id="copies", compact=True, markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ReadingText).focus()
        self._load()
        self.watch(self.app, "building", self._build_changed, init=False)

    def _build_changed(self, state: BuildState) -> None:
        if state.phase == "done":
            self._load()

    @work(thread=True, exclusive=True, group="read")
    def _load(self) -> None:
        wanted = self._wanted
        try:
            catalogue = self._open_backend().catalogue()
            reading = catalogue.read(wanted.article_id)
            marks = catalogue.found_in(wanted.article_id, wanted.searched) if wanted.searched else wanted.marks
        except Exception as error:
            self.post_message(ReadingFailed(reason(error)))
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ReadingLoaded(reading, marks))

    @on(ReadingFailed)
    def _failed(self, message: ReadingFailed) -> None:
        self.notify(one_line(message.reason), severity="error", markup=False)

    @on(ReadingLoaded)
    def _loaded(self, message: ReadingLoaded) -> None:
        text = self.query_one(ReadingText)
        if message.reading is None:
            self.query_one("#reading-head", Static).update(Content("! The library no longer has this article."))
            return
        last, self._reading = self._reading, message.reading
        if last is not None and last.article.sha256 == message.reading.article.sha256:
            self._list_beside()
            return  # the reader's place stays
        text.show(message.reading.article)
        first = self._wanted.marks[0] if self._wanted.marks else None
        marks = sorted(message.marks)
        text.mark(marks, next((n for n, span in enumerate(marks) if span == first), 0))
        self._tell_place()
        self._list_beside()

    def _list_beside(self) -> None:
        assert self._reading is not None
        voices, copies = self.query_one("#voices", OptionList), self.query_one("#copies", OptionList)
        voices.set_options(Option(_voice(voice)) for voice in self._reading.voices)
        copies.set_options(Option(_copy(row)) for row in self._reading.copies)
        self.query_one("#copies-title").display = copies.display = bool(self._reading.copies)
        self.query_one("#article-side").set_class(not (self._reading.voices or self._reading.copies), "-empty")

    @on(OptionList.OptionSelected, "#voices")
    def _voice_chosen(self, event: OptionList.OptionSelected) -> None:
        assert self._reading is not None
        voice = self._reading.voices[event.option_index]
        self._about = voice.name
        self.query_one(ReadingText).mark(voice.places)
        self._tell_place()

    @on(OptionList.OptionSelected, "#copies")
    def _copy_chosen(self, event: OptionList.OptionSelected) -> None:
        assert self._reading is not None
        self.post_message(ArticleWanted(self._reading.copies[event.option_index].id))

    def action_step(self, by: int) -> None:
        """Go to another of the marked places."""
        text = self.query_one(ReadingText)
        text.go(text.at + by)
        self._tell_place()

    def _tell_place(self) -> None:
        text = self.query_one(ReadingText)
        places = len(text.marks)
        told = f"{one_line(self._about)} · {text.at + 1} of {places}" if places else ""
        text.border_subtitle = Content(told)
        self.refresh_bindings()

    def action_ask(self) -> None:
        """Ask about this article."""
        if self._reading is not None:
            article = self._reading.article
            self.post_message(ScopeWanted((article.id,), f"“{article.title}”"))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "step":
            return bool(self.is_mounted and self.query_one(ReadingText).marks)
        return True


def _voice(voice: Voice) -> Content:
    count = len(voice.places)
    name = shortened(voice.name, 60)
    return Content.assemble((name, "" if voice.named else "italic"), (f"  {count}", "$text-muted"))


def _copy(row: ArticleRow) -> Content:
    day = day_of(row.published_at)
    about = [row.source, written(day) if day else row.published_at]
    return Content.assemble(
        shortened(row.title, 120), ("\n" + " · ".join(one_line(part) for part in about if part), "$text-muted")
    )
