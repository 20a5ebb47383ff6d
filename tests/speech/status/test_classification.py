"""Whether the words of an attribution were said: denied, questioned, imagined."""

from __future__ import annotations

import pytest

from assistant.records.statement import StatementStatus
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.resolution import resolve_attributions
from assistant.speech.statements import find_statements
from assistant.speech.status.classification import classify_attribution
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.speech.masking import tag


def classify(text: str) -> list[tuple[str | None, str | None, StatementStatus]]:
    """Speaker, role and status of each attribution."""
    sentence = tag(text)
    attributions = resolve_attributions(sentence, CoreferenceResolver(text))
    classified = [classify_attribution(attribution, sentence) for attribution in attributions]
    return [(each.speaker, each.role, each.status) for each in classified]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Brandreth said “the lock is old”.", "asserted"),
        ("Ada Brandreth, who is not an engineer, said “the lock is old”.", "asserted"),
        ("Ada Brandreth did not say whether the lock was old.", "asserted"),
        ("Ada Brandreth declined to say how old the lock was.", "asserted"),
        ("Ada Brandreth does not believe that the lock is old.", "asserted"),
        ("Ada Brandreth denied that the lock was old.", "asserted"),
        ("Ada Brandreth denied using tar on the lock.", "asserted"),
        ("Ada Brandreth would later say “the lock is old”.", "asserted"),
        ("Ada Brandreth will say “the lock is old”.", "asserted"),
        ("Asked whether the lock would hold, Ada Brandreth said “the lock is old”.", "asserted"),
        ("If asked, Ada Brandreth says “the lock is old”.", "asserted"),
        ("Why did Ada Brandreth say “the lock is old”?", "asserted"),
        ("Ada Brandreth never said “the lock is old”.", "denied"),
        ("Ada Brandreth never said: “The lock is old.”", "denied"),
        ("Ada Brandreth did not say “the lock is old”.", "denied"),
        ("Ada Brandreth didn’t ever say “the lock is old”.", "denied"),
        ("Ada Brandreth has never said that the lock is old.", "denied"),
        ("Ada Brandreth did not call the lock “old”.", "denied"),
        ("Ada Brandreth denied saying “the lock is old”.", "denied"),
        ("Ada Brandreth denies ever having said “the lock is old”.", "denied"),
        ("Ada Brandreth denied that she had said “the lock is old”.", "denied"),
        ("Ada Brandreth denied calling the lock “old”.", "denied"),
        ("Ada Brandreth denied using the words “the lock is old”.", "denied"),
        ("Ada Brandreth refused to say “the lock is old”.", "denied"),
        ("Ada Brandreth declined to call the lock “old”.", "denied"),
        ("Ada Brandreth would never have said “the lock is old”.", "denied"),
        ("It is not true that Ada Brandreth said “the lock is old”.", "denied"),
        ("It is false that Ada Brandreth said “the lock is old”.", "denied"),
        ("The claim was untrue: a false claim that Ada Brandreth said “the lock is old”.", "denied"),
        ("Ada Brandreth did not deny saying “the lock is old”.", "questioned"),
        ("If Ada Brandreth says “the lock is old”, the town pays.", "questioned"),
        ("Unless Ada Brandreth says “the lock is old”, the town pays.", "questioned"),
        ("Did Ada Brandreth say “the lock is old”?", "questioned"),
        ("Has Ada Brandreth ever said “the lock is old”?", "questioned"),
        ("It is unclear whether Ada Brandreth said “the lock is old”.", "questioned"),
        ("There is no evidence that Ada Brandreth said “the lock is old”.", "questioned"),
        ("Imagine Ada Brandreth saying “the lock is old”.", "questioned"),
        ("Had Ada Brandreth said “the lock is old”, the town would have paid.", "questioned"),
        ("Ada Brandreth might have said “the lock is old”.", "questioned"),
        ("Ada Brandreth should say “the lock is old”.", "questioned"),
        ("In the sketch, Ada Brandreth says “the lock is old”.", "questioned"),
        ("In a doctored video, Ada Brandreth says “the lock is old”.", "questioned"),
        ("Ada Brandreth reportedly said “the lock is old”.", "reported"),
        ("Ada Brandreth allegedly told the crew “the lock is old”.", "reported"),
        ("Rumours that Ada Brandreth said “the lock is old” spread on Monday.", "reported"),
    ],
)
def test_status(text: str, status: StatementStatus) -> None:
    """The words around the mention of a speaker and the verb say whether the words were said."""
    assert classify(text)[0] == ("Ada Brandreth", None, status)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("Ada Brandreth was asked whether she had said “the lock is old”.", 0),
        ("Ada Brandreth rejects claims that she said “the lock is old”.", 1),
        ("Ada Brandreth dismissed reports that she had said “the lock is old”.", 1),
    ],
)
def test_pronoun_is_subject(text: str, index: int) -> None:
    """ "She" in words that were not said is the subject of the sentence, if nobody else is known."""
    speaker, _, status = classify(text)[index]
    assert speaker == "Ada Brandreth"
    assert status in ("denied", "questioned")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("In the clip a man resembling Cosmo Pellew says “I own the lock”.", "a man resembling Cosmo Pellew"),
        ("An actor playing Cosmo Pellew says “I own the lock”.", "An actor playing Cosmo Pellew"),
        ("A voice that sounds like Cosmo Pellew said “I own the lock”.", "A voice that sounds like Cosmo Pellew"),
        ("Somebody posing as Cosmo Pellew wrote “I own the lock”.", "Somebody posing as Cosmo Pellew"),
    ],
)
def test_imitated_person_is_no_speaker(text: str, role: str) -> None:
    """Somebody who only looks or sounds like a person is not that person."""
    assert classify(text)[0] == (None, role, "asserted")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Brandreth denied that the board had “lied to the town”.", "denied"),
        ("Ada Brandreth denied the board had “lied”.", "denied"),
        ("Ada Brandreth denied the claim, saying it was “nonsense”.", "asserted"),
        ("Ada Brandreth rejected the offer because it was “too low”.", "asserted"),
    ],
)
def test_quoted_words_in_a_denied_clause(text: str, status: str) -> None:
    """Words quoted in the clause that somebody denies are not theirs; words that give the reason are."""
    found = find_statements(make_article(text), sentence_spans(text))
    assert {each.status for each in found if "“" in text[each.start : each.end]} == {status}
