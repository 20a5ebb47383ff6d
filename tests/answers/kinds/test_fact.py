"""Questions for a fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answers.kinds.fact import FACT, select_sentences
from assistant.engine import Assistant
from assistant.evidence.selection import EvidenceRequest, Reader, Selection
from assistant.questions.parser import parse_question
from assistant.ranking.ranker import Reading
from assistant.records.query import Query
from assistant.retrieval.snapshot import Snapshot
from tests.support.bridge_news import FERRY, make_library
from tests.support.memory_library import MemoryLibrary, embed_words, make_article


def select(query: Query, snapshot: Snapshot) -> Selection:
    """The sentences, if texts are near in meaning that share words."""
    vector = embed_words(query.text)

    def compare(texts: Sequence[str]) -> list[float]:
        return [float(embed_words(text) @ vector) for text in texts]

    return select_sentences(EvidenceRequest(query, snapshot, snapshot.passages, compare))


def test_best_sentence_first() -> None:
    """The sentence with the words of the question comes first, without a speaker."""
    query = Query("Was the ferry late?", "other", ("ferry", "late"))
    best = select(query, make_library().snapshot(meaning=0.6)).evidence[0]
    assert (best.article.id, best.article.text[best.start : best.end]) == (
        "ferry",
        "The police said the ferry was late.",
    )
    assert best.speaker is None


def test_weak_sentences_are_no_evidence() -> None:
    """If no sentence has the words of the question there is no evidence."""
    selection = select(
        Query("What is the price of gold?", "other", ("price", "gold")), make_library().snapshot(meaning=0.1)
    )
    assert selection.evidence == ()
    assert selection.confidence < 0.5


@pytest.mark.parametrize("question", ["How was Peter Okrug rescued from the ferry?", "Why was Peter Okrug knighted?"])
def test_person_whom_no_article_names(question: str) -> None:
    """However near the sentences about others are, they are not shown; it is said too where nothing is near."""
    query, snapshot = parse_question(question), make_library().snapshot(meaning=0.1)
    selection = select(query, snapshot)
    assert (selection.evidence, selection.near, selection.missing) == ((), (), ("Peter Okrug",))
    assert "No article of the library names Peter Okrug." in FACT.explain_refusal(query, selection, snapshot)


def test_what_no_article_has_is_not_answered() -> None:
    """A question that is mostly about words in no article gets no answer, however sure a ranker is of a sentence."""

    def read(texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return [Reading(8.0 - number) for number, _ in enumerate(texts)]

    snapshot = make_library().snapshot(meaning=0.6)
    for subject, is_known in (("ferry", True), ("comet", False)):
        query = Query(f"Was the {subject} late?", "other", (subject, "late"))
        selection = select_sentences(
            EvidenceRequest(query, snapshot, snapshot.passages, lambda texts: [0.6] * len(texts), reader=Reader(read))
        )
        assert bool(selection.evidence) == is_known
        assert (selection.missing == ("comet",)) != is_known


def test_refusal_names_nearest_articles() -> None:
    """A refusal names at most two of the nearest articles."""
    query, nothing = Query("Why did it close?", "other", ("close",)), Selection((), 0.0)
    assert FACT.explain_refusal(query, nothing, make_library().snapshot("ferry", "bridge", "copy")) == [
        "No sentence was found that answers this.",
        "The nearest: “Ferry” and “Bridge shut”.",
    ]
    assert FACT.explain_refusal(query, nothing, make_library().snapshot("ferry")) == [
        "No sentence was found that answers this.",
        f"The nearest: “{FERRY.title}”.",
    ]


def test_question_in_another_language_is_answered_by_its_words() -> None:
    """A sentence with at least half of the words is evidence, however far it seems in meaning."""
    text = "Der Turm kostet 41 Millionen. Die Ernte ist schlecht."
    snapshot = MemoryLibrary([make_article("turm", text)]).snapshot()
    query = Query("Wie viel kostet der Turm?", "other", ("kostet", "turm"), expects="number", language="de")
    (evidence,) = select_sentences(EvidenceRequest(query, snapshot, snapshot.passages)).evidence
    assert text[evidence.start : evidence.end] == "Der Turm kostet 41 Millionen."
    query = Query("Wann schläft der Bär?", "other", ("schläft", "bär"), language="de")
    assert select_sentences(EvidenceRequest(query, snapshot, snapshot.passages)).evidence == ()


def test_near_sentences_say_what_is_missing() -> None:
    """Where no sentence is likely to answer, the best are near, and the words that their articles lack are named."""
    query = parse_question("Was the ferry to Port Ellery late?")
    selection = select(query, make_library().snapshot(meaning=0.4))
    assert selection.evidence == ()
    assert selection.near[0].article.id == "ferry"
    assert "Port Ellery" in selection.missing


def test_sentence_is_shown_once() -> None:
    """A sentence that is shown before a pronoun is not shown again by itself."""
    text = "Ada Quill saw the boats hit the bridge. She shut the bridge when the boats had hit it."
    snapshot = MemoryLibrary([make_article("a", text)]).snapshot(meaning=0.7)
    selection = select(parse_question("Who shut the bridge when the boats hit it?"), snapshot)
    shown = selection.evidence or selection.near
    assert [text[each.start : each.end] for each in shown] == [text]


def test_later_sentences_have_lower_scores() -> None:
    """The score falls with the rank, from the probability that the best sentences answer; no words are shown alone
    that no ranker has read.
    """
    selection = select(
        parse_question("How many boats hit the bridge at Tarn Head?"), make_library().snapshot(meaning=0.7)
    )
    scores = [each.score for each in selection.evidence]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == selection.confidence
    assert selection.evidence[0].short_answer is None


IMPOSED = "The council of Tarn imposed the toll on boats because the pier was old."
TOLL = MemoryLibrary([make_article("toll", f"{IMPOSED} Boats came.", title="Toll")])


def test_the_opposite_of_what_is_taken_for_granted_is_near() -> None:
    """What an article says to the contrary leads, and is no answer."""
    selection = select(
        parse_question("Why did the council of Tarn lift the toll on boats?"), TOLL.snapshot(meaning=0.6)
    )
    assert selection.evidence == ()
    assert selection.difference is not None
    assert selection.difference.heading == "The articles say “imposed”, not “lift”:"
    (start, end), near = selection.near[0].marks[0], selection.near[0]
    assert near.article.text[start:end] == "imposed"
    assert near.article.text[near.start : near.end] == IMPOSED
    assert "lift" not in selection.missing
    assert FACT.explain_refusal(parse_question("Why?"), selection, TOLL.snapshot())[0].startswith("This speaks against")


def test_what_is_so_is_answered() -> None:
    """The same question on what the article says."""
    selection = select(
        parse_question("Why did the council of Tarn impose the toll on boats?"), TOLL.snapshot(meaning=0.6)
    )
    assert selection.difference is None
    assert selection.evidence


def test_the_opposite_of_what_is_asked_leads() -> None:
    """Of a question of yes or no, the sentence that says the opposite comes first; neither Yes nor No is said."""
    question = "Did the council of Tarn lift the toll on boats?"
    first = select(parse_question(question), TOLL.snapshot(meaning=0.6)).evidence[0]
    assert first.article.text[slice(*first.marks[0])] == "imposed"
    assert first.short_answer is None
    asked = "Did the council of Tarn impose or lift the toll on boats?"
    assert not select(parse_question(asked), TOLL.snapshot(meaning=0.6)).evidence[0].marks


def test_news_of_another_month_is_near() -> None:
    """What is said neither of the month of the question nor in it does not answer."""
    articles = [make_article("a", "The toll on boats was 4 crowns.", title="Toll", published_at="2025-05-04")]
    snapshot = MemoryLibrary(articles).snapshot(meaning=0.7)
    assert select(parse_question("What was the toll on boats in May 2025?"), snapshot).evidence
    other = select(parse_question("What was the toll on boats in January 2025?"), snapshot)
    assert (other.evidence, len(other.near)) == ((), 1)


@pytest.mark.parametrize("text", ["a " * 2_000, "a" * 4_000, "the of and", "What is it?", "why", "is it the?"])
def test_question_that_tells_nothing_is_near_nothing(seeds: Assistant, text: str) -> None:
    """Without a word that says what it is about, no sentence is nearer than another, and that is the reason."""
    answer = seeds.ask(text)
    assert answer.abstained
    assert answer.nearest == ()
    assert answer.reason is not None
    assert answer.reason.startswith("No word of the question says what it is about: name a person, a place or a thing.")


@pytest.mark.parametrize("text", ["Zanzibar?", "what happened in May 2025?", "what is the latest?", "“quay”", "7"])
def test_any_word_name_or_time_tells_something(text: str) -> None:
    """Such a question is not said to be about nothing, whatever is found."""
    query, snapshot = parse_question(text), make_library().snapshot(meaning=0.6)
    reasons = FACT.explain_refusal(query, select(query, snapshot), snapshot)
    assert not reasons[0].startswith("No word of the question")
