"""The identity of a model, and which models OpenVINO runs. Small files instead of a model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.calibration import compute_calibration_hash
from assistant.embedding.model_files import (
    DOWNLOADED_FILES,
    ModelFiles,
    can_run_on_openvino,
    check_length,
    locate_model,
)
from assistant.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files of a BERT model with mean pooling; its weights are two short files."""
    (tmp_path / "1_Pooling").mkdir()
    modules = [
        {"path": "", "type": "sentence_transformers.models.Transformer"},
        {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "b.safetensors").write_bytes(b"two")
    (tmp_path / "a.safetensors").write_bytes(b"one")
    return tmp_path


def test_identity_is_hash_of_all_weights(folder: Path) -> None:
    """The identity is the hash of the weights in the order of their names."""
    digest = sha256(b"onetwo").hexdigest()
    model = locate_model(EmbeddingSettings(model=str(folder)))
    assert model == ModelFiles(str(folder), folder, digest)
    assert model.weights_hash == digest


def test_int8_has_identity_of_its_own(folder: Path) -> None:
    """A model quantised to int8 has another identity, and the same weights."""
    whole = locate_model(EmbeddingSettings(model=str(folder)))
    rounded = locate_model(EmbeddingSettings(model=str(folder), precision="int8"))
    assert rounded.precision == f"int8 ({compute_calibration_hash()[:8]})"
    assert rounded.sha256 == sha256(f"{whole.sha256}\n{rounded.precision}".encode()).hexdigest()
    assert rounded.weights_hash == whole.sha256


def test_openvino_runs_bert_with_mean_pooling(folder: Path) -> None:
    """The complete folder is supported."""
    assert can_run_on_openvino(folder)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", '{"model_type": "roberta"}'),
        ("1_Pooling/config.json", '{"pooling_mode_cls_token": true}'),
        ("1_Pooling/config.json", '{"pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": true}'),
        ("modules.json", "[]"),
        ("modules.json", "not JSON"),
        ("tokenizer.json", None),
    ],
)
def test_openvino_refuses_other_models(folder: Path, name: str, content: str | None) -> None:
    """Another architecture or pooling, and a missing or damaged file, are not supported."""
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    assert not can_run_on_openvino(folder)


def test_text_over_limit_is_error() -> None:
    """A text of exactly the limit is accepted, a longer one is an error."""
    check_length(256, 256)
    with pytest.raises(ModelError, match=r"^a text of 257 tokens was given to a model that reads 256$"):
        check_length(257, 256)


# Runs in a process of its own: the settings of the hub's library are read when it is imported.
LOOKED_UP = """
import sys
seen = []
sys.addaudithook(lambda event, args: event.startswith("socket.") and seen.append(event))
from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.errors import ModelError
try:
    print(locate_model(EmbeddingSettings(model="acme/mini")).folder)
except ModelError as error:
    print("error:", error)
print(sorted({event for event in seen if event in ("socket.getaddrinfo", "socket.connect")}))
"""


def locate_on_hub(cache: Path) -> list[str]:
    """What is printed when a model of the hub is located with this cache, without HF_HUB_OFFLINE."""
    inherited = {name: value for name, value in os.environ.items() if not name.lower().endswith(("_proxy", "offline"))}
    environment = {**inherited, "HF_HOME": str(cache), "HF_ENDPOINT": "http://127.0.0.1:9"}
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_UP], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def make_hub_cache(cache: Path, folder: Path) -> Path:
    """A cache of the hub that holds a model, as a download leaves it."""
    commit = "0123456789abcdef0123456789abcdef01234567"
    place = cache / "hub" / "models--acme--mini"
    (place / "refs").mkdir(parents=True)
    (place / "refs" / "main").write_text(commit)
    return Path(shutil.copytree(folder, place / "snapshots" / commit))


def test_hub_model_on_the_machine_is_not_looked_up(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A model that was downloaded is used without a look at the network."""
    cache = tmp_path_factory.mktemp("cache")
    snapshot = make_hub_cache(cache, folder)
    assert locate_on_hub(cache) == [str(snapshot), "[]"]


def test_download_that_was_stopped_is_completed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A part of a model is not used; here it cannot be downloaded, and the error says so."""
    cache = tmp_path_factory.mktemp("cache")
    (make_hub_cache(cache, folder) / "tokenizer.json").unlink()
    line, looked_up = locate_on_hub(cache)
    assert line.startswith("error: embedding.model: acme/mini is not on this machine and could not be downloaded")
    assert "socket.connect" in looked_up


def test_no_code_is_downloaded() -> None:
    """Only weights, settings and vocabularies are asked for."""
    names = ["model.safetensors", "config.json", "vocab.txt", "spiece.model"]
    unwanted = ["modeling.py", "pytorch_model.bin", "model.onnx", "weights.h5", "x.pkl", "x.pt", "x.msgpack"]
    matched = {name for name in names + unwanted for pattern in DOWNLOADED_FILES if fnmatch(name, pattern)}
    assert matched == set(names)
