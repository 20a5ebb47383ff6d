"""Which ends of lines are only wraps."""

from __future__ import annotations

import textwrap

import pytest

from assistant.text.layout.lines import paragraph_lines, trim_span

PARAGRAPHS = (
    "The harbour board of Velden said on Tuesday that the old crane would be taken down before the winter storms, and"
    " that nobody would lose a job over it.",
    "Mina Torvald, who has worked there since she was a girl, did not believe a word of that and wrote to the board.",
    "“We were told the same about the lighthouse,” she said. “It stood empty for eleven years, and then it fell.”",
)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs with their lines joined by spaces."""
    return [" ".join(text[start:end] for start, end in lines) for lines in paragraph_lines(text)]


@pytest.mark.parametrize("width", [28, 32, 40, 48, 60, 72, 90, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n\n\n", "\n   "])
def test_wrapped_text_of_any_width(width: int, between: str) -> None:
    """Blank lines, or indented first lines, separate the paragraphs of a wrapped text."""
    text = between.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert paragraphs_of(text) == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [32, 45, 60])
def test_paragraphs_without_separation(width: int) -> None:
    """A line that is clearly short ends a paragraph."""
    text = "\n".join(textwrap.fill(f"{paragraph} So it was.", width) for paragraph in PARAGRAPHS[::2])
    assert "\n".join(paragraphs_of(text)).startswith(PARAGRAPHS[0])
    assert len(paragraphs_of(text)) <= 2


def test_blank_line_after_each_line() -> None:
    """Some programs copy each line with a blank line after it."""
    lines = textwrap.wrap(PARAGRAPHS[1], 24)
    assert paragraphs_of("\n\n".join(lines)) == [PARAGRAPHS[1]]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3 of 12", "The Velden Courier            Page 3"])
def test_page_break_inside_a_sentence(number: str) -> None:
    """A sentence goes on after a page number; the number is not part of it."""
    lines = textwrap.wrap(PARAGRAPHS[0], 40)
    text = "\n".join([*lines[:2], "", number, "", *lines[2:]])
    assert paragraphs_of(text) == [PARAGRAPHS[0]]


@pytest.mark.parametrize(
    "text",
    [
        "The crane is old.\nThe board met on Tuesday.\nNobody was surprised by what it said then.",
        "Crane to be taken down\nBy Mina Torvald\nThe board met on Tuesday.",
        "Board\nmilk\neggs\nsome flour and a little salt\nbutter",
        "- the crane\n- the quay and the long wall behind it\n- the lighthouse",
        "The crane has stood through every gale\nAnd every gale has left it as it stood,\nThe board may write",
        "TORVALD: And then it\nfell?\nOSTREM: It fell.\nTORVALD: I see.",
        "One long line that goes on and on without an end, as some do, for a hundred characters and for more than that,"
        " and then some\nThe keeper came out and said nothing",
    ],
    ids=["paragraphs", "head", "words", "list", "poem", "transcript", "long"],
)
def test_lines_stay_apart(text: str) -> None:
    """Each line is a paragraph in a list, a poem, a transcript, or a text of one paragraph a line."""
    assert len(paragraph_lines(text)) == len(text.split("\n"))


def test_sentence_goes_on_behind_a_long_line() -> None:
    """In a text of one paragraph a line, a sentence that breaks off in a long line goes on in the next one."""
    text = f"{PARAGRAPHS[1][:97]}\n{PARAGRAPHS[1][98:]}\n{PARAGRAPHS[2]}"
    assert paragraphs_of(text) == list(PARAGRAPHS[1:])


def test_label_begins_a_line_in_a_wrapped_text() -> None:
    """In a wrapped transcript a label begins a paragraph after the end of a sentence."""
    text = "TORVALD: The crane was never checked by anybody who\nknew how cranes are built.\nOSTREM: Who was to do it?"
    assert paragraphs_of(text)[1:] == ["OSTREM: Who was to do it?"]


def test_divided_word_in_a_text_of_long_lines() -> None:
    """A hyphen at the end of a line and a small letter are a wrap in any text."""
    line = "Mina Torvald has worked there since she was a girl and could not believe any of that, she told the"
    text = f"{line} har-\nbour board, and then she left."
    assert len(paragraph_lines(text)) == 1
    assert len(paragraph_lines("It was sold to Holm-\nTorvald bought it.")) == 2


def test_trim_span() -> None:
    """White space at both ends is not part of the span."""
    assert trim_span("  ab ", 0, 5) == (2, 4)
    assert trim_span("   ", 0, 3) is None
