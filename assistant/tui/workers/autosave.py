"""The conversation on the screen as it is being saved: which saved one it is, and the turns that are still to be."""

from __future__ import annotations

import os
import threading
from collections import deque

from assistant.conversations.store import ConversationStore, ResumedConversation, create_conversation_id
from assistant.errors import ConversationError
from assistant.records.answer import Turn
from assistant.tui.backend import Opener


class Autosave:
    """Keeps turns until they are saved, in their order, also while a file cannot be written for a time."""

    def __init__(self, store: ConversationStore) -> None:
        self.store = store
        self.conversation_id: str | None = None  # of the conversation on the screen, once it has a turn
        self.title: str | None = None  # where it was resumed
        self._unsaved: deque[tuple[str, Turn]] = deque()
        self._last_problem: str | None = None  # what went wrong last
        self._saving = threading.Lock()

    def begin_conversation(self) -> None:
        """The next turn begins a conversation of its own."""
        self.conversation_id = self.title = None

    def resume_conversation(self, resumed: ResumedConversation) -> None:
        """The next turn goes on with a saved conversation; or begins one, for a conversation has one library."""
        self.conversation_id = None if resumed.is_other_library else resumed.conversation.id
        self.title = resumed.conversation.title

    def find_last(self, library: str) -> ResumedConversation | None:
        """The conversation of this library that was saved last, other than the one on the screen. For workers."""
        session = self.store.find_latest(library, except_id=self.conversation_id)
        return (
            None
            if session is None
            else ResumedConversation(session, tuple(self.store.read_turns(session.id)), is_other_library=False)
        )

    def add_turn(self, turn: Turn) -> None:
        """Take a turn that is complete; `save` writes it."""
        if self.conversation_id is None:
            self.conversation_id = create_conversation_id()
        self._unsaved.append((self.conversation_id, turn))

    def save_turns(self, library: str) -> str | None:
        """Write what is not written yet. For workers; returns, once, a line about what keeps it from being saved."""
        with self._saving:
            try:
                while self._unsaved:
                    session_id, turn = self._unsaved[0]
                    self.store.save(session_id, library, turn)
                    self._unsaved.popleft()
            except ConversationError as error:
                told, self._last_problem = self._last_problem, str(error)
                return None if self._last_problem == told else self._last_problem
            self._last_problem = None
            return None


def find_library_folder(open_backend: Opener) -> str:
    """The library that is open, as conversations name it: the folder of its index; empty where none is. For workers."""
    try:
        return os.path.realpath(open_backend().config.index)
    except Exception:  # whatever it is, the line at the top says it
        return ""
