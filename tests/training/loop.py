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
from assistant.ranking.rows import Row
from tests.training.batches import Example, ExampleMaker
from tests.training.model import RowModel, stack_rows

READ_TOGETHER = 8  # rows: more of them cost padding, fewer of them more calls
RIGHT_WEIGHT = 1 / 6  # of the right sentences in the binary loss, however many wrong ones there are


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
    together: bool = False  # train what reads sentences with those around them
    bf16: bool = False  # compute in bfloat16 where torch deems that safe: half the time where the processor has it
    report: int = 10

    def factor(self, step: int) -> float:
        """The share of the highest rate at a step."""
        return max(0.0, min(1.0, (step + 1) / self.warm_up, (self.steps - step) / (self.cool_down * self.steps)))


def compute_loss(model: RowModel, batch: list[Example], span_weight: float, *, together: bool = False) -> Tensor:
    """Of the right sentences among all (listwise), of each sentence alone (binary), and of the words that answer.

    Among the sentences stands one more of log-odds 0, that none is right: it is what an unanswerable question has.
    """
    found = read_rows(model, [row for example in batch for row in example.rows], together=together)
    listwise, binary, spans = [], [], []
    first = 0
    for example in batch:
        own = found[first : first + len(example.rows)]
        first += len(example.rows)
        scores = torch.stack([score for sentences, _ in own for score in sentences])
        right = torch.tensor(example.right)
        among = torch.cat([scores, torch.zeros(1)])
        wanted = among[:-1][right] if bool(right.any()) else among[-1:]
        listwise.append(torch.logsumexp(among, 0) - torch.logsumexp(wanted, 0))
        losses = functional.binary_cross_entropy_with_logits(scores, right.to(scores.dtype), reduction="none")
        if together and bool(right.any()):
            binary.append(
                RIGHT_WEIGHT * losses[right].mean()
                + (1 - RIGHT_WEIGHT) * losses[~right].sum() / max(1, int((~right).sum()))
            )
        else:
            binary.append(losses.mean())
        for row, start, end in example.spans:
            likely = functional.log_softmax(own[row][1], 0)
            spans.append(-(likely[start, 0] + likely[end, 1]) / len(example.spans))
    loss = torch.stack(binary).mean() + torch.stack(listwise).mean()
    if spans:
        loss = loss + span_weight * torch.stack(spans).sum() / (2 * len(batch))
    return loss


def read_rows(model: RowModel, rows: Sequence[Row], *, together: bool) -> list[tuple[list[Tensor], Tensor]]:
    """For each row the log-odds of each of its sentences that has tokens, and those of its tokens as ends.

    They are the mean of those of its tokens; of one that is not read `together` with others, of those of all tokens.
    """
    found: dict[int, tuple[list[Tensor], Tensor]] = {}
    for numbers in group_by_length([len(row.ids) for row in rows], READ_TOGETHER):
        scores, ends = model(*stack_rows([rows[number] for number in numbers]))
        for number, tokens, own in zip(numbers, scores, ends, strict=True):
            if not together:
                found[number] = [tokens[: len(rows[number].ids)].mean()], own
                continue
            places = [(first, first + len(spans)) for first, spans in rows[number].sentences if spans]
            found[number] = [tokens[first:last].mean() for first, last in places], own
    return [found[number] for number in range(len(rows))]


def train(
    model: RowModel,
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
        with torch.autocast("cpu", torch.bfloat16, enabled=schedule.bf16):
            loss = compute_loss(model, batch, schedule.span_weight, together=schedule.together)
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
    model: RowModel,
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
    model: RowModel,
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
