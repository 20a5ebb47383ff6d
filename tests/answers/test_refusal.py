"""Reasons for refusals, and the nearest passages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answers.citations import build_citation
from assistant.answers.material import AnswerMaterial
from assistant.answers.refusal import explain_refusal, find_nearest
from assistant.evidence.selection import Selection
from assistant.questions.parser import parse_question
from assistant.records.answer import Evidence
from assistant.records.query import Period, Query
from assistant.records.question_kinds import QueryKind
from tests.support.bridge_news import BRIDGE, FERRY, make_library
from tests.support.memory_library import MemoryLibrary

NOTHING = Selection((), 0.0)
DENIED = Evidence(BRIDGE, 160, 211, 0.8, "Tom Reed")
SAID = Query("What did Quill say about tolls?", "said", ("tolls",), ("Quill",), "tolls")
FACT = Query("Who won the cup?", "other", ("won", "cup"))
COVERAGE = "The library contains 3 articles from 2025-05-04 to 2025-05-09."


def explain(query: Query, selection: Selection = NOTHING, scope: list[str] | None = None) -> str:
    return explain_refusal(AnswerMaterial(query, selection, make_library().snapshot()), scope)


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        (Selection((), 0.0, speaker_known=False), "No article found for this question names Quill."),
        (
            Selection((), 0.0, speaker_speaks=False),
            "The articles found name Quill; no words of theirs were found in them.",
        ),
        (NOTHING, "No words of Quill were found that are clearly about tolls."),
        (
            Selection((), 0.0, other_speakers={"Tom Reed": DENIED}),
            "No words of Quill were found that are clearly about tolls. Others speak about it: Tom Reed.",
        ),
    ],
)
def test_missing_statement(selection: Selection, reason: str) -> None:
    """The reason says how much is known of the speaker."""
    assert explain(SAID, selection) == f"{reason} {COVERAGE}"


def test_pronoun() -> None:
    """A pronoun that the conversation does not explain is no name."""
    query = Query("What did she say?", "said", (), ("she",))
    assert explain(query) == f"It is not clear who “she” is; ask by name. {COVERAGE}"


@pytest.mark.parametrize("kind", ["who_said", "find_quote"])
def test_quoted_words(kind: QueryKind) -> None:
    """Quoted words are missing from the articles."""
    query = Query("“Hello”", kind, (), quoted=("Hello",))
    assert explain(query) == f"No article found for this question contains these words. {COVERAGE}"


@pytest.mark.parametrize(
    ("question", "name"), [("Wer hat die Brücke gebaut?", "German"), ("谁建造了这座桥？", "Chinese")]
)
def test_question_in_another_language_is_told(question: str, name: str) -> None:
    """Whoever asks in another language learns that questions are read in English, and what was done instead."""
    told = explain(parse_question(question))
    assert told.startswith(f"Questions are read in English: this one, in {name}, was looked up word by word. ")
    assert parse_question("What did 習近平 say about the bridge?").language is None


def test_nobody_said_it() -> None:
    """A question for a speaker without quoted words says what is missing."""
    reason = "No article found for this question clearly attributes such words to anybody."
    assert explain(Query("Who criticised it?", "who_said", ())) == f"{reason} {COVERAGE}"


def test_fact_names_the_nearest_titles() -> None:
    """A question for a fact names the two nearest articles."""
    nearest = "The nearest: “Bridge shut” and “Tarn Head bridge shut”."
    assert explain(FACT) == f"No sentence was found that answers this. {nearest} {COVERAGE}"


def test_reason_of_near_says_what_was_done() -> None:
    """With near sentences, which name their articles, the reason does not say that there is no answer."""
    near = Selection((), 0.0, near=(DENIED,))
    assert explain(FACT, near) == f"No sentence was found that clearly answers this. {COVERAGE}"


def test_a_name_that_the_near_articles_lack_may_stand_in_another_one() -> None:
    """What only the sentences shown lack is not absent from the library."""
    near = Selection((), 0.0, near=(DENIED,), missing=("Ada Larch", "Orrin Zuzu"))
    library = MemoryLibrary([BRIDGE, replace(FERRY, title="Boats", text=f"{FERRY.text} Ada Larch came.")])
    query = Query("Did Ada Larch and Orrin Zuzu shut the bridge?", "other", ())
    reason = explain_refusal(AnswerMaterial(query, near, library.snapshot()))
    assert "Ada Larch stands in “Boats”." in reason
    assert "Zuzu" not in reason


def test_evidence_elsewhere() -> None:
    """Evidence outside the requested days is mentioned, and that the days are not covered."""
    query = Query("Who spoke in June?", "who_said", (), period=Period("in June", "2025-06-01", "2025-06-30"))
    reason = explain(query, Selection((), 0.0, elsewhere=(DENIED,), period_uncovered=True))
    assert reason.startswith("The library has no articles from the time asked about (in June). ")
    assert "There is evidence elsewhere: in Evening Bell of 2025-05-04." in reason


def test_restricted_search() -> None:
    """If only some articles were searched, their number is given."""
    assert explain(FACT, scope=["bridge"]).endswith("Only 1 of the library's 3 articles was searched.")
    assert explain(FACT, scope=["bridge", "copy", "ferry"]).endswith(COVERAGE)
    assert explain(FACT, scope=[]).endswith(
        "None of the library's 3 articles has one of the ids to which it is limited."
    )


def find(query: Query, selection: Selection) -> list[tuple[int, str, str | None, bool]]:
    nearest = find_nearest(AnswerMaterial(query, selection, make_library().snapshot()))
    return [(each.n, each.quote, each.speaker, each.is_by_other) for each in nearest]


def test_near_sentences_come_first() -> None:
    """The sentences selected as near come first, each once and at most three; words of others say that they are."""
    closed, reopen = Evidence(BRIDGE, 0, 62, 0.4), Evidence(BRIDGE, 107, 149, 0.3, "Ada Quill")
    late = Evidence(FERRY, 53, 88, 0.2, "The police")
    near = Selection(
        (), 0.0, near=(reopen, closed, reopen), unsaid=(reopen,), other_speakers={"Tom Reed": DENIED, "P": late}
    )
    assert find(SAID, near) == [
        (1, BRIDGE.text[107:149], "Ada Quill", False),
        (2, BRIDGE.text[:62], None, False),
        (3, BRIDGE.text[160:211], "Tom Reed", True),
    ]


def test_words_of_others_are_near() -> None:
    """Without near sentences, words of others and those that were not said are shown, and no passages."""
    assert find(SAID, Selection((), 0.0, other_speakers={"Tom Reed": DENIED})) == [
        (1, BRIDGE.text[160:211], "Tom Reed", True)
    ]
    assert find(SAID, Selection((), 0.0, unsaid=(DENIED,))) == [(1, BRIDGE.text[160:211], "Tom Reed", False)]


def test_words_of_others_are_not_near_to_an_unknown_speaker() -> None:
    """If no article names the requested speaker there is nothing; the reason still names who speaks about it."""
    unknown = Selection((), 0.0, speaker_known=False, other_speakers={"Tom Reed": DENIED})
    assert find(SAID, unknown) == []
    assert "Tom Reed" in explain(SAID, unknown)


def test_nothing_is_near() -> None:
    """Passages that nobody selected are not near, however well they rank."""
    assert find(FACT, NOTHING) == find(SAID, NOTHING) == []


def test_articles_that_are_there_only_in_part_are_no_proof() -> None:
    """A refusal says how many of the articles that come nearest lack their rest."""
    library = MemoryLibrary([BRIDGE, replace(FERRY, partial="the rest is for subscribers")])
    reason = explain_refusal(AnswerMaterial(FACT, NOTHING, library.snapshot()))
    assert reason.endswith("1 article among those that come nearest is in the library only in part.")
    assert "only in part" not in explain_refusal(AnswerMaterial(FACT, NOTHING, library.snapshot(BRIDGE.id)))


def test_a_citation_says_that_its_article_is_there_only_in_part() -> None:
    """So that nobody takes what stands before a paywall for all that the article says."""
    cut = replace(FERRY, partial="the rest is for subscribers")
    evidence = Evidence(cut, 0, 10, 0.5)
    assert build_citation(1, evidence).partial == "the rest is for subscribers"
    assert build_citation(1, replace(evidence, article=FERRY)).partial is None
