"""The graph of the packaged ranker gives what the same model gives in torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.errors import ModelError
from assistant.ranking.graph import build_graph
from assistant.ranking.openvino_ranker import OpenVinoReader, read_alone
from assistant.ranking.ranker import Window
from assistant.ranking.weights import ensure_graph
from assistant.system.files import compute_file_sha256

QUESTION = "By how much do the dues rise?"
TEXTS = [
    (
        "Harbour dues",
        "The port authority of Saltmere will raise its dues by 4.5% from 1 April, its chief executive said.",
    ),
    ("", "Two ferry lines said no."),
    ("", ""),
]


@pytest.mark.campaign
@pytest.mark.slow
def test_graph_agrees_with_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Log-odds and words of random weights, for rows of several lengths in one batch; the file is made once."""
    import torch  # here, so that one process of the tests needs it

    from tests.training.loop import save_half
    from tests.training.model import RowModel, stack_rows

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    torch.manual_seed(3)
    model = RowModel(locate_model(EmbeddingSettings()).folder).eval()
    for name, value in model.trained_state().items():
        value.copy_((value + torch.randn_like(value) * (0.01 if name.startswith("upper") else 0.3)).half().float())
    file = tmp_path / "random.safetensors"
    save_half(model.trained_state(), file)
    base, graph = ensure_graph(file, compute_file_sha256(file))
    made = graph.stat().st_mtime_ns
    reader = OpenVinoReader(base, ensure_graph(file, compute_file_sha256(file))[1])
    assert graph.stat().st_mtime_ns == made
    rows = reader.encode(QUESTION, [Window(title, (text,)) for title, text in TEXTS])
    with torch.no_grad():
        odds, ends = model(*stack_rows(rows))
    alone = read_alone(reader, QUESTION, TEXTS)
    for number, (row, (own, own_ends)) in enumerate(zip(rows, reader.run(rows), strict=True)):
        length = len(row.ids)
        assert np.abs(odds[number, :length].numpy() - own).max() < 0.05
        assert alone[number].score == pytest.approx(float(odds[number, :length].mean()), abs=0.02)
        ((first, spans),) = row.sentences
        tokens = slice(first, first + len(spans))
        assert np.abs(ends[number].numpy()[tokens] - own_ends[tokens]).max(initial=0) < 0.05


def test_missing_tensors_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of another model with the right hash are told apart before anything is cached."""
    from safetensors.numpy import save_file

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = tmp_path / "other.safetensors"
    save_file({"upper.0.weight": np.zeros(3, np.float16)}, file)
    with pytest.raises(ModelError, match="not the weights of a ranker"):
        ensure_graph(file, compute_file_sha256(file))
    with pytest.raises(KeyError):
        build_graph({}, {})
    assert list(tmp_path.rglob("model.xml")) == []
