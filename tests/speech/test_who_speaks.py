"""Who speaks, and under which name: kinds that were read wrong in articles of all sorts, in other sentences."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


def list_said(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of everything that is said in a text."""
    found = find_statements(make_article(text), sentence_spans(text))
    return [(each.speaker, text[each.start : each.end]) for each in found if each.status in ("asserted", "reported")]


def speaker_of(text: str, words: str) -> str | None:
    """The only speaker of the words that begin so."""
    (speaker,) = {speaker for speaker, said in list_said(text) if said.startswith(words)}
    return speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fourteen-year-old Zoe said the roof leaks.", "Zoe"),
        ("Serena Tarn came home. But Serena said the roof leaks.", "Serena Tarn"),
        ("“The roof leaks,” de Tarn said.", "de Tarn"),
        ("San Antonio Locks Co said the roof leaks.", "San Antonio Locks Co"),
        ("North Selma Board said the roof leaks.", "North Selma Board"),
        ("Pelby Clement Fund said the roof leaks.", "Pelby Clement Fund"),
        ("Pelby Clement Corp said the roof leaks.", "Pelby Clement Corp"),
        ("East Lena Airlines said the roof leaks.", "East Lena Airlines"),
        ("The roof is old. The roof leaks, The Lock reported.", "The Lock"),
        ("General Foods of Pelby Ltd, a unit of Tarn Corp, said the roof leaks.", "General Foods of Pelby Ltd"),
        ("Representative Steve Israel said the roof leaks.", "Steve Israel"),
        ("Jarrah Woods of Norland Inc said the roof leaks.", "Jarrah Woods"),
        ("Most Reverend Ada Moe said the roof leaks.", "Ada Moe"),
        ("Several Tarn Motors said the roof leaks.", "Tarn Motors"),
        ("Paul Constable said the roof leaks.", "Paul Constable"),
        ("“It is late,” Moe said. “It is old.” The Moe campaign was quiet. Moe said the roof leaks.", "Moe"),
        ("Ida Hale wrote in The Hale. Hale said the roof leaks.", "Ida Hale"),
        ("Sluicer Bo Marr met old sluicer Ivo Tarn. Bo Marr said the roof leaks.", "Bo Marr"),
    ],
)
def test_whole_names(text: str, name: str) -> None:
    """Ages, ranks, ordinals, places, articles and particles stand on their own side of a name."""
    assert [speaker for speaker, said in list_said(text) if "roof leaks" in said] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Nine states said that the roof leaks.",
        "“The roof leaks,” said the DJ.",
        "“The roof leaks,” the four-time WNBA All-Star wrote.",
        "The Keepers Party Co-Chairman said that the roof leaks.",
        "Some senior Tarnites argued that the roof leaks.",
        "A group that includes Ivo Tarn said that the roof leaks.",
        "A keeper who came to see Ivo Tarn, but left early, said that the roof leaks.",
        "Aides to Gov. Ada Marr of Norland, a former keeper, and Gov. Ivo Tarn, who is late, said the roof leaks.",
        "Ivo Tarn and Bo Tarn came. “The roof leaks,” said the younger Mr. Tarn.",
        "“The roof leaks,” Ada Marr recalled her editor telling her.",
        "“The roof leaks,” Ada Marr remembered him saying.",
        "Ada Marr met a man who had waited and said the roof leaks.",
        "Ada Marr wrote about a keeper in Pelby who pinched her and told her, “the roof leaks.”",
        "Former Norland keepers Ivo Tarn and Bo Marr were mocked after a note claiming the roof leaks.",
    ],
)
def test_nobody_with_a_name_speaks(text: str) -> None:
    """Numbers, initials, offices, groups, and whoever only stands near the speaker, are not named."""
    assert not [speaker for speaker, said in list_said(text) if "roof leaks" in said and speaker]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The old town of Tarn waits, and on Monday the head of the Tarn Lock Board, Ivo Moe, said it is safe.",
            "it is safe",
            "Ivo Moe",
        ),
        (
            "Ada Marr put off deciding whether Tarn Watch could question Bo but said it is late.",
            "it is late",
            "Ada Marr",
        ),
        ("Tarn plans to move the fact that it grows, Ada Marr told the Post. “It is late.”", "“It is late", "Ada Marr"),
        (
            "Ivo Tarn left, saying that Mayor Bo Marr wanted “more” water. (On Monday he said it is late.)",
            "it is late",
            "Ivo Tarn",
        ),
        (
            "“It is fine,” Mark Marr said.\n\nStorms in “High Tide” made Paul Tarn think. He said it is late.",
            "it is late",
            "Paul Tarn",
        ),
        ("The guide said keys are lost if they are “old”, Ada Marr said.", "The guide said", "Ada Marr"),
        (
            "Actress Ada Marr left.\n\nBo left.\n\nIvo left.\n\n“Tide” star Ida Moe ran. The actress said it is late.",
            "it is late",
            None,
        ),
        ("He has a stake in Zoran Corp. A Tarn spokesman said it is old. He said it is late.", "it is late", None),
    ],
)
def test_the_one_who_speaks(text: str, words: str, speaker: str | None) -> None:
    """Subjects of other clauses, what others want or plan, and titles, take nobody's place."""
    assert speaker_of(text, words) == speaker


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norland and Marr said the roof leaks. Later Norland and Marr said it is late.", {"Norland", "Marr"}),
        ("Pelby’s Moe said the roof leaks. Pelby’s Moe said it is late.", {"Moe"}),
        ("Ivo Tarn praised a girl who lost the keys, saying the roof leaks.", {"Ivo Tarn"}),
        ("Ivo Tarn praised a girl who lost the keys, adding that “the roof leaks”.", {"Ivo Tarn"}),
        ("“The roof leaks,” Bo Moe recalled Ivo Tarn telling him.", {"Ivo Tarn"}),
        ("“The roof leaks,” Bo Moe recalled the keeper, Ivo Tarn, telling him.", {"Ivo Tarn"}),
        ("“The roof leaks,” Bo Moe recalled, saying it was late.", {"Bo Moe"}),
        ("“The roof leaks,” Bo Moe recalled telling Ivo Tarn.", {"Bo Moe"}),
        ("Bo Moe: Ivo Tarn’s view of the town: the roof leaks.", set()),
        ("Bo Moe: Ivo Tarn’s verdict: “The roof leaks.”", {"Ivo Tarn"}),
    ],
)
def test_everyone_who_speaks(text: str, names: set[str]) -> None:
    """Two speakers stay two, the subject of a sentence keeps its participle, and what is recalled is another’s."""
    assert {speaker for speaker, said in list_said(text) if "roof leaks" in said} == names


def test_who_tells_of_words_is_their_source() -> None:
    """What somebody remembers another to have said is told by them, and they speak on."""
    text = "“It leaks,” Ada Marr recalled her editor telling her. So she left, she said."
    told = next(each for each in find_statements(make_article(text), sentence_spans(text)) if each.direct)
    assert (told.speaker, told.role, told.via) == (None, "her editor", "Ada Marr")
    assert speaker_of(text, "So she left") == "Ada Marr"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The wife of death row inmate Ivo Tarn wrote. Tarn said it leaks.", "death row inmate"),
        ("Keeper Ada Marr, Lock Party nominee Ivo Moe, and others came. Marr said it leaks.", "Keeper"),
    ],
)
def test_roles_of_others(text: str, role: str) -> None:
    """A relation, or the next one of a list, is not the office of the speaker."""
    found = find_statements(make_article(text), sentence_spans(text))
    assert [each.role for each in found if each.cue == "said"] == [role]
