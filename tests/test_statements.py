"""Who says what in an article, and whom a name in a question can mean."""

from __future__ import annotations

import pytest

from assistant.attribution import same_person
from assistant.chunking import sentence_spans
from assistant.statements import find_statements, quotation_spans
from tests.conftest import article


def statements(text: str) -> list[tuple[str | None, str]]:
    return [
        (statement.speaker, text[statement.start : statement.end])
        for statement in find_statements(article(text), sentence_spans(text))
    ]


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“The gate is shut,” Ada Brandreth said.",
        "“The gate is shut,” said Ada Brandreth.",
        "Ada Brandreth said: “The gate is shut.”",
        "“The gate,” Ada Brandreth said, “is shut.”",
        "Ada Brandreth, who runs the lock, said the gate was shut.",
        "Ada Brandreth told reporters that the gate was shut.",
        "According to Ada Brandreth, the gate is shut.",
        "The gate is shut, according to Ada Brandreth.",
        '"The gate is shut," Ada Brandreth added.',
        "''The gate is shut,'' Ada Brandreth said.",
        "Engineer Ada Brandreth has repeatedly warned that the gate is shut.",
        "Ada Brandreth: “The gate is shut.”",
        "Ada Brandreth called the gate “shut for good”.",
        "Ada Brandreth spoke on the quay, saying that the gate was shut.",
    ],
)
def test_the_speaker_is_found_in_every_order_of_quote_cue_and_name(text: str) -> None:
    assert speakers(text)[:1] == ["Ada Brandreth"]


def test_a_surname_and_a_title_stand_for_the_full_name() -> None:
    text = "Dr. Ada Brandreth runs the lock. Brandreth said it was shut. “Shut,” said Ms. Brandreth."
    assert set(speakers(text)) == {"Ada Brandreth"}


def test_a_pronoun_means_whoever_was_speaking() -> None:
    text = "Ada Brandreth said the gate was shut.\n\n“It will stay shut,” she said."
    assert speakers(text) == ["Ada Brandreth", "Ada Brandreth"]


def test_a_pronoun_with_nobody_before_it_is_given_to_nobody() -> None:
    assert speakers("“It will stay shut,” she said.") == [None]


def test_they_and_we_are_given_to_nobody() -> None:
    assert speakers("Ada Brandreth said the gate was shut. They said that it was not.") == ["Ada Brandreth", None]


def test_two_speakers_keep_their_own_words() -> None:
    text = "“It is shut,” Ada Brandreth said. “It is open,” said Cosmo Pellew. “It creaks,” Brandreth added."
    assert speakers(text) == ["Ada Brandreth", "Cosmo Pellew", "Ada Brandreth"]


def test_words_inside_a_quotation_name_no_speaker() -> None:
    text = "“My father, Ivo Tarn, said no,” Ada Brandreth recalled."
    assert speakers(text) == ["Ada Brandreth"]


def test_a_quotation_over_several_sentences_is_one_statement() -> None:
    text = "“It is shut. It was shut all year. Ask anyone,” Ada Brandreth said. The tide came in."
    assert statements(text) == [("Ada Brandreth", text.removesuffix(" The tide came in."))]


def test_a_quotation_that_runs_on_in_the_next_paragraph_keeps_its_speaker() -> None:
    text = "“It is shut,” Ada Brandreth said. “It was shut all year.\n\n“Nobody came to look.”"
    assert speakers(text) == ["Ada Brandreth"] * 3


def test_a_sentence_that_reports_no_speech_is_no_statement() -> None:
    assert statements("The tide came in at nine. Ada Brandreth shut the gate.") == []


@pytest.mark.parametrize(
    ("asked", "speaker", "same"),
    [
        ("Ushakov", "Yuri Ushakov", True),
        ("Yuri Ushakov", "Ushakov", True),
        ("Mr. Ushakov", "Yuri Ushakov", True),
        ("Kremlin aide Yuri Ushakov", "Yuri Ushakov", True),
        ("Tom Cotton", "Thomas Cotton", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Oakhurst", "Bram Okonjo-Reyes", False),
        ("the Pope", "Yuri Ushakov", False),
        ("Sen. John McCain", "McCain", True),
    ],
)
def test_whom_a_name_can_mean(asked: str, speaker: str, same: bool) -> None:
    assert same_person(asked, speaker) is same


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “one” and “two”.", ["“one”", "“two”"]),
        ('He said "one" and "two".', ['"one"', '"two"']),
        ("He said ''one'' and no more.", ["''one''"]),
        ("Don’t quote O’Neil’s dog.", []),
        ("“A ‘nested’ one”", ["“A ‘nested’ one”"]),
    ],
)
def test_quotations_are_found_with_their_marks(text: str, inside: list[str]) -> None:
    spans, open_at_end = quotation_spans(text, 0, len(text))
    assert [text[start:end] for start, end in spans] == inside
    assert not open_at_end


def test_a_quotation_left_open_reaches_to_the_end_of_the_paragraph() -> None:
    assert quotation_spans("He said “one.", 0, 13) == ([(8, 13)], True)


def test_a_page_of_names_costs_what_any_page_costs() -> None:
    # Each of these took minutes or grew with the square of its length while names could be of any length.
    for text in ("A" * 50_000, "Aa " * 20_000, "A. B. " * 10_000):
        assert statements(text) == []
