"""Counts articles, mentions and who is quoted again by brute force, and compares: an index of real articles.

    python -m tests.bench.recount INDEX [searches]

Words are drawn from the articles. Brute force makes the forms of a word by its endings
(`tests.collection.brute_force`): a difference is listed, to be judged by a reader. Numbers of speakers must be equal.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from assistant.records.collection.search import AllOf, AnyOf, Near, Not, SearchExpression, Words, describe_expression
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library, PassageFilter
from assistant.text.words import STOP_WORDS
from tests.collection.brute_force import Collection, tokens


def draw_search(chance: random.Random, collection: Collection) -> SearchExpression:
    """A search of words that stand near each other in some article."""
    while True:
        part = chance.choice(chance.choice(list(collection.parts.values())))
        words = [word for word in part if word not in STOP_WORDS and len(word) > 3 and word.isalpha()]
        if len(words) > 3:
            break
    at = chance.randrange(len(words) - 1)
    first, second = words[at], words[at + 1]
    near = Near((first, second), 10)
    other = Words(chance.choice(words))
    kinds: list[SearchExpression] = [Words(first), near, AllOf((near, other)), AnyOf((Words(first), other))]
    return chance.choice([*kinds, AllOf((Words(first), Not(other)))]) if first != second else Words(first)


def compare_searches(library: Library, collection: Collection, searches: int) -> int:
    """How many random searches find other articles than brute force does; each of them is printed."""
    chance, differing = random.Random(7), 0
    for _ in range(searches):
        search = draw_search(chance, collection)
        found, expected = set(library.find_articles(search)), collection.find(search)
        if found != expected:
            differing += 1
            extra, lacking = len(found - expected), len(expected - found)
            print(f"{describe_expression(search)}: {len(found)} for {len(expected)} (+{extra} -{lacking})", flush=True)
    return differing


def count_quoted(library: Library, article_ids: list[str]) -> Counter[str]:
    """The statements of each speaker, read article by article."""
    counts: Counter[str] = Counter()
    for said in library.load_statements(article_ids).values():
        counts.update(
            each.speaker for each in said if each.speaker and each.status in ("asserted", "reported")
        )  # a corrected statement has its own status
    return counts


def main() -> int:
    """Compare and print; 1 if a number of statements differs."""
    with SqliteLibrary.open(Path(sys.argv[1])) as library:
        articles = list(library.articles())
        spans: dict[str, list[tuple[int, int]]] = {article.id: [] for article in articles}
        numbers = library.filter_passages(range(1, 20 * library.passage_count()), PassageFilter())  # with gaps
        for passage in library.passages(sorted(numbers)).values():
            spans[passage.article_id].append((passage.start, passage.end))
        collection = Collection(articles, spans, {})
        searches = int((sys.argv[2:3] or ["200"])[0])
        differing = compare_searches(library, collection, searches)
        print(f"{differing} of {searches} searches find other articles than brute force", flush=True)
        ids = [article.id for article in articles]
        expected = count_quoted(library, ids)
        found = {name: statements for name, statements, _ in library.count_quoted(None)}
        wrong = [name for name in {*found, *expected} if found.get(name, 0) != expected.get(name, 0)]
        print(f"{len(wrong)} of {len(expected):,} speakers have another number of statements")
        mentioned = [word for word in tokens(" ".join(each.title for each in articles[:20])) if len(word) > 4]
        for word in dict.fromkeys(mentioned[:20]):
            number = sum(library.count_mentions(Words(word), ids).values())
            if number != (again := collection.count_mentions(word)):
                print(f"mentions of {word}: {number} for {again}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
