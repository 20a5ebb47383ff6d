"""The table of readers: what is made from it, and which files a new version of a reader affects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.articles.readers import (
    FIRST_VERSION,
    READER_BY_SUFFIX,
    READERS,
    describe_formats,
    find_outdated_suffixes,
    list_suffixes,
    list_versions,
)

NEWER_HTML = tuple(
    replace(reader, version=reader.version + 1) if reader.name == "html" else reader for reader in READERS
)
README = Path(__file__).parents[2] / "README.md"


def test_suffix_has_one_reader() -> None:
    """No two readers claim the same suffix, and all suffixes are in lower case."""
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert [suffix for suffix in suffixes if suffix != suffix.lower()] == []
    assert list(READER_BY_SUFFIX) == suffixes


def test_texts_list_all_formats() -> None:
    """The lists of formats have one entry for each reader."""
    assert list_suffixes("or").startswith(".md, .txt, .html, .mhtml, ")
    assert list_suffixes("or").endswith(" or .gz")
    assert list_suffixes("or").count(",") == len(READERS) - 2
    assert list_suffixes("and", READERS[:1]) == ".md"
    assert describe_formats("or", READERS[1:3]) == "plain text (`.txt`) or web pages (`.html`)"


def test_readme_names_all_formats() -> None:
    """The README names the usual suffix of each format."""
    text = README.read_text(encoding="utf-8")
    assert [reader.suffixes[0] for reader in READERS if f"`{reader.suffixes[0]}`" not in text] == []


def test_versions_of_old_index() -> None:
    """An index without versions was read by the first version of each reader."""
    changed = {suffix for reader in READERS if reader.version > FIRST_VERSION for suffix in reader.suffixes}
    assert find_outdated_suffixes({}) == changed
    assert {".md", ".txt", ".html"} <= changed
    first = tuple(replace(reader, version=FIRST_VERSION) for reader in READERS)
    assert find_outdated_suffixes({}, first) == frozenset()


def test_versions_newer_reader() -> None:
    """A newer version of one reader affects its suffixes only."""
    assert list_versions()[".html"] == f"html {READER_BY_SUFFIX['.html'].version}"
    assert find_outdated_suffixes(list_versions(), NEWER_HTML) == {".html", ".htm", ".xhtml"}
    assert find_outdated_suffixes(list_versions(NEWER_HTML), NEWER_HTML) == frozenset()


def test_versions_suffix_moved_to_other_reader() -> None:
    """Files are read again if another reader takes over their suffix."""
    stored = {**list_versions(), ".htm": "markdown 1"}
    assert find_outdated_suffixes(stored) == {".htm"}


def test_versions_new_reader() -> None:
    """A format that the index does not know yet has no files to read again."""
    first = tuple(replace(reader, version=FIRST_VERSION) for reader in READERS)
    stored = {suffix: version for suffix, version in list_versions(first).items() if suffix != ".pdf"}
    assert find_outdated_suffixes(stored, first) == frozenset()
