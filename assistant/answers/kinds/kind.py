"""What the pipeline must know about a kind of question, as one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.selection import FindEvidence, Selection
from assistant.records.query import Query
from assistant.records.question_kinds import QueryKind
from assistant.retrieval.snapshot import Snapshot

ExplainRefusal = Callable[[Query, Selection, Snapshot], list[str]]
"""The sentences that say what was looked for and what was found instead."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A proposed question that one of the speakers must answer, with words about the topic."""

    question: str
    speaker: str
    topic: str


@dataclass(frozen=True, slots=True)
class FollowUpMaterial:
    """What follow-up questions to an answer are made of. Speakers are full names, the most quoted first."""

    query: Query
    question_words: frozenset[str]  # content words
    title_words: frozenset[str]  # of the cited articles
    requested_speakers: Sequence[str]  # those whom the question names
    cited_speakers: Sequence[str]  # those whom the answer quotes
    sentences: Mapping[str, Sequence[str]]  # in which each speaker is quoted in the cited articles
    weigh_topics: Callable[[str], Counter[str]]  # topics of a speaker, with their weight
    is_refusal: bool = False
    after_refusal: bool = False  # without near sentences

    def rank_speakers(self) -> list[str]:
        """All speakers, those with most sentences first."""
        return sorted(self.sentences, key=lambda name: (-len(self.sentences[name]), name))


ProposeFollowUps = Callable[[FollowUpMaterial], Iterator[Iterator[FollowUp]]]
"""Groups of follow-up questions, the best group first. At most one question of each group is offered."""


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """How questions of one kind are answered. What earlier stages need is in `KindTraits`."""

    name: QueryKind
    find_evidence: FindEvidence
    explain_refusal: ExplainRefusal
    propose_follow_ups: ProposeFollowUps
    reinterpret: Callable[[Query], Query] = lambda query: query  # the question for which evidence is looked for
    is_brief: bool = False  # a fact takes fewer sentences than somebody's words (`max_facts`)
    uses_corrections: bool = False  # a sentence that reports an error is replaced by the one that corrects it
