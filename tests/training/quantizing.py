"""Makes the layers of trained weights integers, so that processors multiply bytes; see docs/ranker.md.

Some inputs of a layer are a hundred times as large as others, and steps of equal size would lose the small ones. Each
input is therefore multiplied with a factor that its weights are divided by (SmoothQuant, Xiao and others, 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from assistant.ranking.rows import Row
from tests.training.model import RowModel, stack_rows

Floats = npt.NDArray[np.float32]

HIGHEST_WEIGHT = 63  # not 127: processors with AVX2 only add two products in 16 bits, and more would not fit
HIGHEST_STEP = 255
# How much of an input's size its weights take over: 1 makes all inputs equally large.
SHARE, SHARE_OF_WIDE = 0.8, 0.9  # the second for the inputs of `output.dense`, which are the most uneven
BATCH = 8
TOKENS = 12  # of each row whose inputs are looked at
_SMALLEST = 1e-5
_JOINT = ("query", "key", "value")  # these have one input


def quantize(model: RowModel, rows: Sequence[Row]) -> dict[str, Tensor]:
    """The trained tensors of a model with the weights of its layers as integers, fitted to the inputs of some rows.

    A map NAME of `upper` has as weight integers of -63 to 63, which times NAME.scale are weights for inputs that were
    multiplied with NAME.factors and divided into 256 steps from the first to the second number of NAME.range. Query,
    key and value share these two, named for the attention that they are of.

    Raises ValueError without rows.
    """
    if not rows:
        raise ValueError("no rows, whose inputs the integers are fitted to")
    inputs = _collect_inputs(model, rows)
    state = model.trained_state()
    tensors = {name: value.half() for name, value in state.items()}
    for name, values in inputs.items():
        shared = name.rsplit(".", 1)[0] if name.endswith(_JOINT[0]) else name
        parts = [f"{shared}.{part}" for part in _JOINT] if shared != name else [name]
        weights, biases = (
            torch.cat([state[f"{part}.{kind}"] for part in parts]).numpy() for kind in ("weight", "bias")
        )
        wide = ".output." in name and ".attention." not in name
        factors = _choose_factors(values, weights, SHARE_OF_WIDE if wide else SHARE)
        low, high, read = divide(values * factors)
        scales = np.abs(weights / factors).max(1, keepdims=True).clip(_SMALLEST) / HIGHEST_WEIGHT
        integers = np.round(weights / factors / scales).astype(np.int8)
        # What rounding adds on the mean is taken off the bias.
        biases = biases + (values @ weights.T - read @ (integers * scales).T).mean(0)
        tensors[f"{shared}.factors"] = torch.from_numpy(factors)
        tensors[f"{shared}.range"] = torch.tensor([low, high])
        for number, part in enumerate(parts):
            own = slice(number * len(integers) // len(parts), (number + 1) * len(integers) // len(parts))
            tensors[f"{part}.weight"] = torch.from_numpy(integers[own])
            tensors[f"{part}.scale"] = torch.from_numpy(scales[own])
            tensors[f"{part}.bias"] = torch.from_numpy(biases[own])
    return tensors


def load_state(file: Path) -> dict[str, Tensor]:
    """The trained tensors of a file; those of a quantised one as numbers that can be trained again."""
    tensors = load_file(file)
    return restore(tensors) if any(value.dtype == torch.int8 for value in tensors.values()) else tensors


def restore(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Quantised tensors as those of a model again, as near as integers are to what they were made of."""
    whole = {name: value for name, value in tensors.items() if not name.endswith((".factors", ".range", ".scale"))}
    for name, value in whole.items():
        if value.dtype == torch.int8:
            own = name.removesuffix(".weight")
            shared = own.rsplit(".", 1)[0] if own.endswith(_JOINT) else own
            whole[name] = value * tensors[f"{own}.scale"] * tensors[f"{shared}.factors"]
    return whole


def _collect_inputs(model: RowModel, rows: Sequence[Row]) -> dict[str, Floats]:
    """The inputs of the linear maps in the trained layers, by the first map: values of shape (tokens, size)."""
    found: dict[str, list[Tensor]] = {}
    chosen = torch.zeros(0)

    def note(name: str, _: nn.Module, arguments: tuple[Tensor, ...]) -> None:
        found.setdefault(name, []).append(arguments[0].reshape(-1, arguments[0].shape[-1])[chosen])

    handles = [
        part.register_forward_pre_hook(partial(note, name))
        for name, part in model.upper.named_modules(prefix="upper")
        if isinstance(part, nn.Linear) and not name.endswith(_JOINT[1:])
    ]
    drawn = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for first in range(0, len(rows), BATCH):
            ids, segments, mask = stack_rows(rows[first : first + BATCH])
            places = mask.reshape(-1).nonzero()[:, 0]
            chosen = places[torch.randperm(len(places), generator=drawn)[: TOKENS * len(ids)]]
            model(ids, segments, mask)
    for handle in handles:
        handle.remove()
    return {name: torch.cat(values).numpy() for name, values in found.items()}


def _choose_factors(values: Floats, weights: Floats, share: float) -> Floats:
    """One factor for each input."""
    sizes, wanted = np.abs(values).max(0).clip(_SMALLEST), np.abs(weights).max(0).clip(_SMALLEST)
    factors: Floats = (wanted ** (1 - share) / sizes**share).astype(np.float32)
    return factors


def divide(values: Floats) -> tuple[float, float, Floats]:
    """The ends of a range of 256 steps, one of which is 0, that holds the values; and the values as steps of it."""
    lowest, highest = min(0.0, float(values.min())), max(0.0, float(values.max()))
    size = max((highest - lowest) / HIGHEST_STEP, _SMALLEST)
    below = round(-lowest / size)
    read = (np.round(values / size).clip(-below, HIGHEST_STEP - below) * size).astype(np.float32)
    return -below * size, (HIGHEST_STEP - below) * size, read
