"""Words that change what a sentence says, so that leaving one out, or adding one, makes another claim of it."""

from __future__ import annotations

from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem

CLAIMS = ENGLISH.claims
_PEOPLE, _REPORTING = ENGLISH.people, ENGLISH.reporting

PREPOSITIONS = ENGLISH.grammar.prepositions | ENGLISH.grammar.clause_prepositions | CLAIMS.other_prepositions

NEUTRAL_CUES = frozenset(cue if " " in cue else stem(cue) for cue in CLAIMS.neutral_cues)
"""Verbs that only report: they may stand for any verb of `SAYING_CUES`."""

SAYING_CUES = NEUTRAL_CUES | frozenset(map(stem, CLAIMS.saying_cues))
"""Verbs after which "said" is true of the same words."""

SPEAKING_FORMS = _REPORTING.speech_forms | _REPORTING.opinion_forms | _REPORTING.present_participles

OFFICES = _PEOPLE.titles | _PEOPLE.person_nouns
"""Nouns for an office or a role; a word before one makes another office of it."""

EXCLUSIVE_OFFICES = OFFICES - _PEOPLE.dependent_nouns
"""Those of which a person has hardly two: not "father" or "lawyer" of somebody, which are said beside any office."""

FAILING = frozenset(map(stem, CLAIMS.failing))
"""Stems of words that deny what follows: "failed to reach" is "did not reach"."""


def guard_class(word: str) -> str | None:
    """The class of a word, in lower case, that must be in both sentences or in none; None for any other word."""
    if word in CLAIMS.negations:
        return "negation"
    if word in CLAIMS.modals:
        return "modality"
    if word in CLAIMS.limits:
        return "limit"
    return "auxiliary" if word in CLAIMS.auxiliaries else None
