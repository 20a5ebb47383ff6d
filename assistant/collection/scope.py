"""Which articles a question about the collection is about, and how to say so."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.errors import LibraryDamaged, QuestionError
from assistant.questions.search.parser import parse_search
from assistant.questions.search.tokens import DEFAULT_DISTANCE
from assistant.records.collection.question import CollectionQuery
from assistant.records.collection.search import (
    AllOf,
    AnyOf,
    Choice,
    Field,
    Near,
    Not,
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
from assistant.text.sanitize import shorten_line
from assistant.text.words import STOP_WORDS, find_quotations

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_FIELD = re.compile(
    r"(?<!\S)(?:tag|outlet|author|speaker|title|from|to|like):(?:[\"“][^\"“”]+[\"”]|[^\s?!,;]+)", re.IGNORECASE
)
_EXCEPT = re.compile(
    r",? (?:(?:but|and) not(?: those)?(?: (?:about|on|mentioning))?|not (?:about|on|mentioning)|"
    r"(?:(?:but|and) )?(?:(?:that|which) )?do(?:es)? not mention|excluding|except(?: for)?) ",
    re.IGNORECASE,
)
_OR = re.compile(  # not in quotation marks
    r",? or (?:about |on )?(?=[^”\"]*(?:[“\"][^”\"]*[”\"][^”\"]*)*$)", re.IGNORECASE
)
_NEAR_ALONE = re.compile(r"NEAR\([^()]*\)")  # as the whole topic of a question
_NO_ACRONYMS = frozenset(("AND", "OR", "THE"))  # of an operator, or of a question in capitals
_WITHOUT = " without "
_POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
NEAR_WORDS = DEFAULT_DISTANCE  # between the first and the last word of a topic of several words
FEW_ARTICLES = 5  # for an overview, if as many more have the words of its topic further apart
MAX_SHOWN_SEARCH = 60  # characters of a search in an error
MAX_KNOWN_SPEAKERS = 5_000  # with whom a misspelled name is compared


@dataclass(frozen=True)
class Scope:
    """The articles that a question is about, newest first, undated ones last.

    `topic` is the search for the topic, `words` are the words and names in it; `topic_words` say it: "“ferry” near
    “terminal” and “cost”". `limits` say the rest: " in Harbour Post since September 2025". `search` finds the same
    articles in the library.
    """

    article_ids: tuple[str, ...]
    topic: SearchExpression
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

    @cached_property
    def passages(self) -> frozenset[int] | None:
        """The passages of the articles that are on the topic; None without one, for all."""
        return self.library.find_passages(self.topic)

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
    """The topic of a question as a search; `loose` asks only for all its words anywhere, `exact` for it as a phrase."""

    strict: SearchExpression
    loose: SearchExpression
    exact: SearchExpression
    remarks: tuple[str, ...] = ()


def read_topic(asked: CollectionQuery, library: Library, find_tagged: FindTagged | None = None) -> TopicSearch:
    """The topic as a search: "the cost of the ferry terminal" is “cost”, and “ferry” near “terminal”.

    Adjacent words are near each other, since no article need write "the Ellery council vote" so. Names and words in
    quotation marks are phrases; how often something is mentioned is counted by the phrase. Of the operators of
    searches, a question may have AND, OR and AND NOT, which are read as words, and NEAR(…) alone.
    """
    search = asked.search
    if search is None and _NEAR_ALONE.fullmatch(asked.topic) and not parse_search(asked.topic).is_empty:
        search = asked.topic
    if search is not None:
        parsed = parse_search(search, date.today())
        if parsed.is_empty and search:
            shown = shorten_line(search, MAX_SHOWN_SEARCH).strip() or "“ ”"
            raise QuestionError(f"{shown}: nothing to search for; type a word or a field")
        resolved = resolve_search(parsed.expression, library, find_tagged)
        found = resolved.expression
        return TopicSearch(found, found, found, (*parsed.remarks, *resolved.remarks))
    fields = " ".join(match[0] for match in _FIELD.finditer(asked.topic))
    topic = _FIELD.sub(" ", asked.topic) if fields else asked.topic
    parsed = parse_search(fields, date.today())
    resolved = resolve_search(parsed.expression, library, find_tagged)
    limits = _parts_of(resolved.expression) if fields else ()
    has_words = bool(topic) if not fields else bool(set(_WORD.findall(topic.lower())) - STOP_WORDS)
    included, *excluded = _EXCEPT.split(topic, maxsplit=1) if has_words else [""]
    without = [Not(AllOf(words)) for each in excluded if (words := _read_words(each, library)[0])]
    read = (_read_words(each, library) for each in _OR.split(included) if has_words)
    choices = [each for each in read if any(each)] or [((), (), ())]
    near, anywhere, exact = (
        AllOf((*(kinds[0] if len(kinds) == 1 else (AnyOf(tuple(map(AllOf, kinds))),)), *without, *limits))
        for kinds in zip(*choices, strict=True)
    )
    strict = exact if asked.unit == "mentions" else near
    return TopicSearch(strict, anywhere, exact, (*parsed.remarks, *resolved.remarks) if fields else ())


_Parts = tuple[SearchExpression, ...]


def _read_words(topic: str, library: Library) -> tuple[_Parts, _Parts, _Parts]:
    """A topic without "or" and "but not": its phrases with their words near each other, anywhere, and as they are."""
    quoted = {" ".join(words.split()) for _, _, words in find_quotations(topic)}
    phrases = split_topic(topic)
    parts = [(phrase,) if phrase in quoted else tuple(_split_phrase(phrase, library)) for phrase in phrases]
    near = (Near(part, NEAR_WORDS) if len(part) > 1 else Words(part[0]) for part in parts)
    anywhere = dict.fromkeys(word for part in parts for word in part)
    return tuple(near), tuple(map(Words, anywhere)), tuple(map(Words, phrases))


def _split_phrase(phrase: str, library: Library) -> Iterator[str]:
    """The words of a phrase; those of a name ("Port Ellery", "January 6") stay together if the library has it so."""
    runs: list[list[str]] = []
    for word in phrase.split():
        joins = word[:1].isupper() or word[:1].isdigit() or word in ("v", "vs")
        if runs and joins and (runs[-1][-1][:1].isupper() or runs[-1][-1] in ("v", "vs")):
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        name = " ".join(run)
        if len(run) > 1 and any(map(_POSSESSIVE.search, run)):
            plain = [_POSSESSIVE.sub("", word) for word in run]
            near = library.find_articles(Near(tuple(plain), NEAR_WORDS))
            if len(library.find_articles(Words(name))) * 2 < len(near):
                run, name = plain, " ".join(plain)
        yield from [name] if len(run) == 1 or library.find_articles(Words(name)) else run


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
    found_words = [match[0] for match in _WORD.finditer(text)]
    words = [
        word if word[:1].isupper() and following[:1].isupper() else _POSSESSIVE.sub("", word)  # "Martha’s Vineyard"
        for word, following in zip(found_words, [*found_words[1:], ""], strict=bool(found_words))
    ]
    for word, following in zip(words, [*words, ""][1:], strict=True):
        is_acronym = word.isupper() and len(word) > 1  # "US", "WHO"
        is_name = word[:1].isupper() and following[:1].isupper()  # "Will Smith"
        if word.lower() in STOP_WORDS and (word in _NO_ACRONYMS or not (is_acronym or is_name)):
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
    if asked.unit == "speakers":
        library.find_passages(topic.strict)  # they are needed, and tell the articles: else these are read first
    if allowed is not None:
        conditions = [*conditions, Choice("article", tuple(sorted(allowed)))]
        limits += f" among {count_noun(len(allowed), 'chosen article')}"
    found = library.find_articles(AllOf((topic.strict, *conditions)))
    remarks, expression = list(topic.remarks), topic.strict
    if topic.loose != topic.exact:
        loose = library.find_articles(AllOf((topic.loose, *conditions)))
        names = AllOf(tuple(part for part in _parts_of(topic.loose) if not _is_common(part)))
        has_name = any(isinstance(part, Words) for part in names.parts)
        is_part = (  # of what an overview may tell
            asked.kind in ("brief", "timeline") and len(found) <= FEW_ARTICLES and len(found) * 2 <= len(loose)
            and not _has_title(topic.loose, conditions, library)
        )  # fmt: skip
        if (found and not is_part) or not (loose or has_name):
            remarks += _compare_readings(topic, conditions, found, len(loose), library)
        elif loose:
            have = f"{count_noun(len(found), 'article')} {'contains' if len(found) == 1 else 'contain'}"
            without = f"{have if found else 'No article contains'} {_say_topic(expression)}"
            remarks.append(f"{without}; taken are those with all of these words.")
            found, expression = loose, topic.loose
        elif named := library.find_articles(AllOf((names, *conditions))):
            without = f"No article contains {_say_topic(topic.loose)}"
            if asked.kind == "count":
                remarks.append(f"{without}; {_say_topic(names)} is in {count_noun(len(named), 'article')}.")
            else:
                remarks.append(f"{without}; taken are those with {_say_topic(names)}.")
                found, expression = named, names
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
        expression,
        words_found,
        _say_topic(expression),
        limits,
        describe_expression(AllOf((*_parts_of(expression), *conditions))),
        library,
        tuple(remarks),
        undated,
        partial,
    )


def _has_title(topic: SearchExpression, conditions: Sequence[SearchExpression], library: Library) -> bool:
    """Whether a title has all words of a topic: then there are articles about it, and not only on parts of it."""
    titled = (replace(words, title_only=True) for words in list_words(topic))
    return bool(library.find_articles(AllOf((*titled, *conditions))))


def _is_common(part: SearchExpression) -> bool:
    """Whether a part of a topic is a word without a capital, for which an article may have another: "attack"."""
    return isinstance(part, Words) and part.phrase.islower()


def _compare_readings(
    topic: TopicSearch, conditions: Sequence[SearchExpression], found: Sequence[str], loose: int, library: Library
) -> Iterator[str]:
    """How many articles the topic has as a phrase, and with its words anywhere, where these are other numbers."""
    exact = len(library.find_articles(AllOf((topic.exact, *conditions))))
    if exact < len(found):
        has = "have" if exact > 1 else "has"
        yield f"{f'{exact:,}' if exact else 'None'} of them {has} {_say_topic(topic.exact)} as a phrase."
    if loose > len(found):
        yield f"{count_noun(loose, 'article')} contain all of the words, near each other or not."


def _parts_of(expression: SearchExpression) -> tuple[SearchExpression, ...]:
    return expression.parts if isinstance(expression, AllOf) else (expression,)


def _say_topic(expression: SearchExpression) -> str:
    return _say_words(expression) or (
        f"what was searched for ({describe_expression(expression)})" if _parts_of(expression) else ""
    )


def _say_words(expression: SearchExpression) -> str:
    """A search of words in plain words; empty for one with other fields, of nothing, or that words would not tell."""
    said: list[str] = []
    without = ""
    parts_said = _parts_of(expression)
    for part in parts_said:
        match part:
            case Words(phrase, is_prefix=False, title_only=False):
                said.append(f"“{phrase}”")
            case Near(phrases):
                said.append(" near ".join(f"“{phrase}”" for phrase in phrases))
            case Choice(typed=Field("like", name)):
                said.append(f"many of the telling words of “{name}”")
            case AnyOf(parts) if all(words := [_say_words(each) for each in parts]):
                either = " or ".join(words)
                said.append(f"({either})" if sum(not isinstance(each, Not) for each in parts_said) > 1 else either)
            case Not(part) if words_of_part := _say_words(part):
                without += f"{_WITHOUT}{words_of_part}"
            case _:
                return ""
    # What has no words of its own, or "without" within "or" and "without", is said as it was typed.
    is_plain = bool(said) and _WITHOUT not in "".join(said) and without.count(_WITHOUT) <= len(parts_said) - len(said)
    return " and ".join(said) + without if is_plain else ""


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
