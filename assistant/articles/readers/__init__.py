"""The formats of articles, one reader each, in one table. Every text that lists formats is made from it.

A new format is one module with a `read` function, and one row in READERS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.articles.budget import read_within_budget
from assistant.articles.metadata import PageRead, ParsedFile
from assistant.articles.readers import exported, foreign, html, jsonl, markdown, plain_text, subtitles
from assistant.articles.readers.containers import archives
from assistant.articles.readers.containers.embedded import (
    MAX_DEPTH,
    EmbeddingBudget,
    describe_unread,
    make_budget,
    open_embedded,
)
from assistant.articles.readers.documents import epub, opendocument, rtf, slides, word
from assistant.articles.readers.mail import mbox, message, outlook, saved_page
from assistant.articles.readers.pdf import reader as pdf
from assistant.articles.readers.tables import csv_table, json_file, workbook
from assistant.articles.source_file import EmbeddedFile, SourceFile
from assistant.errors import ReaderFailed, ReadError
from assistant.records.article import Article, Notice, ReaderFault
from assistant.system.faults import OTHER_CAUSES, describe_error
from assistant.text.formatting import join_names

if TYPE_CHECKING:
    from assistant.config.schema import ReadingSettings

ReadItems = Callable[[SourceFile, "ReadingSettings"], Iterator[ParsedFile | Notice | EmbeddedFile | Article | PageRead]]

NESTED_TOO_DEEPLY = "its parts are nested too deeply to be read; save it anew"
FIRST_VERSION = 1  # of every reader


@dataclass(frozen=True, slots=True)
class Reader:
    """A format and the function that reads it.

    `name` identifies it in the index. `suffixes` are in lower case with their dots, the usual one first. `label` is
    its name in texts, in the plural. `version` must be raised when the same file gives other articles than before:
    the next build then reads all files with these suffixes again. `read` yields the articles of a file, and a Notice
    for each part that cannot be used, and the files within it that are to be read by their own readers; it raises
    ReadError if the file as a whole cannot be used, and OSError. `uses_c_library`: a library in C takes part, which may
    crash: a build reads such files in a process of their own.
    """

    name: str
    suffixes: tuple[str, ...]
    label: str
    version: int
    read: ReadItems
    uses_c_library: bool = False


READERS = (
    Reader("markdown", (".md", ".markdown"), "Markdown", 5, markdown.read),
    Reader("text", (".txt", ".text"), "plain text", 4, plain_text.read),
    Reader("html", (".html", ".htm", ".xhtml"), "web pages", 5, html.read, uses_c_library=True),
    Reader("mhtml", (".mhtml", ".mht"), "pages saved as one file", 2, saved_page.read, uses_c_library=True),
    Reader("webarchive", (".webarchive",), "web archives", 2, saved_page.read_webarchive, uses_c_library=True),
    Reader("pdf", (".pdf",), "PDF", 2, pdf.read, uses_c_library=True),
    Reader("docx", (".docx", ".docm"), "Word documents", 2, word.read, uses_c_library=True),
    Reader("odt", (".odt", ".fodt"), "OpenDocument texts", 2, opendocument.read, uses_c_library=True),
    Reader("rtf", (".rtf",), "RTF", 2, rtf.read),
    Reader("epub", (".epub",), "EPUB", 2, epub.read, uses_c_library=True),
    Reader("pptx", (".pptx",), "PowerPoint presentations", FIRST_VERSION, slides.read, uses_c_library=True),
    Reader("mail", (".eml",), "mails", 2, message.read, uses_c_library=True),
    Reader("mbox", (".mbox",), "mailboxes", 2, mbox.read, uses_c_library=True),
    Reader("msg", (".msg",), "mails of Outlook", 2, outlook.read, uses_c_library=True),
    Reader("csv", (".csv", ".tsv"), "tables", 2, csv_table.read),
    Reader("xlsx", (".xlsx", ".xlsm"), "Excel workbooks", 2, workbook.read, uses_c_library=True),
    Reader("jsonl", (".jsonl", ".ndjson"), "JSON lines", 3, jsonl.read),
    Reader("json", (".json",), "JSON", 2, json_file.read),
    Reader("exported", (".articles",), "exported libraries", FIRST_VERSION, exported.read),
    Reader("subtitles", (".vtt", ".srt"), "subtitles", 3, subtitles.read),
    Reader("zip", (".zip",), "ZIP archives", 2, archives.read_zip),
    Reader("tar", (".tar",), "tar archives", 2, archives.read_tar),
    Reader("packed", (".gz", ".tgz", ".bz2", ".xz"), "packed files", 2, archives.read_packed),
)
READER_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read_items_here(
    file: SourceFile, settings: ReadingSettings
) -> Iterator[ParsedFile | Notice | EmbeddedFile | Article | PageRead]:
    """What the reader of a file yields, read in this process."""
    return find_reader(file.suffix, settings).read(file, settings)


def find_reader(suffix: str, settings: ReadingSettings) -> Reader:
    """The reader of a suffix: the one that the settings name, else that of the table. Raises KeyError without one."""
    class_name = settings.foreign_readers.get(suffix)
    return READER_BY_SUFFIX[suffix] if class_name is None else _make_foreign_reader(suffix, class_name)


def _make_foreign_reader(suffix: str, class_name: str) -> Reader:
    label = f"{suffix} by {class_name}"
    read: ReadItems = lambda file, _settings: foreign.read_with(class_name, file)  # noqa: E731
    return Reader(class_name, (suffix,), label, FIRST_VERSION, read, uses_c_library=True)


def list_readers(settings: ReadingSettings) -> tuple[Reader, ...]:
    """The readers of the table, and those that the settings name."""
    return (*READERS, *(_make_foreign_reader(*item) for item in settings.foreign_readers.items()))


def read_file(
    file: SourceFile, settings: ReadingSettings, read_items: ReadItems = read_items_here
) -> Iterator[Article | Notice | PageRead | ReaderFault]:
    """The articles in a file, a Notice for each part that cannot be used, and pages that took long. Raises OSError.

    `read_items` runs the reader of the file, and those of the files within it. A ReaderFault says which failed in
    another process, or on a file within this one; what the reader of the file itself raises here is raised.
    """
    budget = make_budget(settings.max_file_mb)
    try:
        yield from _read_one(file, settings, budget, read_items, None)
    except ReaderFailed as failure:
        yield ReaderFault(failure.error)
    except ReadError as error:
        yield Notice(file.uri, str(error), missing_module=error.missing_module)
    except RecursionError:
        yield Notice(file.uri, NESTED_TOO_DEEPLY)
    if budget.unread:
        yield Notice(file.uri, describe_unread(budget.unread))


def _read_one(
    file: SourceFile,
    settings: ReadingSettings,
    budget: EmbeddingBudget,
    read_items: ReadItems,
    container: str | None,
    depth: int = 0,
) -> Iterator[Article | Notice | PageRead | ReaderFault]:
    """The articles in a file, and in the files within it. Raises OSError, and ReadError if it cannot be used."""
    for item in read_within_budget(read_items(file, settings), settings.max_article_seconds):
        if isinstance(item, Notice | Article | PageRead):
            yield item
        elif isinstance(item, ParsedFile):
            parsed = item.add_origin(file.read_origin())
            yield from parsed.make_article(file.article_id, file.uri, settings.max_article_characters, container)
        else:
            budget.spend(item)
            inner = open_embedded(item, file)
            if inner is None:
                continue
            if inner.suffix not in READER_BY_SUFFIX:  # readers of llama-index need a file
                budget.unread.append(item.name)
            elif depth == MAX_DEPTH:
                yield Notice(inner.uri, f"in more than {MAX_DEPTH} files within each other; unpack it")
            else:
                yield from _read_embedded(inner, settings, budget, read_items, container or file.uri, depth + 1)


def _read_embedded(
    file: SourceFile,
    settings: ReadingSettings,
    budget: EmbeddingBudget,
    read_items: ReadItems,
    container: str,
    depth: int,
) -> Iterator[Article | Notice | PageRead | ReaderFault]:
    try:
        yield from _read_one(file, settings, budget, read_items, container, depth)
    except ReaderFailed as failure:
        yield ReaderFault(failure.error, file.uri)
    except ReadError as error:
        yield Notice(file.uri, str(error), missing_module=error.missing_module)
    except RecursionError:
        yield Notice(file.uri, NESTED_TOO_DEEPLY)
    except OTHER_CAUSES:
        raise
    except Exception as error:  # a fault of the program with this file: the others are read
        yield ReaderFault(describe_error(error), file.uri)


def list_suffixes(conjunction: str, readers: Sequence[Reader] = READERS) -> str:
    """The usual suffix of each format: ".md, .txt, .html, .jsonl or .vtt"."""
    return join_names([reader.suffixes[0] for reader in readers], conjunction)


def describe_formats(conjunction: str, readers: Sequence[Reader] = READERS) -> str:
    """Each format with its usual suffix, in Markdown: "Markdown (`.md`), … or JSON lines (`.jsonl`)"."""
    return join_names([f"{reader.label} (`{reader.suffixes[0]}`)" for reader in readers], conjunction)


def list_versions(readers: Sequence[Reader] = READERS) -> dict[str, str]:
    """The reader of each suffix with its version, as an index stores them: {".md": "markdown 1"}."""
    return {suffix: f"{reader.name} {reader.version}" for reader in readers for suffix in reader.suffixes}


def find_outdated_suffixes(stored: Mapping[str, str], readers: Sequence[Reader] = READERS) -> frozenset[str]:
    """The suffixes whose files an index has read with another reader, or another version of it, than today's.

    `stored` is what `list_versions` gave at that time. An index without versions was built by the first version of
    each reader, so a suffix that is missing is not outdated unless its reader has changed since.
    """
    return frozenset(
        suffix
        for reader in readers
        for suffix in reader.suffixes
        if stored.get(suffix, f"{reader.name} {FIRST_VERSION}") != f"{reader.name} {reader.version}"
    )
