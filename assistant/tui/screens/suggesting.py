"""What a screen for asking offers to ask: names to complete, questions to begin with and to go on with."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual import on, work
from textual.actions import SkipAction
from textual.worker import get_current_worker

from assistant.records.answer import Turn
from assistant.tui.backend import describe_error
from assistant.tui.messages import FollowUpsFound, LibrarySummaryReady, StartersFound
from assistant.tui.screens.copying import CopyingScreen
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.start.welcome import StarterList, Welcome
from assistant.tui.workers.library_facts import gather_library_facts

POLL_INTERVAL = 0.05  # seconds, until it is looked again whether an answer is there
FOLLOW_UP_DELAY = 0.3  # seconds after an answer in which nothing is looked for: its reader may be asking on


class SuggestingScreen(CopyingScreen):
    """Learns in the background, and only while nothing is being answered."""

    is_answering = False
    question_number = 0  # number of the newest question; what belongs to older ones is dropped

    @work(thread=True, exclusive=True, group="learn")
    def _gather_library_facts(self) -> None:
        """Find out what the library holds and what to ask of it, while nothing is being answered."""
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
            self.log.warning(describe_error(error))  # the line at the top says what is wrong with a library

    @on(LibrarySummaryReady)
    def _show_library_summary(self, message: LibrarySummaryReady) -> None:
        self.query_one(Prompt).completer = message.completer
        self.query_one(Welcome).show_summary(message.summary)

    @on(StartersFound)
    def _show_starters(self, message: StartersFound) -> None:
        self.query_one(Welcome).show_starters(message.questions)

    # ------------------------------------------------------------------------------------ going on

    def find_follow_ups(self, history: Sequence[Turn], scope: Sequence[str] | None) -> None:
        """Find questions that lead on from the last of these turns."""
        self._find_follow_ups(self.question_number, tuple(history), scope)

    def clear_follow_ups(self) -> None:
        """Offer no questions to go on with, and look for none."""
        self.workers.cancel_group(self, "further")
        line = self.query_one(FollowUps)
        if line.has_focus:
            self.query_one(Prompt).focus()
        line.offer(())

    @work(thread=True, exclusive=True, group="further", description="further")
    def _find_follow_ups(self, question_number: int, history: tuple[Turn, ...], scope: Sequence[str] | None) -> None:
        worker = get_current_worker()
        found: list[str] = []
        time.sleep(FOLLOW_UP_DELAY)
        try:
            for question in () if worker.is_cancelled else self._open_backend().follow_ups(history, scope=scope):
                if worker.is_cancelled:
                    return
                found += [question] if question else []
            self.post_message(FollowUpsFound(question_number, found))
        except Exception as error:
            self.log.warning(describe_error(error))  # it is an offer: without it nothing is missing

    @on(FollowUpsFound)
    def _show_follow_ups(self, message: FollowUpsFound) -> None:
        if (
            message.question_number == self.question_number
            and not self.is_answering
            and not self.query_one(Prompt).value
        ):
            self.query_one(FollowUps).offer(message.questions)

    @on(Prompt.Changed)
    def _cancel_follow_ups(self) -> None:
        self.workers.cancel_group(self, "further")  # who types a question needs none

    # ------------------------------------------------------------------------------ there and back

    def action_suggestions(self) -> None:
        """From the empty prompt to the suggested questions, where there are any."""
        prompt, further = self.query_one(Prompt), self.query_one(FollowUps)
        if not prompt.has_focus or prompt.value:
            raise SkipAction
        if further.display:
            further.take_keys()
        else:
            self.query_one(Welcome).focus_starters()

    @on(StarterList.StartersExited)
    @on(FollowUps.FollowUpsExited)
    def _return_to_prompt(self) -> None:
        self.query_one(Prompt).focus()
