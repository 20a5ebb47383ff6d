"""Scores the sentences of the retrieved passages: by wording, meaning, type of answer, year, source and freshness."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.answer_spans import find_answer_spans, find_counted_nouns, is_count_of
from assistant.evidence.relations import Relation, parse_relation, states_relation
from assistant.evidence.scoring import SENTENCE_WEIGHTS, SentenceWeights
from assistant.evidence.selection import EvidenceRequest, Similarity
from assistant.evidence.term_weights import TermWeights
from assistant.records.answer import RetrievedPassage
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.text.stemming import stem, stem_words

MAX_COMPARED = 4  # sentences compared in meaning: each costs milliseconds, and a fifth improves no figure
FRESH_DAYS = 10  # between the day of a question about the news and the articles that report it

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ACCORDING_TO = re.compile(r"\b[Aa]ccording to (?:the )?([A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})")
_SENTENCE_END = re.compile(r"[.!…;][”\"’')\]»]*(?:\s?\[?\d+\]?)?$")
# The label of a link and its headline: "Live updates:Prime Minister resigns", "More:What to know", "Read more: …"
_LINK_LABEL = re.compile(
    r"^[^:.]{1,60}:(?=[A-Z“‘\"'$])|^(?:Read|See|Also|More|Related|Watch|Photos?|Opinion)\b[^.]{0,30}:\s"
)


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """What speaks for a sentence, each feature in 0..1; `penalty` is a factor of the score."""

    own_coverage: float  # share of the question's weight in the sentence itself
    context_coverage: float  # and with the title and the neighbouring sentences, which count half
    passage_similarity: float  # cosine of the passage with the question
    type_match: float  # 1 if it contains what the question asks for: a number, a name, a day
    freshness: float  # 1 if it was published about when the question was asked
    has_question_date: bool  # it is known when the question was asked
    penalty: float = 1.0
    sentence_similarity: float = 0.0  # cosine of the sentence with the question; 0 if not compared

    def compute_score(self, weights: SentenceWeights = SENTENCE_WEIGHTS) -> float:
        """The confidence, in 0..1, that the sentence answers."""
        score = (
            weights.own_coverage * self.own_coverage
            + weights.context_coverage * self.context_coverage
            + weights.passage_similarity * self.passage_similarity
            + weights.sentence_similarity * self.sentence_similarity
            + weights.type_match * self.type_match
            + weights.freshness * self.freshness
        )
        return self.penalty * (score if self.has_question_date else score / weights.undated_divisor)


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence that may answer; `marks` are the words in it that can be the answer, as spans of the article."""

    article: Article
    start: int
    end: int
    features: SentenceFeatures
    marks: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.start : self.end]

    @property
    def score(self) -> float:
        """The confidence, in 0..1, that the sentence answers."""
        return self.features.compute_score()


@dataclass(frozen=True, slots=True)
class _Criteria:
    """What a question requires of a sentence."""

    query: Query
    weights: TermWeights
    stems: Set[str]
    counted_nouns: Set[str]
    years: Sequence[str]
    source: str | None  # in "according to …"
    relation: Relation | None
    asked_at: date | None


@dataclass(frozen=True, slots=True)
class _SentenceInContext:
    """A sentence of an article with its surroundings."""

    article: Article
    start: int
    end: int
    stems: Set[str]
    nearby_stems: Set[str]  # of the title and the neighbouring sentences
    nearby_text: str  # from the sentence before to the sentence after

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def find_candidates(request: EvidenceRequest) -> list[SentenceCandidate]:
    """The sentences of the passages, those compared in meaning first."""
    criteria = _read_criteria(request)
    articles = request.articles
    candidates: dict[tuple[str, int], SentenceCandidate] = {}
    for hit in request.passages:
        article = articles[hit.passage.article_id]
        freshness = score_freshness(article, request.asked_at)
        for sentence in _list_sentences(hit, article, request.snapshot.sentence_spans(article.id)):
            if (article.id, sentence.start) not in candidates:
                candidate = _build_candidate(sentence, criteria, hit.meaning, freshness)
                candidates[article.id, sentence.start] = candidate
    ranked = sorted(candidates.values(), key=lambda candidate: -candidate.score)
    return _compare_meaning(ranked[:MAX_COMPARED], request.similarity) + ranked[MAX_COMPARED:]


def _read_criteria(request: EvidenceRequest) -> _Criteria:
    query = request.query
    according_to = _ACCORDING_TO.search(query.text)
    return _Criteria(
        query=query,
        weights=TermWeights(query.terms, request.snapshot),
        stems={stem(term) for term in query.terms},
        counted_nouns=find_counted_nouns(query.text),
        years=_YEAR.findall(query.text),
        source=according_to[1] if according_to and not query.outlets else None,
        relation=parse_relation(query.text),
        asked_at=request.asked_at,
    )


def _list_sentences(hit: RetrievedPassage, article: Article, spans: Sequence[Span]) -> Iterator[_SentenceInContext]:
    """The sentences that a passage touches, in order."""
    numbers = [n for n, (start, end) in enumerate(spans) if start < hit.passage.end and hit.passage.start < end]
    if not numbers:
        return
    title_stems = stem_words(article.title)
    first, last = max(0, numbers[0] - 1), min(numbers[-1] + 1, len(spans) - 1)
    stems = {n: stem_words(article.text[spans[n][0] : spans[n][1]]) for n in range(first, last + 1)}
    for n in numbers:
        start, end = spans[n]
        nearby_stems = title_stems | stems.get(n - 1, set()) | stems.get(n + 1, set())
        nearby_text = article.text[spans[max(0, n - 1)][0] : spans[min(n + 1, len(spans) - 1)][1]]
        yield _SentenceInContext(article, start, end, stems[n], nearby_stems, nearby_text)


def _build_candidate(
    sentence: _SentenceInContext, criteria: _Criteria, passage_similarity: float, freshness: float
) -> SentenceCandidate:
    article, start, end = sentence.article, sentence.start, sentence.end
    marks = find_answer_spans(criteria.query.expects, article.text, start, end, criteria.stems)
    nouns = criteria.counted_nouns
    counting_marks = tuple(mark for mark in marks if nouns and is_count_of(article.text, mark, end, nouns))
    own_coverage = criteria.weights.measure_coverage(sentence.stems)
    features = SentenceFeatures(
        own_coverage=own_coverage,
        context_coverage=criteria.weights.measure_coverage(sentence.stems, sentence.nearby_stems),
        passage_similarity=max(0.0, passage_similarity),
        type_match=_score_type_match(marks, counting_marks, has_counted_nouns=bool(nouns)),
        freshness=freshness,
        has_question_date=criteria.asked_at is not None,
        penalty=_compute_penalty(sentence, criteria, own_coverage),
    )
    return SentenceCandidate(article, start, end, features, counting_marks or marks)


def _score_type_match(marks: Sequence[Span], counting_marks: Sequence[Span], *, has_counted_nouns: bool) -> float:
    """1 for the type of answer that is expected; a number that counts something else is worth half."""
    if counting_marks or (marks and not has_counted_nouns):
        return 1.0
    return 0.5 if marks else 0.0


def _compute_penalty(sentence: _SentenceInContext, criteria: _Criteria, own_coverage: float) -> float:
    penalty = 1.0
    for applies, factor in _PENALTIES:
        if applies(sentence, criteria, own_coverage):
            penalty *= factor
    return penalty


# ---------------------------------------------------------------------------------------- penalties


def _is_question(sentence: _SentenceInContext, _criteria: _Criteria, _coverage: float) -> bool:
    return sentence.text.rstrip().rstrip("”\"’')").endswith("?")


def _is_label(sentence: _SentenceInContext, criteria: _Criteria, coverage: float) -> bool:
    """Whether it is no sentence: a line without an end, as headlines and captions are, or a link."""
    if _is_question(sentence, criteria, coverage):
        return False
    text = sentence.text.rstrip()
    return _SENTENCE_END.search(text) is None or _LINK_LABEL.match(text) is not None


def _is_of_other_year_or_source(sentence: _SentenceInContext, criteria: _Criteria, _coverage: float) -> bool:
    return not (_is_of_years(criteria.years, sentence) and _is_of_source(criteria.source, sentence.article))


def _is_partial_yes_no(_sentence: _SentenceInContext, criteria: _Criteria, coverage: float) -> bool:
    return criteria.query.expects == "yes_no" and coverage < SENTENCE_WEIGHTS.min_yes_no_coverage


def _lacks_relation(sentence: _SentenceInContext, criteria: _Criteria, _coverage: float) -> bool:
    return criteria.relation is not None and not states_relation(criteria.relation, sentence.text)


_PENALTIES: tuple[tuple[Callable[[_SentenceInContext, _Criteria, float], bool], float], ...] = (
    (_is_question, SENTENCE_WEIGHTS.question_penalty),
    (_is_label, SENTENCE_WEIGHTS.label_penalty),
    (_is_of_other_year_or_source, SENTENCE_WEIGHTS.other_year_or_source_penalty),
    (_is_partial_yes_no, SENTENCE_WEIGHTS.partial_yes_no_penalty),
    (_lacks_relation, SENTENCE_WEIGHTS.unrelated_penalty),
)


def _is_of_years(years: Sequence[str], sentence: _SentenceInContext) -> bool:
    """Whether a sentence can be about one of the years that a question names."""
    article = sentence.article
    published = (article.published_at or "")[:4]
    return not years or published in years or any(y in sentence.nearby_text or y in article.title for y in years)


def _is_of_source(source: str | None, article: Article) -> bool:
    """Whether an article is by, or names, the source in "according to …"."""
    return source is None or source.removesuffix("’s").lower() in f"{article.source} {article.text}".lower()


# ----------------------------------------------------------------------------- meaning and freshness


def _compare_meaning(candidates: Sequence[SentenceCandidate], similarity: Similarity | None) -> list[SentenceCandidate]:
    if similarity is None or not candidates:
        return list(candidates)
    cosines = similarity([candidate.text for candidate in candidates])
    return [
        replace(candidate, features=replace(candidate.features, sentence_similarity=max(0.0, float(cosine))))
        for candidate, cosine in zip(candidates, cosines, strict=True)
    ]


def score_freshness(article: Article, asked_at: date | None) -> float:
    """1 for an article published about when the question was asked, falling to 0; 0 if either day is unknown."""
    if asked_at is None or not article.published_at:
        return 0.0
    try:
        days = (asked_at - date.fromisoformat(article.published_at[:10])).days
    except ValueError:
        return 0.0
    return max(0.0, 1 - max(0, abs(days) - FRESH_DAYS) / (3 * FRESH_DAYS))
