"""Words that are verbs of saying in one place and something else in another: "claims", "report", "held"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.speech.institutions import Token
from assistant.text.languages import ENGLISH
from assistant.text.names import is_organization

_REPORTING, _GRAMMAR = ENGLISH.reporting, ENGLISH.grammar

_OPENS_CONTENT = re.compile(r"[,:]?Q|z")
_MAY_BE_VERB = re.compile(r"[SVGbX]")
_PRECEDES_NOUN = re.compile(r"(?:[DO](?:[wN]|[wTN][wN])?|o)$")
_FOLLOWS_NOUN = _GRAMMAR.finite_auxiliaries | _GRAMMAR.noun_prepositions
_CLAUSE_ENDS = re.compile(r",(?!Q)")
_IS_ASIDE = re.compile(r"(?:^|[,Qq\-])[DTO]?[wT]*[NHWT]$")
_AFTER_QUOTE = re.compile(r"Q[,.]?[DTwNOHA]{0,6}$")


def disambiguate_nouns(letters: list[str], tagged: Sequence[Token]) -> str:
    """The tags with verbs of saying changed where they are something else.

    "claims" and "report" are nouns after "the" and "its", and directly before a verb. "held" and "released" are verbs
    of saying only next to a quotation or before "that".
    """
    tags = "".join(letters)
    for match in _MAY_BE_VERB.finditer(tags):
        place, letter = match.start(), match[0]
        word = tagged[place].text.lower()
        if word in _REPORTING.ambiguous_forms and not (
            _OPENS_CONTENT.match(tags, place + 1) or _AFTER_QUOTE.search(tags, max(0, place - 10), place)
        ):
            letters[place] = "w"
            continue
        if letter == "G" or (letter in "SV" and word not in _REPORTING.noun_or_verb_forms):
            continue
        before = "".join(letters[max(0, place - 3) : place])
        behind = [token.text for token in tagged[place + 1 : place + 3]]
        is_relative = behind[:1] == ["that"] and word not in _REPORTING.plain_cues
        after = behind[-1] if is_relative else "".join(behind[:1])  # "states that have rivers"
        if letters[place + 1 : place + 2] == ["z"] and before.endswith("N") and is_organization(tagged[place - 1].name):
            continue  # "the Tarn Bureau states that"
        is_after_be = before.endswith("B") and word.endswith("s")  # "got notes"
        is_noun = letter != "b" and word.endswith("s") and word not in _REPORTING.plain_cues
        if is_noun and _CLAUSE_ENDS.match(tags, place + 1) and not _IS_ASIDE.search(before):
            is_after_be = True  # "with both calls and Tarn signals, and so", but not "it leaks, Ada claims, and so"
        if is_after_be or _PRECEDES_NOUN.search(before) or after in _FOLLOWS_NOUN:
            letters[place] = "X" if word in _REPORTING.speech_nouns else "w"
    return "".join(letters)
