"""Which sentences answer a question that is not about somebody's words: by wording, meaning, kind and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.answer_spans import counted, counts, fitting
from assistant.evidence.relations import relation, together
from assistant.evidence.term_weights import Weights
from assistant.records.answer import RetrievedPassage
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.store.library import Library
from assistant.text.stemming import stem, stems

Similarity = Callable[[Sequence[str]], Sequence[float]]
"""Cosine of each of some texts with the question."""

COMPARED = 4  # sentences whose own meaning is compared: each costs milliseconds, and a fifth changed no figure
NEAR_DAYS = 10  # between the day of a question about the news and the articles that report it

UNDATED = 0.91  # by what a score is divided that has no FRESH in it; with 1 - FRESH too many false answers pass
STRAY = 0.6  # what is left of the score of a sentence that is of another year or source than was asked for
UNANSWERED = 0.85  # where a yes or no is asked for and the sentence lacks much of what would be true
MOST_OF_IT = 0.75  # of the weight of a question
APART = 0.75  # and where the two things that the question puts together stand apart: see `relating`
# And of a sentence that asks itself, or that is none: a headline, a caption, a link to another article.
ASKS, LABEL = 0.5, 0.9
# What each figure of a candidate counts, together 1; chosen with MIN_SCORE on whole sets of quiz questions and on short
# questions of general knowledge. Short questions find all their words in many places: what a passage means counts more.
HERE, AROUND, PASSAGE, MEANING, FITS, FRESH = 0.05, 0.20, 0.30, 0.25, 0.05, 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what speaks for it, each figure in 0..1."""

    article: Article
    start: int
    end: int
    here: float  # share of the question's weight in the sentence itself
    around: float  # with the sentences beside it and the title, which count half
    passage: float  # cosine of the passage with the question
    fits: float  # 1 where it holds what the question asks for: a number, a name, a day
    fresh: float  # 1 where it was published about when the question was asked
    dated: bool  # it is known when the question was asked
    holds: float  # below 1 where it is not of the year or source that is asked for, or no sentence that can answer
    meaning: float = 0.0  # cosine of the sentence with the question; 0 where it was not compared
    marks: tuple[Span, ...] = ()

    @property
    def score(self) -> float:
        """How sure it is, in 0..1, that the sentence answers."""
        score = (
            HERE * self.here
            + AROUND * self.around
            + PASSAGE * self.passage
            + MEANING * self.meaning
            + FITS * self.fits
            + FRESH * self.fresh
        )
        return self.holds * (score if self.dated else score / UNDATED)


def candidates(
    query: Query,
    articles: Mapping[str, Article],
    retrieved: Sequence[RetrievedPassage],
    library: Library,
    similarity: Similarity | None,
    asked_at: date | None,
) -> list[Candidate]:
    """The sentences of the retrieved passages, those compared in meaning first."""
    weights = Weights(query.terms, library)
    asked = {stem(term) for term in query.terms}
    things = counted(query.text)
    years = _YEAR.findall(query.text)
    source = match[1] if (match := _SOURCE.search(query.text)) and not query.outlets else None
    asked_of = relation(query.text)
    found: dict[tuple[str, int], Candidate] = {}
    for hit in retrieved:
        article = articles[hit.passage.article_id]
        title = stems(article.title)
        sentences = library.sentence_spans(article.id)
        within = [n for n, (start, end) in enumerate(sentences) if start < hit.passage.end and hit.passage.start < end]
        if not within:
            continue
        first, last = max(0, within[0] - 1), within[-1] + 2
        held = dict(enumerate((stems(article.text[start:end]) for start, end in sentences[first:last]), first))
        fresh = freshness(article, asked_at)
        for number in within:
            start, end = sentences[number]
            if (article.id, start) in found:
                continue
            beside = title | held.get(number - 1, set()) | held.get(number + 1, set())
            marks = fitting(query.expects, article.text, start, end, asked)
            exact = tuple(mark for mark in marks if things and counts(article.text, mark, end, things))
            words_around = article.text[
                sentences[max(0, number - 1)][0] : sentences[min(number + 1, len(sentences) - 1)][1]
            ]
            here = weights.coverage(held[number])
            found[article.id, start] = Candidate(
                article,
                start,
                end,
                here,
                weights.coverage(held[number], beside),
                max(0.0, hit.meaning),
                1.0 if exact or (marks and not things) else 0.5 * bool(marks),
                fresh,
                asked_at is not None,
                _speaks(article.text[start:end])
                * (1.0 if _of_years(years, article, words_around) and _of_source(source, article) else STRAY)
                * (UNANSWERED if query.expects == "yes_no" and here < MOST_OF_IT else 1.0)
                * (1.0 if asked_of is None or together(asked_of, article.text[start:end]) else APART),
                marks=exact or marks,
            )
    ranked = sorted(found.values(), key=lambda one: -one.score)
    return _compared(ranked[:COMPARED], similarity) + ranked[COMPARED:]


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SOURCE = re.compile(r"\b[Aa]ccording to (?:the )?([A-Z][\w’'.&-]*(?: [A-Z][\w’'.&-]*){0,4})")


_ENDS = re.compile(r"[.!…;][”\"’')\]»]*(?:\s?\[?\d+\]?)?$")


def _speaks(sentence: str) -> float:
    """Less than 1 for what is no statement: a question, or a line without an end, as headlines and captions are."""
    plain = sentence.rstrip()
    if plain.rstrip("”\"’')").endswith("?"):
        return ASKS
    return 1.0 if _ENDS.search(plain) and not _LINK.match(plain) else LABEL


# "Live updates:Prime Minister resigns", "More:What to know", "Read more: …": the label of a link and its headline
_LINK = re.compile(r"^[^:.]{1,60}:(?=[A-Z“‘\"'$])|^(?:Read|See|Also|More|Related|Watch|Photos?|Opinion)\b[^.]{0,30}:\s")


def _of_years(years: Sequence[str], article: Article, around: str) -> bool:
    """Whether a place can tell of one of the years that a question names."""
    published = (article.published_at or "")[:4]
    return not years or published in years or any(year in around or year in article.title for year in years)


def _of_source(source: str | None, article: Article) -> bool:
    """Whether an article is by, or names, the one according to whom a question asks."""
    return source is None or source.removesuffix("’s").lower() in f"{article.source} {article.text}".lower()


def _compared(found: Sequence[Candidate], similarity: Similarity | None) -> list[Candidate]:
    if similarity is None or not found:
        return list(found)
    near = similarity([one.article.text[one.start : one.end] for one in found])
    return [replace(one, meaning=max(0.0, float(cosine))) for one, cosine in zip(found, near, strict=True)]


def freshness(article: Article, asked_at: date | None) -> float:
    """1 for an article published about when the question was asked, falling to 0; 0 where either day is unknown."""
    if asked_at is None or not article.published_at:
        return 0.0
    try:
        days = (asked_at - date.fromisoformat(article.published_at[:10])).days
    except ValueError:
        return 0.0
    return max(0.0, 1 - max(0, abs(days) - NEAR_DAYS) / (3 * NEAR_DAYS))
