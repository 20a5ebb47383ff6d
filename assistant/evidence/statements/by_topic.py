"""Who spoke on a topic, in the act of speech that the question names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.selection import EvidenceRequest, rank_evidence
from assistant.evidence.speech_acts import has_same_speech_act
from assistant.evidence.statements.meaning import MAX_COMPARED_LENGTH
from assistant.evidence.statements.utterance_evidence import STATUS_FACTORS, is_unsaid, make_evidence
from assistant.evidence.term_weights import TermWeights
from assistant.records.answer import Evidence
from assistant.records.query import Query
from assistant.speech.utterances import Utterance
from assistant.text.names import full_names, has_given_name, is_same_person
from assistant.text.stemming import stem_words
from assistant.text.words import content_words

MAX_COMPARED = 8  # utterances that are compared in meaning; each costs milliseconds
MAX_NEAR = 3  # utterances that are only near to the question
TOPIC_CONTEXT_WEIGHT = 0.9  # of a word in the sentence of an utterance, relative to one in the spoken words

_NAME_IN_QUESTION = re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?=[’']s|\W|$)")


def find_statements_on_topic(request: EvidenceRequest) -> list[Evidence]:
    """Words on the question's subject in the requested act of speech, where the article names the speaker."""
    weights = TermWeights(_drop_given_names(request.query), request.snapshot)
    evidence: list[Evidence] = []
    for utterance in _list_utterances(request):
        stems = stem_words(utterance.text)
        coverage = weights.measure_coverage(stems, stem_words(utterance.shown), TOPIC_CONTEXT_WEIGHT)
        if coverage >= STATEMENT_WEIGHTS.min_other_coverage:
            score = 0.9 * coverage + 0.1 * utterance.direct
            evidence.append(make_evidence(utterance, score * STATUS_FACTORS.get(utterance.status, 1.0)))
    return evidence


def find_statements_near_topic(request: EvidenceRequest) -> list[Evidence]:
    """Words in the requested act of speech that are near to the question in meaning, best first, at most `MAX_NEAR`.

    Those with most of the question's words, in the sentence or the title, are compared.
    """
    if request.similarity is None:
        return []
    weights = TermWeights(_drop_given_names(request.query), request.snapshot)

    def rate(utterance: Utterance) -> float:
        return weights.measure_coverage(stem_words(utterance.shown), stem_words(utterance.article.title))

    chosen = sorted(_list_utterances(request), key=rate, reverse=True)[:MAX_COMPARED]
    if not chosen:
        return []
    cosines = request.similarity([f"{each.article.title}. {each.shown[:MAX_COMPARED_LENGTH]}" for each in chosen])
    scored = (make_evidence(utterance, float(cosine)) for utterance, cosine in zip(chosen, cosines, strict=True))
    near = rank_evidence(each for each in scored if each.score >= STATEMENT_WEIGHTS.min_near_question)
    return near[:MAX_NEAR]


def _list_utterances(request: EvidenceRequest) -> Iterator[Utterance]:
    """The words in the requested act of speech, where the article names the speaker."""
    query = request.query
    people = _NAME_IN_QUESTION.findall(query.text)
    for article in request.articles.values():
        for utterance in request.snapshot.utterances(article):
            speaker = utterance.speaker
            if speaker is None or is_unsaid(utterance) or any(is_same_person(name, speaker) for name in people):
                continue  # "Who criticized Musk?" does not ask for words of Musk
            if any(has_same_speech_act(query.cue, statement.cue) for statement in utterance.statements):
                yield utterance


def _drop_given_names(query: Query) -> tuple[str, ...]:
    """The terms without given names, because articles use the surname: "Ada Brandreth" asks for words on Brandreth."""
    given_names = {word for name in full_names(query.text) if has_given_name(name) for word in content_words(name)[:-1]}
    return tuple(term for term in query.terms if term not in given_names) or query.terms
