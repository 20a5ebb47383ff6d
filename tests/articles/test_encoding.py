"""Tests of decoding files in other encodings than UTF-8, with a notice or a refusal."""

from __future__ import annotations

import codecs
import random

import pytest

from assistant.articles.readers.encoding import BROKEN, decode_text
from assistant.errors import ReadError

ENGLISH = "The mayor said: “We’ll rebuild the café.” It’s naïve, critics say – and left.\n"
POLISH = "Rzecznik rządu powiedział wczoraj, że budżet na przyszły rok będzie większy. „Mamy środki” – dodał.\n"
RUSSIAN = "«Мы готовы», — сказал Ушаков. Многие европейцы, но не все, препятствуют процессу.\n"
GREEK = "Ο δήμαρχος είπε ότι η γέφυρα θα κλείσει για δύο χρόνια.\n"
TURKISH = "Belediye başkanı köprünün iki yıl kapalı kalacağını söyledi. Işık çok güzel.\n"
JAPANESE = "市長は新しい港について記者会見で話した。住民は反対している。カタカナとひらがな。\n"
CHINESE = "市长在新闻发布会上谈到了新港口。居民们反对这项计划，认为费用太高。\n"
KOREAN = "시장은 새 항구에 대해 기자회견에서 말했다. 주민들은 반대하고 있다.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, JAPANESE, "🙂 " + ENGLISH])
def test_unicode_read_without_notice(text: str, encoding: str) -> None:
    """Unicode with and without a byte order mark is read without a notice."""
    assert decode_text(text.encode(encoding)) == (text, None)


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b""])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_both_byte_orders(encoding: str, bom: bytes) -> None:
    """UTF-16 is read in either byte order, with and without a byte order mark."""
    if bom and (bom == codecs.BOM_UTF16_LE) != (encoding == "utf-16-le"):
        bom = bom[::-1]
    text, remark = decode_text(bom + ENGLISH.encode(encoding))
    assert text == ENGLISH
    assert remark == (None if bom else "decoded as UTF-16")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        ("She met him at a café.", "cp1252"),
        ("The price rose to €500 million – he said.", "cp1252"),
        ("He’s been ratcheting up his critique, most recently in last weekend’s debate.", "cp1252"),
        ("L’été à Paris a été très chaud, a déclaré le maire.", "cp1252"),
        ("« Nous ne céderons pas », a déclaré le président à l’Élysée.\n", "latin-1"),
        ("El alcalde dijo: «¿Por qué no?» La decisión se tomará el próximo año.", "latin-1"),
        (POLISH, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
        ("Привет.", "cp1251"),
        (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "koi8-r"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc-kr"),
    ],
)
@pytest.mark.parametrize("times", [1, 30])
def test_legacy_encodings_decoded_with_notice(text: str, encoding: str, times: int) -> None:
    """Legacy encodings are decoded correctly, with a notice."""
    if encoding == "latin-1":
        text = text.replace("’", "'")
    decoded, remark = decode_text((text * times).encode(encoding))
    assert decoded == text * times
    assert remark is not None
    assert remark.startswith("not UTF-8; decoded as ")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_line_ends_normalized(newline: str, encoding: str) -> None:
    """Every kind of line end becomes a newline."""
    text, _ = decode_text(f"One café{newline}{newline}Two{newline}".encode(encoding))
    assert text == "One café\n\nTwo\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("Fine é line\n".encode() * 3 + b"bad \xff here\n", "byte 43 (line 4)"),
        ("“Quoted”".encode()[:-1], "line 1"),
        ("Ушаков\nсказал".encode()[:-1], "line 2"),
        ("caf\u00e9 in both ".encode() + b"caf\xe9", "line 1"),
    ],
)
def test_broken_utf8_kept_with_note(data: bytes, place: str) -> None:
    """One broken byte costs no article: it is shown as a replacement character, and a note names its line."""
    text, note = decode_text(data)
    assert BROKEN in text
    assert text.replace(BROKEN, "").encode() in data.replace(b"\xff", b"")
    assert note is not None
    assert place in note


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "« Nous ne céderons pas », a déclaré le maire à l’Élysée, où l’on attend.",
        "„Wir können das nicht“, sagte Müller. Große Straßen für Österreich.",
        "«¿Por qué no?» dijo el señor Núñez, y añadió que mañana será otro día.",
    ],
)
def test_encoding_of_old_macs(text: str) -> None:
    """Mac Roman is told from the encodings of Windows by letters that no word has."""
    assert decode_text(text.encode("mac_roman")) == (text, "not UTF-8; decoded as mac_roman")
    assert decode_text(text.encode("cp1252")) == (text, "not UTF-8; decoded as cp1252")


def test_garbled_text_is_told() -> None:
    """Text that was garbled before it was saved stays as it is, with a note; accented capitals are no sign of it."""
    garbled = ENGLISH.encode().decode("cp1252", "replace")
    text, note = decode_text(garbled.encode())
    assert text == garbled
    assert "garbled" in (note or "")
    assert decode_text("SÃO PAULO: Ângela, Conceição e São João.\n".encode())[1] is None


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_wrong_byte_order_mark_refused(text: str, encoding: str) -> None:
    """A file that contradicts its byte order mark is refused."""
    with pytest.raises(ReadError, match=r"marked as UTF-.* but broken at byte"):
        decode_text(text.encode(encoding) + b"\xff")


def _generate_noise(smallest: int, count: int) -> bytes:
    dice = random.Random(7)
    return bytes(dice.randrange(smallest, 256) for _ in range(count))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"PK\x03\x04" + bytes(20),
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + _generate_noise(1, 3000),
        _generate_noise(0, 5000),
        _generate_noise(1, 5000),
        b"plain words, then padding from a crash" + bytes(4000),
        b"one stray zero\x00 among words, in an odd place\n" * 3,
        b"\x1b[31mred\x1b[0m " * 20,
        "Ушаков сказал".encode("utf-16-le"),
    ],
    ids=["png", "zip", "pdf", "noise", "noise without zeros", "padding", "zero", "escapes", "unmarked Russian UTF-16"],
)
def test_binary_data_refused(data: bytes) -> None:
    """Binary data is refused and never decoded as text."""
    with pytest.raises(ReadError, match="binary data"):
        decode_text(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", bytes(5000), b"\x00\n\x00\n"])
def test_empty_file_reported(data: bytes) -> None:
    """An empty file is reported as empty."""
    with pytest.raises(ReadError, match="the file is empty"):
        decode_text(data)
