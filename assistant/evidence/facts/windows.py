"""Which sentences a ranker reads together: windows around the best ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.evidence.facts.features import Candidate
from assistant.evidence.named_days import find_named_days
from assistant.ranking.ranker import Window
from assistant.records.article import Article, Span

WINDOW_CHARACTERS = 700  # of the sentences of a window
MAX_READ_CHARACTERS = 400  # of a sentence

Place = tuple[str, int]
"""The id of an article and the number of a sentence in it, from 0."""

SpansOf = Callable[[str], Sequence[Span]]
"""The sentences of the article with an id."""


@dataclass(frozen=True, slots=True)
class ArticleWindow:
    """Consecutive sentences of an article, by their spans and numbers."""

    article: Article
    first: int
    spans: Sequence[Span]

    @property
    def places(self) -> list[Place]:
        """The place of each sentence."""
        return [(self.article.id, number) for number in range(self.first, self.first + len(self.spans))]

    def as_read(self, *, with_days: bool = False) -> Window:
        """The title and the sentences as a ranker reads them; see `write_as_read`."""
        texts = (self.article.text[start:end] for start, end in self.spans)
        return Window(
            self.article.title, tuple(write_as_read(text, self.article, with_days=with_days) for text in texts)
        )


def write_as_read(text: str, article: Article, *, with_days: bool = False) -> str:
    """A sentence of an article as a ranker reads it; `with_days`: with the day that "Thursday" means after it."""
    words = " ".join(text.split())[:MAX_READ_CHARACTERS]
    for day in find_named_days(words, article.published_at) if with_days else ():
        words = words.replace(day.words, f"{day.words} ({day.meaning})", 1)
    return words


def make_windows(best: Sequence[Candidate], spans_of: SpansOf) -> Iterator[ArticleWindow]:
    """Windows around the sentences, in their order; no sentence stands in two.

    A window grows to the side on which the better sentence follows, as long as there is room.
    """
    ranks = {place_of(each): rank for rank, each in enumerate(best)}
    done: set[Place] = set()
    for each in best:
        if place_of(each) in done:
            continue
        article, spans = each.sentence.article, spans_of(each.sentence.article.id)
        first, last = _grow(each.sentence.number, article.id, spans, ranks, done)
        window = ArticleWindow(article, first, spans[first : last + 1])
        done.update(window.places)
        yield window


def _grow(
    number: int, article_id: str, spans: Sequence[Span], ranks: dict[Place, int], done: Set[Place]
) -> tuple[int, int]:
    """The first and the last sentence of the window around one."""
    first = last = number
    room = WINDOW_CHARACTERS - _length(spans[number])
    while True:
        sides = [
            (ranks.get((article_id, side), len(ranks)), side)
            for side in (last + 1, first - 1)
            if 0 <= side < len(spans) and (article_id, side) not in done and _length(spans[side]) <= room
        ]
        if not sides:
            return first, last
        _, side = min(sides)
        room -= _length(spans[side])
        first, last = min(first, side), max(last, side)


def _length(span: Span) -> int:
    return min(MAX_READ_CHARACTERS, span[1] - span[0])


def place_of(candidate: Candidate) -> Place:
    """Where the sentence of a candidate stands."""
    return candidate.sentence.article.id, candidate.sentence.number
