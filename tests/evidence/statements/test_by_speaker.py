"""Evidence from statements."""

from __future__ import annotations

import pytest

from assistant.evidence.selection import EvidenceRequest
from assistant.evidence.speech_acts import has_same_speech_act, names_speech_act
from assistant.evidence.statements.by_speaker import SpeakerEvidence, find_statements_by
from assistant.evidence.statements.by_topic import find_statements_on_topic
from assistant.evidence.statements.topics import is_about_another
from assistant.records.answer import Evidence
from assistant.records.query import Query
from tests.support.bridge_news import make_library
from tests.support.memory_library import MemoryLibrary, make_article

QUERY = Query("What did Quill say about the bridge?", "said", ("bridge",), ("Quill",), "the bridge", cue="say")


def make_request(query: Query) -> EvidenceRequest:
    snapshot = make_library().snapshot()
    return EvidenceRequest(query, snapshot, snapshot.passages)


def quotes(evidence: list[Evidence]) -> list[tuple[str, str]]:
    return [(each.article.id, each.article.text[each.start : each.end]) for each in evidence]


def test_words_of_the_speaker() -> None:
    """The statements of the requested speaker are found in every article."""
    found = find_statements_by(make_request(QUERY), "Quill")
    assert quotes(found.evidence) == [
        ("bridge", "Mayor Ada Quill said the bridge was unsafe."),
        ("bridge", "“We will not reopen the bridge this year,” she said."),
        ("copy", "Mayor Ada Quill said the bridge was unsafe."),
    ]
    assert {each.speaker for each in found.evidence} == {"Ada Quill"}
    assert (found.speaker_known, found.speaker_speaks) == (True, True)


def test_direct_speech_scores_higher() -> None:
    """Of two statements with the topic, direct speech scores higher."""
    indirect, direct, _ = find_statements_by(make_request(QUERY), "Quill").evidence
    assert direct.score > indirect.score


def test_other_speakers_on_the_topic() -> None:
    """What somebody else says on the topic is kept apart."""
    others = find_statements_by(make_request(QUERY), "Quill").other_speakers
    assert quotes(list(others.values())) == [("bridge", "Tom Reed, a ferryman, denied the bridge was unsafe.")]
    assert list(others) == ["Tom Reed"]


def test_words_on_another_topic_are_not_evidence() -> None:
    """Statements without the topic are not evidence, but show that the speaker speaks."""
    query = Query("What did Quill say about tolls?", "said", ("tolls",), ("Quill",), "tolls", cue="say")
    found = find_statements_by(make_request(query), "Quill")
    assert found.evidence == []
    assert (found.speaker_known, found.speaker_speaks) == (True, True)


@pytest.mark.parametrize(("speaker", "known"), [("Olga Brandt", False), ("she", False), ("Head", True)])
def test_speaker_without_words(speaker: str, known: bool) -> None:
    """A speaker who is not quoted is known if the articles name them; a pronoun is never known."""
    found = find_statements_by(make_request(QUERY), speaker)
    assert (found.evidence, found.speaker_known, found.speaker_speaks) == ([], known, False)


def find_words(text: str, topic: str, speaker: str = "Ada Quill") -> SpeakerEvidence:
    """What a speaker says on a topic in one article."""
    snapshot = MemoryLibrary([make_article("a", text)]).snapshot()
    query = Query("?", "said", (topic,), (speaker,), f"the {topic}", cue="say")
    return find_statements_by(EvidenceRequest(query, snapshot, snapshot.passages), speaker)


def test_quotation_continued_in_the_next_sentence() -> None:
    """A quotation is evidence as a whole, even if its second half does not name the topic."""
    text = "“The pier is rotten,” Ada Quill said. “We must act before the autumn.” The town waits."
    assert quotes(find_words(text, "pier").evidence) == [("a", text.removesuffix(" The town waits."))]


@pytest.mark.parametrize(
    "rest",
    [
        "\n\n“The library is next,” Quill said.",  # another paragraph
        " “I doubt it,” Tom Reed said.",  # another speaker
        " Quill said that the autumn would be too late.",  # no quotation
        " “" + "We must act before the autumn. " * 20 + "”",  # too long
    ],
)
def test_quotation_not_continued(rest: str) -> None:
    """What is not the rest of the same quotation is not joined to it."""
    first = "“The pier is rotten,” Ada Quill said."
    assert quotes(find_words(first + rest, "pier").evidence)[0] == ("a", first)


@pytest.mark.parametrize("role", ["The Quill campaign", "Quill’s office", "Ada Quill’s campaign team"])
def test_words_of_mouthpieces_kept_apart(role: str) -> None:
    """Who speaks for somebody is not that person, and their words are kept under their own description."""
    found = find_words(f"Ada Quill left early. {role} said the pier would be closed.", "pier")
    assert found.evidence == []
    assert [each.speaker for each in found.by_mouthpieces] == [role]


@pytest.mark.parametrize(
    "role",
    [
        "Quill’s opponents",
        "A former official in the Quill campaign",
        "The campaign",
        "Quill’s wife",
        "A friend of Quill",
    ],
)
def test_others_are_no_mouthpieces(role: str) -> None:
    """Opponents, former staff and unknown bodies do not speak for a person."""
    found = find_words(f"Ada Quill left early. {role} said the pier would be closed.", "pier")
    assert (found.evidence, found.by_mouthpieces) == ([], [])


def test_act_of_speech_of_the_question() -> None:
    """Only the speaker who denied it answers who denied it."""
    query = Query("Who denied that the bridge was unsafe?", "who_said", ("bridge", "unsafe"), cue="denied")
    (evidence,) = find_statements_on_topic(make_request(query))
    assert evidence.speaker == "Tom Reed"
    assert evidence.score == pytest.approx(0.9)


def test_person_in_the_question_does_not_answer() -> None:
    """Whoever the question is about is not the one who spoke."""
    query = Query("Who said that Quill and the bridge are unsafe?", "who_said", ("bridge", "unsafe"), cue="said")
    assert {each.speaker for each in find_statements_on_topic(make_request(query))} == {"Tom Reed"}


@pytest.mark.parametrize(
    ("verb", "cue", "same"),
    [("criticised", "slammed", True), ("criticised", "said", False), ("said", "denied", True), (None, "said", True)],
)
def test_speech_acts(verb: str | None, cue: str, same: bool) -> None:
    """Verbs of one act answer for each other; any cue answers plain saying."""
    assert has_same_speech_act(verb, cue) is same


def test_plain_saying_names_no_act() -> None:
    """Only a verb with an act of its own names one."""
    assert [names_speech_act(verb) for verb in ("denied", "said", None)] == [True, False, False]


@pytest.mark.parametrize(
    ("topic", "text", "another"),
    [
        ("South Korea", "North Korea fired a missile.", True),
        ("South Korea", "South Korea fired back.", False),
        ("South Korea", "Korea is divided.", False),
        ("the bridge", "The ferry is late.", False),
    ],
)
def test_name_of_several_words(topic: str, text: str, another: bool) -> None:
    """A text on another name that shares a word is about something else."""
    assert is_about_another(topic, text) is another


def find_pier(text: str) -> SpeakerEvidence:
    snapshot = MemoryLibrary([make_article("a", text)]).snapshot()
    query = Query("What did Quill say about the pier?", "said", ("pier",), ("Quill",), "the pier", cue="say")
    return find_statements_by(EvidenceRequest(query, snapshot, snapshot.passages), "Quill")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Quill never said “the pier is rotten”.", "denied"),
        ("If Ada Quill says “the pier is rotten”, it will be closed.", "questioned"),
        ("Did Ada Quill say “the pier is rotten”?", "questioned"),
    ],
)
def test_unsaid_words_are_no_evidence(text: str, status: str) -> None:
    """Words that the article does not say were said are kept apart, and the speaker counts as silent."""
    found = find_pier(text)
    assert found.evidence == []
    assert not found.speaker_speaks
    assert [each.status for each in found.unsaid] == [status]


def test_standing_of_evidence() -> None:
    """What the speaker denies, and what others report of them, is evidence that says so, after what is asserted."""
    found = find_pier(
        "Ada Quill said “the pier is rotten”. Ada Quill denied saying “the pier is lost”. "
        "Tom Reed claimed that Ada Quill had said “the pier is shut”."
    )
    standing = {each.status: (each.via, each.score) for each in found.evidence}
    assert [(status, via) for status, (via, _) in standing.items()] == [
        ("asserted", None),
        ("denied", None),
        ("reported", "Tom Reed"),
    ]
    assert standing["asserted"][1] > standing["reported"][1] > standing["denied"][1]


def test_answer_of_an_interview_is_about_its_question() -> None:
    """The words of a question count for the turn after it."""
    text = "ADA QUILL: I am here.\n\nREPORTER: At what price?\n\nADA QUILL: At no more than 30 crowns."
    snapshot = MemoryLibrary([make_article("talk", text)]).snapshot()
    query = Query("What did Quill say about the price?", "said", ("price",), ("Quill",), "the price")
    found = find_statements_by(EvidenceRequest(query, snapshot, snapshot.passages), "Quill").evidence
    assert [text[each.start : each.end] for each in found] == ["At no more than 30 crowns."]
