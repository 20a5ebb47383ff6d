"""Batches of questions for a run of training: each question with one right and some wrong sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.ranking.pairs import Pair, PairEncoder, Piece, end_title
from tests.training.reading import Asked, Corpus

WRONG = 3  # wrong sentences for each question; all but one are drawn from the hardest, one from the whole document
WRONG_COMPARED = 5  # the same where the hardest are those that the program compares: it lets six be read
RIGHT_KEPT = 0.9  # else the question is drawn without a right sentence: in use it is often not among those read
TITLE_KEPT = 0.8  # else the pair has no title, as at times in use
MARK_KEPT = 0.7  # else the question has no question mark, as at times in use
SHARES = {"selqa": 0.30, "squad": 0.27, "qamr": 0.43}  # of the questions of a run, unless it names others
POOL = 64  # batches that are sorted by length together: less padding


@dataclass(frozen=True, slots=True)
class Example:
    """The pairs of one question; the right one, if it is `answerable` by one of them, is the first.

    `span`: the first and last token of the words that answer, in the right pair; None if it is not known.
    """

    pairs: list[Pair]
    answerable: bool
    span: tuple[int, int] | None


class ExampleMaker:
    """Makes examples from a corpus. What it draws depends only on the seed."""

    def __init__(
        self,
        corpus: Corpus,
        negatives: list[list[int]],
        encoder: PairEncoder,
        shares: Mapping[str, float] = SHARES,
    ) -> None:
        self._corpus, self._negatives, self._encoder, self._shares = corpus, negatives, encoder, shares
        titles = sorted({sentence.title for sentence in corpus.sentences})
        self._titles = dict(zip(titles, encoder.split([end_title(title) for title in titles]), strict=True))
        self._sentences = encoder.split([sentence.text for sentence in corpus.sentences])
        self._groups: dict[str, list[int]] = {name: [] for name in shares}
        for number, asked in enumerate(corpus.questions):
            one = (*asked.right, *asked.wrong)[0]
            kind = corpus.sentences[one].document.split(":")[0]
            self._groups.setdefault(kind, []).append(number)

    def draw(self, number: int, generator: random.Random) -> Example:
        """An example of the question with this number."""
        asked = self._corpus.questions[number]
        question = asked.question if generator.random() < MARK_KEPT else asked.question.rstrip("? ")
        titled = generator.random() < TITLE_KEPT
        count = WRONG_COMPARED if asked.compared else WRONG
        kept = len(asked.wrong) <= count or generator.random() < RIGHT_KEPT
        right = generator.choice(asked.right) if asked.right and kept else None
        wrong = self._draw_wrong(number, asked, count + (right is None), generator)
        piece = self._encoder.split([question])[0]
        chosen = wrong if right is None else [right, *wrong]
        pairs = [self._join(piece, one, titled) for one in chosen]
        span = find_tokens(pairs[0], asked.spans[right]) if right is not None and right in asked.spans else None
        return Example(pairs, right is not None, span)

    def _draw_wrong(self, number: int, asked: Asked, count: int, generator: random.Random) -> list[int]:
        hard = self._negatives[number]
        drawn = generator.sample(hard, min(count - 1, len(hard)))
        others = [one for one in asked.wrong if one not in drawn] or [one for one in hard if one not in drawn]
        return drawn + generator.sample(others, min(count - len(drawn), len(others)))

    def _join(self, question: Piece, sentence: int, titled: bool) -> Pair:
        title = self._corpus.sentences[sentence].title if titled else ""
        return self._encoder.join(question, self._titles.get(title, Piece([], [])), self._sentences[sentence])

    def batches(self, size: int, seed: int) -> Iterator[list[Example]]:
        """Batches of `size` questions of like length, without end. The sets are mixed by their shares."""
        generator = random.Random(seed)
        shares = {name: share for name, share in self._shares.items() if self._groups[name]}
        waiting: dict[str, list[int]] = {name: [] for name in shares}
        while True:
            names = generator.choices(list(shares), list(shares.values()), k=POOL * size)
            pool = []
            for name in names:
                if not waiting[name]:
                    waiting[name] = generator.sample(self._groups[name], len(self._groups[name]))
                pool.append(self.draw(waiting[name].pop(), generator))
            pool.sort(key=_length)
            groups = [pool[first : first + size] for first in range(0, len(pool), size)]
            generator.shuffle(groups)
            yield from groups


def _length(example: Example) -> int:
    return max(len(pair.ids) for pair in example.pairs)


def find_tokens(pair: Pair, span: tuple[int, int]) -> tuple[int, int] | None:
    """The first and last token of a pair that the words of a span of its sentence cover; None if they are cut off."""
    inside = [place for place, (start, end) in enumerate(pair.spans) if start < span[1] and end > span[0]]
    if not inside or pair.spans[inside[-1]][1] < span[1]:
        return None
    return pair.first + inside[0], pair.first + inside[-1]
