"""A model folder that names code, or whose weights are pickled, is refused before anything loads it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assistant.embedding.model_code import refuse_code
from assistant.embedding.torch_backend import load_sentence_transformer
from assistant.errors import ModelError

MODULES = [
    {"path": "", "type": "sentence_transformers.models.Transformer"},
    {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The settings of a model of two modules, and a file of Python code that notes that it ran."""
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "modules.json").write_text(json.dumps(MODULES))
    (tmp_path / "config.json").write_text('{"model_type": "bert", "rope_scaling": {"type": "linear"}}')
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / "sunk.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Sunk: pass\n")
    return tmp_path


def test_modules_of_the_library_are_accepted(folder: Path) -> None:
    """Settings of modules, functions of torch and words that are no code."""
    (folder / "2_Dense").mkdir()
    dense = {"activation_function": "torch.nn.modules.activation.Tanh", "in_features": 4}
    (folder / "2_Dense" / "config.json").write_text(json.dumps(dense))
    refuse_code(folder)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("modules.json", [*MODULES, {"path": "", "type": "sunk.Sunk"}]),
        ("modules.json", [*MODULES, {"path": "", "type": "sentence_transformers_extra.Sunk"}]),
        ("router_config.json", {"types": {"query": "sunk.Sunk"}, "structure": {}}),
        ("1_Pooling/config.json", {"activation_function": "os.abort"}),
        ("config.json", {"model_type": "bert", "auto_map": {"AutoModel": "sunk.Sunk"}}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["sunk.Sunk", None]}}),
        ("config.json", {"sentence_transformers": {"activation_fn": "sunk.Sunk"}}),
        ("config.json", {"custom_pipelines": {"x": {"impl": "sunk.Sunk"}}}),
        ("modules.json", [{"path": "../elsewhere", "type": "sentence_transformers.models.Transformer"}]),
        ("modules.json", [{"path": "/etc", "type": "sentence_transformers.models.Transformer"}]),
    ],
)
def test_code_is_refused(folder: Path, name: str, settings: object) -> None:
    """Whatever key names it: the file is named, and nothing is imported."""
    (folder / name).write_text(json.dumps(settings))
    with pytest.raises(ModelError) as error:
        load_sentence_transformer(folder)
    assert str(folder / name) in str(error.value)
    assert "sunk" not in sys.modules
    assert not (folder / "ran").exists()


def test_pickled_weights_are_refused(folder: Path) -> None:
    """A module whose only weights are pickled."""
    (folder / "1_Pooling" / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match=r"pytorch_model\.bin: these weights are no safetensors"):
        refuse_code(folder)


def test_settings_that_are_no_json_are_refused(folder: Path) -> None:
    """What cannot be read cannot be judged."""
    (folder / "config.json").write_text("[" * 100_000)
    with pytest.raises(ModelError, match="cannot be read as JSON"):
        refuse_code(folder)
