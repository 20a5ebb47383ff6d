"""The screen for asking: the conversation, the sources beside it, the box for the next question."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.widget import Widget
from textual.worker import get_current_worker

from assistant.conversations.question_history import Asked
from assistant.conversations.store import Resumed, Sessions, replayed
from assistant.records.answer import Answer, Citation, Turn
from assistant.text.sanitize import one_line
from assistant.tui.backend import Opener, reason
from assistant.tui.exchange_state import Entry
from assistant.tui.messages import ArticleLoaded, AskFailed, AskProgress, BuildWanted, CitationChosen, FirstStepReady
from assistant.tui.screens.suggesting import OfferingScreen
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.answer.conversation import Conversation
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt, PromptBox
from assistant.tui.widgets.prompt.scope import ScopeLine
from assistant.tui.widgets.prompt.welcome import Welcome
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.widgets.sources.sources import SourcesPane
from assistant.tui.workers.autosave import Recording, library_of

SAVED_WITHIN = 0.25  # seconds that a disk may take before an answer is shown though it is not saved yet
PLACES = -1  # stands for the number of a question where the sources are places that another screen has found


class AskScreen(OfferingScreen):
    """Takes questions, shows their answers as they come, and opens each source at its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Stop looking for an answer, or go back to the question"),
        Binding("ctrl+n", "step(1)", "Next", tooltip="Open the next citation's source"),
        Binding("ctrl+o", "step(-1)", "Back", tooltip="Open the previous citation's source"),
        Binding("ctrl+f", "earlier", "Earlier", tooltip="Search the questions asked so far"),
        Binding("down", "suggestions", "Suggestions", show=False),
        Binding("ctrl+l", "new", "New", tooltip="Begin a new conversation, which leans on nothing before"),
    ]

    # Where the focus is, each widget shows by itself: the screen need not be drawn anew as a whole.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, open_backend: Opener) -> None:
        super().__init__(open_backend)
        self.recording = Recording(Sessions(notify=self._tell))
        self._saving: asyncio.Future[None] | None = None
        self._asked = Asked()
        self.conversation, self.sources = Conversation(), SourcesPane()
        self.panes = Panes(self.conversation, self.sources)
        self.build_bar, self.scope = BuildBar(), ScopeLine()
        self._prompt_box = PromptBox(self._asked)
        self.prompt = self._prompt_box.prompt

    def compose(self) -> ComposeResult:
        yield Status()
        yield self.panes
        yield self.build_bar
        yield self.scope
        yield FollowUps()
        yield self._prompt_box
        yield KeyBar()

    def on_mount(self) -> None:
        self.prompt.focus()
        self._load_asked()
        self.watch(self.app, "building", self._build_changed)
        self.watch(self.app, "library", self._library_changed)

    def _build_changed(self, state: BuildState) -> None:
        if not state.running and self.build_bar.has_focus_within:
            self.prompt.focus()  # rather than nowhere: the button goes

    # ---------------------------------------------------------------------------------------- asking

    @on(Prompt.Submitted)
    async def _submitted(self, event: Prompt.Submitted) -> None:
        if event.value.strip():
            event.prompt.value = ""
            await self.put(event.value.strip())

    @on(Welcome.Chosen)
    @on(FollowUps.Chosen)
    async def _suggestion_chosen(self, event: Welcome.Chosen | FollowUps.Chosen) -> None:
        self.prompt.focus()
        await self.put(event.question)

    async def put(self, question: str) -> None:
        """Ask a question; one that is still being answered gives way to it."""
        self._asked.remember(question)
        self._save_asked(question)
        if self.answering:
            await self._withdraw()
        self.look_no_further()
        self.asks += 1
        self.answering = True
        conversation = self.conversation
        history = conversation.turns
        await conversation.begin(self.asks, question)
        self._arrange()
        self.refresh_bindings()
        self._ask(self.asks, question, history, self.scope.article_ids)

    @work(thread=True, group="asked")
    def _save_asked(self, question: str) -> None:
        self._asked.save(question)

    # Described here, because Textual would else write out the whole history: a tenth of a second for 500 turns.
    @work(thread=True, exclusive=True, group="ask", description="ask")
    def _ask(self, ask: int, question: str, history: tuple[Turn, ...], scope: tuple[str, ...] | None) -> None:
        worker = get_current_worker()
        try:
            for event in self._open_backend().ask(question, history=history, scope=scope):
                if worker.is_cancelled:
                    return
                self.post_message(AskProgress(ask, event))
        except Exception as error:
            self.post_message(AskFailed(ask, reason(error)))

    @on(AskProgress)
    async def _ask_progress(self, message: AskProgress) -> None:
        if message.ask != self.asks or not self.answering:
            return
        self.conversation.take(message.event)
        if isinstance(message.event, Answer):
            self.answering = False
            await self._record()
            citations = message.event.citations
            self.sources.list_citations(message.ask, citations)
            if citations:
                self.post_message(CitationChosen(message.ask, citations[0]))
            else:
                self.conversation.mark(message.ask, None)
            self.look_further(self.turns, self.scope.article_ids)
            self.refresh_bindings()

    @on(AskFailed)
    def _ask_failed(self, message: AskFailed) -> None:
        if message.ask == self.asks and self.answering:
            self.answering = False
            question = self.conversation.fail(message.reason)
            self.prompt.put_back(question)
            self.refresh_bindings()

    async def action_cancel(self) -> None:
        """Stop answering and put the question back for editing; else return to the question box."""
        box = self.prompt
        if self.answering:
            box.put_back(await self._withdraw())
        elif box.has_focus:
            self.widen()
        box.focus()

    async def _withdraw(self) -> str:
        """Stop answering, as if the question had not been asked; returns it."""
        self.answering = False
        self.workers.cancel_group(self, "ask")
        question = await self.conversation.withdraw()
        self._arrange()
        self.refresh_bindings()
        return question

    async def action_new(self) -> None:
        """Begin a new conversation; the question that is being answered goes with the old one."""
        self.answering = False
        self.workers.cancel_group(self, "ask")
        self.look_no_further()
        self.recording.begin()
        await self.conversation.clear()
        self._arrange()
        self.sources.list_citations(0, ())
        self.prompt.focus()
        self.refresh_bindings()

    # ---------------------------------------------------------------------------------- what is saved

    async def _record(self) -> None:
        """Save the newest turn. Nothing is drawn meanwhile: whoever has seen an answer finds it saved."""
        turn = self.conversation.entries[-1].turn
        if turn is not None:
            self.recording.add(turn)
            self._saving = asyncio.ensure_future(asyncio.to_thread(self._save_turns))
            await asyncio.wait((self._saving,), timeout=SAVED_WITHIN)

    def _save_turns(self) -> None:
        problem = self.recording.save(library_of(self._open_backend))
        if problem:
            self._tell(problem, "Not saved")

    def _tell(self, line: str, title: str = "Conversations") -> None:
        self.notify(one_line(line), title=title, severity="warning", timeout=15, markup=False)

    async def resume(self, resumed: Resumed) -> None:
        """Show a saved conversation in place of this one, to go on with."""
        await self.action_new()
        self.recording.resume(resumed)
        entries = []
        for turn in resumed.turns:
            self.asks += 1
            entries.append(Entry(self.asks, turn.answer.question))
            for event in replayed(turn):
                entries[-1].take(event)
        self.conversation.restore(entries)
        if resumed.elsewhere:
            self._tell(
                f"Its sources are in another library: {resumed.session.library}. What you ask now is answered from "
                "this one, and saved as a new conversation."
            )
        answer = entries[-1].answer if entries else None
        if answer is not None and answer.citations:
            self.post_message(CitationChosen(self.asks, answer.citations[0]))
        if entries and not resumed.elsewhere:
            self.look_further(self.turns, None)
        self.refresh_bindings()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered in this conversation so far."""
        return self.conversation.turns

    def taken(self) -> tuple[Turn | None, Citation | None]:
        """The answer whose sources are shown, else the newest; and the open source, else the first."""
        sources = self.sources
        answered = [entry for entry in self.conversation.entries if entry.turn is not None]
        entry = next((one for one in answered if one.ask == sources.ask), answered[-1] if answered else None)
        cited = sources.opened or next(iter(sources.citations or (entry.citations if entry else ())), None)
        return entry.turn if entry else None, cited

    # --------------------------------------------------------------------------------------- sources

    @on(CitationChosen)
    def _citation_chosen(self, message: CitationChosen) -> None:
        conversation, sources = self.conversation, self.sources
        if message.ask != sources.ask or not sources.citations:
            citations = conversation.citations(message.ask)
            if not citations:
                return  # a new conversation was begun meanwhile
            sources.list_citations(message.ask, citations, answering=conversation.answers(message.ask))
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
        self.sources.open(message.citation, message.article)

    def action_step(self, by: int) -> None:
        """Open the citation after or before the open one."""
        citation = self.sources.neighbour(by)
        if citation is not None:
            self.post_message(CitationChosen(self.sources.ask, citation))

    def show_places(self, places: Sequence[Citation], chosen: Citation) -> None:
        """Show places that another screen has found as sources, the chosen one open."""
        self.sources.list_citations(PLACES, places)
        self.refresh_bindings()
        self.post_message(CitationChosen(PLACES, chosen))

    def offer(self, question: str) -> None:
        """Put a question into the box, for its user to complete and send."""
        self.prompt.value = question
        self.prompt.focus()

    def narrow(self, article_ids: Sequence[str], label: str) -> None:
        """Ask the next questions of these articles only; `label` says which they are."""
        self.look_no_further()  # what was offered, these articles may not answer
        self.scope.narrow(article_ids, label)
        self.prompt.focus()
        self.refresh_bindings()

    @on(ScopeLine.Removed)
    def widen(self) -> None:
        """Ask the next questions of all articles."""
        self.scope.narrow(None)
        self.refresh_bindings()

    # -------------------------------------------------------------------------------------- the prompt

    def _library_changed(self, state: LibraryState) -> None:
        if not state.busy and not state.problem:
            self._learn()
        self._arrange()

    def _arrange(self) -> None:
        """Where there is no index to ask and nothing was asked, the way to one stands in place of the answers."""
        state: LibraryState = getattr(self.app, "library", LibraryState(""))
        wanted = state.problem and not self.conversation.entries
        if wanted and not self.query("FirstRun"):
            from assistant.tui.widgets.prompt.first_run import FirstRun  # seldom needed

            self.mount(FirstRun(), before=self.build_bar)
        for first in self.query("FirstRun"):
            if first.has_focus_within and not wanted:
                self.prompt.focus()
            first.set_class(wanted, "-shown")
        self.panes.set_class(wanted, "-nothing")

    @on(BuildWanted)
    def _build_wanted(self) -> None:
        self.prompt.focus()  # rather than nowhere: the button does nothing while a build runs

    @on(FirstStepReady)
    def _first_step_ready(self) -> None:
        prompt = self.prompt
        if prompt.has_focus and not prompt.value:
            from assistant.tui.widgets.prompt.first_run import FirstRun

            self.query_one(FirstRun).ready()

    def action_earlier(self) -> None:
        """Search the questions asked so far, of all conversations."""
        from assistant.tui.dialogs.question_history import EarlierScreen

        self.app.push_screen(EarlierScreen(self._asked), self._earlier_chosen)

    def _earlier_chosen(self, question: str | None) -> None:
        if question is not None:
            self.offer(question)

    @work(thread=True, group="asked")
    def _load_asked(self) -> None:
        self._asked.load()

    # ------------------------------------------------------------------------------------- the rest

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "new":
            return bool(self.conversation.entries)
        if action == "step":
            return bool(self.sources.citations)
        if action in ("copy_answer", "copy_quote", "copy_citation", "open_original"):
            turn, cited = self.taken()
            return (turn if action == "copy_answer" else cited) is not None
        if action == "cancel":
            return self.answering or self.focused is not self.prompt or self.scope.display
        return True
