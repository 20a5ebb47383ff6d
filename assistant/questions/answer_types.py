"""What kind of thing a question wants for an answer, by its question word and the noun beside it."""

from __future__ import annotations

import re

from assistant.records.query import AnswerType
from assistant.text.lexicon import TITLES
from assistant.text.words import STOP_WORDS, split_words

_NOUNS_BY_TYPE: dict[AnswerType, frozenset[str]] = {
    "place": frozenset(
        """
        city cities country countries state states place places location town village region province county continent
        island islands nation nations capital venue area areas district neighborhood neighbourhood street ocean sea
        river mountain lake park planet destination territory territories port hometown
        """.split()
    ),
    "date": frozenset("year date day month decade century weekday deadline anniversary season time".split()),
    "number": frozenset(
        """
        percentage percent number amount proportion share age price cost rate sum total figure fine score length
        distance height weight temperature speed population salary size toll margin fee record-high value budget
        """.split()
    ),
    "reason": frozenset("reason reasons cause causes motive motives grounds".split()),
    "person": frozenset("person man woman".split()),
    "name": frozenset(
        """
        name nickname title company companies firm corporation brand team teams movie movies film show
        series song album book novel band group singer actor actress star player athlete golfer driver
        author writer artist rapper musician comedian celebrity billionaire politician lawmaker candidate
        agency platform network newspaper magazine airline carrier bank party club storm hurricane
        restaurant museum university college school airport bridge award prize competition tournament event
        festival app website game console car model ship boat plane rocket spacecraft mission organization
        organisation charity retailer chain store manufacturer carmaker automaker law act bill treaty
        language religion currency drug vaccine virus variant disease newscaster host presenter contestant
        winner champion franchise league station channel publisher studio designer dictionary hospital court
        ministry militia army
        """.split()
    ),
}
_MEASURE_BY_HOW_WORD = {
    "many": "number", "much": "number", "old": "number", "long": "number", "far": "number", "tall": "number",
    "high": "number", "big": "number", "large": "number", "fast": "number", "often": "number", "heavy": "number",
    "deep": "number", "wide": "number", "soon": "date", "come": "reason",
}  # fmt: skip
_TYPE_BY_QUESTION_WORD: dict[str, AnswerType] = {
    "who": "person", "whom": "person", "whose": "person", "when": "date", "where": "place", "why": "reason",
}  # fmt: skip
_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|is it true|true or false)\b|"
    r"(?:isn|aren|wasn|weren|don|doesn|didn|hasn|haven|won)['’]?t\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|when|where|why|which|what|how)\b", re.IGNORECASE)
_WHAT_IS_THE = re.compile(
    r"\bwhat(?: (?:is|was|are|were)|['’]s) (?:the|its|his|her|their|another|this|that|\S+['’]s) ", re.IGNORECASE
)
_ASKS_FOR_NAME = re.compile(
    r"\bwhat\b.* (?:called|named|titled|dubbed|nicknamed)$|\b(?:called|named|titled) what$", re.IGNORECASE
)
_AND_WHEN_WHERE_WHY = re.compile(r"\band (when|where|why)\W*$", re.IGNORECASE)
_ASKS_FOR_CAUSE = re.compile(r"\bwhat (?:caused|led to|prompted|triggered|made|is causing|explains)\b", re.IGNORECASE)
_TIME_ADJECTIVES = frozenset("next last early late recently ago".split())
_MAX_NOUN_PHRASE_WORDS = 8  # that stand between "which" and its noun


def detect_answer_type(question: str) -> AnswerType | None:
    """What the answer must hold, judging by one interrogative sentence; None where anything may answer."""
    if also := _AND_WHEN_WHERE_WHY.search(question):
        return _TYPE_BY_QUESTION_WORD[also[1].lower()]
    if _YES_NO.match(question):
        return "yes_no"
    if _ASKS_FOR_CAUSE.search(question):
        return "reason"
    if _ASKS_FOR_NAME.search(question.rstrip("?. ")):
        return "name"
    if named := _WHAT_IS_THE.search(question):
        return _detect_type_by_noun(question[named.end() :], frozenset({"reason", "name", "place", "date", "number"}))
    found = [each for asking in _QUESTION_WORD.finditer(question) if (each := _detect_type_by_word(question, asking))]
    specific = [each for each, noun in found if noun]
    return specific[0] if specific else found[0][0] if found else None


def _detect_type_by_word(question: str, asking: re.Match[str]) -> tuple[AnswerType, bool] | None:
    """What one question word wants, and whether a noun or measure beside it says so."""
    word = asking[0].lower()
    rest = question[asking.end() :]
    if word in ("which", "what"):
        kind = _detect_type_by_noun(rest, None)
        return (kind, True) if kind else None
    if word == "how":
        following = split_words(rest[:20])
        measure = _MEASURE_BY_HOW_WORD.get(following[0]) if following else None
        return _classify_measure(measure) if measure else None
    return (_TYPE_BY_QUESTION_WORD[word], False) if _is_interrogative(question, asking) else None


def _is_interrogative(question: str, asking: re.Match[str]) -> bool:
    """Whether "who" or "when" asks, and does not only join two clauses: it opens the sentence or ends it."""
    before = question[: asking.start()].rstrip()
    return not before.count(" ") or before.endswith((",", ":")) or not question[asking.end() :].strip(" ?")


def _classify_measure(measure: str) -> tuple[AnswerType, bool]:
    if measure == "date":
        return "date", True
    return ("reason", True) if measure == "reason" else ("number", True)


def _detect_type_by_noun(rest: str, among: frozenset[AnswerType] | None) -> AnswerType | None:
    """The kind of the last known noun before a verb or preposition ends the phrase."""
    kind: AnswerType | None = None
    for token in re.findall(r"[\w.&’'-]+|[^\w\s]", rest[:120])[:_MAX_NOUN_PHRASE_WORDS]:
        word = token.lower().rstrip(".")
        if word in STOP_WORDS or word in _TIME_ADJECTIVES or not re.match(r"\w", word):
            break
        if word.endswith(("'s", "’s")):
            continue
        kind = next((each for each, nouns in _NOUNS_BY_TYPE.items() if word in nouns), kind)
        if word in TITLES and word not in ("us", "u.s"):
            kind = "name"
    return kind if among is None or kind in among else None
