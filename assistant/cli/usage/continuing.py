"""The conversation that `assistant ask` goes on with, and into which it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assistant.errors import ConversationError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.records.answer import Turn
    from assistant.records.conversation import LibraryKey


class AskedConversation:
    """The turns so far, and the saved conversation to which `add` adds."""

    def __init__(self, library: LibraryKey, *, goes_on: bool, identifier: str | None) -> None:
        """`goes_on` with the last conversation of this library, or with the one named by `identifier`, else with none.

        A conversation of another library is continued as a new one. Raises ConversationError if there is none.
        """
        from assistant.conversations.store import ConversationStore, create_conversation_id

        self._store = ConversationStore(notify=_warn)
        self._library = library
        self.turns: list[Turn] = []
        found = self._store.find(identifier, by_title=True) if identifier is not None else None
        if found is None and goes_on:
            found = self._store.find_latest(self._library)
            if found is None:
                raise ConversationError(
                    "this library has no saved conversation: what is asked in a terminal is saved, not what goes into "
                    "a file or pipe; ask in a terminal without --continue first"
                )
        if found is not None:
            self.turns = self._store.read_turns(found.id)
        is_of_library = found is not None and found.is_about(library)
        self.id = found.id if found is not None and is_of_library else create_conversation_id()

    def add(self, turn: Turn) -> None:
        """Add a turn and save it. If that fails, a note says so: the answer is shown all the same."""
        self.turns.append(turn)
        try:
            self._store.save(self.id, self._library, turn)
        except ConversationError as error:
            _warn(str(error))


def _warn(line: str) -> None:
    typer.echo(sanitize_line(f"note: {line}"), err=True)
