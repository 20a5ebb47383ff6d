"""The Lance tables of a published library, and which version of each a publication names.

A publication is one value in the settings of the table `publication`, which Lance replaces by a conditional write:
readers open each table at the version that it names, so they see all of a publication or nothing of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import ConfigError, LibraryDamaged, LibraryError, LibraryMissing
from assistant.store.queries.columns import MAX_NUMBER
from assistant.store.remedies import PUBLISH_HINT
from assistant.store.sqlite import DamagedRowError

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = ("article", "passage", "statement", "correction", "speaker_word", "story", "version", "file", "word")
PUBLICATION = "publication"
SEPARATOR = "|"  # between the stems of the title and those of the text, in which no token contains it
NAMED, BY_ROLE = "n:", "r:"  # before a speaker in the column `speakers` of a passage: a name, or a role without a name
_KEY = "published"
_USER = re.compile(r"(?<=://)[^/@\s]*@")  # and a password, of an address in a message
_MISSING = re.compile(r"not found|does not exist|no such", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Publication:
    """The version of each table, the manifest of the library, and the number of stems in all passages."""

    versions: Mapping[str, int]
    manifest: Mapping[str, str]
    stems: int


@contextmanager
def lance_errors(uri: str) -> Iterator[None]:
    """Turn the errors of Lance and DuckDB into LibraryError and LibraryDamaged, which name the library."""
    import duckdb
    import pyarrow

    try:
        yield
    except DamagedRowError as error:
        raise LibraryDamaged(f"{uri}: damaged ({error}); {PUBLISH_HINT}") from error
    except (OSError, ValueError, RuntimeError, OverflowError, pyarrow.ArrowException, duckdb.Error) as error:
        reason = _USER.sub("", (str(error).splitlines() or [type(error).__name__])[0][:300])
        raise LibraryError(
            f"{uri}: cannot be used: {reason}; check the address, the access to it and the disk"
        ) from error


def require_lance() -> Any:
    """The module `lance`. Raises ConfigError if the extra is not installed."""
    os.environ.setdefault("LANCE_LOG", "error")  # its warnings would stand among the lines of the program
    try:
        import duckdb  # noqa: F401 - the tables are joined by it
        import lance
    except ImportError as error:
        raise ConfigError("store.kind: lance needs more packages; run: pip install 'news-assistant[lance]'") from error
    return lance


def table_uri(uri: str, name: str) -> str:
    """Where a table of a library is."""
    return f"{uri.rstrip('/')}/{name}.lance"


def open_table(uri: str, name: str, version: int | None = None) -> Any:
    """A table at a version, by default the last that was written; None if there is none.

    Raises the errors of Lance.
    """
    lance = require_lance()
    try:
        return lance.dataset(table_uri(uri, name), version=version)
    except (ValueError, OSError) as error:
        if _MISSING.search(str(error)):
            return None
        raise


def read_publication(uri: str) -> Publication | None:
    """What is published at this address; None if nothing is. Raises LibraryError, LibraryDamaged among them."""
    with lance_errors(uri):
        table = open_table(uri, PUBLICATION)
        found = None if table is None else table.config().get(_KEY)
    if found is None:
        return None
    try:
        match json.loads(found):
            case {"versions": dict(versions), "manifest": dict(manifest), "stems": int(stems)} if (
                all(type(versions.get(name)) is int and 0 < versions[name] < MAX_NUMBER for name in TABLES)
                and all(isinstance(value, str) for value in manifest.values())
                and 0 <= stems < MAX_NUMBER
            ):
                return Publication(versions, manifest, stems)
    except (ValueError, RecursionError):
        pass
    raise LibraryDamaged(f"{uri}: damaged (what is published there cannot be read); {PUBLISH_HINT}")


def write_publication(table: Any, publication: Publication) -> None:
    """Publish: the last step of a build. Raises OSError if another build has published since `table` was opened."""
    table.update_config({_KEY: json.dumps(asdict(publication))})


def require_publication(uri: str) -> Publication:
    """What is published at this address. Raises LibraryMissing if nothing is."""
    publication = read_publication(uri)
    if publication is None:
        raise LibraryMissing(f"{uri}: nothing is published there yet; run: assistant build")
    return publication


def open_published(uri: str, publication: Publication) -> dict[str, Any]:
    """The tables at the versions of a publication. Raises LibraryDamaged if one is gone, and the errors of Lance."""
    tables = {name: open_table(uri, name, publication.versions[name]) for name in TABLES}
    for name, table in tables.items():
        if table is None:
            raise LibraryDamaged(f"{uri}: damaged (its table {name} is gone); {PUBLISH_HINT}")
    return tables
