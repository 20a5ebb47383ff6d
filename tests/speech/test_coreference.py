"""The person that a surname, a pronoun or a role refers to."""

from __future__ import annotations

import pytest

from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.mention_history import Mention

TEXT = "The keeper of the lock is Ada Brandreth, and Ivo Tarn is the mayor of the town."


@pytest.fixture
def resolver() -> CoreferenceResolver:
    """A resolver that has read nothing of its text yet."""
    resolver = CoreferenceResolver(TEXT)
    resolver.history.paragraph = 1
    return resolver


def test_surname_becomes_full_name(resolver: CoreferenceResolver) -> None:
    """A surname or an unlisted role with it refers to the full name."""
    assert resolver.full_name("Brandreth") == "Ada Brandreth"
    assert resolver.full_name("Keeper Brandreth") == "Ada Brandreth"
    assert resolver.full_name("Cosmo Pellew") == "Cosmo Pellew"
    assert resolver.full_name("Pellew") == "Cosmo Pellew"


def _read_namesakes() -> CoreferenceResolver:
    """A resolver that has read one sentence with two people of one surname."""
    resolver = CoreferenceResolver("Bob Pell and Mary Pell run the lock.")
    resolver.history.paragraph = 1
    resolver.note_sentence(["Bob Pell", "Mary Pell"], None, has_speech=False)
    return resolver


def test_title_chooses_namesake() -> None:
    """A title refers to the person of its gender; where there is none, it stays with the surname."""
    resolver = _read_namesakes()
    assert resolver.resolve(Mention("Pell", "name")) is None
    assert resolver.resolve(Mention("Pell", "name", title="Mrs.")) == "Mary Pell"
    assert resolver.resolve(Mention("Pell", "name", title="Mr.")) == "Bob Pell"
    resolver = CoreferenceResolver("Bob Pell and Zibb Pell, who may be a man, run the lock.")
    resolver.note_sentence(["Bob Pell", "Zibb Pell"], None, has_speech=False)
    assert resolver.resolve(Mention("Pell", "name", title="Mr.")) is None
    resolver = CoreferenceResolver("Bob Tarn left. Mrs Tarn, his mother, stayed.")
    assert resolver.resolve(Mention("Tarn", "name", title="Mrs")) == "Mrs Tarn"
    assert resolver.full_name("Tarn") == "Bob Tarn"


def test_junior_is_another_person() -> None:
    """Father and son of one name are two people; initials and a surname with "Jr." refer to the son."""
    resolver = CoreferenceResolver(
        "On the quay Ivo Tarn met his son Ivo Tarn Jr. and the mayor, Rosa F. Marr Jr., for a talk."
    )
    assert resolver.resolve(Mention("Ivo Tarn Jr.", "name")) == "Ivo Tarn Jr."
    assert resolver.resolve(Mention("Tarn Jr.", "name")) == "Ivo Tarn Jr."
    assert resolver.resolve(Mention("Ivo Tarn", "name")) == "Ivo Tarn"
    assert resolver.resolve(Mention("RFM Jr.", "name")) == "Rosa F. Marr Jr."
    assert resolver.resolve(Mention("Marr", "name")) == "Rosa F. Marr Jr."


def test_names_that_the_text_explains() -> None:
    """Initials of one person, and another name that the text explains, mean the person; a body's letters do not."""
    resolver = CoreferenceResolver("The keeper is Ada van Marr. She spoke.")
    assert resolver.resolve(Mention("Ada van Marr", "name")) == "Ada van Marr"
    assert resolver.resolve(Mention("AVM", "name")) == "Ada van Marr"
    resolver = CoreferenceResolver("Ada van Marr left the Atlantic Vessel Company (AVM).")
    assert resolver.resolve(Mention("AVM", "name")) == "AVM"
    resolver = CoreferenceResolver("The keeper is Bob Pell, nicknamed “Bix”, and he left.")
    assert resolver.resolve(Mention("Bix", "name")) == "Bob Pell"


def test_rare_given_name_before_listed_one() -> None:
    """A person whose given name is in no list is not taken for a namesake who is named later."""
    resolver = CoreferenceResolver("Zebba Marr spoke. Her husband Bob Marr waited.")
    assert resolver.full_name("Zebba Marr") == "Zebba Marr"
    assert resolver.full_name("Marr") == "Zebba Marr"


def test_pronoun_refers_to_last_speaker_of_gender(resolver: CoreferenceResolver) -> None:
    """A pronoun refers to the last person of its gender; other pronouns are not resolved."""
    resolver.note_speaker("Mary Brandreth")
    resolver.note_sentence(["Mary Brandreth", "Bob Tarn"], None, has_speech=True)
    assert resolver.resolve(Mention("she", "pronoun")) == "Mary Brandreth"
    assert resolver.resolve(Mention("He", "pronoun")) == "Bob Tarn"
    assert resolver.resolve(Mention("they", "pronoun")) is None


def test_pronoun_prefers_current_sentence(resolver: CoreferenceResolver) -> None:
    """The only person before a pronoun in its sentence is more likely than the last speaker."""
    resolver.note_speaker("Mary Brandreth")
    resolver.note_sentence(["Mary Brandreth"], None, has_speech=True)
    assert resolver.resolve(Mention("she", "pronoun", names_before=["Anna Pell"])) == "Anna Pell"
    mention = Mention("she", "pronoun", names_before=["Anna Pell"], current_speaker="Mary Brandreth")
    assert resolver.resolve(mention) == "Mary Brandreth"


def test_pronoun_out_of_reach(resolver: CoreferenceResolver) -> None:
    """A pronoun does not refer to a speaker more than two paragraphs ago."""
    resolver.note_speaker("Mary Brandreth")
    resolver.history.paragraph += 3
    assert resolver.resolve(Mention("she", "pronoun")) is None


def test_role_refers_to_its_only_holder(resolver: CoreferenceResolver) -> None:
    """A role refers to the only person with it; two holders make it ambiguous."""
    resolver.note_role("Ada Brandreth", "chief engineer")
    assert resolver.resolve(Mention("the engineer", "role")) == "Ada Brandreth"
    resolver.note_role("Ivo Tarn", "engineer of the town", speaks=False)
    assert resolver.resolve(Mention("the engineer", "role")) is None


def test_role_never_refers_to_last_speaker(resolver: CoreferenceResolver) -> None:
    """A description that the article gives to nobody is not the speaker just before."""
    resolver.note_speaker("Ada Brandreth")
    assert resolver.resolve(Mention("the engineer", "role")) is None
    resolver.note_role("Ada Brandreth", "mayor")
    assert resolver.resolve(Mention("the engineer", "role")) is None
    assert resolver.resolve(Mention("the mayor", "role")) == "Ada Brandreth"
    assert resolver.resolve(Mention("the mayor’s aide", "role")) is None
    assert resolver.role_of("Ada Brandreth") == "mayor"


def test_role_is_open_after_unnamed_holder(resolver: CoreferenceResolver) -> None:
    """After "the mayor of Pell", "the mayor" can be either mayor, until the named one is described again."""
    resolver.note_role("Ada Brandreth", "mayor")
    assert resolver.resolve(Mention("the mayor of Pell", "role")) is None
    assert resolver.resolve(Mention("the mayor", "role")) is None
    resolver.note_role("Ada Brandreth", "mayor")
    assert resolver.resolve(Mention("the mayor", "role")) == "Ada Brandreth"


def test_title_before_name_is_role(resolver: CoreferenceResolver) -> None:
    """A role refers to the person whose name has it as a title."""
    resolver.note_title("Ada Brandreth", "Harbour Master")
    assert resolver.resolve(Mention("the harbour master", "role")) == "Ada Brandreth"
    assert resolver.role_of("Ada Brandreth") is None


def test_surnames_grow_as_article_is_read(resolver: CoreferenceResolver) -> None:
    """The view of the surnames shows people who are named later."""
    surnames = resolver.surnames
    assert {"brandreth", "tarn"} <= set(surnames)
    assert "pellew" not in surnames
    resolver.full_name("Cosmo Pellew")
    assert "pellew" in surnames
