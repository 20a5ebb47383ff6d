"""What a screen for asking offers to ask: names to complete, questions to begin with and to go on with."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual import on, work
from textual.actions import SkipAction
from textual.worker import get_current_worker

from assistant.records.answer import Turn
from assistant.tui.backend import reason
from assistant.tui.messages import FollowUpsFound, HoldingsKnown, Suggested
from assistant.tui.screens.copying import TakingScreen
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.prompt.welcome import Suggestions, Welcome
from assistant.tui.workers.library_facts import learnt

PATIENCE = 0.05  # seconds, until it is looked again whether an answer is there
CALM = 0.3  # seconds after an answer in which nothing is looked for: its reader may be asking on


class OfferingScreen(TakingScreen):
    """Learns in the background, and only while nothing is being answered."""

    answering = False
    asks = 0  # number of the newest question; what belongs to older ones is dropped

    @work(thread=True, exclusive=True, group="learn")
    def _learn(self) -> None:
        """Find out what the library holds and what to ask of it, while nothing is being answered."""
        worker = get_current_worker()
        try:
            for message in learnt(self._open_backend()):
                while self.answering and not worker.is_cancelled:
                    time.sleep(PATIENCE)
                if worker.is_cancelled:
                    return
                if message is not None:
                    self.post_message(message)
        except Exception as error:
            self.log.warning(reason(error))  # the line at the top says what is wrong with a library

    @on(HoldingsKnown)
    def _holdings_known(self, message: HoldingsKnown) -> None:
        self.query_one(Prompt).completer = message.completer
        self.query_one(Welcome).tell(message.holdings)

    @on(Suggested)
    def _suggested(self, message: Suggested) -> None:
        self.query_one(Welcome).suggest(message.questions)

    # ------------------------------------------------------------------------------------ going on

    def look_further(self, history: Sequence[Turn], scope: Sequence[str] | None) -> None:
        """Find questions that lead on from the last of these turns."""
        self._look_further(self.asks, tuple(history), scope)

    def look_no_further(self) -> None:
        """Offer no questions to go on with, and look for none."""
        self.workers.cancel_group(self, "further")
        line = self.query_one(FollowUps)
        if line.has_focus:
            self.query_one(Prompt).focus()
        line.offer(())

    @work(thread=True, exclusive=True, group="further", description="further")
    def _look_further(self, ask: int, history: tuple[Turn, ...], scope: Sequence[str] | None) -> None:
        worker = get_current_worker()
        found: list[str] = []
        time.sleep(CALM)
        try:
            for question in () if worker.is_cancelled else self._open_backend().follow_ups(history, scope=scope):
                if worker.is_cancelled:
                    return
                found += [question] if question else []
            self.post_message(FollowUpsFound(ask, found))
        except Exception as error:
            self.log.warning(reason(error))  # it is an offer: without it nothing is missing

    @on(FollowUpsFound)
    def _follow_ups_found(self, message: FollowUpsFound) -> None:
        if message.ask == self.asks and not self.answering and not self.query_one(Prompt).value:
            self.query_one(FollowUps).offer(message.questions)

    @on(Prompt.Changed)
    def _typing(self) -> None:
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
            self.query_one(Welcome).go_to_suggestions()

    @on(Suggestions.Left)
    @on(FollowUps.Left)
    def _suggestions_left(self) -> None:
        self.query_one(Prompt).focus()
