"""The part of the screen for asking that suggests what to do: first steps, questions, the last conversation, names."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from textual import on, work
from textual.actions import SkipAction
from textual.worker import Worker, get_current_worker

from assistant.conversations.store import ConversationStore
from assistant.errors import AssistantError
from assistant.records.answer import Turn
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import (
    BuildWanted,
    FirstStepReady,
    FollowUpsFound,
    LastConversationFound,
    LibrarySummaryReady,
    StartersFound,
)
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.state import LibraryState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.prompt.scope import ScopeLine
from assistant.tui.widgets.start.welcome import StarterList, Welcome, describe_conversation
from assistant.tui.workers.autosave import Autosave, find_library
from assistant.tui.workers.library_facts import gather_library_facts

POLL_INTERVAL = 0.05  # seconds between two checks whether the answer is complete
FOLLOW_UP_DELAY = 0.3  # seconds before the search for follow-ups: the user may ask the next question at once


class SuggestingScreen(ReadingScreen):
    """Finds suggestions in the background, and pauses while a question is being answered."""

    question_number = 0  # of the newest question; results for older questions are ignored

    def __init__(self, open_backend: Opener) -> None:
        super().__init__(open_backend)
        self.autosave = Autosave(ConversationStore(notify=self._warn))

    def on_mount(self) -> None:
        """Follow the library."""
        self.watch(self.app, "library", self._follow_library)

    def _follow_library(self, state: LibraryState) -> None:
        if not state.busy and not state.problem:
            self.on_library_ready()
        self.toggle_first_run()

    def on_library_ready(self) -> None:
        """The library was opened, at the start or after a build."""
        self._gather_library_facts()
        if not self.conversation.entries:
            self._find_last_conversation()

    def _warn(self, line: str, title: str = "Conversations") -> None:
        self.notify(sanitize_line(line), title=title, severity="warning", timeout=15, markup=False)

    # ---------------------------------------------------------------------------------------- first steps

    def toggle_first_run(self) -> None:
        """Show the first steps instead of the answers while the library has a problem and nothing was asked."""
        state: LibraryState = getattr(self.app, "library", LibraryState(""))
        # Its steps are the owner's: choosing a folder, building.
        is_wanted = state.problem and not self.conversation.entries and getattr(self.app, "is_for_owner", True)
        if is_wanted and not self.query("FirstRun"):
            from assistant.tui.widgets.start.first_run import FirstRun  # seldom needed

            self.mount(FirstRun(), before=self.query_one(BuildBar))
        for first_run in self.query("FirstRun"):
            if first_run.has_focus_within and not is_wanted:
                self.query_one(Prompt).focus()
            first_run.set_class(is_wanted, "-shown")
        self.panes.set_class(is_wanted, "-unavailable")

    @on(BuildWanted)
    def _focus_prompt(self) -> None:
        self.query_one(Prompt).focus()  # the button that has the focus does nothing during a build

    @on(FirstStepReady)
    def _focus_first_step(self) -> None:
        prompt = self.query_one(Prompt)
        if prompt.has_focus and not prompt.value:
            from assistant.tui.widgets.start.first_run import FirstRun

            self.query_one(FirstRun).focus_next_step()

    # ----------------------------------------------------------------------------------- names, starters

    @work(thread=True, exclusive=True, group="facts")
    def _gather_library_facts(self) -> None:
        """Find out what the library contains and which questions it can answer."""
        worker = get_current_worker()
        try:
            for message in gather_library_facts(self._open_backend()):
                while self.is_answering and not worker.is_cancelled:
                    time.sleep(POLL_INTERVAL)
                if worker.is_cancelled:
                    return
                if message is not None:
                    self.post_message(message)
        except Exception as error:
            self.log.warning(describe_error(error))  # the status line shows what is wrong with the library

    @on(LibrarySummaryReady)
    def _show_library_summary(self, message: LibrarySummaryReady) -> None:
        self.query_one(Prompt).completer = message.completer
        self.query_one(Welcome).show_summary(message.summary)

    @on(StartersFound)
    def _show_starters(self, message: StartersFound) -> None:
        self.query_one(Welcome).show_starters(message.questions)

    # -------------------------------------------------------------------------------- the last conversation

    @work(thread=True, exclusive=True, group="last conversation")
    def _find_last_conversation(self) -> None:
        """Offer to go on with the last conversation while nothing was asked."""
        with contextlib.suppress(AssistantError):  # F2 says what is wrong with the saved conversations
            found = self.autosave.store.find_latest(find_library(self._open_backend))
            self.post_message(LastConversationFound(found))

    @on(LastConversationFound)
    def _offer_last_conversation(self, message: LastConversationFound) -> None:
        found = message.conversation
        if found is not None and getattr(self.app, "goes_on_with", lambda _id: False)(found.id):
            if not self.conversation.entries and not self.is_answering:
                self.call_later(self.app.run_action, "app.resume_last")
            return
        described = describe_conversation(found, datetime.now(UTC)) if found is not None else ""
        self.conversation.welcome.show_last_conversation(described)

    @on(Welcome.LastConversationChosen)
    async def _go_on_with_last_conversation(self) -> None:
        self.query_one(Prompt).focus()
        await self.app.run_action("app.resume_last")

    # ------------------------------------------------------------------------------------ follow-up questions

    def find_follow_ups(self, history: Sequence[Turn], scope: Sequence[str] | None) -> None:
        """Find follow-up questions for the last of these turns; `scope` is the ids of the articles to ask."""
        self._find_follow_ups(self.question_number, tuple(history), scope)

    def clear_follow_ups(self) -> None:
        """Stop the search for follow-up questions and hide those that are shown."""
        self.workers.cancel_group(self, "follow-ups")
        line = self.query_one(FollowUps)
        if line.has_focus:
            self.query_one(Prompt).focus()
        line.offer(())

    @work(thread=True, exclusive=True, group="follow-ups", description="follow-ups")
    def _find_follow_ups(self, question_number: int, history: tuple[Turn, ...], scope: Sequence[str] | None) -> None:
        worker = get_current_worker()
        time.sleep(FOLLOW_UP_DELAY)
        if worker.is_cancelled:
            return
        try:
            questions = self._collect_follow_ups(worker, history, scope)
            if questions is not None:
                self.post_message(FollowUpsFound(question_number, questions))
        except Exception as error:
            self.log.warning(describe_error(error))  # the user can do without suggestions

    def _collect_follow_ups(
        self, worker: Worker[Any], history: tuple[Turn, ...], scope: Sequence[str] | None
    ) -> list[str] | None:
        """The follow-up questions, or None if the worker was cancelled."""
        questions: list[str] = []
        for question in self._open_backend().follow_ups(history, scope=scope):
            if worker.is_cancelled:
                return None
            if question is not None:
                questions.append(question)
        return questions

    @on(FollowUpsFound)
    def _show_follow_ups(self, message: FollowUpsFound) -> None:
        is_newest = message.question_number == self.question_number and not self.is_answering
        if is_newest and not self.query_one(Prompt).value:
            refused = self.newest_refusal
            is_of_some = refused is not None and self.query_one(ScopeLine).article_ids is not None
            asked = refused.question if refused is not None and is_of_some else ""
            self.query_one(FollowUps).offer(message.questions, self.find_unfound_words(), asked)

    def find_unfound_words(self) -> str:
        """The quoted words of the newest question if it was not answered: they may be checked; else an empty text."""
        return " ".join(self.newest_refusal.query.quoted) if self.newest_refusal is not None else ""

    @property
    def newest_refusal(self) -> Turn | None:
        """The newest turn if it was not answered."""
        turn = next((entry.turn for entry in self.conversation.entries[-1:]), None)
        return turn if turn is not None and turn.answer.abstained else None

    @on(Prompt.Changed)
    def _cancel_follow_ups(self) -> None:
        self.workers.cancel_group(self, "follow-ups")  # a user who types needs no suggestion

    # -------------------------------------------------------------------- between the prompt and suggestions

    def action_suggestions(self) -> None:
        """Go from the empty prompt to the suggested questions, if there are any."""
        prompt, follow_ups = self.query_one(Prompt), self.query_one(FollowUps)
        if not prompt.has_focus or prompt.value:
            raise SkipAction
        if follow_ups.display:
            follow_ups.take_keys()
        else:
            self.query_one(Welcome).focus_starters()

    @on(StarterList.StartersExited)
    @on(FollowUps.FollowUpsExited)
    def _return_to_prompt(self) -> None:
        self.query_one(Prompt).focus()
