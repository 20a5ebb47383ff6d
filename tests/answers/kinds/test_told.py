"""What the articles tell of somebody whose words were asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answers.kinds.said import SAID
from assistant.answers.kinds.told import find_told
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.evidence.statements.by_speaker import find_statements_by
from assistant.questions.parser import parse_question
from tests.support.memory_library import MemoryLibrary, embed_words, make_article

HARBOUR = make_article(
    "harbour",
    "Ada Quill voted twice against the harbour toll in May. “The harbour toll is a gift to the town,” Tom Reed said. "
    "Planes could not drop water on the burning warehouse because of the smoke.",
    title="The harbour toll",
)


def make_request(question: str) -> EvidenceRequest:
    snapshot = MemoryLibrary([HARBOUR]).snapshot(meaning=0.9)
    vector = embed_words(question)
    return EvidenceRequest(
        parse_question(question),
        snapshot,
        snapshot.passages,
        similarity=lambda texts: [float(embed_words(text) @ vector) for text in texts],
    )


def tell(question: str) -> Selection:
    request = make_request(question)
    return find_told(request, {name: find_statements_by(request, name) for name in request.query.speakers})


def quotes(selection: Selection) -> list[str]:
    return [each.article.text[each.start : each.end] for each in (*selection.evidence, *selection.near)]


def test_deed_told_by_the_article() -> None:
    """Whether somebody is against a thing can be told by the article, in a sentence that names them."""
    selection = tell("Is Quill against the harbour toll?")
    assert quotes(selection)[:1] == ["Ada Quill voted twice against the harbour toll in May."]
    assert SAID.find_evidence(make_request("Is Quill against the harbour toll?")).evidence == selection.evidence


@pytest.mark.parametrize("question", ["Is Quill against the harbour toll?", "Is Brandt against the harbour toll?"])
def test_words_of_others_are_never_told(question: str) -> None:
    """Words of somebody else are not what a person did, thinks or wants."""
    assert not any("gift" in quote for quote in quotes(tell(question)))


def test_words_are_not_told() -> None:
    """A question for somebody's words is not answered by what the article tells."""
    assert quotes(tell("What did Quill say about the harbour toll?")) == []


def test_phrase_in_the_place_of_a_speaker() -> None:
    """“They use” is nobody: any sentence can answer."""
    request = make_request("Why could they not use planes to drop water on the warehouse?")
    request = replace(request, query=replace(request.query, kind="said", speakers=("they use",), cue="plan"))
    selection = find_told(request, {"they use": find_statements_by(request, "they use")})
    assert "Planes could not drop water on the burning warehouse because of the smoke." in quotes(selection)


def test_words_of_somebody_described_are_near() -> None:
    """Where no article describes anybody so, the sentences that answer are shown, but not as their words."""
    selection = tell("What did the boss of the port say about the harbour toll?")
    assert selection.evidence == ()
    assert any("gift" in quote for quote in quotes(selection))
