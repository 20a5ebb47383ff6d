"""Suggests questions to start with, made from the contents of a library. Each is tried before it is offered.

The same library gives the same questions. No model writes them: they are phrasings that the program understands,
filled with speakers, topics, figures and words of the articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from assistant.records.answer import Answer
from assistant.records.article import Article
from assistant.records.library import weigh_quotations
from assistant.records.statement import Statement
from assistant.store.protocol import Library
from assistant.suggestions.keyphrases import extract_topics
from assistant.text.names import is_organization, is_same_person
from assistant.text.words import STOP_WORDS, content_words

T = TypeVar("T", str, tuple[str, str, str])
MAX_STARTERS = 6
"""Questions suggested."""

MIN_CONFIDENCE = 0.6
"""Confidence from which an answer is worth offering its question."""

_MAX_SPEAKERS = 10  # examined, the most quoted
_MAX_ARTICLES = 6  # per speaker, the newest
_MAX_NEWEST = 12  # articles examined for news and for figures
_MAX_TRIES = 4  # questions of one kind to try per wanted question
_MAX_ARTICLE_CHARACTERS = 60_000  # characters read
_MAX_QUOTATIONS = 40  # examined for how rare their words are
_VAGUE_PARTICIPLES = frozenset(
    "reported expected needed believed called used concerned based said known scheduled".split()
)
_UNQUOTABLE = re.compile(r"[\d…\[\]]")
_QUOTED_WORDS = re.compile(r"[“\"]([^“”\"\n]{14,64})[”\"]")
_COUNT_PHRASE = re.compile(
    r"\b(?P<figure>\d[\d,.]*(?: (?:million|billion|thousand))?) (?P<what>(?:[a-z]{3,} )?(?:[a-z]{3,}s|people|men|women|"
    r"children)) (?P<were>(?:were|have been|had been|are) [a-z]{3,}(?:ed|en|wn|lt|nt|ught))\b(?: in (?P<place>[A-Z]\w+"
    r"(?: [A-Z]\w+)*))?"
)


@dataclass(frozen=True, slots=True)
class QuestionCandidate:
    """A question, and what its answer must be like for the question to be offered."""

    question: str
    suits: Callable[[Answer], bool]
    least_confidence: float = MIN_CONFIDENCE  # of an answer that is not a list of the collection


@dataclass(slots=True)
class _Material:
    """What questions are made of: who speaks about what in the examined articles."""

    articles: dict[str, Article] = field(default_factory=dict)
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    topics: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # per speaker
    newest: list[str] = field(default_factory=list)


def suggest_starters(library: Library, answer: Callable[[str], Answer]) -> Iterator[str | None]:
    """Yield questions of different kinds that `answer` answers well, and None after a step without one.

    A caller can stop after any step. Each step takes about as long as an answer. The library must stay open meanwhile.
    """
    material = _Material()
    yield from _gather_material(library, material)
    offered: list[str] = []
    for candidates in (
        _ask_what_was_said(material, 0),
        _ask_how_many(material),
        _ask_to_compare(material),
        _ask_who_said(material, library),
        _ask_for_latest(material, library.source_names()),
        _ask_what_was_said(material, 1), _ask_what_was_said(material, 2),
    ):  # fmt: skip
        for tried, candidate in enumerate(candidates):
            if tried == _MAX_TRIES or len(offered) == MAX_STARTERS:
                break
            if candidate.question in offered:
                continue
            given = answer(candidate.question)
            if not given.abstained and (given.confidence or 0) >= MIN_CONFIDENCE and candidate.suits(given):
                offered.append(candidate.question)
                yield candidate.question
                break
            yield None


# ------------------------------------------------------------------------------------------- material


def _gather_material(library: Library, material: _Material) -> Iterator[None]:
    """Read the newest articles of the most quoted speakers, and the newest of all."""
    speakers = sorted(library.speakers(), key=lambda row: -weigh_quotations(row[1], row[2]))
    for name, _, _ in speakers[: _MAX_SPEAKERS * 3]:
        known = any(is_same_person(name, other) for other in material.people)
        if " " in name and not is_organization(name) and not known and len(material.people) < _MAX_SPEAKERS:
            material.people.append(name)
    material.newest = library.newest_articles(_MAX_NEWEST)
    yield None
    for name in material.people:
        _read_articles(library, material, library.articles_of_speaker(name, _MAX_ARTICLES))
        yield None
    _read_articles(library, material, material.newest)
    yield None
    sayings: dict[str, list[str]] = defaultdict(list)
    for article_id, statements in material.statements.items():
        article = material.articles[article_id]
        for statement in statements:
            if statement.speaker in material.people:
                sayings[statement.speaker].append(article.text[statement.sentence_start : statement.sentence_end])
    titles = Counter(word for article in material.articles.values() for word in content_words(article.title))
    own = {word for name in (*material.people, *library.source_names()) for word in content_words(name)}
    for name in material.people:
        for topic, count in extract_topics(sayings[name]).items():
            words = content_words(topic)
            if words and own.isdisjoint(words):
                # Titles name what articles are about; two words are more specific than one.
                titled = all(titles[word] for word in words)
                if not titled and len(words) == 1:
                    continue  # "the break", of which no headline tells, is nothing that somebody would ask about
                material.topics[name][topic] = count * (1 + 2 * titled * min(len(words), 2))
        yield None


def _read_articles(library: Library, material: _Material, article_ids: Sequence[str]) -> None:
    for article_id in article_ids:
        if article_id not in material.articles:
            article = library.article(article_id)
            if article is not None and len(article.text) <= _MAX_ARTICLE_CHARACTERS:
                material.articles[article_id] = article
                said = [each for each in library.statements(article_id) if each.status != "narrated"]
                material.statements[article_id] = said


# ------------------------------------------------------------------------------------------ candidates


def _ask_what_was_said(material: _Material, place: int) -> Iterator[QuestionCandidate]:
    """Ask what somebody said about something; `place` selects the speaker, so that each is asked about once."""
    for name in material.people[place : place + 1]:
        for topic in sort_by_count(material.topics[name]):
            yield QuestionCandidate(f"What did {name} say about {topic}?", require_speakers([name], topic))


def _ask_to_compare(material: _Material) -> Iterator[QuestionCandidate]:
    """Ask what two people said about the same topic, where an article quotes both: else "the move" is not the same."""
    quoting: dict[str, set[str]] = defaultdict(set)
    for article_id, statements in material.statements.items():
        for statement in statements:
            quoting[statement.speaker or ""].add(article_id)
    shared: Counter[tuple[str, str, str]] = Counter()
    for number, left in enumerate(material.people):
        for right in material.people[number + 1 :]:
            if quoting[left].isdisjoint(quoting[right]):
                continue
            for topic in material.topics[left].keys() & material.topics[right].keys():
                shared[left, right, topic] = min(material.topics[left][topic], material.topics[right][topic])
    for left, right, topic in sort_by_count(shared):
        yield QuestionCandidate(
            f"What did {left} and {right} say about {topic}?", require_speakers([left, right], topic)
        )


def _ask_who_said(material: _Material, library: Library) -> Iterator[QuestionCandidate]:
    """Ask who said some words: a few, some of them rare, so that only one person can be meant."""
    speakers_of_words: dict[str, tuple[int, str]] = {}
    for article_id, statements in material.statements.items():
        text = material.articles[article_id].text
        for statement in statements:
            for match in (
                _QUOTED_WORDS.finditer(text, statement.start, statement.end)
                if statement.speaker and " " in statement.speaker
                else ()
            ):
                words = match[1].rstrip(",.")
                if 4 <= len(words.split()) <= 9 and len(content_words(words)) > 1 and not _UNQUOTABLE.search(words):
                    unlike = 2 * words[0].islower() + words.startswith(("a ", "an ", "the "))
                    speakers_of_words.setdefault(words, (-unlike, statement.speaker or ""))
    best = sorted(speakers_of_words, key=lambda words: (speakers_of_words[words][0], len(words), words))[
        :_MAX_QUOTATIONS
    ]
    common = {words: sorted(map(library.count_passages_with_word, content_words(words)))[:2] for words in best}
    for words in sorted(best, key=lambda words: (speakers_of_words[words][0], sum(common[words]), words)):
        yield QuestionCandidate(f"Who said “{words}”?", require_speakers([speakers_of_words[words][1]], words))


def _ask_how_many(material: _Material) -> Iterator[QuestionCandidate]:
    """Ask for a number that a sentence states."""
    for article_id in chain(material.newest, material.articles):
        article = material.articles.get(article_id)
        for match in _COUNT_PHRASE.finditer(article.text) if article else ():
            if match["what"].split()[0] in STOP_WORDS or match["were"].split()[-1] in _VAGUE_PARTICIPLES:
                continue
            place = f" in {match['place']}" if match["place"] else ""
            yield QuestionCandidate(
                f"How many {match['what']} {match['were']}{place}?", _require_figure(article_id, match["figure"])
            )


def _ask_for_latest(material: _Material, outlets: Sequence[str]) -> Iterator[QuestionCandidate]:
    """Ask for news on the topic of most of the newest articles; an outlet, which many articles name, is none."""
    newest = [material.articles[one] for one in material.newest if one in material.articles]
    about = extract_topics(article.text[:1_500] for article in newest)
    titles = Counter(word for article in newest for word in set(content_words(article.title)))
    for word in content_words(" ".join(outlets)):
        del titles[word]
    named = Counter({topic: min((titles[word] for word in content_words(topic)), default=0) for topic in about})
    for topic in sort_by_count(Counter({topic: about[topic] * count for topic, count in named.items() if count})):
        yield QuestionCandidate(f"What is the latest on {topic}?", _require_topic(topic))


def sort_by_count(counted: Counter[T]) -> list[T]:
    """Sort what was counted, highest count first, then alphabetically."""
    return sorted(counted, key=lambda each: (-counted[each], each))


# ------------------------------------------------------------------------------------- what must come of it


def require_speakers(speakers: Sequence[str], about: str) -> Callable[[Answer], bool]:
    """Make a check: the answer contains words of each speaker that name the topic."""
    words = set(content_words(about))

    def suits(answer: Answer) -> bool:
        telling = [citation for citation in answer.citations if words <= set(content_words(citation.quote))]
        return all(
            any(citation.speaker and is_same_person(speaker, citation.speaker) for citation in telling)
            for speaker in speakers
        )

    return suits


def _require_figure(article_id: str, figure: str) -> Callable[[Answer], bool]:
    def suits(answer: Answer) -> bool:
        return any(citation.article_id == article_id and figure in citation.quote for citation in answer.citations)

    return suits


def _require_topic(topic: str) -> Callable[[Answer], bool]:
    def suits(answer: Answer) -> bool:
        words = set(content_words(topic))
        return any(words <= set(content_words(citation.quote)) for citation in answer.citations)

    return suits
