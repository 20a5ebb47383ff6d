"""From passages to the sentences that answer: each scored by how much of the question it holds."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import snowballstemmer

from assistant.attribution import name_parts, same_person
from assistant.question import content_words, words
from assistant.records import Article, Evidence, Query, RetrievedPassage, Span, Statement
from assistant.statements import find_statements
from assistant.store import Library

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""Cosine of each of some texts with the question."""

COMPARED = 24  # sentences whose meaning is compared; the rest cannot win on words
CONTEXT_WEIGHT = 0.5  # of a word that stands in the title or the sentence before, not in the sentence
MIN_SCORE = 0.56  # below it a sentence on the topic is not taken for an answer; see CONTRIBUTING, "Figures"
MIN_TOPIC_COVERAGE = 0.5  # of the topic's words that somebody's statement must hold
LONG_STATEMENT = 500  # characters
KIN_WEIGHT = 0.8  # of a word with the same stem but another ending: Europe, Europeans
KIN_LETTERS = 5
KIN_ENDINGS = frozenset("n an ian ean i ish es ese er ic".split())

_STEMMER = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case, as Snowball's English rules have it."""
    return str(_STEMMER.stemWord(word))


def kin(left: str, right: str) -> bool:
    """Whether two stems are a place or a thing and its people: europ and european, russia and russian."""
    short, long = sorted((left, right), key=len)
    return len(short) >= KIN_LETTERS and long.startswith(short) and long[len(short) :] in KIN_ENDINGS


class Weights:
    """How much each word of a question tells: the rarer in the collection, the more."""

    def __init__(self, terms: Sequence[str], library: Library) -> None:
        total = max(1, library.passage_count())
        self._weights = {stem(term): math.log(1 + total / (1 + library.passages_with_word(term))) for term in terms}
        self.total = sum(self._weights.values())

    def coverage(self, here: set[str], around: set[str]) -> float:
        """The share, in 0..1, of the question's weight that these stems hold, `around` counting less."""
        if not self.total:
            return 0.0
        held = 0.0
        for term, weight in self._weights.items():
            if term in here:
                held += weight
            elif any(kin(term, other) for other in here):
                held += weight * KIN_WEIGHT
            elif term in around or any(kin(term, other) for other in around):
                held += weight * CONTEXT_WEIGHT
        return held / self.total


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found: evidence good enough to show, best first; and who else spoke on what was asked."""

    evidence: tuple[Evidence, ...]
    speaker_known: bool = True  # the person asked about occurs in what was retrieved
    speaker_speaks: bool = True  # and says something there
    others: tuple[str, ...] = ()  # speakers on the topic, the person asked about not among them


def stems(text: str) -> set[str]:
    """The stems of all words of a text, parts of hyphenated ones too."""
    found: set[str] = set()
    for word in words(text):
        found.add(stem(word))
        if "-" in word:
            found.update(stem(part) for part in word.split("-") if part)
    return found


def select(
    query: Query, retrieved: Sequence[RetrievedPassage], library: Library, similarity: Similarity | None
) -> Selection:
    """The sentences of the retrieved passages that answer the question, best first."""
    articles = _articles(retrieved, library)
    if query.kind == "who_said":
        return Selection(tuple(_quoted(query, articles, library)))
    if query.kind == "said" and query.speaker:
        return _said(query, query.speaker, articles, library, similarity)
    on_topic = _on_topic(query, articles, retrieved, library, similarity)
    return Selection(tuple(evidence for evidence in on_topic if evidence.score >= MIN_SCORE))


def _articles(retrieved: Sequence[RetrievedPassage], library: Library) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for hit in retrieved:
        name = hit.passage.article_id
        if name not in found and (article := library.article(name)) is not None:
            found[name] = article
    return found


# ---------------------------------------------------------------------------------- what somebody said


def _said(
    query: Query, speaker: str, articles: dict[str, Article], library: Library, similarity: Similarity | None
) -> Selection:
    weights = Weights(query.terms, library)
    topic_phrase = " ".join(words(query.topic or ""))
    found: list[Evidence] = []
    others: dict[str, float] = {}
    known = speaks = False
    name = content_words(speaker)[-1] if content_words(speaker) else speaker.lower()
    for article in articles.values():
        sentences = library.sentence_spans(article.id)
        known = known or re.search(rf"\b{re.escape(name)}", article.text, re.IGNORECASE) is not None
        statements = find_statements(article, sentences)
        for position, statement in enumerate(statements):
            text = article.text[statement.start : statement.end]
            mine = statement.speaker is not None and same_person(speaker, statement.speaker)
            speaks = speaks or mine
            here = stems(text)
            around = _around(statements, position, article) if mine else set()
            coverage = weights.coverage(here, around) if query.terms else 1.0
            exact = bool(topic_phrase) and f" {topic_phrase} " in f" {' '.join(words(text))} "
            # Of two statements that name the topic, the shorter one is more about it.
            brevity = max(0.0, 1 - len(text) / LONG_STATEMENT)
            score = 0.75 * coverage + 0.1 * exact + 0.05 * statement.direct + 0.1 * brevity
            if not mine:
                if statement.speaker and weights.coverage(here, set()) >= 0.75:
                    others[statement.speaker] = max(score, others.get(statement.speaker, 0))
            elif coverage >= MIN_TOPIC_COVERAGE and not (query.topic and names_another(query.topic, text)):
                found.append(Evidence(article, statement.start, statement.end, score, statement.speaker))
    found = _ranked(found)
    if similarity is not None and found:
        found = _reranked(found, similarity, weight=0.15)
    # Single words are too often no person ("Reports"); as a pointer only full names will do.
    ranked_others = tuple(sorted((o for o in others if " " in o), key=lambda other: -others[other]))
    return Selection(tuple(found), known, speaks, ranked_others)


def names_another(topic: str, text: str) -> bool:
    """Whether a text that shares words with a name means something else: North Korea for South Korea.

    Only for topics that are a name of several words; a text that holds the last of them by itself, or with a
    title, may well mean it.
    """
    parts = topic.split()
    if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
        return False
    wanted = {part.lower() for part in parts}
    chains = [match[0].split() for match in _CAPITALISED.finditer(text)]
    with_last = [chain for chain in chains if parts[-1].lower() in map(str.lower, chain)]
    if not with_last:
        return not any(wanted & set(map(str.lower, chain)) for chain in chains) and parts[-1].lower() not in words(text)
    return not any(
        len(wanted & set(map(str.lower, chain))) > 1 or len(name_parts(" ".join(chain))) == 1 for chain in with_last
    )


_CAPITALISED = re.compile(r"[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?)*")


def _around(statements: Sequence[Statement], position: int, article: Article) -> set[str]:
    """The stems just before a statement where the same person is speaking on."""
    if position == 0:
        return set()
    statement, before = statements[position], statements[position - 1]
    near = statement.start - before.end < 3
    if not near or before.speaker != statement.speaker:
        return set()
    return stems(article.text[before.start : before.end])


# ---------------------------------------------------------------------------------------- who said it


def _quoted(query: Query, articles: dict[str, Article], library: Library) -> list[Evidence]:
    """Places where the quoted words stand, to the letter or nearly, with the speaker the article names."""
    found: list[Evidence] = []
    for article in articles.values():
        statements: list[Statement] | None = None
        for quotation in query.quoted:
            place = find_words(quotation, article.text)
            if place is None:
                continue
            if statements is None:
                statements = find_statements(article, library.sentence_spans(article.id))
            holding = [s for s in statements if s.start < place[1] and place[0] < s.end]
            best = max(holding, key=lambda s: (s.speaker is not None, s.start), default=None)
            start, end = (best.start, best.end) if best else _sentence_at(library.sentence_spans(article.id), place)
            found.append(Evidence(article, start, end, 1.0, best.speaker if best else None))
    return found


def find_words(quotation: str, text: str) -> Span | None:
    """Where the words of a quotation stand in a text, whatever its punctuation, case and white space."""
    wanted = re.findall(r"\w+", quotation)
    if not wanted:
        return None
    match = re.search(r"\b" + r"\W+".join(map(re.escape, wanted)) + r"\b", text, re.IGNORECASE)
    return match.span() if match else None


def _sentence_at(sentences: Sequence[Span], place: Span) -> Span:
    touched = [span for span in sentences if span[0] < place[1] and place[0] < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else place


# ------------------------------------------------------------------------------------- anything else


def _on_topic(
    query: Query,
    articles: dict[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
) -> list[Evidence]:
    weights = Weights(query.terms, library)
    found: list[Evidence] = []
    spans = {name: library.sentence_spans(name) for name in articles}
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        title = stems(article.title)
        before: set[str] = set()
        for start, end in spans[article.id]:
            if end <= hit.passage.start or start >= hit.passage.end:
                continue
            here = stems(article.text[start:end])
            found.append(Evidence(article, start, end, weights.coverage(here, title | before)))
            before = here
    found = _ranked(found)
    if similarity is not None:
        found = _reranked(found, similarity, weight=0.5)
    return found


def _ranked(found: list[Evidence]) -> list[Evidence]:
    distinct = {(e.article.id, e.start, e.end): e for e in sorted(found, key=lambda e: e.score)}
    return sorted(distinct.values(), key=lambda e: (-e.score, e.article.id, e.start))


def _reranked(found: list[Evidence], similarity: Similarity, weight: float) -> list[Evidence]:
    """The best by words, put in order by words and meaning together."""
    head = found[:COMPARED]
    near = similarity([e.article.text[e.start : e.end] for e in head])
    mixed = [
        Evidence(e.article, e.start, e.end, (1 - weight) * e.score + weight * max(0.0, float(s)), e.speaker)
        for e, s in zip(head, near, strict=True)
    ]
    return _ranked(mixed)
