"""What a composer makes an answer of."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import Selection
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AnswerMaterial:
    """A question, the evidence selected for it, and what was retrieved with it."""

    query: Query
    selection: Selection
    snapshot: Snapshot
    groups: DuplicateGroups = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", DuplicateGroups(self.snapshot))
