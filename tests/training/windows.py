"""Examples for a run of training in which sentences are read together with those around them."""

from __future__ import annotations

import random

from tests.training.batches import RIGHT_KEPT, ExampleMaker
from tests.training.reading import Asked

WINDOWS = 3  # windows of a question
MAX_WINDOW_TOKENS = 170  # of the sentences of a window, as about in use
AS_IN_USE = 0.6  # of the windows with a right sentence, the share that is as the program makes it, else at random


class WindowMaker(ExampleMaker):
    """Makes examples of windows, some sentence of which answers, from a corpus."""

    def draw_windows(self, number: int, asked: Asked, generator: random.Random) -> list[list[int]]:
        """A window with a right sentence, unless it is left out, and others; no sentence stands in two of them."""
        right = set(asked.right)
        used = [window for window in asked.windows if right.isdisjoint(window)]
        drawn: list[list[int]] = []
        if right and (generator.random() < RIGHT_KEPT or not (used or self.negatives[number])):
            with_right = [window for window in asked.windows if not right.isdisjoint(window)]
            if with_right and generator.random() < AS_IN_USE:
                drawn.append(generator.choice(with_right))
            else:
                drawn.append(self._surround(generator.choice(asked.right), generator, set()))
        chosen = generator.sample(used, min(WINDOWS - len(drawn), len(used)))
        around = generator.sample(self.negatives[number], len(self.negatives[number]))
        for window in chosen:
            drawn.append([one for one in window if not any(one in other for other in drawn)])
        for one in around if not asked.windows else ():
            if len(drawn) >= WINDOWS:
                break
            taken = right.union(*drawn)
            if one not in taken:
                drawn.append(self._surround(one, generator, taken))
        return [window for window in drawn if window]

    def _surround(self, sentence: int, generator: random.Random, taken: set[int]) -> list[int]:
        """A window of the document at random around a sentence, without the sentences that are taken."""
        sentences, document = self.corpus.sentences, self.corpus.sentences[sentence].document
        first = last = sentence
        room = MAX_WINDOW_TOKENS - len(self.sentences[sentence].ids)
        before, after = generator.random() < 0.95, True
        share = generator.random()
        while before or after:
            is_before = before and (not after or generator.random() < share)
            one = first - 1 if is_before else last + 1
            fits = (
                0 <= one < len(sentences)
                and sentences[one].document == document
                and one not in taken
                and len(self.sentences[one].ids) <= room
            )
            if fits:
                room -= len(self.sentences[one].ids)
                first, last = min(first, one), max(last, one)
            elif is_before:
                before = False
            else:
                after = False
        return list(range(first, last + 1))
