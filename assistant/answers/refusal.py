"""Why there is no answer: what was looked for, what the library covers, and which sentences are near to one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.answers.citations import build_citation
from assistant.answers.kinds import kind_of
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import describe_question_language, describe_readings, describe_understanding
from assistant.evidence.missing_words import find_missing_names
from assistant.evidence.overlap import is_same_sentence
from assistant.records.answer import Answer, Citation, Evidence
from assistant.retrieval.snapshot import Snapshot
from assistant.text.formatting import count_noun

MAX_NEAREST = 3  # sentences shown with a refusal


def explain_refusal(material: AnswerMaterial, scope: Collection[str] | None = None) -> str:
    """The reason given instead of an answer, in whole sentences.

    `scope` are the ids of the articles that were searched; None means all.
    """
    query, selection, snapshot = material.query, material.selection, material.snapshot
    sentences = describe_understanding(query, selection.other_day)
    if language := describe_question_language(query):
        sentences.append(language)
    if selection.period_uncovered and query.period:
        sentences.append(f"The library has no articles from the time asked about ({query.period.words}).")
    if query.period and (readings := describe_readings(query.period)):
        sentences.append(readings)
    sentences += kind_of(query).explain_refusal(query, selection, snapshot)
    sentences += _mention_missing_elsewhere(material)
    sentences.append(_describe_coverage(snapshot, scope))
    if partial := _describe_partial(snapshot):
        sentences.append(partial)
    return " ".join(sentences)


def _mention_missing_elsewhere(material: AnswerMaterial) -> list[str]:
    """Which other articles have names of the question that those of the near sentences lack: one sentence for each."""
    query, snapshot = material.query, material.snapshot
    missing = set(material.selection.missing) & set(find_missing_names(query, []))
    found: dict[str, str] = {}
    for article in snapshot.articles_of(snapshot.passages).values() if missing else ():
        for name in sorted(missing - set(find_missing_names(query, [article]))):
            found.setdefault(name, article.title)
    return [f"{name} stands in “{title}”." for name, title in found.items()]


def _describe_partial(snapshot: Snapshot) -> str:
    """How many of the articles that come into question are there only in part: what they lack proves nothing."""
    articles = snapshot.articles_of(snapshot.passages).values()
    count = sum(article.partial is not None for article in articles)
    if not count:
        return ""
    are = "is" if count == 1 else "are"
    return f"{count_noun(count, 'article')} among those that come nearest {are} in the library only in part."


def _describe_coverage(snapshot: Snapshot, scope: Collection[str] | None) -> str:
    count = snapshot.article_count
    if scope is not None and not scope:
        return f"None of the library's {count:,} articles has one of the ids to which it is limited."
    if scope is not None and len(scope) < count:
        were = "was" if len(scope) == 1 else "were"
        return f"Only {len(scope):,} of the library's {count:,} articles {were} searched."
    return f"The library contains {count:,} article{'' if count == 1 else 's'}{_describe_days(snapshot.date_range)}."


def _describe_days(days: tuple[str, str] | None) -> str:
    if days is None:
        return ""
    first, last = days
    return f" of {first}" if first == last else f" from {first} to {last}"


def find_nearest(material: AnswerMaterial) -> tuple[Citation, ...]:
    """What may contain the answer to a question, best first; empty if nothing is near.

    First the sentences that the kind of question selected as near, then what the articles say of words that were given
    to the requested speaker, and words of other speakers on the topic, which say so (`Citation.is_by_other`). If no
    article found names the requested speaker, words of others are not near.
    """
    selection, groups = material.selection, material.groups
    others = list(selection.other_speakers.values()) if selection.speaker_known else []
    nearest: list[Evidence] = []
    for evidence in (*selection.near, *selection.unsaid, *others):
        if not any(is_same_sentence(evidence, other, groups) for other in nearest):
            nearest.append(evidence)
    return tuple(
        replace(build_citation(n, evidence, groups.duplicates(evidence.article)), is_by_other=evidence in others)
        for n, evidence in enumerate(nearest[:MAX_NEAREST], 1)
    )


def refuse_question(question: str, reason: str) -> Answer:
    """The refusal of a question that cannot be asked, so that each line of a batch has an answer."""
    return Answer(question, reason, True, reason, (), (), ())
