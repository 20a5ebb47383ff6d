"""The ZIP package in which documents are stored: its parts, within limits that a hostile file cannot exceed."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from assistant.errors import ReadError

MAX_PARTS = 20_000
MAX_RATIO = 200  # of unpacked to packed bytes; text shrinks to a twentieth at most
FREE_BYTES = 4_000_000  # that may be unpacked at any ratio
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Package:
    """A ZIP file in memory. A part is unpacked only when it is read, and never to more than its directory says."""

    def __init__(self, data: bytes, kind: str, max_bytes: int) -> None:
        """`kind` is the format in words. All parts together unpack to at most `max_bytes`. Raises ReadError."""
        self._kind = kind
        if data.startswith(OLE_SIGNATURE):
            raise ReadError(f"encrypted, or of before 2007, and so no {kind}; save it anew without a password")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
            cut = data.startswith(b"PK")
            reason = f"a damaged {kind}, or the file is cut off" if cut else f"this is no {kind}, though it is named so"
            raise ReadError(reason) from error
        parts = self._zip.infolist()
        total = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS:
            raise ReadError(f"{len(parts):,} parts are too many for a {kind}")
        if total > max_bytes or total > FREE_BYTES + MAX_RATIO * len(data):
            raise ReadError(f"unpacks to {total / 1_000_000:,.0f} MB, which is too much for a {kind} of this size")
        self._names = {part.filename: part for part in parts}

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the file."""
        return list(self._names)

    def read(self, name: str) -> bytes | None:
        """The content of a part; None if there is none. Raises ReadError."""
        part = self._names.get(name)
        if part is None:
            return None
        if part.flag_bits & 1:
            raise ReadError("encrypted with a password; save a copy without it")
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise ReadError(f"a damaged {self._kind}: its part {name[:60]} cannot be unpacked") from error

    def parse(self, name: str) -> Any:
        """The root element of a part that is XML; None if there is no such part. Raises ReadError."""
        data = self.read(name)
        return None if data is None else parse_xml(data, f"{self._kind}: its part {name[:60]}")

    def require(self, name: str) -> Any:
        """Like `parse`, for the part that makes the format. Raises ReadError if it is missing."""
        root = self.parse(name)
        if root is None:
            raise ReadError(f"this is no {self._kind}: it has no {name}")
        return root


def parse_xml(data: bytes, what: str) -> Any:
    """The root element of XML, without entities, external files and network. Raises ReadError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"a damaged {what} is not valid XML") from error


def get_local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment or a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def get_attribute(element: Any, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def find_text(root: Any, *names: str) -> str:
    """The text of the first element with one of these local names, tried in their order; empty if there is none."""
    if root is None:
        return ""
    for name in names:
        for element in root.iter("{*}" + name):
            if text := " ".join("".join(element.itertext()).split()):
                return text
    return ""
