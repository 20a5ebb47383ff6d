"""Utterances as evidence."""

from __future__ import annotations

import pytest

from assistant.evidence.statements.utterance_evidence import is_unsaid, join_continuations, make_evidence
from assistant.speech.utterances import Utterance
from tests.support.memory_library import MemoryLibrary, make_article


def utter(text: str) -> list[Utterance]:
    article = make_article("a", text)
    return MemoryLibrary([article]).snapshot().utterances(article)


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [("Ada Quill said the pier is rotten.", False), ("Ada Quill never said “the pier is rotten”.", True)],
)
def test_unsaid_words(text: str, unsaid: bool) -> None:
    """Words that the article says were not said are no words of the speaker."""
    (utterance,) = utter(text)
    assert is_unsaid(utterance) == unsaid
    assert make_evidence(utterance, 0.5).status == utterance.status


def test_continuation_joined_to_scored_words() -> None:
    """The rest of a quotation is shown with the words that have a score; without any, nothing is."""
    first, rest = utter("“The pier is rotten,” Ada Quill said. “We must act before the autumn.” The town waits.")
    (joined,) = join_continuations([(first, 0.8), (rest, None)])
    assert (joined.start, joined.end, joined.score) == (first.span[0], rest.span[1], 0.8)
    assert join_continuations([(first, None), (rest, None)]) == []
