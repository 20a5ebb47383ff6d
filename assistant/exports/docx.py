"""A Word document (Office Open XML): quotations, footnotes that Word numbers, links to the words. No macros."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from assistant.exports.layout import (
    UNSUPPORTED_LABEL,
    AnswerLine,
    describe_place,
    describe_source,
    get_words_url,
    group_lines,
    list_short_answer_citations,
    split_highlights,
    split_note,
)
from assistant.exports.provenance import PROGRAM, describe_export
from assistant.presentation.short_answer import find_short_answer
from assistant.records.answer import Citation, Turn
from assistant.text.sanitize import sanitize_line, sanitize_text

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same answer gives the same bytes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"\
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"\
 ContentType="application/xml"/><Override PartName="/word/document.xml"\
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override\
 PartName="/word/footnotes.xml"\
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override\
 PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_ROOT_LINKS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"\
 Type="{_LINKS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2"\
 Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""
_HEADINGS = (("Title", "Title", 0, 36), ("Heading1", "heading 1", 1, 28), ("Heading2", "heading 2", 2, 22))
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr>\
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>""" + "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
    f'<w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/>'
    f'{f"""<w:outlineLvl w:val="{level - 1}"/>""" if level else ""}</w:pPr>'
    f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    for key, name, level, size in _HEADINGS
) + (
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:ind w:left="567"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
)  # fmt: skip
# Two notes that Word needs for the line above the notes.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)


def render_docx(turns: Sequence[Turn], title: str | None, on: date) -> bytes:
    """Questions and answers as a document, with `title` above them; each number is a footnote."""
    document = _Document()
    if title is not None:
        document.add("Title", _run(sanitize_line(title)))
    for turn in turns:
        document.add("Heading1", _run(sanitize_line(turn.answer.question)))
        document.add_answer(turn)
    document.add("", _run(describe_export(on), "<w:i/>"))
    heading = title if title is not None else turns[0].answer.question
    return document.pack(sanitize_line(heading), on)


class _Document:
    """The paragraphs, notes and links of a document while it is made."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._notes: list[str] = []
        self._links: list[str] = []

    def add(self, style: str, *runs: str) -> None:
        """Add a paragraph of these runs."""
        properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        self._paragraphs.append(f"<w:p>{properties}{''.join(runs)}</w:p>")

    def add_answer(self, turn: Turn) -> None:
        """Add the sentences of an answer with their notes, or what is near to one."""
        answer = turn.answer
        if answer.standalone_question:
            self.add("", _run(f"Understood as: {sanitize_line(answer.standalone_question)}", "<w:i/>"))
        if answer.abstained:
            self._add_refusal(turn)
            return
        if (short := find_short_answer(answer)) is not None:
            marks = (self._add_note(cited) for cited in list_short_answer_citations(short, turn))
            remark = _run(f" ({sanitize_line(short.remark)})") if short.remark else ""
            self.add("", _run(sanitize_line(short.words), "<w:b/>"), *marks, remark)
        for group in group_lines(turn):
            if group.heading:
                self.add("Heading2", _run(sanitize_line(group.heading)))
            for line in group.lines:
                self._add_line(line)
        for note in answer.notes:
            parts = split_note(sanitize_line(note), turn)
            self.add("", *(self._add_note(part) if isinstance(part, Citation) else _run(part) for part in parts))

    def _add_line(self, line: AnswerLine) -> None:
        marks = "".join(map(self._add_note, line.citations))
        if line.quoted_citation is None:
            warning = _run(f" ({UNSUPPORTED_LABEL})", "<w:b/>") if line.sentence.support == "unsupported" else ""
            self.add("", _run(sanitize_line(line.sentence.text)), marks, warning)
            return
        days = sanitize_line(line.quoted_citation.days_line)
        self.add(
            "Quote",
            _run(sanitize_line(line.attribution) + " ", "<w:b/>") if line.attribution else "",
            *_render_words(line.quoted_citation),
            marks,
            _run(f" {days}") if days else "",
        )

    def _add_refusal(self, turn: Turn) -> None:
        answer = turn.answer
        self.add("", _run(answer.heading, "<w:b/>"))
        for cited in answer.nearest:
            who = _run(sanitize_line(cited.attribution) + " ", "<w:b/>") if cited.attribution else ""
            days = _run(f" {sanitize_line(cited.days_line)}") if cited.days_line else ""
            self.add("Quote", who, *_render_words(cited), self._add_note(cited), days)
        if answer.missing_line:
            self.add("", _run(sanitize_line(answer.missing_line), "<w:b/>"))
        self.add("", _run(sanitize_line(answer.reason or "")))

    def _add_note(self, cited: Citation) -> str:
        """Add a footnote with the source; returns the run with its number, which Word counts."""
        number = len(self._notes) + 1
        before, place = ", ".join(describe_source(cited)), describe_place(cited)
        url = get_words_url(cited)
        link = ""
        if url:
            self._links.append(
                f'<Relationship Id="rId{number}" Type="{_LINKS}/hyperlink" Target={quoteattr(url)} '
                'TargetMode="External"/>'
            )
            shown = _run("open the words", '<w:rStyle w:val="Hyperlink"/>')
            link = f'{_run(", ")}<w:hyperlink r:id="rId{number}">{shown}</w:hyperlink>'
        sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{sign}'
            f"{_run(f' {before}')}{link}{_run(f', {place}')}</w:p></w:footnote>"
        )
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def pack(self, title: str, on: date) -> bytes:
        """The parts of the document as a ZIP archive."""
        names = f'xmlns:w="{_MAIN}" xmlns:r="{_LINKS}"'
        own_links = (
            f'<Relationship Id="styles" Type="{_LINKS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="notes" Type="{_LINKS}/footnotes" Target="footnotes.xml"/>'
        )
        core = (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_to_xml(title)}</dc:title><dc:creator>{_to_xml(PROGRAM)}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{on.isoformat()}T00:00:00Z</dcterms:created>'
            "</cp:coreProperties>"
        )
        parts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT_LINKS,
            "docProps/core.xml": core,
            "word/document.xml": (
                f"{_HEAD}<w:document {names}><w:body>{''.join(self._paragraphs)}<w:sectPr/></w:body></w:document>"
            ),
            "word/footnotes.xml": (f"{_HEAD}<w:footnotes {names}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"),
            "word/styles.xml": _STYLES,
            "word/_rels/document.xml.rels": (
                f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{own_links}</Relationships>'
            ),
            "word/_rels/footnotes.xml.rels": (
                f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(self._links)}</Relationships>'
            ),
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def _render_words(cited: Citation) -> Iterator[str]:
    """The quote, with the words that answer highlighted."""
    for piece, answers in split_highlights(cited):
        yield _run(sanitize_text(piece), '<w:highlight w:val="yellow"/>' if answers else "")


def _run(text: str, properties: str = "") -> str:
    """Text with these properties; its line breaks are kept."""
    lines = _to_xml(text).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def _to_xml(text: str) -> str:
    return escape(_NOT_XML.sub("�", text))
