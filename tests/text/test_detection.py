"""The language of a text and of a question."""

from __future__ import annotations

import pytest

from assistant.text.languages.detection import (
    choose_language,
    detect_language,
    detect_question_language,
    find_question_word,
    is_english,
    is_function_word,
    name_language,
)
from assistant.text.languages.function_words import FUNCTION_WORDS, QUESTION_WORDS

GERMAN = "Die Ernte ist in diesem Jahr nicht gut, sagte der Bauer, und das Wasser wird knapp."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        ("La récolte n’est pas bonne cette année, a dit le fermier, et l’eau va manquer dans les puits.", "fr"),
        ("La cosecha no es buena este año, dijo el granjero, y el agua se acaba en los pozos.", "es"),
        ("Il raccolto non è buono, ha detto il contadino, e nei pozzi l’acqua sta per finire.", "it"),
        ("A colheita não é boa este ano, disse o agricultor, e a água vai faltar nos poços.", "pt"),
        ("De oogst is dit jaar niet goed, zei de boer, en het water in de putten raakt op.", "nl"),
        ("Skörden är inte bra i år, sa bonden, och vattnet i brunnarna tar slut för oss.", "sv"),
        ("Urodzaj nie jest dobry w tym roku, powiedział rolnik, a woda w studniach się kończy.", "pl"),
        ("Урожай в этом году плохой, сказал фермер.", "und"),
        ("今年の収穫は良くない、と農家は言った。", "ja"),
        ("The harvest is not good this year, said the farmer, and the water in the wells runs low.", "en"),
        (f"The farmer of the valley told the paper on Monday: “{GERMAN}”", "en"),
        ("Die Hard is on again. The film was made in a day and a night.", "en"),
        ("Ernte schlecht", None),
        ("Ask 4, Lind 3, Vik 3, Aune 2, Falk 2, Moe 1, Dahl 1, Berg 1", None),
    ],
)
def test_language_of_a_text(text: str, code: str | None) -> None:
    """Small words show the language; a quotation in another one does not change it, and names show none."""
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("question", "code", "expected"),
    [
        ("Wie viel kostet der neue Turm?", "de", "number"),
        ("Wann wird der Turm fertig?", "de", "date"),
        ("combien coûte la tour ?", "fr", "number"),
        ("¿cuánto cuesta la torre del puerto?", "es", "number"),
        ("hoeveel kost de toren?", "nl", "number"),
        ("Qu’a dit Valcourt ?", "fr", None),
        ("Quels articles parlent du port ?", "fr", None),
        ("Warum trat Johnson zurück?", "de", "reason"),
        ("¿Qué dijo Ushakov?", "es", None),
        ("Dov'è Ushakov?", "it", None),
        ("Quando Johnson renunciou?", "und", "date"),  # Italian and Portuguese have the word
        ("Kto wygrał?", "pl", "person"),
        ("Qu'Appelle valley flood", None, None),
        ("Wen Jiabao in Davos", None, None),
        ("What did Le Pen say in Die Zeit?", None, None),
        ("who wrote La La Land?", None, None),
        ("what is the cost of the tower?", None, None),
    ],
)
def test_language_of_a_question(question: str, code: str | None, expected: str | None) -> None:
    """Two small words, or a word that asks, and none of English show a language; the word shows what is asked for."""
    assert detect_question_language(question) == code
    assert (find_question_word(question) if code else None) == expected


def test_text_decides_over_the_file() -> None:
    """What a file says of its language counts where the text does not tell."""
    assert choose_language(GERMAN, "de-AT") == "de-AT"
    assert choose_language(GERMAN, "en") == "de"
    assert choose_language(GERMAN, None) == "de"
    assert choose_language("Ernte", "de") == "de"
    english = "The harvest is not good this year, said the farmer, and the water runs low."
    assert [choose_language(english, given) for given in (None, "en-GB", "de")] == [None, "en-GB", "en"]


def test_names_of_languages() -> None:
    """Tags are names in sentences."""
    assert [is_english(tag) for tag in (None, "en", "en_US", "English", "de", "und")] == [True] * 4 + [False] * 2
    assert [name_language(tag) for tag in ("de-AT", "und", "German")] == ["German", "another language", "German"]


def test_words_are_without_accents() -> None:
    """The tables hold plain letters, as words are compared."""
    assert is_function_word("Über", "de")
    assert not is_function_word("Turm", "de")
    words = {word for known in FUNCTION_WORDS.values() for word in known} | QUESTION_WORDS.keys()
    assert [word for word in words if not word.isascii()] == []
