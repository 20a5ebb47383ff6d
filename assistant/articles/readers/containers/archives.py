"""Archives: the files within them, each for its own reader. Nothing is written to the disk, and no link is followed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, cast

from assistant.articles.readers.containers.embedded import MAX_FILES, MAX_SIZE_RATIO
from assistant.articles.readers.documents.package import FREE_BYTES, MAX_RATIO
from assistant.articles.source_file import EmbeddedFile
from assistant.errors import ReadError
from assistant.records.article import Notice

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

_DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError, ValueError,
    RuntimeError, NotImplementedError,
)  # fmt: skip
_DAMAGED = "a damaged archive, or the file is cut off"


def read_zip(file: SourceFile, settings: ReadingSettings) -> Iterator[EmbeddedFile | Notice]:
    """The files of a ZIP archive. Raises OSError, and ReadError."""
    limit = settings.max_file_mb * 1_000_000
    with file.open() as stream:
        try:
            archive = zipfile.ZipFile(cast("IO[bytes]", stream))
        except _DAMAGE as error:
            raise ReadError(_DAMAGED) from error
        members = archive.infolist()
        if len(members) > MAX_FILES:
            raise ReadError(f"{len(members):,} files; archives of up to {MAX_FILES:,} are read: unpack it")
        for member in members:
            if member.is_dir():
                continue
            reason = _explain_zip_member(member, settings)
            if reason:
                yield Notice(f"{file.uri}/{member.filename[:200]}", reason)
                continue
            try:
                with archive.open(member) as content:
                    data = content.read(limit + 1)
            except _DAMAGE:
                yield Notice(f"{file.uri}/{member.filename[:200]}", "damaged in the archive")
                continue
            yield EmbeddedFile(member.filename, data)


def _explain_zip_member(member: zipfile.ZipInfo, settings: ReadingSettings) -> str | None:
    """Why a file of an archive is not read; None if it is."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link; links in archives are not followed"
    if member.flag_bits & 1:
        return "encrypted with a password; unpack it"
    if member.file_size > settings.max_file_mb * 1_000_000:
        return f"{member.file_size / 1_000_000:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})"
    if member.file_size > FREE_BYTES + MAX_RATIO * member.compress_size:
        return f"unpacks to more than {MAX_RATIO} times its size; no text does"
    return None


def read_tar(file: SourceFile, settings: ReadingSettings) -> Iterator[EmbeddedFile | Notice]:
    """The files of a tar archive. Raises OSError, and ReadError."""
    with file.open() as stream:
        yield from _read_tar_stream(stream, file, settings)


def read_packed(file: SourceFile, settings: ReadingSettings) -> Iterator[EmbeddedFile | Notice]:
    """The file that was packed by gzip, bzip2 or xz, or the files of a tar archive in it. Raises OSError, ReadError."""
    opener: Callable[..., io.BufferedIOBase] = {".bz2": bz2.BZ2File, ".xz": lzma.LZMAFile}.get(
        file.suffix, lambda stream: gzip.GzipFile(fileobj=stream)
    )
    name = PurePath(file.uri).name
    inner = name[: -len(file.suffix)]
    with file.open() as stream:
        unpacked = _LimitedStream(opener(stream), file.size, settings.max_file_mb * MAX_SIZE_RATIO * 1_000_000)
        if file.suffix in (".tgz", ".tbz", ".txz") or inner.lower().endswith(".tar"):
            yield from _read_tar_stream(unpacked, file, settings)
            return
        limit = settings.max_file_mb * 1_000_000
        try:
            data = unpacked.read(limit + 1)
        except (*_DAMAGE, OSError) as error:
            raise ReadError(f"{_DAMAGED}, or it is not packed though it is named so") from error
        if len(data) > limit:
            raise ReadError(f"unpacks to more than reading.max_file_mb ({settings.max_file_mb})")
        yield EmbeddedFile(inner or "file", data)


def _read_tar_stream(
    stream: io.BufferedIOBase, file: SourceFile, settings: ReadingSettings
) -> Iterator[EmbeddedFile | Notice]:
    count = 0
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            for member in archive:
                count += 1
                place = f"{file.uri}/{member.name[:200]}"
                if count > MAX_FILES:
                    raise ReadError(f"more than {MAX_FILES:,} files; unpack it")
                if member.issym() or member.islnk():
                    yield Notice(place, "a link; links in archives are not followed")
                elif member.isreg() and member.size > settings.max_file_mb * 1_000_000:
                    size = member.size / 1_000_000
                    yield Notice(place, f"{size:.1f} MB is over reading.max_file_mb ({settings.max_file_mb})")
                elif member.isreg():
                    content = archive.extractfile(member)
                    if content is not None:
                        yield EmbeddedFile(member.name, content.read())
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ReadError(_DAMAGED if count else f"{_DAMAGED}, or it is no tar archive") from error


class _LimitedStream(io.BufferedIOBase):
    """Reads what is unpacked, up to a size and a ratio. Raises ReadError beyond them."""

    def __init__(self, stream: io.BufferedIOBase, packed_bytes: int, max_bytes: int) -> None:
        self._stream = stream
        self._left = min(max_bytes, FREE_BYTES + MAX_RATIO * max(packed_bytes, 1))

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        data = self._stream.read(wanted)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"unpacks to more than {MAX_RATIO} times its size, or to too much; no text does")
        return data
