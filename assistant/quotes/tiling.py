"""Cuts a quotation into the longest runs of words that occur somewhere: the parts of a stitched quotation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quotes.alignment import Alphabet, find_occurrences, measure_longest_prefix
from assistant.quotes.annotated_article import WordStream
from assistant.quotes.quotation import Quotation
from assistant.records.article import Span

MAX_OCCURRENCES = 200  # places of one run of words
MIN_TILE = 5  # consecutive words that are not a coincidence
MIN_WHOLE_TILE = 3  # the same for a complete sentence or a complete piece between ellipses


@dataclass(frozen=True, slots=True)
class Tile:
    """Words of the quotation that occur contiguously in at least one stream, with all their places."""

    given: Span  # numbers of words of the quotation
    places: tuple[tuple[int, int], ...]  # stream, and number of the first word in it


def cut_into_tiles(quotation: Quotation, among: Sequence[WordStream], alphabet: Alphabet) -> list[Tile]:
    """Cut the quotation into the longest runs of words that occur somewhere."""
    code = alphabet.encode([word.form for word in quotation.words])
    joined = "\x00".join(stream.code for stream in among)
    begins = [0]
    for stream in among[:-1]:
        begins.append(begins[-1] + len(stream.code) + 1)
    bounds = _find_sentence_bounds(quotation)
    tiles: list[Tile] = []
    at = 0
    while at < len(code):
        size = measure_longest_prefix(code, at, joined)
        whole = at in bounds and any(bound in bounds for bound in range(at + MIN_WHOLE_TILE, at + size + 1))
        if size < (MIN_WHOLE_TILE if whole else MIN_TILE):
            at += 1
            continue
        end = _find_tile_end(code, at, size, joined, bounds)
        places = []
        for place in find_occurrences(code[at:end], joined, MAX_OCCURRENCES):
            number = bisect_right(begins, place) - 1
            places.append((number, place - begins[number]))
        tiles.append(Tile((at, end), tuple(places)))
        at = end
    return tiles


def _find_tile_end(code: str, at: int, size: int, joined: str, bounds: frozenset[int]) -> int:
    """Prefer the end of a sentence to one or two words of the next one that belong to what follows."""
    end = at + size
    for bound in sorted(bounds, reverse=True):
        if at + MIN_WHOLE_TILE <= bound < end and end - bound < MIN_TILE:
            if bound + measure_longest_prefix(code, bound, joined) > end:
                return bound
            break
    return end


def _find_sentence_bounds(quotation: Quotation) -> frozenset[int]:
    words = quotation.words
    bounds = {0, len(words), *quotation.omissions, *quotation.insertions}
    for number in range(1, len(words)):
        if any(mark in quotation.text[words[number - 1].end : words[number].start] for mark in ".!?;。！？"):
            bounds.add(number)
    return frozenset(bounds)
