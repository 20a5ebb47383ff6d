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
        ("Police Detective Constable Ivo Tarn said the roof leaks.", "Ivo Tarn"),
        ("First Tarn Securities Corp said the roof leaks.", "First Tarn Securities Corp"),
        (
            "Pelby Motors of Norland Ltd, a unit of Pelby Motors Corp, said the roof leaks.",
            "Pelby Motors of Norland Ltd",
        ),
        ("Serena Tarn came home. But Serena said the roof leaks.", "Serena Tarn"),
        ("The roof is old. The roof leaks, The Lock reported.", "The Lock"),
        ("“The roof leaks,” de Tarn said.", "de Tarn"),
        ("San Antonio Locks Co said the roof leaks.", "San Antonio Locks Co"),
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
