"""The sentences that a brief or a timeline can show: on the topic, whole, told by the article or said by somebody."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.collection.briefs.topic import LEAD_SENTENCES, Topic, read_mentions
from assistant.collection.scope import Scope
from assistant.evidence.overlap import collect_content_stems, count_days_between
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_WORD
from assistant.text.stemming import stem, stem_words
from assistant.text.words import split_words

MAX_ARTICLES = 50  # whose sentences are compared; of more, those that are most on the topic, and some of every month
MIN_WORDS, MAX_WORDS = 6, 60
MAX_FIRST_WORDS = 90  # of the sentence that opens an article, which tells what it is about
ASIDE = 1.0  # what the score of a sentence loses whose article only mentions the topic
MIN_REPEATS = 2  # stories that print a sentence that is no news
SAME_SHARE = 0.4  # of the weight of the words of the shorter of two sentences that make one a near-copy of the other
SAME_SHARE_SAID = 0.55  # the same of somebody's words, who may answer another's
SAME_SHARE_NEXT = 0.5  # the same on the next day
SAME_SHARE_RECALLED = 0.5  # the same within a later article, which recalls what was
SAME_WORDS = 0.5  # of the words of the shorter, whatever their weight, that make it one of near days
SAME_WORDS_WITHIN = 0.4  # the same in one article
NEAR_DAYS = 2
SAME_WORDS_SAID = 0.6  # the same of somebody's words
SAME_SHARE_LATER = 0.7  # the same on another day, when much of what is said again is who somebody is

_BOILERPLATE = re.compile(
    r"\b(?:click here|sign up|subscribe|newsletter|all rights reserved|read more|copyright|follow us|this article|"
    r"photo(?:graph)? by|advertisement|last (?:amended|updated|modified)|"
    r"more:|premieres|airs|tonight at|stream(?:ing)? now|cookies|"
    r"have you been|tell us|listen to|just watched|follow along|"
    r"what (?:you|to) (?:need|know)\b|need to know|to your inbox|in your inbox|today[’']s episode|on with your day|"
    r"(?:this|the) story (?:is no longer|was (?:originally|first))|version of this story (?:ran|appeared))\b|"
    r"\b(?:watch|fiction|photos?):|, (?:left|right|cent(?:er|re)|back|pictured)(?: to \w+)?,|https?://|^\W*\*|©",
    re.IGNORECASE,
)
_BEGINS_WITHIN = re.compile(
    r"^(?:and|but|or|so|he|she|they|it|"
    r"this(?! (?:morning|afternoon|evening|week|weekend|month|year|spring|summer|autumn|fall|winter)\b)|"
    r"that|these|those|his|her|their|its|there|also|since then|if|"
    r"the \w+ (?:c(?:omes|ame)|follow(?:s|ed)))\b",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(  # unless it opens its article
    r"^(?:then|meanwhile|however|instead|afterwards|both|another|such|"
    r"(?:at|in|by|of|from|for|after|before) (?:that|those|this|these)|as a result|in (?:response|addition|return)|"
    r"the (?:two|three|pair|others?|latter|former|same))\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[^,]{1,40}, (?:meanwhile|however|too|though|in turn|then|for (?:his|her|its|their) part),|"
    r".*, (?:however|though|too|either|as well)\W*$"
)
_THAT_DAY = re.compile(r"\bthat (?:day|night|week|month|year|morning|evening|afternoon|time)\b", re.IGNORECASE)
# "The document provides …": which one is not said. A verb is told by its ending.
_BARE_SUBJECT = re.compile(
    r"The ([a-z-]+) (?:is|are|was|were|has|had|did|does|will|would|could|can|may|also|said|told|found|took|began|came|"
    r"went|made|gave|held|saw|got|[a-z]{2,}(?:ed|[^s]s))\b"
)
_PERSON = re.compile(r"\b(?:he|she|his|her|him|they|their)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;’”] )[A-Z][\w’'-]+")
# "In pictures: the flood", whose sentences are captions, but not "Photos of secret papers were leaked"
_GALLERY = re.compile(
    r"(?:in )?(?:photos|pictures)(?: (?:this|of the) (?:day|week|month|year))?\s*(?:[:|]|\s[–—-]\s|$)", re.IGNORECASE
)
# "The army rescues a family in Sindh on September 1, 2022." in an article of that year: the caption of a picture; so is
# "Ada Lund attends a parade on May 5."
_CAPTION_END = re.compile(r"\b[A-Z][a-z]+\.? \d{1,2}, (\d{4})\W*$")
_DATED_END = re.compile(rf"\b(?:on|in) (?i:{MONTH_WORD})\.?(?: \d{{1,2}})?\W*$")
_PRESENT = re.compile(
    r"[A-Z][\w’'-]+ (?!is\b|was\b|has\b|does\b|says\b)[a-z]+[^s\W]s (?:an?|the|his|her|their|its|at|in|on|with|for|to|"
    r"from|during|after|before|as|into|through|past|by)\b"
)
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
    speakers: int = 0  # whose words it has
    shared: float = 0.0  # how much of it other articles tell too
    told: frozenset[str] = frozenset()  # its stems besides those of the topic
    is_titled: bool = True  # the title of its article has the topic
    title_stems: frozenset[str] = frozenset()  # of the title, besides the topic, that it has

    @property
    def article(self) -> Article:
        """Its article."""
        return self.evidence.article

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.evidence.start : self.evidence.end]

    @property
    def day(self) -> str:
        """The day, month or year of its article; empty if it has none."""
        return (self.article.published_at or "")[:10]

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without the sentence before, and opens no quotation that goes on after it."""
        return self.is_whole and not begins_within(self.text, self.place, self.article.title)

    @property
    def is_whole(self) -> bool:
        """Whether no quotation that it opens goes on after it."""
        return self.text.count("“") == self.text.count("”") and self.text.count('"') % 2 == 0

    @property
    def is_short(self) -> bool:
        """Whether it leaves room for others on a screen."""
        return len(self.text.split()) <= MAX_WORDS

    def weigh(self, stems: Iterable[str]) -> float:
        """The weight of some stems together."""
        return sum(self.weights[stem] for stem in stems)


def find_candidates(scope: Scope) -> list[Candidate]:
    """The sentences of the articles that may be shown, in the order of the articles, newest first."""
    ids = choose_articles(scope)
    library = scope.library
    articles, spans = library.load_articles(ids), library.load_sentence_spans(ids)
    statements = library.load_statements(ids)
    rarest = scope.words[0] if len(scope.words) == 1 else None
    if len(scope.words) > 1:
        rarest = min(scope.words, key=lambda words: len(library.find_articles(words)))
    mentions = {words: library.find_mentions(words, ids) for words in scope.words}
    found: list[Candidate] = []
    for article_id in ids:
        article = articles.get(article_id)
        if article is not None:
            places = {
                words: read_mentions(words, article, mentions[words].get(article_id, [])) for words in scope.words
            }
            topic = Topic(places, rarest, _skip_headline(article, spans.get(article_id, [])))
            found += _read_article(article, topic, statements.get(article_id, []))
    repeated = _find_repeated(found, library.load_story_numbers(ids))
    return _compare_words([each for each in found if each.stems not in repeated], scope)


def _skip_headline(article: Article, spans: Sequence[Span]) -> Sequence[Span]:
    """The sentences of an article without those at its beginning that are none.

    They are its title again, a heading in capitals, a line with the place and the outlet, words about the outlet.
    """
    title = f" {' '.join(split_words(article.title))} "
    for place, (start, end) in enumerate(spans):
        text = article.text[start:end]
        is_line = len(text.split()) < MIN_WORDS and not _ENDS.search(text)
        if not (is_line or text.isupper() or _BOILERPLATE.search(text) or f" {' '.join(split_words(text))} " in title):
            return spans[place:]
    return spans


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
        titled = told & stem_words(each.article.title)
        compared.append(replace(each, weights=weights, shared=shared, told=told, title_stems=titled))
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


def _read_article(article: Article, topic: Topic, statements: Iterable[Statement]) -> list[Candidate]:
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
        if text.isupper() or _is_caption(text, (article.published_at or "")[:4]):
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
                is_titled=topic.in_title,
                speakers=len({each.speaker for each in own}),
            )
        )
    return found


def _is_caption(text: str, year: str) -> bool:
    """Whether a sentence of an article of this year tells what a picture shows."""
    dated = _CAPTION_END.search(text)
    if dated is not None and dated[1] == year:
        return True
    return bool(dated or _DATED_END.search(text)) and _PRESENT.search(text) is not None


def _score(text: str, place: int, share: float, stems: frozenset[str], title: set[str]) -> float:
    """How much a sentence tells of its article: it is early, like the title, has much of the topic, and a figure."""
    score = 1.5 if place == 0 else 1.0 / (1 + place)
    score += 1.2 * share
    score += 1.5 * len(stems & title) / (4 + len(stems)) * 4
    score += 0.3 * bool(_NUMBER.search(text))
    score -= 0.8 * begins_within(text, place)
    return score - 0.02 * max(0, len(text.split()) - 30)


def begins_within(text: str, place: int, title: str = "") -> bool:
    """Whether a sentence begins with a word that goes on from the one before, or names nobody before "he" or "she".

    The sentence that opens an article may name them after it: "in her speech, Mayor Ada Lund". So does a bare "The call
    was …", if it does not open its article and the title has no such thing.
    """
    if _BEGINS_WITHIN.match(text.lstrip("“\"'")) or _GOES_ON.match(text):
        return True
    if place and (bare := _BARE_SUBJECT.match(text)) and stem(bare[1]) not in stem_words(title):
        return True
    if place and (_THAT_DAY.search(text) or _REFERS_BACK.match(text.lstrip("“\"'"))):
        return True
    person = _PERSON.search(text)
    names = _NAME.finditer(text, 0, person.start() if person and place else len(text))
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
        if _share_words(candidate, other):
            return True
        same_story = stories.get(candidate.article.id) == stories.get(other.article.id)
        if same_story and candidate.article.id != other.article.id and candidate.place == other.place:
            return True
    return False


def _share_words(candidate: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one article or near days have most words besides the topic, however common these are."""
    if candidate.article.id != other.article.id and count_days_between(candidate.article, other.article) > NEAR_DAYS:
        return False
    are_said = candidate.statement is not None and other.statement is not None
    least = min(len(candidate.told), len(other.told))
    share = SAME_WORDS_WITHIN if candidate.article.id == other.article.id else SAME_WORDS
    return len(candidate.told & other.told) >= (SAME_WORDS_SAID if are_said else share) * least > 0


def _find_same_share(candidate: Candidate, other: Candidate) -> float:
    """How much two sentences may share that are not the same: the less, the nearer their days."""
    days = count_days_between(candidate.article, other.article)
    if days > 1 and candidate.day != other.day:
        later = max(candidate, other, key=lambda each: each.day)
        return SAME_SHARE_LATER if later.place == 0 else SAME_SHARE_RECALLED
    if candidate.statement is not None and other.statement is not None:
        return SAME_SHARE_SAID
    return SAME_SHARE if candidate.day == other.day else SAME_SHARE_NEXT
