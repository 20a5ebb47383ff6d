"""Utterances: the statements of one speaker in one sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from assistant.records.article import Article, Span
from assistant.records.statement import Statement, StatementCorrection, StatementStatus


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says in one sentence, or in the sentences over which one quotation extends."""

    article: Article
    statements: tuple[Statement, ...]
    other_spans: tuple[Span, ...]  # words of other speakers in the same sentences, except those that this one reports

    @property
    def speaker(self) -> str | None:
        """The name of the speaker in the library; None if unknown."""
        return self.statements[0].speaker

    @property
    def status(self) -> StatementStatus:
        """Whether the words were said."""
        return self.statements[0].status

    @property
    def via(self) -> str | None:
        """According to whom they were said; None if the article reports them itself."""
        return self.statements[0].via

    @property
    def correction(self) -> StatementCorrection | None:
        """The note that corrects the words."""
        return self.statements[0].correction

    @property
    def span(self) -> Span:
        """The span to show: the whole sentences, or only this speaker's part if others speak in them too.

        That part begins after the words of the others. Words that are denied, or told at second hand, are shown in
        their sentences, which say so.
        """
        first, last = self.statements[0].sentence_start, self.statements[0].sentence_end
        if self.status != "asserted":
            return first, last
        start, end = min(piece.start for piece in self.statements), max(piece.end for piece in self.statements)
        if any(a < end and start < b for a, b in self.other_spans):
            return start, end
        first = max((b for _, b in self.other_spans if b <= start), default=first)
        leading = _JOINING_WORDS.match(self.article.text, first, start)
        return (leading.end() if leading else first), (end if self.other_spans else last)

    @property
    def shown(self) -> str:
        """The text of `span`."""
        start, end = self.span
        return self.article.text[start:end]

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
        said = {_speaker_key(statement) for statement in in_sentence}
        keys = [_choose_key(statement, said) for statement in in_sentence]
        for key in dict.fromkeys(keys):
            own = tuple(
                sorted(
                    (statement for statement, its in zip(in_sentence, keys, strict=True) if its == key),
                    key=lambda statement: statement.status == "narrated",
                )
            )
            others = tuple(
                (statement.start, statement.end)
                for statement in in_sentence
                if statement not in own and statement.speaker != own[0].speaker and not _is_inside(statement, own)
            )
            yield Utterance(article, own, others)


_SpeakerKey = tuple[str | None, str | None, str, str | None]


def _speaker_key(statement: Statement) -> _SpeakerKey:
    """Speaker, or role where the speaker is unknown, and whether the words were said."""
    return statement.speaker, statement.role if statement.speaker is None else None, statement.status, statement.via


def _choose_key(statement: Statement, said: Collection[_SpeakerKey]) -> _SpeakerKey:
    """The key of a statement; what is told of a speaker goes with what they say in the same sentence."""
    speaker, role, status, via = _speaker_key(statement)
    together = speaker, role, "asserted", via
    return together if status == "narrated" and together in said else (speaker, role, status, via)


def _is_inside(statement: Statement, own: Iterable[Statement]) -> bool:
    """Whether words are what the speaker of other words reports: "Ada said that Ivo had said “no”"."""
    return statement.status != "asserted" and any(
        outer.start <= statement.start and statement.end <= outer.end for outer in own
    )


_JOINING_WORDS = re.compile(r"[\s,;:.”\"’'—–-]+(?:(?:and|but|while|as|though|although)\s)?")
