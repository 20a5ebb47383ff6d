"""The sentences that a brief or a timeline can show: on the topic, whole, told by the article or said by somebody."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.collection.scope import Scope
from assistant.evidence.overlap import collect_content_stems, count_days_between
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.collection.search import Words
from assistant.records.statement import Statement
from assistant.store.search.forms import find_forms
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, has_given_name, is_same_person, name_parts
from assistant.text.stemming import stem_words

MAX_ARTICLES = 50  # whose sentences are compared; of more, those that are most on the topic, and some of every month
LEAD_SENTENCES = 3
MENTION_REACH = 3  # sentences from a mention of the topic to what may still be on it
MENTIONED_EVERY = 4  # sentences, at the least, in an article that is full of a topic
MIN_WORDS, MAX_WORDS = 6, 60
MAX_FIRST_WORDS = 90  # of the sentence that opens an article, which tells what it is about
ASIDE = 1.0  # what the score of a sentence loses whose article only mentions the topic
MIN_REPEATS = 2  # stories that print a sentence that is no news
SAME_SHARE = 0.4  # of the weight of the words of the shorter of two sentences that make one a near-copy of the other
SAME_SHARE_SAID = 0.55  # the same of somebody's words, who may answer another's
SAME_SHARE_NEXT = 0.5  # the same on the next day
SAME_SHARE_LATER = 0.7  # the same on another day, when much of what is said again is who somebody is

_BOILERPLATE = re.compile(
    r"\b(?:click here|sign up|subscribe|newsletter|all rights reserved|read more|copyright|follow us|this article|"
    r"photo(?:graph)? by|advertisement|last (?:amended|updated|modified)|"
    r"cookies|have you been|tell us|listen to|just watched|follow along|"
    r"(?:this|the) story (?:is no longer|was (?:originally|first))|version of this story (?:ran|appeared))\b|"
    r"\b(?:watch|fiction|photos?):|, (?:left|right|cent(?:er|re)|back|pictured)(?: to \w+)?,|https?://|^\W*\*|©",
    re.IGNORECASE,
)
_BEGINS_WITHIN = re.compile(
    r"^(?:and|but|or|so|he|she|they|it|this|that|these|those|his|her|their|its|there|also|since then|if|"
    r"the \w+ (?:c(?:omes|ame)|follow(?:s|ed)))\b",
    re.IGNORECASE,
)
_BARE_SUBJECT = re.compile(r"The [a-z-]+ (?:is|are|was|were|has|had|did|does|will|would|could|also)\b")
_PERSON = re.compile(r"\b(?:he|she|his|her|him|they|their)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’”] )[A-Z][\w’'-]+")
# "In pictures: the flood", whose sentences are captions, but not "Photos of secret papers were leaked"
_GALLERY = re.compile(
    r"(?:in )?(?:photos|pictures)(?: (?:this|of the) (?:day|week|month|year))?\s*(?:[:|]|\s[–—-]\s|$)", re.IGNORECASE
)
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
    is_on_topic: bool  # it has the topic, or stands near a mention under a title that has it; without a topic, always
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
        """Whether it can be understood without the sentence before, and opens no quotation that goes on after it."""
        text = self.article.text[self.evidence.start : self.evidence.end]
        is_whole = text.count("“") == text.count("”") and text.count('"') % 2 == 0
        return is_whole and not _begins_within(text, self.place)

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
    mentions = {words: library.find_mentions(words, ids) for words in scope.words}
    found: list[Candidate] = []
    for article_id in ids:
        article = articles.get(article_id)
        if article is not None:
            places = {
                words: _read_mentions(words, article, mentions[words].get(article_id, [])) for words in scope.words
            }
            topic = _Topic(places, rarest, spans.get(article_id, []))
            found += _read_article(article, topic, statements.get(article_id, []))
    repeated = _find_repeated(found, library.load_story_numbers(ids))
    return _compare_words([each for each in found if each.stems not in repeated], scope)


@dataclass(frozen=True)
class _Mentions:
    """The places of a phrase of the topic in the text of an article, and whether its title has the phrase too."""

    places: Sequence[Span]
    in_title: bool


def _read_mentions(words: Words, article: Article, places: list[Span]) -> _Mentions:
    """Where an article has a phrase of the topic; if that is a person, under the surname alone too."""
    in_title = bool(find_forms(words.phrase, article.title, is_prefix=words.is_prefix))
    surname = words.phrase.split()[-1]
    if not (places and has_given_name(words.phrase)) or _is_shared(surname, words.phrase, article):
        return _Mentions(places, in_title)
    last = re.compile(rf"\b{re.escape(surname)}\b")
    alone = [match.span() for match in last.finditer(article.text)]
    places = sorted([*places, *(span for span in alone if not any(a <= span[0] < b for a, b in places))])
    return _Mentions(places, in_title or last.search(article.title) is not None)


def _is_shared(surname: str, name: str, article: Article) -> bool:
    """Whether an article names somebody else of this surname in full."""
    named = full_names(f"{article.title}. {article.text}")
    return any(name_parts(each)[-1:] == [surname] and not is_same_person(name, each) for each in named)


class _Topic:
    """The places of a topic in an article, of each of its phrases, and which sentences they make one on the topic."""

    def __init__(self, mentions: Mapping[Words, _Mentions], rarest: Words | None, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.places = sorted(place for each in mentions.values() for place in each.places)
        self._mentions, self._rarest = mentions, rarest
        self._titled = {words for words, each in mentions.items() if each.in_title}
        self.in_title = self._has_enough(self._titled)
        # The first sentence of an article that is full of it tells of it, although in other words.
        self.is_full = len(mentions[rarest].places if rarest else ()) * MENTIONED_EVERY >= len(spans)

    def _has_enough(self, found: Collection[Words]) -> bool:
        """Whether some phrases tell the topic: the rarest of one or two, all but one of three to five."""
        phrases = len(self._mentions)
        return self._rarest is None or (self._rarest in found if phrases < 3 else len(found) >= phrases - phrases // 3)

    def find_phrases(self, start: int, end: int) -> set[Words]:
        """The phrases that occur in a span of the text."""
        return {words for words, each in self._mentions.items() if any(start <= a and b <= end for a, b in each.places)}

    def share_of(self, start: int, end: int) -> float:
        """How many of the phrases occur in a span of the text."""
        return len(self.find_phrases(start, end)) / max(1, len(self._mentions))

    def is_on_topic(self, place: int) -> bool:
        """Whether a sentence has the topic, itself or with the title if a mention is near; without a topic, always.

        An article may tell several things, of which its title names the topic as one.
        """
        if self._rarest is None or (place == 0 and self.is_full):
            return True
        found = self.find_phrases(*self.spans[place])
        if found and self._has_enough(found | self._titled):
            return True
        first = self.spans[max(0, place - MENTION_REACH)][0]
        last = self.spans[min(len(self.spans) - 1, place + MENTION_REACH)][1]
        return self.in_title and (place < LEAD_SENTENCES or bool(self.find_phrases(first, last)))

    def is_central(self) -> bool:
        """Whether an article is about the topic, and does not only mention it."""
        opening = self.spans[:LEAD_SENTENCES][-1][1] if self.spans else 0
        return self.in_title or self.is_full or self._has_enough(self.find_phrases(0, opening) | self._titled)


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


def _read_article(article: Article, topic: _Topic, statements: Iterable[Statement]) -> list[Candidate]:
    if _GALLERY.match(article.title):
        return []
    title, spans = stem_words(article.title), topic.spans
    by_sentence: dict[int, list[Statement]] = {}
    for each in statements:
        place = bisect_right(spans, each.sentence_start, key=lambda span: span[1])
        while place < len(spans) and spans[place][0] < each.sentence_end:
            by_sentence.setdefault(spans[place][0], []).append(each)
            place += 1
    found = []
    is_central = topic.is_central()
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
                _score(text, place, topic.share_of(start, end), stems, title) - ASIDE * (not is_central),
                place,
                topic.is_on_topic(place),
                said or (own[0] if own else None),
                stems,
                is_central,
            )
        )
    return found


def _score(text: str, place: int, share: float, stems: frozenset[str], title: set[str]) -> float:
    """How much a sentence tells of its article: it is early, like the title, has much of the topic, and a figure."""
    score = 1.5 if place == 0 else 1.0 / (1 + place)
    score += 1.2 * share
    score += 1.5 * len(stems & title) / (4 + len(stems)) * 4
    score += 0.3 * bool(_NUMBER.search(text))
    score -= 0.8 * _begins_within(text, place)
    return score - 0.02 * max(0, len(text.split()) - 30)


def _begins_within(text: str, place: int) -> bool:
    """Whether a sentence begins with a word that goes on from the one before, or names nobody before "he" or "she".

    So does a bare "The call was …", if it does not open its article.
    """
    if _BEGINS_WITHIN.match(text.lstrip("“\"'")) or (place and _BARE_SUBJECT.match(text)):
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
        share = _find_same_share(candidate, other)
        if least and candidate.weigh(candidate.stems & other.stems) >= share * least:
            return True
        same_story = stories.get(candidate.article.id) == stories.get(other.article.id)
        if same_story and candidate.article.id != other.article.id and candidate.place == other.place:
            return True
    return False


def _find_same_share(candidate: Candidate, other: Candidate) -> float:
    """How much two sentences may share that are not the same: the less, the nearer their days."""
    days = count_days_between(candidate.article, other.article)
    if days > 1 and candidate.day != other.day:
        return SAME_SHARE_LATER
    if candidate.statement is not None and other.statement is not None:
        return SAME_SHARE_SAID
    return SAME_SHARE if candidate.day == other.day else SAME_SHARE_NEXT
