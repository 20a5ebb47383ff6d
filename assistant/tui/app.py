"""The app: composes the screen, runs the workers, routes messages. What things look like is the widgets'."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Protocol

from textual import on, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input
from textual.worker import Worker, get_current_worker

from assistant.config import Config
from assistant.display import one_line
from assistant.errors import AssistantError, LibraryDamaged, LibraryMismatch, NoLibrary
from assistant.records import (
    Answer,
    Article,
    AskEvent,
    BuildEvent,
    BuildReport,
    Citation,
    QuoteCheck,
    Turn,
)
from assistant.tui.build_bar import BuildBar
from assistant.tui.conversation import Conversation, Exchange
from assistant.tui.help import HelpScreen
from assistant.tui.messages import (
    ArticleLoaded,
    AskFailed,
    AskProgress,
    BuildEnded,
    BuildProgress,
    CitationChosen,
    LibraryFailed,
    LibraryReady,
    QuoteChecked,
    QuoteGiven,
)
from assistant.tui.question_box import QuestionBox
from assistant.tui.quote_check import QuoteScreen
from assistant.tui.sources import SourcesPane
from assistant.tui.status import Status


class Backend(Protocol):
    """What the interface needs of an assistant; `engine.Assistant` is one."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Iterator[AskEvent]: ...
    def build(self, *, rebuild: bool = False) -> Iterator[BuildEvent]: ...
    def article(self, article_id: str) -> Article | None: ...
    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck: ...
    def warm_up(self) -> dict[str, Any]: ...


Opener = Callable[[], Backend]
QUOTE = -1  # stands for the number of a question where the sources are those of a checked quotation


def opener(config: Config) -> Opener:
    """Opens the library of `config`. Called in a worker: the imports it brings are not on the way to the
    first frame."""

    def open_backend() -> Backend:
        from assistant.engine import Assistant

        return Assistant(config)

    return open_backend


class AssistantApp(App[None]):
    """Ask your articles; read every answer beside its source."""

    TITLE = "News assistant"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="Show every key and what it does"),
        Binding("escape", "cancel", "Cancel", tooltip="Stop looking for an answer, or go back to the question"),
        Binding("ctrl+n", "step(1)", "Next", tooltip="Open the next citation's source"),
        Binding("ctrl+o", "step(-1)", "Back", tooltip="Open the previous citation's source"),
        # Priority, because a box for text has a use of its own for this key.
        Binding(
            "ctrl+k",
            "quote",
            "Quote",
            tooltip="Check a quotation: where it is from, and whether it is exact",
            priority=True,
        ),
        Binding("ctrl+l", "new", "New", tooltip="Begin a new conversation, which leans on nothing before"),
        Binding("ctrl+r", "build", "Update", tooltip="Read new and changed articles into the index"),
        Binding("ctrl+g", "stop_build", "Stop build", tooltip="Stop the build; the index stays as it was"),
        Binding("ctrl+t", "toggle_theme", "Theme", tooltip="Change between the dark and the light theme"),
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave", priority=True),  # also while the help is open
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
        self._open_backend = open_backend
        self._opening = threading.Lock()
        self._backend: Backend | None = None
        self._asks = 0  # number of the newest question; events of older ones are dropped
        self._answering = False
        self._building: Worker[None] | None = None
        self._quotes = 0  # number of the newest quotation to check
        self._last_quote: tuple[str, str, QuoteCheck | None] = ("", "", None)

    def compose(self) -> ComposeResult:
        yield Status()
        with Container(id="panes"):
            yield Conversation()
            yield SourcesPane()
        yield BuildBar()
        yield QuestionBox(placeholder="Ask your articles, e.g. what did Ushakov say about Europe?", id="question")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(QuestionBox).focus()
        self.query_one(Status).show("Loading…", busy=True)
        self._load()

    # --------------------------------------------------------------------------------------- library

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        try:
            self.post_message(LibraryReady(about(self._ready_backend().warm_up())))
        except Exception as error:
            self.post_message(LibraryFailed(reason(error)))

    def _ready_backend(self) -> Backend:
        with self._opening:  # one for all workers: what it loads is large
            if self._backend is None:
                self._backend = self._open_backend()
            return self._backend

    @on(LibraryReady)
    def _library_ready(self, message: LibraryReady) -> None:
        self.query_one(Status).show(message.summary)

    @on(LibraryFailed)
    def _library_failed(self, message: LibraryFailed) -> None:
        self.query_one(Status).show(message.reason, problem=True)

    # ---------------------------------------------------------------------------------------- asking

    @on(Input.Submitted, "#question")
    async def _submitted(self, event: Input.Submitted) -> None:
        question = event.value.strip()
        if not question:
            return
        event.input.clear()
        if self._answering:
            await self._withdraw()
        self._asks += 1
        self._answering = True
        conversation = self.query_one(Conversation)
        history = conversation.turns
        await conversation.begin(self._asks, question)
        self.refresh_bindings()
        self._ask(self._asks, question, history)

    @work(thread=True, exclusive=True, group="ask")
    def _ask(self, ask: int, question: str, history: tuple[Turn, ...]) -> None:
        worker = get_current_worker()
        try:
            for event in self._ready_backend().ask(question, history=history):
                if worker.is_cancelled:
                    return
                self.post_message(AskProgress(ask, event))
        except Exception as error:
            self.post_message(AskFailed(ask, reason(error)))

    @on(AskProgress)
    def _ask_progress(self, message: AskProgress) -> None:
        if message.ask != self._asks or not self._answering:
            return
        self.query_one(Conversation).take(message.event)
        if isinstance(message.event, Answer):
            self._answering = False
            citations = message.event.citations
            self.query_one(SourcesPane).list_citations(message.ask, citations)
            if citations:
                self.post_message(CitationChosen(message.ask, citations[0]))
            else:
                self.query_one(Conversation).mark(message.ask, None)
            self.refresh_bindings()

    @on(AskFailed)
    def _ask_failed(self, message: AskFailed) -> None:
        if message.ask == self._asks and self._answering:
            self._answering = False
            question = self.query_one(Conversation).fail(message.reason)
            self.query_one(QuestionBox).put_back(question)
            self.refresh_bindings()

    async def action_cancel(self) -> None:
        """Stop answering and put the question back for editing; else return to the question box."""
        box = self.query_one(QuestionBox)
        if self._answering:
            box.put_back(await self._withdraw())
        box.focus()

    async def _withdraw(self) -> str:
        """Stop answering, as if the question had not been asked; returns it."""
        self._answering = False
        self.workers.cancel_group(self, "ask")
        question = await self.query_one(Conversation).withdraw()
        self.refresh_bindings()
        return question

    async def action_new(self) -> None:
        """Begin a new conversation; the question that is being answered goes with the old one."""
        self._answering = False
        self.workers.cancel_group(self, "ask")
        await self.query_one(Conversation).clear()
        self.query_one(SourcesPane).list_citations(0, ())
        self.query_one(QuestionBox).focus()
        self.refresh_bindings()

    # --------------------------------------------------------------------------------------- sources

    @on(CitationChosen)
    def _citation_chosen(self, message: CitationChosen) -> None:
        conversation, sources = self.query_one(Conversation), self.query_one(SourcesPane)
        if message.ask != sources.ask:
            citations = conversation.citations(message.ask)
            if not citations:
                return  # a new conversation was begun meanwhile
            sources.list_citations(message.ask, citations)
            self.refresh_bindings()
        conversation.mark(message.ask, message.citation)
        sources.mark(message.citation)
        self._load_article(message.citation)

    @work(thread=True, exclusive=True, group="article")
    def _load_article(self, citation: Citation) -> None:
        try:
            article = self._ready_backend().article(citation.article_id)
        except Exception as error:
            self.notify(one_line(reason(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ArticleLoaded(citation, article))

    @on(ArticleLoaded)
    def _article_loaded(self, message: ArticleLoaded) -> None:
        self.query_one(SourcesPane).open(message.citation, message.article)

    def action_step(self, by: int) -> None:
        """Open the citation after or before the open one."""
        sources = self.query_one(SourcesPane)
        citation = sources.neighbour(by)
        if citation is not None:
            self.post_message(CitationChosen(sources.ask, citation))

    # ------------------------------------------------------------------------------------ quotations

    def action_quote(self) -> None:
        """Check a quotation; what was checked last is still there."""
        if not isinstance(self.screen, ModalScreen):
            self.push_screen(QuoteScreen(*self._last_quote), self._quote_closed)

    @on(QuoteGiven)
    def _quote_given(self, message: QuoteGiven) -> None:
        self._quotes += 1
        self._check_quote(self._quotes, message.text, message.speaker)

    @work(thread=True, exclusive=True, group="quote")
    def _check_quote(self, number: int, text: str, speaker: str | None) -> None:
        try:
            self.post_message(QuoteChecked(number, self._ready_backend().check_quote(text, speaker)))
        except Exception as error:
            self.post_message(QuoteChecked(number, reason(error)))

    @on(QuoteChecked)
    def _quote_checked(self, message: QuoteChecked) -> None:
        screen = self.screen
        if message.number != self._quotes or not isinstance(screen, QuoteScreen):
            return
        if isinstance(message.check, str):
            screen.fail(message.check)
        else:
            self._last_quote = (*screen.given, message.check)
            screen.show(message.check)

    def _quote_closed(self, chosen: tuple[tuple[Citation, ...], Citation] | None) -> None:
        """Show the places of a checked quotation as sources, the chosen one open."""
        if chosen:
            places, place = chosen
            self.query_one(SourcesPane).list_citations(QUOTE, places)
            self.refresh_bindings()
            self.post_message(CitationChosen(QUOTE, place))

    # -------------------------------------------------------------------------------------- building

    def action_build(self, rebuild: bool = False) -> None:
        """Bring the index up to date while questions go on."""
        if self._building is None:
            self.query_one(BuildBar).begin()
            self._building = self._build(rebuild)
            self.refresh_bindings()

    @work(thread=True, group="build")
    def _build(self, rebuild: bool) -> None:
        worker = get_current_worker()
        end: Message = BuildEnded(None)
        try:
            events = self._ready_backend().build(rebuild=rebuild)
            for event in events:
                if isinstance(event, BuildReport):
                    end = BuildProgress(event)  # published, also when it has been told to stop meanwhile
                elif worker.is_cancelled:
                    break
                else:
                    self.post_message(BuildProgress(event))
            close = getattr(events, "close", None)
            if close:
                close()  # lets go of the lock at once, not when Python gets to it
        except Exception as error:
            end = BuildEnded(reason(error))
        self.post_message(end)  # last, so that whoever sees it can build again

    @on(BuildProgress)
    def _build_progress(self, message: BuildProgress) -> None:
        self.query_one(BuildBar).take(message.event)
        if isinstance(message.event, BuildReport):
            self._build_over()
            self.query_one(Status).show("Loading…", busy=True)
            self._load()

    @on(BuildEnded)
    def _build_ended(self, message: BuildEnded) -> None:
        self.query_one(BuildBar).end(message.reason)
        self._build_over()

    @on(BuildBar.StopWanted)
    def action_stop_build(self) -> None:
        """Stop the build after the batch it is at; the index stays as it was."""
        if self._building is not None:
            self._building.cancel()
            self.query_one(BuildBar).stopping()

    def _build_over(self) -> None:
        self._building = None
        if self.query_one(BuildBar).has_focus_within:
            self.query_one(QuestionBox).focus()  # rather than nowhere: the button goes
        self.refresh_bindings()

    # ------------------------------------------------------------------------------------- the rest

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "stop_build":
            return self._building is not None
        if action == "build":
            return self._building is None
        if action == "new":
            return bool(self.query(Exchange))
        if action == "step":
            return any(sources.citations for sources in self.query(SourcesPane))
        if action == "cancel":
            return self._answering or not isinstance(self.focused, Input)
        return True

    def action_toggle_theme(self) -> None:
        """Change between the dark and the light theme."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def action_help(self) -> None:
        """Show every key and what it does."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self._documented_bindings()))

    def _documented_bindings(self) -> list[tuple[str, str]]:
        own = [binding for binding in self.BINDINGS if isinstance(binding, Binding)]
        pane = [binding for binding in SourcesPane.BINDINGS if isinstance(binding, Binding) and binding.tooltip]
        return [
            ("enter", "Ask the question"),
            ("tab", "Move between the question, the answers and the sources"),
            *((self.get_key_display(binding), binding.tooltip) for binding in own + pane),
            ("1 to 9", "In the sources: open the one with this number"),
            (
                self.get_key_display(Binding(self.COMMAND_PALETTE_BINDING, "command_palette")),
                "Find any command",
            ),
        ]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action of the app, for the command palette."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("New conversation", "The next question leans on nothing before it", self.action_new)
        yield SystemCommand("Check a quotation", "Where it is from, and whether it is exact", self.action_quote)
        yield SystemCommand("Update index", "Read new and changed articles", self.action_build)
        yield SystemCommand("Rebuild index", "Make everything anew", lambda: self.action_build(rebuild=True))
        yield SystemCommand("Next source", "Open the next citation's source", lambda: self.action_step(1))
        yield SystemCommand("Previous source", "Open the previous citation's source", lambda: self.action_step(-1))


def reason(error: Exception) -> str:
    """Why something failed and what to do, in a line.

    A mistake of the program is told like the rest: it need not end a conversation.
    """
    if isinstance(error, NoLibrary):
        return f"{error}, or press Ctrl+R here"
    if isinstance(error, LibraryMismatch | LibraryDamaged):
        return f"{error}, or press Ctrl+P here and choose Rebuild index"
    if isinstance(error, AssistantError):
        return str(error)
    if os.environ.get("ASSISTANT_DEBUG"):
        raise error
    return f"internal error: {type(error).__name__}: {error} (set ASSISTANT_DEBUG=1 to see where)"


def about(stats: dict[str, Any]) -> str:
    """What a library holds, in a line: "18 articles · 3 outlets · 2025-02-11 to 2025-11-13"."""
    articles, outlets = stats["articles"], stats["sources"]
    parts = [f"{articles:,} article{'' if articles == 1 else 's'}"]
    if outlets:
        parts.append(f"{outlets} outlet{'' if outlets == 1 else 's'}")
    if stats["first_article"]:
        parts.append(f"{stats['first_article']} to {stats['last_article']}")
    return " · ".join(parts)
