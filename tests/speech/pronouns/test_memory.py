"""What is remembered of names: where they came last, how often, who acted."""

from __future__ import annotations

from assistant.speech.attribution import list_names
from assistant.speech.mention_history import MentionHistory
from assistant.speech.patterns import MentionKind
from assistant.speech.pronouns.memory import MAX_NEAR, REACH, NameMemory, PreviousOpening
from assistant.speech.tagger import tag_sentence


def note(
    memory: NameMemory,
    history: MentionHistory,
    text: str,
    subject: tuple[str | None, MentionKind | None] = (None, None),
) -> None:
    """Note a sentence whose names are full and all of people."""
    sentence = tag_sentence(text)
    names = list_names(sentence)
    memory.note_sentence(history, sentence, names, names, subject)
    history.note_sentence(names, subject[0], has_speech=False)


def make_history() -> MentionHistory:
    history = MentionHistory()
    history.paragraph = 1
    return history


def test_counts_and_places() -> None:
    """Times count all mentions; what is here is only of the paragraph of the last one."""
    history, memory = make_history(), NameMemory()
    note(memory, history, "Bob Pell left the old lock with Ivo Marr.", ("Bob Pell", "name"))
    assert (memory.first_person, memory.first_here, memory.times) == ("Bob Pell", "Bob Pell", 2)
    known = memory["Bob Pell"]
    assert (known.place, known.was_first, known.subject_here) == ("start", True, True)
    assert [memory.leads(name) for name in ("Bob Pell", "Ivo Marr")] == [True, False]
    history.paragraph = 2
    note(memory, history, "The boat of Bob Pell sank.")
    known = memory["Bob Pell"]
    assert (known.place, known.times, known.subject_here) == ("preposition", 2, False)
    assert memory.list_near(history) == ["Bob Pell", "Ivo Marr"]


def test_speakers_without_a_name_in_the_sentence() -> None:
    """Who speaks or acts as a pronoun comes last too, and opens the sentence."""
    history, memory = make_history(), NameMemory()
    note(memory, history, "Bob Pell met Ivo Marr at the lock.", ("Bob Pell", "name"))
    history.note_actors(["Bob Pell"])
    note(memory, history, "He said Ivo Marr was late.", ("Bob Pell", "pronoun"))
    assert (memory["Bob Pell"].place, memory["Bob Pell"].spoke, memory["Bob Pell"].was_first) == ("pronoun", 1, True)
    assert not memory["Ivo Marr"].was_first
    assert memory.list_near(history)[0] == "Bob Pell"


def test_described_speakers_last_one_sentence() -> None:
    """That somebody without a name spoke is known in the next sentence only."""
    history, memory = make_history(), NameMemory()
    memory.note_described()
    note(memory, history, "It leaks, an aide said.", (None, "role"))
    assert memory.previous == PreviousOpening(None, "role", has_described=True)
    note(memory, history, "Bob Pell left.")
    assert memory.previous == PreviousOpening("Bob Pell")


def test_names_out_of_reach() -> None:
    """Names too many paragraphs ago, or behind too many others, are not near; who spoke last always is."""
    history, memory = make_history(), NameMemory()
    note(memory, history, "Bob Pell left.")
    history.paragraph += REACH + 1
    assert memory.list_near(history) == []
    history.last_speaker = "Bob Pell"
    assert memory.list_near(history) == ["Bob Pell"]
    many = [f"Ada {chr(65 + first)}{chr(97 + second)}rn" for first in range(8) for second in range(4)]
    for name in many:
        note(memory, history, f"{name} left.")
    assert memory.list_near(history) == [*reversed(many[-MAX_NEAR:]), "Bob Pell"]
