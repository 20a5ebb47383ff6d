"""What was added to a library one by one, in a folder beside its index: fetched articles with their origins, and the
paths of folders and files elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.articles.source_file import Origin, SourceFile
from assistant.articles.sources.base import Source
from assistant.articles.sources.folder import FolderSource
from assistant.errors import WebError
from assistant.records.article import Notice
from assistant.system.files import make_folder, write_durably
from assistant.system.json import parse_json
from assistant.system.os_errors import describe_read_error, describe_write_error, is_out_of_handles

ARTICLES_FOLDER = "articles"
IMPORTED_FOLDER = "imported"  # of exported libraries
PATHS_NAME = "paths.json"


@dataclass(frozen=True, slots=True)
class AddedSource:
    """The fetched articles. Beside each file a hidden one tells its origin: `.NAME.json`."""

    folder: Path

    @property
    def uri(self) -> str:
        """The path of the folder."""
        return str(self.folder)

    def find_files(self) -> Iterator[SourceFile | Notice]:
        """All articles in a stable order."""
        for file in FolderSource(self.folder).find_files():
            yield replace(file, load_origin=load_origin) if isinstance(file, SourceFile) else file


def find_added_sources(folder: Path, further: frozenset[str] = frozenset()) -> tuple[Source, ...]:
    """The sources that were added: paths, then fetched articles and imported libraries if any. Raises WebError."""
    sources: list[Source] = [FolderSource(Path(path), further) for path in read_paths(folder)]
    articles, imported = folder / ARTICLES_FOLDER, folder / IMPORTED_FOLDER
    if articles.is_dir():
        sources.append(AddedSource(articles))
    if imported.is_dir():
        sources.append(FolderSource(imported))
    return tuple(sources)


def read_paths(folder: Path) -> list[str]:
    """The folders and files that were added. Raises WebError if their list is damaged."""
    file = folder / PATHS_NAME
    try:
        paths = parse_json(file.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        if is_out_of_handles(error):
            raise  # the file is not the cause
        raise WebError(f"{file}: {describe_read_error(error)}") from error
    except ValueError:
        paths = None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise WebError(f'{file}: not a list of paths such as ["/home/me/articles"]; correct or delete it')
    return paths


def write_paths(folder: Path, paths: list[str]) -> None:
    """Replace the list of folders and files that were added. Raises OSError."""
    make_folder(folder)
    write_durably(folder / PATHS_NAME, (json.dumps(paths, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def forget_path(folder: Path, name: str) -> str | None:
    """Take a path out of the list of those that were added; returns it in full, None if it is not there.

    Raises WebError if the list cannot be written.
    """
    full = os.path.abspath(Path(name).expanduser())  # noqa: PTH100 - as it was added, not through links
    paths = read_paths(folder)
    if full not in paths:
        return None
    try:
        write_paths(folder, [path for path in paths if path != full])
    except OSError as error:
        raise WebError(f"{folder}: {describe_write_error(error)}; check its permissions") from error
    return full


def get_origin_path(article: Path) -> Path:
    """The file with the origin of a fetched article."""
    return article.with_name(f".{article.name}.json")


def load_origin(uri: str) -> Origin | None:
    """The origin of a fetched article; None if its file is missing or damaged: the article itself then tells."""
    try:
        values = parse_json(get_origin_path(Path(uri)).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(values, dict):
        return None
    return Origin(
        _select(values, "url", "published_at"),
        _select(values.get("defaults"), "title", "author", "source", "published_at"),
    )


def _select(values: object, *names: str) -> Mapping[str, object]:
    return {name: values[name] for name in names if values.get(name)} if isinstance(values, dict) else {}
