"""A library to browse: its articles, who speaks in them, stories told more than once, full text, figures.

Plain queries that only read, each over its own snapshot of the library."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from assistant.records.article import Span
from assistant.records.library import (
    ArticleHit,
    ArticlePage,
    ArticleRow,
    ArticleSpeaker,
    LibraryStatistics,
    MatchMode,
    SearchResult,
    SpeakerPage,
    SpeakerRow,
    SpeakerStatement,
    Story,
)
from assistant.store.library import Library
from assistant.text.names import normalize_name
from assistant.text.words import find_quotations, fold, split_words

MAX_HITS = 200  # articles that a search shows
MIN_PREFIX_LENGTH = 4  # letters of a word that may have been cut
MAX_PREFIX_CUT = 3  # letters
MAX_OUTLETS = 15
MAX_SPEAKERS = 15
TITLE_WEIGHT = 2.0  # of a word in the title, beside one in the text
_MATCH_START, _MATCH_END = "\ufdd0", "\ufdd1"  # around found words; characters that no text has a use for


class Catalog:
    """What a library holds, as lists and pages. Safe to use from several threads."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open_library = open_library
        self._lock = threading.Lock()
        self._cached_rows: tuple[str, dict[str, ArticleRow]] | None = None  # of which generation

    def articles(self) -> tuple[ArticleRow, ...]:
        """All articles, newest first, undated last. Read once for each build of the library, without any text."""
        with self._open_library() as library:
            return tuple(self._article_rows_by_id(library).values())

    def speakers(self) -> tuple[SpeakerRow, ...]:
        """All who speak by name, most quoted first; who is spelled in several ways is one, by the most usual."""
        with self._open_library() as library:
            return tuple(_query_speakers(library))

    def speaker_page(self, name: str) -> SpeakerPage:
        """What somebody said, by a name that the library has; without sayings where it has none such."""
        with self._open_library() as library:
            names = [other for other, _, _ in library.speakers() if _make_name_key(other) == _make_name_key(name)]
            roles = [role for other in names for role in library.roles_of(other)]
            rows = library.select(
                "SELECT id, title, source, published_at, substr(text, start + 1, end - start), start, end, direct,"
                " substr(text, min(start, sentence_start) + 1, max(end, sentence_end) - min(start, sentence_start)),"
                " min(start, sentence_start)"
                " FROM statement JOIN article ON article.number = statement.article"
                f" WHERE speaker IN ({_make_placeholders(names)})"
                " ORDER BY published_at IS NULL, published_at DESC, id, start",
                names,
            )
            return SpeakerPage(name, _deduplicate_roles(roles), tuple(map(_make_speaker_statement, rows)))

    def article_page(self, article_id: str) -> ArticlePage | None:
        """An article with who speaks in it and its near-duplicates; None where the library no longer has it."""
        with self._open_library() as library:
            article = library.article(article_id)
            if article is None:
                return None
            places: dict[tuple[str, bool], list[Span]] = {}
            for one in library.statements(article_id):
                name = one.speaker or one.role
                if name:
                    places.setdefault((name, one.speaker is not None), []).append((one.start, one.end))
            voices = [ArticleSpeaker(name, named, tuple(spans)) for (name, named), spans in places.items()]
            voices.sort(key=lambda voice: (not voice.is_named, -len(voice.spans)))
            rows = self._article_rows_by_id(library)
            copies = tuple(rows[other] for other in self._find_duplicate_ids(library, article_id) if other in rows)
            return ArticlePage(article, tuple(voices), copies)

    def stories(self) -> tuple[Story, ...]:
        """Articles that are near-duplicates of each other; the story that was told last comes first."""
        with self._open_library() as library:
            rows = self._article_rows_by_id(library)
            groups: dict[int, list[ArticleRow]] = {}
            for story, article_id in library.select(
                "SELECT story, id FROM story JOIN article ON article.number = story.article WHERE story IN"
                " (SELECT story FROM story GROUP BY story HAVING count(*) > 1)"
                " ORDER BY published_at NOT NULL, published_at, id"
            ):  # a story moves to the end with each article that tells it
                groups[story] = [*groups.pop(story, []), rows[article_id]]
            return tuple(Story(tuple(group)) for group in reversed(groups.values()))

    def search(self, typed: str) -> SearchResult:
        """Articles that hold words: all of them in one passage, or else as much as can be had; see `MatchMode`.

        What is in quotation marks is looked for as it stands, but for inflection.
        """
        phrases = parse_search(typed)
        with self._open_library() as library:
            for how, expression, marked in _build_expressions(phrases):
                found = self._rank_articles(library, expression)
                if found:
                    return SearchResult(typed, how, self._load_hits(library, found[:MAX_HITS], marked), len(found))
        return SearchResult(typed, "all", (), 0)

    def find_matches(self, article_id: str, typed: str) -> tuple[Span, ...]:
        """Where the words of a search stand in the text of an article, in order; phrases as a whole."""
        phrases = parse_search(typed)
        with self._open_library() as library:
            numbers = library.passage_numbers([article_id])
            for _, _, marked in _build_expressions(phrases):
                spans = _find_passage_matches(library, marked, numbers)
                if spans:
                    return tuple(span for number in sorted(spans) for span in spans[number])
        return ()

    def statistics(self) -> LibraryStatistics:
        """Figures of the library for a page about it."""
        with self._open_library() as library:
            counts = library.counts()
            counts["speakers"] = next(library.select("SELECT count(DISTINCT speaker) FROM statement"))[0]
            counts["words"] = sum(row.words for row in self._article_rows_by_id(library).values())
            days = library.select(
                "SELECT substr(published_at, 1, 10), count(*) FROM article WHERE published_at NOT NULL"
                " GROUP BY 1 ORDER BY 1"
            )
            return LibraryStatistics(
                counts=tuple(counts.items()),
                days=tuple(days),
                outlets=tuple(library.sources()[:MAX_OUTLETS]),
                speakers=tuple((name, statements) for name, statements, _ in library.speakers(MAX_SPEAKERS)),
                model=library.manifest["model"],
                built_at=library.manifest["built_at"],
                folder=str(library.folder),
                index_bytes=sum(path.stat().st_size for path in library.folder.iterdir() if path.is_file()),
            )

    # ---------------------------------------------------------------------------------------- queries

    def _article_rows_by_id(self, library: Library) -> dict[str, ArticleRow]:
        with self._lock:
            if self._cached_rows is None or self._cached_rows[0] != library.generation:
                self._cached_rows = (library.generation, {row.id: row for row in _query_articles(library)})
            return self._cached_rows[1]

    @staticmethod
    def _find_duplicate_ids(library: Library, article_id: str) -> list[str]:
        rows = library.select(
            "SELECT id FROM article WHERE id <> ?1 AND number IN (SELECT article FROM story WHERE story ="
            " (SELECT story FROM story JOIN article ON article.number = story.article WHERE id = ?1))"
            " ORDER BY published_at IS NULL, published_at, id",
            (article_id,),
        )
        return [other for (other,) in rows]

    @staticmethod
    def _rank_articles(library: Library, expression: str) -> list[tuple[int, int]]:
        """For each article with passages that match, best first: the one whose text is best, and how many there are."""
        passages: dict[int, list[tuple[float, float, int]]] = {}
        for number, article, distance, of_text in library.select(
            "SELECT passage.number, article, bm25(passage_words, ?, 1.0), bm25(passage_words, 0.0, 1.0)"
            " FROM passage_words JOIN passage ON passage.number = passage_words.rowid WHERE passage_words MATCH ?",
            (TITLE_WEIGHT, expression),
        ):
            passages.setdefault(article, []).append((distance, of_text, number))
        ranked = sorted(passages.values(), key=min)
        return [(min(some, key=lambda one: one[1:])[2], len(some)) for some in ranked]

    @staticmethod
    def _load_hits(library: Library, best: Sequence[tuple[int, int]], expression: str) -> tuple[ArticleHit, ...]:
        matching = dict(best)
        numbers = list(matching)
        marks = _find_passage_matches(library, expression, numbers)
        hits: dict[int, ArticleHit] = {}
        for number, article_id, title, source, published_at, start, text in library.select(
            "SELECT passage.number, id, title, source, published_at, start, substr(text, start + 1, end - start) FROM"
            f" passage JOIN article ON article.number = passage.article"
            f" WHERE passage.number IN ({_make_placeholders(numbers)})",
            numbers,
        ):
            found = tuple(marks.get(number, ()))
            hits[number] = ArticleHit(article_id, title, source, published_at, start, text, found, matching[number])
        return tuple(hits[number] for number in numbers)


def parse_search(typed: str) -> list[str]:
    """The words and quoted phrases of what somebody typed to search for, each once, in order."""
    phrases: list[str] = []
    at = 0
    for start, end, phrase in find_quotations(typed):
        phrases += [*split_words(typed[at:start]), " ".join(split_words(phrase))]
        at = end
    return list(dict.fromkeys(phrase for phrase in [*phrases, *split_words(typed[at:])] if phrase))


def _build_expressions(phrases: Sequence[str]) -> Iterator[tuple[MatchMode, str, str]]:
    """What to try, one after another: how it finds, the FTS5 expression, and the one for what to mark."""
    if not phrases:
        return
    *others, last = map(_quote_phrase, phrases)
    yield "all", _join_and([*others, last]), _join_or([*others, last])
    for cut in range(MAX_PREFIX_CUT + 1):  # an unfinished word may be longer than the stem that is in the index
        beginning = phrases[-1][: len(phrases[-1]) - cut]
        if len(beginning) >= MIN_PREFIX_LENGTH or not cut:
            begun = [*others, f"{_quote_phrase(beginning)} *"]
            yield "beginning", _join_and(begun), _join_or(begun)
    if others:
        yield "any", _join_or([*others, last]), _join_or([*others, last])


def _join_and(expressions: Iterable[str]) -> str:
    return " AND ".join(expressions)


def _join_or(expressions: Iterable[str]) -> str:
    return " OR ".join(expressions)


def _quote_phrase(phrase: str) -> str:
    return '"' + re.sub(r'["\x00]', " ", phrase) + '"'


def _make_placeholders(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _make_name_key(name: str) -> tuple[str, ...]:
    """The same for all spellings of a name."""
    return normalize_name(name) or (name,)


def _query_speakers(library: Library) -> Iterator[SpeakerRow]:
    spellings: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    for row in library.speakers():
        spellings.setdefault(_make_name_key(row[0]), []).append(row)
    rows = []
    for same in spellings.values():
        name, statements, articles = same[0]
        if len(same) > 1:
            names = [one for one, _, _ in same]
            statements = sum(count for _, count, _ in same)
            ((articles,),) = library.select(
                f"SELECT count(DISTINCT article) FROM statement WHERE speaker IN ({_make_placeholders(names)})", names
            )
        rows.append(SpeakerRow(name, statements, articles))
    yield from sorted(rows, key=lambda row: -row.statements)


def _query_articles(library: Library) -> Iterator[ArticleRow]:
    counted: dict[int, int] = {}
    for article, sizes in library.select(
        "SELECT article, sz FROM passage JOIN passage_words_docsize ON id = passage.number"
    ):
        counted[article] = counted.get(article, 0) + _count_body_words(sizes)
    for number, article_id, title, source, author, published_at, copies in library.select(
        "SELECT number, id, title, source, author, published_at, coalesce(size, 1) - 1 FROM article"
        " LEFT JOIN story ON story.article = number"
        " LEFT JOIN (SELECT story AS shared, count(*) AS size FROM story GROUP BY story) ON shared = story.story"
        " ORDER BY published_at IS NULL, published_at DESC, title, id"
    ):
        yield ArticleRow(article_id, title, source, author, published_at, counted.get(number, 0), copies)


def _make_speaker_statement(row: Sequence[Any]) -> SpeakerStatement:
    article_id, title, source, published_at, said, start, end, direct, sentence, sentence_start = row
    return SpeakerStatement(
        article_id, title, source, published_at, said, start, end, bool(direct), sentence, sentence_start
    )


def _deduplicate_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles, each once however it is written: "the Mayor" is "mayor"."""
    bare = {fold(role.replace("’", "'")).removeprefix("the "): re.sub(r"^[Tt]he ", "", role) for role in roles}
    return tuple(bare.values())


def _count_body_words(sizes: bytes) -> int:
    """The second of the two numbers, title and body, that the full-text index keeps of a passage (SQLite varints)."""
    value, seen = 0, 0
    for byte in sizes:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            seen += 1
            if seen == 2:
                return value
            value = 0
    return 0


def _find_passage_matches(library: Library, expression: str, passages: Sequence[int]) -> dict[int, list[Span]]:
    """Where words that an expression matches stand in the texts of passages, by offsets into the article; passages
    in which none does are left out."""
    found: dict[int, list[Span]] = {}
    for first in range(0, len(passages), 500):
        some = passages[first : first + 500]
        for number, start, body, marked in library.select(
            "SELECT passage.number, passage.start, body, highlight(passage_words, 1, ?, ?) FROM passage_words"
            " JOIN passage ON passage.number = passage_words.rowid"
            f" WHERE passage_words MATCH ? AND +passage_words.rowid IN ({_make_placeholders(some)})",
            (_MATCH_START, _MATCH_END, expression, *some),
        ):
            if _MATCH_START in marked and _MATCH_START not in body and _MATCH_END not in body:
                found[number] = _find_marked_spans(marked, start)
    return found


def _find_marked_spans(marked: str, start: int) -> list[Span]:
    """Where the marks stand in a text that, without them, begins at offset `start`."""
    before, *pieces = marked.split(_MATCH_START)
    at = start + len(before)
    spans: list[Span] = []
    for piece in pieces:
        inside, _, after = piece.partition(_MATCH_END)
        spans.append((at, at + len(inside)))
        at += len(inside) + len(after)
    return spans
