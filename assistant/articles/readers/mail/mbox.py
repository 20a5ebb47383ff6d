"""Mailboxes: many mails in one file, read one by one, so the size of the file is not limited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.mail.message import parse_mail
from assistant.articles.source_file import EmbeddedFile
from assistant.errors import ReadError
from assistant.records.article import Notice

if TYPE_CHECKING:
    from io import BufferedIOBase

    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

_FROM = re.compile(rb"From \S.*\d{4}\s*$")
_ESCAPED_FROM = re.compile(rb">+From ")
_MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^>\s]{1,200})", re.IGNORECASE | re.MULTILINE)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | Notice | EmbeddedFile]:
    """The mails as articles, and their attachments. Raises OSError, and ReadError if the file is no mailbox."""
    limit = settings.max_file_mb * 1_000_000
    used: set[str] = set()
    count = 0
    with file.open() as stream:
        for count, data in enumerate(_iter_messages(stream, limit), 1):
            place = f"{file.uri}, mail {count}"
            if data is None:
                yield Notice(place, f"over reading.max_file_mb ({settings.max_file_mb})")
                continue
            part = _name_message(data)
            if part in used:  # the same mail twice: sent and received
                continue
            used.add(part)
            try:
                yield from parse_mail(data, part)
            except ReadError as error:
                yield Notice(place, str(error))
    if not count:
        raise ReadError("not a mailbox, though it is named so: no line that begins with “From ”")


def _iter_messages(stream: BufferedIOBase, limit: int) -> Iterator[bytes | None]:
    """The bytes of each mail; None for one that is larger than `limit`."""
    lines: list[bytes] | None = None
    size = 0
    is_after_blank = True
    while line := stream.readline(limit):
        if is_after_blank and _FROM.match(line):
            if lines is not None:
                yield b"".join(lines) if size <= limit else None
            lines, size = [], 0
        elif lines is not None:
            size += len(line)
            if size <= limit:
                lines.append(line[1:] if _ESCAPED_FROM.match(line) else line)
            else:
                lines.clear()
        is_after_blank = not line.strip()
    if lines is not None:
        yield b"".join(lines) if size <= limit else None


def _name_message(data: bytes) -> str:
    """What names a mail in its mailbox also after others were deleted: its Message-ID, or its hash."""
    found = _MESSAGE_ID.search(data[:65536])
    return found[1].decode("ascii", "replace").replace("/", "_") if found else hashlib.sha256(data).hexdigest()[:16]
