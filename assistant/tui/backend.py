"""The assistant as the interface uses it, opened in a worker so that the first frame does not wait for it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import AssistantError, LibraryDamaged, LibraryMismatch, LibraryMissing, LibraryOutdated
from assistant.records.answer import AskEvent, Citation, Turn
from assistant.records.article import Article, CitedArticle
from assistant.records.build import BuildEvent, PendingChanges
from assistant.records.checks import QuoteCheck
from assistant.records.library import LibrarySummary
from assistant.records.proof import DraftSentence
from assistant.text.formatting import count_noun
from assistant.tui.state import LibraryFault

if TYPE_CHECKING:
    from assistant.config.schema import Config  # imports pydantic
    from assistant.marks.library import LibraryMarks
    from assistant.records.conversation import LibraryKey
    from assistant.records.marks import StandingQuestion
    from assistant.store.catalog import Catalog  # imports numpy, which would delay the first frame
    from assistant.store.protocol import Library


class Backend(Protocol):
    """The methods of `engine.Assistant` that the interface calls. Each may be slow: call it in a worker."""

    @property
    def config(self) -> Config:
        """The settings in use."""

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        """Answer a question: the events of the answer, the last of which is the Answer."""

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        """Update or rebuild the index: progress and notices, then the report. Closing the iterator stops the build."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""

    def cited_article(self, citation: Citation) -> CitedArticle | None:
        """The article of a citation as it was when it was cited, and what became of the words; None if it is gone."""

    def catalog(self) -> Catalog:
        """What the library screen lists."""

    def pending(self) -> PendingChanges:
        """The changes in the files since the last build."""

    def configure(self, config: Config) -> None:
        """Use other settings."""

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Search the articles for a quotation and compare its words."""

    def check_draft(self, text: str) -> Iterator[DraftSentence]:
        """Compare each sentence of a text of one's own with the articles."""

    def holdings(self) -> LibrarySummary:
        """A summary of the library."""

    def suggestions(self) -> Iterator[str | None]:
        """Starter questions. None stands for a step without a result: a point at which to stop."""

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Follow-up questions for the last turn. None stands for a step without a result."""

    @property
    def marks(self) -> LibraryMarks:
        """What the user adds to the library."""

    def add_standing_question(self, wording: str) -> StandingQuestion:
        """Keep a question that each build asks of new articles."""

    def key(self) -> LibraryKey:
        """See LibraryAccess."""

    def open_library(self) -> Library:
        """A snapshot of the library; close it after use."""

    def warm_up(self) -> dict[str, Any]:
        """Open the library and load everything that a question needs; returns its statistics."""


Opener = Callable[[], Backend]


def make_opener(settings: Config | Callable[[], Config], *, is_for_owner: bool = True) -> Opener:
    """An opener for the library of these settings, given directly or by a function that reads them.

    Neither the settings nor the modules of the library are loaded before the opener is called. Who is not the owner of
    the library gets what a reader may use of it.
    """

    def open_backend() -> Backend:
        from assistant.startup import open_assistant

        assistant = open_assistant(settings() if callable(settings) else settings)
        if is_for_owner:
            return assistant
        from assistant.reader import ReaderAssistant

        return ReaderAssistant(assistant)

    return open_backend


def open_once(open_backend: Opener) -> Opener:
    """An opener that opens at its first call and then returns the same backend, which is large.

    It can be called from several workers at once.
    """
    lock = threading.Lock()
    opened: list[Backend] = []

    def get_backend() -> Backend:
        with lock:
            if not opened:
                opened.append(open_backend())
            return opened[0]

    return get_backend


def describe_error(error: Exception) -> str:
    """One line: why something failed and what to do.

    An error of the program is described too, rather than raised, so that the conversation can continue. With
    ASSISTANT_DEBUG set it is raised.
    """
    if isinstance(error, LibraryMissing | LibraryOutdated):
        return f"{error}, or press Ctrl+R here"
    if isinstance(error, LibraryMismatch | LibraryDamaged):
        return f"{error}, or press F4 here and choose Rebuild"
    if isinstance(error, AssistantError):
        return str(error)
    if os.environ.get("ASSISTANT_DEBUG"):
        raise error
    return f"internal error: {type(error).__name__}: {error} (set ASSISTANT_DEBUG=1 to see where)"


def classify_fault(error: Exception) -> LibraryFault:
    """The kind of fault of a library that cannot be used."""
    for error_type, fault in _FAULTS.items():
        if isinstance(error, error_type):
            return fault
    return "other"


_FAULTS: dict[type[Exception], LibraryFault] = {
    LibraryMissing: "missing",
    LibraryOutdated: "outdated",
    LibraryMismatch: "mismatch",
    LibraryDamaged: "damaged",
}


def describe_library(stats: dict[str, Any]) -> str:
    """What a library contains, in one line: "18 articles · 3 outlets · 2025-02-11 to 2025-11-13"."""
    parts = [count_noun(stats["articles"], "article")]
    if stats["sources"]:
        parts.append(count_noun(stats["sources"], "outlet"))
    if stats["first_article"]:
        parts.append(f"{stats['first_article']} to {stats['last_article']}")
    return " · ".join(parts)
