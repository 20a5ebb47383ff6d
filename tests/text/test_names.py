"""What belongs to a name, and when two names can be one person's."""

from __future__ import annotations

import pytest

from assistant.text.names import is_same_person, lookup_words, name_parts


@pytest.mark.parametrize(
    ("asked", "speaker", "same"),
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
def test_surname_equal_and_given_names_compatible(asked: str, speaker: str, same: bool) -> None:
    """Two names of a person have the same surname and no conflicting given names."""
    assert is_same_person(asked, speaker) is same


@pytest.mark.parametrize(
    ("asked", "speaker"),
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
def test_name_variants_are_one_person(asked: str, speaker: str) -> None:
    """Spelling variants, short forms and particles do not separate a person's names."""
    assert is_same_person(asked, speaker)


@pytest.mark.parametrize(
    ("asked", "speaker"),
    [
        ("Dan Brandreth", "Danielle Brandreth"),
        ("Mark Brandreth", "Marco Brandreth"),
        ("George H. Tarn", "George W. Tarn"),
        ("Justice Department", "Labor Department"),
    ],
)
def test_similar_names_are_two_people(asked: str, speaker: str) -> None:
    """Names that only look alike are two people."""
    assert not is_same_person(asked, speaker)


@pytest.mark.parametrize(
    ("asked", "speaker"),
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
def test_transliterations_are_one_person(asked: str, speaker: str) -> None:
    """Spellings of a name from another script are one person."""
    assert is_same_person(asked, speaker)
    assert is_same_person(speaker, asked)
    assert lookup_words(asked) & lookup_words(speaker)


@pytest.mark.parametrize(
    ("asked", "speaker"),
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
def test_near_names_stay_separate(asked: str, speaker: str) -> None:
    """Similar names of two people stay separate."""
    assert not is_same_person(asked, speaker)
    assert not is_same_person(speaker, asked)


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
