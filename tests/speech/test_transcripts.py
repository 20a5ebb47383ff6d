"""Turns of transcripts and interviews in their usual layouts."""

from __future__ import annotations

import pytest

from assistant.speech.layouts.transcripts import Transcript, read_label
from assistant.speech.statements import find_statements
from assistant.text.sentences import paragraph_spans, sentence_spans
from tests.conftest import make_article


def list_turns(text: str) -> list[tuple[str | None, str]]:
    """Speaker, or role in brackets, with the words."""
    statements = find_statements(make_article(text), sentence_spans(text))
    return [
        (each.speaker or (f"({each.role})" if each.role else None), text[each.start : each.end]) for each in statements
    ]


TALK = [("Mina Torvald", "I was tired of it."), ("Ole Brandt", "Why was that?"), ("Mina Torvald", "You know why.")]


@pytest.mark.parametrize(
    "layout",
    [
        "{name}: {words}",
        "**{name}:** {words}",
        "**{name}**: {words}",
        "*{name}:* {words}",
        "- {name}: {words}",
        "• {name}: {words}",
        "> {name}: {words}",
        "[00:12:03] {name}: {words}",
        "00:12 {name}: {words}",
        "(12:03) {name}: {words}",
        "{name} [00:12:03]: {words}",
        "{name} (00:12): {words}",
        "{name} (on the phone): {words}",
        "{name} ((voice-over)): {words}",
        "{name}: [12:03] {words}",
        "(({name})) {words}",
        "{name}:\n{words}",
        "{name} (00:12):\n{words}",
        "{name}  0:12\n{words}",
        "| {name} | {words} |",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_layouts(layout: str, between: str) -> None:
    """The name stands before the words, with a time, a remark or marks of emphasis around it."""
    assert list_turns(between.join(layout.format(name=name, words=words) for name, words in TALK)) == TALK


def test_capitals_and_titles() -> None:
    """Labels in capitals give names; a title alone is the one person with this title."""
    text = (
        "CHAIRWOMAN TORVALD: The meeting will come to order.\nMR. VAN BRANDT: Thank you. The crane is old.\n"
        "SEN. O'HARA-LUND (V-VELDEN): Did you inspect it?\nMR. VAN BRANDT: I did.\nTHE CHAIRWOMAN: Order, please.\n"
        "THE WITNESS: I do not know."
    )
    assert [speaker for speaker, _ in list_turns(text)] == [
        "Torvald",
        "van Brandt",
        "O'Hara-Lund",
        "van Brandt",
        "Torvald",
        "(witness)",
    ]


@pytest.mark.parametrize(
    ("head", "guest"),
    [
        ("An interview with Mina Torvald, the keeper of the light.", "Mina Torvald"),
        ("An interview with the keeper of the light, Mina Torvald.", "Mina Torvald"),
        ("The Courier spoke to Mina Torvald about the crane.", "Mina Torvald"),
        ("Mina Torvald spoke to the Courier about the crane.", "Mina Torvald"),
        ("By Petra Holm\n\nMina Torvald sat down with Petra Holm at the quay.", "Mina Torvald"),
        ("Q&A with Mina Torvald", "Mina Torvald"),
        ("Interview: Mina Torvald", "Mina Torvald"),
        ("Five questions for Mina Torvald.", "Mina Torvald"),
        ("The Courier spoke to Mina Torvald and Ole Brandt about the crane.", None),
        ("Mina Torvald sat down with Petra Holm at the quay.", None),
        ("She sat down with us to discuss the United Harbours.", None),
        ("Readers asked about the crane that Mina Torvald built.", None),
    ],
)
@pytest.mark.parametrize(
    ("question", "answer"), [("Q:", "A:"), ("Q.", "A."), ("Question:", "Answer:"), ("**Q:**", "**A:**")]
)
def test_head_names_who_answers(head: str, guest: str | None, question: str, answer: str) -> None:
    """Answers are those of the one guest whom the head names; else nobody's. Questions are nobody's."""
    first = f"{question} Why did you leave?\n\n{answer} I was tired of it."
    text = f"{head}\n\n{first}\n\n{question} And now?\n\n{answer} I fish."
    turns = [turn for turn in list_turns(text) if turn[1][-1] in ".?"]
    assert turns[-4:] == [
        (None, "Why did you leave?"),
        (guest, "I was tired of it."),
        (None, "And now?"),
        (guest, "I fish."),
    ]


def test_initials_and_given_names() -> None:
    """Initials and a given name are the one person in the text whom they fit; an abbreviation is nobody."""
    head = "Mina Torvald keeps the light. Anna Brandt met her.\n\n"
    text = (
        f"{head}BBC: Why did you leave?\n\nMT: I was tired of it.\n\nBBC: And now?\n\nAnna: We all fish.\n\nAnna: I do."
    )
    assert [speaker for speaker, _ in list_turns(text)] == [
        "(BBC)",
        "Mina Torvald",
        "(BBC)",
        "Anna Brandt",
        "Anna Brandt",
    ]


def test_further_paragraphs_of_a_turn() -> None:
    """A turn goes on until the next label, or until the article narrates."""
    text = (
        "Mina Torvald: The crane was built in 1931.\n\nWe asked for an inspection and got no answer.\n\n(Laughter)\n\n"
        "It's an old one.\n\nOle Brandt: Why was that?\n\nMina Torvald: You know why.\n\nI told them so.\n\n"
        "The keeper walked out to the pier.\n\nIt was raining on my side of it."
    )
    assert list_turns(text) == [
        ("Mina Torvald", "The crane was built in 1931."),
        ("Mina Torvald", "We asked for an inspection and got no answer."),
        ("Mina Torvald", "It's an old one."),
        ("Ole Brandt", "Why was that?"),
        ("Mina Torvald", "You know why."),
        ("Mina Torvald", "I told them so."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: We were told so.\nNote: You know why.\nUpdate: I am here.\nUpdate: You too.",
        "Photo: Mina Torvald\nPhoto: Ole Brandt\nDate: Monday\nDate: Did you know?",
        "Mina Torvald: Mayor of Velden since 2010.\nOle Brandt: Captain of the ferry.\nIda Lunde: Nurse.",
        "Mina Torvald: 34%\nOle Brandt: 22%\nMina Torvald: 30%",
        "WINNER: Mina Torvald, “We Wait”\nWINNER: Ole Brandt, “I Go”\nWINNER: Ida Lunde, “You Too”",
        "Velden: The council met on Monday.\n\nHolm: A storm broke the quay.\n\nVelden: Nobody was hurt.",
        "A. Take the crane.\nB. Leave the crane.\nC. Sell it.",
        "Correction: My name was wrong.\nClarification: We were wrong.",
        "WHAT'S NEW: You must ask twice.\nCan I wait?\nWHAT'S NEW: We close.\nMay I go?\nWHAT'S NEW: You pay.",
        "THE BIG PICTURE: We wait.\nWHY IT MATTERS: You pay.\nTHE BIG PICTURE: Do you?\nTHE BIG PICTURE: I see.",
    ],
    ids=["notes", "photos", "list", "score", "prizes", "towns", "choices", "corrections", "news", "heads"],
)
def test_no_speakers(text: str) -> None:
    """A word and a colon are no turn where nobody talks."""
    assert list_turns(text) == []


def test_long_turn_is_divided() -> None:
    """A long turn is several statements of whole sentences."""
    words = " ".join(f"I have seen crane number {number} on the quay of Velden." for number in range(30))
    turns = list_turns(f"Mina Torvald: {words}\n\nOle Brandt: Did you really see all of them?\n\nMina Torvald: I did.")
    assert " ".join(said for speaker, said in turns[:-2]) == words
    assert len(turns) > 3
    assert {speaker for speaker, _ in turns[:-2]} == {"Mina Torvald"}


def test_headline_is_no_turn() -> None:
    """Above labels in capitals, a name and a colon in the first line are a headline."""
    text = "Torvald: Crane Will Fall\nTORVALD: It will fall.\nBRANDT: When?\nTORVALD: You tell me."
    assert [said for _, said in list_turns(text)] == ["It will fall.", "When?", "You tell me."]


def test_turns_by_paragraph() -> None:
    """Each turn has its label, its words, and whether the label is in its paragraph."""
    text = "BRANDT: Why?\nTORVALD: I said so.\nWe all did.\nBRANDT: Oh."
    transcript = Transcript("", text, paragraph_spans(text), ())
    turns = [transcript.turn_of(number) for number in range(5)]
    assert [(turn.label, text[turn.start : turn.end], turn.is_opening) for turn in turns if turn] == [
        ("BRANDT", "Why?", True),
        ("TORVALD", "I said so.", True),
        ("TORVALD", "We all did.", False),
        ("BRANDT", "Oh.", True),
    ]
    assert turns[4] is None
    assert read_label("TORVALD", transcript) == ("Torvald", None)
    assert read_label("THE MODERATOR", transcript) == (None, "moderator")


@pytest.mark.parametrize(
    "text",
    ["A" * 500_000, "A " * 200_000, "Aa: I\n" * 8_000, "((A" * 100_000, "0:00 " * 90_000],
    ids=["word", "words", "labels", "brackets", "times"],
)
def test_time_is_linear(text: str) -> None:
    """Long texts of any kind are read in little time."""
    Transcript("", text, paragraph_spans(text), ())


def test_portraits_under_names_are_no_turns() -> None:
    """Words that are about the person whom the label names are not that person's."""
    text = "\n\n".join(f"{name.upper()}: {name.split()[1]} won three races in May." for name, _ in TALK * 2)
    assert list_turns(text) == []


def test_names_of_columns_are_no_turn() -> None:
    """The first row of a table that names its columns is said by nobody."""
    text = "Keeper | Words\nAda Brandreth | I think it is shut.\nIvo Tarn | We will see. Don’t worry."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [each.speaker for each in found] == ["Ada Brandreth", "Ivo Tarn"]


def test_links_to_other_articles_are_no_words_of_a_turn() -> None:
    """A line with a topic, a colon and a title without a full stop stands between the words, not among them."""
    text = "\n\n".join(
        (
            "Brandreth: I think it is shut. We can’t open it.",
            "Want to see more locks?:We should visit ours and help",
            "Tarn: We will see. I’m not worried.",
            "Brandreth: I’m worried. Aren’t you?",
        )
    )
    found = find_statements(make_article(text), sentence_spans(text))
    assert not any("visit" in text[each.start : each.end] for each in found)


def test_initials_beside_full_names() -> None:
    """Where labels are full names, initials are one of them, or a reporter's; not those of somebody in the text."""
    text = (
        "The talk is about Rosa Solli, who was not there.\n\n((RS)) Why was that?\n\n((Mina Torvald)) I was tired."
        "\n\n((RS)) Are you sure?\n\n((Mina Torvald)) You know why.\n\n((MT)) I am sure of it.\n\n((RS)) I see you are."
    )
    assert [speaker for speaker, _ in list_turns(text)] == [
        "(RS)",
        "Mina Torvald",
        "(RS)",
        "Mina Torvald",
        "Mina Torvald",
        "(RS)",
    ]


def test_person_named_in_a_turn() -> None:
    """In an interview with labels in brackets, a single name with a colon is a remark on somebody."""
    text = (
        "((WN)) Who helped you?\n\n((Mina Torvald)) I had three people.\n\nOle Brandt: I think he did the most of it."
        "\n\n((WN)) Are you sure?\n\n((Mina Torvald)) You know why."
    )
    assert "Ole Brandt" not in [speaker for speaker, _ in list_turns(text)]
