"""What the program compares with a question, and what it lets a ranker read together, for training."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from itertools import islice
from pathlib import Path

from assistant.evidence.facts.ranking import MAX_COMPARED, compare_meaning, score_all
from assistant.evidence.facts.weights import BY_MEANING, BY_WORDS
from assistant.evidence.facts.windows import MAX_READ_CHARACTERS, make_windows
from tests.training.reading import content_words
from tests.training.sentence_weights import Asked

WINDOWS = 7  # for each question
ALIKE = 0.5  # share of the content words of two sentences, from which they may well say the same


def write_candidates(asked: Iterable[Asked], without: Container[str], file: Path) -> None:
    """Write one line for each question: its id and its wrong sentences as [title, text], the hardest first.

    `without`: articles whose sentences are left out. Raises ValueError for a question whose index cannot compare.
    """
    with file.open("w", encoding="utf-8") as lines:
        for each in asked:
            if each.request.similarity is None:
                raise ValueError(f"{each.gold.batch_question.question}: the index has no vectors")
            first = [one for _, one in score_all(each.candidates, BY_WORDS)[:MAX_COMPARED]]
            compared = [
                one.sentence for _, one in score_all(compare_meaning(first, each.request.similarity), BY_MEANING)
            ]
            right = [one.text for one in compared if each.gold.answerable and each.is_right(one)]
            texts = [
                (one.article.title, " ".join(one.text.split())[:MAX_READ_CHARACTERS])
                for one in compared
                if one.text not in right and one.article.id not in without
            ]
            row = {"id": each.gold.batch_question.id, "wrong": leave_out_alike(texts, right)}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_windows(asked: Iterable[Asked], without: Container[str], file: Path) -> None:
    """Write one line for each question: its id and the windows around the best sentences by words, the first first.

    A window is the id of its article and the offsets at which its sentences begin. `without`: articles whose windows
    are left out.
    """
    with file.open("w", encoding="utf-8") as lines:
        for each in asked:
            best = [one for _, one in score_all(each.candidates, BY_WORDS)]
            windows = [
                [window.article.id, [start for start, _ in window.spans]]
                for window in islice(make_windows(best, each.request.snapshot.sentence_spans), WINDOWS)
                if window.article.id not in without
            ]
            lines.write(json.dumps({"id": each.gold.batch_question.id, "windows": windows}) + "\n")


def leave_out_alike(texts: Sequence[tuple[str, str]], right: Iterable[str]) -> list[tuple[str, str]]:
    """The sentences, given as (title, text), that do not have most of their words in common with a right one."""
    known = [content_words(text) for text in right]
    return [(title, text) for title, text in texts if not any(_is_alike(content_words(text), one) for one in known)]


def _is_alike(words: set[str], other: set[str]) -> bool:
    return len(words & other) >= ALIKE * len(words | other)
