"""Statements of a library with their words and their article, chosen by speaker and by subject."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.presentation.filtering import choose_speaker
from assistant.records.article import Article
from assistant.records.library import SpeakerRow
from assistant.records.statement import QuotedStatement, Statement
from assistant.store.protocol import Library
from assistant.text.stemming import stem_words
from assistant.text.words import content_words


def find_speaker_name(library: Library, name: str) -> str:
    """The full name of the speaker who is meant. Raises QuestionError if no speaker or more than one matches."""
    return choose_speaker([SpeakerRow(*row) for row in library.speakers()], name).name


def find_statements(library: Library, speaker: str | None, about: str | None) -> Iterator[QuotedStatement]:
    """Statements of the newest articles first, each article in order.

    `speaker` is a full name as the library has it. `about` is text: its content words, in any inflection, must all
    occur in the sentences of the statement.
    """
    wanted = [stem_words(word) for word in content_words(about or "")]
    for article in _list_articles(library, speaker):
        for statement in library.statements(article.id):
            if speaker is not None and statement.speaker != speaker:
                continue
            sentence = article.text[statement.sentence_start : statement.sentence_end]
            if not wanted or all(stems <= stem_words(sentence) for stems in wanted):
                yield _quote_statement(statement, article)


def _list_articles(library: Library, speaker: str | None) -> Iterator[Article]:
    if speaker is None:
        yield from library.articles()
        return
    for article_id in library.articles_of_speaker(speaker, library.article_count()):
        article = library.article(article_id)
        if article is not None:
            yield article


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
        words=article.text[statement.start : statement.end],
        title=article.title,
        source=article.source,
        published_at=article.published_at,
    )
