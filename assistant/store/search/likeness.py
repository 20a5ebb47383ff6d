"""The words that tell some articles from the others of a library, and the articles that have most of those of one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

import snowballstemmer

from assistant.records.collection.search import AllOf, Words
from assistant.records.library import ArticleRow
from assistant.store.protocol import Library
from assistant.text.words import STOP_WORDS, fold, split_words

MAX_WORDS = 20  # by which articles are compared
MAX_READ = 50  # articles whose words are counted
LEAST_LIKENESS = 0.25  # share of the weight of the words that a similar article has
MAX_SIMILAR = 10

_PORTER = snowballstemmer.stemmer("porter")  # the stemmer of the full-text index


def find_telling_words(library: Library, article_ids: Iterable[str], most: int = MAX_WORDS) -> dict[str, float]:
    """The words that are frequent in some articles and rare in the library, best first, with how rare they are.

    A word is as often as its stem, and given in its most frequent form. Of many articles the first are read.
    """
    spread = library.list_stems("")  # passages with each stem
    total = max(1, library.passage_count())
    counts: defaultdict[str, float] = defaultdict(float)
    forms: dict[str, Counter[str]] = {}
    for article in library.load_articles(list(article_ids)[:MAX_READ]).values():
        inside: Counter[str] = Counter()
        for word in split_words(f"{article.title} {article.text}"):
            if len(word) > 2 and word.isalpha() and fold(word) not in STOP_WORDS:
                stem = str(_PORTER.stemWord(fold(word)))
                inside[stem] += 1
                forms.setdefault(stem, Counter())[fold(word)] += 1
        for stem, count in inside.items():
            counts[stem] += 1 + math.log(count)
    rarity = {stem: math.log(1 + total / spread[stem]) for stem in counts if spread.get(stem, 0) > 1}
    best = sorted(rarity, key=lambda stem: (-counts[stem] * rarity[stem] ** 2, stem))[:most]
    return {max(forms[stem], key=lambda form: (forms[stem][form], form)): rarity[stem] for stem in best}


def find_similar(library: Library, article_id: str) -> tuple[list[str], list[str]]:
    """The articles with most of the telling words of one, and these words, both best first; no copies of it."""
    words = find_telling_words(library, [article_id])
    likeness: defaultdict[str, float] = defaultdict(float)
    for word, rarity in words.items():
        for other in library.find_articles(Words(word)):
            likeness[other] += rarity
    least = LEAST_LIKENESS * sum(words.values())
    others = {article_id, *library.duplicate_ids(article_id)}
    ranked = sorted((-weight, other) for other, weight in likeness.items() if weight >= least and other not in others)
    return [other for _, other in ranked[:MAX_SIMILAR]], list(words)


def find_titled(library: Library, name: str) -> ArticleRow | None:
    """The article with an id or a title, else the newest of those with all of these words in the title, or the text."""
    rows = library.article_rows()
    if name in rows:
        return rows[name]
    wanted = fold(" ".join(name.split()))
    if titled := next((row for row in rows.values() if fold(" ".join(row.title.split())) == wanted), None):
        return titled
    words = [word for word in split_words(name) if word not in STOP_WORDS] or split_words(name)
    for title_only in (True, False):
        found = library.find_articles(AllOf(tuple(Words(word, title_only=title_only) for word in words)))
        if found and words:
            return rows[found[0]]
    return None
