"""The loop of training: seeded, with a checkpoint from which it resumes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from assistant.embedding.batches import group_by_length
from assistant.ranking.pairs import Pair
from tests.training.batches import Example, ExampleMaker
from tests.training.model import PairModel, stack_pairs

READ_TOGETHER = 8  # pairs: more of them cost padding, fewer of them more calls


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train. `size`: questions in a batch; `rate`: the highest learning rate."""

    steps: int
    size: int = 8
    rate: float = 1e-4
    head_factor: float = 10.0  # the heads begin at random
    warm_up: int = 60  # steps in which the rate rises
    cool_down: float = 0.4  # share of the steps in which it falls to 0, at the end; until then a run can be prolonged
    decay: float = 0.01
    span_weight: float = 0.3
    kept: float = 0.995  # of the average of the weights at a step
    seed: int = 1
    every: int = 50  # steps between checkpoints
    report: int = 10

    def factor(self, step: int) -> float:
        """The share of the highest rate at a step."""
        return max(0.0, min(1.0, (step + 1) / self.warm_up, (self.steps - step) / (self.cool_down * self.steps)))


def compute_loss(model: PairModel, batch: list[Example], span_weight: float) -> Tensor:
    """Of the right sentence among all (listwise), of each sentence alone (binary), and of the words that answer.

    Among the sentences stands one more of log-odds 0, that none is right: it is what an unanswerable question has.
    """
    scores, ends = read_pairs(model, [pair for example in batch for pair in example.pairs])
    listwise, binary, spans = [], [], []
    first = 0
    for example in batch:
        own = torch.stack([*scores[first : first + len(example.pairs)], torch.zeros(())])
        target = functional.one_hot(torch.tensor(0 if example.answerable else -1) % len(own), len(own)).to(own.dtype)
        listwise.append(functional.cross_entropy(own, target))
        binary.append(functional.binary_cross_entropy_with_logits(own[:-1], target[:-1]))
        if example.span:
            likely = functional.log_softmax(ends[first], 0)
            spans += [-likely[place, side] for side, place in enumerate(example.span)]
        first += len(example.pairs)
    loss = torch.stack(binary).mean() + torch.stack(listwise).mean()
    if spans:
        loss = loss + span_weight * torch.stack(spans).sum() / (2 * len(batch))
    return loss


def read_pairs(model: PairModel, pairs: Sequence[Pair]) -> tuple[list[Tensor], list[Tensor]]:
    """The log-odds of each pair, and those of its tokens. Pairs of like length are read together."""
    scores: dict[int, Tensor] = {}
    ends: dict[int, Tensor] = {}
    for rows in group_by_length([len(pair.ids) for pair in pairs], READ_TOGETHER):
        found = model(*stack_pairs([pairs[row] for row in rows]))
        for row, score, own in zip(rows, *found, strict=True):
            scores[row], ends[row] = score, own
    return [scores[row] for row in range(len(pairs))], [ends[row] for row in range(len(pairs))]


def train(
    model: PairModel,
    maker: ExampleMaker,
    schedule: Schedule,
    folder: Path,
    print_line: Callable[[str], None],
    *,
    stop: int | None = None,
) -> None:
    """Train to the end of the schedule or to step `stop`, from the checkpoint in `folder` if there is one.

    Writes `checkpoint.pt` for resuming, and in half precision what is trained, `trained.safetensors`, and its moving
    average over the last steps, `averaged.safetensors`.
    """
    heads = [*model.score.parameters(), *model.span.parameters(), model.segment]
    layers = list(model.upper.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": schedule.rate}, {"params": heads, "lr": schedule.rate * schedule.head_factor}],
        weight_decay=schedule.decay,
    )
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule.factor)
    torch.manual_seed(schedule.seed)
    average = {name: value.clone() for name, value in model.trained_state().items()}
    begin = _resume(folder / "checkpoint.pt", model, optimizer, rates, average)
    batches = maker.batches(schedule.size, schedule.seed)
    model.train()
    losses: list[float] = []
    started = time.monotonic()
    for step, batch in enumerate(itertools.islice(batches, begin, stop or schedule.steps), begin + 1):
        loss = compute_loss(model, batch, schedule.span_weight)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([*layers, *heads], 1.0)
        optimizer.step()
        rates.step()
        for name, value in model.trained_state().items():
            average[name].lerp_(value, 1 - min(schedule.kept, step / (step + 10)))  # at first the start counts little
        losses.append(float(loss.detach()))
        if step % schedule.report == 0:
            pace = (time.monotonic() - started) / (step - begin)
            recent = losses[-10 * schedule.report :]
            print_line(f"step {step} of {schedule.steps}: loss {sum(recent) / len(recent):.3f}, {pace:.2f} s a step")
        if step % schedule.every == 0 or step in (stop, schedule.steps):
            _save(folder, step, model, optimizer, rates, average)


def _save(
    folder: Path,
    step: int,
    model: PairModel,
    optimizer: torch.optim.Optimizer,
    rates: torch.optim.lr_scheduler.LambdaLR,
    average: dict[str, Tensor],
) -> None:
    state = {
        "step": step,
        "model": model.trained_state(),
        "average": average,
        "optimizer": optimizer.state_dict(),
        "rates": rates.state_dict(),
        "random": torch.get_rng_state(),
    }
    torch.save(state, folder / "checkpoint.new")
    (folder / "checkpoint.new").replace(folder / "checkpoint.pt")
    save_half(model.trained_state(), folder / "trained.safetensors")
    save_half(average, folder / "averaged.safetensors")


def average_tensors(runs: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor, which all runs have, in single precision."""
    return {name: torch.stack([run[name].float() for run in runs]).mean(0) for name in runs[0]}


def save_half(tensors: Mapping[str, Tensor], file: Path) -> None:
    """Write tensors in half precision."""
    half = {name: value.to(torch.float16).contiguous() for name, value in tensors.items()}
    save_file(half, file.with_suffix(".new"))
    file.with_suffix(".new").replace(file)


def _resume(
    file: Path,
    model: PairModel,
    optimizer: torch.optim.Optimizer,
    rates: torch.optim.lr_scheduler.LambdaLR,
    average: dict[str, Tensor],
) -> int:
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    model.load_trained(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    rates.load_state_dict(state["rates"])
    average.update(state["average"])
    torch.set_rng_state(state["random"])
    return int(state["step"])
