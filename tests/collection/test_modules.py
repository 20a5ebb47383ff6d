"""The parts of an answer about the collection, each by itself, over seeds/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answers.kinds.collection import COLLECTION
from assistant.collection import brief, candidates, counting, draft, groups, people, statements, timeline
from assistant.collection.answering import draft_collection, name_collection_query, read_collection_question
from assistant.collection.program import answer_about_program
from assistant.collection.scope import Scope, find_scope, say_period, split_topic, suggest_names
from assistant.engine import Assistant
from assistant.questions.collection.program import TOPICS
from assistant.questions.parser import parse_question
from assistant.records.answer import Answer, QuestionUnderstood
from assistant.records.article import Article
from assistant.records.collection.question import CollectionQuery, CollectionResult
from assistant.records.collection.search import AllOf, AnyOf, Choice, Near, Not, Words, describe_expression, list_words
from assistant.records.query import Period, Query
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library


def _scope(library: Library, topic: str, **fields: object) -> Scope:
    return find_scope(CollectionQuery("count", topic=topic, **fields), library)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("topic", "phrases"),
    [
        ("ferry terminal", ["ferry terminal"]),
        ("the cost of the ferry terminal", ["cost", "ferry terminal"]),
        ("“a leap in the dark” and Valcourt’s letter", ["a leap in the dark", "Valcourt letter"]),
        ("", []),
        ("the who", ["the who"]),
        ("Will Smith’s slap", ["Will Smith slap"]),
        ("flights to Martha’s Vineyard", ["flights", "Martha’s Vineyard"]),
        ("the ferry AND the mayor", ["ferry", "mayor"]),
        ("THE FERRY AND THE MAYOR", ["FERRY", "MAYOR"]),
        ("“law AND order” in the ferry debate", ["law AND order", "ferry debate"]),
        ("WHO and US", ["WHO", "US"]),
    ],
)
def test_topic_is_split(topic: str, phrases: list[str]) -> None:
    """Adjacent content words are a phrase, quoted words stay as they are."""
    assert split_topic(topic) == phrases


def test_words_of_a_topic_are_near_each_other(seeds: Assistant) -> None:
    """No article need have the words of a topic as a phrase, and in this order; quoted words are one."""
    with seeds.open_library() as library:
        scope = _scope(library, "terminal harbour")
        assert len(scope.article_ids) == 2
        assert scope.topic_words == "“terminal” near “harbour”"
        assert scope.remarks == (
            "None of them has “terminal harbour” as a phrase.",
            "5 articles contain all of the words, near each other or not.",
        )
        assert [words.phrase for words in scope.words] == ["terminal", "harbour"]
        assert set(_scope(library, "“terminal harbour”").article_ids) == set()
        mentions = find_scope(CollectionQuery("count", "mentions", topic="ferry terminal"), library)
        assert mentions.topic_words == "“ferry terminal”"


def test_words_that_no_article_has_are_left_out(seeds: Assistant) -> None:
    """An article may have another word than "calamity"; a list is of those with the name, and says so. A count is 0."""
    with seeds.open_library() as library:
        named = _scope(library, "Calderwick Marine")
        listed = find_scope(CollectionQuery("list", topic="Calderwick Marine calamity"), library)
        assert listed.article_ids == named.article_ids
        assert listed.remarks == (
            "No article contains “Calderwick Marine” and “calamity”; taken are those with “Calderwick Marine”.",
        )
        counted = _scope(library, "Calderwick Marine calamity")
        assert counted.article_ids == ()
        assert "“Calderwick Marine” is in 3 articles." in counted.remarks[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("(flood OR terminal) AND NOT berths", "“flood” or “terminal” without “berths”"),
        ("flood AND (tide OR sea)", "“flood” and (“tide” or “sea”)"),
        ("NOT flood", "what was searched for (NOT flood)"),
        ("NOT (flood OR NOT terminal)", "what was searched for (NOT (flood OR NOT terminal))"),
        ("flood AND NOT NOT terminal", "what was searched for (flood AND NOT NOT terminal)"),
        ("valcort~", "what was searched for (valcort~)"),
    ],
)
def test_a_search_is_said(seeds: Assistant, typed: str, said: str) -> None:
    """In words where these tell it, else as it was typed."""
    with seeds.open_library() as library:
        assert find_scope(CollectionQuery("count", search=typed), library).topic_words == said


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("the flood OR the terminal", "the flood or the terminal"),
        ("flood AND the terminal", "the flood and the terminal"),
        ("terminal AND NOT berths", "terminal but not berths"),
        ("* OR *", "* or *"),
        ("flood OR *", "flood"),
    ],
)
def test_operators_in_a_question_are_words(seeds: Assistant, topic: str, words: str) -> None:
    """What is counted is the same as without capitals: no “the” is searched for, and nothing is an error."""
    with seeds.open_library() as library:
        assert not _scope(library, "NEAR(*)").article_ids
        for unit in ("articles", "mentions"):
            shouted, plain = (_scope(library, each, unit=unit) for each in (topic, words))
            assert shouted.article_ids == plain.article_ids
            assert [each.phrase.lower() for each in shouted.words] == [each.phrase.lower() for each in plain.words]


def test_near_is_a_topic(seeds: Assistant) -> None:
    """NEAR(…), as the whole topic of a question, is the search of that name."""
    with seeds.open_library() as library:
        found = _scope(library, "NEAR(soft clay, 3)")
        assert found.topic == Near(("soft", "clay"), 3)
        assert found.article_ids


def test_authors_that_no_article_names(tmp_path: Path) -> None:
    """They are none, of some articles and of no articles; the months with most articles say how many they show."""
    articles = [
        make_article("The ferry is late.", id=f"a{day}", title=f"Ferry {day}", published_at=f"2025-03-0{day}")
        for day in range(1, 5)
    ]
    with SqliteLibrary.open(build_tiny_library(tmp_path, articles).index) as library:
        for topic, said in (("ferry", "No article with “ferry” names an author."), ("whale", "No article")):
            asked = CollectionQuery("list", "authors", topic=topic)
            found = counting.count_units(asked, find_scope(asked, library))
            assert found.summary.startswith(said)
        asked = CollectionQuery("rank", "months", topic="ferry")
        notes = counting.count_units(asked, find_scope(asked, library), 2).notes
        assert any(note.startswith("The first 2 of the 4 articles of March 2025 are shown; ") for note in notes)
        notes = counting.count_units(asked, find_scope(asked, library), 4).notes
        assert not any("shown" in note for note in notes)


def test_all_is_of_one_day_only_if_all_articles_are(tmp_path: Path) -> None:
    """A day whose sentences only repeat those of another has no entry, and is not "all" for that."""
    text = "The ferry to Holm ran aground near the quay on Monday."
    rest = " The crew was brought to the quay by a tug. Nobody saw the ferry."
    for days, said in ((("01", "01"), "All on “ferry” is of"), (("01", "02"), "1 day on “ferry”: ")):
        folder = tmp_path / "-".join(days)
        folder.mkdir()
        articles = [
            make_article(text + rest * number, id=f"{number}", title="Ferry aground", published_at=f"2025-03-{day}")
            for number, day in enumerate(days)
        ]
        with SqliteLibrary.open(build_tiny_library(folder, articles).index) as library:
            asked = CollectionQuery("timeline", topic="ferry")
            assert timeline.write_timeline(asked, find_scope(asked, library)).summary.startswith(said)


def test_nothing_is_not_everything_else(seeds: Assistant) -> None:
    """A word that no article has, without another one, is in no article."""
    with seeds.open_library() as library:
        asked = CollectionQuery("list", topic="zeppelins but not Valcourt")
        assert find_scope(asked, library).article_ids == ()


@pytest.mark.parametrize(
    ("topic", "said", "search"),
    [
        ("terminal but not Valcourt", "“terminal” without “Valcourt”", Not(Words("Valcourt"))),
        ("flood or relief fund", "“flood” or “relief” near “fund”", AnyOf((Words("flood"), Words("relief fund")))),
    ],
)
def test_topic_with_a_choice(seeds: Assistant, topic: str, said: str, search: object) -> None:
    """ "But not" leaves articles out, "or" takes those with either."""
    with seeds.open_library() as library:
        scope = _scope(library, topic)
        assert scope.topic_words == said
        every = set(library.find_articles(AllOf()))
        has = {words: set(library.find_articles(Words(words))) for words in ("terminal", "Valcourt", "flood")}
        if isinstance(search, Not):
            assert set(scope.article_ids) == has["terminal"] & (every - has["Valcourt"])
        else:
            assert set(scope.article_ids) >= has["flood"]


def test_scope_has_limits(seeds: Assistant) -> None:
    """Outlet, author, days and chosen articles limit what counts, and are said."""
    with seeds.open_library() as library:
        period = Period("since June", "2025-06-01", None, relation="since")
        scope = _scope(library, "terminal", outlets=("Harbour Post (fiction)",), author="Tarrowby", period=period)
        assert len(scope.article_ids) == 2
        assert scope.limits == " in Harbour Post (fiction) by Ines Tarrowby since June (from 1 June 2025 on)"
        chosen = find_scope(CollectionQuery("count", topic="terminal"), library, scope.article_ids[:1])
        assert chosen.article_ids == scope.article_ids[:1]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period("since March 2025", "2025-03-01"), "since March 2025"),
        (Period("last week", "2025-03-17", "2025-03-23"), "last week (17 to 23 March 2025)"),
        (Period("Monday", "2025-03-17", "2025-03-17"), "in Monday (17 March 2025)"),
        (Period("before Easter", None, "2025-04-19"), "before Easter (until 19 April 2025)"),
    ],
)
def test_periods_are_said(period: Period, words: str) -> None:
    """A period is said with its days, unless its words have the year."""
    assert say_period(period) == words


def test_statements_of_nobody(seeds: Assistant) -> None:
    """A name that nobody has gets a suggestion, and no statements."""
    with seeds.open_library() as library:
        asked = CollectionQuery("list", "statements", speaker="Ushakof")
        found = statements.find_statements(asked, find_scope(asked, library))
        assert found.places == ()
        assert found.remarks[-1] == "Did you mean Yuri Ushakov?"
        assert suggest_names("Ushakof", library) == ["Yuri Ushakov"]


def test_statements_are_grouped_by_sentence(seeds: Assistant) -> None:
    """Parts of one sentence are cited once, with each part marked."""
    with seeds.open_library() as library:
        asked = CollectionQuery("list", "statements", speaker="Valcourt")
        found = statements.find_statements(asked, find_scope(asked, library))
        cited = found.cite(100)
        assert len(found.places) == 16 == sum(len(each.marks) for each in cited)
        assert len(cited) == len(found.sentences) < 16


def test_speakers_and_stories(seeds: Assistant) -> None:
    """Who is quoted agrees with the list of speakers; near-copies are one story."""
    with seeds.open_library() as library:
        rows = seeds.catalog().speakers()
        assert {row.name: row.statements for row in groups.find_quoted(library, None)} == {
            row.name: row.statements for row in rows
        }
        relief = _scope(library, "relief fund")
        assert groups.count_stories(relief.article_ids, library) == 1 < len(relief.article_ids)
        assert groups.list_spellings(["Yuri Ushakov", "Nobody"], library) == [["Yuri Ushakov"], ["Nobody"]]
    assert groups.say_groups([("a", 1200), ("b", 1)]) == "a 1,200 · b 1"
    assert groups.say_groups([(str(number), 1) for number in range(14)]).endswith("2 more")


def test_count_without_a_topic(seeds: Assistant) -> None:
    """All articles, by outlet."""
    with seeds.open_library() as library:
        asked = CollectionQuery("count", group_by="outlet")
        found = counting.count_units(asked, find_scope(asked, library), 3)
    assert found.summary == "18 articles."
    assert found.result is not None
    assert sum(count for _, count in found.result.groups) == found.result.total == 18
    assert len(found.evidence) == 3
    assert counting.listed_some([str(number) for number in range(12)]).endswith("and 2 more")
    assert counting.say_day("2025-03") == "2025-03"


def test_first_mention_says_the_last(seeds: Assistant) -> None:
    """The first mention, and how it goes on."""
    with seeds.open_library() as library:
        asked = CollectionQuery("first", topic="clay")
        found = timeline.find_mention_day(asked, find_scope(asked, library))
    assert found.summary == "First mention of “clay”: 17 September 2025, in Harbour Post (fiction)."
    assert "9 October 2025" in found.notes[0]


def test_candidates_are_news(seeds: Assistant) -> None:
    """A sentence that several stories print is no news; each sentence is within its article."""
    with seeds.open_library() as library:
        found = candidates.find_candidates(_scope(library, "terminal"))
        assert found
        assert not any("invented" in each.article.text[each.evidence.start : each.evidence.end] for each in found)
        assert candidates.is_near_copy(found[0], [found[0]], {})
        assert len(candidates.choose_articles(_scope(library, ""))) == 18


def test_brief_has_its_sections(seeds: Assistant) -> None:
    """The gist, what happened by day, who says what, figures that differ and the correction; nothing twice."""
    with seeds.open_library() as library:
        asked = CollectionQuery("brief", topic="flood")
        found = brief.write_brief(asked, find_scope(asked, library), draft.SHOWN)
    assert [*dict.fromkeys(found.sections)] == [
        brief.GIST, brief.HAPPENED, brief.SAID, brief.DIFFER, brief.CORRECTED,
    ]  # fmt: skip

    assert {words for _, words in found.differing} == {"340 homes", "410 homes"}
    places = [(each.article.id, each.start) for each in found.evidence]
    assert len(places) == len(set(places))
    days = [each.article.published_at for each, section in zip(found.evidence, found.sections, strict=True)
            if section == brief.HAPPENED]  # fmt: skip
    assert days == sorted(days, key=str)


def _pier(number: int, month: int, opening: str, text: str) -> Article:
    title = f"The pier of Holm, part {number}"
    return make_article(f"{opening} {text}", id=f"pier-{number}", title=title, published_at=f"2025-{month:02}-01")


PIER = [
    _pier(1, 5, "The pier of Holm burned down on Sunday and two sailors were killed in the fire.",
          "Harbour master Liv Moen of Holm saw it. A dog was saved from a boat at the quay."),
    _pier(2, 6, "Harbour master Liv Moen of Holm wants another pier.",
          "The old pier of Holm burned down in May, and two sailors were killed in the great fire."),
    _pier(3, 7, "Fishermen land their catch at the quay while the pier is gone.",
          "Two sailors were killed when the wooden pier of Holm burned down in a fire in May. "
          "Ida Rask looks at the black posts of the pier on July 1, 2025."),
    _pier(4, 8, "Harbour master Liv Moen of Holm sells the ruined pier.",
          "It is unclear when a pier of Holm can be opened to the public again."),
]  # fmt: skip


@pytest.fixture(scope="module")
def pier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Four articles on a fire, which three of them tell."""
    with SqliteLibrary.open(build_tiny_library(tmp_path_factory.mktemp("pier"), PIER).index) as library:
        yield library


def test_brief_opens_with_what_most_articles_tell(pier: Library) -> None:
    """The gist is the sentence that other articles tell too; a caption and what is open are no events."""
    found = brief.write_brief(CollectionQuery("brief", topic="pier"), _scope(pier, "pier"), draft.SHOWN)
    told: dict[str, list[str]] = {section: [] for section in found.sections}
    for section, each in zip(found.sections, found.evidence, strict=True):
        told[section].append(each.article.text[each.start : each.end])
    assert len(told[brief.GIST]) == 1
    assert "sailors were killed" in told[brief.GIST][0]
    assert not any("Ida Rask" in sentence or "unclear" in sentence for sentence in told[brief.HAPPENED])
    assert any("unclear" in sentence for sentence in told[brief.OPEN])


def test_days_of_one_matter_are_not_near_copies(pier: Library) -> None:
    """What all articles name makes no near-copies: the plan and the sale of a later day are both told."""
    found = timeline.write_timeline(CollectionQuery("timeline", topic="pier"), _scope(pier, "pier"), draft.SHOWN)
    told = [each.article.text[each.start : each.end] for each in found.evidence]
    assert any("wants another pier" in sentence for sentence in told)
    assert any("sells the ruined" in sentence for sentence in told)


def test_brief_answer_tells_the_difference(seeds: Assistant) -> None:
    """Differing figures are a conflict of the answer."""
    answer = seeds.ask("brief me on the flood")
    assert answer.conflicts
    assert answer.notes[0].startswith("The articles differ: ")
    assert [each["section"] for each in answer.to_dict()["sentences"][:2]] == ["In short", "What happened"]


def test_timeline_is_in_order(seeds: Assistant) -> None:
    """One entry for each day and story, the earliest first; of fewer, those most on the topic."""
    with seeds.open_library() as library:
        asked = CollectionQuery("timeline", topic="ferry terminal")
        scope = find_scope(asked, library)
        found = timeline.write_timeline(asked, scope, 20)
        short = timeline.write_timeline(asked, scope, 3)
    days = [each.article.published_at or "" for each in found.evidence]
    assert days == sorted(days)
    assert len(set(days)) == len(days) == 8
    assert len(short.evidence) == 3
    assert "3 of 8" in " ".join(short.notes)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Maud Lindqvist", "the chair of the Fishermen’s Co-operative"),
        ("Sundrift Lines", "a U.S. operator that runs the ferry to Gannet Island"),
        ("the mayor of Port Ellery", "Mayor"),
        ("Trump", "US President"),
    ],
)
def test_people_are_described(seeds: Assistant, name: str, words: str) -> None:
    """A description is copied from the article, the latest first."""
    with seeds.open_library() as library:
        asked = CollectionQuery("who", "speakers", speaker=name)
        found = people.describe_person(asked, find_scope(asked, library))
    assert found is not None
    first = found.evidence[0]
    start, end = first.marks[0]
    assert first.article.text[start:end] == words
    days = [each.article.published_at or "" for each in found.evidence]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("office", "holder"),
    [
        ("the mayor of Port Ellery", "Teresa Oakhurst"),
        ("the director of Sundrift Lines", None),
        ("the mayor of Gannet Island", None),
    ],
)
def test_an_office_is_of_the_body_that_an_article_names(seeds: Assistant, office: str, holder: str | None) -> None:
    """Who has the same office of another body, or is only named in the same article, does not have it."""
    with seeds.open_library() as library:
        asked = CollectionQuery("who", "speakers", speaker=office)
        found = people.describe_person(asked, find_scope(asked, library))
    assert (found and found.summary.split(":")[0]) == holder


def test_unknown_people_are_left_to_the_passages(seeds: Assistant) -> None:
    """Nobody of the name, and nobody like it."""
    with seeds.open_library() as library:
        asked = CollectionQuery("who", "speakers", speaker="Zebulon Quux")
        assert people.describe_person(asked, find_scope(asked, library)) is None
        assert draft_collection(asked, library) is None
        query = parse_question("Who is leading the inquiry?")
        assert read_collection_question(query, library) is None


def test_query_of_a_timeline_is_over_time() -> None:
    """The interface draws a line of days for it."""
    query = Query("timeline of x", "other", ())
    assert name_collection_query(query, CollectionQuery("timeline")).over_time
    assert name_collection_query(query, CollectionQuery("count")).kind == COLLECTION.name


def test_program_answers() -> None:
    """Help is an answer without citations; a wish outside is refused."""
    for topic in TOPICS:
        understood, answer = answer_about_program(topic.example, topic)
        assert isinstance(understood, QuestionUnderstood)
        assert isinstance(answer, Answer)
        assert answer.abstained == topic.is_outside
        assert topic.lines[0] in answer.answer


def test_unknown_unit_is_told(seeds: Assistant) -> None:
    """What cannot be counted is asked back, with the count of articles."""
    answer = seeds.ask("How many entries are there about the flood?")
    assert answer.summary is not None
    assert answer.summary.startswith("“entries” may be articles")
    photos = seeds.ask("How many photos are there of the flood?").summary
    assert photos is not None
    assert photos.startswith("“photos” are not counted, but articles")


def test_a_typed_search_is_no_follow_up(seeds: Assistant) -> None:
    """Its words are all that is searched for, as they are spelled, whatever was asked before."""
    answer = seeds.ask("ferri AND terminal", history=["What did Lindqvist say about the terminal?"])
    assert answer.collection is not None
    assert (answer.collection.total, answer.standalone_question) == (0, None)
    assert "ferri" in answer.answer


def test_scope_of_an_answer_is_kept(seeds: Assistant) -> None:
    """Chosen articles and a day up to which they count limit a count."""
    from datetime import date

    with seeds.open_library() as library:
        ids = _scope(library, "terminal").article_ids
    assert seeds.ask("How many articles mention the terminal?", scope=ids[:2]).collection == CollectionResult(
        "count", "articles", 2, "articles with “terminal” in the text or the title, in any form",
        seeds.ask("How many articles mention the terminal?", scope=ids[:2]).collection.search,  # type: ignore[union-attr]
        items=seeds.ask("How many articles mention the terminal?", scope=ids[:2]).collection.items,  # type: ignore[union-attr]
    )  # fmt: skip
    until = seeds.ask("How many articles mention the terminal?", as_of=date(2025, 3, 31)).collection
    assert until is not None
    assert until.total == 2


def test_expressions_are_described() -> None:
    """A search can be read and typed again."""
    expression = AllOf((AnyOf((Words("a b"), Words("c", is_prefix=True))), Not(Near(("d", "e"), 4))))
    assert describe_expression(expression) == '("a b" OR c*) AND NOT NEAR(d e, 4)'
    assert [words.phrase for words in list_words(expression)] == ["a b", "c"]
    assert describe_expression(Choice("outlet", ("A", "B C"))) == 'outlet:A OR outlet:"B C"'


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        (
            "How many articles mention the terminal?",
            "and by outlet?",
            "How many articles mention the terminal by outlet?",
        ),
        ("summarise the flood", "Which outlets reported it first?", "Which outlets reported the flood first?"),
        ("How many articles mention Crimea?", "Who is quoted most on it?", "Who is quoted most on Crimea?"),
    ],
)
def test_follow_ups_go_on(seeds: Assistant, before: str, question: str, standalone: str) -> None:
    """A grouping, or a pronoun for the topic, goes on from the last question."""
    answer = seeds.ask(question, history=[before])
    assert answer.standalone_question == standalone
    assert answer.collection is not None


def test_other_follow_ups_are_left(seeds: Assistant) -> None:
    """What is said about the topic of a brief is a question on words."""
    answer = seeds.ask("what did the mayor say about it?", history=["summarise the flood"])
    assert answer.collection is None
    assert "flood" in (answer.standalone_question or "")


def test_news_are_of_the_last_days(seeds: Assistant) -> None:
    """What is new is what the last days of the library have."""
    answer = seeds.ask("What's new?")
    assert answer.summary is not None
    assert answer.summary.startswith("1 article in the last days of the library (7 to 13 November 2025)")


@pytest.mark.parametrize(
    ("words", "is_last", "is_clause"),
    [
        ("the Queen suspended parliament", True, True),
        ("the monarch is the head of state", False, True),
        ("the harbour engineer", True, False),
        ("a firm that was founded in 1902", True, False),
        ("a retired teacher", False, False),
    ],
)
def test_clauses_are_no_descriptions(words: str, is_last: bool, is_clause: bool) -> None:
    """What follows a name after a comma is a description only if it is no clause of its own."""
    assert people._is_no_description(words, is_last=is_last) is is_clause


def test_names_stay_together_in_a_loose_topic(seeds: Assistant) -> None:
    """Of a topic whose phrase no article has, a name is still looked for as a whole."""
    with seeds.open_library() as library:
        scope = _scope(library, "Maud Lindqvist contract")
    assert [words.phrase for words in scope.words] == ["Maud Lindqvist", "contract"]


@pytest.mark.parametrize(
    ("text", "is_news"),
    [
        ("Mayor Ada Brandt, left, speaks to the press in the hall on Monday.", False),
        ("This story is no longer being updated with what happens in the harbour.", False),
        ("Photos: the crane of the harbour after the storm of last Monday.", False),
        ("The harbour was closed on Monday, and ships left for other ports.", True),
    ],
)
def test_captions_and_notices_tell_nothing(tmp_path: Path, text: str, is_news: bool) -> None:
    """What belongs to a picture or the page is no sentence of a brief."""
    config = build_tiny_library(tmp_path, [make_article(f"The harbour was full. {text}", id="one")])
    with SqliteLibrary.open(config.index) as library:
        found = candidates.find_candidates(_scope(library, "harbour"))
    assert any(each.article.text[each.evidence.start : each.evidence.end] == text for each in found) == is_news


def test_brief_of_one_article_has_its_further_sentences(tmp_path: Path) -> None:
    """One article gives more than its first sentence, and only a note that corrects is a correction."""
    text = (
        "A helicopter with Ida Roe crashed near Calder on Sunday. All seven people on board died in the crash. "
        "Ida Roe flew to a game with her team that morning. Editor’s note: Ida Roe was first named here in June."
    )
    config = build_tiny_library(tmp_path, [make_article(text, id="one", title="Ida Roe dies in a crash")])
    with SqliteLibrary.open(config.index) as library:
        found = draft_collection(CollectionQuery("brief", topic="Ida Roe"), library)
    assert found is not None
    told = [each.article.text[each.start : each.end] for each in found.evidence]
    assert any("died in the crash" in each for each in told)
    assert brief.CORRECTED not in found.sections


@pytest.mark.parametrize(
    ("title", "is_note"),
    [
        ("Correction: homes evacuated", True),
        ("Corrections and clarifications", True),
        ("CORRECTED-BANK TO PAY", True),
        ("Corrected - Bank to pay", True),
        ("Clarification – ferry times", True),
        ("Correction", True),
        ("CORRECTION-Tunnel to cost 5 million", True),
        ("CORRECTED (OFFICIAL)-Bank to pay", True),
        ("Correction to the report on tolls", True),
        ("Correctional officers strike", False),
        ("Correction agency plans dropped", False),
        ("Correct answers win", False),
        ("Corrected figures please the bank", False),
        ("Clarifier plant opens", False),
    ],
)
def test_title_of_a_correction(title: str, is_note: bool) -> None:
    """The word for a correction stands alone before the title; it is no part of its sentence."""
    assert brief.is_correction(title, "The bank will pay.") is is_note
