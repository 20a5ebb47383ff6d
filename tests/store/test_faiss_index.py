"""Tests of the FAISS index: each kind finds what an exact search finds, and updates do not rebuild it."""

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
from assistant.store import faiss_index
from assistant.store.faiss_index import IndexKind, PassageNumbers, VectorIndex, choose_kind
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import PassageFilter
from tests.support.sampling import in_campaign
from tests.support.workspace import Workspace, assert_library_consistent, make_jsonl, make_numbered_articles

KINDS: tuple[IndexKind, ...] = ("exact", "scanned", "listed")


@dataclass
class ClusteredVectors:
    """Vectors clustered around random directions, one direction for each topic; the ids are multiples of 3."""

    dimension: int = 64
    count: int = 3_000

    def __post_init__(self) -> None:
        chance = np.random.default_rng(1)
        topics = chance.standard_normal((60, self.dimension))
        found = topics[chance.integers(60, size=self.count)] + 0.6 * chance.standard_normal(
            (self.count, self.dimension)
        )
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        self.ids: PassageNumbers = np.arange(self.count, dtype=np.int64) * 3 + 5
        self.vectors: Vectors = found.astype(np.float16).astype(np.float32)

    def __len__(self) -> int:
        return self.count

    def iter_blocks(self) -> Iterator[tuple[PassageNumbers, Vectors]]:
        for first in range(0, self.count, 700):
            yield self.ids[first : first + 700], self.vectors[first : first + 700]

    def sample(self, most: int) -> Vectors:
        return self.vectors[:most]


@pytest.fixture(scope="module")
def clusters() -> ClusteredVectors:
    return ClusteredVectors()


def find_nearest(clusters: ClusteredVectors, vector: Vectors, k: int) -> list[int]:
    return [int(clusters.ids[row]) for row in np.argsort(-(clusters.vectors @ vector))[:k]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mapped", [False, True])
def test_index_kinds_match_exact_search(
    clusters: ClusteredVectors, kind: IndexKind, mapped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of index finds what an exact search finds, also when loaded from its file."""
    monkeypatch.setattr(faiss_index, "MIN_MAPPED_BYTES", 0 if mapped else 1 << 40)
    file = tmp_path / "vectors"
    sha256 = VectorIndex.build(clusters, kind).save(file)
    index = VectorIndex.load(file, sha256, 64)
    assert (index.kind, len(index), index.dimension) == (kind, clusters.count, clusters.dimension)
    assert sorted(index.passage_numbers()) == clusters.ids.tolist()
    right = 0
    for row in range(0, clusters.count, 30):
        found = index.search(clusters.vectors[row], 10 + faiss_index.CANDIDATE_MARGIN)
        right += len(set(find_nearest(clusters, clusters.vectors[row], 10)) & {number for number, _ in found})
        cosines = dict(found)
        assert cosines[int(clusters.ids[row])] == pytest.approx(1.0, abs=0.02)
    assert right / (10 * clusters.count / 30) >= 0.99


def test_exact_index_keeps_vectors(clusters: ClusteredVectors) -> None:
    """An exact index contains the vectors as they are stored."""
    index = VectorIndex.build(clusters)
    assert index.is_exact
    assert index.has_vectors(dict(zip(clusters.ids.tolist(), clusters.vectors, strict=True)))
    assert not index.has_vectors({int(clusters.ids[0]): clusters.vectors[1]})
    assert not index.has_vectors({1: clusters.vectors[0]})
    some = clusters.ids[:5].tolist()
    assert index.cosines(clusters.vectors[2], [*some, 1])[:5] == pytest.approx(
        (clusters.vectors[:5] @ clusters.vectors[2]).tolist()
    )
    assert index.cosines(clusters.vectors[2], [1]) == [None]


@pytest.mark.parametrize("kind", KINDS)
def test_subset_searched_completely(clusters: ClusteredVectors, kind: IndexKind) -> None:
    """A subset of passages is searched completely."""
    index = VectorIndex.build(clusters, kind)
    choice = clusters.ids[::500].tolist()
    found = index.search(clusters.vectors[1], 100, among=choice)
    assert sorted(number for number, _ in found) == choice
    assert index.search(clusters.vectors[1], 10, among=[]) == []
    assert index.search(clusters.vectors[1], 10, among=[1, 2, 10**6]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_vectors_added_and_removed(clusters: ClusteredVectors, kind: IndexKind) -> None:
    """Vectors are added to and removed from an index."""
    index = VectorIndex.build(clusters, kind)
    index.remove(clusters.ids[:100])
    index.add(np.array([1, 2], dtype=np.int64), clusters.vectors[:2])
    assert sorted(index.passage_numbers()) == sorted([1, 2, *clusters.ids[100:].tolist()])
    assert index.search(clusters.vectors[0], 1 + faiss_index.CANDIDATE_MARGIN)[0][0] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_empty_index_finds_nothing(kind: IndexKind) -> None:
    """An empty index finds nothing."""
    index = VectorIndex.build(ClusteredVectors(count=0) if kind == "exact" else ClusteredVectors(count=40), kind)
    index.remove(index.passage_numbers())
    assert (len(index), index.search(np.ones(64, dtype=np.float32), 5)) == (0, [])


@pytest.mark.parametrize("harm", ["changed", "cut", "gone"])
@pytest.mark.parametrize("mapped", [False, True])
def test_altered_file_refused(
    clusters: ClusteredVectors, tmp_path: Path, harm: str, mapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that differs from what was saved is not loaded."""
    monkeypatch.setattr(faiss_index, "MIN_MAPPED_BYTES", 0 if mapped else 1 << 40)
    file = tmp_path / "vectors"
    sha256 = VectorIndex.build(clusters, "scanned").save(file)
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
        VectorIndex.load(file, sha256, 64)


@pytest.mark.skipif(sys.platform != "linux", reason="a limit for the size of files")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("short", [1, 20, 5_000, 100_000])
def test_full_disk_error_leaves_no_file(
    clusters: ClusteredVectors, tmp_path: Path, kind: IndexKind, short: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """A disk that cannot take the complete file is an error and leaves no file."""
    import resource  # other systems do not have it

    file = tmp_path / "vectors"
    index = VectorIndex.build(clusters, kind)
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


def test_index_rebuilt_if_other_kind_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index is rebuilt only if another kind fits much better."""
    monkeypatch.setattr(faiss_index, "EXACT_UP_TO", 1_000)
    monkeypatch.setattr(faiss_index, "SCANNED_UP_TO", 2_000)
    assert [choose_kind(count) for count in (0, 1_000, 1_001, 2_000, 2_001)] == [
        "exact", "exact", "scanned", "scanned", "listed",
    ]  # fmt: skip
    of = {count: VectorIndex.build(ClusteredVectors(count=count)) for count in (900, 1_500, 3_000)}
    assert [of[900].is_suited_to(count) for count in (0, 900, 1_000, 1_001)] == [True, True, True, False]
    assert [of[1_500].is_suited_to(count) for count in (499, 501, 2_000, 2_001)] == [False, True, True, False]
    assert [of[3_000].is_suited_to(count) for count in (999, 1_001, 3_100, 11_000, 13_000)] == [
        False,
        True,
        True,
        True,
        False,
    ]


# ------------------------------------------------------------------------------------------ in a library


@pytest.fixture(params=[KINDS[-1], *in_campaign(*KINDS[:-1])])
def workspace(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    model: ModelFiles,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> Workspace:
    """A library with an index of each kind, in spite of its few articles."""
    at_most = {"exact": (100, 200), "scanned": (10, 200), "listed": (10, 20)}[request.param]
    monkeypatch.setattr(faiss_index, "EXACT_UP_TO", at_most[0])
    monkeypatch.setattr(faiss_index, "SCANNED_UP_TO", at_most[1])
    workspace = Workspace(tmp_path, model, embedder)
    workspace.write("many.jsonl", make_numbered_articles(40))
    workspace.build()
    with SqliteLibrary.open(workspace.index) as library:
        assert library.vector_index().kind == request.param
    return workspace


def test_index_updated_without_rebuild(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, embedder: Embedder
) -> None:
    """Adding and removing passages updates the index without rebuilding it."""

    def never(*_: object) -> VectorIndex:
        raise AssertionError("made anew")

    monkeypatch.setattr(VectorIndex, "build", never)
    workspace.write("more.jsonl", make_jsonl(a="Ann Lee opened the library.", b="The bridge is closed to lorries."))
    workspace.build()
    workspace.write("more.jsonl", make_jsonl(a="Ann Lee opened the library.", c="A comet was seen over the coast."))
    workspace.build()
    workspace.write("many.jsonl", make_numbered_articles(39))
    assert workspace.build().embedded == 0
    assert_library_consistent(workspace)
    (vector,) = embedder.embed(["A comet was seen over the coast."])
    with SqliteLibrary.open(workspace.index) as library:
        (number, cosine), *others = library.search_vectors(vector, 3)
        assert library.passages([number])[number].article_id == "c"
        assert cosine > 0.9  # the title is embedded with each passage
        assert [number] == [n for n, _ in library.search_vectors(vector, 1, PassageFilter(frozenset({"c"})))]
        assert len(others) == 2


def test_index_file_kept_without_changes(workspace: Workspace) -> None:
    """The index file is kept if no passage was added or removed."""
    with SqliteLibrary.open(workspace.index) as library:
        before = library.manifest
    workspace.write("many.jsonl", make_numbered_articles(40).replace('{"id"', '{"source": "The Courier", "id"'))
    assert workspace.build().embedded == 0
    with SqliteLibrary.open(workspace.index) as library:
        assert library.generation != before["generation"]
    assert_library_consistent(workspace)


def test_reused_number_gets_new_vector(workspace: Workspace, embedder: Embedder) -> None:
    """A new passage with the number of an old one has its own vector."""
    workspace.write("last.jsonl", make_jsonl(z="The bridge is closed to lorries."))
    workspace.build()
    with SqliteLibrary.open(workspace.index) as library:
        (before,) = library.resolve_filter(PassageFilter(frozenset({"z"})))
    workspace.write("last.jsonl", make_jsonl(z="A comet was seen over the coast."))
    workspace.build()
    (vector,) = embedder.embed(["A comet was seen over the coast."])
    with SqliteLibrary.open(workspace.index) as library:
        assert library.resolve_filter(PassageFilter(frozenset({"z"}))) == {before}
        assert len(library.vector_index()) == 41
        ((number, cosine),) = library.search_vectors(vector, 1)
        assert number == before
        assert cosine > 0.9


def test_missing_file_rebuilt_from_vectors(workspace: Workspace) -> None:
    """A missing file is rebuilt from the stored vectors for readers and by the next build."""
    (file,) = workspace.index.glob("vectors-*.faiss")
    file.unlink()
    with SqliteLibrary.open(workspace.index) as library:
        assert sorted(library.vector_index().passage_numbers()) == [
            number for (number,) in library.select("SELECT number FROM passage")
        ]
    assert workspace.build().embedded == 0
    assert_library_consistent(workspace)
