"""Control sequences in the metadata of every format, and entities that grow or read files in every kind of XML."""

from __future__ import annotations

import base64
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from assistant.articles.readers import READERS, read_file
from assistant.articles.source_file import SourceFile
from assistant.cli.app import app
from assistant.config.schema import ReadingSettings
from assistant.errors import WebError
from assistant.records.article import Article
from assistant.web.feeds import parse_feed, parse_opml
from assistant.web.sitemaps import parse_sitemap
from tests.support.documents import Source, write_docx, write_odt, write_pdf

# An OSC that sets the clipboard, a CSI that clears the screen, C1 forms of both, a bidirectional override, a backspace.
EVIL = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b2J\x9d0;evil\x9c\u202egnp.exe\u2066\x08\x08[bold]x[/bold]"
SENTENCE = "The gate is shut, said Ada Poe of the harbour office, and nobody has the key to it."
PLAIN = Source("The gate is shut", (SENTENCE,) * 3)
XML_SAFE = "".join(character for character in EVIL if character >= " ")  # XML 1.0 has no other control characters
CONTROLS = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e", "\u2066"} - {
    "\n",
    "\t",
}  # what separates lines and columns


def rewrite(data: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """A ZIP package with some of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part.decode()) if name in changes else part)
    return result.getvalue()


def retitle(text: str) -> str:
    """XML in which each title is a hostile one."""
    return text.replace(PLAIN.title, XML_SAFE)


def make_mail() -> bytes:
    message = EmailMessage()
    message["From"] = "ada@example.org"
    message.set_content(SENTENCE * 3)
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="a.exe")
    head = b"Subject: =?utf-8?b?" + base64.b64encode(EVIL.encode()) + b"?=\n"
    return head + message.as_bytes().replace(b"a.exe", b"=?utf-8?q?=1B=5B2J=E2=80=AE?=.exe")


def make_archive(kind: str) -> bytes:
    """An archive whose members have names that lead out of it, or are hostile."""
    names = ["../../harmed.txt", "/tmp/harmed.txt", "C:\\harmed.txt", f"{EVIL.replace('/', '')}.txt", "a/../../b.xyz"]
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w") as archive:
            for name in names:
                archive.writestr(name, SENTENCE * 3)
    else:
        with tarfile.open(fileobj=stream, mode="w") as tape:
            for name in names:
                member = tarfile.TarInfo(name)
                member.size = len(SENTENCE)
                tape.addfile(member, io.BytesIO(SENTENCE.encode()))
            for link in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
                member = tarfile.TarInfo("passwd.txt")
                member.type, member.linkname = link, "/etc/passwd"
                tape.addfile(member)
    return stream.getvalue()


def make_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["title", "text", "source"],
        [XML_SAFE.replace("\x08", ""), SENTENCE * 3, XML_SAFE.replace("\x08", "")],
    ):
        sheet.append(["".join(c for c in cell if c >= " ") for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_page() -> bytes:
    return (
        f"<html><head><title>{EVIL}</title><meta name=author content='{EVIL}'>"
        f"<meta property='og:site_name' content='{EVIL}'></head><body><article><h1>{EVIL}</h1>"
        f"<p>{SENTENCE * 3}</p></article></body></html>"
    ).encode()


def list_files() -> dict[str, bytes]:
    """A file of each kind, with hostile metadata."""
    quoted = json.dumps(EVIL)
    head = f"---\ntitle: {quoted}\nsource: {quoted}\nauthor: {quoted}\nunknown: {quoted}\n---\n"
    fields = {"title": EVIL, "source": EVIL, "author": EVIL, "url": f"https://a.example/{EVIL}", "published_at": EVIL}
    cell = EVIL.replace('"', '""')
    return {
        "a.md": (head + SENTENCE).encode(),
        "a.txt": (head + SENTENCE).encode(),
        "a.html": make_page(),
        "a.pdf": write_pdf(Source(EVIL, PLAIN.paragraphs, author=EVIL)),
        "a.docx": rewrite(write_docx(PLAIN), {"word/document.xml": retitle, "docProps/core.xml": retitle}),
        "a.odt": rewrite(write_odt(PLAIN), {"content.xml": retitle, "meta.xml": retitle}),
        "a.rtf": rb"{\rtf1{\info{\title \u27?]52;c;x\u7?\u8238?}}" + SENTENCE.encode() + rb"\par}",
        "a.eml": make_mail(),
        "a.mbox": b"From a@example.org Mon Oct 27 08:00:00 2025\n" + make_mail(),
        "a.csv": f'title,text,"{cell}"\n"{cell}","{SENTENCE}","{cell}"\n'.encode(),
        "a.xlsx": make_workbook(),
        "a.jsonl": (json.dumps({"id": EVIL, "text": SENTENCE, **fields}) + "\n").encode(),
        "a.json": json.dumps([{"id": "b" + EVIL, "text": SENTENCE + " Again.", **fields}]).encode(),
        "a.vtt": f"WEBVTT {EVIL}\n\n00:01.000 --> 00:04.000\n<v {EVIL}>{SENTENCE}\n".encode(),
        "a.zip": make_archive("zip"),
        "a.tar": make_archive("tar"),
        f"{EVIL.replace('/', '')}.txt": SENTENCE.encode(),
        f"{EVIL.replace('/', '')}.xyz": b"x",
    }


def test_nothing_in_metadata_reaches_the_terminal(tmp_path: Path) -> None:
    """Titles, names, fields and reasons of every format, in the build, the lists, an article and an answer."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, data in list_files().items():
        (folder / name).write_bytes(data)
    config = tmp_path / "config.yaml"
    config.write_text(f"articles: {folder}\nindex: index\nranking:\n  model: none\n", encoding="utf-8")
    runner = CliRunner()
    for command in (
        ["build"],
        ["articles", "list"],
        ["articles", "search", "gate"],
        ["ask", "What did Ada Poe say about the gate?"],
        ["speakers"],
        ["stats"],
        ["doctor"],
    ):
        result = runner.invoke(app, [*command, "--config", str(config)])
        assert result.exit_code == 0, (command, result.output)
        assert not CONTROLS & set(result.output), (command, sorted(CONTROLS & set(result.output)))
    assert not list(tmp_path.parent.rglob("harmed.txt"))
    listed = runner.invoke(app, ["articles", "list", "--json", "--config", str(config)])
    assert len(listed.stdout.splitlines()) >= 1


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_archive_reads_nothing_from_outside(tmp_path: Path, kind: str) -> None:
    """Names that lead out of an archive are names only; links and devices in it are not followed."""
    path = tmp_path / f"a.{kind}"
    path.write_bytes(make_archive(kind))
    items = list(read_file(SourceFile(str(path), "a", path.stat().st_size, 0, path.suffix), ReadingSettings()))
    assert not any("root:" in item.text for item in items if isinstance(item, Article))
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{kind}"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)
DOCTYPES = {"laughs": f"{LAUGHS}]>", "file": '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'}


def insert_entity(doctype: str) -> Callable[[str], str]:
    """Changes XML so that it has this DOCTYPE, and its entity in place of the title."""

    def change(text: str) -> str:
        declaration, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        return f"{declaration}{'?>' if declaration else ''}{doctype}{rest.replace(PLAIN.title, '&j;')}"

    return change


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
@pytest.mark.parametrize("suffix", [".docx", ".odt", ".fodt", ".xlsx"])
def test_entities_in_documents_neither_grow_nor_read_files(tmp_path: Path, suffix: str, doctype: str) -> None:
    """The document is refused, or read without what the entity stands for."""
    change = insert_entity(doctype)
    if suffix == ".docx":
        data = rewrite(write_docx(PLAIN), {"word/document.xml": change, "docProps/core.xml": change})
    elif suffix == ".odt":
        data = rewrite(write_odt(PLAIN), {"content.xml": change, "meta.xml": change})
    elif suffix == ".fodt":
        with zipfile.ZipFile(io.BytesIO(write_odt(PLAIN))) as package:
            data = change(package.read("content.xml").decode()).encode()
    else:
        book = make_workbook()
        data = rewrite(book, {"xl/sharedStrings.xml": lambda text: change(text.replace("title", PLAIN.title))})
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    for item in read_file(SourceFile(str(path), "a", len(data), 0, suffix), ReadingSettings()):
        shown = repr(item)
        assert len(shown) < 2_000
        assert "root:" not in shown
        assert "haha" not in shown


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_entities_in_feeds_neither_grow_nor_read_files(doctype: str) -> None:
    """Feeds, sitemaps and lists of feeds."""
    head = f'<?xml version="1.0"?>{doctype}'
    feed = f"{head}<rss version='2.0'><channel><title>&j;</title><item><title>&j;</title><link>https://a.example/&j;</link></item></channel></rss>"
    sitemap = f"{head}<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/&j;</loc></url></urlset>"
    opml = f"{head}<opml><body><outline xmlUrl='https://a.example/&j;' text='&j;'/></body></opml>"
    for parse, data in ((parse_feed, feed), (parse_sitemap, sitemap), (parse_opml, opml)):
        try:
            shown = repr(parse(data.encode(), "https://a.example/"))
        except WebError as error:
            shown = str(error)
        assert len(shown) < 3_000
        assert "root:" not in shown
        assert "haha" not in shown


def test_every_format_is_among_the_files() -> None:
    """A new format needs a file with hostile metadata here; those left out are packages of the same parts."""
    tried = {name[name.rindex(".") :] for name in list_files()}
    left_out = {reader.name for reader in READERS if not tried & set(reader.suffixes)}
    assert left_out == {"exported", "mhtml", "webarchive", "epub", "pptx", "msg", "packed"}
