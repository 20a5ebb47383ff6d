"""The complete answer: its text with markers, and a refusal."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.assembly import assemble_answer, assemble_refusal
from assistant.answers.citations import cite_evidence
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes
from assistant.evidence.selection import Selection
from assistant.records.answer import Answer, Evidence
from assistant.records.query import Query
from tests.support.bridge_news import BRIDGE, FERRY, make_library
from tests.support.citations import make_citation
from tests.support.memory_library import MemoryLibrary, make_article

CLOSED = Evidence(BRIDGE, 0, 62, 0.9)
REOPEN = Evidence(BRIDGE, 107, 149, 0.8, "Ada Quill")
LATE = Evidence(FERRY, 53, 88, 0.2)
NO = Notes()


def make_material(query: Query, *evidence: Evidence) -> AnswerMaterial:
    return AnswerMaterial(query, Selection(evidence, 0.7), make_library().snapshot())


def test_sentences_stand_under_their_source() -> None:
    """Each source is named once above its sentences; a speaker is named before the words; notes come last."""
    material = make_material(Query("What did Quill say?", "said", ()), CLOSED, REOPEN, LATE)
    parts = [cite_evidence(n, each, material.groups) for n, each in enumerate(material.selection.evidence, 1)]
    answer = assemble_answer(material, parts, Notes(("2 articles.",)))
    assert answer.answer == (
        "Bridge shut · Evening Bell · 2025-05-04 · also in Morning Leaf\n"
        "- The bridge at Tarn Head closed on 3 May after 40 boats hit it. [1]\n"
        "- Ada Quill: “We will not reopen the bridge this year,” [2]\n"
        "\n"
        "Ferry · The Valley · 2025-05-09\n"
        "- The police said the ferry was late. [3]\n"
        "\n"
        "2 articles."
    )
    assert (answer.question, answer.abstained, answer.confidence) == ("What did Quill say?", False, 0.7)
    assert [citation.n for citation in answer.citations] == [1, 2, 3]
    assert answer.notes == ("2 articles.",)


def answer_shortly(words: str, *evidence: Evidence) -> Answer:
    """The answer of this evidence, the first of which has a short answer."""
    snapshot = make_library().snapshot()
    evidence = (replace(evidence[0], short_answer=words), *evidence[1:])
    material = AnswerMaterial(Query("?", "other", ()), Selection(evidence, 0.7), snapshot)
    return assemble_answer(
        material, [cite_evidence(n, each, material.groups) for n, each in enumerate(evidence, 1)], NO
    )


def test_short_answer_is_the_first_line() -> None:
    """The words that answer stand above the sentences."""
    answer = answer_shortly("40 boats", CLOSED, LATE)
    assert answer.short_answer == "40 boats"
    assert answer.answer.split("\n")[:4] == [
        "40 boats [1]",
        "",
        "Bridge shut · Evening Bell · 2025-05-04 · also in Morning Leaf",
        "- The bridge at Tarn Head closed on 3 May after 40 boats hit it. [1]",
    ]


def test_short_answer_needs_its_sentence() -> None:
    """Words of a sentence that does not come first are no short answer."""
    material = make_material(Query("?", "other", ()), replace(CLOSED, short_answer="40"), LATE)
    for cited, kept in (((CLOSED, LATE), "40"), ((LATE, CLOSED), None), ((LATE,), None)):
        parts = [cite_evidence(n, each, material.groups) for n, each in enumerate(cited, 1)]
        assert assemble_answer(material, parts, NO).short_answer == kept


def test_numbers_of_the_article_are_no_markers() -> None:
    """A number in brackets in the article is written with other brackets in the text, but not in the citation."""
    article = make_article("a", "The bridge [3] is shut.", title="Bridge [2]")
    snapshot = MemoryLibrary([article]).snapshot()
    evidence = Evidence(article, 0, 23, 0.9)
    material = AnswerMaterial(Query("?", "other", ()), Selection((evidence,), 0.9), snapshot)
    answer = assemble_answer(material, [cite_evidence(1, evidence, material.groups)], Notes())
    assert answer.answer == "Bridge ⟦2⟧\n- The bridge ⟦3⟧ is shut. [1]"
    assert answer.citations[0].quote == "The bridge [3] is shut."


def test_refusal_has_reason_and_nearest() -> None:
    """A refusal has its reason as text, and the nearest passages instead of citations."""
    nearest = make_citation("The ferry was late.")
    refusal = assemble_refusal(make_material(Query("Why?", "other", ())), "Nothing is known.", (nearest,))
    assert (refusal.answer, refusal.reason, refusal.abstained) == ("Nothing is known.", "Nothing is known.", True)
    assert (refusal.sentences, refusal.citations, refusal.nearest) == ((), (), (nearest,))
    assert [passage.passage.article_id for passage in refusal.passages] == ["bridge", "copy", "ferry"]
