"""Tags of words, and names as single tokens."""

from __future__ import annotations

import pytest

from assistant.speech.tagger import tag_sentence
from tests.speech.masking import tag


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Ada Brandreth said the gate was shut.", "NSDwBw."),
        ("“It is shut,” Ada Brandreth said.", "QNS."),
        ("Sen. Ada Brandreth (R-Ohio) told reporters on Monday that it held.", "N(w)LTodzWw."),
        ("The minister’s claim that it was shut", "DOXzWBw"),
        ("Recently, Ada moved to Columbus, Ohio, to report on a report.", "A,Nw2N,w,2ToDT."),
        ("According to House Speaker Ada Tarn, CNN’s Ivo left.", "KN,ONw."),
        ("Al-Nasri and Ursula von der Molen agreed.", "NcNV."),
    ],
)
def test_tags_of_sentence(text: str, tags: str) -> None:
    """Each word, mark or whole name has one tag."""
    assert tag(text).tags == tags


def test_ambiguous_verb_is_verb_only_before_that_or_quotation() -> None:
    """ "Held" is a verb of saying only before "that" or next to a quotation; "claim" is a noun after "a"."""
    assert tag("He held a claim that they made.").tags == "HwDXzWw."
    assert tag("He held that it was shut.").tags == "HVzWBw."


def test_name_token_has_name_and_lead() -> None:
    """A name is one token, with its titles apart."""
    token = tag("Rep. Ada L. Brandreth left.").tokens[0]
    assert (token.text, token.name, token.lead) == ("Rep. Ada L. Brandreth", "Ada L. Brandreth", "Rep.")
    assert (token.start, token.end) == (0, 21)


def test_common_word_does_not_begin_name() -> None:
    """A word that is common in the article is not a name at the start of a sentence."""
    assert tag_sentence("Gates Brandreth opened.").tokens[0].name == "Gates Brandreth"
    sentence = tag_sentence("Gates Brandreth opened.", common={"gates"})
    assert [token.name for token in sentence.tokens] == ["", "Brandreth", "", ""]


def test_text_between_tokens() -> None:
    """The text of a range of tokens; empty for an empty range."""
    sentence = tag("Ada Brandreth said the gate was shut.")
    assert sentence.text_between(1, 4) == "said the gate"
    assert sentence.text_between(2, 2) == ""
