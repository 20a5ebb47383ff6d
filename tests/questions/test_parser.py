"""Parsed questions: kind, speakers, topic, outlets, expected answer type, period, terms and quotations."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.questions.parser import MAX_CHARACTERS, parse_question
from assistant.text.words import content_words, split_words
from tests.support.sampling import sampled

OUTLETS = ("The Harbour Herald", "TIDE", "Morning Post", "The Evening", "Northern Light Online")
AS_OF = date(2024, 6, 5)  # a Wednesday


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("what did ushakov say about europe?", "ushakov", "europe"),
        ("What has Teresa Oakhurst said about the ferry terminal?", "Teresa Oakhurst", "the ferry terminal"),
        ("What does Maud Lindqvist think of the new berths", "Maud Lindqvist", "the new berths"),
        ("what did the Pope say about Europe?", "the Pope", "Europe"),
        ("What did Mr. Fairbrook say regarding the damage?", "Mr. Fairbrook", "the damage"),
        ("What else did Dr. Valcourt say about gate No. 4?", "Dr. Valcourt", "gate No. 4"),
        ("How does the White House describe the regatta in Alaska?", "the White House", "the regatta in Alaska"),
        ("What did the mayor tell reporters about the flood?", "the mayor", "the flood"),
        ("What did Okoro tell the House of Lords about tolls?", "Okoro", "tolls"),
        ("What did Okoro say to the committee about tolls?", "Okoro", "tolls"),
        ("What did the harbour aide Ivo Brandt say about tolls?", "the harbour aide Ivo Brandt", "tolls"),
        ("What did Okoro’s lawyer say about the search?", "Okoro’s lawyer", "the search"),
        ("What did the EU say about the U.K.?", "the EU", "the U.K."),
        ("What did Vera V. Brandt say about Tom Okoro?", "Vera V. Brandt", "Tom Okoro"),
        ("whats okoro's view on tolls", "okoro", "tolls"),
        ("What’s Okoro saying about tolls?", "Okoro", "tolls"),
        ("what'd Okoro say about tolls", "Okoro", "tolls"),
        ("And what did Okoro say about tolls, please?", "Okoro", "tolls"),
        ("Can you tell me what Okoro said about tolls?", "Okoro", "tolls"),
        ("I'd like to know what Okoro thinks about tolls", "Okoro", "tolls"),
        ("What did Okoro have to say about tolls?", "Okoro", "tolls"),
        ("What does Okoro plan to do about tolls?", "Okoro", "tolls"),
        ("What reason did Okoro give for the delay?", "Okoro", "the delay"),
        ("What did the company say in a statement about tolls?", "the company", "tolls"),
        ("What did Okoro say about January 6?", "Okoro", "January 6"),
        ("What did Okoro say about the January 6 riot?", "Okoro", "the January 6 riot"),
        ("What did Okoro call the plan?", "Okoro", "the plan"),
        ("What did Okoro say would sink the pier?", "Okoro", "would sink the pier"),
        ("What does Okoro want Brandt to say about tolls?", "Okoro", "tolls"),
        ("Why did Okoro say that tolls would rise?", "Okoro", "tolls would rise"),
        ("Does Okoro support tolls?", "Okoro", "tolls"),
        ("Did the company deny the report?", "the company", "the report"),
        ("What was Okoro's response when tolls rose?", "Okoro", "tolls rose"),
        ("Summarise what Okoro has said about tolls", "Okoro", "tolls"),
        ("List all quotes by Okoro about tolls", "Okoro", "tolls"),
        ("What did Okoro say in reply to Brandt?", "Okoro", "Brandt"),
        ("What did Okoro mean by “fair tolls”?", "Okoro", "“fair tolls”"),
        ("What did Okoro say about “fair tolls”?", "Okoro", "“fair tolls”"),
        ("What did the Tidewater Post say about tolls?", "the Tidewater Post", "tolls"),
        ("what did the state department say about tolls", "the state department", "tolls"),
        ("What did the United States say about tolls?", "the United States", "tolls"),
        ("What did the Ministry of Ports and Pay say about tolls?", "the Ministry of Ports and Pay", "tolls"),
        ("What does the Port and Pier Company say about tolls?", "the Port and Pier Company", "tolls"),
        ("What did Mr and Mrs Okoro say about tolls?", "Mr and Mrs Okoro", "tolls"),
        ("the prime minister on tolls", "the prime minister", "tolls"),
        ("angela okoro on tolls", "angela okoro", "tolls"),
        ("A storm closed the port. What did Okoro say about it?", "Okoro", "it"),
        ("What did Okoro say about life after prison?", "Okoro", "life after prison"),
        ("What did Okoro say about Brandt's comments on tolls?", "Okoro", "Brandt's comments on tolls"),
    ],
)  # fmt: skip
def test_speaker_and_topic_parsed(question: str, speaker: str, topic: str) -> None:
    """A question about statements has the speaker and the topic, whose words are the terms."""
    query = parse_question(question)
    assert (query.kind, query.speakers, query.topic) == ("said", (speaker,), topic)
    assert query.terms == content_words(topic)


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What do Okoro and Brandt say about tolls?", ("Okoro", "Brandt")),
        ("What do Okoro, Brandt and the mayor say about tolls?", ("Okoro", "Brandt", "the mayor")),
        ("What do the port minister and the mayor say about tolls?", ("the port minister", "the mayor")),
        ("Okoro vs. Brandt on tolls", ("Okoro", "Brandt")),
        ("Did Okoro and Brandt agree on tolls?", ("Okoro", "Brandt")),
    ],
)
def test_several_speakers_parsed(question: str, speakers: tuple[str, ...]) -> None:
    """The speakers of a list are parsed one by one."""
    query = parse_question(question)
    assert (query.kind, query.speakers, query.terms) == ("said", speakers, ("tolls",))


@pytest.mark.parametrize(
    "question",
    [
        "What did people say about tolls?",
        "What does the article say about tolls?",
        "What do you think about tolls?",
        "What is the ferry called?",
        "Why did Okoro resign?",
        "What did Okoro do about tolls?",
        "What did Okoro's yacht cost?",
        "War on drugs",
        "Attack on Port Okoro",
        "Based on tolls",
        "What does “fair tolls” mean?",
        "Which ferry company announced a merger with Tidewater?",
        "What is the final score of the match between Port and Pier State?",
        "Passengers on a ferry reported that the crew offered them how much money?",
        "The captain rejected Okoro's plans to scrap which ship?",
    ],
)
def test_speaker_not_invented(question: str) -> None:
    """No speaker is invented for a question without one."""
    query = parse_question(question)
    assert (query.kind, query.speakers) == ("other", ())
    assert query.terms


def test_pronoun_kept_as_speaker() -> None:
    """A pronoun is kept as the speaker and not resolved within the question."""
    query = parse_question("What did she say about tolls?")
    assert (query.kind, query.speakers, query.topic) == ("said", ("she",), "tolls")
    assert parse_question("Ada Brandreth spoke on Monday. What did she say about tolls?").kind == "other"


def test_statement_question_without_topic() -> None:
    """A question for anything that somebody said has no topic."""
    query = parse_question("What did Achterholt say?")
    assert (query.kind, query.speaker, query.topic, query.terms) == ("said", "Achterholt", None, ())


@pytest.mark.parametrize(
    ("question", "cue"),
    [
        ("Who denied the report?", "denied"),
        ("who has ever called the report a hoax", "called"),
        ("Who criticised the report?", "criticised"),
        ("What did Okoro deny about the report?", "deny"),
        ("What is Okoro's opinion of the report?", "opinion"),
        ("When was the report printed?", None),
    ],
)
def test_cue_word_kept(question: str, cue: str | None) -> None:
    """The reporting verb or noun of a question is kept as its cue."""
    assert parse_question(question).cue == cue


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'", "''{}''", "«{}»", "„{}“", "“{}", '"{}'])
def test_quotation_found_in_any_marks(marks: str) -> None:
    """A quotation is found in any kind of quotation marks, closed or not."""
    query = parse_question(f"Who said {marks.format('it doesn’t mention clay')}?")
    assert query.kind == "who_said"
    assert query.quoted == ("it doesn’t mention clay",)


@pytest.mark.parametrize(
    "quoted",
    [
        "‘Muddy Maud’ is what they call me",
        "the pier is “a wreck” and “a shame” to us",
        "a “wreck”",
        "shame”, they cried",
    ],
)
def test_quotation_may_contain_quotation(quoted: str) -> None:
    """A quotation may contain another quotation."""
    assert parse_question(f"Who said “{quoted}”?").quoted == (quoted,)


def test_two_quotations_separated() -> None:
    """Two quotations in a question are kept separate."""
    assert parse_question("Who said “a wreck” and “a shame”?").quoted == ("a wreck", "a shame")


def test_words_around_short_quotation_are_terms() -> None:
    """Words around a short quotation count as terms, too."""
    query = parse_question("Who called the pier “a wreck”?")
    assert (query.kind, query.terms, query.quoted) == ("who_said", ("pier", "wreck"), ("a wreck",))


def test_apostrophe_not_quotation_mark() -> None:
    """An apostrophe is not a quotation mark."""
    assert parse_question("Why did Valcourt's letter reach the mayor's office late?").quoted == ()


def test_expected_answer_type_of_last_sentence() -> None:
    """The question itself tells the expected answer type, and not the sentences before it."""
    query = parse_question("Who sank the ferry? A man was fined in Port Okoro. How old is he?")
    assert (query.kind, query.expects) == ("other", "number")


def test_terms_from_all_sentences() -> None:
    """The last sentence is the question; all sentences contribute terms."""
    query = parse_question("A ferry ran aground near St. Orrin on Monday. How many people were aboard?", as_of=AS_OF)
    assert query.terms == ("ferry", "ran", "aground", "near", "st", "orrin", "people", "aboard")
    assert query.period
    assert query.period.first == "2024-06-03"


@pytest.mark.parametrize(
    ("question", "outlets", "terms"),
    [
        ("According to the Harbour Herald, who won the regatta?", ("The Harbour Herald",), ("won", "regatta")),
        ("who won the regatta according to harbour herald", ("The Harbour Herald",), ("won", "regatta")),
        ("What did the Morning Post report about tolls?", ("Morning Post",), ("tolls",)),
        ("How do the Harbour Herald and Tide describe the regatta?", ("The Harbour Herald", "TIDE"), ("regatta",)),
        ("Harbour Herald vs TIDE on tolls", ("The Harbour Herald", "TIDE"), ("tolls",)),
        ("Compare what the Morning Post and TIDE say about tolls", ("Morning Post", "TIDE"), ("tolls",)),
        ("What is TIDE's coverage of tolls?", ("TIDE",), ("tolls",)),
        ("How does TIDE cover tolls compared with the Morning Post?", ("Morning Post", "TIDE"), ("tolls",)),
        ("Who won the regatta, as reported by northern light?", ("Northern Light Online",), ("won", "regatta")),
        ("Who sank in The Evening?", ("The Evening",), ("sank",)),
        ("Who sank in the evening?", (), ("sank", "evening")),
        ("Who bought the Morning Post?", (), ("bought", "morning", "post")),
        ("Who works in the Morning Post building?", (), ("works", "morning", "post", "building")),
    ],
)
def test_outlets_recognized(question: str, outlets: tuple[str, ...], terms: tuple[str, ...]) -> None:
    """Only outlets of the library are recognized as outlets."""
    query = parse_question(question, outlets=OUTLETS)
    assert (query.kind, query.outlets, query.terms) == ("other", outlets, terms)


def test_speaker_question_restricted_to_outlet() -> None:
    """A question for a speaker can be restricted to an outlet."""
    query = parse_question("Who was quoted in the Morning Post about tolls?", outlets=OUTLETS)
    assert (query.kind, query.terms, query.outlets) == ("who_said", ("tolls",), ("Morning Post",))


def test_statement_question_restricted_to_outlet() -> None:
    """A question for statements can be restricted to an outlet."""
    query = parse_question("What does Okoro say in the Morning Post about tolls?", outlets=OUTLETS)
    assert (query.speakers, query.topic, query.outlets) == (("Okoro",), "tolls", ("Morning Post",))


def test_unknown_outlet_as_speaker() -> None:
    """An unknown outlet is taken as the speaker."""
    query = parse_question("What does the Harbour Herald say about tolls?")
    assert (query.speakers, query.outlets) == (("the Harbour Herald",), ())


@pytest.mark.parametrize(
    "question",
    [
        "What did Okoro say in March about tolls?",
        "What did Okoro say about tolls in March?",
        "In March, what did Okoro say about tolls?",
        "What did Okoro say about tolls since the regatta?",
        "What did Okoro say about tolls before he resigned?",
        "After the regatta, what did Okoro say about tolls?",
        "What did Okoro say at the press conference about tolls?",
        "What did Okoro say in an interview with TIDE about tolls?",
        "What did Okoro say on tolls in his New Year's speech?",
        "What has Okoro said recently about tolls?",
    ],
)
def test_time_of_statement_not_in_topic(question: str) -> None:
    """The time of the statement is not part of the topic."""
    query = parse_question(question, as_of=AS_OF)
    assert (query.kind, query.speakers, query.topic) == ("said", ("Okoro",), "tolls")
    assert query.period or query.newest_first


def test_event_words_stay_in_terms() -> None:
    """The words of an event remain among the terms."""
    query = parse_question("What did Okoro say about tolls since the spring regatta?")
    assert query.period
    assert (query.period.anchor, query.period.relation) == ("the spring regatta", "since")
    assert query.terms == ("tolls", "spring", "regatta")


def test_time_of_topic_not_in_terms() -> None:
    """The time of the topic stays in the topic and is left out of the terms."""
    query = parse_question("What did Okoro say about last week's vote?", as_of=AS_OF)
    assert (query.topic, query.terms) == ("last week's vote", ("vote",))
    assert query.period
    assert (query.period.first, query.period.last) == ("2024-05-27", None)


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!", "…"])
def test_empty_question_refused(question: str) -> None:
    """A question without any words is refused with a message."""
    with pytest.raises(QuestionError, match="empty"):
        parse_question(question)


def test_bytes_of_another_encoding_are_replaced() -> None:
    """What Python makes of them on a command line, half a surrogate pair, reaches no model."""
    text = b"what did M\xfcller say?".decode("utf-8", "surrogateescape")
    assert parse_question(text).text == "what did M\N{REPLACEMENT CHARACTER}ller say?"


def test_overlong_question_error_names_limit() -> None:
    """A question of 10,000 characters is refused with its length and the limit."""
    with pytest.raises(QuestionError, match=f"10,000 .* {MAX_CHARACTERS:,}"):
        parse_question("why?" * 2_500)


def test_whitespace_normalized() -> None:
    """Line breaks and repeated spaces make no difference."""
    assert parse_question("what did\n Ushakov   say\tabout Europe?") == parse_question(
        "what did Ushakov say about Europe?"
    )


def test_words_normalized_accents_kept() -> None:
    """Words lose possessives and case but keep accents."""
    assert split_words("The Mayor’s café, St. Orrin's") == ["the", "mayor", "café", "st", "orrin"]


PIECES = [
    "what did", "who said", "how has", "why", "which article", "X’s view", "Okoro", "say", "about", "on", "the", "and",
    "in March", "since the vote", "“", "”", '"', "'", "''", "?", ". ", ",", "according to", "TIDE", "vs", "has been",
    "ever", "by",
]  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)))
def test_any_text_parsed_or_refused(text: str) -> None:
    """Any text is parsed or refused."""
    try:
        query = parse_question(text, as_of=AS_OF, outlets=OUTLETS)
    except QuestionError:
        return
    assert query.kind in ("said", "who_said", "find_quote", "other")
    assert (query.kind == "said") == (query.speaker is not None)
    assert all(term == term.lower() and term for term in query.terms)


OPENINGS = ["what did ", "who ", "how did ", "which article ", "X on ", "“", "in "]
PIECES = ["ever ", "say ", "about ", "“", "'", "? ", "A. ", "the ", "and ", "2022 ", "X's view ", "TIDE, "]


@pytest.mark.parametrize(("opening", "piece"), sampled(product(OPENINGS, PIECES), 4))
def test_repetitive_input_time_bounded(opening: str, piece: str) -> None:
    """Hostile repetitive input takes bounded time."""
    started = time.process_time()
    with suppress(QuestionError):
        parse_question((opening + piece * MAX_CHARACTERS)[:MAX_CHARACTERS], as_of=AS_OF, outlets=OUTLETS)
    assert time.process_time() - started < 2


def test_question_in_another_language() -> None:
    """Its small words are no words of the topic, and its question word tells what is asked for."""
    query = parse_question("Wie viel kostet der neue Turm in Amselfeld?")
    assert (query.kind, query.language, query.expects) == ("other", "de", "number")
    assert query.terms == ("kostet", "neue", "turm", "amselfeld")
    assert parse_question("who said “der Turm ist zu teuer und wird nicht gebaut”?").language is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What does Tarn want from the council?", "the council"),
        ("What did Tarn want for the ferry?", "the ferry"),
        ("What did Tarn say about fortune?", "fortune"),
    ],
)
def test_topic_has_no_preposition(question: str, topic: str) -> None:
    """An answer can say what it is about: the council, and not "about from the council"."""
    assert parse_question(question).topic == topic
