"""Parts and gender of names, and whether two names can belong to the same person."""

from __future__ import annotations

import pytest

from assistant.speech.subjects.names_in_text import names_with_office, titled_names
from assistant.text.names import (
    find_gendered_title,
    full_names,
    infer_gender,
    is_organization,
    is_same_person,
    lookup_words,
    name_parts,
    name_words,
    surname,
)


@pytest.mark.parametrize(
    ("name", "speaker", "same"),
    [
        ("Ushakov", "Yuri Ushakov", True),
        ("Yuri Ushakov", "Ushakov", True),
        ("Mr. Ushakov", "Yuri Ushakov", True),
        ("Kremlin aide Yuri Ushakov", "Yuri Ushakov", True),
        ("Sen. John McCain", "McCain", True),
        ("Tim Cotton", "Tom Cotton", False),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Oakhurst", "Bram Okonjo-Reyes", False),
        ("the Pope", "Yuri Ushakov", False),
    ],
)
def test_surname_equal_and_given_names_compatible(name: str, speaker: str, same: bool) -> None:
    """Two names of a person have the same surname and no conflicting given names."""
    assert is_same_person(name, speaker) is same


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Élodie Brandréth", "Elodie Brandreth"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("Joe Brandreth", "Joseph R. Brandreth Jr."),
        ("J. Brandreth", "Joseph Brandreth"),
        ("Jon Brandreth", "Jonathan Brandreth"),
        ("Ivo Tarnsky", "Ivo Tarnskyy"),
        ("Bram Okonjo Reyes", "Bram Okonjo-Reyes"),
        ("Nasri", "Hala al-Nasri"),
        ("van der Molen", "Greta van der Molen"),
        ("Xi", "Xi Jinping"),
        ("Xi Jinping", "Xi"),
    ],
)
def test_name_variants_are_one_person(name: str, speaker: str) -> None:
    """Spelling variants, short forms and particles do not separate a person's names."""
    assert is_same_person(name, speaker)


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Dan Brandreth", "Danielle Brandreth"),
        ("Mark Brandreth", "Marco Brandreth"),
        ("George H. Tarn", "George W. Tarn"),
        ("Justice Department", "Labor Department"),
        ("Olga II", "Olga Brandreth"),
    ],
)
def test_similar_names_are_two_people(name: str, speaker: str) -> None:
    """Names that only look alike are two people."""
    assert not is_same_person(name, speaker)


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ("Zelenskiy", "Zelensky"),
        ("Viktor Yanukovich", "Yanukovych"),
        ("Qaddafi", "Muammar Gaddafi"),
        ("Moammar Khadafy", "Muammar Gaddafi"),
        ("Mohammed Tarn", "Muhammad Tarn"),
        ("Yury Ushakov", "Yuri Ushakov"),
        ("Sergei Lavroff", "Sergey Lavrov"),
        ("Hassan Ruhani", "Hasan Rouhani"),
        ("Mahmud Mousavi", "Mahmoud Musavi"),
        ("Lukashenka", "Aliaksandr Lukashenko"),
        ("Andrey Yermak", "Andriy Yermak"),
    ],
)
def test_transliterations_are_one_person(name: str, speaker: str) -> None:
    """Spellings of a name from another script are one person."""
    assert is_same_person(name, speaker)
    assert is_same_person(speaker, name)
    assert lookup_words(name) & lookup_words(speaker)


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Boris Johnson", "Boris Johnston"),
        ("Johnson", "Johnston"),
        ("Jens Hansen", "Jens Hanson"),
        ("Hansen", "Hanson"),
        ("Ann Petersen", "Ann Peterson"),
        ("John Smith", "John Smyth"),
        ("David Phillips", "David Philips"),
        ("Reid", "Reed"),
        ("Clarke", "Clark"),
        ("Stewart", "Stuart"),
        ("Ansgar Meyer", "Ansgar Meier"),
        ("Kim Lee", "Kim Li"),
        ("Vladimir Putin", "Vladimir Patin"),
        ("Sergei Ivanov", "Sergei Ivashov"),
        ("Sergei Popov", "Igor Popov"),
        ("Andrei Petrov", "Andrei Petrenko"),
        ("Mohammed Hassan", "Mohammed Hussein"),
        ("Ali Khamenei", "Ali Khomeini"),
        ("Oleg Sokolov", "Oleg Sokolsky"),
        ("Rossi", "Rossy"),
        ("Kelley", "Kelly"),
        ("Dmitry Medvedev", "Daniil Medvedev"),
    ],
)
def test_near_names_stay_separate(name: str, speaker: str) -> None:
    """Similar names of two people stay separate."""
    assert not is_same_person(name, speaker)
    assert not is_same_person(speaker, name)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Sen. John McCain Jr.", ["John", "McCain"]),
        ("CNN’s Jake Tapper", ["Jake", "Tapper"]),
        ("House Speaker", []),
        ("Theresa May", ["Theresa", "May"]),
        ("Elections Supervisor Susan Brandreth", ["Susan", "Brandreth"]),
        ("St. John Tarn", ["St", "John", "Tarn"]),
    ],
)
def test_titles_and_possessors_not_in_name(written: str, parts: list[str]) -> None:
    """Titles and possessors are not part of a name."""
    assert name_parts(written) == parts


@pytest.mark.parametrize(
    ("name", "title", "gender"),
    [
        ("Ada Brandreth", "", "she"),
        ("Bob", "", "he"),
        ("Brandreth", "Mrs.", "she"),
        ("Brandreth", "Dr.", None),
        ("Pat Brandreth", "", None),
        ("", "", None),
    ],
)
def test_gender_from_title_or_given_name(name: str, title: str, gender: str | None) -> None:
    """The title decides, then the given name; a given name of both genders does not."""
    assert infer_gender(name, title) == gender


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Mrs. Brandreth", "mrs"),
        ("the queen", "queen"),
        ("Spokeswoman Pat Brandreth", "spokeswoman"),
        ("Hillary King", ""),
        ("President Brandreth", ""),
    ],
)
def test_gendered_title_in_name(name: str, title: str) -> None:
    """A title that is part of the name does not count."""
    assert find_gendered_title(name) == title


def test_names_in_text() -> None:
    """Names of several words are found without titles; titles decide the pronoun."""
    text = "On Monday President Ada Tarn met Mrs. Pell and Hala al-Nasri in Tarn."
    assert list(full_names(text)) == ["Ada Tarn", "Hala al-Nasri"]
    assert list(names_with_office(text)) == ["Tarn", "Pell"]
    assert list(titled_names(text)) == [("Mrs", "Pell")]


def test_surname_is_first_in_some_languages() -> None:
    """The surname is the last word, or the first of a Chinese, Korean or Vietnamese name."""
    assert [surname(name) for name in ("Ada Tarn", "Xi Jinping", "Kim Carr")] == ["tarn", "xi", "kim"]


def test_words_to_look_up_name() -> None:
    """Accents, possessive endings and small words are removed."""
    assert name_words("The Director of Élan’s board") == ["director", "elan", "board"]


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Ivo Tarn", "Ivo Tarn Jr."),
        ("Ivo Tarn Sr.", "Ivo Tarn Jr."),
        ("Bob Tarn", "Mrs. Tarn"),
    ],
)
def test_suffix_and_title_tell_people_apart(name: str, speaker: str) -> None:
    """A suffix or a title of the other gender is another person."""
    assert not is_same_person(name, speaker)
    assert not is_same_person(speaker, name)


def test_full_names_keep_suffix() -> None:
    """ "Jr." belongs to the full name, also after a comma; a given name like a word counts inside a sentence."""
    names = list(full_names("Ivo Tarn Jr. met Ada Marr, Sr., and Per Oake. Per Reuters it rained. Q.R. Pell left."))
    assert names == ["Ivo Tarn Jr.", "Ada Marr Sr.", "Per Oake", "Q.R. Pell"]


def test_letters_without_accents_find_name() -> None:
    """A name is found by letters that a keyboard without accents has."""
    assert name_words("Øyvind Łukasz") == ["oyvind", "lukasz"]
    assert is_same_person("Oyvind Vasquez", "Øyvind Vázquez")
    assert lookup_words("Muñoz") == lookup_words("Munoz")


def test_title_without_given_name_is_somebody_else() -> None:
    """Who is only "Mrs Tarn" as a speaker is nobody whose gender is unknown; a question may ask for "Mr. Tarn"."""
    assert not is_same_person("Nils Tarn", "Mrs Tarn")
    assert is_same_person("Ada Tarn", "Mrs Tarn")
    assert is_same_person("Mr. Tarn", "Nils Tarn")


@pytest.mark.parametrize(
    ("name", "is_body"),
    [("Feed the Hungry", True), ("Hope and Harbour", True), ("Bix the Keeper", False), ("Ivan the Terrible", False)],
)
def test_is_organization(name: str, is_body: bool) -> None:
    """A slogan and a name with "and" are a body's; an epithet is a person's."""
    assert is_organization(name) == is_body
