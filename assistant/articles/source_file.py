"""A file that a source of articles offers, as its reader and the detection of changes see it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BufferedIOBase
from typing import TYPE_CHECKING, cast

from assistant.system.files import open_regular_file

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

UNKNOWN_TIME = -1  # `mtime_ns` of a file whose source does not say when it changed
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_local_path(uri: str) -> bool:
    """Whether a URI is the path of a local file or folder: that is a `file:` URI written without its scheme."""
    return _SCHEME.match(uri) is None


def open_local_file(uri: str, root: str | None = None) -> BufferedIOBase:
    """Open the local file at this path, in the folder `root` if one is given. See `open_regular_file`."""
    return cast(BufferedIOBase, open_regular_file(uri, root))


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file within another one: in an archive, or attached to a message. `name` is its path there, with slashes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of an article from where its file came, under the names of its fields.

    `known` counts before what the file says, `defaults` only where the file says nothing.
    """

    known: Mapping[str, object]
    defaults: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a source offers.

    `uri` identifies it in the index: an absolute path for local files, else a URI with its scheme (`https://…`).
    `article_id` is the id of its article unless the file names one. `size` is in bytes. `mtime_ns` is the time of its
    last change in nanoseconds, or UNKNOWN_TIME: its content is then compared at every build. `suffix`, in lower case
    with its dot, selects the reader. `load_origin` gives what is known of the articles from where the file came.
    """

    uri: str
    article_id: str
    size: int
    mtime_ns: int
    suffix: str
    opener: Callable[[str], BufferedIOBase] = field(default=open_local_file, repr=False, compare=False)
    load_origin: Callable[[str], Origin | None] | None = field(default=None, repr=False, compare=False)

    def open(self) -> BufferedIOBase:
        """The content of the file, to be read from its beginning. Raises OSError."""
        return self.opener(self.uri)

    @contextlib.contextmanager
    def hold(self) -> Iterator[SourceFile]:
        """The file, opened once: whatever takes its place meanwhile, each `open` reads the same content from its start.

        Its size and time are those of the opened file. Raises OSError.
        """
        with contextlib.ExitStack() as stack:
            stream = stack.enter_context(self.open())
            held = self
            if is_local_path(self.uri) and isinstance(stream, io.BufferedReader):
                status = os.fstat(stream.fileno())
                held = replace(self, size=status.st_size, mtime_ns=status.st_mtime_ns)
            if not stream.seekable():
                copy = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(stream, copy)
                stream = cast(BufferedIOBase, copy)
            yield held.with_stream(stream)

    def with_stream(self, stream: BufferedIOBase) -> SourceFile:
        """The file with the content of an open stream, which stays open: each `open` reads it from its start."""
        return replace(self, opener=lambda _uri: io.BufferedReader(_Rewound(stream)))

    def read_origin(self) -> Origin | None:
        """What is known of the article from where the file came; None if nothing is."""
        return self.load_origin(self.uri) if self.load_origin is not None else None

    def compute_sha256(self) -> str:
        """The hash of the content, in hexadecimal digits. Raises OSError."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def is_readable(self) -> bool:
        """Whether the file can probably be opened. The content of other than local files is not tried."""
        return not is_local_path(self.uri) or os.access(self.uri, os.R_OK)


class _Rewound(io.RawIOBase):
    """A stream from its beginning, with a position of its own. Closing it leaves the stream open."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self._position = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """The handle of the stream, for another process: it has another position. Raises UnsupportedOperation."""
        return self._stream.fileno()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset from the start, from here or from the end, and return the new position."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}
        self._position = self._stream.seek(offset, whence) if whence not in start else max(0, start[whence] + offset)
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer with the next bytes, and return how many there were."""
        self._stream.seek(self._position)
        count = self._stream.readinto(buffer)
        self._position += count
        return count
