"""Linking names and descriptions in questions to the speakers of a library."""

from __future__ import annotations

import pytest

from assistant.retrieval.holders import find_holders, is_description, may_hold_role
from assistant.retrieval.speakers import find_unlikely_speakers, link_speakers
from assistant.store.protocol import NameKind
from assistant.text.names import name_words


class Speakers:
    """A library by its speakers: name or role, its kind, statements and roles."""

    def __init__(
        self,
        *rows: tuple[str, NameKind],
        counts: dict[str, int] | None = None,
        text: str = "",
        roles: tuple[str, ...] = (),
    ) -> None:
        self._rows = list(rows)
        self._counts = counts or {}
        self._texts = {"Ada Quill": text}
        self._roles = list(roles) or ["mayor", "mayor of Tarn Head"]
        self.searched: list[str] = []

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        self.searched.append(name)
        return self._rows

    def count_statements(self, speaker: str) -> int:
        return self._counts[speaker]

    def roles_of(self, speaker: str) -> list[str]:
        return self._roles if speaker == "Ada Quill" else ["ferryman"]

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        holders = [name for name, kind in self._rows if kind == "holder"]
        return [(name, role, 1) for name in holders for role in self.roles_of(name) if word in name_words(role)]

    def first_text_of_speaker(self, speaker: str) -> str:
        return self._texts[speaker]


def test_name_means_people_of_that_name() -> None:
    """A surname means everybody of that surname, and nobody else."""
    library = Speakers(("Ada Quill", "name"), ("Quill", "name"), ("Adam Reed", "name"))
    assert link_speakers("Quill", library) == [("Ada Quill", True), ("Quill", True)]


def test_initials_mean_a_person_whom_an_article_calls_so() -> None:
    """Initials mean a speaker with these initials, if the article uses them and nobody has the name itself."""
    rows: tuple[tuple[str, NameKind], ...] = (("Ada Quill", "name"),)
    assert link_speakers("AQ", Speakers(*rows, text="The mayor Ada Quill, known as AQ, left.")) == [("Ada Quill", True)]
    assert link_speakers("AQ", Speakers(*rows, text="The mayor Ada Quill left.")) == []
    library = Speakers(*rows, ("AQ", "name"), text="Ada Quill, known as AQ, left.")
    assert link_speakers("AQ", library) == [("AQ", True)]


def test_surname_of_a_more_quoted_namesake_is_dropped() -> None:
    """For Michelle Obama, the bare "Obama" is dropped where Barack Obama is quoted more."""
    counts = {"Michelle Obama": 2, "Obama": 50, "Barack Obama": 90}
    rows: list[tuple[str, NameKind]] = [("Michelle Obama", "name"), ("Obama", "name"), ("Barack Obama", "name")]
    assert link_speakers("Michelle Obama", Speakers(*rows, counts=counts)) == [("Michelle Obama", True)]
    counts["Barack Obama"] = 1
    linked = link_speakers("Michelle Obama", Speakers(*rows, counts=counts))
    assert linked == [("Michelle Obama", True), ("Obama", True)]


def test_name_does_not_mean_its_supporters() -> None:
    """A role that only mentions a named speaker is left out."""
    library = Speakers(("Bernie Sanders", "name"), ("Sanders’s supporters", "role"))
    assert link_speakers("Sanders", library) == [("Bernie Sanders", True)]


def test_open_surname_is_nobody_in_particular() -> None:
    """A surname that several people share, in the place of a role, is not one of them."""
    library = Speakers(("Ada Quill", "name"), ("Mrs Quill", "role"), ("Quill", "role"))
    assert link_speakers("Ada Quill", library) == [("Ada Quill", True)]
    library_of_njord = Speakers(("Njord Quill", "name"), ("Mrs Quill", "role"))
    assert link_speakers("Njord Quill", library_of_njord) == [("Njord Quill", True)]
    assert link_speakers("Quill", library) == [("Ada Quill", True), ("Mrs Quill", False), ("Quill", False)]


@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("Ada Quill", "Ada Quill’s lawyer"),
        ("Quill", "Quill's wife"),
        ("Ada Quill", "a friend of Ada Quill"),
        ("Ada Quill", "Ada Quill supporters"),
        ("the mayor", "the mayor’s deputy"),
        ("the mayor", "an aide to the mayor"),
    ],
)
def test_relative_of_a_silent_speaker_is_somebody_else(asked: str, role: str) -> None:
    """Somebody who is described by their relation to the requested speaker is not that speaker."""
    assert link_speakers(asked, Speakers((role, "role"))) == []


@pytest.mark.parametrize(
    ("asked", "role"),
    [("Pentagon", "a Pentagon official"), ("Quill’s lawyer", "Ada Quill’s lawyer"), ("Tarn police", "the Tarn police")],
)
def test_description_or_body_means_the_role(asked: str, role: str) -> None:
    """A description means the role itself, and the officials of a body speak for it."""
    assert link_speakers(asked, Speakers((role, "role"))) == [(role, False)]


def test_role_means_unnamed_speakers_and_holders() -> None:
    """A description means unnamed speakers in that role and those whom an article gives it."""
    library = Speakers(("the mayor", "role"), ("Ada Quill", "holder"), ("Tom Reed", "holder"))
    assert link_speakers("the mayor", library) == [("the mayor", False), ("Ada Quill", True)]


def test_further_words_of_a_role_must_occur() -> None:
    """The place of a role must occur in the roles or in an article of the holder."""
    holder: tuple[str, NameKind] = ("Ada Quill", "holder")
    assert link_speakers("the mayor of Tarn Head", Speakers(holder)) == [("Ada Quill", True)]
    assert link_speakers("the mayor of Port Ellery", Speakers(holder)) == []
    assert link_speakers("the mayor of Port Ellery", Speakers(holder, text="In Port Ellery, …")) == []
    only_mayor = Speakers(holder, text="In Port Ellery, …", roles=("mayor",))
    assert link_speakers("the mayor of Port Ellery", only_mayor) == [("Ada Quill", True)]


def test_unlikely_namesakes() -> None:
    """Of several people of one surname, those with a quarter of the statements are unlikely."""
    names = [("Ada Quill", True), ("Bo Quill", True), ("Cy Quill", True)]
    library = Speakers(counts={"Ada Quill": 8, "Bo Quill": 2, "Cy Quill": 3})
    assert find_unlikely_speakers("Quill", names, library) == {"Bo Quill"}
    assert find_unlikely_speakers("Bo Quill", names, library) == frozenset()
    assert find_unlikely_speakers("Quill", names[:1], library) == frozenset()


@pytest.mark.parametrize(
    ("role", "description", "may"),
    [
        ("foreign affairs minister of Cuba", "Havana's foreign minister", True),
        ("foreign minister of Cuba", "Peru's foreign minister", False),
        ("UK foreign minister", "the British foreign minister", True),
        ("the archbishop", "the Peruvian archbishop", True),
        ("deputy mayor", "the mayor of Port Ellery", False),
        ("finance minister of Cuba", "Havana's foreign minister", False),
        ("harbour master", "Ada Quill", False),
    ],
)
def test_role_that_may_be_meant(role: str, description: str, may: bool) -> None:
    """A description may mean a role with its common words, unless that belongs to another country or rank."""
    assert may_hold_role(role, description, is_named=False) == may


@pytest.mark.parametrize(
    ("speaker", "describes"), [("Peru's president", True), ("the mayor", True), ("Ada Quill", False), ("quill", False)]
)
def test_descriptions(speaker: str, describes: bool) -> None:
    """A description has a common word; a name, also in small letters, has none that can be told."""
    assert is_description(speaker) == describes


@pytest.mark.parametrize(
    ("role", "asked", "is_linked"),
    [
        ("Peruvian President", "Peru's president", True),
        ("The president", "Peru's president", True),
        ("UK Prime Minister", "the British prime minister", True),
        ("Canadian Prime Minister", "the British prime minister", False),
        ("First Minister", "the British prime minister", False),
        ("vice president of Peru", "Peru's president", False),
        ("former president of Peru", "Peru's president", False),
        ("former president of Peru", "Peru's former president", True),
        ("Harbour Court President", "Peru's president", False),
        ("president of the country’s chess federation", "Peru's president", False),
        ("president of the republic", "Peru's president", True),
    ],
)
def test_holder_of_another_role(role: str, asked: str, is_linked: bool) -> None:
    """The same office of another country, of another body or of another rank is somebody else."""
    text = "In Peru and in Britain, the president and the prime minister …"
    library = Speakers(("Ada Quill", "holder"), text=text, roles=(role,))
    assert link_speakers(asked, library) == ([("Ada Quill", True)] if is_linked else [])


class Roles:
    """A library by what its people are called, with the first text of each."""

    def __init__(self, *rows: tuple[str, str, int], texts: dict[str, str] | None = None) -> None:
        self._rows = sorted(rows, key=lambda row: -row[2])
        self._texts = texts or {}

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        return [row for row in self._rows if word in name_words(row[1])]

    def first_text_of_speaker(self, speaker: str) -> str:
        return self._texts.get(speaker, "")


@pytest.mark.parametrize(
    "asked",
    ["the president of the United States", "the US president", "America’s president", "president of the united states"],
)
def test_the_office_of_a_country_is_called_so(asked: str) -> None:
    """Neither who is called "president" in an article on the country, nor who presides over another body in it."""
    library = Roles(
        ("Abe Lund", "President", 9),
        ("Bo Quill", "U.S. President", 2),
        ("Quill", "President", 7),
        ("Cy Reed", "Senate president", 3),
        ("Di Tarn", "president of the American Teachers Association", 4),
        ("Ed Ostrov", "Russian President", 8),
        texts=dict.fromkeys(("Abe Lund", "Cy Reed", "Ed Ostrov"), "In the United States, …"),
    )
    assert find_holders(asked, library) == ["Bo Quill", "Quill"]


def test_nobody_holds_the_office_of_a_country_that_comes_second() -> None:
    """An article that first names another country is about that one's president."""
    rows = ("Abe Lund", "President", 9)
    peru = "In Lima, capital of Peru, the president met envoys of Chile."
    library = Roles(rows, texts={"Abe Lund": peru})
    assert find_holders("the president of Peru", library) == ["Abe Lund"]
    assert find_holders("the president of Chile", library) == []
    assert find_holders("the president of Chile", Roles(rows, ("Abe Lund", "Peruvian president", 1))) == []


def test_whom_most_articles_call_so_comes_first() -> None:
    """Of many with an office, all are looked at, not the first of the alphabet."""
    rows = [(f"Ada Tarn {chr(65 + number)}", "mayor of Norfield", 1) for number in range(25)]
    library = Roles(*rows, ("Zoe Quill", "Port Ellery mayor", 1), ("Yves Reed", "mayor of Port Ellery", 3))
    assert find_holders("the mayor of Port Ellery", library) == ["Yves Reed", "Zoe Quill"]


@pytest.mark.parametrize(
    ("role", "asked", "is_found"),
    [
        ("head coach", "the head of the club", False),
        ("president-elect of Peru", "the president of Peru", False),
        ("director general of the port", "the director of the port", True),
        ("port police chief", "the port police", True),
        ("co-president of the port", "the president of the port", True),
        ("president and chief executive of the port", "the president of the port", True),
    ],
)
def test_a_noun_before_another_is_no_office(role: str, asked: str, is_found: bool) -> None:
    """A head coach is no head."""
    library = Roles(("Ada Quill", role, 1), texts={"Ada Quill": "The club and the port of Peru"})
    assert find_holders(asked, library) == (["Ada Quill"] if is_found else [])


def test_country_in_another_form_finds_a_holder_where_nobody_else_is_found() -> None:
    """An article that only says "Polish" is enough for Poland's president."""
    library = Speakers(("Ada Quill", "holder"), text="In the Polish city, …", roles=("President",))
    assert link_speakers("Poland's president", library) == [("Ada Quill", True)]
    assert link_speakers("Peru's president", library) == []
