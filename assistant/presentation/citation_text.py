"""Who is quoted, in words."""

from __future__ import annotations

from assistant.records.answer import Citation
from assistant.records.query import Query


def format_attribution(query: Query, cited: Citation) -> str:
    """The speaker ("Jane Smith: ") if the question asks for statements and the quote does not name them; else empty."""
    if not query.traits.shows_speaker or not cited.speaker:
        return ""
    surname = cited.speaker.split()[-1]
    return "" if surname in cited.quote else f"{cited.speaker}: "
