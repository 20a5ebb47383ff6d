"""Follow-up questions, rewritten so that they can be understood without the conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.conversation.rewriting import rewrite_follow_up
from assistant.questions.parser import parse_question
from assistant.records.answer import Turn
from tests.questions.conversation.turns import make_citation, make_turn

SPEAKERS = ("Teresa Oakhurst", "Maud Lindqvist", "Ivo Brandt")


TOLLS = make_turn("What did Brandt say about tolls?", make_citation("Ivo Brandt", "“Tolls are fair, and they stay.”"))
QUOTED = make_turn("Who said “tolls are fair”?", make_citation("Maud Lindqvist", "“tolls are fair”"))
DENIED = make_turn("Who denied the report?", make_citation("Maud Lindqvist", "the report is wrong"))
PRIZE = make_turn("Who won the Lantern Prize?", make_citation(None, "Alice Fairbrook won the Lantern Prize on Sunday."))
BRIDGE = make_turn("When did the bridge close?", make_citation(None, "The bridge closed on Monday."))
RUSH = make_turn("How many people were hurt in the Tarnhead collapse?", make_citation(None, "Nine people were hurt."))
BOUGHT = Turn(
    "Who bought the ferry?",
    parse_question("Who bought the ferry?"),
    replace(make_turn("x", make_citation(None, "Lindqvist bought the ferry.")).answer, citations=(
        replace(make_citation(None, "Lindqvist bought the ferry."), marks=((0, 9),)),)),
)  # fmt: skip
ROW = make_turn("What did Brandt say about Susan Moor?", make_citation("Ivo Brandt", "Moor is wrong, he said."))
TREASURE = make_turn("Who found the Copper Prize?", make_citation(None, "It was found on Monday."))
PEOPLE = make_turn("What did Alice Fairbrook say about Victor Hale?")
BOTH = make_turn("What do Brandt and Oakhurst say about tolls?")
MARCH = make_turn("What did Brandt say in March about tolls?")
WHY = make_turn("Why does Brandt oppose the tunnel?")
CAPTAIN = make_turn("What did the captain say?", make_citation("Maud Lindqvist", "Captain Lindqvist said no."))
FINED = make_turn("How much was Orrin Zuzu fined?", make_citation(None, "Orrin Zuzu, 58, was fined $9."))
SILENT = make_turn("What did Brandt say about tolls?")


def test_who_was_described_has_the_gender_of_the_one_named() -> None:
    """ "He" is not the captain whom the answer calls Maud Lindqvist, but the one of the question before."""
    alone = rewrite_follow_up("How much did he pay?", (FINED, CAPTAIN), speakers=SPEAKERS)
    assert alone == "How much did Orrin Zuzu pay?"


@pytest.mark.parametrize(
    ("last", "question", "alone"),
    [
        # another topic
        (TOLLS, "and about Geneva?", "What did Brandt say about Geneva?"),
        (TOLLS, "What about Geneva?", "What did Brandt say about Geneva?"),
        (TOLLS, "And Geneva?", "What did Brandt say about Geneva?"),
        (TOLLS, "what about the ferry strike then", "What did Brandt say about the ferry strike?"),
        (MARCH, "and about Geneva?", "What did Brandt say in March about Geneva?"),
        (WHY, "and the ferry?", "Why does Brandt oppose the ferry?"),
        (BOTH, "and about wages?", "What do Brandt and Oakhurst say about wages?"),
        (make_turn("What did Brandt say?"), "about tolls?", "What did Brandt say about tolls?"),
        # questions that name nothing get the topic of the last one
        (RUSH, "and who was the harbourmaster?", "Who was the harbourmaster in the Tarnhead collapse?"),
        (RUSH, "and when was that?", "When was the Tarnhead collapse?"),
        (PRIZE, "and where was the ceremony?", "Where was the ceremony in the Lantern Prize?"),
        (PRIZE, "and the Copper Prize?", "Who won the Copper Prize?"),
        (BRIDGE, "and the tunnel?", "When did the tunnel close?"),
        (DENIED, "and the rumour?", "Who denied the rumour?"),
        # another speaker
        (TOLLS, "and Lindqvist?", "What did Lindqvist say about tolls?"),
        (TOLLS, "and Susan Moor?", "What did Susan Moor say about tolls?"),
        (TOLLS, "what about the prime minister?", "What did the prime minister say about tolls?"),
        (TOLLS, "and about Lindqvist?", "What did Brandt say about Lindqvist?"),
        (PEOPLE, "and Lindqvist?", "What did Alice Fairbrook say about Lindqvist?"),
        (BOTH, "and Lindqvist?", "What does Lindqvist say about tolls?"),
        (TOLLS, "And what did Lindqvist say?", "What did Lindqvist say about tolls?"),
        (QUOTED, "and Brandt?", "Did Brandt say “tolls are fair”?"),
        # another time
        (TOLLS, "and in March?", "What did Brandt say about tolls in March?"),
        (MARCH, "and last week?", "What did Brandt say about tolls last week?"),
        (TOLLS, "and before that?", "What did Brandt say about tolls before 2 May 2024?"),
        (PRIZE, "and in 2020?", "Who won the Lantern Prize in 2020?"),
        # pronouns
        (TOLLS, "what did he say about it before?", "What did Brandt say about tolls before 2 May 2024?"),
        (TOLLS, "What did he say about Geneva?", "What did Brandt say about Geneva?"),
        (TOLLS, "Who is he?", "Who is Brandt?"),
        (TOLLS, "His view on Geneva?", "Brandt’s view on Geneva?"),
        (TOLLS, "What did Lindqvist say about it?", "What did Lindqvist say about tolls?"),
        (TOLLS, "what did Lindqvist say about him?", "What did Lindqvist say about Brandt?"),
        (TOLLS, "Who opposes them?", "Who opposes tolls?"),
        (TOLLS, "How did Geneva react to that?", "How did Geneva react to tolls?"),
        (make_turn("What did Brandt say about Geneva?"), "What happened there?", "What happened in Geneva?"),
        (PEOPLE, "What did he say about her?", "What did Victor Hale say about Alice Fairbrook?"),
        (BOTH, "What do they say about wages?", "What do Brandt and Oakhurst say about wages?"),
        (QUOTED, "Did she say anything about wages?", "Did Maud Lindqvist say anything about wages?"),
        (PRIZE, "How old is she?", "How old is Alice Fairbrook?"),
        (BRIDGE, "who closed it?", "Who closed the bridge?"),
        # two pronouns, two people
        (PEOPLE, "And what did he say about her?", "What did Victor Hale say about Alice Fairbrook?"),
        (ROW, "and what did she say about him?", "What did Susan Moor say about Brandt?"),
        (ROW, "How did she respond to him?", "How did Susan Moor respond to Brandt?"),
        (ROW, "What did Brandt say about her?", "What did Brandt say about Susan Moor?"),
        (ROW, "What did Lindqvist say about him and the ferry?", "What did Lindqvist say about Brandt and the ferry?"),
        (ROW, "What did she say about that?", "What did Susan Moor say about Brandt?"),
        (ROW, "and vice versa?", "What did Susan Moor say about Brandt?"),
        (ROW, "what did he say about her before that?", "What did Brandt say about Susan Moor before 2 May 2024?"),
        (make_turn("What did Susan Moor say about Ivo Brandt?"), "Did he respond?", "Did Ivo Brandt respond?"),
        # the person in the answer comes before the one in the question; without any, the last question is context
        (BOUGHT, "How much did she pay?", "How much did Lindqvist pay?"),
        (BOUGHT, "How old is she, and what did she pay?", "How old is Lindqvist, and what did Lindqvist pay?"),
        (TREASURE, "How old is she?", "Who found the Copper Prize? How old is she?"),
        (make_turn("Who is Zuzu Okonjo?"), "How did she die?", "How did Zuzu Okonjo die?"),
        # who was described is the one whom the answer names; a name with an age is a person's
        (CAPTAIN, "What did she say about tolls?", "What did Maud Lindqvist say about tolls?"),
        (FINED, "How much did he pay?", "How much did Orrin Zuzu pay?"),
        # another place
        (RUSH, "and in Ellery?", "How many people were hurt in Ellery?"),
        (RUSH, "How many died?", None),
        (
            make_turn("What is the name of NASA's ferry rocket?"),
            "When was it built?",
            "When was NASA's ferry rocket built?",
        ),
        # short questions
        (TOLLS, "who else?", "Who besides Brandt spoke about tolls?"),
        (TOLLS, "Did anyone disagree with him?", "Who disagreed with Brandt about tolls?"),
        (PRIZE, "who disagreed?", "Who spoke about the Lantern Prize?"),
        (QUOTED, "Anyone else?", "Who else said “tolls are fair”?"),
        (DENIED, "who else?", "Who else denied the report?"),
        (TOLLS, "what else?", "What else did Brandt say about tolls?"),
        (TOLLS, "Tell me more", "What else did Brandt say about tolls?"),
        (TOLLS, "why?", "Why did Brandt say “Tolls are fair, and they stay”?"),
        (SILENT, "why?", "Why did Brandt say that about tolls?"),
        (BRIDGE, "Why?", "Why did the bridge close?"),
        (TOLLS, "when was that?", "When did Brandt say “Tolls are fair, and they stay”?"),
        (SILENT, "when was that?", "When did Brandt speak about tolls?"),
        (QUOTED, "When did she say that?", "When did Maud Lindqvist say “tolls are fair”?"),
        (PRIZE, "when was that?", "Who won the Lantern Prize, and when?"),
        (BRIDGE, "where was that?", "Where did the bridge close?"),
        (TOLLS, "which article is that from?", "Which article is “Tolls are fair, and they stay” from?"),
        (TOLLS, "says who?", "Who said “Tolls are fair, and they stay”?"),
    ],
)
def test_follow_up_rewritten(last: Turn, question: str, alone: str | None) -> None:
    """A follow-up question is completed with what the last question and its answer were about."""
    assert rewrite_follow_up(question, (last,), speakers=SPEAKERS) == alone


@pytest.mark.parametrize(
    "question",
    [
        "What did Lindqvist say about Geneva?",
        "What did Lindqvist say about her future?",
        "what did lindqvist say about his plan",
        "What did the company say when it closed the pier?",
        "Is it true that Lindqvist resigned?",
        "Which country banned ferries?",
        "Who said “it is over”?",
        "Did the mayor say that the pier would sink?",
        "Is there a ferry to Geneva?",
        "What is the Lantern Prize?",
        "and then?",
        "?",
        "",
    ],
)
def test_rewrite_leaves_complete_question(question: str) -> None:
    """A question that is complete without context is not rewritten."""
    assert rewrite_follow_up(question, (TOLLS,), speakers=SPEAKERS) is None


def test_rewrite_needs_conversation() -> None:
    """Nothing is rewritten without a conversation."""
    assert rewrite_follow_up("and about Geneva?", ()) is None


def test_rewrite_they_as_all_previous_speakers() -> None:
    """ "They" means all speakers who were asked about on the same topic."""
    second = make_turn("What did Lindqvist say about tolls?")
    assert rewrite_follow_up("What do they say about wages?", (TOLLS, second), speakers=SPEAKERS) == (
        "What do Brandt and Lindqvist say about wages?"
    )


def test_rewrite_pronoun_from_older_turn() -> None:
    """A pronoun can refer to the speaker of an older turn."""
    assert rewrite_follow_up("what did he say about it?", (TOLLS, make_turn("Which country banned ferries?"))) == (
        "What did Brandt say about ferries?"
    )


def test_rewrite_unknown_name_as_topic() -> None:
    """An unknown name is taken as a topic."""
    assert rewrite_follow_up("and Lindqvist?", (TOLLS,)) == "What did Brandt say about Lindqvist?"


def test_rewritten_question_can_be_parsed() -> None:
    """A rewritten question can be parsed."""
    alone = rewrite_follow_up("and about Geneva?", (MARCH,))
    assert alone
    query = parse_question(alone)
    assert (query.speaker, query.topic, query.period and query.period.words) == ("Brandt", "Geneva", "in March")


def test_rewrite_before_with_undated_articles() -> None:
    """ "Before" is kept unchanged if the cited articles have no date."""
    undated = make_turn("What did Brandt say about tolls?", make_citation("Ivo Brandt", "“Tolls are fair.”", None))
    assert (
        rewrite_follow_up("what did he say about it before?", (undated,)) == "What did Brandt say about tolls before?"
    )


WORDS = (
    "and what about he she it they that there did say who else when was before Brandt Geneva on in March “ ? ,".split()
)


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    st.lists(st.sampled_from([TOLLS, QUOTED, DENIED, PRIZE, BRIDGE, PEOPLE, BOTH, MARCH, WHY]), max_size=3),
)
def test_rewrite_accepts_any_text(question: str, turns: list[Turn]) -> None:
    """Any text is rewritten or left unchanged without an error."""
    alone = rewrite_follow_up(question, turns, speakers=SPEAKERS)
    assert alone is None or (alone.endswith("?") and parse_question(alone))
