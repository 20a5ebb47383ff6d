"""Checking a quotation against the library: which article it is from, and whether it stands there as quoted.

Weighs what `quote_matching` and `quote_tiles` find in the articles that `quote_search` gives, and says one verdict."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from assistant.quotes.alignment import Alphabet, typography, words_of
from assistant.quotes.annotated_article import Stream, Telling, by_paragraph
from assistant.quotes.matching import Match, exact_matches, nearest_match
from assistant.quotes.quotation import Quotation, read_quotation
from assistant.quotes.search import QuoteSearch
from assistant.quotes.tiling import Tile, tiles
from assistant.records.article import Span
from assistant.records.quote import QuoteCheck, QuotePart, QuotePlace, QuoteVerdict
from assistant.store.library import Library
from assistant.text.names import same_person

SCHEMA = 1
ALIGNED = 12  # stretches of articles that the quotation is laid beside, those with most in common
MAX_PLACES = 50

# A near match, as measured on quotations altered by a word and on such from another collection: at most one word
# in four differs, or one in all of a short quotation, and what agrees is no commonplace ("is not going to be").
MIN_COMMON = 3
DIFFERING = 4  # one word in so many
LONG = 16  # words; from here on similarity alone decides
MIN_SIMILARITY = 0.6
SHORT = 12  # words; up to here the agreeing words must be rare enough
MIN_BITS = 4.0  # of the agreeing words, by the share of passages that each is in
MIN_COVERED = 0.75  # share of a stitched quotation that its parts make up
MIN_GAIN = 4  # words by which several places must explain more than one

_NEGATION = re.compile(r"(?:not|no|never|none|nor|neither|cannot|nobody|nothing|without|hardly|.*n't)")
MOST_HEADLINES = 3
FAR_WORDS = 40  # an omission longer than this is pointed out


def check_quote(text: str, speaker: str | None, library: Library) -> QuoteCheck:
    """Which article a quotation is from, and what became of its words on the way.

    `text` may be the words alone or a sentence that quotes somebody (Valcourt said: “…”); `speaker` is who is meant
    to have said it, and goes before a name in the text. Raises QuestionError for what cannot be looked for.
    """
    return _Check(read_quotation(text, speaker), library).run()


def to_json(check: QuoteCheck) -> dict[str, Any]:
    """A check as a JSON object."""
    return {"schema": SCHEMA, **asdict(check)}


@dataclass(frozen=True, slots=True)
class _Stitched:
    """A quotation cut into runs of words, each with the streams that hold it."""

    tiles: Sequence[Tile]
    among: Sequence[Stream]
    covered: int


class _Check:
    """One quotation against one library."""

    def __init__(self, quotation: Quotation, library: Library) -> None:
        self._quotation = quotation
        self._library = library
        self._alphabet = Alphabet()
        self._search = QuoteSearch(quotation, library, self._alphabet)

    def run(self) -> QuoteCheck:
        among: list[Stream] = []
        matches: list[Match] = []
        for passages in (self._search.phrase_passages, self._search.near_passages):
            new = self._search.streams(passages())
            among += new
            matches += [match for one in new for match in exact_matches(self._quotation, one, self._alphabet)]
            good = [match for match in matches if match.verbatim and match.whole]
            if good:
                unbroken = [match for match in good if not match.marked_omission]
                return self._found(unbroken or good)
        recased = [match for match in matches if match.whole]
        if recased:
            return self._altered(recased)
        near = self._nearest(among)
        best = max(near, key=lambda match: match.similarity if match.whole else 0.0, default=None)
        stitched = self._stitched(among)
        if stitched and stitched.covered - (best.same if best and best.whole else 0) >= MIN_GAIN:
            return self._stitched_check(stitched)
        if best and best.whole and self._near_enough(best):
            return self._altered([match for match in near if match.similarity == best.similarity and match.whole])
        return self._not_found(near)

    def _nearest(self, among: Sequence[Stream]) -> list[Match]:
        code = self._alphabet.encode([word.form for word in self._quotation.words])
        pairs = {code[at : at + 2] for at in range(len(code) - 1)}
        letters = set(code)

        def common(stream: Stream) -> float:
            there = {stream.code[at : at + 2] for at in range(len(stream.code) - 1)}
            return len(pairs & there) + 0.2 * len(letters & set(stream.code))

        chosen = sorted(among, key=common, reverse=True)[:ALIGNED]
        found = (nearest_match(self._quotation, stream, self._alphabet) for stream in chosen)
        return [match for match in found if match]

    # --------------------------------------------------------------------------------------- verdicts

    def _found(self, matches: Sequence[Match]) -> QuoteCheck:
        matches = _distinct(matches)
        places, also_in = self._places(matches)
        first = self._match_of(places[0], matches)
        asked = self._quotation.speaker
        warnings = _omission_warnings(first)
        several = first.stream.telling.speakers(first.start, first.end)
        if places[0].direct and len(several) > 1:
            warnings.append(f"Several people say this: {', '.join(several)}.")
        verdict: QuoteVerdict = "shortened" if first.marked_omission else "verbatim"
        if asked:
            everywhere = (*places, *also_in)
            if any(self._says(asked, place) for place in everywhere):
                pass
            elif any(place.speaker for place in everywhere):
                verdict = "somebody_else"
            else:
                warnings = [*warnings, f"The article does not say that {asked} said this; it names nobody for it."]
        part = QuotePart(self._quotation.text, places, first.changes)
        return self._checked(verdict, [part], also_in, first.similarity, self._typography(first), warnings)

    def _near_enough(self, match: Match) -> bool:
        """Whether a match is too near to be chance."""
        size = len(self._quotation.words)
        if match.same < MIN_COMMON or match.similarity < MIN_SIMILARITY:
            return False
        if size < LONG and round(match.same / match.similarity) - match.same > max(1, size // DIFFERING):
            return False
        if size > SHORT:
            return True
        passages = self._library.passage_count()
        agreeing = (word.form for change in match.changes if change.kind == "same" for word in words_of(change.real))
        bits = sum(math.log2((passages + 1) / (self._library.passages_with_word(form) + 1)) for form in agreeing)
        return bits >= min(MIN_BITS, math.log2(passages))  # in a handful of passages no word is rare

    def _altered(self, matches: Sequence[Match]) -> QuoteCheck:
        matches = _distinct(matches)
        places, also_in = self._places(matches)
        first = self._match_of(places[0], matches)
        warnings = [*_change_warnings(first), *self._other_speaker([*places, *also_in])]
        part = QuotePart(self._quotation.text, places, first.changes)
        return self._checked("altered", [part], also_in, first.similarity, (), warnings)

    def _stitched(self, among: Sequence[Stream]) -> _Stitched | None:
        among = [part for one in among for part in (by_paragraph(one) if not one.spoken else (one,))]
        found = tiles(self._quotation, among, self._alphabet)
        covered = sum(end - start for start, end in (tile.given for tile in found))
        if len(found) < 2 or covered < MIN_COVERED * len(self._quotation.words):
            return None
        return _Stitched(found, among, covered)

    def _stitched_check(self, stitched: _Stitched) -> QuoteCheck:
        parts: list[QuotePart] = []
        copies: list[QuotePlace] = []
        words = self._quotation.words
        last = 0
        for tile in stitched.tiles:
            parts += self._unfound(last, tile.given[0])
            first, last = tile.given
            found = []
            for number, at in tile.places[:MAX_PLACES]:
                stream = stitched.among[number]
                found.append(self._place(stream.telling, stream.stretches(at, at + last - first)))
            places, also_in = self._grouped(found)
            parts.append(QuotePart(self._quotation.text[words[first].start : words[last - 1].end], places))
            copies += also_in
        parts += self._unfound(last, len(words))
        warnings = self._other_speaker([place for part in parts for place in part.places])
        share = stitched.covered / len(words)
        return self._checked("stitched", parts, tuple(copies), share, (), warnings)

    def _unfound(self, first: int, last: int) -> list[QuotePart]:
        """Words of a stitched quotation that stand nowhere."""
        words = self._quotation.words
        return [QuotePart(self._quotation.text[words[first].start : words[last - 1].end], ())] if first < last else []

    def _not_found(self, near: Sequence[Match]) -> QuoteCheck:
        best = max(near, key=lambda match: (match.same, match.similarity), default=None)
        if best is None or not best.same:
            return self._checked("not_found", [], (), 0.0, (), [])
        telling = best.stream.telling
        sentences = self._library.sentence_spans(telling.article.id)
        around = [(a, b) for a, b in sentences if a < best.end and best.start < b] or [(best.start, best.end)]
        place = self._place(telling, [(around[0][0], around[-1][1])])
        return self._checked("not_found", [QuotePart(self._quotation.text, (place,))], (), best.similarity, (), [])

    def _headlines(self) -> list[str]:
        found = []
        for article in self._search.headlines()[:MOST_HEADLINES]:
            about = ", ".join(part for part in (article.source, (article.published_at or "")[:10]) if part)
            found.append(
                f"These words are in the headline “{article.title}”{f' ({about})' if about else ''}; "
                "a headline is its paper's wording."
            )
        return found

    def _checked(
        self,
        verdict: QuoteVerdict,
        parts: Sequence[QuotePart],
        also_in: tuple[QuotePlace, ...],
        similarity: float,
        differing: Sequence[str],
        warnings: Sequence[str],
    ) -> QuoteCheck:
        quotation = self._quotation
        if verdict in ("altered", "stitched", "not_found"):
            warnings = [*warnings, *self._headlines()]
        return QuoteCheck(
            verdict,
            quotation.text,
            quotation.speaker,
            tuple(parts),
            also_in,
            round(similarity, 4),
            tuple(differing),
            tuple(dict.fromkeys(warnings)),
        )

    # ----------------------------------------------------------------------------------------- places

    def _place(self, telling: Telling, spans: Sequence[Span]) -> QuotePlace:
        """The place from the first to the last of some stretches, with the speaker and marks of these stretches."""
        article = telling.article
        start, end = spans[0][0], spans[-1][1]
        statement = telling.statement_of(spans)
        return QuotePlace(
            article.id,
            article.title,
            article.source,
            article.published_at,
            article.url,
            start,
            end,
            article.text[start:end],
            statement.speaker if statement else None,
            statement.role if statement else None,
            telling.is_direct(spans),
            article.sha256,
        )

    def _places(self, matches: Sequence[Match]) -> tuple[tuple[QuotePlace, ...], tuple[QuotePlace, ...]]:
        return self._grouped([self._place(match.stream.telling, match.spans) for match in matches])

    def _grouped(self, places: Sequence[QuotePlace]) -> tuple[tuple[QuotePlace, ...], tuple[QuotePlace, ...]]:
        """Places oldest first; apart from them, those in articles that only repeat the story of an earlier one."""
        own: list[QuotePlace] = []
        copies: list[QuotePlace] = []
        stories: dict[int | None, str] = {}
        once = {(place.article_id, place.start, place.end): place for place in places}
        for place in sorted(once.values(), key=_age):
            story = self._library.story(place.article_id)
            first = place.article_id if story is None else stories.setdefault(story, place.article_id)
            (own if first == place.article_id else copies).append(place)
        return tuple(own[:MAX_PLACES]), tuple(copies[:MAX_PLACES])

    def _match_of(self, place: QuotePlace, matches: Sequence[Match]) -> Match:
        return next(
            match
            for match in matches
            if (match.stream.telling.article.id, match.start, match.end) == (place.article_id, place.start, place.end)
        )

    def _says(self, asked: str, place: QuotePlace) -> bool:
        if place.speaker:
            return same_person(asked, place.speaker)
        return place.role is not None and place.role.lower() in asked.lower()

    def _other_speaker(self, places: Sequence[QuotePlace]) -> list[str]:
        asked = self._quotation.speaker
        named = list(dict.fromkeys(place.speaker for place in places if place.speaker))
        if not asked or not named or any(self._says(asked, place) for place in places):
            return []
        return [f"The article gives the real words to {named[0]}, not to {asked}."]

    def _typography(self, match: Match) -> list[str]:
        """What differs between the words as given and as they stand, besides the words."""
        found: dict[str, None] = {}
        for change in match.changes:
            if change.kind == "same" and change.real != change.given:
                real, given = (_between(text) for text in (change.real, change.given))
                if len(real) == len(given):
                    found.update(dict.fromkeys(typography(real, given)))
        return list(found)


def _distinct(matches: Sequence[Match]) -> list[Match]:
    """Of matches that overlap in one article, the one that leaves out least."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: one.skipped):
        article_id = match.stream.telling.article.id
        if not any(
            other.stream.telling.article.id == article_id and other.start < match.end and match.start < other.end
            for other in kept
        ):
            kept.append(match)
    return kept


def _between(text: str) -> list[str]:
    """What stands between the words of a text."""
    words = words_of(text)
    return [text[one.end : other.start] for one, other in pairwise(words)]


def _age(place: QuotePlace) -> tuple[bool, str, str, int]:
    return place.published_at is None, place.published_at or "", place.article_id, place.start


def _negated(words: str) -> bool:
    return any(_NEGATION.fullmatch(word.form) for word in words_of(words))


def _omission_warnings(match: Match) -> list[str]:
    found = []
    for change in match.changes:
        if change.kind != "omitted":
            continue
        left_out = [word.form for word in words_of(change.real)]
        negations = [form for form in left_out if _NEGATION.fullmatch(form)]
        if negations:
            found.append(f"The omission leaves out “{negations[0]}”.")
        if len(left_out) > FAR_WORDS:
            found.append(f"The omission joins words that stand {len(left_out)} words apart.")
    return found


def _change_warnings(match: Match) -> list[str]:
    found = _omission_warnings(match)
    for change in match.changes:
        if change.kind not in ("removed", "inserted", "replaced"):
            continue
        if _negated(change.real) != _negated(change.given):
            found.append("A negation was " + ("left out." if _negated(change.real) else "put in."))
        if re.findall(r"\d+", change.real) != re.findall(r"\d+", change.given):
            found.append("A number was changed.")
        if change.real.casefold() == change.given.casefold():
            found.append("Capital letters differ.")
    return found
