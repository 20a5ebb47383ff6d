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
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from assistant.config import Config
from assistant.embedding import ModelFiles
from tests.torture.memo import Memo
from tests.torture.points import Harm, Points

WINDOW = 8  # passages between two commits aside: a small library then has several
TRACES = ("Traceback", "internal error")


@dataclass(frozen=True, slots=True)
class Order:
    """One build to make, and what is to happen to it."""

    index: str
    articles: str
    rebuild: bool = False
    harm: Harm = "none"
    at: int = -1  # the point at which
    kill_after: float | None = None  # seconds, from outside
    file_size: int | None = None  # RLIMIT_FSIZE, which kills
    memory_fails_at: int | None = None  # the window of passages at which the embedder has no memory left


@dataclass(frozen=True, slots=True)
class Outcome:
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


class Forge:
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

    def make(self, order: Order) -> Outcome:
        """Have one build made, and see what becomes of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the forge is gone")
        return Outcome(**json.loads(line))


# ------------------------------------------------------------------------------------ within the forge


def _serve(memo_folder: Path, model: ModelFiles, orders: IO[str], outcomes: IO[str]) -> None:
    memo = Memo.load(memo_folder)
    _warm()
    told = memo_folder / f"told-{os.getpid()}"
    for line in orders:
        order = Order(**json.loads(line))
        told.write_text("")
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _build(order, model, memo, told)
        if order.kill_after is not None:
            time.sleep(order.kill_after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.monotonic() - began
        outcome = Outcome(os.waitstatus_to_exitcode(status), seconds=seconds, **_told(told))
        outcomes.write(json.dumps(asdict(outcome)) + "\n")
        outcomes.flush()


def _warm() -> None:
    """Load what a build loads late."""
    import faiss  # noqa: F401

    import assistant.indexing
    from assistant.chunking import sentence_spans
    from assistant.duplicates import signature
    from assistant.records import Article
    from assistant.statements import find_statements

    text = "The mayor said on Tuesday that the harbour is open. " * 10
    find_statements(Article("a", "A title", text, ""), sentence_spans(text))
    signature(text)
    assistant.indexing.WINDOW = WINDOW


def _told(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told.update(json.loads(line))
    return told


def _build(order: Order, model: ModelFiles, memo: Memo, told: Path) -> None:
    """In the child: build, tell how it goes, and end without ceremony."""
    from assistant.errors import AssistantError
    from assistant.indexing import build
    from assistant.records import BuildReport, Progress

    handle = os.open(told, os.O_WRONLY | os.O_APPEND)

    def tell(**facts: Any) -> None:
        os.write(handle, json.dumps(facts).encode() + b"\n")

    points = Points(Path(order.index), order.harm, order.at)
    points.watch()
    if order.file_size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_size, resource.RLIM_INFINITY))
    embedder: Any = memo if order.memory_fails_at is None else _Forgetful(memo, order.memory_fails_at)
    config = Config(articles=(Path(order.articles),), index=Path(order.index))
    status = 0
    try:
        for event in build(config, model, lambda: embedder, rebuild=order.rebuild):
            if isinstance(event, Progress) and event.stage == "embedding":
                tell(kept=event.done)
            elif isinstance(event, Progress) and event.stage == "publishing":
                tell(publishing_from=len(points.seen))
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
        tell(points=points.seen)
    os._exit(status)


class _Forgetful:
    """An embedder that runs out of memory at a given window."""

    def __init__(self, memo: Memo, fails_at: int) -> None:
        self._memo = memo
        self._left = fails_at
        self.dimension, self.max_tokens = memo.dimension, memo.max_tokens
        self.special_tokens = memo.special_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._memo.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Any:
        if not self._left:
            raise MemoryError
        self._left -= 1
        return self._memo.embed(texts)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), ModelFiles(sys.argv[2], Path(), sys.argv[3]), sys.stdin, sys.stdout)
