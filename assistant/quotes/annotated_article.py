"""An article with its words, paragraphs, quotation marks and statements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from assistant.quotes.alignment import AlignedWord, Alphabet
from assistant.quotes.transit import split_article_words
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.text.quotation_marks import quotation_spans
from assistant.text.sentences import paragraph_spans

_Speaker = tuple[str | None, ...]
EDGE_TOLERANCE = 12  # characters at the edge of a span that may belong to another statement by mistake


class AnnotatedArticle:
    """One article with its statements: tells who says a span, and whether it is in quotation marks."""

    def __init__(self, article: Article, statements: Sequence[Statement]) -> None:
        self.article = article
        self.statements = statements
        self._paragraphs = paragraph_spans(article.text)
        self._starts = [start for start, _ in self._paragraphs]
        self._quoted: dict[int, list[Span]] = {}

    def paragraph_number(self, at: int) -> int:
        """The number of the paragraph that contains an offset."""
        return max(0, bisect_right(self._starts, at) - 1)

    def paragraph_starts(self, start: int, end: int) -> list[int]:
        """The starts of paragraphs within a span."""
        return self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]

    def quoted_spans(self, start: int, end: int) -> list[Span]:
        """The parts in quotation marks in the paragraphs of a span."""
        spans: list[Span] = []
        for number in range(self.paragraph_number(start), self.paragraph_number(max(start, end - 1)) + 1):
            if number not in self._quoted and number < len(self._paragraphs):
                self._quoted[number] = quotation_spans(self.article.text, *self._paragraphs[number])[0]
            spans += self._quoted.get(number, [])
        return spans

    def is_direct(self, spans: Sequence[Span]) -> bool:
        """Whether the article puts some spans in quotation marks; a few characters outside are allowed."""
        inside = sum(_measure_overlap(span, quoted) for span in spans for quoted in self.quoted_spans(*span))
        return inside >= sum(end - start for start, end in spans) * 0.8

    def statement_of(self, spans: Sequence[Span]) -> Statement | None:
        """A statement by the speaker to whom the article attributes most of some spans.

        Of words that one speaker reports of another, it is that of the other.
        """
        shares: dict[_Speaker, int] = {}
        sizes: dict[_Speaker, int] = {}
        for statement in self.statements:
            share = sum(_measure_overlap(span, (statement.start, statement.end)) for span in spans)
            if share:
                key = _identify_speaker(statement)
                shares[key] = shares.get(key, 0) + share
                sizes[key] = sizes.get(key, 0) + statement.end - statement.start
        if not shares:
            return None
        owner = max(shares, key=lambda key: (shares[key], -sizes[key]))
        if shares[owner] * 2 < sum(end - start for start, end in spans):
            return None
        return next(
            statement
            for statement in self.statements
            if _identify_speaker(statement) == owner
            and any(_measure_overlap(span, (statement.start, statement.end)) for span in spans)
        )

    def speakers(self, start: int, end: int) -> list[str]:
        """The named speakers of the direct speech in a span."""
        inside = (
            s
            for s in self.statements
            if s.direct and s.status == "asserted" and _measure_overlap((s.start, s.end), (start, end)) > EDGE_TOLERANCE
        )
        return list(dict.fromkeys(s.speaker for s in inside if s.speaker))

    def is_one_utterance(self, first: Span, second: Span) -> bool:
        """Whether two spans are one utterance: same paragraph, same speaker, nobody else between them."""
        if self.paragraph_number(first[0]) != self.paragraph_number(second[0]):
            return False
        left, right = self.statement_of([first]), self.statement_of([second])
        if left is None or right is None:
            return left is right
        between = [s for s in self.statements if first[1] <= s.start and s.end <= second[0]]
        return all((s.speaker, s.role) == (left.speaker, left.role) for s in (right, *between))


def _identify_speaker(statement: Statement) -> _Speaker:
    """The speaker of a statement, and whether it was said: words that were denied are another's than those said."""
    return statement.speaker, statement.role, statement.status, statement.via


def _measure_overlap(left: Span, right: Span) -> int:
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


@dataclass(frozen=True, slots=True)
class WordStream:
    """Words of one article in order; `spoken` if only those in quotation marks are included."""

    annotated_article: AnnotatedArticle
    words: Sequence[AlignedWord]
    code: str
    quoted_only: bool

    def span(self, first: int, last: int) -> Span:
        """The offsets of the words from `first` to before `last`."""
        return self.words[first].start, self.words[last - 1].end

    def stretches(self, first: int, last: int) -> list[Span]:
        """The offsets of these words, without the article's own words between two quotations."""
        return [word[:2] for word in self.words[first:last]] if self.quoted_only else [self.span(first, last)]

    def word_range(self, span: Span) -> range:
        """The numbers of the words within a span of the article."""
        first = bisect_left(self.words, span[0], key=lambda word: word.start)
        return range(first, bisect_right(self.words, span[1], key=lambda word: word.end))


def build_streams(
    annotated_article: AnnotatedArticle, spans: Sequence[Span], alphabet: Alphabet
) -> Iterator[WordStream]:
    """Build streams of the words of some spans, and, per paragraph, of those in quotation marks if not all are."""
    for start, end in spans:
        words = split_article_words(annotated_article.article.text, start, end)
        if not words:
            continue
        whole = WordStream(annotated_article, words, alphabet.encode([word.form for word in words]), quoted_only=False)
        yield whole
        for part in split_by_paragraph(whole):
            inside = list(
                chain.from_iterable(
                    map(part.word_range, annotated_article.quoted_spans(*part.span(0, len(part.words))))
                )
            )
            if inside and len(inside) < len(part.words):
                spoken = [part.words[number] for number in inside]
                yield WordStream(
                    annotated_article, spoken, "".join(part.code[number] for number in inside), quoted_only=True
                )


def split_by_paragraph(stream: WordStream) -> Iterator[WordStream]:
    """Split a stream at the ends of paragraphs."""
    starts = stream.annotated_article.paragraph_starts(*stream.span(0, len(stream.words)))
    cuts = [bisect_left(stream.words, start, key=lambda word: word.start) for start in starts]
    for first, last in pairwise([0, *cuts, len(stream.words)]):
        if first < last:
            yield WordStream(
                stream.annotated_article, stream.words[first:last], stream.code[first:last], stream.quoted_only
            )
