"""A library as lists and pages for browsing: its articles, speakers, stories, full-text search and figures.

Each list and page is read from a snapshot of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from assistant.embedding.model_files import FLOAT_PRECISION
from assistant.errors import QuestionError
from assistant.records.article import Article, Span
from assistant.records.library import (
    ArticlePage,
    ArticleRow,
    ArticleSpeaker,
    Facet,
    LibraryStatistics,
    LibrarySummary,
    MatchMode,
    SearchResult,
    SpeakerPage,
    SpeakerRow,
    Story,
    weigh_quotations,
)
from assistant.store.manifest import read_last_build
from assistant.store.protocol import Library, WordQuery
from assistant.store.search.facets import list_facets
from assistant.store.search.operators import TITLE_WEIGHT, find_marked_places, read_search, search_with_operators
from assistant.store.search.terms import FindTagged, find_tagged_articles, resolve_search
from assistant.text.names import is_same_person, normalize_name
from assistant.text.words import find_quotations, fold, split_words

MAX_HITS = 200  # articles that a search shows
MIN_PREFIX_LENGTH = 4  # letters of a word that may be incomplete
MAX_PREFIX_CUT = 3  # letters
MAX_SOURCES = 15
MAX_SPEAKERS = 15


class Catalog:
    """What a library contains, as lists and pages. Safe to use from several threads."""

    def __init__(self, open_library: Callable[[], Library], find_tagged: FindTagged | None = None) -> None:
        """`find_tagged` knows the articles with a tag, for the field `tag:` of a search."""
        self._open_library = open_library
        self._find_tagged = find_tagged

    def articles(self) -> tuple[ArticleRow, ...]:
        """All articles, newest first, undated ones last."""
        with self._open_library() as library:
            return tuple(library.article_rows().values())

    def find_articles(self, names: Iterable[str]) -> list[Article]:
        """The articles that these names mean, each once, in their order: ids, else addresses, files or folders.

        Raises QuestionError if a name means none.
        """
        found: dict[str, Article] = {}
        with self._open_library() as library:
            for name in names:
                article = library.article(name)
                chosen = [article] if article is not None else _find_by_path(library, name)
                if not chosen:
                    raise QuestionError(f"{name}: no article has this id or path; see: assistant articles list")
                found.update({each.id: each for each in chosen})
        return list(found.values())

    def given_tags(self) -> dict[str, list[str]]:
        """The tags that the files give their articles, by the id of the article; articles without any are left out."""
        found: dict[str, list[str]] = {}
        with self._open_library() as library:
            for tag in library.given_tags():
                for article_id in library.find_articles_with_tag(tag):
                    found.setdefault(article_id, []).append(tag)
        return found

    def speakers(self) -> tuple[SpeakerRow, ...]:
        """All speakers with a name, most quoted first. Spellings of one name are one speaker, by the most frequent."""
        with self._open_library() as library:
            return tuple(_merge_spellings(library))

    def speaker_page(self, name: str) -> SpeakerPage:
        """What a speaker said, by a name that the library contains; without statements if it contains no such name."""
        with self._open_library() as library:
            rows = library.speakers()
            names = [other for other, _, _ in rows if make_name_key(other) == make_name_key(name)]
            roles = [role for other in names for role in library.roles_of(other)]
            similar = {other for other, kind in library.find_names_sharing_word(name) if kind == "name"}.difference(
                names
            )
            namesakes = tuple(
                (other, count)
                for other, count, _ in rows
                if other in similar and (is_same_person(name, other) or is_same_person(other, name))
            )
            return SpeakerPage(name, _deduplicate_roles(roles), tuple(library.statements_by(names)), namesakes)

    def article_page(self, article_id: str) -> ArticlePage | None:
        """An article with its speakers and its near-duplicates; None if the library does not contain it any more."""
        with self._open_library() as library:
            article = library.article(article_id)
            if article is None:
                return None
            places: dict[tuple[str, bool], list[Span]] = {}
            for statement in library.statements(article_id):
                name = statement.speaker or statement.role
                if name and statement.status != "narrated":
                    is_named = statement.speaker is not None
                    places.setdefault((name, is_named), []).append((statement.start, statement.end))
            speakers = [ArticleSpeaker(name, is_named, tuple(spans)) for (name, is_named), spans in places.items()]
            speakers.sort(key=lambda speaker: (not speaker.is_named, -len(speaker.spans)))
            rows = library.article_rows()
            copies = tuple(rows[other] for other in library.duplicate_ids(article_id) if other in rows)
            return ArticlePage(article, tuple(speakers), copies)

    def stories(self) -> tuple[Story, ...]:
        """Articles about one event, over days and outlets, with their copies; the latest story comes first."""
        with self._open_library() as library:
            rows = library.article_rows()
            return tuple(Story(tuple(rows[article_id] for article_id in group)) for group in library.event_groups())

    def search(self, typed: str) -> SearchResult:
        """Articles with passages that contain the typed words, as many of them as possible; see `MatchMode`.

        Words in quotation marks are searched for as a phrase. A search with operators (`questions.search.parser`)
        finds exactly what matches.
        """
        parsed = read_search(typed)
        if parsed.is_empty:
            return SearchResult(typed, "all", (), 0, remarks=parsed.remarks, has_words=False)
        with self._open_library() as library:
            if parsed.has_operators:
                return search_with_operators(library, typed, parsed, MAX_HITS, self._find_tagged)
            for mode, wanted, marked in _build_queries(parse_search(typed)):
                ranked = library.rank_articles(wanted, TITLE_WEIGHT)
                if ranked:
                    hits = library.load_hits(ranked[:MAX_HITS], marked)
                    found = library.passages([number for number, _ in ranked])
                    facets = list_facets(library, [found[number].article_id for number, _ in ranked])
                    return SearchResult(typed, mode, tuple(hits), len(ranked), facets=facets)
        return SearchResult(typed, "all", (), 0)

    def find_tagged(self, tag: str) -> frozenset[str]:
        """The ids of the articles with a tag, of their files or of the user. Raises NoSuchTag if there is none."""
        with self._open_library() as library:
            return find_tagged_articles(tag, library, self._find_tagged)

    def facets(self, typed: str) -> tuple[Facet, ...]:
        """All articles of a search by outlet, month, author, speaker and telling word.

        The words of the search are all in the article, in any order.
        """
        parsed = read_search(typed)
        if parsed.is_empty:
            return ()
        with self._open_library() as library:
            resolved = resolve_search(parsed.expression, library, self._find_tagged)
            return list_facets(library, library.find_articles(resolved.expression), with_speakers=True)

    def find_matches(self, article_id: str, typed: str) -> tuple[Span, ...]:
        """The places of the words of a search in the text of an article, in order; a phrase is one place."""
        parsed = read_search(typed)
        with self._open_library() as library:
            if parsed.has_operators:
                return find_marked_places(library, parsed, article_id)
            for _, _, marked in _build_queries(parse_search(typed)):
                if spans := library.find_word_spans(marked, article_id):
                    return tuple(spans)
        return ()

    def statistics(self) -> LibraryStatistics:
        """Figures of the library for a page about it."""
        with self._open_library() as library:
            counts = library.counts()
            speakers = _merge_spellings(library)
            counts["speakers"] = len(speakers)
            counts["words"] = sum(row.words for row in library.article_rows().values())
            return LibraryStatistics(
                counts=tuple(counts.items()),
                days=tuple(library.articles_by_day()),
                outlets=tuple(library.sources()[:MAX_SOURCES]),
                speakers=tuple((row.name, row.statements) for row in speakers[:MAX_SPEAKERS]),
                model=library.manifest["model"],
                built_at=library.manifest["built_at"],
                folder=library.location,
                index_bytes=library.size_in_bytes(),
            )


def _find_by_path(library: Library, name: str) -> list[Article]:
    path = os.path.abspath(os.path.expanduser(name))  # noqa: PTH100, PTH111 - not through links, as the sources
    below = os.path.join(path, "")  # noqa: PTH118
    found = [
        each
        for each in library.articles()
        if each.url == name or (each.path and (each.path == path or each.path.startswith(below)))
    ]
    return sorted(found, key=lambda each: each.id)


def summarize_library(library: Library) -> LibrarySummary:
    """The speakers, outlets, titles and days of a library."""
    dates = library.date_range() or (None, None)
    named = set(library.source_names())
    speakers = sorted(_merge_spellings(library), key=lambda row: -weigh_quotations(row.statements, row.articles))
    return LibrarySummary(
        tuple((row.name, row.statements) for row in speakers),
        tuple((name, articles) for name, articles in library.sources() if name in named),
        tuple(library.titles()),
        library.article_count(),
        *dates,
    )


def collect_statistics(library: Library, runs_on: str | None) -> dict[str, Any]:
    """Counts, first and last day, how the library was built, and bytes on disk; `runs_on` is the model's device."""
    first, last = library.date_range() or (None, None)
    return {
        **library.counts(),
        **library.gaps(),
        "first_article": first,
        "last_article": last,
        "model": library.manifest["model"],
        "precision": library.manifest.get("precision", FLOAT_PRECISION),
        **({"runs_on": runs_on} if runs_on else {}),
        "built_at": library.manifest["built_at"],
        **({"last_build": changes} if (changes := read_last_build(library.manifest)) else {}),
        "index": library.location,
        "bytes": library.size_in_bytes(),
        "outlets": dict(library.sources()),
    }


def parse_search(typed: str) -> list[str]:
    """The words and quoted phrases of a search, each once, in order."""
    phrases: list[str] = []
    position = 0
    for start, end, phrase in find_quotations(typed):
        phrases += [*split_words(typed[position:start]), " ".join(split_words(phrase))]
        position = end
    return list(dict.fromkeys(phrase for phrase in [*phrases, *split_words(typed[position:])] if phrase))


def _build_queries(phrases: Sequence[str]) -> Iterator[tuple[MatchMode, WordQuery, WordQuery]]:
    """The queries to try, in order: the mode, the query for passages, and the query for the words to mark."""
    if not phrases:
        return
    any_phrase = WordQuery.any_of(phrases)
    yield "all", WordQuery.all_of(phrases), any_phrase
    *others, last = phrases
    for cut in range(MAX_PREFIX_CUT + 1):  # an incomplete word may be longer than the stem in the full-text index
        prefix = last[: len(last) - cut]
        if len(prefix) >= MIN_PREFIX_LENGTH or not cut:
            incomplete = (*others, prefix)
            yield "beginning", _with_prefix([(phrase,) for phrase in incomplete]), _with_prefix([incomplete])
    if others:
        yield "any", any_phrase, any_phrase


def _with_prefix(groups: Sequence[tuple[str, ...]]) -> WordQuery:
    return WordQuery(tuple(groups), is_prefix=True)


@lru_cache(maxsize=100_000)
def make_name_key(name: str) -> tuple[str, ...]:
    """The same for all spellings of a name."""
    return normalize_name(name) or (name,)


def _merge_spellings(library: Library) -> list[SpeakerRow]:
    spellings: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    for row in library.speakers():
        spellings.setdefault(make_name_key(row[0]), []).append(row)
    rows = []
    for group in spellings.values():
        name, statements, articles = group[0]
        if len(group) > 1:
            statements = sum(count for _, count, _ in group)
            articles = library.count_articles_of([spelling for spelling, _, _ in group])
        rows.append(SpeakerRow(name, statements, articles))
    return sorted(rows, key=lambda row: -row.statements)


def _deduplicate_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles, each once however it is written: "the Mayor" is "mayor"."""
    distinct = {fold(role.replace("’", "'")).removeprefix("the "): re.sub(r"^[Tt]he ", "", role) for role in roles}
    return tuple(distinct.values())
