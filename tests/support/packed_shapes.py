"""Files of packed formats that repeat one thing, as in `shapes`: archives, documents, workbooks, books.

Each function gives the bytes of a file whose unpacked content has about so many characters."""

from __future__ import annotations

import gzip
import io
import plistlib
import tarfile
import zipfile
from collections.abc import Callable, Mapping

from tests.support.documents import Source, write_pdf

PackedShape = Callable[[int], bytes]
SENTENCE = "The gate is shut, said Ada Poe, and nobody at all has the key to it."
_OFFICE = "http://schemas.openxmlformats.org"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def pack(parts: Mapping[str, str]) -> bytes:
    """A ZIP file with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def nest(name: str, depth: int, content: str) -> str:
    """Elements within each other."""
    return f"<{name}>" * depth + content + f"</{name}>" * depth


def write_word(body: str) -> bytes:
    """A Word document with this body."""
    return pack({"word/document.xml": f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'})


def write_slides(slide: str, *, slides: int = 1, named: int = 1, notes: str = "") -> bytes:
    """A presentation of equal slides, each named so many times, all with the same page of notes."""
    names = 'xmlns:a="urn:a" xmlns:p="urn:p" xmlns:r="urn:r"'
    ids = "".join(f'<p:sldId r:id="r{n}"/>' * named for n in range(slides))
    targets = "".join(f'<Relationship Id="r{n}" Target="slides/s{n}.xml"/>' for n in range(slides))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {names}>{ids}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": f"<r>{targets}</r>",
        **{f"ppt/slides/s{n}.xml": f"<p:sld {names}>{slide}</p:sld>" for n in range(slides)},
    }
    if notes:
        target = '<r><Relationship Id="n" Target="../notesSlides/n.xml"/></r>'
        parts |= {f"ppt/slides/_rels/s{n}.xml.rels": target for n in range(slides)}
        parts["ppt/notesSlides/n.xml"] = f"<p:notes {names}>{notes}</p:notes>"
    return pack(parts)


def write_workbook(rows: int, *texts: str) -> bytes:
    """A workbook whose rows all have the first of these shared texts; the others stand nowhere."""
    shared = ["title", "text", "The gate", *texts]
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{0 if n == 1 else 2}</v></c>'
        f'<c r="B{n}" t="s"><v>{1 if n == 1 else 3}</v></c></row>'
        for n in range(1, rows + 2)
    )
    sheet, relation = f"{_OFFICE}/spreadsheetml/2006/main", f"{_OFFICE}/officeDocument/2006/relationships"
    kinds = {"workbook": "sheet.main", "sheet": "worksheet", "texts": "sharedStrings"}
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_SPREADSHEET}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{relation}/{kinds[name]}" Target="{name}.xml"/>'
        for name in ("sheet", "texts")
    )
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">{types}</Types>',
            "xl/workbook.xml": f'<workbook xmlns="{sheet}" xmlns:r="{relation}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="sheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{relations}'
            "</Relationships>",
            "xl/sheet.xml": f'<worksheet xmlns="{sheet}"><sheetData>{cells}</sheetData></worksheet>',
            "xl/texts.xml": f'<sst xmlns="{sheet}">{"".join(f"<si><t>{text}</t></si>" for text in shared)}</sst>',
        }
    )


def write_book(documents: int, *, named: int = 1) -> bytes:
    """A book of equal documents, each named so many times."""
    page = f"<html><body><h1>Gate</h1>{f'<p>{SENTENCE}</p>' * 3}</body></html>"
    items = "".join(f'<item id="i{n}" href="{n}.html" media-type="text/html"/>' for n in range(documents))
    order = "".join(f'<itemref idref="i{n}"/>' * named for n in range(documents))
    return pack(
        {
            "META-INF/container.xml": '<c><rootfiles><rootfile full-path="b.opf"/></rootfiles></c>',
            "b.opf": f"<package><manifest>{items}</manifest><spine>{order}</spine></package>",
            **{f"{n}.html": page for n in range(documents)},
        }
    )


def write_open_document(body: str) -> bytes:
    """An OpenDocument text with this body."""
    names = 'xmlns:office="urn:o" xmlns:text="urn:t"'
    return pack({"content.xml": f"<office:document {names}><office:body>{body}</office:body></office:document>"})


def write_web_archive(page: str, others: int = 0) -> bytes:
    """A page that Safari saved, with so many other values."""
    main = {"WebResourceData": page.encode()}
    return plistlib.dumps({"WebMainResource": main, "x": [{"a": str(n)} for n in range(others)]})


def write_tar(files: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """A tar archive of small files, or of links."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for number in range(files):
            member = tarfile.TarInfo(f"{number}.txt")
            member.type, member.linkname = kind, "/etc/passwd"
            member.size = len(SENTENCE) if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(SENTENCE.encode()))
    return stream.getvalue()


_RUN = "<w:r><w:t>a </w:t></w:r>"
_SLIDE_PARAGRAPH = f"<a:p><a:r><a:t>{SENTENCE}</a:t></a:r></a:p>"
_SHAPE = "<p:sp><p:txBody>{}</p:txBody></p:sp>"


def _fill_slide(size: int) -> str:
    return _SHAPE.format(_SLIDE_PARAGRAPH * (size // 100))


PACKED_SHAPES: Mapping[str, Mapping[str, PackedShape]] = {
    ".pdf": {"paragraphs": lambda size: write_pdf(Source("Gate", (SENTENCE,) * (size // 70)))},
    ".docx": {
        "paragraphs": lambda size: write_word(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" * (size // 100)),
        "runs": lambda size: write_word(f"<w:p>{_RUN * (size // 24)}</w:p>"),
        "paragraphs within each other": lambda size: write_word(nest("w:p", 120, f"<w:p>{_RUN}</w:p>" * (size // 35))),
        "deleted": lambda size: write_word("<w:p><w:del><w:delText>a</w:delText></w:del></w:p>a" * (size // 50)),
    },
    ".odt": {
        "paragraphs": lambda size: write_open_document(f"<text:p>{SENTENCE}</text:p>" * (size // 90)),
        "sections within each other": lambda size: write_open_document(
            nest("text:section", 120, "<text:p>It is shut.</text:p>" * (size // 30))
        ),
    },
    ".pptx": {
        "paragraphs": lambda size: write_slides(_fill_slide(size)),
        "shapes": lambda size: write_slides(_SHAPE.format(_SLIDE_PARAGRAPH) * (size // 140)),
        "bodies of one shape": lambda size: write_slides(
            f"<p:sp>{f'<p:txBody>{_SLIDE_PARAGRAPH}</p:txBody>' * (size // 120)}</p:sp>"
        ),
        "bodies within each other": lambda size: write_slides(nest("p:txBody", 100, _SLIDE_PARAGRAPH * (size // 100))),
        "paragraphs within each other": lambda size: write_slides(
            _SHAPE.format(nest("a:p", 100, _SLIDE_PARAGRAPH * (size // 100)))
        ),
        "one slide named often": lambda size: write_slides(_fill_slide(size), named=size // 20),
        "notes of all slides": lambda size: write_slides(
            _SHAPE.format(_SLIDE_PARAGRAPH), slides=size // 600, notes=_fill_slide(size)
        ),
    },
    ".xlsx": {
        "rows": lambda size: write_workbook(size // 100, SENTENCE),
        "texts": lambda size: write_workbook(1, SENTENCE, *(["x"] * (size // 20))),
    },
    ".epub": {
        "documents": lambda size: write_book(size // 400),
        "one document named often": lambda size: write_book(1, named=size // 22),
    },
    ".webarchive": {
        "paragraphs": lambda size: write_web_archive(f"<p>{SENTENCE}</p>" * (size // 75)),
        "other values": lambda size: write_web_archive(f"<p>{SENTENCE}</p>", size // 50),
    },
    ".zip": {
        "files": lambda size: pack({f"{n}.txt": SENTENCE for n in range(size // 200)}),
        "long names": lambda size: pack({f"{'a/' * 50}{n}.txt": SENTENCE for n in range(size // 300)}),
    },
    ".tar": {
        "files": lambda size: write_tar(size // 1000),
        "links": lambda size: write_tar(size // 500, tarfile.SYMTYPE),
    },
    ".gz": {"JSON lines": lambda size: gzip.compress(f"{SENTENCE}\n".encode() * (size // 70), 1)},
}
