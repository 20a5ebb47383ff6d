"""The words of a sentence that answer a question, alone: "22 minutes", "Konstantin Yaroshenko"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from assistant.evidence.facts.features import Candidate
from assistant.evidence.facts.polarity import is_negation, read_polarities
from assistant.evidence.facts.question import FactQuestion
from assistant.records.article import Span
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

MAX_CHARACTERS = 80  # of a short answer; longer words are the sentence again
MAX_ALTERNATIVES = 3  # numbers, names or days of a sentence from which one is chosen
CLEARLY_NEARER = 3  # words by which the chosen words are nearer to those of the question than any others

MIN_CLAIM = 0.85  # share of the weight of a question's words for Yes or No
_HEDGE = re.compile(
    r"\b(?:if|whether|may|might|could|would|should|can|alleged(?:ly)?|reported(?:ly)?|claim(?:s|ed)?|rumou?r|plan(?:s|ned)?|"
    r"expect(?:s|ed)?|likely|possib(?:le|ly)|perhaps|seems?|appears?|consider(?:s|ed|ing)?|almost|nearly|ask(?:s|ed)?|"
    r"call(?:s|ed)? (?:for|on)|want(?:s|ed)?|hopes?|fears?|think(?:s)?|believ(?:e|es|ed))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_PLURAL = re.compile(r"[a-z]{2}[^us\W]s$")
_NEXT_WORD = re.compile(r"\s([a-z]\w+(?:-\w+)?)\b")


def find_short_answer(question: FactQuestion, candidate: Candidate) -> Span | None:
    """The span, into the article, of the words that answer; None if several words may, or none.

    Of several numbers, names or days, the one that stands clearly nearest to the words of the question.
    """
    expects = question.query.expects
    if expects in (None, "yes_no", "reason"):
        return None
    if expects == "number" and question.counted_nouns and not candidate.features.get("counts_noun"):
        return None
    text, end = candidate.sentence.article.text, candidate.sentence.end
    chosen = _choose_nearest(question, candidate, list(candidate.marks))
    if chosen is None or chosen[1] - chosen[0] > MAX_CHARACTERS:
        return None
    return _add_noun(text, chosen, end, question.counted_nouns) if expects == "number" else chosen


def decide_yes_or_no(question: FactQuestion, candidate: Candidate) -> str | None:
    """Yes or No, if a sentence affirms or denies nearly every word of a claim; None if it hedges or lacks some."""
    text = candidate.sentence.text
    if question.query.expects != "yes_no" or _HEDGE.search(text) or any(map(is_negation, question.query.text.split())):
        return None
    polarities = read_polarities(text, question.stems)
    if question.weights.measure_coverage(candidate.sentence.stems | set(polarities)) < MIN_CLAIM:
        return None
    denials = [each.is_denied for each in polarities.values()]
    if not any(denials):
        return None if any(map(is_negation, text.split())) else "Yes"
    return "No" if sum(denials) == 1 else None


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
