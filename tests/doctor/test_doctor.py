"""The doctor: says that a whole library is whole, finds what is not, mends it from what is whole, and loses nothing."""

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
from assistant.doctor.checks import examine
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import mend
from assistant.doctor.salvage import vectors_in
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import Loaded
from assistant.embedding.model_files import ModelFiles
from assistant.engine import Assistant
from assistant.errors import LibraryDamaged, LibraryError, LibraryLocked
from assistant.store.library import DATABASE
from tests.conftest import article, built

Write = Callable[..., Path]


def examined(assistant: Assistant) -> Diagnosis:
    diagnosis = Diagnosis()
    assert list(examine(assistant.config, diagnosis)) == diagnosis.findings
    return diagnosis


def faults(assistant: Assistant) -> list[str]:
    return [finding.check for finding in examined(assistant).faults]


def damaged(assistant: Assistant, *statements: str) -> None:
    with closing(sqlite3.connect(assistant.config.index / DATABASE, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def mended(library: Assistant) -> list[str]:
    return list(mend(library.config, examined(library), library.model.embedder))


@pytest.fixture
def library(assistant: Assistant, write_article: Write, model: ModelFiles, embedder: Embedder) -> Assistant:
    write_article("a.md", "“The quay is too short,” said Maud Lindqvist on Monday. Nobody answered her.", title="Quay")
    write_article(
        "b.jsonl", "".join(json.dumps({"id": f"n{n}", "text": f"Boat {n} came in."}) + "\n" for n in range(9))
    )
    library = Assistant(assistant.config, Loaded(assistant.config.embedding, model, embedder))
    built(library)
    return library


def run(assistant: Assistant, *options: str) -> tuple[int, str]:
    config = assistant.config.index.parent / "config.yaml"
    config.write_text(f"articles: {assistant.config.articles[0]}\nindex: {assistant.config.index}\n")
    result = CliRunner().invoke(app, ["doctor", "--config", str(config), *options])
    return result.exit_code, result.stdout


def test_a_whole_library_is_without_fault_and_is_left_as_it_is(library: Assistant) -> None:
    before = {path.name: path.read_bytes() for path in library.config.index.glob("*.*s*")}
    assert faults(library) == []
    code, printed = run(library)
    assert (code, printed.splitlines()[-1]) == (0, "Nothing is wrong.")
    assert "fault" not in printed
    after = {path.name: path.read_bytes() for path in library.config.index.glob("*.*s*")}
    assert {name: data for name, data in after.items() if "-" not in name or "vectors" in name} == {
        name: data for name, data in before.items() if "-" not in name or "vectors" in name
    }


def test_the_command_names_a_fault_with_its_remedy_and_mends_it(library: Assistant) -> None:
    (file,) = library.config.index.glob("vectors-*")
    file.write_bytes(b"other")
    code, printed = run(library)
    assert code == 3
    assert f"{file.name}: not the file that the index names; assistant doctor --fix makes it from" in printed
    assert printed.splitlines()[-1] == "1 fault."
    code, printed = run(library, "--json", "--fix")
    told = json.loads(printed)
    assert (code, told["whole"], told["mended"]) == (0, True, ["made the FAISS file from the stored vectors"])
    assert {finding["level"] for finding in told["findings"]} <= {"ok", "note"}
    assert faults(library) == []


def test_nothing_is_mended_unless_it_is_wanted(library: Assistant) -> None:
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    assert run(library)[0] == run(library)[0] == 3
    assert not file.exists()


def test_where_there_is_no_library_the_doctor_says_what_to_run_and_makes_nothing(assistant: Assistant) -> None:
    code, printed = run(assistant)
    assert code == 3
    assert "no such folder; run: assistant build" in printed
    assert not assistant.config.index.exists()


def test_an_altered_text_is_never_served_and_is_read_again_from_its_file(library: Assistant) -> None:
    damaged(library, "UPDATE article SET text = replace(text, 'short', 'long')")
    with pytest.raises(LibraryDamaged, match=r"article 'a.md' is not what was read; run: assistant doctor --fix"):
        list(library.ask("What did Lindqvist say about the quay?"))
    assert faults(library) == ["articles", "full text"]
    steps = mended(library)
    assert steps[-1].endswith("1 changed, 0 removed, 0 passages embedded")
    assert faults(library) == []
    found = library.article("a.md")
    assert found is not None
    assert "too short" in found.text


def test_articles_of_a_file_that_is_out_of_reach_are_kept_when_one_of_them_is_mended(library: Assistant) -> None:
    damaged(library, "UPDATE article SET title = 'Other' WHERE id = 'n3'")
    (library.config.articles[0] / "b.jsonl").chmod(0)
    drive = library.config.articles[0]
    drive.rename(drive.with_name("unplugged"))
    drive.mkdir()
    (drive / "c.txt").write_text("Something else.")
    drive.rename(drive.with_name("elsewhere"))
    config = library.config.model_copy(update={"articles": (drive, drive.with_name("elsewhere"))})
    list(mend(config, examined(library), library.model.embedder))
    with library.library() as reading:
        assert {one.id for one in reading.articles()} == {"c.txt", "a.md", *(f"n{n}" for n in range(9))}
    assert faults(library) == ["articles"], "what cannot be read again cannot be mended, and is named"


def test_a_vector_is_taken_from_the_faiss_file_and_only_what_is_nowhere_is_embedded(library: Assistant) -> None:
    damaged(library, "UPDATE vector SET data = zeroblob(length(data)) WHERE key < x'80'")
    assert faults(library) == ["vectors"]
    steps = mended(library)
    assert not any("embedded" in step for step in steps)
    assert faults(library) == []
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    damaged(library, "DELETE FROM vector WHERE key = (SELECT min(key) FROM vector)")
    with pytest.raises(LibraryDamaged, match=r"stored vector of passage \d+ is missing or damaged; run: assistant d"):
        list(library.ask("Which boat came in?"))
    assert mended(library)[-1].endswith("1 passage embedded")
    assert faults(library) == []


def test_articles_that_came_from_no_file_are_not_dropped_by_mending(library: Assistant) -> None:
    list(library.build(articles=[article("The mole is new.", id="given")]))
    damaged(library, "UPDATE article SET title = 'Other' WHERE id = 'n3'")
    with pytest.raises(LibraryError, match=r"would drop 1 article that came from no file; build again with what gave"):
        mended(library)
    assert library.article("given") is not None


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE statement SET speaker = 'Somebody Else'", ["statements"]),
        ("UPDATE story SET story = 1", ["statements"]),
        ("DELETE FROM speaker_word", ["statements"]),
        ("UPDATE passage SET end = end - 1 WHERE number = 1", ["passages"]),
        ("DELETE FROM passage WHERE number = 1", ["passages", "FAISS file", "statements", "full text"]),
        ("UPDATE article SET sentences = x'0102'", ["passages"]),
        ("INSERT INTO passage_words (passage_words) VALUES ('delete-all')", ["full text"]),
        ("UPDATE file SET notices = '['", ["files"]),
        ("DELETE FROM manifest", ["database"]),
        ("UPDATE manifest SET value = '../x' WHERE key = 'vectors_file'", ["database"]),
        ("UPDATE article SET text = x'ff'", ["articles"]),
    ],
)
def test_whatever_was_altered_is_found_and_mended_and_nothing_is_embedded_again(
    library: Assistant, statement: str, found: list[str]
) -> None:
    damaged(library, statement)
    assert set(faults(library)) & set(found), faults(library)
    steps = mended(library)
    assert faults(library) == []
    assert not any("embedded" in step and "0 passages embedded" not in step for step in steps), steps
    with library.library() as reading:
        assert reading.counts()["statements"] == 1
        assert reading.article_count() == 10


def test_a_database_that_was_cut_short_is_put_aside_and_its_vectors_are_saved(library: Assistant) -> None:
    database = library.config.index / DATABASE
    os.truncate(database, database.stat().st_size - 5000)
    whole = len(set(vectors_in(database)))
    assert 0 < whole < 10
    assert faults(library) == ["database"]
    steps = mended(library)
    assert steps[0] == f"saved {whole} vectors from the damaged database"
    assert steps[-1].endswith(f"{10 - whole} passages embedded")
    assert faults(library) == []
    assert len(list(library.config.index.glob("damaged-*.sqlite3"))) == 1
    assert any("put aside as damaged" in finding.message for finding in examined(library).findings)


def test_leftovers_and_strangers_are_told_apart(library: Assistant) -> None:
    index = library.config.index
    (index / "vectors-0123456789abcdef.faiss").write_bytes(b"x")
    (index / "rebuilding.sqlite3").write_bytes(b"x")
    (index / "songs.txt").write_text("mine")
    diagnosis = examined(library)
    assert (diagnosis.faults, len(diagnosis.leftovers)) == ([], 2)
    assert run(library, "--fix")[0] == 0
    assert (index / "songs.txt").read_text() == "mine"
    assert not (index / "rebuilding.sqlite3").exists()
    assert [path.name for path in index.glob("vectors-*")] == [examined_file(library)]


def examined_file(library: Assistant) -> str:
    with library.library() as reading:
        return reading.manifest["vectors_file"]


def test_while_a_build_goes_on_what_is_published_is_examined_and_nothing_mended(
    library: Assistant, write_article: Write
) -> None:
    write_article("new.md", "Something new.")
    events = library.build()
    next(events)
    code, printed = run(library)
    assert code == 0
    assert "not checked while a build is going on" in printed
    (file,) = library.config.index.glob("vectors-*")
    file.unlink()
    with pytest.raises(LibraryLocked):
        mended(library)
    list(events)
    assert faults(library) == []
