"""Finds the words of a quotation in one article, exactly or nearly, and how they differ there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quotes.alignment import (
    SENTENCE_END,
    AlignedWord,
    Alphabet,
    Step,
    align_words,
    find_case_changes,
    find_nearest_window,
    find_occurrences,
    split_words,
)
from assistant.quotes.annotated_article import AnnotatedArticle, WordStream
from assistant.quotes.misreading import name_misreadings
from assistant.quotes.quotation import Quotation
from assistant.quotes.transit import CAPITALS, name_damage
from assistant.records.article import Span
from assistant.records.checks import ChangeKind, QuoteChange

OMISSION_REACH = 300  # words that an ellipsis may replace
INSERTION_REACH = 12  # words that brackets may replace
MAX_OCCURRENCES = 50  # examined in one span of an article
GAP_CONTEXT = 60  # characters next to a gap that decide whose words it is in
LONG_GAP = 40  # characters; a shorter unmarked omission alters one statement, a longer one joins two


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A part of a stream matched with the quotation; `changes` cover it from start to end."""

    stream: WordStream
    start: int  # offsets into the article
    end: int
    changes: tuple[QuoteChange, ...]
    same: int  # words in common
    similarity: float
    is_one_utterance: bool  # one person says it all in one place
    damage: tuple[str, ...] = ()  # what changed its letters on the way, such as "capital letters"
    is_misread: bool = False  # the text of the article was recognised in a picture, with other letters

    @property
    def is_verbatim(self) -> bool:
        """Whether nothing was changed except omissions that the quotation marks."""
        return all(change.kind in ("same", "omitted", "interrupted") for change in self.changes)

    @property
    def spans(self) -> list[Span]:
        """The spans of the article's words, without marked omissions."""
        return [(c.start, c.end) for c in self.changes if c.real and c.kind not in ("omitted", "interrupted")] or [
            (self.start, self.end)
        ]

    @property
    def skipped_characters(self) -> int:
        """Characters omitted with a mark or an interruption."""
        return sum(len(c.real) for c in self.changes if c.kind == "omitted")

    @property
    def has_marked_omission(self) -> bool:
        """Whether words are omitted with a mark."""
        return any(change.kind == "omitted" for change in self.changes)


def find_exact_matches(quotation: Quotation, stream: WordStream, alphabet: Alphabet) -> Iterator[QuoteMatch]:
    """Find every place in a stream with exactly these words, or with the pieces between the marks in order."""
    literal = alphabet.encode([word.form for word in quotation.literal])
    has_literal_match = False
    for at in find_occurrences(literal, stream.code, MAX_OCCURRENCES):
        has_literal_match = True
        yield compare_with_stream(quotation, stream, at, at + len(literal), literally=True)
    pieces = quotation.pieces()
    if has_literal_match or (len(pieces) == 1 and len(quotation.words) == len(quotation.literal)):
        return
    code = alphabet.encode([word.form for word in quotation.words])
    for at in find_occurrences(code[slice(*pieces[0])], stream.code, MAX_OCCURRENCES):
        end = _find_chain_end(quotation, pieces, code, stream.code, at)
        if end is not None:
            yield compare_with_stream(quotation, stream, at, end)


def _find_chain_end(quotation: Quotation, pieces: Sequence[Span], code: str, text: str, at: int) -> int | None:
    """Find the end of the last piece if all pieces follow one another from `at` on."""
    end = at + pieces[0][1] - pieces[0][0]
    for first, last in pieces[1:]:
        reach = OMISSION_REACH if first in quotation.omissions else INSERTION_REACH
        at = text.find(code[first:last], end, end + reach + last - first)
        if at < 0:
            return None
        end = at + last - first
    return end


def find_nearest_match(quotation: Quotation, stream: WordStream, alphabet: Alphabet) -> QuoteMatch | None:
    """Find the part of a stream most similar to the quotation."""
    code = alphabet.encode([word.form for word in quotation.words])
    windows = [find_nearest_window(code, stream.code)]
    if quotation.omissions:
        pieces = quotation.pieces()
        start, _ = find_nearest_window(code[slice(*pieces[0])], stream.code)
        _, end = find_nearest_window(code[slice(*pieces[-1])], stream.code)
        windows.append((start, min(end, start + len(code) + OMISSION_REACH)))
    tight = [_trim_to_sentences(code, stream, start, end) for start, end in windows if start < end]
    matches = [compare_with_stream(quotation, stream, start, end) for start, end in tight]
    return max(matches, key=lambda match: (match.is_one_utterance, match.similarity), default=None)


def _trim_to_sentences(code: str, stream: WordStream, first: int, last: int) -> tuple[int, int]:
    """Trim words at the ends of a window that match nothing and belong to another sentence."""
    steps = align_words(stream.code[first:last], code)
    text, words = stream.annotated_article.article.text, stream.words
    start, end = first, last
    if len(steps) > 1 and not steps[0].same:
        at = first + steps[0].real[1]
        if first < at and SENTENCE_END.search(text, words[at - 1].end, words[at].start):
            start = at
    if len(steps) > 1 and not steps[-1].same:
        at = first + steps[-1].real[0]
        if at < last and SENTENCE_END.search(text, words[at - 1].end, words[at].start):
            end = at
    return start, end


def compare_with_stream(
    quotation: Quotation, stream: WordStream, first: int, last: int, *, literally: bool = False
) -> QuoteMatch:
    """Compare the quotation with the words from `first` to before `last` of a stream."""
    return _QuoteComparison(quotation, stream, stream.words[first:last], literally).match()


class _QuoteComparison:
    """Compares a quotation with a run of words of an article."""

    def __init__(self, quotation: Quotation, stream: WordStream, words: Sequence[AlignedWord], literally: bool) -> None:
        self._quotation = quotation
        self._stream = stream
        self._article = stream.annotated_article.article
        self._text = self._article.text
        self._words = words
        self._given = quotation.literal if literally else quotation.words
        self._cuts = frozenset() if literally else quotation.omissions | quotation.insertions
        self._damage: dict[str, None] = {}
        self._misreadings: dict[str, None] = {}

    def match(self) -> QuoteMatch:
        """Compare the words, step by step."""
        real, given = ([word.form for word in words] for words in (self._words, self._given))
        changes: list[QuoteChange] = []
        same = left_out = 0
        for step in _pin_omissions(align_words(real, given), real, self._cuts):
            size = step.real[1] - step.real[0]
            for part, kind in self._classify_step(step):
                changes += self._make_changes(kind, part)
                same += part.real[1] - part.real[0] if kind == "same" else 0
            left_out += size if self._is_marked(step) else 0
        similarity = same / max(len(given), len(real) - left_out)
        whole = _is_one_utterance(self._stream.annotated_article, changes)
        start, end = self._words[0].start, self._words[-1].end
        marks = (f"marks of OCR ({', '.join(self._misreadings)})",) if self._misreadings else ()
        damage = (*self._damage, *marks)
        return QuoteMatch(self._stream, start, end, tuple(changes), same, similarity, whole, damage, bool(marks))

    def _is_marked(self, step: Step) -> bool:
        """Whether a step omits words where the quotation has a mark."""
        return step.given[0] == step.given[1] and step.given[0] in self._cuts

    def _classify_step(self, step: Step) -> Iterator[tuple[Step, ChangeKind]]:
        """Yield a step with its kind; words that were only damaged on the way count as the same."""
        (a, b), (first, last) = step.real, step.given
        if step.same:
            self._note_capitals(step)
            yield step, "same"
        elif first < last:
            yield step, self._classify_replacement(step)
        elif not self._is_marked(step):
            yield step, "removed"
        elif first in self._quotation.insertions and self._text[self._words[a].start - 1] == "[":
            # The article itself has brackets there; they are quoted or altered like the other words.
            bracketed = [word.form for word in split_words(self._extract_given(first, last))]
            yield step, "same" if bracketed == [word.form for word in self._words[a:b]] else "replaced"
        else:
            yield step, "omitted"

    def _classify_replacement(self, step: Step) -> ChangeKind:
        (a, b), (first, last) = step.real, step.given
        if a == b:
            return "inserted"
        start, end = self._words[a].start, self._words[b - 1].end
        real, given = self._text[start:end], self._extract_given(first, last)
        if self._article.is_recognized(start, end) and (misreadings := name_misreadings(real, given)):
            self._misreadings.update(dict.fromkeys(misreadings))
            return "same"
        damage = name_damage(real, given)
        self._damage.update(dict.fromkeys(damage))
        return "same" if damage else "replaced"

    def _note_capitals(self, step: Step) -> None:
        (a, b), (first, last) = step.real, step.given
        free = {cut - first for cut in (0, *self._quotation.omissions, *self._quotation.insertions)}
        real, given = self._words[a:b], self._given[first:last]
        if find_case_changes(self._text, real, self._quotation.text, given, free):
            self._damage[CAPITALS] = None

    def _make_changes(self, kind: ChangeKind, step: Step) -> Iterator[QuoteChange]:
        """Make changes of a step; more than one if the article interrupts it to name the speaker."""
        (a, b), (first, last) = step.real, step.given
        as_given = self._extract_given(first, last) if kind not in ("removed", "omitted") else ""
        if a == b:
            at = self._words[a].start if a < len(self._words) else self._words[-1].end
            yield QuoteChange(kind, "", as_given, at, at)
            return
        yield from self._find_interruption(a)
        if kind != "same" or first == last:
            yield self._make_change(kind, a, b, as_given)
            return
        run = a
        for number in range(a + 1, b):
            if gap := list(self._find_interruption(number)):
                yield self._make_change("same", run, number, self._extract_given(first + run - a, first + number - a))
                yield from gap
                run = number
        yield self._make_change("same", run, b, self._extract_given(first + run - a, last))

    def _make_change(self, kind: ChangeKind, first: int, last: int, given: str) -> QuoteChange:
        start, end = self._words[first].start, self._words[last - 1].end
        return QuoteChange(kind, self._text[start:end], given, start, end)

    def _extract_given(self, first: int, last: int) -> str:
        """The words of the quotation from `first` to before `last`; if there are none, the bracketed words there."""
        text, given = self._quotation.text, self._given
        if first < last:
            return text[given[first].start : given[last - 1].end]
        return text[given[first - 1].end : given[first].start].strip(" ,;[]") if 0 < first < len(given) else ""

    def _find_interruption(self, number: int) -> Iterator[QuoteChange]:
        """Find the article's own words between this word and the previous one in quotation marks."""
        if self._stream.quoted_only and number:
            between = split_words(self._text, self._words[number - 1].end, self._words[number].start)
            if between:
                start, end = between[0].start, between[-1].end
                yield QuoteChange("interrupted", self._text[start:end], "", start, end)


def _pin_omissions(result: Sequence[Step], real: Sequence[str], cuts: frozenset[int]) -> Sequence[Step]:
    """Move an omission to the mark that stands for it, where both places are possible.

    Of "may not. He may" given as "may … may", either "may" can be the omitted one.
    """
    pinned = list(result)
    for number in range(1, len(result) - 1):
        before, gap, after = pinned[number - 1 : number + 2]
        (a, b), at = gap.real, gap.given[0]
        if gap.same or gap.given[1] != at or at in cuts:
            continue
        move = _move_to_mark(before, gap, after, real, cuts)
        pinned[number - 1] = Step(True, (before.real[0], a + move), (before.given[0], at + move))
        pinned[number] = Step(False, (a + move, b + move), (at + move, at + move))
        pinned[number + 1] = Step(True, (b + move, after.real[1]), (at + move, after.given[1]))
    return pinned


def _move_to_mark(before: Step, gap: Step, after: Step, real: Sequence[str], cuts: frozenset[int]) -> int:
    """Count the words by which a gap can be moved to reach a mark; 0 if it cannot."""
    a, b = gap.real
    at = gap.given[0]
    for move in range(1, after.real[1] - after.real[0]):
        if real[a + move - 1] != real[b + move - 1]:
            break
        if at + move in cuts:
            return move
    for move in range(-1, before.real[0] - before.real[1], -1):
        if real[a + move] != real[b + move]:
            break
        if at + move in cuts:
            return move
    return 0


def _is_one_utterance(telling: AnnotatedArticle, changes: Sequence[QuoteChange]) -> bool:
    """Whether all omitted words are within what one person says in one place."""
    for number, gap in enumerate(changes):
        if gap.kind not in ("omitted", "removed", "interrupted") or not 0 < number < len(changes) - 1:
            continue
        before, after = changes[number - 1], changes[number + 1]
        span = (max(before.start, before.end - GAP_CONTEXT), before.end)
        other = (after.start, min(after.end, after.start + GAP_CONTEXT))
        if gap.kind == "removed" and len(gap.real) < LONG_GAP:
            continue
        if not telling.is_one_utterance(span, other):
            return False
    return True
