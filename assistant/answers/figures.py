"""The figures that sentences give for what a question asks, and whether two of them are of the same thing.

Two figures are compared only if they count the same noun, of the same event, with the same outcome ("killed" is not
"injured"), and if each sentence has the words of the question."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.evidence.overlap import (
    collect_content_stems,
    count_days_between,
    is_same_subject,
    share_content,
)
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.retrieval.corrections import SAME_SUBJECT_SHARE
from assistant.text.languages import ENGLISH
from assistant.text.months import FULL_MONTH
from assistant.text.quantities.numbers import detect_decimal_mark
from assistant.text.quantities.quantities import Quantity, are_compatible, find_quantities
from assistant.text.stemming import stem, stem_words
from assistant.text.words import STOP_WORDS, split_words

SAME_FIGURE_DAYS = 31  # between two articles that give a figure of the same event in similar words
MAX_SENTENCE = 2_000  # characters; a longer one is a table or a list
MAX_MODIFIERS = 2  # words between a number and the noun that it counts
MIN_EVENT_WORDS = 2  # of a question, with the noun that it counts; with fewer, the sentences must be alike
LEAD_LENGTH = 400  # characters at the start of an article that name its event

MAX_FIGURES = 8  # of a sentence that are compared with those of another; one with more is a table or a list
SAID_REACH = 60  # characters before a weekday with the word that tells that something was said on it

_WORDS = ENGLISH.numbers
_UNIT_STEMS = {stem(name): unit.dimension for name, unit in _WORDS.units.items() if " " not in name and len(name) > 2}
_OUTCOMES = {stem(word): group for word, group in _WORDS.outcomes.items()}
_CLAUSE_END = re.compile(r"[;:—–()]|,\s|\b(?:and|but|while|whereas|although|including|with)\b")
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s-]([^\W\d_][\w’'-]*)")
_RATE = re.compile(rf"\s(?:{'|'.join(_WORDS.rate_openers)})\s(?P<per>{'|'.join(_WORDS.rate_nouns)})\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’”] )(?:[A-Z][\w’'-]+|[A-Z]{2,})")
_MEASURE_WORDS = frozenset(
    "many much percentage percent number amount far long tall high big large fast heavy deep wide total figure".split()
)


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """What a question asks a figure for. Words are stems."""

    counted: Set[str]  # what is counted; empty if an amount is asked for
    outcomes: Set[str]  # groups of words for what happens to those who are counted
    required: Set[str]  # words without a capital, which a sentence or its title must contain
    is_broad: bool  # it has hardly a word that tells which event it asks about


@dataclass(frozen=True, slots=True)
class FigureThing:
    """What a figure is of."""

    name: str  # the stem of the noun that it counts, or the dimension of an amount
    modifiers: Set[str]  # words between the number and the noun
    outcomes: Set[str]
    rate: str  # "day" in "40 a day"
    periods: Set[str]  # words for the time within which it is counted
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure in a sentence, and what it is of."""

    evidence: Evidence
    thing: FigureThing
    quantity: Quantity
    words: str


def read_figure_question(query: Query) -> FigureQuestion:
    """What a question asks a figure for."""
    names = _find_name_stems(query)
    terms = {stem(term) for term in query.terms} - names - {stem(word) for word in _MEASURE_WORDS}
    outcomes = {_OUTCOMES[term] for term in terms if term in _OUTCOMES}
    counted, required = _find_counted(query.text), terms - _OUTCOMES.keys()
    event_words = len(required) + len(names) + (not counted and len(outcomes))
    is_broad = event_words < MIN_EVENT_WORDS
    return FigureQuestion(counted, outcomes, required, is_broad)


def find_event_stems(query: Query) -> set[str]:
    """The stems of the words of a question that are no names: what happened."""
    return {stem(term) for term in query.terms} - _find_name_stems(query)


def _find_name_stems(query: Query) -> set[str]:
    return {stem(word) for name in _NAME.findall(query.text) for word in split_words(name)}


def _find_counted(question: str) -> frozenset[str]:
    """The stems of the words between "how many" and the verb; the verb may be among them."""
    match = _HOW_MANY.search(question)
    words = split_words(question[match.end() :]) if match else []
    counted = itertools.takewhile(lambda word: word not in STOP_WORDS, itertools.dropwhile(_is_article, words))
    return frozenset(map(stem, itertools.islice(counted, MAX_MODIFIERS + 1)))


def _is_article(word: str) -> bool:
    return word in ("of", "the", "these", "those", "more")


def find_figure_claims(question: FigureQuestion, evidence: Evidence) -> list[FigureClaim]:
    """The figures of a sentence that answer the question, one for each thing that it gives only one figure for."""
    text = _get_sentence(evidence)
    if len(text) > MAX_SENTENCE:
        return []
    context = stem_words(text) | stem_words(evidence.article.title)
    by_thing: dict[FigureThing, list[FigureClaim]] = {}
    for quantity in find_quantities(text, detect_decimal_mark(evidence.article.text)):
        found = _name_thing(question, quantity, text)
        if found is None:
            continue
        noun, thing = found
        if question.required - {noun} <= context:
            claim = FigureClaim(evidence, thing, quantity, text[quantity.start : quantity.end])
            by_thing.setdefault(thing, []).append(claim)
    return [claims[0] for claims in by_thing.values() if _agree(claims)]


def _agree(claims: Iterable[FigureClaim]) -> bool:
    first, *others = claims
    return all(are_compatible(first.quantity, other.quantity) for other in others)


def _name_thing(question: FigureQuestion, quantity: Quantity, text: str) -> tuple[str, FigureThing] | None:
    """The counted noun of a figure and what it is of; None if the question does not ask for it."""
    noun, modifiers, end = _find_noun(question, quantity, text)
    if noun is None:
        return None
    words = set(map(stem, split_words(find_clause(text, quantity))))
    outcomes = {_OUTCOMES[word] for word in words if word in _OUTCOMES}
    if question.outcomes and not outcomes <= question.outcomes | {_OUTCOMES.get(noun, "")}:
        return None
    if question.outcomes and not outcomes:
        return None
    rate = _RATE.match(text, end)
    is_uncertain = not words.isdisjoint(_WORDS.uncertain)
    name = quantity.dimension or noun
    periods = frozenset(split_words(text)) & _WORDS.periods - {quantity.dimension}
    per = rate["per"].lower() if rate else ""
    return noun, FigureThing(name, modifiers, frozenset(outcomes), per, periods, is_uncertain)


def _find_noun(question: FigureQuestion, quantity: Quantity, text: str) -> tuple[str | None, frozenset[str], int]:
    """The noun that a figure counts, the words before it, and where it ends; a dimension for an amount."""
    end = quantity.end
    if quantity.dimension:
        unit_asked = next((noun for noun in question.counted if _UNIT_STEMS.get(noun) == quantity.dimension), None)
        if question.counted and unit_asked is None:
            return None, frozenset(), end
        return unit_asked or quantity.dimension, frozenset(), end
    modifiers: set[str] = set()
    for _ in range(MAX_MODIFIERS + 1):
        match = _NEXT_WORD.match(text, end)
        if match is None or (word := match[1].lower()) in STOP_WORDS:
            break
        end = match.end()
        if stem(word) in question.counted:
            return stem(word), frozenset(modifiers - question.counted), end
        modifiers.add(stem(word))
    return None, frozenset(), end


def find_clause(text: str, quantity: Quantity) -> str:
    """The clause around a figure."""
    start, end = 0, len(text)
    for match in _CLAUSE_END.finditer(text):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            end = match.start()
            break
    return text[start:end]


# -------------------------------------------------------------------------------------- without a question


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence and what it is of; `given` are all that the sentence has."""

    evidence: Evidence
    quantity: Quantity
    thing: str  # the noun that it counts, or the dimension of an amount ("$", "length")
    given: Sequence[Quantity]

    @property
    def words(self) -> str:
        """The figure with the noun that it counts."""
        figure = _get_sentence(self.evidence)[self.quantity.start : self.quantity.end]
        return figure if self.quantity.dimension else f"{figure} {self.thing}"

    def is_given_by(self, other: Figure) -> bool:
        """Whether another sentence has it, or one that can be the same: it may tell both, "from 3 to 4 million"."""
        same = (each for each in other.given if each.dimension == self.quantity.dimension)
        return any(are_compatible(each, self.quantity) for each in same)

    def has_clause_of(self, other: Figure, known: Set[str]) -> bool:
        """Whether two amounts are of the same: half of the words of one clause are in the other, besides known ones."""
        if not self.quantity.dimension:
            return True
        ours, theirs = (each.read_clause() - known for each in (self, other))
        return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0

    def read_clause(self) -> set[str]:
        """The stems of the words around it."""
        text = _get_sentence(self.evidence)
        return stem_words(find_clause(text, self.quantity)) - stem_words(text[self.quantity.start : self.quantity.end])


def find_differing_figures(
    evidence: Iterable[Evidence], topic_stems: set[str], are_copies: Callable[[Article, Article], bool]
) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of sentences with different figures of one thing of one event; not of copies of one article.

    `topic_stems` are those of the words that all sentences share because they are on one topic.
    """
    figures = [by_thing for each in evidence if (by_thing := _group_figures(each))]
    for ours, theirs in itertools.combinations(figures, 2):
        first, second = (next(iter(by_thing.values()))[0].evidence for by_thing in (ours, theirs))
        if ours.keys().isdisjoint(theirs) or are_copies(first.article, second.article):
            continue
        if not (is_same_event(first, second, topic_stems) and share_new_content(first, second, topic_stems)):
            continue
        for thing in (each for each in ours if each in theirs):
            for left, right in itertools.product(ours[thing], theirs[thing]):
                if _can_differ(left, right, topic_stems):
                    yield left, right


def _can_differ(left: Figure, right: Figure, topic_stems: set[str]) -> bool:
    if left.is_given_by(right) or right.is_given_by(left) or not left.has_clause_of(right, topic_stems):
        return False
    return not _is_of_another_day(*((_get_sentence(each.evidence), each.quantity) for each in (left, right)))


def _group_figures(evidence: Evidence) -> dict[str, list[Figure]]:
    """The first figures of a sentence by the stem of what they are of."""
    by_thing: dict[str, list[Figure]] = {}
    for figure in itertools.islice(_list_figures(evidence), MAX_FIGURES):
        by_thing.setdefault(stem(figure.thing), []).append(figure)
    return by_thing


def _list_figures(evidence: Evidence) -> Iterator[Figure]:
    """The figures of a sentence with what each is of: its dimension, or the noun after it; no times."""
    text = _get_sentence(evidence)
    given = find_quantities(text, detect_decimal_mark(evidence.article.text)) if len(text) <= MAX_SENTENCE else []
    for quantity in given:
        following = _NEXT_WORD.match(text, quantity.end)
        thing = quantity.dimension or (following[1].lower() if following else "")
        if thing and (quantity.dimension or not (thing in STOP_WORDS or thing in _WORDS.periods)):
            yield Figure(evidence, quantity, thing, given)


# ------------------------------------------------------------------------------------------- same event


_MONTHS_AND_YEARS = re.compile(rf"\b(?:{FULL_MONTH}|(?:1[6-9]|20)\d\d)\b", re.IGNORECASE)


_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_OPENING_DAY = re.compile(
    rf"(?:On|Last|Early on|Late on|By) (?P<day>{_WEEKDAY.pattern})(?: (?:morning|afternoon|evening|night))?,"
)
_UNTIL_BEFORE = re.compile(r"\b(?:until|till|from|through|to)\s(?:(?:last|next|this)\s)?$")
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|wrote|tweeted|reported|announced|confirmed)\b(?: [\w’'-]+){0,4} $")


def differ(question: FigureQuestion, left: FigureClaim, right: FigureClaim, question_stems: set[str]) -> bool:
    """Whether two figures are of the same thing and cannot both be right."""
    if question.is_broad and not share_new_content(left.evidence, right.evidence, question_stems):
        return False
    return (
        left.thing == right.thing
        and not are_compatible(left.quantity, right.quantity)
        and not _is_of_another_day(*((_get_sentence(each.evidence), each.quantity) for each in (left, right)))
        and is_same_event(left.evidence, right.evidence, question_stems)
    )


def share_new_content(left: Evidence, right: Evidence, question_stems: set[str]) -> bool:
    """Whether at least half of the content words of one sentence are in the other, besides numbers and the question."""
    ignored = question_stems | {stem(word) for word in (*_WORDS.scales, *_WORDS.cardinals, *_WORDS.units)}
    ours, theirs = (collect_content_stems(each) - ignored for each in (left, right))
    return len(ours & theirs) >= SAME_SUBJECT_SHARE * min(len(ours), len(theirs))


def is_same_event(left: Evidence, right: Evidence, question_stems: set[str]) -> bool:
    """Whether two sentences are about one event: same subject, near days, and no other place or person named."""
    if not is_same_subject(left, right, question_stems):
        return False
    days = count_days_between(left.article, right.article)
    if days > SAME_FIGURE_DAYS and not (days == float("inf") and share_content(left, right)):
        return False
    months = [set(map(str.lower, _MONTHS_AND_YEARS.findall(_get_sentence(each)))) for each in (left, right)]
    if all(months) and months[0].isdisjoint(months[1]):
        return False
    ours, theirs = set(_find_names(left)), set(_find_names(right))
    if not ours or not theirs:
        return True
    return not (ours.isdisjoint(_lead_words(right)) and theirs.isdisjoint(_lead_words(left)))


def _is_of_another_day(left: tuple[str, Quantity], right: tuple[str, Quantity]) -> bool:
    """Whether two figures of sentences are told of different weekdays."""
    ours, theirs = (set(_list_weekdays(*each)) for each in (left, right))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _list_weekdays(text: str, quantity: Quantity) -> Iterator[str]:
    """The weekdays on which happened what a figure tells: those of its clause, or the one that opens the sentence.

    None on which somebody only said so, and none until which something lasts.
    """
    clause = find_clause(text, quantity)
    opening = _OPENING_DAY.match(text)
    if opening:
        yield opening["day"]
    for match in _WEEKDAY.finditer(clause):
        before = clause[max(0, match.start() - SAID_REACH) : match.start()]
        if not (_SAID_BEFORE.search(before) or _UNTIL_BEFORE.search(before)):
            yield match[0]


def _find_names(evidence: Evidence) -> Iterator[str]:
    """Capitalized words of a sentence after its first word, in lower case; no months and weekdays."""
    for match in _NAME.finditer(evidence.article.text, evidence.start, evidence.end):
        yield from set(split_words(match[0])) - ENGLISH.grammar.calendar_words


def _get_sentence(evidence: Evidence) -> str:
    return evidence.article.text[evidence.start : evidence.end]


def _lead_words(evidence: Evidence) -> set[str]:
    """The words of the sentence, of the title and of the opening of its article."""
    article = evidence.article
    return set(split_words(f"{article.title} {_get_sentence(evidence)} {article.text[:LEAD_LENGTH]}"))
