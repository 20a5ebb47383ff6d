"""From a question about the whole collection to its answer. The engine asks here before it looks for passages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers.events import final_answer
from assistant.answers.pipeline import understand
from assistant.collection.brief import write_brief
from assistant.collection.counting import count_units
from assistant.collection.draft import SHOWN, Draft, write_answer
from assistant.collection.people import describe_person
from assistant.collection.scope import find_scope
from assistant.collection.stances import find_acts
from assistant.collection.timeline import find_mention_day, write_timeline
from assistant.questions.collection.parsing import parse_collection_question
from assistant.questions.search.parser import parse_search
from assistant.records.answer import Answer, AskEvent, QuestionUnderstood, Turn
from assistant.records.collection.question import CollectionQuery
from assistant.records.query import Period, Query
from assistant.retrieval.speakers import link_speakers
from assistant.store.protocol import Library
from assistant.store.search.terms import FindTagged
from assistant.system.stopwatch import Stopwatch
from assistant.text.months import shift_day

NEWS_DAYS = 7  # before the last day of the library, for a question what is new
_AND_BY = re.compile(
    r"(?:and |now |also |then )?(?:what about )?(?:by|per) (outlet|month|year|day|speaker|author)s?\??", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|this|that|them|these)\b(?! (?:is|was|said)\b)", re.IGNORECASE)
_COUNTED = "articles, stories (near-copies count once), statements, mentions, outlets or speakers: ask for one of these"
UNKNOWN_UNIT = f"“{{words}}” may be {_COUNTED}. As articles:"
UNCOUNTED_UNIT = f"“{{words}}” are not counted, but {_COUNTED}. As articles:"
_NEVER_COUNTED = re.compile(
    r"photo(?:graph)?s|pictures|images|videos|pages|words|sentences|paragraphs|passages|topics|events", re.IGNORECASE
)


def read_collection_question(query: Query, library: Library) -> CollectionQuery | None:
    """The question about the collection that a parsed question is; None if it is another one."""

    def knows_speaker(name: str) -> bool:
        return any(is_name for _, is_name in link_speakers(name, library))

    return parse_collection_question(query, library.source_names(), knows_speaker)


def understand_follow_up(
    question: str, library: Library, history: Sequence[Turn], today: date | None
) -> QuestionUnderstood | None:
    """A question about the collection that goes on from the last one; None if it is none.

    "And by month?" groups the last number; in "Which outlets reported it?", "it" is the topic of the last question.
    """
    if not history:
        return None
    last = history[-1]
    asked = read_collection_question(understand(last.question, library, today=today).query, library)
    topic = asked.topic if asked is not None else last.query.topic
    standalone = None
    if asked is not None and asked.kind in ("count", "list") and (by := _AND_BY.fullmatch(question.strip())):
        standalone = f"{last.question.rstrip(' ?.')} by {by[1]}?"
    elif topic and _IT.search(question):
        standalone = _IT.sub(lambda _: f"the {topic}" if topic.islower() else topic, question, count=1)
    if standalone is None:
        return None
    understood = understand(standalone, library, today=today)
    is_collection = read_collection_question(understood.query, library) is not None
    return replace(understood, standalone=standalone) if is_collection else None


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
    asked = _date_news(asked, library)
    scope = find_scope(asked, library, allowed, find_tagged)
    match asked.kind:
        case "list" if asked.act is not None:
            return find_acts(asked, scope, shown)
        case "first" | "last":
            return find_mention_day(asked, scope, shown)
        case "who":
            return describe_person(asked, scope)
        case "brief":
            return write_brief(asked, scope, shown)
        case "timeline":
            return write_timeline(asked, scope, shown)
        case "unknown_unit":
            return _explain_unit(asked, count_units(asked, scope, shown))
        case _:
            return count_units(asked, scope, shown)


def _date_news(asked: CollectionQuery, library: Library) -> CollectionQuery:
    """A brief of nothing in particular ("What's new?") is of the last days of the library."""
    days = library.date_range()
    if asked.kind != "brief" or asked.topic or asked.search or asked.outlets or asked.period or days is None:
        return asked
    try:
        last = date.fromisoformat(days[1][:10])
    except ValueError:
        return asked
    first = shift_day(last, 1 - NEWS_DAYS)
    return replace(asked, period=Period("in the last days of the library", first.isoformat(), last.isoformat()))


def name_collection_query(query: Query, asked: CollectionQuery) -> Query:
    """The query as that of a question about the collection."""
    return replace(query, kind="collection", over_time=asked.kind == "timeline")


def answer_about_collection(
    understood: QuestionUnderstood,
    library: Library,
    scope: Collection[str] | None,
    as_of: date | None,
    max_sentences: int,
    find_tagged: FindTagged | None = None,
) -> Iterator[AskEvent] | None:
    """The events of an answer about the collection; None if the question asks for something else.

    `scope` and `as_of` limit the articles that count, as for `Assistant.stream`.
    """
    watch = Stopwatch()
    asked = read_collection_question(understood.query, library)
    if asked is None:
        return None
    shown = max(SHOWN, max_sentences)
    allowed = _limit_articles(library, scope, as_of)
    draft = draft_collection(asked, library, allowed, shown=shown, find_tagged=find_tagged)
    return None if draft is None else _write_events(understood, asked, draft, library, watch)


def _write_events(
    understood: QuestionUnderstood, asked: CollectionQuery, draft: Draft, library: Library, watch: Stopwatch
) -> Iterator[AskEvent]:
    query = name_collection_query(understood.query, asked)
    yield replace(understood, query=query)
    for event in write_answer(query, draft, library):
        if isinstance(event, Answer):
            watch.lap("answer")
            event = replace(event, standalone_question=understood.standalone, timings=watch.milliseconds())
        yield event


def _limit_articles(library: Library, scope: Collection[str] | None, as_of: date | None) -> frozenset[str] | None:
    """The only articles that count; None for all."""
    if as_of is None:
        return None if scope is None else frozenset(scope)
    until = as_of.isoformat()
    found = {row.id for row in library.article_rows().values() if row.day <= until}
    return frozenset(found if scope is None else found & set(scope))


def answer_read_question(
    asked: CollectionQuery,
    question: str,
    library: Library,
    shown: int | None,
    find_tagged: FindTagged | None = None,
) -> Answer:
    """The answer to a question that is already read, typed as `question`.

    The search of a brief or a timeline, if it has no operators, is a topic in plain words: "the Ellery flood".
    """
    typed = (asked.search or "").strip()
    if asked.kind in ("brief", "timeline") and typed:
        parsed = parse_search(typed)
        if not parsed.has_operators and not parsed.is_empty:
            asked = replace(asked, topic=typed, search=None)
    query = name_collection_query(Query(question, "collection", ()), asked)
    draft = draft_collection(asked, library, shown=shown or SHOWN, find_tagged=find_tagged)
    if draft is None:
        draft = count_units(asked, find_scope(asked, library, find_tagged=find_tagged), shown or SHOWN)
    return final_answer(write_answer(query, draft, library))


def _explain_unit(asked: CollectionQuery, draft: Draft) -> Draft:
    told = UNCOUNTED_UNIT if _NEVER_COUNTED.fullmatch(asked.unit_words) else UNKNOWN_UNIT
    question = told.format(words=asked.unit_words)
    return replace(draft, summary=f"{question} {draft.summary}")
