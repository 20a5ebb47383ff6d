"""Words that change what a sentence says, so that leaving one out, or adding one, makes another claim of it."""

from __future__ import annotations

from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem

_PEOPLE, _REPORTING = ENGLISH.people, ENGLISH.reporting

OPTIONAL = frozenset("a an the".split())
"""May be added or left out."""

NEGATIONS = frozenset(
    "not no never none nor neither without nobody nothing nowhere hardly scarcely barely seldom rarely".split()
)

MODALS = frozenset(
    """
    will would shall should may might can could must ought likely unlikely possibly perhaps probably maybe apparently
    reportedly allegedly supposedly purportedly seemingly seem seems seemed appear appears appeared potentially
    expected set due scheduled hopefully if unless whether until provided
    """.split()
)

CONDITIONALS = frozenset("if unless whether until provided except unlike instead rather than only".split())
"""Words after or before which a sentence cannot be cut without making it say more."""

LIMITS = frozenset(
    """
    alleged fake false proposed planned potential possible suspected so-called would-be former ex then acting interim
    deputy vice first last only most half few some many several nearly almost about around roughly approximately up
    least more less fewer under over below above all any every each part partly partially failed attempted elect
    candidate falsely wrongly mostly mainly just exactly precisely once twice another other both either between
    within
    """.split()
)

PREPOSITIONS = ENGLISH.grammar.prepositions | ENGLISH.grammar.clause_prepositions | {"to", "by", "out", "off", "down"}
CONJUNCTIONS = frozenset("and or but yet while although though because when whereas since who which whose whom".split())
PRONOUNS = frozenset(
    "he she they it him her them his hers their theirs its i we me us my our this these those you your".split()
)

_FORMS_OF_AUXILIARIES = {
    "be": "is are was were be been being am",
    "have": "has have had having",
    "do": "does do did",
}
AUXILIARIES = {form: base for base, forms in _FORMS_OF_AUXILIARIES.items() for form in forms.split()}
"""Forms of be, have and do, with the verb: their tense may differ, but none may be added or left out."""

BACKSHIFT = {"will": "would", "can": "could", "may": "might", "shall": "should"}
"""What becomes of a modal verb in reported speech."""

FIRST_PERSON = {
    "i": frozenset({"he", "she"}),
    "we": frozenset({"they"}),
    "me": frozenset({"him", "her"}),
    "us": frozenset({"them"}),
    "my": frozenset({"his", "her"}),
    "our": frozenset({"their"}),
}
"""What becomes of a speaker's own pronouns in reported speech."""

PARTS_OF_CONTRACTIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}

NEUTRAL_CUES = frozenset(
    map(stem, "say says said tell tells told state add note remark comment explain write wrote written".split())
) | {"according to", "in the words of"}
"""Verbs that only report: they may stand for any verb of `SAYING_CUES`."""

SAYING_CUES = NEUTRAL_CUES | frozenset(
    map(
        stem,
        """
        announce declare insist argue claim warn stress emphasize emphasise reply respond answer testify acknowledge
        admit confirm tweet post continue observe recall conclude reiterate repeat assert contend maintain predict
        complain caution reveal report indicate affirm clarify boast lament concede joke quip point recount
        """.split(),
    )
)
"""Verbs after which "said" is true of the same words."""

SPEAKING_FORMS = _REPORTING.speech_forms | _REPORTING.opinion_forms | _REPORTING.present_participles
OFFICES = _PEOPLE.titles | _PEOPLE.person_nouns
"""Nouns for an office or a role; a word before one makes another office of it."""
EXCLUSIVE_OFFICES = OFFICES - _PEOPLE.dependent_nouns
"""Those of which a person has hardly two: not "father" or "lawyer" of somebody, which are said beside any office."""

FAILING = frozenset(map(stem, "fail refuse decline unable reject deny avoid prevent lack stop without".split()))
"""Stems of words that deny what follows: "failed to reach" is "did not reach"."""


def guard_class(word: str) -> str | None:
    """The class of a word, in lower case, that must be in both sentences or in none; None for any other word."""
    if word in NEGATIONS:
        return "negation"
    if word in MODALS:
        return "modality"
    if word in LIMITS:
        return "limit"
    return "auxiliary" if word in AUXILIARIES else None
