"""Paragraphs and sentences with their offsets."""

from __future__ import annotations

import pytest

from assistant.text.sentences import paragraph_spans, sentence_spans


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_newline_ends_paragraph() -> None:
    """Each line is a paragraph, without the white space around it."""
    assert paragraph_spans("One.\n\n  Two. \nThree.") == [(0, 4), (8, 12), (14, 20)]


def test_blank_line_ends_paragraph_in_wrapped_text() -> None:
    """In hard-wrapped text, only a blank line ends a paragraph."""
    lines = [
        "This is a line of a text that is wrapped by hand at about",
        "sixty letters so that it goes on in the next one and goes on",
        "until it ends here.",
        "",
        "A second paragraph of this text is also wrapped by hand and",
        "it goes on to here.",
    ]
    text = "\n".join(lines)
    assert [text[a:b] for a, b in paragraph_spans(text)] == ["\n".join(lines[:3]), "\n".join(lines[4:])]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Tarn came. He left.", ["Mr. Tarn came.", "He left."]),
        ("“It is shut.” He left.", ["“It is shut.”", "He left."]),
        ("Ada (D-Md.), who left, won.", ["Ada (D-Md.), who left, won."]),
        ("Jeb! was there. So was Ivo.", ["Jeb! was there.", "So was Ivo."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ('It is shut. " It was open.', ["It is shut.", '" It was open.']),
        ("", []),
    ],
)
def test_sentence_boundaries(text: str, sentences: list[str]) -> None:
    """Titles, brackets and names with a mark do not end a sentence."""
    assert sentences_of(text) == sentences


def test_sentences_contain_all_characters() -> None:
    """Only white space is outside the sentences."""
    text = "One two.  Three?\n\tFour … five"
    assert "".join(sentences_of(text)).replace(" ", "") == "".join(text.split())


def test_sentences_of_wrapped_text() -> None:
    """A sentence extends over the lines of a paragraph, also inside a divided word."""
    text = "The board could not af-\nford the crane. It said so\non Tuesday, and nobody\nanswered."
    assert sentences_of(text) == [
        "The board could not af-\nford the crane.",
        "It said so\non Tuesday, and nobody\nanswered.",
    ]
