"""Statements grouped by sentence and speaker."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.records.article import Article, Span
from assistant.records.statement import Statement


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one sentence, or in the sentences that one quotation runs through."""

    article: Article
    pieces: tuple[Statement, ...]
    others: tuple[Span, ...]  # where somebody else is given words in the same sentences

    @property
    def speaker(self) -> str | None:
        """As the library names them."""
        return self.pieces[0].speaker

    @property
    def span(self) -> Span:
        """What to show: the whole sentences, or where somebody else speaks in them too, from behind their words on to
        the end of this speaker's."""
        first, last = self.pieces[0].sentence_start, self.pieces[0].sentence_end
        start, end = min(piece.start for piece in self.pieces), max(piece.end for piece in self.pieces)
        if any(a < end and start < b for a, b in self.others):
            return start, end
        first = max((b for _, b in self.others if b <= start), default=first)
        leading = _JOINS.match(self.article.text, first, start)
        return (leading.end() if leading else first), (end if self.others else last)

    @property
    def said(self) -> str:
        """The words themselves."""
        return " ".join(self.article.text[piece.start : piece.end] for piece in self.pieces)

    @property
    def direct(self) -> bool:
        """Whether any of them are in quotation marks."""
        return any(piece.direct for piece in self.pieces)


def utterances(article: Article, statements: Iterable[Statement]) -> Iterator[Utterance]:
    """The statements of an article put together sentence by sentence, in order."""
    sentences: dict[Span, list[Statement]] = defaultdict(list)
    for one in statements:
        sentences[one.sentence_start, one.sentence_end].append(one)
    for together in sentences.values():
        speakers = list(dict.fromkeys((one.speaker, one.role if one.speaker is None else None) for one in together))
        for speaker, role in speakers:
            mine = [one for one in together if one.speaker == speaker and (speaker is not None or one.role == role)]
            others = tuple((one.start, one.end) for one in together if one not in mine)
            yield Utterance(article, tuple(mine), others)


_JOINS = re.compile(r"[\s,;:.”\"’'—–-]+(?:(?:and|but|while|as|though|although)\s)?")
