"""Pairs of a question and a sentence, as tokens."""

from __future__ import annotations

from typing import Any

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.ranking.pairs import MAX_TOKENS, PairEncoder, end_title
from assistant.ranking.weights import load_tokenizer


def make_encoder() -> tuple[PairEncoder, Any]:
    tokenizer = load_tokenizer(locate_model(EmbeddingSettings()).folder)
    return PairEncoder(tokenizer), tokenizer


def test_pair_has_question_title_and_sentence() -> None:
    """The tokens are those of BERT for a pair; the offsets are those in the sentence, in code points."""
    encoder, tokenizer = make_encoder()
    sentence = "“Nobody 🙂 asked”, said Zoë Öberg."
    (pair,) = encoder.encode("Who asked?", [("Harbour dues", sentence)])
    assert pair.ids == tokenizer.encode("Who asked?", f"Harbour dues. {sentence}").ids
    assert len(pair.segments) == len(pair.ids)
    assert pair.segments == sorted(pair.segments)
    words = [sentence[start:end] for start, end in pair.spans]
    assert words[-4:] == ["Zoë", "Ö", "berg", "."] or "".join(words[-3:]).endswith("berg.")
    assert (
        pair.ids[pair.first : pair.first + len(pair.spans)] == tokenizer.encode(sentence, add_special_tokens=False).ids
    )


def test_long_pair_is_cut_at_the_end_of_the_sentence() -> None:
    """Whatever the lengths, a pair has at most the limit and keeps its separators."""
    encoder, _ = make_encoder()
    (pair,) = encoder.encode("why " * 500, [("title " * 500, "word " * 500)])
    assert len(pair.ids) == len(pair.segments) == MAX_TOKENS
    assert pair.spans[0] == (0, 4)
    assert pair.first + len(pair.spans) + 1 == MAX_TOKENS
    (empty,) = encoder.encode("", [("", "")])
    assert (len(empty.ids), empty.spans) == (3, [])


def test_title_becomes_a_sentence() -> None:
    """A full stop is added unless there is a mark."""
    assert [end_title(title) for title in ("Dues rise ", "Dues rise?", "", " ")] == ["Dues rise.", "Dues rise?", "", ""]
