"""Saves the conversation on the screen: knows which saved conversation it is, and which turns are not saved yet."""

from __future__ import annotations

import threading
from collections import deque

from assistant.conversations.store import ConversationStore, ResumedConversation, create_conversation_id
from assistant.errors import ConversationError
from assistant.records.answer import Turn
from assistant.records.conversation import LibraryKey
from assistant.tui.backend import Opener


class Autosave:
    """Keeps turns in order until they are saved, also while the file cannot be written."""

    def __init__(self, store: ConversationStore) -> None:
        self.store = store
        self.conversation_id: str | None = None  # None until the conversation has a turn
        self.title: str | None = None  # of a resumed conversation
        self._unsaved: deque[tuple[str, Turn]] = deque()
        self._reported_problem: str | None = None  # reported since the last success
        self._saving = threading.Lock()

    def begin_conversation(self) -> None:
        """Save the next turn as a new conversation."""
        self.conversation_id = self.title = None

    def resume_conversation(self, resumed: ResumedConversation) -> None:
        """Add the next turns to a saved conversation; to a new one if that one belongs to another library."""
        self.conversation_id = None if resumed.is_other_library else resumed.conversation.id
        self.title = resumed.conversation.title

    def find_last(self, library: LibraryKey) -> ResumedConversation | None:
        """The conversation of this library that was saved last, except the one on the screen. Call it in a worker.

        Raises ConversationError if the file cannot be read.
        """
        latest = self.store.find_latest(library, except_id=self.conversation_id)
        if latest is None:
            return None
        return ResumedConversation(latest, tuple(self.store.read_turns(latest.id)), is_other_library=False)

    def add_turn(self, turn: Turn) -> None:
        """Add a complete turn. `save_turns` writes it."""
        if self.conversation_id is None:
            self.conversation_id = create_conversation_id()
        self._unsaved.append((self.conversation_id, turn))

    def save_turns(self, library: LibraryKey) -> str | None:
        """Save the turns that are not saved yet. Call it in a worker.

        Returns why that failed, but only once for the same reason.
        """
        with self._saving:
            try:
                while self._unsaved:
                    conversation_id, turn = self._unsaved[0]
                    self.store.save(conversation_id, library, turn)
                    self._unsaved.popleft()
            except ConversationError as error:
                is_new = str(error) != self._reported_problem
                self._reported_problem = str(error)
                return str(error) if is_new else None
            self._reported_problem = None
            return None


def find_library(open_backend: Opener) -> LibraryKey:
    """What identifies the open library in conversations; empty if there is none.

    Call it in a worker.
    """
    try:
        return open_backend().key()
    except Exception:  # the status line shows what is wrong
        return LibraryKey("")
