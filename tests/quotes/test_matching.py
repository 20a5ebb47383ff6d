"""A quotation compared with the words of one article, without a library."""

from __future__ import annotations

from assistant.quotes.alignment import Alphabet
from assistant.quotes.annotated_article import AnnotatedArticle, WordStream, build_streams
from assistant.quotes.matching import QuoteMatch, find_exact_matches, find_nearest_match
from assistant.quotes.quotation import read_quotation
from assistant.quotes.tiling import cut_into_tiles
from tests.conftest import make_article

TEXT = "The old piles are rotten and will not carry a crane. The council may build new piles next year."


def make_stream(text: str, alphabet: Alphabet) -> WordStream:
    """The words of a text without statements."""
    (stream,) = build_streams(AnnotatedArticle(make_article(text), []), [(0, len(text))], alphabet)
    return stream


def match_exactly(quotation: str) -> list[QuoteMatch]:
    """The exact matches of a quotation in TEXT."""
    alphabet = Alphabet()
    return list(find_exact_matches(read_quotation(quotation, None), make_stream(TEXT, alphabet), alphabet))


def match_nearly(quotation: str) -> QuoteMatch:
    """The best match of a quotation in TEXT."""
    alphabet = Alphabet()
    match = find_nearest_match(read_quotation(quotation, None), make_stream(TEXT, alphabet), alphabet)
    assert match is not None
    return match


def test_exact_match_has_offsets() -> None:
    """An exact match is verbatim and has the offsets of the words."""
    (match,) = match_exactly("piles are rotten")
    assert match.is_verbatim
    assert TEXT[match.start : match.end] == "piles are rotten"


def test_ellipsis_is_marked_omission() -> None:
    """Words behind an ellipsis are omitted with a mark, and the rest stays verbatim."""
    (match,) = match_exactly("The old piles … carry a crane")
    assert match.is_verbatim
    assert match.has_marked_omission
    assert match.skipped_characters == len("are rotten and will not")


def test_no_exact_match_of_altered_words() -> None:
    """Altered words have no exact match; the nearest match names the change."""
    assert match_exactly("piles are solid and will not carry") == []
    match = match_nearly("piles are solid and will not carry")
    assert not match.is_verbatim
    changed = [(change.real, change.given) for change in match.changes if change.kind == "replaced"]
    assert changed == [("rotten", "solid")]


def test_unmarked_omission_is_a_change() -> None:
    """A word that is missing without a mark is a removal."""
    match = match_nearly("rotten and will carry a crane")
    assert [(change.kind, change.real) for change in match.changes if change.kind != "same"] == [("removed", "not")]


def test_stitched_quotation_is_cut_into_tiles() -> None:
    """A stitched quotation is cut into the longest runs of words that occur in a stream."""
    alphabet = Alphabet()
    quotation = read_quotation("The old piles are rotten the council may build new piles", None)
    stream = make_stream(TEXT, alphabet)
    tiles = cut_into_tiles(quotation, [stream], alphabet)
    assert [tile.given for tile in tiles] == [(0, 5), (5, 11)]
    assert [tile.places for tile in tiles] == [((0, 0),), ((0, 11),)]


def test_unknown_words_have_no_tile() -> None:
    """Words that occur nowhere are in no tile."""
    alphabet = Alphabet()
    quotation = read_quotation("Herring boats left early this morning", None)
    assert cut_into_tiles(quotation, [make_stream(TEXT, alphabet)], alphabet) == []
