"""What a clause with a time says of what: "the first ferry", "dock", and whether it is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.evidence.premises.opposites import is_past_form, reduce_verb
from assistant.records.article import Span
from assistant.text.languages import ENGLISH
from assistant.text.words import STOP_WORDS

MAX_OBJECT_WORDS = 5  # after a verb, in which the last word of its object is looked for

_SAYING = (
    r"(?:sa(?:id|ys?)|announce[sd]?|add(?:s|ed)|confirm(?:s|ed)|told|warn(?:s|ed)|estimate[sd]?|believe[sd]?|"
    r"th(?:inks?|ought)|expect(?:s|ed)?|hope[sd]?|predict(?:s|ed)?|promise[sd]?|insist(?:s|ed)|decided|ruled|wrote)"
)
_MODAL = (
    r"(?:will|would|shall|should|can|could|may|might|must|is|are|was|were|has|have|had|won['’]t|isn['’]t|aren['’]t|"
    r"wouldn['’]t)"
)
_NOT_BE = "".join(rf"(?<!\b{word} )" for word in "is are was were be been now still not".split())
_START = r"(?:the|an?|it|they|he|she|its|their|this|that|these|those|there)"
_BREAK = re.compile(
    r"[;:—–()“”\"]|[.!?]\s+(?=[A-Z“\"])|,\s+(?:(?:and|but|or|so|which|who|whose|where)\b)?|"
    rf"\b(?:and|but)\s+(?=(?:{_START}\s|[\w’'-]+\s+{_MODAL}\s|that\b))|\band that\b|"
    r"\b(?:because|although|though|while|whereas|which|who|if|unless|as soon as|once)\b|"
    rf"\b(?:after|before|when|since|as)\s+(?={_START}\s)|"
    rf"\b(?:{_SAYING}(?:\s[\w’'-]+){{0,4}}?)\sthat\b",
)
_STARTS_WITH_VERB = re.compile(rf"^\s*{_MODAL}\b")
_SAID_IN_SUBJECT = re.compile(rf"^.*{_NOT_BE}\b{_SAYING}\b(?:\s(?:on|in)\s\w+)?(?:\sthat)?\s+(?=\S)")
_INTENDING = r"(?:plan|hope|aim|intend|expect|want|need)"
_VERB = re.compile(rf"\b(?:{_MODAL}|{_INTENDING}s?(?= to\b))\b")
_INFINITIVE = re.compile(r"\bto (?=[a-z])")
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*")
_AUXILIARIES = frozenset(
    "will would shall should can could may might must is are was were has have had be been being not never now also "
    "still only probably likely to finally soon officially then therefore instead no longer again due both all".split()
)
_PREPOSITIONS = ENGLISH.grammar.prepositions | frozenset("to until till by".split())
_SCHEDULE = frozenset(
    map(
        reduce_verb,
        "expect due schedule plan set slate delay postpone defer reschedule happen likely aim target forecast hope "
        "intend want need".split(),
    )
)
# Verbs that say so only with what follows them: "has been put off until May".
_WITH_PARTICLE = re.compile(
    r"(?:put (?:off|back)|push\w* back|brought forward|tak(?:e|es|ing) place|took place|"
    r"moved (?:back |forward )?(?:to|from) "
    r"(?=\d|[A-Z]|early|late|mid|the (?:end|start|beginning|middle|spring|summer|autumn)|next)|held)\b"
)
_SCHEDULED = reduce_verb("schedule")
_NOMINAL_DATE = frozenset(map(reduce_verb, "date day deadline plan schedule timetable work".split()))
_PRONOUNS = frozenset("it this that they these she he which there who".split())
_SUPERSEDED = re.compile(
    r"\b(?:had (?:originally |first |initially |once )?(?:been )?(?:planned|due|scheduled|expected|supposed|meant|"
    r"set|hoped|promised|said)|(?:was|were) (?:originally|first|initially|once|previously|supposed|meant|to have)|"
    r"(?:was|were) (?:due|to) [^.;]{0,60}\bbut\b|originally|initially|at first|previously|should have|"
    r"(?:was|were) to have|would have)\b"
)
_PRESENT = re.compile(r"\b[a-z]{3,}s (?:in|on|next|this|at|by)\b")  # "opens in May"
_WAS_PLANNED = re.compile(r"\b(?:was|were|had been) (?:due|set|scheduled|expected|planned|supposed)\b")
_BUT_AFTER = re.compile(r"[\s,;—–]*\b(?:but|until|before)\b")
_TO_COME = re.compile(
    r"\b(?:will|would|shall|won['’]t|to|due|expect\w*|schedul\w+|plan(?:s|ned)|delay\w*|postpon\w+|until|till|next|"
    r"hop(?:es|ed)|aims?|set|slated|could|should|may|might)\b"
)
_ORDINALS = frozenset(
    "first second third fourth fifth last other another final northern southern eastern western north south east west "
    "upper lower men women boys girls junior senior old".split()
)
_LIKE_EVENTS = tuple(
    frozenset(map(reduce_verb, words.split()))
    for words in (
        "start begin commence launch",
        "open reopen",
        "launch lift fly liftoff blast",
        "finish complete end conclude completion ready",
        "dock arrive land sail",
        "build construct construction",
        "hold vote",
        "release publish issue appear",
        "return resume restart reopen",
        "close shut closure",
        "leave depart departure go",
        "retire resign",
        "move relocate",
        "expire run lapse",
    )
)
_BUILDING = frozenset(map(reduce_verb, "build building construction construct work works".split()))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text. Words are stems of first forms.

    `head` is the last word of its subject before a preposition, `object_head` that of its object, `modifiers` the words
    of the subject before its head, `verb` the main verb; each empty if there is none.
    """

    text: str  # with the subject before an insertion in commas
    span: Span
    head: str
    modifiers: frozenset[str]
    verb: str
    object_head: str
    is_to_come: bool
    is_superseded: bool

    @property
    def is_schedule(self) -> bool:
        """Whether its verb only says that there is a time for something: "is expected", "is delayed until"."""
        return self.verb in _SCHEDULE

    @property
    def subject(self) -> frozenset[str]:
        """The words of its subject before a preposition, as stems."""
        return frozenset(map(reduce_verb, self.modifiers)) | {self.head}

    @property
    def has_pronoun(self) -> bool:
        """Whether what it speaks of is named before it."""
        return self.head in _PRONOUNS


def list_clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text, in order."""
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    for place, (start, end) in enumerate(spans):
        own = text[start:end]
        if place and _STARTS_WITH_VERB.match(own):  # "The trial of Krell, the banker, will begin"
            before = text[slice(*spans[max(0, place - 2)])]
            own = f"{before.strip()} {own.strip()}"
        if own.strip():
            clause = _read_clause(own, (start, end))
            is_over = _WAS_PLANNED.search(own) is not None and _BUT_AFTER.match(text, end) is not None
            yield replace(clause, is_superseded=True) if is_over else clause


def _read_clause(text: str, span: Span) -> Clause:
    bare = _SAID_IN_SUBJECT.sub("", text)
    verb_at = _VERB.search(bare) or _INFINITIVE.search(bare)
    if verb_at is not None:
        subject, (verb, rest) = bare[: verb_at.start()], _read_verb(bare[verb_at.start() :])
    else:
        subject, verb, rest = _split_at_plain_verb(bare)
    head, modifiers = _read_noun(subject)
    object_head, _ = _read_noun(" ".join(rest.split()[:MAX_OBJECT_WORDS]))
    return Clause(
        text,
        span,
        head,
        modifiers,
        verb,
        object_head,
        is_to_come=_TO_COME.search(bare) is not None or (verb_at is None and _PRESENT.search(text) is not None),
        is_superseded=_SUPERSEDED.search(bare) is not None,
    )


def _read_verb(text: str) -> tuple[str, str]:
    """The main verb after auxiliaries, as a stem, and what follows it: "open" of "is now expected to open"."""
    verb = ""
    end = 0
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        if word in _AUXILIARIES or word.endswith("ly"):
            verb = verb or ("due" if word == "due" else "")
            continue
        reduced = reduce_verb(word)
        if word in _PREPOSITIONS or word in STOP_WORDS or not word[0].isalpha():
            break
        if particle := _WITH_PARTICLE.match(text, token.start()):
            return _SCHEDULED, text[particle.end() :]
        verb, end = reduced, token.end()
        if reduced not in _SCHEDULE or not re.match(r"\s(?:\w+ly )?to\s(?:be |take )?[a-z]", text[end:]):
            break
    return verb, text[end:]


def _split_at_plain_verb(text: str) -> tuple[str, str, str]:
    """Subject, verb and rest of a clause without an auxiliary: "The line opens in May"."""
    tokens = list(_TOKEN.finditer(text))
    for token in tokens[1:]:
        word = token[0]
        if is_past_form(word) or (word.endswith("s") and is_event(reduce_verb(word)) and word.islower()):
            return text[: token.start()], reduce_verb(word), text[token.end() :]
    return text, "", ""


def _read_noun(phrase: str) -> tuple[str, frozenset[str]]:
    """The last word of a noun phrase before its first preposition, and the words before that, as stems."""
    words: list[str] = []
    for token in _TOKEN.finditer(phrase.replace("’s ", " ").replace("'s ", " ")):
        word = token[0].lower()
        if word in _PREPOSITIONS and words:
            break
        if not word[0].isalpha() or word in ENGLISH.grammar.calendar_words:
            break
        if (word not in STOP_WORDS and word not in _PREPOSITIONS) or word in _PRONOUNS or word in _ORDINALS:
            words.append(word)
    words = [*(word for word in words[:-1] if word not in _PRONOUNS), *words[-1:]]
    if not words:
        return "", frozenset()
    head = words[-1]
    return (head if head in _PRONOUNS else reduce_verb(head)), frozenset(words[:-1])


def is_event(verb: str) -> bool:
    """Whether a stem is that of a verb for what has its time."""
    return any(verb in group for group in _LIKE_EVENTS)


def list_like_events(verb: str) -> frozenset[str]:
    """A verb for what has its time and those that mean the same, as stems: "start" and "begin"."""
    groups = [group for group in _LIKE_EVENTS if verb in group]
    return frozenset({verb}).union(*groups)


def are_same_work(head: str, other: str) -> bool:
    """Whether both words are for the building of something: "work", "construction"."""
    return head in _BUILDING and other in _BUILDING


def is_date_word(head: str) -> bool:
    """Whether a noun only stands for the time or the plan of something: "the date", "the schedule"."""
    return head in _NOMINAL_DATE


def find_contrasts(words: frozenset[str]) -> frozenset[str]:
    """Those of some words that tell a thing from others of its kind: "second", "women’s"."""
    return words & _ORDINALS
