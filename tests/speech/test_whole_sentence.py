"""Who reports a whole sentence, and what is only told about the speaker: words by article."""

from __future__ import annotations

import pytest

from assistant.speech.extent.whole_sentence import tells_meanwhile
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


def list_said(text: str) -> list[tuple[str | None, str | None, str]]:
    """Name or description, reporter and words of everything that is said in a text."""
    found = find_statements(make_article(text), sentence_spans(text))
    return [
        (each.speaker or each.role, each.via, text[each.start : each.end])
        for each in found
        if each.status in ("asserted", "reported")
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("Ivo Tarn conceded the race, Ada Brandreth said.", "Ada Brandreth", "Ivo Tarn conceded the race"),
        ("Divers responded and found the wreck, chief Bo Moe said.", "Bo Moe", "Divers responded and found the wreck"),
        (
            "A gauge in Pelby reported just 6.46 inches of rain, the Tide Monitor noted.",
            "Tide Monitor",
            "A gauge in Pelby reported just 6.46 inches of rain",
        ),
    ],
)
def test_who_tells_of_somebody_else_has_the_whole_sentence(text: str, speaker: str, said: str) -> None:
    """A verb of saying inside a told sentence does not take its end away."""
    assert (speaker, None, said) in list_said(text)


def test_thing_that_somebody_names_does_not_divide_a_sentence() -> None:
    """Who names something in the words of a source does not take them over."""
    text = "Many fell ill with what Pelby is referring to as “fever,” and 62 have died, according to the outlet KCNT."
    assert ("KCNT", None, text[: text.index(", according")]) in list_said(text)


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Ivo Tarn stated that a boat would steer itself “by next year,” the suit said.", "the suit"),
        ("Ivo Tarn wrote that the lock was “late,” the indictment said.", "the indictment"),
        ("Ivo Tarn told the crew that he “shut the gate,” the filing said.", "the filing"),
    ],
)
def test_document_that_tells_what_somebody_said(text: str, via: str) -> None:
    """The words, their last quotation included, are those of whoever a document says them of."""
    ((speaker, told_by, said),) = list_said(text)
    assert (speaker, told_by, said[-1]) == ("Ivo Tarn", via, "”")


@pytest.mark.parametrize(
    "text",
    [
        "“Wake up! I won!” Ada Brandreth said to Ivo, stepping over his “sleeping” dog as she walked home.",
        "“Where is the key?” Ada Brandreth asked, standing over the gate at noon.",
        "“The lock is shut,” Ada Brandreth said, without giving a date.",
    ],
)
def test_what_the_speaker_does_meanwhile_is_not_said(text: str) -> None:
    """Only the quotation before the speaker is what they say."""
    assert [said for _, _, said in list_said(text)] == [text[: text.index("”") + 1]]


def test_reporting_participle_is_nothing_done_meanwhile() -> None:
    """What follows a participle of a verb of saying is words."""
    assert tells_meanwhile(", waving at the crowd.")
    assert not tells_meanwhile(", adding that it leaks.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "No crack was found in the gate, the Tarn Board said in a letter to the Post, and the lock remains open.",
            ["No crack was found in the gate", "and the lock remains open"],
        ),
        (
            "The storm was heading north, Ada Brandreth said in a notice at noon, and was expected to turn.",
            ["The storm was heading north", "and was expected to turn"],
        ),
    ],
)
def test_words_on_both_sides_of_speaker_and_occasion(text: str, parts: list[str]) -> None:
    """The occasion between them is no part of the words."""
    assert [said for _, _, said in list_said(text)] == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ivo Tarn alleges Moe took it, while two friends said it was lost.", "Moe took it"),
        ("The Tarn Board said the rule would hurt but Zing hit back, calling it late.", "the rule would hurt"),
        ("Ada Brandreth told TTV she left – and it is worse, she said.", "she left – and it is worse"),
    ],
)
def test_words_end_where_somebody_else_speaks(text: str, said: str) -> None:
    """What another person says in the same sentence is not added, and a listener is not part of the words."""
    assert list_said(text)[0][2] == said
    assert len({words for speaker, _, words in list_said(text) if speaker == list_said(text)[0][0]}) == 1


def test_relative_clause_before_a_quotation_ends_before_it() -> None:
    """The quotation behind "which the Board described as old," is of whoever says the sentence."""
    text = "The crew, which the Tarn Board described in May as a menace, “is the spine of it,” Bo Moe told TTV."
    assert list_said(text)[0] == ("Bo Moe", None, text[: text.index(" Bo Moe")])
    listed = "Ada Brandreth praised Ivo, whom she calls a “fine keeper” and more to the point, “a good man.”"
    assert list_said(listed)[-1][2] == "a “fine keeper” and more to the point, “a good man.”"


@pytest.mark.parametrize(
    "text",
    [
        "As Ivo Tarn continued to ask whether she regretted it, Ada Brandreth said, “I would have to look.”",
        "When Ivo Tarn asked if it leaks, Ada Brandreth replied: “It does.”",
        "While Ivo Tarn claimed that it leaks, Ada Brandreth said, “It holds.”",
    ],
)
def test_main_clause_is_not_told_by_the_subordinate_one(text: str) -> None:
    """Who speaks in the main clause does so on her own, and is no part of what the other says."""
    said = list_said(text)
    assert said[-1] == ("Ada Brandreth", None, text[text.index("“") :])
    assert all("Brandreth" not in words for _, _, words in said)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("It came after riots, according to Customs and Coast Guard officials.", []),
        (
            "Ada Lee is honored at “An Evening With Ada Lee,” which the Tarn Trust describes as “a treat.”",
            ["Tarn Trust"],
        ),
        ("The IRT says it is paid as long as a number is given, the IRT said.", ["IRT"]),
        ("“So it leaks?” Ada Brandreth asked again, before saying, “It does.”", ["Ada Brandreth", "Ada Brandreth"]),
    ],
)
def test_each_speaker_has_only_their_words(text: str, speakers: list[str]) -> None:
    """Half a name, the clause before a relative one, and a tag that is repeated give no words to anybody."""
    assert [speaker for speaker, _, _ in list_said(text)] == speakers
