"""A saved conversation as lists name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """A saved conversation: `title` is its first question until it is renamed; `library` is the index folder."""

    id: str
    title: str
    library: str
    created_at: datetime
    updated_at: datetime
    questions: int
