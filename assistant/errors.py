"""Everything that can go wrong and be told to a person in one line.

AssistantError
├── ConfigError        config.yaml is missing, unreadable or says something that is not allowed
├── QuestionError      the question cannot be asked (empty, too long)
├── ReadError          a file of articles cannot be read; carries why, the caller knows which
├── ModelError         the embedding model is missing, altered or unusable
├── LibraryError       the index cannot be used
│   ├── NoLibrary          nothing has been built there yet
│   ├── LibraryMismatch    built by another format, model or passage setting
│   ├── LibraryDamaged     what is on disk does not hold together
│   └── LibraryLocked      another build is writing to it
├── SessionError       saved conversations cannot be read or written
└── BuildError         nothing could be built from these articles

Every message names the file or setting concerned and what to do about it.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors that are shown to the user as one line."""


class ConfigError(AssistantError):
    """The configuration is missing, unreadable, or holds something that is not allowed."""


class QuestionError(AssistantError):
    """The question cannot be asked."""


class ReadError(AssistantError):
    """A file of articles cannot be read; the message is the reason alone."""


class ModelError(AssistantError):
    """The embedding model is missing, altered or unusable."""


class LibraryError(AssistantError):
    """The index cannot be used."""


class LibraryMissing(LibraryError):
    """Nothing has been built in this folder yet."""


class LibraryMismatch(LibraryError):
    """The index was built by another format version, model or passage setting."""


class LibraryOutdated(LibraryMismatch):
    """The index was built by an older version, and the next build brings it up to date."""


class LibraryDamaged(LibraryError):
    """What is on disk does not hold together."""


class LibraryLocked(LibraryError):
    """Another build is writing to this index."""


class BuildError(AssistantError):
    """Nothing could be built from these articles."""


class ConversationError(AssistantError):
    """Saved conversations cannot be read or written, or there is none of this name."""
