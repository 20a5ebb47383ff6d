"""Tests of whole answers: the evidence selected, refusals, and exact quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.evidence.quotations import find_quotation_spans
from assistant.evidence.statements.topics import is_about_another
from assistant.records.answer import Answer
from assistant.text.stemming import related_stems, stem
from tests.conftest import SEEDS


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question)


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
def test_answer_contains_requested_statement(seeds: Assistant, question: str, words: str) -> None:
    """The answer contains the words that were asked for."""
    answer = ask(seeds, question)
    assert not answer.abstained
    assert any(words in cited.quote for cited in answer.citations[:3])


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did the Pope say about Europe?", r"names the Pope\b"),
        (
            "What did Valcourt say about dredging?",
            r"No words of Valcourt were found that are clearly about dredging.*Bram Okonjo-Reyes",
        ),
        ("What did Zelensky say about Crimea?", r"name Zelensky; no words of theirs were found in them.*Donald Trump"),
        ("What did Achterholt say about the price of the terminal?", r"clearly about the price of the terminal"),
        ("Who said “the harbour will be sold to pirates”?", r"No article found for this question contains these words"),
        ("Who won the World Cup?", r"No sentence was found that answers this\. The nearest: “"),
    ],
)
def test_refusal_names_missing_and_nearest(seeds: Assistant, question: str, reason: str) -> None:
    """A refusal says what was searched for and which articles come close."""
    answer = ask(seeds, question)
    assert answer.abstained
    assert answer.citations == ()
    assert re.search(reason, answer.reason or "")
    assert "18 articles from 2025-02-11 to 2025-11-13" in (answer.reason or "")


def test_statement_not_attributed_to_repeater(seeds: Assistant) -> None:
    """Words of the mayor are not attributed to a person who repeats them."""
    answer = ask(seeds, "Who said “I will not ask for a dollar more”?")
    said = [cited for cited in answer.citations if cited.published_at == "2025-02-11"]
    assert [cited.speaker for cited in said] == ["Teresa Oakhurst"]


def test_quote_equals_text_between_offsets(seeds: Assistant) -> None:
    """Every quote is exactly the article text between its offsets."""
    questions = [
        "what did Ushakov say about Europe?",
        "What did Oakhurst say about the flood?",
        "Why did Valcourt resign?",
    ]
    for question in questions:
        answer = ask(seeds, question)
        assert answer.citations
        for cited in answer.citations:
            article = seeds.article(cited.article_id)
            assert article is not None
            assert article.text[cited.start : cited.end] == cited.quote
            assert cited.article_sha256 == article.sha256


def test_wire_sentence_cited_once(seeds: Assistant) -> None:
    """The same wire sentence printed in two papers is shown once."""
    answer = ask(seeds, "Who said “No one should have to fill in a form twice”?")
    assert len(answer.citations) == 1


def test_the_published_schema(seeds: Assistant) -> None:
    record = ask(seeds, "what did Ushakov say about Europe?").to_dict("q1")
    assert list(record) == [
        "schema", "id", "question", "standalone_question", "answer", "abstained", "outcome", "short_answer", "as_of",
        "reason", "mode", "sentences", "citations", "passages", "timings", "confidence", "notes", "conflicts",
        "corrections", "nearest", "missing", "difference", "summary", "collection", "writing",
    ]  # fmt: skip
    assert (record["schema"], record["id"], record["mode"]) == (1, "q1", "extractive")
    assert list(record["citations"][0]) == [
        "n", "article_id", "title", "source", "author", "published_at", "url", "start", "end", "quote", "speaker",
        "article_sha256", "marks", "copies", "status", "via", "is_by_other", "days", "place", "partial",
    ]  # fmt: skip
    assert [cited["n"] for cited in record["citations"]] == list(range(1, len(record["citations"]) + 1))
    markers = {int(n) for n in re.findall(r"\[(\d+)\]", record["answer"])}
    assert markers == {cited["n"] for cited in record["citations"]}
    assert all(sentence["support"] == "verbatim" for sentence in record["sentences"])
    scores = [hit["score"] for hit in record["passages"]]
    assert len(scores) >= 10
    assert scores == sorted(scores, reverse=True)
    assert record["timings"]["total_ms"] > 0


def test_bracketed_number_in_article_is_no_marker(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """Bracketed numbers in an article are not read as citation markers."""
    write_article("a.md", "Ada Brandreth said the gate [7] was shut [12].")
    assistant.build()
    record = ask(assistant, "What did Brandreth say about the gate?").to_dict()
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
def test_related_stems(left: str, right: str, related: bool) -> None:
    """Words of one family (Europe, Europeans) are related; words that only look alike are not."""
    one, other = stem(left.lower()), stem(right.lower())
    assert (one == other or other in related_stems(one)) is related


@pytest.mark.parametrize(
    "quotation",
    ["You cannot land fish on a promise", "you cannot   land fish, on a promise!", "YOU CANNOT LAND FISH ON A PROMISE"],
)
def test_quoted_words_found_despite_formatting(quotation: str) -> None:
    """Quoted words are found regardless of case, spaces and punctuation."""
    text = (SEEDS / "2025-03-06-fishermen-and-councillor-oppose-terminal.md").read_text(encoding="utf-8")
    place = next(find_quotation_spans(quotation, text), None)
    assert place is not None
    assert text[slice(*place)] == "You cannot land fish on a promise"


def test_quoted_words_missing() -> None:
    """Quoted words that occur in no article are not found."""
    assert list(find_quotation_spans("a promise of fish", "You cannot land fish on a promise.")) == []


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
def test_name_multiword_exact_person(topic: str, text: str, another: bool) -> None:
    """A name of several words is not confused with another person's name."""
    assert is_about_another(topic, text) is another


@pytest.mark.parametrize("asked", ["Zelensky", "Zelenskyy", "Volodymyr Zelenskiy", "Vladimir Zelensky"])
def test_name_transliterated_spellings(assistant: Assistant, write_article: Callable[..., Path], asked: str) -> None:
    """A name from another script is found in every spelling."""
    write_article("a.md", "Volodymyr Zelenskyy said on Monday that the harbour of Odesa was open.")
    write_article("b.md", "Vladimir Zelensky promised in Kiev that the harbour would stay open all winter.")
    write_article("c.md", "Oleh Zelinskyy said that the harbour had never been worth the money.")
    assistant.build()
    answer = ask(assistant, f"What did {asked} say about the harbour?")
    assert {cited.speaker for cited in answer.citations} == {"Volodymyr Zelenskyy", "Vladimir Zelensky"}
    assert ask(assistant, f"Did {asked} promise in Kyiv that the harbour would stay open?").citations


@pytest.mark.parametrize(
    ("question", "who"), [("What did she say about Europe?", "she"), ("What did his wife say?", "his wife")]
)
def test_speaker_unresolved_pronoun_refused(seeds: Assistant, question: str, who: str) -> None:
    """A speaker that only a conversation could identify is not guessed; the answer is a refusal."""
    answer = ask(seeds, question)
    assert answer.abstained
    assert f"It is not clear who “{who}” is; ask by name." in (answer.reason or "")


def test_quote_two_speakers_cut_to_clause(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """When two people speak in a sentence, each quote is the clause of its own speaker."""
    write_article("a.md", "Maria Tarn said the ferry was a joy, but Peter Pellew said the ferry was a wreck.")
    assistant.build()
    hers, his = (ask(assistant, f"What did {name} say about the ferry?") for name in ("Tarn", "Pellew"))
    assert [cited.quote for cited in hers.citations] == ["Maria Tarn said the ferry was a joy"]
    assert [cited.quote.rstrip(".") for cited in his.citations] == ["Peter Pellew said the ferry was a wreck"]


def test_speaker_not_confused_with_supporters(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A statement by somebody's supporters is not attributed to that person."""
    write_article("a.md", "Peter Tarn said the lock was old. Tarn’s supporters said that the ferry was a wreck.")
    assistant.build()
    assert ask(assistant, "What did Tarn say about the ferry?").abstained


def test_answer_prefers_requested_action(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A sentence on the action asked about ranks above other statements of the speaker."""
    write_article(
        "a.md", "Peter Tarn said the harbour plan exists.\n\nPeter Tarn endorsed the harbour plan of the trust."
    )
    assistant.build()
    assert "endorsed" in ask(assistant, "Has Tarn endorsed the harbour plan?").citations[0].quote


def test_answer_without_topic_prefers_content(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A question without a topic is answered with a statement that has content."""
    telling = (
        "“The lock will be shut from May until the gates are mended, and nobody will be paid for waiting,” Tarn said."
    )
    write_article("a.md", f"“Well, well,” said Peter Tarn.\n\n{telling}")
    assistant.build()
    assert ask(assistant, "What did Tarn say?").citations[0].quote == telling


def test_surname_means_most_quoted_speaker(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A bare surname means the most quoted speaker of that name."""
    write_article("a.md", "Peter Tarn said the ferry was late. Peter Tarn said the ferry was old.")
    write_article("b.md", "Peter Tarn said the ferry was slow.\n\nPeter Tarn said the ferry was cold.")
    write_article("c.md", "The ferry is a wreck, Tarn said.")
    write_article("d.md", "Maria Tarn said the ferry was a joy.")
    assistant.build()
    hers = ask(assistant, "What did Maria Tarn say about the ferry?")
    assert {cited.speaker for cited in hers.citations} == {"Maria Tarn"}
    his = ask(assistant, "What did Peter Tarn say about the ferry?")
    assert {cited.speaker for cited in his.citations} == {"Peter Tarn", "Tarn"}
    either = ask(assistant, "What did Tarn say about the ferry?")
    assert either.citations[0].speaker != "Maria Tarn"


def test_near_words_of_the_speaker_and_of_others(seeds: Assistant) -> None:
    """Where no words of a speaker clearly fit, their words in articles on the topic are near, and words of others."""
    answer = ask(seeds, "what did Valcourt say about dredging?")
    assert answer.outcome == "near"
    assert not answer.citations
    assert {cited.speaker for cited in answer.nearest} == {"Idris Valcourt", "Bram Okonjo-Reyes"}
    assert any("dredging" in cited.quote for cited in answer.nearest if cited.speaker == "Bram Okonjo-Reyes")
    assert answer.missing == ()  # the words of the other speaker are in an article that has the word
    for cited in answer.nearest:
        article = seeds.article(cited.article_id)
        assert article is not None
        assert article.text[cited.start : cited.end] == cited.quote
