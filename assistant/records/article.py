"""An article, its passages, also as found, its earlier texts, the days that its words name; notices on unread files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.text.months import format_days
from assistant.text.spans import Span as Span

READ_BY_OCR = ", read by OCR"
"""The end of the label of a place whose text was recognised in a picture: it may differ from what is printed."""

VOICES = "the voices that the file marks"
"""The origin of "speakers": each paragraph that begins with a name and a colon does so since a mark names the voice."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that people can find in the file of an article, from the character `start` of its text on.

    `label` names it: "p. 3" of a PDF, "00:04:12" of a recording, "slide 4"; of a scan "p. 3, read by OCR".
    """

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. All offsets are into `text`; `sha256` is the hash of its UTF-8 bytes, in hexadecimal.

    `places` are in the order of their offsets; empty if its format has no pages or times. `origins` says of each field
    that has a value where that came from, in words: ("published_at", "metadata.csv"). `partial` says why the text is
    only a part of the article, in words; None if it seems whole. `first_seen` is when a build first found the article
    (ISO 8601, UTC); None if that was before builds noted it.
    """

    id: str
    title: str
    text: str
    sha256: str
    source: str | None = None
    author: str | None = None
    published_at: str | None = None  # ISO 8601: a day, a day and time, a month, or a year
    url: str | None = None
    path: str | None = None
    language: str | None = None
    places: tuple[Place, ...] = ()
    updated_at: str | None = None  # ISO 8601, as `published_at`
    section: str | None = None
    tags: tuple[str, ...] = ()
    partial: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    first_seen: str | None = field(default=None, compare=False)

    def get_origin(self, name: str) -> str | None:
        """Where the value of a field came from; None if that is not known."""
        return dict(self.origins).get(name)

    def with_fields(self, values: Mapping[str, str | tuple[str, ...] | None], origin: str) -> Article:
        """The article with these fields replaced, and `origin` as where they came from."""
        origins = {**dict(self.origins), **dict.fromkeys(values, origin)}
        changes: dict[str, Any] = dict(values)
        return replace(self, **changes, origins=tuple(origins.items()))

    def is_recognized(self, start: int, end: int) -> bool:
        """Whether a span, or a part of it, was read in a picture (OCR), so that it may differ from what is printed."""
        if not self.places:
            return False
        first, last = (bisect_right(self.places, at, key=lambda place: place.start) - 1 for at in (start, end - 1))
        return any(place.label.endswith(READ_BY_OCR) for place in self.places[max(0, first) : last + 1])

    def name_place(self, start: int, end: int) -> str | None:
        """The place of a span: "p. 3", or "p. 3–4" if it goes on there; None if the article has no places."""
        first, last = (bisect_right(self.places, at, key=lambda place: place.start) - 1 for at in (start, end - 1))
        if first < 0:
            return None
        is_recognized = self.is_recognized(start, end)
        label, end_label = (self.places[at].label.removesuffix(READ_BY_OCR) for at in (first, last))
        kind, blank, _ = label.rpartition(" ")
        end_kind, _, end_number = end_label.rpartition(" ")
        goes_on = last > first and blank and kind == end_kind
        return (f"{label}–{end_number}" if goes_on else label) + READ_BY_OCR * is_recognized


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, `article.text[start:end]`. `ordinal` is its number in the article, from 0."""

    article_id: str
    ordinal: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """An id that changes only if the article's id or the span of the passage changes."""
        return f"{self.article_id}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage with its rank-fusion score. Higher is better; scores of different questions are not comparable.

    `meaning` is the cosine similarity of its embedding and the question's.
    """

    passage: Passage
    score: float
    meaning: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The place of the passage and its score, as JSON."""
        place = self.passage
        return {"article_id": place.article_id, "start": place.start, "end": place.end, "score": round(self.score, 6)}


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that a search returned, with its article. Scores are comparable within one search only."""

    article: Article
    passage: Passage
    score: float

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Words of a sentence for one or more days ("Wednesday", "last month"), and those days: ISO 8601, inclusive."""

    words: str
    first: str
    last: str

    @property
    def meaning(self) -> str:
        """The days in words: "7 August 2019", "October 2022", "2021", "24 to 30 October 2022"."""
        return format_days(self.first, self.last)


VersionCause = Literal["file", "reading"]
"""Why a text was replaced: its file has changed, or the same file is read in another way by a newer program."""


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A text that an article had until `replaced_at`, when a build found another one (ISO 8601, UTC).

    `sha256` is the hash of the text, as citations have it. The dates are those that the article gave then.
    """

    article_id: str
    sha256: str
    title: str
    published_at: str | None
    updated_at: str | None
    replaced_at: str
    cause: VersionCause
    text: str


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article as it was when it was cited. `change` says what became of the cited words since; None if nothing."""

    article: Article
    change: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A run of sentences that was replaced: the words before and after; one of them is empty if there were none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ArticleRevision:
    """One change of an article: when it was found, why, the hashes and titles before and after, and the sentences.

    `is_silent`: the file changed, but neither a date of the article nor a word in it says so.
    """

    found_at: str
    cause: VersionCause
    before_sha256: str
    after_sha256: str
    before_title: str
    after_title: str
    changes: tuple[SentenceChange, ...]
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the user about one file. `skipped` says whether an article was left out because of it.

    `missing_module` is the module for want of which it was; the file is read again when that is installed.
    """

    place: str
    reason: str
    skipped: bool = True
    missing_module: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


READER_FAILED = "its reader failed"  # so begins what is said of a file that each build tries again to read


@dataclass(frozen=True, slots=True)
class ReaderFault:
    """What failed in the reader of a file, in words, so that it is not known what else the file has.

    `place` is the file within it whose reader failed: the others are read.
    """

    error: str
    place: str | None = None

    def to_notice(self, file: str, *, is_earlier_kept: bool) -> Notice:
        """The Notice on the file."""
        kept = " and its articles of the last build are kept" if is_earlier_kept else ""
        reason = f"{READER_FAILED}{kept} ({self.error}); leave the file out, or save it anew"
        return Notice(self.place or file, reason)
