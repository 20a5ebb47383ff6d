"""What is said and by whom in sentences where a noun looks like a verb, somebody else acts or the writer goes on."""

from __future__ import annotations

import pytest

from assistant.text.sentences import sentence_spans
from tests.speech.test_whose_words import list_said


@pytest.mark.parametrize(
    "text",
    [
        "The towns in Norland, Tarn Belt states that have lost their mills, voted.",
        "It copes with both lamps and Tarnlux signals, and so does what the rule asks.",
        "After Ada Marr testified, Bo Pell and his crew seemed to look away from her.",
        "It is a plan, which Ada Marr announced earlier than planned after weeks of floods that were stopped by a dam.",
        "Norland might have leaned on Tarn, perhaps by insisting more firmly that it pay.",
        "The “old lock” phrase Ada Marr cited on Monday has appeared in many of her talks.",
        "Ada Marr wrote a letter to Bo Pell asking the town to look into the “mess.”",
        "Ada Marr predicts what the lock will look like.",
        "A new crew called Bix ran a test of the “old” gate.",
        "She has lived in Pelby for years, according to her letter, and in May lost her father, Bo Pell.",
        "The board asked the “keeper” to join it on Monday. Ada Marr blasted Bo Pell for the alleged “losers” comment.",
        "Bo Pell dismissed the idea that “nobody cares.”",
        "Ada Marr went to the talk, because she was asked, and hinted at future talks about the gate.",
        "‘All Locks Are Shut.’\n\nEight years ago the town was flooded.",
        "Jasmine “Bix” Marr, head of the board, speaks during the meeting in Pelby.",
        "Bo Pell at the lock on Monday.\n\nHe predicted the gate would leak. Hear what he thinks about the town",
    ],
)
def test_nothing_is_said(text: str) -> None:
    """Nouns, acts, topics, scare quotes, headings, nicknames and teasers are no words of anybody."""
    assert [(speaker, words) for speaker, words in list_said(text) if speaker] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "“Nobody is pushed out,” said Ada Marr, who accused the board of “counting the costs”.",
            [("Ada Marr", "“Nobody is pushed out,”"), ("Ada Marr", "“counting the costs”")],
        ),
        (
            "“It leaks,” Bo Pell said. Ada Marr shook her head. “It is old.”",
            [("Bo Pell", "“It leaks,”"), (None, "“It is old.”")],
        ),
        (
            "“It leaks,” Ada Marr said, and her son cut in. “It is old. It is late.”",
            [("Ada Marr", "“It leaks,”"), (None, "“It is old. It is late.”")],
        ),
        (
            "“It leaks,” Ada Marr said. “It is old.” Bo Pell, who came from Norland, agreed. “It is late.”",
            [("Ada Marr", "“It leaks,”"), ("Ada Marr", "“It is old.”"), ("Bo Pell", "“It is late.”")],
        ),
        (
            "“It leaks,” Bo Pell told Ada Marr, who answered her door on Sunday and said she would come.",
            [("Bo Pell", "“It leaks,”"), ("Ada Marr", "she would come")],
        ),
        (
            "“It leaks,” Bo Pell wrote. “We wait!” Ada Marr told the Post why that was wrong: “Nobody waits.”",
            [("Bo Pell", "“It leaks,”"), ("Bo Pell", "“We wait!”"), ("Ada Marr", "“Nobody waits.”")],
        ),
        (
            "Bo Pell said the lock was “old” while Jon Marr wrote it was “late.” He added, “We wait.”",
            [("Bo Pell", "the lock was “old”"), ("Jon Marr", "it was “late.”"), (None, "“We wait.”")],
        ),
        (
            "Bo Pell promised voters a gate. Jon Marr answered. “We will not pay,” Marr said.\n\nHe said it was late.",
            [("Jon Marr", "“We will not pay,”"), (None, "it was late")],
        ),
        (
            "Bo Pell told the crew he had “made up his mind” to leave a year ago, according to NTK, citing “sources.”",
            [("Bo Pell", "he had “made up his mind” to leave a year ago"), ("NTK", "“sources.”")],
        ),
        ("Tarn services firm Tarnweb has counted them and says it is late.", [("Tarnweb", "it is late")]),
        (
            "As a keeper, Ada Marr said it leaks. Courtesy Ada Marr Campaign\n\n“We wait,” she said.",
            [("Ada Marr", "it leaks"), ("Ada Marr", "“We wait,”")],
        ),
    ],
)
def test_who_spoke(text: str, said: list[tuple[str | None, str]]) -> None:
    """Somebody who acts, answers or writes too is not taken for the speaker before; where two may be meant, nobody."""
    assert list_said(text) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Marr said it will open, though she didn’t get into details.", "it will open"),
        ("Ada Marr likened it to “a sieve” - a charge that might have stung.", "it to “a sieve”"),
        ("Ada Marr called it “a sieve” during a campaign event in Pelby.", "it “a sieve”"),
        ("Ada Marr smiled, saying warmly, “We wait.”", "“We wait.”"),
        ("Ada Marr explained the choice to close the gate saying, “It leaks.”", "“It leaks.”"),
        (
            "Ada Marr told TRN in June that the gate between Pelby Lock and Norland drove up the cost.",
            "that the gate between Pelby Lock and Norland drove up the cost",
        ),
        ("Ada Marr’s claim that it will close has been denied.", "that it will close"),
        ("Ada Marr said it leaks, and accused Pelby Town of waiting.", "it leaks"),
        ("The gate is old, and while Ada Marr said it would open, it’s late.", "it would open"),
        ("In what Ada Marr calls an “old rule”, the gate was shut, leaving “all” outside.", "an “old rule”"),
        ("He has spoken against plans to close it - “It works,” Ada Marr said.", "“It works,”"),
        (
            "Ada Marr claims that it has been opened a hundred times and has publicly said it leaks.",
            "that it has been opened a hundred times",
        ),
        ("Ada Marr explained, though, that it leaks.", "that it leaks"),
        ("Ada Marr told TRN Hamza bin Pell had left.", "Hamza bin Pell had left"),
    ],
)
def test_where_the_words_end(text: str, words: str) -> None:
    """What the writer adds — asides, settings, other acts, the rest of the sentence — is not among the words."""
    assert next(said for speaker, said in list_said(text) if speaker == "Ada Marr") == words


def test_a_couple_and_whoever_is_told() -> None:
    """A title tells the two of a couple apart, nobody tells himself something, "following" is no name."""
    text = (
        "The parents, Khizr and Ghazala Marr, came. Mr. Marr said it leaks. Ms. Marr said it holds.\n\n"
        "Ivo Pell came to the lock. Pell spoke of gates.\n\n“It is shut,” he told Pell.\n\n"
        "Following claims that it leaked, Bo Tarn was asked."
    )
    said = [(speaker, words) for speaker, words in list_said(text) if words != "of gates"]
    assert said == [("Mr. Marr", "it leaks"), ("Ms. Marr", "it holds"), (None, "“It is shut,”")]


def test_letters_end_a_sentence() -> None:
    """Letters that are no title end a sentence before a capital: a new subject begins."""
    text = "He led a new PAC. Ada Marr left for SEN. Bo Pell after War I. But it was late."
    assert [text[start:end] for start, end in sentence_spans(text)] == [
        "He led a new PAC.",
        "Ada Marr left for SEN. Bo Pell after War I.",
        "But it was late.",
    ]
