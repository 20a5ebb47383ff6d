"""Which of the best sentences have what a question requires, so that one that does leads, and none is given without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evidence.facts.features import Candidate
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.ranking import RankedSentence
from assistant.evidence.facts.signs import FIRST_SENTENCES
from assistant.evidence.missing_words import find_missing_names
from assistant.evidence.requirements.office import Office, holds_office, read_office
from assistant.evidence.requirements.predicate import Predicate, read_predicate, tells_of
from assistant.evidence.requirements.succession import Succession, is_person, names_the_other, read_succession
from assistant.questions.answer_types import asks_for_name_of_person
from assistant.questions.names.finding import find_names
from assistant.retrieval.snapshot import Snapshot

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
_STATED_REASON = re.compile(
    r",\s(?:\w+ly\s)?(?:say|argu|complain|claim|accus|alleg|explain|insist|warn|object|add|stat)ing\b"
)  # "has resigned, saying that nobody listened"
_EVERYWHERE = frozenset({"Earth", "World", "Internet"})  # names that say nothing


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a question requires of a sentence beyond its words; nothing by default."""

    succession: Succession | None = None
    predicate: Predicate | None = None
    is_whole_article: bool = False  # the predicate may stand anywhere in the article
    needs_marks: bool = False  # it must have words of the kind that is asked for
    needs_person: bool = False  # and one of them must be the name of a person, in two words or more
    needs_reason: bool = False  # it, or another of the first ones, must have words that introduce a reason
    needs_money: bool = False  # and one of them must be a sum of money
    office: Office | None = None  # a sentence must say whose it is
    names: frozenset[str] = frozenset()  # of the question, of which one must stand in it or beside it


def read_requirements(question: FactQuestion) -> Requirements:
    """What the question of a request requires."""
    query = question.query
    return Requirements(
        succession=read_succession(query.text),
        office=read_office(query.text),
        predicate=read_predicate(query.text),
        is_whole_article=query.expects != "yes_no",
        needs_money=query.expects == "number" and _ASKS_MONEY.search(query.text) is not None,
        needs_person=asks_for_name_of_person(query.text),
        needs_reason=query.expects == "reason",
        needs_marks=question.asks_what_called or query.expects == "number",
        names=_list_names(query.text) if query.expects == "number" else frozenset(),
    )


def _list_names(question: str) -> frozenset[str]:
    return frozenset(each.text for each in find_names(question) if not each.is_guessed) - _EVERYWHERE


def put_fitting_first(
    question: FactQuestion, ranked: Sequence[RankedSentence], snapshot: Snapshot
) -> tuple[list[RankedSentence], bool]:
    """The sentences with the first of the best that has what is required at the start, and whether there is one.

    Where a verb or a reason is required, the order stays: it and what answers may stand in different sentences.
    """
    required = read_requirements(question)
    for place, each in enumerate(ranked[:MAX_TRIED]):
        if meets(question, required, each.candidate, snapshot):
            if required.predicate is not None or required.needs_reason:
                return list(ranked), place < (1 if question.counted_nouns else FIRST_SENTENCES)
            first = replace(each, score=ranked[0].score)
            return [first, *ranked[:place], *ranked[place + 1 :]], True
    return list(ranked), False


def meets(question: FactQuestion, required: Requirements, candidate: Candidate, snapshot: Snapshot) -> bool:
    """Whether a sentence has what is required; so has it if it is of the year that the question names."""
    sentence = candidate.sentence
    article = sentence.article
    if candidate.features.get("other_year") or (required.needs_marks and not candidate.marks):
        return False
    names = [sentence.article.text[start:end] for start, end in candidate.marks] if required.needs_person else []
    if required.needs_person and not any(" " in name and is_person(name) for name in names):
        return False
    if required.needs_reason and not (candidate.features.get("fills_reason") or _STATED_REASON.search(sentence.text)):
        return False
    if required.needs_money and not _MONEY.search(sentence.text):
        return False
    if required.succession and not names_the_other(required.succession, sentence.text, article.text):
        return False
    if required.office and not holds_office(required.office, article, (sentence.start, sentence.end)):
        return False
    near = replace(article, text=sentence.nearby_text)
    if required.names and required.names <= set(find_missing_names(question.query, [near])):
        return False
    if required.predicate is None:
        return True
    spans = snapshot.sentence_spans(article.id)
    number = sentence.number
    near_spans = spans if required.is_whole_article else spans[max(0, number - 1) : number + 2]
    return tells_of(required.predicate, [article.text[start:end] for start, end in near_spans], article.title)
