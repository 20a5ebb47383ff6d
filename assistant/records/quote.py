"""What became of a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    def is_accurate(self) -> bool:
        """Whether the words stand as quoted, by the one they are given to."""
        return self.verdict in ("verbatim", "shortened")
