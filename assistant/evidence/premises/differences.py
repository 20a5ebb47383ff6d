"""In what an article differs from a question: it says the opposite, or of somebody or some year else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.evidence.premises.contradiction import Contradiction, find_contradiction
from assistant.evidence.premises.opposites import reduce_verb
from assistant.evidence.premises.predicates import reduce_content
from assistant.evidence.premises.subjects import find_other_subject
from assistant.questions.names.finding import find_years
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.text.words import split_words

MIN_SHARED = (
    0.75  # of the words of the question that the sentence and its title have, if it tells the event of another year
)

_YEAR = re.compile(r"(?<![\w.,/$£€-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")


def find_difference(
    query: Query, best: tuple[Article, Span], articles: Sequence[tuple[Article, Sequence[Span]]]
) -> Contradiction | None:
    """What the articles say against something that a question takes for granted; None if nothing is found.

    `best` is the sentence that would answer; `articles` are its own and the next best, each with the spans of its
    sentences. Only who did it is looked for in all of them.
    """
    (article, spans), (_, sentence) = articles[0], best
    contradiction = find_contradiction(query.text, article, spans) or find_other_subject(query.text, articles)
    return contradiction or _find_other_year(query, article, spans, sentence)


def _find_other_year(query: Query, article: Article, spans: Sequence[Span], best: Span) -> Contradiction | None:
    """If neither the sentence and those beside it, nor title and day of the article, have the year of the question."""
    asked = [year for _, year in find_years(query.text)]
    if not asked or (query.period is not None and query.period.relation is not None):
        return None
    place = spans.index(best) if best in spans else 0
    near = spans[max(0, place - 1) : place + 2] or [best]
    text = f"{article.title} {article.text[near[0][0] : near[-1][1]]}"
    published = (article.published_at or "")[:4]
    said = list(dict.fromkeys(_YEAR.findall(text)))
    if len(said) != 1 or any(year in text or year == published for year in asked) or _is_compared(query.text):
        return None
    if said[0] != published and said[0] not in article.text[slice(*best)]:
        return None  # the year of something else that is told beside it
    if not _tells_event(query, f"{article.title} {article.text[slice(*best)]}"):
        return None  # of another event
    return Contradiction(article, *best, said[0], asked[0])


def is_told_of_asked_year(query: Query, difference: Contradiction, articles: Iterable[Article]) -> bool:
    """Whether the title of an article tells the event of the very year that a difference says is another one.

    That there was a vote in 2020 then speaks against nothing of who won the one of 2019.
    """
    if difference.asked not in [year for _, year in find_years(query.text)]:
        return False
    return any(
        difference.asked in (*_YEAR.findall(article.title), (article.published_at or "")[:4])
        and _tells_event(query, article.title)
        for article in articles
    )


def _tells_event(query: Query, text: str) -> bool:
    """Whether a text has most words of a question, besides the year."""
    words = reduce_content(split_words(query.text)) - {year for _, year in find_years(query.text)}
    return len(words & set(map(reduce_verb, split_words(text)))) >= MIN_SHARED * len(words)


def _is_compared(question: str) -> bool:
    """Whether the year of a question only bounds or compares: "since 2015", "than in 2015"."""
    return re.search(r"\b(?:since|than|before|after|until|from|by|between|compared)\b", question, re.I) is not None
