"""Which sentences answer a question that is not about somebody's words: by wording, meaning, kind and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.answer_spans import find_answer_spans, find_counted_nouns, is_count_of
from assistant.evidence.relations import parse_relation, states_relation
from assistant.evidence.term_weights import TermWeights
from assistant.records.answer import RetrievedPassage
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.store.protocol import Library
from assistant.text.stemming import stem, stem_words

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""Cosine of each of some texts with the question."""

MAX_COMPARED = 4  # sentences whose own meaning is compared: each costs milliseconds, and a fifth changed no figure
FRESH_DAYS = 10  # between the day of a question about the news and the articles that report it

UNDATED_DIVISOR = 0.91  # by what a score is divided that has no FRESH in it; with 1 - FRESH too many false answers pass
STRAY_PENALTY = 0.6  # what is left of the score of a sentence that is of another year or source than was asked for
PARTIAL_YES_NO_PENALTY = 0.85  # where a yes or no is asked for and the sentence lacks much of what would be true
MIN_YES_NO_COVERAGE = 0.75  # of the weight of a question
UNRELATED_PENALTY = 0.75  # and where the two things that the question puts together stand apart: see `relating`
# And of a sentence that asks itself, or that is none: a headline, a caption, a link to another article.
QUESTION_PENALTY, LABEL_PENALTY = 0.5, 0.9
# What each figure of a candidate counts, together 1; chosen with MIN_SCORE on whole sets of quiz questions and on short
# questions of general knowledge. Short questions find all their words in many places: what a passage means counts more.
(
    OWN_COVERAGE_WEIGHT,
    CONTEXT_COVERAGE_WEIGHT,
    PASSAGE_SIMILARITY_WEIGHT,
    SENTENCE_SIMILARITY_WEIGHT,
    TYPE_MATCH_WEIGHT,
    FRESHNESS_WEIGHT,
) = 0.05, 0.20, 0.30, 0.25, 0.05, 0.15


@dataclass(frozen=True, slots=True)
class SentenceCandidate:
    """A sentence with what speaks for it, each figure in 0..1."""

    article: Article
    start: int
    end: int
    own_coverage: float  # share of the question's weight in the sentence itself
    context_coverage: float  # with the sentences beside it and the title, which count half
    passage_similarity: float  # cosine of the passage with the question
    type_match: float  # 1 where it holds what the question asks for: a number, a name, a day
    freshness: float  # 1 where it was published about when the question was asked
    has_question_date: bool  # it is known when the question was asked
    penalty_factor: (
        float  # below 1 where it is not of the year or source that is asked for, or no sentence that can answer
    )
    sentence_similarity: float = 0.0  # cosine of the sentence with the question; 0 where it was not compared
    marks: tuple[Span, ...] = ()

    @property
    def score(self) -> float:
        """How sure it is, in 0..1, that the sentence answers."""
        score = (
            OWN_COVERAGE_WEIGHT * self.own_coverage
            + CONTEXT_COVERAGE_WEIGHT * self.context_coverage
            + PASSAGE_SIMILARITY_WEIGHT * self.passage_similarity
            + SENTENCE_SIMILARITY_WEIGHT * self.sentence_similarity
            + TYPE_MATCH_WEIGHT * self.type_match
            + FRESHNESS_WEIGHT * self.freshness
        )
        return self.penalty_factor * (score if self.has_question_date else score / UNDATED_DIVISOR)


def find_candidates(
    query: Query,
    articles: Mapping[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None,
) -> list[SentenceCandidate]:
    """The sentences of the retrieved passages, those compared in meaning first."""
    weights = TermWeights(query.terms, library)
    asked = {stem(term) for term in query.terms}
    things = find_counted_nouns(query.text)
    years = _YEAR.findall(query.text)
    source = match[1] if (match := _ACCORDING_TO.search(query.text)) and not query.outlets else None
    asked_of = parse_relation(query.text)
    found: dict[tuple[str, int], SentenceCandidate] = {}
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        title = stem_words(article.title)
        sentences = library.sentence_spans(article.id)
        within = [n for n, (start, end) in enumerate(sentences) if start < hit.passage.end and hit.passage.start < end]
        if not within:
            continue
        first, last = max(0, within[0] - 1), within[-1] + 2
        held = dict(enumerate((stem_words(article.text[start:end]) for start, end in sentences[first:last]), first))
        fresh = score_freshness(article, asked_at)
        for number in within:
            start, end = sentences[number]
            if (article.id, start) in found:
                continue
            beside = title | held.get(number - 1, set()) | held.get(number + 1, set())
            marks = find_answer_spans(query.expects, article.text, start, end, asked)
            exact = tuple(mark for mark in marks if things and is_count_of(article.text, mark, end, things))
            words_around = article.text[
                sentences[max(0, number - 1)][0] : sentences[min(number + 1, len(sentences) - 1)][1]
            ]
            here = weights.measure_coverage(held[number])
            found[article.id, start] = SentenceCandidate(
                article,
                start,
                end,
                here,
                weights.measure_coverage(held[number], beside),
                max(0.0, hit.meaning),
                1.0 if exact or (marks and not things) else 0.5 * bool(marks),
                fresh,
                asked_at is not None,
                _penalize_non_statement(article.text[start:end])
                * (
                    1.0
                    if _is_of_years(years, article, words_around) and _is_of_source(source, article)
                    else STRAY_PENALTY
                )
                * (PARTIAL_YES_NO_PENALTY if query.expects == "yes_no" and here < MIN_YES_NO_COVERAGE else 1.0)
                * (
                    1.0 if asked_of is None or states_relation(asked_of, article.text[start:end]) else UNRELATED_PENALTY
                ),
                marks=exact or marks,
            )
    ranked = sorted(found.values(), key=lambda one: -one.score)
    return _add_similarity(ranked[:MAX_COMPARED], similarity) + ranked[MAX_COMPARED:]


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ACCORDING_TO = re.compile(r"\b[Aa]ccording to (?:the )?([A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})")


_SENTENCE_END = re.compile(r"[.!…;][”\"’')\]»]*(?:\s?\[?\d+\]?)?$")


def _penalize_non_statement(sentence: str) -> float:
    """Less than 1 for what is no statement: a question, or a line without an end, as headlines and captions are."""
    plain = sentence.rstrip()
    if plain.rstrip("”\"’')").endswith("?"):
        return QUESTION_PENALTY
    return 1.0 if _SENTENCE_END.search(plain) and not _LINK_LABEL.match(plain) else LABEL_PENALTY


# "Live updates:Prime Minister resigns", "More:What to know", "Read more: …": the label of a link and its headline
_LINK_LABEL = re.compile(
    r"^[^:.]{1,60}:(?=[A-Z“‘\"'$])|^(?:Read|See|Also|More|Related|Watch|Photos?|Opinion)\b[^.]{0,30}:\s"
)


def _is_of_years(years: Sequence[str], article: Article, around: str) -> bool:
    """Whether a place can tell of one of the years that a question names."""
    published = (article.published_at or "")[:4]
    return not years or published in years or any(year in around or year in article.title for year in years)


def _is_of_source(source: str | None, article: Article) -> bool:
    """Whether an article is by, or names, the one according to whom a question asks."""
    return source is None or source.removesuffix("’s").lower() in f"{article.source} {article.text}".lower()


def _add_similarity(found: Sequence[SentenceCandidate], similarity: Similarity | None) -> list[SentenceCandidate]:
    if similarity is None or not found:
        return list(found)
    near = similarity([one.article.text[one.start : one.end] for one in found])
    return [replace(one, sentence_similarity=max(0.0, float(cosine))) for one, cosine in zip(found, near, strict=True)]


def score_freshness(article: Article, asked_at: date | None) -> float:
    """1 for an article published about when the question was asked, falling to 0; 0 where either day is unknown."""
    if asked_at is None or not article.published_at:
        return 0.0
    try:
        days = (asked_at - date.fromisoformat(article.published_at[:10])).days
    except ValueError:
        return 0.0
    return max(0.0, 1 - max(0, abs(days) - FRESH_DAYS) / (3 * FRESH_DAYS))
