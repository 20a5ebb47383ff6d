"""Pronouns of a follow-up question: whom and what they stand for in the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import Talk, gender, names
from assistant.errors import QuestionError
from assistant.question import parse_question
from assistant.records import Query
from assistant.wording import STOP_WORDS, content_words

_PERSONAL = re.compile(r"\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b(?!['’])", re.IGNORECASE)
_HE, _SHE = frozenset("he him his".split()), frozenset("she her hers".split())
_OWNING = frozenset("his hers their theirs".split())
AUXILIARY = "did|does|do|is|was|were|are|has|have|had|will|would|can|could|should"
_BEHIND = "about on of to for against from in with by over after before since during regarding".split()
_THING = re.compile(
    "(?:" + "|".join(rf"(?<=\b{word} )" for word in _BEHIND) + ")"
    r"(?P<object>it|this|that|them|these|those)(?=\W*$| (?P<next>[\w’']+))|"
    r"(?<=[a-z] )(?P<last>it|this|that|these|those|them)$|"
    rf"\b(?:{AUXILIARY}) (?P<subject>it)\b(?! (?:true|possible|likely|known|clear|that)\b)|"
    r"\b(?:did|does|has|had|will|would) (?P<doing>this|that)\b(?= \w)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere(?=$| (?:before|now|then|since|after|in|on|last)\b)", re.I
)


def with_names(plain: str, talk: Talk) -> str:
    """The words of a question with the pronouns replaced whose meaning lies outside of it."""
    return _with_people(_with_things(plain, talk), talk)


def _with_things(plain: str, talk: Talk) -> str:
    topic = talk.topic()
    if topic is None:
        return plain
    for match in reversed(list(_THING.finditer(plain))):
        group = match.lastgroup if match.lastgroup != "next" else "object"
        following = match["next"]
        if group is None or (following and following.lower() not in STOP_WORDS):
            continue  # "this plan", "that Merkel called off"
        if match[group].lower() in ("them", "those", "these") and talk.query.topic is None:
            continue
        if group != "object" and len(content_words(plain[: match.start(group)])) > 3:
            continue  # what it stands for is in the question
        if match[group].lower() == "them" and talk.is_person(topic):
            continue
        plain = plain[: match.start(group)] + topic + plain[match.end(group) :]
    place = "at" if topic.lower().startswith("the ") else "in"
    return _PLACE.sub(lambda _: f"{place} {topic}", plain)


def _with_people(plain: str, talk: Talk) -> str:
    query = parsed(plain)
    taken: list[str] = []
    position, resolved = 0, ""
    for match in _PERSONAL.finditer(plain):
        own = query is not None and query.speaker and query.topic != match[0]
        if own or names(plain[: match.start()]):
            continue  # it has somebody of its own that the pronoun can mean
        name = _meant(match[0].lower(), talk, taken)
        if name is None:
            continue
        taken.append(name)
        owning = match[0].lower() in _OWNING or (
            match[0].lower() == "her" and re.match(r" (?!in\b|on\b|at\b)\w", plain[match.end() :])
        )
        resolved += plain[position : match.start()] + (f"{name}’s" if owning else name)
        position = match.end()
    return resolved + plain[position:]


def _meant(pronoun: str, talk: Talk, taken: list[str]) -> str | None:
    """Whom a pronoun stands for: the first who is not plainly of the other sex, and whom no other pronoun here is."""
    if pronoun not in _HE | _SHE and len(together := talk.query.speakers) > 1:
        return listed(together)
    for name in talk.people():
        sex = gender(talk.full(name))
        fits = sex is None or pronoun in (_HE if sex == "he" else _SHE) or pronoun not in _HE | _SHE
        if fits and name not in taken:
            return name
    return None


def parsed(plain: str) -> Query | None:
    """The question as it is understood, or None where there is nothing to ask."""
    try:
        return parse_question(plain)
    except QuestionError:
        return None


def listed(people: Sequence[str]) -> str:
    """Names as one says them: A, B and C."""
    return people[0] if len(people) == 1 else ", ".join(people[:-1]) + " and " + people[-1]
