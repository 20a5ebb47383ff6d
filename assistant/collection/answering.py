"""From a question about the whole collection to its answer. The engine asks here before it looks for passages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from assistant.collection.brief import write_brief
from assistant.collection.counting import count_units
from assistant.collection.draft import SHOWN, Draft
from assistant.collection.mentions import find_mention_day
from assistant.collection.people import describe_person
from assistant.collection.scope import find_scope
from assistant.collection.timeline import write_timeline
from assistant.questions.collection.parsing import parse_collection_question
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
        return any(is_name for _, is_name in link_speakers(name, library))

    return parse_collection_question(query, library.source_names(), knows_speaker)


def draft_collection(
    asked: CollectionQuery,
    library: Library,
    allowed: Collection[str] | None = None,
    *,
    shown: int = SHOWN,
    find_tagged: FindTagged | None = None,
) -> Draft | None:
    """What the answer says; None if the articles do not describe who is asked for, and passages must be searched.

    `allowed` are the only articles that count, if not None. `shown` limits the sentences.
    """
    scope = find_scope(asked, library, allowed, find_tagged)
    match asked.kind:
        case "first" | "last":
            return find_mention_day(asked, scope, shown)
        case "who":
            return describe_person(asked, scope, shown)
        case "brief":
            return write_brief(asked, scope, shown)
        case "timeline":
            return write_timeline(asked, scope, shown)
        case "unknown_unit":
            return _explain_unit(asked, count_units(asked, scope, shown))
        case _:
            return count_units(asked, scope, shown)


def name_collection_query(query: Query, asked: CollectionQuery) -> Query:
    """The query as that of a question about the collection."""
    return replace(query, kind="collection", over_time=asked.kind == "timeline")


def _explain_unit(asked: CollectionQuery, draft: Draft) -> Draft:
    question = UNKNOWN_UNIT.format(words=asked.unit_words)
    return replace(draft, summary=f"{question} {draft.summary}")
