"""From a question about the whole collection to its answer. The engine asks here before it looks for passages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from assistant.collection.brief import write_brief
from assistant.collection.counting import count_units
from assistant.collection.draft import SHOWN, Draft, write_answer
from assistant.collection.mentions import find_mention_day
from assistant.collection.people import describe_person
from assistant.collection.scope import find_scope
from assistant.collection.timeline import write_timeline
from assistant.questions.collection.parsing import parse_collection_question
from assistant.records.answer import AskEvent
from assistant.records.collection import CollectionQuery
from assistant.records.query import Query
from assistant.retrieval.speakers import link_speakers
from assistant.store.protocol import Library
from assistant.store.search_terms import FindTagged

UNKNOWN_UNIT = (
    "“{words}” may be articles, stories (near-copies count once), statements, mentions, outlets or speakers: ask for one "
    "of these. As articles:"
)


def read_collection_question(query: Query, library: Library) -> CollectionQuery | None:
    """The question about the collection that a parsed question is; None if it is another one."""

    def knows_speaker(name: str) -> bool:
        return bool(link_speakers(name, library))

    return parse_collection_question(query, library.source_names(), knows_speaker)


def answer_collection(
    query: Query,
    asked: CollectionQuery,
    library: Library,
    allowed: Collection[str] | None = None,
    *,
    shown: int = SHOWN,
    find_tagged: FindTagged | None = None,
) -> Iterator[AskEvent]:
    """The answer to a question about the collection: its sentences, then the whole. `shown` limits the sentences.

    `allowed` are the only articles that count, if not None.
    """
    scope = find_scope(asked, library, allowed, find_tagged)
    match asked.kind:
        case "first" | "last":
            draft = find_mention_day(asked, scope, shown)
        case "who":
            draft = describe_person(asked, scope, shown)
        case "brief":
            draft = write_brief(asked, scope, shown)
        case "timeline":
            draft = write_timeline(asked, scope, shown)
        case "unknown_unit":
            draft = _explain_unit(asked, count_units(asked, scope, shown))
        case _:
            draft = count_units(asked, scope, shown)
    yield from write_answer(replace(query, kind="collection"), draft, library)


def _explain_unit(asked: CollectionQuery, draft: Draft) -> Draft:
    question = UNKNOWN_UNIT.format(words=asked.unit_words)
    return replace(draft, summary=f"{question} {draft.summary}")
