"""What a reader must know about the evidence as a whole: who differs, what was corrected, how many sources it is."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers.composition import Remarks, cite
from assistant.answers.conflicts import conflicts
from assistant.answers.corrections import correction_of
from assistant.evidence.overlap import Stories
from assistant.evidence.selection import Selection
from assistant.records.answer import Claim, Conflict, Correction, Evidence, Found
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.store.library import Library
from assistant.text.formatting import listed
from assistant.text.names import same_person


class _Numbers:
    """The number of each place that an answer cites; one that it did not cite yet becomes a further sentence."""

    def __init__(self, found: Sequence[Found], stories: Stories) -> None:
        self.more: list[Found] = []
        self.shown = {(cited.article_id, cited.start): cited.n for one in found for cited in one.citations}
        self._stories = stories

    def of(self, evidence: Evidence) -> int:
        place = (evidence.article.id, evidence.start)
        if place not in self.shown:
            self.shown[place] = len(self.shown) + 1
            self.more.append(cite(self.shown[place], evidence, self._stories))
        return self.shown[place]


def remarks(
    query: Query,
    selection: Selection,
    found: Sequence[Found],
    corrections: Sequence[Article],
    library: Library,
    stories: Stories,
) -> tuple[Remarks, list[Found]]:
    """The remarks on an answer of these sentences, and the further sentences that they bring.

    `corrections` are the articles that correct others.
    """
    notes: list[str] = []
    numbers = _Numbers(found, stories)
    if query.period and query.period.anchor and (day := query.period.first or query.period.last):
        notes.append(f"“{query.period.words}” was taken to mean {'from' if query.period.first else 'until'} {day}.")
    differing: list[Conflict] = []
    for sides in conflicts(query, selection.evidence, stories):
        claims = tuple(Claim(side.value, numbers.of(side.evidence)) for side in sides)
        differing.append(Conflict(claims))
        told = "; ".join(
            f"{_outlet(side.evidence)} {side.value} [{claim.citation}]"
            for side, claim in zip(sides, claims, strict=True)
        )
        notes.append(f"The articles differ: {told}.")
    corrected = _corrections(selection.evidence, numbers, corrections, library)
    notes += [
        f"[{one.corrected}] was corrected{f' on {one.published_at[:10]}' if one.published_at else ''}: see [{one.by}]."
        for one in corrected
    ]
    named = [name for name in dict.fromkeys(e.speaker for e in selection.evidence) if name]
    if query.quoted and named and not all(same_person(named[0], name) for name in named):
        notes.append(f"The articles give these words to different people: {listed(named)}.")
    if selection.silent:
        topic = f" about {query.topic}" if query.topic else ""
        notes.append(f"The articles found give no words of {listed(selection.silent)}{topic}.")
    if len(query.outlets) > 1:
        heard = {one.article.source for one in selection.evidence}
        if missing := [outlet for outlet in query.outlets if outlet not in heard]:
            notes.append(f"Nothing on it was found in {listed(missing)}.")
    articles = {e.article.id: e.article for e in selection.evidence if (e.article.id, e.start) in numbers.shown}
    if len(articles) > 1:
        count = stories.independent(articles.values())
        notes.append(f"{len(articles)} articles, {count} independent source{'' if count == 1 else 's'}.")
    return Remarks(tuple(notes), tuple(differing), tuple(corrected)), numbers.more


def _corrections(
    evidence: Sequence[Evidence], numbers: _Numbers, corrections: Sequence[Article], library: Library
) -> list[Correction]:
    """What other articles correct of the sentences that are shown, each correcting sentence once."""
    found: dict[int, Correction] = {}
    for one in evidence if corrections else ():
        if (one.article.id, one.start) not in numbers.shown:
            continue
        right = correction_of(one, corrections, library)
        if right is not None:
            by = numbers.of(right)
            found.setdefault(by, Correction(numbers.of(one), by, right.article.published_at))
    return list(found.values())


def _outlet(one: Evidence) -> str:
    source = one.article.source or f"“{one.article.title}”"
    day = (one.article.published_at or "")[:10]
    return f"{source}{f' ({day})' if day else ''}:"
