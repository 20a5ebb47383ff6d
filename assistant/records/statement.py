"""A statement in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StatementStatus = Literal["asserted", "denied", "questioned", "reported", "corrected", "narrated"]
"""Whether an article says that the words were said.

`asserted`: it says so. `denied`: it says that they were not. `questioned`: it asks whether they were, or imagines them.
`reported`: somebody in the article says so (`Statement.via`). `corrected`: it said so, and a correction withdraws it.
`narrated`: the writer tells what they want, think, do or speak about, and reports no words.
"""

_STANDINGS: dict[StatementStatus, str] = {
    "reported": "second-hand",
    "denied": "not said",
    "questioned": "uncertain whether said",
    "corrected": "corrected",
    "narrated": "in the article’s words",
}


def describe_standing(status: StatementStatus, via: str | None) -> str:
    """Whether words were said, and according to whom; empty if the article simply says so."""
    if status == "reported" and via:
        return f"according to {via}"
    parts = [_STANDINGS.get(status, ""), f"according to {via}" if via else ""]
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class StatementCorrection:
    """The place of the note that corrects a statement, and the speaker that the note names; None if it names nobody."""

    article_id: str
    start: int
    end: int
    speaker: str | None = None
    published_at: str | None = None  # of the article with the note


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that an article attributes to somebody: `article.text[start:end]`, with quotation marks.

    `speaker` is the fullest name in the article, or None if the speaker is not clear. `role` is the description used
    with or instead of a name ("foreign minister", "the campaign"). `cue` is the reporting word ("said", "according
    to"), empty for a quotation without one. `sentence_start` and `sentence_end` enclose the whole sentences around the
    words. The parts of an interrupted quotation (“One,” she said, “and two”) are separate statements with the same
    sentences. `via` is the person, body or outlet according to whom the speaker said it, as the article names or
    describes them; None if the article reports it itself. `correction` is set if the status is "corrected".
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
    status: StatementStatus = "asserted"
    via: str | None = None
    correction: StatementCorrection | None = None


@dataclass(frozen=True, slots=True)
class QuotedStatement(Statement):
    """A statement with its words, `article.text[start:end]`, and with the title, outlet and day of its article."""

    words: str = ""
    title: str = ""
    source: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class AttributionCorrection:
    """A note in an article, `article.text[start:end]`, that corrects who said some words, or that they were said.

    `words` are without quotation marks; they are empty if the note does not repeat them. `right_speaker` is None if the
    note names nobody.
    """

    article_id: str
    start: int
    end: int
    words: str
    wrong_speaker: str
    right_speaker: str | None = None
