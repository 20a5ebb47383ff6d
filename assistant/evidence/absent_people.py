"""People of a question whom no article of the library names, under no similar name either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from assistant.evidence.term_weights import WordCounts
from assistant.questions.names.finding import find_names
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.text.words import fold

MIN_SIMILARITY = 0.75  # of two surnames of which one may be misspelled

_CAPITALIZED = re.compile(r"[^\W\d_a-z][\w’'-]+")


def find_absent_people(query: Query, counts: WordCounts, nearest: Iterable[Article]) -> tuple[str, ...]:
    """The people of a question, as it names them in full, whom no article names: what is asked cannot be there.

    Empty if the question names something else too, which articles may tell of, or if one of the nearest articles has a
    name that is spelled much like that of such a person.
    """
    names = find_names(query.text, query.outlets)
    absent = [
        name
        for name in names
        if name.is_person and not name.is_guessed and len(name.rest) > 1 and _is_absent(name.rest[-1], counts)
    ]
    if not absent or len(absent) < len(names):
        return ()
    surnames = {fold(name.rest[-1]) for name in absent}
    if any(_is_similar(word, surname) for word in _list_capitalized(nearest) for surname in surnames):
        return ()
    return tuple(dict.fromkeys(name.text for name in absent))


def _is_absent(surname: str, counts: WordCounts) -> bool:
    return all(not counts.count_passages_with_word(part) for part in re.split(r"[-’']", surname.lower()) if part)


def _list_capitalized(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        yield from {fold(word) for word in _CAPITALIZED.findall(f"{article.title}\n{article.text}")}


def _is_similar(word: str, surname: str) -> bool:
    if abs(len(word) - len(surname)) > len(surname) / 3:
        return False
    return SequenceMatcher(None, word, surname).ratio() >= MIN_SIMILARITY
