"""Paragraphs with masked quotations and grouped sentences."""

from __future__ import annotations

from assistant.speech.paragraphs import find_common_words, group_by_length, parse_paragraph
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.sentences import sentence_spans


def test_quotations_are_masked_and_nicknames_removed() -> None:
    """Every character of a quotation is masked; a nickname is replaced by spaces."""
    text = "Ada “Bix” Brandreth said “no.”"
    paragraph = parse_paragraph(text, 0, len(text), [(0, len(text))])
    assert paragraph.masked == f"Ada {' ' * 5} Brandreth said {QUOTE_MASK * 5}"
    assert paragraph.quotes == ((25, 30),)
    assert paragraph.quotes_in((0, len(text))) == [(25, 30)]
    assert not paragraph.is_quote_open


def test_dateline_is_blank() -> None:
    """A dateline is replaced by spaces."""
    text = "TARN, June 1 (AP) — The gate is shut."
    assert parse_paragraph(text, 0, len(text), [(0, len(text))]).masked == f"{' ' * 20}The gate is shut."


def test_sentences_of_one_quotation_are_grouped() -> None:
    """Sentences of one quotation and its speech tag are one group; the next sentence is not."""
    text = "“It is shut. It was shut,” Ada said. Ivo left."
    paragraph = parse_paragraph(text, 0, len(text), sentence_spans(text))
    assert [text[a:b] for a, b in paragraph.groups] == ["“It is shut. It was shut,” Ada said.", "Ivo left."]


def test_long_quotation_is_not_grouped() -> None:
    """Sentences are joined only up to the maximum length."""
    text = (
        "“" + " ".join(f"Gate number {number} is shut for the whole of this long winter." for number in range(20)) + "”"
    )
    paragraph = parse_paragraph(text, 0, len(text), sentence_spans(text))
    lengths = [end - start for start, end in paragraph.groups]
    assert len(lengths) == 2
    assert max(lengths) <= 700


def test_open_quotation_and_paragraph_of_quotation() -> None:
    """A quotation without a closing mark is open, and the paragraph is all quotation."""
    text = "“It is shut."
    paragraph = parse_paragraph(text, 0, len(text), [(0, len(text))])
    assert paragraph.is_quote_open
    assert paragraph.is_quotation


def test_common_words_are_no_names() -> None:
    """Words in small letters elsewhere, and plurals capitalized only at the start of a sentence."""
    words = find_common_words("Keepers left. The keepers came. Farmers met. All Tories and the Tories left.")
    assert {"keepers", "farmers", "came"} <= words
    assert "tories" not in words


def test_sentences_grouped_by_length() -> None:
    """Consecutive sentences are together up to the maximum length."""
    assert group_by_length([(0, 300), (301, 650), (651, 720), (721, 2000)]) == [(0, 650), (651, 720), (721, 2000)]
