"""Who is quoted, in words."""

from __future__ import annotations

from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.records.statement import StatementStatus

_STANDINGS: dict[StatementStatus, str] = {
    "reported": "second-hand",
    "denied": "not said",
    "questioned": "uncertain whether said",
    "corrected": "corrected",
}


def format_attribution(query: Query, cited: Citation) -> str:
    """The speaker ("Jane Smith: ") if the question asks for statements and the quote does not name them; else empty.

    Words that are not simply said always have the speaker and why: "Jane Smith (according to Ivo Tarn): ".
    """
    return format_speaker(cited) if query.traits.shows_speaker else ""


def format_speaker(cited: Citation) -> str:
    """As `format_attribution`, whatever the question asks for."""
    if not cited.speaker:
        return ""
    if standing := describe_standing(cited.status, cited.via):
        return f"{cited.speaker} ({standing}): "
    surname = cited.speaker.split()[-1]
    return "" if surname in cited.quote else f"{cited.speaker}: "


def describe_standing(status: StatementStatus, via: str | None) -> str:
    """Whether words were said, and according to whom; empty if the article simply says so."""
    if status == "reported" and via:
        return f"according to {via}"
    parts = [_STANDINGS.get(status, ""), f"according to {via}" if via else ""]
    return ", ".join(part for part in parts if part)
