"""A dossier as a table, a row for each quotation: CSV or Excel. No cell is a formula."""

from __future__ import annotations

import csv
import io
import re

from assistant.exports.dossier.document import DossierDocument
from assistant.exports.layout import get_safe_url
from assistant.text.sanitize import sanitize_text

HEADER = (
    "number", "quotation", "speaker", "comment", "question", "title", "outlet", "author", "published", "address",
    "place", "article", "start", "end", "article_sha256", "verified",
)  # fmt: skip
MAX_CELL = 32_000  # characters; Excel takes 32,767
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def render_csv(document: DossierDocument) -> str:
    """CSV (RFC 4180) in UTF-8 with its mark, which Excel needs. Text that a program could take for a formula begins
    with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in _list_rows(document):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def render_workbook(document: DossierDocument) -> bytes:
    """An Excel workbook with one sheet; every text is a text, also if it begins as a formula does."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Quotations"
    sheet.append(HEADER)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(_list_rows(document), 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=column in (2, 4))
    for letter, width in zip("ABCDEFGHI", (8, 70, 22, 40, 30, 40, 20, 20, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _list_rows(document: DossierDocument) -> list[list[str | int]]:
    rows = []
    for each in document.entries:
        cited, entry = each.citation, each.entry
        texts = (
            cited.quote, cited.speaker or "", entry.comment, entry.question, cited.title, cited.source or "",
            cited.author or "", cited.published_at or "", get_safe_url(cited), cited.place or "", cited.article_id,
        )  # fmt: skip
        cells: list[str | int] = [sanitize_text(text)[:MAX_CELL] for text in texts]
        rows.append([cited.n, *cells, cited.start, cited.end, cited.article_sha256, each.warning or "verbatim"])
    return rows
