"""Evidence into numbered citations and sentences, copied by offset."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.evidence.named_days import find_named_days
from assistant.evidence.overlap import DuplicateGroups
from assistant.records.answer import AnswerPart, AnswerSentence, Citation, Duplicate, Evidence
from assistant.text.layout.joining import join_divisions


def build_citation(n: int, evidence: Evidence, copies: tuple[Duplicate, ...] = ()) -> Citation:
    """The n-th citation: the text of the evidence's span. `copies` print the same story."""
    article = evidence.article
    quote = article.text[evidence.start : evidence.end]
    return Citation(
        n=n,
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        published_at=article.published_at,
        url=article.url,
        start=evidence.start,
        end=evidence.end,
        quote=quote,
        speaker=evidence.speaker,
        article_sha256=article.sha256,
        marks=evidence.marks,
        copies=copies,
        status=evidence.status,
        via=evidence.via,
        place=article.name_place(evidence.start, evidence.end),
        days=find_named_days(quote, article.published_at),
        partial=article.partial,
    )


def cite_evidence(n: int, evidence: Evidence, groups: DuplicateGroups) -> AnswerPart:
    """A sentence of an answer that is a verbatim quotation, with the n-th citation."""
    citation = build_citation(n, evidence, groups.duplicates(evidence.article))
    return AnswerPart(AnswerSentence(" ".join(join_divisions(citation.quote).split()), (n,), "verbatim"), (citation,))


class CitationNumbers:
    """The number of each cited span. A span that is not cited yet becomes a further sentence of the answer."""

    def __init__(self, parts: Iterable[AnswerPart], groups: DuplicateGroups) -> None:
        self.added_parts: list[AnswerPart] = []
        self._by_place = {(cited.article_id, cited.start): cited.n for part in parts for cited in part.citations}
        self._groups = groups

    def __contains__(self, evidence: Evidence) -> bool:
        return (evidence.article.id, evidence.start) in self._by_place

    def assign(self, evidence: Evidence) -> int:
        """The number of this evidence, a new one if it is not cited yet."""
        place = (evidence.article.id, evidence.start)
        if place not in self._by_place:
            self._by_place[place] = len(self._by_place) + 1
            self.added_parts.append(cite_evidence(self._by_place[place], evidence, self._groups))
        return self._by_place[place]
