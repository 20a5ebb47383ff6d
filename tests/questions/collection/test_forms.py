"""The table of forms of questions about the collection: every example is read by its own row."""

from __future__ import annotations

import pytest

from assistant.questions.collection.forms import FORMS, CollectionForm, match_forms
from assistant.questions.collection.parsing import is_office, parse_collection_question
from assistant.questions.parser import parse_question

EXAMPLES = [pytest.param(form, id=f"{number}-{form.example[:40]}") for number, form in enumerate(FORMS)]


@pytest.mark.parametrize("form", EXAMPLES)
def test_example_has_its_form(form: CollectionForm) -> None:
    """The template of a row matches its example without the final punctuation."""
    core = form.example.rstrip("?.").replace("What’s", "what is").removesuffix(" in September 2025")
    assert form in [each for each, _ in match_forms(core)] or form.example.endswith("September 2019?")


@pytest.mark.parametrize("form", EXAMPLES)
def test_example_is_read(form: CollectionForm) -> None:
    """The example of each row is read as a question of its kind and unit."""
    query = parse_question(form.example, outlets=["The Gazette"])
    found = parse_collection_question(query, ["The Gazette"], lambda name: name[0].isupper())
    assert found is not None
    assert found.kind == form.kind
    if form.unit is not None:
        assert found.unit == form.unit


@pytest.mark.parametrize(
    "question",
    [
        "How many people died in the flood?",
        "How many homes were evacuated?",
        "How many reports of abuse did the agency receive?",
        "How many stories does the tower have?",
        "How many times was Lindqvist elected?",
        "How often do ferries run to Okrug?",
        "How many newspapers did the printer deliver?",
        "How many articles of the constitution were changed?",
        "How many statements were signed by the police?",
        "What did Lindqvist say about the berths?",
        "What did you say about the berths?",
        "What did we say about the berths?",
        "What did I say about the berths?",
        "Who said the berths leak?",
        "What did everybody quoted there say?",
        "Who is leading the inquiry?",
        "Who was in the car that crashed?",
        "What is the price of the terminal?",
        "What happened to the ferry from Okrug?",
        "When was the bridge first opened?",
        "When did the ferry last sail?",
        "Which article says that the berths leak?",
        "Which countries reported cases?",
        "Who reported the theft to the police?",
        "How did Lindqvist respond to the leak?",
        "List the countries that signed the treaty",
        "What was the news that made her cry?",
        "Summarise what Lindqvist said about the berths",
        "What is new in the agreement that was signed?",
        "Is there any hope of peace in Okrug?",
        "Do you have a boat?",
        "Did anybody report the theft?",
        "What was the latest price of grain?",
        "What is new in the second version of the engine?",
        "Which outlets carry the new engine?",
        "Which outlets have closed this year?",
        "Which broadcaster has the rights to the regatta?",
        "Which newspaper has the shipowner bought?",
        "Which paper printed the wrong ballots?",
        "Which magazine ran the drawings first?",
        "How many papers have published the winner's novel?",
        "How many agencies reported losses?",
        "How often do floods occur?",
        "When was the harbour master first named?",
        "When did the comet last appear?",
        "What is the oldest story of the tower?",
        "Who wrote on the wall of the chapel?",
        "Who first reported the theft to the police?",
        "Who first broke the seal?",
        "Who first covered the distance in two hours?",
        "How many people have spoken on the phone with the pilot?",
        "Do you have any news on how the fire began?",
        "What happened at the meeting of 3 March 2025?",
        "How many photos did the ferry company publish?",
        "How many pictures of the wreck did the divers take?",
        "How many pages does the report on the leak have?",
        "How many words about the flood did the mayor say?",
        "How many events were held on the quay?",
        "How many videos were there?",
        "When did the collection first open?",
        "When did the library first report a loss?",
        "When did the museum's collection first include berths?",
        "What is the busiest month for ferries?",
        "Top months for ferries",
        "Which months have the most rain?",
        "Which month had most accidents?",
        "Who reported the leak to the police and who was first there?",
        "Top officials on the quay",
        "Top ten people on the list",
        "What is the timeline to finish the terminal?",
        "What is the terminal timeline?",
        "When does the timeline of the terminal end?",
        "The timeline was changed",
        "timeline to repair the quay",
        "timeline since",
        "show me the timeline that was agreed",
        "the timeline",
        "When was the last time the ferry sailed?",
        "When was the first time the berths were repaired?",
        "How did the fire develop?",
        "How many articles you have read?",
        "new timeline",
        "What is happening?",
        "What is happening to the ferry from Okrug?",
        "What is happened?",
        "How many reports per day on theft did the police receive?",
        "How many stories per year about ghosts are told?",
    ],
)
def test_other_questions_are_left(question: str) -> None:
    """Questions of fact and questions on somebody's words are none about the collection."""
    query = parse_question(question)
    assert parse_collection_question(query, [], lambda name: name[:1].isupper()) is None


@pytest.mark.parametrize(
    ("question", "topic", "speaker"),
    [
        ("how many articles mention “the leap in the dark”", "“the leap in the dark”", None),
        ("Could you please list all articles about the berths?", "berths", None),
        ("I want to know how many articles mention Lindqvist", "Lindqvist", None),
        ("all quotes by Maud Lindqvist about dredging, please", "dredging", "Maud Lindqvist"),
        ("How many of the articles mention ferries in the library?", "ferries", None),
    ],
)
def test_topic_and_speaker(question: str, topic: str, speaker: str | None) -> None:
    """Polite words, places and marks are no part of the topic."""
    found = parse_collection_question(parse_question(question), [], lambda _: True)
    assert found is not None
    assert (found.topic, found.speaker) == (topic, speaker)


def test_a_question_in_capitals_has_a_topic_without() -> None:
    """They make no acronyms, while those of a question with small letters do."""
    for question, topic in (
        ("HOW MANY ARTICLES MENTION THE FERRY AND THE MAYOR?", "ferry and the mayor"),
        ("How many articles mention WHO?", "WHO"),
        ("HOW MANY ARTICLES MENTION THE US?", "US"),
        ("HOW MANY ARTICLES MENTION “IT”?", "“IT”"),
    ):
        found = parse_collection_question(parse_question(question), [], lambda _: True)
        assert found is not None
        assert found.topic == topic


def test_outlet_and_grouping() -> None:
    """An outlet and the words for a grouping are taken out of the topic."""
    outlets = ["The Gazette", "Harbour Post"]
    query = parse_question("How many articles in the Gazette mention ferries by month?", outlets=outlets)
    found = parse_collection_question(query, outlets, lambda _: True)
    assert found is not None
    assert (found.topic, found.outlets, found.group_by) == ("ferries", ("The Gazette",), "month")


@pytest.mark.parametrize(
    ("question", "kind", "unit", "topic"),
    [
        ("how many photos are there of the berths", "unknown_unit", None, "berths"),
        ("How many images of the berths do you have?", "unknown_unit", None, "berths"),
        ("How many topics are there about dredging?", "unknown_unit", None, "dredging"),
        ("when did my archive last mention the berths", "last", None, "berths"),
        ("When has the collection first referred to dredging?", "first", None, "dredging"),
        ("what’s the oldest article you have about dredging", "first", None, "dredging"),
        ("When was the first time that dredging was mentioned?", "first", None, "dredging"),
        ("when was the last time the berths were written about", "last", None, "berths"),
        ("how did the story of the berths unfold", "timeline", None, "berths"),
        ("top 10 people quoted about the berths", "rank", "speakers", "berths"),
        ("show me the top ten politicians quoted on dredging", "rank", "speakers", "dredging"),
        ("which months had the most stories about dredging", "rank", "months", "dredging"),
        ("top 3 months for coverage of the berths", "rank", "months", "berths"),
        ("the busiest months for articles on dredging", "rank", "months", "dredging"),
        ("which outlets reported the leak and who was first", "list", "outlets", "leak"),
        ("Which papers covered the leak, and which one did so first?", "list", "outlets", "leak"),
        ("which outlets wrote about the leak and which of them was the first", "list", "outlets", "leak"),
        ("timeline hurricane Okrug", "timeline", None, "hurricane Okrug"),
        ("show me the leak timeline", "timeline", None, "leak"),
        ("Okrug flood timeline", "timeline", None, "Okrug flood"),
        ("draw a chronology of dredging", "timeline", None, "dredging"),
        ("What’s happened with dredging over time?", "timeline", None, "dredging"),
        ("what’s happened with Lindqvist since March 2025", "brief", None, "Lindqvist"),
        ("What is happening in Okrug in September 2025?", "brief", None, "Okrug"),
    ],
)
def test_other_words_for_a_form(question: str, kind: str, unit: str | None, topic: str) -> None:
    """As people type them, with little grammar."""
    found = parse_collection_question(parse_question(question), [], lambda _: True)
    assert found is not None
    assert (found.kind, found.topic) == (kind, topic)
    assert unit is None or found.unit == unit


@pytest.mark.parametrize(
    ("question", "kind", "group"),
    [
        ("number of articles per month about dredging", "count", "month"),
        ("how many articles by outlet mentioning dredging", "count", "outlet"),
        ("How many stories for each year on dredging?", "count", "year"),
    ],
)
def test_a_grouping_before_the_topic(question: str, kind: str, group: str) -> None:
    """It stands after what is counted too."""
    found = parse_collection_question(parse_question(question), [], lambda _: False)
    assert found is not None
    assert (found.kind, found.group_by, found.topic) == (kind, group, "dredging")


def test_a_typed_search_is_a_list_of_articles() -> None:
    """With all that was typed as its search."""
    found = parse_collection_question(parse_question(" title:ferry AND NOT strike "), [], lambda _: False)
    assert found is not None
    assert (found.kind, found.unit, found.search) == ("list", "articles", "title:ferry AND NOT strike")


def test_offices() -> None:
    """An office is a description of one person."""
    assert is_office("the mayor of Okrug")
    assert is_office("Okrug’s mayor")
    assert not is_office("mayors")


@pytest.mark.parametrize(
    "question",
    ["List everybody quoted in the articles about the berths", "everyone quoted on the berths",
     "List all people quoted on the berths", "List everyone who is quoted on the berths"],
)  # fmt: skip
def test_everybody_quoted_is_a_list_of_speakers(question: str) -> None:
    """With or without "who is", all speakers are asked for."""
    found = parse_collection_question(parse_question(question), [], lambda _: False)
    assert found is not None
    assert (found.kind, found.unit, found.topic) == ("list", "speakers", "berths")


@pytest.mark.parametrize(
    ("question", "kind", "unit", "topic", "outlet"),
    [
        ("Who are the newspapers quoting most?", "rank", "speakers", "", None),
        ("Who gets quoted a lot about the flood?", "rank", "speakers", "flood", None),
        ("Whom does the Gazette quote on the flood?", "list", "speakers", "flood", "The Gazette"),
        ("Who speaks in these articles?", "list", "speakers", "", None),
        ("Which papers have anything on the flood?", "list", "outlets", "flood", None),
        ("Which papers carried a report on the flood?", "list", "outlets", "flood", None),
        ("Which outlet has written the most about the flood?", "rank", "outlets", "flood", None),
        ("How many newspapers are in the library?", "count", "outlets", "", None),
        ("Which reporters covered the flood?", "list", "authors", "flood", None),
        ("When is the newest article from?", "last", "articles", "", None),
        ("What period do the articles cover?", "first", "articles", "", None),
        ("When did the ferry first appear in the articles?", "first", "articles", "ferry", None),
        ("Anything on the flood?", "list", "articles", "flood", None),
        ("What have you got on the flood?", "brief", "articles", "flood", None),
        ("Do the articles mention the flood?", "list", "articles", "flood", None),
        ("What did the papers say about the flood?", "brief", "articles", "flood", None),
        ("What do we know about the flood?", "brief", "articles", "flood", None),
    ],
)
def test_other_words_for_the_same(question: str, kind: str, unit: str, topic: str, outlet: str | None) -> None:
    """Questions about the collection in words other than those of the examples."""
    outlets = ["The Gazette"]
    found = parse_collection_question(parse_question(question, outlets=outlets), outlets, lambda _: True)
    assert found is not None
    assert (found.kind, found.unit, found.topic) == (kind, unit, topic)
    assert found.outlets == ((outlet,) if outlet else ())


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How often does the word tide come up in the articles?", "tide"),
        ("How many articles mention the word of the year?", "word of the year"),
        ("How many articles mention word games?", "word games"),
        ("How many articles mention words that hurt?", "words that hurt"),
        ("How many articles mention the phrase “ebb and flow”?", "“ebb and flow”"),
        ("List every article about the tide", "tide"),
        ("Show me each story on the tide", "tide"),
    ],
)
def test_words_around_a_topic(question: str, topic: str) -> None:
    """A word is named as one, and a list may be asked for in the singular."""
    found = parse_collection_question(parse_question(question), [], lambda _: False)
    assert found is not None
    assert found.topic == topic
