"""A process that has all modules loaded and forks a child for each build, so that a kill costs only milliseconds.

Reads one JSON order per line from standard input; writes one JSON outcome per line to standard output.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self

import psutil

from assistant.config.schema import SQLITE, Config
from assistant.embedding.model_files import ModelFiles
from tests.torture.memo import NO_RANKER, VectorCache
from tests.torture.points import FaultInjector, FaultKind

RECORDER_VARIABLE = "LD_PRELOAD"
GO_ON = "go-on"  # name of the file that ends the wait of a build that is held
WINDOW_PASSAGES = 8  # passages per commit; small, so that a small library has several commits


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """One build and the faults to inject into it."""

    index: str
    articles: str
    rebuild: bool = False
    fault: FaultKind = "none"
    at: int = -1  # number of the point at which the fault occurs
    kill_after: float | None = None  # seconds until SIGKILL from outside
    file_size: int | None = None  # limit in bytes; a write beyond it kills the process
    handles: int | None = None  # further files that may be open
    memory: int | None = None  # further bytes of address space
    memory_fails_at: int | None = None  # number of the commit in which the embedder runs out of memory
    uid: int | None = None  # user id of the build
    only_read: bool = False  # read the library instead of building
    readers: int = 0  # processes that read before, during and after the build
    readers_uid: int | None = None
    rival: bool = False  # try a second build during the first
    held: bool = False  # waits, once it embeds, until the rival has ended and each reader has read
    store: str = SQLITE
    changes: int | None = None  # below the folders of the recorder, after which the process is killed


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """The result of a build. `kept`: passages that were committed for good when the build last reported progress."""

    status: int  # exit code, or the negative signal number
    kept: int = 0
    published: bool = False
    error: str = ""  # class name of the error
    message: str = ""
    stderr: str = ""
    seconds: float = 0.0
    points: list[str] = field(default_factory=list)
    publishing_from: int = -1  # the point at which the publishing step began
    pid: int = 0
    rival: str = ""  # error message of the second build
    read: dict[str, int] = field(default_factory=dict)  # number of readings by snapshot
    slowest: float = 0.0  # longest reading in seconds
    meanwhile: int = 0  # readings that began and ended during the build


class BuildForker:
    """Client of the forking process, which is started for its first order."""

    def __init__(self, memo: Path, model: ModelFiles, environment: Mapping[str, str] | None = None) -> None:
        """With the variables that the recorder needs in `environment`, orders may be for a store of Lance tables."""
        self._command = [sys.executable, "-m", "tests.torture.forge", str(memo), model.name, model.sha256]
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.kill()  # between two orders it does nothing
            self._process.communicate()

    def run_order(self, order: BuildOrder) -> BuildOutcome:
        """Run one build and return its outcome."""
        if self._process is None:
            self._process = self._start()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the forking process has ended")
        return BuildOutcome(**json.loads(line))

    def kill_build(self) -> None:
        """Kill the build of the order that is run now, from another thread."""
        if self._process is not None:
            for child in psutil.Process(self._process.pid).children():
                child.kill()

    def _start(self) -> subprocess.Popen[str]:
        single_threaded = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # threads do not survive a fork
        return subprocess.Popen(
            self._command,
            cwd=Path(__file__).parent.parent.parent,
            env=os.environ | single_threaded | self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


# ------------------------------------------------------------------------------- in the forking process


def _serve_orders(memo_folder: Path, model: ModelFiles, orders: IO[str], outcomes: IO[str]) -> None:
    memo = VectorCache.load(memo_folder)
    _import_late_modules()
    report_file = memo_folder / f"report-{os.getpid()}"
    for line in orders:
        order = BuildOrder(**json.loads(line))
        report_file.write_text("")
        outcome = (
            _run_build_with_readers(order, model, memo, report_file)
            if order.readers
            else _run_build(order, model, memo, report_file)
        )
        outcomes.write(json.dumps(asdict(outcome)) + "\n")
        outcomes.flush()


def _run_build(
    order: BuildOrder, model: ModelFiles, memo: VectorCache, report_file: Path, notes: Sequence[Path] = ()
) -> BuildOutcome:
    """Fork the build, inject its faults from outside and collect its reports. `notes` are those of the readers."""
    began = time.monotonic()
    go_on = report_file.with_name(GO_ON)
    go_on.unlink(missing_ok=True)
    child = _fork_action(lambda: _build_in_child(order, model, memo, report_file))
    rival_report = report_file.with_name("rival")
    if order.held:
        _wait_until(lambda: "kept" in report_file.read_text(encoding="utf-8"))
    if order.rival:
        rival_report.write_text("")
        os.waitpid(_fork_action(lambda: _build_in_child(replace(order, held=False), model, memo, rival_report)), 0)
    if order.held:
        _wait_for_readings(notes, 1, since=began)
    if order.kill_after is not None:
        time.sleep(order.kill_after)
        os.kill(child, signal.SIGKILL)
    go_on.touch()
    _, status = os.waitpid(child, 0)
    rival = str(_read_facts(rival_report).get("message", "no error: it built")) if order.rival else ""
    seconds = time.monotonic() - began
    return BuildOutcome(
        os.waitstatus_to_exitcode(status), seconds=seconds, pid=child, rival=rival, **_read_facts(report_file)
    )


def _run_build_with_readers(order: BuildOrder, model: ModelFiles, memo: VectorCache, report_file: Path) -> BuildOutcome:
    """Like `_run_build`, with readers that read repeatedly."""
    stop = report_file.with_name("stop")
    stop.unlink(missing_ok=True)
    notes = [report_file.with_name(f"reader-{number}") for number in range(order.readers)]
    for note in notes:
        note.write_text("")
    children = [_fork_action(lambda note=note: _read_repeatedly(order, model, memo, note, stop)) for note in notes]  # type: ignore[misc]
    _wait_for_readings(notes, 1)
    began = time.monotonic()
    outcome = _run_build(order, model, memo, report_file, notes)
    ended = time.monotonic()
    _wait_for_readings(notes, 2, since=ended)
    stop.touch()
    for child in children:
        os.waitpid(child, 0)
    readings = [json.loads(line) for note in notes for line in note.read_text(encoding="utf-8").splitlines()]
    return replace(
        outcome,
        read=dict(Counter(snapshot for snapshot, _, _ in readings)),
        slowest=max(end - start for _, start, end in readings),
        meanwhile=sum(began < start and end < ended for _, start, end in readings),
    )


def _wait_for_readings(notes: Sequence[Path], number: int, since: float = 0.0) -> None:
    """Wait until each reader has finished `number` readings that began after `since`."""
    for note in notes:
        _wait_until(
            lambda note=note: (  # type: ignore[misc]
                sum(json.loads(line)[1] > since for line in note.read_text(encoding="utf-8").splitlines()) >= number
            )
        )


def _wait_until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, for two minutes at the most: what then is missing is found in the outcome."""
    deadline = time.monotonic() + 120
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)


def _fork_action(action: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(71)
    return child


def _read_repeatedly(order: BuildOrder, model: ModelFiles, memo: VectorCache, note: Path, stop: Path) -> None:
    """In a child: read until the stop file exists; note each snapshot with its start and end time."""
    from tests.torture.scene import hash_library

    handle = os.open(note, os.O_WRONLY | os.O_APPEND)
    if order.readers_uid is not None:
        os.setuid(order.readers_uid)
    config = Config(articles=(Path(order.articles),), index=Path(order.index), ranking=NO_RANKER, store=order.store)
    while not stop.exists():
        start = time.monotonic()
        try:
            snapshot = hash_library(config, model, memo)
        except Exception as error:
            snapshot = f"{type(error).__name__}: {error}"
        os.write(handle, json.dumps([snapshot, start, time.monotonic()]).encode() + b"\n")
    os._exit(0)


def _import_late_modules() -> None:
    """Import the modules that a build imports lazily."""
    import faiss  # noqa: F401
    import filelock  # noqa: F401

    import assistant.engine
    import assistant.indexing.build
    import assistant.indexing.embedding_worker
    import assistant.indexing.workers.local
    import tests.torture.scene  # noqa: F401
    from assistant.indexing.minhash import compute_signature
    from assistant.records.article import Article
    from assistant.speech.statements import find_statements
    from assistant.text.sentences import sentence_spans

    if RECORDER_VARIABLE in os.environ:
        import assistant.indexing.lance.publishing
        import assistant.store.lance.library
        from assistant.store.lance.tables import require_lance

        require_lance()
        warnings.filterwarnings("ignore", "lance is not fork-safe")  # its threads start later, in the children
    text = "The mayor said on Tuesday that the harbour is open. " * 10
    find_statements(Article("a", "A title", text, ""), sentence_spans(text))
    compute_signature(text)
    assistant.indexing.workers.local.BATCH_SIZE = WINDOW_PASSAGES


def _read_facts(path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        facts.update(json.loads(line))
    return facts


def _build_in_child(order: BuildOrder, model: ModelFiles, memo: VectorCache, report_file: Path) -> None:
    """In the child: build, report progress, and exit without cleanup."""
    from assistant.errors import AssistantError
    from assistant.indexing.build import build_library
    from assistant.records.build import BuildReport, ProgressUpdate

    handle = os.open(report_file, os.O_WRONLY | os.O_APPEND)

    def report(**facts: Any) -> None:
        os.write(handle, json.dumps(facts).encode() + b"\n")

    points = FaultInjector(Path(order.index), order.fault, order.at)
    if order.fault != "none" or order == BuildOrder(order.index, order.articles, order.rebuild, store=order.store):
        points.install_hooks()
    _apply_limits(order)
    embedder: Any = memo
    if order.memory_fails_at is not None:
        embedder = _FailingEmbedder(memo, order.memory_fails_at)
    config = Config(articles=(Path(order.articles),), index=Path(order.index), ranking=NO_RANKER, store=order.store)
    status = 0
    try:
        if order.only_read:
            from tests.torture.scene import hash_library

            report(read={hash_library(config, model, memo): 1})
            os._exit(0)
        for event in build_library(config, model, lambda: embedder, rebuild=order.rebuild):
            if isinstance(event, ProgressUpdate) and event.stage == "embedding":
                report(kept=event.done)
                _wait_until(lambda: not order.held or report_file.with_name(GO_ON).exists())
            elif isinstance(event, ProgressUpdate) and event.stage == "publishing":
                report(publishing_from=len(points.reached_points))
            elif isinstance(event, BuildReport):
                report(published=True)
    except AssistantError as error:
        status = 1
        report(error=type(error).__name__, message=str(error))
    except BaseException as error:
        import traceback

        status = 70
        report(error=type(error).__name__, message=str(error), stderr=traceback.format_exc())
    if order.fault == "none":
        report(points=points.reached_points)
    os._exit(status)


def _apply_limits(order: BuildOrder) -> None:
    """Apply the limits of the order to this process."""
    if order.file_size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        _, hard_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_size, hard_limit))
    if order.handles is not None:
        highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
        _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest + order.handles, hard_limit))
    if order.memory is not None:
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + order.memory, hard_limit))
    if order.changes is not None:
        ctypes.CDLL(os.environ[RECORDER_VARIABLE]).power_kill_after(order.changes)
    if order.uid is not None:
        os.setuid(order.uid)


class _FailingEmbedder:
    """An embedder that runs out of memory in a given call."""

    runs_on = "memory"

    def __init__(self, memo: VectorCache, fails_at: int) -> None:
        self._memo = memo
        self._remaining_calls = fails_at
        self.dimension, self.max_tokens = memo.dimension, memo.max_tokens
        self.special_tokens = memo.special_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._memo.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Any:
        if not self._remaining_calls:
            raise MemoryError
        self._remaining_calls -= 1
        return self._memo.embed(texts)


if __name__ == "__main__":
    _serve_orders(Path(sys.argv[1]), ModelFiles(sys.argv[2], Path(), sys.argv[3]), sys.stdin, sys.stdout)
