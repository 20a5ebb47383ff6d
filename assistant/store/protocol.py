"""What the rest of the program may ask of a library, and what a build may change in it.

Every stage is typed against these protocols; how a library is stored is known to its implementation only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, Self

from assistant.records.answer import Duplicate
from assistant.records.article import Article, ArticleVersion, Passage, Span
from assistant.records.collection.search import SearchExpression, Words
from assistant.records.library import ArticleHit, ArticleRow, SpeakerStatement
from assistant.records.statement import Statement, StatementStatus

if TYPE_CHECKING:
    from assistant.articles.chunking import ChunkedArticle
    from assistant.embedding.model_files import Vectors

NameKind = Literal["name", "role", "holder"]
"""Where a word of a speaker comes from: their name, the role of a speaker without a name, the role of a named one."""

SpeakerName = tuple[str, bool]
"""A speaker as the library knows them, and whether that is a name; if not, it is a role, such as "the police"."""

DayRange = tuple[str | None, str | None]
"""First and last day, ISO 8601 dates, both included; None leaves that end open."""

FileRow = tuple[str, int, int, int, str, str, str]
"""A file that was read: path, size in bytes, time of change and time of reading in ns, SHA-256, notices as JSON, and a
hash of what was told of its articles from outside of it."""


@dataclass(frozen=True, slots=True)
class WordQuery:
    """Words and phrases to search for. A passage matches if it contains at least one phrase of each group.

    With `is_prefix`, the last phrase of the last group is the beginning of a word. With `title_only`, only titles are
    searched.
    """

    groups: tuple[tuple[str, ...], ...]
    is_prefix: bool = False
    title_only: bool = False

    @classmethod
    def any_of(cls, phrases: Iterable[str]) -> Self:
        """Passages that contain any of these phrases. Empty and repeated ones are left out."""
        distinct = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
        return cls((distinct,) if distinct else ())

    @classmethod
    def all_of(cls, phrases: Iterable[str]) -> Self:
        """Passages that contain all of these phrases. Empty and repeated ones are left out."""
        return cls(tuple((phrase,) for phrase in dict.fromkeys(phrases) if phrase))

    def __and__(self, other: WordQuery) -> WordQuery:
        """Passages that match both queries, of which only the second may end in a prefix."""
        return replace(self, groups=(*self.groups, *other.groups), is_prefix=other.is_prefix)

    def __bool__(self) -> bool:
        return any(self.groups)


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Conditions on passages, all of which must be met. `days` also lets undated articles through."""

    article_ids: frozenset[str] | None = None
    days: DayRange | None = None
    source: str | None = None
    speakers: tuple[SpeakerName, ...] | None = None
    within: PassageFilter | None = None


class StoredVersion(NamedTuple):
    """The version of an article that a library contains. `origin` is the file that it came from, `path` its own."""

    number: int
    record_sha256: str
    origin: str
    path: str | None


class StatementPlace(NamedTuple):
    """Where a statement is: its words are `article.text[start:end]`, in the sentences from `sentence_start` on."""

    article_id: str
    published_at: str | None
    speaker: str
    role: str | None
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    status: StatementStatus
    via: str | None


class ArticleStore(Protocol):
    """Articles, their sentences, statements and near-duplicates."""

    def article(self, article_id: str) -> Article | None:
        """One article. Raises LibraryDamaged if its text is not the text that was read."""

    def load_articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """Those of these articles that exist, by id. Raises LibraryDamaged as `article` does."""

    def articles(self) -> Iterator[Article]:
        """All articles, newest first, undated ones last, then by title."""

    def article_count(self) -> int:
        """How many articles there are."""

    def newest_articles(self, limit: int) -> list[str]:
        """The ids of the newest articles, newest first, undated ones last."""

    def titles(self) -> list[tuple[str, str | None]]:
        """The title of each article with its day, newest first, undated ones last; each title once."""

    def sentence_spans(self, article_id: str) -> list[Span]:
        """The sentences of one article, in order."""

    def load_sentence_spans(self, article_ids: Iterable[str]) -> dict[str, list[Span]]:
        """The sentences of each of these articles that exists."""

    def statements(self, article_id: str) -> list[Statement]:
        """The statements of one article, in order."""

    def load_statements(self, article_ids: Iterable[str]) -> dict[str, list[Statement]]:
        """The statements of each of these articles; articles without statements are left out."""

    def duplicates(self, article_id: str) -> list[Duplicate]:
        """The other articles that are near-duplicates of this one, oldest first, undated ones last."""

    def load_duplicates(self, article_ids: Iterable[str]) -> dict[str, list[Duplicate]]:
        """The near-duplicates of each of these articles, as `duplicates`; articles without any are left out."""

    def story_number(self, article_id: str) -> int | None:
        """A number that an article shares with its near-duplicates only; None if there is no such article."""

    def load_story_numbers(self, article_ids: Iterable[str]) -> dict[str, int]:
        """The `story_number` of each of these articles that exists."""

    def corrections(self) -> list[Article]:
        """The articles whose title says that they correct another article."""

    def find_articles_containing(self, pieces: Sequence[str], limit: int) -> list[str]:
        """The ids of the articles that contain most of these exact strings, best first. Reads every article."""

    def sources(self) -> list[tuple[str, int]]:
        """Sources with their number of articles, largest first."""

    def source_names(self) -> list[str]:
        """The sources that the articles name."""

    def date_range(self) -> tuple[str, str] | None:
        """The first and the last day of all dated articles; None if no article has a date."""

    def file_rows(self) -> Iterator[FileRow]:
        """The files that the library was made from."""


class PassageStore(Protocol):
    """Passages by number, and search for words and for vectors. Numbers are valid for one generation."""

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by number."""

    def passage_count(self) -> int:
        """How many passages there are."""

    def has_more_passages(self, where: PassageFilter, limit: int) -> bool:
        """Whether more than `limit` passages match."""

    def filter_passages(self, numbers: Sequence[int], where: PassageFilter) -> set[int]:
        """Those of some passages that match."""

    def count_passages_with_word(self, word: str) -> int:
        """How many passages contain a word or phrase, in any inflection."""

    def list_stems(self, beginning: str) -> Mapping[str, int]:
        """The stems of words with this beginning, in lower case, each with the number of passages that contain it."""

    def find_passages_with_stem(self, stem: str, limit: int) -> list[int]:
        """The numbers of some passages that contain a word with a stem of `list_stems`."""

    def search_words(
        self, words: WordQuery, limit: int, title_weight: float, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their BM25 score (higher is better), best first.

        `title_weight` is the weight of a word in the title, relative to one in the text.
        """

    def search_vectors(
        self, vector: Vectors, limit: int, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their cosine to `vector`, shape (dimension,), nearest first."""

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        """The cosine of each passage's vector with `vector`, shape (dimension,); None if there is no such passage.

        Raises LibraryDamaged if a stored vector is missing or damaged.
        """

    def warm_up(self) -> None:
        """Load what vector search needs, so that the first search does not wait for it."""


class SpeakerStore(Protocol):
    """Who speaks in the articles."""

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        """Speakers by name with their statements and articles, most quoted first."""

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        """Speakers whose name or role has a word in common with this name or description."""

    def count_statements(self, speaker: str) -> int:
        """How many statements a named speaker has."""

    def roles_of(self, speaker: str) -> list[str]:
        """What the articles call a speaker, each role once."""

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        """Who is called what, with this word in it: name, role and in how many articles; the most first."""

    def articles_of_speaker(self, speaker: str, limit: int) -> list[str]:
        """The ids of the newest articles in which a speaker is quoted, newest first, undated ones last."""

    def first_text_of_speaker(self, speaker: str) -> str:
        """The text of the first article that quotes a speaker; empty if there is none."""


class LibraryBrowser(Protocol):
    """Rows for lists and pages."""

    def article_rows(self) -> dict[str, ArticleRow]:
        """All articles by id, newest first, undated ones last."""

    def given_tags(self) -> list[str]:
        """The tags that the files give their articles, each in one spelling, in alphabetical order."""

    def find_articles_with_tag(self, tag: str) -> frozenset[str]:
        """The ids of the articles whose file gives them this tag, in any case."""

    def duplicate_ids(self, article_id: str) -> list[str]:
        """The ids of the near-duplicates of an article, oldest first, undated ones last."""

    def event_groups(self) -> list[list[str]]:
        """The ids of two or more articles about one event, oldest first; the event with the latest article first."""

    def count_articles_of(self, speakers: Sequence[str]) -> int:
        """How many articles quote any of these speakers."""

    def statements_by(self, speakers: Sequence[str]) -> list[SpeakerStatement]:
        """What these speakers said, newest article first, undated ones last."""

    def articles_by_day(self) -> list[tuple[str, int]]:
        """Each day on which articles were published, with their number, in order."""

    def rank_articles(self, words: WordQuery, title_weight: float) -> list[tuple[int, int]]:
        """For each article with matching passages, best first: its best passage, and how many match."""

    def load_hits(self, ranked: Sequence[tuple[int, int]], marked: WordQuery) -> list[ArticleHit]:
        """What `rank_articles` found, with the places of the words of `marked`."""

    def find_word_spans(self, words: WordQuery, article_id: str) -> list[Span]:
        """The places of matching words in the text of an article, in order."""

    def gaps(self) -> dict[str, int]:
        """How many articles have no date, how many no outlet, and of how many only a part is there."""

    def partial_articles(self) -> frozenset[str]:
        """The ids of the articles of which only a part is there."""

    def counts(self) -> dict[str, int]:
        """Numbers of articles, sources, passages, sentences, characters, statements and near-duplicates."""


class VersionStore(Protocol):
    """What articles said before they changed."""

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """The earlier texts of an article, oldest first. Raises LibraryDamaged if one is not what was read."""

    def version_with_text(self, article_id: str, sha256: str) -> ArticleVersion | None:
        """The latest of the earlier texts of an article that has this hash."""

    def changed_articles(self) -> list[tuple[str, int, str]]:
        """The articles with earlier texts: id, how many, when the last was replaced; the latest change first."""


class CollectionStore(Protocol):
    """Exact searches and counts over all articles."""

    def find_articles(self, expression: SearchExpression) -> list[str]:
        """The ids of all articles that match, newest first, undated ones last. Fields must be resolved to choices."""

    def first_passages(self, article_ids: Collection[str]) -> dict[str, int]:
        """The number of the first passage of each of these articles; an article without text has none."""

    def count_mentions(self, words: Words, article_ids: Collection[str]) -> dict[str, int]:
        """How often a word or phrase occurs in each of these articles, its title included; others are left out."""

    def find_mentions(self, words: Words, article_ids: Collection[str]) -> dict[str, list[Span]]:
        """The places of a word or phrase in the texts of these articles, in order, in any form; others are left out."""

    def find_passages(self, expression: SearchExpression) -> frozenset[int] | None:
        """The passages on a topic: those with all words of a search, in the text or the title of their article.

        An article whose first passage has them is on the topic with all its passages. None if the search has no words.
        """

    def count_quoted(
        self,
        article_ids: Collection[str] | None,
        passages: Collection[int] | None = None,
        key: Callable[[str], Hashable] = str,
    ) -> list[tuple[str, int, int]]:
        """The named speakers in these articles and passages (None: all) with their statements and articles.

        Names with the same key are one speaker.
        """

    def place_statements(
        self,
        speakers: Sequence[str],
        article_ids: Collection[str] | None = None,
        passages: Collection[int] | None = None,
    ) -> Iterator[StatementPlace]:
        """The statements of these speakers in these articles and passages (None: all), newest article first."""


class Library(ArticleStore, PassageStore, SpeakerStore, LibraryBrowser, CollectionStore, VersionStore, Protocol):
    """One consistent snapshot of a library: all that is read through it belongs to one published build."""

    @property
    def manifest(self) -> Mapping[str, str]:
        """How the library was built: format, model, passage settings, time."""

    @property
    def generation(self) -> str:
        """The name of this published state. Every build that publishes changes it."""

    @property
    def location(self) -> str:
        """Where the library is, for messages."""

    def size_in_bytes(self) -> int:
        """How much room the library takes on disk."""

    def close(self) -> None:
        """Release the snapshot."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class LibraryWriter(Protocol):
    """Changes a library. Readers see nothing of it until `publish`; `close` without it drops the changes."""

    def read_manifest(self) -> dict[str, str]:
        """The manifest, with the changes of this writer."""

    def update_manifest(self, values: Mapping[str, str]) -> None:
        """Add values to the manifest, or replace them."""

    def file_rows(self) -> Iterator[FileRow]:
        """The files that were read."""

    def save_file(self, row: FileRow) -> None:
        """Record a file that was read."""

    def delete_file(self, uri: str) -> None:
        """Remove the record of a file."""

    def find_version(self, article_id: str) -> StoredVersion | None:
        """The stored version of an article."""

    def move_article(self, number: int, article: Article, origin: str) -> None:
        """Record that an article is now found in another file, `origin`; only its path may differ."""

    def insert_article(self, article: Article, origin: str, chunked: ChunkedArticle, model_sha256: str) -> int | None:
        """Insert an article from the file `origin`. Return the number of its last passage, None if it has none."""

    def delete_articles(self, numbers: Sequence[int]) -> None:
        """Delete articles, by number, with all that was made from them."""

    def publish(self, manifest: Mapping[str, str]) -> None:
        """Make all changes visible to readers in one step. Raises OSError; nothing is changed then."""

    def close(self) -> None:
        """Release the library. Changes that were not published are dropped."""
