"""Questions about the whole collection. The package `collection` answers them; here is what is asked after them."""

from __future__ import annotations

from assistant.answers.kinds.fact import select_sentences
from assistant.answers.kinds.kind import QuestionKind
from assistant.answers.kinds.shared import mention_elsewhere, propose_other_topics
from assistant.evidence.selection import Selection
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot


def _explain_refusal(_query: Query, selection: Selection, _snapshot: Snapshot) -> list[str]:
    return ["No article found for this question answers it.", *mention_elsewhere(selection)]


COLLECTION = QuestionKind("collection", select_sentences, _explain_refusal, propose_other_topics)
