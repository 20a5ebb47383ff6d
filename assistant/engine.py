"""The public API: `Assistant` connects the stages and has no logic of its own.

Front ends consume the events of `Assistant.stream` and `Assistant.build_events`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from assistant.config.schema import Config
from assistant.embedding.loader import ModelLoader
from assistant.errors import NO_MODEL, ConfigError, LibraryMissing
from assistant.library_access import LibraryAccess
from assistant.ranking.loader import NONE, RankerLoader
from assistant.records.answer import Answer, AskEvent, Turn
from assistant.records.article import Article, Notice, PassageHit
from assistant.records.build import PLAIN_BUILD, BuildEvent, BuildOptions, BuildReport, PendingChanges, finish_build
from assistant.records.query import Query
from assistant.settings_lookup import resolve_settings
from assistant.standing.asking import KeepingAssistant
from assistant.store.catalog import collect_statistics
from assistant.store.manifest import check_manifest
from assistant.store.protocol import Library, PassageFilter
from assistant.system.stopwatch import Stopwatch

if TYPE_CHECKING:
    from assistant.answers.pipeline import Retrieval
    from assistant.evidence.selection import Reader
    from assistant.indexing.changes import ChangeWatcher
    from assistant.ranking.ranker import Reading, Window


class Assistant(KeepingAssistant, LibraryAccess):
    """Builds a library of articles and answers questions from it. `Assistant.open` is the usual way to get one.

    It can be used from several threads, also while a build is running: each call reads its own snapshot.
    """

    def __init__(self, config: Config, model: ModelLoader | None = None) -> None:
        """`model` is the loader of the model of the settings, if it is loading already."""
        super().__init__(config)
        self._lock = threading.Lock()
        self.model = model or ModelLoader(config.embedding)
        self.ranking = RankerLoader(config.ranking)
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
        writer: bool | None = None,
    ) -> Answer:
        """Answer a question. The arguments and errors are those of `stream`.

        `history` may be of answers too, and of earlier questions, which are then asked first.
        """
        from assistant.answers.events import final_answer, final_turn, make_turn

        turns: list[Turn] = []
        for earlier in history:
            if isinstance(earlier, str):
                events = self.stream(earlier, history=turns, scope=scope, as_of=as_of, asked_at=asked_at, writer=False)
                turns.append(final_turn(events))
            else:
                turns.append(make_turn(earlier) if isinstance(earlier, Answer) else earlier)
        events = self.stream(question, history=turns, scope=scope, as_of=as_of, asked_at=asked_at, writer=writer)
        return final_answer(events)

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Collection[str] | None = None,
        as_of: date | None = None,
        asked_at: date | None = None,
        writer: bool | None = None,
    ) -> Iterator[AskEvent]:
        """Answer a question: QuestionUnderstood, an AnswerPart for each sentence, and the whole Answer last.

        `writer` says whether the language model of the settings is asked (None: as they say). Then AnswerReady, with
        the answer without it, and a WritingStep for each step of its output come before the Answer.

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
            understood = understand_follow_up(text, library, history, today) or understand(
                text, library, history=history, today=today
            )
            counted = answer_about_collection(
                understood, library, scope, as_of, self.config.answers.max_sentences, self.find_marked
            )
            if counted is not None:
                for event in counted:
                    if isinstance(event, Answer) and self._uses_writer(writer):
                        from assistant.writing.writing import write_form

                        yield from write_form(event, library, self.config.writer)
                        return
                    yield event
                return
            yield understood
            if understood.query.traits.asks_for_fact and not self.ranking.runs_on:
                self.ranking.start()  # while the passages are retrieved
            retrieval = self._retrieve(understood.query, library, _restrict_passages(scope, as_of))
            watch.lap("retrieve")
            selection = select(understood.query, retrieval, asked_at, self._reader_for(understood.query))
            material = AnswerMaterial(understood.query, selection, retrieval.snapshot)
            searched = None if scope is None else library.first_passages(scope)  # ids that do not exist are not counted
            for event in compose(material, ExtractiveComposer(self.config.answers), searched):
                if isinstance(event, Answer):
                    watch.lap("answer")
                    event = replace(
                        event,
                        question=text,
                        standalone_question=understood.standalone,
                        timings=watch.milliseconds(),
                    )
                    if self._uses_writer(writer):
                        from assistant.writing.writing import write_answer  # only where a model is asked

                        yield from write_answer(material, event, self.config.writer)
                        return
                yield event

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
        prune: bool = False,
        articles: Iterable[Article | Notice] = (),
    ) -> BuildReport:
        """Bring the library up to date with the articles and report what changed.

        `on_event` is called with each ProgressUpdate and Notice. `rebuild` starts from nothing. `check` compares the
        content of every file, also where its size and time are as before. `articles` are added to those of the files.
        `prune` drops articles that came from elsewhere: from folders that the settings name no longer, or from an
        earlier call without a file; in a rebuild also those that a fault of the program keeps from being read.
        Raises BuildError if no article can be read, LibraryLocked if another build is running.
        """
        return finish_build(
            self.build_events(rebuild=rebuild, options=BuildOptions(check, prune), articles=articles), on_event
        )

    def build_events(
        self,
        *,
        rebuild: bool = False,
        options: BuildOptions = PLAIN_BUILD,
        articles: Iterable[Article | Notice] = (),
    ) -> Iterator[BuildEvent]:
        """`build` step by step, for front ends: nothing happens unless the events are consumed."""
        from assistant.indexing.build import build_library  # imports the readers, which an answer does not need

        files, said = self.model.files(), self.model.explain_backend()
        if said is not None:
            yield Notice(files.name, said, skipped=False)
        load = self.model.embedder
        for event in build_library(self.config, files, load, rebuild=rebuild, options=options, extra=articles):
            if isinstance(event, BuildReport):
                yield from self._follow_build(event)
            else:
                yield event

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

    def suggestions(self) -> Iterator[str | None]:
        """Questions that the library answers, each of them tried; None after each step without a question."""
        from assistant.suggestions.starters import suggest_starters

        with self.open_library() as library:
            yield from suggest_starters(library, lambda question: self.ask(question, writer=False))

    def follow_ups(self, history: Sequence[Turn], *, scope: Collection[str] | None = None) -> Iterator[str | None]:
        """Follow-up questions that the library answers, each of them tried; None after each step without a question."""
        from assistant.suggestions.follow_ups import suggest_follow_ups

        with self.open_library() as library:
            yield from suggest_follow_ups(
                history, library, lambda question: self.ask(question, history=history, scope=scope, writer=False)
            )

    def export(self, answer: Answer, format: str = "markdown") -> str:
        """An answer as a text in one of `exports.FORMATS`: markdown, html, json, bibtex, csl-json or ris.

        Raises AssistantError for any other format.
        """
        from assistant.exports import export_answer  # not needed for an answer

        return export_answer(answer, format)

    def stats(self) -> dict[str, Any]:
        """Counts, dates, model and size of the library."""
        with self.open_library() as library:
            return collect_statistics(library, self.model.runs_on)

    def _uses_writer(self, wanted: bool | None) -> bool:
        """Whether the language model is asked. Raises ConfigError if it is wanted and none is set."""
        settings = self.config.writer
        if wanted and not settings.model:
            raise ConfigError(NO_MODEL)
        return bool(settings.model) and (settings.use == "always" if wanted is None else wanted)

    def _reader_for(self, query: Query) -> Reader | None:
        """What reads sentences together with a question; the ranker is loaded when it first reads."""
        if self.ranking.settings.model == NONE:
            return None

        from assistant.evidence.selection import Reader
        from assistant.questions.outlets import OutletMatcher
        from assistant.ranking.ranker import WindowRanker, leave_out_titles

        # Only their articles are searched, and a sentence does not name its outlet.
        question = OutletMatcher(query.outlets).extract_outlets(query.text)[0]

        def read(texts: Sequence[tuple[str, str]]) -> Sequence[Reading]:
            ranker = self.ranking.ranker()
            asked = leave_out_titles(question, (title for title, _ in texts))
            return ranker.read(asked, texts) if ranker else []

        def score_windows(windows: Sequence[Window]) -> Sequence[Sequence[float]]:
            ranker = self.ranking.ranker()
            asked = leave_out_titles(question, (window.title for window in windows))
            return ranker.score_windows(asked, windows) if isinstance(ranker, WindowRanker) else []

        return Reader(read, score_windows if self.ranking.reads_windows else None)

    def _retrieve(self, query: Query, library: Library, where: PassageFilter | None = None) -> Retrieval:
        from assistant.answers.pipeline import retrieve_passages

        check_manifest(library, self.config, self.model.files())
        return retrieve_passages(query, library, self.model.vectors(), self.config.retrieval, where)


def _restrict_passages(scope: Collection[str] | None, as_of: date | None) -> PassageFilter | None:
    """The passages of these articles, of those published until that day; None for all passages."""
    if scope is None and as_of is None:
        return None
    return PassageFilter(
        article_ids=None if scope is None else frozenset(scope),
        days=None if as_of is None else (None, as_of.isoformat()),
    )
