"""Finds articles that a quotation may be from: those with its phrases, then those that share runs of words with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.quotes.alignment import Alphabet, sample_unspaced_pieces, split_words
from assistant.quotes.annotated_article import AnnotatedArticle, WordStream, build_streams
from assistant.quotes.quotation import Quotation
from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.store.protocol import Library, WordQuery
from assistant.text.languages import ENGLISH

MAX_PHRASE_WORDS = 12  # words in the longest phrase to search; a longer one is cut
MAX_PHRASES = 16
MAX_SEARCHES = 6  # for near matches in a long quotation
MAX_EXACT_PASSAGES = 120  # examined for exact matches
MAX_EXACT_PASSAGES_OF_SEVERAL = 40  # the same, if the best contain more than one phrase of the quotation
MIN_DIVIDED_LETTERS = 5  # of a word that may be divided
MAX_DIVIDED_WORDS = 6  # whose first parts are searched
MAX_PART_LETTERS = 6
MAX_OMITTED_CHARACTERS = 2_000  # allowed between the parts of a quotation with omissions
MIN_HEADLINE_WORDS = 3  # words of a quotation that may be from a headline: fewer occur in many by chance
MAX_NEAR_PASSAGES = 12  # examined for near matches, per search


_QUOTATION_MARK = re.compile(r"[“”\"]|(?<!\w)[‘']")


class QuoteSearch:
    """Searches one library for one quotation; no span of an article is returned twice."""

    def __init__(self, quotation: Quotation, library: Library, alphabet: Alphabet) -> None:
        self._quotation = quotation
        self._library = library
        self._alphabet = alphabet
        self._annotated_articles: dict[str, AnnotatedArticle | None] = {}
        self._seen: dict[str, list[Span]] = {}  # the examined spans of each article

    def find_phrase_passages(self) -> list[tuple[str, Span]]:
        """Find passages with the sentences of the quotation, or as much of them as can be searched."""
        phrases = [self._quotation.text[a:b] for a, b in self._split_phrases()]
        limit = MAX_EXACT_PASSAGES if len(phrases) == 1 else MAX_EXACT_PASSAGES_OF_SEVERAL
        places = self._search(WordQuery((tuple(phrases),)), limit)
        pieces = sample_unspaced_pieces(self._quotation.text, 3, MAX_PHRASES)
        for article_id in self._library.find_articles_containing(pieces, MAX_NEAR_PASSAGES) if pieces else ():
            article = self._library.article(article_id)
            if article:
                places += [(article_id, (at, at + 1)) for piece in pieces if (at := article.text.find(piece)) >= 0]
        return places

    def _split_phrases(self) -> list[Span]:
        """Split the quotation at sentence ends, omissions and insertions; returns offsets into it."""
        words = self._quotation.words
        runs: list[Span] = []
        for first, last in self._quotation.pieces():
            start = first
            for number in range(first + 1, last + 1):
                ends = number == last or re.search(
                    r"[.!?:;]", self._quotation.text[words[number - 1].end : words[number].start]
                )
                if ends or number - start == MAX_PHRASE_WORDS:
                    runs.append((start, number))
                    start = number
        long = [run for run in runs if run[1] - run[0] > 2] or runs
        return [(words[a].start, words[b - 1].end) for a, b in long[:: -(-len(long) // MAX_PHRASES)]]

    def find_near_passages(self) -> list[tuple[str, Span]]:
        """Find passages that share runs of words, or rare words, with the quotation."""
        forms = [word.form for word in self._quotation.words]
        size = max(MAX_PHRASE_WORDS * 2, -(-len(forms) // MAX_SEARCHES))
        places: list[tuple[str, Span]] = []
        for at in range(0, len(forms), size):
            some = forms[at : at + size]
            length = 2 if len(some) <= 8 else 3
            runs = [" ".join(some[i : i + length]) for i in range(0, max(1, len(some) - length + 1), length - 1)]
            rare = sorted(set(some), key=lambda word: (-len(word), word))[:3]
            places += self._search(WordQuery.any_of([*runs[:24], *rare]), MAX_NEAR_PASSAGES)
        return places

    def find_divided_passages(self) -> list[tuple[str, Span]]:
        """Find passages in which the words are divided, as by soft hyphens: the index has only their first parts."""
        long = [word.form for word in self._quotation.words if len(word.form) >= MIN_DIVIDED_LETTERS]
        longest = sorted(dict.fromkeys(long), key=lambda form: (-len(form), form))[:MAX_DIVIDED_WORDS]
        parts = [form[:size] for form in longest for size in range(2, min(len(form) - 1, MAX_PART_LETTERS + 1))]
        short = [word.form for word in self._quotation.words if len(word.form) < MIN_DIVIDED_LETTERS]
        return self._search(WordQuery.any_of([*parts, *short[:MAX_PHRASES]]), MAX_NEAR_PASSAGES) if parts else []

    def find_headlines(self) -> list[Article]:
        """Find articles whose headline contains the words of the quotation, one per story."""
        wanted = " ".join(word.form for word in self._quotation.words)
        if len(self._quotation.words) < MIN_HEADLINE_WORDS:
            return []
        places = self._search(WordQuery(((self._quotation.text,),), title_only=True), MAX_NEAR_PASSAGES)
        by_title: dict[str, Article] = {}
        for article_id in dict.fromkeys(article_id for article_id, _ in places):
            article = self._library.article(article_id)
            if article and f" {wanted} " in f" {' '.join(word.form for word in split_words(article.title))} ":
                by_title.setdefault(article.title, article)
        return list(by_title.values())

    def _search(self, words: WordQuery, limit: int) -> list[tuple[str, Span]]:
        numbers = [number for number, _ in self._library.search_words(words, limit, 0.0)]
        passages = self._library.passages(numbers)
        return [(passages[n].article_id, (passages[n].start, passages[n].end)) for n in numbers if n in passages]

    def read_streams(self, places: Iterable[tuple[str, Span]]) -> list[WordStream]:
        """Read the words around some passages; neighbouring passages of one article are joined."""
        words = self._quotation.words
        margin = words[-1].end - words[0].start + (MAX_OMITTED_CHARACTERS if self._quotation.omissions else 100)
        spans: dict[str, list[Span]] = {}
        for article_id, (start, end) in places:
            if any(a <= start and end <= b for a, b in self._seen.get(article_id, ())):
                continue
            spans.setdefault(article_id, []).append((max(0, start - margin), end + margin))
        streams: list[WordStream] = []
        for article_id, some in spans.items():
            annotated = self._annotate_article(article_id)
            if annotated:
                regions = _merge_spans(some)
                self._seen.setdefault(article_id, []).extend(regions)
                ends = len(annotated.article.text)
                streams += build_streams(annotated, [(a, min(b, ends)) for a, b in regions], self._alphabet)
        return streams

    def _annotate_article(self, article_id: str) -> AnnotatedArticle | None:
        if article_id not in self._annotated_articles:
            article = self._library.article(article_id)
            statements = [each for each in self._library.statements(article_id) if each.status != "narrated"]
            annotated = (
                AnnotatedArticle(article, [_refuse_denied(each, article) for each in statements]) if article else None
            )
            self._annotated_articles[article_id] = annotated
        return self._annotated_articles[article_id]


def _refuse_denied(statement: Statement, article: Article) -> Statement:
    """A statement of what somebody denies ("Ada denied that it leaks") as words that were not said."""
    words = article.text[statement.start : statement.end]
    is_denied = statement.cue.lower() in ENGLISH.status.denial_cues and _QUOTATION_MARK.search(words) is None
    return (
        replace(statement, status="denied") if is_denied and statement.status in ("asserted", "reported") else statement
    )


def _merge_spans(spans: Sequence[Span]) -> list[Span]:
    """Sort spans and merge those that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
