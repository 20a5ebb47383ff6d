"""A file that a source of articles offers, as its reader and the detection of changes see it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path

UNKNOWN_TIME = -1  # `mtime_ns` of a file whose source does not say when it changed
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_local_path(uri: str) -> bool:
    """Whether a URI is the path of a local file or folder: that is a `file:` URI written without its scheme."""
    return _SCHEME.match(uri) is None


def open_local_file(uri: str) -> BufferedIOBase:
    """Open the local file at this path. Raises OSError."""
    return Path(uri).open("rb")


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
