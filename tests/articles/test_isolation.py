"""Files whose reader uses a library in C are read by another process: the same articles; a crash concerns one file."""

from __future__ import annotations

import os
import signal
import socket
import struct
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from assistant.articles.isolation import child, processes
from assistant.articles.isolation.messages import (
    MAX_FRAME,
    Item,
    MessageError,
    receive_frame,
    receive_item,
    receive_message,
    send_item,
    send_message,
)
from assistant.articles.metadata import ParsedFile
from assistant.articles.readers import READERS, read_file
from assistant.articles.source_file import EmbeddedFile, SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from assistant.records.article import Article, Notice, Place

pytestmark = pytest.mark.skipif(not processes.CAN_ISOLATE, reason="this system cannot hand a file to another process")
SENTENCE = "The ferry is late again today, said Ida Roe of the harbour office. "
MAILBOX = "".join(
    f"From a@example.org Mon Oct 27 08:00:00 2025\nFrom: Ida Roe <ida@example.org>\nSubject: Ferry {number}\n"
    f"Date: Mon, 27 Oct 2025 08:00:00 +0000\n\n{SENTENCE * 3}{number}\n\n"
    for number in range(400)
)


def make_file(folder: Path, name: str, content: str) -> SourceFile:
    """A file of a source."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return SourceFile(str(path), name, path.stat().st_size, 1, path.suffix)


def make_page(number: int = 0) -> str:
    """A web page with an article."""
    return f"<html><body><article><h1>Ferry {number}</h1><p>{SENTENCE * 4}</p></article></body></html>"


def read(file: SourceFile) -> list[Article | Notice]:
    """The file as a build reads it."""
    with file.hold() as held:
        items = read_file(held, ReadingSettings(), processes.read_items)
        return [item for item in items if isinstance(item, Article | Notice)]


def find_process(file: SourceFile) -> tuple[Iterator[Item], int]:
    """The items of a file, begun, and the process that reads them."""
    process = processes._ReadingProcess()
    items = process.read(file, ReadingSettings())
    next(items)
    return items, process._process.pid


def test_articles_are_the_same_as_in_this_process(tmp_path: Path) -> None:
    """Web pages, mails and what is attached to them; Markdown stays in this process."""
    attached = (
        "From: Ida Roe <ida@example.org>\nSubject: Ferry\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{SENTENCE * 2}\n--b\nContent-Type: text/html\n"
        f"Content-Disposition: attachment; filename=page.html\n\n{make_page()}\n--b--\n"
    )
    files = [
        make_file(tmp_path, "page.html", make_page()),
        make_file(tmp_path, "empty.html", ""),
        make_file(tmp_path, "mails.mbox", MAILBOX),
        make_file(tmp_path, "mail.eml", attached),
        make_file(tmp_path, "broken.pdf", "%PDF-1.4 and no more"),
        make_file(tmp_path, "note.md", f"# Ferry\n\n{SENTENCE}"),
    ]
    for file in files:
        with file.hold() as held:
            expected = list(read_file(held, ReadingSettings()))
        assert read(file) == expected, file.uri
        assert expected


def test_process_is_used_again(tmp_path: Path) -> None:
    """Starting a process takes much longer than reading a page."""
    file = make_file(tmp_path, "page.html", make_page())
    read(file)
    waiting = processes._POOL._waiting[-1][1]
    read(file)
    assert processes._POOL._waiting[-1][1] is waiting
    assert waiting.is_alive()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGSEGV, "reading it crashed (SIGSEGV)"),
        (signal.SIGABRT, "reading it crashed (SIGABRT)"),
        (signal.SIGXCPU, "more than 60 seconds of processor time"),
        (signal.SIGKILL, "for want of memory"),
    ],
    ids=["segv", "abrt", "xcpu", "kill"],
)
def test_crash_is_a_fault_of_the_file(tmp_path: Path, number: signal.Signals, reason: str) -> None:
    """The reason says what happened; the next file is read."""
    items, pid = find_process(make_file(tmp_path, "mails.mbox", MAILBOX * 3))
    os.kill(pid, number)
    with pytest.raises(ReadError) as raised:
        list(items)
    assert reason in str(raised.value)
    assert isinstance(read(make_file(tmp_path, "page.html", make_page()))[-1], Article)


def test_end_without_a_signal_is_no_fault_of_the_file() -> None:
    """If the process cannot even start, the articles of the file are kept: that takes an OSError."""
    assert isinstance(processes._explain_end(1, processes._Limit(60, "")), OSError)
    assert isinstance(processes._explain_end(None, processes._Limit(60, "")), ReadError)


def test_reading_that_is_given_up_ends_the_process(tmp_path: Path) -> None:
    """What a process still sends about one file is never taken for another."""
    file = make_file(tmp_path, "mails.mbox", MAILBOX)
    with file.hold() as held:
        items = read_file(held, ReadingSettings(), processes.read_items)
        assert isinstance(next(items), Article)
        before = [process for _, process in processes._POOL._waiting]
        cast(Generator[object], items).close()
    assert [process for _, process in processes._POOL._waiting] == before


@pytest.fixture
def channel() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        there.settimeout(60)
        yield here, there


@pytest.mark.parametrize(
    "item",
    [
        Notice("a.html", "why", skipped=False),
        EmbeddedFile("a/b.pdf", b"\x00\xff"),
        ParsedFile(
            "half \ud800 of a pair",
            {"title": "A"},
            3,
            "doubt",
            True,
            True,
            "part",
            (Place(2, "p. 1"),),
            {},
            "its head",
            {"title": "x"},
            "a teaser",
        ),
    ],
    ids=["notice", "embedded", "parsed"],
)
def test_items_arrive_as_they_were(channel: tuple[socket.socket, socket.socket], item: Item) -> None:
    """All that a reader yields."""
    here, there = channel
    send_item(here, item)
    assert receive_item(there, receive_message(there)) == item


def test_fields_arrive_as_an_article_uses_them(channel: tuple[socket.socket, socket.socket]) -> None:
    """Days as text, of an object its name, and nothing that no article can use."""
    here, there = channel
    fields = {"date": date(2025, 10, 27), "author": [{"name": "Ida", "url": "x"}, "Bo"], "made": object(), "url": {}}
    send_item(here, ParsedFile("text", fields))
    received = receive_item(there, receive_message(there))
    assert isinstance(received, ParsedFile)
    assert received.fields == {"date": "2025-10-27", "author": [{"name": "Ida"}, "Bo"]}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"notice": ["a", "b", True]},
        {"notice": [1, "b", True, ""]},
        {"embedded": 5},
        {"parsed": {"text": "a"}},
        {"parsed": {**dict.fromkeys(("line", "reading_note", "part")), "text": 5}},
    ],
    ids=["empty", "short notice", "number", "embedded", "text only", "text of a number"],
)
def test_nonsense_from_the_process_is_refused(
    channel: tuple[socket.socket, socket.socket], message: dict[str, object]
) -> None:
    """A process that a file has taken over can send anything."""
    with pytest.raises(MessageError):
        receive_item(channel[1], message)


def test_place_outside_of_the_text_is_refused(channel: tuple[socket.socket, socket.socket]) -> None:
    """The offsets of places are those of the text."""
    here, there = channel
    send_item(here, ParsedFile("text", places=(Place(5, "p. 1"),)))
    with pytest.raises(MessageError):
        receive_item(there, receive_message(there))


@pytest.mark.parametrize("data", [b"[]", b"{", b"[" * 100_000, b"\xff"], ids=["list", "cut", "nested", "bytes"])
def test_frames_that_are_no_message(channel: tuple[socket.socket, socket.socket], data: bytes) -> None:
    """Each is an error of the other side."""
    here, there = channel
    here.sendall(struct.pack(">Q", len(data)) + data)
    with pytest.raises(MessageError):
        receive_message(there)


def test_frame_has_a_limit(channel: tuple[socket.socket, socket.socket]) -> None:
    """Nothing is reserved for what was only announced."""
    here, there = channel
    here.sendall(struct.pack(">Q", MAX_FRAME + 1))
    with pytest.raises(MessageError, match="too long"):
        receive_frame(there)


def test_process_ends_with_the_other(channel: tuple[socket.socket, socket.socket]) -> None:
    """When the socket is closed, there is nothing to wait for."""
    here, there = channel
    send_message(here, {"no": "file"})
    here.close()
    child.serve(there)


def test_readers_with_a_library_in_c_are_named() -> None:
    """A new reader has to say it."""
    here = {"markdown", "text", "rtf", "csv", "jsonl", "json", "exported", "subtitles", "zip", "tar", "packed"}
    assert {reader.name for reader in READERS if not reader.uses_c_library} == here


def test_modules_of_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has the name of a module lies among the articles: it is not imported by the process that reads."""
    (tmp_path / "json.py").write_text("open('ran', 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    file = make_file(tmp_path, "page.html", make_page())
    process = processes._ReadingProcess()
    assert list(process.read(file, ReadingSettings()))
    process.end()
    assert not (tmp_path / "ran").exists()
