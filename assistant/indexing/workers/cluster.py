"""Runs the costly functions of a build on the workers of a Ray cluster, as stages of Ray Data.

Ray Data starts no more tasks than there are processors and room for their results, and repeats the tasks of a worker
that dies. A task changes nothing: its results come back in the order of what it was given, and the one build that
asked writes them. So what a task did before it died is done again, and is the same.

The nodes need the same version of this program, the same model, and the files at the same paths."""

from __future__ import annotations

import contextlib
import functools
import itertools
import logging
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.supplement import Supplement
from assistant.config.schema import Config, EmbeddingSettings, ReadingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import ModelLoader
from assistant.errors import AssistantError, BuildError, ConfigError, ModelError
from assistant.indexing.staging import EncodedVector
from assistant.indexing.workers.local import (
    BATCH_SIZE,
    Derived,
    EmbeddingTask,
    FileItem,
    OpenedFile,
    derive_articles,
    divide_article,
    embed_batch,
    read_articles,
)
from assistant.records.article import Article, Span
from assistant.version import __version__

LOCAL = "local"  # stands for the address of a cluster that is started for the build, on this machine
FILES_AT_ONCE, ARTICLES_AT_ONCE = 100_000, 20_000  # given to Ray together
BLOCK_SIZE = 64  # articles of a task, and of an answer
STARTS = 3  # attempts to start a cluster: on a busy machine it can take longer than Ray waits
MAX_ANSWER_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """What the workers must know of a build."""

    reading: ReadingSettings
    embedding: EmbeddingSettings
    max_tokens: int  # of a passage
    model_sha256: str
    version: str = __version__
    supplement: Supplement = field(default_factory=Supplement)


Stage = Callable[[Any, Job], Iterable[Any]]
"""What a worker makes of one item. It is at the top of a module, so that the workers can import it."""


class RayWorkers:
    """Runs everything on a cluster. See `workers.local.Workers`."""

    def __init__(self, config: Config, model_sha256: str, address: str) -> None:
        """Connect to a cluster, or start one. Raises ConfigError without the packages or the cluster."""
        self._stack = contextlib.ExitStack()
        self.reading = config.reading
        self._job = Job(config.reading, config.embedding, config.passages.max_tokens, model_sha256)
        self._processors = connect(address, self._stack)
        self.scale = max(1, self._processors // 2)

    def read(
        self, files: Sequence[SourceFile], supplement: Supplement
    ) -> Iterator[tuple[SourceFile, Iterator[FileItem]]]:
        """Read files and divide their articles, many at a time."""
        job = replace(self._job, supplement=supplement)
        for first in range(0, len(files), FILES_AT_ONCE):
            some = files[first : first + FILES_AT_ONCE]
            size = max(1, min(BLOCK_SIZE, len(some) // (4 * self._processors)))
            yield from zip(some, self._run(some, size, job, _read, _divide), strict=True)

    def derive(self, articles: Iterable[tuple[Article, list[Span]]]) -> Iterator[Derived]:
        """Derive from many articles at a time."""
        waiting = iter(articles)
        while some := list(itertools.islice(waiting, ARTICLES_AT_ONCE)):
            size = max(1, min(BLOCK_SIZE, len(some) // (4 * self._processors)))
            for (derived,) in self._run(some, size, self._job, _derive):
                yield derived

    def embed(self, tasks: list[EmbeddingTask]) -> Iterator[list[EncodedVector]]:
        """Embed many batches at a time."""
        tasks.sort(key=lambda task: len(task[1]))
        size = max(16, min(BATCH_SIZE, len(tasks) // (2 * self._processors)))
        batches = [tasks[first : first + size] for first in range(0, len(tasks), size)]
        for (vectors,) in self._run(batches, 1, self._job, _embed):
            yield vectors

    def close(self) -> None:
        """Leave the cluster; one that was started for this build ends."""
        self._stack.close()

    def _run(self, items: Sequence[Any], size: int, job: Job, *stages: Stage) -> Iterator[Iterator[Any]]:
        """What the stages make of each item, in their order: one or more results, to be used up before the next.

        `size` items are given to a task of the first stage. Raises BuildError if the results of an item are missing.
        """
        expected = 0
        for number, results in itertools.groupby(self._stream(items, size, job, stages), key=itemgetter(0)):
            if number != expected:
                break
            yield (result for _, result in results)
            expected += 1
        if expected != len(items):
            raise BuildError("Ray: results are missing or in another order; the index is unchanged; build again")

    def _stream(self, items: Sequence[Any], size: int, job: Job, stages: Sequence[Stage]) -> Iterator[tuple[int, Any]]:
        """The results with the number of the item that they are of."""
        import ray

        with _ray_errors():
            rows = [{"item": pickle.dumps(pair)} for pair in enumerate(items)]
            data = ray.data.from_items(rows, override_num_blocks=-(-len(rows) // size))
            data.context.execution_options.preserve_order = True
            data.context.enable_progress_bars = False
            data.context.target_max_block_size = MAX_ANSWER_BYTES
            for number, stage in enumerate(stages):
                if number:
                    data = data.repartition(target_num_rows_per_block=BLOCK_SIZE)
                data = data.map_batches(
                    _run_stage,
                    batch_size=None,
                    batch_format="pyarrow",
                    fn_kwargs={"stage": stage, "job": job},
                    num_cpus=1,
                )
            for table in data.iter_batches(batch_size=None, batch_format="pyarrow"):
                yield from map(pickle.loads, table.column("item").to_pylist())


def _run_stage(table: Any, stage: Stage, job: Job) -> Iterator[Any]:
    """Run a stage on a worker: from a table of pickled items to tables of pickled results."""
    import pyarrow

    if job.version != __version__:
        raise BuildError(f"{_name_node()}: has version {__version__} of news-assistant, and not {job.version}")
    items = map(pickle.loads, table.column("item").to_pylist())
    results = ((number, result) for number, item in items for result in stage(item, job))
    while some := [pickle.dumps(result) for result in itertools.islice(results, BLOCK_SIZE)]:
        yield pyarrow.table({"item": pyarrow.array(some, pyarrow.large_binary())})


def _read(file: SourceFile, job: Job) -> Iterator[FileItem]:
    for item in read_articles(file, job.reading, job.supplement):
        # An opened file cannot stay open on its way.
        yield replace(item, file=replace(item.file, opener=file.opener)) if isinstance(item, OpenedFile) else item


def _divide(item: FileItem, job: Job) -> Iterator[FileItem]:
    if isinstance(item, Article):
        yield divide_article(item, _get_model(job), job.max_tokens)
    else:
        yield item


def _derive(article: tuple[Article, list[Span]], _job: Job) -> Iterator[Derived]:
    return derive_articles([article])


def _embed(batch: list[EmbeddingTask], job: Job) -> Iterator[list[EncodedVector]]:
    yield embed_batch(batch, _get_model(job))


def _get_model(job: Job) -> Embedder:
    loader = _get_loader(job.embedding)
    if loader.files().sha256 != job.model_sha256:
        raise ModelError(f"{_name_node()}: the model {loader.files().name} differs from the one of the build")
    return loader.embedder()


_get_loader = functools.lru_cache(maxsize=1)(ModelLoader)  # once in each process of a worker


def _name_node() -> str:
    return f"Ray node {os.uname().nodename if hasattr(os, 'uname') else ''}".strip()


def connect(address: str, stack: contextlib.ExitStack, **options: Any) -> int:
    """Connect to a cluster until the stack is closed, and return how many processors it has.

    A connection that this process has already is used. `options` are those of `ray.init`.
    Raises ConfigError without the packages or the cluster.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing is told to anybody
    try:
        import pyarrow  # noqa: F401
        import ray
        import ray.data
    except ImportError as error:
        raise ConfigError("build --ray needs more packages; run: pip install 'news-assistant[ray]'") from error
    if not ray.is_initialized():
        if address == LOCAL:
            # Not below the usual temporary folder: the path of a socket must be short.
            short = Path(os.sep, "tmp")
            folder = tempfile.mkdtemp(prefix="ray-", dir=short if short.is_dir() else None)
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            options |= {"_temp_dir": folder, "include_dashboard": False}
        stack.callback(ray.shutdown)
        try:
            _start(ray, STARTS if address == LOCAL else 1, address=address, **options)
        except Exception as error:  # Ray raises no narrower class
            stack.close()
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ConfigError(f"--ray {address}: {reason}; `ray start --head` starts a cluster") from error
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # errors are raised
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _start(ray: Any, attempts: int, **options: Any) -> None:
    try:
        # Ray lets workers import from the current folder, which can be one of articles from anywhere.
        with contextlib.chdir(Path(__file__).parent):
            ray.init(**options, log_to_driver=False, logging_level=logging.ERROR)
    except Exception as error:
        if attempts == 1 or "timed out" not in str(error):
            raise
        ray.shutdown()
        _start(ray, attempts - 1, **options)


@contextlib.contextmanager
def _ray_errors() -> Iterator[None]:
    """Turn errors of Ray into those of this program."""
    from ray.exceptions import RayError

    try:
        yield
    except RayError as error:
        cause: BaseException = error
        while (inner := getattr(cause, "cause", None) or cause.__cause__) is not None:
            cause = inner
            if isinstance(cause, AssistantError | MemoryError) and not isinstance(cause, RayError):
                raise cause from error
        reason = f"{type(cause).__name__}: {(str(cause).splitlines() or ['no reason given'])[0][:300]}"
        raise BuildError(f"Ray: {reason}; the last complete index, if any, is unchanged; build again") from error
