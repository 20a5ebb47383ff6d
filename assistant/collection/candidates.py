"""The sentences that a brief or a timeline can show: on the topic, whole, told by the article or said by somebody."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.collection.scope import Scope
from assistant.evidence.overlap import collect_content_stems
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.collection.search import Words
from assistant.records.statement import Statement
from assistant.store.search.forms import find_forms
from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem_words

MAX_ARTICLES = 50  # whose sentences are compared; of more, those that are most on the topic, and some of every month
LEAD_SENTENCES = 3
MENTIONED_EVERY = 4  # sentences, at the least, in an article that is full of a topic
MIN_WORDS, MAX_WORDS = 6, 60
MAX_FIRST_WORDS = 90  # of the sentence that opens an article, which tells what it is about
ASIDE = 1.0  # what the score of a sentence loses whose article only mentions the topic
MIN_REPEATS = 2  # stories that print a sentence that is no news
SAME_SHARE = 0.55  # of the weight of the words of the shorter of two sentences that make one a near-copy of the other
SAME_SHARE_LATER = 0.7  # the same on another day, when much of what is said again is who somebody is

_BOILERPLATE = re.compile(
    r"\b(?:click here|sign up|subscribe|newsletter|all rights reserved|read more|copyright|follow us|this article|"
    r"photo(?:graph)? by|advertisement|cookies|have you been|tell us|listen to|just watched|follow along|"
    r"(?:this|the) story (?:is no longer|was (?:originally|first))|version of this story (?:ran|appeared))\b|"
    r"\b(?:watch|fiction|photos?):|, (?:left|right|cent(?:er|re)|back|pictured)(?: to \w+)?,|https?://|^\W*\*|©",
    re.IGNORECASE,
)
_BEGINS_WITHIN = re.compile(
    r"^(?:and|but|or|so|he|she|they|it|this|that|these|those|his|her|their|its|there|also|since then|if|"
    r"the \w+ c(?:omes|ame))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|his|her|him|they|their)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’”] )[A-Z][\w’'-]+")
# "The army rescues a family in Sindh on September 1, 2022." in an article of that year: the caption of a picture.
_CAPTION_END = re.compile(r"\b[A-Z][a-z]+\.? \d{1,2}, (\d{4})\W*$")
_ENDS = re.compile(r"[.!…][”’\"')\]]*\s*$")  # a heading, a link and a question do not
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Candidate:
    """A sentence on the topic. `statement` is set if it has somebody's words; `place` counts sentences from 0.

    `is_central`: its article is about the topic, which its title or its first sentences name.
    `weights` are those of the stems of all candidates: the fewer have one, the more it tells.
    """

    evidence: Evidence
    score: float
    place: int
    is_on_topic: bool  # it, or the title, has the rarest phrase of the topic; without a topic, always
    statement: Statement | None
    stems: frozenset[str]
    is_central: bool = True
    weights: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)
    shared: float = 0.0  # how much of it other articles tell too

    @property
    def article(self) -> Article:
        """Its article."""
        return self.evidence.article

    @property
    def day(self) -> str:
        """The day, month or year of its article; empty if it has none."""
        return (self.article.published_at or "")[:10]

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without the sentence before."""
        return not _begins_within(self.article.text[self.evidence.start : self.evidence.end])

    @property
    def is_short(self) -> bool:
        """Whether it leaves room for others on a screen."""
        return len(self.article.text[self.evidence.start : self.evidence.end].split()) <= MAX_WORDS

    def weigh(self, stems: Iterable[str]) -> float:
        """The weight of some stems together."""
        return sum(self.weights[stem] for stem in stems)


def find_candidates(scope: Scope) -> list[Candidate]:
    """The sentences of the articles that may be shown, in the order of the articles, newest first."""
    ids = choose_articles(scope)
    library = scope.library
    articles, spans = library.load_articles(ids), library.load_sentence_spans(ids)
    statements = library.load_statements(ids)
    rarest = min(scope.words, key=lambda words: len(library.find_articles(words)), default=None)
    found: list[Candidate] = []
    for article_id in ids:
        article = articles.get(article_id)
        if article is not None:
            by_words = {words: library.find_mentions(words, article_id) for words in scope.words}
            marks = sorted(place for places in by_words.values() for place in places)
            at = by_words[rarest] if rarest else ()
            is_full = len(at) * MENTIONED_EVERY >= len(spans.get(article_id, []))
            key = _TopicMarks(tuple(marks), tuple(at), _is_titled(article, rarest), is_full)
            found += _read_article(article, spans.get(article_id, []), statements.get(article_id, []), key)
    repeated = _find_repeated(found, library.load_story_numbers(ids))
    return _compare_words([each for each in found if each.stems not in repeated], scope)


@dataclass(frozen=True)
class _TopicMarks:
    """The places of the topic in an article, those of its rarest phrase, whether the title and the text are full of it.

    `is_full`: the article has the phrase so often that its first sentence tells of it, although in other words.
    """

    places: tuple[Span, ...]
    rarest: tuple[Span, ...]
    in_title: bool
    is_full: bool

    def is_on_topic(self, start: int, end: int, place: int) -> bool:
        """Whether a sentence, or the title, has the rarest phrase of the topic; without a topic, always."""
        is_lead = place == 0 and self.is_full
        return self.in_title or is_lead or any(start <= a and b <= end for a, b in self.rarest)

    def is_central(self, spans: Sequence[Span]) -> bool:
        """Whether an article with these sentences is about the topic, and does not only mention it."""
        opening = spans[:LEAD_SENTENCES][-1][1] if spans else 0
        return self.in_title or self.is_full or any(b <= opening for _, b in self.rarest)


def _is_titled(article: Article, rarest: Words | None) -> bool:
    return rarest is None or bool(find_forms(rarest.phrase, article.title, is_prefix=rarest.is_prefix))


def _find_repeated(candidates: Iterable[Candidate], stories: Mapping[str, int]) -> set[frozenset[str]]:
    """The words of sentences that several stories print: they belong to the outlet and not to the news."""
    printed: dict[frozenset[str], set[object]] = {}
    for each in candidates:
        printed.setdefault(each.stems, set()).add(stories.get(each.article.id, each.article.id))
    return {stems for stems, by in printed.items() if len(by) >= MIN_REPEATS}


def _compare_words(candidates: Sequence[Candidate], scope: Scope) -> list[Candidate]:
    """The candidates with the weights of their stems, and how much of what they tell the other articles tell too.

    The main facts of an event ("the pier burned down in May") are in many articles on it, an aside is in one.
    """
    counts = Counter(stem for each in candidates for stem in each.stems)
    weights = {stem: math.log(1 + len(candidates) / count) for stem, count in counts.items()}
    topic = stem_words(" ".join(words.phrase for words in scope.words))
    articles: dict[str, set[str]] = {}
    for each in candidates:
        articles.setdefault(each.article.id, set()).update(each.stems - topic)
    spread = Counter(stem for stems in articles.values() for stem in stems)

    compared = []
    for each in candidates:
        told = each.stems - topic
        shared = sum((spread[stem] - 1) / len(articles) for stem in told) / (4 + len(told))
        compared.append(replace(each, weights=weights, shared=shared))
    return compared


def choose_articles(scope: Scope) -> list[str]:
    """The articles to read: all, or those that mention the topic most often, each month with at least one."""
    ids = list(scope.article_ids)
    if len(ids) <= MAX_ARTICLES:
        return ids
    counts: dict[str, int] = dict.fromkeys(ids, 0)
    for words in scope.words:
        for article_id, count in scope.library.count_mentions(words, ids).items():
            counts[article_id] += count
    rows = scope.library.article_rows()
    ranked = sorted(ids, key=lambda each: (-counts[each] / (1 + rows[each].words) ** 0.5, each))
    firsts: dict[str, str] = {}
    for article_id in ranked:
        firsts.setdefault(rows[article_id].day[:7], article_id)
    chosen = set(list(firsts.values())[: MAX_ARTICLES // 2])
    chosen.update(ranked[: MAX_ARTICLES - len(chosen)])
    return [article_id for article_id in ids if article_id in chosen]


def _read_article(
    article: Article, spans: Sequence[Span], statements: Iterable[Statement], topic: _TopicMarks
) -> list[Candidate]:
    title = stem_words(article.title)
    by_sentence: dict[int, list[Statement]] = {}
    for each in statements:
        place = bisect_right(spans, each.sentence_start, key=lambda span: span[1])
        while place < len(spans) and spans[place][0] < each.sentence_end:
            by_sentence.setdefault(spans[place][0], []).append(each)
            place += 1
    found = []
    is_central = topic.is_central(spans)
    for place, (start, end) in enumerate(spans):
        own = by_sentence.get(start, [])
        hits = tuple((a, b) for a, b in topic.places if start <= a and b <= end)
        if topic.places and not hits and not own and place >= LEAD_SENTENCES:
            continue
        text = article.text[start:end]
        most = MAX_WORDS if place else MAX_FIRST_WORDS
        if not MIN_WORDS <= len(text.split()) <= most or _BOILERPLATE.search(text) or not _ENDS.search(text):
            continue
        caption = _CAPTION_END.search(text)
        if caption is not None and caption[1] == (article.published_at or "")[:4]:
            continue
        said = next((each for each in own if each.status in ("asserted", "reported") and each.speaker), None)
        span = (start, end)
        if said is not None:
            span = (min(start, said.sentence_start), max(end, said.sentence_end, said.end))
        evidence = Evidence(
            article, *span, 1.0, speaker=said.speaker if said else None, marks=hits,
            status=said.status if said else "asserted", via=said.via if said else None,
        )  # fmt: skip
        stems = frozenset(collect_content_stems(evidence))
        found.append(
            Candidate(
                evidence,
                _score(text, place, hits, stems, title) - ASIDE * (not is_central),
                place,
                topic.is_on_topic(start, end, place),
                said or (own[0] if own else None),
                stems,
                is_central,
            )
        )
    return found


def _score(text: str, place: int, hits: Sequence[Span], stems: frozenset[str], title: set[str]) -> float:
    """How much a sentence tells of its article: it is early, on the topic, like the title, has a figure."""
    score = 1.5 if place == 0 else 1.0 / (1 + place)
    score += 0.6 * min(len(hits), 2)
    score += 1.5 * len(stems & title) / (4 + len(stems)) * 4
    score += 0.3 * bool(_NUMBER.search(text))
    score -= 0.8 * _begins_within(text)
    return score - 0.02 * max(0, len(text.split()) - 30)


def _begins_within(text: str) -> bool:
    """Whether a sentence begins with a word that goes on from the one before, or names nobody before "he" or "she"."""
    if _BEGINS_WITHIN.match(text.lstrip("“\"'")):
        return True
    person = _PERSON.search(text)
    names = _NAME.finditer(text, 0, person.start()) if person else ()
    return person is not None and all(name[0].lower() in ENGLISH.grammar.calendar_words for name in names)


def is_near_copy(candidate: Candidate, others: Iterable[Candidate], stories: Mapping[str, int]) -> bool:
    """Whether one of some sentences says nearly the same, or is of the same story at the same place.

    Words that most candidates have ("House", "President") weigh little: they do not make two days' news the same.
    """
    for other in others:
        least = min(candidate.weigh(candidate.stems), other.weigh(other.stems))
        share = SAME_SHARE if candidate.day == other.day else SAME_SHARE_LATER
        if least and candidate.weigh(candidate.stems & other.stems) >= share * least:
            return True
        same_story = stories.get(candidate.article.id) == stories.get(other.article.id)
        if same_story and candidate.article.id != other.article.id and candidate.place == other.place:
            return True
    return False
