"""What can be asked of a library without a model: its articles, statements, counts, and checks against it."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator, Mapping
from typing import Any, Self

from assistant.config.schema import SQLITE, Config
from assistant.errors import LibraryMissing
from assistant.records.answer import Answer, Citation
from assistant.records.article import Article, ArticleRevision, ArticleVersion, CitedArticle
from assistant.records.checks import QuoteCheck
from assistant.records.collection.question import CollectionQuery
from assistant.records.conversation import LibraryKey
from assistant.records.library import LibrarySummary
from assistant.records.proof import CitationCheck, DraftSentence
from assistant.records.statement import QuotedStatement
from assistant.store.catalog import Catalog, summarize_library
from assistant.store.generation_cache import GenerationCache
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library


class LibraryAccess:
    """Reads a library. Each call reads its own snapshot, so it can be used from several threads."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._cache = GenerationCache()
        self._reads_marks = True
        self._catalog = Catalog(self.open_library, self.find_marked)

    def open_library(self) -> Library:
        """A snapshot of the library as last published, for reading; close it after use."""
        if self.config.store != SQLITE:
            from assistant.store.lance.library import LanceLibrary  # its packages are an extra

            return LanceLibrary.open(self.config.store, self._cache)
        return SqliteLibrary.open(self.config.index, self._cache)

    def key(self) -> LibraryKey:
        """What tells this library from others, also before it is built. Raises LibraryError if it cannot be read."""
        try:
            with self.open_library() as library:
                identifier = library.manifest.get("library", "")
        except LibraryMissing:
            identifier = ""
        return LibraryKey(os.path.realpath(self.config.index), identifier)

    def without_marks(self) -> Self:
        """The same, for somebody who is not to learn which tags the user has given."""
        other = copy.copy(self)
        other._reads_marks = False
        other._catalog = Catalog(other.open_library, other.find_marked)
        return other

    def find_marked(self, tag: str) -> frozenset[str]:
        """The SHA-256 of the articles that the user has given a tag. Raises NoSuchTag if there is none."""
        from assistant.marks.library import LibraryMarks  # only a search for a tag needs it

        return LibraryMarks(self.config.kept).articles.find_tagged(tag) if self._reads_marks else frozenset()

    def find_tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a tag, of their files or of the user. Raises NoSuchTag if there is none."""
        return self._catalog.find_tagged(tag)

    def answer_collection(self, asked: CollectionQuery, question: str, *, shown: int | None = None) -> Answer:
        """Count, list, brief or timeline over the whole collection, for a question that is already read.

        `question` is how it was typed; `shown` limits the sentences. Raises LibraryError if the index cannot be used.
        """
        from assistant.collection.answering import answer_read_question

        with self.open_library() as library:
            return answer_read_question(asked, question, library, shown, self.find_marked)

    def read_collection_question(self, question: str) -> CollectionQuery | None:
        """The question about the whole collection that this one is; None if it is another. Raises as `stream` does."""
        from assistant.answers.pipeline import understand
        from assistant.collection.answering import read_collection_question

        with self.open_library() as library:
            return read_collection_question(understand(question, library).query, library)

    def article(self, article_id: str) -> Article | None:
        """The article with this id, or None."""
        with self.open_library() as library:
            return library.article(article_id)

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """The texts that an article had before it changed, oldest first."""
        with self.open_library() as library:
            return library.versions(article_id)

    def history(self, article_id: str) -> list[ArticleRevision]:
        """The changes of an article, oldest first, each with the sentences that differ."""
        from assistant.presentation.revisions import list_revisions  # divides texts, which an answer does not need

        with self.open_library() as library:
            article = library.article(article_id)
            return list_revisions(library.versions(article_id), article) if article else []

    def cited_article(self, citation: Citation) -> CitedArticle | None:
        """The article of a citation as it was when it was cited, and what became of the cited words since.

        None if the library has no such article any more.
        """
        from assistant.presentation.revisions import find_cited

        with self.open_library() as library:
            return find_cited(citation, library.article(citation.article_id), library.version_with_text)

    def articles(self) -> Iterator[Article]:
        """All articles, newest first, those without a date last."""
        with self.open_library() as library:
            yield from library.articles()

    def statements(self, *, speaker: str | None = None, about: str | None = None) -> Iterator[QuotedStatement]:
        """Who said what, newest article first.

        `speaker` is a name or a part of one. All content words of `about` must occur in the sentence, in any
        inflection. Raises QuestionError if `speaker` is unknown or ambiguous.
        """
        from assistant.retrieval.statement_search import find_statements

        with self.open_library() as library:
            yield from find_statements(library, self._catalog, speaker, about)

    def holdings(self) -> LibrarySummary:
        """The speakers, outlets, titles and days of the library."""
        with self.open_library() as library:
            return summarize_library(library)

    def catalog(self) -> Catalog:
        """Lists and pages of the library, for browsing: articles, speakers, stories, full-text search."""
        return self._catalog

    def check_quote(self, text: str, speaker: str | None = None) -> QuoteCheck:
        """Compare a quotation with the articles: verbatim, altered, stitched, misattributed, or not found.

        `text` is the quotation, or a sentence that quotes someone; `speaker` is who is said to have said it.
        Raises QuestionError if there is nothing to look for.
        """
        from assistant.quotes.checker import check_quote  # imports rapidfuzz, which an answer does not need

        with self.open_library() as library:
            return check_quote(text, speaker, library)

    def check_draft(self, text: str) -> Iterator[DraftSentence]:
        """Compare each sentence of a text of your own with the articles: its quotations, names, numbers, days.

        Nothing is loaded but the library; no model is needed.
        """
        from assistant.drafts.checking import check_draft  # not needed for an answer

        with self.open_library() as library:
            yield from check_draft(text, library)

    def verify(self, answer: Answer | Mapping[str, Any]) -> list[CitationCheck]:
        """Compare each citation of an answer, or of a saved one (`to_dict`), with the article it names."""
        record = answer.to_dict() if isinstance(answer, Answer) else answer
        from assistant.answers.verification import verify_answer

        with self.open_library() as library:
            return list(verify_answer(record, library))
