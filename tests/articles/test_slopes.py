"""Twice the file is twice the work, for every format and for what is made of its text.

Processor time of this thread is compared with itself, the best of some attempts: a busy machine makes no difference.
`make campaign` tries all, and larger ones: work by the square shows where it outweighs the rest."""

from __future__ import annotations

import functools
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.articles.chunking import chunk_article
from assistant.articles.readers import READERS, read_file
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.indexing.minhash import compute_signature
from assistant.records.article import Article
from assistant.speech.statements import find_speech
from tests.support.packed_shapes import PACKED_SHAPES, SENTENCE, write_slides, write_workbook
from tests.support.sampling import WHOLE, sampled
from tests.support.shapes import SHAPES, STEEP_SHAPES

SIZE = 80_000 if WHOLE else 20_000  # characters of the smaller file
FACTOR = 4  # from the smaller to the larger
LEAST_SECONDS = 0.2  # below, a time tells nothing about the slope
ATTEMPTS = 4
MOST_RATIO = FACTOR**1.2  # linear work has a ratio of FACTOR, work by the square one of its square
CASES = [(suffix, name) for suffix, shapes in SHAPES.items() for name in shapes]
PACKED_CASES = [(suffix, name) for suffix, shapes in PACKED_SHAPES.items() for name in shapes]
MOST_GROWTH = 3  # characters of text to one of the unpacked file


def measure(path: Path, content: str | bytes) -> float:
    """The processor seconds of reading a file, of dividing its text into sentences and passages, and of who speaks."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = SourceFile(str(path), "a", path.stat().st_size, 0, path.suffix)
    forget_results()  # all of a small file would be remembered from the last time, but not all of a large one
    gc.disable()  # when it runs depends on what was made before
    try:
        began = time.thread_time()
        for item in read_file(file, ReadingSettings()):
            if isinstance(item, Article):
                divided = chunk_article(item, lambda texts: [1 + len(text) // 4 for text in texts], 200)
                find_speech(item, divided.sentences)
                compute_signature(item.text)
        return time.thread_time() - began
    finally:
        gc.enable()


def forget_results() -> None:
    """Empty the caches of the program that remember the results of a limited number of inputs."""
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == "assistant"]
    for cached in {id(value): value for module in modules for value in vars(module).values()}.values():
        if isinstance(cached, functools._lru_cache_wrapper) and cached.cache_parameters()["maxsize"] is not None:
            cached.cache_clear()


def test_every_format_has_shapes() -> None:
    """A new reader needs shapes of its own. What these two have inside are texts of other readers."""
    shaped = SHAPES.keys() | PACKED_SHAPES.keys()
    assert {reader.name for reader in READERS if shaped.isdisjoint(reader.suffixes)} == {"msg", "exported"}


@pytest.mark.parametrize(("suffix", "name"), sampled(CASES, 20))
def test_twice_the_file_is_twice_the_work(tmp_path: Path, suffix: str, name: str) -> None:
    """The time of a file that is four times as large."""
    check_slope(tmp_path / f"a{suffix}", SHAPES[suffix][name])


@pytest.mark.parametrize(("suffix", "name"), STEEP_SHAPES)
def test_work_by_the_square_is_seen(tmp_path: Path, suffix: str, name: str) -> None:
    """Files that once took work by the square, which only large ones show."""
    check_slope(tmp_path / f"a{suffix}", SHAPES[suffix][name], STEEP_SHAPES[suffix, name])


@pytest.mark.parametrize(("suffix", "name"), sampled(PACKED_CASES, 4))
def test_twice_the_packed_file_is_twice_the_work(tmp_path: Path, suffix: str, name: str) -> None:
    """So for what is packed; and its text is not larger than what was packed."""
    shape = PACKED_SHAPES[suffix][name]
    check_slope(tmp_path / f"a{suffix}", shape)
    assert sum(map(len, read_texts(tmp_path, suffix, shape(SIZE)))) < MOST_GROWTH * SIZE


def check_slope(path: Path, shape: Callable[[int], str | bytes], size: int = SIZE) -> None:
    measure(path, shape(1_000))  # imports, and patterns that are compiled at their first use
    large, small = measure(path, shape(FACTOR * size)), float("inf")
    for _ in range(ATTEMPTS):
        if large < LEAST_SECONDS:
            return
        small = min(small, measure(path, shape(size)))
        if large < MOST_RATIO * small:
            return
        large = min(large, measure(path, shape(FACTOR * size)))
    pytest.fail(f"{large:.2f} s for {FACTOR} times the work of {small:.2f} s")


def read_texts(folder: Path, suffix: str, data: bytes, most_mb: int = 64) -> list[str]:
    """The texts of the articles in a file."""
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    items = read_file(SourceFile(str(path), "a", len(data), 0, suffix), ReadingSettings(max_file_mb=most_mb))
    return [item.text for item in items if isinstance(item, Article)]


def test_one_text_in_all_rows_is_bounded(tmp_path: Path) -> None:
    """The rows of a workbook can name one long text each: they stand for more than any file that is read."""
    texts = read_texts(tmp_path, ".xlsx", write_workbook(2_000, f"{SENTENCE} " * 300), most_mb=2)
    assert 0 < sum(map(len, texts)) <= 2_000_000


def test_slide_that_is_named_often_is_read_once(tmp_path: Path) -> None:
    """And so are notes that several slides have."""
    shape = "<p:sp><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    data = write_slides(shape.format(SENTENCE), slides=2, named=3, notes=shape.format("Wait for the applause."))
    (text,) = read_texts(tmp_path, ".pptx", data)
    assert (text.count(SENTENCE), text.count("applause")) == (2, 1)
