"""What belongs to a name, and when two names can be one person's."""

from __future__ import annotations

import pytest

from assistant.text.names import lookup_words, name_parts, same_person


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
def test_a_surname_must_be_the_same_and_given_names_must_not_differ(asked: str, speaker: str, same: bool) -> None:
    assert same_person(asked, speaker) is same


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
def test_spellings_short_forms_and_particles_do_not_part_a_person(asked: str, speaker: str) -> None:
    assert same_person(asked, speaker)


@pytest.mark.parametrize(
    ("asked", "speaker"),
    [
        ("Dan Brandreth", "Danielle Brandreth"),
        ("Mark Brandreth", "Marco Brandreth"),
        ("George H. Tarn", "George W. Tarn"),
        ("Justice Department", "Labor Department"),
    ],
)
def test_names_that_only_look_alike_are_two_people(asked: str, speaker: str) -> None:
    assert not same_person(asked, speaker)


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
def test_spellings_of_a_name_from_another_script_are_one_person(asked: str, speaker: str) -> None:
    assert same_person(asked, speaker)
    assert same_person(speaker, asked)
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
def test_near_names_of_two_people_stay_two(asked: str, speaker: str) -> None:
    assert not same_person(asked, speaker)
    assert not same_person(speaker, asked)


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
def test_titles_and_owners_are_no_part_of_a_name(written: str, parts: list[str]) -> None:
    assert name_parts(written) == parts
