"""From retrieved passages to a complete answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.records.article import Article, Passage, Span
from assistant.records.query import Query


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation as it was understood, and the answer's speakers and dates."""

    question: str  # standalone
    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage with its rank-fusion score; higher is better, comparable within one question only.

    `meaning` is the cosine of its embedding and the question's.
    """

    passage: Passage
    score: float
    meaning: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that answers: its span, its score in 0..1, and who speaks in it where that is known.

    `marks` are the words in it that answer, as far as they can be told.
    """

    article: Article
    start: int
    end: int
    score: float
    speaker: str | None = None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another article that prints the same story."""

    article_id: str
    title: str
    source: str | None
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an article; `quote == article.text[start:end]`, and `article_sha256` proves which text.

    `marks` are the words in it that answer, as offsets into the article; `copies` print the same story.
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
    """One sentence of an answer and the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]
    support: Literal["verbatim", "supported", "unsupported"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one side says where articles differ: the words that tell it apart, and the citation that holds them."""

    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Articles that tell the same event differently; at least two claims, none of which is taken for the right one."""

    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The citation that was corrected later, and the one that holds the correction, with its day where known."""

    corrected: int
    by: int
    published_at: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer; `to_json` in `answering` gives the published schema.

    `confidence`, in 0..1, is how sure it is that the best evidence answers, also where that was too little.
    `notes` say what a reader must know about the evidence as a whole: who differs, what was corrected.
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
    nearest: tuple[Citation, ...] = ()  # of a refusal: the passages nearest to the question, which do not answer it


@dataclass(frozen=True, slots=True)
class QuestionUnderstood:
    """The question was understood, as `standalone` where it leant on the conversation; retrieval is under way."""

    query: Query
    standalone: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One sentence of the answer is certain, with the citations that it brings."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


AskEvent = QuestionUnderstood | AnswerPart | Answer
