"""One of the best sentences that has what is required leads."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.ranking import rank_sentences
from assistant.evidence.requirements.fitting import put_fitting_first
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article

MAYORS = "Ada Quill, mayor of Tarn for ten years, replaced nobody there. Ivo Lund became mayor when Quill left Tarn."


def rank(question: str, text: str) -> tuple[str, bool]:
    """The first sentence, and whether one has what is required."""
    request = make_request(question, MemoryLibrary([make_article("a", text, title="Town news")]))
    read = read_question(request)
    ranked, is_fitting = put_fitting_first(read, rank_sentences(read, request), request.snapshot)
    return ranked[0].candidate.sentence.text, is_fitting


def test_others_deaths_and_earlier_winners_are_left_out() -> None:
    """The sentences on somebody else, and on an earlier time, are not shown beside the right one."""
    deaths = "Philip died on 9 April. The queen died on 8 September. The queen was loved in Tarn."
    request = make_request("When did the queen die?", MemoryLibrary([make_article("a", deaths, title="Town news")]))
    read = read_question(request)
    ranked, _ = put_fitting_first(read, rank_sentences(read, request), request.snapshot)
    texts = [each.candidate.sentence.text for each in ranked]
    assert texts[0] == "The queen died on 8 September."
    assert not any("Philip" in text for text in texts)
    assert sum(each.share for each in ranked) == pytest.approx(1)


def test_the_sentence_with_the_other_person_leads() -> None:
    assert rank("Who replaced Ada Quill, mayor of Tarn?", MAYORS) == (
        "Ivo Lund became mayor when Quill left Tarn.",
        True,
    )


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        (
            "How many homes were emptied in the flood?",
            "The flood emptied the 45 homes on Lantern Row, emptied by boat. In the flood 385 homes were left.",
            "385",
        ),
        (
            "How old was the queen when she died?",
            "She was 25 when she was queen. The queen died at the age of 96.",
            "96",
        ),
    ],
)
def test_the_whole_and_the_right_time_lead(question: str, text: str, first: str) -> None:
    """Before a part of what is counted, and before the age at another event."""
    assert first in rank(question, text)[0]


@pytest.mark.parametrize(
    ("question", "text", "is_fitting"),
    [
        ("Who replaced Ada Quill?", "Ada Quill replaced Ivo Lund.", False),
        ("Why did Ada Quill resign?", "Ada Quill was ill. She quit because of it.", True),
        ("When did Ada Quill resign?", "Ada Quill of Tarn was ill. Quill resigned on 3 May.", True),
        ("When did Ada Quill resign?", "Ms Quill was ill. Quill resigned on 3 May.", True),
        ("When did Ada Quill resign?", "Ivo Quill of Tarn was ill. Quill resigned on 3 May.", False),
        ("Did Ada Quill resign?", "Ada Quill wants to resign because she is ill.", False),
        ("Did Ada Quill resign?", "Ada Quill was ill. She quit on Monday.", True),
        ("Why was the pier shut?", "The pier was shut in May. It has been shut since 2019.", False),
        ("Why was the pier shut?", "The pier was shut in May. A storm broke it, after which it was unsafe.", True),
        ("Why did Ada Quill resign?", "Ada Quill has resigned, saying that nobody listened.", True),
        ("How many boats did Ada Quill sell?", "Ada Quill sold two boats.", True),
        ("How many people were killed at the pier?", "The storm hit the pier. It killed nine men.", True),
        ("How many boats hit the pier?", "Boats have hit the pier for ten years.", False),
        ("How many boats hit the pier?", "Boats hit the pier. The storm took nine boats.", True),
        ("What is the capital of Norland?", "Tarn, the capital of Norland, has a new law.", True),
        ("What is the capital of Norland?", "Tarn wants to be a capital of art, unlike most towns in Norland.", False),
        ("Who is the harbour master of Tarn?", "Ada Quill, the harbour master of Ellery, went to Tarn.", False),
        ("How much was Vantor fined?", "Vantor was fined by the court.", False),
        ("How much was Vantor fined?", "Vantor was fined 40 crowns by the court.", True),
        ("How much was Vantor fined?", "Vantor told the court of it on 3 May 2021.", False),
        ("How much more does fish cost in Tarn?", "In Tarn, fish is 9% dearer.", True),
        ("What is the bridge called now?", "The bridge is old.", False),
        ("By how much did the members back the deal?", "The 62 members back the deal.", False),
        ("By how much did the members back the deal?", "They backed it. It was 41 votes to 17.", True),
        ("By how much did Tarn beat Ellery?", "Tarn beat Ellery 3-1.", True),
        ("By how many votes did Ada Quill win?", "Ada Quill won by nine votes.", True),
        ("By how much did prices rise?", "Prices rose by nine crowns.", True),
        ("By how much will electricity rise in Tarn?", "In Tarn, electricity will be 12% dearer.", True),
        ("By how much did the members back the deal?", "The members back the deal to end coal by 2030.", False),
        ("Who won the race of 1987?", "Ivo Lund won the race of 1999.", False),
        ("Who won the race?", "It rained.", False),
        ("Who saw the race?", "It rained.", True),
    ],
)
def test_what_a_question_requires(question: str, text: str, is_fitting: bool) -> None:
    """Another person, a number, a sum, a reason, the year, whether somebody did it; else nothing."""
    assert rank(question, text)[1] is is_fitting


def test_a_sure_reason_needs_no_because() -> None:
    """Where the first sentences answer surely, what is read as the reason is, but not of another year."""
    for question, text, is_fitting in (
        ("Why was the pier shut?", "The pier was shut in May. It stood in the way of the new quay.", True),
        ("Why did Ada Quill resign in 1987?", "Ada Quill was ill. She quit in 1999.", False),
    ):
        request = make_request(question, MemoryLibrary([make_article("a", text, title="Town news")]))
        read = read_question(request)
        ranked = rank_sentences(read, request)
        assert put_fitting_first(read, ranked, request.snapshot)[1] is False
        sure, found = put_fitting_first(read, ranked, request.snapshot, is_sure=True)
        assert (found, sure) == (is_fitting, ranked)
