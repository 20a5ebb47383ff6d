"""Questions for what somebody said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answers.kinds.said import SAID
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.answer import Evidence
from assistant.records.query import Query
from tests.support.bridge_news import BRIDGE, make_library
from tests.support.memory_library import MemoryLibrary, make_article

SNAPSHOT = make_library().snapshot()


def select(*speakers: str, topic: str = "the bridge") -> Selection:
    query = Query("What did they say?", "said", tuple(topic.split()[1:]), speakers, topic)
    return SAID.find_evidence(EvidenceRequest(query, SNAPSHOT, SNAPSHOT.passages))


def test_words_of_speaker_found() -> None:
    """Only words of the speaker are evidence."""
    selection = select("Reed")
    assert {each.speaker for each in selection.evidence} == {"Tom Reed"}
    assert (selection.speaker_known, selection.speaker_speaks) == (True, True)
    assert selection.silent_speakers == ()


def test_silent_speaker_of_several() -> None:
    """Of several speakers, those without words are listed; if none has any, the list is empty."""
    assert select("Reed", "Lindqvist").silent_speakers == ("Lindqvist",)
    nobody = select("Dray", "Lindqvist")
    assert (nobody.evidence, nobody.silent_speakers, nobody.speaker_known) == ((), (), False)


def select_from(text: str) -> Selection:
    snapshot = MemoryLibrary([make_article("a", text)]).snapshot()
    query = Query("?", "said", ("pier",), ("Quill",), "the pier")
    return SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))


def test_mouthpiece_answers_for_silent_speaker() -> None:
    """If a speaker is silent on the topic, who speaks for them is quoted instead, and named."""
    selection = select_from("Ada Quill left early. Quill’s office said the pier would be closed.")
    assert [each.speaker for each in selection.evidence] == ["Quill’s office"]
    assert selection.spoken_for == {"Quill": ("Quill’s office",)}


def test_own_words_instead_of_mouthpiece() -> None:
    """If the speaker says something on the topic, only that is shown."""
    selection = select_from("“Close the pier,” Ada Quill said. Quill’s office said the pier would be closed.")
    assert [each.speaker for each in selection.evidence] == ["Ada Quill"]
    assert selection.spoken_for == {}


EVIDENCE = Evidence(BRIDGE, 0, 62, 0.9)


@pytest.mark.parametrize(
    ("speaker", "selection", "reason"),
    [
        ("Dray", Selection((), 0.0, speaker_known=False), ["No article found for this question names Dray."]),
        ("Dray", Selection((), 0.0, speaker_speaks=False), ["No article found for this question names Dray."]),
        (
            "Reed",
            Selection((), 0.0, speaker_speaks=False),
            ["The articles found name Reed; no words of theirs were found in them."],
        ),
        (
            "Reed",
            Selection((), 0.0, other_speakers={"Ada Quill": EVIDENCE}),
            ["No words of Reed were found that are clearly about tolls.", "Others speak about it: Ada Quill."],
        ),
        (
            "Reed",
            Selection((), 0.0, speaker_speaks=False, elsewhere=(EVIDENCE,)),
            [
                "No words of Reed were found that are clearly about tolls.",
                "There is evidence elsewhere: in Evening Bell of 2025-05-04.",
            ],
        ),
        ("she", Selection((), 0.0), ["It is not clear who “she” is; ask by name."]),
    ],
)
def test_refusal_says_what_is_missing(speaker: str, selection: Selection, reason: list[str]) -> None:
    """A refusal says whether the speaker, their words, or words on the topic are missing."""
    query = Query("What did they say about tolls?", "said", ("tolls",), (speaker,), "tolls")
    assert SAID.explain_refusal(query, selection, SNAPSHOT) == reason


@pytest.mark.parametrize(
    ("speaker", "kind"), [("the report", "other"), ("a new study", "other"), ("the mayor", "said"), ("report", "said")]
)
def test_documents_are_no_speakers(speaker: str, kind: str) -> None:
    """Words of a document are searched as a fact."""
    query = Query(f"What does {speaker} say?", "said", (), (speaker,))
    assert SAID.reinterpret(query).kind == kind


def test_refusal_names_the_language() -> None:
    """Of an article in another language it is not said that it quotes nobody."""
    german = make_article("turm", "Der Turm ist zu teuer, sagte Frau Amsel am Montag, und er wird nicht gebaut.")
    english = make_article("tower", "The tower of Ms Amsel is too dear, and the council will not build it this year.")
    query = Query("What did Amsel say?", "said", (), ("Amsel",))
    snapshot = MemoryLibrary([german]).snapshot()
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert SAID.explain_refusal(query, selection, snapshot) == [
        "The articles found that name Amsel are in German: who said what is read in English only."
    ]
    snapshot = MemoryLibrary([german, english]).snapshot()
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert SAID.explain_refusal(query, selection, snapshot) == [
        "No words were found that are clearly those of Amsel.",
        "1 of the articles found is in German: who said what is read in English only.",
    ]


def test_occupation_in_question_chooses_namesake() -> None:
    """The occupation that the question names leaves out a person of the same name with another one."""
    articles = [
        make_article("a", "Ada Oake, the goalkeeper, left. “The pier is open,” Oake said."),
        make_article("b", "Ada Oake, a geologist, came. “The pier is shut,” Oake said."),
    ]
    snapshot = MemoryLibrary(articles).snapshot()
    query = Query("?", "said", ("pier",), ("the geologist Ada Oake",), "the pier")
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert [each.article.id for each in selection.evidence] == ["b"]


def test_refusal_suggests_similar_names() -> None:
    """A name that no article has is compared with those of the speakers."""
    snapshot = MemoryLibrary([make_article("a", "“The pier is shut,” Ada Quill said.")]).snapshot()
    query = Query("?", "said", ("pier",), ("Quyll",), "the pier")
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert SAID.explain_refusal(query, selection, snapshot)[:3] == [
        "No article found for this question names Quyll.",
        "Others speak about it: Ada Quill.",
        "Did you mean Ada Quill?",
    ]


@pytest.mark.parametrize(
    ("speakers", "outlets", "reason"),
    [
        (
            ("the Tarn Post", "The Guardian"),
            ("The Tarn Post", None),
            "No article of the library is from The Guardian; those with an outlet are from The Tarn Post.",
        ),
        (
            ("The Guardian",),
            tuple("ABCDEF"),
            "No article of the library is from The Guardian; those with an outlet are from A, B, C, D and 2 others.",
        ),
        (("The Guardian",), (None,), "No article is known to be from The Guardian: none names its outlet."),
        (("The Guardian",), ("The Guardian",), ""),
        (("Ben Oake",), ("The Tarn Post",), ""),
    ],
)
def test_refusal_names_an_outlet_that_is_not_there(
    speakers: tuple[str, ...], outlets: tuple[str | None, ...], reason: str
) -> None:
    """Who asks for the words of an outlet is told if the library has no article of it, and which outlets it has."""
    text = "“The pier is shut,” Ada Quill said."
    snapshot = MemoryLibrary([make_article(str(at), text, source=one) for at, one in enumerate(outlets)]).snapshot()
    query = Query("?", "said", ("pier",), speakers, "the pier")
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    told = [each for each in SAID.explain_refusal(query, selection, snapshot) if "outlet" in each]
    assert told == ([reason] if reason else [])


def test_refusal_does_not_take_a_surname_for_the_whole_name() -> None:
    """A first name that is spelled wrong: no article names such a person, and the one who may be meant is offered."""
    snapshot = MemoryLibrary(
        [make_article("a", "Ada Quill left early, and Quill was tired. “Shut it,” Ben Oake said.")]
    ).snapshot()
    query = Query("?", "said", ("pier",), ("Adda Quill",), "the pier")
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    reason = SAID.explain_refusal(query, selection, snapshot)
    assert reason[0] == "No article found for this question names Adda Quill; some name Quill."
    snapshot = MemoryLibrary([make_article("a", "“The pier is shut,” Ada Quill said.")]).snapshot()
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    reason = SAID.explain_refusal(query, selection, snapshot)
    assert reason[0].startswith("No article found for this question names Adda Quill")
    assert "Did you mean Ada Quill?" in reason


def test_refusal_names_author() -> None:
    """If the speaker wrote the article, the refusal does not say that no article names them."""
    article = replace(make_article("a", "I like the pier."), author="Ada Quill", title="My pier")
    snapshot = MemoryLibrary([article]).snapshot()
    query = Query("?", "said", ("pier",), ("Ada Quill",), "the pier")
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert SAID.explain_refusal(query, selection, snapshot)[0] == (
        "Ada Quill is the author of “My pier”; no article found quotes Ada Quill."
    )


def test_unsaid_words_explained() -> None:
    """A refusal tells of words that were given to the speaker but are not theirs."""
    selection = select_from("Ada Quill never said “the pier is rotten”.")
    assert [each.status for each in selection.unsaid] == ["denied"]
    query = Query("?", "said", ("pier",), ("Quill",), "the pier")
    assert "An article says of some words that Ada Quill did not say them." in SAID.explain_refusal(
        query, selection, SNAPSHOT
    )


def test_refusal_mentions_answers_of_an_unnamed_guest() -> None:
    """Of an interview that does not say who answers, it is not said that it quotes nobody."""
    text = (
        "Readers met Wanda Amsel and Tom Reed.\n\nQ: Will it fall?\n\nA: I do not know.\n\nQ: When?\n\nA: Soon, I fear."
    )
    snapshot = MemoryLibrary([make_article("talk", text)]).snapshot()
    query = Query("What did Amsel say?", "said", (), ("Amsel",))
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert SAID.explain_refusal(query, selection, snapshot) == [
        "No words were found that are clearly those of Amsel.",
        "1 article that names Amsel holds words whose speaker is not clear.",
    ]


def test_words_that_give_no_reason_are_near_if_one_is_asked_for() -> None:
    """That Reed opposes the bridge does not tell why."""
    text = "Tom Reed said he opposed the bridge. Ada Quill said the bridge was unsafe."
    snapshot = MemoryLibrary([make_article("a", text)]).snapshot()
    query = Query(
        "Why does Reed oppose the bridge?", "said", ("bridge",), ("Reed",), "the bridge", expects="reason", cue="oppose"
    )
    selection = SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages))
    assert selection.evidence == ()
    assert [each.speaker for each in selection.near][:1] == ["Tom Reed"]
    assert SAID.explain_refusal(query, selection, snapshot)[0] == "No words of Reed were found that clearly tell why."
    with_reason = text.replace("bridge. Ada", "bridge because it is old. Ada")
    snapshot = MemoryLibrary([make_article("a", with_reason)]).snapshot()
    assert SAID.find_evidence(EvidenceRequest(query, snapshot, snapshot.passages)).evidence
