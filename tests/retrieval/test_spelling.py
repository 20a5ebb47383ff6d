"""Misspelled words of a question."""

from __future__ import annotations

import pytest

from assistant.questions.parser import parse_question
from assistant.retrieval.spelling import apply_corrections, find_corrections
from tests.support.memory_library import MemoryLibrary, make_article

LIBRARY = MemoryLibrary(
    [
        make_article("trial", "Ingvild Sørbakken got a long sentence. The government of Tarn Head paid her lawyers."),
        make_article("appeal", "Sørbakken appeals the sentence, which the harbour authority called an infection."),
        make_article(
            "visit", "The minister met Karl Hoffmann and Ola Soleimund at Ushgarov. Hoffmann spoke of penguins."
        ),
        make_article("second", "Soleimund and the Ushgarovs met Hoffmann. The government wants infections to end."),
    ]
)


def corrected(question: str) -> str:
    query = parse_question(question)
    return apply_corrections(query.text, find_corrections(query, LIBRARY))


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("how long is the sentense", "how long is the sentence"),
        ("What did the goverment pay?", "What did the government pay?"),
        ("Presidnet or goverment", "Presidnet or government"),
        ("infecions in the harbour", "infections in the harbour"),
        ("where was solemund", "where was Soleimund"),  # a letter is missing inside
        ("when did ushgarvo meet", "when did Ushgarov meet"),  # letters in another order
        ("what do penquins eat", "what do penguins eat"),
        ("ingvld sørbakken sentence", "Ingvild sørbakken sentence"),  # beside a surname, as in the articles
    ],
)
def test_misspelled_words_are_read_as_words_of_the_articles(question: str, read: str) -> None:
    assert corrected(question) == read


@pytest.mark.parametrize(
    "question",
    [
        "Is the sentence dearer?",  # English words that the articles lack
        "quicker footballers and website heckling",
        "who is hofmann",  # names that differ in doubled letters or in their endings
        "who is hoffman",
        "What did Solemund say?",  # a name as written
        "what did solemund say about the harbour",  # words of somebody else are never asked for
        "Who wrote “the sentense of goverment”?",  # quoted words
        "how many GOVT offices",
        "the 2ndary sentense2",
        "why dont whats wont",
        "karl hoffman sentence",  # a common given name proves nothing
        "tan sen gove",  # short words
        "kvikne brølund strandvik moheim øyestad plovers",  # another subject
    ],
)
def test_names_and_correct_words_stay(question: str) -> None:
    assert corrected(question) == question


def test_a_correction_says_what_was_written_and_how_it_is_read() -> None:
    (correction,) = find_corrections(parse_question("how long is the sentense"), LIBRARY)
    assert (correction.start, correction.written, correction.read) == (16, "sentense", "sentence")


def test_another_language_is_not_corrected() -> None:
    query = parse_question("Warum hat die Regierung das Goverment bezahlt?")
    assert query.language == "de"
    assert find_corrections(query, LIBRARY) == []
