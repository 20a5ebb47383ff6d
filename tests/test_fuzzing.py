"""Property tests: any input is read, or refused with a reason: articles, settings, saved answers.

Every run uses the same examples. For new ones:

    FUZZ=20000 python -m pytest tests/test_fuzzing.py
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.answers.verification import read_saved_answers, verify_answer
from assistant.articles.readers import READER_BY_SUFFIX, read_file
from assistant.articles.sources import find_files, make_sources
from assistant.config.load import parse_config
from assistant.config.schema import Config, ReadingSettings
from assistant.conversations.record_json import decode_record, encode_record
from assistant.engine import Assistant
from assistant.errors import ConfigError, ReadError
from assistant.records.answer import Answer
from assistant.records.article import Article, Notice
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.support.sampling import WHOLE

MANY = int(os.environ.get("FUZZ", "0"))


def use_examples(examples: int) -> Callable[[Any], Any]:
    """Settings with this number of fixed examples in a campaign, else half; with $FUZZ, that number of new examples."""
    return settings(
        max_examples=MANY or (examples if WHOLE else math.ceil(examples / 2)),
        derandomize=not MANY,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck) if MANY else [HealthCheck.too_slow],
    )


# Pieces of each format, separated by a dot: examples made of them get beyond the first check of a parser.
PIECES = {
    ".md": "---\n·title: ·published_at: 2024-02-30\n·!!python/name:os.system·&a [*a]·# ·[a](b)·```\n·|a|\n|-|\n·<b>"
    "·&amp;·* ·> ·\n\n·\\·![·](·~~~·Words are here. ",
    ".txt": "---\n·title: x\n·\n\n·“·” said Jane Smith.·\x00·\ufeff·Words are here. ",
    ".html": "<html>·<body>·<p>·</p>·<!--·-->·<![CDATA[·]]>·<script>·<meta charset=·utf-7·<a href=·'·\"·&#x1b;·&#0;"
    "·<!DOCTYPE ·<table><tr>·<title>·\x0c·Words are here. ",
    ".jsonl": '{·}·"id": 1·, "text": "words"·\n·[·]·"\\ud800"·1e999·NaN·:·,·"published_at": "x"·"title": ["a", {}]',
}
SPEECH = (
    "“·”·\"·‘·’·''· said · told ·Jane Smith·Mr. Smith·he ·she ·the minister ·, ·. ·: ·\n\n·according to ·that ·who "
    "·said·Europe ·—·(·)·\u202e·\U0001f600·e\u0301·中国。·\x00"
).split("·")
KEYS = "articles index reading embedding retrieval answers passages model max_file_mb x".split()
YAML = (
    "articles: ·index: ·embedding:\n  ·backend: ·&a ·*a·!!python/object:os.x ·? ·- ·\n·{·}·[·]·|\n·'·\"·\t·2024-13-45"
    "·0o7·1_0·<<: ·!<x> "
).split("·")
CITED = "citations n article_id start end quote article_sha256 question".split()

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)


def json_with_keys(keys: list[str]) -> st.SearchStrategy[str]:
    """JSON of any structure with these keys."""
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=6),
        max_leaves=12,
    ).map(json.dumps)


def join_pieces(pieces: list[str]) -> st.SearchStrategy[str]:
    """These pieces in any order, with short texts between them."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=6), max_size=40).map("".join)


def file_contents(name: str) -> st.SearchStrategy[bytes]:
    """Possible contents of a file of this format."""
    made = join_pieces(PIECES[name].split("·"))
    return st.binary(max_size=300) | made.map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", PIECES)
def test_fuzz_any_file_read_or_refused(name: str) -> None:
    """Any file is read, or refused with a reason."""

    @use_examples(60)
    @given(file_contents(name))
    def read(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"article{name}"
            path.write_bytes(data)
            (file,) = find_files(make_sources([path]))
            assert not isinstance(file, Notice)
            for found in read_file(file, ReadingSettings()):
                if isinstance(found, Notice):
                    assert found.reason.strip()
                elif isinstance(found, Article):
                    assert found.text.strip()
                    assert found.sha256 == sha256(found.text.encode()).hexdigest()  # so it can be stored

    assert set(PIECES) <= set(READER_BY_SUFFIX)
    read()


@use_examples(150)
@given(join_pieces(SPEECH))
@example("“" * 500)
@example('"a" said ' * 200)
@example("said Jane Smith " * 200)
def test_fuzz_statements_lie_in_text_and_sentence(text: str) -> None:
    """In any text each statement lies within the text and within its sentence."""
    article = Article("a", "Title", text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    for statement in find_statements(article, sentence_spans(text)):
        assert 0 <= statement.sentence_start <= statement.start < statement.end <= statement.sentence_end <= len(text)


@use_examples(300)
@given(join_pieces(YAML) | json_with_keys(KEYS))
@example("a: &a [*a]")
@example("articles: !!python/object/apply:os.system ['true']")
@example("2024-13-45")
def test_fuzz_any_settings_accepted_or_refused(text: str) -> None:
    """Any settings are accepted or refused."""
    with contextlib.suppress(ConfigError):
        assert isinstance(parse_config(text, Path("config.yaml")), Config)


@use_examples(200)
@given(st.text(max_size=60) | st.lists(json_with_keys(CITED), min_size=1, max_size=3).map("\n".join))
@example('{"citations": [{"article_id": "x", "start": -1, "end": 0, "quote": "a", "article_sha256": "b"}]}')
@example('{"citations": [{"start": 1e400}]}')
def test_fuzz_any_saved_answer_checked_or_refused(seeds: Assistant, text: str) -> None:
    """Any saved answer is checked or refused."""
    with contextlib.suppress(ReadError), seeds.open_library() as library:
        for answer in read_saved_answers(text):
            for check in verify_answer(answer, library):
                assert check.fault  # no article contains the quote


@use_examples(200)
@given(st.text(max_size=60) | json_with_keys(CITED))
def test_fuzz_saved_turn_complete_or_refused(text: str) -> None:
    """A saved turn is loaded completely or refused."""
    try:
        answer = decode_record(Answer, text)
    except ValueError:
        return
    assert decode_record(Answer, encode_record(answer)) == answer
