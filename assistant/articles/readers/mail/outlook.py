"""Mails that Outlook saved (MSG). Needs the extra `outlook`, which brings a library for the files of old Office."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import FROM_MAIL, ParsedFile
from assistant.articles.readers.documents.markup import extract_paragraphs
from assistant.articles.readers.documents.package import OLE_SIGNATURE
from assistant.articles.readers.whole_file import load_bytes
from assistant.articles.source_file import EmbeddedFile
from assistant.errors import ReadError
from assistant.system.extras import MODULES, describe_installation

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

INSTALL_HINT = f"needs a further library; install it with: {describe_installation('outlook')}"
MAX_ATTACHMENTS = 500

# The tags of MAPI properties.
_SUBJECT, _BODY, _HTML, _SENDER, _SENDER_ADDRESS = "0037", "1000", "1013", "0C1A", "5D01"
_SUBMITTED, _DELIVERED = 0x00390040, 0x0E060040
_LONG_NAME, _SHORT_NAME, _CONTENT = "3707", "3704", "3701"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | EmbeddedFile]:
    """The mail as an article, and its attachments. Raises OSError, and ReadError."""
    yield from parse_msg(load_bytes(file, settings))


def parse_msg(data: bytes) -> Iterator[ParsedFile | EmbeddedFile]:
    """The mail in the bytes of a MSG file, and its attachments. Raises ReadError."""
    try:
        import olefile
    except ImportError as error:
        raise ReadError(INSTALL_HINT, MODULES["outlook"]) from error
    if not data.startswith(OLE_SIGNATURE):
        raise ReadError("not a mail of Outlook, though it is named so")
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            message = _Message(container)
            text = message.read_text(_BODY) or extract_paragraphs(message.read_html())
            fields = {
                "title": message.read_text(_SUBJECT),
                "author": message.read_text(_SENDER) or message.read_text(_SENDER_ADDRESS),
                "published_at": message.read_time(),
            }
            attachments = list(message.list_attachments())
    except (OSError, ValueError, IndexError, struct.error, OverflowError) as error:
        raise ReadError("a damaged mail of Outlook, or the file is cut off") from error
    if text.strip():
        yield ParsedFile(text.strip(), {name: value for name, value in fields.items() if value}, origin=FROM_MAIL)
    elif not attachments:
        raise ReadError("a mail without text")
    yield from attachments


class _Message:
    """The properties of a mail in its container."""

    def __init__(self, container: Any) -> None:
        self._container = container

    def read_text(self, tag: str, folder: str = "") -> str:
        """A property that is text; empty if the mail does not have it."""
        for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1252")):
            content = self._read(f"{folder}__substg1.0_{tag}{kind}")
            if content:
                return content.decode(encoding, "replace").replace("\r\n", "\n").replace("\x00", "")
        return ""

    def read_html(self) -> str:
        """The HTML of the mail; empty if it has none."""
        content = self._read(f"__substg1.0_{_HTML}0102")
        return content.decode("utf-8", "replace") if content else self.read_text(_HTML)

    def read_time(self) -> str:
        """When the mail was sent, or else delivered, as ISO 8601; empty if it does not say."""
        properties = self._read("__properties_version1.0") or b""
        times = {}
        for at in range(32, len(properties) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", properties, at)
            times[tag] = value
        ticks = times.get(_SUBMITTED) or times.get(_DELIVERED)
        return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat(timespec="seconds") if ticks else ""

    def list_attachments(self) -> Iterator[EmbeddedFile]:
        """The attached files."""
        folders = sorted({path[0] for path in self._container.listdir() if path[0].startswith("__attach")})
        for folder in folders[:MAX_ATTACHMENTS]:
            content = self._read(f"{folder}/__substg1.0_{_CONTENT}0102")
            name = self.read_text(_LONG_NAME, f"{folder}/") or self.read_text(_SHORT_NAME, f"{folder}/")
            if content and name:
                yield EmbeddedFile(f"{name.replace('/', '_')}", content)

    def _read(self, path: str) -> bytes | None:
        if not self._container.exists(path):
            return None
        with self._container.openstream(path) as stream:
            content: bytes = stream.read()
        return content
