"""Articles of an exported library: read back exactly as they were, and never as something else."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.articles.exported import decode_article, decode_version, encode_article, encode_version
from assistant.articles.readers import exported
from assistant.articles.source_file import SourceFile
from assistant.config.schema import ReadingSettings
from assistant.errors import ReadError
from assistant.records.article import Article, ArticleVersion, Notice, Place
from tests.conftest import make_article

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
DAY = st.dates().map(lambda day: day.isoformat())


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of any fields that a build can store."""
    text = draw(TEXT)
    optional = {name: draw(st.none() | TEXT) for name in ("source", "author", "language", "section", "partial")}
    starts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    return Article(
        draw(TEXT),
        draw(st.just("") | TEXT),
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        published_at=draw(st.none() | DAY),
        updated_at=draw(st.none() | DAY),
        url=draw(st.none() | TEXT.map(lambda rest: f"https://weir.example/{rest}")),
        tags=tuple(draw(st.lists(TEXT, max_size=3))),
        origins=tuple(draw(st.dictionaries(st.sampled_from(["title", "source"]), TEXT)).items()),
        places=tuple(Place(start, f"p. {number}") for number, start in enumerate(starts)),
        **optional,
    )


@given(articles())
def test_article_comes_back_as_it_was(article: Article) -> None:
    """Every field, whatever its characters; only its path is that of the exported file."""
    line = json.dumps(encode_article(article), ensure_ascii=False)
    assert decode_article(json.loads(line), "/in/a.articles") == replace(article, path="/in/a.articles")


def test_path_before_is_told() -> None:
    article = decode_article(encode_article(make_article("x", path="/old/mill.pdf")), "/in/a.articles")
    assert article.get_origin("path") == "exported, before at /old/mill.pdf"


@given(articles(), DAY)
def test_version_comes_back_as_it_was(article: Article, day: str) -> None:
    when = f"{day}T10:00:00+00:00"
    version = ArticleVersion(article.id, article.sha256, "A title", day, None, when, "file", article.text)
    assert decode_version(json.loads(json.dumps(encode_version(version)))) == version


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "Other words."), ("text", 3), ("text", None), ("id", ""), ("id", ["a"]), ("title", "x" * 5000),
        ("published_at", "soon"), ("updated_at", 3), ("url", "file:///etc/passwd"), ("tags", "a"), ("tags", [1]),
        ("origins", []), ("origins", {"title": 1}), ("places", {}), ("places", [[1]]), ("places", [[-1, "p. 1"]]),
        ("places", [[2, "p. 2"], [1, "p. 1"]]), ("places", [[True, "p. 1"]]), ("source", {}), ("sha256", "0"),
    ],
)  # fmt: skip
def test_record_that_no_library_exports(name: str, value: object) -> None:
    record = {**encode_article(make_article("The mill was sold.")), name: value}
    with pytest.raises(ReadError):
        decode_article(record, "/in/a.articles")


@pytest.mark.parametrize("change", [{"cause": "x"}, {"replaced_at": "soon"}, {"text": "Other."}, {"title": None}])
def test_version_that_no_library_exports(change: dict[str, object]) -> None:
    text = "The mill was sold."
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    version = ArticleVersion("a", sha256, "A title", None, None, "2019-03-05T10:00:00+00:00", "file", text)
    with pytest.raises(ReadError):
        decode_version({**encode_version(version), **change})
    with pytest.raises(ReadError):
        decode_version([])


def test_lines_that_are_no_articles_are_named() -> None:
    long = json.dumps(encode_article(make_article("y" * 1001, id="c")))
    lines = [json.dumps(encode_article(make_article("x"))), "{", "[]", "", '{"id": "b"}', long]
    data = "\n".join(lines).encode()
    file = SourceFile("/in/a.articles", "a.articles", len(data), 1, ".articles", lambda _: io.BytesIO(data))
    first, *others = exported.read(file, ReadingSettings(max_article_characters=1000))
    assert isinstance(first, Article)
    notices = [item for item in others if isinstance(item, Notice)]
    assert [notice.place.rpartition(" ")[2] for notice in notices] == ["2", "3", "5", "6"]
