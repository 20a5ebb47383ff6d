"""What every check is given: the settings, the open library, and the diagnosis that it adds to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.config.schema import Config
from assistant.doctor.findings import Diagnosis
from assistant.embedding.model_files import ModelFiles
from assistant.indexing.enrichment import DERIVATION_VERSION
from assistant.store.library import SqliteLibrary


@dataclass(slots=True)
class Examination:
    """One run of the checks. A check may set what later checks need."""

    config: Config
    diagnosis: Diagnosis
    is_building: bool = False  # a build is running in the folder
    model: ModelFiles | None = None
    vectors_file: str = ""  # the FAISS file in use
    opened: SqliteLibrary | None = None

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self.config.index

    @property
    def library(self) -> SqliteLibrary:
        """The open library. Only for checks that run with one."""
        assert self.opened is not None
        return self.opened

    @property
    def is_derivation_current(self) -> bool:
        """Whether statements and duplicates were derived by this version of the program."""
        return self.library.manifest.get("deriving") == str(DERIVATION_VERSION)

    def close(self) -> None:
        """Close the library."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None
