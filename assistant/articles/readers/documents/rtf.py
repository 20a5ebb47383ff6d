"""Rich Text Format: the visible text, with the title, author and date that the file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.documents.paragraphs import clean_paragraph, collect_paragraphs
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_DEPTH = 500  # of groups within each other
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|(.)", re.DOTALL
)
# Groups whose text is not that of the document.
_LEFT_OUT = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf"
    " listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles datastore"
    " xmlnstbl fldinst bkmkstart bkmkend annotation atnid atnauthor atndate atnref filetbl nonesttables"
    " defchp defpap pgptbl wgrffmtfilter mmathPr xe tc".split()
)
_PARAGRAPH_ENDS = frozenset("par page sect cell row nestcell nestrow".split())
_SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the file is no RTF or has no text."""
    yield parse_rtf(load_bytes(file, settings))


def parse_rtf(data: bytes) -> ParsedFile:
    """The article in the bytes of an RTF file. Raises ReadError."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReadError("not RTF, though it is named so")
    writer = _Writer()
    for match in _TOKEN.finditer(data):
        writer.take(match)
    text = collect_paragraphs("".join(writer.text).split("\r"))
    if not text:
        raise ReadError("an RTF file without text")
    info = {name: clean_paragraph("".join(words)) for name, words in writer.info.items()}
    return ParsedFile(
        text,
        has_opening=True,
        is_named_by_author=True,
        reading_note=None if not writer.depth else "the file is cut off: its last group is not closed",
        fallback_fields={
            "title": info.get("title"),
            "author": info.get("author"),
            "published_at": "-".join(writer.created[name].zfill(2) for name in ("yr", "mo", "dy"))
            if len(writer.created) == 3
            else None,
        },
    )


class _Writer:
    """Collects the text; a paragraph ends with a carriage return."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.info: dict[str, list[str]] = {}
        self.created: dict[str, str] = {}
        self._groups: list[tuple[str, int, str, bool]] = []
        self._destination = ""  # "" for the text, else the name of what the group is
        self._unicode_skip = 1
        self._encoding = "cp1252"
        self._is_hidden = False
        self._default = "cp1252"
        self._font_encodings: dict[str, str] = {}
        self._font = ""
        self._to_skip = 0
        self._is_optional = False
        self._bytes = bytearray()

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self._groups)

    def take(self, match: re.Match[bytes]) -> None:
        """Read one token."""
        word, number, code, sign, brace, plain, _ = match.groups()
        if code is not None:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._bytes.append(int(code, 16))
            return
        if plain is not None and not self._to_skip:
            self._bytes += plain
            return
        self._flush()
        if brace == b"{":
            self._open()
        elif brace == b"}":
            self._close()
        elif sign is not None:
            self._take_sign(sign)
        elif plain is not None:
            skipped, self._to_skip = plain[self._to_skip :], max(0, self._to_skip - len(plain))
            self._bytes += skipped
        elif word is not None:
            self._take_word(word.decode("ascii"), number.decode("ascii") if number is not None else "")

    def _flush(self) -> None:
        if self._bytes:
            self._write(self._bytes.decode(self._encoding, "replace"))
            self._bytes.clear()

    def _write(self, text: str) -> None:
        if self._is_hidden:
            return
        if not self._destination:
            self.text.append(text)
        elif self._destination in ("title", "author"):
            self.info.setdefault(self._destination, []).append(text)

    def _open(self) -> None:
        if len(self._groups) >= MAX_DEPTH:
            raise ReadError(f"its groups are nested more than {MAX_DEPTH} deep")
        self._groups.append((self._destination, self._unicode_skip, self._encoding, self._is_hidden))
        self._to_skip = 0

    def _close(self) -> None:
        if self._groups:
            self._destination, self._unicode_skip, self._encoding, self._is_hidden = self._groups.pop()
        self._to_skip, self._is_optional = 0, False

    def _take_sign(self, sign: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif sign == b"*":
            self._is_optional = True
        elif sign in b"\\{}":
            self._write(sign.decode("ascii"))
        elif sign == b"~":
            self._write("\u00a0")
        elif sign == b"_":
            self._write("-")
        elif sign in b"\r\n":
            self._write("\r")

    def _take_word(self, word: str, number: str) -> None:
        if self._is_optional or word in _LEFT_OUT:
            self._is_optional = False
            if word not in ("shptxt", "shpinst"):  # a text box
                self._destination = word
                return
        if self._destination == "info" and word in ("title", "author", "creatim"):
            self._destination = word
        elif self._destination == "creatim" and word in ("yr", "mo", "dy"):
            self.created[word] = number
        elif self._destination == "fonttbl" or word in ("f", "ansicpg", "mac"):
            self._take_encoding(word, number)
        elif word == "u" and number:
            self._write_unicode(int(number))
        elif word == "uc" and number:
            self._unicode_skip = max(0, min(10, int(number)))
        else:
            self._take_layout(word, number)

    def _take_layout(self, word: str, number: str) -> None:
        if word in ("v", "deleted"):
            self._is_hidden = number != "0"
        elif word == "plain":
            self._is_hidden = False
        elif word in _PARAGRAPH_ENDS:
            self._write("\r")
        elif word in _SIGNS:
            self._write(_SIGNS[word])

    def _take_encoding(self, word: str, number: str) -> None:
        if word in ("ansicpg", "mac"):
            self._default = self._encoding = "mac_roman" if word == "mac" else _find_codec(f"cp{number}")
        elif self._destination == "fonttbl":
            if word == "f":
                self._font = number
            elif word == "fcharset" and number.isdecimal() and int(number) in _CHARSETS:
                self._font_encodings[self._font] = _CHARSETS[int(number)]
        else:
            encoding = self._font_encodings.get(number, self._default)
            self._encoding = self._default if encoding == "cp1252" else encoding

    def _write_unicode(self, code: int) -> None:
        code %= 65536
        if 0xDC00 <= code < 0xE000 and self.text and 0xD800 <= ord(self.text[-1][-1:] or " ") < 0xDC00:
            pair = self.text[-1][-1] + chr(code)
            self.text[-1] = self.text[-1][:-1] + pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        else:
            self._write(chr(code))
        self._to_skip = self._unicode_skip


def _find_codec(name: str) -> str:
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name
