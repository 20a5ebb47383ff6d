"""Files that are cut off, of another kind than their name says, or that unpack to far more than they are."""

from __future__ import annotations

import gzip
import io
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.articles.readers import READERS, read_file
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.records.article import Article, Notice
from tests.support.documents import Source, write_docx, write_odt, write_pdf

SOURCE = Source("The gate is shut", ("The gate is shut, said Ada Poe, and nobody has the key to it.",) * 3)
BINARY = ("pdf", "docx", "odt", "epub", "pptx", "xlsx", "zip", "tar", "packed", "webarchive")
SUFFIXES = sorted(suffix for reader in READERS if reader.name in BINARY for suffix in reader.suffixes)
MAX_SECONDS = 5.0  # of processor time
FOREIGN = {
    "nothing": b"",
    "a page": b"<html><body><p>The gate is shut.</p></body></html>",
    "a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
    "a head only": b"%PDF-1.7\n",
    "a signature only": b"PK\x03\x04",
    "a packed head": b"\x1f\x8b\x08\x00",
    "noise": random.Random(3).randbytes(5_000),
}


def read_bytes(folder: Path, suffix: str, data: bytes) -> list[Article | Notice]:
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    began = time.thread_time()
    file = SourceFile(str(path), path.name, len(data), 0, suffix)
    items = [item for item in read_file(file, ReadingSettings()) if isinstance(item, Article | Notice)]
    assert time.thread_time() - began < MAX_SECONDS
    assert all(len(str(item)) < 400 and "\n" not in str(item) for item in items if isinstance(item, Notice))
    return items


@pytest.mark.parametrize("kind", FOREIGN)
def test_content_of_another_kind(tmp_path: Path, kind: str) -> None:
    """One line says that the file is not what its name says."""
    for suffix in SUFFIXES:
        items = read_bytes(tmp_path, suffix, FOREIGN[kind])
        assert [type(item) for item in items] == [Notice], (suffix, items)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [(".pdf", write_pdf(SOURCE)), (".docx", write_docx(SOURCE)), (".odt", write_odt(SOURCE))],
    ids=["pdf", "docx", "odt"],
)
def test_file_that_is_cut_off(tmp_path: Path, suffix: str, data: bytes) -> None:
    """Wherever it ends: what can be read is read, or one line says why not."""
    for share in (0.02, 0.3, 0.6, 0.9, 0.999):
        items = read_bytes(tmp_path, suffix, data[: int(len(data) * share)])
        assert items
        assert all(item.text in SOURCE.text or SOURCE.title in item.text for item in items if isinstance(item, Article))


def make_bombs() -> Iterator[tuple[str, bytes]]:
    blank = bytes(60_000_000)
    for suffix, part in (
        (".docx", "word/document.xml"),
        (".odt", "content.xml"),
        (".epub", "META-INF/container.xml"),
        (".pptx", "ppt/presentation.xml"),
        (".xlsx", "xl/workbook.xml"),
        (".zip", "a.txt"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(part, blank)
        yield suffix, stream.getvalue()
    yield ".gz", gzip.compress(blank, 1)


def test_bombs(tmp_path: Path) -> None:
    """What unpacks to a multiple of any text is refused before it is unpacked whole."""
    for suffix, data in make_bombs():
        items = read_bytes(tmp_path, suffix, data)
        assert items, suffix
        assert not any(isinstance(item, Article) for item in items), (suffix, items)


def test_archives_within_each_other(tmp_path: Path) -> None:
    """The depth has a limit, and the line names the file."""
    name, data = "a.txt", b"The gate is shut, said Ada Poe."
    for _ in range(6):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, data)
        name, data = "a.zip", stream.getvalue()
    (notice,) = read_bytes(tmp_path, ".zip", data)
    assert isinstance(notice, Notice)
    assert "within each other" in notice.reason
