"""Where the words of a quotation stand in one article, exactly or nearly, and whether one person says them there.

Works on articles and statements that are given to it; which ones to look into is decided in `quoting`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from assistant.aligning import (
    Alphabet,
    Step,
    Word,
    longest_start,
    nearest_window,
    occurrences,
    recased,
    steps,
    words_of,
)
from assistant.chunking import paragraph_spans
from assistant.quotation import Quotation
from assistant.quotemarks import quotation_spans
from assistant.records import Article, ChangeKind, QuoteChange, Span, Statement

OMISSION_REACH = 300  # words that an ellipsis may stand for
INSERTION_REACH = 12  # words that brackets may stand for
MAX_OCCURRENCES = 50  # looked at in one stretch of an article
NEAR = 60  # characters beside a gap that tell whose words they are
FEW = 12  # characters of a statement at the edge of a quotation that may be another's by mistake
LONG_GAP = 40  # characters; who leaves out less without a mark has altered one statement, not joined two
MIN_TILE = 5  # words that are no coincidence in a row
MIN_WHOLE_TILE = 3  # the same for a whole sentence, or a whole piece between ellipses


class Telling:
    """An article as somebody tells it: its paragraphs, its quotation marks, and who says what."""

    def __init__(self, article: Article, statements: Sequence[Statement]) -> None:
        self.article = article
        self.statements = statements
        self._paragraphs = paragraph_spans(article.text)
        self._starts = [start for start, _ in self._paragraphs]
        self._quoted: dict[int, list[Span]] = {}

    def paragraph(self, at: int) -> int:
        """The number of the paragraph that holds an offset."""
        return max(0, bisect_right(self._starts, at) - 1)

    def paragraph_starts(self, start: int, end: int) -> list[int]:
        """Where paragraphs begin within a stretch."""
        return self._starts[bisect_right(self._starts, start) : bisect_left(self._starts, end)]

    def quoted_spans(self, start: int, end: int) -> list[Span]:
        """What is in quotation marks in the paragraphs of a stretch."""
        found: list[Span] = []
        for number in range(self.paragraph(start), self.paragraph(max(start, end - 1)) + 1):
            if number not in self._quoted and number < len(self._paragraphs):
                self._quoted[number] = quotation_spans(self.article.text, *self._paragraphs[number])[0]
            found += self._quoted.get(number, [])
        return found

    def is_direct(self, spans: Sequence[Span]) -> bool:
        """Whether the article itself puts some stretches, but for a few characters, in quotation marks."""
        inside = sum(_overlap(span, quoted) for span in spans for quoted in self.quoted_spans(*span))
        return inside >= sum(end - start for start, end in spans) * 0.8

    def statement_of(self, spans: Sequence[Span]) -> Statement | None:
        """A statement of the one to whom the article gives most of some stretches."""
        shares: dict[tuple[str | None, str | None], int] = {}
        for one in self.statements:
            share = sum(_overlap(span, (one.start, one.end)) for span in spans)
            shares[one.speaker, one.role] = shares.get((one.speaker, one.role), 0) + share
        if not shares:
            return None
        owner = max(shares, key=lambda key: shares[key])
        if shares[owner] * 2 < sum(end - start for start, end in spans):
            return None
        return next(one for one in self.statements if (one.speaker, one.role) == owner)

    def speakers(self, start: int, end: int) -> list[str]:
        """Those who speak, by name, in quotation marks in a stretch."""
        inside = (s for s in self.statements if s.direct and _overlap((s.start, s.end), (start, end)) > FEW)
        return list(dict.fromkeys(s.speaker for s in inside if s.speaker))

    def one_speaker(self, first: Span, second: Span) -> bool:
        """Whether two stretches are one utterance: one paragraph, one speaker, and nobody else between them."""
        if self.paragraph(first[0]) != self.paragraph(second[0]):
            return False
        one, other = self.statement_of([first]), self.statement_of([second])
        if one is None or other is None:
            return one is other
        between = [s for s in self.statements if first[1] <= s.start and s.end <= second[0]]
        return all((s.speaker, s.role) == (one.speaker, one.role) for s in (other, *between))


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


@dataclass(frozen=True, slots=True)
class Stream:
    """Words of one article in order; `spoken` where they are only those in quotation marks."""

    telling: Telling
    words: Sequence[Word]
    code: str
    spoken: bool

    def span(self, first: int, last: int) -> Span:
        """The offsets of the words from `first` up to `last`."""
        return self.words[first].start, self.words[last - 1].end

    def stretches(self, first: int, last: int) -> list[Span]:
        """The offsets of these words, without what the article says between two quotations."""
        return [word[:2] for word in self.words[first:last]] if self.spoken else [self.span(first, last)]

    def within(self, span: Span) -> range:
        """The numbers of the words that lie within a stretch of the article."""
        first = bisect_left(self.words, span[0], key=lambda word: word.start)
        return range(first, bisect_right(self.words, span[1], key=lambda word: word.end))


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a stream beside the quotation; `changes` cover it from end to end."""

    stream: Stream
    start: int  # offsets into the article
    end: int
    changes: tuple[QuoteChange, ...]
    same: int  # words in common
    similarity: float
    whole: bool  # whether one person says it all in one place

    @property
    def verbatim(self) -> bool:
        """Whether nothing was changed but what the quotation marks as left out."""
        return all(change.kind in ("same", "omitted", "interrupted") for change in self.changes)

    @property
    def spans(self) -> list[Span]:
        """The stretches of real words, without what is left out with good reason."""
        return [(c.start, c.end) for c in self.changes if c.real and c.kind not in ("omitted", "interrupted")] or [
            (self.start, self.end)
        ]

    @property
    def skipped(self) -> int:
        """Characters left out with a mark or an interruption."""
        return sum(len(c.real) for c in self.changes if c.kind == "omitted")

    @property
    def marked_omission(self) -> bool:
        """Whether words are left out with a mark."""
        return any(change.kind == "omitted" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Tile:
    """Words of the quotation that stand together in at least one stream, with all of their places."""

    given: Span  # numbers of words of the quotation
    places: tuple[tuple[int, int], ...]  # stream, and number of the first word in it


def streams(telling: Telling, spans: Sequence[Span], alphabet: Alphabet) -> Iterator[Stream]:
    """The words of some stretches of an article; and of each paragraph those in quotation marks, if not all are."""
    for start, end in spans:
        words = words_of(telling.article.text, start, end)
        if not words:
            continue
        whole = Stream(telling, words, alphabet.encode([word.form for word in words]), spoken=False)
        yield whole
        for part in by_paragraph(whole):
            inside = list(chain.from_iterable(map(part.within, telling.quoted_spans(*part.span(0, len(part.words))))))
            if inside and len(inside) < len(part.words):
                spoken = [part.words[number] for number in inside]
                yield Stream(telling, spoken, "".join(part.code[number] for number in inside), spoken=True)


def by_paragraph(stream: Stream) -> Iterator[Stream]:
    """A stream cut where its paragraphs end."""
    starts = stream.telling.paragraph_starts(*stream.span(0, len(stream.words)))
    cuts = [bisect_left(stream.words, start, key=lambda word: word.start) for start in starts]
    for first, last in pairwise([0, *cuts, len(stream.words)]):
        if first < last:
            yield Stream(stream.telling, stream.words[first:last], stream.code[first:last], stream.spoken)


# --------------------------------------------------------------------------------------------- one place


def exact_matches(quotation: Quotation, stream: Stream, alphabet: Alphabet) -> Iterator[Match]:
    """Every place in a stream where the words stand as they are, or the pieces between its marks in order."""
    literal = alphabet.encode([word.form for word in quotation.literal])
    found = False
    for at in occurrences(literal, stream.code, MAX_OCCURRENCES):
        found = True
        yield compared(quotation, stream, at, at + len(literal), literally=True)
    pieces = quotation.pieces()
    if found or (len(pieces) == 1 and len(quotation.words) == len(quotation.literal)):
        return
    code = alphabet.encode([word.form for word in quotation.words])
    for at in occurrences(code[slice(*pieces[0])], stream.code, MAX_OCCURRENCES):
        end = _chain_end(quotation, pieces, code, stream.code, at)
        if end is not None:
            yield compared(quotation, stream, at, end)


def _chain_end(quotation: Quotation, pieces: Sequence[Span], code: str, text: str, at: int) -> int | None:
    """Where the last piece ends if all of them follow one another from `at` on."""
    end = at + pieces[0][1] - pieces[0][0]
    for first, last in pieces[1:]:
        reach = OMISSION_REACH if first in quotation.omissions else INSERTION_REACH
        at = text.find(code[first:last], end, end + reach + last - first)
        if at < 0:
            return None
        end = at + last - first
    return end


def nearest_match(quotation: Quotation, stream: Stream, alphabet: Alphabet) -> Match | None:
    """The stretch of a stream that is most like the quotation."""
    code = alphabet.encode([word.form for word in quotation.words])
    windows = [nearest_window(code, stream.code)]
    if quotation.omissions:
        pieces = quotation.pieces()
        start, _ = nearest_window(code[slice(*pieces[0])], stream.code)
        _, end = nearest_window(code[slice(*pieces[-1])], stream.code)
        windows.append((start, min(end, start + len(code) + OMISSION_REACH)))
    matches = [compared(quotation, stream, start, end) for start, end in windows if start < end]
    return max(matches, key=lambda match: (match.whole, match.similarity), default=None)


def compared(quotation: Quotation, stream: Stream, first: int, last: int, *, literally: bool = False) -> Match:
    """The quotation beside the words from `first` up to `last` of a stream."""
    words = stream.words[first:last]
    given = quotation.literal if literally else quotation.words
    cuts = frozenset() if literally else quotation.omissions | quotation.insertions
    real_forms = [word.form for word in words]
    changes: list[QuoteChange] = []
    same = left_out = 0
    for step in _pinned(steps(real_forms, [word.form for word in given]), real_forms, cuts):
        marked = step.given[0] == step.given[1] and step.given[0] in cuts
        for part, kind in _kinds(step, marked, stream, words, quotation, given):
            changes += _changes(kind, part, stream, words, quotation, given)
        same += step.real[1] - step.real[0] if step.same else 0
        left_out += step.real[1] - step.real[0] if marked else 0
    size = max(len(given), len(words) - left_out)
    start, end = words[0].start, words[-1].end
    whole = _one_utterance(stream.telling, changes)
    return Match(stream, start, end, tuple(changes), same, same / size, whole)


def _pinned(found: Sequence[Step], real: Sequence[str], cuts: frozenset[int]) -> Iterator[Step]:
    """The steps, with what is left out moved to the mark that stands for it, where either place will do.

    Of "may not. He may" given as "may … may", either "may" can be the one left out.
    """
    pending = list(found)
    for number in range(1, len(pending) - 1):
        before, gap, after = pending[number - 1 : number + 2]
        a, b = gap.real
        at = gap.given[0]
        if gap.same or gap.given[1] != at or at in cuts:
            continue
        right = range(1, after.real[1] - after.real[0])
        left = range(-1, before.real[0] - before.real[1], -1)
        for way in (right, left):
            for move in way:
                if real[a + move - (move > 0)] != real[b + move - (move > 0)]:
                    break
                if at + move in cuts:
                    pending[number - 1] = Step(True, (before.real[0], a + move), (before.given[0], at + move))
                    pending[number] = Step(False, (a + move, b + move), (at + move, at + move))
                    pending[number + 1] = Step(True, (b + move, after.real[1]), (at + move, after.given[1]))
                    break
    yield from pending


def _kinds(
    step: Step, marked: bool, stream: Stream, words: Sequence[Word], quotation: Quotation, given: Sequence[Word]
) -> Iterator[tuple[Step, ChangeKind]]:
    """A step with its kind; words that differ in capitals alone are taken out of a step of the same words."""
    (a, b), (first, last) = step.real, step.given
    if not step.same:
        if marked and first in quotation.insertions and stream.telling.article.text[: words[a].start].endswith("["):
            # The article has brackets of its own there, and they are quoted, or altered, with the rest.
            bracketed = [word.form for word in words_of(_as_given(quotation, given, first, last))]
            yield step, "same" if bracketed == [word.form for word in words[a:b]] else "replaced"
        elif first == last:
            yield step, "omitted" if marked else "removed"
        else:
            yield step, "inserted" if a == b else "replaced"
        return
    text = stream.telling.article.text
    free = {cut - first for cut in (0, *quotation.omissions, *quotation.insertions)}
    run = 0
    for number in [*recased(text, words[a:b], quotation.text, given[first:last], free), b - a]:
        if run < number:
            yield Step(True, (a + run, a + number), (first + run, first + number)), "same"
        if number < b - a:
            yield Step(False, (a + number, a + number + 1), (first + number, first + number + 1)), "replaced"
        run = number + 1


def _changes(
    kind: ChangeKind, step: Step, stream: Stream, words: Sequence[Word], quotation: Quotation, given: Sequence[Word]
) -> list[QuoteChange]:
    """A step as changes; more than one where the article breaks off within it to say who is speaking."""
    text = stream.telling.article.text
    first, last = step.given
    as_given = _as_given(quotation, given, first, last) if kind not in ("removed", "omitted") else ""
    a, b = step.real
    if a == b:
        at = words[a].start if a < len(words) else words[-1].end
        return [QuoteChange(kind, "", as_given, at, at)]
    found: list[QuoteChange] = []
    if a and stream.spoken and (gap := _interruption(stream, words[a - 1], words[a])):
        found.append(gap)
    if kind != "same" or first == last:
        start, end = words[a].start, words[b - 1].end
        return [*found, QuoteChange(kind, text[start:end], as_given, start, end)]
    run = a
    for number in range(a + 1, b + 1):
        gap = _interruption(stream, words[number - 1], words[number]) if stream.spoken and number < b else None
        if number == b or gap:
            start, end = words[run].start, words[number - 1].end
            one, other = given[first + run - a], given[first + number - 1 - a]
            found.append(QuoteChange("same", text[start:end], quotation.text[one.start : other.end], start, end))
            found += [gap] if gap else []
            run = number
    return found


def _as_given(quotation: Quotation, given: Sequence[Word], first: int, last: int) -> str:
    """The words of the quotation from `first` up to `last`; where there are none, what is in brackets there."""
    if first < last:
        return quotation.text[given[first].start : given[last - 1].end]
    if not 0 < first < len(given):
        return ""
    return quotation.text[given[first - 1].end : given[first].start].strip(" ,;[]")


def _interruption(stream: Stream, before: Word, after: Word) -> QuoteChange | None:
    """The words that the article puts between two words in quotation marks."""
    between = words_of(stream.telling.article.text, before.end, after.start)
    if not between:
        return None
    start, end = between[0].start, between[-1].end
    return QuoteChange("interrupted", stream.telling.article.text[start:end], "", start, end)


def _one_utterance(telling: Telling, changes: Sequence[QuoteChange]) -> bool:
    """Whether everything that is left out lies within what one person says in one place."""
    for number, gap in enumerate(changes):
        if gap.kind not in ("omitted", "removed", "interrupted") or not 0 < number < len(changes) - 1:
            continue
        before, after = changes[number - 1], changes[number + 1]
        one = (max(before.start, before.end - NEAR), before.end)
        other = (after.start, min(after.end, after.start + NEAR))
        if gap.kind == "removed" and len(gap.real) < LONG_GAP:
            continue
        if not telling.one_speaker(one, other):
            return False
    return True


# ---------------------------------------------------------------------------------------- several places


def tiles(quotation: Quotation, among: Sequence[Stream], alphabet: Alphabet) -> list[Tile]:
    """The quotation cut into the longest runs of words that stand somewhere."""
    code = alphabet.encode([word.form for word in quotation.words])
    joined = "\x00".join(stream.code for stream in among)
    begins = [0]
    for stream in among[:-1]:
        begins.append(begins[-1] + len(stream.code) + 1)
    bounds = _sentence_bounds(quotation)
    found: list[Tile] = []
    at = 0
    while at < len(code):
        size = longest_start(code, at, joined)
        whole = at in bounds and any(bound in bounds for bound in range(at + MIN_WHOLE_TILE, at + size + 1))
        if size < (MIN_WHOLE_TILE if whole else MIN_TILE):
            at += 1
            continue
        end = _end_of_tile(code, at, size, joined, bounds)
        places = []
        for place in occurrences(code[at:end], joined, 4 * MAX_OCCURRENCES):
            number = bisect_right(begins, place) - 1
            places.append((number, place - begins[number]))
        found.append(Tile((at, end), tuple(places)))
        at = end
    return found


def _end_of_tile(code: str, at: int, size: int, joined: str, bounds: frozenset[int]) -> int:
    """The end of a sentence rather than a word or two of the next one, if these go with what follows."""
    end = at + size
    for bound in sorted(bounds, reverse=True):
        if at + MIN_WHOLE_TILE <= bound < end and end - bound < MIN_TILE:
            if bound + longest_start(code, bound, joined) > end:
                return bound
            break
    return end


def _sentence_bounds(quotation: Quotation) -> frozenset[int]:
    words = quotation.words
    found = {0, len(words), *quotation.omissions, *quotation.insertions}
    for number in range(1, len(words)):
        if any(mark in quotation.text[words[number - 1].end : words[number].start] for mark in ".!?;。！？"):
            found.add(number)
    return frozenset(found)
