"""What a rebuild would lose: articles whose files no source names now, and those that came without a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.articles.sources.base import Source
from assistant.errors import BuildError
from assistant.indexing.changes import scan_files
from assistant.text.formatting import count_noun

# Causes for which SQLite may read the same file another time.
_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM)


def refuse_to_drop(path: Path, sources: Sequence[Source], dropped: Sequence[str]) -> None:
    """Raise BuildError if the library at `path` has articles that a rebuild from these sources would not have.

    What has been deleted within the sources is no reason. A library that is damaged has nothing to lose; one that
    cannot be read now raises the error of SQLite.
    """
    if not path.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT file, count(*) FROM article GROUP BY file").fetchall()
            files = {str(name) for (name,) in database.execute("SELECT path FROM file")}
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _PASSING:
            raise  # its articles are there, but cannot be seen now
        return
    counts = {str(name): int(count) for name, count in rows}
    orphaned = set(scan_files(sources, files, dropped=dropped).orphaned)
    lost = sum(count for name, count in counts.items() if name in orphaned or name not in files)
    if lost:
        example = next(name for name in counts if name in orphaned or name not in files)
        raise BuildError(
            f"{path.parent}: a rebuild would drop {count_noun(lost, 'article')} that no folder of the settings has, as"
            f" that of {example}; name their folder there, or add --prune"
        )
