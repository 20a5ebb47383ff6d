"""Events and report of a build, and the changes that the next build would find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.records.article import Notice
from assistant.records.marks import StandingFinding

BuildStage = Literal["reading", "deriving", "embedding", "publishing"]


@dataclass(frozen=True, slots=True)
class ProgressUpdate:
    """Progress of one stage of a build. `total` is None while it is unknown.

    Deriving counts articles, embedding counts passages, and reading counts bytes; `count` is the articles read so far.
    """

    stage: BuildStage
    done: int
    total: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build compares and what it may drop.

    `check`: compare the content of every file, and not only of those whose size or time differ. `prune`: drop what came
    neither from the sources nor with this build, and in a rebuild what brings out a fault. `dropped` are places whose
    articles go in any case. `ray`: have the articles read and embedded by a Ray cluster at this address; "local" starts
    one on this machine.
    """

    check: bool = False
    prune: bool = False
    dropped: tuple[str, ...] = ()
    ray: str | None = None


PLAIN_BUILD = BuildOptions()


@dataclass(frozen=True, slots=True)
class ArticleName:
    """Id and title of an article."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. All counts are articles, except `passages`, `embedded` and `reused`, which are passages."""

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
    undated: int = 0  # articles of the whole library without a date
    without_outlet: int = 0
    news: str = ""  # what is new, in words: "3 new, 1 names Carrie Lam"; empty after a first build
    findings: tuple[StandingFinding, ...] = ()  # new answers to standing questions

    @property
    def articles(self) -> int:
        """Number of articles in the library after the build."""
        return self.added + self.changed + self.unchanged

    def describe_changes(self) -> str:
        """The changes in words: "18 added, 2 removed, 5 unchanged, 1 skipped"; of a build without articles, empty."""
        counts = ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
        more = ((self.unchanged, "unchanged"), (self.skipped, "skipped"))
        return ", ".join(f"{count} {what}" for count, what in (*counts, *more) if count)

    def articles_by_change(self) -> tuple[tuple[str, tuple[ArticleName, ...]], ...]:
        """The articles that were added, changed and removed, with the word for each change."""
        return (
            ("added", self.added_articles),
            ("changed", self.changed_articles),
            ("removed", self.removed_articles),
        )

    @property
    def skipped(self) -> int:
        """Number of files and lines that were skipped."""
        return sum(notice.skipped for notice in self.notices)


BuildEvent = ProgressUpdate | Notice | BuildReport


def finish_build(events: Iterable[BuildEvent], on_event: Callable[[BuildEvent], None] | None = None) -> BuildReport:
    """Run a build to its end: pass on each event before the report, and return the report."""
    for event in events:
        if isinstance(event, BuildReport):
            return event
        if on_event is not None:
            on_event(event)
    raise RuntimeError("the build ended without a report")


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """Changes that the next build would find, as paths of files. False if there are none.

    `otherwise`: the settings for reading or the program changed, so the next build reads every file again.
    `moved` are files with the content of one that was read elsewhere under the same name, as in a library that was
    moved or copied. `sources`: the folders and files from which the index was built, if the settings now name others
    (other than because of those). `notices` are
    those of the files as they are, from when they were read and from now; they are no changes.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    otherwise: bool = False
    sources: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved or self.otherwise)
