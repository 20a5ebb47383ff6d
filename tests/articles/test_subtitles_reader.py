"""WebVTT and SubRip files."""

from __future__ import annotations

import pytest

from assistant.articles.readers.subtitles import parse_subtitles
from assistant.errors import ReadError
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.support.reading import read_one

WEBVTT = """WEBVTT - Meeting of the harbour board

NOTE
Transcribed by machine

STYLE
::cue { color: white }

intro
00:00:01.000 --> 00:00:04.000 align:start position:0%
<v Mina Torvald>The crane was built
in <i>1931</i>.</v>

2
00:04.000 --> 00:06.500
<v Mina Torvald>I asked for an inspection &amp; got none.

00:06.500 --> 00:08.000
<v.loud Ole Brandt>Why <00:07.000>was that?</v> <v Mina Torvald>Ask the ministry.</v>
"""

SUBRIP = """1
00:00:01,000 --> 00:00:04,000
MINA TORVALD: The crane was built
in 1931.

2
00:00:04,000 --> 00:00:06,500
{\\an8}I asked for an inspection.

3
00:00:06,500 --> 00:00:08,000
>> OLE BRANDT: Why was that?
4
00:00:08,000 --> 00:00:09,000
- <font color="red">Nobody knows.</font>
- You do.
"""


def test_webvtt() -> None:
    """Each turn of a voice is a paragraph with its name; the title is in the first line of the file."""
    parsed = parse_subtitles(WEBVTT.encode())
    assert parsed.text == (
        "Mina Torvald: The crane was built in 1931. I asked for an inspection & got none.\n\n"
        "Ole Brandt: Why was that?\n\nMina Torvald: Ask the ministry."
    )
    assert parsed.fields == {"title": "Meeting of the harbour board"}


def test_subrip() -> None:
    """A label or a dash begins a turn; numbers, times and markup are not text, also where a blank line is missing."""
    parsed = parse_subtitles(SUBRIP.replace("\n", "\r\n").encode())
    assert parsed.text == (
        "MINA TORVALD: The crane was built in 1931. I asked for an inspection.\n\n"
        "OLE BRANDT: Why was that?\n\nNobody knows.\n\nYou do."
    )
    assert parsed.fields == {}


@pytest.mark.parametrize("subtitles", [WEBVTT, SUBRIP])
def test_turns_are_statements(subtitles: str) -> None:
    """The words belong to the voice or the label."""
    text = parse_subtitles(subtitles.encode()).text
    found = find_statements(make_article(text), sentence_spans(text))
    assert [each.speaker for each in found][:2] == ["Mina Torvald", "Ole Brandt"]
    assert text[found[1].start : found[1].end] == "Why was that?"


def test_long_speech_is_divided() -> None:
    """A speech without a break is divided after whole sentences; each paragraph has the label."""
    cues = "".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:04.000\n<v Mina Torvald>I have seen crane {n} on the quay.</v>\n\n"
        for n in range(40)
    )
    paragraphs = parse_subtitles(f"WEBVTT\n\n{cues}".encode()).text.split("\n\n")
    assert len(paragraphs) == 2
    assert all(each.startswith("Mina Torvald: I have seen") and each.endswith("quay.") for each in paragraphs)


@pytest.mark.parametrize("text", ["WEBVTT\n\nNOTE nothing\n", "The crane fell.\n\n1\nOn Monday.\n"])
def test_no_subtitles(text: str) -> None:
    """A file without cues is an error that says what is missing."""
    with pytest.raises(ReadError, match="no subtitles"):
        parse_subtitles(text.encode())


def test_named_by_the_file() -> None:
    """Without a title of its own, a transcript has the name of its file, and the day in it."""
    article = read_one("Harbour board 2025-03-04.srt", SUBRIP.encode())
    assert (article.title, article.published_at) == ("Harbour board 2025-03-04", "2025-03-04")
    assert dict(article.origins)["title"] == "the name of the file"
    assert read_one("a.vtt", WEBVTT.encode()).title == "Meeting of the harbour board"


@pytest.mark.parametrize(
    ("name", "cue", "speaker"),
    [
        ("a.vtt", "<v Qiriat Zumbol>The crane fell.", "Qiriat Zumbol"),
        ("a.vtt", "<v Tarn>Tarn won two races.", "Tarn"),
        ("a.srt", "ANNA TORVALD: The crane fell.", "Anna Torvald"),
        ("a.srt", "MINA TORVALD: The crane fell.", None),
        ("a.srt", ">> MR. BRANDT: The crane fell.", "Brandt"),
        ("a.srt", "THE CRANE: It fell down.", None),
        ("a.srt", "BREAKING NEWS: The crane fell.", None),
        ("a.srt", "Weather Watch: The crane fell.", None),
        ("a.vtt", "<v Note>The crane fell.", None),
    ],
)
def test_one_turn_is_enough(name: str, cue: str, speaker: str | None) -> None:
    """A voice that the file marks is a speaker also if it speaks once; so is a person in capitals."""
    head = "WEBVTT\n\n" if name.endswith("vtt") else "1\n"
    article = read_one(name, f"{head}00:00:01.000 --> 00:00:04.000\n{cue}\n".encode())
    found = find_statements(article, sentence_spans(article.text))
    assert [each.speaker for each in found if each.cue == ":"] == ([speaker] if speaker else [])


def test_voices_beside_labels() -> None:
    """Where not every name is of a mark, names are what they are in subtitles without marks."""
    cues = ("<v Qiriat Zumbol>The crane fell.", "Weather Watch: It rains.")
    times = "00:00:0{0}.000 --> 00:00:0{0}.500\n{1}\n"
    data = "WEBVTT\n\n" + "\n".join(times.format(number, cue) for number, cue in enumerate(cues))
    article = read_one("a.vtt", data.encode())
    assert article.get_origin("speakers") is None
    assert not [each for each in find_statements(article, sentence_spans(article.text)) if each.cue == ":"]
