"""The wrong sentences that are hardest to tell from a right one: likest to the question in meaning or in words."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

from tests.training.reading import Asked, Corpus, content_words

HARD = 8  # wrong sentences kept for each question


def choose_negatives(
    corpus: Corpus, questions: npt.NDArray[np.float32], sentences: npt.NDArray[np.float32]
) -> list[list[int]]:
    """For each question its `HARD` wrong sentences, the hardest first.

    `questions` and `sentences` are unit vectors, shape (number, dimension). Candidates are the wrong sentences of the
    document that the set names; where these are few, the nearest of all other documents fill the places.
    """
    words = [content_words(sentence.text) for sentence in corpus.sentences]
    holding = Counter(word for found in words for word in found)
    total = len(words)
    weights = {word: math.log(1 + total / count) for word, count in holding.items()}
    chosen = []
    for row, asked in enumerate(corpus.questions):
        terms = content_words(asked.question)
        cosines = sentences[asked.wrong] @ questions[row] if asked.wrong else np.empty(0, np.float32)
        most = sum(weights.get(word, 0.0) for word in terms) or 1.0
        shared = [sum(weights[word] for word in terms & words[number]) / most for number in asked.wrong]
        order = sorted(range(len(asked.wrong)), key=lambda place: -(float(cosines[place]) + 0.5 * shared[place]))
        near = [asked.wrong[place] for place in order[:HARD]]
        if len(near) < HARD:
            near += _nearest_elsewhere(corpus, asked, sentences @ questions[row], HARD - len(near))
        chosen.append(near)
    return chosen


def _nearest_elsewhere(corpus: Corpus, asked: Asked, cosines: npt.NDArray[np.float32], count: int) -> list[int]:
    own = {corpus.sentences[number].document for number in (*asked.right, *asked.wrong)}
    right = {corpus.sentences[number].text for number in asked.right}
    found: list[int] = []
    for number in np.argsort(-cosines)[: count + 200]:
        sentence = corpus.sentences[number]
        if sentence.document not in own and sentence.text not in right and sentence.text.strip():
            found.append(int(number))
            if len(found) == count:
                break
    return found
