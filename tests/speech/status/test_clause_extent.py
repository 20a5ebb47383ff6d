"""Where the clause that somebody says begins and ends."""

from __future__ import annotations

import pytest

from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.status.clause_extent import (
    drop_retold,
    find_main_clause,
    hide_quotations_of_others,
    join_interrupted,
)
from assistant.text.quotation_marks import QUOTE_MASK
from tests.speech.test_statements import find_in, list_statements


def test_main_clause_after_subordinate_one() -> None:
    """The main clause is not said; commas inside the subordinate clause do not end it."""
    words = "that the lock, the gate and the quay leak, boats left the basin"
    assert find_main_clause(f"After Ada Brandreth said {words}", len("After "), words) == words.index(", boats")
    assert find_main_clause(f"Ada Brandreth said {words}", 0, words) is None
    assert find_main_clause("After Ada said it leaks", len("After "), "it leaks") is None


def test_interrupted_clause_is_one() -> None:
    """A clause that the speaker divides is one span; behind a complete clause the parts stay apart."""
    outside = "The groups, she said, could close"
    own = ResolvedAttribution("Ada Brandreth", None, "said", "around", 12, 20)
    parts = [ContentSpan(own, 0, 10), ContentSpan(own, 22, 33)]
    assert join_interrupted(parts, outside) == [ContentSpan(own, 0, 33)]
    assert join_interrupted(parts, outside.replace("groups", "rat is")) == parts
    assert join_interrupted(parts, outside.replace("could", "it was")) == parts[:1]
    assert join_interrupted(parts[:1], outside) == parts[:1]


def test_quotations_of_others_are_hidden() -> None:
    """A quotation inside the words that somebody else says there is no quotation of the outer speaker."""
    outside = f"Ada blamed those who passed what Ivo called {QUOTE_MASK * 3} law"
    outer = ResolvedAttribution("Ada", None, "blamed", "around", 0, 10)
    inner = ResolvedAttribution("Ivo", None, "called", "around", 33, 43)
    contents = [ContentSpan(outer, 11, len(outside)), ContentSpan(inner, 44, 47)]
    assert QUOTE_MASK not in hide_quotations_of_others(contents[:1], contents, outside)
    assert hide_quotations_of_others(contents[1:], contents, outside) == outside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("After Ada Brandreth said that it leaks, early talks began.", ["that it leaks"]),
        ("As much as Ada Brandreth insists that it leaks, she stayed.", ["that it leaks"]),
        (
            "The gate, according to the Pelby Post in May, is too old.",
            ["The gate, according to the Pelby Post in May, is too old"],
        ),
        ("A third according to the Pelby Post, it was recorded as half.", ["A third"]),
        (
            "The hut fell in 1958 when “two storms came,” the TRA said.",
            ["The hut fell in 1958 when “two storms came,”"],
        ),
        ("Ada Brandreth said she left because she thought it was late.", ["she left because she thought it was late"]),
        ("Ada Brandreth said Sunday it would close huts that leak.", ["it would close huts that leak"]),
        ("Ada Brandreth said in a statement it would close.", ["it would close"]),
        ("Ada Brandreth claimed at the time it would close.", ["it would close"]),
        ("Ada Brandreth said, in answer to the report, “it leaks”.", ["“it leaks”"]),
        ("Talking of Ivo Marr — who called the hut “sad” — Ada Brandreth said it was late.", ["it was late"]),
        ("“Low Tide” star Ada Brandreth returned three of her prizes.", []),
        ("The lock leaks, the TRA said.", ["The lock leaks"]),
        ("Ada Brandreth told reporters Monday the lock was “old”.", ["the lock was “old”"]),
        ("In Pelby, where the gates are shut, Ada Brandreth told TRN it was late.", ["it was late"]),
        ("Ada Brandreth said on Tuesday at the lock in Pelby, N.C., that it leaks.", ["that it leaks"]),
        ("Ada Brandreth said — as told by Ivo Marr — “it leaks”.", ["“it leaks”"]),
        ("Cosmo Marr, who had run the lock, announced a new gate, Ada Brandreth.", []),
        ("Per the trust’s Ada Plan of May, all gates are shut.", []),
        ("Ada Brandreth called it late.\n\n‘A failure of the lock on every level’\n\nIt was shut.", ["it late"]),
        (
            "According to Ada Brandreth, Marr’s former aide, Marr died of a fever, a bad one.",
            ["Marr died of a fever, a bad one"],
        ),
        (
            "The gate is checked, Ada Brandreth said, to see if it leaks.",
            ["The gate is checked, Ada Brandreth said, to see if it leaks"],
        ),
        ("Ada Brandreth wrote on Twitter, beside a picture, that it was “old”.", ["that it was “old”"]),
        ("Ada Brandreth warned the town is “asleep” at the gate.", ["the town is “asleep” at the gate"]),
        ("Ada Brandreth said on May 30 the gate was late.", ["the gate was late"]),
        ("Despite the presence of keepers, Ada Brandreth says there is little to see.", ["there is little to see"]),
        (
            "No other gate can do it. That’s important as the town grows, according to Ada Brandreth.",
            ["That’s important as the town grows"],
        ),
        ("The lock leaks badly, Ada Brandreth said Tuesday, making it late.", ["The lock leaks badly"]),
        ("Ada Brandreth spoke. This year, she said, she came late.", ["This year, she said, she came late"]),
        ("Ada Brandreth told TRN keepers would stay.", ["keepers would stay"]),
        ("Ada Brandreth told TRN Keepers would stay.", ["Keepers would stay"]),
        ("Ada Brandreth adds with a laugh, “it leaks”.", ["“it leaks”"]),
        ("Ada Brandreth said it leaks, in what appears to be the first such admission.", ["it leaks"]),
        ("Ada Brandreth was late: “It broke,” she said.", ["“It broke,”"]),
        ("After a delay, the new “Captain Lock” Ada Brandreth opened the gate.", []),
        (
            "“It is late,” Ada Brandreth said on the radio program “Talk of the Lock With Dr. Ivo Marr.”",
            ["“It is late,”"],
        ),
        ("According to Ada Brandreth, who keeps the lock, in the north it leaks.", ["in the north it leaks"]),
        ("Critics say the lock shows how old it is – with half of it rotten, according to the Pelby Post.", []),
        ("The gate opened, Cosmo Marr reports. Ada Brandreth was near.", []),
        ("Ada Brandreth fell, suggesting her days would be few.", []),
        ("Ada Brandreth left, while rehashing claims and requests that keepers made.", []),
        ("Ada Brandreth declared: “We mend it.” “Old and new” was a theme of the day.", ["“We mend it.”"]),
    ],
)
def test_extent_of_words(text: str, words: list[str]) -> None:
    """Words are a whole clause, without what the writer says before and after it."""
    assert [
        said for speaker, said in list_statements(text) if speaker in ("Ada Brandreth", "Pelby Post", "TRA")
    ] == words


def test_new_sentence_after_introduced_quotation() -> None:
    """A sentence behind a quotation that was introduced is somebody else's."""
    text = "Ada Brandreth said at a talk: “It leaks. It is old.” Pelby Trust has called for a report on the lock."
    assert ("Ada Brandreth", "“It leaks. It is old.”") in list_statements(text)


def test_thing_is_no_clause() -> None:
    """A thing that was announced, repeated or found is told by the writer; a clause is said."""
    found = find_in(
        "Ada Brandreth announced a task force aimed at mending it. Ada Brandreth repeated her words on the gate. Ada "
        "Brandreth found that it leaks. Ada Brandreth announced the lock would close. Ada Brandreth told keepers to "
        "ask how it broke. Ada Brandreth will announce that it leaks. Ada Brandreth took to Twitter to share “joy”."
    )
    assert [each.status for each in found] == ["narrated"] * 3 + ["asserted"] + ["narrated"] * 3


def test_retold_words_are_of_the_first() -> None:
    """Words that somebody says in the sentence are not those of the source behind it."""
    critic = ResolvedAttribution(None, "critics", "say", "around", 0, 11)
    source = ResolvedAttribution("Pelby Post", None, "according to", "around", 30, 50)
    pieces = [ContentSpan(critic, 12, 28), ContentSpan(source, 12, 28)]
    assert drop_retold(pieces) == pieces[:1]
    assert drop_retold(pieces[1:]) == pieces[1:]
