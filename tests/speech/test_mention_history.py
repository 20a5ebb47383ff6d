"""Candidates for a pronoun in order."""

from __future__ import annotations

from assistant.speech.mention_history import MentionHistory, NamesakeHistory


def test_candidates_in_order() -> None:
    """Speaker of the sentence, subject, only person, last speaker, previous subject, then the other people."""
    history = MentionHistory()
    history.paragraph = 1
    history.note_speaker("Ada", asking=False)
    history.note_sentence(["Ivo", "Ada"], "Ivo", has_speech=True)
    candidates = list(dict.fromkeys(history.pronoun_candidates(["Cosmo"], "Hala", "Bram")))
    assert candidates == ["Hala", "Bram", "Cosmo", "Ada", "Ivo"]


def test_person_asked_answers() -> None:
    """After a question, the only other person is the most likely."""
    history = MentionHistory()
    history.note_speaker("Ada", asking=True)
    history.note_sentence(["Ada", "Ivo"], "Ada", has_speech=True)
    assert next(history.pronoun_candidates([], None, None)) == "Ivo"


def test_people_out_of_reach_are_no_candidates() -> None:
    """People of the last paragraph count only as long as it is near, and none where somebody unnamed may be meant."""
    history = MentionHistory()
    history.paragraph = 1
    history.note_sentence(["Ada"], None, has_speech=False)
    history.note_sentence([], None, has_speech=False)
    assert list(history.pronoun_candidates([], None, None)) == []
    assert history.remote_candidates([], continues=False) == ["Ada"]
    history.note_sentence([], None, has_speech=False, unnamed=(False, True))
    assert history.remote_candidates([], continues=False) == []
    assert history.remote_candidates([], continues=True) == ["Ada"]
    history.note_sentence([], None, has_speech=False, unnamed=(True, True))
    assert history.remote_candidates([], continues=True) == []
    history.note_sentence([], None, has_speech=False)
    history.paragraph = 3
    assert history.remote_candidates([], continues=False) == []


def test_forgotten_speaker() -> None:
    """An unknown speaker replaces the last one."""
    history = MentionHistory()
    history.note_speaker("Ada", asking=False)
    assert history.speaker_within(1) == "Ada"
    history.forget_speaker()
    assert history.speaker_within(1) is None


def test_surname_of_brothers_who_both_speak_is_open() -> None:
    """A surname alone is nobody's if two people of that surname speak and it never meant one of them."""
    history = MentionHistory()
    namesakes = NamesakeHistory(history)
    history.paragraph = 1
    namesakes.note_full_name("tarn", "Ada Tarn")
    namesakes.note_full_name("tarn", "Ivo Tarn")
    assert list(namesakes.people("tarn")) == ["Ada Tarn", "Ivo Tarn"]
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) is None
    namesakes.note_speaker("Ivo Tarn")
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) == "Ivo Tarn"
    namesakes.note_speaker("Ada Tarn")
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) is None


def test_surname_keeps_its_first_owner() -> None:
    """A surname that stood alone for one person still means that person, unless another one has just spoken."""
    history = MentionHistory()
    namesakes = NamesakeHistory(history)
    history.paragraph = 1
    namesakes.note_full_name("tarn", "Ada Tarn")
    namesakes.note_surname("tarn")
    history.paragraph = 4
    namesakes.note_full_name("tarn", "Ivo Tarn")
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) == "Ada Tarn"
    namesakes.note_speaker("Ivo Tarn")
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) == "Ivo Tarn"
    history.paragraph = 5
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) is None
    history.paragraph = 6
    assert namesakes.resolve_surname("tarn", namesakes.people("tarn")) == "Ada Tarn"


def test_unnamed_speaker_is_kept_while_near() -> None:
    """The description of a speaker without a name lasts until somebody else speaks or acts, or two paragraphs."""
    history = MentionHistory()
    found = []
    for paragraph in (1, 2, 3):
        history.forget_speaker("the keeper")
        history.paragraph = paragraph
        found.append(history.unnamed_speaker)
        history.paragraph = 0
    history.note_sentence(["Ada"], "Ada", has_speech=False)
    assert [*found, history.unnamed_speaker] == ["the keeper", None, None, None]
