"""What speaks for or against a sentence as the answer to a question of fact: features, each about 0..1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.evidence.facts.answer_spans import find_answer_spans, find_none, is_count_of, is_count_of_deed
from assistant.evidence.facts.occasions import is_age_then, is_of_month
from assistant.evidence.facts.question import FactQuestion
from assistant.evidence.facts.relations import states_relation
from assistant.evidence.facts.sentences import SentenceInContext
from assistant.ranking.words import WordOdds
from assistant.records.article import Article, Span
from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

Features = Mapping[str, float]
"""The value of each feature by its name; a missing one is 0. The names are those of `facts.weights`."""

MIN_CONTINUED_COVERAGE = 0.6  # share of a question's weight that an article has with which it goes on
FRESH_DAYS = 10  # between the day of a question about the news and the articles that report it
PAIR_REACH = 3  # words between two words of the question that follow each other
NOUN_ONLY = 0.5  # how well a number counts what is asked for, if only the noun is right: "1,000 people" lived there
SHORT_WORDS = 6  # below which a sentence is short
LONG_WORDS = 40  # above which it is long
LEAD_SENTENCES = 4  # at the start of an article, where it says what happened

_SENTENCE_END = re.compile(r"[.!…;][”\"’')\]»]*(?:\s?\[?\d+\]?)?$")
# The label of a link and its headline: "Live updates:Prime Minister resigns", "More:What to know", "Read more: …"
_LINK_LABEL = re.compile(
    r"^[^:.]{1,60}:(?=[A-Z“‘\"'$])|^(?:Read|See|Also|More|Related|Watch|Photos?|Opinion)\b[^.]{0,30}:\s"
)
# What belongs to a picture or tells who wrote: "Hide Caption 3 of 9 Photos: …", "By Ada Tarn and Ivo Lund, Tarn News".
_PERSON = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}"
_PEOPLE = rf"{_PERSON}(?:(?:,| and| &| with) {_PERSON})*"
_BODY = r"[A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4}"
_CREDIT = re.compile(
    r"\bHide Caption\b|^(?:Show|View) Caption\b|^\d+ of \d+ Photos?\b|"
    r"^(?:Photo|Photograph|Picture|Image|Video|Graphic|Illustration|Caption|File photo|Credit)s?"
    r"(?: (?:credit|by|courtesy)[\w ]{0,20})?:|"
    r"^\(?(?:(?:Photo(?:graph)?s?|Words|Text|Story|Reported|Written|Edited|Additional reporting) )?"
    rf"[Bb]y {_PEOPLE}(?: ?[,|/;–—-] ?{_BODY})?\)?\.?$|"
    rf"^(?:Reporting|Writing|Editing|Compiled) by {_PERSON}|"
    rf"^{_PEOPLE}(?:,| [|/–—-]) {_BODY}$|"
    r"^[^.!?]{0,100}/ ?(?:Getty Images|AP|Reuters|REUTERS|AFP|EPA)\b[^.!?]{0,60}$|^\S+@\S+\.\w+$"
)
_OPENS_WITH_PRONOUN = re.compile(r"^[“\"‘']?(?:He|She|It|They|This|That|These|Those|His|Her|Its|Their)\b")
_QUOTATION = re.compile(r"[“\"].{12,}")
_MANNER_CUE = re.compile(r"\b(?:by|through|using|via|with the help of|thanks to)\b")
_REASON_CUE = re.compile(
    r"\b(?:because|since(?! (?:\d|[A-Z]))|as a result|due to|owing to|thanks to|amid|after|following|caused by|citing|"
    r"blam(?:ed|ing|es?)|so that|in order to|in response to|in protest|reasons?|fear(?:s|ing|ed)?|"
    r"to (?:avoid|prevent|protect|stop|help))\b",
    re.IGNORECASE,
)
_NAMING_CUE = re.compile(
    r"\b(?:(?:re)?name[ds]?|called|known as|dubbed|nickname[ds]?|entitled|titled?|rebranded|referred to as|christened|"
    r"moniker|termed)\b",
    re.IGNORECASE,
)
_STATED_REASON = re.compile(
    r",\s(?:\w+ly\s)?(?:say|argu|complain|claim|accus|alleg|explain|insist|warn|object|add|stat)ing\b|"
    r"\bfor (?:\w+ly |not )?[a-z]{2,}ing\b"
)  # "has resigned, saying that nobody listened"; "was fired for leaking it"
NAMING_REACH = 60  # characters between such a word and the name
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|off|across|over|into|around)\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its features; `marks` are the words in it that can be the answer, as spans of the article.

    `words` tells which words of it a ranker takes for the answer, once one has read it.
    """

    sentence: SentenceInContext
    features: Features
    marks: tuple[Span, ...] = ()
    words: WordOdds | None = None


def states_nothing(text: str) -> bool:
    """Whether a sentence asks, is a link to another article, a caption or a byline, and so does not answer."""
    if text.rstrip().rstrip("”\"’')").endswith("?"):
        return True
    return _LINK_LABEL.match(text) is not None or _CREDIT.search(" ".join(text.split())) is not None


def states_reason(text: str) -> bool:
    """Whether a sentence has words that introduce a reason."""
    return _REASON_CUE.search(text) is not None or _STATED_REASON.search(text) is not None


def build_candidates(question: FactQuestion, sentences: Sequence[SentenceInContext]) -> list[Candidate]:
    """The sentences that state something, with the features that their words give."""
    by_article: dict[str, set[str]] = {}
    for each in sentences:
        by_article.setdefault(each.article.id, set(each.title_stems)).update(each.stems)
    shares = {key: question.weights.measure_coverage(stems) for key, stems in by_article.items()}
    recency = _rank_by_day(each.article for each in sentences) if question.query.asks_latest_state else {}
    return [
        _build_candidate(question, each, shares[each.article.id], recency.get(each.article.id, 0.0))
        for each in sentences
        if not states_nothing(each.text) and not _only_repeats(question, each)
    ]


def _only_repeats(question: FactQuestion, sentence: SentenceInContext) -> bool:
    """Whether a sentence has no word that the question lacks, as a heading above the answer: it tells nothing else."""
    return question.query.expects != "yes_no" and sentence.stems <= question.own_stems


def _build_candidate(
    question: FactQuestion, sentence: SentenceInContext, article_coverage: float, recency: float
) -> Candidate:
    weights = question.weights
    text, article = sentence.text, sentence.article
    marks = find_marks(question, article.text, sentence.start, sentence.end)
    counting, counted_share = find_counting(question, article.text, (sentence.start, sentence.end), marks)
    own = weights.measure_coverage(sentence.stems)
    words = split_words(text)
    content = [stem(word) for word in words if word not in STOP_WORDS]
    features = {
        "own_coverage": own,
        "context_coverage": weights.measure_coverage(sentence.stems, sentence.nearby_stems),
        "title_coverage": weights.measure_coverage(sentence.title_stems),
        "article_coverage": article_coverage,
        "phrase": _measure_phrases(question.term_pairs, content),
        "passage_similarity": sentence.passage_similarity,
        "passage_rank": 1 / (1 + sentence.passage_rank),
        "best_article": float(sentence.article_rank == 0),
        "article_rank": 1 / (1 + sentence.article_rank),
        "earlier": float(_continues(question, article, article_coverage)),
        "freshness": score_freshness(article, question.asked_at),
        "recency": recency,
        "lead": float(sentence.number < LEAD_SENTENCES),
        "first": float(sentence.number == 0),
        "short": float(len(words) < SHORT_WORDS),
        "long": max(0, len(words) - LONG_WORDS) / LONG_WORDS,
        "restates": sum(each in question.stems for each in content) / len(content) if content else 1.0,
        "label": float(_is_label(text)),
        "pronoun": float(_OPENS_WITH_PRONOUN.match(text) is not None),
        "quotation": float(_QUOTATION.search(text) is not None),
        "other_year": float(not _is_of_years(question.years, sentence)),
        "other_month": float(not is_of_month(sentence, question.months, question.query.period)),
        "other_source": float(not _is_of_source(question.source, article)),
        "unrelated": float(question.relation is not None and not states_relation(question.relation, text)),
        "manner": float(question.asks_how and _MANNER_CUE.search(text) is not None),
        **_describe_filling(question, sentence, marks, counted_share),
    }
    return Candidate(sentence, {name: value for name, value in features.items() if value}, counting or marks)


def find_counting(
    question: FactQuestion, text: str, sentence: Span, marks: Sequence[Span]
) -> tuple[tuple[Span, ...], float]:
    """The numbers of a sentence that count what is asked for, and how well: 1, or 0.5 if their verb is another one."""
    nouns, deeds = question.counted_nouns, question.counted_deeds
    if not nouns:
        return (), 0.0
    if deeds:
        of_deed = [each for each in marks if is_count_of_deed(text, each, sentence, deeds)]
        if counted := (*of_deed, *find_none(text, sentence, deeds)):
            return counted, 1.0
    counting = tuple(mark for mark in marks if is_count_of(text, mark, sentence[1], nouns))
    return counting, (NOUN_ONLY if deeds else 1.0) if counting else 0.0


def _continues(question: FactQuestion, article: Article, coverage: float) -> bool:
    """Whether a question goes on with an article of the last answer.

    One that does not refer to it, but names nothing else ("Was the driver charged?"), does if its words are there.
    """
    query = question.query
    if not query.is_follow_up or article.id not in query.earlier_articles:
        return False
    return query.refers_back or coverage >= MIN_CONTINUED_COVERAGE


def find_marks(question: FactQuestion, text: str, start: int, end: int) -> tuple[Span, ...]:
    """The words of a sentence, a span of a text, that can be the answer: of the kind and the occasion asked for."""
    marks = find_answer_spans(question.query.expects, text, start, end, question.stems)
    if question.asks_age and question.query.expects == "number":
        return tuple(each for each in marks if is_age_then(text, each, (start, end), question.stems))
    if question.asks_what_called and question.query.expects == "name":
        cues = [cue.span() for cue in _NAMING_CUE.finditer(text, start, end)]
        return tuple(
            mark
            for mark in marks
            if any(mark[0] - cue[1] <= NAMING_REACH and cue[0] - mark[1] <= NAMING_REACH for cue in cues)
        )
    return marks


def _describe_filling(
    question: FactQuestion,
    sentence: SentenceInContext,
    marks: Sequence[Span],
    counted_share: float,
) -> dict[str, float]:
    """Whether the sentence has what is asked for: a number, a name, a day, a reason."""
    expects, text = question.query.expects, sentence.article.text
    if expects is None:
        return {}
    if expects == "reason":
        return {"fills_reason": float(_REASON_CUE.search(text, sentence.start, sentence.end) is not None)}
    if expects == "yes_no":
        return {"claim": question.weights.measure_coverage(sentence.stems)}
    filled = {f"fills_{expects}": float(bool(marks))}
    if expects == "number" and question.counted_nouns:
        filled["counts_noun"] = counted_share
    if expects == "place":
        filled["names_place"] = float(any(_PLACE.search(text, max(0, start - 12), start) for start, _ in marks))
    if expects == "person":
        filled["full_name"] = float(any(_is_full_name(text[start:end]) for start, end in marks))
    return filled


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0].lower() not in ENGLISH.people.non_name_words and name[0] not in "“\"‘'"


def _measure_phrases(pairs: Sequence[tuple[str, str]], content: Sequence[str]) -> float:
    """The share of the question's pairs of words that stand near each other in the sentence too."""
    if not pairs:
        return 0.0
    places: dict[str, list[int]] = {}
    for at, each in enumerate(content):
        places.setdefault(each, []).append(at)
    near = (
        any(abs(one - other) <= PAIR_REACH for one in places.get(left, ()) for other in places.get(right, ()))
        for left, right in pairs
    )
    return sum(near) / len(pairs)


def _is_label(text: str) -> bool:
    """Whether it is no sentence: a line without an end, as headlines and captions are."""
    return _SENTENCE_END.search(text.rstrip()) is None


def _is_of_years(years: Sequence[str], sentence: SentenceInContext) -> bool:
    """Whether a sentence can be about one of the years that a question names."""
    article = sentence.article
    published = (article.published_at or "")[:4]
    return not years or published in years or any(y in sentence.nearby_text or y in article.title for y in years)


def _is_of_source(source: str | None, article: Article) -> bool:
    """Whether an article is by, or names, the source in "according to …"."""
    return source is None or source.removesuffix("’s").lower() in f"{article.source} {article.text}".lower()


def _rank_by_day(articles: Iterable[Article]) -> dict[str, float]:
    """For each dated article, 1 for the newest day, 0.5 for the second newest, and so on."""
    days = {each.id: (each.published_at or "")[:10] for each in articles}
    newest = sorted({day for day in days.values() if day}, reverse=True)
    return {article_id: 1 / (1 + newest.index(day)) for article_id, day in days.items() if day}


def score_freshness(article: Article, asked_at: date | None) -> float:
    """1 for an article published about when the question was asked, falling to 0; 0 if either day is unknown."""
    if asked_at is None or not article.published_at:
        return 0.0
    try:
        days = (asked_at - date.fromisoformat(article.published_at[:10])).days
    except ValueError:
        return 0.0
    return max(0.0, 1 - max(0, abs(days) - FRESH_DAYS) / (3 * FRESH_DAYS))
