"""A library that somebody has altered is read as before, or refused by an error that names the remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.articles.sources import make_sources
from assistant.config.schema import Config
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from assistant.errors import AssistantError, LibraryDamaged
from assistant.indexing.build import build_library
from assistant.indexing.changes import ChangeWatcher, decode_notices, load_file_records
from assistant.store.catalog import Catalog, collect_statistics, summarize_library
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.protocol import PassageFilter, WordQuery
from assistant.store.remedies import REBUILD_HINT
from tests.conftest import make_config
from tests.support.bridge_news import BRIDGE, FERRY
from tests.support.sampling import sampled
from tests.support.tampering import Tampering, all_tamperings, manifest_tamperings, write_foreign_journal
from tests.support.tiny_library import TINY_MODEL, WordEmbedder, build_tiny_library

ALWAYS = ("one bit", "article.language", "article.words", "dimension is")  # each once let an exception of Python out
REMEDY = re.compile(r"run: assistant (build|doctor --fix)|ask again|no .*index here yet|install|build again with")
TEXT = (
    "“The quay is too short,” said Maud Lindqvist, the harbour master, on Tuesday.\n\nCorrection: the quay was built "
    "in 1911, Maud Lindqvist said, and it is the third quay in this place since the harbour was dug out of the marsh."
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library with its articles."""
    folder = tmp_path_factory.mktemp("template")
    build_tiny_library(
        folder, [BRIDGE, FERRY], quay=TEXT, copy=TEXT + " So it is.", pier="---\nword: x\n---\nThe pier."
    )
    return folder


def read_everything(config: Config) -> None:
    """Read a library in all ways in which the program reads one."""
    (vector,) = WordEmbedder().embed(["quay harbour"])
    with SqliteLibrary.open(config.index) as library:
        for article in list(library.articles()):
            spans = library.sentence_spans(article.id)
            assert all(article.text[start:end] for start, end in spans)
            for said in library.statements(article.id):
                assert article.text[said.start : said.end] is not None
            library.duplicates(article.id)
            library.story_number(article.id)
        for rows in (library.titles(), library.corrections(), library.sources(), library.source_names()):
            list(rows)
        library.date_range()
        library.find_articles_containing(["quay"], 5)
        found = library.search_words(WordQuery.any_of(["quay", "bridge"]), 20, 2.0)
        found += library.search_vectors(vector, 20)
        found += library.search_vectors(vector, 20, PassageFilter(source="Harbour Post"))
        numbers = [number for number, _ in found]
        library.passages(numbers)
        library.cosines(vector, numbers)
        assert all(np.isfinite(score) for _, score in found)
        for name, _, _ in library.speakers():
            library.find_names_sharing_word(name)
            for role in library.roles_of(name):
                library.count_roles(role)
            library.first_text_of_speaker(name)
            library.filter_passages(numbers, PassageFilter(speakers=((name, True),)))
        records = load_file_records(library.file_rows())
        for record in records.values():
            list(decode_notices(record))
        ChangeWatcher().find_changes(config, records, library.manifest, make_sources(config.articles))
        collect_statistics(library, None)
        summarize_library(library)
    catalog = Catalog(lambda: SqliteLibrary.open(config.index))
    for row in catalog.articles():
        catalog.article_page(row.id)
        catalog.find_matches(row.id, "quay")
    for speaker in catalog.speakers():
        catalog.speaker_page(speaker.name)
    catalog.search("quay harb")
    catalog.stories()
    catalog.statistics()


def try_to(action: Callable[[], object]) -> str | None:
    """The error of an action, if it is one that names no remedy or is none of this program's."""
    try:
        action()
    except AssistantError as error:
        return None if REMEDY.search(str(error)) else f"no remedy: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def prepare(template: Path, folder: Path, tampering: Tampering) -> Config:
    shutil.copytree(template, folder, dirs_exist_ok=True)
    config = make_config(folder / "articles", folder / "index")
    tampering.apply(config.index)
    return config


def test_untouched_library_is_read(template: Path) -> None:
    """What the tests below read is there."""
    read_everything(make_config(template / "articles", template / "index"))


@pytest.mark.parametrize("time", ["2026-02-31T30:30:30+00:00", "9999-12-31T23:59:59+00:00"])
def test_time_of_a_build_is_one(template: Path, tmp_path: Path, time: str) -> None:
    """Whoever shows when a library was built may rely on a time that there is, in every time zone."""
    (tampering,) = (one for one in manifest_tamperings() if one.name == f"built at {time}")
    config = prepare(template, tmp_path, tampering)
    with pytest.raises(LibraryDamaged, match="its manifest is incomplete"):
        SqliteLibrary.open(config.index)


def test_altered_library_is_read_or_refused(template: Path, tmp_path: Path) -> None:
    """Reading, examining, mending and building end well, or by an error that names the remedy."""
    tamperings = all_tamperings(template / "index")
    assert len(tamperings) > 350
    faults: list[str] = []
    for number, tampering in enumerate(sampled(tamperings, 32, always=lambda one: one.name.startswith(ALWAYS))):
        config = prepare(template, tmp_path / str(number), tampering)
        diagnosis = Diagnosis()
        actions: dict[str, Callable[[], object]] = {
            "reading": lambda config=config: read_everything(config),  # type: ignore[misc]
            "examining": lambda config=config, found=diagnosis: list(examine_library(config, found)),  # type: ignore[misc]
            "mending": lambda config=config, found=diagnosis: list(repair_library(config, found, WordEmbedder)),  # type: ignore[misc]
            "building": lambda config=config: list(build_library(config, TINY_MODEL, WordEmbedder)),  # type: ignore[misc]
        }
        faults += [f"{tampering.name}: {what}: {fault}" for what, do in actions.items() if (fault := try_to(do))]
        shutil.rmtree(tmp_path / str(number))
    assert faults == []


def test_journal_from_elsewhere_deletes_no_file(template: Path, tmp_path: Path) -> None:
    """SQLite would delete the file that it names; a library is read, but not written, until it is built anew."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Maud", encoding="utf-8")
    config = prepare(
        template, tmp_path / "a", Tampering("", lambda index: write_foreign_journal(index / DATABASE, letter))
    )
    read_everything(config)
    findings = list(examine_library(config, Diagnosis()))
    assert [found.remedy for found in findings if "would delete another file" in found.message] == [REBUILD_HINT]
    with pytest.raises(LibraryDamaged, match=r"journal is not of this program.*assistant build --rebuild"):
        list(build_library(config, TINY_MODEL, WordEmbedder))
    list(build_library(config, TINY_MODEL, WordEmbedder, rebuild=True))
    list(build_library(config, TINY_MODEL, WordEmbedder))
    read_everything(config)
    assert letter.exists()
