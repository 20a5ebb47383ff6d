"""A fault of the program that one article brings out costs that article what failed, and not the build."""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.articles.readers import read_file
from assistant.articles.source_file import SourceFile
from assistant.articles.supplements.supplement import Supplement
from assistant.config.schema import Config
from assistant.doctor.derived_checks import check_derived_data
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.errors import BuildError, LibraryError
from assistant.indexing.build import build_library
from assistant.indexing.changes import ChangeWatcher
from assistant.indexing.stories import encode_signature
from assistant.indexing.workers import cluster, local
from assistant.indexing.workers.faults import (
    MANIFEST_KEY,
    Fault,
    FaultGuard,
    FaultRecord,
    decode_faults,
    encode_faults,
)
from assistant.records.article import Article
from assistant.records.build import BuildOptions, BuildReport, ProgressUpdate
from assistant.speech import statements as speech
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.protocol import WordQuery
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article, make_config
from tests.support.tiny_library import TINY_MODEL, WordEmbedder

SAID = "“{thing} is shut,” said Ada Roe, the mayor. The {thing} will open in May."
THINGS = ("ferry", "lighthouse", "market")


class BrokenEmbedder(WordEmbedder):
    """Cannot count the tokens of a text on the lighthouse."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if any("lighthouse" in text for text in texts):
            raise TypeError("no token \x1b[31m of this")
        return super().count_tokens(texts)


def fail_at_lighthouse(function: Callable[..., Any]) -> Callable[..., Any]:
    """A stage that fails with the article on the lighthouse."""

    def stage(article: Article, *others: Any) -> Any:
        if "lighthouse" in article.text:
            raise IndexError("pop from an empty name")
        return function(article, *others)

    return stage


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Three articles in files of their own."""
    (tmp_path / "articles").mkdir()
    for thing in THINGS:
        write(tmp_path, thing)
    return make_config(tmp_path / "articles", tmp_path / "index")


def write(folder: Path, thing: str, more: str = "") -> None:
    text = f"# The {thing}\n\n{SAID.format(thing=thing)}{more}\n"
    (folder / "articles" / f"{thing}.md").write_text(text, encoding="utf-8")


def build(config: Config, embedder: Callable[[], WordEmbedder] = WordEmbedder, **options: Any) -> BuildReport:
    """Build with every stage in this process; the notices are those that were told meanwhile."""
    *events, report = build_library(config, TINY_MODEL, embedder, **options)
    assert isinstance(report, BuildReport)
    assert [event for event in events if not isinstance(event, ProgressUpdate)] == list(report.notices)
    return report


def read_library(config: Config) -> dict[str, list[str | None]]:
    """The speakers of each article."""
    with SqliteLibrary.open(config.index) as library:
        names = sorted(library.load_articles(WHOLE))
        return {name: [each.speaker for each in library.statements(name)] for name in names}


def examine(config: Config) -> list[tuple[str, str, str]]:
    """What the doctor finds of what is derived: the check, the level, and the words."""
    with SqliteLibrary.open(config.index) as library:
        examination = Examination(config, Diagnosis(), opened=library)
        return [(each.check, each.level, each.message) for each in check_derived_data(examination)]


WHOLE = {f"{thing}.md": ["Ada Roe"] for thing in THINGS}


# ------------------------------------------------------------------------------- statements


@pytest.fixture
def broken_speech(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The search for statements fails with the article on the lighthouse."""
    with monkeypatch.context() as patch:
        patch.setattr(speech, "find_speech", fail_at_lighthouse(speech.find_speech))
        yield patch


def test_article_without_statements_is_searched_and_named(config: Config, broken_speech: pytest.MonkeyPatch) -> None:
    """The others have theirs. The notice names file, article, cause and what to do, and is no skipped file."""
    report = build(config)
    assert report.added == 3
    (notice,) = report.notices
    assert notice.place == str(config.articles[0] / "lighthouse.md")
    assert "article 'lighthouse.md'" in notice.reason
    assert "IndexError in assistant/indexing/workers/local.py, line " in notice.reason
    assert "pop from an empty name" in notice.reason
    assert "please report it; each build tries again" in notice.reason
    assert not notice.skipped
    assert read_library(config) == {**WHOLE, "lighthouse.md": []}
    with SqliteLibrary.open(config.index) as library:
        assert [number for number, _ in library.rank_articles(WordQuery.all_of(["lighthouse"]), 1.0)] != []


def test_each_build_says_it_again_and_changes_nothing(config: Config, broken_speech: pytest.MonkeyPatch) -> None:
    """Until the program is mended. What is pending says it too, and the doctor, which finds no damage."""
    first = build(config)
    with SqliteLibrary.open(config.index) as library:
        generation, manifest = library.manifest["generation"], library.manifest
    second = build(config)
    assert (second.unchanged, second.notices) == (3, first.notices)
    with SqliteLibrary.open(config.index) as library:
        assert library.manifest["generation"] == generation
    assert first.notices[0] in ChangeWatcher().find_changes(config, {}, manifest).notices
    (told, *others) = examine(config)
    assert told[:2] == ("statements", "note")
    assert told[2].startswith("not known of 1 article: lighthouse.md (IndexError in assistant/")
    assert {level for _, level, _ in others} == {"ok"}


def test_mended_program_finds_the_statements(config: Config, broken_speech: pytest.MonkeyPatch) -> None:
    """The next build has them although no file has changed, and the library is that of a program without the fault."""
    build(config)
    broken_speech.undo()
    assert [level for _, level, _ in examine(config)] == ["note", "ok", "ok"]
    report = build(config)
    assert (report.unchanged, report.notices) == (3, ())
    assert read_library(config) == WHOLE
    assert [level for _, level, _ in examine(config)] == ["ok", "ok"]
    with SqliteLibrary.open(config.index) as library:
        assert MANIFEST_KEY not in library.manifest


def test_statements_that_cannot_be_stored(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that no statement may have is a fault too: none of the article's statements is stored then."""
    find = speech.find_speech

    def find_bad(article: Article, *others: Any) -> Any:
        found, corrections = find(article, *others)
        bad = [each for each in found if "lighthouse" in article.text]
        for each in bad:
            object.__setattr__(each, "cue", None)
        return [*found, *bad], corrections

    monkeypatch.setattr(speech, "find_speech", find_bad)
    (notice,) = build(config).notices
    assert "IntegrityError" in notice.reason
    assert read_library(config) == {**WHOLE, "lighthouse.md": []}


def test_article_that_goes_is_not_named_any_more(config: Config, broken_speech: pytest.MonkeyPatch) -> None:
    """Neither by the build that removes it nor by the manifest."""
    build(config)
    (config.articles[0] / "lighthouse.md").unlink()
    report = build(config)
    assert (report.removed, report.notices) == (1, ())
    with SqliteLibrary.open(config.index) as library:
        assert MANIFEST_KEY not in library.manifest


def test_records_in_a_damaged_manifest_are_passed_over() -> None:
    """They are found anew; a record of other types is none."""
    record = FaultRecord("a", "/a.md", "KeyError")
    assert decode_faults({MANIFEST_KEY: encode_faults([record])}) == [record]
    for damaged in ("", "[", "3", "[3]", '[{"id": "a"}]', '[{"id": 1, "file": "b", "error": []}]', "{}"):
        assert decode_faults({MANIFEST_KEY: damaged}) == []


# -------------------------------------------------------------------------------- dividing


def test_article_that_cannot_be_divided_is_left_out(config: Config) -> None:
    """The others are there; each build tries again, also if its file has not changed."""
    report = build(config, BrokenEmbedder)
    assert report.added == 2
    (notice,) = report.notices
    assert notice.skipped
    assert notice.reason.startswith("article 'lighthouse.md' failed and it is left out: TypeError in assistant/")
    assert "no token ␛[31m of this" in notice.reason
    assert sorted(read_library(config)) == ["ferry.md", "market.md"]
    assert build(config, BrokenEmbedder).notices == (notice,)
    report = build(config)
    assert (report.added, report.unchanged, report.notices) == (1, 2, ())
    assert read_library(config) == WHOLE


def test_changed_article_that_cannot_be_divided_keeps_its_text(config: Config, tmp_path: Path) -> None:
    """What the last build has of it stays, with its statements and vectors."""
    build(config)
    write(tmp_path, "lighthouse", " The light is blue.")
    report = build(config, BrokenEmbedder)
    assert (report.changed, report.removed, report.unchanged) == (0, 0, 3)
    (notice,) = report.notices
    assert "failed and its text of the last build is kept" in notice.reason
    assert read_library(config) == WHOLE
    with closing(sqlite3.connect(config.index / DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM version").fetchone() == (0,)
    assert build(config).changed == 1
    with SqliteLibrary.open(config.index) as library:
        assert "The light is blue." in library.load_articles(["lighthouse.md"])["lighthouse.md"].text


def test_article_that_is_given_and_fails(config: Config) -> None:
    """As one from a file."""
    report = build(config, BrokenEmbedder, extra=[make_article(SAID.format(thing="lighthouse keeper"), id="given")])
    assert [notice.place for notice in report.notices][-1] == "(given)"
    assert report.added == 2


def test_values_that_are_told_and_fail(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article whose values from a table or the settings cannot be used is left out, and its file is read on."""
    apply = fail_at_lighthouse(Supplement().apply)

    def apply_told(_supplement: Supplement, article: Article, file: SourceFile) -> Article | None:
        return cast("Article | None", apply(article, file))

    monkeypatch.setattr(Supplement, "apply", apply_told)
    report = build(config)
    assert (report.added, report.skipped) == (2, 1)


# ------------------------------------------------------------------------------- signatures


def fail_to_sign(patch: pytest.MonkeyPatch, word: str) -> None:
    """No text with this word gets a signature."""

    def sign(text: str, url: str | None) -> tuple[bytes | None, set[int]]:
        if word in text:
            raise ZeroDivisionError("no shingle")
        return encode_signature(text, url)

    patch.setattr(local, "encode_signature", sign)


def read_stories(config: Config) -> list[tuple[str, int, bool]]:
    """The id of each article, its story, and whether it has a signature."""
    query = "SELECT id, story, signature NOT NULL FROM article JOIN story ON article = number ORDER BY id"
    with closing(sqlite3.connect(config.index / DATABASE)) as database:
        return [(name, story, bool(is_signed)) for name, story, is_signed in database.execute(query)]


def test_article_without_signature_has_its_statements(config: Config, tmp_path: Path) -> None:
    """It is no near-duplicate until the program is mended; the next build has the library of one without the fault."""
    long = " " + " ".join(f"word{number}" for number in range(80))
    for thing in THINGS:
        write(tmp_path, thing, long)
    with pytest.MonkeyPatch.context() as patch:
        fail_to_sign(patch, "lighthouse")
        (notice,) = build(config).notices
        assert (
            "near-duplicates of article 'lighthouse.md' is not known: ZeroDivisionError in assistant/" in notice.reason
        )
        assert read_library(config) == WHOLE
        assert read_stories(config) == [("ferry.md", 1, True), ("lighthouse.md", 2, False), ("market.md", 1, True)]
        assert next((check, level) for check, level, _ in examine(config)) == ("duplicates", "note")
        assert build(config).notices == (notice,)
    assert [level for _, level, _ in examine(config)] == ["note", "ok", "ok"]
    assert build(config).notices == ()
    assert read_stories(config) == [("ferry.md", 1, True), ("lighthouse.md", 1, True), ("market.md", 1, True)]
    assert read_library(config) == WHOLE
    assert [level for _, level, _ in examine(config)] == ["ok", "ok"]
    with SqliteLibrary.open(config.index) as library:
        assert MANIFEST_KEY not in library.manifest


def test_both_faults_of_one_article_are_told_and_mended_apart(
    config: Config, tmp_path: Path, broken_speech: pytest.MonkeyPatch
) -> None:
    """The one that is mended first is not told any more."""
    write(tmp_path, "lighthouse", " " + " ".join(f"word{number}" for number in range(80)))
    with pytest.MonkeyPatch.context() as patch:
        fail_to_sign(patch, "lighthouse")
        assert [each.reason[:3] for each in build(config).notices] == ["who", "whi"]
        assert [level for _, level, _ in examine(config)] == ["note", "note", "ok", "ok"]
        broken_speech.undo()
        assert [each.reason[:3] for each in build(config).notices] == ["whi"]
        assert read_library(config) == WHOLE
    assert build(config).notices == ()
    assert read_library(config) == WHOLE
    assert [level for _, level, _ in examine(config)] == ["ok", "ok"]


# --------------------------------------------------------------------------------- readers


@pytest.fixture
def table(config: Config) -> Path:
    """A file with six articles, in a folder of its own."""
    path = config.articles[0] / "six.jsonl"
    lines = [json.dumps({"id": f"six{number}", "text": f"Quay {number} is shut."}) for number in range(6)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def break_reader(patch: pytest.MonkeyPatch) -> None:
    """The reader of the file with six articles fails after the second one."""

    def read_some(file: SourceFile, *others: Any) -> Iterator[Any]:
        for done, item in enumerate(read_file(file, *others)):
            if file.suffix == ".jsonl" and done == 2:
                raise KeyError("third")
            yield item

    patch.setattr(local, "read_file", read_some)


def test_fault_of_a_reader_keeps_the_articles_of_its_file(config: Config, table: Path) -> None:
    """Those that it did not come to; each build tries again, so that the mended program reads them."""
    assert build(config).added == 9
    ids = [f"six{number}" for number in range(6)]
    changed = table.read_text(encoding="utf-8").replace("Quay 5 is shut", "Quay 5 is open").replace("Quay 0", "Pier 0")
    table.write_text(f"{changed}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        break_reader(patch)
        for expected in (1, 0):
            report = build(config)
            assert (report.added, report.changed, report.removed, report.unchanged) == (0, expected, 0, 9 - expected)
            (notice,) = report.notices
            assert (notice.place, notice.skipped) == (str(table), True)
            assert notice.reason.startswith("its reader failed and its articles of the last build are kept (KeyError")
    report = build(config)
    assert (report.changed, report.removed, report.unchanged, report.notices) == (1, 0, 8, ())
    assert build(config).unchanged == 9
    with SqliteLibrary.open(config.index) as library:
        texts = {name: article.text for name, article in library.load_articles(ids).items()}
    assert (len(texts), texts["six0"], texts["six5"]) == (6, "Pier 0 is shut.", "Quay 5 is open.")


# --------------------------------------------------------------------------------- rebuilds


def test_rebuild_refuses_to_drop_an_article_that_fails(config: Config) -> None:
    """The library stays as it is, and the error names the article; with `prune` the rebuild goes on without it."""
    build(config)
    with pytest.raises(
        BuildError, match=r"lighthouse\.md: a rebuild would drop article 'lighthouse\.md': it failed now"
    ):
        build(config, BrokenEmbedder, rebuild=True)
    assert read_library(config) == WHOLE
    assert build(config).unchanged == 3
    report = build(config, BrokenEmbedder, rebuild=True, options=BuildOptions(prune=True))
    assert (report.added, report.skipped) == (2, 1)
    assert build(config, BrokenEmbedder, rebuild=True).added == 2  # nothing to lose now


def test_rebuild_refuses_to_drop_the_rest_of_a_file(config: Config, table: Path) -> None:
    """Its reader fails: what it did not come to would be lost. An article that another file has is not."""
    build(config)
    with pytest.MonkeyPatch.context() as patch:
        break_reader(patch)
        with pytest.raises(
            BuildError, match=r"six\.jsonl: a rebuild would drop article 'six2' and 3 more: it failed now"
        ):
            build(config, rebuild=True)
        assert build(config).unchanged == 9
        rest = table.read_text(encoding="utf-8").splitlines()[2:]
        table.with_name("six_more.jsonl").write_text("\n".join(rest[:2]), encoding="utf-8")
        with pytest.raises(BuildError, match="'six4' and 1 more"):
            build(config, rebuild=True)
    assert build(config, rebuild=True).added == 9


# -------------------------------------------------------------------------------- elsewhere


def test_workers_elsewhere_give_the_fault_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stages of a cluster, with their results as they travel."""
    pyarrow = pytest.importorskip("pyarrow", reason="the extra ray is not installed")
    job = cluster.Job(None, None, 64, "")  # type: ignore[arg-type]  # nothing is read
    monkeypatch.setattr(cluster, "_get_model", lambda _job: BrokenEmbedder())
    monkeypatch.setattr(speech, "find_speech", fail_at_lighthouse(speech.find_speech))
    articles = [make_article(SAID.format(thing=thing), id=thing) for thing in THINGS]

    def run(items: Sequence[Any], stage: Any) -> list[Any]:
        table = pyarrow.table({"item": pyarrow.array([pickle.dumps(each) for each in enumerate(items)])})
        tables = cluster._run_stage(table, stage, job)
        return [pickle.loads(each)[1] for answer in tables for each in answer.column("item").to_pylist()]

    divided = run(articles, cluster._divide)
    assert [isinstance(each, Fault) for each in divided] == [False, True, False]
    assert divided[1].article_id == "lighthouse"
    derived = run([(article, sentence_spans(article.text)) for article in articles], cluster._derive)
    assert [bool(each.fault) for each in derived] == [False, True, False]
    assert [len(each.statements) for each in derived] == [1, 0, 1]


# -------------------------------------------------------------------------------- the guard


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(28, "full"),
        LibraryError("x"),
        sqlite3.OperationalError("full"),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_not_of_the_article_is_passed_on(error: BaseException) -> None:
    """Want of memory or disk, a damaged library, and the user's own stop end the build as before."""
    with pytest.raises(type(error)), FaultGuard("a") as guard:
        raise error
    assert guard.fault is None


def test_changes_of_a_fault_are_undone() -> None:
    """Those before it and after it stay."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("CREATE TABLE a (number INTEGER NOT NULL) STRICT")
        database.execute("BEGIN")
        for values in ((1, 2), (3, None), (4, object()), (5, "x"), (6,)):
            with FaultGuard(str(values), database):
                for value in values:
                    database.execute("INSERT INTO a VALUES (?)", (value,))
        assert [number for (number,) in database.execute("SELECT number FROM a")] == [1, 2, 6]
        assert database.in_transaction
