"""What a build yields, and what it would find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.article import Notice

BuildStage = Literal["reading", "deriving", "embedding", "publishing"]


@dataclass(frozen=True, slots=True)
class ProgressUpdate:
    """How far a build has come; `total` is None while it is not known.

    Deriving counts articles and embedding counts passages; reading counts bytes, and tells the articles in `count`.
    """

    stage: BuildStage
    done: int
    total: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleName:
    """An article as lists name it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of articles, except `passages`, `embedded` and `reused` (passages)."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    notices: tuple[Notice, ...] = ()
    added_articles: tuple[ArticleName, ...] = ()
    changed_articles: tuple[ArticleName, ...] = ()
    removed_articles: tuple[ArticleName, ...] = ()

    @property
    def articles(self) -> int:
        """Articles in the library after the build."""
        return self.added + self.changed + self.unchanged

    @property
    def skipped(self) -> int:
        """Files and lines that were left out."""
        return sum(notice.skipped for notice in self.notices)


BuildEvent = ProgressUpdate | Notice | BuildReport


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """What an update of the index would find, as paths of files.

    `otherwise`: the settings for reading, or the program, have changed so that it would go through every file.
    `sources`: the folders and files that the index was built from, where they are not those of the settings.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    otherwise: bool = False
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.otherwise)

    def __str__(self) -> str:
        """In words: "3 files new or changed, 1 removed"; empty where nothing is."""
        count, removed = len(self.added) + len(self.changed), len(self.removed)
        parts = []
        if count:
            what = "new or changed" if self.added and self.changed else "new" if self.added else "changed"
            parts.append(f"{count:,} file{'' if count == 1 else 's'} {what}")
        if removed:
            parts.append(f"{removed:,} {'' if parts else 'file ' if removed == 1 else 'files '}removed")
        if self.otherwise and not parts:
            parts.append("settings changed")
        return ", ".join(parts)
