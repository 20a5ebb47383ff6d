"""How many tokens a text has, counted as often as articles are cut: by remembered words, where that is the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

MAX_CACHED_WORDS = 1 << 17  # 20 MB at most
MAX_CACHED_LENGTH = 32  # characters: longer ones seldom come again


class TokenCounter:
    """Counts a text's tokens, special tokens not included, nothing cut off; safe to use from several threads."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._words = _WordCounts(tokenizer) if can_count_by_word(json.loads(tokenizer.to_str())) else None

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text."""
        words = self._words
        if words is None:
            encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            return [len(encoding) for encoding in encodings]
        return [sum(map(words.__getitem__, text.split(" "))) for text in texts]


def can_count_by_word(tokenizer: dict[str, Any]) -> bool:
    """Whether a text's tokens are those of its parts between spaces, one after the other, whatever the text.

    `tokenizer` is what its file holds. BERT's is of this kind: it never looks beyond a space.
    """
    kinds = [(tokenizer.get(part) or {}).get("type") for part in ("normalizer", "pre_tokenizer", "model")]
    return kinds == ["BertNormalizer", "BertPreTokenizer", "WordPiece"] and not any(
        added["lstrip"] or added["rstrip"] or added["single_word"] or " " in added["content"]
        for added in tokenizer.get("added_tokens") or ()
    )


class _WordCounts(dict[str, int]):
    """The tokens of words, counted when they are first asked for."""

    def __init__(self, tokenizer: Any) -> None:
        super().__init__({"": 0})
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> int:
        # One text is encoded in the calling thread; a list of them wakes a thread for every processor.
        count = len(self._tokenizer.encode(word, add_special_tokens=False))
        if len(word) <= MAX_CACHED_LENGTH:
            if len(self) >= MAX_CACHED_WORDS:
                self.clear()
            self[word] = count
        return count
