"""Detects the language of a text by its small words, and other scripts by their letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from assistant.text.languages.function_words import FUNCTION_WORDS, LANGUAGE_NAMES, QUESTION_SIGNS, QUESTION_WORDS

ENGLISH_CODE = "en"
UNDETERMINED = "und"
MAX_CHARACTERS = 4_000  # at the start of a text, which are read
MIN_WORDS = 8  # of a text whose language can be told
MIN_HITS = 4  # small words of a language
MIN_SHARE = 0.15  # of the words of a text that are small words of its language
LEAD = 1.3  # times as many small words as of English, to be another language
MAX_OTHER_WORDS = 80  # a text of so many words has small words of English, or it is not English
MIN_ENGLISH_SHARE = 0.03
MIN_QUESTION_HITS = 2  # small words in a question of another language
MIN_SCRIPT_SHARE = 0.5  # of the letters of a text that are of another script

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELISION = re.compile(r"\b[^\W\d_]+['’](?=[aeiouéèêh])")  # "qu'a", but not the name "Qu'Appelle"
_QUOTED = re.compile('[“„«»"][^“”„«»"\n]{1,600}[”“«»"]')
_LANGUAGE_BY_SCRIPT = {"GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh"}
_LATIN = "LATIN"
_SCRIPT_SAMPLE = 400  # letters whose script is looked up


def detect_language(text: str) -> str | None:
    """The code of the language of a text, "und" for another one than English; None if the text does not tell."""
    start = text[:MAX_CHARACTERS]
    if not start.isascii() and (code := _detect_script(start)):
        return code
    words = _list_words(_QUOTED.sub(" ", start))  # an English text may quote another language
    if len(words) < MIN_WORDS:
        words = _list_words(start)
    if len(words) < MIN_WORDS:
        return None
    hits = _count_hits(words)
    best = max(hits, key=lambda code: (hits[code], code == ENGLISH_CODE))
    if hits[best] >= max(MIN_HITS, MIN_SHARE * len(words)):
        if best == ENGLISH_CODE or hits[best] >= LEAD * hits[ENGLISH_CODE]:
            return best
        return None
    if len(words) >= MAX_OTHER_WORDS and hits[ENGLISH_CODE] < MIN_ENGLISH_SHARE * len(words):
        return UNDETERMINED
    return None


def detect_question_language(question: str) -> str | None:
    """The code of the language of a question, if it is plainly another one than English; else None.

    Two small words show it, or one question word that English lacks; then "und" if several languages have it.
    """
    if not question.isascii() and (code := _detect_script(question)):
        return code
    if "¿" in question:
        return "es"
    words = _list_words(question)
    signs = {*words, *(match[0] for match in _ELISION.finditer(question.lower() if question.isupper() else question))}
    signs = {sign.lower().replace("’", "'") for sign in signs}
    hits = _count_hits(list(dict.fromkeys(words)))
    english = hits.pop(ENGLISH_CODE)
    for code, known in QUESTION_SIGNS.items():
        hits[code] += len(known.intersection(signs) - FUNCTION_WORDS[code])
    most = max(hits.values())
    best = [code for code, count in hits.items() if count == most]
    if most <= english:
        return None
    if most >= MIN_QUESTION_HITS:
        return best[0]
    asking = [code for code in best if not QUESTION_SIGNS.get(code, frozenset()).isdisjoint(signs)]
    return (asking[0] if len(asking) == 1 else UNDETERMINED) if asking else None


def is_function_word(word: str, code: str) -> bool:
    """Whether a word is one of the small words of a language."""
    return _strip_accents(word.lower()) in FUNCTION_WORDS.get(code, frozenset())


def find_question_word(question: str) -> str | None:
    """What the first words of a question in another language ask for: a type of answer, if they tell."""
    words = _list_words(question)
    return next((QUESTION_WORDS[key] for size in (2, 1) if (key := " ".join(words[:size])) in QUESTION_WORDS), None)


def choose_language(text: str, given: str | None) -> str | None:
    """The language of an article: what its text shows, else what its file gives. None for English by default."""
    detected = detect_language(text)
    if detected is None or (detected == UNDETERMINED and not is_english(given)):
        return given
    if detected == ENGLISH_CODE:
        return given if is_english(given) else ENGLISH_CODE
    return given if given and _primary(given) == detected else detected


def is_english(tag: str | None) -> bool:
    """Whether a language tag is one of English; no tag is English too."""
    return tag is None or _primary(tag) in ("en", "eng", "english")


def name_language(tag: str | None) -> str:
    """The name of a language in a sentence: "German"; "another language" if it has no name here."""
    return LANGUAGE_NAMES.get(_primary(tag or ""), (tag or "").title() if len(tag or "") > 3 else "another language")


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag.strip().lower())[0]


def _list_words(text: str) -> list[str]:
    plain = text if text.isascii() else _strip_accents(text)
    return [word.replace("’", "'") for word in _WORD.findall(plain.lower())]


def _strip_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _count_hits(words: list[str]) -> dict[str, int]:
    """How many words are small words of each language; of "l'or", the part before the apostrophe may be one."""
    counts = Counter(words)
    return {code: sum(counts[word] for word in counts.keys() & known) for code, known in FUNCTION_WORDS.items()}


def _detect_script(text: str) -> str | None:
    """The language of the script that most letters are of, if it is not the Latin one."""
    letters = [character for character in text if character.isalpha()][:_SCRIPT_SAMPLE]
    scripts = Counter(unicodedata.name(letter, _LATIN).split()[0] for letter in letters)
    if not scripts or sum(scripts.values()) - scripts[_LATIN] <= MIN_SCRIPT_SHARE * len(letters):
        return None
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"
    del scripts[_LATIN]
    return _LANGUAGE_BY_SCRIPT.get(scripts.most_common(1)[0][0], UNDETERMINED)
