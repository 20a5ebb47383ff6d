"""Pronouns of a follow-up question: whom and what they stand for in the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.errors import QuestionError
from assistant.questions.dialogue import DialogueState, find_person_names, guess_gender
from assistant.questions.parser import parse_question
from assistant.records.query import Query
from assistant.text.names import is_same_person
from assistant.text.words import STOP_WORDS, content_words

_PERSONAL_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b(?!['’])", re.IGNORECASE)
_HE, _SHE = frozenset("he him his".split()), frozenset("she her hers".split())
_POSSESSIVES = frozenset("his hers their theirs".split())
_OBJECT_PRONOUNS = frozenset("him her them".split())  # who speaks is none of these
_PLURAL_PRONOUNS = frozenset("they them their theirs".split())
_CAPITALISED = re.compile(r"(?<=\s)[A-Z]")
AUXILIARIES = "did|does|do|is|was|were|are|has|have|had|will|would|can|could|should"
_PREPOSITIONS = "about on of to for against from in with by over after before since during regarding".split()
_THING_PRONOUN = re.compile(
    "(?:" + "|".join(rf"(?<=\b{word} )" for word in _PREPOSITIONS) + ")"
    r"(?P<object>it|this|that|them|these|those)(?=\W*$| (?P<next>[\w’']+))|"
    r"(?<=[a-z] )(?P<last>it|this|that|these|those|them)$|"
    rf"\b(?:{AUXILIARIES}) (?P<subject>it)\b(?! (?:true|possible|likely|known|clear|that)\b)|"
    r"\b(?:did|does|has|had|will|would) (?P<doing>this|that)\b(?= \w)",
    re.IGNORECASE,
)
_PLACE_PRONOUN = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere(?=$| (?:before|now|then|since|after|in|on|last)\b)", re.I
)


_RESPONSE_QUESTION = re.compile(
    r"^(?:and |but )?(?:how |what )?(?:did|does|has) (?:he|she) (?:respond|react|repl(?:y|ied)|answer)", re.I
)
_TIME_PREPOSITION = re.compile(r"\b(?:before|after|since|until) $", re.IGNORECASE)


def resolve_pronouns(plain: str, talk: DialogueState) -> str:
    """The words of a question with the pronouns replaced whose meaning lies outside of it."""
    return _resolve_people(_resolve_things(plain, talk), talk)


def _resolve_things(plain: str, talk: DialogueState) -> str:
    topic = talk.topic()
    if topic is None:
        return plain
    for match in reversed(list(_THING_PRONOUN.finditer(plain))):
        group = match.lastgroup if match.lastgroup != "next" else "object"
        following = match["next"]
        if match[group or 0].lower() in ("this", "that") and _TIME_PREPOSITION.search(plain[: match.start()]):
            continue  # "before that" is a time
        if group is None or (following and following.lower() not in STOP_WORDS):
            continue  # "this plan", "that Merkel called off"
        if match[group].lower() in ("them", "those", "these") and talk.query.topic is None:
            continue
        if group != "object" and len(content_words(plain[: match.start(group)])) > 3:
            continue  # what it stands for is in the question
        if match[group].lower() == "them" and talk.is_person(topic):
            continue
        meant = topic
        if talk.is_person(topic) and match[group].lower() in ("it", "this", "that") and talk.query.speakers:
            meant = join_names(talk.query.speakers)  # what they said of somebody, not somebody
        plain = plain[: match.start(group)] + meant + plain[match.end(group) :]
    place = "at" if topic.lower().startswith("the ") else "in"
    return _PLACE_PRONOUN.sub(lambda _: f"{place} {topic}", plain)


def _resolve_people(plain: str, talk: DialogueState) -> str:
    query = try_parse(plain)
    own = [speaker for speaker in query.speakers if not _PERSONAL_PRONOUN.match(speaker)] if query else []
    taken = list(own)
    if query and query.topic and talk.is_person(query.topic):
        taken.append(query.topic)
    # Whoever responds is not the one who is responded to.
    answered = list(talk.query.speakers) if _RESPONSE_QUESTION.search(plain) else []
    sexes = {
        match[0].lower() in _HE
        for match in _PERSONAL_PRONOUN.finditer(plain)
        if match[0].lower() not in _PLURAL_PRONOUNS
    }
    meant: dict[str, str | None] = {}
    position, resolved = 0, ""
    for match in _PERSONAL_PRONOUN.finditer(plain):
        owning = is_possessive(plain, match)
        inside = [
            name
            for name in find_person_names(plain[: match.start()])
            if not any(is_same_person(name, other) for other in own)
        ]
        if inside or (own and (owning or match[0].lower() not in _OBJECT_PRONOUNS)):
            continue  # it has somebody of its own that the pronoun can mean
        pronoun = match[0].lower()
        if pronoun not in meant:
            others = [*taken, *answered] if pronoun not in _OBJECT_PRONOUNS else taken
            meant[pronoun] = _find_antecedent(pronoun, talk, others, certain=len(sexes) > 1)
        name = meant[pronoun]
        if name is None:
            continue
        taken.append(name)
        resolved += plain[position : match.start()] + (f"{name}’s" if owning else name)
        position = match.end()
    return resolved + plain[position:]


def is_possessive(plain: str, match: re.Match[str]) -> bool:
    """Whether a pronoun stands before what somebody has: "his plan", "her plan", but not "about her in March"."""
    return match[0].lower() in _POSSESSIVES or (
        match[0].lower() == "her"
        and re.match(
            r" (?!(?:in|on|at|and|or|before|after|about|to|for|from|with|when|since|then|last|yesterday)\b)\w",
            plain[match.end() :],
        )
        is not None
    )


def has_unresolved_person(plain: str) -> bool:
    """Whether a question has a "he" or "she" in it that nobody in it can be."""
    query = try_parse(plain)
    if query is None or (query.traits.names_speaker and not _PERSONAL_PRONOUN.fullmatch(query.speaker or "")):
        return False
    match = next((one for one in _PERSONAL_PRONOUN.finditer(plain) if one[0].lower() not in _PLURAL_PRONOUNS), None)
    return match is not None and not _CAPITALISED.search(plain[: match.start()])


def _find_antecedent(pronoun: str, talk: DialogueState, taken: list[str], certain: bool = False) -> str | None:
    """Whom a pronoun stands for: the first who is not plainly of the other sex, and whom no other pronoun here is.

    Somebody plainly of this sex goes first where it is `certain` that two sexes are spoken of.
    """
    if pronoun not in _HE | _SHE and len(together := talk.speakers_on_topic()) > 1:
        return join_names(together)
    wanted = None if pronoun in _PLURAL_PRONOUNS else "he" if pronoun in _HE else "she"
    free = [name for name in talk.antecedents() if not any(is_same_person(name, other) for other in taken)]
    sexes = [guess_gender(talk.expand_name(name)) for name in free]
    plainly = [name for name, sex in zip(free, sexes, strict=True) if sex == wanted]
    possibly = [name for name, sex in zip(free, sexes, strict=True) if wanted is None or sex in (None, wanted)]
    return next(iter(plainly if certain and plainly else possibly), None)


def try_parse(plain: str) -> Query | None:
    """The question as it is understood, or None where there is nothing to ask."""
    try:
        return parse_question(plain)
    except QuestionError:
        return None


def join_names(people: Sequence[str]) -> str:
    """Names as one says them: A, B and C."""
    return people[0] if len(people) == 1 else ", ".join(people[:-1]) + " and " + people[-1]
