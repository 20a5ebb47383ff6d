"""What a question takes for granted and the articles say the opposite of: the sentence that does is near, and leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.evidence.facts.context import widen_span
from assistant.evidence.missing_words import find_missing_words
from assistant.evidence.premises.contradiction import Contradiction, find_contradiction
from assistant.evidence.premises.opposites import reduce_verb
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.answer import Difference, Evidence
from assistant.retrieval.snapshot import Snapshot

MAX_NEAREST = 3  # sentences that are shown as near
MAX_COMPARED_ARTICLES = 3  # with what a question takes for granted


def contradict(
    request: EvidenceRequest, found: Contradiction, evidence: Sequence[Evidence], confidence: float
) -> Selection:
    """What speaks against the question, and after it the sentences that would have answered, as near."""
    near = put_first(found, evidence, request.snapshot)
    articles = list({each.article.id: each.article for each in near[:MAX_NEAREST]}.values())
    missing = tuple(words for words in find_missing_words(request.query, articles) if words not in found.asked)
    return Selection((), confidence, near=near, missing=missing, difference=Difference(found.said, found.asked))


def put_first(found: Contradiction, evidence: Sequence[Evidence], snapshot: Snapshot) -> tuple[Evidence, ...]:
    """The sentence that contradicts, its words marked, before the others."""
    article = found.article
    start, end = widen_span(article.text, (found.start, found.end), snapshot.sentence_spans(article.id))
    at = article.text.find(found.said, found.start, found.end)
    marks = ((at, at + len(found.said)),) if at >= 0 else ()
    score = evidence[0].score if evidence else 1.0
    return drop_overlaps([Evidence(article, start, end, score, marks=marks), *evidence])


def drop_overlaps(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence without what a better one shows already, as the sentence before it."""
    kept: list[Evidence] = []
    for each in evidence:
        if not any(
            other.article.id == each.article.id and other.start < each.end and each.start < other.end for other in kept
        ):
            kept.append(each)
    return tuple(kept)


def contradict_deed(request: EvidenceRequest, evidence: Sequence[Evidence]) -> Selection | None:
    """What speaks against "Why did X reject it?": that X approved it; None if nothing does.

    Compared are the articles of the evidence and the best ones that were found.
    """
    query = request.query
    if query.expects != "reason" or not query.cue:
        return None
    hits = (request.articles[hit.passage.article_id] for hit in request.passages)
    articles = {each.id: each for each in (*(own.article for own in evidence), *hits)}
    compared = [
        (each, request.snapshot.sentence_spans(each.id)) for each in list(articles.values())[:MAX_COMPARED_ARTICLES]
    ]
    deed = reduce_verb(query.cue)
    for article, spans in compared:
        found = find_contradiction(query.text, article, spans)
        if found is not None and reduce_verb(found.asked.split()[-1]) == deed:
            return contradict(request, found, evidence, 0.0)
    return None
