"""Tests of follow-up questions over the real library."""

from __future__ import annotations

import pytest

from assistant.answers.events import final_turn
from assistant.engine import Assistant
from assistant.records.answer import Turn
from assistant.suggestions.follow_ups import MAX_FOLLOW_UPS
from tests.support.sampling import in_campaign


def ask_questions(seeds: Assistant, *questions: str) -> tuple[Turn, ...]:
    history: tuple[Turn, ...] = ()
    for question in questions:
        history += (final_turn(seeds.stream(question, history=history)),)
    return history


def list_follow_ups(seeds: Assistant, *questions: str, scope: list[str] | None = None) -> list[str]:
    return [question for question in seeds.follow_ups(ask_questions(seeds, *questions), scope=scope) if question]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did Valcourt say about the terminal?", "What did Maud Lindqvist say about the terminal?"),
        *in_campaign(
            ("How has Oakhurst's position on the price changed?", "What did Anselm Dray say about the price?"),
            ("what did Ushakov say about Europe?", "What did Yuri Ushakov say about Anchorage?"),
        ),
    ],
)
def test_other_speakers_before_other_topics(seeds: Assistant, question: str, first: str) -> None:
    """Follow-ups first ask who else spoke on the topic, then what else was said."""
    assert list_follow_ups(seeds, question)[:1] == [first]


def test_follow_ups_lead_to_new_statements(seeds: Assistant) -> None:
    """Each follow-up is answered with something that was not shown yet."""
    for question in ("Who said “a leap in the dark”?", "How many homes were evacuated?", "What did Dray say on price?"):
        history = ask_questions(seeds, question)
        shown = {(question.article_id, question.start) for question in history[-1].answer.citations}
        questions = list_follow_ups(seeds, question)
        assert 0 < len(questions) <= MAX_FOLLOW_UPS
        for question in questions:
            answer = seeds.ask(question, history=history)
            assert not answer.abstained
            assert answer.standalone_question is None  # it needs no context
            assert (answer.citations[0].article_id, answer.citations[0].start) not in shown


def test_follow_up_of_refusal_names_other_speaker(seeds: Assistant) -> None:
    """After a refusal a follow-up asks about another speaker on the topic, if there is one."""
    (first, *_) = list_follow_ups(seeds, "what did Valcourt say about dredging?")
    assert first == "What did Bram Okonjo-Reyes say about dredging?"
    assert list_follow_ups(seeds, "Who is the prime minister of Japan?") == []


def test_follow_ups_of_a_refused_fact_stay_with_the_question(seeds: Assistant) -> None:
    """What speakers of articles that do not answer said of other things is not offered; what the question names is."""
    assert list_follow_ups(seeds, "How tall is the terminal?") == [
        "Who spoke about the terminal?",
        "Which articles mention the terminal?",
    ]
    assert list_follow_ups(seeds, "How many ducks live in Port Ellery?") == ["Which articles mention Port Ellery?"]


def test_asked_question_not_offered(seeds: Assistant) -> None:
    """A question that was asked already is not offered."""
    asked = ("What did Maud Lindqvist say about the terminal?", "What did Valcourt say about the terminal?")
    assert asked[0] not in list_follow_ups(seeds, *asked)


def test_follow_ups_limited_to_scope(seeds: Assistant) -> None:
    """Within a scope only questions that its articles answer are offered."""
    homes = "How many homes were evacuated?"
    scope = ["2025-04-24-sea-breaks-into-port-ellery.md"]
    history = ask_questions(seeds, homes)
    questions = list_follow_ups(seeds, homes, scope=scope)
    assert questions == [
        "What did Teresa Oakhurst say about the highest tide?",
        "What did Lucan Fairbrook say about the lower town?",
    ]
    for question in questions:
        answer = seeds.ask(question, history=history, scope=scope)
        assert not answer.abstained
        assert {question.article_id for question in answer.citations} == set(scope)


def test_answer_leads_on_to_what_came_later_and_who_reports_it(seeds: Assistant) -> None:
    """A question on a topic: the latest, the outlets, the days; each gives what it promises."""
    asked = "What did Oakhurst say about the terminal?"
    assert list_follow_ups(seeds, asked) == [
        "What is the latest on the terminal?",
        "Which outlets report on the terminal?",
        "Timeline of the terminal",
    ]
    history = ask_questions(seeds, asked)
    newest = max(citation.published_at or "" for citation in history[-1].answer.citations)
    assert (seeds.ask("What is the latest on the terminal?", history=history).citations[0].published_at or "") > newest
    outlets = seeds.ask("Which outlets report on the terminal?", history=history).collection
    assert outlets is not None
    assert {item.name for item in outlets.items} == {"The Ellery Courier (fiction)", "Harbour Post (fiction)"}


def test_misspelled_speaker_is_offered_again_with_the_name_of_the_library(seeds: Assistant) -> None:
    """Did you mean: the same question, with a name that is quoted; only where the asked one is not."""
    assert list_follow_ups(seeds, "What did Ushakof say about Europe?")[0] == "What did Yuri Ushakov say about Europe?"
    assert "What did Yuri Ushakov say about taxes?" not in list_follow_ups(seeds, "What did Ushakov say about taxes?")


def test_refusal_leads_to_those_who_speak_and_to_the_articles(seeds: Assistant) -> None:
    """Where somebody said nothing on a topic: who did, and the articles that mention it."""
    questions = list_follow_ups(seeds, "What did Oakhurst say about clay?")
    assert {"Who spoke about clay?", "Which articles mention clay?"} & set(questions)
    for question in questions:
        assert not seeds.ask(question).abstained
