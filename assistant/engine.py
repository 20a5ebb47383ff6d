"""Wires the stages together. Both front ends consume what `Assistant.ask` and `Assistant.build` yield."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from assistant.answers.pipeline import Retrieved, answer_events
from assistant.config.schema import Config
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import Loading
from assistant.embedding.model_files import FLOAT, Vectors
from assistant.errors import NoLibrary
from assistant.questions.parser import parse_question
from assistant.questions.rewriting import standalone
from assistant.records.answer import Answer, AskEvent, RetrievedPassage, Searching, Turn
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, Changes
from assistant.records.library import Holdings
from assistant.records.query import Query
from assistant.records.quote import QuoteCheck
from assistant.retrieval.boosts import favoured
from assistant.retrieval.event_dates import understood
from assistant.retrieval.hybrid import retrieve
from assistant.store.catalog import Catalogue
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import Library, Remembered
from assistant.store.manifest import check_manifest

if TYPE_CHECKING:
    from assistant.indexing.changes import Watch

MOST_SPEAKERS = 2_000  # of the library, that a follow-up is compared with


class Assistant:
    """A library of articles that can be asked, and built again while it is asked.

    Safe to use from several threads: each question reads its own snapshot of the library.
    """

    def __init__(self, config: Config, model: Loading | None = None) -> None:
        """`model` is the one that the settings name where its loading has begun already."""
        self.config = config
        self._lock = threading.Lock()
        self.model = model or Loading(config.embedding)
        self._vectors: tuple[str, VectorIndex] | None = None  # of which generation
        self._remembered = Remembered()
        self._catalogue = Catalogue(self.library)
        self._watch: Watch | None = None

    @classmethod
    def open(cls, config: Config, model: Loading | None = None) -> Self:
        """An assistant over the library that `config` names, checked to be usable.

        Raises NoLibrary where nothing was built yet, LibraryMismatch where it was built otherwise.
        """
        assistant = cls(config, model)
        with assistant.library() as library:
            check_manifest(library, config, assistant.model.files())
        return assistant

    def library(self) -> Library:
        """The library as last published, for reading; close it after use."""
        return Library.open(self.config.index, self._remembered)

    def warm_up(self) -> dict[str, Any]:
        """Load the model and the vectors now rather than at the first question; returns `stats`.

        Raises NoLibrary where nothing was built yet, LibraryMismatch where it was built otherwise.
        """
        with self.library() as library:
            check_manifest(library, self.config, self.model.files())
            self._index_of(library)
        self.model.embedder()
        return self.stats()

    def ask(
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
        started = time.perf_counter()
        parse_question(question)  # nothing needs opening to see that there is nothing to ask
        with self.library() as library:
            outlets = library.outlets()
            alone = _standalone(question, history, library)
            query = understood(alone or question, library, asked_at or as_of, outlets)
            yield Searching(query, alone)
            search = self._search(query, library, scope, as_of)
            retrieved_at = time.perf_counter()
            found = Retrieved(
                search.passages, lambda texts: (_embedded(texts, search.embedder) @ search.vector).tolist()
            )
            for event in answer_events(query, found, library, self.config.answers, scope=scope, asked_at=asked_at):
                if isinstance(event, Answer):
                    now = time.perf_counter()
                    timings = {
                        "retrieve_ms": (retrieved_at - started) * 1000,
                        "answer_ms": (now - retrieved_at) * 1000,
                        "total_ms": (now - started) * 1000,
                    }
                    asked = " ".join(question.split())
                    event = replace(event, question=asked, standalone_question=alone, timings=timings)
                yield event

    def search(self, question: str) -> list[tuple[Article, RetrievedPassage]]:
        """The passages that bear on a question, best first, each with its article; raises as `ask` does."""
        with self.library() as library:
            hits = self._search(parse_question(question), library, None, None).passages
            articles = {name: library.article(name) for name in {hit.passage.article_id for hit in hits}}
            return [(article, hit) for hit in hits if (article := articles[hit.passage.article_id]) is not None]

    def build(self, *, rebuild: bool = False, articles: Iterable[Article | Notice] = ()) -> Iterator[BuildEvent]:
        """Bring the library up to date; see `indexing.build`. `articles` are added to those of the files."""
        from assistant.indexing.build import build  # reads and cuts articles: not on the way to an answer

        files, said = self.model.files(), self.model.remark()
        if said is not None:
            yield Notice(files.name, said, skipped=False)
        yield from build(self.config, files, self.model.embedder, rebuild=rebuild, extra=articles)

    def pending(self) -> Changes:
        """What `build` would find new, changed or gone. Where nothing is built yet, every file is new.

        Raises LibraryError where the index cannot be read.
        """
        from assistant.indexing.changes import (  # knows the readers: not on the way to an answer
            FILES,
            Watch,
            files_read,
        )

        try:
            with self.library() as library:
                known, manifest = files_read(library.rows(FILES)), library.manifest
        except NoLibrary:
            known, manifest = {}, {}
        with self._lock:
            self._watch = self._watch or Watch()
        return self._watch.pending(self.config, known, manifest)

    def configure(self, config: Config) -> None:
        """Go by other settings from the next question or build on."""
        with self._lock:
            if config.embedding != self.config.embedding:
                self.model = Loading(config.embedding)
            self.config = config

    def article(self, article_id: str) -> Article | None:
        """An article of the library as last published."""
        with self.library() as library:
            return library.article(article_id)

    def holdings(self) -> Holdings:
        """Who speaks in the library as last published, in what outlets and articles, by name."""
        with self.library() as library:
            dates = library.dates() or (None, None)
            named = set(library.outlets())
            return Holdings(
                tuple((name, statements) for name, statements, _ in library.speakers()),
                tuple((name, articles) for name, articles in library.sources() if name in named),
                tuple(library.titles()),
                library.article_count(),
                *dates,
            )

    def suggestions(self) -> Iterator[str | None]:
        """Questions that the library answers, each tried, and None for steps between; see `suggesting`."""
        from assistant.suggestions.starters import suggested

        with self.library() as library:
            yield from suggested(library, lambda question: final_answer(self.ask(question)))

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Questions to go on with after a conversation, each tried, and None for steps between; see `going_on`."""
        from assistant.suggestions.follow_ups import going_on

        with self.library() as library:
            yield from going_on(
                history, library, lambda question: final_answer(self.ask(question, history=history, scope=scope))
            )

    def catalogue(self) -> Catalogue:
        """The library as last published, to browse."""
        return self._catalogue

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Which article a quotation is from and whether it stands there as quoted; see `quoting`."""
        from assistant.quotes.checker import check_quote  # brings rapidfuzz: not on the way to the first answer

        with self.library() as library:
            return check_quote(text, speaker, library)

    def stats(self) -> dict[str, Any]:
        """Figures of the library for people: what it holds, how it was built, bytes on disk."""
        with self.library() as library:
            dates = library.dates()
            return {
                **library.counts(),
                "first_article": dates[0] if dates else None,
                "last_article": dates[1] if dates else None,
                "model": library.manifest["model"],
                "precision": library.manifest.get("precision", FLOAT),
                **({"runs_on": self.model.runs_on} if self.model.runs_on else {}),
                "built_at": library.manifest["built_at"],
                "index": str(library.folder),
                "bytes": sum(path.stat().st_size for path in library.folder.iterdir() if path.is_file()),
                "outlets": dict(library.sources()),
            }

    def _search(self, query: Query, library: Library, scope: Collection[str] | None, as_of: date | None) -> _Search:
        check_manifest(library, self.config, self.model.files())
        embedder = self.model.embedder()
        vector: Vectors = _embedded([query.text], embedder)[0]
        among = None if scope is None else library.passage_numbers(scope)
        if as_of is not None:
            until = library.passages_between(None, as_of.isoformat())
            among = until if among is None else sorted(set(until or ()) & set(among))
        index = self._index_of(library)
        passages = retrieve(query, vector, library, index, self.config.retrieval, among, favoured(query, library))
        return _Search(passages, vector, embedder)

    def _index_of(self, library: Library) -> VectorIndex:
        with self._lock:
            if self._vectors is None or self._vectors[0] != library.generation:
                self._vectors = (library.generation, library.vector_index())
            return self._vectors[1]


@dataclass(frozen=True, slots=True)
class _Search:
    passages: list[RetrievedPassage]
    vector: Vectors  # of the question, shape (dimension,)
    embedder: Embedder


def _standalone(question: str, history: Sequence[Turn], library: Library) -> str | None:
    if not history:
        return None
    known = [name for name, _, _ in library.speakers(MOST_SPEAKERS)]
    return standalone(question, history, speakers=known)


def _embedded(texts: Sequence[str], embedder: Embedder) -> Vectors:
    """Vectors of questions and single sentences; of a text that is too long for the model, its beginning's."""
    room = embedder.max_tokens - embedder.special_tokens
    fitting = []
    for text, tokens in zip(texts, embedder.count_tokens(texts), strict=True):
        while tokens > room:
            text = text[: max(1, len(text) * room // (tokens + 1))]
            (tokens,) = embedder.count_tokens([text])
        fitting.append(text)
    return embedder.embed(fitting)


def final_answer(events: Iterator[AskEvent]) -> Answer:
    """The Answer that ends what `Assistant.ask` yields."""
    for event in events:
        if isinstance(event, Answer):
            return event
    raise RuntimeError("the question was cancelled before there was an answer")


def final_turn(events: Iterator[AskEvent]) -> Turn:
    """The question as it was understood, and the Answer that ends what `Assistant.ask` yields."""
    query = None
    for event in events:
        if isinstance(event, Searching):
            query = event.query
        elif isinstance(event, Answer) and query is not None:
            return Turn(event.standalone_question or event.question, query, event)
    raise RuntimeError("the question was cancelled before there was an answer")
