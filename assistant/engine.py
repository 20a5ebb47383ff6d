"""The public API: `Assistant` connects the stages and has no logic of its own.

Front ends consume the events of `Assistant.stream` and `Assistant.build_events`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.config.schema import Config
from assistant.embedding.loader import ModelLoader
from assistant.errors import LibraryMissing
from assistant.ranking.loader import NONE, RankerLoader
from assistant.records.answer import (
    Answer,
    AskEvent,
    CitationCheck,
    PassageHit,
    Turn,
)
from assistant.records.article import Article, Notice
from assistant.records.build import BuildEvent, BuildReport, PendingChanges, finish_build
from assistant.records.collection.question import CollectionQuery
from assistant.records.library import LibrarySummary
from assistant.records.query import Query
from assistant.records.quote import QuoteCheck
from assistant.records.statement import QuotedStatement
from assistant.settings_lookup import resolve_settings
from assistant.store.catalog import Catalog, collect_statistics, summarize_library
from assistant.store.generation_cache import GenerationCache
from assistant.store.library import SqliteLibrary
from assistant.store.manifest import check_manifest
from assistant.store.protocol import Library, PassageFilter
from assistant.system.stopwatch import Stopwatch

if TYPE_CHECKING:
    from assistant.answers.pipeline import Retrieval
    from assistant.evidence.selection import ReadTexts
    from assistant.indexing.changes import ChangeWatcher
    from assistant.ranking.ranker import Reading


class Assistant:
    """Builds a library of articles and answers questions from it. `Assistant.open` is the usual way to get one.

    It can be used from several threads, also while a build is running: each call reads its own snapshot.
    """

    def __init__(self, config: Config, model: ModelLoader | None = None) -> None:
        """`model` is the loader of the model of the settings, if it is loading already."""
        self.config = config
        self._lock = threading.Lock()
        self.model = model or ModelLoader(config.embedding)
        self.ranking = RankerLoader(config.ranking)
        self._cache = GenerationCache()
        self._catalog = Catalog(self.open_library)
        self._watch: ChangeWatcher | None = None

    @classmethod
    def open(
        cls, source: Config | Path | str, *, index: Path | str | None = None, model: ModelLoader | None = None
    ) -> Self:
        """An assistant for a folder of articles, a config.yaml, a folder that contains one, or settings.

        Nothing is read or built: call `build` before the first question. `index` is the folder of the index, if not
        the one of the settings. Raises ConfigError if there is no such folder or file or its settings are not valid,
        LibraryMismatch if the index was built from other articles.
        """
        return cls(resolve_settings(source, index), model)

    def check_library(self) -> None:
        """Raise LibraryMissing if nothing was built yet, LibraryMismatch if it was built with other settings."""
        with self.open_library() as library:
            check_manifest(library, self.config, self.model.files())

    def open_library(self) -> Library:
        """A snapshot of the library as last published, for reading; close it after use."""
        return SqliteLibrary.open(self.config.index, self._cache)

    def warm_up(self) -> dict[str, Any]:
        """Load the models and the vectors now and not at the first question; returns `stats`.

        Raises as `check_library` does.
        """
        import assistant.answers.pipeline  # noqa: F401 - the first question then need not wait for it

        self.check_library()
        with self.open_library() as library:
            library.warm_up()
        self.model.embedder()
        self.ranking.ranker()
        return self.stats()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn | Answer | str] = (),
        scope: Collection[str] | None = None,
        as_of: date | None = None,
        asked_at: date | None = None,
    ) -> Answer:
        """Answer a question. The arguments and errors are those of `stream`.

        `history` may be of answers too, and of earlier questions, which are then asked first.
        """
        from assistant.answers.events import final_answer, final_turn, make_turn

        turns: list[Turn] = []
        for earlier in history:
            if isinstance(earlier, str):
                events = self.stream(earlier, history=turns, scope=scope, as_of=as_of, asked_at=asked_at)
                turns.append(final_turn(events))
            else:
                turns.append(make_turn(earlier) if isinstance(earlier, Answer) else earlier)
        return final_answer(self.stream(question, history=turns, scope=scope, as_of=as_of, asked_at=asked_at))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Collection[str] | None = None,
        as_of: date | None = None,
        asked_at: date | None = None,
    ) -> Iterator[AskEvent]:
        """Answer a question: QuestionUnderstood, an AnswerPart for each sentence, and the whole Answer last.

        `history` is the conversation so far; a question that refers to it is first rewritten to be complete.
        `scope` restricts the search to these article ids, `as_of` to articles published until that day. `asked_at`
        is the day of a question about the news of that day: "last week" is computed from it (else from `as_of`), and
        articles of about that day come first. Close the iterator to cancel.
        Raises QuestionError if the question is empty or too long, LibraryError if the index cannot be used.
        """
        # The stages of an answer are a hundred modules that a build does not need.
        from assistant.answers.composition import ExtractiveComposer
        from assistant.answers.material import AnswerMaterial
        from assistant.answers.pipeline import compose, select, understand
        from assistant.collection.answering import answer_about_collection, understand_follow_up
        from assistant.collection.program import answer_program_question
        from assistant.questions.parser import normalize_question

        watch = Stopwatch()
        text = normalize_question(question)  # an empty question is refused before the library is opened
        if (about_program := answer_program_question(text)) is not None:
            yield from about_program
            return
        with self.open_library() as library:
            today = asked_at or as_of
            understood = understand_follow_up(question, library, history, today) or understand(
                question, library, history=history, today=today
            )
            counted = answer_about_collection(understood, library, scope, as_of, self.config.answers.max_sentences)
            if counted is not None:
                yield from counted
                return
            yield understood
            if understood.query.traits.asks_for_fact and not self.ranking.runs_on:
                self.ranking.start()  # while the passages are retrieved
            retrieval = self._retrieve(understood.query, library, _restrict_passages(scope, as_of))
            watch.lap("retrieve")
            selection = select(understood.query, retrieval, asked_at, self._read_for(understood.query.text))
            material = AnswerMaterial(understood.query, selection, retrieval.snapshot)
            for event in compose(material, ExtractiveComposer(self.config.answers), scope):
                if isinstance(event, Answer):
                    watch.lap("answer")
                    event = replace(
                        event,
                        question=text,
                        standalone_question=understood.standalone,
                        timings=watch.milliseconds(),
                    )
                yield event

    def answer_collection(self, asked: CollectionQuery, question: str, *, shown: int | None = None) -> Answer:
        """Count, list, brief or timeline over the whole collection, for a question that is already read.

        `question` is how it was typed; `shown` limits the sentences. Raises LibraryError if the index cannot be used.
        """
        from assistant.collection.answering import answer_read_question

        with self.open_library() as library:
            return answer_read_question(asked, question, library, shown)

    def read_collection_question(self, question: str) -> CollectionQuery | None:
        """The question about the whole collection that this one is; None if it is another. Raises as `stream` does."""
        from assistant.answers.pipeline import understand
        from assistant.collection.answering import read_collection_question

        with self.open_library() as library:
            return read_collection_question(understand(question, library).query, library)

    def search(self, question: str) -> list[PassageHit]:
        """The passages that are retrieved for a question, best first; raises as `stream` does."""
        from assistant.questions.parser import parse_question

        with self.open_library() as library:
            snapshot = self._retrieve(parse_question(question), library).snapshot
            articles = snapshot.articles_of(snapshot.passages)
            return [PassageHit(articles[hit.passage.article_id], hit.passage, hit.score) for hit in snapshot.passages]

    def build(
        self,
        *,
        on_event: Callable[[BuildEvent], None] | None = None,
        rebuild: bool = False,
        check: bool = False,
        articles: Iterable[Article | Notice] = (),
    ) -> BuildReport:
        """Bring the library up to date with the articles and report what changed.

        `on_event` is called with each ProgressUpdate and Notice. `rebuild` starts from nothing. `check` compares the
        content of every file, also where its size and time are as before. `articles` are added to those of the files.
        Raises BuildError if no article can be read, LibraryLocked if another build is running.
        """
        return finish_build(self.build_events(rebuild=rebuild, check=check, articles=articles), on_event)

    def build_events(
        self, *, rebuild: bool = False, check: bool = False, articles: Iterable[Article | Notice] = ()
    ) -> Iterator[BuildEvent]:
        """`build` step by step, for front ends: nothing happens unless the events are consumed."""
        from assistant.indexing.build import build_library  # imports the readers, which an answer does not need

        files, said = self.model.files(), self.model.explain_backend()
        if said is not None:
            yield Notice(files.name, said, skipped=False)
        yield from build_library(self.config, files, self.model.embedder, rebuild=rebuild, check=check, extra=articles)

    def pending(self) -> PendingChanges:
        """The files that `build` would add, change or remove; all files are new if nothing is built yet.

        Raises LibraryError if the index cannot be read.
        """
        from assistant.indexing.changes import ChangeWatcher, load_file_records  # imports the readers

        try:
            with self.open_library() as library:
                known, manifest = load_file_records(library.file_rows()), library.manifest
        except LibraryMissing:
            known, manifest = {}, {}
        with self._lock:
            self._watch = self._watch or ChangeWatcher()
        return self._watch.find_changes(self.config, known, manifest)

    def configure(self, config: Config) -> None:
        """Use other settings from the next question or build on."""
        with self._lock:
            if config.embedding != self.config.embedding:
                self.model = ModelLoader(config.embedding)
            if config.ranking != self.config.ranking:
                self.ranking = RankerLoader(config.ranking)
            self.config = config

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        with self.open_library() as library:
            return library.article(article_id)

    def articles(self) -> Iterator[Article]:
        """All articles, newest first, those without a date last."""
        with self.open_library() as library:
            yield from library.articles()

    def statements(self, *, speaker: str | None = None, about: str | None = None) -> Iterator[QuotedStatement]:
        """Who said what, newest article first.

        `speaker` is a name or a part of one. All content words of `about` must occur in the sentence, in any
        inflection. Raises QuestionError if `speaker` is unknown or ambiguous.
        """
        from assistant.retrieval.statement_search import find_statements

        with self.open_library() as library:
            yield from find_statements(library, self._catalog, speaker, about)

    def holdings(self) -> LibrarySummary:
        """The speakers, outlets, titles and days of the library."""
        with self.open_library() as library:
            return summarize_library(library)

    def suggestions(self) -> Iterator[str | None]:
        """Questions that the library answers, each of them tried; None after each step without a question."""
        from assistant.suggestions.starters import suggest_starters

        with self.open_library() as library:
            yield from suggest_starters(library, self.ask)

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Follow-up questions that the library answers, each of them tried; None after each step without a question."""
        from assistant.suggestions.follow_ups import suggest_follow_ups

        with self.open_library() as library:
            yield from suggest_follow_ups(
                history, library, lambda question: self.ask(question, history=history, scope=scope)
            )

    def catalog(self) -> Catalog:
        """Lists and pages of the library, for browsing: articles, speakers, stories, full-text search."""
        return self._catalog

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Compare a quotation with the articles: verbatim, altered, stitched, misattributed, or not found.

        `text` is the quotation, or a sentence that quotes someone; `speaker` is who is said to have said it.
        Raises QuestionError if there is nothing to look for.
        """
        from assistant.quotes.checker import check_quote  # imports rapidfuzz, which an answer does not need

        with self.open_library() as library:
            return check_quote(text, speaker, library)

    def verify(self, answer: Answer | Mapping[str, Any]) -> list[CitationCheck]:
        """Compare each citation of an answer, or of a saved one (`to_dict`), with the article it names."""
        record = answer.to_dict() if isinstance(answer, Answer) else answer
        from assistant.answers.verification import verify_answer

        with self.open_library() as library:
            return list(verify_answer(record, library))

    def export(self, answer: Answer, format: str = "markdown") -> str:
        """An answer as a text in one of `exports.FORMATS`: markdown, html, json, bibtex or csl-json.

        Raises AssistantError for any other format.
        """
        from assistant.exports import export_answer  # not needed for an answer

        return export_answer(answer, format)

    def stats(self) -> dict[str, Any]:
        """Counts, dates, model and size of the library."""
        with self.open_library() as library:
            return collect_statistics(library, self.model.runs_on)

    def _read_for(self, question: str) -> ReadTexts | None:
        """What reads sentences together with a question; the ranker is loaded when it first reads."""
        if self.ranking.settings.model == NONE:
            return None

        def read(texts: Sequence[tuple[str, str]]) -> Sequence[Reading]:
            ranker = self.ranking.ranker()
            return ranker.read(question, texts) if ranker else []

        return read

    def _retrieve(self, query: Query, library: Library, where: PassageFilter | None = None) -> Retrieval:
        from assistant.answers.pipeline import retrieve_passages

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
