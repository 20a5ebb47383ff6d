"""Which articles a question about the collection is about, and how to say so."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assistant.errors import LibraryDamaged
from assistant.questions.search.parser import parse_search
from assistant.records.collection.question import CollectionQuery
from assistant.records.collection.search import (
    AllOf,
    AnyOf,
    Choice,
    SearchExpression,
    Words,
    describe_expression,
    list_words,
)
from assistant.records.library import ArticleRow
from assistant.records.query import Period
from assistant.retrieval.speakers import link_speakers
from assistant.store.protocol import Library
from assistant.store.remedies import REPAIR_HINT
from assistant.store.search.terms import FindTagged, find_containing, list_authors, resolve_search
from assistant.text.formatting import count_noun, join_names
from assistant.text.months import format_days
from assistant.text.names import find_similar_names
from assistant.text.words import STOP_WORDS, find_quotations

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_FIELD = re.compile(
    r"(?<!\S)(?:tag|outlet|author|speaker|title|from|to):(?:[\"“][^\"“”]+[\"”]|[^\s?!,;]+)", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
LOOSE_SHARE = 0.5  # of the articles with all words of a topic that must have it as a phrase, for an overview
MAX_KNOWN_SPEAKERS = 5_000  # with whom a misspelled name is compared


@dataclass(frozen=True)
class Scope:
    """The articles that a question is about, newest first, undated ones last.

    `words` are the phrases of the topic; `topic_words` say them: "“ferry terminal” and “cost”". `limits` say the rest:
    " in Harbour Post since September 2025". `search` finds the same articles in the library.
    """

    article_ids: tuple[str, ...]
    words: tuple[Words, ...]
    topic_words: str
    limits: str
    search: str
    library: Library
    remarks: tuple[str, ...] = ()
    undated: int = 0  # articles on the topic that have no date, if the question names days
    partial: frozenset[str] = frozenset()  # articles within the limits of which only a part is in the library

    @property
    def rows(self) -> list[ArticleRow]:
        """The rows of the articles."""
        rows = self.library.article_rows()
        return [rows[article_id] for article_id in self.article_ids if article_id in rows]

    @property
    def containing(self) -> str:
        """What the articles have in common, for a sentence: "that contain “terminal” since September 2025"."""
        contain = "contains" if len(self.article_ids) == 1 else "contain"
        return f" that {contain} {self.topic_words}{self.limits}" if self.topic_words else self.limits

    @property
    def on_topic(self) -> str:
        """The topic as a limit: " with “terminal” since September 2025"."""
        return f" with {self.topic_words}{self.limits}" if self.topic_words else self.limits


@dataclass(frozen=True)
class TopicSearch:
    """The topic of a question as a search; `loose` asks only for all its words, in any order."""

    strict: SearchExpression
    loose: SearchExpression
    remarks: tuple[str, ...] = ()


def read_topic(asked: CollectionQuery, library: Library, find_tagged: FindTagged | None = None) -> TopicSearch:
    """Adjacent words of a topic are a phrase: "the cost of the ferry terminal" is “cost” and “ferry terminal”."""
    if asked.search is not None:
        parsed = parse_search(asked.search, date.today())
        resolved = resolve_search(parsed.expression, library, find_tagged)
        return TopicSearch(resolved.expression, resolved.expression, (*parsed.remarks, *resolved.remarks))
    fields = " ".join(match[0] for match in _FIELD.finditer(asked.topic))
    topic = _FIELD.sub(" ", asked.topic) if fields else asked.topic
    parsed = parse_search(fields, date.today())
    resolved = resolve_search(parsed.expression, library, find_tagged)
    limits = _parts_of(resolved.expression) if fields else ()
    phrases = split_topic(topic) if not fields or set(_WORD.findall(topic.lower())) - STOP_WORDS else []
    words = dict.fromkeys(part for phrase in phrases for part in _split_phrase(phrase))
    return TopicSearch(
        AllOf((*map(Words, phrases), *limits)),
        AllOf((*map(Words, words), *limits)),
        (*parsed.remarks, *resolved.remarks) if fields else (),
    )


def _split_phrase(phrase: str) -> list[str]:
    """The words of a phrase; adjacent ones with capitals are a name and stay together."""
    runs: list[list[str]] = []
    for word in phrase.split():
        is_capital = word[:1].isupper()
        if runs and is_capital and runs[-1][-1][:1].isupper():
            runs[-1].append(word)
        else:
            runs.append([word])
    return [" ".join(run) for run in runs]


def split_topic(topic: str) -> list[str]:
    """The phrases of a topic: quoted ones as they are, and the runs of words between words without a content."""
    phrases: list[str] = []
    at = 0
    for start, end, quoted in find_quotations(topic):
        phrases += [*_split_at_stop_words(topic[at:start]), " ".join(quoted.split())]
        at = end
    return list(dict.fromkeys(filter(None, [*phrases, *_split_at_stop_words(topic[at:])])))


def _split_at_stop_words(text: str) -> list[str]:
    runs: list[list[str]] = [[]]
    words = [_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(text)]
    for word in words:
        is_acronym = word.isupper() and len(word) > 1  # "US", "WHO"
        if word.lower() in STOP_WORDS and not is_acronym:
            runs.append([])
        else:
            runs[-1].append(word)
    found = [" ".join(run) for run in runs if run]
    return found or ([" ".join(words)] if words else [])


def find_scope(
    asked: CollectionQuery,
    library: Library,
    allowed: Collection[str] | None = None,
    find_tagged: FindTagged | None = None,
) -> Scope:
    """The articles that a question is about. `allowed` are the only ones that count, if not None."""
    topic = read_topic(asked, library, find_tagged)
    conditions, limits = _read_limits(asked, library)
    if allowed is not None:
        conditions = [*conditions, Choice("article", tuple(sorted(allowed)))]
        limits += f" among {count_noun(len(allowed), 'chosen article')}"
    found = library.find_articles(AllOf((topic.strict, *conditions)))
    remarks, expression = list(topic.remarks), topic.strict
    if topic.loose != topic.strict:
        loose = library.find_articles(AllOf((topic.loose, *conditions)))
        words = " and ".join(f"“{each.phrase}”" for each in list_words(topic.loose))
        overview = asked.kind in ("brief", "timeline") and len(found) < LOOSE_SHARE * len(loose)
        if loose and (not found or overview):
            phrases = " and ".join(f"“{each.phrase}”" for each in list_words(topic.strict))
            many = (
                f"{count_noun(len(found), 'article')} {'contains' if len(found) == 1 else 'contain'}" if found else ""
            )
            remarks.append(
                f"{many or 'No article contains'} {phrases} as a phrase; taken are those with all of its words."
            )
            found, expression = loose, topic.loose
        elif len(loose) > len(found):
            remarks.append(f"{count_noun(len(loose), 'article')} contain {words}, next to each other or not.")
    words_found = tuple(dict.fromkeys(list_words(expression)))
    undated = 0
    if asked.period is not None and (asked.period.first or asked.period.last):
        rows = library.article_rows()
        undated = sum(not rows[each].day for each in library.find_articles(expression) if each in rows)
    partial = library.partial_articles()
    if partial and conditions:
        partial &= frozenset(library.find_articles(AllOf(tuple(conditions))))
    return Scope(
        tuple(found),
        words_found,
        _say_topic(expression),
        limits,
        describe_expression(AllOf((*_parts_of(expression), *conditions))),
        library,
        tuple(remarks),
        undated,
        partial,
    )


def _parts_of(expression: SearchExpression) -> tuple[SearchExpression, ...]:
    return expression.parts if isinstance(expression, AllOf) else (expression,)


def _say_topic(expression: SearchExpression) -> str:
    parts = _parts_of(expression)
    if not all(isinstance(part, Words) and not part.title_only and not part.is_prefix for part in parts):
        return f"what was searched for ({describe_expression(expression)})"
    return " and ".join(f"“{words.phrase}”" for words in list_words(expression))


def _read_limits(asked: CollectionQuery, library: Library) -> tuple[list[SearchExpression], str]:
    """The outlets, author and days of a question as conditions, and in words."""
    conditions: list[SearchExpression] = []
    said = ""
    if asked.outlets:
        conditions.append(Choice("outlet", asked.outlets))
        said += f" in {join_names(asked.outlets, 'or')}"
    if asked.author:
        authors = tuple(find_containing(asked.author, list_authors(library)))
        conditions.append(Choice("author", authors))
        said += f" by {join_names(authors or (asked.author,), 'or')}"
    if asked.period is not None:
        days = [_limit_days(first, last) for first, last in asked.period.readings]
        conditions.append(days[0] if len(days) == 1 else AnyOf(tuple(days)))
        said += f" {say_period(asked.period)}"
    return conditions, said


def _limit_days(first: str | None, last: str | None) -> SearchExpression:
    parts = [Choice("first_day", (first,))] if first else []
    parts += [Choice("last_day", (last,))] if last else []
    return AllOf(tuple(parts))


def say_period(period: Period) -> str:
    """The days of a question in words, and which days they are: "last week (17 to 23 March 2025)"."""
    words = period.words if period.words[:1].islower() or period.words[:1].isdigit() else f"in {period.words}"
    if not period.is_resolved:
        return f"{words} (which days these are is not known: all are counted)"
    first, last = period.first, period.last
    if first and last:
        days = format_days(first, last)
    else:
        days = f"from {format_days(first, first)} on" if first else f"until {format_days(last or '', last or '')}"
    is_plain = re.search(r"\b\d{4}\b", words) is not None
    return words if is_plain else f"{words} ({days})"


def count_unread_files(library: Library) -> int:
    """How many files, lines and copies of an id the builds left out. Raises LibraryDamaged."""
    skipped = 0
    for _, _, _, _, _, notices, _ in library.file_rows():
        if notices == "[]":
            continue
        try:
            skipped += sum(bool(notice["skipped"]) for notice in json.loads(notices))
        except (ValueError, TypeError, KeyError) as error:
            raise LibraryDamaged(f"the index has a damaged file record; {REPAIR_HINT}") from error
    return skipped


def link_names(name: str, library: Library) -> tuple[str, ...]:
    """The names in the library of a speaker who is named or described."""
    return tuple(known for known, is_name in link_speakers(name, library) if is_name)


def suggest_names(name: str, library: Library) -> list[str]:
    """The speakers whose names are spelled much like this one."""
    return find_similar_names(name, (known for known, _, _ in library.speakers(MAX_KNOWN_SPEAKERS)))
