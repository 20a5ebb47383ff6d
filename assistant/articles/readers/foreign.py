"""Readers of llama-index that the setting `reading.readers` names for further suffixes.

They run in the process for readers with libraries in C, and may write no file there."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.articles.metadata import ParsedFile
from assistant.articles.source_file import is_local_path
from assistant.errors import ReadError
from assistant.records.article import Place

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile

PAGE = "page_label"  # under which the readers of llama-index give the page of a document
_BETWEEN = "\n\n"


def read_with(class_name: str, file: SourceFile) -> Iterator[ParsedFile]:
    """The documents that a reader of llama-index gives, each an article; those with pages are one article.

    Raises OSError, and ReadError if the reader is not installed or fails.
    """
    reader = _make_reader(class_name)
    if not is_local_path(file.uri):
        raise ReadError(f"{class_name} reads files of this machine only")
    with file.open() as stream:  # what was surveyed, not what has taken its place meanwhile
        opened, found = os.fstat(stream.fileno()), os.lstat(file.uri)
    if (opened.st_dev, opened.st_ino) != (found.st_dev, found.st_ino):
        raise ReadError("was replaced while it was read; build again")
    try:
        documents = list(reader.load_data(Path(file.uri)))
        texts = [(str(document.get_content()), dict(document.metadata)) for document in documents]
    except Exception as error:
        raise ReadError(f"{class_name} failed ({type(error).__name__}: {error})") from error
    texts = [(text.strip(), fields) for text, fields in texts if text.strip()]
    if not texts:
        raise ReadError(f"{class_name} finds no text in it")
    if all(PAGE in fields for _, fields in texts):
        yield _join_pages(texts)
        return
    for number, (text, fields) in enumerate(texts, 1):
        yield ParsedFile(text, fields, part=str(number) if len(texts) > 1 else None)


def _make_reader(class_name: str) -> Any:
    module_name, _, name = class_name.rpartition(".")
    try:
        from llama_index.core.readers.base import BaseReader

        found = getattr(importlib.import_module(module_name), name)
    except ImportError as error:
        missing = error.name or "" if isinstance(error, ModuleNotFoundError) else ""
        raise ReadError(_describe_missing_reader(module_name, error), missing) from error
    except AttributeError as error:
        raise ReadError(f"{module_name} has no {name}; correct reading.readers") from error
    if not (isinstance(found, type) and issubclass(found, BaseReader)):
        raise ReadError(f"{class_name} is no reader of llama-index; correct reading.readers")
    try:
        return found()
    except Exception as error:
        raise ReadError(f"{class_name} cannot be made without arguments ({error}); name another reader") from error


def _join_pages(texts: Sequence[tuple[str, Mapping[str, object]]]) -> ParsedFile:
    places, offset = [], 0
    for text, fields in texts:
        places.append(Place(offset, f"p. {fields[PAGE]}"))
        offset += len(text) + len(_BETWEEN)
    return ParsedFile(_BETWEEN.join(text for text, _ in texts), dict(texts[0][1]), places=tuple(places))


def _describe_missing_reader(module: str, problem: ImportError) -> str:
    package = "-".join(module.split(".")[:3]).replace("_", "-")
    return (
        f"its reader cannot be loaded ({problem}); install its package (probably pip install {package}) or correct"
        " reading.readers"
    )
