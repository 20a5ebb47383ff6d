"""The scenes of the campaign: a small library, a change to its articles, and checks of the library after a build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from assistant.config.schema import Config
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import PreloadedModelLoader
from assistant.embedding.model_files import ModelFiles
from assistant.engine import Assistant
from assistant.errors import LibraryMissing, LibraryOutdated
from assistant.indexing.build import build_library
from assistant.records.build import BuildReport
from assistant.store.library import DATABASE, SqliteLibrary
from assistant.store.protocol import Library, WordQuery
from tests.support.old_formats import downgrade_library
from tests.torture.memo import NO_RANKER, VectorCache

SEEDS = Path(__file__).parent.parent.parent / "seeds"
Change = Literal["upgrade", "first", "sync", "delete", "rebuild"]
CHANGES: tuple[Change, ...] = ("upgrade", "first", "sync", "delete", "rebuild")
QUESTIONS = (
    "What did Ushakov say about Europe?",
    "How many homes were evacuated?",
)
NO_LIBRARY = "no library"
OUTDATED_LIBRARY = "a library of an older format"


def hash_library(config: Config, model: ModelFiles, embedder: Embedder) -> str:
    """A snapshot of all that readers can see: one hash for the contents and one for each answer, joined by "|".

    `NO_LIBRARY` or `OUTDATED_LIBRARY` if there is nothing to read.
    """
    assistant = Assistant(config, PreloadedModelLoader(config.embedding, model, embedder))
    try:
        with assistant.open_library() as library:
            hashes = [hash_contents(library, embedder)]
        for question in QUESTIONS:
            answer = assistant.ask(question).to_dict()
            del answer["timings"], answer["passages"]  # the order of equal scores is not fixed
            hashes.append(_hash(answer))
    except LibraryMissing:
        return NO_LIBRARY
    except LibraryOutdated:
        return OUTDATED_LIBRARY
    return "|".join(hashes)


def _hash(part: object) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:16]


def matches_before_or_after(contents: str, before: str, after: str) -> bool:
    """Whether each part of a snapshot is as before or as after: a build may be published between two parts."""
    pairs = zip(contents.split("|"), before.split("|"), after.split("|"), strict=False)
    same_length = len(contents.split("|")) in (len(before.split("|")), len(after.split("|")))
    return contents in (before, after) or (same_length and all(part in either for part, *either in pairs))


def hash_contents(library: Library, embedder: Embedder) -> str:
    """A hash of all that a library has, the same for both stores."""
    contents: list[Any] = [library.counts(), library.speakers(), repr(library.article_rows())]
    articles = sorted(library.articles(), key=lambda article: article.id)  # a store gives those of a day in any order
    for article in articles:
        spans = library.sentence_spans(article.id)
        said = [repr(one) for one in library.statements(article.id)]
        copies = [copy.article_id for copy in library.duplicates(article.id)]
        contents.append([repr(replace(article, first_seen=None)), spans, said, copies])  # of builds at different times
    count = library.passage_count()
    (direction,) = embedder.embed(["Boats came in."])
    near = library.search_vectors(direction, count)
    words = library.search_words(WordQuery.any_of(("boat", "homes", "Europe")), count, 1.0)
    passages = library.passages(sorted({number for number, _ in (*near, *words)}))  # refused if one of them is gone
    contents.append([len(near), len(passages)])
    contents.append(sorted([repr(passages[number]), round(cosine, 4)] for number, cosine in near))
    contents.append(sorted([repr(passages[number]), round(score, 9)] for number, score in words))
    return _hash(contents)


@dataclass(slots=True)
class Scene:
    """A library before a change, the articles after it, and the snapshots that a reader may see."""

    change: Change
    root: Path
    model: ModelFiles
    memo: VectorCache
    before: str = ""
    after: str = ""
    synced: str = ""  # after a sync; differs from `after` only for a rebuild, in order
    new_passages: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def config(self) -> Config:
        return Config(articles=(self.articles,), index=self.index, ranking=NO_RANKER)

    @property
    def rebuilds(self) -> bool:
        return self.change == "rebuild"

    def prepare(self) -> None:
        """Write the articles, build, change the articles, and record the snapshots before and after a build."""
        self.articles.mkdir(parents=True)
        template = self.root / "template"
        if self.change == "first":
            template.mkdir()
            _write_first_articles(self.articles)
        else:
            _write_first_articles(self.articles)
            self.build()
            if self.change == "upgrade":
                downgrade_library(self.index, 2)
            else:
                _CHANGES[self.change](self.articles)
            shutil.copytree(self.index, template)
        self.reset()
        self.before = self.hash_library()
        report = self.build(rebuild=self.rebuilds)
        self.new_passages = report.embedded
        self.after = self.hash_library()
        self.reset()
        self.build()
        self.synced = self.hash_library()
        self.reset()

    def reset(self) -> None:
        """Restore the library to its state before the change."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.root / "template", self.index)

    def hash_library(self) -> str:
        return hash_library(self.config, self.model, self.memo)

    def build(self, *, rebuild: bool = False) -> BuildReport:
        *_, report = build_library(self.config, self.model, lambda: self.memo, rebuild=rebuild)
        assert isinstance(report, BuildReport)
        return report

    # ---------------------------------------------------------------------------------------- checks

    def check_after_fault(self, kept: int, published: bool, about: str) -> None:
        """Check the library after a build with a fault: as before or as after, and the next build completes it.

        `kept`: passages that the build committed; they must not be embedded again. `published`: success was reported.
        """
        contents = self._run_guarded("reading", about, self.hash_library)
        if contents not in (self.before, self.after) or (published and contents != self.after):
            self.problems.append(f"{about}: neither the state before nor the state after")
        state = {self.before: "before", self.after: "after"}.get(contents, "neither")
        again = self.rebuilds and contents == self.before  # the rebuild did not take effect
        report = self._run_guarded("the next build", about, lambda: self.build(rebuild=again))
        if isinstance(report, BuildReport):
            remaining = 0 if contents == self.after else self.new_passages - kept
            if report.embedded > remaining:
                self.problems.append(
                    f"{about}: {report.embedded} embedded by the next build, at most {remaining} expected ({state})"
                )
        now = self._run_guarded("reading after the next build", about, self.hash_library)
        if now != self.after:
            self.problems.append(f"{about}: the next build did not reach the state after")
        self.problems += [f"{about}: {fault}" for fault in find_library_faults(self.index)]

    def _run_guarded(self, doing: str, about: str, action: Callable[[], Any]) -> Any:
        try:
            return action()
        except Exception as error:
            self.problems.append(f"{about}: {doing} failed: {type(error).__name__}: {error}")
            return None


def find_library_faults(index: Path) -> list[str]:
    """Inconsistencies in a library after a build, and unknown files in its folder."""
    faults = []
    try:
        with closing(sqlite3.connect(index / DATABASE)) as database:
            checked = database.execute("PRAGMA integrity_check").fetchall()
            if checked != [("ok",)]:
                faults.append(f"integrity check: {checked[:3]}")
            database.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
            (missing,) = database.execute(
                "SELECT count(*) FROM passage WHERE vector_key NOT IN (SELECT key FROM vector)"
            ).fetchone()
            if missing:
                faults.append(f"{missing} passages without a vector")
        with SqliteLibrary.open(index) as library:
            named = {library.manifest["vectors_file"], "build.lock", "README.md"}
    except Exception as error:
        return [*faults, f"{type(error).__name__}: {error}"]
    named |= {DATABASE + suffix for suffix in ("", "-wal", "-shm")}
    unknown = {path.name for path in index.iterdir() if path.is_file()} - named
    if unknown:
        faults.append(f"unknown files: {', '.join(sorted(unknown))}")
    return faults


# ------------------------------------------------------------------------------------------ articles


def _write_file(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_000_000_000 + len(text), 1_000_000_000 + len(text)))


_CARGO = "salt rope coal herring timber barley cork iron slate wool tar glass hemp butter copper sailcloth".split()


def _make_boat_articles(first: int, last: int, words: str = "came in with the tide") -> str:
    lines = []
    for number in range(first, last):
        cargo = " and ".join(_CARGO[: number % 9 + 1] + _CARGO[number % 7 : number // 5 + 2])  # each is different
        text = f"Boat {number} {words}, with {cargo}. “We saw it,” harbour master Ida Roe said of boat {number}."
        lines.append(json.dumps({"id": f"boat-{number}", "title": f"Boat {number}", "text": text}) + "\n")
    return "".join(lines)


def _write_first_articles(folder: Path) -> None:
    for path in sorted(SEEDS.glob("*.md")):
        if path.stem != "README":
            _write_file(folder, path.name, path.read_text(encoding="utf-8"))
    _write_file(folder, "boats.jsonl", _make_boat_articles(0, 12))
    _write_file(folder, "ferries.jsonl", _make_boat_articles(20, 24))


def _change_articles(folder: Path) -> None:
    _write_file(folder, "boats.jsonl", _make_boat_articles(0, 6) + _make_boat_articles(6, 12, "sank in the storm"))
    _write_file(folder, "more.jsonl", _make_boat_articles(40, 60))
    (folder / "ferries.jsonl").unlink()
    (folder / "2025-10-27-ushakov-on-european-objections.md").unlink()


def _delete_articles(folder: Path) -> None:
    (folder / "ferries.jsonl").unlink()
    (folder / "2025-10-27-ushakov-on-european-objections.md").unlink()
    (folder / "2025-04-28-post-flood-relief.md").unlink()


_CHANGES: dict[Change, Callable[[Path], None]] = {
    "sync": _change_articles,
    "delete": _delete_articles,
    "rebuild": _change_articles,
}
