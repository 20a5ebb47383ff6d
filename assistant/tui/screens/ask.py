"""The screen for asking: the conversation, its sources, and the box for the next question."""

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
from assistant.conversations.store import ResumedConversation, replay_turn
from assistant.errors import NO_MODEL, AssistantError
from assistant.records.answer import Answer, Citation, Turn
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.keep.news_line import NewsLine
from assistant.tui.messages import AskFailed, AskProgress, CitationChosen, ExportWanted
from assistant.tui.preferences import Preferences
from assistant.tui.screens.filtering import FilteringScreen
from assistant.tui.state import BuildState
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt, PromptBox
from assistant.tui.widgets.start.welcome import Welcome
from assistant.tui.workers.autosave import find_library

MAX_SAVE_WAIT = 0.25  # seconds to wait for the disk before an answer is shown that is not saved yet
PLACES_NUMBER = -1  # the question number of sources that do not belong to a question: places of a quotation


class AskScreen(FilteringScreen):
    """Takes questions, shows their answers while they arrive, and opens each source at its words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Clear", tooltip="Cancel the question; return to its box, empty it, get it back"),
        Binding("alt+down", "step(1)", "Next source", tooltip="Open the next citation's source"),
        Binding("alt+up", "step(-1)", "Previous source", show=False, tooltip="Open the previous citation's source"),
        Binding("f7", "earlier", "Earlier questions", tooltip="Search all earlier questions"),
        Binding("down", "suggestions", "Suggestions", show=False),
        Binding(
            "f10", "other_answer", "Other answer", tooltip="Show the answer without the language model, or with it"
        ),
        Binding(
            "alt+w",
            "writer",
            "Model",
            show=False,
            tooltip="Ask the language model of the settings too from now on, or stop",
        ),
        Binding("ctrl+l", "new", "New", tooltip="Begin a new conversation, without the context of this one"),
    ]

    # Each widget draws its own focus, so the screen need not be drawn again as a whole.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, open_backend: Opener) -> None:
        super().__init__(open_backend)
        self._saving: asyncio.Future[None] | None = None
        self._question_history = QuestionHistory()
        self._has_text = False  # in the prompt
        self.build_bar = BuildBar()
        self._prompt_box = PromptBox(self._question_history)
        self.prompt = self._prompt_box.prompt

    def compose(self) -> ComposeResult:
        """From top to bottom: the library, the answers with their sources, the question box, the keys."""
        yield Status()
        yield self.panes
        yield NewsLine()
        yield self.build_bar
        yield self.scope
        yield FollowUps()
        yield self._prompt_box
        yield KeyBar()

    def on_mount(self) -> None:
        """Divide the room as before, load the earlier questions, and follow the build."""
        self.prompt.focus()
        saved: Preferences = getattr(self.app, "preferences", Preferences())
        self.panes.restore(saved.share, saved.stacked_share, answers_alone=saved.answers_alone)
        self._load_questions()
        self.watch(self.app, "building", self._focus_prompt_after_build)

    def on_screen_suspend(self) -> None:
        """Another screen is opened: what was removed from the question box before is not given back after it."""
        self.prompt.forget_draft()

    def _focus_prompt_after_build(self, state: BuildState) -> None:
        if not state.is_running and self.build_bar.has_focus_within:
            self.prompt.focus()  # the button that has the focus disappears

    # ---------------------------------------------------------------------------------------- asking

    @on(Prompt.Submitted)
    async def _ask_submitted_question(self, event: Prompt.Submitted) -> None:
        if event.value.strip():
            event.prompt.value = ""
            question = self.take_filter_words(event.value.strip())
            if question is not None:
                await self.ask_question(question)

    @on(Prompt.Changed)
    def _refresh_clear_key(self) -> None:
        if bool(self.prompt.value) != self._has_text:
            self._has_text = bool(self.prompt.value)
            self.refresh_bindings()

    @on(Welcome.StarterChosen)
    @on(FollowUps.FollowUpChosen)
    async def _ask_suggestion(self, event: Welcome.StarterChosen | FollowUps.FollowUpChosen) -> None:
        self.prompt.focus()
        if isinstance(event, FollowUps.FollowUpChosen) and event.of_all:
            self.widen_scope()
        await self.ask_question(event.question)

    async def ask_question(self, question: str) -> None:
        """Ask a question. It replaces a question that is still being answered, and says so."""
        self._question_history.remember(question)
        self._save_question(question)
        if self.is_answering and (replaced := await self._withdraw()) != question:
            self._warn(f"“{replaced}” was not answered: the next question came first. ↑ brings it back.", "Replaced")
        self.clear_follow_ups()
        self.question_number += 1
        self.is_answering = True
        history = self.conversation.turns
        await self.conversation.begin_exchange(self.question_number, question)
        self.toggle_first_run()
        self.refresh_bindings()
        self._run_ask(self.question_number, question, history, self.scope.article_ids)

    @work(thread=True, group="question history")
    def _save_question(self, question: str) -> None:
        self._question_history.save(question)

    # With a description, because Textual would otherwise format all arguments: 0.1 s for a history of 500 turns.
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
            await self._finish_answer(message.question_number, message.event)

    async def _finish_answer(self, question_number: int, answer: Answer) -> None:
        self.is_answering = False
        self.sources.list_citations(question_number, answer.citations)
        await self._save_newest_turn()
        if answer.citations:
            self.post_message(CitationChosen(question_number, answer.citations[0], by_user=False))
        else:
            self.conversation.mark(question_number, None)
        self.find_follow_ups(self.turns, self.scope.article_ids)
        self.refresh_bindings()
        self.run_awaiting_action()

    @on(AskFailed)
    def _show_ask_failure(self, message: AskFailed) -> None:
        if message.question_number == self.question_number and self.is_answering:
            self._stop_answering()
            question = self.conversation.show_failure(message.reason)
            self.prompt.restore_question(question)
            self.refresh_bindings()

    def _stop_answering(self) -> None:
        self.is_answering = False
        self.forget_awaiting_action()
        self.workers.cancel_group(self, "ask")

    async def action_cancel(self) -> None:
        """Cancel the question and restore it for editing; else return to the question box, or empty it.

        While a language model answers, the answer without it stays. In the empty box it removes the filters, or gives
        back what was typed before.
        """
        if self.is_answering and (ready := self.conversation.entries[-1].ready) is not None:
            self._stop_answering()
            self.conversation.show_event(ready.answer)
            await self._finish_answer(self.question_number, ready.answer)
        elif self.is_answering:
            self.prompt.restore_question(await self._withdraw())
        elif not self.prompt.has_focus:
            self.prompt.focus()
        elif self.prompt.value:
            self.prompt.clear_draft()
        elif self.scope.display:
            self.widen_scope()
        else:
            self.prompt.restore_draft()
        self.prompt.focus()

    async def action_other_answer(self) -> None:
        """Show the newest answer without the language model, or with it again."""
        answer = self.conversation.switch_answer()
        if answer is not None:
            self.sources.list_citations(self.question_number, answer.citations)
            await self._save_newest_turn()
            self.refresh_bindings()

    @work(thread=True, exclusive=True, group="writer")
    def action_writer(self) -> None:
        """Ask the language model of the settings with each question, or no longer, until the program ends."""
        try:
            backend = self._open_backend()
            config = backend.config
            if not config.writer.model:
                self._say(NO_MODEL)
                return
            use = "asked" if config.writer.use == "always" else "always"
            backend.configure(config.model_copy(update={"writer": config.writer.model_copy(update={"use": use})}))
        except AssistantError as error:
            self._say(describe_error(error))
            return
        is_on = use == "always"
        self._say(f"{config.writer.model} is {'asked' if is_on else 'no longer asked'} from the next question on.")

    def _say(self, line: str) -> None:
        self.app.call_from_thread(self.notify, sanitize_line(line), title="Language model", timeout=15, markup=False)

    async def _withdraw(self) -> str:
        """Stop answering and remove the question from the conversation; returns the question."""
        self._stop_answering()
        question = await self.conversation.withdraw_newest()
        self.toggle_first_run()
        self.refresh_bindings()
        return question

    async def action_new(self) -> None:
        """Begin a new conversation. A question that is still being answered is cancelled."""
        self.conversation.welcome.show_last_conversation("")  # who begins a new one does not want the last one
        self._stop_answering()
        self.clear_follow_ups()
        self.autosave.begin_conversation()
        await self.conversation.clear()
        self.toggle_first_run()
        self.sources.list_citations(0, ())
        self.prompt.focus()
        self.refresh_bindings()

    # ------------------------------------------------------------------------------ saving, exporting

    async def _save_newest_turn(self) -> None:
        """Save the newest turn, before the screen is drawn again: an answer that the user can see is saved."""
        turn = self.conversation.entries[-1].turn
        if turn is not None:
            self.autosave.add_turn(turn)
            self._saving = asyncio.ensure_future(asyncio.to_thread(self._save_turns))
            await asyncio.wait((self._saving,), timeout=MAX_SAVE_WAIT)

    def _save_turns(self) -> None:
        problem = self.autosave.save_turns(find_library(self._open_backend))
        if problem:
            self._warn(problem, "Conversation not saved")

    async def resume_conversation(self, resumed: ResumedConversation) -> None:
        """Show a saved conversation instead of the current one. The next question continues it."""
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
                f"The sources of this conversation are in another library: {resumed.conversation.library}. "
                "New questions are answered from the open library and saved as a new conversation."
            )
        answer = entries[-1].answer if entries else None
        if answer is not None and answer.citations:
            self.post_message(CitationChosen(self.question_number, answer.citations[0], by_user=False))
        if entries and not resumed.is_other_library:
            self.find_follow_ups(self.turns, None)
        self.refresh_bindings()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions of this conversation that have been answered, with their answers."""
        return self.conversation.turns

    @property
    def can_export(self) -> bool:
        """Whether there is an answer, or there will be one."""
        return self.is_answering or self.current_turn_and_citation()[0] is not None

    def export(self) -> None:
        """Open the export dialog, or open it later if an answer still arrives: the user wants that answer too."""
        if self.is_answering:
            self.run_after_answer(self.export, "The export opens when the answer is complete.")
            return
        turn, _ = self.current_turn_and_citation()
        if turn is not None:
            self.post_message(ExportWanted(self.turns, self.autosave.title, turn))

    # ------------------------------------------------------------------------- wishes of other screens

    def show_places(self, places: Sequence[Citation], chosen: Citation) -> None:
        """Show the places of a quotation as sources, and open the chosen place."""
        self.sources.list_citations(PLACES_NUMBER, places)
        self.refresh_bindings()
        self.post_message(CitationChosen(PLACES_NUMBER, chosen))

    def offer_question(self, question: str) -> None:
        """Put a question into the question box. The user can complete it and send it."""
        self.prompt.value = question
        self.prompt.focus()

    def action_earlier(self) -> None:
        """Search the earlier questions of all conversations."""
        from assistant.tui.dialogs.question_history import QuestionHistoryScreen

        self.app.push_screen(QuestionHistoryScreen(self._question_history), self._offer_earlier_question)

    def _offer_earlier_question(self, question: str | None) -> None:
        if question is not None:
            self.offer_question(question)

    @work(thread=True, group="question history")
    def _load_questions(self) -> None:
        self._question_history.load()

    # ---------------------------------------------------------------------------------- keys that work

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now."""
        match action:
            case "other_answer":
                return bool(self.conversation.entries and self.conversation.entries[-1].other_answer)
            case "new":
                return bool(self.conversation.entries)
            case "step":
                entries = self.conversation.entries
                return bool(self.sources.citations or (entries and entries[-1].answer and entries[-1].citations))
            case "copy_answer":
                return self.can_export
            case "keep_quote" | "marks" | "writer" if not getattr(self.app, "is_for_owner", True):
                return False
            case "copy_quote" | "copy_citation" | "copy_clipping" | "open_original" | "keep_quote" | "marks":
                return self.is_answering or self.current_turn_and_citation()[1] is not None
            case "zoom_after_answer":
                return self.is_answering
            case "remove_chip":
                return self.scope.display
            case "cancel":
                is_typing = self.focused is self.prompt
                return self.is_answering or not is_typing or self.scope.display or self.prompt.can_clear
            case _:
                return True
