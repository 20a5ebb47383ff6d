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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Shut it,” said Per Tarn, a keeper.", "Per Tarn"),
        ("Will Brandreth said it was shut.", "Will Brandreth"),
        ("May Brandreth, a keeper, left.", "May Brandreth"),
        ("“No,” said An Tarn.", "An Tarn"),
        ("He Pellew said it was shut.", "He Pellew"),
        ("“Yes,” said Sunday Pellew, a trader.", "Sunday Pellew"),
        ("Dean Pellew said it was shut.", "Dean Pellew"),
        ("It was shut, June Tarn said.", "June Tarn"),
        ("O. J. Pellew said it was shut.", "O. J. Pellew"),
        ("J.K. Tarn said it was shut.", "J.K. Tarn"),
        ("Karl zu Brandreth said it was shut.", "Karl zu Brandreth"),
        ("Secretary of State Oona Pellew said it was shut.", "Oona Pellew"),
    ],
)
def test_given_name_like_word(text: str, name: str) -> None:
    """A given name that is a word of the language too is recognized by its place; initials and particles stay."""
    assert [token.name for token in tag(text).tokens if token.name] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "I've argued for it.",
        "It’s said that it was shut.",
        "They've asked for more.",
        "Let's say it.",
        "Will Tarn say sorry?",
        "In May Tarn left.",
        "In Tarn said the keeper.",
        "Pelby-based weavers said it was shut.",
        "Click here to learn more.",
        "Elsewhere Tarn said it was shut.",
        "Inside Tarn said it was shut.",
    ],
)
def test_word_that_is_no_name(text: str) -> None:
    """A pronoun with a verb, a modal verb, a month and an adverb are no names, nor part of one."""
    assert {token.name for token in tag(text).tokens} <= {"", "Tarn"}


def test_opening_word_inside_sentence_begins_name() -> None:
    """A word that often opens a sentence is a part of a name inside one."""
    assert [token.name for token in tag("It is late, said Together Norland.").tokens if token.name] == [
        "Together Norland"
    ]


def test_common_word_after_colon_does_not_begin_name() -> None:
    """A common word is no name after a colon either, where headlines begin with a capital."""
    sentence = tag_sentence("Fun fact: Keepers say it was shut.", common={"keepers"})
    assert [token.name for token in sentence.tokens if token.name] == ["Fun"]


@pytest.mark.parametrize("text", ["Hurricane Zeta warned.", "Tropical Storm Fiona said.", "The 14th Amendment states."])
def test_storms_and_parts_of_laws_are_no_names(text: str) -> None:
    """What has a name but cannot speak is no name."""
    assert "N" not in tag_sentence(text).tags


def test_address_of_a_site_is_one_name() -> None:
    """A full stop inside the address of a site does not end a name."""
    assert [word.name for word in tag_sentence("They left, reported Tarnpost.com on Monday.").tokens if word.name] == [
        "Tarnpost.com"
    ]
