"""Twice the file is twice the work, for every format and for what is made of its text.

Processor time of this thread is compared with itself: a busy machine makes no difference. `make campaign` tries all."""

from __future__ import annotations

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
from tests.support.sampling import sampled
from tests.support.shapes import SHAPES

SIZE = 20_000  # characters of the smallest file
FACTOR = 4  # from the smallest to the largest
MOST_SECONDS = 1.5  # below, a time tells nothing about the slope
MOST_RATIO = FACTOR**1.7  # linear work has a ratio of FACTOR, work by the square one of its square
CASES = [(suffix, name) for suffix, shapes in SHAPES.items() for name in shapes]
PACKED_CASES = [(suffix, name) for suffix, shapes in PACKED_SHAPES.items() for name in shapes]
MOST_GROWTH = 3  # characters of text to one of the unpacked file


def measure(path: Path, content: str | bytes) -> float:
    """The processor seconds of reading a file, of dividing its text into sentences and passages, and of who speaks."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    file = SourceFile(str(path), "a", path.stat().st_size, 0, path.suffix)
    began = time.thread_time()
    for item in read_file(file, ReadingSettings()):
        if isinstance(item, Article):
            divided = chunk_article(item, lambda texts: [1 + len(text) // 4 for text in texts], 200)
            find_speech(item, divided.sentences)
            compute_signature(item.text)
    return time.thread_time() - began


def test_every_format_has_shapes() -> None:
    """A new reader needs shapes of its own. What these two have inside are texts of other readers."""
    shaped = SHAPES.keys() | PACKED_SHAPES.keys()
    assert {reader.name for reader in READERS if shaped.isdisjoint(reader.suffixes)} == {"msg", "exported"}


@pytest.mark.parametrize(("suffix", "name"), sampled(CASES, 20))
def test_twice_the_file_is_twice_the_work(tmp_path: Path, suffix: str, name: str) -> None:
    """The time of a file that is four times as large."""
    check_slope(tmp_path / f"a{suffix}", SHAPES[suffix][name])


@pytest.mark.parametrize(("suffix", "name"), sampled(PACKED_CASES, 4))
def test_twice_the_packed_file_is_twice_the_work(tmp_path: Path, suffix: str, name: str) -> None:
    """So for what is packed; and its text is not larger than what was packed."""
    shape = PACKED_SHAPES[suffix][name]
    check_slope(tmp_path / f"a{suffix}", shape)
    assert sum(map(len, read_texts(tmp_path, suffix, shape(SIZE)))) < MOST_GROWTH * SIZE


def check_slope(path: Path, shape: Callable[[int], str | bytes]) -> None:
    measure(path, shape(1_000))  # imports, and patterns that are compiled at their first use
    large = measure(path, shape(FACTOR * SIZE))
    if large > MOST_SECONDS:
        small = min(measure(path, shape(SIZE)) for _ in range(2))
        assert min(large, measure(path, shape(FACTOR * SIZE))) < MOST_RATIO * small


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
