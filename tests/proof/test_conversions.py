"""Sentences of the articles that ship, as they are and as careless writers change them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records.article import Article
from assistant.text.sentences import sentence_spans
from tests.bench.conversions import measure, read_articles, read_attributions
from tests.conftest import ROOT
from tests.support.conversions import KINDS, convert_article

MIN_FLAGGED = 0.95
MAX_HONEST_FLAGGED = 0.03


def read_seeds() -> list[Article]:
    """The articles that ship, without their front matter."""
    articles = []
    for path in sorted((ROOT / "seeds").glob("2*.md")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[-1]
        articles.append(Article(path.stem, path.stem, text, "", published_at=path.stem[:10]))
    return articles


@pytest.mark.slow
def test_conversions_are_flagged_and_sentences_are_not() -> None:
    """At least 95% of the conversions of each kind are flagged, and at most 3% of the sentences as they were."""
    conversions = [each for article in read_seeds() for each in convert_article(article, 1)]
    counts, _ = measure(conversions)
    assert set(counts) == set(KINDS)
    for kind, row in counts.items():
        changed = row["changed flagged"] + row["changed passed"]
        assert row["changed flagged"] >= MIN_FLAGGED * changed, kind
    originals = {(each.original, each.n) for each in conversions}
    flagged = sum(row["original flagged"] for row in counts.values())
    assert len(originals) > 100
    assert flagged <= MAX_HONEST_FLAGGED * len(conversions)


def test_marked_attributions_are_read(tmp_path: Path) -> None:
    """Marked attributions of a file are those within a sentence of the article."""
    (tmp_path / "articles.jsonl").write_text('{"id": "a", "text": "Ada Tarn said it was late. Nobody came."}\n')
    (tmp_path / "marked.jsonl").write_text(
        '{"article_id": "a", "source_type": "named", "source_spans": [[0, 8]], "content_spans": [[14, 25]]}\n'
    )
    articles = {article.id: article for article in read_articles(tmp_path / "articles.jsonl")}
    (marked,) = read_attributions(tmp_path / "marked.jsonl", articles)["a"]
    assert (marked.sentence, marked.speaker, marked.content) == (
        sentence_spans(articles["a"].text)[0],
        (0, 8),
        ((14, 25),),
    )
