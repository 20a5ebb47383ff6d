"""The wrong sentences that are hardest to tell from a right one: those compared in use, or those with rare words."""

from __future__ import annotations

import math
from collections import defaultdict

from tests.training.reading import Asked, Corpus, content_words

HARD = 8  # wrong sentences kept for each question
COMMON = 500  # sentences with a word, above which it finds none elsewhere


def choose_negatives(corpus: Corpus, *, elsewhere: bool = False) -> list[list[int]]:
    """For each question its `HARD` wrong sentences, the hardest first.

    Those that the program compares with the question come before others. The others are the wrong sentences of the
    document that the set names; where these are few, sentences of other documents fill the places. With `elsewhere`
    half are of other documents, and none is one that the program compares.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    words = [content_words(sentence.text) for sentence in corpus.sentences]
    for number, found in enumerate(words):
        for word in found:
            holding[word].append(number)
    weights = {word: math.log(1 + len(words) / len(numbers)) for word, numbers in holding.items()}
    chosen = []
    for asked in corpus.questions:
        terms = content_words(asked.question)

        def share(number: int, terms: set[str] = terms) -> float:
            return -sum(weights[word] for word in terms & words[number])

        near = (asked.compared[:HARD] if not elsewhere else []) or sorted(asked.wrong, key=share)[:HARD]
        if len(near) < HARD or elsewhere:
            numbers = {one for word in terms if len(holding[word]) <= COMMON for one in holding[word]}
            others = sorted(sorted(_keep_elsewhere(corpus, asked, numbers)), key=share)[:HARD]
            if elsewhere:
                near = near[: max(HARD // 2, HARD - len(others))]
            near += others[: HARD - len(near)]
        chosen.append(near)
    return chosen


def _keep_elsewhere(corpus: Corpus, asked: Asked, numbers: set[int]) -> list[int]:
    own = {corpus.sentences[number].document for number in (*asked.right, *asked.wrong)}
    right = {corpus.sentences[number].text for number in asked.right}
    sentences = ((number, corpus.sentences[number]) for number in numbers)
    return [number for number, one in sentences if one.document not in own and one.text not in right]
