"""Twice the file is twice the work, for every format and for what is made of its text.

Processor time of this thread is compared with itself: a busy machine makes no difference. `make campaign` tries all."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.articles.chunking import chunk_article
from assistant.articles.readers import READERS, read_file
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.indexing.minhash import compute_signature
from assistant.records.article import Article
from assistant.speech.statements import find_speech
from tests.support.sampling import sampled
from tests.support.shapes import SHAPES

SIZE = 20_000  # characters of the smallest file
FACTOR = 4  # from the smallest to the largest
MOST_SECONDS = 1.5  # below, a time tells nothing about the slope
MOST_RATIO = FACTOR**1.7  # linear work has a ratio of FACTOR, work by the square one of its square
CASES = [(suffix, name) for suffix, shapes in SHAPES.items() for name in shapes]


def measure(path: Path, text: str) -> float:
    """The processor seconds of reading a file, of dividing its text into sentences and passages, and of who speaks."""
    path.write_text(text, encoding="utf-8")
    file = SourceFile(str(path), "a", path.stat().st_size, 0, path.suffix)
    began = time.thread_time()
    for item in read_file(file, ReadingSettings()):
        if isinstance(item, Article):
            divided = chunk_article(item, lambda texts: [1 + len(text) // 4 for text in texts], 200)
            find_speech(item, divided.sentences)
            compute_signature(item.text)
    return time.thread_time() - began


def test_every_format_has_shapes() -> None:
    """A new reader needs shapes of its own. The parts of packages are bounded by their reader: see test_hostile.py."""
    packed = {"pdf", "docx", "epub", "pptx", "xlsx", "msg", "webarchive", "zip", "tar", "packed", "exported"}
    assert {reader.name for reader in READERS if SHAPES.keys().isdisjoint(reader.suffixes)} == packed


@pytest.mark.parametrize(("suffix", "name"), sampled(CASES, 20))
def test_twice_the_file_is_twice_the_work(tmp_path: Path, suffix: str, name: str) -> None:
    """The time of a file that is four times as large."""
    shape = SHAPES[suffix][name]
    path = tmp_path / f"a{suffix}"
    measure(path, shape(1_000))  # imports, and patterns that are compiled at their first use
    large = measure(path, shape(FACTOR * SIZE))
    if large > MOST_SECONDS:
        small = min(measure(path, shape(SIZE)) for _ in range(2))
        assert min(large, measure(path, shape(FACTOR * SIZE))) < MOST_RATIO * small
