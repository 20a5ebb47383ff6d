"""Records from retrieved passages to a complete answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.records.article import Article, Passage, Span
from assistant.records.query import Query


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, how it was understood, and its answer."""

    question: str  # standalone
    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage with its rank-fusion score. Higher is better; scores of different questions are not comparable.

    `meaning` is the cosine similarity of its embedding and the question's.
    """

    passage: Passage
    score: float
    meaning: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer the question: its span, its score in 0..1, and its speaker if known.

    `marks` are the spans of the words that answer, if they could be found. All spans are into the article.
    """

    article: Article
    start: int
    end: int
    score: float
    speaker: str | None = None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another article with the same story."""

    article_id: str
    title: str
    source: str | None
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of an article that an answer cites. `quote == article.text[start:end]`.

    `article_sha256` identifies the text of the article. `marks` are the spans of the words that answer, as offsets into
    the article. `copies` are other articles with the same story.
    """

    n: int
    article_id: str
    title: str
    source: str | None
    author: str | None
    published_at: str | None
    url: str | None
    start: int
    end: int
    quote: str
    speaker: str | None
    article_sha256: str
    marks: tuple[Span, ...] = ()
    copies: tuple[Duplicate, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    support: Literal["verbatim", "supported", "unsupported"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One side of a conflict: the words in which it differs, and the number of the citation that contains them."""

    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different claims of articles about the same event; at least two, none of which is marked as correct."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The number of a corrected citation, that of its correction, and the day of the correction if known."""

    corrected: int
    by: int
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, or a refusal (`abstained`) with its reason.

    `confidence` in 0..1 is how likely the best evidence answers the question; a refusal can have one too.
    `notes` tell the reader about the evidence as a whole: conflicts, corrections.
    """

    question: str
    answer: str
    abstained: bool
    reason: str | None
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[RetrievedPassage, ...]
    mode: Literal["extractive", "written"] = "extractive"
    standalone_question: str | None = None
    timings: dict[str, float] = field(default_factory=dict)  # milliseconds by stage, and total_ms
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()
    nearest: tuple[Citation, ...] = ()  # of a refusal: sentences that may contain the answer, best first


@dataclass(frozen=True, slots=True)
class QuestionUnderstood:
    """The question was understood, and retrieval starts. `standalone` is a follow-up question that was rewritten."""

    query: Query
    standalone: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One sentence of the answer is complete, with the citations that are new in it."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


AskEvent = QuestionUnderstood | AnswerPart | Answer
