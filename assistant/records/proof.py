"""Whether a sentence that somebody or something wrote is what the articles say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.article import Article, Span
from assistant.records.statement import Statement

Support = Literal["verbatim", "supported", "repointed", "unsupported"]
"""How the articles bear out a sentence.

`verbatim`: it is the article's own words. `supported`: the span it cites says it. `repointed`: another span than the
one it cites says it, and it now cites that one. `unsupported`: no span is seen to say it, which does not mean that it
is false.
"""

ANSWER_WITHOUT_IT = "This is the answer without it."
"""The end of each line that says why the answer of a language model is not shown."""

FindingKind = Literal["quotation", "name", "number", "day", "negation", "modality", "speaker", "wording"]
"""What of a sentence the articles do not bear out."""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered span of an article, `article.text[start:end]`, that a sentence may cite.

    `sentences` are the spans of its sentences and `statements` those that are in them, all into the article.
    """

    n: int
    article: Article
    start: int
    end: int
    sentences: tuple[Span, ...]
    statements: tuple[Statement, ...] = ()

    @property
    def text(self) -> str:
        """Its words as the article has them."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """Words of a sentence that are not borne out, and why, as a clause: "no source has this number".

    `is_contrary`: the source says something else; without it, the source is only not seen to say this.
    """

    kind: FindingKind
    words: str
    reason: str
    is_contrary: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The result for one sentence: its support, the numbers of the sources that bear it out, and its text.

    `text` is without markers; its quotations are in the words of the source where only typography differed.
    `findings` say why an unsupported sentence is unsupported, the plainest reason first.
    """

    text: str
    support: Support
    citations: tuple[int, ...]
    findings: tuple[ProofFinding, ...] = ()
    nearest: int | None = None  # of an unsupported sentence: the source that `findings` compare it with


@dataclass(frozen=True, slots=True)
class WritingReport:
    """How a language model was used for an answer. Times are in milliseconds; None for what is not known.

    `used` says whether the answer shown is the model's; `happened` says why not, or what the reader must know, in one
    line. `proved`, `repointed` and `unproved` count the sentences that it wrote, those left out too.
    """

    model: str
    server: str  # "this machine", or a host
    mode: Literal["select", "write"]
    used: bool
    happened: str = ""
    proved: int = 0
    repointed: int = 0
    unproved: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_ms: float | None = None
    tokens_per_second: float | None = None

    @property
    def figures(self) -> str:
        """The figures of what was written: "3 sentences proved, 1 with its source corrected, 0 not proved."."""
        noun = "sentence" if self.proved == 1 else "sentences"
        return f"{self.proved} {noun} proved, {self.repointed} with a corrected source, {self.unproved} not proved."

    @property
    def cost(self) -> str:
        """What it has cost: "tiny on this machine: 900 tokens read, 80 written, first after 0.4 s, 20 a second"."""
        parts = []
        if self.prompt_tokens is not None and self.completion_tokens is not None:
            parts.append(f"{self.prompt_tokens:,} tokens read, {self.completion_tokens:,} written")
        if self.first_token_ms is not None:
            parts.append(f"first after {self.first_token_ms / 1000:.1f} s")
        if self.tokens_per_second is not None:
            parts.append(f"{self.tokens_per_second:.0f} a second")
        return f"{self.model} on {self.server}{': ' if parts else ''}{', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class WritingStep:
    """A step of a language model's output: a sentence that is complete, or none. A point at which to stop."""

    text: str = ""
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """A citation of a saved answer and what is wrong with it; `fault` is None if the quote is in its place."""

    question: str
    n: int
    article_id: str
    quote: str
    fault: str | None


DraftStatus = Literal["holds", "open", "differs", "not_found", "unchecked"]
"""What became of a sentence of a draft.

`holds`: an article says it. `open`: no article is seen to say it, and none says something else, or the articles
disagree. `differs`: the nearest article says something else: it has another number, name, day or speaker in this place,
denies it, or has other words in the quotation. `not_found`: no article is about it, or has the words it quotes.
`unchecked`: it has nothing that can be checked.
"""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of a draft, `text[start:end]` of it, and the sentence of an article that it was compared with.

    `quote == article.text[place_start:place_end]`; None and 0 where there is none. `remarks` are about its quotations.
    """

    text: str
    start: int
    end: int
    status: DraftStatus
    findings: tuple[ProofFinding, ...] = ()
    remarks: tuple[str, ...] = ()
    article_id: str | None = None
    title: str = ""
    source: str | None = None
    published_at: str | None = None
    url: str | None = None
    place_start: int = 0
    place_end: int = 0
    quote: str = ""
    article_sha256: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something in it does not hold."""
        return self.status in ("differs", "not_found")

    @property
    def source_line(self) -> str:
        """Title, outlet and day of the article, as far as they are known."""
        return " · ".join(part for part in (self.title, self.source, (self.published_at or "")[:10]) if part)
