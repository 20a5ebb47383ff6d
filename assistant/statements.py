"""Who says what in an article: sentences that report speech, and the speaker where the text names one.

A speaker is left out rather than guessed: a statement given to the wrong person is worse than one given to
nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.attribution import QUOTED, Attribution, attributions, compatible_names, name_parts, names_in
from assistant.chunking import paragraph_spans
from assistant.records import Article, Span, Statement

MERGED_CHARACTERS = 700  # a quotation that runs over several sentences is shown whole up to this length


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article in order. `sentences` are its sentence spans."""
    return list(_Reader(article).read(sentences))


class _Reader:
    """Goes through an article once, remembering who has been named and who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        # Surname in lower case -> fullest name so far; at first those that only one person in the article has.
        self._full_names: dict[str, str] = {}
        self._last_speaker: str | None = None
        self._last_named: str | None = None  # the only person named in the sentence before
        self._paragraphs_since = 0

    def read(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        text = self._article.text
        self._full_names = _unmistakable_names(text)
        continued = False  # the paragraph before ended inside a quotation
        for start, end in paragraph_spans(text):
            quotes, runs_on = quotation_spans(text, start, end)
            masked = _masked(text, start, end, quotes)
            inside = [span for span in sentences if start <= span[0] and span[1] <= end]
            self._paragraphs_since += 1
            speaker_here: str | None = self._last_speaker if continued and quotes else None
            groups = _groups(inside, quotes)
            for number, (first, last) in enumerate(groups):
                outside = masked[first - start : last - start]
                direct = any(a < last and first < b for a, b in quotes)
                found = attributions(outside)
                named = [self._resolve(attribution) for attribution in found]
                if found:
                    speakers = dict.fromkeys(zip(named, (a.cue for a in found), strict=True))
                    for speaker, cue in _distinct_speakers(speakers):
                        yield Statement(self._article.id, speaker, cue, first, last, direct, first, last)
                    known = [name for name in named if name]
                    speaker_here = known[0] if known else None
                    if speaker_here:
                        self._last_speaker, self._paragraphs_since = speaker_here, 0
                elif direct and _mostly_quoted(first, last, quotes):
                    # Words in quotation marks with nobody beside them: the speaker of this paragraph, or the
                    # one that the next sentence names.
                    speaker = speaker_here or self._next_speaker(groups[number + 1 :], masked, start)
                    yield Statement(self._article.id, speaker, "", first, last, True, first, last)
                self._note_names(outside)
            continued = runs_on
            if not inside:
                continued = False

    def _resolve(self, attribution: Attribution) -> str | None:
        if attribution.kind == "name":
            return self._full(attribution.name)
        if attribution.kind == "pronoun":
            if attribution.name.lower() in ("i", "we", "they"):
                return None
            recent = self._last_speaker if self._paragraphs_since <= 2 else None
            return self._last_named or recent
        # "the presidential aide": whoever was speaking in this paragraph or the one before
        return self._last_speaker if self._paragraphs_since <= 1 else None

    def _next_speaker(self, groups: Sequence[Span], masked: str, start: int) -> str | None:
        for first, last in groups[:1]:
            for attribution in attributions(masked[first - start : last - start]):
                if attribution.kind == "name":
                    return self._full(attribution.name)
        return None

    def _full(self, name: str) -> str:
        parts = name_parts(name)
        key = parts[-1].lower()
        known = self._full_names.get(key)
        if known and (len(parts) == 1 or compatible_names(name_parts(known), parts)):
            if len(name_parts(known)) == 1:
                self._full_names[key] = " ".join(parts)
            return self._full_names[key]
        if len(parts) > 1 or known is None:
            self._full_names.setdefault(key, " ".join(parts))
        return " ".join(parts)

    def _note_names(self, outside: str) -> None:
        people = []
        for name in names_in(outside):
            key = name.split()[-1].lower()
            known = self._full_names.get(key)
            if " " in name and (known is None or " " not in known):
                self._full_names[key] = name
            if key in self._full_names:
                people.append(self._full_names[key])
        distinct = list(dict.fromkeys(people))
        self._last_named = distinct[0] if len(distinct) == 1 else None


def _unmistakable_names(text: str) -> dict[str, str]:
    """Surnames that go with one first name all through a text, and the full name."""
    found: dict[str, set[str]] = {}
    for name in names_in(text):
        if " " in name:
            found.setdefault(name.split()[-1].lower(), set()).add(name)
    unmistakable: dict[str, str] = {}
    for surname, names in found.items():
        shortest = min(names, key=len)  # what stands before it elsewhere is a title, or the end of a headline
        if all(name.endswith(shortest) for name in names):
            unmistakable[surname] = shortest
    return unmistakable


def _distinct_speakers(found: dict[tuple[str | None, str], None]) -> Iterator[tuple[str | None, str]]:
    seen: set[str | None] = set()
    for speaker, cue in found:
        if speaker not in seen:
            seen.add(speaker)
            yield speaker, cue


# -------------------------------------------------------------------------------------- quotation marks

_MARK = re.compile(r"[“”\"]|''|``|«|»|„")


def quotation_spans(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """The quotations in one paragraph, marks included, and whether the last one is left open at its end."""
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match[0]
        opens = mark in "“„«``" or (mark in ('"', "''") and opened is None)
        if opens:
            opened = match.start() if opened is None else opened
        elif opened is not None:
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans, opened is not None


def _masked(text: str, start: int, end: int, quotes: Sequence[Span]) -> str:
    """The paragraph with every quotation overwritten, so that no rule reads what is inside."""
    characters = list(text[start:end])
    for first, last in quotes:
        for at in range(first - start, last - start):
            characters[at] = QUOTED
    return "".join(characters)


def _groups(sentences: Sequence[Span], quotes: Sequence[Span]) -> list[Span]:
    """Sentences, those joined that one quotation runs through, up to a readable length."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            joined = any(a < last and start < b for a, b in quotes)
            if joined and end - first <= MERGED_CHARACTERS:
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return groups


def _mostly_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    inside = sum(min(b, end) - max(a, start) for a, b in quotes if a < end and start < b)
    return inside > (end - start) * 0.8
