"""A dossier as a page to read: Markdown with footnotes, or a self-contained web page. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.exports.dossier.document import DossierDocument, VerifiedEntry
from assistant.exports.html import FOOT, HEAD, STYLE, render_note
from assistant.exports.layout import describe_place, describe_source, get_safe_url, get_words_url
from assistant.records.answer import Citation
from assistant.text.markdown import escape_inline, escape_markdown
from assistant.text.sanitize import sanitize_line, sanitize_text


def render_markdown(document: DossierDocument) -> str:
    """Quotations as block quotes, each with a footnote; comments as paragraphs."""
    blocks = [f"# {escape_markdown(sanitize_line(document.title))}"]
    notes = []
    for each in document.entries:
        blocks += _render_markdown_entry(each)
        parts = [escape_inline(part) for part in describe_source(each.citation)]
        place = escape_inline(describe_place(each.citation))
        notes.append(f"[^{each.citation.n}]: {', '.join([*parts, *_render_links(each.citation), place])}")
    return "\n\n".join([*blocks, escape_markdown(document.closing_line), *notes]) + "\n"


def _render_markdown_entry(each: VerifiedEntry) -> Iterator[str]:
    cited = each.citation
    if each.entry.comment:
        yield escape_markdown(sanitize_text(each.entry.comment))
    attribution = f"**{escape_markdown(sanitize_line(cited.attribution))}** " if cited.attribution else ""
    lines = escape_markdown(sanitize_text(cited.quote)).split("\n")
    lines[0] = attribution + lines[0]
    lines[-1] += f"[^{cited.n}]"
    if cited.days_line:
        lines[-1] += f" {escape_inline(sanitize_line(cited.days_line))}"
    yield "\n".join(f"> {line}".rstrip() for line in lines)
    if each.warning:
        yield f"**{escape_markdown(sanitize_line(each.warning))}**"


def _render_links(cited: Citation) -> Iterator[str]:
    """The address of the article, and the one that opens the words in it; nothing without a web address."""
    if link := get_safe_url(cited):
        yield f"<{link}> ([open the words](<{get_words_url(cited)}>))"


def render_html(document: DossierDocument) -> str:
    """One file without scripts or external resources."""
    heading = escape(sanitize_line(document.title))
    lines = [f"<h1>{heading}</h1>"]
    for each in document.entries:
        lines += _render_html_entry(each)
    lines.append("<ol>")
    for each in document.entries:
        n = each.citation.n
        back = f' <a href="#r1-{n}" aria-label="Back to the text">↩</a>'
        lines.append(f'<li id="n1-{n}" value="{n}">{render_note(each.citation)}{back}</li>')
    lines += ["</ol>", f'<p class="small">{escape(document.closing_line)}</p>']
    return HEAD.format(title=heading, style=STYLE) + "\n".join(lines) + "\n" + FOOT


def _render_html_entry(each: VerifiedEntry) -> Iterator[str]:
    cited = each.citation
    for paragraph in sanitize_text(each.entry.comment).split("\n\n"):
        if paragraph.strip():
            yield f"<p>{escape(paragraph)}</p>".replace("\n", "<br>")
    attribution = f"<b>{escape(sanitize_line(cited.attribution))}</b> " if cited.attribution else ""
    number = f'<sup id="r1-{cited.n}"><a href="#n1-{cited.n}">[{cited.n}]</a></sup>'
    days = f" <small>{escape(sanitize_line(cited.days_line))}</small>" if cited.days_line else ""
    words = escape(sanitize_text(cited.quote))
    yield f'<blockquote dir="auto">{attribution}<q>{words}</q>{number}{days}</blockquote>'
    if each.warning:
        yield f'<p class="doubt">{escape(sanitize_line(each.warning))}</p>'
