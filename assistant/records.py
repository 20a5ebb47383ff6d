"""The frozen records that one stage hands to the next. No behaviour beyond derived properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
"""Half-open [start, end) in Unicode code points into an article's text."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `text` is what every offset points into; `sha256` is of its UTF-8 bytes."""

    id: str
    title: str
    text: str
    sha256: str
    source: str | None = None
    author: str | None = None
    published_at: str | None = None  # ISO 8601, a date or a date and time
    url: str | None = None
    path: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article, `article.text[start:end]`; `ordinal` counts from 0 within it."""

    article_id: str
    ordinal: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """Stable as long as the article's id and the cut are the same."""
        return f"{self.article_id}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that an article gives to somebody: `article.text[start:end]`, quotation marks included.

    `speaker` is the fullest name that the article has for them, or None where it does not say plainly; `role` is
    what it calls them beside or instead of a name ("foreign minister", "the campaign"). `cue` is the word of
    saying ("said", "according to"), empty where the quotation stands by itself. `sentence_start` and
    `sentence_end` enclose the whole sentences that the words stand in. Pieces of one utterance, as in
    “One,” she said, “and two,” are statements of their own with the same sentences.
    """

    article_id: str
    speaker: str | None
    cue: str
    start: int
    end: int
    direct: bool  # in quotation marks, wholly or in part
    sentence_start: int
    sentence_end: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about one file that the user should know; `skipped` says whether an article was left out."""

    place: str
    reason: str
    skipped: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


# ------------------------------------------------------------------------------------------- building

BuildStage = Literal["reading", "deriving", "embedding", "publishing"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come; `total` is None while it is not known.

    Deriving counts articles and embedding counts passages; reading counts bytes, and tells the articles in `count`.
    """

    stage: BuildStage
    done: int
    total: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleName:
    """An article as lists name it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of articles, except `passages`, `embedded` and `reused` (passages)."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    notices: tuple[Notice, ...] = ()
    added_articles: tuple[ArticleName, ...] = ()
    changed_articles: tuple[ArticleName, ...] = ()
    removed_articles: tuple[ArticleName, ...] = ()

    @property
    def articles(self) -> int:
        """Articles in the library after the build."""
        return self.added + self.changed + self.unchanged

    @property
    def skipped(self) -> int:
        """Files and lines that were left out."""
        return sum(notice.skipped for notice in self.notices)


BuildEvent = Progress | Notice | BuildReport


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update of the index would find, as paths of files.

    `otherwise`: the settings for reading, or the program, have changed so that it would go through every file.
    `sources`: the folders and files that the index was built from, where they are not those of the settings.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    otherwise: bool = False
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.otherwise)

    def __str__(self) -> str:
        """In words: "3 files new or changed, 1 removed"; empty where nothing is."""
        count, removed = len(self.added) + len(self.changed), len(self.removed)
        parts = []
        if count:
            what = "new or changed" if self.added and self.changed else "new" if self.added else "changed"
            parts.append(f"{count:,} file{'' if count == 1 else 's'} {what}")
        if removed:
            parts.append(f"{removed:,} {'' if parts else 'file ' if removed == 1 else 'files '}removed")
        if self.otherwise and not parts:
            parts.append("settings changed")
        return ", ".join(parts)


# --------------------------------------------------------------------------------------------- asking

QueryKind = Literal["said", "who_said", "find_quote", "other"]
"""What somebody said; who said something; which article some words are from; anything else."""

Expected = Literal["person", "name", "place", "date", "number", "yes_no", "reason"]
"""What kind of thing an answer must hold; a name is that of anything else which has one (a company, a film)."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question speaks of, both included, as ISO 8601 dates; None leaves a side open.

    `anchor` is an event that the question dates itself by ("the summit" in "since the summit"), where the day has
    still to be found in the articles; `relation` says on which side of it.
    """

    words: str  # as written in the question
    first: str | None = None
    last: str | None = None
    anchor: str | None = None
    relation: Literal["since", "before", "during"] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `terms` are its content words in lower case, in order, without the names in `speakers` and `outlets` and
    without the words of `period`.
    """

    text: str
    kind: QueryKind
    terms: tuple[str, ...]
    speakers: tuple[str, ...] = ()  # as written in the question; several in a comparison
    topic: str | None = None
    quoted: tuple[str, ...] = ()  # words the question puts in quotation marks
    expects: Expected | None = None
    period: Period | None = None
    outlets: tuple[str, ...] = ()  # sources of the library that the question names, as the library writes them
    newest_first: bool = False  # asks for the latest
    over_time: bool = False  # asks how something changed
    cue: str | None = None  # the verb or noun of saying that the question uses, in lower case ("denied", "view")

    @property
    def speaker(self) -> str | None:
        """The person asked about, the first of several."""
        return self.speakers[0] if self.speakers else None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library holds, by name: for saying so, and for completing names. Days are ISO 8601 dates."""

    speakers: tuple[tuple[str, int], ...]  # with their statements, most quoted first
    outlets: tuple[tuple[str, int], ...]  # with their articles, most first
    titles: tuple[tuple[str, str | None], ...]  # with the day, newest first; each title once
    articles: int
    first_day: str | None = None
    last_day: str | None = None


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
class Copy:
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
    copies: tuple[Copy, ...] = ()


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
class Searching:
    """The question was understood, as `standalone` where it leant on the conversation; retrieval is under way."""

    query: Query
    standalone: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One sentence of the answer is certain, with the citations that it brings."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


AskEvent = Searching | Found | Answer

# -------------------------------------------------------------------------------- checking a quotation

QuoteVerdict = Literal["verbatim", "shortened", "altered", "stitched", "somebody_else", "not_found"]
"""What a quotation turned out to be; `shortened` is verbatim with omissions that it marks."""

ChangeKind = Literal["same", "removed", "inserted", "replaced", "omitted", "interrupted"]
"""How words of a quotation stand to the real ones: the same; left out, put in or exchanged without a mark; left
out with a mark; or left out because there the article breaks off to say who is speaking."""


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """`real == article.text[start:end]` and what the quotation has in its place; either may be empty."""

    kind: ChangeKind
    real: str
    given: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A place that holds quoted words; `quote == article.text[start:end]`.

    `direct` tells whether the article itself puts them in quotation marks. `speaker` is None where it gives them to
    nobody by name; `role` is what it calls the one who speaks.
    """

    article_id: str
    title: str
    source: str | None
    published_at: str | None
    url: str | None
    start: int
    end: int
    quote: str
    speaker: str | None
    role: str | None
    direct: bool
    article_sha256: str


@dataclass(frozen=True, slots=True)
class QuotePart:
    """Words of the quotation and all places that hold them, oldest first; `changes` are against the first place."""

    given: str
    places: tuple[QuotePlace, ...]
    changes: tuple[QuoteChange, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of a quotation.

    One part, or several where it is stitched; where it is not found, the part is the nearest passage, if any.
    `also_in` are places in near-duplicates of the articles named in the parts.
    """

    verdict: QuoteVerdict
    quotation: str  # the words that were looked for
    speaker_asked: str | None
    parts: tuple[QuotePart, ...] = ()
    also_in: tuple[QuotePlace, ...] = ()
    similarity: float = 0.0  # share of the words that agree, 0..1
    typography: tuple[str, ...] = ()  # what differs besides words: "quotation marks", "white space", …
    warnings: tuple[str, ...] = ()  # what a reader should know, a sentence each

    @property
    def holds(self) -> bool:
        """Whether the words stand as quoted, by the one they are given to."""
        return self.verdict in ("verbatim", "shortened")
