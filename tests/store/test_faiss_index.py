"""The FAISS index: each of its kinds finds what an exact search finds, and is brought up to date, not made anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles, Vectors
from assistant.errors import LibraryDamaged
from assistant.store import faiss_index as vectors
from assistant.store.faiss_index import Ids, Kind, VectorIndex, kind_for
from assistant.store.library import Library
from tests.support.workspace import Desk, assert_holds_together, jsonl, many

KINDS: tuple[Kind, ...] = ("exact", "scanned", "listed")


@dataclass
class Made:
    """Vectors in as many directions as there are topics, some around each, under every third number."""

    dimension: int = 64
    count: int = 3_000

    def __post_init__(self) -> None:
        chance = np.random.default_rng(1)
        topics = chance.standard_normal((60, self.dimension))
        found = topics[chance.integers(60, size=self.count)] + 0.6 * chance.standard_normal(
            (self.count, self.dimension)
        )
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        self.ids: Ids = np.arange(self.count, dtype=np.int64) * 3 + 5
        self.vectors: Vectors = found.astype(np.float16).astype(np.float32)

    def __len__(self) -> int:
        return self.count

    def blocks(self) -> Iterator[tuple[Ids, Vectors]]:
        for first in range(0, self.count, 700):
            yield self.ids[first : first + 700], self.vectors[first : first + 700]

    def sample(self, most: int) -> Vectors:
        return self.vectors[:most]


@pytest.fixture(scope="module")
def made() -> Made:
    return Made()


def nearest(made: Made, vector: Vectors, k: int) -> list[int]:
    return [int(made.ids[row]) for row in np.argsort(-(made.vectors @ vector))[:k]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mapped", [False, True])
def test_each_kind_finds_what_an_exact_search_finds_also_from_its_file(
    made: Made, kind: Kind, mapped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MAPPED", 0 if mapped else 1 << 40)
    file = tmp_path / "vectors"
    sha256 = VectorIndex.build(made, kind).save(file)
    index = VectorIndex.load(file, sha256)
    assert (index.kind, len(index), index.dimension) == (kind, made.count, made.dimension)
    assert sorted(index.ids()) == made.ids.tolist()
    right = 0
    for row in range(0, made.count, 30):
        found = index.search(made.vectors[row], 10 + vectors.MARGIN)
        right += len(set(nearest(made, made.vectors[row], 10)) & {number for number, _ in found})
        cosines = dict(found)
        assert cosines[int(made.ids[row])] == pytest.approx(1.0, abs=0.02)
    assert right / (10 * made.count / 30) >= 0.99


def test_an_exact_index_holds_vectors_as_they_are_stored(made: Made) -> None:
    index = VectorIndex.build(made)
    assert index.exact
    assert index.holds(dict(zip(made.ids.tolist(), made.vectors, strict=True)))
    assert not index.holds({int(made.ids[0]): made.vectors[1]})
    assert not index.holds({1: made.vectors[0]})
    some = made.ids[:5].tolist()
    assert index.cosines(made.vectors[2], [*some, 1])[:5] == pytest.approx(
        (made.vectors[:5] @ made.vectors[2]).tolist()
    )
    assert index.cosines(made.vectors[2], [1]) == [None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_of_passages_is_searched_to_the_last(made: Made, kind: Kind) -> None:
    index = VectorIndex.build(made, kind)
    choice = made.ids[::500].tolist()
    found = index.search(made.vectors[1], 100, among=choice)
    assert sorted(number for number, _ in found) == choice
    assert index.search(made.vectors[1], 10, among=[]) == []
    assert index.search(made.vectors[1], 10, among=[1, 2, 10**6]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_vectors_come_and_go(made: Made, kind: Kind) -> None:
    index = VectorIndex.build(made, kind)
    index.remove(made.ids[:100])
    index.add(np.array([1, 2], dtype=np.int64), made.vectors[:2])
    assert sorted(index.ids()) == sorted([1, 2, *made.ids[100:].tolist()])
    assert index.search(made.vectors[0], 1 + vectors.MARGIN)[0][0] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_index_of_nothing_finds_nothing(kind: Kind) -> None:
    index = VectorIndex.build(Made(count=0) if kind == "exact" else Made(count=40), kind)
    index.remove(index.ids())
    assert (len(index), index.search(np.ones(64, dtype=np.float32), 5)) == (0, [])


@pytest.mark.parametrize("harm", ["changed", "cut", "gone"])
@pytest.mark.parametrize("mapped", [False, True])
def test_a_file_that_is_not_what_was_saved_is_not_read(
    made: Made, tmp_path: Path, harm: str, mapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MAPPED", 0 if mapped else 1 << 40)
    file = tmp_path / "vectors"
    sha256 = VectorIndex.build(made, "scanned").save(file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    match harm:
        case "changed":
            file.write_bytes(data)
        case "cut":
            file.write_bytes(data[:-100])
        case _:
            file.unlink()
    with pytest.raises(LibraryDamaged, match=str(file)):
        VectorIndex.load(file, sha256)


@pytest.mark.skipif(sys.platform != "linux", reason="a limit for the size of files")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("short", [1, 20, 5_000, 100_000])
def test_a_disk_that_does_not_take_the_whole_file_is_an_error_and_leaves_none(
    made: Made, tmp_path: Path, kind: Kind, short: int, capfd: pytest.CaptureFixture[str]
) -> None:
    import resource  # which other systems do not have

    file = tmp_path / "vectors"
    index = VectorIndex.build(made, kind)
    index.save(file)
    size = file.stat().st_size
    file.unlink()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size - short, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            index.save(file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


def test_an_index_is_made_anew_only_where_another_kind_fits_by_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1_000)
    monkeypatch.setattr(vectors, "SCANNED_UP_TO", 2_000)
    assert [kind_for(count) for count in (0, 1_000, 1_001, 2_000, 2_001)] == [
        "exact", "exact", "scanned", "scanned", "listed",
    ]  # fmt: skip
    of = {count: VectorIndex.build(Made(count=count)) for count in (900, 1_500, 3_000)}
    assert [of[900].fits(count) for count in (0, 900, 1_000, 1_001)] == [True, True, True, False]
    assert [of[1_500].fits(count) for count in (499, 501, 2_000, 2_001)] == [False, True, True, False]
    assert [of[3_000].fits(count) for count in (999, 1_001, 3_100, 11_000, 13_000)] == [False, True, True, True, False]


# ------------------------------------------------------------------------------------------ in a library


@pytest.fixture(params=KINDS)
def desk(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    model: ModelFiles,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """A library whose index is of each of the kinds, few articles as it has."""
    at_most = {"exact": (100, 200), "scanned": (10, 200), "listed": (10, 20)}[request.param]
    monkeypatch.setattr(vectors, "EXACT_UP_TO", at_most[0])
    monkeypatch.setattr(vectors, "SCANNED_UP_TO", at_most[1])
    desk = Desk(tmp_path, model, embedder)
    desk.write("many.jsonl", many(40))
    desk.build()
    with Library.open(desk.index) as library:
        assert library.vector_index().kind == request.param
    return desk


def test_passages_that_come_and_go_change_the_index_and_do_not_make_it_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    def never(*_: object) -> VectorIndex:
        raise AssertionError("made anew")

    monkeypatch.setattr(VectorIndex, "build", never)
    desk.write("more.jsonl", jsonl(a="Ann Lee opened the library.", b="The bridge is closed to lorries."))
    desk.build()
    desk.write("more.jsonl", jsonl(a="Ann Lee opened the library.", c="A comet was seen over the coast."))
    desk.build()
    desk.write("many.jsonl", many(39))
    assert desk.build().embedded == 0
    assert_holds_together(desk)
    (vector,) = embedder.embed(["A comet was seen over the coast."])
    with Library.open(desk.index) as library:
        (number, cosine), *others = library.nearest(vector, library.vector_index(), 3)
        assert library.passages([number])[number].article_id == "c"
        assert cosine > 0.9  # its title was embedded with it
        assert [number] == [n for n, _ in library.nearest(vector, library.vector_index(), 1, among=[number])]
        assert len(others) == 2


def test_an_index_stays_the_file_it_was_where_no_passage_came_or_went(desk: Desk) -> None:
    with Library.open(desk.index) as library:
        before = library.manifest
    desk.write("many.jsonl", many(40).replace('{"id"', '{"source": "The Courier", "id"'))
    assert desk.build().embedded == 0
    with Library.open(desk.index) as library:
        assert library.generation != before["generation"]
    assert_holds_together(desk)


def test_a_new_passage_that_got_the_number_of_an_old_one_has_its_own_vector(desk: Desk, embedder: Embedder) -> None:
    desk.write("last.jsonl", jsonl(z="The bridge is closed to lorries."))
    desk.build()
    with Library.open(desk.index) as library:
        (before,) = library.passage_numbers(["z"])
    desk.write("last.jsonl", jsonl(z="A comet was seen over the coast."))
    desk.build()
    (vector,) = embedder.embed(["A comet was seen over the coast."])
    with Library.open(desk.index) as library:
        assert library.passage_numbers(["z"]) == [before]
        index = library.vector_index()
        assert len(index) == 41
        ((number, cosine),) = library.nearest(vector, index, 1)
        assert number == before
        assert cosine > 0.9


def test_a_lost_file_is_made_anew_from_what_is_stored_for_readers_and_by_the_next_build(desk: Desk) -> None:
    (file,) = desk.index.glob("vectors-*.faiss")
    file.unlink()
    with Library.open(desk.index) as library:
        assert sorted(library.vector_index().ids()) == [
            number for (number,) in library.rows("SELECT number FROM passage")
        ]
    assert desk.build().embedded == 0
    assert_holds_together(desk)
