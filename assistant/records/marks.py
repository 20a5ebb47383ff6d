"""What the user adds to a library: marks and notes on articles, a dossier of quotations, standing questions."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.answer import Citation


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The article that a mark belongs to: its text by hash, and the id under which a changed text is found again."""

    sha256: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """The marks of one article. `tags` are in alphabetical order; `notes` counts the notes on it and its spans."""

    is_starred: bool = False
    is_read: bool = False
    tags: tuple[str, ...] = ()
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A note on an article, or on the words `quote` at `start` to `end` of its text.

    `start` and `end` are None for a note on the whole article, and for words that a changed article no longer has;
    those still have their `quote`. Times are ISO 8601 in UTC.
    """

    number: int
    article: MarkedArticle
    start: int | None
    end: int | None
    quote: str | None
    text: str
    created_at: str
    changed_at: str

    @property
    def is_lost(self) -> bool:
        """Whether the article no longer has the words that the note is on."""
        return self.quote is not None and self.start is None


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """A quotation that the user keeps: its citation, the question that it answered, and a comment."""

    number: int
    citation: Citation
    question: str
    comment: str
    added_at: str


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """A question that every sync asks of the new articles. `asked` is the question that `wording` means."""

    number: int
    wording: str
    asked: str
    added_at: str
    findings: int = 0


@dataclass(frozen=True, slots=True)
class StandingFinding:
    """Words of a new article that answer a standing question. `citation` is the proof."""

    number: int
    question: int
    wording: str
    citation: Citation
    found_at: str
