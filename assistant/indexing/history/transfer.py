"""A whole library in one ZIP file, and back: articles, earlier texts, what was added, and the files beside the index.

`articles.jsonl` and `versions.jsonl` have one JSON object a line. `beside/` has the files of the two folders beside the
index: `-added` (pages, feeds, values set by hand) and `-kept` (marks, notes, the dossier, standing questions)."""

from __future__ import annotations

import json
import lzma
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.articles.exported import decode_version, encode_article, encode_version
from assistant.articles.sources.added import IMPORTED_FOLDER, PATHS_NAME
from assistant.articles.supplements.own_values import FILE_NAME as VALUES_NAME
from assistant.articles.supplements.own_values import load_entries, save_entries
from assistant.config.schema import Config
from assistant.errors import LibraryError, ReadError
from assistant.indexing.history.databases import remake_database
from assistant.indexing.history.keeping import VersionKeeper
from assistant.indexing.lock import build_lock
from assistant.records.article import ArticleVersion
from assistant.store.library import DATABASE
from assistant.store.protocol import Library
from assistant.store.sqlite import database_errors
from assistant.system.files import open_durably, write_durably
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error, describe_write_error
from assistant.system.tables import connect_to_write

FORMAT = 1
EXPORTED_SUFFIX = ".articles"
MAX_RATIO, FREE_BYTES = 200, 64_000_000  # of unpacked to packed bytes, and what may be unpacked at any ratio
_HEAD, _ARTICLES, _VERSIONS, _BESIDE = "library.json", "articles.jsonl", "versions.jsonl", "beside/"
_FOLDERS = frozenset({"-added", "-kept"})
_PASSING = ("-wal", "-shm", "-journal", ".tmp")  # endings of files that exist only while something is written
_LOCAL = frozenset({PATHS_NAME})  # in the folder of what was added: of no use on another machine


@dataclass(frozen=True, slots=True)
class Transferred:
    """What went into a file or came out of it. `left` are files that were there already and stayed as they are."""

    articles: int
    versions: int
    files: int
    left: tuple[str, ...] = ()


def export_library(config: Config, library: Library, target: Path) -> Transferred:
    """Write the library into a ZIP file, which replaces one of that name only when it is complete. Raises LibraryError.

    What is kept in the folder of what was added goes as it is there, all other articles with their texts.
    """
    kept = os.path.join(config.added, "")  # noqa: PTH118
    articles = earlier = files = 0
    try:
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as versions,
            open_durably(target, 0o600) as stream,  # it has notes
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            with archive.open(_ARTICLES, "w", force_zip64=True) as lines:
                for article in library.articles():
                    for version in library.versions(article.id):
                        versions.write(json.dumps(encode_version(version), ensure_ascii=False) + "\n")
                        earlier += 1
                    articles += 1
                    if not (article.path or "").startswith(kept):
                        lines.write(_encode_line(encode_article(article)))
            versions.seek(0)
            with archive.open(_VERSIONS, "w", force_zip64=True) as lines:
                for text in versions:
                    lines.write(text.encode())
            for name, path in _list_beside(config):
                _add_file(archive, f"{_BESIDE}{name}", path)
                files += 1
            archive.writestr(_HEAD, json.dumps({"format": FORMAT, "articles": articles}))
    except OSError as error:
        raise LibraryError(f"{target}: {describe_write_error(error)}") from error
    return Transferred(articles, earlier, files)


def _encode_line(record: object) -> bytes:
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _list_beside(config: Config) -> Iterator[tuple[str, Path]]:
    """The files of the folders beside the index: the rest of their path after the name of the index, the path."""
    for folder in (config.added, config.kept):
        for path in sorted(folder.rglob("*")):
            is_plain = path.is_file() and not path.is_symlink() and not path.name.endswith(_PASSING)
            if is_plain and not (path.name in _LOCAL and path.parent == folder):
                yield path.relative_to(config.index.parent).as_posix().removeprefix(config.index.name), path


def _add_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Add a file; of a database, one consistent state. Raises LibraryError if the database is damaged."""
    if not path.name.endswith(".sqlite3"):
        archive.write(path, name)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        try:
            with closing(connect_to_write(path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"{path}: {error}") from error
        archive.write(copy, name)


# ----------------------------------------------------------------------------------------------- and back


def unpack_library(
    config: Config, source: Path, schemas: Mapping[str, str]
) -> tuple[Transferred, list[ArticleVersion]]:
    """Put the articles of an exported library where the next build reads them, and its files beside the index.

    Files that are there already stay; values that were set by hand are joined. `schemas` has the SQL of the tables of
    each database beside the index, by its path: "-kept/marks.sqlite3". Returns what came, and the earlier texts, for
    `import_versions` after the build. Raises LibraryError; nothing is changed if the file is no export.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _check_archive(archive, source, schemas)
            head = parse_json(archive.read(_HEAD))
            if not isinstance(head, dict) or head.get("format") != FORMAT:
                raise LibraryError(f"{source}: exported by a newer version; update the assistant")
            versions = list(_read_versions(archive))
            files, left = _unpack_beside(archive, config.index, schemas)
            imported = config.added / IMPORTED_FOLDER / f"{source.stem}{EXPORTED_SUFFIX}"
            imported.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(_ARTICLES) as lines, open_durably(imported) as file:
                shutil.copyfileobj(lines, file)
            return Transferred(int(head["articles"]), len(versions), files, tuple(left)), versions
    except sqlite3.Error as error:
        raise LibraryError(f"{source}: a database in it is damaged ({error}); export it again") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        KeyError,
        ValueError,
        TypeError,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as error:
        raise LibraryError(f"{source}: not an exported library, or damaged; export it again") from error
    except ReadError as error:
        raise LibraryError(f"{source}: damaged ({error}); export it again") from error
    except OSError as error:
        raise LibraryError(f"{source}: {describe_read_error(error)}") from error


def _check_archive(archive: zipfile.ZipFile, source: Path, schemas: Mapping[str, str]) -> None:
    """Raise LibraryError if a part leads out of the folder, or if the parts unpack to far more than they are.

    Nor may it name folders of this machine to read, or bring a database that this program does not know, or what SQLite
    would put into one when it opens it.
    """
    parts = archive.infolist()
    total, packed = sum(part.file_size for part in parts), source.stat().st_size
    if total > FREE_BYTES + MAX_RATIO * packed:
        raise LibraryError(f"{source}: unpacks to {total / 1_000_000:,.0f} MB, which is too much for its size")
    for part in parts:
        if part.filename in (_HEAD, _ARTICLES, _VERSIONS) or part.is_dir():
            continue
        rest = part.filename.removeprefix(_BESIDE)
        pieces = rest.split("/")
        is_beside = rest != part.filename and pieces[0] in _FOLDERS and len(pieces) > 1
        is_foreign = rest.casefold().endswith((".sqlite3", *_PASSING)) and rest not in schemas
        is_local = len(pieces) == 2 and pieces[1].casefold() in _LOCAL
        if not is_beside or is_foreign or is_local or set(pieces) & {"", ".", ".."} or "\\" in rest:
            raise LibraryError(f"{source}: a part has no place in a library: {part.filename[:80]!r}")


def _read_versions(archive: zipfile.ZipFile) -> Iterator[ArticleVersion]:
    with archive.open(_VERSIONS) as lines:
        for line in lines:
            if line.strip():
                yield decode_version(parse_json(line))


def _unpack_beside(archive: zipfile.ZipFile, index: Path, schemas: Mapping[str, str]) -> tuple[int, list[str]]:
    """Write the files beside the index; returns how many, and the names of those that were there already."""
    count, left = 0, []
    databases = {
        rest: remake_database(archive.read(f"{_BESIDE}{rest}"), schema)
        for rest, schema in schemas.items()
        if f"{_BESIDE}{rest}" in archive.namelist()
    }
    for part in archive.infolist():
        rest = part.filename.removeprefix(_BESIDE)
        if rest == part.filename or part.is_dir():
            continue
        path = index.with_name(f"{index.name}{PurePosixPath(rest).parts[0]}").joinpath(*PurePosixPath(rest).parts[1:])
        if path.name == VALUES_NAME and path.exists():
            _join_values(archive.read(part), path.parent)
        elif path.exists():
            left.append(str(path))
            continue
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = databases.get(rest)
            write_durably(path, archive.read(part) if content is None else content, 0o666 if content is None else 0o600)
        count += 1
    return count, left


def _join_values(data: bytes, folder: Path) -> None:
    """Add what was set by hand in the exported library to what is set here, which counts first."""
    with tempfile.TemporaryDirectory() as other:
        (Path(other) / VALUES_NAME).write_bytes(data)
        theirs = load_entries(Path(other))
    own = load_entries(folder)
    known = {entry.id for entry in own}
    save_entries(folder, [*own, *(entry for entry in theirs if entry.id not in known)])


def import_versions(config: Config, versions: list[ArticleVersion]) -> int:
    """Add earlier texts to the articles that were imported and have none; returns how many were added.

    Raises LibraryLocked while a build runs, and LibraryError.
    """
    path = config.index / DATABASE
    with (
        build_lock(config.index, is_private=config.index_is_private),
        database_errors(path),
        closing(connect_to_write(path, isolation_level=None)) as database,
    ):
        database.execute("BEGIN IMMEDIATE")
        below = os.path.join(config.added, "")  # noqa: PTH118 - where imported articles are read from
        rows = database.execute("SELECT id, file FROM article")
        ids = {name for name, file in rows if str(file).startswith(below)}
        ids -= {name for (name,) in database.execute("SELECT DISTINCT id FROM version")}
        keeper = VersionKeeper(database)
        fitting = [version for version in versions if version.article_id in ids]
        for version in fitting:
            keeper.insert(version)
        database.execute("COMMIT")
    return len(fitting)
