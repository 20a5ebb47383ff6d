"""What somebody said on a topic, and who spoke about it: evidence from the statements of the retrieved articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace

from assistant.evidence.scoring import STATEMENT_WEIGHTS
from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.speech_acts import has_same_speech_act, names_speech_act
from assistant.evidence.term_weights import TermWeights
from assistant.questions.speakers import is_pronoun
from assistant.records.answer import Evidence
from assistant.records.query import Query
from assistant.speech.utterances import Utterance
from assistant.text.languages import ENGLISH
from assistant.text.names import find_occupations, full_names, has_given_name, is_same_person, name_parts, name_words
from assistant.text.stemming import stem_words
from assistant.text.words import content_words, split_words

LONG_STATEMENT = 500  # characters from which a statement is no longer brief
INFORMATIVE_LENGTH = 120  # characters from which a statement says enough
MAX_JOINED_LENGTH = 600  # characters up to which a quotation that continues in the next sentence is shown whole
MAX_GAP = 2  # characters between two utterances of which the second continues the first
MAX_MOUTHPIECE_WORDS = 4  # "Tarn’s re-election campaign team"
MAX_LABEL_GAP = 80  # characters between a question and the answer: the label of a speaker
TOPIC_CONTEXT_WEIGHT = 0.9  # of a word in the sentence of an utterance, relative to one in the spoken words

_STATUS_FACTORS = {
    "reported": STATEMENT_WEIGHTS.second_hand_penalty,
    "denied": STATEMENT_WEIGHTS.unsaid_penalty,
}
_MOUTHPIECES, _PREPOSITIONS = ENGLISH.people.mouthpieces, ENGLISH.grammar.prepositions
_POSSESSIVE = re.compile(r"[’']s?$")
_FRAGMENT = re.compile(r"(?:to|of|in|on|at|for|about|with|from|regarding|against|not)\s")
_CAPITALISED = re.compile(r"[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?)*")
_NAME_IN_QUESTION = re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?=[’']s|\W|$)")


# ---------------------------------------------------------------------------------- what somebody said

_ScoredUtterance = tuple[Utterance, float | None]  # None: not on the topic


@dataclass(slots=True)
class SpeakerEvidence:
    """What the articles have of one requested speaker."""

    evidence: list[Evidence] = field(default_factory=list)
    speaker_known: bool = False  # the articles name the speaker
    speaker_speaks: bool = False  # and quote them
    unsaid: list[Evidence] = field(default_factory=list)  # words on the topic that are not the speaker's
    by_mouthpieces: list[Evidence] = field(default_factory=list)  # words on the topic of those who speak for them
    other_speakers: dict[str, Evidence] = field(default_factory=dict)  # best words of others on the topic, by name


@dataclass(frozen=True, slots=True)
class _SpeakerCriteria:
    """What a question requires of the words of one speaker."""

    query: Query
    weights: TermWeights
    phrase: str  # the topic in plain words
    names: Set[tuple[str, bool]]  # of the speaker, as the library has them; see `SpeakerNames`
    occupations: Set[str]  # that the question gives the speaker: "the geologist Anna Berg"
    unlikely_names: Set[str]
    surname: str


def find_statements_by(request: EvidenceRequest, speaker: str) -> SpeakerEvidence:
    """What a requested speaker says on the question's topic, in the order of the articles."""
    result = SpeakerEvidence()
    if is_pronoun(speaker):
        return result
    query, snapshot = request.query, request.snapshot
    criteria = _SpeakerCriteria(
        query=query,
        weights=TermWeights(query.terms, snapshot),
        phrase=" ".join(split_words(query.topic or "")),
        names=set(snapshot.speaker_names(speaker)),
        occupations=find_occupations(speaker),
        unlikely_names=snapshot.unlikely_speakers(speaker),
        surname=(content_words(speaker) or (speaker.lower(),))[-1],
    )
    mention = re.compile(rf"\b{re.escape(criteria.surname)}", re.IGNORECASE)
    result.speaker_known = bool(criteria.names)
    for article in request.articles.values():
        result.speaker_known = result.speaker_known or mention.search(article.text) is not None
        on_topic: list[_ScoredUtterance] = []
        previous: Utterance | None = None
        for utterance in snapshot.utterances(article):
            is_own = _is_by(utterance, criteria.names) and not _is_namesake(utterance, criteria.occupations)
            if is_own and _is_unsaid(utterance):
                _add_unsaid(result, utterance, previous, criteria)
            elif is_own:
                result.speaker_speaks = True
                on_topic.append((utterance, _score_on_topic(utterance, previous, criteria)))
            else:
                _add_other_speaker(result, utterance, previous, criteria)
            previous = utterance
        result.evidence += _join_continuations(on_topic)
    return result


def _is_namesake(utterance: Utterance, occupations: Set[str]) -> bool:
    """Whether the article gives the speaker other occupations than the question does."""
    own = find_occupations(utterance.statements[0].role or "")
    return bool(occupations and own) and occupations.isdisjoint(own)


def _join_continuations(scored: Iterable[_ScoredUtterance]) -> list[Evidence]:
    """The utterances with a score. Each includes the quotation with which the speaker continues in the next sentence.

    "“The lock is old,” Ada said. “It will not last.”" is one piece of evidence, even if only its first half has a
    score.
    """
    joined: list[Evidence] = []
    previous: Utterance | None = None
    for utterance, score in scored:
        last = joined[-1] if joined else None
        if last and previous and last.end == previous.span[1] and _continues(utterance, previous, last.start):
            joined[-1] = replace(last, end=utterance.span[1], score=max(last.score, score or 0.0))
        elif score is not None:
            joined.append(make_evidence(utterance, score * _STATUS_FACTORS.get(utterance.status, 1.0)))
        previous = utterance
    return joined


def make_evidence(utterance: Utterance, score: float) -> Evidence:
    """An utterance as evidence, with what the article says of whether it was said."""
    return Evidence(
        utterance.article,
        *utterance.span,
        score,
        utterance.speaker,
        status=utterance.status,
        via=utterance.via,
        correction=utterance.correction,
    )


def _is_unsaid(utterance: Utterance) -> bool:
    """Whether the words are not the speaker's: corrected, imagined, or denied, except what the speaker denies."""
    if utterance.status == "denied":
        return not any(statement.cue.lower() in ENGLISH.status.denial_cues for statement in utterance.statements)
    return utterance.status in ("questioned", "corrected")


def _add_unsaid(
    result: SpeakerEvidence, utterance: Utterance, previous: Utterance | None, criteria: _SpeakerCriteria
) -> None:
    score = _score_on_topic(utterance, previous, criteria)
    if score is not None:
        result.unsaid.append(make_evidence(utterance, score))


def _continues(utterance: Utterance, previous: Utterance, start: int) -> bool:
    """Whether an utterance is the rest of a quotation in the same paragraph that begins at `start`."""
    gap = utterance.article.text[previous.span[1] : utterance.span[0]]
    return (
        utterance.speaker == previous.speaker
        and previous.direct
        and not any(statement.cue for statement in utterance.statements)
        and len(gap) <= MAX_GAP
        and not gap.strip()
        and "\n" not in gap
        and utterance.span[1] - start <= MAX_JOINED_LENGTH
    )


def _add_other_speaker(
    result: SpeakerEvidence, utterance: Utterance, previous: Utterance | None, criteria: _SpeakerCriteria
) -> None:
    role = utterance.statements[0].role
    if role and utterance.speaker is None and criteria.query.topic and _speaks_for(role, criteria.surname):
        score = _score_on_topic(utterance, previous, criteria)
        if score is not None:
            result.by_mouthpieces.append(Evidence(utterance.article, *utterance.span, score, role))
    name = _name_other_speaker(utterance, criteria.surname)
    coverage = criteria.weights.measure_coverage(stem_words(utterance.text)) if name else 0.0
    if name and not _is_unsaid(utterance) and coverage >= STATEMENT_WEIGHTS.min_other_coverage:
        evidence = make_evidence(utterance, coverage)
        best = result.other_speakers.get(name, evidence)
        result.other_speakers[name] = max(best, evidence, key=lambda each: each.score)


def _is_by(utterance: Utterance, names: Set[tuple[str, bool]]) -> bool:
    first = utterance.statements[0]
    if first.speaker is not None:
        return (first.speaker, True) in names
    return first.role is not None and (first.role, False) in names


def _speaks_for(role: str, surname: str) -> bool:
    """Whether a role is a body that speaks for a person: "the Tarn campaign", "Tarn’s office"."""
    words = [_POSSESSIVE.sub("", word) for word in role.lower().split()]
    is_body = words[-1] in _MOUTHPIECES and _PREPOSITIONS.isdisjoint(words)
    return is_body and surname.lower() in words[-MAX_MOUTHPIECE_WORDS:-1]


def _name_other_speaker(utterance: Utterance, surname: str) -> str | None:
    """The name of another speaker. Without one, the role if it mentions the requested speaker ("Obama's aides")."""
    role = utterance.statements[0].role
    return utterance.speaker or (role if role and surname.lower() in name_words(role) else None)


def _score_on_topic(utterance: Utterance, previous: Utterance | None, criteria: _SpeakerCriteria) -> float | None:
    """The score of words of the requested speaker, or None if they are not on the topic."""
    query, weights = criteria.query, STATEMENT_WEIGHTS
    coverage = 1.0
    if query.terms:
        context = _collect_context_stems(utterance, previous)
        coverage = criteria.weights.measure_coverage(stem_words(utterance.text), context)
    start, end = utterance.span
    sentence = utterance.article.text[start:end]
    if coverage < weights.min_topic_coverage or (query.topic and is_about_another(query.topic, sentence)):
        return None
    if not utterance.direct and sentence.rstrip("”\"’'").endswith("?"):
        return None  # the writer asks about their view
    score = _score_statement(utterance, coverage, criteria)
    if utterance.speaker in criteria.unlikely_names:
        score *= weights.unlikely_speaker_penalty
    if _FRAGMENT.match(sentence) and not utterance.direct:
        score *= weights.fragment_penalty
    return score


def _collect_context_stems(utterance: Utterance, previous: Utterance | None) -> set[str]:
    """The stems of the whole sentence, and of the words just before if the speaker continues from them.

    In an interview those are also the words of the question that the speaker answers.
    """
    start, end = utterance.span
    stems = stem_words(utterance.article.text[start:end])
    if previous is None:
        return stems
    continues = previous.speaker == utterance.speaker and start - previous.span[1] <= MAX_GAP
    if continues or _is_answer(utterance, previous):
        stems |= stem_words(previous.text)
    return stems


def _is_answer(utterance: Utterance, previous: Utterance) -> bool:
    """Whether an utterance is the turn of an interview after a question."""
    is_next = utterance.span[0] - previous.span[1] <= MAX_LABEL_GAP
    return is_next and utterance.statements[0].cue == ":" and previous.text.rstrip().endswith("?")


def _score_statement(utterance: Utterance, coverage: float, criteria: _SpeakerCriteria) -> float:
    weights, query, text = STATEMENT_WEIGHTS, criteria.query, utterance.text
    if not query.terms:
        length = min(1.0, len(text) / INFORMATIVE_LENGTH)
        return weights.open_length * length + weights.open_direct_speech * utterance.direct
    phrase = criteria.phrase
    has_phrase = bool(phrase) and f" {phrase} " in f" {' '.join(split_words(text))} "
    brevity = max(0.0, 1 - len(text) / LONG_STATEMENT)
    score = (
        weights.coverage * coverage
        + weights.exact_phrase * has_phrase
        + weights.direct_speech * utterance.direct
        + weights.brevity * brevity
    )
    if names_speech_act(query.cue):
        same_act = any(has_same_speech_act(query.cue, statement.cue) for statement in utterance.statements)
        score = (1 - weights.speech_act) * score + weights.speech_act * same_act
    return float(score**weights.topic_exponent)


def is_about_another(topic: str, text: str) -> bool:
    """Whether a text that shares words with a name means something else: North Korea for South Korea.

    Applies only to topics that are a name of several words. A text that has the last word alone, or with a title,
    may mean the topic.
    """
    parts = topic.split()
    if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
        return False
    words, last = {part.lower() for part in parts}, parts[-1].lower()
    names = [match[0].split() for match in _CAPITALISED.finditer(text)]
    names_with_last = [name for name in names if last in map(str.lower, name)]
    if not names_with_last:
        shares_word = any(words & set(map(str.lower, name)) for name in names)
        return not shares_word and last not in split_words(text)
    return not any(
        len(words & set(map(str.lower, name))) > 1 or len(name_parts(" ".join(name))) == 1 for name in names_with_last
    )


# ---------------------------------------------------------------------------------------- who said it


def find_statements_on_topic(request: EvidenceRequest) -> list[Evidence]:
    """Words on the question's subject in the requested act of speech, where the article names the speaker."""
    query = request.query
    weights = TermWeights(_drop_given_names(query), request.snapshot)
    people = _NAME_IN_QUESTION.findall(query.text)
    evidence: list[Evidence] = []
    for article in request.articles.values():
        for utterance in request.snapshot.utterances(article):
            speaker = utterance.speaker
            if speaker is None or _is_unsaid(utterance) or any(is_same_person(name, speaker) for name in people):
                continue  # "Who criticized Musk?" does not ask for words of Musk
            if not any(has_same_speech_act(query.cue, statement.cue) for statement in utterance.statements):
                continue
            start, end = utterance.span
            sentence_stems = stem_words(article.text[start:end])
            coverage = weights.measure_coverage(stem_words(utterance.text), sentence_stems, TOPIC_CONTEXT_WEIGHT)
            if coverage >= STATEMENT_WEIGHTS.min_other_coverage:
                score = 0.9 * coverage + 0.1 * utterance.direct
                evidence.append(make_evidence(utterance, score * _STATUS_FACTORS.get(utterance.status, 1.0)))
    return evidence


def _drop_given_names(query: Query) -> tuple[str, ...]:
    """The terms without given names, because articles use the surname: "Ada Brandreth" asks for words on Brandreth."""
    given_names = {word for name in full_names(query.text) if has_given_name(name) for word in content_words(name)[:-1]}
    return tuple(term for term in query.terms if term not in given_names) or query.terms
