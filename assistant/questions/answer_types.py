"""The expected answer type of a question, judging by its question word and the noun or measure after it."""

from __future__ import annotations

import re
from itertools import chain

from assistant.records.query import AnswerType
from assistant.text.languages import ENGLISH
from assistant.text.words import STOP_WORDS, split_words

_TITLES = ENGLISH.people.titles - ENGLISH.people.titles_not_people

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
        language religion currency drug vaccine virus variant newscaster host presenter contestant
        winner champion franchise league station channel publisher studio designer dictionary hospital court
        ministry militia army product word phrase slogan holiday stadium monument landmark building tower service
        supermarket director producer
        """.split()
    ),
}
_TYPE_BY_NOUN: dict[str, AnswerType] = {
    noun: answer_type for answer_type, nouns in _NOUNS_BY_TYPE.items() for noun in nouns
}
_TYPE_BY_MEASURE: dict[str, AnswerType] = {  # the word after "how"
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
    r"\bwhat\b.* (?:called|named|titled|dubbed|nicknamed|renamed)(?: (?:now|today|these days|nowadays))?$|"
    r"\b(?:called|named|titled) what$",
    re.IGNORECASE,
)
_PERSON = "|".join(sorted(ENGLISH.people.person_nouns | _TITLES))
_NAME_OF_PERSON = re.compile(
    r"\bname of (?:the |an? )?(?:(?!(?:the|an?|that|who|which|of|in|for|by)\b)[\w’'-]+ ){0,3}?"
    rf"(?:(?:{_PERSON})\b(?!['’])|[\w-]+ who\b)|"
    rf"\b(?:{_PERSON})['’]s (?:full |real )?name\b",
    re.IGNORECASE,
)
_AND_WHEN_WHERE_WHY = re.compile(r"\band (when|where|why)\W*$", re.IGNORECASE)
_ASKS_FOR_CAUSE = re.compile(r"\bwhat (?:caused|led to|prompted|triggered|made|is causing|explains)\b", re.IGNORECASE)
_MAX_KEYWORDS = 8
_TYPES_OF_LAST_KEYWORD: frozenset[AnswerType] = frozenset({"number", "date", "reason", "name"})
_TYPE_BY_KEYWORD: dict[str, AnswerType] = {
    **dict.fromkeys(
        "number percentage price cost toll age height salary population length size fare".split(), "number"
    ),
    **dict.fromkeys("cause causes reason reasons motive".split(), "reason"),
    **dict.fromkeys("location venue whereabouts".split(), "place"),
    **dict.fromkeys("date deadline".split(), "date"),
}
_MEASURED_TIME = re.compile(
    r"\b(?:marathon|race|lap|finish\w*|winning|record|run|swim|sprint|metres?|meters?) time\b", re.I
)
_TIME_ADJECTIVES = frozenset("next last early late recently ago".split())
_ASKS_FOR_SEVERAL = re.compile(
    r"^(?:list|name (?:the|all|some))\b|^who (?:all|else|are|were)\b|\b(?:what|who) (?:are|were) the\b|"
    r"\b(?:which|what) (?!of\b)(?:[\w’'-]+ ){0,2}?(?P<noun>[\w’'-]{2,}[^\Wus]s|people|men|women|children|countries)\b"
    r"(?! (?:the|an?|this|that|these|those|it|him|her|them|us|you|me|my|his|its|their|our|your|when|if|to|so|up)\b)",
    re.IGNORECASE,
)
_ASKS_PRESENT = re.compile(
    r"^(?:who(?:['’]s| (?:is|are|has|have|leads|runs|owns|holds|heads|controls|governs|rules))\b|where (?:is|are)\b|"
    r"how (?:many|much) (?:[\w’'-]+ ){0,5}?(?:is|are|has|have|do|does)\b|"
    r"how (?:close|far|high|near|big|large|fast|long) (?:has|have)\b|(?:is|are|has|have)\b)",
    re.IGNORECASE,
)
_MAX_NOUN_PHRASE_WORDS = 8  # after the question word
_MAX_NOUN_PHRASE_CHARACTERS = 120
_TYPES_BY_DEFINITE_NOUN: frozenset[AnswerType] = frozenset({"reason", "name", "place", "date", "number"})


def detect_answer_type(question: str) -> AnswerType | None:
    """The answer type that a single interrogative sentence expects; None if it can be answered in many ways."""
    if also := _AND_WHEN_WHERE_WHY.search(question):
        return _TYPE_BY_QUESTION_WORD[also[1].lower()]
    if _YES_NO.match(question):
        return "yes_no"
    if _ASKS_FOR_CAUSE.search(question):
        return "reason"
    if _ASKS_FOR_NAME.search(question.rstrip("?. ")):
        return "name"
    if asks_for_name_of_person(question):
        return "person"
    if named := _WHAT_IS_THE.search(question):
        answer_type = _detect_type_by_noun(question[named.end() :])
        return answer_type if answer_type in _TYPES_BY_DEFINITE_NOUN else None
    if not _QUESTION_WORD.search(question):
        return _detect_type_of_keywords(question)
    question_words = list(_QUESTION_WORD.finditer(question))
    types_by_noun = (_detect_type_by_next_word(question, word) for word in question_words)
    types_by_word = (_detect_type_by_question_word(question, word) for word in question_words)
    return next((answer_type for answer_type in chain(types_by_noun, types_by_word) if answer_type), None)


def _detect_type_of_keywords(question: str) -> AnswerType | None:
    """The type of a few words without a question: "harbour fire cause", "ferry fare 2024", "number of berths"."""
    words = split_words(question)
    if not 0 < len(words) <= _MAX_KEYWORDS or not STOP_WORDS.isdisjoint(words[:1]):
        return None
    if _MEASURED_TIME.search(question):
        return "number"
    if words[-1] in _TYPE_BY_NOUN and _TYPE_BY_NOUN[words[-1]] in _TYPES_OF_LAST_KEYWORD:
        return _TYPE_BY_NOUN[words[-1]]
    return next((_TYPE_BY_KEYWORD[word] for word in words if word in _TYPE_BY_KEYWORD), None)


def asks_for_name_of_person(question: str) -> bool:
    """Whether a question asks what somebody is called: "What is the name of the pilot?", "the pilot's name"."""
    return _NAME_OF_PERSON.search(question) is not None


def asks_for_several(question: str) -> bool:
    """Whether a question asks for more than one thing: "Which countries …", "List the …"."""
    match = _ASKS_FOR_SEVERAL.search(question)
    return match is not None and (match["noun"] or "").lower() not in STOP_WORDS


def asks_of_present(question: str) -> bool:
    """Whether a question asks how something stands, which may change: "Who is the mayor?", "How many have died?"."""
    return _ASKS_PRESENT.match(question) is not None


def _detect_type_by_next_word(question: str, question_word: re.Match[str]) -> AnswerType | None:
    """The type given by the noun after "which" or "what", or by the measure after "how"."""
    rest = question[question_word.end() :]
    match question_word[0].lower():
        case "which" | "what":
            return _detect_type_by_noun(rest)
        case "how":
            next_words = split_words(rest[:20])
            return _TYPE_BY_MEASURE.get(next_words[0]) if next_words else None
        case _:
            return None


def _detect_type_by_question_word(question: str, question_word: re.Match[str]) -> AnswerType | None:
    """The type given by "who", "when", "where" or "why", unless the word only joins two clauses."""
    answer_type = _TYPE_BY_QUESTION_WORD.get(question_word[0].lower())
    return answer_type if answer_type and _is_interrogative(question, question_word) else None


def _is_interrogative(question: str, question_word: re.Match[str]) -> bool:
    """Whether a question word asks: it does at the start and at the end of the sentence, and after a comma."""
    before = question[: question_word.start()].rstrip()
    return not before.count(" ") or before.endswith((",", ":")) or not question[question_word.end() :].strip(" ?")


def _detect_type_by_noun(phrase: str) -> AnswerType | None:
    """The type of the last known noun before a verb or a preposition ends the noun phrase."""
    answer_type: AnswerType | None = None
    tokens = re.findall(r"[\w.&’'-]+|[^\w\s]", phrase[:_MAX_NOUN_PHRASE_CHARACTERS])
    for token in tokens[:_MAX_NOUN_PHRASE_WORDS]:
        word = token.lower().rstrip(".")
        if word in STOP_WORDS or word in _TIME_ADJECTIVES or not re.match(r"\w", word):
            break
        if word.endswith(("'s", "’s")):
            continue
        answer_type = _TYPE_BY_NOUN.get(word, answer_type)
        if word in _TITLES:
            answer_type = "name"
    return answer_type
