"""A question and a sentence with its title as one row of tokens, the input of the packaged ranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAX_TOKENS = 128  # of a pair, with its special tokens
MAX_QUESTION_TOKENS = 48
MAX_TITLE_TOKENS = 24

QUESTION, TITLE, SENTENCE = 0, 1, 2  # what a token belongs to; the separators belong to what they end
SEGMENTS = 3

CLS, SEP = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Piece:
    """The tokens of a text, without special tokens; `spans` are their offsets in the text, in code points."""

    ids: list[int]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Tokens and their segments, both of one length; the sentence's tokens are `ids[first:first + len(spans)]`.

    `spans` are the offsets of those tokens in the sentence, in code points. The end of a long sentence is missing.
    """

    ids: list[int]
    segments: list[int]
    first: int
    spans: list[tuple[int, int]]


class PairEncoder:
    """Encodes pairs with the tokenizer of a BERT model. Can be used from several threads."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep = (int(tokenizer.token_to_id(token)) for token in (CLS, SEP))

    def split(self, texts: Sequence[str]) -> list[Piece]:
        """The tokens of each text."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Piece(encoding.ids, encoding.offsets) for encoding in encodings]

    def join(self, question: Piece, title: Piece, sentence: Piece) -> Pair:
        """[CLS] question [SEP] title sentence [SEP]; what exceeds the limits is left out."""
        asked, named = question.ids[:MAX_QUESTION_TOKENS], title.ids[:MAX_TITLE_TOKENS]
        first = len(asked) + len(named) + 2
        read = sentence.ids[: MAX_TOKENS - first - 1]
        segments = [QUESTION] * (len(asked) + 2) + [TITLE] * len(named) + [SENTENCE] * (len(read) + 1)
        return Pair(
            [self._cls, *asked, self._sep, *named, *read, self._sep], segments, first, sentence.spans[: len(read)]
        )

    def encode(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Pair]:
        """A pair for each (title, sentence); a title may be empty."""
        asked, *pieces = self.split([question, *(part for title, text in texts for part in (end_title(title), text))])
        return [self.join(asked, title, sentence) for title, sentence in zip(pieces[::2], pieces[1::2], strict=True)]


def end_title(title: str) -> str:
    """The title as a sentence of its own: with a full stop, unless it ends with a mark or is empty."""
    stripped = title.strip()
    return stripped if not stripped or stripped[-1] in ".!?:" else f"{stripped}."
