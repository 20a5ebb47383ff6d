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

from assistant.conversations.question_history import QuestionHistory
from assistant.conversations.store import ConversationStore, ResumedConversation, replay_turn
from assistant.records.answer import Answer, Citation, Turn
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import ArticleLoaded, AskFailed, AskProgress, BuildWanted, CitationChosen, FirstStepReady
from assistant.tui.screens.suggesting import SuggestingScreen
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt, PromptBox
from assistant.tui.widgets.prompt.scope import ScopeLine
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.widgets.sources.sources import SourcesPane
from assistant.tui.widgets.start.welcome import Welcome
from assistant.tui.workers.autosave import Autosave, find_library_folder

SAVED_WITHIN = 0.25  # seconds that a disk may take before an answer is shown though it is not saved yet
PLACES_NUMBER = -1  # stands for the number of a question where the sources are places that another screen has found


class AskScreen(SuggestingScreen):
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
        self.autosave = Autosave(ConversationStore(notify=self._warn))
        self._saving: asyncio.Future[None] | None = None
        self._question_history = QuestionHistory()
        self.conversation, self.sources = ConversationView(), SourcesPane()
        self.panes = Panes(self.conversation, self.sources)
        self.build_bar, self.scope = BuildBar(), ScopeLine()
        self._prompt_box = PromptBox(self._question_history)
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
        self._load_questions()
        self.watch(self.app, "building", self._focus_prompt_after_build)
        self.watch(self.app, "library", self._follow_library)

    def _focus_prompt_after_build(self, state: BuildState) -> None:
        if not state.is_running and self.build_bar.has_focus_within:
            self.prompt.focus()  # rather than nowhere: the button goes

    # ---------------------------------------------------------------------------------------- asking

    @on(Prompt.Submitted)
    async def _ask_submitted_question(self, event: Prompt.Submitted) -> None:
        if event.value.strip():
            event.prompt.value = ""
            await self.ask_question(event.value.strip())

    @on(Welcome.StarterChosen)
    @on(FollowUps.FollowUpChosen)
    async def _ask_suggestion(self, event: Welcome.StarterChosen | FollowUps.FollowUpChosen) -> None:
        self.prompt.focus()
        await self.ask_question(event.question)

    async def ask_question(self, question: str) -> None:
        """Ask a question; one that is still being answered gives way to it."""
        self._question_history.remember(question)
        self._save_question(question)
        if self.is_answering:
            await self._withdraw()
        self.clear_follow_ups()
        self.question_number += 1
        self.is_answering = True
        conversation = self.conversation
        history = conversation.turns
        await conversation.begin_exchange(self.question_number, question)
        self._toggle_first_run()
        self.refresh_bindings()
        self._run_ask(self.question_number, question, history, self.scope.article_ids)

    @work(thread=True, group="asked")
    def _save_question(self, question: str) -> None:
        self._question_history.save(question)

    # Described here, because Textual would else write out the whole history: a tenth of a second for 500 turns.
    @work(thread=True, exclusive=True, group="ask", description="ask")
    def _run_ask(
        self, question_number: int, question: str, history: tuple[Turn, ...], scope: tuple[str, ...] | None
    ) -> None:
        worker = get_current_worker()
        try:
            for event in self._open_backend().stream(question, history=history, scope=scope):
                if worker.is_cancelled:
                    return
                self.post_message(AskProgress(question_number, event))
        except Exception as error:
            self.post_message(AskFailed(question_number, describe_error(error)))

    @on(AskProgress)
    async def _show_ask_progress(self, message: AskProgress) -> None:
        if message.question_number != self.question_number or not self.is_answering:
            return
        self.conversation.show_event(message.event)
        if isinstance(message.event, Answer):
            self.is_answering = False
            await self._save_newest_turn()
            citations = message.event.citations
            self.sources.list_citations(message.question_number, citations)
            if citations:
                self.post_message(CitationChosen(message.question_number, citations[0]))
            else:
                self.conversation.mark(message.question_number, None)
            self.find_follow_ups(self.turns, self.scope.article_ids)
            self.refresh_bindings()

    @on(AskFailed)
    def _show_ask_failure(self, message: AskFailed) -> None:
        if message.question_number == self.question_number and self.is_answering:
            self.is_answering = False
            question = self.conversation.show_failure(message.reason)
            self.prompt.restore_question(question)
            self.refresh_bindings()

    async def action_cancel(self) -> None:
        """Stop answering and put the question back for editing; else return to the question box."""
        box = self.prompt
        if self.is_answering:
            box.restore_question(await self._withdraw())
        elif box.has_focus:
            self.widen_scope()
        box.focus()

    async def _withdraw(self) -> str:
        """Stop answering, as if the question had not been asked; returns it."""
        self.is_answering = False
        self.workers.cancel_group(self, "ask")
        question = await self.conversation.withdraw_newest()
        self._toggle_first_run()
        self.refresh_bindings()
        return question

    async def action_new(self) -> None:
        """Begin a new conversation; the question that is being answered goes with the old one."""
        self.is_answering = False
        self.workers.cancel_group(self, "ask")
        self.clear_follow_ups()
        self.autosave.begin_conversation()
        await self.conversation.clear()
        self._toggle_first_run()
        self.sources.list_citations(0, ())
        self.prompt.focus()
        self.refresh_bindings()

    # ---------------------------------------------------------------------------------- what is saved

    async def _save_newest_turn(self) -> None:
        """Save the newest turn. Nothing is drawn meanwhile: whoever has seen an answer finds it saved."""
        turn = self.conversation.entries[-1].turn
        if turn is not None:
            self.autosave.add_turn(turn)
            self._saving = asyncio.ensure_future(asyncio.to_thread(self._save_turns))
            await asyncio.wait((self._saving,), timeout=SAVED_WITHIN)

    def _save_turns(self) -> None:
        problem = self.autosave.save_turns(find_library_folder(self._open_backend))
        if problem:
            self._warn(problem, "Not saved")

    def _warn(self, line: str, title: str = "Conversations") -> None:
        self.notify(sanitize_line(line), title=title, severity="warning", timeout=15, markup=False)

    async def resume_conversation(self, resumed: ResumedConversation) -> None:
        """Show a saved conversation in place of this one, to go on with."""
        await self.action_new()
        self.autosave.resume_conversation(resumed)
        entries = []
        for turn in resumed.turns:
            self.question_number += 1
            entries.append(ExchangeState(self.question_number, turn.answer.question))
            for event in replay_turn(turn):
                entries[-1].add_event(event)
        self.conversation.restore(entries)
        if resumed.is_other_library:
            self._warn(
                f"Its sources are in another library: {resumed.conversation.library}. "
                "What you ask now is answered from "
                "this one, and saved as a new conversation."
            )
        answer = entries[-1].answer if entries else None
        if answer is not None and answer.citations:
            self.post_message(CitationChosen(self.question_number, answer.citations[0]))
        if entries and not resumed.is_other_library:
            self.find_follow_ups(self.turns, None)
        self.refresh_bindings()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered in this conversation so far."""
        return self.conversation.turns

    def current_turn_and_citation(self) -> tuple[Turn | None, Citation | None]:
        """The answer whose sources are shown, else the newest; and the open source, else the first."""
        sources = self.sources
        answered = [entry for entry in self.conversation.entries if entry.turn is not None]
        entry = next(
            (one for one in answered if one.question_number == sources.question_number),
            answered[-1] if answered else None,
        )
        cited = sources.open_citation or next(iter(sources.citations or (entry.citations if entry else ())), None)
        return entry.turn if entry else None, cited

    # --------------------------------------------------------------------------------------- sources

    @on(CitationChosen)
    def _open_citation(self, message: CitationChosen) -> None:
        conversation, sources = self.conversation, self.sources
        if message.question_number != sources.question_number or not sources.citations:
            citations = conversation.citations(message.question_number)
            if not citations:
                return  # a new conversation was begun meanwhile
            sources.list_citations(
                message.question_number, citations, answering=conversation.has_answer(message.question_number)
            )
            self.refresh_bindings()
        conversation.mark(message.question_number, message.citation)
        sources.mark(message.citation)
        self._load_article(message.citation)

    @work(thread=True, exclusive=True, group="article")
    def _load_article(self, citation: Citation) -> None:
        try:
            article = self._open_backend().article(citation.article_id)
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ArticleLoaded(citation, article))

    @on(ArticleLoaded)
    def _show_article(self, message: ArticleLoaded) -> None:
        self.sources.show_article(message.citation, message.article)

    def action_step(self, by: int) -> None:
        """Open the citation after or before the open one."""
        citation = self.sources.find_neighbor(by)
        if citation is not None:
            self.post_message(CitationChosen(self.sources.question_number, citation))

    def show_places(self, places: Sequence[Citation], chosen: Citation) -> None:
        """Show places that another screen has found as sources, the chosen one open."""
        self.sources.list_citations(PLACES_NUMBER, places)
        self.refresh_bindings()
        self.post_message(CitationChosen(PLACES_NUMBER, chosen))

    def offer_question(self, question: str) -> None:
        """Put a question into the box, for its user to complete and send."""
        self.prompt.value = question
        self.prompt.focus()

    def narrow_scope(self, article_ids: Sequence[str], label: str) -> None:
        """Ask the next questions of these articles only; `label` says which they are."""
        self.clear_follow_ups()  # what was offered, these articles may not answer
        self.scope.show_scope(article_ids, label)
        self.prompt.focus()
        self.refresh_bindings()

    @on(ScopeLine.ScopeRemoved)
    def widen_scope(self) -> None:
        """Ask the next questions of all articles."""
        self.scope.show_scope(None)
        self.refresh_bindings()

    # -------------------------------------------------------------------------------------- the prompt

    def _follow_library(self, state: LibraryState) -> None:
        if not state.busy and not state.problem:
            self._gather_library_facts()
        self._toggle_first_run()

    def _toggle_first_run(self) -> None:
        """Where there is no index to ask and nothing was asked, the way to one stands in place of the answers."""
        state: LibraryState = getattr(self.app, "library", LibraryState(""))
        wanted = state.problem and not self.conversation.entries
        if wanted and not self.query("FirstRun"):
            from assistant.tui.widgets.start.first_run import FirstRun  # seldom needed

            self.mount(FirstRun(), before=self.build_bar)
        for first in self.query("FirstRun"):
            if first.has_focus_within and not wanted:
                self.prompt.focus()
            first.set_class(wanted, "-shown")
        self.panes.set_class(wanted, "-unavailable")

    @on(BuildWanted)
    def _focus_prompt(self) -> None:
        self.prompt.focus()  # rather than nowhere: the button does nothing while a build runs

    @on(FirstStepReady)
    def _lead_to_first_step(self) -> None:
        prompt = self.prompt
        if prompt.has_focus and not prompt.value:
            from assistant.tui.widgets.start.first_run import FirstRun

            self.query_one(FirstRun).focus_next_step()

    def action_earlier(self) -> None:
        """Search the questions asked so far, of all conversations."""
        from assistant.tui.dialogs.question_history import QuestionHistoryScreen

        self.app.push_screen(QuestionHistoryScreen(self._question_history), self._offer_earlier_question)

    def _offer_earlier_question(self, question: str | None) -> None:
        if question is not None:
            self.offer_question(question)

    @work(thread=True, group="asked")
    def _load_questions(self) -> None:
        self._question_history.load()

    # ------------------------------------------------------------------------------------- the rest

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "new":
            return bool(self.conversation.entries)
        if action == "step":
            return bool(self.sources.citations)
        if action in ("copy_answer", "copy_quote", "copy_citation", "open_original"):
            turn, cited = self.current_turn_and_citation()
            return (turn if action == "copy_answer" else cited) is not None
        if action == "cancel":
            return self.is_answering or self.focused is not self.prompt or self.scope.display
        return True
