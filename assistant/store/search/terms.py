"""What the fields and the misspelled words of a search mean in a library: exact names, days, and articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import snowballstemmer
from rapidfuzz.distance import OSA

from assistant.errors import AssistantError, NoSuchTag
from assistant.records.collection.search import (
    AllOf,
    AnyOf,
    Choice,
    Field,
    Fuzzy,
    Near,
    Not,
    SearchExpression,
    Words,
)
from assistant.store.protocol import Library
from assistant.store.search.likeness import find_similar, find_titled
from assistant.text.names import name_words
from assistant.text.words import fold, split_words

LONG_WORD = 6  # letters from which on a word may differ in two
MAX_READ_AS = 6  # spellings that a remark lists

FindTagged = Callable[[str], Collection[str]]
"""The SHA-256 of the articles to which the user gave a tag. Raises NoSuchTag if there is none, or AssistantError."""

_PORTER = snowballstemmer.stemmer("porter")  # the stemmer of the full-text index


@dataclass
class ResolvedSearch:
    """A search that the store can evaluate, and remarks on what its fields were read as."""

    expression: SearchExpression
    remarks: list[str] = field(default_factory=list)


def resolve_search(
    expression: SearchExpression, library: Library, find_tagged: FindTagged | None = None
) -> ResolvedSearch:
    """Replace each field and each misspelled word by what it means. A field that means nothing here matches nothing."""
    resolved = ResolvedSearch(expression)
    resolved.expression = _resolve(expression, library, find_tagged, resolved.remarks)
    return resolved


def _resolve(
    expression: SearchExpression, library: Library, find_tagged: FindTagged | None, remarks: list[str]
) -> SearchExpression:
    match expression:
        case AllOf(parts):
            return AllOf(tuple(_resolve(part, library, find_tagged, remarks) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_resolve(part, library, find_tagged, remarks) for part in parts))
        case Not(part):
            return Not(_resolve(part, library, find_tagged, remarks))
        case Fuzzy(word):
            return _resolve_fuzzy(word, library, remarks)
        case Field():
            return _resolve_field(expression, library, find_tagged, remarks)
        case Words() | Near() | Choice():
            return expression


def _resolve_field(
    typed: Field, library: Library, find_tagged: FindTagged | None, remarks: list[str]
) -> SearchExpression:
    match typed.name:
        case "from":
            return Choice("first_day", (typed.value,))
        case "to":
            return Choice("last_day", (typed.value,))
        case "tag":
            return _resolve_tag(typed, library, find_tagged, remarks)
        case "like":
            return _resolve_like(typed, library, remarks)
        case "speaker":
            names = find_speakers(typed.value, library)
        case "outlet":
            names = find_containing(typed.value, library.source_names())
        case "author":
            names = find_containing(typed.value, list_authors(library))
    if not names:
        remarks.append(f"no {typed.name} is called “{typed.value}”")
    elif [*map(fold, names)] != [fold(typed.value)]:
        remarks.append(f"{typed.name}:{typed.value} is {_list_some(names)}")
    return Choice(typed.name, tuple(names))


def _resolve_tag(
    typed: Field, library: Library, find_tagged: FindTagged | None, remarks: list[str]
) -> SearchExpression:
    try:
        found = find_tagged_articles(typed.value, library, find_tagged)
    except AssistantError as error:
        remarks.append(str(error))
        found = frozenset()
    return Choice("article", tuple(sorted(found)), typed)


def _resolve_like(typed: Field, library: Library, remarks: list[str]) -> SearchExpression:
    row = find_titled(library, typed.value)
    if row is None:
        remarks.append(f"no article is called “{typed.value}”")
        return Choice("article", (), typed)
    found, words = find_similar(library, row.id)
    day = f" ({row.day})" if row.day else ""
    remarks.append(f"like “{row.title}”{day} are articles with most of: {', '.join(words)}")
    return Choice("article", tuple(found), typed)


def find_tagged_articles(tag: str, library: Library, find_tagged: FindTagged | None = None) -> frozenset[str]:
    """The ids of the articles with a tag, of their files or, with `find_tagged`, of the user.

    Raises NoSuchTag if none has it, and what `find_tagged` raises.
    """
    given = library.find_articles_with_tag(tag)
    marked: Collection[str] = ()
    try:
        marked = find_tagged(tag) if find_tagged is not None else ()
    except NoSuchTag as error:
        if not given:
            raise NoSuchTag(f"{error}{_list_given_tags(library)}") from error
    found = given.union(row.id for row in library.article_rows().values() if row.sha256 in marked)
    if not found:
        if marked:
            raise NoSuchTag(f"the articles with the tag “{tag}” are no longer in the library")
        raise NoSuchTag(f"no article has the tag “{tag}”{_list_given_tags(library)}")
    return found


def _list_given_tags(library: Library) -> str:
    tags = library.given_tags()
    return f"; tags that files give: {_list_some(tags)}" if tags else ""


def find_speakers(name: str, library: Library) -> list[str]:
    """The speakers in whose name all words of this name occur, in alphabetical order."""
    wanted = set(name_words(name)) or set(split_words(name))
    sharing = {other for other, kind in library.find_names_sharing_word(name) if kind == "name"}
    return sorted(other for other in sharing if wanted <= set(name_words(other)))


def list_authors(library: Library) -> list[str]:
    """The authors that the articles name, in alphabetical order."""
    return sorted({row.author for row in library.article_rows().values() if row.author})


def find_containing(value: str, names: Iterable[str]) -> list[str]:
    """The names that contain all words of a value, whatever their case; if one is the value itself, that one."""
    exact = [name for name in names if fold(name) == fold(value)]
    wanted = set(map(fold, split_words(value)))
    return exact or sorted(name for name in names if wanted and wanted <= set(map(fold, split_words(name))))


def _resolve_fuzzy(word: str, library: Library, remarks: list[str]) -> SearchExpression:
    """The articles with a word whose stem is that of the given one, or differs in one letter, or in two if long."""
    wanted = str(_PORTER.stemWord(fold(word)))
    most = 2 if len(wanted) >= LONG_WORD else 1
    stems = [
        stem
        for stem in library.list_stems("")
        if abs(len(stem) - len(wanted)) <= most and OSA.distance(stem, wanted, score_cutoff=most) <= most
    ]
    if stems != [wanted]:
        remarks.append(f"{word}~ is {_list_some(stems)}" if stems else f"no word is like “{word}”")
    passages = {number for stem in stems for number in library.find_passages_with_stem(stem, library.passage_count())}
    found = library.passages(sorted(passages))
    ids = tuple(sorted({passage.article_id for passage in found.values()}))
    return Choice("article", ids, Fuzzy(word))


def _list_some(names: Iterable[str]) -> str:
    names = list(names)
    more = f" and {len(names) - MAX_READ_AS} more" if len(names) > MAX_READ_AS else ""
    return ", ".join(names[:MAX_READ_AS]) + more
