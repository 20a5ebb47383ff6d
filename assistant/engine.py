"""Wires the stages together. Both front ends consume what `Assistant.stream` and `Assistant.build_events` yield."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from assistant.answers.composition import ExtractiveComposer
from assistant.answers.material import AnswerMaterial
from assistant.answers.pipeline import Retrieval, compose, retrieve_passages, select, understand
from assistant.config.schema import Config
from assistant.embedding.loader import ModelLoader
from assistant.embedding.model_files import FLOAT_PRECISION
from assistant.errors import LibraryMissing
from assistant.questions.parser import normalize_question, parse_question
from assistant.records.answer import Answer, AskEvent, QuestionUnderstood, RetrievedPassage, Turn
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, PendingChanges
from assistant.records.library import LibrarySummary
from assistant.records.query import Query
from assistant.records.quote import QuoteCheck
from assistant.store.catalog import Catalog
from assistant.store.generation_cache import GenerationCache
from assistant.store.library import SqliteLibrary
from assistant.store.manifest import check_manifest
from assistant.store.protocol import Library, PassageFilter
from assistant.system.stopwatch import Stopwatch

if TYPE_CHECKING:
    from assistant.indexing.changes import ChangeWatcher


class Assistant:
    """A library of articles that can be asked, and built again while it is asked.

    Safe to use from several threads: each question reads its own snapshot of the library.
    """

    def __init__(self, config: Config, model: ModelLoader | None = None) -> None:
        """`model` is the one that the settings name where its loading has begun already."""
        self.config = config
        self._lock = threading.Lock()
        self.model = model or ModelLoader(config.embedding)
        self._cache = GenerationCache()
        self._catalogue = Catalog(self.open_library)
        self._watch: ChangeWatcher | None = None

    @classmethod
    def open(cls, config: Config, model: ModelLoader | None = None) -> Self:
        """An assistant over the library that `config` names, checked to be usable.

        Raises NoLibrary where nothing was built yet, LibraryMismatch where it was built otherwise.
        """
        assistant = cls(config, model)
        with assistant.open_library() as library:
            check_manifest(library, config, assistant.model.files())
        return assistant

    def open_library(self) -> Library:
        """The library as last published, for reading; close it after use."""
        return SqliteLibrary.open(self.config.index, self._cache)

    def warm_up(self) -> dict[str, Any]:
        """Load the model and the vectors now rather than at the first question; returns `stats`.

        Raises NoLibrary where nothing was built yet, LibraryMismatch where it was built otherwise.
        """
        with self.open_library() as library:
            check_manifest(library, self.config, self.model.files())
            library.warm_up()
        self.model.embedder()
        return self.stats()

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Collection[str] | None = None,
        as_of: date | None = None,
        asked_at: date | None = None,
    ) -> Iterator[AskEvent]:
        """Answer a question: Searching, a Found for each sentence, and the whole Answer last.

        `history` is the conversation so far; a question that leans on it is first rewritten to stand alone.
        `scope` restricts the search to these article ids, `as_of` to articles published until that day. `asked_at`
        is the day of the question where it is one about the news of that day: "last week" is reckoned from it
        (else from `as_of`), and articles of about that day come first. Close the iterator to cancel.
        Raises QuestionError for what cannot be asked, LibraryError where the index cannot be used.
        """
        watch = Stopwatch()
        asked = normalize_question(question)  # an empty question is refused before the library is opened
        with self.open_library() as library:
            understood = understand(question, library, history=history, today=asked_at or as_of)
            yield understood
            retrieval = self._retrieve(understood.query, library, _restrict_passages(scope, as_of))
            watch.lap("retrieve")
            selection = select(understood.query, retrieval, asked_at)
            material = AnswerMaterial(understood.query, selection, retrieval.snapshot)
            for event in compose(material, ExtractiveComposer(self.config.answers), scope):
                if isinstance(event, Answer):
                    watch.lap("answer")
                    event = replace(
                        event,
                        question=asked,
                        standalone_question=understood.standalone,
                        timings=watch.milliseconds(),
                    )
                yield event

    def search(self, question: str) -> list[tuple[Article, RetrievedPassage]]:
        """The passages that bear on a question, best first, each with its article; raises as `ask` does."""
        with self.open_library() as library:
            snapshot = self._retrieve(parse_question(question), library).snapshot
            articles = snapshot.articles_of(snapshot.passages)
            return [
                (article, hit)
                for hit in snapshot.passages
                if (article := articles.get(hit.passage.article_id)) is not None
            ]

    def build_events(self, *, rebuild: bool = False, articles: Iterable[Article | Notice] = ()) -> Iterator[BuildEvent]:
        """Bring the library up to date; see `indexing.build`. `articles` are added to those of the files."""
        from assistant.indexing.build import build_library  # reads and cuts articles: not on the way to an answer

        files, said = self.model.files(), self.model.explain_backend()
        if said is not None:
            yield Notice(files.name, said, skipped=False)
        yield from build_library(self.config, files, self.model.embedder, rebuild=rebuild, extra=articles)

    def pending(self) -> PendingChanges:
        """What `build` would find new, changed or gone. Where nothing is built yet, every file is new.

        Raises LibraryError where the index cannot be read.
        """
        from assistant.indexing.changes import (  # knows the readers: not on the way to an answer
            ChangeWatcher,
            load_file_records,
        )

        try:
            with self.open_library() as library:
                known, manifest = load_file_records(library.file_rows()), library.manifest
        except LibraryMissing:
            known, manifest = {}, {}
        with self._lock:
            self._watch = self._watch or ChangeWatcher()
        return self._watch.find_changes(self.config, known, manifest)

    def configure(self, config: Config) -> None:
        """Go by other settings from the next question or build on."""
        with self._lock:
            if config.embedding != self.config.embedding:
                self.model = ModelLoader(config.embedding)
            self.config = config

    def article(self, article_id: str) -> Article | None:
        """An article of the library as last published."""
        with self.open_library() as library:
            return library.article(article_id)

    def holdings(self) -> LibrarySummary:
        """Who speaks in the library as last published, in what outlets and articles, by name."""
        with self.open_library() as library:
            dates = library.date_range() or (None, None)
            named = set(library.source_names())
            return LibrarySummary(
                tuple((name, statements) for name, statements, _ in library.speakers()),
                tuple((name, articles) for name, articles in library.sources() if name in named),
                tuple(library.titles()),
                library.article_count(),
                *dates,
            )

    def suggestions(self) -> Iterator[str | None]:
        """Questions that the library answers, each tried, and None for steps between; see `suggesting`."""
        from assistant.suggestions.starters import suggest_starters

        with self.open_library() as library:
            yield from suggest_starters(library, lambda question: final_answer(self.stream(question)))

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Follow-up questions to a conversation, each tried, and None for steps between; see `suggest_follow_ups`."""
        from assistant.suggestions.follow_ups import suggest_follow_ups

        with self.open_library() as library:
            yield from suggest_follow_ups(
                history, library, lambda question: final_answer(self.stream(question, history=history, scope=scope))
            )

    def catalog(self) -> Catalog:
        """The library as last published, to browse."""
        return self._catalogue

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Which article a quotation is from and whether it stands there as quoted; see `quoting`."""
        from assistant.quotes.checker import check_quote  # brings rapidfuzz: not on the way to the first answer

        with self.open_library() as library:
            return check_quote(text, speaker, library)

    def stats(self) -> dict[str, Any]:
        """Figures of the library for people: what it holds, how it was built, bytes on disk."""
        with self.open_library() as library:
            dates = library.date_range()
            return {
                **library.counts(),
                "first_article": dates[0] if dates else None,
                "last_article": dates[1] if dates else None,
                "model": library.manifest["model"],
                "precision": library.manifest.get("precision", FLOAT_PRECISION),
                **({"runs_on": self.model.runs_on} if self.model.runs_on else {}),
                "built_at": library.manifest["built_at"],
                "index": library.location,
                "bytes": library.size_in_bytes(),
                "outlets": dict(library.sources()),
            }

    def _retrieve(self, query: Query, library: Library, where: PassageFilter | None = None) -> Retrieval:
        check_manifest(library, self.config, self.model.files())
        return retrieve_passages(query, library, self.model.embedder(), self.config.retrieval, where)


def _restrict_passages(scope: Collection[str] | None, as_of: date | None) -> PassageFilter | None:
    """The passages of these articles, of those published until that day; None for all passages."""
    if scope is None and as_of is None:
        return None
    return PassageFilter(
        article_ids=None if scope is None else frozenset(scope),
        days=None if as_of is None else (None, as_of.isoformat()),
    )


def final_answer(events: Iterator[AskEvent]) -> Answer:
    """The Answer that ends what `Assistant.stream` yields."""
    for event in events:
        if isinstance(event, Answer):
            return event
    raise RuntimeError("the question was cancelled before there was an answer")


def final_turn(events: Iterator[AskEvent]) -> Turn:
    """The question as it was understood, and the Answer that ends what `Assistant.stream` yields."""
    query = None
    for event in events:
        if isinstance(event, QuestionUnderstood):
            query = event.query
        elif isinstance(event, Answer) and query is not None:
            return Turn(event.standalone_question or event.question, query, event)
    raise RuntimeError("the question was cancelled before there was an answer")
