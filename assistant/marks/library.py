"""All that the user adds to one library, together."""

from __future__ import annotations

from pathlib import Path

from assistant.marks.articles import ArticleMarkStore
from assistant.marks.database import MarksDatabase
from assistant.marks.dossier import DossierStore
from assistant.marks.standing import StandingStore


class LibraryMarks:
    """The marks on articles, the dossier and the standing questions in one folder (`Config.kept`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = MarksDatabase(folder)
        self.articles = ArticleMarkStore(self.database)
        self.dossier = DossierStore(self.database)
        self.standing = StandingStore(self.database)
