"""The table of kinds of question: a kind is one module and one row, and no other code compares its name."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import pytest

from assistant.answers.composition import ExtractiveComposer
from assistant.answers.kinds import KINDS, kind_of
from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial, QuestionKind
from assistant.answers.material import AnswerMaterial
from assistant.answers.pipeline import Retrieval, compose, select
from assistant.config.schema import AnswerSettings
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.answer import Answer, AnswerPart, Evidence
from assistant.records.query import Query
from assistant.records.question_kinds import KIND_TRAITS, KindTraits, QueryKind
from assistant.retrieval.snapshot import Snapshot
from tests.conftest import ROOT
from tests.support.memory_library import MemoryLibrary, make_article

LIBRARY = MemoryLibrary([make_article("bridge", "The bridge is shut. The ferry runs.", title="Bridge shut")])


def test_tables_have_the_same_kinds() -> None:
    """The names, the traits and the behaviour are complete."""
    assert set(get_args(QueryKind)) == set(KIND_TRAITS) == set(KINDS)
    assert all(KINDS[name].name == name for name in KINDS)


def _find_headline(request: EvidenceRequest) -> Selection:
    return Selection(tuple(Evidence(each, 0, 19, 1.0) for each in request.articles.values()), 1.0)


def _explain(_query: Query, _selection: Selection, _snapshot: Snapshot) -> list[str]:
    return ["There is no headline."]


def _propose(_material: FollowUpMaterial) -> Iterator[Iterator[FollowUp]]:
    yield iter([FollowUp("What is the next headline?", "Nobody", "headline")])


TOY = cast(QueryKind, "headline")


@pytest.fixture
def toy_kind(monkeypatch: pytest.MonkeyPatch) -> Query:
    """A question of a kind that is added with one row of traits and one row of behaviour."""
    monkeypatch.setitem(cast(dict[QueryKind, KindTraits], KIND_TRAITS), TOY, KindTraits(shows_speaker=False))
    row = QuestionKind(TOY, _find_headline, _explain, _propose)
    monkeypatch.setitem(cast(dict[QueryKind, QuestionKind], KINDS), TOY, row)
    return Query("Which headline?", TOY, ("headline",))


def _answer(query: Query, snapshot: Snapshot) -> list[Any]:
    retrieval = Retrieval(snapshot, lambda texts: [0.0] * len(texts))
    material = AnswerMaterial(query, select(query, retrieval), snapshot)
    return list(compose(material, ExtractiveComposer(AnswerSettings())))


def test_added_kind_answers(toy_kind: Query) -> None:
    """The pipeline finds evidence by the row of the new kind."""
    part, answer = _answer(toy_kind, LIBRARY.snapshot())
    assert isinstance(part, AnswerPart)
    assert part.sentence.text == "The bridge is shut."
    assert isinstance(answer, Answer)
    assert answer.answer == "Bridge shut\n- The bridge is shut. [1]"


def test_added_kind_refuses(toy_kind: Query) -> None:
    """A refusal is explained by the row of the new kind."""
    (answer,) = _answer(toy_kind, Snapshot([], LIBRARY))
    assert answer.reason == "There is no headline. The library contains 1 article."


def test_added_kind_proposes_follow_ups(toy_kind: Query) -> None:
    """Follow-up questions come from the row of the new kind."""
    material = FollowUpMaterial(toy_kind, frozenset(), frozenset(), [], [], {}, lambda _: Counter())
    ((follow_up,),) = kind_of(toy_kind).propose_follow_ups(material)
    assert follow_up.question == "What is the next headline?"


def test_no_code_compares_names_of_kinds() -> None:
    """Outside the tables, the name of a kind is never compared with the kind of a question."""
    files = sorted((ROOT / "assistant").rglob("*.py"))
    assert files
    assert [place for path in files for place in _find_comparisons(path)] == []


def _find_comparisons(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if re.search(r"\bkind\b", text) else ():
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            compares_kind = any(getattr(each, "attr", getattr(each, "id", "")) == "kind" for each in operands)
            texts = {leaf.value for each in operands for leaf in ast.walk(each) if isinstance(leaf, ast.Constant)}
            if compares_kind and texts & set(get_args(QueryKind)):
                yield f"{path.name}:{node.lineno}"


def test_comparison_of_a_kind_is_found(tmp_path: Path) -> None:
    """The search for comparisons finds both forms."""
    path = tmp_path / "bad.py"
    path.write_text('if query.kind == "said":\n    pass\nif kind not in ("who_said", "other"):\n    pass\n')
    assert list(_find_comparisons(path)) == ["bad.py:1", "bad.py:3"]


def test_document_is_searched_as_fact() -> None:
    """A question for the words of a document looks for any sentence."""
    query = Query("What does the report say about the bridge?", "said", ("bridge",), ("the report",), "the bridge")
    searched = KINDS["said"].reinterpret(query)
    assert (searched.kind, searched.terms) == ("other", ("report", "bridge"))
    person = Query("What did Quill say?", "said", (), ("Quill",))
    assert KINDS["said"].reinterpret(person) is person


def _material(query: Query, *, after_refusal: bool = False) -> FollowUpMaterial:
    sentences = {"Ada Quill": ["The bridge is unsafe."], "Tom Reed": ["The bridge and the ferry are safe."]}
    topics = {"Ada Quill": Counter({"bridge": 3, "toll road": 2}), "Tom Reed": Counter({"ferry": 1})}
    return FollowUpMaterial(
        query,
        question_words=frozenset({"quill", "bridge"}),
        title_words=frozenset({"toll"}),
        requested_speakers=["Ada Quill"],
        cited_speakers=["Tom Reed"],
        sentences=sentences,
        weigh_topics=topics.__getitem__,
        after_refusal=after_refusal,
    )


SAID = Query("What did Quill say about the bridge?", "said", ("bridge",), ("Quill",), "the bridge")


def test_follow_ups_of_a_statement() -> None:
    """Others on the same topic come first, then other topics of the same speakers."""
    groups = [[each.question for each in group] for group in KINDS["said"].propose_follow_ups(_material(SAID))]
    assert groups == [
        ["What did Tom Reed say about the bridge?"],
        ["What did Ada Quill say about toll road?"],
        ["What did Tom Reed say about ferry?"],
    ]


def test_follow_ups_after_a_refusal() -> None:
    """After a refusal only others on the same topic are proposed."""
    material = _material(SAID, after_refusal=True)
    groups = [[each.speaker for each in group] for group in KINDS["said"].propose_follow_ups(material)]
    assert groups == [["Tom Reed"]]


def test_follow_ups_of_a_fact_stay_on_the_matter() -> None:
    """After a question for a fact, topics of the question and of the titles are proposed."""
    material = _material(Query("When did the bridge shut?", "other", ("bridge", "shut")))
    groups = [[each.topic for each in group] for group in KINDS["other"].propose_follow_ups(material)]
    assert groups == [["bridge", "toll road"], []]
