"""The speaker before the words of a citation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.presentation.citation_text import format_attribution
from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.records.question_kinds import QueryKind
from assistant.records.statement import StatementStatus, describe_standing


@pytest.mark.parametrize(
    ("kind", "speaker", "quote", "attribution"),
    [
        ("said", "Ada Brandreth", "“It is shut.”", "Ada Brandreth: "),
        ("said", "Ada Brandreth", "“It is shut,” Brandreth said.", ""),
        ("said", None, "“It is shut.”", ""),
        ("other", "Ada Brandreth", "“It is shut.”", ""),
    ],
)
def test_speaker_is_shown_unless_quote_names_them(
    kind: QueryKind, speaker: str | None, quote: str, attribution: str
) -> None:
    """The speaker is named for questions about statements, if the words do not name them."""
    citation = Citation(1, "a", "Title", None, None, None, None, 0, len(quote), quote, speaker, "")
    assert format_attribution(Query("q", kind, ()), citation) == attribution


@pytest.mark.parametrize(
    ("status", "via", "standing"),
    [
        ("asserted", None, ""),
        ("reported", "Ivo Tarn", "according to Ivo Tarn"),
        ("reported", None, "second-hand"),
        ("denied", None, "not said"),
        ("denied", "her lawyer", "not said, according to her lawyer"),
        ("questioned", None, "uncertain whether said"),
        ("corrected", None, "corrected"),
    ],
)
def test_standing_is_shown_even_if_quote_names_speaker(status: StatementStatus, via: str | None, standing: str) -> None:
    """Words that are not simply said are never shown without why."""
    assert describe_standing(status, via) == standing
    quote = "Brandreth denied saying “it is shut”."
    citation = Citation(1, "a", "T", None, None, None, None, 0, len(quote), quote, "Ada Brandreth", "")
    citation = replace(citation, status=status, via=via)
    expected = f"Ada Brandreth ({standing}): " if standing else ""
    assert format_attribution(Query("q", "said", ()), citation) == expected
    assert citation.attribution == expected
    assert format_attribution(Query("q", "other", ()), citation) == ""
