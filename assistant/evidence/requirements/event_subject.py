"""Of whom an event of a life is told: "Ada Tarn died in 2021" does not answer when Ivo Lund died."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.premises.opposites import reduce_verb
from assistant.questions.names.aliases import find_group
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_given_name, is_organization
from assistant.text.words import STOP_WORDS, fold

MAX_SUBJECT_WORDS = 4
MAX_APPOSITION = 60  # characters between a name and the "who" that follows it

_TITLES = frozenset(title.lower().rstrip(".") for title in ENGLISH.people.titles)
_OWN_EVENTS = frozenset(map(reduce_verb, "die resign retire marry quit".split()))  # of the subject of the active verb
_SUFFERED_EVENTS = frozenset(
    map(
        reduce_verb,
        "bear arrest convict sentence jail charge indict acquit deport extradite expel release free shoot kill murder "
        "assassinate stab kidnap elect appoint inaugurate crown fire sack suspend dismiss bury".split(),
    )
)  # of the subject of the passive: "was born", "was arrested"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_QUESTION = re.compile(
    r"^\W*(?:and |but |so )?(?:when|where|why|how|(?:on|in|at|of|from) (?:what|which) \w+|"
    r"(?:what|which) (?:day|year|month|date|city|country|place|prison|hospital|age)|(?:of|from) what)"
    r"(?: exactly| \w+ly| old| long ago)? (?:(?P<passive>was|were)|did|has|had|does|will) (?P<rest>.+)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'-]*(?:\.? [A-Z][\w’'-]*){0,3}"
_LINK = r"(?:(?:who|had|has|have|later|then|also|reportedly|suddenly|peacefully|himself|herself) ){0,3}"
_BE = r"(?:was|were|is|been|being|be) (?:\w+ly )?"
_SUBJECT = rf"(?P<name>{_NAME})(?:, [^.;:!?]{{1,{MAX_APPOSITION}}},)? {_LINK}"
_ACTIVE_SUBJECT = re.compile(rf"{_SUBJECT}$")
_PASSIVE_SUBJECT = re.compile(rf"{_SUBJECT}{_BE}$")
_ACTIVE_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) {_LINK}$")
_PASSIVE_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) {_LINK}{_BE}$")
_ANY_NAME = re.compile(rf"(?<![\w’'-]){_NAME}")
_PREPOSITION = re.compile(r"\b(?:in|at|near|from|of|to|on|by|for|with|outside|across|over|against)\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class EventSubject:
    """An event of a life as the stem of its verb, and the words by which the one it befell is known, folded."""

    event: str
    words: frozenset[str]
    is_passive: bool

    def is_meant_by(self, name: str, text: str) -> bool:
        """Whether a name can be that of the subject; `text`, that of the article, may give it the asked title."""
        words = [_fold(word) for word in _WORD.findall(name)]
        if not self.words.isdisjoint(words):
            return True
        return any(_has_title(title, words[-1], text) for title in self.words & _TITLES)


def _has_title(title: str, surname: str, text: str) -> bool:
    """Whether a text has a name with a title: "Mayor Ada Tarn", "Tarn, the town's mayor", but not "the mayor's son"."""
    title, surname = re.escape(title), re.escape(surname)
    titled = (
        rf"(?<!\w){title}\s(?-i:(?:[A-Z][\w.’'-]*\s){{0,3}}){surname}(?![\w’'])|"
        rf"(?<!\w){surname},\s(?:[\w’'-]+\s){{0,4}}{title}(?![\w’'])"
    )
    return re.search(titled, text, re.IGNORECASE) is not None


def read_event_subject(question: str) -> EventSubject | None:
    """Whose event a question asks about ("When did the queen die?"); None if it is no such question."""
    match = _QUESTION.match(question)
    if match is None:
        return None
    is_passive = match["passive"] is not None
    words: list[str] = []
    for word in _WORD.findall(match["rest"]):
        event = reduce_verb(word)
        if words and word[0].islower() and event in (_SUFFERED_EVENTS if is_passive else _OWN_EVENTS):
            known_by = _known_by(words)
            return EventSubject(event, known_by, is_passive) if known_by else None
        if len(words) == MAX_SUBJECT_WORDS:
            break
        words.append(word)
    return None


def _known_by(words: Sequence[str]) -> frozenset[str]:
    """The words by which a subject is known: the surname behind a given name, otherwise all; none of "the driver"."""
    own = [_fold(word) for word in words if word.lower() not in STOP_WORDS]
    if not own or (len(own) < len(words) and words[-1][0].islower() and own[-1] not in _TITLES):
        return frozenset()
    if any(word.endswith(("’s", "'s")) for word in words):
        return frozenset()
    has_given_name = len(own) > 1 and own[0] not in _TITLES and is_given_name(own[0])
    return frozenset(own[-1:] if has_given_name else own)


def tells_of_another(asked: EventSubject, sentence: str, text: str) -> bool:
    """Whether each place in a sentence that tells of the event names somebody else as the one it befell.

    `text` is that of the article.
    """
    verbs = [match for match in _WORD.finditer(sentence) if reduce_verb(match[0]) == asked.event]
    return bool(verbs) and all(_is_of_another(asked, sentence, verb.start(), text) for verb in verbs)


def _is_of_another(asked: EventSubject, sentence: str, verb: int, text: str) -> bool:
    before = sentence[:verb]
    subject = (_PASSIVE_SUBJECT if asked.is_passive else _ACTIVE_SUBJECT).search(before)
    if subject is not None and _can_be_person(subject["name"], before[: subject.start("name")]):
        named = before[subject.start("name") :]  # with what stands between it and the verb
        return not asked.is_meant_by(subject["name"], text) and not asked.is_meant_by(named, "")
    pronoun = _PASSIVE_PRONOUN if asked.is_passive else _ACTIVE_PRONOUN
    if pronoun.search(before) is None or asked.is_meant_by(sentence, ""):
        return False
    return any(not asked.is_meant_by(name, text) for name in _list_people(before))


def _list_people(text: str) -> Iterator[str]:
    return (name[0] for name in _ANY_NAME.finditer(text) if _can_be_person(name[0], text[: name.start()]))


def _can_be_person(name: str, before: str) -> bool:
    """Whether a name can be a person's who is the subject of what follows it: no place or body, not "in Tarn"."""
    words = name.split()
    if _PREPOSITION.search(before) or words[-1].lower() in ENGLISH.grammar.calendar_words:
        return False
    if words[0].lower().rstrip(".") in _TITLES:
        return len(words) > 1
    if is_given_name(words[0]):
        return True
    is_known = is_organization(name) or any(find_group(words[:count]) for count in range(1, len(words) + 1))
    return not is_known and next(full_names(name), None) is not None


def _fold(word: str) -> str:
    return fold(word).replace("’", "'").removesuffix("'s")
