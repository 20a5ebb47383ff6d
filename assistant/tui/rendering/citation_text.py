"""How a citation is written: its words, its number, its source with day and age. Every number leads to its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from textual.content import Content
from textual.style import Style

from assistant.records.answer import Citation
from assistant.records.query import Query
from assistant.text.formatting import join_names
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line
from assistant.tui.rendering.relative_dates import format_day_and_age

NUMBER_STYLE = "bold $text-accent"
LONGEST_TITLE, LONGEST_NAME = 140, 100  # characters shown
SUPPORT_SIGNS = {"verbatim": "❝", "supported": "✓", "unsupported": "⚠"}
SUPPORT_STYLES = {"verbatim": "$text-success", "supported": "$text-success", "unsupported": "bold $text-warning"}


def render_numbers(cited: Iterable[int]) -> Content:
    """The numbers as "[1][3]"; a click on one knows which it is (`find_number_at`)."""
    return link_numbers(Content("".join(f"[{n}]" for n in cited)))


def link_numbers(text: Content) -> Content:
    """`text` in which every "[n]" is a number like those of `render_numbers`."""
    for match in re.finditer(r"\[(\d{1,4})\]", text.plain):
        leading = Style.from_meta({"citation": int(match[1])})
        text = text.stylize(NUMBER_STYLE, *match.span()).stylize(leading, *match.span())
    return text


def find_number_at(style: object) -> int | None:
    """The number of the citation that stands where this style was found, if one does."""
    number = getattr(style, "meta", {}).get("citation")
    return number if isinstance(number, int) else None


def highlight(cited: Citation) -> Content:
    """The words of a citation on one line, those that answer in bold."""
    parts: list[Content | tuple[str, str]] = []
    at = cited.start
    for start, end in (*cited.marks, (cited.end, cited.end)):
        between, words = (cited.quote[a - cited.start : b - cited.start] for a, b in ((at, start), (start, end)))
        parts += [Content(sanitize_fragment(between)), (sanitize_fragment(words), "bold")]
        at = end
    return Content.assemble(*parts)


def render_source(cited: Citation, now: date) -> Content:
    """Title, outlet, day and age of an article, as far as they are known, and who else prints it."""
    parts = [
        (shorten_line(cited.title, LONGEST_TITLE), "italic"),
        *((part, "") for part in _outlet_and_day_parts(cited, now)),
    ]
    others = find_other_outlets(cited)
    if others:
        parts.append((f"also in {join_names(others)}", ""))
    return Content(" · ").join(Content.styled(text, style) for text, style in parts)


def _outlet_and_day_parts(cited: Citation, now: date) -> list[str]:
    outlet = shorten_line(cited.source or "", LONGEST_NAME)
    return [part for part in (outlet, shorten_line(format_day_and_age(cited.published_at, now), LONGEST_NAME)) if part]


def render_outlet_and_day(cited: Citation, now: date) -> str:
    """Outlet, or else title, with day and age, on one line."""
    return " · ".join(
        _outlet_and_day_parts(cited, now)
        if cited.source
        else [shorten_line(cited.title, LONGEST_NAME), *_outlet_and_day_parts(cited, now)]
    )


def find_other_outlets(cited: Citation) -> list[str]:
    """The other outlets that print the story, or the titles where there is no outlet."""
    names = [one.source or one.title for one in cited.copies if not one.source or one.source != cited.source]
    return [shorten_line(name, LONGEST_NAME) for name in dict.fromkeys(names)]


def format_attribution(query: Query | None, cited: Citation) -> str:
    """ "Jane Smith: " where the question asks who speaks and the sentence itself does not say; else nothing."""
    if query is None or not query.traits.shows_speaker or not cited.speaker or names_speaker(cited):
        return ""
    return f"{sanitize_line(cited.speaker)}: "


def names_speaker(cited: Citation) -> bool:
    """Whether the words themselves say whose they are."""
    return any(word in cited.quote for word in (cited.speaker or "").split()[-1:])
