"""Any other question, above all for a fact: the sentences that answer it, whoever says them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial, QuestionKind
from assistant.answers.kinds.premise import (
    MAX_COMPARED_ARTICLES,
    MAX_NEAREST,
    contradict,
    drop_overlaps,
    put_first,
)
from assistant.answers.kinds.shared import CONTRARY, ask_speakers, mention_elsewhere
from assistant.evidence.absent_people import find_absent_people
from assistant.evidence.facts.context import find_shown_span
from assistant.evidence.facts.decision import SURE_PROBABILITY, decide, estimate_probability
from assistant.evidence.facts.features import build_candidates
from assistant.evidence.facts.question import FactQuestion, read_question
from assistant.evidence.facts.ranking import RankedSentence, rank_sentences
from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.facts.signs import FIRST_SENTENCES, read_signs
from assistant.evidence.missing_words import find_missing_names, find_missing_words
from assistant.evidence.premises.contradiction import Contradiction, find_opposite
from assistant.evidence.premises.denials import find_denials
from assistant.evidence.premises.differences import find_difference, is_told_of_asked_year
from assistant.evidence.requirements.fitting import put_fitting_first
from assistant.evidence.selection import EvidenceRequest, Selection, rank_evidence
from assistant.evidence.short_answers.choice import MIN_PROBABILITY, choose_short_answer
from assistant.evidence.short_answers.naming import find_naming_span, find_number_beside
from assistant.questions.names.finding import find_names
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.records.question_kinds import FACT_KIND
from assistant.retrieval.snapshot import Snapshot
from assistant.text.formatting import join_names

MAX_WITH_WORDS = 5  # of the best sentences, in which the words that answer are looked for
SCORE_SPREAD = 6.0  # log-odds by which a sentence falls behind the best until its score is divided by e
MIN_WORD_COVERAGE = 0.5  # share of the weight of a question's words that a sentence in its language needs
MIN_ABSENT_SHARE = 0.6  # of a question's weight: with such words in no article it asks about something else
MAX_DENIALS = 2  # shown after a claim
MAX_WORD_LENGTH = 60  # letters: what is longer is no word of any language that questions are asked in
MAX_TITLES = 2  # of the nearest articles, which a refusal names

_ALTERNATIVES = re.compile(r"\b(?:or|either|whether)\b", re.IGNORECASE)


def select_sentences(request: EvidenceRequest) -> Selection:
    """The sentences of the passages, best first: as evidence if the best is likely to answer, else as near to that.

    The meaning of a question in another language than English is not compared: its words decide.
    """
    question = read_question(request)
    if request.query.language:
        return _select_by_words(question, request)
    ranked = rank_sentences(question, request)
    if not ranked:
        return Selection((), 0.0)
    asks_why = request.query.expects == "reason"
    is_sure = asks_why and estimate_probability(read_signs(question, ranked)) >= SURE_PROBABILITY
    ranked, is_fitting = put_fitting_first(question, ranked, request.snapshot, is_sure=is_sure)
    signs = read_signs(question, ranked)
    probability = estimate_probability(signs)
    evidence = drop_overlaps(_list_evidence(question, ranked, probability, request.snapshot))
    decision = decide(probability, None if request.asked_at is None else signs["freshness"])
    is_absent = question.weights.absent_share >= MIN_ABSENT_SHARE and not request.query.is_follow_up
    if decision == "answer" and (not is_fitting or is_absent or ranked[0].candidate.features.get("other_month")):
        # It lacks what the question requires, most of what it asks about is in no article, or it is of another month.
        decision = "near"
    nearest = list({each.article.id: each.article for each in evidence[:MAX_NEAREST]}.values())
    if decision != "answer" and (absent := find_absent_people(request.query, request.snapshot, nearest)):
        return Selection((), probability, compared=evidence, missing=absent)
    if decision == "nothing" or (decision == "near" and _tells_nothing(request.query)):
        return Selection((), probability, compared=evidence)
    difference = _find_difference(request, ranked)
    if decision == "answer" and difference is None:
        named = _drop_unnamed(request.query, evidence)
        return Selection(_add_denials(request, ranked, named), probability)
    if difference is not None and not is_told_of_asked_year(
        request.query, difference, request.snapshot.articles_of(request.snapshot.passages).values()
    ):
        return contradict(request, difference, evidence, probability)
    return Selection((), probability, near=evidence, missing=find_missing_words(request.query, nearest))


def _tells_nothing(query: Query) -> bool:
    """Whether no word of a question says what it is about, so that nothing is nearer to it than anything else."""
    is_about_time = query.period or query.asks_latest_state
    if query.is_follow_up or is_about_time or query.quoted or query.outlets or find_names(query.text, query.outlets):
        return False
    return all(len(term) > MAX_WORD_LENGTH for term in query.terms)


def _find_difference(request: EvidenceRequest, ranked: Sequence[RankedSentence]) -> Contradiction | None:
    """What the articles of the best sentences say against what the question takes for granted."""
    best = ranked[0].candidate.sentence
    return find_difference(request.query, (best.article, (best.start, best.end)), _list_articles(request, ranked))


def _drop_unnamed(query: Query, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The evidence without articles that have none of the question's names that the best one has: of another ship."""
    if query.asks_for_several:
        return evidence
    names = {each.text for each in find_names(query.text, query.outlets) if not each.is_guessed}
    articles = {each.article.id: each.article for each in evidence}
    lacking = {place: set(find_missing_names(query, [article])) for place, article in articles.items()} if names else {}
    wanted = names - lacking.get(evidence[0].article.id, names)
    return tuple(each for each in evidence if not wanted or not wanted <= lacking[each.article.id])


def _add_denials(
    request: EvidenceRequest, ranked: Sequence[RankedSentence], evidence: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """The evidence with what denies it, of a yes-or-no question: the opposite comes first, a denial after the claim."""
    query, best = request.query, ranked[0].candidate.sentence
    if query.expects != "yes_no" or _ALTERNATIVES.search(query.text):
        return evidence
    articles = _list_articles(request, ranked)
    opposite = find_opposite(query.text, best.article, request.snapshot.sentence_spans(best.article.id))
    if opposite is not None:
        return put_first(opposite, evidence, request.snapshot)
    first, *others = evidence
    denials = islice(find_denials(query, (first.article, (first.start, first.end)), articles), MAX_DENIALS)
    denying = [Evidence(each.article, *each.span, first.score) for each in denials]
    return drop_overlaps([first, *denying, *others])


def _list_articles(request: EvidenceRequest, ranked: Sequence[RankedSentence]) -> list[tuple[Article, Sequence[Span]]]:
    """The articles of the best sentences with their sentences."""
    articles = {each.candidate.sentence.article.id: each.candidate.sentence.article for each in ranked}
    return [
        (article, request.snapshot.sentence_spans(article.id))
        for article in list(articles.values())[:MAX_COMPARED_ARTICLES]
    ]


def _list_evidence(
    question: FactQuestion, ranked: Sequence[RankedSentence], probability: float, snapshot: Snapshot
) -> Iterator[Evidence]:
    """The sentences as evidence, and after the first one the sentence that names what it does not."""
    for place in range(len(ranked)):
        yield (own := _make_evidence(question, ranked, place, probability, snapshot))
        if place == 0:
            best, spans = (
                [other.candidate for other in ranked[:FIRST_SENTENCES]],
                snapshot.sentence_spans(own.article.id),
            )
            naming = find_naming_span(question, best, spans) or find_number_beside(question, best[0], snapshot)
            if naming:
                yield Evidence(own.article, *naming[0], own.score, marks=(naming[1],))


def _make_evidence(
    question: FactQuestion, ranked: Sequence[RankedSentence], place: int, probability: float, snapshot: Snapshot
) -> Evidence:
    candidate = ranked[place].candidate
    article = candidate.sentence.article
    start, end = find_shown_span(candidate.sentence, snapshot.sentence_spans(article.id))
    words, is_certain = _choose_words(question, ranked, place, probability)
    return Evidence(
        article,
        start,
        end,
        probability * math.exp((ranked[place].score - ranked[0].score) / SCORE_SPREAD),
        marks=candidate.marks if words is None else (words,),
        short_answer=" ".join(article.text[slice(*words)].split()) if words and is_certain else None,
    )


def _choose_words(
    question: FactQuestion, ranked: Sequence[RankedSentence], place: int, probability: float
) -> tuple[Span | None, bool]:
    """The words of a sentence that answer, and whether they are certain enough to be shown alone.

    Without a ranker that reads words, none can be told.
    """
    chosen = choose_short_answer(question, ranked, place, probability) if place < MAX_WITH_WORDS else None
    return (chosen.span, chosen.probability >= MIN_PROBABILITY) if chosen else (None, False)


def _select_by_words(question: FactQuestion, request: EvidenceRequest) -> Selection:
    """The sentences with at least half of the weight of the question's words."""
    ranked = rank_evidence(
        Evidence(sentence.article, sentence.start, sentence.end, coverage, marks=candidate.marks)
        for candidate in build_candidates(question, list_sentences(request))
        for sentence, coverage in [(candidate.sentence, candidate.features.get("own_coverage", 0.0))]
        if coverage >= MIN_WORD_COVERAGE
    )
    return Selection(tuple(ranked), ranked[0].score if ranked else 0.0)


def _explain_refusal(query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    if selection.near and selection.difference:
        return [CONTRARY, *mention_elsewhere(selection)]
    if _tells_nothing(query):
        return ["No word of the question says what it is about: name a person, a place or a thing."]
    if selection.near:
        return ["No sentence was found that clearly answers this.", *mention_elsewhere(selection)]
    if selection.missing:
        return [f"No article of the library names {join_names(selection.missing)}.", *mention_elsewhere(selection)]
    sentences = ["No sentence was found that answers this.", *mention_elsewhere(selection)]
    articles = snapshot.articles_of(snapshot.passages).values()
    titles = list(dict.fromkeys(article.title for article in articles))[:MAX_TITLES]
    if titles:
        sentences.append(f"The nearest: {join_names([f'“{title}”' for title in titles])}.")
    return sentences


def _propose_follow_ups(material: FollowUpMaterial) -> Iterator[Iterator[FollowUp]]:
    """What speakers of the cited articles said about the matter of the question."""
    matter = material.question_words
    if not material.is_refusal:  # headlines of articles that do not answer lead elsewhere
        matter |= material.title_words
    return ask_speakers(material, lambda words: not words.isdisjoint(matter))


FACT = QuestionKind(
    FACT_KIND, select_sentences, _explain_refusal, _propose_follow_ups, is_brief=True, uses_corrections=True
)
