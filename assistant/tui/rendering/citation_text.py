"""Text of citations: words, numbers, sources with day and age. Each number carries a link to its citation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from textual.content import Content
from textual.style import Style

from assistant.presentation import citation_text
from assistant.records.answer import PARTIAL_MARK, Citation
from assistant.records.query import Query
from assistant.text.formatting import join_names
from assistant.text.sanitize import sanitize_fragment, shorten_line
from assistant.tui.rendering.relative_dates import format_day_and_age

NUMBER_STYLE = "bold $text-accent"
LONGEST_TITLE, LONGEST_NAME = 140, 100  # characters shown
SUPPORT_SIGNS = {"verbatim": "❝", "supported": "✓", "repointed": "✓", "unsupported": "⚠"}
SUPPORT_STYLES = {
    "verbatim": "$text-success",
    "supported": "$text-success",
    "repointed": "$text-success",
    "unsupported": "bold $text-warning",
}


def render_numbers(cited: Iterable[int]) -> Content:
    """The numbers as "[1][3]". `find_number_at` tells which of them was clicked."""
    return link_numbers(Content("".join(f"[{n}]" for n in cited)))


def link_numbers(text: Content) -> Content:
    """`text` with every "[n]" in it turned into a number like those of `render_numbers`."""
    for match in re.finditer(r"\[(\d{1,4})\]", text.plain):
        link = Style.from_meta({"citation": int(match[1])})
        text = text.stylize(NUMBER_STYLE, *match.span()).stylize(link, *match.span())
    return text


def find_number_at(style: object) -> int | None:
    """The citation number at a place with this style, or None if there is none."""
    number = getattr(style, "meta", {}).get("citation")
    return number if isinstance(number, int) else None


def highlight(cited: Citation) -> Content:
    """The words of a citation on one line, with the words that answer in bold."""
    parts: list[Content | tuple[str, str]] = []
    at = cited.start
    for start, end in (*cited.marks, (cited.end, cited.end)):
        between, words = (cited.quote[a - cited.start : b - cited.start] for a, b in ((at, start), (start, end)))
        parts += [Content(sanitize_fragment(between)), (sanitize_fragment(words), "bold")]
        at = end
    return Content.assemble(*parts)


def render_source(cited: Citation, now: date) -> Content:
    """Title, source, day and age of an article, as far as they are known, and the sources of its duplicates."""
    parts = [
        (shorten_line(cited.title, LONGEST_TITLE), "italic"),
        *((part, "") for part in _list_source_and_day(cited, now)),
    ]
    others = find_other_sources(cited)
    if others:
        parts.append((f"also in {join_names(others)}", ""))
    return Content(" · ").join(Content.styled(text, style) for text, style in parts)


def _list_source_and_day(cited: Citation, now: date) -> list[str]:
    source = shorten_line(cited.source or "", LONGEST_NAME)
    day = shorten_line(format_day_and_age(cited.published_at, now), LONGEST_NAME)
    about = (source, day, sanitize_fragment(cited.place or ""), PARTIAL_MARK if cited.partial else "")
    return [part for part in about if part]


def render_source_and_day(cited: Citation, now: date) -> str:
    """One line: the source, or the title if there is none, with day and age."""
    title = [] if cited.source else [shorten_line(cited.title, LONGEST_NAME)]
    return " · ".join([*title, *_list_source_and_day(cited, now)])


def find_other_sources(cited: Citation) -> list[str]:
    """The other sources of the article's duplicates; the title of a duplicate without a source."""
    names = [copy.source or copy.title for copy in cited.copies if not copy.source or copy.source != cited.source]
    return [shorten_line(name, LONGEST_NAME) for name in dict.fromkeys(names)]


def format_attribution(query: Query | None, cited: Citation) -> str:
    """The speaker, if the question asks for words; see `presentation.citation_text`."""
    return "" if query is None else sanitize_fragment(citation_text.format_attribution(query, cited))


def names_speaker(cited: Citation) -> bool:
    """Whether the quoted words name their speaker."""
    return any(word in cited.quote for word in (cited.speaker or "").split()[-1:])
