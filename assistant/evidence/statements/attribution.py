"""Whose words an utterance is: the requested speaker's, those of who speaks for them, or another's."""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.speech.utterances import Utterance
from assistant.text.languages import ENGLISH
from assistant.text.names import name_words
from assistant.text.roles import find_occupations

MAX_MOUTHPIECE_WORDS = 4  # "Tarn’s re-election campaign team"

_MOUTHPIECES, _PREPOSITIONS = ENGLISH.people.mouthpieces, ENGLISH.grammar.prepositions
_POSSESSIVE = re.compile(r"[’']s?$")


def is_by(utterance: Utterance, names: Set[tuple[str, bool]]) -> bool:
    """Whether an utterance is by one of these speakers."""
    first = utterance.statements[0]
    if first.speaker is not None:
        return (first.speaker, True) in names
    return first.role is not None and (first.role, False) in names


def is_namesake(utterance: Utterance, occupations: Set[str]) -> bool:
    """Whether the article gives the speaker other occupations than the question does."""
    own = find_occupations(utterance.statements[0].role or "")
    return bool(occupations and own) and occupations.isdisjoint(own)


def speaks_for(role: str, surname: str) -> bool:
    """Whether a role is a body that speaks for a person: "the Tarn campaign", "Tarn’s office"."""
    words = [_POSSESSIVE.sub("", word) for word in role.lower().split()]
    is_body = words[-1] in _MOUTHPIECES and _PREPOSITIONS.isdisjoint(words)
    return is_body and surname.lower() in words[-MAX_MOUTHPIECE_WORDS:-1]


def name_other_speaker(utterance: Utterance, surname: str) -> str | None:
    """The name of another speaker. Without one, the role if it mentions the requested speaker ("Obama's aides")."""
    role = utterance.statements[0].role
    return utterance.speaker or (role if role and surname.lower() in name_words(role) else None)
