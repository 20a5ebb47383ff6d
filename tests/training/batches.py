"""Batches of questions for a run of training: each question with one right and some wrong sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.ranking.rows import Piece, Row, RowEncoder, end_title
from tests.training.reading import Asked, Corpus

WRONG = 3  # wrong sentences for each question; all but one are drawn from the hardest, one from the whole document
WRONG_COMPARED = 5  # the same where the hardest are those that the program compares: it lets six be read
RIGHT_KEPT = 0.9  # else the question is drawn without a right sentence: in use it is often not among those read
TITLE_KEPT = 0.8  # else the sentences have no title, as at times in use
MARK_KEPT = 0.7  # else the question has no question mark, as at times in use
SHARES = {"selqa": 0.30, "squad": 0.27, "qamr": 0.43}  # of the questions of a run, unless it names others
POOL = 64  # batches that are sorted by length together: less padding


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of one question. `right`: for each of their sentences that has tokens, whether it answers.

    `spans`: the row, and the first and last token of the words that answer in it, for each right sentence where they
    are known.
    """

    rows: list[Row]
    right: list[bool]
    spans: list[tuple[int, int, int]]


class ExampleMaker:
    """Makes examples of single sentences from a corpus. What it draws depends only on the seed."""

    def __init__(
        self,
        corpus: Corpus,
        negatives: list[list[int]],
        encoder: RowEncoder,
        shares: Mapping[str, float] = SHARES,
    ) -> None:
        self.corpus, self.negatives, self._encoder, self._shares = corpus, negatives, encoder, shares
        titles = sorted({sentence.title for sentence in corpus.sentences})
        self._titles = dict(zip(titles, encoder.split([end_title(title) for title in titles]), strict=True))
        self.sentences = encoder.split([sentence.text for sentence in corpus.sentences])
        self._groups: dict[str, list[int]] = {name: [] for name in shares}
        for number, asked in enumerate(corpus.questions):
            one = (*asked.right, *asked.wrong)[0]
            kind = corpus.sentences[one].document.split(":")[0]
            self._groups.setdefault(kind, []).append(number)

    def draw(self, number: int, generator: random.Random) -> Example:
        """An example of the question with this number."""
        asked = self.corpus.questions[number]
        question = asked.question if generator.random() < MARK_KEPT else asked.question.rstrip("? ")
        titled = generator.random() < TITLE_KEPT
        windows = self.draw_windows(number, asked, generator)
        piece = self._encoder.split([question])[0]
        rows = [self._join(piece, window, titled) for window in windows]
        right, spans = [], []
        for place, (window, row) in enumerate(zip(windows, rows, strict=True)):
            for sentence, (first, offsets) in zip(window, row.sentences, strict=True):
                if not offsets and len(window) > 1:
                    continue
                right.append(sentence in asked.right)
                if right[-1] and sentence in asked.spans and (found := find_tokens(offsets, asked.spans[sentence])):
                    spans.append((place, first + found[0], first + found[1]))
        return Example(rows, right, spans)

    def draw_windows(self, number: int, asked: Asked, generator: random.Random) -> list[list[int]]:
        """The numbers of the sentences of each row: a right one first, unless it is left out, and wrong ones."""
        count = WRONG_COMPARED if asked.compared else WRONG
        kept = len(asked.wrong) <= count or generator.random() < RIGHT_KEPT
        right = [generator.choice(asked.right)] if asked.right and kept else []
        return [[one] for one in [*right, *self._draw_wrong(number, asked, count + (not right), generator)]]

    def _draw_wrong(self, number: int, asked: Asked, count: int, generator: random.Random) -> list[int]:
        hard = self.negatives[number]
        drawn = generator.sample(hard, min(count - 1, len(hard)))
        others = [one for one in asked.wrong if one not in drawn] or [one for one in hard if one not in drawn]
        return drawn + generator.sample(others, min(count - len(drawn), len(others)))

    def _join(self, question: Piece, window: Sequence[int], titled: bool) -> Row:
        title = self.corpus.sentences[window[0]].title if titled else ""
        pieces = [self.sentences[one] for one in window]
        return self._encoder.join(question, self._titles.get(title, Piece([], [])), pieces)

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
    return max(len(row.ids) for row in example.rows)


def find_tokens(offsets: Sequence[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int] | None:
    """The first and last token of a sentence that some of its words cover; None if they are cut off."""
    inside = [place for place, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    if not inside or offsets[inside[-1]][1] < span[1]:
        return None
    return inside[0], inside[-1]
