"""The results of checks: of a quotation, and of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.statement import StatementCorrection, StatementStatus

QuoteVerdict = Literal[
    "verbatim", "shortened", "altered", "stitched", "somebody_else", "not_said", "unattributed", "not_found"
]
"""How a quotation compares with the articles. `shortened` is verbatim with marked omissions.

The words of `somebody_else`, `not_said` and `unattributed` are in the articles too, but not as words of the speaker
named: they are another's; the articles deny or question that they were said, or were corrected; or nobody is named.
"""


ChangeKind = Literal["same", "removed", "inserted", "replaced", "omitted", "interrupted"]
"""How words of a quotation differ from the article: not at all; removed, inserted or replaced without a mark; omitted
with a mark; or omitted because the article interrupts the words to name the speaker."""


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """The words of the article, `real == article.text[start:end]`, and those of the quotation; either may be empty."""

    kind: ChangeKind
    real: str
    given: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A place in an article that contains quoted words; `quote == article.text[start:end]`.

    `direct` says whether they are in quotation marks in the article. `speaker` is None if the article names no speaker;
    `role` is its description of the speaker. `status`, `via` and `correction` are those of the `Statement`.
    `place` is where people find it in the file: "p. 3".
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
    status: StatementStatus = "asserted"
    via: str | None = None
    correction: StatementCorrection | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class QuotePart:
    """A part of a quotation and the places that contain it, oldest first. `changes` compare it with the first place."""

    given: str
    places: tuple[QuotePlace, ...]
    changes: tuple[QuoteChange, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """The result of a quotation check.

    A quotation stitched from several places has several parts. If the quotation is not found, the only part is the most
    similar passage, if any. `also_in` are places in near-duplicates of the articles in the parts.
    """

    verdict: QuoteVerdict
    quotation: str  # the words checked
    speaker_asked: str | None
    parts: tuple[QuotePart, ...] = ()
    also_in: tuple[QuotePlace, ...] = ()
    similarity: float = 0.0  # share of equal words, 0..1
    typography: tuple[str, ...] = ()  # other differences: "quotation marks", "white space", …
    warnings: tuple[str, ...] = ()  # one sentence each

    @property
    def is_accurate(self) -> bool:
        """Whether the article contains the words as quoted, from the speaker named."""
        return self.verdict in ("verbatim", "shortened")


FindingLevel = Literal["ok", "note", "error"]
"""How much a finding matters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was checked, the result in words, and what to do about it if that is known."""

    check: str
    level: FindingLevel
    message: str
    remedy: str = ""
