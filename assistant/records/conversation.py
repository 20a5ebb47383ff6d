"""A saved conversation as lists name it, and the library that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LibraryKey:
    """Tells libraries apart: the folder of the index, and the id that a build gives, which copies and renamings keep.

    The id is empty before the first build, and for a library that was built before there were ids.
    """

    folder: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """A saved conversation: `title` is its first question until it is renamed; `library` is the index folder then."""

    id: str
    title: str
    library: str
    created_at: datetime
    updated_at: datetime
    questions: int
    library_id: str = ""

    def is_about(self, library: LibraryKey) -> bool:
        """Whether it was held with this library, wherever that was then."""
        return self.library == library.folder or bool(library.id and self.library_id == library.id)
