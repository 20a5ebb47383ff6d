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
    statements: tuple[Statement, ...]
    other_spans: tuple[Span, ...]  # where somebody else is given words in the same sentences

    @property
    def speaker(self) -> str | None:
        """As the library names them."""
        return self.statements[0].speaker

    @property
    def span(self) -> Span:
        """What to show: the whole sentences, or where somebody else speaks in them too, from behind their words on to
        the end of this speaker's."""
        first, last = self.statements[0].sentence_start, self.statements[0].sentence_end
        start, end = min(piece.start for piece in self.statements), max(piece.end for piece in self.statements)
        if any(a < end and start < b for a, b in self.other_spans):
            return start, end
        first = max((b for _, b in self.other_spans if b <= start), default=first)
        leading = _JOINING_WORDS.match(self.article.text, first, start)
        return (leading.end() if leading else first), (end if self.other_spans else last)

    @property
    def text(self) -> str:
        """The words themselves."""
        return " ".join(self.article.text[piece.start : piece.end] for piece in self.statements)

    @property
    def direct(self) -> bool:
        """Whether any of them are in quotation marks."""
        return any(piece.direct for piece in self.statements)


def group_statements(article: Article, statements: Iterable[Statement]) -> Iterator[Utterance]:
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


_JOINING_WORDS = re.compile(r"[\s,;:.”\"’'—–-]+(?:(?:and|but|while|as|though|although)\s)?")
