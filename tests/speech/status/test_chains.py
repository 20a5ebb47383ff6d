"""Words that one speaker reports of another."""

from __future__ import annotations

import pytest

from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.resolution import resolve_attributions
from assistant.speech.statements import find_statements
from assistant.speech.status.chains import link_quoting_speakers
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.speech.masking import tag

ADA, COSMO = "Ada Brandreth", "Cosmo Pellew"


def list_quoted(text: str) -> list[tuple[str | None, str, str | None, str]]:
    """Speaker, status, via and words of each statement that is all in quotation marks."""
    statements = find_statements(make_article(text), sentence_spans(text))
    return [
        (each.speaker or each.role, each.status, each.via, text[each.start : each.end].strip("“”,.‘’"))
        for each in statements
        if text[each.start] in "“‘"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brandreth said that Cosmo Pellew had said “no lock will hold”.", (COSMO, "reported", ADA)),
        ("Ada Brandreth claimed Cosmo Pellew said “no lock will hold”.", (COSMO, "reported", ADA)),
        ("Ada Brandreth recalled: Cosmo Pellew said “no lock will hold”.", (COSMO, "asserted", None)),
        ("Cosmo Pellew said “no lock will hold,” Ada Brandreth recalled.", (COSMO, "reported", ADA)),
        ("Cosmo Pellew told her “no lock will hold”, Ada Brandreth said.", (COSMO, "reported", ADA)),
        ("Ada Brandreth said Cosmo Pellew told her: “No lock will hold.”", (COSMO, "reported", ADA)),
        ("Ada Brandreth accused Cosmo Pellew of saying “no lock will hold”.", (COSMO, "reported", ADA)),
        ("Ada Brandreth criticised Cosmo Pellew for claiming “no lock will hold”.", (COSMO, "reported", ADA)),
        ("Cosmo Pellew was accused by Ada Brandreth of saying “no lock will hold”.", (COSMO, "reported", ADA)),
        ("Ada Brandreth, quoting Cosmo Pellew, said: “No lock will hold.”", (COSMO, "reported", ADA)),
        ("According to Ada Brandreth, Cosmo Pellew told her: “No lock will hold.”", (COSMO, "reported", ADA)),
        ("Cosmo Pellew told her “no lock will hold”, according to Ada Brandreth.", (COSMO, "reported", ADA)),
        ("Cosmo Pellew never said “no lock will hold”, his lawyer told the court.", (COSMO, "denied", "his lawyer")),
        ("Cosmo Pellew refused to say “no lock will hold”, Ada Brandreth said.", (COSMO, "denied", ADA)),
        ("Cosmo Pellew said he never said “no lock will hold”.", (COSMO, "denied", None)),
        ("Ada Brandreth said Cosmo Pellew called it “no lock will hold”. He did not.", (COSMO, "denied", ADA)),
        ("A note says Cosmo Pellew told us “no lock will hold”. It was fake.", (COSMO, "denied", "a note")),
        ("A page called Pelbywatch claimed that Cosmo Pellew told us “no lock will hold”.", (COSMO, "reported", None)),
        ("A clip seems to show Cosmo Pellew saying “no lock will hold”.", (COSMO, "questioned", None)),
        ("“No lock will hold” was not Cosmo Pellew’s phrase.", (COSMO, "denied", None)),
        ("“No lock will hold” was never said by Cosmo Pellew.", (COSMO, "denied", None)),
        ("“No lock will hold” is often wrongly attributed to Cosmo Pellew.", (COSMO, "denied", None)),
    ],
)
def test_second_hand_words(text: str, expected: tuple[str, str, str | None]) -> None:
    """The words are those of whoever is said to have spoken, and the reporter is named."""
    (found,) = list_quoted(text)
    assert found[:3] == expected
    assert found[3].lower() == "no lock will hold"


def test_what_stands_behind_not_that_is_not_said() -> None:
    """The words of a speaker end before those that they did not say."""
    text = "Cosmo Pellew said that it “leaks”, not that it “sinks”, as a page had it."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [(each.status, text[each.start : each.end]) for each in found] == [
        ("asserted", "that it “leaks”"),
        ("denied", "“sinks”"),
    ]


def test_reporter_keeps_own_words() -> None:
    """What the reporter says is a statement too, with the words of the other inside."""
    text = "Ada Brandreth said that Cosmo Pellew had said “no lock will hold”."
    outer, inner = find_statements(make_article(text), sentence_spans(text))
    assert (outer.speaker, outer.status, outer.direct) == (ADA, "asserted", False)
    assert outer.start < inner.start < inner.end <= outer.end


def test_two_quotations_in_one_sentence() -> None:
    """Each of two speakers has the quotation after the own verb."""
    text = "When Ada Brandreth said “the lock is old,” Cosmo Pellew answered “so are you”."
    assert list_quoted(text) == [
        (ADA, "asserted", None, "the lock is old"),
        (COSMO, "asserted", None, "so are you"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth said Cosmo Pellew wanted a “brand-new lock”.",
        "Ada Brandreth said that Cosmo Pellew felt “rather old”.",
        "Ada Brandreth said that Cosmo Pellew called for “a new lock”.",
        "Ada Brandreth said Cosmo Pellew, who runs the “old lock”, was late.",
    ],
)
def test_quotation_of_the_reporter(text: str) -> None:
    """Words in quotation marks after a verb that reports no words are those of the reporter."""
    assert all(speaker == ADA for speaker, *_ in list_quoted(text))


def test_quoting_speaker_linked() -> None:
    """The author of the words is the speaker, and the person who repeats them is named."""
    text = "Ada Brandreth, quoting Cosmo Pellew, said: “No.”"
    sentence, coreference = tag(text), CoreferenceResolver(text)
    (linked,) = link_quoting_speakers(resolve_attributions(sentence, coreference), sentence, coreference)
    assert (linked.speaker, linked.status, linked.via) == (COSMO, "reported", ADA)


def test_denied_speaker_does_not_continue() -> None:
    """A quotation after words that were not said is nobody's."""
    text = "If Ada Brandreth says “the lock is old”, we pay.\n\n“And we pay a lot.”"
    assert list_quoted(text) == [
        (ADA, "questioned", None, "the lock is old"),
        (None, "asserted", None, "And we pay a lot"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“I never said ‘no lock will hold’,” Cosmo Pellew told the court.",
        "“I did not say ‘no lock will hold’ to anyone,” said Cosmo Pellew.",
    ],
)
def test_own_denial(text: str) -> None:
    """What a speaker denies in the own words is denied, and the denial is said."""
    outer, inner = list_quoted(text)
    assert outer[:3] == (COSMO, "asserted", None)
    assert inner == (COSMO, "denied", None, "no lock will hold")
