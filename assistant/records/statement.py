"""A statement in an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that an article attributes to somebody: `article.text[start:end]`, with quotation marks.

    `speaker` is the fullest name in the article, or None if the speaker is not clear. `role` is the description used
    with or instead of a name ("foreign minister", "the campaign"). `cue` is the reporting word ("said", "according
    to"), empty for a quotation without one. `sentence_start` and `sentence_end` enclose the whole sentences around the
    words. The parts of an interrupted quotation (“One,” she said, “and two”) are separate statements with the same
    sentences.
    """

    article_id: str
    speaker: str | None
    cue: str
    start: int
    end: int
    direct: bool  # mostly in quotation marks
    sentence_start: int
    sentence_end: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class QuotedStatement(Statement):
    """A statement with its words, `article.text[start:end]`, and with the title, outlet and day of its article."""

    words: str = ""
    title: str = ""
    source: str | None = None
    published_at: str | None = None
