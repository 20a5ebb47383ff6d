"""Published tables that were damaged or altered: each reading ends in an error that names the remedy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import LibraryDamaged, LibraryError
from assistant.indexing.lance.publishing import publish_tables
from assistant.store.lance.library import LanceLibrary
from assistant.store.lance.tables import TABLES, lance_errors
from assistant.store.protocol import WordQuery
from tests.support.memory_library import DIMENSION, embed_words
from tests.support.sampling import sampled
from tests.support.tiny_library import build_tiny_library

lance = pytest.importorskip("lance", reason="the extra lance is not installed")
pa = pytest.importorskip("pyarrow")
QUAY = "---\ntitle: The quay\n---\n“The quay is too short,” said harbour master Maud Lindqvist. It was built in 1911."


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish_tables(build_tiny_library(folder, [], quay=QUAY).index, str(folder / "tables"))
    return folder / "tables"


def read_everything(folder: Path) -> None:
    """Read in each way that the tables have of their own, and articles with their statements."""
    with LanceLibrary.open(str(folder)) as library:
        for article in list(library.articles()):
            library.statements(article.id)
            library.sentence_spans(article.id)
        numbers = [number for number, _ in library.search_words(WordQuery.any_of(["quay"]), 9, 2.0)]
        numbers += [number for number, _ in library.search_vectors(embed_words("quay"), 9)]
        library.passages(numbers)
        assert all(np.isfinite(cosine) for cosine in library.cosines(embed_words("quay"), numbers) if cosine)
        library.file_rows()
        library.size_in_bytes()


def publish(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Publish what a function makes of the publication, as text or as an object."""
    table = lance.dataset(str(folder / "publication.lance"))
    made = change(json.loads(table.config()["published"]))
    table.update_config({"published": made if isinstance(made, str) else json.dumps(made)})


def replace_column(folder: Path, table: str, column: str, value: object, kind: Any = None) -> None:
    """Publish a table in which a column has one value in all rows, of another type if one is given."""
    address = str(folder / f"{table}.lance")
    rows = lance.dataset(address).to_table()
    at = rows.schema.get_field_index(column)
    field = pa.field(column, kind or rows.schema.field(at).type)
    rows = rows.set_column(at, field, pa.array([value] * len(rows), field.type))
    version = lance.write_dataset(rows, address, mode="overwrite").version
    publish(folder, lambda found: {**found, "versions": {**found["versions"], table: version}})


def change_stems(folder: Path, value: str) -> None:
    """Publish other stems, an expression of SQL, and the index of words with them."""
    table = lance.dataset(str(folder / "passage.lance"))
    table.update({"stems": value})
    table.optimize.optimize_indices()
    publish(folder, lambda found: {**found, "versions": {**found["versions"], "passage": table.latest_version}})


def version_of(value: object) -> Callable[[Path], None]:
    """Publish this as the version of a table."""
    return lambda folder: publish(folder, lambda found: {**found, "versions": {**found["versions"], "article": value}})


ALTERED: dict[str, Callable[[Path], None]] = {
    "no JSON": lambda folder: publish(folder, lambda _: "{"),
    "another kind": lambda folder: publish(folder, lambda _: [1]),
    "a table missing": lambda folder: publish(folder, lambda found: {**found, "versions": {}}),
    "a version in words": version_of("x"),
    "a negative version": version_of(-1),
    "a huge version": version_of(10**25),
    "a version that is not there": version_of(99),
    "no manifest": lambda folder: publish(folder, lambda found: {**found, "manifest": {}}),
    "a manifest without dimension": lambda folder: publish(
        folder,
        lambda found: {**found, "manifest": {k: v for k, v in found["manifest"].items() if k != "dimension"}},
    ),
    "numbers in the manifest": lambda folder: publish(
        folder, lambda found: {**found, "manifest": dict.fromkeys(found["manifest"], 1)}
    ),
    "stems in words": lambda folder: publish(folder, lambda found: {**found, "stems": "x"}),
    "a table deleted": lambda folder: shutil.rmtree(folder / "statement.lance"),
    "a text as bytes": lambda folder: replace_column(folder, "article", "text", b"x", pa.binary()),
    "no text": lambda folder: replace_column(folder, "article", "text", None),
    "another text": lambda folder: replace_column(folder, "article", "text", "The quay is long enough."),
    "an offset in words": lambda folder: replace_column(folder, "passage", "start", "x", pa.string()),
    "a negative offset": lambda folder: replace_column(folder, "statement", "start", -5),
    "stems without a title": lambda folder: change_stems(folder, "'quai'"),
    "no vector": lambda folder: replace_column(folder, "passage", "vector", None),
    "not a number": lambda folder: replace_column(folder, "passage", "vector", [float("nan")] * DIMENSION),
    "a short vector": lambda folder: replace_column(folder, "passage", "vector", [1.0], pa.list_(pa.float16(), 1)),
}


def test_untouched_tables_are_read(published: Path) -> None:
    """What the tests below read is there."""
    read_everything(published)


@pytest.mark.parametrize("name", sampled(ALTERED, 2))
def test_altered_tables_refused(published: Path, tmp_path: Path, name: str) -> None:
    """No exception of Python, Lance or DuckDB gets out."""
    folder = tmp_path / "tables"
    shutil.copytree(published, folder)
    ALTERED[name](folder)
    with pytest.raises(LibraryError, match=r"run: assistant (build|doctor)|check the address"):
        read_everything(folder)


def test_counts_that_cannot_be_give_no_error(published: Path, tmp_path: Path) -> None:
    """A word in more passages than there are, and no stems at all: a ranking, though a wrong one."""
    folder = tmp_path / "tables"
    shutil.copytree(published, folder)
    replace_column(folder, "word", "doc", 10**9)
    publish(folder, lambda found: {**found, "stems": 0})
    read_everything(folder)


def test_what_was_altered_is_published_anew(tmp_path: Path) -> None:
    """The remedy of the message works: without the tables, the next build publishes again."""
    index = build_tiny_library(tmp_path, [], quay=QUAY).index
    folder = tmp_path / "tables"
    publish_tables(index, str(folder))
    publish(folder, lambda _: "{")
    with pytest.raises(LibraryDamaged, match="delete the tables that are there, and run: assistant build"):
        publish_tables(index, str(folder))
    shutil.rmtree(folder)
    assert publish_tables(index, str(folder))
    read_everything(folder)
    assert {path.stem for path in folder.iterdir()} == {*TABLES, "publication"}


def test_password_of_an_address_is_not_repeated() -> None:
    """What a library says of the server that it could not reach names neither user nor password."""
    with pytest.raises(LibraryError) as refused, lance_errors("s3://desk/library"):
        raise OSError("error sending request for url (http://reader:secret@10.0.0.1:9000/desk): refused")
    assert "http://10.0.0.1:9000/desk" in str(refused.value)
    assert "secret" not in str(refused.value)
