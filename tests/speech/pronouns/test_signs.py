"""The signs of the people near a pronoun, and of nobody of them."""

from __future__ import annotations

from assistant.speech.attribution import list_names
from assistant.speech.mention_history import Mention, MentionHistory
from assistant.speech.pronouns.memory import NameMemory
from assistant.speech.pronouns.signs import Candidate, Place, list_signs, list_signs_of_nobody
from assistant.speech.tagger import tag_sentence

BOB, IVO = Candidate("Bob Pell", "known", is_described=True), Candidate("Ivo Marr", "person", is_topic=True)


def make_place(mention: Mention, found: str | None = "Bob Pell", paragraph: int = 1) -> Place:
    """A pronoun behind "Bob Pell met Ivo Marr at the lock.", in the same paragraph or another one."""
    history, memory = MentionHistory(), NameMemory()
    history.paragraph = 1
    sentence = tag_sentence("Bob Pell met Ivo Marr at the lock.")
    names = list_names(sentence)
    memory.note_sentence(history, sentence, names, names, ("Bob Pell", "name"))
    history.note_speaker("Ivo Marr", asking=False)
    history.note_sentence(names, "Bob Pell", has_speech=True)
    history.paragraph = paragraph
    return Place(mention, "he", found, history, memory)


def test_signs_of_people() -> None:
    """The subject and first name of the sentence before, whom the rules name, and the last speaker have their signs."""
    place = make_place(Mention("he", "pronoun", start=0, ends=True))
    bob, ivo = set(list_signs(BOB, 1, place)), set(list_signs(IVO, 0, place))
    assert bob >= {"rules, ends", "subject before, goes on", "first before", "first here", "described", "rank 1"}
    assert ivo >= {"last speaker, ends", "last speaker goes on 0", "otherwise before", "topic", "fit person", "rank 0"}
    assert {"0 paragraphs, goes on", "1 sentences", "sentence before"} <= bob & ivo
    assert "rules" not in ivo
    assert "last speaker" not in bob


def test_signs_of_forms_and_paragraphs() -> None:
    """A pronoun that opens its sentence, or a paragraph that begins with it, has other signs."""
    place = make_place(Mention("He", "pronoun", start=0, opens=True), paragraph=2)
    assert set(list_signs(BOB, 1, place)) >= {"rules, opens", "1 paragraphs, begins", "subject before, begins"}
    assert "first here" not in set(list_signs(BOB, 1, place))


def test_signs_of_nobody() -> None:
    """Nobody is likelier without a person by rules, near somebody unnamed, or behind another name."""
    mention = Mention("he", "pronoun", start=3, has_unnamed_before=True)
    signs = set(list_signs_of_nobody([IVO], make_place(mention, found=None)))
    assert signs >= {
        "nobody, within",
        "nobody by rules",
        "nobody, unnamed here",
        "nobody, other lead",
        "nobody, 0 known",
    }
    signs = set(list_signs_of_nobody([IVO, BOB], make_place(Mention("he", "pronoun", start=3))))
    assert signs.isdisjoint({"nobody by rules", "nobody, unnamed here", "nobody, other lead"})
