"""The speaker before the words of a citation."""

from __future__ import annotations

import pytest

from assistant.presentation.citation_text import format_attribution
from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.records.question_kinds import QueryKind


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
