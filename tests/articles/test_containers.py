"""Archives: what is read from them, and what hostile ones cannot do."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.articles.readers.containers.archives import read_packed
from assistant.articles.readers.containers.embedded import MAX_DEPTH, EmbeddingBudget, describe_unread, open_embedded
from assistant.articles.source_file import UNKNOWN_TIME, EmbeddedFile, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from tests.support.reading import find_fault, read_bytes, read_one

SMALL = ReadingSettings(max_file_mb=1)


def make_zip(**files: bytes) -> bytes:
    """A ZIP archive; the name of each argument is that of a file, with a dot for the last underscore."""
    return zip_files({".".join(name.rsplit("_", 1)): content for name, content in files.items()})


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of files by their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """A tar archive of these members."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def test_files_of_an_archive() -> None:
    """Each file goes to its own reader; hidden files and READMEs are passed over, others named once."""
    names = ("a.txt", "2025/b.md", "__MACOSX/c.txt", ".git/d.txt", "README.txt", "e.png")
    data = zip_files(dict.fromkeys(names, b"It is shut."))
    articles, notices = read_bytes("news.zip", data)
    assert [(article.id, article.path) for article in articles] == [
        ("news.zip/a.txt", "/in/news.zip"),
        ("news.zip/2025/b.md", "/in/news.zip"),
    ]
    assert [notice.reason for notice in notices] == ["not read, as they are of no format that is known: e.png"]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_packed_files(suffix: str, pack: object) -> None:
    """A packed article, and a packed tar archive."""
    assert callable(pack)
    assert read_one(f"a.txt{suffix}", pack(b"It is shut.")).text == "It is shut."
    archive = make_tar((tarfile.TarInfo("news/a.txt"), b"It is shut."))
    assert read_one(f"a.tar{suffix}", pack(archive)).id == f"a.tar{suffix}/news/a.txt"
    assert find_fault(f"a.txt{suffix}", b"plain")
    assert "cut off" in find_fault(f"a.txt{suffix}", pack(b"It is shut. " * 5000)[:40])


def test_tar_links_and_paths() -> None:
    """Links are named and not followed; no name leads out of the archive."""
    link = tarfile.TarInfo("passwd.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    outside = tarfile.TarInfo("../../../etc/a.txt")
    absolute = tarfile.TarInfo("/etc/b.txt")
    articles, notices = read_bytes(
        "a.tar", make_tar((link, b""), (outside, b"It is shut."), (absolute, b"It is open."))
    )
    assert [article.id for article in articles] == ["a.tar/etc/a.txt", "a.tar/etc/b.txt"]
    assert [notice.reason for notice in notices] == ["a link; links in archives are not followed"]


def test_bombs() -> None:
    """What unpacks to far more than it is gives a reason, in bounded memory, and does not stop the other files."""
    bomb = make_zip(bomb_txt=bytes(60_000_000), a_txt=b"It is shut.")
    articles, notices = read_bytes("a.zip", bomb)
    assert [article.text for article in articles] == ["It is shut."]
    assert ["no text does" in notice.reason for notice in notices] == [True]
    assert "unpacks to more" in find_fault("a.txt.gz", gzip.compress(bytes(50_000_000)))
    assert "over reading.max_file_mb" in read_bytes("a.zip", bomb, SMALL)[1][0].reason
    data = gzip.compress(bytes(3_000_000))
    file = SourceFile("/a.txt.gz", "a", len(data), UNKNOWN_TIME, ".gz", lambda _uri: io.BytesIO(data))
    with pytest.raises(ReadError, match="unpacks"):
        list(read_packed(file, SMALL))


def test_nests() -> None:
    """Archives within archives are read to a depth, and not further."""
    data = make_zip(a_txt=b"It is shut.")
    for _ in range(MAX_DEPTH - 1):
        data = make_zip(inner_zip=data)
    assert read_one("a.zip", data).text == "It is shut."
    assert "within each other" in find_fault("a.zip", make_zip(inner_zip=make_zip(inner_zip=data)))


def test_damaged_and_encrypted() -> None:
    """Each has its reason."""
    assert "damaged" in find_fault("a.zip", b"plain text")
    assert "damaged" in find_fault("a.tar", b"plain text" * 200)
    data = bytearray(make_zip(a_txt=b"It is shut."))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert "encrypted" in find_fault("a.zip", bytes(data))


def test_names_of_embedded_files(tmp_path: Path) -> None:
    """A name is a part of an id only; what it says about folders above is dropped."""
    container = SourceFile(str(tmp_path / "a.zip"), "a.zip", 1, UNKNOWN_TIME, ".zip")
    inner = open_embedded(EmbeddedFile("..\\..\\x/./b\u202e.TXT", b""), container)
    assert inner is not None
    assert (inner.article_id, inner.suffix) == ("a.zip/x/b_.TXT", ".txt")
    assert open_embedded(EmbeddedFile(".hidden/a.txt", b""), container) is None
    assert describe_unread(["a.png", "b.png", "c.png", "d.png"]).endswith("a.png, b.png, c.png and 1 more")
    budget = EmbeddingBudget(1, 10)
    budget.spend(EmbeddedFile("a", b"12345"))
    with pytest.raises(ReadError, match="more than"):
        budget.spend(EmbeddedFile("b", b""))
