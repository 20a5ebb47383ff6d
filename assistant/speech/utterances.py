"""Utterances: the statements of one speaker in one sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.records.article import Article, Span
from assistant.records.statement import Statement


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one sentence, or in the sentences over which one quotation extends."""

    article: Article
    statements: tuple[Statement, ...]
    other_spans: tuple[Span, ...]  # words of other speakers in the same sentences

    @property
    def speaker(self) -> str | None:
        """The name of the speaker in the library; None if unknown."""
        return self.statements[0].speaker

    @property
    def span(self) -> Span:
        """The span to show: the whole sentences, or only this speaker's part if others speak in them too.

        That part begins after the words of the others.
        """
        first, last = self.statements[0].sentence_start, self.statements[0].sentence_end
        start, end = min(piece.start for piece in self.statements), max(piece.end for piece in self.statements)
        if any(a < end and start < b for a, b in self.other_spans):
            return start, end
        first = max((b for _, b in self.other_spans if b <= start), default=first)
        leading = _JOINING_WORDS.match(self.article.text, first, start)
        return (leading.end() if leading else first), (end if self.other_spans else last)

    @property
    def text(self) -> str:
        """The words said."""
        return " ".join(self.article.text[piece.start : piece.end] for piece in self.statements)

    @property
    def direct(self) -> bool:
        """Whether any of the words are in quotation marks."""
        return any(piece.direct for piece in self.statements)


def group_statements(article: Article, statements: Iterable[Statement]) -> Iterator[Utterance]:
    """The utterances of an article, in order of their sentences. `statements` are all statements of the article."""
    sentences: dict[Span, list[Statement]] = defaultdict(list)
    for statement in statements:
        sentences[statement.sentence_start, statement.sentence_end].append(statement)
    for in_sentence in sentences.values():
        for key in dict.fromkeys(map(_speaker_key, in_sentence)):
            own = tuple(statement for statement in in_sentence if _speaker_key(statement) == key)
            others = tuple((statement.start, statement.end) for statement in in_sentence if statement not in own)
            yield Utterance(article, own, others)


def _speaker_key(statement: Statement) -> tuple[str | None, str | None]:
    """Speaker, or role where the speaker is unknown."""
    return statement.speaker, statement.role if statement.speaker is None else None


_JOINING_WORDS = re.compile(r"[\s,;:.”\"’'—–-]+(?:(?:and|but|while|as|though|although)\s)?")
