"""Questions made from the contents of a library; always the same for the same library."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from assistant.store.library import SqliteLibrary
from assistant.text.words import STOP_WORDS

ORDINARY_PER_KIND = 40  # questions of each of the three ordinary kinds
HARD_PER_KIND = 10  # of each kind of hard ones
LONG_QUESTION_WORDS = 50  # words of a long question
RARE_WORD_PASSAGES = 40  # passages that a rare word stands in at most; in a large library one in so many thousand
WORD = re.compile(r"[^\W\d_]{4,}")

Questions = dict[str, list[str]]


def make_questions(library: SqliteLibrary, each: int = ORDINARY_PER_KIND, worst: int = HARD_PER_KIND) -> Questions:
    """Ordinary questions of three kinds, mixed; questions of frequent words only; questions of fifty words."""
    chance = random.Random(0)
    kinds = [_said_questions(library, chance), _who_said_questions(library, chance), _event_questions(library, chance)]
    ordinary = [question for kind in kinds for question in _first_distinct(kind, each)]
    chance.shuffle(ordinary)
    return {
        "ordinary": ordinary,
        "frequent": _first_distinct(_frequent_word_questions(library, chance), worst),
        "long": _first_distinct(_long_questions(library, chance), worst),
    }


def _first_distinct(questions: Iterator[str | None], count: int) -> list[str]:
    """At most `count` different questions; fewer if a small library has no more."""
    found: dict[str, None] = {}
    for _, question in zip(range(count * 20), questions, strict=False):
        if question:
            found[question] = None
        if len(found) == count:
            break
    return list(found)


def _sample_statements(library: SqliteLibrary, chance: random.Random, where: str) -> Iterator[tuple[str, str]]:
    """Random speakers with their statements."""
    (last,) = next(library.select("SELECT coalesce(max(number), 0) FROM statement"))
    query = (
        "SELECT speaker, substr(text, start + 1, end - start) FROM statement JOIN article ON"
        " article.number = statement.article WHERE statement.number >= ? AND speaker NOT NULL AND"
        f" {where} ORDER BY statement.number LIMIT 1"
    )
    while last:
        yield from library.select(query, (chance.randint(1, last),))


def _said_questions(library: SqliteLibrary, chance: random.Random) -> Iterator[str | None]:
    for speaker, words in _sample_statements(library, chance, "end - start > 40"):
        topics = [word for word in WORD.findall(words) if word.islower() and word not in STOP_WORDS]
        yield f"what did {speaker} say about {max(topics, key=len)}?" if topics else None


def _who_said_questions(library: SqliteLibrary, chance: random.Random) -> Iterator[str | None]:
    for _, words in _sample_statements(library, chance, "direct AND end - start > 40"):
        first = " ".join(words.split()[:9]).strip("“”\"'‘’.,;")
        yield f"who said “{first}”?" if "”" not in first and '"' not in first else None


def _sample_passages(library: SqliteLibrary, chance: random.Random) -> Iterator[str]:
    """Random passages."""
    (last,) = next(library.select("SELECT coalesce(max(number), 0) FROM passage"))
    query = "SELECT body FROM passage_text WHERE number = (SELECT min(number) FROM passage WHERE number >= ?)"
    while last:
        for (body,) in library.select(query, (chance.randint(1, last),)):
            yield body


def _event_questions(library: SqliteLibrary, chance: random.Random) -> Iterator[str | None]:
    most = max(RARE_WORD_PASSAGES, library.passage_count() // (RARE_WORD_PASSAGES * 1000))
    for text in _sample_passages(library, chance):
        words = [word for word in dict.fromkeys(WORD.findall(text)) if word.islower() and word not in STOP_WORDS]
        chance.shuffle(words)
        rare = list(islice((word for word in words[:20] if 2 <= library.count_passages_with_word(word) <= most), 2))
        yield f"what happened with {rare[0]} and {rare[1]}?" if len(rare) > 1 else None


def _frequent_word_questions(library: SqliteLibrary, chance: random.Random) -> Iterator[str]:
    texts = (
        set(WORD.findall(text.lower())) for _, text in zip(range(400), _sample_passages(library, chance), strict=False)
    )
    counted = Counter(word for words in texts for word in sorted(words) if word not in STOP_WORDS)
    most = [word for word, _ in counted.most_common(24)]
    while len(most) > 3:
        yield f"what about {' '.join(chance.sample(most, 4))}?"


def _long_questions(library: SqliteLibrary, chance: random.Random) -> Iterator[str | None]:
    for text in _sample_passages(library, chance):
        words = text.replace("?", "").split()
        yield " ".join(words[:LONG_QUESTION_WORDS]) + "?" if len(words) >= LONG_QUESTION_WORDS else None
