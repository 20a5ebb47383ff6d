"""The conversation on the screen as it is being saved: which saved one it is, and the turns that are still to be."""

from __future__ import annotations

import os
import threading
from collections import deque

from assistant.conversations.store import Resumed, Sessions, new_id
from assistant.errors import SessionError
from assistant.records.answer import Turn
from assistant.tui.backend import Opener


class Recording:
    """Keeps turns until they are saved, in their order, also while a file cannot be written for a time."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.session_id: str | None = None  # of the conversation on the screen, once it has a turn
        self.title: str | None = None  # where it was resumed
        self._unsaved: deque[tuple[str, Turn]] = deque()
        self._told: str | None = None  # what went wrong last
        self._saving = threading.Lock()

    def begin(self) -> None:
        """The next turn begins a conversation of its own."""
        self.session_id = self.title = None

    def resume(self, resumed: Resumed) -> None:
        """The next turn goes on with a saved conversation; or begins one, for a conversation has one library."""
        self.session_id = None if resumed.elsewhere else resumed.session.id
        self.title = resumed.session.title

    def last(self, library: str) -> Resumed | None:
        """The conversation of this library that was saved last, other than the one on the screen. For workers."""
        session = self.sessions.last(library, but=self.session_id)
        return None if session is None else Resumed(session, tuple(self.sessions.turns(session.id)), elsewhere=False)

    def add(self, turn: Turn) -> None:
        """Take a turn that is complete; `save` writes it."""
        if self.session_id is None:
            self.session_id = new_id()
        self._unsaved.append((self.session_id, turn))

    def save(self, library: str) -> str | None:
        """Write what is not written yet. For workers; returns, once, a line about what keeps it from being saved."""
        with self._saving:
            try:
                while self._unsaved:
                    session_id, turn = self._unsaved[0]
                    self.sessions.save(session_id, library, turn)
                    self._unsaved.popleft()
            except SessionError as error:
                told, self._told = self._told, str(error)
                return None if self._told == told else self._told
            self._told = None
            return None


def library_of(open_backend: Opener) -> str:
    """The library that is open, as conversations name it: the folder of its index; empty where none is. For workers."""
    try:
        return os.path.realpath(open_backend().config.index)
    except Exception:  # whatever it is, the line at the top says it
        return ""
