"""Who is quoted, in words."""

from __future__ import annotations

from assistant.records.answer import Citation
from assistant.records.query import Query


def format_attribution(query: Query, cited: Citation) -> str:
    """The speaker ("Jane Smith: ") if the question asks for statements and the quote does not name them; else empty.

    Words that are not simply said always have the speaker and why: "Jane Smith (according to Ivo Tarn): ".
    """
    return cited.attribution if query.traits.shows_speaker else ""
