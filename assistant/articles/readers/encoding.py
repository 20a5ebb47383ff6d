"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their byte order marks, older encodings by detection.

A detected encoding is always reported, because a wrong one puts wrong letters into quotations; so are broken bytes,
which are kept as U+FFFD, and text that was garbled before it was saved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.errors import ReadError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
# Encodings that articles have, most common first. The detector knows ninety: for an English text with a few accented
# letters it rates Chinese encodings as likely as these.
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15")
_NON_LATIN = tuple(
    "cp1251 cp932 gb18030 cp949 big5 euc_jp cp1253 cp1255 cp1256 cp874 koi8_r iso8859_5 iso8859_7 cp866".split()
)
_MAC_LATIN = "mac_roman"
# In a wrong encoding, quotation marks and accented letters come out as signs and capitals inside of words.
_MISPLACED = re.compile(
    r"(?<=[a-zß-öø-ÿ])[^\W\d_a-zß-öø-ÿĀ-ž](?=[a-zß-öø-ÿ])|(?<=[^\W\d_])[^\w\s.,;:!?'’‘“”\"()\-‐–—/&@*%+=…«»„­](?=[^\W\d_])"
)
_MISPLACED_CAPITAL = re.compile(
    r"(?<=[^\W\d_])[À-ÖØ-ÞŇŃŐŔĐŽŠŸ](?=[a-z\s.,]|$)|(?<=\s)[ÒÓÔŇ](?=[A-Za-z])|(?<=[^\W\d_])[†‡]"
)
_GARBLED = re.compile(
    "(?:â€[\u0080-\u009f\u2018-\u2122œžŸ¦\u00a0-\u00bf]?|Ã[\u0080-\u00bf\u2018-\u2122ŠŒŽšœžŸƒˆ˜]|Â[\u00a0-\u00bf])"
)
MIN_GARBLED = 2
_GARBLED_SAMPLE = 100_000  # characters
BROKEN = "\ufffd"
MAX_BROKEN = 10  # broken places that a short text can have
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def decode_text(data: bytes) -> tuple[str, str | None]:
    """The text of a file, with newlines as \\n, and a note if the encoding had to be detected.

    Raises ReadError for an empty file, and for binary data.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError("the file is empty")
    text, reading_note = _decode_bytes(data)
    controls = len(_CONTROLS.findall(text[:65536]))
    if controls > max(8, len(text[:65536]) // 100):
        raise ReadError("binary data, not text")
    if text.count(BROKEN) > max(MAX_BROKEN, len(text) // 100):
        raise ReadError("binary data, or text that is damaged throughout")
    return text.replace("\r\n", "\n").replace("\r", "\n"), reading_note or _describe_garbled(text)


def _decode_bytes(data: bytes) -> tuple[str, str | None]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), None
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"marked as {name.removesuffix('-sig').upper()}, but broken at byte {error.start}"
                ) from error
    if b"\x00" in data:
        return _decode_unmarked_utf16(data), "decoded as UTF-16"
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        # In other encodings such sequences are rare accidents; in broken UTF-8 they are the majority.
        if 2 * sum(map(len, _MULTIBYTE.findall(data))) > sum(map(len, _HIGH_BYTES.findall(data))):
            line = data.count(b"\n", 0, error.start) + 1
            text = data.decode("utf-8", "replace")
            count = text.count(BROKEN)
            places = "one place" if count == 1 else f"{count:,} places"
            return text, f"broken UTF-8 in {places}, first at byte {error.start} (line {line}); shown as “{BROKEN}”"
    return _detect_and_decode(data)


def _decode_unmarked_utf16(data: bytes) -> str:
    # In UTF-16, every second byte of Western text is zero. Any other data with zeros is binary.
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    share = len(data[:4096]) // 2
    if odd > share * 0.3 and not even:
        name = "utf-16-le"
    elif even > share * 0.3 and not odd:
        name = "utf-16-be"
    else:
        raise ReadError("binary data, not text")
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError("binary data, not text") from error


def _detect_and_decode(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    runs = _HIGH_BYTES.findall(data)  # accented letters are single, other alphabets fill whole words
    encodings = _LATIN if sum(map(len, runs)) < 2 * len(runs) else _NON_LATIN
    matches = from_bytes(data, cp_isolation=list(encodings))
    if not matches and encodings is _LATIN and not _count_misplaced(data, _MAC_LATIN):
        return data.decode(_MAC_LATIN), f"not UTF-8; decoded as {_MAC_LATIN}"
    if not matches:
        raise ReadError("binary data, or text in an unknown encoding; save it as UTF-8")
    best = min(matches, key=lambda match: (match.chaos, -match.coherence, _rank_encoding(match, encodings)))
    name = encodings[_rank_encoding(best, encodings)]
    if encodings is _LATIN and _count_misplaced(data, _MAC_LATIN) * 2 < _count_misplaced(data, name):
        name = _MAC_LATIN
    return data.decode(name), f"not UTF-8; decoded as {name}"


def _count_misplaced(data: bytes, encoding: str) -> int:
    """The characters of a text that no word has where they stand: "ItŐs na•ve"."""
    text = data.decode(encoding, "replace")
    return len(_MISPLACED.findall(text)) + len(_MISPLACED_CAPITAL.findall(text)) + text.count(BROKEN)


def _describe_garbled(text: str) -> str | None:
    """A note on UTF-8 that was read in another encoding before it was saved: "itâ€™s"."""
    found = _GARBLED.findall(text[:_GARBLED_SAMPLE])
    if len(found) < MIN_GARBLED:
        return None
    return (
        f"the text seems to have been garbled before it was saved (“{found[0]}” for another sign); it is kept as it is"
    )


def _rank_encoding(match: CharsetMatch, encodings: Sequence[str]) -> int:
    """The position in `encodings` of the first encoding that gives the same text as this match."""
    return min(encodings.index(name) for name in match.could_be_from_charset if name in encodings)
