"""Counting tokens word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.embedding.calibration import calibration_texts
from assistant.embedding.token_counter import MAX_CACHED_LENGTH, TokenCounter, can_count_by_word

BERT: dict[str, Any] = {
    "normalizer": {"type": "BertNormalizer"},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "model": {"type": "WordPiece"},
}


class LetterTokenizer:
    """A tokenizer that makes a token of each letter, and counts its calls."""

    def __init__(self, settings: str) -> None:
        self.settings = settings
        self.encoded: list[str] = []

    def to_str(self) -> str:
        return self.settings

    def encode(self, word: str, add_special_tokens: bool) -> str:
        assert not add_special_tokens
        self.encoded.append(word)
        return word

    def encode_batch_fast(self, texts: Sequence[str], add_special_tokens: bool) -> Sequence[str]:
        assert not add_special_tokens
        return texts


def test_words_counted_once() -> None:
    """With a tokenizer of BERT, each word is encoded once, except long ones."""
    kinds = '{"normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"}, '
    tokenizer = LetterTokenizer(kinds + '"model": {"type": "WordPiece"}}')
    long = "x" * (MAX_CACHED_LENGTH + 1)
    assert TokenCounter(tokenizer).count(["the ferry", "", f"the {long} {long}"]) == [8, 0, 3 + 2 * len(long)]
    assert tokenizer.encoded == ["the", "ferry", long, long]


def test_other_tokenizers_count_texts() -> None:
    """With another tokenizer, whole texts are encoded: here a space is a token too."""
    assert TokenCounter(LetterTokenizer("{}")).count(["the ferry", ""]) == [9, 0]


def test_tokenizers_that_count_by_word() -> None:
    """Only BERT's parts count by word, and no added token may reach beyond a word."""
    token = {"lstrip": False, "rstrip": False, "single_word": False, "content": "[SEP]"}
    assert can_count_by_word({**BERT, "added_tokens": [token]})
    assert not can_count_by_word({**BERT, "added_tokens": [{**token, "lstrip": True}]})
    assert not can_count_by_word({**BERT, "model": {"type": "BPE"}})
    assert not can_count_by_word({})


def test_calibration_texts_of_all_lengths() -> None:
    """The calibration texts are distinct, and range from questions to several paragraphs."""
    lengths = [len(text) for text in calibration_texts()]
    assert len(set(calibration_texts())) == len(lengths) == 40
    assert min(lengths) < 20
    assert max(lengths) > 1200
