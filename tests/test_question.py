"""Questions as they are understood: kind, speaker, topic, words, quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.question import MAX_CHARACTERS, content_words, parse_question, words


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("what did Ushakov say about Europe?", "Ushakov", "Europe"),
        ("What has Teresa Oakhurst said about the ferry terminal?", "Teresa Oakhurst", "the ferry terminal"),
        ("What does Maud Lindqvist think of the new berths", "Maud Lindqvist", "the new berths"),
        ("what did the Pope say about Europe?", "the Pope", "Europe"),
        ("What did Mr. Fairbrook say regarding the damage?", "Mr. Fairbrook", "the damage"),
        ("What else did Dr. Valcourt say about gate No. 4?", "Dr. Valcourt", "gate No. 4"),
        ("How does the White House describe the summit in Alaska?", None, None),
        ("What did the mayor tell reporters about the flood?", "the mayor", "the flood"),
        ("What did O’Neil-Smith warn about?", None, None),
    ],
)
def test_what_did_x_say_about_y(question: str, speaker: str | None, topic: str | None) -> None:
    query = parse_question(question)
    assert (query.speaker, query.topic) == (speaker, topic)
    assert query.kind == ("said" if speaker else "other")
    if topic:
        assert query.terms == content_words(topic)


def test_what_somebody_said_at_all_has_no_topic() -> None:
    query = parse_question("What did Achterholt say?")
    assert (query.kind, query.speaker, query.topic, query.terms) == ("said", "Achterholt", None, ())


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'", "''{}''", "«{}»", "„{}“"])
def test_who_said_with_any_quotation_marks(marks: str) -> None:
    query = parse_question(f"Who said {marks.format('it doesn’t mention clay')}?")
    assert query.kind == "who_said"
    assert query.quoted == ("it doesn’t mention clay",)


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert parse_question("Why did Valcourt's letter reach the mayor's office late?").quoted == ()


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!", "…"])
def test_nothing_to_ask_is_said_so(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        parse_question(question)


def test_a_question_of_ten_thousand_characters_is_refused_with_both_numbers() -> None:
    with pytest.raises(QuestionError, match=f"10,000 .* {MAX_CHARACTERS:,}"):
        parse_question("why?" * 2_500)


def test_line_breaks_and_runs_of_space_do_not_matter() -> None:
    assert parse_question("what did\n Ushakov   say\tabout Europe?") == parse_question(
        "what did Ushakov say about Europe?"
    )


def test_words_drop_possessives_and_case_but_keep_accents() -> None:
    assert words("The Mayor’s café, St. Orrin's") == ["the", "mayor", "café", "st", "orrin"]


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        query = parse_question(text)
    except QuestionError:
        return
    assert query.kind in ("said", "who_said", "other")
    assert (query.kind == "said") == (query.speaker is not None)
    assert all(term == term.lower() and term for term in query.terms)
