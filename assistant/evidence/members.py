"""The members of a list in sentences: the countries, people or things that a question asks to name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from assistant.evidence.facts.answer_spans import find_answer_spans
from assistant.questions.names.aliases import name_country
from assistant.records.answer import Evidence
from assistant.records.article import Span
from assistant.records.query import Query
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_same_person, surname
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, fold, split_words

ENUMERATION_BONUS = 1.12  # by which the score grows with each further member of a sentence
LIST_SHARE = 0.7  # of the best score, from which a sentence adds its members to a list
MAX_COUNTED = 4  # further members of a sentence that add to its score

_LISTED_NOUN = re.compile(
    r"\b(?:which|what|list|name) (?:(?:of|the|all|some|other|more|two|three|four|five|ten) )*"
    r"(?P<noun>[\w’'-]+(?: [\w’'-]+){0,2})",
    re.IGNORECASE,
)
_COUNTRY_NOUNS = frozenset("country countries nation nations".split())
_PEOPLE_NOUNS = frozenset(
    "people men women leaders politicians candidates senators ministers lawmakers celebrities actors players critics "
    "heads presidents governors mayors scientists experts officials athletes singers stars".split()
)
_NAME_LIST = re.compile(r"(?:,| and| or| as well as) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _ListQuestion:
    """What a question asks to list."""

    countries: bool
    people: bool
    stems: Set[str]  # of the question, whose names are no members


def gather_members(query: Query, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence for a list, best first, each piece with a member that no better one has.

    A sentence that names several members comes before one that fits as well and names one. If no sentence names a
    member that can be told, the evidence stays as it is.
    """
    if query.traits.asks_for_speaker:
        return _keep_new(evidence, [_find_speaker(each) for each in evidence])
    question = _read_list_question(query)
    members = [_find_members(question, each) for each in evidence]
    if query.expects in ("number", "date", "reason", "yes_no") or not any(members):
        return tuple(evidence)
    scored = [
        (replace(each, score=min(1.0, each.score * ENUMERATION_BONUS ** min(len(found) - 1, MAX_COUNTED))), found)
        for each, found in zip(evidence, members, strict=True)
        if found
    ]
    scored.sort(key=lambda pair: -pair[0].score)
    floor = LIST_SHARE * scored[0][0].score
    fitting = [(each, found) for each, found in scored if each.score >= floor]
    return _keep_new([each for each, _ in fitting], [found for _, found in fitting])


def _find_speaker(evidence: Evidence) -> tuple[str, ...]:
    return (evidence.speaker,) if evidence.speaker else ()


def _keep_new(evidence: Iterable[Evidence], members: Iterable[Sequence[str]]) -> tuple[Evidence, ...]:
    """The pieces of evidence with a member that none before them has, and those whose members are not known."""
    seen: list[str] = []
    kept = []
    for each, found in zip(evidence, members, strict=True):
        new = [name for name in found if not any(_is_same(name, other) for other in seen)]
        if new or not found:
            kept.append(each)
        seen += new
    return tuple(kept)


def _is_same(name: str, other: str) -> bool:
    return name == other or is_same_person(name, other)


def _read_list_question(query: Query) -> _ListQuestion:
    match = _LISTED_NOUN.search(query.text)
    nouns = set(split_words(match["noun"])) if match else set()
    return _ListQuestion(
        countries=not nouns.isdisjoint(_COUNTRY_NOUNS),
        people=query.expects == "person" or not nouns.isdisjoint(_PEOPLE_NOUNS),
        stems=frozenset(stem(word) for word in split_words(query.text) if word not in STOP_WORDS),
    )


def _find_members(question: _ListQuestion, evidence: Evidence) -> tuple[str, ...]:
    """The names in a sentence that can be members, each once; of people those that the article has in full."""
    text = evidence.article.text
    spans = find_answer_spans("name", text, evidence.start, evidence.end, question.stems)
    names = list(_split_names(text, spans))
    if question.countries:
        return tuple(dict.fromkeys(country for name in names if (country := name_country(name))))
    if question.people:
        return tuple(dict.fromkeys(_find_people(evidence, names)))
    return tuple(dict.fromkeys(fold(name) for name in names if not _is_calendar_word(name)))


def _split_names(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """The names of some spans; "Greece and Israel" is two."""
    for start, end in spans:
        yield from filter(None, _NAME_LIST.split(text[start:end].removeprefix("the ")))


def _find_people(evidence: Evidence, names: Iterable[str]) -> Iterator[str]:
    """The people among some names, as the article names them in full."""
    known = {surname(name): name for name in reversed(list(full_names(evidence.article.text)))}
    for name in names:
        words = name.split()
        if len(words) > 1 and surname(name) in known:
            yield known[surname(name)]
        elif len(words) == 1 and name in known:
            yield known[name]


def _is_calendar_word(name: str) -> bool:
    return set(split_words(name)) <= ENGLISH.grammar.calendar_words
