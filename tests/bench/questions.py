"""Generates questions from the contents of a library, always the same for the same library."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from assistant.store.library import SqliteLibrary
from assistant.text.words import STOP_WORDS

ORDINARY_PER_KIND = 40  # questions of each of the three ordinary kinds
HARD_PER_KIND = 10  # questions of each hard kind
LONG_QUESTION_WORDS = 50  # words of a long question
RARE_WORD_PASSAGES = 40  # a rare word occurs in at most this many passages, or in 1 of 40,000 in a large library
WORD = re.compile(r"[^\W\d_]{4,}")

Questions = dict[str, list[str]]


def make_questions(
    library: SqliteLibrary, per_kind: int = ORDINARY_PER_KIND, hard_per_kind: int = HARD_PER_KIND
) -> Questions:
    """Ordinary questions of three kinds, mixed; questions of frequent words only; questions of fifty words."""
    rng = random.Random(0)
    kinds = [_said_questions(library, rng), _who_said_questions(library, rng), _event_questions(library, rng)]
    ordinary = [question for kind in kinds for question in _first_distinct(kind, per_kind)]
    rng.shuffle(ordinary)
    return {
        "ordinary": ordinary,
        "frequent": _first_distinct(_frequent_word_questions(library, rng), hard_per_kind),
        "long": _first_distinct(_long_questions(library, rng), hard_per_kind),
    }


def _first_distinct(questions: Iterator[str | None], count: int) -> list[str]:
    """The first `count` different questions; fewer if a small library has no more."""
    distinct: dict[str, None] = {}
    for _, question in zip(range(count * 20), questions, strict=False):
        if question:
            distinct[question] = None
        if len(distinct) == count:
            break
    return list(distinct)


def _sample_statements(library: SqliteLibrary, rng: random.Random, where: str) -> Iterator[tuple[str, str]]:
    """Speakers and the text of their statements, at random."""
    (last,) = next(library.select("SELECT coalesce(max(number), 0) FROM statement"))
    query = (
        "SELECT speaker, substr(text, start + 1, end - start) FROM statement JOIN article ON"
        " article.number = statement.article WHERE statement.number >= ? AND speaker NOT NULL AND"
        f" {where} ORDER BY statement.number LIMIT 1"
    )
    while last:
        yield from library.select(query, (rng.randint(1, last),))


def _said_questions(library: SqliteLibrary, rng: random.Random) -> Iterator[str | None]:
    for speaker, words in _sample_statements(library, rng, "end - start > 40"):
        topics = [word for word in WORD.findall(words) if word.islower() and word not in STOP_WORDS]
        yield f"what did {speaker} say about {max(topics, key=len)}?" if topics else None


def _who_said_questions(library: SqliteLibrary, rng: random.Random) -> Iterator[str | None]:
    for _, words in _sample_statements(library, rng, "direct AND end - start > 40"):
        first = " ".join(words.split()[:9]).strip("“”\"'‘’.,;")
        yield f"who said “{first}”?" if "”" not in first and '"' not in first else None


def _sample_passages(library: SqliteLibrary, rng: random.Random) -> Iterator[str]:
    """Passages at random, without end."""
    (last,) = next(library.select("SELECT coalesce(max(number), 0) FROM passage"))
    query = "SELECT body FROM passage_text WHERE number = (SELECT min(number) FROM passage WHERE number >= ?)"
    while last:
        for (body,) in library.select(query, (rng.randint(1, last),)):
            yield body


def _event_questions(library: SqliteLibrary, rng: random.Random) -> Iterator[str | None]:
    max_passages = max(RARE_WORD_PASSAGES, library.passage_count() // (RARE_WORD_PASSAGES * 1000))
    for text in _sample_passages(library, rng):
        words = [word for word in dict.fromkeys(WORD.findall(text)) if word.islower() and word not in STOP_WORDS]
        rng.shuffle(words)
        rare = list(
            islice((word for word in words[:20] if 2 <= library.count_passages_with_word(word) <= max_passages), 2)
        )
        yield f"what happened with {rare[0]} and {rare[1]}?" if len(rare) > 1 else None


def _frequent_word_questions(library: SqliteLibrary, rng: random.Random) -> Iterator[str]:
    texts = (
        set(WORD.findall(text.lower())) for _, text in zip(range(400), _sample_passages(library, rng), strict=False)
    )
    counted = Counter(word for words in texts for word in sorted(words) if word not in STOP_WORDS)
    max_passages = [word for word, _ in counted.most_common(24)]
    while len(max_passages) > 3:
        yield f"what about {' '.join(rng.sample(max_passages, 4))}?"


def _long_questions(library: SqliteLibrary, rng: random.Random) -> Iterator[str | None]:
    for text in _sample_passages(library, rng):
        words = text.replace("?", "").split()
        yield " ".join(words[:LONG_QUESTION_WORDS]) + "?" if len(words) >= LONG_QUESTION_WORDS else None
