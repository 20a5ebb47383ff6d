"""Why there is no answer: what was looked for, what the library covers, and which passages are nearest."""

from __future__ import annotations

from collections.abc import Collection

from assistant.answers.citations import build_citation
from assistant.answers.kinds import kind_of
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import describe_readings
from assistant.records.answer import Answer, Citation, Evidence
from assistant.retrieval.snapshot import Snapshot

MAX_NEAREST = 3  # passages shown with a refusal


def explain_refusal(material: AnswerMaterial, scope: Collection[str] | None = None) -> str:
    """The reason given instead of an answer, in whole sentences.

    `scope` are the ids of the articles that were searched; None means all.
    """
    query, selection, snapshot = material.query, material.selection, material.snapshot
    sentences = []
    if selection.period_uncovered and query.period:
        sentences.append(f"The library has no articles from the time asked about ({query.period.words}).")
    if query.period and (readings := describe_readings(query.period)):
        sentences.append(readings)
    sentences += kind_of(query).explain_refusal(query, selection, snapshot)
    sentences.append(_describe_coverage(snapshot, scope))
    return " ".join(sentences)


def _describe_coverage(snapshot: Snapshot, scope: Collection[str] | None) -> str:
    count = snapshot.article_count
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
    """What is nearest to a question without an answer: words of other speakers on the topic, then the best passages.

    Of the articles of one story, one is cited. A citation with `speaker` has the words of somebody else.
    """
    snapshot, groups = material.snapshot, material.groups
    nearest: list[Evidence] = []

    def add(evidence: Evidence) -> None:
        if not any(groups.are_duplicates(evidence.article, other.article) for other in nearest):
            nearest.append(evidence)

    for evidence in (*material.selection.unsaid, *material.selection.other_speakers.values()):
        if len(nearest) < MAX_NEAREST:
            add(evidence)
    near = material.selection.near[: MAX_NEAREST - len(nearest)]
    nearest += near  # several sentences of one article too
    for hit in () if near else snapshot.passages:
        article = snapshot.article(hit.passage.article_id)
        if len(nearest) < MAX_NEAREST and article is not None:
            add(Evidence(article, hit.passage.start, hit.passage.end, hit.score))
    return tuple(
        build_citation(n, evidence, groups.duplicates(evidence.article)) for n, evidence in enumerate(nearest, 1)
    )


def refuse_question(question: str, reason: str) -> Answer:
    """The refusal of a question that cannot be asked, so that each line of a batch has an answer."""
    return Answer(question, reason, True, reason, (), (), ())
