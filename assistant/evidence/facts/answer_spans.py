"""The words of a sentence that can be the answer to a question: a number, a day, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from assistant.evidence.premises.opposites import list_like_verbs, reduce_verb
from assistant.evidence.premises.predicates import read_mentions
from assistant.records.article import Span
from assistant.records.query import AnswerType
from assistant.text.languages import ENGLISH
from assistant.text.months import CAPITALIZED_MONTH
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

_CALENDAR_WORDS = ENGLISH.grammar.calendar_words
_NON_NAME_WORDS = ENGLISH.people.non_name_words | STOP_WORDS

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|twice|"
    r"third|quarter)"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|percent|per\scent|%)"
_DIGITS = r"(?:\d{1,3}(?:[,.'’\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d(?:[\d,]*\d)?)"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?-i:[A-Z]{{3}})(?=\d))?[$€£¥]?{_DIGITS}(?:\.\d+)?(?:[ -]?{_SCALE}|bn|mn?|k)?(?![\w])|"
    r"(?<!\w)\d(?:[\d,]*\d)?(?:\.\d+)?%|"
    rf"\b{_NUMBER_WORD}(?:[- ]{_NUMBER_WORD}){{0,3}}(?:[ -]{_SCALE})?\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:{CAPITALIZED_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|"
    rf"\d{{1,2}}\s{CAPITALIZED_MONTH}(?:\s\d{{4}})?|"
    rf"{CAPITALIZED_MONTH}(?:\s\d{{4}})?|"
    r"(?:1[6-9]|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|"
    r"(?:last|next|this)\s(?:week|month|year|spring|summer|autumn|fall|winter))\b"
)
_CAPITAL = r"[A-Z\u00c0-\u00dc][\w’'&.-]{0,40}"
_NAME = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}(?:\s(?:(?:of|de|da|van|von|al|bin|the|and|&)\s){{0,2}}{_CAPITAL}){{0,6}}|[“\"‘][^”\"’]{{2,60}}[”\"’]"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result of|in response to|in protest|caused by|blamed?|citing|so that|amid|"
    r"following|after|over|since|for)\b[^.;]{3,160}(?!\w)"
)


_VOTING = (
    r"vot|back|support|oppos|approv|reject|adopt|pass|defeat|beat|win|won|los[et]|elect|re-elect|carr|ratif|lead|led"
)
_ASKS_MARGIN = re.compile(
    r"\bby (?:how (?:much|many(?: (?:votes|points|goals|seats|runs))?)|what (?:margin|majority|score))\b"
    rf".*\b(?:{_VOTING})",
    re.IGNORECASE,
)
_TALLY = rf"(?:{_DIGITS}(?:\.\d+)?%?|{_NUMBER_WORD}(?:-{_NUMBER_WORD})?)"
_MARGIN = re.compile(
    rf"\b{_TALLY}(?:\s(?:votes|percent|per cent|points|seats))?(?:\s(?:to|against)\s|\s?[-–]\s?){_TALLY}(?![\w-])|"
    rf"(?<=\bby\s){_TALLY}(?:\s(?:votes?|points?|seats?|goals?|runs?|percent|percentage\spoints?))?(?![\w-])|"
    rf"\b{_TALLY}\s(?:votes?|percentage\spoints?)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow (?:many|much)((?: [\w’'-]+){1,3})", re.IGNORECASE)
_HOW_MANY_DID = re.compile(r"\bhow many\s[\w’'-]+\s(?P<clause>.*)", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(
    r"\b(?:when|while|after|before|because|if|who|that|which|in|on|at|by|during|since)\b", re.IGNORECASE
)
_NEXT_WORDS = re.compile(r"(?:[\s-][\w’'-]+){1,3}")
_NONE = re.compile(r"\b(?:nobody|no[ -]one|none|no)\b", re.IGNORECASE)
DEED_REACH = 6  # words between a number and the verb of those whom it counts, in one clause
_CLAUSE_BREAK = re.compile(r"[,.;:!?(](?=\s|$)|\s[–—-]\s")


def find_counted_nouns(question: str) -> frozenset[str]:
    """The stems of the nouns that a question asks to count: "pupils" in "How many pupils does it have?"."""
    return frozenset(
        stem(word) for match in _HOW_MANY.finditer(question) for word in split_words(match[1]) if word not in STOP_WORDS
    )


def find_counted_deeds(question: str) -> frozenset[str]:
    """The verb of those who are counted and its like, as stems: of "How many were killed?"; empty if none are known."""
    match = _HOW_MANY_DID.search(question)
    clause = _CLAUSE_AFTER.split(match["clause"], maxsplit=1)[0] if match else ""
    verbs = (list_like_verbs(each.word) for each in read_mentions(clause) if each.word[0].islower())
    return next(filter(None, verbs), frozenset())


def asks_margin(question: str) -> bool:
    """Whether a question asks by how much a vote or a match was won: for "41 to 17" or "by ten votes"."""
    return _ASKS_MARGIN.search(question) is not None


def find_margins(text: str, start: int, end: int) -> list[Span]:
    """Where `text[start:end]` gives the votes or points of both sides, of one, or by how many it was won."""
    return [match.span() for match in _MARGIN.finditer(text, start, end)]


def is_count_of(text: str, mark: Span, end: int, nouns: Set[str]) -> bool:
    """Whether one of these nouns, given as stems, follows the number at `mark` within the next three words."""
    match = _NEXT_WORDS.match(text, mark[1], end)
    return match is not None and not nouns.isdisjoint(map(stem, split_words(match[0])))


def is_count_of_deed(text: str, mark: Span, sentence: Span, deeds: Set[str]) -> bool:
    """Whether one of these verbs, as stems of first forms, is beside the number at `mark`: "39 were killed"."""
    after = _CLAUSE_BREAK.split(text[mark[1] : sentence[1]], maxsplit=1)[0]
    before = _CLAUSE_BREAK.split(text[sentence[0] : mark[0]])[-1]
    near = [*split_words(before)[-DEED_REACH:], *split_words(after)[:DEED_REACH]]
    return any(reduce_verb(word) in deeds for word in near)


def find_none(text: str, sentence: Span, deeds: Set[str]) -> tuple[Span, ...]:
    """Where a sentence says that one of these verbs, as stems, is true of nobody: "Nobody was killed"."""
    found = (match.span() for match in _NONE.finditer(text, *sentence))
    return tuple(each for each in found if is_count_of_deed(text, each, sentence, deeds))


def find_answer_spans(
    expects: AnswerType | None, text: str, start: int, end: int, question_stems: Set[str]
) -> tuple[Span, ...]:
    """The spans in `text[start:end]` of the expected type of answer that the question does not contain itself.

    `question_stems` are the stems of the question's words. Empty if no type is expected or nothing fits.
    """
    if expects == "number":
        return tuple(_find_new_matches(_NUMBER, text, start, end, question_stems))
    if expects == "date":
        return tuple(_find_new_matches(_DATE, text, start, end, question_stems))
    if expects in ("person", "place", "name"):
        return tuple(_find_names(text, start, end, question_stems))
    if expects == "reason":
        match = _REASON.search(text, start, end)
        return (match.span(),) if match else ()
    return ()


def _find_new_matches(
    pattern: re.Pattern[str], text: str, start: int, end: int, question_stems: Set[str]
) -> Iterator[Span]:
    for match in pattern.finditer(text, start, end):
        if not {stem(word) for word in split_words(match[0])} <= question_stems:
            yield match.span()


def _find_names(text: str, start: int, end: int, question_stems: Set[str]) -> Iterator[Span]:
    for match in _NAME.finditer(text, start, end):
        first, last = match.span()
        parts = split_words(match[0])
        # The first word of a sentence always has a capital, so a name there has two words, and not a common one first.
        if first == start and len(parts) > 1 and parts[0] in _NON_NAME_WORDS:
            first += len(match[0].split()[0]) + 1
            parts = parts[1:]
        elif first == start and len(parts) == 1:
            continue
        new = [word for word in parts if stem(word) not in question_stems and word not in STOP_WORDS | _CALENDAR_WORDS]
        last -= len(match[0]) - len(match[0].rstrip(".,’'&-"))
        if new and first < last:
            yield first, last
