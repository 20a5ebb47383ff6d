"""Export formats for answers, one module each. A terminal can show any export safely."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from assistant.answers.events import make_turn
from assistant.errors import AssistantError
from assistant.presentation.json_schema import answer_to_json
from assistant.records.answer import Answer, Turn
from assistant.text.sanitize import UNSAFE_ABOVE_C0, sanitize_line

FormatName = Literal["markdown", "html", "json", "docx", "bibtex", "csl-json", "ris"]
_UNSAFE = re.compile(f"[{UNSAFE_ABOVE_C0}]")  # JSON itself escapes C0 controls
_MAX_NAME_CHARACTERS = 60  # of the question in a file name


@dataclass(frozen=True, slots=True)
class AnswerFormat:
    """An export format: its name for people, its file suffix, and what it contains."""

    name: FormatName
    label: str
    suffix: str
    description: str
    is_text: bool = True


FORMATS = (
    AnswerFormat("markdown", "Markdown", ".md", "text with footnotes"),
    AnswerFormat("html", "Web page", ".html", "one file, notes that link back, light and dark"),
    AnswerFormat("json", "JSON", ".json", "the whole answer, for programs and assistant verify"),
    AnswerFormat("docx", "Word", ".docx", "a document with footnotes", is_text=False),
    AnswerFormat("bibtex", "BibTeX", ".bib", "the cited articles, for LaTeX"),
    AnswerFormat("csl-json", "CSL-JSON", ".csl.json", "the cited articles, for Zotero and pandoc"),
    AnswerFormat("ris", "RIS", ".ris", "the cited articles, for EndNote, Zotero, Mendeley"),
)
assert tuple(each.name for each in FORMATS) == get_args(FormatName)


def get_format(name: str) -> AnswerFormat:
    """The format with this name. Raises KeyError if there is none."""
    formats: dict[str, AnswerFormat] = {each.name: each for each in FORMATS}
    return formats[name]


def export_turns(turns: Sequence[Turn], name: FormatName, title: str | None = None, *, on: date | None = None) -> str:
    """Answers in a format, as text that ends with a newline: a conversation if there is a `title`, else one answer.

    `on` is the day of the export, by default today. Raises AssistantError for a format that is not text.
    """
    if not get_format(name).is_text:
        raise AssistantError(f"{name} is not text: export it to a file")
    return export_bytes(turns, name, title, on=on).decode("utf-8")


def export_bytes(turns: Sequence[Turn], name: FormatName, title: str | None = None, *, on: date | None = None) -> bytes:
    """`export_turns` for all formats, as the bytes of a file; text is UTF-8."""
    from assistant.exports import docx

    day = on or date.today()
    if name == "docx":
        return docx.render_docx(turns, title, day)
    return _render_text(turns, name, title, day).encode("utf-8")


def _render_text(turns: Sequence[Turn], name: FormatName, title: str | None, day: date) -> str:
    from assistant.exports import bibtex, csl_json, html, markdown, ris

    citations = [cited for turn in turns for cited in turn.answer.citations]
    match name:
        case "markdown":
            return markdown.render_markdown(turns, title, day)
        case "html":
            return html.render_html(turns, title, day)
        case "bibtex":
            return bibtex.render_bibtex(citations, day)
        case "ris":
            return ris.render_ris(citations, day)
        case "csl-json":
            return render_json(csl_json.build_csl_items(citations, day))
    answers = [answer_to_json(turn.answer) for turn in turns]
    return render_json(answers if title is not None else answers[0])


def export_answer(answer: Answer, name: str) -> str:
    """One answer in a format, as text that ends with a newline. Raises AssistantError if the format is unknown."""
    formats = {each.name: each for each in FORMATS}
    chosen = next((known for known in formats if known == name), None)
    if chosen is None:
        raise AssistantError(f"unknown format {name!r}; choose one of: {', '.join(formats)}")
    return export_turns([make_turn(answer)], chosen)


def render_json(value: Any) -> str:
    """Indented JSON. Characters that could control a terminal are written as JSON escapes, so that nothing is lost."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"


def suggest_file_name(question: str, name: FormatName, on: date) -> str:
    """A file name of letters, digits and hyphens: "what-did-ushakov-say-about-europe-2025-10-05.md"."""
    plain = unicodedata.normalize("NFKC", sanitize_line(question)).lower()
    letters = "".join(char for char in plain if char.isalnum() or char in " -_/.—–")
    words = "-".join(re.split(r"[\s\-_/.—–]+", letters)).strip("-")
    if len(words) > _MAX_NAME_CHARACTERS:
        words = words[:_MAX_NAME_CHARACTERS].rsplit("-", 1)[0]
    return f"{words or 'answer'}-{on.isoformat()}{get_format(name).suffix}"
