"""Shared fixtures: the real model, a real library over seeds/, and no access to the network."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"  # set before modules that read it are imported
if not os.environ.get("CAMPAIGN"):  # several processes run tests at once; threads of each would wait for each other
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # each process of the tests would compile all modules anew

import pytest
from filelock import FileLock
from hypothesis import settings

from assistant.config.load import CONFIG_VARIABLE
from assistant.config.schema import Config, EmbeddingSettings
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.model_files import ModelFiles, locate_model
from assistant.engine import Assistant
from assistant.records.article import Article
from assistant.records.build import BuildReport
from tests.support.backends import RememberingAssistant
from tests.support.commands import share_command_tree
from tests.support.drawing import draw_only_whole_screens, share_parsed_styles
from tests.support.inference import CompiledModel, infer, infer_once
from tests.support.sampling import WHOLE
from tests.support.waiting import wait_patiently

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

sys.dont_write_bytecode = False
gc.disable()  # until all tests are collected

# Every run uses the same examples, without time limits and without a folder of saved examples.
EXAMPLES = 100 if WHOLE else 40  # of each property
settings.register_profile("deterministic", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)
settings.load_profile("deterministic")
share_command_tree()
share_parsed_styles()
wait_patiently()
if not WHOLE:
    draw_only_whole_screens()
    infer_once()


SLOW = (  # folders and files that `make quick` leaves out: whole programs, screens, models, campaigns
    "answers/test_answers.py answers/test_gold_questions.py answers/test_notes.py answers/test_verification.py "
    "cli/test_cli.py cli/test_main.py cli/test_terminal.py conversations/test_store.py doctor/test_doctor.py "
    "embedding/test_embedding.py evaluation/test_metrics.py exports/test_exports.py indexing/test_build.py "
    "indexing/test_changes.py indexing/test_torture.py integrations/ quotes/test_checker.py "
    "server/test_web_terminal.py suggestions/test_follow_ups.py suggestions/test_starters.py test_api.py "
    "test_bench.py test_engine.py "
    "test_fuzzing.py test_imports.py test_security.py tui/"
).split()


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: the tests of programs and screens wait for a third of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long value is not the name of its test, which processes send each other several times."""
    return f"{argname} of {len(val):,}" if isinstance(val, str | bytes) and len(val) > 80 else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of campaigns, and mark those of SLOW, so that `-m "not slow"` leaves them out.

    What is loaded by now stays until the end: cycles are no longer looked for in it, and seldom in all of the rest.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 10)
    gc.enable()
    if not (WHOLE or "campaign" in config.option.markexpr):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("campaign")])
        items[:] = [item for item in items if not item.get_closest_marker("campaign")]
    for item in items:
        if item.path.relative_to(ROOT / "tests").as_posix().startswith(tuple(SLOW)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def _data_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths for data folders, one for each test. `mktemp` would list all the folders before for each new one."""
    folder = tmp_path_factory.mktemp("data")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _isolate_settings(monkeypatch: pytest.MonkeyPatch, _data_folders: Iterator[Path]) -> None:
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    monkeypatch.delenv("ASSISTANT_DEBUG", raising=False)
    data = next(_data_folders)
    data.mkdir()
    monkeypatch.setenv("ASSISTANT_DATA", str(data))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def model() -> ModelFiles:
    """The packaged MiniLM."""
    return locate_model(EmbeddingSettings())


@pytest.fixture(scope="session")
def embedder(model: ModelFiles) -> Embedder:
    """The packaged MiniLM, loaded."""
    return load_embedder(model, EmbeddingSettings())


@pytest.fixture
def each_input_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models compute every input, for tests of the models themselves."""
    monkeypatch.setattr(CompiledModel, "__call__", infer)


def make_config(articles: Path, index: Path) -> Config:
    """The default settings for these folders."""
    return Config(articles=(articles,), index=index)


def run_build(assistant: Assistant, *, rebuild: bool = False) -> BuildReport:
    """Run a build; returns its report."""
    return assistant.build(rebuild=rebuild)


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library over seeds/, built by the first process that needs it; each has a copy. Tests only read it."""
    own = tmp_path_factory.mktemp("seeds") / "index"
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built-seeds"
    with FileLock(shared.with_suffix(".lock")):
        if not shared.exists():
            run_build(Assistant(make_config(SEEDS, own)))
            shutil.copytree(own, shared)
        else:
            shutil.copytree(shared, own)
    return RememberingAssistant(make_config(SEEDS, own))


@pytest.fixture
def write_article(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a Markdown article into tmp_path/articles and returns its path."""
    folder = tmp_path / "articles"
    folder.mkdir()

    def write(name: str, text: str, **fields: str) -> Path:
        head = "".join(f"{key}: {value}\n" for key, value in fields.items())
        path = folder / name
        path.write_text(f"---\n{head}---\n{text}" if head else text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def assistant(tmp_path: Path, write_article: Callable[..., Path]) -> Assistant:
    """An assistant over tmp_path/articles, which is empty until `write_article` is used; nothing is built yet."""
    return Assistant(make_config(tmp_path / "articles", tmp_path / "index"))


def make_article(text: str, **fields: Any) -> Article:
    """An article in memory with this text; `fields` override the other values."""
    import hashlib

    sha256 = hashlib.sha256(text.encode()).hexdigest()
    values = {"id": "a", "title": "A title", **fields}
    return Article(text=text, sha256=sha256, **values)
