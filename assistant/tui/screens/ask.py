"""The screen for asking: the conversation, the sources beside it, the box for the next question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer, Input
from textual.worker import get_current_worker

from assistant.display import one_line
from assistant.records import Answer, Citation, Turn
from assistant.tui.backend import Opener, reason
from assistant.tui.messages import ArticleLoaded, AskFailed, AskProgress, CitationChosen
from assistant.tui.state import BuildState
from assistant.tui.widgets.build_bar import BuildBar
from assistant.tui.widgets.conversation import Conversation, Exchange
from assistant.tui.widgets.question_box import QuestionBox
from assistant.tui.widgets.sources import SourcesPane
from assistant.tui.widgets.status import Status

PLACES = -1  # stands for the number of a question where the sources are places that another screen has found


class AskScreen(Screen[None]):
    """Takes questions, shows their answers as they come, and opens each source at its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Stop looking for an answer, or go back to the question"),
        Binding("ctrl+n", "step(1)", "Next", tooltip="Open the next citation's source"),
        Binding("ctrl+o", "step(-1)", "Back", tooltip="Open the previous citation's source"),
        Binding("ctrl+l", "new", "New", tooltip="Begin a new conversation, which leans on nothing before"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._asks = 0  # number of the newest question; events of older ones are dropped
        self._answering = False

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
        self.watch(self.app, "building", self._build_changed)

    def _build_changed(self, state: BuildState) -> None:
        if not state.running and self.query_one(BuildBar).has_focus_within:
            self.query_one(QuestionBox).focus()  # rather than nowhere: the button goes

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
            for event in self._open_backend().ask(question, history=history):
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
            article = self._open_backend().article(citation.article_id)
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

    def show_places(self, places: Sequence[Citation], chosen: Citation) -> None:
        """Show places that another screen has found as sources, the chosen one open."""
        self.query_one(SourcesPane).list_citations(PLACES, places)
        self.refresh_bindings()
        self.post_message(CitationChosen(PLACES, chosen))

    def offer(self, question: str) -> None:
        """Put a question into the box, for its user to complete and send."""
        box = self.query_one(QuestionBox)
        box.value = question
        box.cursor_position = len(question)
        box.focus()

    # ------------------------------------------------------------------------------------- the rest

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "new":
            return bool(self.query(Exchange))
        if action == "step":
            return any(sources.citations for sources in self.query(SourcesPane))
        if action == "cancel":
            return self._answering or not isinstance(self.focused, Input)
        return True
