"""From a question to its answer: understand, retrieve, select, compose. Each step hands a frozen record to the next.

The engine opens the library and loads the model; front ends consume the events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from assistant.answers.assembly import assemble_answer, assemble_refusal
from assistant.answers.composition import Composer
from assistant.answers.corrections import prefer_corrected_sentences
from assistant.answers.kinds import kind_of
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.answers.refusal import explain_refusal, find_nearest
from assistant.answers.updates.finding import put_newest_value_first
from assistant.config.schema import RetrievalSettings
from assistant.embedding.recent_vectors import RecentVectors
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import (
    CompareTexts,
    EvidenceRequest,
    Reader,
    Selection,
    Similarity,
    select_evidence,
)
from assistant.questions.conversation.rewriting import rewrite_follow_up
from assistant.records.answer import AnswerPart, AskEvent, QuestionUnderstood, Turn
from assistant.records.query import Query
from assistant.retrieval.boosts import boost_passages
from assistant.retrieval.event_dates import understand_question
from assistant.retrieval.hybrid import retrieve
from assistant.retrieval.prior import add_earlier_articles
from assistant.retrieval.snapshot import Snapshot
from assistant.store.protocol import Library, PassageFilter

_Text = TypeVar("_Text", bound=Hashable)
_Found = TypeVar("_Found")

MAX_KNOWN_SPEAKERS = 2_000  # of the library, with whom names in a follow-up question are compared


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was retrieved for a question, and how to compare further texts with the question in meaning."""

    snapshot: Snapshot
    similarity: Similarity
    compare_with: CompareTexts | None = None


def understand(
    question: str, library: Library, *, history: Sequence[Turn] = (), today: date | None = None
) -> QuestionUnderstood:
    """The question as a query. A question that depends on the conversation is first rewritten to stand alone.

    `today` is the day from which expressions such as "last week" are computed.
    Raises QuestionError for an empty or too long question.
    """
    standalone = None
    if history:
        speakers = [name for name, _, _ in library.speakers(MAX_KNOWN_SPEAKERS)]
        standalone = rewrite_follow_up(question, history, speakers=speakers)
    query = understand_question(standalone or question, library, today, library.source_names())
    query = add_earlier_articles(query, history, question, was_rewritten=standalone is not None)
    return QuestionUnderstood(query, standalone)


def retrieve_passages(
    query: Query,
    library: Library,
    vectors: RecentVectors,
    settings: RetrievalSettings,
    where: PassageFilter | None = None,
) -> Retrieval:
    """The best passages for a question; `where` restricts the search."""
    (vector,) = vectors.embed([query.text])
    passages = retrieve(query, vector, library, settings, where, boost_passages(query, library))

    def compare_with_question(texts: Sequence[str]) -> list[float]:
        return [float(each @ vector) for each in vectors.embed(texts)]

    def compare_with(text: str, others: Sequence[str]) -> list[float]:
        first, *rest = vectors.embed([text, *others])
        return [float(each @ first) for each in rest]

    return Retrieval(Snapshot(passages, library), compare_with_question, compare_with)


def select(query: Query, retrieval: Retrieval, asked_at: date | None = None, reader: Reader | None = None) -> Selection:
    """The evidence for a question, best first. `asked_at` is the day of a question about the news of that day.

    `reader` tells how sentences answer the question, if there is a ranker.
    """
    kind, snapshot = kind_of(query), retrieval.snapshot
    searched = kind.reinterpret(query)
    request = EvidenceRequest(
        searched,
        snapshot,
        snapshot.passages,
        retrieval.similarity,
        asked_at,
        retrieval.compare_with,
        None if reader is None else read_once(reader),
    )
    selection = select_evidence(request, kind_of(searched).find_evidence)
    if kind.uses_corrections and snapshot.corrections:
        corrected = prefer_corrected_sentences(selection.evidence, snapshot)
        selection = replace(selection, evidence=tuple(corrected))
    return put_newest_value_first(searched, selection, DuplicateGroups(snapshot))


def read_once(reader: Reader) -> Reader:
    """The same reader, which reads nothing twice: the sentences of some days are also among those of all days."""
    return Reader(_keep(reader.read), None if reader.score_windows is None else _keep(reader.score_windows))


def _keep(find: Callable[[Sequence[_Text]], Sequence[_Found]]) -> Callable[[Sequence[_Text]], Sequence[_Found]]:
    """The same function, which keeps what it has found for each text."""
    known: dict[_Text, _Found] = {}

    def find_new(texts: Sequence[_Text]) -> list[_Found]:
        if new := [each for each in dict.fromkeys(texts) if each not in known]:
            known.update(zip(new, find(new), strict=True))
        return [known[each] for each in texts]

    return find_new


def compose(material: AnswerMaterial, composer: Composer, scope: Collection[str] | None = None) -> Iterator[AskEvent]:
    """Each sentence as soon as it is certain, and the complete answer last.

    `scope` are the ids of the articles that were searched, for the reason of a refusal; None means all.
    """
    parts: list[AnswerPart] = []
    notes = Notes()
    for piece in composer.compose(material):
        if isinstance(piece, Notes):
            notes = piece
        else:
            parts.append(piece)
            yield piece
    if parts:
        yield assemble_answer(material, parts, notes)
    else:
        yield assemble_refusal(material, explain_refusal(material, scope), find_nearest(material))
