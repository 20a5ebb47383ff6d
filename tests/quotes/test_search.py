"""Which articles of a real library a quotation may be from, and what the check calls it."""

from __future__ import annotations

import pytest

from assistant.engine import Assistant
from assistant.errors import QuestionError
from assistant.quotes.alignment import Alphabet
from assistant.quotes.checker import check_quote
from assistant.quotes.quotation import read_quotation
from assistant.quotes.search import QuoteSearch


def test_phrase_finds_article(seeds: Assistant) -> None:
    """A phrase of an article finds a passage of it; read words contain the phrase."""
    with seeds.open_library() as library:
        search = QuoteSearch(read_quotation("paint will not save them", None), library, Alphabet())
        places = search.find_phrase_passages()
        assert places
        streams = search.read_streams(places)
        texts = [stream.annotated_article.article.text for stream in streams]
        assert any("paint will not save them" in text for text in texts)
        assert search.read_streams(places) == []  # every span is returned once


def test_rare_words_find_near_passages(seeds: Assistant) -> None:
    """An altered quotation has no phrase passage but near passages."""
    with seeds.open_library() as library:
        search = QuoteSearch(read_quotation("the rotten piles, paint might save", None), library, Alphabet())
        assert search.find_phrase_passages() == []
        assert search.find_near_passages()


def test_headline_found(seeds: Assistant) -> None:
    """Words of a headline find its article."""
    with seeds.open_library() as library:
        (article,) = QuoteSearch(
            read_quotation("sea breaks into Port Ellery", None), library, Alphabet()
        ).find_headlines()
        assert article.title == "410 homes emptied as sea breaks into Port Ellery"


def test_check_gives_verdict(seeds: Assistant) -> None:
    """A quotation is verbatim or not in the library; without words there is nothing to check."""
    with seeds.open_library() as library:
        assert check_quote("paint will not save them", None, library).verdict == "verbatim"
        assert check_quote("Herring sang beneath purple moons", None, library).verdict == "not_found"
        with pytest.raises(QuestionError, match="empty"):
            check_quote("…", None, library)
