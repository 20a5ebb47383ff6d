"""Article text on a terminal: no character acts as a command, and all text stays readable."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.text.sanitize import (
    INVISIBLE_CHARACTERS,
    MAX_INVISIBLE,
    format_url,
    sanitize_line,
    sanitize_text,
    shorten_line,
)

CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TAGS = "".join(map(chr, range(0xE0000, 0xE0080)))
INVISIBLE = re.findall(f"[{INVISIBLE_CHARACTERS}]", "".join(map(chr, range(0xE2000))))
SEPARATORS = "\u2028\u2029\ufeff"
HOSTILE = CONTROLS + BIDI + TAGS + SEPARATORS + "\ufdd0\ufffe\uffff\ud800\udfff\xad\u200b\u200c\u200d\u2060\u3164"

# Text with many unsafe characters.
texts = st.text(st.one_of(st.sampled_from(HOSTILE), st.characters()))


@given(texts)
@example(HOSTILE)
@example("\x1b]0;title\x07\x1b[2J\x9b31m\u202eevil\r\n\r\r\n")
def test_control_characters_removed(text: str) -> None:
    """No control character reaches the terminal."""
    shown = sanitize_text(text)
    assert not [
        f"U+{ord(character):04X}"
        for character in shown
        if character not in "\n\t"
        and (unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDI + TAGS + SEPARATORS)
    ]
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters=INVISIBLE)))
@example("Ordinary “text” – naïve café, ½ of £5…")
@example("cafe\u0301 n\u0303 — नमस्ते — שלום — 東京")
@example("👩‍👩‍👧 ❤️ 🇪🇺 می‌خواهم")
def test_ordinary_text_unchanged(text: str) -> None:
    """Ordinary text, also with accents, is unchanged."""
    assert sanitize_text(text) == text


@given(texts)
def test_sanitize_is_idempotent(text: str) -> None:
    """Sanitizing text a second time changes nothing."""
    assert sanitize_text(sanitize_text(text)) == sanitize_text(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\n\ttwo\n", "one\n\ttwo\n"),
        ("one\r\ntwo\r\n", "one\ntwo\n"),
        ("over\rwritten", "over␍written"),
        ("\x1b[31mred\x00\x07\x08\x7f", "␛[31mred␀␇␈␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("\u202etxt.exe\u2066", "⟨U+202E⟩txt.exe⟨U+2066⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("half \ud83d", "half ⟨U+D83D⟩"),
    ],
)
def test_removed_characters_shown_as_symbols(text: str, shown: str) -> None:
    """Removed characters are shown as symbols."""
    assert sanitize_text(text) == shown


@given(texts)
@example("a\x0bb\x0cc\x85d\u2028e\x1cf\r\ng")
def test_single_line_output(text: str) -> None:
    """A single line stays a single line."""
    line = sanitize_line(text)
    assert line.splitlines() in ([], [line])
    assert "\t" not in line
    assert "  " not in line
    assert line == line.strip()


@given(texts, st.integers(1, 40))
def test_truncated_line_fits_and_shows_cut(text: str, width: int) -> None:
    """A truncated line is no longer than the limit and shows that it was cut."""
    line, whole = shorten_line(text, width), sanitize_line(text)
    assert len(line) <= width
    assert line == whole or (line.endswith("…") and whole.startswith(line[:-1]))


def test_flood_of_invisible_characters_counted() -> None:
    """Invisible characters in a row are counted, whichever they are, and those after every letter are shown."""
    for character in INVISIBLE:
        assert sanitize_text(f"gate{character * 400} is shut") == "gate⟨+400⟩ is shut"
        scattered = sanitize_text("".join(letter + character for letter in "the gate is shut"))
        assert character not in scattered
        assert ("⟨U+" in scattered) == (character != "\xad")  # a soft hyphen only says where a word may be divided


def test_default_ignorable_characters_known() -> None:
    """Every format character of Unicode is shown as a symbol, or counted, or a mark that is limited."""
    formats = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    visible = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # number signs
    assert [f"{ord(each):X}" for each in formats if each * 20 in sanitize_text(each * 20) and each not in visible] == []


@pytest.mark.parametrize("text", ["Bundes\xadverfassungs\xadgericht", "a zero\u200bwidth space", "No\u2060.\u20604"])
def test_single_invisible_characters_left_out(text: str) -> None:
    """What pages put into words for the end of a line shows nothing, and is not there to be copied either."""
    assert sanitize_text(text) == re.sub("[\xad\u200b\u2060]", "", text)


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم نمی‌دانم خانه‌های" * 9,
        "क्‍ष श्री‌मान्" * 9,
        "ភាសា\u200bខ្មែរ\u200bសួស្តី" * 9,
        "ภาษา\u200bไทย" * 9,
        "👩‍👩‍👧 🏳️‍🌈 ❤️‍🔥 👩🏽‍🚀" * 9,
        "ᠮᠣᠩᠭᠣᠯ᠋ ᠪᠢᠴᠢᠭ᠌",
    ],
)
def test_joiners_of_scripts_kept(text: str) -> None:
    """Scripts and emoji that need joiners keep them, however many words have one."""
    assert sanitize_text(text) == text


def test_few_invisible_characters_left_out_many_shown() -> None:
    """The limit is the same for all texts."""
    few, many = (
        "".join(f"w{number}\u200b " for number in range(count)) for count in (MAX_INVISIBLE, MAX_INVISIBLE + 1)
    )
    assert "⟨" not in sanitize_text(few)
    assert sanitize_text(many).count("⟨U+200B⟩") == MAX_INVISIBLE + 1


MARKS = "\u0300\u0489\u0e47\u20e0\ufe0f\U000e0100"


def is_mark(character: str) -> bool:
    """Whether a character is one of the combining marks of these tests."""
    return character in MARKS or 0xE0100 <= ord(character) <= 0xE01EF


@given(st.text(st.sampled_from(MARKS + "aё "), max_size=200))
@example("Z" + "\u0300" * 5000)
@example("☺" + "".join(chr(0xE0100 + byte) for byte in b"a message that nobody sees"))
def test_combining_marks_limited_and_counted(text: str) -> None:
    """Stacked combining marks are limited, and the number removed is shown."""
    shown, stacked = sanitize_text(text), 0
    for character in shown:
        stacked = stacked + 1 if character in MARKS or 0xE0100 <= ord(character) <= 0xE01EF else 0
        assert stacked <= 8
    shown_marks = sum(character in MARKS or 0xE0100 <= ord(character) <= 0xE01EF for character in shown)
    counted_marks = sum(int(part.partition("⟩")[0]) for part in shown.split("⟨+")[1:])
    assert shown_marks + counted_marks == sum(
        character in MARKS or 0xE0100 <= ord(character) <= 0xE01EF for character in text
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A"),
        ("https://\u0430pple.com/x", "https://\u0430pple.com/x (leads to xn--pple-43d.com)"),
        ("https://bbc.co.uk@evil.example/news", "https://bbc.co.uk@evil.example/news (leads to evil.example)"),
        ("https://zürich.example/", "https://zürich.example/ (leads to xn--zrich-kva.example)"),
        ("https://[::1/", "https://[::1/ (leads nowhere)"),
        ("https://a..b/", "https://a..b/ (leads nowhere)"),
        ("https://example.com/\u202etxt\x1b]8;;", "https://example.com/⟨U+202E⟩txt␛]8;;"),
    ],
)
def test_link_shown_in_full(url: str, shown: str) -> None:
    """A link is shown in full, and its real target is added if it looks different."""
    assert format_url(url) == shown


@given(texts)
def test_link_on_one_line(text: str) -> None:
    """Any link can be shown on one line."""
    assert len(format_url("https://" + text).splitlines()) == 1
