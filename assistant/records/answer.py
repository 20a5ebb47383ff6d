"""Records from retrieved passages to a complete answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from assistant.records.article import Article, NamedDay, RetrievedPassage, Span
from assistant.records.collection.question import CollectionResult
from assistant.records.proof import Support, WritingReport, WritingStep
from assistant.records.query import Query
from assistant.records.statement import StatementCorrection, StatementStatus, describe_standing
from assistant.text.formatting import join_names
from assistant.text.markdown import escape_inline, escape_markdown
from assistant.text.sanitize import sanitize_line, sanitize_text

Outcome = Literal["answer", "near", "nothing"]
"""What is shown: an answer; sentences that may contain it, and are not given as one; nothing."""

PARTIAL_MARK = "only a part of the article"  # beside what is cited of an article that was cut off
NOTHING_HEADING = "The articles do not answer this."
_NEAR_HEADING = "No clear answer. {} may contain it:"
_OTHERS_HEADING = "No clear answer. These are words of others:"

ANSWER_SCHEMA_VERSION = 1  # of `Answer.to_dict`; raise it when a field changes its meaning or goes


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, how it was understood, and its answer."""

    question: str  # standalone
    query: Query
    answer: Answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer the question: its span, its score in 0..1, and its speaker if known.

    `marks` are the spans of the words that answer, if they could be found. All spans are into the article. `status`,
    `via` and `correction` are those of the `Statement`. `short_answer` are the words that answer, if they are certain.
    """

    article: Article
    start: int
    end: int
    score: float
    speaker: str | None = None
    marks: tuple[Span, ...] = ()
    status: StatementStatus = "asserted"
    via: str | None = None
    correction: StatementCorrection | None = None
    short_answer: str | None = None


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
    the article. `copies` are other articles with the same story. `status` says whether the speaker said it according to
    the article, `via` according to whom; see `Statement`. `days` are those that words of the quote mean. `is_by_other`
    is true for a sentence near to a question about the words of one person that has the words of another. `place` is
    where people find it in the file: "p. 3". `partial` says why the library has only a part of the article, if so.
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
    status: StatementStatus = "asserted"
    via: str | None = None
    is_by_other: bool = False
    days: tuple[NamedDay, ...] = ()
    place: str | None = None
    partial: str | None = None

    @property
    def days_line(self) -> str:
        """What words of the quote for days mean, to be shown after it: "(Wednesday: 7 August 2019)"; or empty."""
        meanings = [f"{day.words}: {day.meaning}" for day in self.days]
        return f"({'; '.join(meanings)})" if meanings else ""

    @property
    def words_with_days(self) -> str:
        """The quote, its speaker before it and the meaning of its days after it, as a line of its own."""
        return f"{self.attribution}{self.quote} {self.days_line}".rstrip()

    @property
    def source_line(self) -> str:
        """Title, outlet and day of the article, as far as they are known, and the other outlets that print it."""
        line = " · ".join(part for part in (self.title, self.source, (self.published_at or "")[:10]) if part)
        others = [copy.source or copy.title for copy in self.copies if not copy.source or copy.source != self.source]
        return f"{line} · also in {join_names(list(dict.fromkeys(others)))}" if others else line

    @property
    def reference_line(self) -> str:
        """The source line with the place of the words: "Bridge shut · The Gazette · 2025-03-04 · p. 3".

        It also says that the library has only a part of the article.
        """
        line, mark, others = self.source_line.partition(" · also in ")
        return " · ".join(filter(None, (line, self.place, PARTIAL_MARK if self.partial else ""))) + mark + others

    @property
    def attribution(self) -> str:
        """The speaker before the words: "Jane Smith: "; empty if the words name them, or nobody is known.

        Words that are not simply the speaker's always have the reason: "Jane Smith (according to Ivo Tarn): ".
        """
        remarks = ["somebody else"] if self.is_by_other else []
        remarks += [standing] if (standing := describe_standing(self.status, self.via)) else []
        if not self.speaker:
            return ""
        if remarks:
            return f"{self.speaker} ({', '.join(remarks)}): "
        return "" if self.speaker.split()[-1] in self.quote else f"{self.speaker}: "


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, the numbers of its citations, and why it is unsupported if it is.

    `section` is its heading in a brief or timeline.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    reason: str = ""
    section: str | None = None


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
class Difference:
    """Words of a sentence near to a question, and those of the question that they are at odds with."""

    said: str
    asked: str

    @property
    def heading(self) -> str:
        """What stands above the sentence: "The articles say “2019”, not “2018”:"."""
        said, asked = (sanitize_line(" ".join(words.split())) for words in (self.said, self.asked))
        return f"The articles say “{said}”, not “{asked}”:"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, or a refusal (`abstained`) with its reason. `to_dict` gives the published JSON schema.

    `confidence` in 0..1 is how likely the best evidence answers the question; a refusal can have one too.
    `notes` tell the reader about the evidence as a whole: conflicts, corrections. `short_answer` are the words of the
    first citation that answer; None if they are not known. `as_of` is the day of the first article, in
    ISO 8601, if the reader must know at once how old the answer is. `missing` are the names, years and other words of
    the question that the `nearest` sentences of a refusal, and their articles, lack. `difference` is what the first of
    them says instead of what the question takes for granted. `summary` is a first line in the program's own words, and
    `collection` what was counted or listed.
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
    missing: tuple[str, ...] = ()
    difference: Difference | None = None
    short_answer: str | None = None
    as_of: str | None = None
    summary: str | None = None
    collection: CollectionResult | None = None
    writing: WritingReport | None = None  # if a language model was asked
    extractive: Answer | None = None  # of an answer that it made: the one without it

    @property
    def outcome(self) -> Outcome:
        """Whether this is an answer, sentences near to one, or nothing."""
        if not self.abstained:
            return "answer"
        return "near" if self.nearest else "nothing"

    @property
    def heading(self) -> str:
        """What stands above a refusal, the same on every screen and in every output; empty for an answer."""
        match self.outcome:
            case "answer":
                return ""
            case "nothing":
                return NOTHING_HEADING
        if self.difference is not None:
            return self.difference.heading
        if all(cited.is_by_other for cited in self.nearest):
            return _OTHERS_HEADING
        return _NEAR_HEADING.format("This sentence" if len(self.nearest) == 1 else "These sentences")

    @property
    def missing_line(self) -> str:
        """What the articles of the nearest sentences lack: "Not in these articles: train, Morbi."; or empty."""
        if not (self.abstained and self.missing):
            return ""
        articles = len({cited.article_id for cited in self.nearest})
        where = ("the articles found", "this article", "these articles")[min(articles, 2)]
        return f"Not in {where}: {', '.join(self.missing)}."

    def to_dict(self, identifier: Any = None) -> dict[str, Any]:
        """The answer in the published JSON schema; `identifier` is the id of the question in a batch.

        The shape is defined here and not in `presentation.json_schema`, because records import nothing above them.
        """
        return {
            "schema": ANSWER_SCHEMA_VERSION,
            "id": identifier,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.answer,
            "abstained": self.abstained,
            "outcome": self.outcome,
            "short_answer": self.short_answer,
            "as_of": self.as_of,
            "reason": self.reason,
            "mode": self.mode,
            "sentences": [
                {
                    "text": each.text,
                    "citations": list(each.citations),
                    "support": each.support,
                    "reason": each.reason,
                    "section": each.section,
                }
                for each in self.sentences
            ],
            "citations": [asdict(cited) for cited in self.citations],
            "passages": [hit.to_dict() for hit in self.passages],
            "timings": {stage: round(ms, 2) for stage, ms in self.timings.items()},
            "confidence": None if self.confidence is None else round(self.confidence, 4),
            "notes": list(self.notes),
            "conflicts": [asdict(conflict) for conflict in self.conflicts],
            "corrections": [asdict(correction) for correction in self.corrections],
            "nearest": [asdict(cited) for cited in self.nearest],
            "missing": list(self.missing),
            "difference": None if self.difference is None else asdict(self.difference),
            "summary": self.summary,
            "collection": None if self.collection is None else self.collection.to_dict(),
            "writing": None if self.writing is None else asdict(self.writing),
        }

    def __str__(self) -> str:
        """The answer and its numbered sources, or the sentences near to it; a terminal can show it safely."""
        if self.outcome == "near":
            near = [
                f"[{cited.n}] {sanitize_line(cited.reference_line)}\n- {sanitize_line(cited.words_with_days)}"
                for cited in self.nearest
            ]
            missing = [sanitize_line(self.missing_line)] if self.missing_line else []
            return "\n".join([self.heading, "", *near, "", *missing, sanitize_line(self.reason or "")])
        if self.abstained:
            return sanitize_line(self.reason or self.answer)
        sources = [f"[{cited.n}] {sanitize_line(cited.reference_line)}" for cited in self.citations]
        return "\n".join([sanitize_text(self.answer), *(["", "Sources", *sources] if sources else [])])

    def _repr_markdown_(self) -> str:
        """The answer as a notebook shows it. Nothing in an article is read as Markdown or HTML."""
        if self.abstained:
            return self._format_refusal_as_markdown()
        lines = [self._format_markdown_line(line) for line in self.answer.split("\n") if line]
        sources = [f"{cited.n}. {escape_inline(sanitize_line(cited.reference_line))}" for cited in self.citations]
        return "\n".join([*lines, *(["\n**Sources**\n", *sources] if sources else [])]).strip()

    def _format_refusal_as_markdown(self) -> str:
        """The reason in italics, below the sentences near to an answer; those are under a heading that says so."""
        reason = f"*{escape_markdown(sanitize_line(self.reason or self.answer))}*"
        if not self.nearest:
            return reason
        near = [
            f"{cited.n}. {escape_inline(sanitize_line(cited.words_with_days))}  \n   "
            f"{escape_inline(sanitize_line(cited.reference_line))}"
            for cited in self.nearest
        ]
        missing = [escape_markdown(sanitize_line(self.missing_line)), ""] if self.missing_line else []
        return "\n".join([f"**{escape_inline(self.heading)}**", "", *near, "", *missing, reason])

    def _format_markdown_line(self, line: str) -> str:
        """A sentence ("- …") becomes an item of a list, a heading a bold paragraph, a note a paragraph."""
        if line.startswith("- "):
            return f"- {escape_markdown(line[2:])}"
        is_heading = line not in self.notes and self.mode == "extractive"
        return f"\n{escape_markdown(line)}\n" if not is_heading else f"\n**{escape_markdown(line)}**\n"


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


@dataclass(frozen=True, slots=True)
class AnswerReady:
    """The answer without a language model is complete, and the model is asked: its `WritingStep`s follow."""

    answer: Answer
    model: str
    server: str  # "this machine", or a host


AskEvent = QuestionUnderstood | AnswerPart | AnswerReady | WritingStep | Answer
