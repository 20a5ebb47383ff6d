"""A citation's source and attribution in words."""

from __future__ import annotations

from assistant.records.answer import (
    Citation,
)
from assistant.records.query import Query
from assistant.text.formatting import join_names


def format_attribution(query: Query, cited: Citation) -> str:
    """ "Jane Smith: " where the question asks who speaks and the sentence itself does not say; else nothing."""
    if not query.traits.shows_speaker or not cited.speaker:
        return ""
    surname = cited.speaker.split()[-1]
    return "" if surname in cited.quote else f"{cited.speaker}: "


def format_source_line(cited: Citation) -> str:
    """Title, outlet and day of an article, as far as they are known, and who else prints it."""
    line = " · ".join(part for part in (cited.title, cited.source, (cited.published_at or "")[:10]) if part)
    others = list(dict.fromkeys(c.source or c.title for c in cited.copies if not c.source or c.source != cited.source))
    return f"{line} · also in {join_names(others)}" if others else line
