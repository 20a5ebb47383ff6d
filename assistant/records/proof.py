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
    """Words of a sentence that are not borne out, and why, as a clause: "no source has this number"."""

    kind: FindingKind
    words: str
    reason: str


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
