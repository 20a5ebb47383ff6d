"""Which article some words are from."""

from __future__ import annotations

from assistant.answers.kinds.fact import select_sentences
from assistant.answers.kinds.kind import QuestionKind
from assistant.answers.kinds.shared import mention_elsewhere, propose_other_topics, select_quoted_words
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot


def _find_evidence(request: EvidenceRequest) -> Selection:
    return select_quoted_words(request) if request.query.quoted else select_sentences(request)


def _explain_refusal(_query: Query, selection: Selection, _snapshot: Snapshot) -> list[str]:
    return ["No article found for this question contains these words.", *mention_elsewhere(selection)]


FIND_QUOTE = QuestionKind("find_quote", _find_evidence, _explain_refusal, propose_other_topics)
