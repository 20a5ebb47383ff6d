"""What a question about the collection found, and the Answer that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.assembly import render_text
from assistant.answers.citations import build_citation
from assistant.records.answer import Answer, AnswerPart, AnswerSentence, AskEvent, Citation, Claim, Conflict, Evidence
from assistant.records.article import Article, Span
from assistant.records.collection.question import CollectionResult
from assistant.records.query import Query
from assistant.store.protocol import Library
from assistant.text.formatting import count_noun
from assistant.text.layout.joining import join_divisions

SHOWN = 10  # sentences shown of what was counted or listed


@dataclass
class Draft:
    """The first line, sentences to cite in reading order, remarks, and the exact result.

    With `is_near` the sentences are only near to an answer, and the first line is the reason of the refusal.
    """

    summary: str
    evidence: list[Evidence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    result: CollectionResult | None = None
    sections: list[str] = field(default_factory=list)  # of each sentence; empty if there are none
    differing: list[tuple[Evidence, str]] = field(default_factory=list)  # the sides of a conflict, with their words
    is_near: bool = False


def write_answer(query: Query, draft: Draft, library: Library) -> Iterator[AskEvent]:
    """Each sentence with its citation, and the complete answer."""
    copies = library.load_duplicates({each.article.id for each in draft.evidence})
    if draft.is_near:
        near = tuple(
            build_citation(n, each, tuple(copies.get(each.article.id, ()))) for n, each in enumerate(draft.evidence, 1)
        )
        yield Answer(query.text, draft.summary, True, draft.summary, (), (), (), nearest=near)
        return
    parts: list[AnswerPart] = []
    for n, each in enumerate(draft.evidence, 1):
        citation = build_citation(n, each, tuple(copies.get(each.article.id, ())))
        text = " ".join(join_divisions(citation.quote).split())
        section = draft.sections[n - 1] if draft.sections else None
        parts.append(AnswerPart(AnswerSentence(text, (n,), "verbatim", section=section), (citation,)))
        yield parts[-1]
    cited = tuple(each for part in parts for each in part.citations)
    conflict = _find_conflict(draft, cited)
    answer = Answer(
        question=query.text,
        answer="",
        abstained=False,
        reason=None,
        sentences=tuple(part.sentence for part in parts),
        citations=cited,
        passages=(),
        notes=tuple(dict.fromkeys((*describe_differences(conflict, cited), *draft.notes))),
        conflicts=conflict,
        summary=draft.summary,
        collection=draft.result,
    )
    yield replace(answer, answer=render_text(query, parts, answer))


def _find_conflict(draft: Draft, citations: Sequence[Citation]) -> tuple[Conflict, ...]:
    """The conflict of the answer, if all of its sides are cited."""
    numbers = {(cited.article_id, cited.start): cited.n for cited in citations}
    places = [(each.article.id, each.start) for each, _ in draft.differing]
    if len(places) < 2 or not all(place in numbers for place in places):
        return ()
    values = [words for _, words in draft.differing]
    return (Conflict(tuple(Claim(value, numbers[place]) for value, place in zip(values, places, strict=True))),)


def describe_differences(conflicts: Sequence[Conflict], citations: Sequence[Citation]) -> Iterator[str]:
    """A note on each conflict: who says what."""
    cited = {each.n: each for each in citations}
    for conflict in conflicts:
        sides = [
            f"{_name_source(cited[claim.citation])}: {claim.value} [{claim.citation}]" for claim in conflict.claims
        ]
        yield f"The articles differ: {'; '.join(sides)}."


def describe_rest(result: CollectionResult, cited: Sequence[tuple[str, int]]) -> str | None:
    """A note on what a brief or timeline leaves out; None if it shows all. `cited` are places: article ids, offsets."""
    if result.kind == "timeline" and len(cited) < result.total:
        return f"{len(cited)} of {result.total} entries are shown, those most on the topic: `--more` shows more."
    rest = result.total - len({article_id for article_id, _ in cited})
    if result.kind != "brief" or not rest:
        return None
    where = f": search the library for {result.search}" if result.search else ""
    return f"{count_noun(rest, 'further article')} {'is' if rest == 1 else 'are'} not cited{where}."


def _name_source(cited: Citation) -> str:
    source = cited.source or f"“{cited.title}”"
    return f"{source} ({cited.published_at[:10]})" if cited.published_at else source


class SentenceReader:
    """The sentences of articles, each article read once."""

    def __init__(self, library: Library, article_ids: Iterable[str]) -> None:
        wanted = list(dict.fromkeys(article_ids))
        self.articles = library.load_articles(wanted)
        self._spans = library.load_sentence_spans(wanted)

    def spans_of(self, article_id: str) -> Sequence[Span]:
        """The sentences of an article, in order; empty for one that was not read."""
        return self._spans.get(article_id, [])

    def cite_place(self, article_id: str, place: Span | None) -> Evidence | None:
        """The sentence around a place, with the place marked; the first sentence if there is none."""
        article, spans = self.articles.get(article_id), self.spans_of(article_id)
        if article is None or not article.text.strip():
            return None
        marks = () if place is None else (place,)
        at = spans[0][0] if place is None and spans else place[0] if place else 0
        for start, end in spans:
            if start <= at < end:
                return Evidence(article, start, max(end, place[1]) if place else end, 1.0, marks=marks)
        return Evidence(article, *(place or (0, len(article.text))), 1.0, marks=marks)

    def cite_span(self, article: Article, span: Span, speaker: str | None, marks: tuple[Span, ...] = ()) -> Evidence:
        """A span of an article as evidence."""
        return Evidence(article, *span, 1.0, speaker=speaker, marks=marks)
