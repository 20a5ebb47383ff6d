"""A sentence as words that can be compared with those of another one: names, numbers, days, small words.

The classes of words here change what a sentence says, so that leaving one out, or adding one, makes another claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.articles.dates import find_days
from assistant.evidence.named_days import find_named_days
from assistant.text.languages import ENGLISH
from assistant.text.quantities.numbers import Number, find_numbers
from assistant.text.stemming import stem
from assistant.text.words import fold

CLAIMS = ENGLISH.claims
_PEOPLE, _REPORTING = ENGLISH.people, ENGLISH.reporting

PREPOSITIONS = ENGLISH.grammar.prepositions | ENGLISH.grammar.clause_prepositions | CLAIMS.other_prepositions

NEUTRAL_CUES = frozenset(cue if " " in cue else stem(cue) for cue in CLAIMS.neutral_cues)
"""Verbs that only report: they may stand for any verb of `SAYING_CUES`."""

SAYING_CUES = NEUTRAL_CUES | frozenset(map(stem, CLAIMS.saying_cues))
"""Verbs after which "said" is true of the same words."""

SPEAKING_FORMS = _REPORTING.speech_forms | _REPORTING.opinion_forms | _REPORTING.present_participles

OFFICES = _PEOPLE.titles | _PEOPLE.person_nouns
"""Nouns for an office or a role; a word before one makes another office of it."""

BODIES = _PEOPLE.group_nouns | _PEOPLE.plural_person_nouns | _PEOPLE.body_nouns
"""Nouns for a body or a group of people, who may say or know something."""

_NO_OFFICES = _PEOPLE.dependent_nouns | {fold(title).rstrip(".") for title in _PEOPLE.courtesy_titles} | CLAIMS.limits
EXCLUSIVE_OFFICES = OFFICES - _NO_OFFICES
"""Those of which a person has hardly two: not "Dr", "former", or "father" of somebody, said beside any office."""

ROLE_LIMITS = CLAIMS.role_limits | _PEOPLE.role_changing_words
"""Words with which somebody has, or is, only a part of the role after them: "retired", "outgoing"."""

ROLE_FIELDS = CLAIMS.role_fields | _PEOPLE.offices_after_of
"""What may be left out before a role, besides offices, bodies and names: "transport" minister, "local" judge."""

FAILING = frozenset(map(stem, CLAIMS.failing))
"""Stems of words that deny what follows: "failed to reach" is "did not reach"."""

WordKind = Literal[
    "content", "name", "number", "day", "negation", "modality", "limit", "auxiliary", "optional", "preposition",
    "conjunction", "pronoun",
]  # fmt: skip

_SIGNS = {"~": "about", "≈": "about", "<": "under", ">": "over", "≤": "under", "≥": "over", "−": "minus", "-": "minus"}
_CURRENCIES = {"dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pounds": "£", "yen": "¥"}
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W_]+(?:['’][^\W\d_]+|[-&.](?=[^\W_])[^\W_]+)*|[$€£¥₹%]|[~≈<>≤≥±−]|(?<![^\s($€£¥₹])-(?=[$€£¥₹]?\d)|"
    r"(?<=\d)\+|[,;:()–—“”\"]|--|(?<=\s)-(?=\s)|''|[.!?…]+"
)
_LIMITING_SIGNS = frozenset("~≈<>≤≥±−+")
_CLOCK_TIME = re.compile(r"(?<![\w:.,])\d{1,3}(?::\d\d)+(?:\.\d+)?(?![\w:])")
_METRES = re.compile(r"\sm$")
_UNIT_SIGNS = frozenset("$€£¥₹")
_PER_CENT = re.compile(r"\bper\s?cent\b|\bpercentage\b", re.IGNORECASE)
_CONTRACTION = re.compile(r"(?P<head>.+?)(?P<tail>n't|'ll|'re|'ve|'m)")
_OPENING_DAY = re.compile(r"\b(?:Yesterday|Today|Tonight|Tomorrow|Last night)\b")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_PRONOUNS_WITH_IS = frozenset(f"{word}'s" for word in "it he she that there what who here where how".split())
_NO_NAMES = CLAIMS.optional | CLAIMS.pronouns | PREPOSITIONS | CLAIMS.conjunctions
_SENTENCE_END = frozenset(".!?…")
_QUOTE_MARKS = frozenset('“”"') | {"''"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word `text[start:end]`.

    `form` is in lower case without accents, `root` its stem. `value` is that of a number, `days` the days, in ISO 8601,
    that it means. `mark` is the punctuation before it: "" for none, "." for the end of a sentence.
    """

    start: int
    end: int
    form: str
    root: str
    kind: WordKind
    mark: str = ""
    value: float | None = None
    days: frozenset[str] = frozenset()

    @property
    def is_guard(self) -> bool:
        """Whether it must be in both sentences or in none."""
        return self.kind in ("negation", "modality", "limit", "auxiliary")


def split_into_words(text: str, published_at: str | None = None) -> list[Word]:
    """The words of a text with offsets into it; `published_at` is the day of its article, for "on Wednesday".

    A day, a number, a currency and each part of a contraction is one word.
    """
    plain = _PER_CENT.sub(lambda match: "%".ljust(len(match[0])), text.replace("’", "'"))
    fixed = dict(_find_days(plain)) | dict(_find_numbers(plain)) | dict(_find_clock_times(plain))
    named = _find_named_days(text, published_at)
    words: list[Word] = []
    mark, at = ".", 0
    while match := _TOKEN.search(plain, at):
        start, at = match.span()
        written = match[0]
        if start in fixed:
            word = fixed[start]
            at = word.end
            words.append(_with_mark(word, mark))
            mark = ""
        elif written in _LIMITING_SIGNS or (written == "-" and text[at : at + 1].strip()):
            form = _SIGNS.get(written, written)
            words.append(Word(start, at, form, form, "limit", mark))
            mark = ""
        elif not (written[0].isalnum() or written in "$€£¥₹%"):
            mark = _combine_marks(mark, written)
        else:
            opens = mark in (".", ":", "“") or not words
            for part in _read_word(written, start, opens):
                days = next((iso for (first, last), iso in named if first <= part.start < last), frozenset())
                words.append(_with_mark(part, mark, days))
                mark = ""
    return _move_currencies(words)


def guard_class(word: str) -> str | None:
    """The class of a word, in lower case, that must be in both sentences or in none; None for any other word."""
    if word in CLAIMS.negations:
        return "negation"
    if word in CLAIMS.modals:
        return "modality"
    if word in CLAIMS.limits:
        return "limit"
    return "auxiliary" if word in CLAIMS.auxiliaries else None


def keep_sentence_marks(words: Sequence[Word], starts: Sequence[int]) -> list[Word]:
    """The words with the mark for the end of a sentence only where a sentence begins: not after "Mr."."""
    first_words = {next((word.start for word in words if word.start >= start), None) for start in starts}
    return [_with_mark(word, "") if word.mark == "." and word.start not in first_words else word for word in words]


def _with_mark(word: Word, mark: str, days: frozenset[str] = frozenset()) -> Word:
    return Word(word.start, word.end, word.form, word.root, word.kind, mark, word.value, word.days | days)


def _combine_marks(before: str, written: str) -> str:
    """The stronger of two marks: the end of a sentence, a bracket or dash, a comma, a quotation mark."""
    if written[0] in _SENTENCE_END:
        return "."
    if before == ".":
        return before
    if written in _QUOTE_MARKS:
        return before or "“"
    return "," if written == "," else ":" if written in (":", ";") else "("


def _find_days(text: str) -> Iterator[tuple[int, Word]]:
    for start, end, day in find_days(text):
        yield start, Word(start, end, day, day, "day", days=frozenset({day}))


def _find_numbers(text: str) -> Iterator[tuple[int, Word]]:
    days = [(start, end) for start, end, _ in find_days(text)]
    for number in find_numbers(text):
        inside = any(start <= number.start < end for start, end in days)
        if not inside and number.values and not (number.is_in_words and text[number.start : number.end] == "one"):
            value, end = number.values[0], number.end
            if _is_in_metres(text, number):
                value, end = value / number.scale, end - len(text[number.start : end].split()[-1]) - 1
            form = text[number.start : end].lower()
            yield number.start, Word(number.start, end, form, form, "number", value=value)


def _find_clock_times(text: str) -> Iterator[tuple[int, Word]]:
    """Times of day and of races, each one word: "9:54", "2:14:04"."""
    for match in _CLOCK_TIME.finditer(text):
        yield match.start(), Word(*match.span(), match[0], match[0], "number")


def _is_in_metres(text: str, number: Number) -> bool:
    """Whether a number is one of metres: "23 m", unless it is an amount of money ("$23 m", "23 m euros")."""
    following = re.match(r"\s*(\w*)", text[number.end :])
    is_money = text[number.start - 1 : number.start] in _UNIT_SIGNS or (following and following[1] in _CURRENCIES)
    return number.has_short_scale and _METRES.search(text[number.start : number.end]) is not None and not is_money


def _find_named_days(text: str, published_at: str | None) -> list[tuple[tuple[int, int], frozenset[str]]]:
    """The spans of words for one day, with that day."""
    found: list[tuple[tuple[int, int], frozenset[str]]] = []
    text = _OPENING_DAY.sub(lambda match: match[0].lower(), text)
    for named in find_named_days(text, published_at):
        if named.first == named.last:
            last_word = named.words.split()[-1]
            ends = [match.end() for match in re.finditer(re.escape(named.words), text)]
            found += [((end - len(last_word), end), frozenset({named.first})) for end in ends]
    return found


def _read_word(written: str, start: int, opens: bool) -> Iterator[Word]:
    """A word, or the parts of a contraction; `opens` says that its capital says nothing."""
    lower = written.lower()
    if lower in CLAIMS.irregular_negations:
        for part in CLAIMS.irregular_negations[lower]:
            yield _classify(part, start, start + len(written), is_name=False)
        return
    if lower.startswith("not-"):  # "not-guilty"
        yield _classify("not", start, start + 3, is_name=False)
        yield from _read_word(written[4:], start + 4, opens=False)
        return
    if match := _CONTRACTION.fullmatch(lower):
        yield from _read_word(written[: len(match["head"])], start, opens)
        part = CLAIMS.contraction_parts[match["tail"]]
        yield _classify(part, start + len(match["head"]), start + len(written), is_name=False)
        return
    if lower in _PRONOUNS_WITH_IS:
        yield _classify(lower[:-2], start, start + len(written) - 2, is_name=False)
        yield _classify("is", start + len(written) - 2, start + len(written), is_name=False)
        return
    bare = _POSSESSIVE.sub("", written)
    is_name = bare[0].isupper() and (not opens or sum(map(str.isupper, bare)) > 1) and bare != "I"
    yield _classify(bare, start, start + len(written), is_name=is_name)


def _classify(bare: str, start: int, end: int, *, is_name: bool) -> Word:
    form = fold(bare)
    if not any(character.isdigit() for character in form):
        form = form.replace(".", "")
    form = _CURRENCIES.get(form, form)
    kind: WordKind = "content"
    guard = guard_class(form)
    is_abbreviation = form in CLAIMS.pronouns and len(form) > 1 and bare.isupper()  # "the US"
    is_named = guard == "modality" and not bare.isupper()  # "May", "Will Lund"
    if is_name and (guard is None or is_named) and (is_abbreviation or form not in _NO_NAMES):
        return Word(start, end, form, form, "name")
    if form in CLAIMS.auxiliaries:
        return Word(start, end, form, CLAIMS.auxiliaries[form], "auxiliary")
    if guard is not None:
        kind = guard  # type: ignore[assignment]
    elif form in CLAIMS.optional:
        kind = "optional"
    elif form in CLAIMS.pronouns:
        kind = "pronoun"
    elif form in CLAIMS.conjunctions:
        kind = "conjunction"
    elif form in PREPOSITIONS:
        kind = "preposition"
    elif form == "that":
        kind = "optional"
    return Word(start, end, form, stem(form) if kind == "content" else form, kind)


def _move_currencies(words: list[Word]) -> list[Word]:
    """Each sign of a currency behind its number, as in "5 dollars"."""
    ordered: list[Word] = []
    for word in words:
        if word.kind == "number" and ordered and ordered[-1].form in "$€£¥₹":
            sign = ordered.pop()
            ordered += [_with_mark(word, sign.mark), _with_mark(sign, "")]
        else:
            ordered.append(word)
    return ordered
