"""A build on a Ray cluster of two workers gives the library of a plain build, whatever becomes of a worker."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.errors import ConfigError, ModelError
from assistant.indexing.staging import STAGING_DATABASE
from assistant.indexing.workers import cluster as cluster_module
from assistant.indexing.workers.cluster import LOCAL, RayWorkers, _start, connect
from assistant.presentation.json_schema import answer_to_json
from assistant.records.build import BuildOptions, BuildReport, ProgressUpdate
from assistant.store.library import DATABASE
from tests.conftest import make_config
from tests.support.sampling import in_campaign

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # Ray warns of its own code

COUNT = 300
PEOPLE, THINGS, DEEDS = ("Ada Roe", "Tom Lund", "Mia Holt"), ("harbour", "bridge", "ferry", "market"), ("open", "move")
ON_RAY = BuildOptions(ray="local")


def _write_articles(folder: Path) -> None:
    """Two thirds in files of their own, the others in one file, and two files that cannot be read."""
    chance = random.Random(3)
    folder.mkdir()
    rows = []
    for number in range(COUNT):
        thing, person, deed = chance.choice(THINGS), chance.choice(PEOPLE), chance.choice(DEEDS)
        text = f"The {thing} of district {number} will {deed} in {chance.randint(2, 30)} days. “The {thing} must {deed}"
        text += f" before winter,” said Mayor {person}. Police near street {number} were told."
        rows.append({"id": f"z{number}", "title": f"Report {number}", "text": text, "date": "2021-04-02"})
    for number, row in enumerate(rows[: COUNT * 2 // 3]):
        text = f"---\ntitle: {row['title']}\nsource: Gazette\ndate: 2021-03-{1 + number % 28:02}\n---\n{row['text']}\n"
        (folder / f"a{number:03}.md").write_text(text, encoding="utf-8")
    lines = [json.dumps(row) for row in rows[COUNT * 2 // 3 :]]
    (folder / "z.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "bad.jsonl").write_text("{no json\n")
    (folder / "bad.docx").write_bytes(b"no document")


@dataclass
class Built:
    """A plain build and one on Ray of the same articles, and how many workers were killed meanwhile."""

    plain: Assistant
    plain_report: BuildReport
    other: Assistant
    other_report: BuildReport
    killed: int


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    pytest.importorskip("ray", reason="the extra ray is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray does not wait for its processes
        with contextlib.ExitStack() as stack:
            assert connect(LOCAL, stack, num_cpus=2, object_store_memory=100 * 2**20) == 2
            yield
        gc.collect()


@pytest.fixture(scope="module")
def built(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("cluster")
    _write_articles(folder / "articles")
    plain, other = (Assistant(make_config(folder / "articles", folder / name)) for name in ("plain", "other"))
    plain_report = plain.build()
    killed = 0
    for event in other.build_events(options=ON_RAY):
        if isinstance(event, ProgressUpdate) and not killed:
            killed = _kill_a_worker()
    assert isinstance(event, BuildReport)
    return Built(plain, plain_report, other, event, killed)


def _kill_a_worker() -> int:
    for process in psutil.Process().children(recursive=True):
        if process.name().startswith("ray::Map"):
            process.kill()
            return 1
    return 0


def _read_tables(config: Config) -> dict[str, list[tuple[Any, ...]]]:
    """What is stored, without the times of the build."""
    queries = {
        "article": "SELECT number, id, file, record_sha256, title, source, published_at, sentences, text FROM article",
        "passage": "SELECT * FROM passage",
        "statement": "SELECT * FROM statement",
        "story": "SELECT * FROM story",
        "band": "SELECT * FROM band",
        "file": "SELECT path, size, mtime_ns, sha256, notices FROM file",
    }
    with contextlib.closing(sqlite3.connect(config.index / DATABASE)) as database:
        return {name: sorted(database.execute(query).fetchall(), key=repr) for name, query in queries.items()}


def test_library_is_that_of_a_plain_build(built: Built) -> None:
    """Articles, numbers, passages, statements and stories are the same though a worker was killed."""
    assert built.killed == 1
    plain, other = built.plain_report, built.other_report
    assert (other.added, other.passages, other.embedded) == (COUNT, plain.passages, plain.embedded)
    assert sorted(map(str, other.notices)) == sorted(map(str, plain.notices))
    assert len(other.notices) == 2
    assert _read_tables(built.other.config) == _read_tables(built.plain.config)


@pytest.mark.parametrize(
    "question", ["What did Ada Roe say about the ferry?", "When will the bridge open?", "Who owns the airport?"]
)
def test_answers_are_those_of_a_plain_build(built: Built, question: str) -> None:
    """Every field of an answer is the same, but for the times and scores that differ in the last digits."""
    plain, other = (json.loads(json.dumps(answer_to_json(each.ask(question)))) for each in (built.plain, built.other))
    assert _round(other) == _round(plain)


def _round(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _round(each) for key, each in value.items() if key not in ("timings", "first_seen")}
    if isinstance(value, list):
        return [_round(each) for each in value]
    return round(value, 3) if isinstance(value, float) else value


def test_next_build_takes_up_what_a_stopped_one_has_embedded(built: Built, tmp_path: Path) -> None:
    """A build that ends while it embeds changes nothing that is published, and its vectors are used."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.md").write_text("# Quay shut\n\nIt is shut.")
    assistant = Assistant(make_config(folder, tmp_path / "index"))
    assert assistant.build().added == 1
    for number in range(60):
        (folder / f"{number}.md").write_text(f"# Quay {number}\n\nQuay {number} is open.")
    events = assistant.build_events(options=ON_RAY)
    for event in events:
        if isinstance(event, ProgressUpdate) and event.stage == "embedding" and event.done:
            break
    events.close()  # type: ignore[attr-defined] # a generator
    assert assistant.stats()["articles"] == 1
    assert (tmp_path / "index" / STAGING_DATABASE).exists()
    report = assistant.build()
    assert (report.added, report.unchanged) == (60, 1)
    assert report.reused >= 16


def test_model_of_a_worker_differs(built: Built) -> None:
    """A node with another model than the build's ends the build, and the error says where."""
    workers = RayWorkers(built.plain.config, "0" * 64, "local")
    with pytest.raises(ModelError, match=r"Ray node .*: the model .* differs"):
        list(workers.embed([(b"key", "text")]))
    workers.close()


@pytest.mark.parametrize("settings", [{"RAY_AUTH_TOKEN": "0" * 64}, *in_campaign({"RAY_AUTH_MODE": "disabled"})])
def test_strangers_are_refused(cluster: None, settings: dict[str, str]) -> None:
    """Ray listens at all addresses of the machine; without the token of this build, nobody connects to it."""
    import ray

    lines = f"import ray\nray.init(address={ray.get_runtime_context().gcs_address!r})"
    run = subprocess.run([sys.executable, "-c", lines], env=os.environ | settings, capture_output=True, text=True)
    assert run.returncode != 0
    assert "AuthenticationError" in run.stderr


def test_workers_do_not_import_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray gives workers the folder in which it is started, which can be one of articles."""
    monkeypatch.chdir(tmp_path)
    folders: list[Path] = []
    _start(SimpleNamespace(init=lambda **_: folders.append(Path.cwd())), 1)
    assert folders == [Path(cluster_module.__file__).parent]
    assert Path.cwd() == tmp_path


def test_packages_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the extra, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigError, match=r"pip install 'news-assistant\[ray\]'"):
        RayWorkers(make_config(tmp_path, tmp_path), "", "local")
