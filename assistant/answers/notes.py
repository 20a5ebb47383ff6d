"""What a reader must know about the evidence as a whole: who differs, what was corrected, how many sources it is."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.composition import Notes, cite_evidence
from assistant.answers.conflicts import find_conflicts
from assistant.answers.corrections import find_correction
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import Selection
from assistant.records.answer import AnswerPart, Claim, Conflict, Correction, Evidence
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.store.protocol import Library
from assistant.text.formatting import join_names
from assistant.text.names import is_same_person


class _CitationNumbers:
    """The number of each place that an answer cites; one that it did not cite yet becomes a further sentence."""

    def __init__(self, found: Sequence[AnswerPart], stories: DuplicateGroups) -> None:
        self.added_parts: list[AnswerPart] = []
        self.by_place = {(cited.article_id, cited.start): cited.n for one in found for cited in one.citations}
        self._stories = stories

    def assign(self, evidence: Evidence) -> int:
        place = (evidence.article.id, evidence.start)
        if place not in self.by_place:
            self.by_place[place] = len(self.by_place) + 1
            self.added_parts.append(cite_evidence(self.by_place[place], evidence, self._stories))
        return self.by_place[place]


def write_notes(
    query: Query,
    selection: Selection,
    found: Sequence[AnswerPart],
    corrections: Sequence[Article],
    library: Library,
    stories: DuplicateGroups,
) -> tuple[Notes, list[AnswerPart]]:
    """The remarks on an answer of these sentences, and the further sentences that they bring.

    `corrections` are the articles that correct others.
    """
    notes: list[str] = []
    numbers = _CitationNumbers(found, stories)
    if query.period and query.period.anchor and (day := query.period.first or query.period.last):
        notes.append(f"“{query.period.words}” was taken to mean {'from' if query.period.first else 'until'} {day}.")
    differing: list[Conflict] = []
    for sides in find_conflicts(query, selection.evidence, stories):
        claims = tuple(Claim(side.value, numbers.assign(side.evidence)) for side in sides)
        differing.append(Conflict(claims))
        told = "; ".join(
            f"{_format_outlet(side.evidence)} {side.value} [{claim.citation}]"
            for side, claim in zip(sides, claims, strict=True)
        )
        notes.append(f"The articles differ: {told}.")
    corrected = _find_corrections(selection.evidence, numbers, corrections, library)
    notes += [
        f"[{one.corrected}] was corrected{f' on {one.published_at[:10]}' if one.published_at else ''}: see [{one.by}]."
        for one in corrected
    ]
    named = [name for name in dict.fromkeys(e.speaker for e in selection.evidence) if name]
    if query.quoted and named and not all(is_same_person(named[0], name) for name in named):
        notes.append(f"The articles give these words to different people: {join_names(named)}.")
    if selection.silent_speakers:
        topic = f" about {query.topic}" if query.topic else ""
        notes.append(f"The articles found give no words of {join_names(selection.silent_speakers)}{topic}.")
    if len(query.outlets) > 1:
        heard = {one.article.source for one in selection.evidence}
        if missing := [outlet for outlet in query.outlets if outlet not in heard]:
            notes.append(f"Nothing on it was found in {join_names(missing)}.")
    articles = {e.article.id: e.article for e in selection.evidence if (e.article.id, e.start) in numbers.by_place}
    if len(articles) > 1:
        count = stories.count_independent(articles.values())
        notes.append(f"{len(articles)} articles, {count} independent source{'' if count == 1 else 's'}.")
    return Notes(tuple(notes), tuple(differing), tuple(corrected)), numbers.added_parts


def _find_corrections(
    evidence: Sequence[Evidence], numbers: _CitationNumbers, corrections: Sequence[Article], library: Library
) -> list[Correction]:
    """What other articles correct of the sentences that are shown, each correcting sentence once."""
    found: dict[int, Correction] = {}
    for one in evidence if corrections else ():
        if (one.article.id, one.start) not in numbers.by_place:
            continue
        right = find_correction(one, corrections, library)
        if right is not None:
            by = numbers.assign(right)
            found.setdefault(by, Correction(numbers.assign(one), by, right.article.published_at))
    return list(found.values())


def _format_outlet(one: Evidence) -> str:
    source = one.article.source or f"“{one.article.title}”"
    day = (one.article.published_at or "")[:10]
    return f"{source}{f' ({day})' if day else ''}:"
