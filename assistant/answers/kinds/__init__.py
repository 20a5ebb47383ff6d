"""The kinds of question, one module and one row for each.

A new kind also needs its name and traits in `records.question_kinds`, and phrasings in `questions.patterns`."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answers.kinds.collection import COLLECTION
from assistant.answers.kinds.fact import FACT
from assistant.answers.kinds.find_quote import FIND_QUOTE
from assistant.answers.kinds.kind import QuestionKind
from assistant.answers.kinds.said import SAID
from assistant.answers.kinds.who_said import WHO_SAID
from assistant.records.query import Query
from assistant.records.question_kinds import QueryKind

KINDS: Mapping[QueryKind, QuestionKind] = {kind.name: kind for kind in (SAID, WHO_SAID, FIND_QUOTE, COLLECTION, FACT)}


def kind_of(query: Query) -> QuestionKind:
    """How a question is answered."""
    return KINDS[query.kind]
