"""The speakers that a question names."""

from __future__ import annotations

import pytest

from assistant.questions.outlets import OutletMatcher
from assistant.questions.parser import parse_question
from assistant.questions.question_parts import QuestionParts, mask_quotations
from assistant.questions.speakers import (
    can_speak,
    find_speakers,
    is_likely_speaker,
    is_pronoun,
    looks_like_name,
    split_speakers,
)

MATCHER = OutletMatcher(["Pier and Port"])


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [("she", True), ("He", True), ("his wife", True), ("they", False), ("Hera", False), ("her plan", False)],
)
def test_pronoun_recognized(speaker: str, expected: bool) -> None:
    """Singular personal pronouns and relatives of somebody are pronouns."""
    assert is_pronoun(speaker) is expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Okoro", True),
        ("the port minister", True),
        ("she", True),
        ("people", False),
        ("the article", False),
        ("you", False),
        ("how Okoro", False),
        ("they use", False),
        ("became of the ferry", False),
        ("Okoro get in return for", False),
        ("Okoro say about Brandt's", False),
        ("Okoro do after his", False),
        ("the man who stepped in", True),
        ("Okoro & Brandt's", True),
        ("", False),
    ],
)
def test_speaker_possible(speaker: str, expected: bool) -> None:
    """Somebody in particular can speak; people in general, articles and question words cannot."""
    assert can_speak(speaker) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okoro", True),
        ("Vera de la Brandt", True),
        ("angela okoro", True),
        ("the prime minister", True),
        ("Attack", False),
        ("Views", False),
        ("the Okoro plan", False),
        ("wages", False),
        ("What", False),
    ],
)
def test_name_recognized(text: str, expected: bool) -> None:
    """Capital letters, titles and common given names make a name, but not if it is a common noun."""
    assert looks_like_name(text) is expected


@pytest.mark.parametrize(
    ("speaker", "question", "speakers"),
    [
        ("Okoro and Brandt", "what do {} say", ["Okoro", "Brandt"]),
        ("both Okoro and Brandt", "what do {} say", ["Okoro", "Brandt"]),
        ("Okoro, Brandt and the mayor", "what do {} say", ["Okoro", "Brandt", "the mayor"]),
        ("Okoro vs. Brandt", "{} on tolls", ["Okoro", "Brandt"]),
        ("Okoro and Brandt", "what does {} say", ["Okoro and Brandt"]),
        ("the Ministry of Ports and Pay", "what did {} say", ["the Ministry of Ports and Pay"]),
        ("the mayor of Ellery and the minister", "what did {} say", ["the mayor of Ellery", "the minister"]),
        ("Okoro, the mayor", "what did {} say", ["Okoro, the mayor"]),
        ("Mr and Mrs Okoro", "what did {} say", ["Mr and Mrs Okoro"]),
        ("Trinidad and Tobago", "what did {} say", ["Trinidad and Tobago"]),
    ],
)
def test_speakers_split(speaker: str, question: str, speakers: list[str]) -> None:
    """A list is split into its speakers, but not the name of a single speaker."""
    assert split_speakers(speaker, question.format(speaker), MATCHER) == speakers


def make_parts(core: str, context: str = "") -> QuestionParts:
    """The parts of a question without quotations."""
    return QuestionParts(f"{context} {core}".strip(), context, core, mask_quotations(core))


def test_speakers_found() -> None:
    """All speakers of a list are found, without punctuation."""
    parts = make_parts("what do Okoro, and Brandt say")
    assert find_speakers("Okoro, and Brandt", parts, MATCHER) == ("Okoro", "Brandt")


def test_speakers_not_found_if_one_cannot_speak() -> None:
    """A list with a member that cannot speak has no speakers."""
    assert find_speakers("Okoro and people", make_parts("what do Okoro and people say"), MATCHER) == ()


def test_pronoun_after_context_not_speaker() -> None:
    """After other sentences, a pronoun refers to somebody in them and is not a speaker."""
    assert find_speakers("she", make_parts("what did she say"), MATCHER) == ("she",)
    assert find_speakers("she", make_parts("what did she say", "Okoro spoke."), MATCHER) == ()


@pytest.mark.parametrize(
    ("subject", "speakers"),
    [
        ("the Ale and Inn Association", ("the Ale and Inn Association",)),
        ("the Senate and the Writers Association", ("the Senate", "the Writers Association")),
        ("Okoro and Brandt", ("Okoro", "Brandt")),
    ],
)
def test_body_with_and_is_one_speaker(subject: str, speakers: tuple[str, ...]) -> None:
    """A body whose name contains "and" is one speaker; two bodies with an article each are two."""
    assert parse_question(f"What did {subject} say about the price?").speakers == speakers


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Okoro", True),
        ("okoro", True),
        ("susan okoro", True),
        ("the port minister of Lund", True),
        ("bishops", True),
        ("South Korea", True),
        ("second lady Ada Okoro", True),
        ("South Korea's birth rate", False),
        ("the toll rate", False),
        ("proposed in Okoro", False),
        ("the families of the drowned in Lund", True),
        ("she", True),
    ],
)
def test_what_is_no_name_is_a_speaker_only_if_known(speaker: str, expected: bool) -> None:
    """A thing speaks only where the library knows it as a speaker; what may be a name always can."""
    assert is_likely_speaker(speaker, lambda _: False) is expected
    assert is_likely_speaker(speaker, lambda _: True)


def test_a_question_on_the_words_of_a_thing_is_one_of_fact() -> None:
    query = parse_question("What does the toll rate say about jobs?", knows_speaker=lambda _: False)
    assert (query.kind, query.speakers) == ("other", ())
    assert parse_question("rose bowl on television", knows_speaker=lambda _: False).kind == "other"
    assert parse_question("Okoro on television", knows_speaker=lambda _: False).kind == "said"


@pytest.mark.parametrize(
    "question",
    ["What could be done to suspects under Okoro's plan?", "What might happen under Okoro's proposals?"],
)
def test_what_a_plan_would_do_is_a_question_of_fact(question: str) -> None:
    """ "Plan" after a possessive is no verb, and "be done to suspects under Okoro" is nobody."""
    query = parse_question(question)
    assert (query.kind, query.speakers) == ("other", ())
