"""The sentence that names what the best one does not: "Velda is back" beside "Sales of the cheese rose"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from assistant.evidence.facts.answer_spans import find_answer_spans
from assistant.evidence.facts.context import PARAGRAPH_BREAK, lacks_subject
from assistant.evidence.facts.features import Candidate, find_counting, find_marks, states_nothing
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.short_answers.candidates import find_candidates
from assistant.records.article import Article, Span
from assistant.retrieval.snapshot import Snapshot
from assistant.text.stemming import stem_words

NAMED_KINDS = ("name", "person", "place")  # of answers, that an article calls by their names only now and then
MAX_BEFORE = 3  # sentences before one, in which "the app" has its name

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ASKED_NOUN = re.compile(
    r"\b(?:which|what) (?:[\w’'-]+ ){0,3}?([\w’-]+)(?= (?:is|was|are|were|did|does|do|has|had|will|would|can|could|may|"
    r"that|who|to|in|of|on|at|for|by|[\w’-]+ed)\b|$)",
    re.IGNORECASE,
)


def find_naming_span(
    question: FactQuestion, best: Sequence[Candidate], spans: Sequence[Span]
) -> tuple[Span, Span] | None:
    """The sentence that names what the best one does not, and the name: "Velda is back" for "Sales of the cheese rose".

    None unless a name is asked for and the best sentences that are shown have none of that kind; `spans` are those of
    the article of the first. The name stands in the title too, and the nearest sentence before the best one comes
    first; or the sentence has what "the app" or "she" stands for.
    """
    query, sentence = question.query, best[0].sentence
    article = sentence.article
    if query.expects not in NAMED_KINDS:
        return None
    if any(find_candidates(query, each.sentence.article.text, each.marks) for each in best):
        return None
    place = bisect_left(spans, (sentence.start, sentence.end))
    order = [*range(place - 1, -1, -1), *range(place + 1, len(spans))]
    for number in order:
        for name in _find_names(question, article, spans[number]):
            if stem_words(article.text[slice(*name)]) <= sentence.title_stems:
                return spans[number], name
    if not _refers_back(query.text, sentence.text):
        return None
    for number in order[: min(place, MAX_BEFORE)]:
        names = find_candidates(query, article.text, list(_find_names(question, article, spans[number])))
        if names:
            return spans[number], names[0]
    return None


def find_number_beside(question: FactQuestion, best: Candidate, snapshot: Snapshot) -> tuple[Span, Span] | None:
    """The sentence after or before the best one that has the number which that lacks, and the number.

    None if no number is asked for, the best has one, or a paragraph ends between them. Where things are counted, it
    counts them.
    """
    sentence, query = best.sentence, question.query
    if query.expects != "number" or best.marks:
        return None
    text, spans = sentence.article.text, snapshot.sentence_spans(sentence.article.id)
    for number in (sentence.number + 1, sentence.number - 1):
        if not 0 <= number < len(spans):
            continue
        start, end = spans[number]
        first, second = sorted([(start, end), (sentence.start, sentence.end)])
        if PARAGRAPH_BREAK.search(text, first[1], second[0]) or states_nothing(text[start:end]):
            continue
        marks = find_marks(question, text, start, end)
        if question.counted_nouns:
            marks, share = find_counting(question, text, (start, end), marks)
            marks = marks if share == 1 else ()
        marks = tuple(each for each in marks if not _YEAR.fullmatch(text[slice(*each)]))
        if marks:
            return (start, end), marks[0]
    return None


def _find_names(question: FactQuestion, article: Article, span: Span) -> Iterator[Span]:
    """The names in a sentence that the question does not contain; none in a link or a caption."""
    if not states_nothing(article.text[slice(*span)]):
        yield from find_answer_spans(question.query.expects, article.text, *span, question.stems)


def _refers_back(question: str, sentence: str) -> bool:
    """Whether a sentence has a pronoun for its subject, or calls what is asked for by its kind: "the app"."""
    asked = _ASKED_NOUN.search(question)
    noun = asked and re.search(rf"\b(?:the|this|that) (?:\w+ )?{re.escape(asked[1])}", sentence, re.IGNORECASE)
    return bool(noun) or lacks_subject(sentence)
