"""Every error that is shown to the user as one line.

AssistantError
├── ConfigError             config.yaml is missing, unreadable or not valid
├── QuestionError           the question cannot be asked (empty, too long)
├── ReadError               a file of articles cannot be read; the message is only the reason
│   └── ReaderFailed            its reader failed by a fault of the program, or its process crashed
├── ModelError              the embedding model or the ranker is missing, altered or unusable
├── LibraryError            the index cannot be used
│   ├── LibraryMissing          nothing was built in this folder yet
│   ├── LibraryMismatch         built with another format, model or passage setting
│   │   └── LibraryOutdated         built by an older version; the next build updates it
│   ├── LibraryDamaged          the files on disk are damaged or inconsistent
│   └── LibraryLocked           another build is writing to the index
├── WriterError             the language model or its server failed; the answer without it is shown
├── WebError                an address, feed or path cannot be fetched or added
├── ConversationError       saved conversations cannot be read or written
├── MarksError              marks, notes, the dossier or standing questions cannot be read or changed
│   └── NoSuchTag               no article has a tag; also a QuestionError
├── Interrupted             the user stopped the command; the message says what remains
├── NotPermitted            a reader asked for what only the owner of the library may do
└── BuildError              nothing could be built from these articles

Every message names the file or setting concerned, and what to do.
"""

from __future__ import annotations

NO_MODEL = "no language model is set: set writer.model in config.yaml; `assistant writers` finds some"


class AssistantError(Exception):
    """Base class of all errors that are shown to the user as one line."""


class ConfigError(AssistantError):
    """The configuration is missing, unreadable or not valid."""


class QuestionError(AssistantError):
    """The question cannot be asked."""


class ReadError(AssistantError):
    """A file of articles cannot be read. The message is only the reason; the caller adds the file.

    `missing_module` is the module that has to be installed to read it, if that is the reason.
    """

    def __init__(self, reason: str, missing_module: str = "") -> None:
        super().__init__(reason)
        self.missing_module = missing_module


class ReaderFailed(ReadError):
    """The reader of a file failed by a fault of the program, or its process crashed: it is not known what it has.

    `error` says what failed, without the remedy.
    """

    def __init__(self, error: str) -> None:
        super().__init__(f"its reader failed ({error}); leave the file out, or save it anew")
        self.error = error


class ModelError(AssistantError):
    """The embedding model or the ranker is missing, altered or unusable."""


class LibraryError(AssistantError):
    """The index cannot be used."""


class LibraryMissing(LibraryError):
    """Nothing was built in this folder yet."""


class LibraryMismatch(LibraryError):
    """The index was built with another format version, model or passage setting."""


class LibraryOutdated(LibraryMismatch):
    """The index was built by an older version. The next build updates it."""


class LibraryDamaged(LibraryError):
    """The files on disk are damaged or inconsistent."""


class LibraryLocked(LibraryError):
    """Another build is writing to this index."""


class BuildError(AssistantError):
    """Nothing could be built from these articles."""


class ConversationError(AssistantError):
    """Saved conversations cannot be read or written, or no conversation has this name."""


class MarksError(AssistantError):
    """Marks, notes, the dossier or standing questions cannot be read or changed, or what was named is not there."""


class NoSuchTag(MarksError, QuestionError):
    """No article has a tag that was named. The message says which tags there are."""


class Interrupted(AssistantError):
    """The user stopped the command. The message says what remains, and is shown after "interrupted; "."""


class NotPermitted(AssistantError):
    """A reader of a library asked for something that only its owner may do: settings, builds, folders."""


class WriterError(AssistantError):
    """The language model or its server failed. The answer without it is shown, with this message."""


class WebError(AssistantError):
    """An address must not or cannot be fetched, or what was named cannot be added."""
