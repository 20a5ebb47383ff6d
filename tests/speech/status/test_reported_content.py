"""What of indirect speech reports words, and where the writer goes on."""

from __future__ import annotations

import pytest

from assistant.records.article import Article
from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.statements import find_statements
from assistant.speech.status.reported_content import keep_reported
from assistant.text.sentences import sentence_spans


def find_words(text: str) -> list[str]:
    """The words of every statement in a text."""
    statements = find_statements(Article("a", "", text, ""), sentence_spans(text))
    return [text[statement.start : statement.end] for statement in statements]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth spoke to the Tarn Post in May.",
        "Ada Brandreth often spoke over her allotted time.",
        "Ada Brandreth testified in her own defence.",
        "Ada Brandreth answered some questions about the lock.",
        "Judge Ada Brandreth swore her in at the town hall.",
        "Ada Brandreth declared a state of emergency.",
        "Ada Brandreth contended for the seat in 2012.",
        "Ada Brandreth declined to comment on the lock.",
        "Ada Brandreth refused to disavow the keepers.",
        "Ada Brandreth did not endorse the plan.",
        "Brandreth Foods recalled two kinds of pies.",
        "Ada Brandreth saw her chance.",
        "Ada Brandreth called off the race.",
        "The plan was announced by Ada Brandreth via Twitter.",
        "The charge was denied by Ada Brandreth, the keeper’s lawyer.",
    ],
)
def test_deeds_and_settings_are_no_words(text: str) -> None:
    """What somebody does, refuses, or only where and to whom they speak, is not something they say."""
    assert find_words(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Brandreth said there is a leak.", "there is a leak"),
        ("Ada Brandreth said it leaks.", "it leaks"),
        ("Ada Brandreth spoke about the lock in May.", "about the lock in May"),
        ("Ada Brandreth agreed with the closing of the lock.", "with the closing of the lock"),
        ("Ada Brandreth promised to mend the lock.", "to mend the lock"),
        ("Ada Brandreth criticized the plan.", "the plan"),
        ("Ada Brandreth pointed to a recent leak.", "to a recent leak"),
        ("Ada Brandreth told the council that it leaks.", "that it leaks"),
    ],
)
def test_words_are_kept(text: str, words: str) -> None:
    """A clause, a topic, a promise and a judgement are words."""
    assert find_words(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth, who has not spoken before, said it leaks.",
        "Ada Brandreth, a keeper without a lock, said it leaks.",
    ],
)
def test_negation_elsewhere_is_none(text: str) -> None:
    """A negation counts only directly before the verb, not in a description of the speaker."""
    assert find_words(text) == ["it leaks"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Brandreth claimed that 40 lives were lost.", "that 40 lives were lost"),
        ("Ada Brandreth boasted he would win.", "he would win"),
        ("Ada Brandreth challenged the keeper for his silence.", "the keeper for his silence"),
        ("Ada Brandreth reported that 40 deaths could be avoided.", "that 40 deaths could be avoided"),
    ],
)
def test_words_that_resemble_deeds(text: str, words: str) -> None:
    """A clause after a verb that is also a deed is what was said."""
    assert find_words(text) == [words]


def test_short_quotation_after_a_colon_and_heading() -> None:
    """Two quoted words alone are a heading, unless a line before them says who speaks."""
    assert find_words("Ada Brandreth was asked and replied:\n\n“No comment.”") == ["“No comment.”"]
    assert find_words("“It is shut,” Ada Brandreth said.\n\n“No comment.”") == ["“It is shut,”"]


def test_titles_after_the_speaker_are_no_words() -> None:
    """A quoted title behind the speaker of other words is not said; a second quotation of one report is."""
    assert find_words("“It is shut,” Ada Brandreth said on “The Late Lock”.") == ["“It is shut,”"]
    assert find_words("Ada Brandreth said “it is shut” and believed in “better days”.")[-1] == "“better days”"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Brandreth criticized the plan, to which Ivo Tarn objected.", "the plan"),
        ("Ada Brandreth called for an inquiry, with which Tarn and Pellew agreed.", "an inquiry"),
        ("When Ada Brandreth tweeted that the lock leaks, Chirp placed a note below.", "that the lock leaks"),
        ("Ada Brandreth rejected the offer and the Council closed the lock.", "the offer"),
    ],
)
def test_clauses_of_the_writer_are_cut(text: str, words: str) -> None:
    """Where the writer goes on, the words of the speaker end."""
    assert words in find_words(text)


@pytest.mark.parametrize(
    "words",
    [
        "that Mrs. Tarn and Sen. Pellew are right",
        "that the lock leaks and Ivo Tarn closed it",
        "that Capt. Tarn left, and that the lock leaks",
    ],
)
def test_abbreviations_and_joined_clauses_are_not_cut(words: str) -> None:
    """A full stop after a title ends no sentence, and a clause after a clause is part of the words."""
    assert find_words(f"Ada Brandreth said {words}.") == [words]


def test_interrupted_words_are_judged_together() -> None:
    """A beginning without a verb is one clause with the words after the speaker."""
    words = "The lock, Ada Brandreth said, served five of the towns"
    assert find_words(f"{words}.") == [words]


def test_quotations_are_not_judged() -> None:
    """A quotation is kept whatever it contains."""
    assert find_words("Ada Brandreth declined, “not now”.") == ["“not now”"]


def test_quoted_word_before_a_name_is_no_statement() -> None:
    """A quoted adjective belongs to the noun after it, not to whoever speaks next."""
    assert "the “nasty”" not in find_words("The “nasty” Ada Brandreth attacked the keepers for their silence.")


def test_quotation_is_kept_as_it_is() -> None:
    """Words in quotation marks are reported, whatever the verb."""
    outside = "Ada Brandreth spoke \x01\x01\x01\x01."
    piece = ContentSpan(ResolvedAttribution("Ada Brandreth", cue="spoke", side="around", start=0, end=19), 20, 24)
    assert list(keep_reported([piece], outside, [(20, 24)])) == [piece]
