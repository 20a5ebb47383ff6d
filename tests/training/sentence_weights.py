"""Fits the weights of `evidence/facts/weights.py` and `short_answers/choice.py` on questions with known answers.

Each stage is fitted on the sentences that the stage before hands over, by the likelihood of the sentences that contain
the answer; then the signs by which the best sentences are given as an answer, on all questions, also unanswerable ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.answers.pipeline import retrieve_passages, understand
from assistant.engine import Assistant
from assistant.evaluation.answers import contains_any
from assistant.evaluation.datasets import GoldQuestion
from assistant.evidence.facts.features import Candidate, Features, build_candidates
from assistant.evidence.facts.question import FactQuestion, read_question
from assistant.evidence.facts.ranking import (
    MAX_COMPARED,
    MAX_READ,
    RankedSentence,
    compare_meaning,
    read_sentences,
    read_windows,
    score_all,
    score_features,
    share_odds,
)
from assistant.evidence.facts.sentences import SentenceInContext, list_sentences
from assistant.evidence.facts.signs import read_signs
from assistant.evidence.facts.weights import BY_WORDS
from assistant.evidence.scope import split_by_scope
from assistant.evidence.selection import EvidenceRequest, Reader
from assistant.evidence.short_answers.choice import KINDS, describe_choice
from assistant.ranking.ranker import Ranker, WindowRanker
from assistant.records.question_kinds import FACT_KIND
from assistant.store.protocol import Library, PassageFilter
from assistant.text.words import content_words

if TYPE_CHECKING:
    import torch

MAX_BY_WORDS = 80  # candidates of the first stage, best first by its present weights
SIGNS_BESIDE_READING = frozenset(
    {
        "certainty",
        "reading",
        "around",
        "alone",
        "first_share",
        "context_coverage",
        "missing_names",
        "more_missing_names",
        "dated",
        "freshness",
    }
)
"""What tells beside the ranker whether a sentence answers. With the other signs too, such as the words in common, it is
told better on the sets of the fit, and worse on a set that is left out of it."""
PENALTY = 0.02  # of the squared weights: with a set left out, 0.002 and 0.05 were worse on it
SIGN_PENALTY = 0.002
SHORT_ANSWER_PENALTY = 0.01
MAX_WORDS_MORE = 2  # of a short answer than the right one has, or fewer
STEPS = 300
MIN_WEIGHT = 0.05  # below which a weight is left out

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its candidates; `weight` is that of its set, divided by the questions of the set.

    `decides` is whether the set has questions that nothing answers: only then it tells what to give as an answer.
    """

    gold: GoldQuestion
    question: FactQuestion
    request: EvidenceRequest
    candidates: Sequence[Candidate]
    weight: float
    decides: bool = True

    def rank(self, weights: Mapping[str, float]) -> list[RankedSentence]:
        """The sentences, best first, as `rank_sentences` would rank them with these weights of the last stage."""
        return share_odds(score_all(self.candidates, weights))

    def is_right(self, sentence: SentenceInContext) -> bool:
        """Whether a sentence contains the answer, in an article that has it."""
        article_id, gold = sentence.article.id, self.gold
        overlaps = any(
            span.article_id == article_id and sentence.start < span.end and span.start < sentence.end
            for span in gold.gold_spans
        )
        if not gold.answers:
            return overlaps or (not gold.gold_spans and article_id in gold.article_ids)
        return (overlaps or article_id in gold.article_ids) and contains_any(sentence.text, gold.answers)


def ask_set(
    assistant: Assistant, questions: Sequence[GoldQuestion], set_weight: float, *, dated: bool
) -> Iterable[Asked]:
    """The questions of a set, read as questions of fact, with all sentences of their passages.

    With `dated` the day of each question is given.
    """
    with assistant.open_library() as library:
        decides = not all(gold.answerable for gold in questions)
        for gold in questions:
            yield replace(_ask(assistant, library, gold, set_weight / len(questions), dated=dated), decides=decides)


def _ask(assistant: Assistant, library: Library, gold: GoldQuestion, weight: float, *, dated: bool) -> Asked:
    batch = gold.batch_question
    asked_at = batch.asked_at if dated else None
    query = understand(batch.question, library, today=asked_at).query
    if query.kind != FACT_KIND:
        query = replace(query, kind=FACT_KIND, terms=content_words(query.text), speakers=())
    where = None if batch.scope is None else PassageFilter(article_ids=frozenset(batch.scope))
    found = retrieve_passages(query, library, assistant.model.vectors(), assistant.config.retrieval, where)
    in_scope, _ = split_by_scope(query, found.snapshot)
    ranker = assistant.ranking.ranker()
    request = EvidenceRequest(
        query,
        found.snapshot,
        in_scope or found.snapshot.passages,
        found.similarity,
        asked_at,
        reader=None if ranker is None else _read_for(query.text, ranker),
    )
    question = read_question(request)
    ranked = score_all(build_candidates(question, list_sentences(request)), BY_WORDS)
    return Asked(gold, question, request, [candidate for _, candidate in ranked[:MAX_BY_WORDS]], weight)


def _read_for(question: str, ranker: Ranker) -> Reader:
    """What a ranker reads with a question."""
    if not isinstance(ranker, WindowRanker):
        return Reader(partial(ranker.read, question))
    return Reader(partial(ranker.read, question), partial(ranker.score_windows, question))


def fit_stages(asked: Sequence[Asked], *, last_only: bool = False) -> Mapping[str, Weights]:
    """The weights of all stages and of the signs, by the names of `facts.weights`.

    With `last_only`, only those of what the ranker reads: the stages before it keep their weights.
    """
    fitted: dict[str, Weights] = {} if last_only else {"BY_WORDS": fit_ranking(asked)}
    by_words = fitted.get("BY_WORDS", BY_WORDS)
    ranked = [(each, [candidate for _, candidate in score_all(each.candidates, by_words)]) for each in asked]
    if not last_only:
        compared = [
            replace(each, candidates=compare_meaning(best[:MAX_COMPARED], similarity))
            for each, best in ranked
            if (similarity := each.request.similarity) is not None
        ]
        fitted["BY_MEANING"] = fit_ranking(compared)
        fitted["ANSWERED_BY_MEANING"] = fit_signs(compared, fitted["BY_MEANING"])
    read = [
        replace(each, candidates=read_sentences(best[:MAX_READ], reader))
        for each, best in ranked
        if (reader := each.request.reader) is not None
    ]
    return {**fitted, **fit_last_stages(read)} if read else fitted


def fit_last_stages(read: Sequence[Asked]) -> Mapping[str, Weights]:
    """The weights of what the ranker has read, by the names of `facts.weights` and `short_answers.choice`."""
    by_reading = ranking = fit_ranking(read)
    answered_by_reading = signs = fit_signs(read, ranking)
    fitted = {"BY_READING": by_reading, "ANSWERED_BY_READING": answered_by_reading}
    together = [
        replace(each, candidates=read_windows(best, each.request.snapshot.sentence_spans, reader))
        for each in read
        if (reader := each.request.reader) is not None and reader.score_windows is not None
        for best in [[candidate for _, candidate in score_all(each.candidates, by_reading)]]
    ]
    if together:
        read, ranking = together, fit_ranking(together)
        signs = fit_signs(read, ranking)
        fitted |= {"BY_CONTEXT": ranking, "ANSWERED_BY_CONTEXT": signs}
    return {**fitted, "RIGHT": fit_short_answers(read, ranking, signs)}


def fit_ranking(asked: Iterable[Asked]) -> Weights:
    """The weights under which the sentences that answer have the largest share of the odds."""
    import torch

    examples = []
    for each in asked:
        right = [each.is_right(candidate.sentence) for candidate in each.candidates]
        if each.gold.answerable and any(right) and not all(right):
            examples.append((each.weight, [candidate.features for candidate in each.candidates], right))
    names = sorted({name for _, rows, _ in examples for features in rows for name in features})
    tables = [(weight, tabulate(rows, names), torch.tensor(right)) for weight, rows, right in examples]

    def measure_loss(values: torch.Tensor) -> torch.Tensor:
        loss = PENALTY * (values**2).sum()
        for weight, rows, right in tables:
            scores = rows @ values
            loss = loss - weight * (torch.logsumexp(scores[right], 0) - torch.logsumexp(scores, 0))
        return loss

    return minimize(measure_loss, names)


def fit_signs(asked: Sequence[Asked], weights: Weights) -> Weights:
    """The weights of the signs under which it is most likely known whether one of the first sentences answers."""
    import torch

    rows, right, importance = [], [], []
    for each in asked:
        ranked = each.rank(weights)
        if not ranked or not each.decides:
            continue
        rows.append(read_signs(each.question, ranked))
        shown = [one.candidate.sentence for one in ranked[:3]]
        right.append(each.gold.answerable and any(map(each.is_right, shown)))
        importance.append(each.weight)
    names = sorted({name for signs in rows for name in signs if "reading" not in signs or name in SIGNS_BESIDE_READING})
    table, targets, counts = tabulate(rows, names), torch.tensor(right).double(), torch.tensor(importance).double()

    def measure_loss(values: torch.Tensor) -> torch.Tensor:
        losses = torch.nn.functional.binary_cross_entropy_with_logits(table @ values, targets, reduction="none")
        return (counts * losses).sum() / counts.sum() + SIGN_PENALTY * (values**2).sum()

    return minimize(measure_loss, names)


def fit_short_answers(asked: Sequence[Asked], weights: Weights, sign_weights: Weights) -> Weights:
    """The weights of `short_answers.choice`, under which it is most likely known whether the chosen words are right.

    Only questions with short answers count, and only where the sentences are likely to be given as an answer.
    """
    import torch

    rows, right = [], []
    for each in asked:
        ranked = each.rank(weights)
        if not ranked or not each.gold.answers or each.question.query.expects not in KINDS:
            continue
        odds = score_features(read_signs(each.question, ranked), sign_weights)
        if odds < 0 or (choice := describe_choice(each.question, ranked, 0, 1 / (1 + math.exp(-odds)))) is None:
            continue
        (start, end), signs = choice
        rows.append(signs)
        right.append(is_right_answer(ranked[0].candidate.sentence.article.text[start:end], each.gold.answers))
    names = sorted({name for signs in rows for name in signs})
    table, targets = tabulate(rows, names), torch.tensor(right).double()

    def measure_loss(values: torch.Tensor) -> torch.Tensor:
        losses = torch.nn.functional.binary_cross_entropy_with_logits(table @ values, targets)
        return losses + SHORT_ANSWER_PENALTY * (values**2).sum()

    return minimize(measure_loss, names) if rows else {}


def is_right_answer(words: str, answers: Iterable[str]) -> bool:
    """Whether some words are an answer, but for at most two words more or fewer."""
    for answer in answers:
        short, long = sorted((words, answer), key=len)
        if len(long.split()) - len(short.split()) <= MAX_WORDS_MORE and contains_any(long, [short]):
            return True
    return False


def tabulate(rows: Sequence[Features], names: Sequence[str]) -> torch.Tensor:
    """The values of some features, shape (rows, names)."""
    import torch  # here, so that not every process of the tests loads it

    return torch.tensor([[features.get(name, 0.0) for name in names] for features in rows]).double()


def minimize(measure_loss: Any, names: Sequence[str]) -> Weights:
    """The weights, by name, of least loss; `measure_loss` takes their values as a tensor of shape (names,)."""
    import torch

    values = torch.zeros(len(names), dtype=torch.double, requires_grad=True)
    optimizer: Any = torch.optim.LBFGS([values], max_iter=STEPS, line_search_fn="strong_wolfe")  # untyped

    def step() -> Any:
        optimizer.zero_grad()
        loss = measure_loss(values)
        loss.backward()
        return loss

    optimizer.step(step)
    found = zip(names, values.detach().tolist(), strict=True)
    return {name: round(value, 2) for name, value in found if abs(value) >= MIN_WEIGHT}
