"""Who said some words, or who spoke on a topic in a certain way."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.kinds.fact import select_sentences
from assistant.answers.kinds.kind import QuestionKind
from assistant.answers.kinds.shared import (
    mention_elsewhere,
    mention_other_languages,
    propose_other_topics,
    select_quoted_words,
    select_ranked,
)
from assistant.evidence.missing_words import find_missing_words
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.evidence.statements.by_topic import find_statements_near_topic, find_statements_on_topic
from assistant.records.query import Query
from assistant.records.question_kinds import FACT_KIND
from assistant.retrieval.snapshot import Snapshot

MAX_NEAR = 3  # sentences that may contain the answer


def _find_evidence(request: EvidenceRequest) -> Selection:
    if request.query.quoted:
        return select_quoted_words(request)
    selection = select_ranked(find_statements_on_topic(request))
    if selection.evidence:
        return selection
    told = select_sentences(replace(request, query=replace(request.query, kind=FACT_KIND)))
    if told.evidence:
        return told  # "Who wrote the script?" asks for no words
    near = (*find_statements_near_topic(request), *told.near)[:MAX_NEAR]
    articles = list({each.article.id: each.article for each in near}.values())
    return Selection(
        (), selection.confidence, near=near, missing=find_missing_words(request.query, articles) if near else ()
    )


def _explain_refusal(query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    if query.quoted:
        return ["No article found for this question contains these words.", *mention_elsewhere(selection)]
    reason = "No article found for this question clearly attributes such words to anybody."
    articles = snapshot.articles_of(snapshot.passages).values()
    return [reason, *mention_other_languages(articles), *mention_elsewhere(selection)]


WHO_SAID = QuestionKind("who_said", _find_evidence, _explain_refusal, propose_other_topics)
