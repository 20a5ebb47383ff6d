"""The doctor: an intact library has no errors; damage of every kind is found, and repaired from intact data."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from assistant.doctor.salvage import find_vectors
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import PreloadedModelLoader
from assistant.embedding.model_files import ModelFiles
from assistant.engine import Assistant
from assistant.errors import LibraryDamaged, LibraryError, LibraryLocked
from assistant.store.library import DATABASE
from tests.conftest import make_article, run_build
from tests.support.sampling import sampled

Write = Callable[..., Path]


def examine(assistant: Assistant) -> Diagnosis:
    diagnosis = Diagnosis()
    assert list(examine_library(assistant.config, diagnosis)) == diagnosis.findings
    return diagnosis


def error_checks(assistant: Assistant) -> list[str]:
    return [finding.check for finding in examine(assistant).errors]


def execute_sql(assistant: Assistant, *statements: str) -> None:
    with closing(sqlite3.connect(assistant.config.index / DATABASE, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def repair(library: Assistant) -> list[str]:
    return list(repair_library(library.config, examine(library), library.model.embedder))


@pytest.fixture
def library(assistant: Assistant, write_article: Write, model: ModelFiles, embedder: Embedder) -> Assistant:
    write_article("a.md", "“The quay is too short,” said Maud Lindqvist on Monday. Nobody answered her.", title="Quay")
    write_article(
        "b.jsonl", "".join(json.dumps({"id": f"n{n}", "text": f"Boat {n} came in."}) + "\n" for n in range(9))
    )
    library = Assistant(assistant.config, PreloadedModelLoader(assistant.config.embedding, model, embedder))
    run_build(library)
    return library


def run(assistant: Assistant, *options: str) -> tuple[int, str]:
    config = assistant.config.index.parent / "config.yaml"
    config.write_text(f"articles: {assistant.config.articles[0]}\nindex: {assistant.config.index}\n")
    result = CliRunner().invoke(app, ["doctor", "--config", str(config), *options])
    return result.exit_code, result.stdout


def test_healthy_library_unchanged(library: Assistant) -> None:
    """An intact library has no problems and is left unchanged."""
    before = {path.name: path.read_bytes() for path in library.config.index.glob("*.*s*")}
    assert error_checks(library) == []
    code, printed = run(library)
    assert (code, printed.splitlines()[-1]) == (0, "No problems found.")
    assert "error" not in printed
    after = {path.name: path.read_bytes() for path in library.config.index.glob("*.*s*")}
    assert {name: data for name, data in after.items() if "-" not in name or "vectors" in name} == {
        name: data for name, data in before.items() if "-" not in name or "vectors" in name
    }


def test_command_reports_and_repairs(library: Assistant) -> None:
    """The command reports a problem with its remedy and repairs it."""
    (file,) = library.config.index.glob("vectors-*")
    file.write_bytes(b"other")
    code, printed = run(library)
    assert code == 3
    assert f"{file.name}: not the file that the index names; assistant doctor --fix builds it from" in printed
    assert printed.splitlines()[-1] == "1 error."
    code, printed = run(library, "--json", "--fix")
    record = json.loads(printed)
    assert (code, record["intact"], record["repaired"]) == (0, True, ["built the FAISS file from the stored vectors"])
    assert {finding["level"] for finding in record["findings"]} <= {"ok", "note"}
    assert error_checks(library) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_everybody_can_change_is_closed(library: Assistant) -> None:
    """An index that everybody can write to is an error, and is closed; nothing else is changed."""
    (file,) = library.config.index.glob("vectors-*")
    file.chmod(0o666)
    assert error_checks(library) == ["access"]
    assert repair(library) == [f"closed {file.name} to others"]
    assert file.stat().st_mode & 0o777 == 0o664
    assert error_checks(library) == []


def test_no_repair_without_fix_option(library: Assistant) -> None:
    """Nothing is repaired unless it is requested."""
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    assert run(library)[0] == run(library)[0] == 3
    assert not file.exists()


def test_missing_library_names_command(assistant: Assistant) -> None:
    """Without a library the doctor names the command to run and creates nothing."""
    code, printed = run(assistant)
    assert code == 3
    assert "no such folder; run: assistant build" in printed
    assert not assistant.config.index.exists()


def test_altered_text_reread_from_file(library: Assistant) -> None:
    """An altered text is never shown and is read again from its file."""
    execute_sql(library, "UPDATE article SET text = replace(text, 'short', 'long')")
    with pytest.raises(LibraryDamaged, match=r"article 'a.md' is not what was read; run: assistant doctor --fix"):
        list(library.stream("What did Lindqvist say about the quay?"))
    assert error_checks(library) == ["articles", "full text"]
    steps = repair(library)
    assert steps[-1].endswith("1 changed, 0 removed, 0 passages embedded")
    assert error_checks(library) == []
    found = library.article("a.md")
    assert found is not None
    assert "too short" in found.text


def test_unreachable_file_articles_kept(library: Assistant) -> None:
    """Articles of an unreachable file are kept when one of them is repaired."""
    execute_sql(library, "UPDATE article SET title = 'Other' WHERE id = 'n3'")
    (library.config.articles[0] / "b.jsonl").chmod(0)
    drive = library.config.articles[0]
    drive.rename(drive.with_name("unplugged"))
    drive.mkdir()
    (drive / "c.txt").write_text("Something else.")
    drive.rename(drive.with_name("elsewhere"))
    config = library.config.model_copy(update={"articles": (drive, drive.with_name("elsewhere"))})
    list(repair_library(config, examine(library), library.model.embedder))
    with library.open_library() as reading:
        assert {one.id for one in reading.articles()} == {"c.txt", "a.md", *(f"n{n}" for n in range(9))}
    assert error_checks(library) == ["articles"], "what cannot be read again is reported"


def test_vector_restored_from_faiss_file(library: Assistant) -> None:
    """Vectors are restored from the FAISS file; only those found nowhere are embedded."""
    execute_sql(library, "UPDATE vector SET data = zeroblob(length(data)) WHERE key < x'80'")
    assert error_checks(library) == ["vectors"]
    steps = repair(library)
    assert not any("embedded" in step for step in steps)
    assert error_checks(library) == []
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    execute_sql(library, "DELETE FROM vector WHERE key = (SELECT min(key) FROM vector)")
    with pytest.raises(LibraryDamaged, match=r"stored vector of passage \d+ is missing or damaged; run: assistant d"):
        list(library.stream("Which boat came in?"))
    assert repair(library)[-1].endswith("1 passage embedded")
    assert error_checks(library) == []


def test_articles_without_file_kept(library: Assistant) -> None:
    """A repair does not drop articles that came from no file."""
    library.build(articles=[make_article("The mole is new.", id="given")])
    execute_sql(library, "UPDATE article SET title = 'Other' WHERE id = 'n3'")
    with pytest.raises(LibraryError, match=r"would remove 1 article that came from no file; build again with"):
        repair(library)
    assert library.article("given") is not None


ALTERED = [
    ("UPDATE statement SET speaker = 'Somebody Else'", ["statements"]),
    ("UPDATE story SET story = 1", ["statements"]),
    ("DELETE FROM speaker_word", ["statements"]),
    ("UPDATE passage SET end = end - 1 WHERE number = 1", ["passages"]),
    ("DELETE FROM passage WHERE number = 1", ["passages", "FAISS file", "statements", "full text"]),
    ("UPDATE article SET sentences = x'0102'", ["passages"]),
    ("UPDATE article SET words = words + 1 WHERE id = 'n3'", ["passages"]),
    ("INSERT INTO passage_words (passage_words) VALUES ('delete-all')", ["full text"]),
    ("UPDATE file SET notices = '['", ["files"]),
    ("DROP TABLE passage_words; CREATE TABLE passage_words (title, body, rank)", ["database"]),
    ("DELETE FROM manifest", ["database"]),
    ("UPDATE manifest SET value = '[[]]' WHERE key = 'format'", ["database"]),
    ("UPDATE manifest SET value = '1' WHERE key = 'format'", ["database"]),
    ("UPDATE manifest SET value = '../x' WHERE key = 'vectors_file'", ["database"]),
    ("UPDATE article SET text = x'ff'", ["articles"]),
]


@pytest.mark.parametrize(("statement", "found"), sampled(ALTERED, 3))
def test_any_altered_data_repaired(library: Assistant, statement: str, found: list[str]) -> None:
    """Altered data of any kind is found and repaired without embedding anything."""
    execute_sql(library, *statement.split("; "))
    assert set(error_checks(library)) & set(found), error_checks(library)
    steps = repair(library)
    assert error_checks(library) == []
    assert not any("embedded" in step and "0 passages embedded" not in step for step in steps), steps
    with library.open_library() as reading:
        assert reading.counts()["statements"] == 1
        assert reading.article_count() == 10


def test_truncated_database_vectors_saved(library: Assistant) -> None:
    """A truncated database is moved aside and its vectors are kept."""
    database = library.config.index / DATABASE
    os.truncate(database, database.stat().st_size - 5000)
    intact = len(set(find_vectors(database)))
    assert 0 < intact < 10
    assert error_checks(library) == ["database"]
    steps = repair(library)
    assert steps[0] == f"saved {intact} vectors from the damaged database"
    assert steps[-1].endswith(f"{10 - intact} passages embedded")
    assert error_checks(library) == []
    assert len(list(library.config.index.glob("damaged-*.sqlite3"))) == 1
    assert any("set aside as damaged" in finding.message for finding in examine(library).findings)


def test_leftovers_and_unknown_files(library: Assistant) -> None:
    """Leftover files and unknown files are distinguished."""
    index = library.config.index
    (index / "vectors-0123456789abcdef.faiss").write_bytes(b"x")
    (index / "rebuilding.sqlite3").write_bytes(b"x")
    (index / "songs.txt").write_text("mine")
    diagnosis = examine(library)
    assert (diagnosis.errors, len(diagnosis.leftovers)) == ([], 2)
    assert run(library, "--fix")[0] == 0
    assert (index / "songs.txt").read_text() == "mine"
    assert not (index / "rebuilding.sqlite3").exists()
    assert [path.name for path in index.glob("vectors-*")] == [examined_file(library)]


def examined_file(library: Assistant) -> str:
    with library.open_library() as reading:
        return reading.manifest["vectors_file"]


def test_check_during_build_repairs_nothing(library: Assistant, write_article: Write) -> None:
    """During a build the published library is checked and nothing is repaired."""
    write_article("new.md", "Something new.")
    events = library.build_events()
    next(events)
    code, printed = run(library)
    assert code == 0
    assert "not checked while a build is running" in printed
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    with pytest.raises(LibraryLocked):
        repair(library)
    list(events)
    assert error_checks(library) == []
