"""Evidence and answers: what is taken, what is refused, and that every quotation is a copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers.serialization import to_json
from assistant.engine import Assistant, final_answer
from assistant.evidence.statements import names_another, places_of
from assistant.records.answer import Answer
from assistant.text.stemming import kindred, stem
from tests.conftest import SEEDS


def answer_to(assistant: Assistant, question: str) -> Answer:
    return final_answer(assistant.ask(question))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what did Ushakov say about Europe?", "Many Europeans, though not all"),
        ("What did Valcourt say about the piles?", "are rotten, and paint will not save them"),
        ("What did Okonjo-Reyes say about dredging?", "Who pays when the dredger has to come back every winter?"),
        ("What did Prendivere say about the lorries?", "a strong one on its lorries"),
        ("What did Trump say about Crimea?", "Crimea included"),
        ("Who said “You cannot land fish on a promise”?", "You cannot land fish on a promise"),
        ("How many pupils does St. Orrin’s School have?", "418 pupils"),
        ("When will the first ferry dock at the new terminal?", "April 2027"),
    ],
)
def test_the_answer_holds_the_words_that_were_asked_for(seeds: Assistant, question: str, words: str) -> None:
    answer = answer_to(seeds, question)
    assert not answer.abstained
    assert any(words in cited.quote for cited in answer.citations[:3])


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did the Pope say about Europe?", r"names the Pope\b"),
        ("What did Valcourt say about dredging?", r"quote Valcourt, but not about dredging.*Bram Okonjo-Reyes"),
        ("What did Zelensky say about Crimea?", r"name Zelensky, but give no words of theirs.*Donald Trump"),
        ("What did Achterholt say about the price of the terminal?", r"not about the price of the terminal"),
        ("Who said “the harbour will be sold to pirates”?", r"No article holds these words"),
        ("Who won the World Cup?", r"No sentence in the articles answers this\. The nearest: “"),
    ],
)
def test_a_refusal_says_what_was_looked_for_and_what_is_near(seeds: Assistant, question: str, reason: str) -> None:
    answer = answer_to(seeds, question)
    assert answer.abstained
    assert answer.citations == ()
    assert re.search(reason, answer.reason or "")
    assert "18 articles from 2025-02-11 to 2025-11-13" in (answer.reason or "")


def test_the_words_of_the_mayor_are_not_given_to_the_one_who_repeats_them(seeds: Assistant) -> None:
    answer = answer_to(seeds, "Who said “I will not ask for a dollar more”?")
    said = [cited for cited in answer.citations if cited.published_at == "2025-02-11"]
    assert [cited.speaker for cited in said] == ["Teresa Oakhurst"]


def test_every_quote_is_the_text_between_its_offsets(seeds: Assistant) -> None:
    questions = [
        "what did Ushakov say about Europe?",
        "What did Oakhurst say about the flood?",
        "Why did Valcourt resign?",
    ]
    for question in questions:
        answer = answer_to(seeds, question)
        assert answer.citations
        for cited in answer.citations:
            article = seeds.article(cited.article_id)
            assert article is not None
            assert article.text[cited.start : cited.end] == cited.quote
            assert cited.article_sha256 == article.sha256


def test_the_same_wire_sentence_in_two_papers_is_shown_once(seeds: Assistant) -> None:
    answer = answer_to(seeds, "Who said “No one should have to fill in a form twice”?")
    assert len(answer.citations) == 1


def test_the_published_schema(seeds: Assistant) -> None:
    record = to_json(answer_to(seeds, "what did Ushakov say about Europe?"), "q1")
    assert list(record) == [
        "schema", "id", "question", "standalone_question", "answer", "abstained", "reason", "mode", "sentences",
        "citations", "passages", "timings", "confidence", "notes",
            "conflicts", "corrections", "nearest",
    ]  # fmt: skip
    assert (record["schema"], record["id"], record["mode"]) == (1, "q1", "extractive")
    assert list(record["citations"][0]) == [
        "n", "article_id", "title", "source", "author", "published_at", "url", "start", "end", "quote", "speaker",
        "article_sha256", "marks", "copies",
    ]  # fmt: skip
    assert [cited["n"] for cited in record["citations"]] == list(range(1, len(record["citations"]) + 1))
    markers = {int(n) for n in re.findall(r"\[(\d+)\]", record["answer"])}
    assert markers == {cited["n"] for cited in record["citations"]}
    assert all(sentence["support"] == "verbatim" for sentence in record["sentences"])
    scores = [hit["score"] for hit in record["passages"]]
    assert len(scores) >= 10
    assert scores == sorted(scores, reverse=True)
    assert record["timings"]["total_ms"] > 0


def test_numbers_in_brackets_in_an_article_are_no_markers(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article("a.md", "Ada Brandreth said the gate [7] was shut [12].")
    list(assistant.build())
    record = to_json(answer_to(assistant, "What did Brandreth say about the gate?"))
    assert record["citations"][0]["quote"] == "Ada Brandreth said the gate [7] was shut [12]."
    assert {int(n) for n in re.findall(r"\[(\d+)\]", record["answer"])} == {1}


@pytest.mark.parametrize(
    ("left", "right", "related"),
    [
        ("Europe", "Europeans", True),
        ("Ukraine", "Ukrainian", True),
        ("Russia", "Russian", True),
        ("terminal", "terminals", True),
        ("price", "prince", False),
        ("harbour", "harbinger", False),
        ("Crimea", "crime", False),
    ],
)
def test_words_of_one_family(left: str, right: str, related: bool) -> None:
    one, other = stem(left.lower()), stem(right.lower())
    assert (one == other or other in kindred(one)) is related


@pytest.mark.parametrize(
    "quotation",
    ["You cannot land fish on a promise", "you cannot   land fish, on a promise!", "YOU CANNOT LAND FISH ON A PROMISE"],
)
def test_quoted_words_are_found_whatever_their_case_space_and_punctuation(quotation: str) -> None:
    text = (SEEDS / "2025-03-06-fishermen-and-councillor-oppose-terminal.md").read_text(encoding="utf-8")
    place = next(places_of(quotation, text), None)
    assert place is not None
    assert text[slice(*place)] == "You cannot land fish on a promise"


def test_words_that_are_not_there_are_not_found() -> None:
    assert list(places_of("a promise of fish", "You cannot land fish on a promise.")) == []


@pytest.mark.parametrize(
    ("topic", "text", "another"),
    [
        ("South Korea", "North Korea might go first, he said.", True),
        ("South Korea", "He spoke of South Korea.", False),
        ("Paul Manafort", "Manafort is his friend, he said.", False),
        ("Paul Manafort", "Mr. Manafort is his friend, he said.", False),
        ("Hillary Clinton", "Hillary Rodham Clinton would win, he said.", False),
        ("Situation Room", "How could one say that about any situation?", True),
        ("ferry terminal", "A bus terminal would do, he said.", False),
        ("Europe", "The European Union would help, he said.", False),
    ],
)
def test_a_name_of_several_words_is_not_taken_for_another(topic: str, text: str, another: bool) -> None:
    assert names_another(topic, text) is another


@pytest.mark.parametrize("asked", ["Zelensky", "Zelenskyy", "Volodymyr Zelenskiy", "Vladimir Zelensky"])
def test_a_name_from_another_script_is_found_in_every_spelling(
    assistant: Assistant, write_article: Callable[..., Path], asked: str
) -> None:
    write_article("a.md", "Volodymyr Zelenskyy said on Monday that the harbour of Odesa was open.")
    write_article("b.md", "Vladimir Zelensky promised in Kiev that the harbour would stay open all winter.")
    write_article("c.md", "Oleh Zelinskyy said that the harbour had never been worth the money.")
    list(assistant.build())
    answer = answer_to(assistant, f"What did {asked} say about the harbour?")
    assert {cited.speaker for cited in answer.citations} == {"Volodymyr Zelenskyy", "Vladimir Zelensky"}
    assert answer_to(assistant, f"Did {asked} promise in Kyiv that the harbour would stay open?").citations


@pytest.mark.parametrize(
    ("question", "who"), [("What did she say about Europe?", "she"), ("What did his wife say?", "his wife")]
)
def test_whoever_only_a_conversation_can_name_is_not_guessed(seeds: Assistant, question: str, who: str) -> None:
    answer = answer_to(seeds, question)
    assert answer.abstained
    assert f"It is not clear who “{who}” is; ask by name." in (answer.reason or "")


def test_of_a_sentence_in_which_two_speak_each_ones_part_makes_sense(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article("a.md", "Maria Tarn said the ferry was a joy, but Peter Pellew said the ferry was a wreck.")
    list(assistant.build())
    hers, his = (answer_to(assistant, f"What did {name} say about the ferry?") for name in ("Tarn", "Pellew"))
    assert [cited.quote for cited in hers.citations] == ["Maria Tarn said the ferry was a joy"]
    assert [cited.quote.rstrip(".") for cited in his.citations] == ["Peter Pellew said the ferry was a wreck"]


def test_somebody_is_none_of_their_supporters(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    write_article("a.md", "Peter Tarn said the lock was old. Tarn’s supporters said that the ferry was a wreck.")
    list(assistant.build())
    assert answer_to(assistant, "What did Tarn say about the ferry?").abstained


def test_what_was_asked_to_be_done_comes_before_what_was_said(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article(
        "a.md", "Peter Tarn said the harbour plan exists.\n\nPeter Tarn endorsed the harbour plan of the trust."
    )
    list(assistant.build())
    assert "endorsed" in answer_to(assistant, "Has Tarn endorsed the harbour plan?").citations[0].quote


def test_asked_for_nothing_in_particular_something_is_said(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    telling = (
        "“The lock will be shut from May until the gates are mended, and nobody will be paid for waiting,” Tarn said."
    )
    write_article("a.md", f"“Well, well,” said Peter Tarn.\n\n{telling}")
    list(assistant.build())
    assert answer_to(assistant, "What did Tarn say?").citations[0].quote == telling


def test_a_bare_surname_is_whoever_of_that_name_is_mostly_quoted(
    assistant: Assistant, write_article: Callable[..., Path]
) -> None:
    write_article("a.md", "Peter Tarn said the ferry was late. Peter Tarn said the ferry was old.")
    write_article("b.md", "Peter Tarn said the ferry was slow.\n\nPeter Tarn said the ferry was cold.")
    write_article("c.md", "The ferry is a wreck, Tarn said.")
    write_article("d.md", "Maria Tarn said the ferry was a joy.")
    list(assistant.build())
    hers = answer_to(assistant, "What did Maria Tarn say about the ferry?")
    assert {cited.speaker for cited in hers.citations} == {"Maria Tarn"}
    his = answer_to(assistant, "What did Peter Tarn say about the ferry?")
    assert {cited.speaker for cited in his.citations} == {"Peter Tarn", "Tarn"}
    either = answer_to(assistant, "What did Tarn say about the ferry?")
    assert either.citations[0].speaker != "Maria Tarn"


def test_a_refusal_comes_with_what_others_say_on_it_first(seeds: Assistant) -> None:
    answer = answer_to(seeds, "what did Valcourt say about dredging?")
    assert answer.abstained
    assert not answer.citations
    first, *rest = answer.nearest
    assert first.speaker == "Bram Okonjo-Reyes"
    assert "dredging" in first.quote
    assert all(cited.speaker is None for cited in rest)
    for cited in answer.nearest:
        article = seeds.article(cited.article_id)
        assert article is not None
        assert article.text[cited.start : cited.end] == cited.quote
