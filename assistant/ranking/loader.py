"""The choice of the configured ranker, loaded once at its first use or in the background."""

from __future__ import annotations

import contextlib
import functools
import threading
from typing import Self

from assistant.config.schema import RankingSettings
from assistant.errors import ModelError
from assistant.ranking.ranker import Ranker
from assistant.system.os_errors import TOO_MANY_FILES
from assistant.system.process import AwaitedThread
from assistant.system.threads import start_thread

PACKAGED, NONE = "packaged", "none"  # the values of `ranking.model` that are no names


def load_ranker(settings: RankingSettings) -> Ranker | None:
    """The configured ranker, ready to use; None if there is to be none.

    Raises ModelError if the model is not on the machine and cannot be downloaded, or is altered or no CrossEncoder.
    """
    if settings.model == NONE:
        return None
    if settings.model == PACKAGED:
        return _load_packaged_ranker()
    from assistant.ranking.cross_encoder import CrossEncoderRanker

    return CrossEncoderRanker(settings.model)


@functools.cache
def _load_packaged_ranker() -> Ranker:
    """The packaged ranker, loaded once in a process, however many assistants it has."""
    from assistant.ranking.openvino_ranker import OpenVinoRanker, OpenVinoReader
    from assistant.ranking.rows import MAX_TOKENS, MAX_WINDOW_TOKENS
    from assistant.ranking.weights import ALONE, TOGETHER, ensure_graph

    readers = []
    for trained, max_tokens in ((ALONE, MAX_TOKENS), (TOGETHER, MAX_WINDOW_TOKENS)):
        base, graph = ensure_graph(*trained)
        try:
            readers.append(OpenVinoReader(base, graph, max_tokens))
        except (OSError, RuntimeError) as error:  # OpenVINO says no more than that it could not read a file
            raise ModelError(f"{graph}: cannot be loaded, perhaps because {TOO_MANY_FILES}") from error
    return OpenVinoRanker(*readers)


class RankerLoader:
    """Loads the configured ranker when it is first asked for. Can be used from several threads."""

    def __init__(self, settings: RankingSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._ranker: Ranker | None = None

    def start(self) -> Self:
        """Begin to load the ranker in another thread and return self. Errors are raised at the first use."""
        if self.settings.model != NONE:
            with contextlib.suppress(MemoryError):  # then it is loaded at its first use
                start_thread(AwaitedThread(target=self._load, name="load the ranker"))
        return self

    def ranker(self) -> Ranker | None:
        """The ranker, ready to use; None if `ranking.model` is none. Raises as `load_ranker` does."""
        with self._lock:
            if self._ranker is None:
                self._ranker = load_ranker(self.settings)
            return self._ranker

    @property
    def reads_windows(self) -> bool:
        """Whether the configured ranker also reads sentences together with those around them."""
        return self.settings.model == PACKAGED

    @property
    def runs_on(self) -> str | None:
        """The runtime and its precision ("OpenVINO, f32"); None if no ranker is loaded yet."""
        return self._ranker.runs_on if self._ranker else None

    def _load(self) -> None:
        with contextlib.suppress(Exception):  # the first use tries again and raises the error
            self.ranker()
