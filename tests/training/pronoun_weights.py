"""Fits the weights by which `speech.pronouns` chooses the person of a pronoun, on pronouns that people judged."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.speech.paragraphs import Paragraph
from assistant.speech.pronouns.choice import PronounChoice, choose_row, list_rows
from assistant.speech.pronouns.signs import Candidate, Place
from assistant.speech.statements import _Group, _StatementFinder
from assistant.text.layout.joining import join_text
from assistant.text.sentences import sentence_spans
from tests.training.reading import ASKED_QUESTIONS
from tests.training.sentence_weights import Weights, minimize, tabulate

JUDGED_PRONOUNS = ASKED_QUESTIONS.with_name("pronouns.judged.jsonl")
PENALTY = 0.002  # of the squared weights
MIN_COUNT = 6  # people and nobodies that have a sign
FOLDS = 5


@dataclass(frozen=True, slots=True)
class JudgedPronoun:
    """A pronoun with the people near it, as `list_rows` describes them, and what is right.

    `right` is the number of the row, the last one for nobody of them; `found` that of whom the rules name.
    """

    article: str
    rows: Sequence[Sequence[str]]
    right: int
    found: int


@dataclass(frozen=True, slots=True)
class _Noted:
    """A pronoun as the program meets it; `start` is of its attribution, `names` are those of its candidates."""

    start: int
    found: str | None
    names: Sequence[str]
    rows: Sequence[Sequence[str]]


class _NotingChoice(PronounChoice):
    """Names whom the rules name, and notes the pronouns."""

    def __init__(self) -> None:
        self.sentence_start = 0
        self.noted: list[_Noted] = []

    def choose(self, candidates: Sequence[Candidate], place: Place) -> str | None:
        if candidates:
            start = self.sentence_start + place.mention.start
            names = [candidate.name for candidate in candidates]
            self.noted.append(_Noted(start, place.found, names, list_rows(candidates, place)))
        return place.found


class _NotingFinder(_StatementFinder):
    """Reads an article as the program does without the weights."""

    def __init__(self, article: Article, paragraphs: Sequence[Span]) -> None:
        super().__init__(article, paragraphs)
        self.choice = self._resolver.choice = _NotingChoice()

    def _read_group(self, group: _Group, paragraph: Paragraph) -> Iterator[Statement]:
        self.choice.sentence_start = group.span[0]
        yield from super()._read_group(group, paragraph)


def read_pronouns(file: Path, texts: Mapping[str, str]) -> list[JudgedPronoun]:
    """The judged pronouns whose person their sentence does not tell, of articles whose `texts` are known, by id."""
    persons: dict[str, dict[int, Span | None]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        span = None if row["person"] is None else (row["person"][0], row["person"][1])
        persons.setdefault(row["article"], {})[row["start"]] = span
    return [
        judged
        for article in sorted(persons.keys() & texts.keys())
        for judged in _match(article, texts[article], persons[article])
    ]


def _match(article_id: str, text: str, persons: Mapping[int, Span | None]) -> Iterator[JudgedPronoun]:
    joined = join_text(text)
    if joined.offsets is not None:
        return  # lines were joined: offsets differ
    for noted in note_pronouns(Article(article_id, "", text, sha256="")):
        if noted.start in persons:
            person = persons[noted.start]
            names = [*noted.names, None]
            right = text[slice(*person)] if person else None
            found = names.index(noted.found) if noted.found in names else -1
            yield JudgedPronoun(article_id, noted.rows, names.index(right if right in names else None), found)


def note_pronouns(article: Article) -> list[_Noted]:
    """The pronouns of an article that have several people to mean, or one that is not certain."""
    finder = _NotingFinder(article, join_text(article.text).paragraphs)
    list(finder.find_all(sentence_spans(article.text)))
    return finder.choice.noted


def fit_pronouns(judged: Sequence[JudgedPronoun]) -> Weights:
    """The weights of signs under which the right rows are likeliest."""
    import torch

    counts = Counter(sign for each in judged for row in each.rows for sign in set(row))
    names = sorted(sign for sign, count in counts.items() if count >= MIN_COUNT)
    table = tabulate([dict.fromkeys(row, 1.0) for each in judged for row in each.rows], names)
    owners = torch.tensor([number for number, each in enumerate(judged) for _ in each.rows])
    firsts = [0]
    for each in judged:
        firsts.append(firsts[-1] + len(each.rows))
    right = torch.tensor([first + each.right for first, each in zip(firsts, judged, strict=False)])

    def measure_loss(values: torch.Tensor) -> torch.Tensor:
        scores = table @ values
        highest = scores.max().detach()
        sums = torch.zeros(len(judged), dtype=torch.double).index_add(0, owners, torch.exp(scores - highest))
        return (torch.log(sums) + highest - scores[right]).mean() + PENALTY * (values**2).sum()

    return minimize(measure_loss, names)


def choose(judged: JudgedPronoun, weights: Weights) -> int:
    """The row that the program chooses."""
    nobody = len(judged.rows) - 1
    if judged.found < 0:
        return judged.found
    chosen = choose_row(judged.rows, None if judged.found == nobody else judged.found, weights)
    return nobody if chosen is None else chosen


def choose_left_out(judged: Sequence[JudgedPronoun]) -> list[int]:
    """The row chosen for each pronoun by a fit on other articles."""
    articles = sorted({each.article for each in judged})
    random.Random(1).shuffle(articles)
    folds = {article: number % FOLDS for number, article in enumerate(articles)}
    chosen = [0] * len(judged)
    for fold in range(FOLDS):
        weights = fit_pronouns([each for each in judged if folds[each.article] != fold])
        for at, each in enumerate(judged):
            if folds[each.article] == fold:
                chosen[at] = choose(each, weights)
    return chosen


def count_outcomes(judged: Sequence[JudgedPronoun], chosen: Sequence[int]) -> Counter[str]:
    """How many pronouns are given to the right person, to a wrong one, or to nobody."""
    names = []
    for each, row in zip(judged, chosen, strict=True):
        names.append("nobody" if row == len(each.rows) - 1 else "right" if row == each.right else "wrong")
    return Counter(names)
