"""A dossier in every format: the quotations as they are, the comments, the sources, and what is not verbatim."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.answers.verification import read_saved_answers, verify_answer
from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.exports.dossier import DOSSIER_FORMATS, DossierFormatName, export_dossier, find_dossier_format
from assistant.exports.dossier.document import DossierDocument, VerifiedEntry, make_document
from assistant.exports.dossier.page import render_markdown
from assistant.exports.dossier.records import render_ris
from assistant.exports.dossier.spreadsheet import render_csv
from assistant.exports.dossier.word import render_word
from assistant.records.marks import DossierEntry
from tests.support.citations import make_citation

QUOTE = "“=SUM(A1) *stars* <b>bold</b>,” said Anna Roe."
GOOD = make_citation(
    quote=QUOTE, title="Gates | leak", author="Jane Poe", speaker="Anna Roe", url="https://canal.example.org/a"
)
ENTRY = DossierEntry(7, GOOD, "what did Roe say?", "=Ask her.\n\nAnd him.", "2025-03-04T00:00:00+00:00")
DOCUMENT = DossierDocument(
    "The canal",
    (
        VerifiedEntry(ENTRY, replace(GOOD, n=1), None),
        VerifiedEntry(
            replace(ENTRY, comment=""),
            replace(GOOD, n=2, article_id="b.md", url=None, quote="=1+1", start=3, end=7),
            "the article has changed since",
        ),
    ),
)


def render(name: DossierFormatName) -> str:
    return export_dossier(DOCUMENT, name).decode("utf-8")


def test_markdown() -> None:
    text = render("markdown")
    assert text.startswith("# The canal\n\n\\=Ask her.\n\nAnd him.\n\n> “")
    assert "> **Anna Roe:** \\=1+1[^2]" in text
    assert "> “=SUM(A1) \\*stars\\* \\<b\\>bold\\</b\\>,” said Anna Roe.[^1]" in text
    assert "**Not verified: the article has changed since.**" in text
    assert "[^1]: Jane Poe, “Gates \\| leak”, Post, 2025-03-04, <https://canal.example.org/a> ([open" in text
    assert "1 of 2 is not verified, and marked so." in text


def test_html() -> None:
    text = render("html")
    assert "<q>“=SUM(A1) *stars* &lt;b&gt;bold&lt;/b&gt;,” said Anna Roe.</q>" in text
    assert "<script" not in text
    assert '<p class="doubt">Not verified: the article has changed since.</p>' in text
    assert text.count('id="n1-') == 2


def test_word() -> None:
    page = Document(io.BytesIO(export_dossier(DOCUMENT, "docx")))
    lines = [paragraph.text for paragraph in page.paragraphs]
    assert lines[:4] == ["The canal", "=Ask her.", "And him.", f"{QUOTE} [1]"]
    assert "Anna Roe: =1+1 [2]" in lines
    assert "Not verified: the article has changed since." in lines
    assert lines[-3].startswith("[1] Jane Poe, “Gates | leak”, Post, 2025-03-04, https://canal.example.org/a")
    broken = replace(DOCUMENT, title="A\x00\ud800 B")
    assert Document(io.BytesIO(render_word(broken))).paragraphs[0].text.startswith("A")


def test_ris() -> None:
    records = render("ris").split("\r\n\r\n")
    assert len(records) == 2
    lines = records[0].split("\r\n")
    assert lines[:6] == [
        "TY  - NEWS",
        "AU  - Poe, Jane",
        "TI  - Gates | leak",
        "T2  - Post",
        "PY  - 2025",
        "DA  - 2025/03/04/",
    ]
    assert f"N1  - {QUOTE} (characters 10–{10 + len(QUOTE)} of a.md)" in lines
    assert lines[-1] == "ER  - "
    assert "Not verified" in records[1]


def test_dossier_names_program_and_day_and_opens_the_words() -> None:
    """As an exported answer does: when and with what it was made, and a link that opens the words in a browser."""
    dated = replace(DOCUMENT, made_on=date(2026, 11, 29))
    for name in ("markdown", "html"):
        text = export_dossier(dated, name).decode("utf-8")
        assert re.search(r"Exported on 29 November 2026 with News assistant \d", text)
        assert "https://canal.example.org/a#:~:text=" in text
    lines = [each.text for each in Document(io.BytesIO(render_word(dated))).paragraphs]
    assert lines[-1].startswith("Exported on 29 November 2026 with News assistant ")
    assert any("https://canal.example.org/a#:~:text=" in line for line in lines)
    assert "Y2  - 2026/11/29\r\nDB  - News assistant " in render_ris(dated)


def test_csv() -> None:
    """What a program could take for a formula is text."""
    rows = list(csv.DictReader(io.StringIO(render("csv").removeprefix("\ufeff"))))
    assert [row["quotation"] for row in rows] == [QUOTE, "'=1+1"]
    assert rows[0]["comment"] == "'=Ask her.\n\nAnd him."
    assert [row["verified"] for row in rows] == ["verbatim", "Not verified: the article has changed since."]


def test_workbook() -> None:
    sheet = load_workbook(io.BytesIO(export_dossier(DOCUMENT, "xlsx"))).active
    assert sheet["B3"].value == "=1+1"
    assert sheet["B3"].data_type == "s"
    assert sheet["N2"].value == 10 + len(QUOTE)


def test_json() -> None:
    (saved,) = read_saved_answers(render("json"))
    assert [cited["fault"] for cited in saved["citations"]] == [None, "the article has changed since"]
    assert json.loads(render("json"))["citations"][0]["comment"] == ENTRY.comment


def test_verified_at_export(assistant: Assistant, write_article: Callable[..., Path]) -> None:
    """A quotation that its article no longer has is said to be none."""
    write_article("gates.md", "The gates leak. They are old.", title="Gates")
    write_article("oven.md", "The oven is warm.", title="Oven")
    assistant.build()
    for article_id, end in (("gates.md", 15), ("oven.md", 17)):
        article = assistant.article(article_id)
        assert article is not None
        citation = make_citation(article.text[:end], article_id=article_id, start=0, end=end)
        assistant.marks.dossier.add(replace(citation, article_sha256=article.sha256))
    write_article("gates.md", "The gates hold. They are new.", title="Gates")
    assistant.build()
    with assistant.open_library() as library:
        document = make_document(assistant.marks.dossier.list_entries(), library, "Dossier")
        first, second = (each.fault for each in document.entries)
        assert (first or "").startswith("the article has changed since; these words were changed on")
        assert second is None
        (saved,) = read_saved_answers(export_dossier(document, "json").decode())
        assert [check.fault is None for check in verify_answer(saved, library)] == [False, True]
    assert document.faults == 1
    assert [each.citation.n for each in document.entries] == [1, 2]
    for text in (render_markdown(document), render_ris(document), render_csv(document)):
        assert text.count("Not verified") == 1


def test_formats() -> None:
    assert find_dossier_format("docx").suffix == ".docx"
    assert len({each.suffix for each in DOSSIER_FORMATS}) == len(DOSSIER_FORMATS)
    with pytest.raises(AssistantError, match="unknown format 'pdf'; choose one of: markdown, html"):
        find_dossier_format("pdf")


def test_empty_dossier() -> None:
    empty = DossierDocument("Dossier", ())
    for each in DOSSIER_FORMATS:
        assert export_dossier(empty, each.name) or each.name == "ris"
