"""Statements of a library with their words and their article, chosen by speaker and by subject."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.presentation.filtering import choose_speaker
from assistant.records.article import Article
from assistant.records.statement import QuotedStatement, Statement
from assistant.store.catalog import Catalog, make_name_key
from assistant.store.protocol import Library
from assistant.text.stemming import stem_words
from assistant.text.words import content_words


def find_statements(
    library: Library, catalog: Catalog, speaker: str | None, about: str | None
) -> Iterator[QuotedStatement]:
    """Statements of the newest articles first, each article in order.

    `speaker` is a name or a part of one. The content words of `about` must all occur in the sentences of the
    statement, in any inflection. Raises QuestionError if `speaker` is unknown or ambiguous.
    """
    names = None if speaker is None else _find_spellings(library, choose_speaker(catalog.speakers(), speaker).name)
    wanted = [stem_words(word) for word in content_words(about or "")]
    for article in _list_articles(library, names):
        for statement in library.statements(article.id):
            if statement.status == "narrated" or (names is not None and statement.speaker not in names):
                continue
            sentence = article.text[statement.sentence_start : statement.sentence_end]
            if not wanted or all(stems <= stem_words(sentence) for stems in wanted):
                yield _quote_statement(statement, article)


def _find_spellings(library: Library, name: str) -> frozenset[str]:
    return frozenset(other for other, _, _ in library.speakers() if make_name_key(other) == make_name_key(name))


def _list_articles(library: Library, names: Collection[str] | None) -> Iterator[Article]:
    """All articles, or those in which one of these speaks, newest first."""
    if names is None:
        yield from library.articles()
        return
    count = library.article_count()
    ids = {article_id for name in names for article_id in library.articles_of_speaker(name, count)}
    articles = [article for article_id in ids if (article := library.article(article_id)) is not None]
    yield from sorted(articles, key=lambda article: (article.published_at or "", article.id), reverse=True)


def _quote_statement(statement: Statement, article: Article) -> QuotedStatement:
    return QuotedStatement(
        article_id=statement.article_id,
        speaker=statement.speaker,
        cue=statement.cue,
        start=statement.start,
        end=statement.end,
        direct=statement.direct,
        sentence_start=statement.sentence_start,
        sentence_end=statement.sentence_end,
        role=statement.role,
        status=statement.status,
        via=statement.via,
        correction=statement.correction,
        words=article.text[statement.start : statement.end],
        title=article.title,
        source=article.source,
        published_at=article.published_at,
    )
