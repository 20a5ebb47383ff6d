"""Replaces the pronouns of a follow-up question by the people and things of the conversation that they refer to."""

from __future__ import annotations

import re
from functools import cached_property

from assistant.errors import QuestionError
from assistant.questions.conversation.dialogue import DialogueState
from assistant.questions.conversation.subjects import find_person_names, guess_gender
from assistant.questions.parser import parse_question
from assistant.records.query import Query
from assistant.text.formatting import join_names
from assistant.text.names import is_same_person
from assistant.text.words import STOP_WORDS, content_words

AUXILIARIES = "did|does|do|is|was|were|are|has|have|had|will|would|can|could|should"
"""Auxiliary verbs, as alternatives of a regular expression."""

_PERSONAL_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them|his|hers|their|theirs)\b(?!['’])", re.IGNORECASE)
_MALE_PRONOUNS = frozenset("he him his".split())
_FEMALE_PRONOUNS = frozenset("she her hers".split())
_GENDERS = dict.fromkeys(_MALE_PRONOUNS, "he") | dict.fromkeys(_FEMALE_PRONOUNS, "she")
_PLURAL_PRONOUNS = frozenset("they them their theirs".split())
_POSSESSIVE_PRONOUNS = frozenset("his hers their theirs".split())
_OBJECT_PRONOUNS = frozenset("him her them".split())  # the speaker in a question is none of these
_NOUN_AFTER_HER = re.compile(
    r" (?!(?:in|on|at|and|or|before|after|about|to|for|from|with|when|since|then|last|yesterday)\b)\w"
)
_CAPITALISED = re.compile(r"(?<=\s)[A-Z]")
_RESPONSE_QUESTION = re.compile(
    r"^(?:and |but )?(?:how |what )?(?:did|does|has) (?:he|she) (?:respond|react|repl(?:y|ied)|answer)", re.I
)

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
_COUNTRY = re.compile(r"\b(?:the|this|that) (?:country|nation)(?! of\b)(?=['’]s\b| |$)", re.IGNORECASE)
_TIME_PREPOSITION = re.compile(r"\b(?:before|after|since|until) $", re.IGNORECASE)
_MAX_WORDS_BEFORE_PRONOUN = 3  # with content; after more words, a pronoun refers to something in the question


class Draft:
    """A question while it is rewritten. It is parsed at most once, when its query is needed."""

    def __init__(self, text: str) -> None:
        """`text` may be any text, also one that is not a question."""
        self.text = text

    @cached_property
    def query(self) -> Query | None:
        """The parsed question; None if it has no word or is too long."""
        try:
            return parse_question(self.text)
        except QuestionError:
            return None

    @property
    def names_speaker(self) -> bool:
        """Whether the question asks for the statements of a speaker."""
        return self.query is not None and self.query.traits.names_speaker


def resolve_pronouns(text: str, dialogue: DialogueState) -> Draft:
    """Replace the pronouns that refer to something outside of the text."""
    return _resolve_people(Draft(_resolve_things(_resolve_country(text, dialogue), dialogue)), dialogue)


def _resolve_country(text: str, dialogue: DialogueState) -> str:
    """The name of the country of the conversation for "the country": "the country’s president"."""
    country = dialogue.country() if _COUNTRY.search(text) else None
    return _COUNTRY.sub(country, text) if country else text


# ----------------------------------------------------------------------------------------------------- things


def _resolve_things(text: str, dialogue: DialogueState) -> str:
    topic = dialogue.topic()
    if topic is None:
        return text
    for match in reversed(list(_THING_PRONOUN.finditer(text))):
        group = next(name for name in ("object", "last", "subject", "doing") if match[name])
        if _refers_to_topic(match, group, topic, dialogue):
            antecedent = _choose_thing(match[group].lower(), topic, dialogue)
            text = text[: match.start(group)] + antecedent + text[match.end(group) :]
    preposition = "at" if topic.lower().startswith("the ") else "in"
    return _PLACE_PRONOUN.sub(lambda _: f"{preposition} {topic}", text)


def _refers_to_topic(match: re.Match[str], group: str, topic: str, dialogue: DialogueState) -> bool:
    """Whether a pronoun can refer to the topic of the conversation."""
    pronoun, before = match[group].lower(), match.string[: match.start()]
    if pronoun in ("this", "that") and _TIME_PREPOSITION.search(before):
        return False  # "before that" is a time
    if match["next"] and match["next"].lower() not in STOP_WORDS:
        return False  # "this plan", "that Merkel called off"
    if pronoun in ("them", "those", "these") and dialogue.query.topic is None:
        return False
    words_before = content_words(match.string[: match.start(group)])
    if group != "object" and len(words_before) > _MAX_WORDS_BEFORE_PRONOUN:
        return False
    return not (pronoun == "them" and dialogue.is_person(topic))


def _choose_thing(pronoun: str, topic: str, dialogue: DialogueState) -> str:
    """The topic; or, if it is a person, the previous speakers, because "that" is what they said about the person."""
    if pronoun in ("it", "this", "that") and dialogue.query.speakers and dialogue.is_person(topic):
        return join_names(dialogue.query.speakers)
    return topic


# ----------------------------------------------------------------------------------------------------- people


def _resolve_people(draft: Draft, dialogue: DialogueState) -> Draft:
    text = draft.text
    pronouns = list(_PERSONAL_PRONOUN.finditer(text))
    if not pronouns:
        return draft
    own_speakers = _find_own_speakers(draft.query)
    excluded = list(own_speakers)  # people that the question names already
    if draft.query and draft.query.topic and dialogue.is_person(draft.query.topic):
        excluded.append(draft.query.topic)
    # In "how did he respond?", he is not the previous speaker.
    not_subject = list(dialogue.query.speakers) if _RESPONSE_QUESTION.search(text) else []
    has_both_genders = _has_both_genders(pronouns)
    antecedents: dict[str, str | None] = {}
    pieces, position = [], 0
    for match in pronouns:
        if _has_own_antecedent(match, own_speakers):
            continue
        pronoun = match[0].lower()
        if pronoun not in antecedents:
            others = excluded if pronoun in _OBJECT_PRONOUNS else [*excluded, *not_subject]
            antecedents[pronoun] = _find_antecedent(pronoun, dialogue, others, prefer_known_gender=has_both_genders)
        name = antecedents[pronoun]
        if name is not None:
            excluded.append(name)
            pieces += [text[position : match.start()], f"{name}’s" if _is_possessive(match) else name]
            position = match.end()
    return Draft("".join((*pieces, text[position:]))) if pieces else draft


def _find_own_speakers(query: Query | None) -> list[str]:
    """The speakers that the question itself names."""
    return [speaker for speaker in query.speakers if not _PERSONAL_PRONOUN.match(speaker)] if query else []


def _has_both_genders(pronouns: list[re.Match[str]]) -> bool:
    words = {match[0].lower() for match in pronouns}
    return not words.isdisjoint(_MALE_PRONOUNS) and not words.isdisjoint(_FEMALE_PRONOUNS)


def _has_own_antecedent(match: re.Match[str], own_speakers: list[str]) -> bool:
    """Whether the question itself names a person that the pronoun can refer to."""
    if own_speakers and (_is_possessive(match) or match[0].lower() not in _OBJECT_PRONOUNS):
        return True
    names_before = find_person_names(match.string[: match.start()])
    return any(not any(is_same_person(name, speaker) for speaker in own_speakers) for name in names_before)


def _is_possessive(match: re.Match[str]) -> bool:
    """Whether a noun belongs to the pronoun: "his plan", "her plan", but not "about her in March"."""
    pronoun = match[0].lower()
    if pronoun == "her":
        return _NOUN_AFTER_HER.match(match.string, match.end()) is not None
    return pronoun in _POSSESSIVE_PRONOUNS


def has_unresolved_person(draft: Draft) -> bool:
    """Whether a question contains a "he" or "she" that nobody in the question can be."""
    query = draft.query
    if query is None:
        return False
    if draft.names_speaker and not _PERSONAL_PRONOUN.fullmatch(query.speaker or ""):
        return False
    matches = _PERSONAL_PRONOUN.finditer(draft.text)
    match = next((match for match in matches if match[0].lower() not in _PLURAL_PRONOUNS), None)
    return match is not None and not _CAPITALISED.search(draft.text[: match.start()])


def _find_antecedent(
    pronoun: str, dialogue: DialogueState, excluded: list[str], *, prefer_known_gender: bool
) -> str | None:
    """The first person of the conversation that a pronoun can refer to.

    A person of unknown gender is accepted. If `prefer_known_gender`, people whose gender is known come first.
    """
    gender = _GENDERS.get(pronoun)
    if gender is None and len(group := dialogue.speakers_on_topic()) > 1:
        return join_names(group)
    candidates = [
        (name, guess_gender(dialogue.expand_name(name)))
        for name in dialogue.antecedents()
        if not any(is_same_person(name, other) for other in excluded)
    ]
    if prefer_known_gender:
        known = next((name for name, candidate_gender in candidates if candidate_gender == gender), None)
        if known is not None:
            return known
    possible = (name for name, candidate_gender in candidates if gender is None or candidate_gender in (None, gender))
    return next(possible, None)
