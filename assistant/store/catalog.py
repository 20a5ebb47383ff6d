"""A library to browse: its articles, who speaks in them, stories told more than once, full text, figures.

Plain queries that only read, each over its own snapshot of the library."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from assistant.records.article import Span
from assistant.records.library import (
    ArticleRow,
    Figures,
    Hit,
    HowFound,
    Reading,
    Saying,
    SearchResult,
    SpeakerPage,
    SpeakerRow,
    Story,
    Voice,
)
from assistant.store.library import Library
from assistant.text.names import spelled
from assistant.text.words import folded, quotations, words

MOST_HITS = 200  # articles that a search shows
SHORTEST_BEGINNING = 4  # letters of a word that may have been cut
MOST_CUT = 3  # letters
MOST_OUTLETS = 15
MOST_SPEAKERS = 15
TITLE_WEIGHT = 2.0  # of a word in the title, beside one in the text
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # around found words; characters that no text has a use for


class Catalogue:
    """What a library holds, as lists and pages. Safe to use from several threads."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._lock = threading.Lock()
        self._rows: tuple[str, dict[str, ArticleRow]] | None = None  # of which generation

    def articles(self) -> tuple[ArticleRow, ...]:
        """All articles, newest first, undated last. Read once for each build of the library, without any text."""
        with self._open() as library:
            return tuple(self._rows_of(library).values())

    def speakers(self) -> tuple[SpeakerRow, ...]:
        """All who speak by name, most quoted first; who is spelled in several ways is one, by the most usual."""
        with self._open() as library:
            return tuple(_speaker_rows(library))

    def speaker(self, name: str) -> SpeakerPage:
        """What somebody said, by a name that the library has; without sayings where it has none such."""
        with self._open() as library:
            names = [other for other, _, _ in library.speakers() if _person(other) == _person(name)]
            roles = [role for other in names for role in library.roles_of(other)]
            rows = library.rows(
                "SELECT id, title, source, published_at, substr(text, start + 1, end - start), start, end, direct,"
                " substr(text, min(start, sentence_start) + 1, max(end, sentence_end) - min(start, sentence_start)),"
                " min(start, sentence_start)"
                " FROM statement JOIN article ON article.number = statement.article"
                f" WHERE speaker IN ({_marks(names)})"
                " ORDER BY published_at IS NULL, published_at DESC, id, start",
                names,
            )
            return SpeakerPage(name, _distinct(roles), tuple(map(_saying, rows)))

    def read(self, article_id: str) -> Reading | None:
        """An article with who speaks in it and its near-duplicates; None where the library no longer has it."""
        with self._open() as library:
            article = library.article(article_id)
            if article is None:
                return None
            places: dict[tuple[str, bool], list[Span]] = {}
            for one in library.statements(article_id):
                name = one.speaker or one.role
                if name:
                    places.setdefault((name, one.speaker is not None), []).append((one.start, one.end))
            voices = [Voice(name, named, tuple(spans)) for (name, named), spans in places.items()]
            voices.sort(key=lambda voice: (not voice.named, -len(voice.places)))
            rows = self._rows_of(library)
            copies = tuple(rows[other] for other in self._story_of(library, article_id) if other in rows)
            return Reading(article, tuple(voices), copies)

    def stories(self) -> tuple[Story, ...]:
        """Articles that are near-duplicates of each other; the story that was told last comes first."""
        with self._open() as library:
            rows = self._rows_of(library)
            groups: dict[int, list[ArticleRow]] = {}
            for story, article_id in library.rows(
                "SELECT story, id FROM story JOIN article ON article.number = story.article WHERE story IN"
                " (SELECT story FROM story GROUP BY story HAVING count(*) > 1)"
                " ORDER BY published_at NOT NULL, published_at, id"
            ):  # a story moves to the end with each article that tells it
                groups[story] = [*groups.pop(story, []), rows[article_id]]
            return tuple(Story(tuple(group)) for group in reversed(groups.values()))

    def search(self, typed: str) -> SearchResult:
        """Articles that hold words: all of them in one passage, or else as much as can be had; see `HowFound`.

        What is in quotation marks is looked for as it stands, but for inflection.
        """
        phrases = searched(typed)
        with self._open() as library:
            for how, expression, marked in _expressions(phrases):
                found = self._matching(library, expression)
                if found:
                    return SearchResult(typed, how, self._hits(library, found[:MOST_HITS], marked), len(found))
        return SearchResult(typed, "all", (), 0)

    def found_in(self, article_id: str, typed: str) -> tuple[Span, ...]:
        """Where the words of a search stand in the text of an article, in order; phrases as a whole."""
        phrases = searched(typed)
        with self._open() as library:
            numbers = library.passage_numbers([article_id])
            for _, _, marked in _expressions(phrases):
                spans = _matches(library, marked, numbers)
                if spans:
                    return tuple(span for number in sorted(spans) for span in spans[number])
        return ()

    def figures(self) -> Figures:
        """Figures of the library for a page about it."""
        with self._open() as library:
            counts = library.counts()
            counts["speakers"] = next(library.rows("SELECT count(DISTINCT speaker) FROM statement"))[0]
            counts["words"] = sum(row.words for row in self._rows_of(library).values())
            days = library.rows(
                "SELECT substr(published_at, 1, 10), count(*) FROM article WHERE published_at NOT NULL"
                " GROUP BY 1 ORDER BY 1"
            )
            return Figures(
                counts=tuple(counts.items()),
                days=tuple(days),
                outlets=tuple(library.sources()[:MOST_OUTLETS]),
                speakers=tuple((name, statements) for name, statements, _ in library.speakers(MOST_SPEAKERS)),
                model=library.manifest["model"],
                built_at=library.manifest["built_at"],
                folder=str(library.folder),
                bytes=sum(path.stat().st_size for path in library.folder.iterdir() if path.is_file()),
            )

    # ---------------------------------------------------------------------------------------- queries

    def _rows_of(self, library: Library) -> dict[str, ArticleRow]:
        with self._lock:
            if self._rows is None or self._rows[0] != library.generation:
                self._rows = (library.generation, {row.id: row for row in _article_rows(library)})
            return self._rows[1]

    @staticmethod
    def _story_of(library: Library, article_id: str) -> list[str]:
        rows = library.rows(
            "SELECT id FROM article WHERE id <> ?1 AND number IN (SELECT article FROM story WHERE story ="
            " (SELECT story FROM story JOIN article ON article.number = story.article WHERE id = ?1))"
            " ORDER BY published_at IS NULL, published_at, id",
            (article_id,),
        )
        return [other for (other,) in rows]

    @staticmethod
    def _matching(library: Library, expression: str) -> list[tuple[int, int]]:
        """For each article with passages that match, best first: the one whose text is best, and how many there are."""
        passages: dict[int, list[tuple[float, float, int]]] = {}
        for number, article, distance, of_text in library.rows(
            "SELECT passage.number, article, bm25(passage_words, ?, 1.0), bm25(passage_words, 0.0, 1.0)"
            " FROM passage_words JOIN passage ON passage.number = passage_words.rowid WHERE passage_words MATCH ?",
            (TITLE_WEIGHT, expression),
        ):
            passages.setdefault(article, []).append((distance, of_text, number))
        ranked = sorted(passages.values(), key=min)
        return [(min(some, key=lambda one: one[1:])[2], len(some)) for some in ranked]

    @staticmethod
    def _hits(library: Library, best: Sequence[tuple[int, int]], expression: str) -> tuple[Hit, ...]:
        matching = dict(best)
        numbers = list(matching)
        marks = _matches(library, expression, numbers)
        hits: dict[int, Hit] = {}
        for number, article_id, title, source, published_at, start, text in library.rows(
            "SELECT passage.number, id, title, source, published_at, start, substr(text, start + 1, end - start) FROM"
            f" passage JOIN article ON article.number = passage.article WHERE passage.number IN ({_marks(numbers)})",
            numbers,
        ):
            found = tuple(marks.get(number, ()))
            hits[number] = Hit(article_id, title, source, published_at, start, text, found, matching[number])
        return tuple(hits[number] for number in numbers)


def searched(typed: str) -> list[str]:
    """The words and quoted phrases of what somebody typed to search for, each once, in order."""
    phrases: list[str] = []
    at = 0
    for start, end, phrase in quotations(typed):
        phrases += [*words(typed[at:start]), " ".join(words(phrase))]
        at = end
    return list(dict.fromkeys(phrase for phrase in [*phrases, *words(typed[at:])] if phrase))


def _expressions(phrases: Sequence[str]) -> Iterator[tuple[HowFound, str, str]]:
    """What to try, one after another: how it finds, the FTS5 expression, and the one for what to mark."""
    if not phrases:
        return
    *others, last = map(_quoted, phrases)
    yield "all", _all([*others, last]), _any([*others, last])
    for cut in range(MOST_CUT + 1):  # an unfinished word may be longer than the stem that is in the index
        beginning = phrases[-1][: len(phrases[-1]) - cut]
        if len(beginning) >= SHORTEST_BEGINNING or not cut:
            begun = [*others, f"{_quoted(beginning)} *"]
            yield "beginning", _all(begun), _any(begun)
    if others:
        yield "any", _any([*others, last]), _any([*others, last])


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(expressions)


def _any(expressions: Iterable[str]) -> str:
    return " OR ".join(expressions)


def _quoted(phrase: str) -> str:
    return '"' + re.sub(r'["\x00]', " ", phrase) + '"'


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _person(name: str) -> tuple[str, ...]:
    """The same for all spellings of a name."""
    return spelled(name) or (name,)


def _speaker_rows(library: Library) -> Iterator[SpeakerRow]:
    spellings: dict[tuple[str, ...], list[tuple[str, int, int]]] = {}
    for row in library.speakers():
        spellings.setdefault(_person(row[0]), []).append(row)
    rows = []
    for same in spellings.values():
        name, statements, articles = same[0]
        if len(same) > 1:
            names = [one for one, _, _ in same]
            statements = sum(count for _, count, _ in same)
            ((articles,),) = library.rows(
                f"SELECT count(DISTINCT article) FROM statement WHERE speaker IN ({_marks(names)})", names
            )
        rows.append(SpeakerRow(name, statements, articles))
    yield from sorted(rows, key=lambda row: -row.statements)


def _article_rows(library: Library) -> Iterator[ArticleRow]:
    counted: dict[int, int] = {}
    for article, sizes in library.rows(
        "SELECT article, sz FROM passage JOIN passage_words_docsize ON id = passage.number"
    ):
        counted[article] = counted.get(article, 0) + _words_of_body(sizes)
    for number, article_id, title, source, author, published_at, copies in library.rows(
        "SELECT number, id, title, source, author, published_at, coalesce(size, 1) - 1 FROM article"
        " LEFT JOIN story ON story.article = number"
        " LEFT JOIN (SELECT story AS shared, count(*) AS size FROM story GROUP BY story) ON shared = story.story"
        " ORDER BY published_at IS NULL, published_at DESC, title, id"
    ):
        yield ArticleRow(article_id, title, source, author, published_at, counted.get(number, 0), copies)


def _saying(row: Sequence[Any]) -> Saying:
    article_id, title, source, published_at, said, start, end, direct, sentence, sentence_start = row
    return Saying(article_id, title, source, published_at, said, start, end, bool(direct), sentence, sentence_start)


def _distinct(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles, each once however it is written: "the Mayor" is "mayor"."""
    bare = {folded(role.replace("’", "'")).removeprefix("the "): re.sub(r"^[Tt]he ", "", role) for role in roles}
    return tuple(bare.values())


def _words_of_body(sizes: bytes) -> int:
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


def _matches(library: Library, expression: str, passages: Sequence[int]) -> dict[int, list[Span]]:
    """Where words that an expression matches stand in the texts of passages, by offsets into the article; passages
    in which none does are left out."""
    found: dict[int, list[Span]] = {}
    for first in range(0, len(passages), 500):
        some = passages[first : first + 500]
        for number, start, body, marked in library.rows(
            "SELECT passage.number, passage.start, body, highlight(passage_words, 1, ?, ?) FROM passage_words"
            " JOIN passage ON passage.number = passage_words.rowid"
            f" WHERE passage_words MATCH ? AND +passage_words.rowid IN ({_marks(some)})",
            (_OPEN, _CLOSE, expression, *some),
        ):
            if _OPEN in marked and _OPEN not in body and _CLOSE not in body:
                found[number] = _marked_spans(marked, start)
    return found


def _marked_spans(marked: str, start: int) -> list[Span]:
    """Where the marks stand in a text that, without them, begins at offset `start`."""
    before, *pieces = marked.split(_OPEN)
    at = start + len(before)
    spans: list[Span] = []
    for piece in pieces:
        inside, _, after = piece.partition(_CLOSE)
        spans.append((at, at + len(inside)))
        at += len(inside) + len(after)
    return spans
