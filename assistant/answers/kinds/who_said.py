"""Who said some words, or who spoke on a topic in a certain way."""

from __future__ import annotations

from assistant.answers.kinds.kind import QuestionKind
from assistant.answers.kinds.shared import (
    mention_elsewhere,
    mention_other_languages,
    propose_other_topics,
    select_quoted_words,
    select_ranked,
)
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.evidence.statements import find_statements_on_topic
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot


def _find_evidence(request: EvidenceRequest) -> Selection:
    if request.query.quoted:
        return select_quoted_words(request)
    return select_ranked(find_statements_on_topic(request))


def _explain_refusal(query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    if query.quoted:
        return ["No article contains these words.", *mention_elsewhere(selection)]
    reason = "No article found for this question attributes such words to anybody."
    articles = snapshot.articles_of(snapshot.passages).values()
    return [reason, *mention_other_languages(articles), *mention_elsewhere(selection)]


WHO_SAID = QuestionKind("who_said", _find_evidence, _explain_refusal, propose_other_topics)
