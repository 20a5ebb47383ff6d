"""A process that has everything loaded and forks a build each time it is told to: a kill then costs milliseconds.

Reads one JSON order a line on standard input, writes one JSON outcome a line on standard output."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self

from assistant.config.schema import Config
from assistant.embedding.model_files import ModelFiles
from tests.torture.memo import VectorCache
from tests.torture.points import FaultInjector, FaultKind

WINDOW_PASSAGES = 8  # passages between two commits aside: a small library then has several


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """One build to make, and what is to happen to it."""

    index: str
    articles: str
    rebuild: bool = False
    harm: FaultKind = "none"
    at: int = -1  # the point at which
    kill_after: float | None = None  # seconds, from outside
    file_size: int | None = None  # no file may grow beyond so many bytes: the write that would, kills
    handles: int | None = None  # so many more files may be open
    memory: int | None = None  # so many more bytes may be had
    memory_fails_at: int | None = None  # the window of passages at which the embedder has no memory left
    uid: int | None = None  # as this user
    only_read: bool = False  # ask instead of building
    readers: int = 0  # who ask before, while and after it is built
    readers_uid: int | None = None
    rival: bool = False  # another build is tried meanwhile
    pause: float = 0.0  # seconds that each window of passages takes longer


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What became of it. `kept`: passages put aside for good, as far as the build had told."""

    status: int  # exit code, or minus the signal
    kept: int = 0
    published: bool = False
    error: str = ""  # class of the error it ended with
    message: str = ""
    stderr: str = ""
    seconds: float = 0.0
    points: list[str] = field(default_factory=list)
    publishing_from: int = -1  # the point at which the publishing step began
    pid: int = 0
    rival: str = ""  # what the other build was told
    read: dict[str, int] = field(default_factory=dict)  # how often readers found what
    slowest: float = 0.0  # reading, in seconds
    meanwhile: int = 0  # readings that began and ended while it was built


class BuildForker:
    """The forking process, seen from outside."""

    def __init__(self, memo: Path, model: ModelFiles) -> None:
        root = Path(__file__).parent.parent.parent
        alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # threads do not survive a fork
        command = [sys.executable, "-m", "tests.torture.forge", str(memo), model.name, model.sha256]
        self._process = subprocess.Popen(
            command, cwd=root, env=os.environ | alone, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=60)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def run_order(self, order: BuildOrder) -> BuildOutcome:
        """Have one build made, and see what becomes of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the forge is gone")
        return BuildOutcome(**json.loads(line))


# ------------------------------------------------------------------------------------ within the forge


def _serve_orders(memo_folder: Path, model: ModelFiles, orders: IO[str], outcomes: IO[str]) -> None:
    memo = VectorCache.load(memo_folder)
    _import_late_modules()
    told = memo_folder / f"told-{os.getpid()}"
    for line in orders:
        order = BuildOrder(**json.loads(line))
        told.write_text("")
        outcome = (
            _run_build_with_readers(order, model, memo, told) if order.readers else _run_build(order, model, memo, told)
        )
        outcomes.write(json.dumps(asdict(outcome)) + "\n")
        outcomes.flush()


def _run_build(order: BuildOrder, model: ModelFiles, memo: VectorCache, told: Path) -> BuildOutcome:
    """Fork the build, do to it what is ordered, and gather what it told."""
    began = time.monotonic()
    child = _fork_action(lambda: _build_in_child(order, model, memo, told))
    rival_told = told.with_name("rival")
    if order.rival:
        while "kept" not in told.read_text(encoding="utf-8"):
            time.sleep(0.005)
        rival_told.write_text("")
        os.waitpid(_fork_action(lambda: _build_in_child(replace(order, pause=0.0), model, memo, rival_told)), 0)
    if order.kill_after is not None:
        time.sleep(order.kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    rival = str(_read_facts(rival_told).get("message", "it built")) if order.rival else ""
    seconds = time.monotonic() - began
    return BuildOutcome(os.waitstatus_to_exitcode(status), seconds=seconds, pid=child, rival=rival, **_read_facts(told))


def _run_build_with_readers(order: BuildOrder, model: ModelFiles, memo: VectorCache, told: Path) -> BuildOutcome:
    """The same, while readers ask again and again."""
    stop = told.with_name("stop")
    stop.unlink(missing_ok=True)
    notes = [told.with_name(f"reader-{number}") for number in range(order.readers)]
    for note in notes:
        note.write_text("")
    children = [_fork_action(lambda note=note: _read_repeatedly(order, model, memo, note, stop)) for note in notes]  # type: ignore[misc]
    _wait_for_readings(notes, 1)
    began = time.monotonic()
    outcome = _run_build(order, model, memo, told)
    ended = time.monotonic()
    _wait_for_readings(notes, 2, since=ended)
    stop.touch()
    for child in children:
        os.waitpid(child, 0)
    readings = [json.loads(line) for note in notes for line in note.read_text(encoding="utf-8").splitlines()]
    return replace(
        outcome,
        read=dict(Counter(found for found, _, _ in readings)),
        slowest=max(end - start for _, start, end in readings),
        meanwhile=sum(began < start and end < ended for _, start, end in readings),
    )


def _wait_for_readings(notes: Sequence[Path], number: int, since: float = 0.0) -> None:
    """Until each reader has noted so many readings that began after `since`."""
    deadline = time.monotonic() + 120
    for note in notes:
        while time.monotonic() < deadline:
            lines = note.read_text(encoding="utf-8").splitlines()
            if sum(json.loads(line)[1] > since for line in lines) >= number:
                break
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
    """In a child: ask until told to stop, noting what was found, and when."""
    from tests.torture.scene import hash_library

    handle = os.open(note, os.O_WRONLY | os.O_APPEND)
    if order.readers_uid is not None:
        os.setuid(order.readers_uid)
    config = Config(articles=(Path(order.articles),), index=Path(order.index))
    while not stop.exists():
        start = time.monotonic()
        try:
            found = hash_library(config, model, memo)
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        os.write(handle, json.dumps([found, start, time.monotonic()]).encode() + b"\n")
    os._exit(0)


def _import_late_modules() -> None:
    """Load what a build loads late."""
    import faiss  # noqa: F401
    import filelock  # noqa: F401

    import assistant.engine
    import assistant.indexing.build
    import assistant.indexing.embedding_worker
    import tests.torture.scene  # noqa: F401
    from assistant.indexing.minhash import compute_signature
    from assistant.records.article import Article
    from assistant.speech.statements import find_statements
    from assistant.text.sentences import sentence_spans

    text = "The mayor said on Tuesday that the harbour is open. " * 10
    find_statements(Article("a", "A title", text, ""), sentence_spans(text))
    compute_signature(text)
    assistant.indexing.embedding_worker.BATCH_SIZE = WINDOW_PASSAGES


def _read_facts(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told.update(json.loads(line))
    return told


def _build_in_child(order: BuildOrder, model: ModelFiles, memo: VectorCache, told: Path) -> None:
    """In the child: build, tell how it goes, and end without ceremony."""
    from assistant.errors import AssistantError
    from assistant.indexing.build import build_library
    from assistant.records.build import BuildReport, ProgressUpdate

    handle = os.open(told, os.O_WRONLY | os.O_APPEND)

    def tell(**facts: Any) -> None:
        os.write(handle, json.dumps(facts).encode() + b"\n")

    points = FaultInjector(Path(order.index), order.harm, order.at)
    if order.harm != "none" or order == BuildOrder(order.index, order.articles, order.rebuild):
        points.install_hooks()
    _apply_limits(order)
    embedder: Any = memo
    if order.memory_fails_at is not None or order.pause:
        embedder = _FailingEmbedder(memo, order.memory_fails_at, order.pause)
    config = Config(articles=(Path(order.articles),), index=Path(order.index))
    status = 0
    try:
        if order.only_read:
            from tests.torture.scene import hash_library

            tell(read={hash_library(config, model, memo): 1})
            os._exit(0)
        for event in build_library(config, model, lambda: embedder, rebuild=order.rebuild):
            if isinstance(event, ProgressUpdate) and event.stage == "embedding":
                tell(kept=event.done)
            elif isinstance(event, ProgressUpdate) and event.stage == "publishing":
                tell(publishing_from=len(points.reached_points))
            elif isinstance(event, BuildReport):
                tell(published=True)
    except AssistantError as error:
        status = 1
        tell(error=type(error).__name__, message=str(error))
    except BaseException as error:
        import traceback

        status = 70
        tell(error=type(error).__name__, message=str(error), stderr=traceback.format_exc())
    if order.harm == "none":
        tell(points=points.reached_points)
    os._exit(status)


def _apply_limits(order: BuildOrder) -> None:
    """Take away what is ordered, for good."""
    if order.file_size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_size, most))
    if order.handles is not None:
        highest = max(int(name) for name in os.listdir("/proc/self/fd"))  # noqa: PTH208
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest + order.handles, most))
    if order.memory is not None:
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + order.memory, most))
    if order.uid is not None:
        os.setuid(order.uid)


class _FailingEmbedder:
    """An embedder that takes its time, or runs out of memory at a given window."""

    runs_on = "memory"

    def __init__(self, memo: VectorCache, fails_at: int | None, pause: float) -> None:
        self._memo = memo
        self._left = fails_at
        self._pause = pause
        self.dimension, self.max_tokens = memo.dimension, memo.max_tokens
        self.special_tokens = memo.special_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._memo.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Any:
        if self._left is not None:
            if not self._left:
                raise MemoryError
            self._left -= 1
        time.sleep(self._pause)
        return self._memo.embed(texts)


if __name__ == "__main__":
    _serve_orders(Path(sys.argv[1]), ModelFiles(sys.argv[2], Path(), sys.argv[3]), sys.stdin, sys.stdout)
