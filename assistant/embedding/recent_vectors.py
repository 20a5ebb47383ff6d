"""Vectors of texts that were embedded lately: questions about one story compare the same sentences again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from assistant.embedding.embedder import Embedder, Vectors, embed_truncated

MAX_REMEMBERED = 4_096  # texts: some 6 MB of vectors and as many of text


class RecentVectors:
    """Embeds texts, each once as long as it is among the last `limit` ones. Can be used from several threads."""

    def __init__(self, embedder: Embedder, limit: int = MAX_REMEMBERED) -> None:
        self._embedder, self._limit = embedder, limit
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> list[Vectors]:
        """The unit vector of each text, shape (dimension,); a text that is too long is cut off at the end.

        Raises ModelError if the model fails.
        """
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            # Copies: a row would keep the array of all of them.
            found.update(
                (text, row.copy()) for text, row in zip(new, embed_truncated(new, self._embedder), strict=True)
            )
        with self._lock:
            for text in found:
                self._known[text] = found[text]
                self._known.move_to_end(text)
            while len(self._known) > self._limit:
                self._known.popitem(last=False)
        return [found[text] for text in texts]
