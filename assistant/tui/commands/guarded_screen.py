"""A screen with letters for commands that notices when somebody types a question instead."""

from __future__ import annotations

from functools import partial

from textual.binding import ActiveBinding
from textual.events import Key
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, TextArea

from assistant.tui.commands.letters import HOLD, Kind, LetterGuard
from assistant.tui.messages import TypedElsewhere

MOVES = frozenset({"step"})  # actions that only go to another place


class GuardedScreen(Screen[None]):
    """Runs the command of a letter that is pressed alone. Letters that follow each other fast begin a question.

    Posts `TypedElsewhere` with all of them. A letter of no command that is pressed alone does nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._letters = LetterGuard()
        self._held: Timer | None = None
        self._is_left = False  # what is typed until another screen is in front belongs to the question too

    def on_screen_resume(self) -> None:
        """The screen is in front again."""
        self._is_left = False
        self._letters.forget()

    async def on_key(self, event: Key) -> None:
        """Judge a letter: a command, or the beginning of a question."""
        letter = event.character if event.is_printable and not event.key.startswith("alt+") else None
        if letter is None or isinstance(self.focused, Input | TextArea):
            self._letters.forget()
            return
        if self._is_left:
            event.stop()
            event.prevent_default()
            self.post_message(TypedElsewhere(letter))
            return
        active = self.active_bindings.get(event.key)
        binding = active if active is not None and active.enabled else None
        name = binding.binding.action.rpartition(".")[2].partition("(")[0] if binding is not None else ""
        verdict = self._letters.judge(letter, Kind.MOVE if name in MOVES else Kind.ACT, event.time)
        event.stop()
        event.prevent_default()
        if self._held is not None:
            self._held.stop()
            self._held = None
        if verdict.text:
            self._is_left = True
            self.post_message(TypedElsewhere(verdict.text))
        elif binding is not None and verdict.waits:
            self._held = self.set_timer(HOLD, partial(self._run_held, binding))
        elif binding is not None:
            await self._run(binding)

    async def _run_held(self, active: ActiveBinding) -> None:
        self._held = None
        self._letters.forget()  # a letter that has acted is no letter of a question
        await self._run(active)

    async def _run(self, active: ActiveBinding) -> None:
        if self.is_current:
            await self.app.run_action(active.binding.action, active.node)
