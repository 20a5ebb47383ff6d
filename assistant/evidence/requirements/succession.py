"""Questions for the other of two people: who succeeded, replaced or beat somebody is not that somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence.premises.opposites import reduce_verb
from assistant.questions.names.aliases import find_group
from assistant.questions.names.finding import find_names
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_given_name, is_organization
from assistant.text.words import STOP_WORDS

MAX_WORDS_BEFORE_NAME = 12  # characters between the verb of a question and the name: "the mayor "
MAX_BETWEEN = 90  # characters between a verb and the people of whom it is said

_FOLLOWS = "succeed replace follow"
_BEATS = "beat defeat oust unseat dethrone topple overthrow outbid"
_VERBS = frozenset(map(reduce_verb, f"{_FOLLOWS} {_BEATS}".split()))
_PERSON = "|".join(sorted(ENGLISH.people.person_nouns | ENGLISH.people.titles))
_ASKS_WHO = re.compile(
    rf"^\W*(?:and |so |but )?(?:whom?\b|(?:which|what)(?: [\w’'-]+)?? (?:{_PERSON})\b)", re.IGNORECASE
)
_TAKES_OVER = re.compile(r"\b(?:take|takes|took|taken|taking) over (?:from|for)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PASSIVE = re.compile(r"\b(?:is|was|were|are|be|been|being|gets?|got)(?:\s\w+ly)?\s$", re.IGNORECASE)
_INFINITIVE = re.compile(r"\bto\s$")  # "beat Lund to become mayor": said of the first name, not of the last
_BREAK = re.compile(r"[.;:?!]|\b(?:that|which|because|while|when|if|said|says)\b")
_CHANGE = re.compile(
    r"\b(?:becom\w+|became|succe\w+|replac\w+|follow\w*|appoint\w*|named|names|naming|"
    r"elect\w*|chose\w*|choose\w*|choosing|select\w*|pick\w*|nominat\w*|sworn|promot\w+|beat\w*|defeat\w*|oust\w*|"
    r"(?:take|takes|took|taken|taking) (?:over|office|the helm)|unseat\w*|victor\w*|w(?:in|ins|on|inning|inner)|"
    r"los(?:t|e|es|ing|er))\b",
    re.IGNORECASE,
)

_HOPE = r"\b(?:could|might|may|should|would|if|whether|unless|favou?rites?)\b"  # what has not happened, or not yet
_HOPED = re.compile(rf"{_HOPE}(?:\s\S+){{0,4}}\s$|\bto\s$", re.IGNORECASE)
_ASKS_FUTURE = re.compile(rf"{_HOPE}|\b(?:will|going to|wants?|hopes?|expected|likely|running)\b", re.IGNORECASE)

_SUCCESSOR = re.compile(r"\b(?:new|next|incoming|interim|acting)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Succession:
    """A question for whoever took the place of somebody, or beat them: `surname` is of the one whom it names."""

    verb: str  # its first form, as a stem
    surname: str
    words: frozenset[str]  # of the question, in lower case
    is_past: bool = True  # it has happened: who only hopes to is no answer


def read_succession(question: str) -> Succession | None:
    """What a question such as "Who replaced Ada Tarn?" asks; None if it is no such question or names nobody."""
    if not _ASKS_WHO.match(question):
        return None
    verbs = [(match.end(), "replace") for match in _TAKES_OVER.finditer(question)]
    verbs += [(match.end(), match[0]) for match in _WORD.finditer(question) if reduce_verb(match[0]) in _VERBS]
    for end, verb in sorted(verbs):
        names = [name for name in find_names(question) if 0 <= name.start - end <= MAX_WORDS_BEFORE_NAME]
        surname = names[0].text.split()[-1] if names else _read_lower_name(question[end:])
        if surname:
            words = frozenset(word.lower() for word in _WORD.findall(question))
            return Succession(reduce_verb(verb), surname.lower(), words, not _ASKS_FUTURE.search(question))
    return None


def _read_lower_name(rest: str) -> str | None:
    """The last of the one or two words after a verb, where names are written without capitals: "mike leach"."""
    words = rest.strip(" ?!.").split()[:2]
    if not words or words[0].lower() in STOP_WORDS:
        return None
    return words[-1] if words[-1].lower() not in STOP_WORDS else words[0]


def names_the_other(asked: Succession, sentence: str, text: str) -> bool:
    """Whether a sentence can tell who it was: it names another person of its text, and has a word of such a change.

    Another team or country, if the question names no person. Not if the sentence says that the one whom the question
    names did it to another: "Tarn replaces Lund" is no answer to "Who replaced Tarn?".
    """
    people = {name.split()[-1].lower() for name in full_names(text) if is_person(name)}
    words = {_strip(word) for word in _WORD.findall(sentence) if word[0].isupper()} - asked.words
    if asked.surname in people:
        words &= people
    if not words - STOP_WORDS - ENGLISH.grammar.calendar_words or not _tells_change(asked, sentence):
        return False
    directions = [_is_object(asked, sentence, match) for match in _WORD.finditer(sentence) if _is_verb(asked, match[0])]
    known = [each for each in directions if each is not None]
    return not known or any(known)


def _tells_change(asked: Succession, sentence: str) -> bool:
    """Whether a sentence tells of such a change, and not only of the rise of the one whom the question names."""
    changes = list(_CHANGE.finditer(sentence)) or list(_SUCCESSOR.finditer(sentence))
    if asked.is_past:
        changes = [each for each in changes if not _is_hoped(sentence, each)]
    return not all(_is_of(asked, sentence, each) for each in changes)


def _is_hoped(sentence: str, change: re.Match[str]) -> bool:
    """Whether a change has not happened: "could replace", "the race to replace", but not "was chosen to replace"."""
    before = _BREAK.split(sentence[: change.start()])[-1]
    hope = _HOPED.search(sentence[: change.start()])
    return hope is not None and not (hope[0].strip() == "to" and _CHANGE.search(before))


def is_person(name: str) -> bool:
    """Whether a name can be that of a person: it begins with a given name, or is of no place or organisation."""
    words = name.split()
    is_known = is_given_name(words[0])
    return is_known or not (
        is_organization(name) or any(find_group(words[:count]) for count in range(1, len(words) + 1))
    )


def _is_of(asked: Succession, sentence: str, change: re.Match[str]) -> bool:
    """Whether the last name before a word of change is of the one whom the question names: their own rise."""
    before = _WORD.findall(sentence[max(0, change.start() - MAX_BETWEEN) : change.start()])
    names = [_strip(word) for word in before if word[0].isupper()]
    is_passive = _PASSIVE.search(sentence[: change.start()]) is not None
    subject = names[:2] if _INFINITIVE.search(sentence[: change.start()]) else names[-1:]
    if asked.verb in _BEATEN and change[0].lower().startswith("los"):
        return False
    return asked.surname in subject and not (is_passive and _is_verb(asked, change[0]))


def _is_verb(asked: Succession, word: str) -> bool:
    return reduce_verb(word) == asked.verb or (asked.verb in _BEATEN and reduce_verb(word) in _BEATEN)


_BEATEN = frozenset(map(reduce_verb, _BEATS.split()))


def _strip(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s")


def _is_object(asked: Succession, sentence: str, verb: re.Match[str]) -> bool | None:
    """Whether it is done to the one whom the question names; None if the sentence does not tell."""
    before = _BREAK.split(sentence[max(0, verb.start() - MAX_BETWEEN) : verb.start()])[-1].lower()
    after = _BREAK.split(sentence[verb.end() : verb.end() + MAX_BETWEEN])[0].lower()
    is_before, is_after = (re.search(rf"\b{re.escape(asked.surname)}\b", part) is not None for part in (before, after))
    if is_before == is_after:
        return None
    is_passive = _PASSIVE.search(sentence[: verb.start()]) is not None or after.lstrip().startswith("by ")
    return is_before if is_passive else is_after
