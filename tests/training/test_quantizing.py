"""Weights made integers give nearly what they gave before, in the graph that the program runs and in training."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.ranking.openvino_ranker import OpenVinoReader
from assistant.ranking.ranker import Window
from assistant.ranking.rows import Row, RowEncoder
from assistant.ranking.weights import ensure_graph, load_tokenizer
from assistant.system.files import compute_file_sha256
from tests.training.__main__ import run_quantizing
from tests.training.loop import save_half
from tests.training.model import RowModel, stack_rows
from tests.training.quantizing import BATCH, HIGHEST_STEP, HIGHEST_WEIGHT, divide, load_state, quantize

QUESTIONS = ("By how much do the dues rise?", "Who closed the pier", "When will the ferry to Orvik run again?", "why?")
SENTENCES = (
    "The port authority of Saltmere will raise its dues by 4.5% from 1 April, its chief executive said.",
    "Two ferry lines did not want to comment.",
    "The council closed the pier on Tuesday after an inspector found that eleven piles had rotted through.",
    "“We had no choice,” said Ida Brandt, who has led the harbour office since 2019.",
)


@pytest.fixture(scope="module")
def model() -> RowModel:
    """A model whose layers differ a little from the embedder's and whose heads are random."""
    torch.manual_seed(3)
    made = RowModel(locate_model(EmbeddingSettings()).folder).eval()
    for name, value in made.trained_state().items():
        value.copy_((value + torch.randn_like(value) * (0.01 if name.startswith("upper") else 0.3)).half().float())
    return made


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    encoder = RowEncoder(load_tokenizer(locate_model(EmbeddingSettings()).folder))
    windows = [
        Window("Harbour dues" if number % 2 else "", SENTENCES[number : number + 1 + number // 3])
        for number, _ in enumerate(SENTENCES)
    ]
    return [row for question in QUESTIONS for row in encoder.encode(question, windows)]


@pytest.fixture(scope="module")
def quantised(model: RowModel, rows: list[Row]) -> dict[str, torch.Tensor]:
    return quantize(model, rows)


def test_only_the_layers_become_integers_that_fit_the_processors(
    model: RowModel, quantised: dict[str, torch.Tensor]
) -> None:
    """Six maps in each of six layers are bytes of -63 to 63; all other tensors are as they were."""
    integers = {name: value for name, value in quantised.items() if value.dtype == torch.int8}
    assert len(integers) == 36
    assert all(
        name.startswith("upper.") and int(value.abs().max()) <= HIGHEST_WEIGHT for name, value in integers.items()
    )
    for name, value in model.trained_state().items():
        if name not in integers and f"{name.removesuffix('.bias')}.scale" not in quantised:
            assert torch.equal(quantised[name], value.half()), name


def test_program_reads_integers_as_it_reads_numbers(
    model: RowModel,
    rows: list[Row],
    quantised: dict[str, torch.Tensor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The graph of quantised weights gives nearly the scores and words of the model in torch."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = tmp_path / "quantised.safetensors"
    save_file(quantised, file)
    reader = OpenVinoReader(*ensure_graph(file, compute_file_sha256(file)))
    assert reader.runs_on.startswith("OpenVINO, int8 and ")
    with torch.no_grad():
        scores, ends = model(*stack_rows(rows))
    found = reader.run(rows)
    means = [float(own[: len(row.ids)].mean()) for row, own in zip(rows, scores, strict=True)]
    assert np.corrcoef(means, [own.mean() for own, _ in found])[0, 1] > 0.99
    for row, torch_ends, (_, own) in zip(rows, ends.numpy(), found, strict=True):
        for first, spans in row.sentences:
            tokens = slice(first, first + len(spans))
            assert np.corrcoef(torch_ends[tokens].ravel(), own[tokens].ravel())[0, 1] > 0.98


def test_training_goes_on_from_integers(
    model: RowModel, rows: list[Row], quantised: dict[str, torch.Tensor], tmp_path: Path
) -> None:
    """Integers as a file become numbers again near those that they were made of; a file of numbers is read as it is."""
    file, half = tmp_path / "quantised.safetensors", tmp_path / "half.safetensors"
    save_file(quantised, file)
    save_half(model.trained_state(), half)
    assert load_state(half).keys() == load_state(file).keys()
    again = RowModel(locate_model(EmbeddingSettings()).folder).eval()
    again.load_trained(load_state(file))
    with torch.no_grad():
        read = [each(*stack_rows(rows))[0] for each in (model, again)]
    first, second = ([float(own[: len(row.ids)].mean()) for row, own in zip(rows, each, strict=True)] for each in read)
    assert np.corrcoef(first, second)[0, 1] > 0.99


@pytest.mark.parametrize("values", [[0.0, 0.0], [1.0, 2.0], [-2.0, -1.0], [-1.0, 3.0]])
def test_range_has_zero_and_all_values(values: list[float]) -> None:
    """Zero is one of the 256 steps, also where all inputs are on one side of it or are zero."""
    low, high, read = divide(np.array(values, dtype=np.float32))
    size = (high - low) / HIGHEST_STEP
    assert low <= 0 <= high
    assert size > 0
    assert abs(low / size - round(low / size)) < 1e-6
    assert np.abs(read - np.array(values)).max() <= size


def test_too_few_questions_are_refused(model: RowModel, tmp_path: Path) -> None:
    """Without a whole batch nothing can be fitted, and nothing is written."""
    out = tmp_path / "out.safetensors"
    with pytest.raises(SystemExit, match=f"give at least {BATCH}"):
        run_quantizing(Namespace(questions=BATCH - 1, out=out))
    assert not out.exists()
    with pytest.raises(ValueError, match="no rows"):
        quantize(model, [])
