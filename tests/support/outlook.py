"""Mails as Outlook saves them (MSG): the container of old Office files with the properties of a mail, uncompressed."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, SMALL_SECTOR = 512, 64  # bytes
MAX_STREAM = 4_095  # bytes of a stream among the small ones
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SENT = 0x00390040  # the tag of the time at which a mail was sent
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def write_msg(texts: Mapping[str, str], sent: datetime, attachments: Mapping[str, bytes]) -> bytes:
    """A mail with these properties by tag ("0037": the subject), sent at this time, with files by their names."""
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    streams = {f"__substg1.0_{tag}001F": text.encode("utf-16-le") for tag, text in texts.items()}
    streams["__properties_version1.0"] = bytes(32) + struct.pack("<IIQ", _SENT, 6, ticks)
    for number, (name, content) in enumerate(attachments.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = content
    return _write_container(streams)


def _write_container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with small streams, in folders of one level."""
    folders = list(dict.fromkeys(path.split("/")[0] for path in streams if "/" in path))
    names = [*folders, *streams]
    body, small, starts = b"", list[int](), dict[str, int]()
    for path, content in streams.items():
        assert 0 < len(content) <= MAX_STREAM, "larger streams are stored in another way"
        starts[path] = len(small)
        count = -(-len(content) // SMALL_SECTOR)
        small += [*range(len(small) + 1, len(small) + count), _END]
        body += content.ljust(count * SMALL_SECTOR, b"\0")
    small_table = _pad(struct.pack(f"<{len(small)}I", *small), b"\xff")

    def list_children(folder: str) -> list[int]:
        inside = [name for name in names if name.rpartition("/")[0] == folder]
        return [names.index(name) + 1 for name in inside]

    following: dict[int, int] = {}
    for folder in ("", *folders):
        children = list_children(folder)
        following |= dict(pairwise(children))
    entries = [_make_entry("Root Entry", _ROOT, _FREE, list_children("")[0], 0, len(body))]
    for number, name in enumerate(names, 1):
        is_folder = name in folders
        entries.append(
            _make_entry(
                name.rpartition("/")[2],
                _STORAGE if is_folder else _STREAM,
                following.get(number, _FREE),
                list_children(name)[0] if is_folder else _FREE,
                0 if is_folder else starts[name],
                0 if is_folder else len(streams[name]),
            )
        )
    table = list[int]()
    directory = _pad(b"".join(entries))
    first = [_add_chain(table, part) for part in (_pad(body), small_table, directory)]
    table.append(_FAT)
    assert len(table) <= SECTOR // 4, "one sector of the table of sectors is enough for small mails"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<6I", 0, 1, first[2], 0, MAX_STREAM + 1, first[1])
    header += struct.pack("<4I", len(small_table) // SECTOR, _END, 0, len(table) - 1) + b"\xff" * 432
    return header + _pad(body) + small_table + directory + _pad(struct.pack(f"<{len(table)}I", *table), b"\xff")


def _add_chain(table: list[int], content: bytes) -> int:
    """The number of the first sector of what is stored next, whose sectors are added to the table."""
    first = len(table)
    table += [*range(first + 1, first + len(content) // SECTOR), _END]
    return first


def _pad(content: bytes, filler: bytes = b"\0") -> bytes:
    return content.ljust(-(-len(content) // SECTOR) * SECTOR, filler)


def _make_entry(name: str, kind: int, following: int, child: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le")
    head = label.ljust(64, b"\0") + struct.pack("<HBB", len(label) + 2, kind, 1)
    return head + struct.pack("<III", _FREE, following, child) + bytes(36) + struct.pack("<IQ", start, size)
