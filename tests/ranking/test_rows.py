"""A question and sentences as tokens."""

from __future__ import annotations

from typing import Any

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.ranking.ranker import Window
from assistant.ranking.rows import MAX_TOKENS, RowEncoder, end_title
from assistant.ranking.weights import load_tokenizer


def make_encoder() -> tuple[RowEncoder, Any]:
    tokenizer = load_tokenizer(locate_model(EmbeddingSettings()).folder)
    return RowEncoder(tokenizer), tokenizer


def test_row_has_question_title_and_sentences() -> None:
    """The tokens are those of BERT for a pair of texts; the offsets are those in each sentence, in code points."""
    encoder, tokenizer = make_encoder()
    sentences = "“Nobody 🙂 asked”, said Zoë Öberg.", "The dues rise."
    (row,) = encoder.encode("Who asked?", [Window("Harbour dues", sentences)])
    assert row.ids == tokenizer.encode("Who asked?", f"Harbour dues. {' '.join(sentences)}").ids
    assert len(row.segments) == len(row.ids)
    assert row.segments == sorted(row.segments)
    for sentence, (first, spans) in zip(sentences, row.sentences, strict=True):
        assert row.ids[first : first + len(spans)] == tokenizer.encode(sentence, add_special_tokens=False).ids
        assert "".join(sentence[start:end] for start, end in spans) == sentence.replace(" ", "")


def test_long_row_is_cut_at_the_end_of_the_sentences() -> None:
    """Whatever the lengths, a row has at most the limit and keeps its separators; what has no room has no tokens."""
    encoder, _ = make_encoder()
    (row,) = encoder.encode("why " * 500, [Window("title " * 500, ("word " * 500, "more"))])
    assert len(row.ids) == len(row.segments) == MAX_TOKENS
    (first, spans), (_, cut) = row.sentences
    assert spans[0] == (0, 4)
    assert first + len(spans) + 1 == MAX_TOKENS
    assert cut == []
    (empty,) = encoder.encode("", [Window("", ("",))])
    assert (len(empty.ids), empty.sentences) == (3, [(2, [])])


def test_title_becomes_a_sentence() -> None:
    """A full stop is added unless there is a mark."""
    assert [end_title(title) for title in ("Dues rise ", "Dues rise?", "", " ")] == ["Dues rise.", "Dues rise?", "", ""]
