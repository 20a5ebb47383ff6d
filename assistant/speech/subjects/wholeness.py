"""Checks that the name of a possible speaker is whole: not a part of a longer name, of a title or of a description."""

from __future__ import annotations

import re

from assistant.speech.subjects.candidate import Candidate
from assistant.text.languages import ENGLISH
from assistant.text.names import has_given_name, is_organization

_GRAMMAR = ENGLISH.grammar
_LINKING_WORDS = _GRAMMAR.prepositions | _GRAMMAR.clause_prepositions | _GRAMMAR.conjunctions | _GRAMMAR.negations
_INITIALS = re.compile(r" \(([A-Z][A-Z\-]{2,9})\)")
_SPEAKS_FOR = re.compile(r"\([^()]{1,8}\)w?T")
_GOES_ON = re.compile(r"c(?:O|NT)")
_OWNED = re.compile(r"Ow*$")
_NAME_LINKS = frozenset({"of", "from", "for"})
_VERB_GAP = re.compile(r"[ABd2]*$")


def is_person_name(candidate: Candidate) -> bool:
    """Reject titles alone, and names that are a rest: "Club President On Pellew: ‘…’", "Bread Not Joy said"."""
    return candidate.name.name != "" and not _is_cut(candidate)


def _is_cut(candidate: Candidate) -> bool:
    """Whether a capitalized word that is part of no name stands before a name, or at the end of its titles.

    Articles, days, and the field of an office ("Minister of Information Ada Tarn") can stand there.
    """
    sentence, place, lead = candidate.sentence, candidate.name_start - 1, candidate.name.lead.lower().split()
    if lead and (len(lead) > 1 or place >= 0) and lead[-1] in _LINKING_WORDS:
        return True
    if place < 0 or sentence.tags[place] in "TNOHd" or sentence.tokens[place - 1].text in _NAME_LINKS:
        return False
    before = sentence.tokens[place]
    is_opening = sentence.tags[place] != "W" and (place == 0 or sentence.tags[place - 1] in ".:(")
    is_adjacent = before.end + 1 == candidate.name.start and not is_opening
    return before.text[0].isupper() and is_adjacent and before.text.lower() not in _GRAMMAR.articles


def is_not_abbreviated(candidate: Candidate) -> bool:
    """Reject the end of a longer name, as the letters behind it show: "Center for Research and Education (C-FRE)"."""
    short = _INITIALS.match(candidate.sentence.text, candidate.name.end)
    is_whole = short is None or (short[1][0] == candidate.name.name[0] and "-" not in short[1])
    return is_whole or " " in candidate.name.name


def is_whole_source(candidate: Candidate) -> bool:
    """Reject the first word of a name with a preposition in it, and things: "Notes from Tarn", "Ada’s Plan"."""
    name = candidate.name.name
    lead = candidate.sentence.tags[slice(*candidate.match.span("lead"))]
    if _OWNED.search(lead) and not has_given_name(name) and not is_organization(name):
        return False
    if _GOES_ON.match(candidate.sentence.tags, candidate.name_end):
        return False  # "according to the Food and Drug Administration’s schedule", "Customs and Coast officials"
    if _SPEAKS_FOR.match(candidate.sentence.tags, candidate.name_end):
        return False  # "according to a Tarn (TRN) spokesman"
    behind = [word.text for word in candidate.sentence.tokens[candidate.name_end : candidate.name_end + 2]]
    is_part = len(behind) == 2 and behind[0] in _NAME_LINKS and behind[1][0].isupper()
    return " " in candidate.name.name or not is_part


def is_whole_name(candidate: Candidate) -> bool:
    """Reject a name before the noun to which it belongs: "the Tarn campaign recycled a statement: …"."""
    return candidate.sentence.tags[candidate.name_end : candidate.name_end + 1] != "T"


def is_last_name(candidate: Candidate) -> bool:
    """Reject a body before the name of who speaks for it: "League of Keepers president Ivo Tarn said"."""
    sentence = candidate.sentence
    last = sentence.tags.rfind("N", candidate.name_end, candidate.cue_start)
    if last < 0 or "," in sentence.tags[candidate.name_end : last]:
        return True
    is_titled = sentence.tags[last - 1] == "T" or sentence.tokens[last].lead != ""
    if has_given_name(candidate.name.name) and not has_given_name(sentence.tokens[last].name):
        return True  # "Ada Brandreth of the keepers’ group Pelby Watch said"
    return not (is_titled and _VERB_GAP.match(sentence.tags[last + 1 : candidate.cue_start]))
