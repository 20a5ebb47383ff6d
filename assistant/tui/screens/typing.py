"""The part of the screen for asking that sees to it that a question, wherever it is typed, ends in the prompt."""

from __future__ import annotations

from functools import partial

from textual.binding import ActiveBinding
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, RadioSet

from assistant.tui.backend import Opener
from assistant.tui.commands.letters import HOLD, Kind, LetterGuard
from assistant.tui.screens.suggesting import SuggestingScreen
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.prompt.prompt import Prompt

MOVES = frozenset({"step", "question", "number", "share"})  # actions that only go somewhere else


class TypingScreen(SuggestingScreen):
    """Letters are commands only in a pane that has the focus, and not while somebody types; else they are text."""

    def __init__(self, open_backend: Opener) -> None:
        super().__init__(open_backend)
        self._letters = LetterGuard()
        self._held: Timer | None = None

    async def on_key(self, event: Key) -> None:
        """Send a letter to the prompt, or run its command."""
        prompt = self.query_one(Prompt)
        is_text = event.is_printable and event.character and not event.key.startswith("alt+")
        if not is_text or isinstance(self.focused, Input | RadioSet):
            self._letters.forget()
            return
        if self.focused is prompt:  # has got the focus after this letter was pressed, or it would have taken it
            event.stop()
            prompt.type_text(event.character or "")
            return
        if self._is_key_of_other_widget(event.key):
            return
        binding = self._find_command(event.key)
        kind = Kind.TEXT
        if binding is not None:
            name = binding.binding.action.rpartition(".")[2].partition("(")[0]
            kind = Kind.MOVE if name in MOVES else Kind.ACT
        verdict = self._letters.judge(event.character or "", kind, event.time)
        event.stop()
        event.prevent_default()
        if self._held is not None:
            self._held.stop()
            self._held = None
        if verdict.text:
            prompt.type_text(verdict.text)
        elif binding is not None and verdict.waits:
            self._held = self.set_timer(HOLD, partial(self._run_held, binding))
        elif binding is not None:
            await self._run(binding)

    def _is_key_of_other_widget(self, key: str) -> bool:
        """Whether a widget outside the two panes has the focus and a use for this key, such as Space in a tree."""
        active, focused = self.active_bindings.get(key), self.focused
        if active is None or focused is None or self.panes in focused.ancestors_with_self:
            return False
        return active.node is not self and active.node is not self.app

    def _find_command(self, key: str) -> ActiveBinding | None:
        """What a letter does in the pane that has the focus; None if it is text there."""
        in_answers = isinstance(self.focused, ConversationView) and bool(self.conversation.entries)
        in_sources = self.focused is not None and self.sources in self.focused.ancestors_with_self
        active = self.active_bindings.get(key)
        return active if active is not None and active.enabled and (in_answers or in_sources) else None

    async def _run_held(self, active: ActiveBinding) -> None:
        self._held = None
        self._letters.forget()  # a letter that has acted is no letter of a question
        await self._run(active)

    async def _run(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)
