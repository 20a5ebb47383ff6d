"""What a brief is made of: articles about its topic before those that only mention it, and whole thoughts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.collection import brief, candidates
from assistant.collection.candidates import Candidate, find_candidates
from assistant.collection.draft import SHOWN, Draft
from assistant.collection.scope import find_scope
from assistant.records.collection.question import CollectionQuery
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

LONG = "I took the slow boat by way of Lerwen, where I lost a shoe and a hat. " + "Then I read on and on. " * 12
ARTICLES = [
    make_article(
        "Lerwen’s council voted on Tuesday to close the old mill in 12 districts of the valley. As of Monday, his "
        "widow, Tilda, had heard nothing from Lerwen. “It must stay,” she said. Mayor Egil Tveit of Lerwen said the "
        "mill in Lerwen would be a school. Tveit declined to comment on the price in Lerwen. A miller of Lerwen "
        "declined to sell a boat and a horse.",
        id="vote",
        title="Lerwen closes its mill",
        published_at="2025-04-02",
    ),
    make_article(
        "The decision came two days after the flood at Lerwen. Four districts paid for the bricks and the wheel of "
        "Lerwen’s mill. The sale was agreed on Friday.",
        id="sale",
        title="Lerwen sells its mill",
        published_at="2025-04-04",
    ),
    make_article(
        "The chess master Orla Quist won in Marn. She is nineteen years old and lives in Marn. She began with six. "
        f"“{LONG}Then I came home to Marn again,” said Orla Quist.",
        id="chess",
        title="Nineteen and a master",
        published_at="2025-04-05",
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two articles about a town, and one that has its name in a long quotation."""
    with SqliteLibrary.open(build_tiny_library(tmp_path_factory.mktemp("lerwen"), ARTICLES).index) as library:
        yield library


def _write(library: Library) -> Draft:
    asked = CollectionQuery("brief", topic="Lerwen")
    return brief.write_brief(asked, find_scope(asked, library), SHOWN)


def _find(library: Library, words: str) -> Candidate:
    asked = CollectionQuery("brief", topic="Lerwen")
    return next(each for each in find_candidates(find_scope(asked, library)) if words in _text(each))


def _text(candidate: Candidate) -> str:
    return candidate.article.text[candidate.evidence.start : candidate.evidence.end]


@pytest.mark.parametrize(
    ("words", "is_central", "stands_alone"),
    [
        ("voted on Tuesday", True, True),
        ("As of Monday, his widow", True, False),  # whose widow is not said
        ("The decision came", True, False),
        ("slow boat", False, True),
    ],
)
def test_sentences_are_read(library: Library, words: str, is_central: bool, stands_alone: bool) -> None:
    """Whether an article is about the topic, and a sentence says whom it tells of."""
    found = _find(library, words)
    assert (found.is_central, found.stands_alone) == (is_central, stands_alone)


def test_asides_are_no_voices(library: Library) -> None:
    """A long quotation that only mentions the topic is not shown beside those that are about it."""
    found = _write(library)
    said = [each.speaker for section, each in zip(found.sections, found.evidence, strict=True) if section == brief.SAID]
    assert any(speaker and "Tveit" in speaker for speaker in said)
    assert "Orla Quist" not in said


def test_figures_of_other_matters_do_not_differ(library: Library) -> None:
    """12 districts that lose a mill and four that buy it are two matters."""
    found = _write(library)
    assert brief.DIFFER not in found.sections
    assert not found.differing


def test_what_was_declined_is_open_only_if_it_was_to_tell(library: Library) -> None:
    """Who declined to comment left a question open; who declined to sell did not."""
    found = _write(library)
    told = [each.article.text[each.start : each.end] for each in found.evidence]
    opened = [text for section, text in zip(found.sections, told, strict=True) if section == brief.OPEN]
    assert opened == ["Tveit declined to comment on the price in Lerwen."]


def test_no_gist_without_something_in_common(library: Library) -> None:
    """What no other article tells is not what most tell."""
    asked = CollectionQuery("brief", topic="Marn OR Lerwen", search="Marn OR Lerwen")
    assert brief.GIST not in brief.write_brief(asked, find_scope(asked, library), SHOWN).sections


def test_articles_about_a_topic_are_enough(tmp_path: Path) -> None:
    """Where a title has its words, articles with the words far apart are left out; else they may tell parts of it."""
    apart = "The tide was high. " + "Nobody at the port had seen it so for years, and it was told in every inn. " * 3
    others = [make_article(f"{apart}The day of the {name} came.", id=name) for name in ("fair", "market", "vote")]
    for title, taken in (("Tide day at Holm", 1), ("A feast at Holm", 4)):
        about = make_article("Tide day is kept at Holm in spring.", id="about", title=title)
        with SqliteLibrary.open(build_tiny_library(tmp_path, [about, *others]).index) as library:
            assert len(find_scope(CollectionQuery("brief", topic="tide day"), library).article_ids) == taken


STORM = [
    make_article(
        "Storm Odda reached Brenn on Monday. Odda tore off 40 roofs. The harbour was shut. Nobody was hurt. "
        "Boats lay on the quay. The damage caused by Storm Odda is put at $3.2 million. "
        "It is unclear when Odda will end.",
        id="roofs", title="Storm Odda reaches Brenn", published_at="2025-03-03",
    ),
    make_article(
        "The gale has gone from the Brenn quays. Odda was strong. Odda was loud. Storm Odda has cost sleep. "
        "The damage caused by Storm Odda is put at $4.1 million, says the port. Odda blew from $3.2 million to $4.1 "
        "million. The cost of the repairs after Storm Odda is $9 million. Storm Odda lasted two days.",
        id="sum", title="After the gale", published_at="2025-03-20",
    ),
    make_article(
        "Good morning. I’m Ulla Vik and this is the news. “Storm Odda was a fright,” Ulla Vik said. "
        "“Storm Odda took my roof and my boat,” said Jon Berg. Then to football. Brenn lost again. "
        "Its coach is new. He came in spring. “It is unclear who will keep goal,” said Jon Berg.",
        id="show", title="Storm Odda, football: the morning show", published_at="2025-05-02",
    ),
    make_article("Storm Odda sweeps over a boat at Brenn.", id="gallery", title="Photos: Storm Odda at Brenn"),
]  # fmt: skip


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two reports on a storm that differ in the damage, a show on this and that, and captions of pictures."""
    with SqliteLibrary.open(build_tiny_library(tmp_path_factory.mktemp("storm"), STORM).index) as library:
        yield library


STORM_ODDA = CollectionQuery("brief", topic="Storm Odda")


def test_a_sentence_is_on_the_topic_near_a_mention(storm: Library) -> None:
    """Or as the first of an article that is full of it; captions are read by nobody."""
    found = {_text(each): each for each in find_candidates(find_scope(STORM_ODDA, storm))}
    assert found["The gale has gone from the Brenn quays."].is_on_topic
    assert not next(each for text, each in found.items() if "keep goal" in text).is_on_topic
    assert not any(each.article.id == "gallery" for each in found.values())


def test_a_brief_is_of_the_latest_state(storm: Library) -> None:
    """What was open two months before the newest article is not told as open, nor what is beside the topic."""
    assert brief.OPEN not in brief.write_brief(STORM_ODDA, find_scope(STORM_ODDA, storm), SHOWN).sections


@pytest.mark.parametrize(("day", "is_open"), [("2025-06-20", True), ("2025-01", True), ("2025-01-20", False)])
def test_only_an_earlier_day_is_too_old(tmp_path: Path, day: str, is_open: bool) -> None:
    """What is said long after the newest article about the topic, or in a month of no known day, may be open."""
    articles = [
        make_article(
            "The dam at Orn burst on Monday.", id="dam", title="The dam at Orn bursts", published_at="2025-03-03"
        ),
        make_article(
            "Football came first. Then came a walk. Then it rained. It was cold. "
            "It is not known when the dam at Orn will be built again.",
            id="aside", title="A long week", published_at=day,
        ),
    ]  # fmt: skip
    asked = CollectionQuery("brief", topic="dam at Orn")
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        found = list(brief._find_open(find_candidates(find_scope(asked, library))))
    assert [each.article.id for each in found] == ["aside"] * is_open


@pytest.mark.parametrize(
    ("name", "text", "presents"),
    [
        ("Una O'Neil", "Hello. I’m Una O’Neil and this is the news.", True),
        ("Una O’Neil", "Hello. I'm Una O'Neil.", True),
        ("Ada Tarn", "Hello. I’m Ada Tarnish.", False),
    ],
)
def test_who_introduces_themselves(name: str, text: str, presents: bool) -> None:
    """However apostrophes are written, and not by the beginning of another name."""
    assert brief._presents(name, brief._INTRODUCED.findall(text)) is presents


@pytest.mark.parametrize(
    ("title", "is_gallery"),
    [
        ("Photos: the flood", True),
        ("In pictures", True),
        ("Pictures – the flood", True),
        ("Photos this week: the flood", True),
        ("Photos of papers leak", False),
    ],
)
def test_galleries(title: str, is_gallery: bool) -> None:
    """A title that only begins with photos is not that of a gallery."""
    assert bool(candidates._GALLERY.match(title)) is is_gallery


def test_who_presents_is_no_voice(storm: Library) -> None:
    """Who introduces themselves in a programme is left out; whom they quote is not."""
    found = brief.write_brief(STORM_ODDA, find_scope(STORM_ODDA, storm), SHOWN)
    voices = {
        each.speaker for section, each in zip(found.sections, found.evidence, strict=True) if section == brief.SAID
    }
    assert "Jon Berg" in voices
    assert "Ulla Vik" not in voices


def test_amounts_of_one_thing_differ(storm: Library) -> None:
    """The damage is put at two sums; a sentence with both, other costs and durations do not differ from them."""
    scope = find_scope(STORM_ODDA, storm)
    pair = brief._find_differing(find_candidates(scope), scope)
    assert [words for _, words in pair] == ["$3.2 million", "$4.1 million"]
    assert brief.DIFFER in brief.write_brief(STORM_ODDA, scope, SHOWN).sections


def test_a_surname_is_a_mention(tmp_path: Path) -> None:
    """Of the person whom the topic names, unless the article names another of that surname in full."""
    texts = {
        "own": ("Anna Lund opened the pier. It was a cold day for all of us. Lund then closed the old quay.", "Lund"),
        "other": ("Anna Lund came to see the pier. It was a cold day. Lund then closed the gate of a yard.", "Lund"),
    }
    texts["other"] = (f"{texts['other'][0]} Karin Lund of Marn was there.", "Karin Lund at the pier")
    articles = [make_article(text, id=name, title=title) for name, (text, title) in texts.items()]
    asked = CollectionQuery("brief", topic="Anna Lund")
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        found = find_candidates(find_scope(asked, library))
    marked = {each.article.id: each.evidence.marks for each in found if "then closed" in _text(each)}
    assert marked["own"]
    assert not marked.get("other")


def _write_about(tmp_path: Path, topic: str, *texts: tuple[str, str]) -> list[tuple[str, str]]:
    """The lines of a brief with their sections, of articles with a day and a text."""
    tmp_path.mkdir(exist_ok=True)
    articles = [
        make_article(text, id=f"{day}-{n}", title=f"{topic}: report {n}", published_at=day)
        for n, (day, text) in enumerate(texts)
    ]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        asked = CollectionQuery("brief", topic=topic)
        found = brief.write_brief(asked, find_scope(asked, library), SHOWN)
        told = [each.article.text[each.start : each.end] for each in found.evidence]
        return list(zip(found.sections, told, strict=True))


@pytest.mark.parametrize(
    ("text", "other", "told"),
    [
        ("The Lerwen fire killed 12 people.", "Smoke of the Lerwen fire was seen at Marn.", True),
        ("The Lerwen fire is out.", "Two years after the Lerwen fire it was built again with new bricks.", False),
        (
            "After the fire of 1904, in which 40 people died, Lerwen was built of brick.",
            "Bricks came to Lerwen.",
            False,
        ),
    ],
)
def test_how_many_died_is_told_first(tmp_path: Path, text: str, other: str, told: bool) -> None:
    """Of an event; not of one long ago, and only where an article says it."""
    opening = "The Lerwen fire began in the mill and burned until the next morning came."
    lines = _write_about(tmp_path, "Lerwen fire", ("2025-04-02", f"{opening} {text} {other}"))
    assert ((brief.GIST, text) in lines) is told


def test_the_number_of_dead_is_that_of_most_stories(tmp_path: Path) -> None:
    """Only if two give it, or all numbers are of one story; a person is no event with a number of dead."""
    texts = {
        "2025-04-02": "The Lerwen fire killed 12 people in all.",
        "2025-04-05": "The fire at Lerwen killed 12 people, said the town.",
        "2025-04-06": "The Lerwen fire has killed 14 people so far.",
    }
    articles = [make_article(text, id=day, title="Lerwen fire", published_at=day) for day, text in texts.items()]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        scope = find_scope(CollectionQuery("brief", topic="Lerwen fire"), library)
        told = find_candidates(scope)
        differing = [each for each in told if each.article.id != "2025-04-02"]
        one = [each for each in differing if each.article.id != "2025-04-06"]
        assert [
            found and found.article.id
            for found in (brief._choose_toll(each, None, scope) for each in (told, differing, one))
        ] == ["2025-04-05", None, "2025-04-05"]
    person = [("2025-04-02", "Anna Lund has written of the gale that killed 12 people at Marn.")]
    assert brief.GIST not in [section for section, _ in _write_about(tmp_path / "other", "Anna Lund", *person)]


def test_the_same_news_of_one_day_is_told_once(tmp_path: Path) -> None:
    """In other words too; what is said on another day in as many same words may be news."""
    first = "The Lerwen council voted to close the old mill on the river for good."
    second = "The old mill at Lerwen must close, the town voted after a long and loud night of speeches."
    for day, number in (("2025-04-02", 1), ("2025-06-20", 2)):
        lines = _write_about(tmp_path / day, "Lerwen mill", ("2025-04-02", first), (day, second))
        assert len([text for section, text in lines if section == brief.HAPPENED]) == number


def test_what_was_long_ago_is_no_news(tmp_path: Path) -> None:
    """A year long before its article is background, where an article tells anything else."""
    old, new = "The mill at Lerwen was built in 1872 by two brothers.", "The mill at Lerwen was sold to a school today."
    lines = _write_about(tmp_path, "Lerwen mill", ("2025-04-02", f"{new} {old}"))
    assert [text for _, text in lines if text in (old, new)] == [new]


@pytest.mark.parametrize(
    ("days", "tolls"),
    [
        (("2020-04-02", "2021-04-02", "2022-04-02"), ("killed 2 people",) * 3),
        (("2025-04-02", "2025-04-03", "2025-04-04"), ("killed 5 people", "killed 6 people", "killed 7 people")),
        (("2025-04-02", "2025-04-03", "2025-04-04"), ("killed 5 people", "was weak", "was felt by all")),
        (
            ("2025-04-02", "2025-04-03", "2025-04-04", "2025-04-05", "2025-04-06"),
            ("killed 5 people",) * 2 + ("was weak",) * 3,
        ),
        (("2025-04-02", "2025-04-03", "2025-04-04"), ("is bad: 116 people died due to this earthquake",) * 3),
    ],
)
def test_a_kind_of_event_has_no_number_of_dead(tmp_path: Path, days: tuple[str, ...], tolls: tuple[str, ...]) -> None:
    """Earthquakes have different ones, or the same by chance years later; what "this" is, its article says."""
    texts = (
        "The earthquake at Holm {}. Two mills fell into the river and a bridge is shut.",
        "At Marn an earthquake {}. Schools open on Monday; the mayor thanked her nurses.",
        "Brenn woke up when the earthquake {}. Farmers look for sheep in the hills above.",
        "On the island of Lerwen the earthquake {}. A ferry with salt and wool turned back at noon.",
        "Odda reports that the earthquake {}. Trains to the north wait until engineers have seen tunnels.",
    )
    articles = [
        make_article(text.format(toll), id=str(n), title=f"Earthquake: report {n}", published_at=day)
        for n, (day, text, toll) in enumerate(zip(days, texts, tolls, strict=False))
    ]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        scope = find_scope(CollectionQuery("brief", topic="earthquake"), library)
        assert len(set(library.load_story_numbers(scope.article_ids).values())) == len(days)
        assert brief._choose_toll(find_candidates(scope), None, scope) is None


@pytest.mark.parametrize(
    ("text", "is_long_ago"),
    [
        ("The mill was built in 1872 by two brothers.", True),
        ("In 1872 it was sold.", True),
        ("The flood of 12 May 1872 took it.", True),
        ("It fell on May 12, 1872.", True),
        ("It was loud in the 1990s.", True),
        ("It has stood since 2001.", True),
        ("It burned two years ago.", True),
        ("It was sold in 2024.", False),
        ("The flood has left 1500 homes under water.", False),
        ("The water is in 1500 homes.", False),
        ("It began at 1800 GMT.", False),
        ("It will be over by 1800 GMT.", False),
        ("By 1800 local time it was over.", False),
        ("More than 1600 people died.", False),
        ("The lives of 1600 people changed.", False),
        ("The price of 1600.50 was paid.", False),
    ],
)
def test_years(text: str, is_long_ago: bool) -> None:
    """A number is a year after a word for time or in a date, not before what it counts."""
    assert brief._looks_back(text, "2025-04-02", len(text)) is is_long_ago
    assert not brief._looks_back("It was built in 1872.", "²²²²", 30)


def test_a_year_is_read_with_what_follows(tmp_path: Path) -> None:
    """At the end of the beginning of a sentence too."""
    text = "At Lerwen the flood stood in 1500 homes for a week and a day."
    lines = _write_about(tmp_path, "Lerwen", ("2025-04-02", text))
    assert text in [line for _, line in lines]


def test_who_is_quoted_without_a_line_is_quoted(tmp_path: Path) -> None:
    """That nobody is quoted is said only where nobody is, not where no quotation was taken."""
    for name, text, is_said in (
        ("none", "A miller of Lerwen lost a boat.", True),
        ("some", "“I’m Ada Brandt and this is the mill of Lerwen,” Ada Brandt said.", False),
    ):
        (tmp_path / name).mkdir()
        told = f"The Lerwen mill was shut on Monday by the council. {text}"
        library = build_tiny_library(tmp_path / name, [make_article(told, id="a", published_at="2025-03-01")])
        with SqliteLibrary.open(library.index) as opened:
            asked = CollectionQuery("brief", topic="Lerwen")
            found = brief.write_brief(asked, find_scope(asked, opened), SHOWN)
            assert brief.SAID not in found.sections
            assert any("Nobody is quoted" in note for note in found.notes) is is_said
