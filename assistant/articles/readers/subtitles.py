"""WebVTT and SubRip subtitles, as the transcript that they are: one paragraph for each turn of a speaker.

Cue numbers, times, settings and notes are not text. The speaker of a voice tag becomes a label: "Ada Tarn: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import VOICES, Place

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_PARAGRAPH_LENGTH = 700  # characters from which a sentence that ends also ends a paragraph

_SIGNATURE = re.compile(r"WEBVTT(?:[ \t]+[-–—]?[ \t]*(?P<title>[^\n]*))?(?:\n|$)")
_TIMING = re.compile(
    r"\s*(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d\d)[.,]\d{1,3}"
    r"\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>\n]{1,100})>|</v>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[a-z][^<>\n]{0,100}|\d[\d:.]{0,20})?>|\{\\[^{}\n]{0,100}\}", re.IGNORECASE)
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w.’'\- ]{0,40}(?:\([^()\n]{1,40}\))?):\s+(?=\S)")
_TURN_MARK = re.compile(r"(?:>>+|[-–—])\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the file has no subtitles."""
    yield parse_subtitles(load_bytes(file, settings), PurePath(file.uri).stem)


def parse_subtitles(data: bytes, name: str = "") -> ParsedFile:
    """The article in the bytes of a file with subtitles; its title, if it has none, is `name`. Raises ReadError."""
    text, reading_note = decode_text(data)
    signature = _SIGNATURE.match(text)
    title = (signature["title"] or "").strip() if signature else ""
    turns = list(_join_turns(_iter_turns(text)))
    if not turns:
        raise ReadError("no subtitles in this file: no line with the times of a cue (00:00:01.000 --> 00:00:04.000)")
    places: list[Place] = []
    length = 0
    is_marked = {turn.is_voice for turn in turns if turn.is_named} == {True}
    for turn in turns:
        places += [Place(length + offset, time) for offset, time in turn.times]
        length += len(turn.text) + 2
    return ParsedFile(
        "\n\n".join(turn.text for turn in turns),
        {"title": title or name} if title or name else {},
        reading_note=reading_note,
        is_named_by_author=True,
        places=tuple(places),
        origin="its own title" if title else "the name of the file",
        field_origins={"speakers": VOICES} if is_marked else {},
    )


@dataclass(slots=True)
class _Turn:
    """A paragraph of one speaker, and the times in it: offset, "00:04:12". `is_voice`: a mark names the speaker."""

    text: str
    times: list[tuple[int, str]]
    is_named: bool
    is_voice: bool


def _iter_turns(text: str) -> Iterator[tuple[str, str, str, bool]]:
    """The pieces of the cues in order: the label of the speaker, the words, the time of the cue, whether it is a voice.

    The label is empty if the speaker of the piece before goes on.
    """
    for time, lines in _iter_cues(text):
        voice = ""
        for line in lines:
            at = 0
            for match in (*_VOICE.finditer(line), None):
                piece = line[at : match.start() if match else len(line)]
                words = " ".join(unescape(_TAG.sub("", piece)).split())
                if words:
                    yield (*_read_label(words, voice), time, bool(voice))
                if match:
                    voice, at = " ".join(unescape(match["name"] or "").split()), match.end()


def _iter_cues(text: str) -> Iterator[tuple[str, list[str]]]:
    """The time of each cue with its lines of words."""
    lines: list[str] = []
    is_cue, time = False, ""
    for line in (*text.split("\n"), ""):
        timing = _TIMING.match(line)
        if timing:
            if lines:
                yield time, lines[:-1] if lines[-1].strip().isdigit() else lines
            lines, is_cue = [], True
            time = f"{int(timing['hours'] or 0):02}:{int(timing['minutes']):02}:{timing['seconds']}"
        elif not line.strip():
            if lines:
                yield time, lines
            lines, is_cue = [], False
        elif is_cue:
            lines.append(line)


def _read_label(words: str, voice: str) -> tuple[str, str]:
    """The label of the speaker of some words, and the words without it; a mark of a new turn is the label "-"."""
    if voice:
        return voice, words
    mark = _TURN_MARK.match(words)
    rest = words[mark.end() :] if mark else words
    label = _LABEL.match(rest)
    if label and all(word[0].isupper() or not word[0].isalpha() for word in label["name"].split()):
        return label["name"], rest[label.end() :]
    return ("-", rest) if mark and rest else ("", words)


def _join_turns(turns: Iterator[tuple[str, str, str, bool]]) -> Iterator[_Turn]:
    """Paragraphs of the words that one speaker says without a break."""
    speaker, is_voiced, is_named = "", False, False
    pieces: list[str] = []  # joined at the end of the turn only: with each piece, a long one would be copied
    times: list[tuple[int, str]] = []
    length = 0
    for label, words, time, is_voice in turns:
        is_new = label not in ("", speaker) or label == "-"
        is_long = length > MAX_PARAGRAPH_LENGTH and _SENTENCE_END.search(pieces[-1]) is not None
        if pieces and not is_new and not is_long:
            if times[-1][1] != time:
                times.append((length + 1, time))
            pieces.append(words)
            length += len(words) + 1
            continue
        if pieces:
            yield _Turn(" ".join(pieces), times, is_named, is_voiced)
        if is_new:
            speaker, is_voiced = label, is_voice
        is_named = speaker not in ("", "-")
        pieces, times = [f"{speaker}: {words}" if is_named else words], [(0, time)]
        length = len(pieces[0])
    if pieces:
        yield _Turn(" ".join(pieces), times, is_named, is_voiced)
