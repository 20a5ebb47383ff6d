"""Finds the sentences of the library that a sentence of a draft may be from, by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.proof.claims import Claim
from assistant.records.article import Article, Span
from assistant.records.proof import Source
from assistant.retrieval.corrections import find_correcting_sentence, is_reported_error, list_corrections_of
from assistant.store.protocol import Library, WordQuery
from assistant.text.stemming import stem_words

MAX_PASSAGES = 8  # whose sentences are compared
MAX_SOURCES = 12
MAX_WORDS = 24  # of a sentence, that are searched
TITLE_WEIGHT = 0.5
BESIDE_WEIGHT = 0.4  # of a word that only the title has, or the name of who speaks
MIN_TOGETHER = 0.6  # share of its words that the sentences of an article must have together, if none has enough
MIN_SHARED = 0.35  # share of the stems of a sentence that a sentence of an article must have


class SourceFinder:
    """Searches one library; what it has read of an article is kept."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._sources: dict[str, list[Source]] = {}

    def find(self, claim: Claim) -> list[Source]:
        """The sentences of the library that have most of the words of a sentence, numbered from 1, best first."""
        shared = self._search(claim)
        chosen = [source for share, source in shared if share >= MIN_SHARED][:MAX_SOURCES]
        return [replace(each, n=n) for n, each in enumerate(chosen, 1)]

    def find_together(self, claim: Claim) -> Source | None:
        """The nearest sentence of an article whose sentences together have most of the words; None without one."""
        wanted = stem_words(" ".join(_list_words(claim)))
        sources = [source for _, source in self._search(claim)]
        for article in dict.fromkeys(source.article.id for source in sources):
            own = [source for source in sources if source.article.id == article]
            together = stem_words(" ".join((own[0].article.title, *(source.text for source in own))))
            if len(wanted & together) >= MIN_TOGETHER * len(wanted):
                return own[0]
        return None

    def _search(self, claim: Claim) -> list[tuple[float, Source]]:
        """The sentences of the best passages with the share of the stems of a sentence that each has, best first."""
        query = WordQuery.any_of(_list_words(claim)[:MAX_WORDS])
        if not query.groups:
            return []
        stems = stem_words(claim.text)
        numbers = [number for number, _ in self._library.search_words(query, MAX_PASSAGES, TITLE_WEIGHT)]
        passages = self._library.passages(numbers)
        shared: dict[tuple[str, int], tuple[float, Source]] = {}
        for number in numbers:
            if (passage := passages.get(number)) is None:
                continue
            for source in self._read(passage.article_id):
                if source.start < passage.end and passage.start < source.end:
                    share = _measure_shared(stems, source)
                    shared[source.article.id, source.start] = (share, source)
        return sorted(shared.values(), key=lambda each: -each[0])

    def _read(self, article_id: str) -> list[Source]:
        if article_id not in self._sources:
            self._sources[article_id] = list(self._read_sources(article_id))
        return self._sources[article_id]

    def _read_sources(self, article_id: str) -> Iterator[Source]:
        """Each sentence of an article, and the sentences that one quotation extends over.

        What another article corrects, or this one reports as an error, is no source.
        """
        article = self._library.article(article_id)
        if article is None:
            return
        statements = self._library.statements(article_id)
        sentences = self._library.sentence_spans(article_id)
        groups = {(start, end) for start, end in sentences}
        groups |= {(each.sentence_start, each.sentence_end) for each in statements}
        corrections = list_corrections_of(article, self._library.corrections())
        for start, end in sorted(groups):
            if self._is_wrong(article, (start, end), corrections):
                continue
            own = tuple(each for each in statements if each.sentence_start < end and start < each.sentence_end)
            inside = tuple((a, b) for a, b in sentences if a < end and start < b)
            yield Source(0, article, start, end, inside, own)

    def _is_wrong(self, article: Article, span: Span, corrections: Sequence[Article]) -> bool:
        if is_reported_error(article.text[slice(*span)]):
            return True
        spans = self._library.sentence_spans
        return find_correcting_sentence(article, span, corrections, spans, by_figures=False) is not None


def _list_words(claim: Claim) -> list[str]:
    kinds = ("content", "name", "number")
    return [word.form for word in claim.words if word.kind in kinds and len(word.form) > 1]


def _measure_shared(stems: set[str], source: Source) -> float:
    """The share of some stems that a source has; those of its title and of its speakers count less."""
    own = stem_words(source.text)
    named = (each for statement in source.statements for each in (statement.speaker, statement.role) if each)
    beside = stem_words(" ".join((source.article.title, *named))) - own
    return (len(stems & own) + BESIDE_WEIGHT * len(stems & beside)) / max(1, len(stems))
