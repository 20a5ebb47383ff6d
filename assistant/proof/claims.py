"""A sentence to prove, as the proof reads it: its words, its quotations, and to whom it gives which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.evidence.premises.opposites import is_past_form
from assistant.proof.words import CLAIMS, SPEAKING_FORMS, Word, keep_sentence_marks, split_into_words
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.text.names import full_names
from assistant.text.quotation_marks import quotation_spans

_MARKER = re.compile(r"\s*\[(\d{1,9}(?:\s*[,;–-]\s*\d{1,9})*)\]")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_BULLET = re.compile(r"^\s*(?:[-*•+]|\d{1,2}[.)]|#{1,6})\s+")
_BRACKETS = re.compile(r"【\D{0,3}(\d{1,4})[^】]{0,20}】|\(\[(\d{1,4})\]\)|\[\^(\d{1,4})\]")


def read_markers(sentence: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without the numbers of its citations and without Markdown, and these numbers, each once."""
    sentence = _BRACKETS.sub(lambda match: f"[{next(filter(None, match.groups()))}]", sentence)
    numbers: list[int] = []
    for match in _MARKER.finditer(sentence):
        for part in re.split(r"\s*[,;]\s*", match[1]):
            first, _, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
            numbers += range(int(first), min(int(last or first), int(first) + 20) + 1)
    plain = _BULLET.sub("", _MARKER.sub("", sentence))
    return " ".join(_EMPHASIS.sub(r"\2", plain).split()), tuple(dict.fromkeys(numbers))


@dataclass(frozen=True)
class Claim:
    """A sentence without markers. `people` are those named in the sentences before it, the last one last.

    `before` is where the sentence before it is from: an article and a span of it, of no length if that is not proved;
    None if there is no such sentence.
    """

    text: str
    people: tuple[str, ...] = ()
    published_at: str | None = None  # of the text that it is part of, for words such as "Wednesday"
    before: tuple[str, Span] | None = None

    @cached_property
    def words(self) -> list[Word]:
        """Its words."""
        return keep_sentence_marks(split_into_words(self.text, self.published_at), [0])

    @cached_property
    def quotations(self) -> list[Span]:
        """The spans of its quotations, with their marks."""
        return quotation_spans(self.text, 0, len(self.text))[0]

    @cached_property
    def statements(self) -> list[Statement]:
        """The words that it attributes to somebody."""
        article = Article(id="", title="", text=self.text, source=None, sha256="")
        return find_statements(article, [(0, len(self.text))]) if self.text else []

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The people that it names in full."""
        return tuple(full_names(self.text))


def tells_of_itself(words: Sequence[Word]) -> bool:
    """Whether words with an article before them do not describe a noun, as "a town founded by monks" does.

    They are a clause (", the court heard"), or tell what the sentence is ("a claim denied by all").
    """
    for at, word in enumerate(words):
        if word.form in CLAIMS.clause_openings or word.form == "that" or (at and word.mark):
            return False
        following = words[at + 1].kind if at + 1 < len(words) else ""
        if word.form in CLAIMS.knowing or (word.form in CLAIMS.made_up and following not in ("content", "name")):
            return True
        is_past = is_past_form(word.form)
        if (
            word.kind in ("auxiliary", "modality")
            or word.form in SPEAKING_FORMS
            or (is_past and following != "content")
        ):
            return not (is_past and following == "preposition")
    return False
