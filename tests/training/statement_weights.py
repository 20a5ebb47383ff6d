"""Estimates, from signs in the sentence, which indirect statements are not what their speaker said.

Fitted on statements that people judged, and measured on articles that a fit has not seen. The program does not use it:
docs/evaluation.md says what it finds.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.speech.content_spans import ContentSpan
from assistant.speech.statements import _Group, _StatementFinder
from assistant.text.layout.joining import join_text
from assistant.text.sentences import sentence_spans
from tests.training.reading import ASKED_QUESTIONS
from tests.training.sentence_weights import Weights, minimize, tabulate
from tests.training.statement_signs import list_signs

JUDGED = ASKED_QUESTIONS.with_name("statements.judged.jsonl")
PENALTY = 0.001  # of the squared weights
MILD = 0.3  # how far a mild fault counts as one: printed so, words would be awkward, but nothing would be false
MIN_COUNT = 10  # statements that have a sign
FOLDS = 5
LOST = (0.01, 0.02)  # shares of the right statements, direct ones among them

_SAID = ("asserted", "reported")


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement that is still found, with what people said of it; direct ones have no signs.

    `judgement` is "right", "wrong speaker", "not said" or "cut".
    """

    article: str
    direct: bool
    judgement: str
    severe: bool
    signs: frozenset[str] = frozenset()

    @property
    def fault(self) -> float:
        """1 if there is a severe fault, `MILD` if a mild one, else 0."""
        return 0.0 if self.judgement == "right" else 1.0 if self.severe else MILD


class _NotingFinder(_StatementFinder):
    """Finds statements, and notes the signs of the indirect ones by place and speaker."""

    def __init__(self, article: Article, paragraphs: Sequence[Span]) -> None:
        super().__init__(article, paragraphs)
        self.signs: dict[tuple[int, int, str | None], frozenset[str]] = {}

    def _make_statements(self, piece: ContentSpan, group: _Group) -> Iterator[Statement]:
        text = self._article.text[slice(*group.span)]
        for statement in super()._make_statements(piece, group):
            if not statement.direct:
                place = statement.start, statement.end, statement.speaker
                self.signs[place] = frozenset(list_signs(piece, group.sentence, text))
            yield statement


def read_judgements(file: Path, texts: Mapping[str, str]) -> list[Judged]:
    """The judged statements that are found as somebody's words, in articles whose `texts` are known, by id."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["article"], []).append(row)
    return [each for article in sorted(rows.keys() & texts.keys()) for each in _match(article, texts[article], rows)]


def _match(article_id: str, text: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Judged]:
    """The judged statements of an article. A speaker is known by the first place of the name, if it has one."""
    article, joined = Article(article_id, "", text, sha256=""), join_text(text)
    finder = _NotingFinder(replace(article, text=joined.text), joined.paragraphs)
    spans = sentence_spans(text)
    places = {}
    for made in finder.find_all(spans if joined.offsets is None else [joined.from_original(*span) for span in spans]):
        if made.status in _SAID and made.speaker:
            start, end = made.start, made.end
            span = (start, end) if joined.offsets is None else joined.to_original(start, end)
            at = text.find(made.speaker)
            name = (at, at + len(made.speaker)) if at >= 0 else None
            places[span, name] = made.direct, finder.signs.get((start, end, made.speaker), frozenset())
    for row in rows[article_id]:
        speaker = row["speaker"]
        found = places.get(((row["start"], row["end"]), None if speaker is None else tuple(speaker)))
        if found is not None:
            yield Judged(article_id, found[0], row["judgement"], row.get("severe", False), found[1])


def count_judged(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How many statements of each kind of speech have each judgement; of faults the severe ones apart."""
    names = ((each.judgement + (", severe" if each.severe else ""), each.direct) for each in judged)
    return Counter(("direct" if direct else "indirect", name) for name, direct in names)


def fit_certainty(judged: Sequence[Judged]) -> Weights:
    """The weights of signs under which the judgements are likeliest."""
    import torch

    counts = Counter(sign for each in judged for sign in each.signs)
    names = sorted(sign for sign, count in counts.items() if count >= MIN_COUNT)
    table = tabulate([dict.fromkeys(each.signs, 1.0) for each in judged], names)
    targets = torch.tensor([each.fault for each in judged]).double()

    def measure_loss(values: torch.Tensor) -> torch.Tensor:
        losses = torch.nn.functional.binary_cross_entropy_with_logits(table @ values, targets)
        return losses + PENALTY * (values**2).sum()

    return minimize(measure_loss, names)


def estimate_odds(each: Judged, weights: Weights) -> float:
    """The log-odds that words are not what their speaker said, or not all of it."""
    return sum(weights.get(sign, 0.0) for sign in each.signs)


def estimate_left_out(judged: Sequence[Judged], share: float = 1.0) -> list[float]:
    """The log-odds of each statement by a fit on other articles, or on a `share` of them."""
    articles = sorted({each.article for each in judged})
    random.Random(1).shuffle(articles)
    folds = {article: number % FOLDS for number, article in enumerate(articles)}
    odds = [0.0] * len(judged)
    for fold in range(FOLDS):
        others = [article for article in articles if folds[article] != fold]
        known = frozenset(others[: round(share * len(others))])
        weights = fit_certainty([each for each in judged if each.article in known])
        for at, each in enumerate(judged):
            if folds[each.article] == fold:
                odds[at] = estimate_odds(each, weights)
    return odds


def count_found(judged: Sequence[Judged], odds: Sequence[float], lost: int) -> Counter[str]:
    """What has the highest odds where `lost` right statements have: "wrong speaker", "severe", "mild", "right"."""
    ranked = sorted(zip(odds, judged, strict=True), key=lambda pair: -pair[0])
    found: Counter[str] = Counter()
    for _, each in ranked:
        if each.judgement == "right" and found["right"] == lost:
            break
        found[each.judgement if each.judgement == "right" else "severe" if each.severe else "mild"] += 1
        found["wrong speaker"] += each.judgement == "wrong speaker"
    return found
