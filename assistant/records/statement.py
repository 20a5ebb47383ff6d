"""Words that an article gives to somebody."""

from __future__ import annotations

from dataclasses import dataclass


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
