"""Answers about words whose speaker was corrected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.presentation.quote_report import describe_verdict, list_notes
from assistant.records.answer import Correction
from tests.conftest import run_build

WRONG = "The row grew.\n\n“The lock will burst,” Ada Brandreth, the keeper, said on Sunday."
NOTE = "An article attributed the words “the lock will burst” to Ada Brandreth. They were spoken by Cosmo Pellew."


@pytest.fixture
def library(assistant: Assistant, write_article: Callable[..., Path]) -> Assistant:
    write_article("wrong.md", WRONG, title="Row", source="Post", published_at="2025-03-02")
    write_article("note.md", NOTE, title="'Correction: lock'", source="Post", published_at="2025-03-04")
    run_build(assistant)
    return assistant


def test_who_said_corrected_words(library: Assistant) -> None:
    """The right speaker comes first; the corrected sentence is marked, and its correction is cited."""
    answer = library.ask("Who said “the lock will burst”?")
    assert [(cited.article_id, cited.speaker, cited.status) for cited in answer.citations] == [
        ("note.md", "Cosmo Pellew", "asserted"),
        ("wrong.md", "Ada Brandreth", "corrected"),
    ]
    assert "Ada Brandreth (corrected): “The lock will burst,”" in answer.answer
    assert answer.corrections == (Correction(2, 1, "2025-03-04"),)
    assert "[2] was corrected on 2025-03-04: see [1]." in answer.notes


def test_words_are_not_given_to_wrong_speaker(library: Assistant) -> None:
    """Asked for the wrong speaker, there is no answer, and the reason tells of the correction."""
    answer = library.ask("What did Brandreth say about the lock?")
    assert answer.abstained
    assert (
        "Words that an article attributed to Ada Brandreth were corrected on 2025-03-04; they are words of "
        "Cosmo Pellew."
    ) in str(answer.reason)
    right = library.ask("What did Pellew say about the lock?")
    assert [cited.article_id for cited in right.citations] == ["note.md"]


def test_quotation_check_of_corrected_words(library: Assistant) -> None:
    """The words are those of the right speaker only."""
    words = "the lock will burst"
    wrong = library.check_quote(words, "Ada Brandreth")
    assert (wrong.verdict, wrong.is_accurate) == ("not_said", False)
    assert describe_verdict(wrong) == (
        "Corrected: the article gave these words to Ada Brandreth, and was corrected on 2025-03-04: the words are "
        "those of Cosmo Pellew."
    )
    right = library.check_quote(words, "Cosmo Pellew")
    assert right.is_accurate
    assert list_notes(right)[-1].startswith("Of Row · Post · 2025-03-02: the article gave these words to Ada Brandreth")
