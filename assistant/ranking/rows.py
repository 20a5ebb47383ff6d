"""A question and consecutive sentences with their title as one row of tokens, the input of the packaged rankers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.ranking.ranker import Window

MAX_TOKENS = 128  # of a row with one sentence, special tokens included
MAX_WINDOW_TOKENS = 256  # of a row with several
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
class Row:
    """Tokens and their segments, both of one length.

    `sentences` has, for each sentence, its first token and the offsets of its tokens in it, in code points. What is too
    long is cut off: the end of the last sentence that has room, and the sentences after it have no tokens.
    """

    ids: list[int]
    segments: list[int]
    sentences: list[tuple[int, list[tuple[int, int]]]]


class RowEncoder:
    """Encodes rows of at most `max_tokens` with the tokenizer of a BERT model. Can be used from several threads."""

    def __init__(self, tokenizer: Any, max_tokens: int = MAX_TOKENS) -> None:
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._cls, self._sep = (int(tokenizer.token_to_id(token)) for token in (CLS, SEP))

    def split(self, texts: Sequence[str]) -> list[Piece]:
        """The tokens of each text."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Piece(encoding.ids, encoding.offsets) for encoding in encodings]

    def join(self, question: Piece, title: Piece, sentences: Sequence[Piece]) -> Row:
        """[CLS] question [SEP] title sentences [SEP]; what exceeds the limits is left out."""
        asked, named = question.ids[:MAX_QUESTION_TOKENS], title.ids[:MAX_TITLE_TOKENS]
        ids = [self._cls, *asked, self._sep, *named]
        segments = [QUESTION] * (len(asked) + 2) + [TITLE] * len(named)
        read = []
        for sentence in sentences:
            spans = sentence.spans[: max(0, self._max_tokens - len(ids) - 1)]
            read.append((len(ids), spans))
            ids += sentence.ids[: len(spans)]
        ids.append(self._sep)
        return Row(ids, segments + [SENTENCE] * (len(ids) - len(segments)), read)

    def encode(self, question: str, windows: Sequence[Window]) -> list[Row]:
        """A row for each window."""
        texts = [part for window in windows for part in (end_title(window.title), *window.sentences)]
        asked, *pieces = self.split([question, *texts])
        rows, place = [], 0
        for window in windows:
            title, *sentences = pieces[place : place + 1 + len(window.sentences)]
            rows.append(self.join(asked, title, sentences))
            place += 1 + len(sentences)
        return rows


def end_title(title: str) -> str:
    """The title as a sentence of its own: with a full stop, unless it ends with a mark or is empty."""
    stripped = title.strip()
    return stripped if not stripped or stripped[-1] in ".!?:" else f"{stripped}."
