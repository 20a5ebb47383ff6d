"""Bytes to text: UTF-8 and UTF-16 by their marks, older encodings by detection, never a guess that would
put wrong letters into a quotation without saying so."""

from __future__ import annotations

import codecs
import re

from assistant.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file, with newlines as \\n, and a remark where the encoding had to be detected.

    Raises ReadError for an empty file, binary data, and UTF-8 with broken sequences in it.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError("the file is empty")
    text, remark = _decode(data)
    controls = len(_CONTROLS.findall(text[:65536]))
    if controls > max(8, len(text[:65536]) // 100):
        raise ReadError("binary data, not text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), remark


def _decode(data: bytes) -> tuple[str, str | None]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), None
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"marked as {name.removesuffix('-sig').upper()}, but broken at byte {error.start}"
                ) from error
    if b"\x00" in data:
        return _unmarked_utf16(data), "decoded as UTF-16"
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if _MULTIBYTE.search(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise ReadError(f"broken UTF-8 at byte {error.start} (line {line})") from error
    return _detected(data)


def _unmarked_utf16(data: bytes) -> str:
    # Western text in UTF-16 has a zero in every other byte; anything else with zeros in it is binary.
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    share = len(data[:4096]) // 2
    name = "utf-16-le" if odd > share * 0.3 and not even else "utf-16-be" if even > share * 0.3 and not odd else None
    if name is None:
        raise ReadError("binary data, not text")
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError("binary data, not text") from error


def _detected(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    # Detection on a few accented letters is a coin toss between near-identical code pages; Windows-1252
    # is by far the commonest of them on the web, so it wins every tie that it takes part in.
    best = next((match for match in matches if match.encoding == "cp1252"), None) or matches.best()
    if best is None:
        raise ReadError("binary data, or text in an unknown encoding; save it as UTF-8")
    leader = matches.best()
    if leader is not None and leader.chaos < best.chaos:
        best = leader
    name = best.encoding
    return data.decode(name), f"not UTF-8; decoded as {name}"
