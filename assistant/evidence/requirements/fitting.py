"""Which of the best sentences have what a question requires, so that one that does leads, and none is given without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from assistant.evidence.facts.answer_spans import asks_margin, find_margins, is_count_of
from assistant.evidence.facts.features import Candidate, states_reason
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.ranking import RankedSentence, share_odds
from assistant.evidence.facts.relations import Relation, states_relation
from assistant.evidence.facts.sentences import SentenceInContext
from assistant.evidence.facts.signs import FIRST_SENTENCES
from assistant.evidence.missing_words import names_only_namesakes
from assistant.evidence.premises.deeds import Predicate, read_predicate, tells_of
from assistant.evidence.requirements.contest import Contest, is_of_past_year, read_contest, states_result
from assistant.evidence.requirements.event_subject import EventSubject, read_event_subject, tells_of_another
from assistant.evidence.requirements.harm import (
    asks_cause_of_death,
    asks_who_did_harm,
    tells_cause_of_death,
    tells_who_did_harm,
)
from assistant.evidence.requirements.office import Office, holds_office, read_office
from assistant.evidence.requirements.succession import Succession, names_the_other, read_succession
from assistant.evidence.requirements.wholes import counts_part, has_event, read_event_of_age
from assistant.evidence.short_answers.naming import find_number_beside
from assistant.questions.names.finding import find_names
from assistant.records.article import Span
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot
from assistant.text.stemming import stem_words

MAX_TRIED = 6  # best sentences of which one may come first because it has what is required

_ASKS_MONEY = re.compile(
    r"\b(?:how much|(?:what|which) (?:fine|price|sum|salary|fee))\b.*\b(?:fined?|pa(?:y|ys|id|ying)|cost\w*|sell|sold|"
    r"spen[dt]|worth|earn\w*|owe[sd]?|charg\w+|donat\w+|price|budget|salary|settle\w*|money|buy|bought|"
    r"fee)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥₹%]|\b(?:[MB]n|per\s?cent|million|billion|trillion|dollars?|pounds?|euros?|yen|yuan|rupees?|rou?bles?|francs?|cents?|"
    r"pence|crowns?|kron\w+|pesos?|lira|rand|won|shekels?|free|nothing|[A-Z]{3}(?=\s?\d))\b"
)
_ASKS_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_UNCOUNTED = re.compile(
    r"(?:1[89]|20)\d\d\b(?!\s[a-z]+s\b)|[\w,.]+(?:%|[\s-](?:percent|(?:year|month|week|day|hour|minute|second)s?)\b)"
)  # a year, a share or a time: "1999", "40%", "ten years"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a question requires of a sentence beyond its words; nothing by default."""

    succession: Succession | None = None
    predicate: Predicate | None = None  # it, or a sentence beside it, must tell of it
    needs_marks: bool = False  # it must have words of the kind that is asked for
    needs_reason: bool = False  # it, or another of the first ones, must have words that introduce a reason
    needs_doer: bool = False  # it must speak of one who did harm: victims are not shown beside it either
    tests: tuple[Callable[[str], bool], ...] = ()  # that its text must pass
    needs_margin: bool = False  # it must say how many were for and against, or by how much it was won
    office: Office | None = None  # a sentence must say whose it is
    relation: Relation | None = None  # it must state it
    contest: Contest | None = None  # it must not be of an earlier time
    event_subject: EventSubject | None = None  # it must not tell the event of somebody else
    age_event: frozenset[str] = frozenset()  # a sentence that tells of it is surer to give the age at it
    counted_nouns: frozenset[str] = frozenset()  # stems of what its number counts: no time, and no year


def read_requirements(question: FactQuestion) -> Requirements:
    """What the question of a request requires."""
    query = question.query
    return Requirements(
        succession=read_succession(query.text),
        predicate=read_predicate(query.text),
        office=read_office(query.text),
        relation=_read_relation_of_name(question),
        contest=read_contest(query),
        event_subject=read_event_subject(query.text),
        counted_nouns=frozenset(question.counted_nouns if _ASKS_HOW_MANY.search(query.text) else ()),
        age_event=read_event_of_age(query.text),
        tests=tuple(_list_tests(query)),
        needs_doer=asks_who_did_harm(query.text),
        needs_margin=asks_margin(query.text),
        needs_reason=query.expects == "reason",
        needs_marks=question.asks_what_called or query.expects == "number",
    )


def _list_tests(query: Query) -> Iterator[Callable[[str], bool]]:
    if query.expects == "number" and _ASKS_MONEY.search(query.text):
        yield lambda text: _MONEY.search(text) is not None
    if asks_cause_of_death(query.text):
        yield tells_cause_of_death
    if read_contest(query):
        yield states_result


def _read_relation_of_name(question: FactQuestion) -> Relation | None:
    """The relation of a question that asks for nothing else than a property of what it names: its capital, its area."""
    relation = question.relation
    names = [stem_words(name.text) for name in find_names(question.query.text)]
    return relation if relation is not None and set(relation.whole) in names else None


def put_fitting_first(
    question: FactQuestion, ranked: Sequence[RankedSentence], snapshot: Snapshot, *, is_sure: bool = False
) -> tuple[list[RankedSentence], bool]:
    """The sentences with the first of the best that has what is required at the start, and whether there is one.

    Where a reason or a deed is required, the order stays: it and what answers may stand in different sentences. Where
    the first sentences answer surely (`is_sure`), a reason needs no words that introduce it.
    """
    required = read_requirements(question)
    keeps_order = required.needs_reason or required.predicate is not None
    if is_sure:
        required = replace(required, needs_reason=False)
    fitting = [n for n, each in enumerate(ranked[:MAX_TRIED]) if meets(question, required, each.candidate, snapshot)]
    if not fitting:
        return sorted(ranked, key=lambda each: not is_of_asked(required, each.candidate.sentence)), False
    if keeps_order:
        return list(ranked), fitting[0] < FIRST_SENTENCES
    sure = (n for n in fitting if not _is_of_less(question, required, ranked[n].candidate))
    place = next(sure, fitting[0])
    first, others = replace(ranked[place], score=ranked[0].score), [*ranked[:place], *ranked[place + 1 :]]
    kept = [each for each in others if is_of_asked(required, each.candidate.sentence)]
    if len(kept) == len(others):
        return [first, *others], True
    return share_odds([(each.score, each.candidate) for each in (first, *kept)]), True


def _is_of_less(question: FactQuestion, required: Requirements, candidate: Candidate) -> bool:
    """Whether the number of a sentence may be of a part, or of another time of a life, than what is asked for."""
    sentence, nouns = candidate.sentence, required.counted_nouns
    if required.age_event and not (candidate.marks and has_event(required.age_event, sentence.text)):
        return True
    counts = [
        each for each in candidate.marks if nouns and is_count_of(sentence.article.text, each, sentence.end, nouns)
    ]
    return bool(counts) and all(
        counts_part(question.query.text, sentence.article.text, each, sentence.end, nouns) for each in counts
    )


def is_of_asked(required: Requirements, sentence: SentenceInContext) -> bool:
    """Whether a sentence can be about the person and the time that are asked about, whatever it tells of them."""
    article, asked = sentence.article, required.event_subject
    if required.needs_doer and not tells_who_did_harm(sentence.text):
        return False
    if required.contest and is_of_past_year(sentence.text, article):
        return False
    return asked is None or not tells_of_another(asked, sentence.text, article.text)


def meets(question: FactQuestion, required: Requirements, candidate: Candidate, snapshot: Snapshot) -> bool:
    """Whether a sentence has what is required, and can be of the year and the person that the question names."""
    sentence = candidate.sentence
    article = sentence.article
    if candidate.features.get("other_year") or names_only_namesakes(question.query, article):
        return False
    marks = [each for each in candidate.marks if _can_count(required.counted_nouns, article.text, each, sentence.end)]
    if required.needs_marks and not (marks or find_number_beside(question, candidate, snapshot)):
        return False
    if required.relation and not states_relation(required.relation, sentence.text):
        return False
    if not is_of_asked(required, sentence):
        return False
    if required.needs_reason and not states_reason(sentence.text):
        return False
    if not all(test(sentence.text) for test in required.tests):
        return False
    if required.needs_margin and not find_margins(article.text, sentence.start, sentence.end):
        return False
    if required.succession and not names_the_other(required.succession, sentence.text, article.text):
        return False
    if required.office and not holds_office(required.office, article, (sentence.start, sentence.end)):
        return False
    if required.predicate is None:
        return True
    near = snapshot.sentence_spans(article.id)[max(0, sentence.number - 1) : sentence.number + 2]
    return tells_of(required.predicate, [article.text[start:end] for start, end in near], article.title)


def _can_count(nouns: Set[str], text: str, mark: Span, end: int) -> bool:
    """Whether a number can be one of some things: it is no year, and no time or share unless that is asked for."""
    if not nouns or is_count_of(text, mark, end, nouns):
        return True
    return _UNCOUNTED.match(text, mark[0], end) is None
