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


MAX_MARGIN_QUESTION = 200  # characters of a question, from "by how much" on, that are read
_ASKS_BY_HOW_MUCH = re.compile(
    r"\bby (?:how (?:much|many(?: (?:votes|points|goals|seats|runs))?)|what (?:margin|majority|score))\s", re.IGNORECASE
)
_CONTEST = (
    r"(?:the|a|this|that|their|its|his|her|last)\s(?:[\w’'-]+\s)?(?:vote|match|game|election|race|final|cup|seat)\b"
)
_VERB_END = (
    r"(?=\s?(?:\?|$)|\s(?:the|a|an|this|that|these|those|its|their|his|her|it|him|them|us|to|in|on|at|against|by|when|as|"
    r"down|over|for|again|last|(?-i:[A-Z])[\w’'-]*)\b)"
)
_WINS = re.compile(  # the main verb of a question that has "did" or "will", and of one that has "was" or "has"
    r"(?<=\s)(?:(?P<base>vote|back|support|oppose|approve|reject|adopt|pass|defeat|beat|win|re-elect|elect|ratify|"
    rf"lead(?!\sto\b)|lose(?=\s?(?:\?|$)|\sto\b|\s{_CONTEST}))|"
    r"(?P<past>voted|backed|supported|opposed|approved|rejected|adopted|passed|defeated|beaten|won|re-elected|elected|"
    rf"ratified|carried|lost(?=\s?(?:\?|$)|\sto\b|\s{_CONTEST})))\b{_VERB_END}",
    re.IGNORECASE,
)
_HELPING = re.compile(
    r"(?P<does>did|does|do|will|would|could|can|might|may|should)|(?:was|were|is|are|has|have|had)", re.I
)
_BEFORE_NOUN = re.compile(
    r"(?:\b(?:the|an?|this|that|its|their|his|her|our|of|for|in|on|by|with|no)|[’']s|s[’'])\s$", re.I
)
_NO_VOTE = re.compile(  # what rises or falls, and what is exceeded, is no vote
    r"\b(?:ris(?:es?|ing|en)|rose|gr[oe]w\w*|(?:in|de)creas\w+|f[ae]ll(?:s|ing|en)?|drop(?:s|ped)?|shr[aiu]nk|declin\w+|"
    r"cut|chang\w+|go|gone|climb\w*|exceed\w*|rais\w+|reduc\w+|cost|slip\w*|gain\w*|improve\w*|widen\w*|narrow\w*|"
    r"differ\w*|vary|forecasts?|expectations?|estimates?|targets?|predictions?|prices?|shares|sales|profits?|value|inflation)\b",
    re.IGNORECASE,
)
_SIDE = (
    r"(?:(?:\d{1,3}(?:[,.’\u00a0\u202f]\d{3}){1,3}|\d{1,6})(?:\.\d{1,2})?%?(?!\d)|"
    rf"{_NUMBER_WORD}(?:-{_NUMBER_WORD})?)"
)
_POINTS = r"(?:votes?|points?|seats?|goals?|runs?|per\s?cent|percentage\spoints?)\b"
_FREE = r"(?<![\w.,:/$€£¥’–-])"
_CLAUSE_GOES_ON = r"\s?(?:[,.;:!?)]|$)|\s(?:to|against|in|on|at|after|with|for|over|and|when|as|last)\b"
_MARGIN = re.compile(
    rf"{_FREE}{_SIDE}(?:\s{_POINTS})?(?:\s(?:to|against)\s|\s?[-–]\s?){_SIDE}(?![\w–-])|"
    rf"(?<=\bby\s){_SIDE}(?:\s{_POINTS}|(?={_CLAUSE_GOES_ON}|\s(?:seconds?|minutes?|met(?:re|er)s?|lengths?|shots?)\b))|"
    rf"{_FREE}{_SIDE}\s(?:votes?|percentage\spoints?)\b",
    re.IGNORECASE,
)
_YEAR_IN = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?![\d,.]*\d)")
_NO_SIDE_BEFORE = re.compile(
    rf"(?:\b(?:from|between|aged?|ages|until|till|born|since|{CAPITALIZED_MONTH})\s|[$€£¥:/]\s?)$"
)
_NO_SIDE_AFTER = re.compile(
    rf"\s?(?:[ap]\.?m\b|[:/]\d|o[’']clock|[$€£¥]|{CAPITALIZED_MONTH}\b)|"
    r"[\s-](?:million|billion|trillion|thousand|hundred|hours?|days?|weeks?|months?|years?|year-olds?)\b",
)
_VOTED = re.compile(
    r"\b(?:vot(?:e[sd]?|ers?|ing)|ballots?|majority|margin|back(?:s|ed|ing)?|support(?:s|ed|ing)?|oppos(?:es?|ed|ing)|"
    r"approv(?:es?|ed|ing|al)|reject(?:s|ed|ing|ion)?|adopt(?:s|ed|ing)?|pass(?:es|ed)?|defeat(?:s|ed|ing)?|beat(?:s|en|ing)?|"
    r"w[io]n|wins|winning|victory|los(?:es?|ing|s)|lost|(?:re-)?elect(?:s|ed|ing|ion)?|carried|ratif(?:y|ies|ied)|"
    r"leads?|led|leading|thrash(?:ed|es)?|edged?|draw|drew|for and|score[sd]?|goals?)\b",
    re.IGNORECASE,
)
_PART_BREAK = re.compile(r"[;:!?()](?:\s|$)|\.\s|,\s(?:and|but|while|who|which|where|although)\b")
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
    """Whether a question asks by how much a vote or a match was won: for "41 to 17" or "by ten votes".

    Its main verb tells: "By how much will electricity prices rise?" and "By how much did the lead shrink?" do not.
    """
    opening = _ASKS_BY_HOW_MUCH.search(question)
    rest = question[opening.end() : opening.end() + MAX_MARGIN_QUESTION] if opening else ""
    helping = _HELPING.match(rest)
    if helping is None or _NO_VOTE.search(rest):
        return False
    form = "base" if helping["does"] else "past"
    return any(
        match[form] and match.start() > helping.end() + 1 and not _BEFORE_NOUN.search(rest[: match.start()])
        for match in _WINS.finditer(rest)
    )


def find_margins(text: str, start: int, end: int) -> list[Span]:
    """Where `text[start:end]` gives the votes or points of both sides, of one, or by how many it was won.

    A clause that has them tells of a vote or a match. Years, days, times of day, ages, sums and ranges are none.
    """
    found: list[Span] = []
    for part_start, part_end in _split_parts(text, start, end):
        if _VOTED.search(text, part_start, part_end):
            matches = _MARGIN.finditer(text, part_start, part_end)
            found += [match.span() for match in matches if _can_be_margin(text, match, end)]
    return found


def _split_parts(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _PART_BREAK.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _can_be_margin(text: str, match: re.Match[str], end: int) -> bool:
    """Whether numbers that look like a margin are no years, days, times of day, ages, sums or ranges."""
    if _NO_SIDE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return False
    if _NO_SIDE_AFTER.match(text, match.end(), end):
        return False
    return _YEAR_IN.search(match[0]) is None or re.search(_POINTS, match[0]) is not None


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
