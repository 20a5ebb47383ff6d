"""A dossier as a Word document: quotations with numbers, and the sources at the end."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from assistant.exports.dossier.document import DossierDocument
from assistant.exports.layout import describe_place, describe_source, get_safe_url, get_words_url
from assistant.text.sanitize import sanitize_line, sanitize_text

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_word(document: DossierDocument) -> bytes:
    """A .docx file with the styles of Word for titles and quotations. It contains no fields, links or macros."""
    from docx import Document

    page = Document()
    page.core_properties.title = _clean(sanitize_line(document.title))
    page.core_properties.author = "News assistant"
    page.core_properties.comments = ""
    page.core_properties.created = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    page.add_heading(_clean(sanitize_line(document.title)), 0)
    for each in document.entries:
        cited = each.citation
        for text in filter(str.strip, sanitize_text(each.entry.comment).split("\n\n")):
            page.add_paragraph(_clean(text))
        quotation = page.add_paragraph(style="Quote")
        if cited.attribution:
            quotation.add_run(_clean(sanitize_line(cited.attribution)) + " ").bold = True
        quotation.add_run(_clean(sanitize_text(cited.quote)))
        quotation.add_run(f" [{cited.n}]").font.superscript = True
        if cited.days_line:
            quotation.add_run(" " + _clean(sanitize_line(cited.days_line)))
        if each.warning:
            page.add_paragraph().add_run(_clean(sanitize_line(each.warning))).bold = True
    page.add_heading("Sources", 1)
    for each in document.entries:
        link = get_safe_url(each.citation)
        words = get_words_url(each.citation)
        parts = [*describe_source(each.citation), *([link] if link else []), describe_place(each.citation)]
        source = page.add_paragraph(_clean(f"[{each.citation.n}] {', '.join(parts)}"))
        if words:
            source.add_run(_clean(f" The words: {words}"))
    page.add_paragraph().add_run(document.closing_line).italic = True
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """Text without what XML cannot contain."""
    return _NOT_IN_XML.sub("\ufffd", text)
