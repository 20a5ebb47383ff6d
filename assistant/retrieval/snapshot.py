"""What a question retrieved, and what later stages read about its articles: one query for each kind of data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from assistant.records.answer import Duplicate
from assistant.records.article import Article, RetrievedPassage, Span
from assistant.records.statement import Statement
from assistant.retrieval.speakers import SpeakerNameReader, SpeakerNames, find_unlikely_speakers, link_speakers
from assistant.speech.utterances import Utterance, group_statements
from assistant.text.names import find_similar_names

Value = TypeVar("Value")


class SnapshotSource(SpeakerNameReader, Protocol):
    """The part of a library that a snapshot reads."""

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        """Speakers by name with their statements and articles, most quoted first."""

    def load_articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Those of these articles that exist, by id."""

    def load_sentence_spans(self, article_ids: Iterable[str]) -> dict[str, list[Span]]:
        """The sentences of each of these articles that exists."""

    def load_statements(self, article_ids: Iterable[str]) -> dict[str, list[Statement]]:
        """The statements of each of these articles; articles without statements are left out."""

    def load_duplicates(self, article_ids: Iterable[str]) -> dict[str, list[Duplicate]]:
        """The near-duplicates of each of these articles; articles without any are left out."""

    def load_story_numbers(self, article_ids: Iterable[str]) -> dict[str, int]:
        """For each of these articles, a number that it shares with its near-duplicates only."""

    def corrections(self) -> list[Article]:
        """The articles whose title says that they correct another article."""

    def source_names(self) -> list[str]:
        """The sources that the articles name."""

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of all dated articles; None if no article has a date."""

    def article_count(self) -> int:
        """How many articles there are."""

    def passage_count(self) -> int:
        """How many passages there are."""

    def count_passages_with_word(self, word: str) -> int:
        """How many passages contain a word, in any inflection."""


class Snapshot:
    """The passages that a question retrieved, best first, and the data of their articles.

    Each kind of data is read when it is first needed, for all retrieved articles at once. An article that was not
    retrieved, such as a correction, is read when it is asked for. Valid while the library is open.
    """

    def __init__(self, passages: Sequence[RetrievedPassage], library: SnapshotSource) -> None:
        self.passages = tuple(passages)
        self._library = library
        retrieved = tuple(dict.fromkeys(hit.passage.article_id for hit in passages))
        self._articles = _BulkData(library.load_articles, retrieved)
        self._sentence_spans = _BulkData(library.load_sentence_spans, retrieved)
        self._statements = _BulkData(library.load_statements, retrieved)
        self._story_numbers = _BulkData(library.load_story_numbers, retrieved)
        self._duplicates = _BulkData(library.load_duplicates, retrieved)
        self._utterances: dict[str, list[Utterance]] = {}
        self._speaker_names: dict[str, SpeakerNames] = {}

    def article(self, article_id: str) -> Article | None:
        """One article."""
        return self._articles.get(article_id)

    def articles_of(self, passages: Iterable[RetrievedPassage]) -> dict[str, Article]:
        """The articles of some passages by id, in the order of the passages."""
        articles = {hit.passage.article_id: self.article(hit.passage.article_id) for hit in passages}
        return {article_id: article for article_id, article in articles.items() if article is not None}

    def sentence_spans(self, article_id: str) -> list[Span]:
        """The sentences of one article, in order."""
        return self._sentence_spans.get(article_id) or []

    def utterances(self, article: Article) -> list[Utterance]:
        """The statements of one article, grouped by sentence and speaker, in order."""
        if article.id not in self._utterances:
            self._utterances[article.id] = list(group_statements(article, self._statements.get(article.id) or ()))
        return self._utterances[article.id]

    def story_number(self, article_id: str) -> int | None:
        """A number that an article shares with its near-duplicates only."""
        return self._story_numbers.get(article_id)

    def duplicates(self, article_id: str) -> tuple[Duplicate, ...]:
        """The other articles that print the same story, oldest first."""
        return tuple(self._duplicates.get(article_id) or ())

    def speaker_names(self, speaker: str) -> SpeakerNames:
        """The speakers of the library whom a name or description in the question can mean."""
        if speaker not in self._speaker_names:
            self._speaker_names[speaker] = link_speakers(speaker, self._library)
        return self._speaker_names[speaker]

    def similar_speakers(self, speaker: str) -> list[str]:
        """The speakers of the library whose name is spelled much like this one."""
        return find_similar_names(speaker, (name for name, _, _ in self._library.speakers()))

    def unlikely_speakers(self, speaker: str) -> frozenset[str]:
        """Those of `speaker_names` who are hardly ever quoted compared with another."""
        return find_unlikely_speakers(speaker, self.speaker_names(speaker), self._library)

    @cached_property
    def corrections(self) -> tuple[Article, ...]:
        """The articles of the library that correct another article."""
        return tuple(self._library.corrections())

    def source_names(self) -> list[str]:
        """The sources that the articles of the library name."""
        return self._library.source_names()

    @cached_property
    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of the library, as ISO 8601 dates."""
        return self._library.date_range()

    @cached_property
    def article_count(self) -> int:
        """How many articles the library has."""
        return self._library.article_count()

    def passage_count(self) -> int:
        """How many passages the library has."""
        return self._library.passage_count()

    def count_passages_with_word(self, word: str) -> int:
        """How many passages of the library contain a word, in any inflection."""
        return self._library.count_passages_with_word(word)


class _BulkData(Generic[Value]):
    """One kind of data by article id. The first use reads it for all of `article_ids` together."""

    def __init__(self, load: Callable[[Iterable[str]], dict[str, Value]], article_ids: Sequence[str]) -> None:
        self._load = load
        self._pending = article_ids
        self._values: dict[str, Value | None] = {}

    def get(self, article_id: str) -> Value | None:
        if article_id not in self._values:
            wanted = tuple(dict.fromkeys((*self._pending, article_id)))
            self._pending = ()
            loaded = self._load(wanted)
            self._values.update((each, loaded.get(each)) for each in wanted)
        return self._values[article_id]
