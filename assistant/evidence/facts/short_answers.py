"""The words of a sentence that answer a question, alone: "22 minutes"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from assistant.evidence.facts.features import Candidate
from assistant.evidence.facts.question import FactQuestion
from assistant.records.article import Span
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

MAX_CHARACTERS = 80  # of a short answer; longer words are the sentence again
MAX_ALTERNATIVES = 3  # numbers, names or days of a sentence from which one is chosen
CLEARLY_NEARER = 3  # words by which the chosen words are nearer to those of the question than any others

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_PLURAL = re.compile(r"[a-z]{2}[^us\W]s$")
_NEXT_WORD = re.compile(r"\s([a-z]\w+(?:-\w+)?)\b")


def find_short_answer(question: FactQuestion, candidate: Candidate) -> Span | None:
    """The span, into the article, of the words that answer; None if several words may, or none.

    Only for a number: of the names, places and days found in the same way, half or fewer were right. Of several
    numbers, the one that stands clearly nearest to the words of the question.
    """
    expects = question.query.expects
    if expects != "number":
        return None
    if question.counted_nouns and not candidate.features.get("counts_noun"):
        return None
    text, end = candidate.sentence.article.text, candidate.sentence.end
    chosen = _choose_nearest(question, candidate, list(candidate.marks))
    if chosen is None or chosen[1] - chosen[0] > MAX_CHARACTERS:
        return None
    return _add_noun(text, chosen, end, question.counted_nouns)


def _choose_nearest(question: FactQuestion, candidate: Candidate, marks: Sequence[Span]) -> Span | None:
    if len(marks) < 2:
        return marks[0] if marks else None
    if len(marks) > MAX_ALTERNATIVES:
        return None
    sentence = candidate.sentence
    words = list(_WORD.finditer(sentence.article.text, sentence.start, sentence.end))
    named = [
        at for at, word in enumerate(words) if any(part in question.stems for part in map(stem, split_words(word[0])))
    ]
    if not named:
        return None
    distances = sorted((_measure_distance(mark, named, words), mark) for mark in marks)
    (nearest, chosen), (second, _) = distances[:2]
    return chosen if second - nearest >= CLEARLY_NEARER else None


def _measure_distance(mark: Span, named: Iterable[int], words: Sequence[re.Match[str]]) -> float:
    """The mean distance, in words, of some words to the three nearest words of the question."""
    places = [at for at, word in enumerate(words) if word.start() < mark[1] and mark[0] < word.end()] or [0]
    nearest = sorted(min(abs(at - place) for place in places) for at in named)[:3]
    return sum(nearest) / len(nearest)


def _add_noun(text: str, mark: Span, end: int, nouns: Set[str]) -> Span:
    """A plain number with the noun that it counts: "22 minutes", but "$48 million" for "$48 million stood"."""
    match = _NEXT_WORD.match(text, mark[1], end)
    if match is None or match[1] in STOP_WORDS or not text[mark[0]].isalnum() or text[mark[1] - 1] == "%":
        return mark
    return (mark[0], match.end()) if stem(match[1]) in nouns or _PLURAL.search(match[1]) else mark
