"""Checks a quotation against the library: which article it is from, and whether it is verbatim there.

Combines what `matching` and `tiling` find in the articles from `search` into one verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.quotes.alignment import Alphabet, compare_typography, split_words
from assistant.quotes.annotated_article import AnnotatedArticle, WordStream, split_by_paragraph
from assistant.quotes.context import warn_of_changes, warn_of_context, warn_of_omissions, warn_of_recognition
from assistant.quotes.matching import QuoteMatch, find_exact_matches, find_nearest_match
from assistant.quotes.quotation import Quotation, read_quotation
from assistant.quotes.search import QuoteSearch
from assistant.quotes.speakers import judge_speaker, list_own_places, warn_of_other_speaker, warn_of_second_hand
from assistant.quotes.tiling import Tile, cut_into_tiles
from assistant.quotes.transit import describe_lookalikes, name_letter_changes
from assistant.records.article import Article, Span
from assistant.records.checks import QuoteCheck, QuotePart, QuotePlace, QuoteVerdict
from assistant.records.statement import StatementCorrection
from assistant.retrieval.corrections import find_correcting_sentence, is_reported_error, list_corrections_of
from assistant.store.protocol import Library
from assistant.text.languages.detection import choose_language, is_english, name_language
from assistant.text.layout.joining import join_divided_words

MAX_ALIGNED_STREAMS = 12  # spans of articles that the quotation is compared with, those with most words in common
MAX_PLACES = 50

# A near match, measured on quotations with one altered word and on quotations from another collection: at most one word
# in four differs, or one in all of a short quotation, and what agrees is no commonplace ("is not going to be").
MIN_COMMON = 3
WORDS_PER_DIFFERENCE = 4  # one word in this many
LONG_QUOTATION = 16  # words; for longer quotations similarity alone decides
MIN_SIMILARITY = 0.6
SHORT_QUOTATION = 12  # words; in shorter quotations the matching words must be rare enough
MIN_BITS = 4.0  # of the matching words: product over the shares of passages that contain them
MIN_COVERED = 0.75  # share of a stitched quotation that its parts cover
MIN_GAIN = 4  # words that several places must explain beyond a single one

MAX_HEADLINES = 3


def check_quote(text: str, speaker: str | None, library: Library) -> QuoteCheck:
    """Find the article that a quotation is from, and how its words were changed.

    `text` is the words alone, or a sentence that quotes somebody (Valcourt said: “…”). `speaker` is the expected
    speaker; it takes precedence over a name in the text. Raises QuestionError if there is nothing to search for.
    """
    return _QuoteChecker(read_quotation(text, speaker), library).run()


@dataclass(frozen=True, slots=True)
class _StitchedQuotation:
    """A quotation cut into runs of words, each with the streams that contain it."""

    tiles: Sequence[Tile]
    streams: Sequence[WordStream]
    covered_words: int


class _QuoteChecker:
    """Checks one quotation against one library."""

    def __init__(self, quotation: Quotation, library: Library) -> None:
        self._quotation = quotation
        self._library = library
        self._alphabet = Alphabet()
        self._search = QuoteSearch(quotation, library, self._alphabet)

    def run(self) -> QuoteCheck:
        among: list[WordStream] = []
        matches: list[QuoteMatch] = []
        good: list[QuoteMatch] = []
        searches = (
            self._search.find_phrase_passages,
            self._search.find_near_passages,
            self._search.find_divided_passages,
        )
        for passages in searches:
            new = self._search.read_streams(passages())
            among += new
            matches += [match for one in new for match in find_exact_matches(self._quotation, one, self._alphabet)]
            good = [match for match in matches if match.is_verbatim and match.is_one_utterance]
            exact = [match for match in good if not match.damage]
            if exact:
                unbroken = [match for match in exact if not match.has_marked_omission]
                return self._report_found(unbroken or exact)
        if good:
            return self._report_found(good)
        changed = [match for match in matches if match.is_one_utterance]
        if changed:
            return self._report_altered(changed)
        near = self._find_nearest_matches(among)
        damaged = [match for match in near if match.is_verbatim and match.is_one_utterance]
        if damaged:
            return self._report_found(damaged)
        best = max(near, key=lambda match: match.similarity if match.is_one_utterance else 0.0, default=None)
        stitched = self._find_stitched(among)
        if stitched and stitched.covered_words - (best.same if best and best.is_one_utterance else 0) >= MIN_GAIN:
            return self._report_stitched(stitched)
        if best and best.is_one_utterance and self._is_near_enough(best):
            return self._report_altered(
                [match for match in near if match.similarity == best.similarity and match.is_one_utterance]
            )
        return self._report_not_found(near)

    def _find_nearest_matches(self, among: Sequence[WordStream]) -> list[QuoteMatch]:
        code = self._alphabet.encode([word.form for word in self._quotation.words])
        pairs = {code[at : at + 2] for at in range(len(code) - 1)}
        letters = set(code)

        def common(stream: WordStream) -> float:
            shared = {stream.code[at : at + 2] for at in range(len(stream.code) - 1)}
            return len(pairs & shared) + 0.2 * len(letters & set(stream.code))

        chosen = sorted(among, key=common, reverse=True)[:MAX_ALIGNED_STREAMS]
        matches = (find_nearest_match(self._quotation, stream, self._alphabet) for stream in chosen)
        return [match for match in matches if match]

    # --------------------------------------------------------------------------------------- verdicts

    def _report_found(self, matches: Sequence[QuoteMatch]) -> QuoteCheck:
        matches = _drop_overlapping(matches)
        places, also_in = self._collect_places(matches)
        first = self._find_match(places[0], matches)
        speaker = self._quotation.speaker
        own = list_own_places(speaker, places) or places[:1]
        contexts = [warn_of_context(self._find_match(place, matches)) for place in own]
        warnings = [*(contexts[0] if all(contexts) else []), *warn_of_omissions(first)]
        several = first.stream.annotated_article.speakers(first.start, first.end)
        if places[0].direct and len(several) > 1:
            warnings.append(f"Several people say this: {', '.join(several)}.")
        verdict: QuoteVerdict = "shortened" if first.has_marked_omission else "verbatim"
        everywhere = (*places, *also_in)
        verdict = judge_speaker(speaker, everywhere) or verdict
        if speaker and verdict in ("verbatim", "shortened"):
            warnings += warn_of_second_hand(speaker, everywhere)
        warnings += warn_of_recognition(first, is_found=True)
        part = QuotePart(self._quotation.text, places, first.changes)
        return self._build_check(verdict, [part], also_in, first.similarity, self._compare_typography(first), warnings)

    def _is_near_enough(self, match: QuoteMatch) -> bool:
        """Whether a match is too close to be a coincidence."""
        size = len(self._quotation.words)
        if match.same < MIN_COMMON or match.similarity < MIN_SIMILARITY:
            return False
        if size < LONG_QUOTATION and round(match.same / match.similarity) - match.same > max(
            1, size // WORDS_PER_DIFFERENCE
        ):
            return False
        if size > SHORT_QUOTATION:
            return True
        passages = self._library.passage_count()
        agreeing = (word.form for change in match.changes if change.kind == "same" for word in split_words(change.real))
        bits = sum(math.log2((passages + 1) / (self._library.count_passages_with_word(form) + 1)) for form in agreeing)
        return bits >= min(MIN_BITS, math.log2(passages))  # among few passages no word is rare

    def _report_altered(self, matches: Sequence[QuoteMatch]) -> QuoteCheck:
        matches = _drop_overlapping(matches)
        places, also_in = self._collect_places(matches)
        first = self._find_match(places[0], matches)
        warnings = [*warn_of_changes(first), *warn_of_other_speaker(self._quotation.speaker, [*places, *also_in])]
        warnings += warn_of_recognition(first, is_found=False)
        part = QuotePart(self._quotation.text, places, first.changes)
        return self._build_check("altered", [part], also_in, first.similarity, first.damage, warnings)

    def _find_stitched(self, among: Sequence[WordStream]) -> _StitchedQuotation | None:
        among = [part for one in among for part in (split_by_paragraph(one) if not one.quoted_only else (one,))]
        tiles = cut_into_tiles(self._quotation, among, self._alphabet)
        covered = sum(end - start for start, end in (tile.given for tile in tiles))
        if len(tiles) < 2 or covered < MIN_COVERED * len(self._quotation.words):
            return None
        return _StitchedQuotation(tiles, among, covered)

    def _report_stitched(self, stitched: _StitchedQuotation) -> QuoteCheck:
        parts: list[QuotePart] = []
        copies: list[QuotePlace] = []
        words = self._quotation.words
        last = 0
        for tile in stitched.tiles:
            parts += self._list_missing_parts(last, tile.given[0])
            first, last = tile.given
            stitched_places = []
            for number, at in tile.places[:MAX_PLACES]:
                stream = stitched.streams[number]
                stitched_places.append(
                    self._build_place(stream.annotated_article, stream.stretches(at, at + last - first))
                )
            places, also_in = self._separate_copies(stitched_places)
            parts.append(QuotePart(self._quotation.text[words[first].start : words[last - 1].end], places))
            copies += also_in
        parts += self._list_missing_parts(last, len(words))
        warnings = warn_of_other_speaker(self._quotation.speaker, [place for part in parts for place in part.places])
        share = stitched.covered_words / len(words)
        return self._build_check("stitched", parts, tuple(copies), share, (), warnings)

    def _list_missing_parts(self, first: int, last: int) -> list[QuotePart]:
        """List the words of a stitched quotation that occur nowhere."""
        words = self._quotation.words
        return [QuotePart(self._quotation.text[words[first].start : words[last - 1].end], ())] if first < last else []

    def _report_not_found(self, near: Sequence[QuoteMatch]) -> QuoteCheck:
        best = max(near, key=lambda match: (match.same, match.similarity), default=None)
        if best is None or not best.same:
            return self._build_check("not_found", [], (), 0.0, (), [])
        telling = best.stream.annotated_article
        sentences = self._library.sentence_spans(telling.article.id)
        around = [(a, b) for a, b in sentences if a < best.end and best.start < b] or [(best.start, best.end)]
        place = self._build_place(telling, [(around[0][0], around[-1][1])])
        return self._build_check("not_found", [QuotePart(self._quotation.text, (place,))], (), best.similarity, (), [])

    def _warn_of_headlines(self) -> list[str]:
        warnings = []
        for article in self._search.find_headlines()[:MAX_HEADLINES]:
            about = ", ".join(part for part in (article.source, (article.published_at or "")[:10]) if part)
            warnings.append(
                f"These words are in the headline “{article.title}”{f' ({about})' if about else ''}; "
                "a headline is its paper's wording."
            )
        return warnings

    def _warn_of_languages(self, parts: Sequence[QuotePart]) -> list[str]:
        """That an article names no speaker because it is not in English."""
        unnamed = dict.fromkeys(place.article_id for part in parts for place in part.places if not place.speaker)
        articles = (self._library.article(article_id) for article_id in list(unnamed)[:MAX_HEADLINES])
        tags = [choose_language(article.text, article.language) for article in articles if article]
        names = dict.fromkeys(name_language(tag) for tag in tags if not is_english(tag))
        return [f"The article is in {name}: who said what is read in English only." for name in names]

    def _build_check(
        self,
        verdict: QuoteVerdict,
        parts: Sequence[QuotePart],
        also_in: tuple[QuotePlace, ...],
        similarity: float,
        differing: Sequence[str],
        warnings: Sequence[str],
    ) -> QuoteCheck:
        quotation = self._quotation
        if verdict == "not_found":
            warnings = [*warnings, *describe_lookalikes(quotation.text)]
        elif quotation.speaker:
            warnings = [*self._warn_of_languages(parts), *warnings]
        if verdict in ("altered", "stitched", "not_found"):
            warnings = [*warnings, *self._warn_of_headlines()]
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

    def _build_place(self, telling: AnnotatedArticle, spans: Sequence[Span]) -> QuotePlace:
        """Build the place from the first to the last of some spans, with their speaker and highlights."""
        article = telling.article
        start, end = spans[0][0], spans[-1][1]
        statement = telling.statement_of(spans)
        correction = statement.correction if statement else self._find_correction(article, (start, end))
        status = statement.status if statement else "asserted"
        if status == "asserted" and (correction or self._is_reported_error(article, start)):
            status = "corrected"
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
            status,
            statement.via if statement else None,
            correction,
            article.name_place(start, end),
        )

    def _find_correction(self, article: Article, span: Span) -> StatementCorrection | None:
        """The place of the sentence that corrects words which the article itself says."""
        corrections = list_corrections_of(article, self._library.corrections())
        found = find_correcting_sentence(article, span, corrections, self._library.sentence_spans, by_figures=False)
        return StatementCorrection(found[0].id, *found[1], None, found[0].published_at) if found else None

    def _is_reported_error(self, article: Article, start: int) -> bool:
        sentence = next((a for a, b in self._library.sentence_spans(article.id) if a <= start < b), start)
        return is_reported_error(article.text[sentence:start])

    def _collect_places(self, matches: Sequence[QuoteMatch]) -> tuple[tuple[QuotePlace, ...], tuple[QuotePlace, ...]]:
        return self._separate_copies(
            [self._build_place(match.stream.annotated_article, match.spans) for match in matches]
        )

    def _separate_copies(self, places: Sequence[QuotePlace]) -> tuple[tuple[QuotePlace, ...], tuple[QuotePlace, ...]]:
        """Sort places, oldest first, and separate those in near-duplicates of an earlier article."""
        own: list[QuotePlace] = []
        copies: list[QuotePlace] = []
        stories: dict[int | None, str] = {}
        once = {(place.article_id, place.start, place.end): place for place in places}
        for place in sorted(once.values(), key=_age_key):
            story = self._library.story_number(place.article_id)
            first = place.article_id if story is None else stories.setdefault(story, place.article_id)
            (own if first == place.article_id else copies).append(place)
        return tuple(own[:MAX_PLACES]), tuple(copies[:MAX_PLACES])

    def _find_match(self, place: QuotePlace, matches: Sequence[QuoteMatch]) -> QuoteMatch:
        return next(
            match
            for match in matches
            if (match.stream.annotated_article.article.id, match.start, match.end)
            == (place.article_id, place.start, place.end)
        )

    def _compare_typography(self, match: QuoteMatch) -> list[str]:
        """Describe how the typography of the given words differs from the article's, and what damaged them."""
        differences = dict.fromkeys(match.damage)
        for change in match.changes:
            if change.kind == "same" and change.real != change.given:
                differences.update(dict.fromkeys(name_letter_changes(change.real, change.given)))
                real, given = (_find_separators(join_divided_words(text)) for text in (change.real, change.given))
                if len(real) == len(given):
                    differences.update(dict.fromkeys(compare_typography(real, given)))
        return list(differences)


def _drop_overlapping(matches: Sequence[QuoteMatch]) -> list[QuoteMatch]:
    """Keep, of matches that overlap in one article, the one that omits least."""
    matches_kept: list[QuoteMatch] = []
    for match in sorted(matches, key=lambda candidate: candidate.skipped_characters):
        article_id = match.stream.annotated_article.article.id
        if not any(
            other.stream.annotated_article.article.id == article_id
            and other.start < match.end
            and match.start < other.end
            for other in matches_kept
        ):
            matches_kept.append(match)
    return matches_kept


def _find_separators(text: str) -> list[str]:
    """Find the separators between the words of a text."""
    words = split_words(text)
    return [text[left.end : other.start] for left, other in pairwise(words)]


def _age_key(place: QuotePlace) -> tuple[bool, str, str, int]:
    return place.published_at is None, place.published_at or "", place.article_id, place.start
