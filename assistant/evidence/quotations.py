"""Places in the articles where the quoted words of a question occur, with the speaker that the article names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.statements.utterance_evidence import make_evidence
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.statement import StatementStatus
from assistant.retrieval.snapshot import Snapshot
from assistant.speech.utterances import Utterance
from assistant.text.layout.joining import join_divided_words, join_text
from assistant.text.words import split_words

# Words that were not said are shown after all others.
_STATUS_SCORES: Mapping[StatementStatus, float] = {
    "asserted": 1.0,
    "reported": 0.98,
    "narrated": 0.9,
    "questioned": 0.8,
    "denied": 0.8,
    "corrected": 0.75,
}
MAX_PLACES = 20  # occurrences of one quotation in an article that are compared


def find_quoted_words(request: EvidenceRequest) -> list[Evidence]:
    """One place for each quotation and article, those with a named speaker first.

    A place where the article says who speaks is preferred to a headline that repeats the words.
    """
    evidence = [
        place
        for article in request.articles.values()
        for quotation in request.query.quoted
        if (place := _find_in_article(quotation, article, request.snapshot)) is not None
    ]
    return sorted(evidence, key=lambda each: -each.score)


def _find_in_article(quotation: str, article: Article, snapshot: Snapshot) -> Evidence | None:
    spans = list(islice(find_quotation_spans(quotation, article.text), MAX_PLACES))
    if not spans:
        return None
    utterances = snapshot.utterances(article)
    headline_end = _find_headline_end(article)
    places = [(span, _find_utterance_at(span, utterances)) for span in spans]

    def prefer_attributed(place: tuple[Span, Utterance | None]) -> tuple[bool, bool, float]:
        span, utterance = place
        named = utterance is not None and bool(utterance.speaker)
        return span[0] >= headline_end, named, _STATUS_SCORES[utterance.status] if utterance else 0.0

    span, utterance = max(places, key=prefer_attributed)
    if utterance is None:
        start, end = _find_sentence_at(snapshot.sentence_spans(article.id), span)
        return Evidence(article, start, end, STATEMENT_WEIGHTS.unnamed_speaker_score)
    score = _STATUS_SCORES[utterance.status]
    return make_evidence(utterance, score if utterance.speaker else STATEMENT_WEIGHTS.unnamed_speaker_score * score)


def find_quotation_spans(quotation: str, text: str) -> Iterator[Span]:
    """Where the words of a quotation occur in a text, in order; punctuation, case and white space may differ.

    A word that the text divides at the end of a line is found with and without a hyphen.
    """
    words = re.findall(r"\w+", join_divided_words(quotation))
    if not words:
        return
    joined = join_text(text)
    found = list(_find_words(r"\W+", map(re.escape, words), joined.text))
    if not found and joined.has_divisions:
        letters = ("-?".join(map(re.escape, word)) for word in words)
        found = list(_find_words(r"\W*", letters, joined.text))
    yield from (joined.to_original(*span) for span in found)


def _find_words(between: str, words: Iterable[str], text: str) -> Iterator[Span]:
    pattern = rf"\b{between.join(words)}\b"
    return (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _find_headline_end(article: Article) -> int:
    """The end of a first line that only repeats the title; else 0."""
    first_line = article.text.partition("\n")[0]
    return len(first_line) if split_words(first_line) == split_words(article.title) else 0


def _find_utterance_at(span: Span, utterances: Sequence[Utterance]) -> Utterance | None:
    """The utterance that contains some words: one with a named speaker if possible, else the innermost."""
    start, end = span
    containing = [
        utterance
        for utterance in utterances
        if utterance.status != "narrated"
        and any(statement.start < end and start < statement.end for statement in utterance.statements)
    ]
    return max(
        containing, key=lambda utterance: (utterance.speaker is not None, utterance.statements[0].start), default=None
    )


def _find_sentence_at(sentences: Sequence[Span], span: Span) -> Span:
    touched = [sentence for sentence in sentences if sentence[0] < span[1] and span[0] < sentence[1]]
    return (touched[0][0], touched[-1][1]) if touched else span
