"""Notes that correct who said some words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records.statement import AttributionCorrection
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.statements import find_speech
from assistant.speech.status.corrections import find_correction_notes
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article

ADA, COSMO, WORDS = "Ada Brandreth", "Cosmo Pellew", "the lock will burst"


def read(text: str, title: str = "News", source: str | None = "The Tarn Post") -> tuple[list[str], list[str]]:
    """The statements and the corrections of an article, in short."""
    article = replace(make_article(text), title=title, source=source)
    statements, corrections = find_speech(article, sentence_spans(text))
    return (
        [f"{each.speaker} {each.status}: {text[each.start : each.end].strip('“”,.')}" for each in statements],
        [f"{each.words}: {each.wrong_speaker}, {each.right_speaker}" for each in corrections],
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Correction: An article on 2 May attributed the words “{WORDS}” to {ADA}. They were spoken by {COSMO}.",
        f"Correction: An earlier version of this article quoted {ADA} as saying “{WORDS}”. The words were those of the "
        f"mayor of Tarn, {COSMO}.",
        f"*Clarification, 4 May: It was {COSMO}, not {ADA}, who said “{WORDS}”.*",
        f"The remark “{WORDS}” was wrongly attributed to {ADA} in Monday’s report. It came from {COSMO}, her deputy.",
        f"Editor’s note: We quoted {ADA} as saying “{WORDS}”. In fact {COSMO} said it.",
        f"Because of an editing error, an article on Tuesday misattributed a remark to {ADA}. It was {COSMO}, not Ms. "
        f"Brandreth, who said “{WORDS}”.",
        f"CORRECTION: The words “{WORDS}” in our story of 2 May should have been attributed to {COSMO}, not {ADA}.",
        f"A story on Monday incorrectly quoted {ADA} as saying “{WORDS}”. The speaker was {COSMO}.",
        f"This article was amended on 4 May. The words “{WORDS}” were spoken by {COSMO}, not {ADA} as an earlier "
        "version said.",
        f"An earlier version of this story misidentified the person who said “{WORDS}” as {ADA}. It was said by "
        f"{COSMO}.",
        f"Apology: Our report credited {ADA} with the words “{WORDS}”. The actual speaker was {COSMO}.",
        f"The Post wrongly reported that {ADA} had said “{WORDS}”. It was {COSMO} who said so.",
    ],
)
def test_right_speaker_stands_in_place(text: str) -> None:
    """The note makes the words those of the right speaker, and corrects those of the wrong one."""
    assert read(text) == ([f"{COSMO} asserted: {WORDS}"], [f"{WORDS}: {ADA}, {COSMO}"])


@pytest.mark.parametrize(
    "text",
    [
        f"The Post wrongly reported that {ADA} had said “{WORDS}”. She did not. We apologise.",
        f"Correction: A story on Monday wrongly attributed the words “{WORDS}” to {ADA}.",
        f"Correction: An article on Monday quoted {ADA} as saying “{WORDS}”. She never said so.",
        f"Because of an editing error, a report attributed to {ADA} the words “{WORDS}”. A caller used them.",
    ],
)
def test_words_of_nobody(text: str) -> None:
    """Where nobody else said it, the words are denied."""
    assert read(text) == ([f"{ADA} denied: {WORDS}"], [f"{WORDS}: {ADA}, None"])


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (f"Correction: A report misquoted {ADA}. She said the lock was “not unsafe”, not that it was “unsafe”, as "
         "reported.", "unsafe", "not unsafe"),
        (f"Correction: A story misquoted {ADA} as saying “we will flood”. She said “we will not flood”.",
         "we will flood", "we will not flood"),
    ],
)  # fmt: skip
def test_words_replaced(text: str, wrong: str, right: str) -> None:
    """A note that corrects the words denies the old ones and states the new ones."""
    statements, corrections = read(text)
    assert sorted(statements) == sorted([f"{ADA} asserted: {right}", f"{ADA} denied: {wrong}"])
    assert corrections == [f"{wrong}: {ADA}, None"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"The report attributed the words “{WORDS}” to {ADA}.", "News"),
        (f"A story in the Times quoted {ADA} as saying “{WORDS}”. She did not respond to a request.", "News"),
        ("Scholars attributed the play to Cosmo Pellew. It was written by Ada Brandreth.", "News"),
        (f"{ADA} said the bank had wrongly reported the figure.", "News"),
        (f"“We are tired,” said {ADA}. A report attributed the strike to {COSMO}.", "Corrections officers strike"),
        (f"{ADA} wrongly claimed that {COSMO} had said “{WORDS}”.", "News"),
        ("Correction: An article on Monday gave the wrong height of the lock. It is 12 metres.", "News"),
    ],
)
def test_no_note_about_speakers(text: str, title: str) -> None:
    """Reports about what others write, and corrections of facts, correct no attribution."""
    assert read(text, title)[1] == []


def test_title_makes_a_note() -> None:
    """In an article of corrections, a plain sentence is a correction too."""
    text = f"An article on 2 May attributed the words “{WORDS}” to {ADA}. They were spoken by {COSMO}."
    assert read(text, "Correction: lock remark") == ([f"{COSMO} asserted: {WORDS}"], [f"{WORDS}: {ADA}, {COSMO}"])
    assert read(text, source=None)[1] == []


def test_span_of_note() -> None:
    """The note ends with the sentence that names the right speaker."""
    text = f"Correction: It was {COSMO}, not {ADA}, who said “{WORDS}”. The lock is old. It leaks."
    article = make_article(text)
    sentences = sentence_spans(text)
    (note,) = find_correction_notes(article, (0, len(text)), sentences, CoreferenceResolver(text))
    assert text[slice(*note.span)] == f"Correction: It was {COSMO}, not {ADA}, who said “{WORDS}”."
    assert note.corrections == (AttributionCorrection(article.id, *note.span, WORDS, ADA, COSMO),)


def test_long_paragraph_is_no_note() -> None:
    """A paragraph of many pages is not searched."""
    text = f"Correction: It was {COSMO}, not {ADA}, who said “{WORDS}”. " + "It leaks. " * 400
    assert read(text.strip())[1] == []
