"""A library for readers who are not its owner: they ask and read, and learn nothing about the owner's machine.

Every front end that lets somebody else in uses `ReaderAssistant` instead of `Assistant`.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any, NoReturn

from assistant.config.schema import Config, WriterSettings
from assistant.engine import Assistant
from assistant.errors import LibraryError, NotPermitted, QuestionError
from assistant.marks.library import LibraryMarks
from assistant.records.answer import Answer, AskEvent, Citation, Turn
from assistant.records.article import Article, CitedArticle, Span
from assistant.records.build import BuildEvent, PendingChanges
from assistant.records.checks import QuoteCheck
from assistant.records.conversation import LibraryKey
from assistant.records.library import (
    ArticlePage,
    ArticleRow,
    Facet,
    LibraryStatistics,
    LibrarySummary,
    SearchResult,
    SpeakerPage,
    SpeakerRow,
    Story,
)
from assistant.records.marks import StandingQuestion
from assistant.records.proof import DraftSentence
from assistant.store.catalog import Catalog
from assistant.store.protocol import Library
from assistant.text.sanitize import sanitize_line

UNAVAILABLE = "The library cannot be used now; ask its owner, whose terminal shows the reason."
NOT_PERMITTED = "Only the owner of the library can do this."
SHOWN_FOLDER = Path("/library")  # instead of the folder of the index


class ReaderAssistant:
    """What a reader may use of an `Assistant`, with its methods and arguments.

    Articles come without the path of their file, figures without folders. Every error but QuestionError is LibraryError
    with a text that names no file; the reason goes to stderr, for the owner. What only the owner may do raises
    NotPermitted.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._whole = assistant
        self._catalog = ReaderCatalog(assistant.open_library)

    @property
    def _assistant(self) -> Assistant:
        return self._whole.without_marks()

    @property
    def config(self) -> Config:
        """The settings, without folders; those of the language model only if readers may use it."""
        own = self._whole.config
        writer = own.writer.model_copy(update={"api_key_env": ""}) if self._offers_writer else WriterSettings()
        shown = {
            "articles": (),
            "index": SHOWN_FOLDER,
            "folders": (),
            "embedding": own.embedding.model_copy(update={"model": _hide_folder(str(own.embedding.model))}),
            "ranking": own.ranking.model_copy(update={"model": _hide_folder(str(own.ranking.model))}),
            "writer": writer,
        }
        return own.model_copy(update=shown)

    @property
    def _offers_writer(self) -> bool:
        return self._whole.config.writer.offered_to == "everyone"

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        """Answer a question, as `Assistant.stream` does."""
        writer = None if self._offers_writer else False
        with hide_reasons():
            yield from self._assistant.stream(question, history=history, scope=scope, writer=writer)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        scope: Collection[str] | None = None,
        as_of: date | None = None,
        asked_at: date | None = None,
    ) -> Answer:
        """Answer a question after earlier ones, as `Assistant.ask` does."""
        writer = None if self._offers_writer else False
        with hide_reasons():
            return self._assistant.ask(
                question, history=history, scope=scope, as_of=as_of, asked_at=asked_at, writer=writer
            )

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        with hide_reasons():
            article = self._assistant.article(article_id)
        return article and replace(article, path=None)

    def cited_article(self, citation: Citation) -> CitedArticle | None:
        """The article of a citation as it was when it was cited, as `Assistant.cited_article` does."""
        with hide_reasons():
            cited = self._assistant.cited_article(citation)
        return cited and replace(cited, article=replace(cited.article, path=None))

    def catalog(self) -> Catalog:
        """Lists and pages of the library, for browsing."""
        return self._catalog

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Compare a quotation with the articles, as `Assistant.check_quote` does."""
        with hide_reasons():
            return self._assistant.check_quote(text, speaker)

    def check_draft(self, text: str) -> Iterator[DraftSentence]:
        """Raises NotPermitted: a long text takes long."""
        _refuse(text)

    def holdings(self) -> LibrarySummary:
        """The speakers, outlets, titles and days of the library."""
        with hide_reasons():
            return self._assistant.holdings()

    def suggestions(self) -> Iterator[str | None]:
        """Starter questions; None after each step without one."""
        with hide_reasons():
            yield from self._assistant.suggestions()

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Follow-up questions; None after each step without one."""
        with hide_reasons():
            yield from self._assistant.follow_ups(history, scope=scope)

    def warm_up(self) -> dict[str, Any]:
        """Load what a question needs; returns the figures of the library."""
        with hide_reasons():
            figures = self._assistant.warm_up()
        return {**figures, "index": str(SHOWN_FOLDER), "model": _hide_folder(figures["model"])}

    def build_events(self, *, rebuild: bool = False) -> Iterator[BuildEvent]:
        """Raises NotPermitted."""
        _refuse(rebuild)

    def pending(self) -> PendingChanges:
        """Raises NotPermitted."""
        _refuse()

    @property
    def marks(self) -> LibraryMarks:
        """The marks, notes and questions are the owner's. Raises NotPermitted."""
        _refuse()

    def add_standing_question(self, wording: str) -> StandingQuestion:
        """Raises NotPermitted."""
        _refuse(wording)

    def key(self) -> LibraryKey:
        """As of the assistant, without its folder."""
        with hide_reasons():
            return replace(self._assistant.key(), folder=str(SHOWN_FOLDER))

    def open_library(self) -> Library:
        """Raises NotPermitted: the library itself has paths."""
        _refuse()

    def configure(self, config: Config) -> None:
        """Raises NotPermitted."""
        _refuse(config)


class ReaderCatalog(Catalog):
    """The catalog for readers: without paths, and with errors that name no file."""

    def __init__(self, open_library: Callable[[], Any]) -> None:
        super().__init__(open_library)

    def articles(self) -> tuple[ArticleRow, ...]:
        """See `Catalog`."""
        with hide_reasons():
            return super().articles()

    def find_articles(self, names: Iterable[str]) -> list[Article]:
        """Raises NotPermitted: a name may be that of a file or folder, and the answer tells whether it is there."""
        _refuse(names)

    def given_tags(self) -> dict[str, list[str]]:
        """See `Catalog`."""
        with hide_reasons():
            return super().given_tags()

    def speakers(self) -> tuple[SpeakerRow, ...]:
        """See `Catalog`."""
        with hide_reasons():
            return super().speakers()

    def speaker_page(self, name: str) -> SpeakerPage:
        """See `Catalog`."""
        with hide_reasons():
            return super().speaker_page(name)

    def article_page(self, article_id: str) -> ArticlePage | None:
        """See `Catalog`; the article has no path."""
        with hide_reasons():
            page = super().article_page(article_id)
        return page and replace(page, article=replace(page.article, path=None))

    def stories(self) -> tuple[Story, ...]:
        """See `Catalog`."""
        with hide_reasons():
            return super().stories()

    def search(self, typed: str) -> SearchResult:
        """See `Catalog`."""
        with hide_reasons():
            return super().search(typed)

    def find_tagged(self, tag: str) -> frozenset[str]:
        """See `Catalog`; the tags of files only."""
        with hide_reasons():
            return super().find_tagged(tag)

    def facets(self, typed: str) -> tuple[Facet, ...]:
        """See `Catalog`."""
        with hide_reasons():
            return super().facets(typed)

    def find_matches(self, article_id: str, typed: str) -> tuple[Span, ...]:
        """See `Catalog`."""
        with hide_reasons():
            return super().find_matches(article_id, typed)

    def statistics(self) -> LibraryStatistics:
        """See `Catalog`; without folders."""
        with hide_reasons():
            figures = super().statistics()
        return replace(figures, folder=str(SHOWN_FOLDER), model=_hide_folder(figures.model))


@contextlib.contextmanager
def hide_reasons() -> Iterator[None]:
    """Turn every error but QuestionError into one that names no file, and tell the owner the reason on stderr."""
    try:
        yield
    except (QuestionError, NotPermitted):
        raise
    except Exception as error:
        if sys.__stderr__ is not None:  # not sys.stderr, which the interface catches
            sys.__stderr__.write(sanitize_line(f"error for a reader: {type(error).__name__}: {error}") + "\n")
        raise LibraryError(UNAVAILABLE) from None


def _hide_folder(model: str) -> str:
    """The name of a model; of a folder its last part."""
    return PurePath(model).name if PurePath(model).is_absolute() else model


def _refuse(*_arguments: object) -> NoReturn:
    raise NotPermitted(NOT_PERMITTED)
