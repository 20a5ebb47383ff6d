"""Which words are English."""

from __future__ import annotations

import pytest

from assistant.text.languages.word_list import is_english_word


@pytest.mark.parametrize(
    "word", ["harbour", "harbor", "aardvark", "zucchini", "dearer", "unvaccinated", "footballers", "lifeboatmen"]
)
def test_words_with_their_forms(word: str) -> None:
    assert is_english_word(word)


@pytest.mark.parametrize("word", ["sentense", "goverment", "presidnet", "recieve", "zzzz", "aaaa", "abc", ""])
def test_other_letters(word: str) -> None:
    assert not is_english_word(word)
