"""The figures that articles give for what may still change: a toll, a price, a count so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.figures import (
    FigureClaim,
    FigureQuestion,
    FigureThing,
    find_clause,
    find_figure_claims,
    read_figure_question,
    share_new_content,
)
from assistant.answers.updates.claims import (
    LEAD_LENGTH,
    ValueClaim,
    is_named_alike,
    read_context,
    read_day,
    reduce_text,
    share_names,
)
from assistant.answers.updates.times import find_times
from assistant.evidence.premises.opposites import reduce_verb
from assistant.records.answer import Evidence
from assistant.records.query import Query
from assistant.text.languages import ENGLISH
from assistant.text.months import FULL_MONTH
from assistant.text.quantities.numbers import detect_decimal_mark
from assistant.text.quantities.quantities import find_quantities
from assistant.text.stemming import stem, stem_words
from assistant.text.words import split_words

MAX_SENTENCE = 1_200  # characters; a longer one is a table or a list
RECENT_DAYS = 45  # before an article, within which the times of a sentence are those of its figures
MAX_FALL = 0.05  # share by which a later toll may be lower than an older one
TOLL_DAYS = 92  # between two articles that give the toll of one event

_ASKS_STATE = re.compile(
    r"\b(?:will|would|is|are|has|have|does|do|can|could|may|might|what['’]s|so far)\b",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(r"\b(?:did|was|were|had|originally|initially|previously|at first)\b", re.IGNORECASE)
_COST_STEMS = frozenset(
    map(stem, "cost costs price priced tag bill budget estimate expensive pay expense spend".split())
)
_FOR_BEFORE = re.compile(r"\bfor (?:about |some |around |up to )?$")
_PART_OF_COST = re.compile(
    r"\b(?:grants?|subsid\w+|loans?|relief|fine[sd]?|saves?|saved|saving|overruns?|extra|additional|offer\w*|contribut\w+|"
    r"donat\w+|raise[sd]?|more than|share|towards?|toward)\b"
)
_MONTHS_AND_YEARS = re.compile(rf"\b(?:{FULL_MONTH}|(?:1[6-9]|20)\d\d)\b", re.IGNORECASE)
_CURRENCIES = frozenset(ENGLISH.numbers.currency_signs.values()) | {"yuan", "roubles", "pounds", "cents"}
_OF_OTHER_TIME = re.compile(
    r"\b(?:ago|peaked|previous|earlier|at the time|that (?:day|week|month|year)|back (?:on|in)|"
    r"last (?:year|month|week|summer|winter|spring|autumn|fall)|had)\b"
)
_FROM_ON = re.compile(r"\b(?:from|by|until|till|to|before)\s$")  # "costs 14 crowns from January"
_REVISED = re.compile(r"\b(?:correct(?:s|ed|ion)?|revis(?:es|ed|ion)|lower(?:s|ed)|fewer than|actual(?:ly)?)\b", re.I)
_OPENING = re.compile(r"\W*(?:Back )?(?:In|On|By|At|During|Until)\b[^,;:]*(?=,)")  # "In July 2008, …"
_SCOPE = re.compile(
    r"\b(?:global(?:ly)?|world(?:wide)?|nationwide|nationally|statewide|countries|elsewhere|overall|altogether)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|across|outside|around)\s(?:the )?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)"
)
_DEFINITE_BEFORE = re.compile(
    r"\b(?:the|these|those|all|other|of them,?|of which|of whom|his|her|its|their|our|your)\s$", re.IGNORECASE
)
_HAS_TOTAL = re.compile(r"\b(?:toll|number|figure|count|total)\b", re.IGNORECASE)
_TOTAL_BEFORE = re.compile(
    r"\b(?:(?P<toll>toll)|(?:number|figure|count|total)(?: of (?P<of>[\w’'-]+(?: [\w’'-]+){0,3}?))?)"
    r"(?:\s[\w’'-]+){0,8}?\s(?:is|was|are|stands at|stood at|to|at|reached|hit)"
    r"(?:\s(?:now|currently|already|still))?\s$",
    re.IGNORECASE,
)
_OUTCOME_STEMS = frozenset(map(stem, ENGLISH.numbers.outcomes))
_OUTCOMES = frozenset(map(reduce_verb, ENGLISH.numbers.outcomes))
_OLD_VALUE = re.compile(
    r"\b(?:up from|instead of|rather than|compared (?:with|to)|down from|from|against|originally) $"
)


def asks_changing_figure(query: Query) -> bool:
    """Whether a question asks for a figure that later articles may replace: a toll, how something stands or will be."""
    if _asks_toll(read_figure_question(query)):
        return True
    return _ASKS_STATE.search(query.text) is not None and _ASKS_PAST.search(query.text) is None


def _asks_toll(question: FigureQuestion) -> bool:
    return bool(question.outcomes)


def _asks_cost(question: FigureQuestion) -> bool:
    return not question.required.isdisjoint(_COST_STEMS)


def read_amounts(query: Query, evidence: Evidence) -> list[ValueClaim]:
    """The figures that a sentence gives for what the question asks of."""
    day = read_day(evidence.article)
    if day is None:
        return []
    question = read_figure_question(query)
    if _asks_cost(question):
        question = replace(question, required=question.required - _COST_STEMS)
    claims = [each for each in find_figure_claims(question, evidence) if _is_whole(query, each)]
    claims += _read_totals(question, evidence)
    return [
        ValueClaim(
            evidence,
            day,
            (evidence.start + each.quantity.start, evidence.start + each.quantity.end),
            quantity=each.quantity,
            thing=replace(each.thing, is_uncertain=False, periods=frozenset()),
        )
        for each in claims
    ]


def _read_totals(question: FigureQuestion, evidence: Evidence) -> Iterator[FigureClaim]:
    """Figures that a sentence calls the toll or the number of what is counted: "the death toll has risen to 88"."""
    text = evidence.article.text[evidence.start : evidence.end]
    nouns = sorted(question.counted - _OUTCOME_STEMS)
    if not question.outcomes or not nouns or len(text) > MAX_SENTENCE or not _HAS_TOTAL.search(text):
        return
    context = stem_words(f"{evidence.article.title} {text}")
    for quantity in find_quantities(text, detect_decimal_mark(evidence.article.text)):
        match = _TOTAL_BEFORE.search(text[: quantity.start])
        if match is None or quantity.dimension or _OF_OTHER_TIME.search(match[0]):
            continue
        if match["toll"]:
            is_of_question = "dead" in question.outcomes
        else:
            is_of_question = not question.counted.isdisjoint(stem_words(match["of"] or evidence.article.title))
        if is_of_question and question.required - set(nouns) <= context:
            thing = FigureThing(nouns[0], frozenset(), frozenset(question.outcomes), "", frozenset(), False)
            yield FigureClaim(evidence, thing, quantity, text[quantity.start : quantity.end])


def _is_whole(query: Query, claim: FigureClaim) -> bool:
    """Whether a figure is the value of today and of the whole: no older one beside it, and of a price not a part."""
    text = claim.evidence.article.text[claim.evidence.start : claim.evidence.end]
    before = text[: claim.quantity.start]
    if _OLD_VALUE.search(before) or _DEFINITE_BEFORE.search(before):
        return False
    if _is_of_other_time(text, claim):
        return False
    if not _asks_cost(read_figure_question(query)):
        return True
    if claim.quantity.dimension not in _CURRENCIES:
        return False
    clause = find_clause(text, claim.quantity)
    return _PART_OF_COST.search(clause) is None


def _is_of_other_time(text: str, claim: FigureClaim) -> bool:
    """Whether the clause of a figure is about a time well before its article: "peaked at", "in July 2008"."""
    clause = find_clause(text, claim.quantity)
    if _OF_OTHER_TIME.search(clause):
        return True
    day = read_day(claim.evidence.article)
    opening = _OPENING.match(text)
    return day is not None and any(
        (day - time.last).days > RECENT_DAYS and not _FROM_ON.search(part[: time.span[0]])
        for part in (clause, opening[0] if opening else "")
        for time in find_times(part, day, is_to_come=False)
    )


def _find_places(text: str) -> set[str]:
    """The words of the places that a text names, in lower case, without months and weekdays."""
    words = {word for match in _PLACE.finditer(text) for word in split_words(match["name"])}
    return words - ENGLISH.grammar.calendar_words


def keep_rising(query: Query, claims: Sequence[ValueClaim]) -> list[ValueClaim]:
    """The claims, oldest first, without those of a toll that are lower than an older one: they are of a part of it.

    An article that says that it corrects the toll may lower it; the number of those who are missing falls.
    """
    outcomes = read_figure_question(query).outcomes
    if not outcomes or outcomes == {"missing"}:
        return list(claims)
    kept: list[ValueClaim] = []
    for claim in claims:
        before = [_lowest(each) for each in kept if each.day < claim.day]
        if _corrects(claim) or _lowest(claim) >= max(before, default=0.0) * (1 - MAX_FALL):
            kept.append(claim)
    return kept


def _lowest(claim: ValueClaim) -> float:
    limits = [abs(limit) for limit in claim.quantity.intervals[0]] if claim.quantity else []
    return min((limit for limit in limits if limit != float("inf")), default=0.0)


def _corrects(claim: ValueClaim) -> bool:
    article = claim.evidence.article
    return _REVISED.search(f"{article.title} {article.text[claim.evidence.start : claim.evidence.end]}") is not None


def are_of_same_thing(query: Query, first: ValueClaim, other: ValueClaim) -> bool:
    """Whether two figures count the same things of the same event, place and time."""
    question = read_figure_question(query)
    if first.thing != other.thing:
        return False
    stems = {stem(term) for term in query.terms}
    articles = first.evidence.article, other.evidence.article
    if question.is_broad and not (share_names(*articles) or share_new_content(first.evidence, other.evidence, stems)):
        return False
    text = other.evidence.article.text[other.evidence.start : other.evidence.end]
    asked = reduce_text(query.text) - _COST - _OUTCOMES - question.counted
    first_words = read_context(first.evidence)
    if not asked & first_words - {word for word in asked if word.isdigit()} <= read_context(other.evidence):
        return False
    if _asks_toll(question) and not _are_of_one_time(first, other):
        return False
    if _asks_cost(question) and not _tells_cost(other, text):
        return False
    first_text = first.evidence.article.text[first.evidence.start : first.evidence.end]
    if {match.lower() for match in _SCOPE.findall(text)} != {match.lower() for match in _SCOPE.findall(first_text)}:
        return False
    clause = find_clause(text, other.quantity) if other.quantity else text
    if not _find_places(clause) <= set(split_words(f"{query.text} {first_text} {first.evidence.article.title}")):
        return False
    first_clause = find_clause(first_text, first.quantity) if first.quantity else first_text
    if not _find_places(first_clause) <= set(split_words(f"{query.text} {text} {other.evidence.article.title}")) | (
        _find_lead_words(other.evidence)
    ):
        return False
    return is_named_alike(query.text, first.evidence, other.evidence, clause)


_COST = frozenset(map(reduce_verb, "cost price bill budget estimate expensive pay".split()))


def _are_of_one_time(first: ValueClaim, other: ValueClaim) -> bool:
    months = [
        set(
            map(
                str.lower,
                _MONTHS_AND_YEARS.findall(each.evidence.article.text[each.evidence.start : each.evidence.end]),
            )
        )
        for each in (first, other)
    ]
    is_near = abs((first.day - other.day).days) <= TOLL_DAYS
    return is_near and not (all(months) and months[0].isdisjoint(months[1]))


def _tells_cost(claim: ValueClaim, text: str) -> bool:
    """Whether a sum is called a price or cost, not only named beside the thing."""
    if claim.quantity is None:
        return False
    is_paid = _FOR_BEFORE.search(text[: claim.quantity.start]) is not None
    return is_paid or not stem_words(find_clause(text, claim.quantity)).isdisjoint(_COST_STEMS)


def _find_lead_words(evidence: Evidence) -> set[str]:
    return set(split_words(evidence.article.text[:LEAD_LENGTH]))
