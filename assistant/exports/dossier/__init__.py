"""A dossier as one cited document, one module a format. Every quotation is compared with its article first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from assistant.errors import AssistantError
from assistant.exports.dossier.document import DossierDocument

DossierFormatName = Literal["markdown", "html", "docx", "ris", "csv", "xlsx", "json"]


@dataclass(frozen=True, slots=True)
class DossierFormat:
    """A format of a dossier: its name for people, its file suffix, what it contains, whether it is text."""

    name: DossierFormatName
    label: str
    suffix: str
    description: str
    is_text: bool = True


DOSSIER_FORMATS = (
    DossierFormat("markdown", "Markdown", ".md", "quotations with comments and footnotes"),
    DossierFormat("html", "Web page", ".html", "the same as one file, light and dark"),
    DossierFormat("docx", "Word", ".docx", "the same for Word and LibreOffice", is_text=False),
    DossierFormat("ris", "RIS", ".ris", "the cited articles with the quotations, for reference managers"),
    DossierFormat("csv", "CSV", ".csv", "a row for each quotation"),
    DossierFormat("xlsx", "Excel", ".xlsx", "a row for each quotation", is_text=False),
    DossierFormat("json", "JSON", ".json", "for programs and assistant verify"),
)
assert tuple(each.name for each in DOSSIER_FORMATS) == get_args(DossierFormatName)


def find_dossier_format(name: str) -> DossierFormat:
    """The format with this name. Raises AssistantError if there is none."""
    found = next((each for each in DOSSIER_FORMATS if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in DOSSIER_FORMATS)
        raise AssistantError(f"unknown format {name!r}; choose one of: {names}")
    return found


def export_dossier(document: DossierDocument, name: DossierFormatName) -> bytes:
    """A dossier in a format, as the content of a file."""
    from assistant.exports.dossier import page, records, spreadsheet, word

    if name == "docx":
        return word.render_word(document)
    if name == "xlsx":
        return spreadsheet.render_workbook(document)
    texts = {
        "markdown": page.render_markdown,
        "html": page.render_html,
        "ris": records.render_ris,
        "csv": spreadsheet.render_csv,
        "json": records.render_dossier_json,
    }
    return texts[name](document).encode("utf-8")
