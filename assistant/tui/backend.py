"""What the interface needs of an assistant, and how it gets hold of one without waiting for it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import AssistantError, LibraryDamaged, LibraryMismatch, LibraryMissing, LibraryOutdated
from assistant.records.answer import AskEvent, Turn
from assistant.records.article import Article
from assistant.records.build import BuildEvent, PendingChanges
from assistant.records.library import LibrarySummary
from assistant.records.quote import QuoteCheck
from assistant.tui.state import LibraryFault

if TYPE_CHECKING:
    from assistant.config.schema import Config  # brings pydantic
    from assistant.store.catalog import Catalog  # brings numpy: not on the way to the first frame


class Backend(Protocol):
    """An assistant as the interface sees it; `engine.Assistant` is one. Every method may be slow: call in a worker."""

    @property
    def config(self) -> Config: ...
    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]: ...
    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]: ...
    def article(self, article_id: str) -> Article | None: ...
    def catalog(self) -> Catalog: ...
    def pending(self) -> PendingChanges: ...
    def configure(self, config: Config) -> None: ...
    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck: ...
    def holdings(self) -> LibrarySummary: ...
    def suggestions(self) -> Iterator[str | None]: ...
    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]: ...
    def warm_up(self) -> dict[str, Any]: ...


Opener = Callable[[], Backend]


def make_opener(settings: Config | Callable[[], Config]) -> Opener:
    """Opens the library of these settings, or of those that a call gives. Called in a worker: neither reading them
    nor the imports that come with a library are on the way to the first frame."""

    def open_backend() -> Backend:
        from assistant.startup import open_assistant

        return open_assistant(settings() if callable(settings) else settings)

    return open_backend


def open_once(open_backend: Opener) -> Opener:
    """An opener that opens at its first call and then gives the same backend; safe to call from several workers.

    One for all workers, because what it loads is large.
    """
    lock = threading.Lock()
    opened: list[Backend] = []

    def shared() -> Backend:
        with lock:
            if not opened:
                opened.append(open_backend())
            return opened[0]

    return shared


def describe_error(error: Exception) -> str:
    """Why something failed and what to do, in a line.

    A mistake of the program is told like the rest: it need not end a conversation.
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
    """What is the matter with a library that cannot be used."""
    for kind, name in _FAULTS.items():
        if isinstance(error, kind):
            return name
    return "other"


_FAULTS: dict[type[Exception], LibraryFault] = {
    LibraryMissing: "missing",
    LibraryOutdated: "outdated",
    LibraryMismatch: "mismatch",
    LibraryDamaged: "damaged",
}


def describe_library(stats: dict[str, Any]) -> str:
    """What a library holds, in a line: "18 articles · 3 outlets · 2025-02-11 to 2025-11-13"."""
    articles, outlets = stats["articles"], stats["sources"]
    parts = [f"{articles:,} article{'' if articles == 1 else 's'}"]
    if outlets:
        parts.append(f"{outlets} outlet{'' if outlets == 1 else 's'}")
    if stats["first_article"]:
        parts.append(f"{stats['first_article']} to {stats['last_article']}")
    return " · ".join(parts)
