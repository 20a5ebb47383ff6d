"""Where a name stands between the words around it: governed by a preposition, an owner or a verb, or free to speak;
and whether it is whole, not a part of a longer name.

The functions match tags of `speech.tagger` and the words between a name and a verb."""

from __future__ import annotations

import re

from assistant.speech.subjects.candidate import Candidate
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import has_given_name, is_organization

_GRAMMAR = ENGLISH.grammar

# "for the council’s Division of Locks", "in Norland’s Tarn Province": what belongs to somebody after a preposition
_OWNED_BEHIND_PREPOSITION = re.compile(r"o[DwT]{0,2}O[wT]{0,2}$")
# "authorities in Norland and the Reach", "officials from Tarn and Pelby"
_SECOND_BEHIND_PREPOSITION = re.compile(
    r"(?:o|(?<=T)2)[DO]?[wTO]{0,3}N(?:(?:o[DwTN]{1,3})?,D[wTO]{0,3}T,)?(?:,D?[Nw]){0,8},?cD?$"
)
# "people who know Ivo Tarn said", not "who Ivo Tarn said", "whose wife Ada said"
_OBJECT_OF_RELATIVE = re.compile(r"(?:r|(?<=[DTw][TN])z(?=w))[AwVSLb]{1,4}D?[wT]{0,2}$")
# "a keeper who came to see Tarn, but left early, said": in a relative clause without commas
_IN_RESTRICTIVE = re.compile(r"(?:^|[,Q:.\-c])[DO]?[wTO]{0,6}T(?:o[DTwN]{1,4})?r[^,QSL:]*$")
_BEHIND_PRONOUN = re.compile(r"[DW]o[DTOw]{0,5}$")  # "those around Mayor Tarn", "some in Norland"
_NAME_GOES_ON = re.compile(r"o[DO]?[wT]{0,2}N$")
_OBJECT_LEAD = re.compile(r"[DO][wX]{1,4}(?:o|,$)")
_STRANDED = re.compile(r"B|o(?:[o2.,\-)BS]|$)|2[o2.,\-)]")
_IS_JUDGED = re.compile(r"[^QzSLVb,.:]{0,14}B(?!D?Q)")
_IS_INDEFINITE = re.compile(rf"\b(?:{'|'.join(sorted(_GRAMMAR.indefinite_articles))})\s(?:\w+\s){{0,3}}$")
_STOPS = re.compile(r"(?:[odqcu,.:)\-]|ww?q)(?![^.;]{0,24}?Q)(?![^,.zr]{0,8}B)")
_NEW_VERB = re.compile(rf"^,\s{ENGLISH.narration.finite}\s|;")


def is_governed(tags_before: str) -> bool:
    """Whether a name after these tags is a place or part that a preposition governs, although no preposition is next.

    "scientists in China’s Tarn Province reported", "authorities in Norland and the Reach announced". A name right
    behind another one is the end of a longer name ("the centre for HIV/AIDS Prevention").
    """
    return (
        _NAME_GOES_ON.search(tags_before) is not None
        or _OWNED_BEHIND_PREPOSITION.search(tags_before) is not None
        or _SECOND_BEHIND_PREPOSITION.search(tags_before) is not None
        or _BEHIND_PRONOUN.search(tags_before) is not None
    )


def is_object_of_relative(sentence: TaggedSentence, name_start: int) -> bool:
    """Whether a name is the object of a relative clause before it: "people who know Ivo Tarn said"."""
    if sentence.tags[name_start + 1 : name_start + 2] == "," and _IN_RESTRICTIVE.search(sentence.tags, 0, name_start):
        return True
    found = _OBJECT_OF_RELATIVE.search(sentence.tags, 0, name_start)
    return found is not None and sentence.tokens[found.start()].text.lower() != ENGLISH.grammar.relative_owner


def is_object_lead(lead_tags: str) -> bool:
    """Whether the words between an inverted verb and a name are its object: "announced the nominees with Ada"."""
    return _OBJECT_LEAD.match(lead_tags) is not None


def has_new_verb(gap_text: str) -> bool:
    """Whether a name has another verb before the verb of saying: "Ada, was left out; questions surround …"."""
    return _NEW_VERB.search(gap_text) is not None


_NAMED_SUBJECT = re.compile(r"NA{0,2}[SL]")


def has_object(candidate: Candidate) -> bool:
    """Reject a verb whose object is before it: "the voters whom Ada spoke to in May", "what Ada says is true"."""
    sentence, after_cue = candidate.sentence, candidate.match.end("cue")
    if candidate.cue == ENGLISH.clauses.naming_participle and _IS_INDEFINITE.search(
        sentence.text_between(0, candidate.name_start + 1).lower()[: -len(candidate.name.text)]
    ):
        return False  # "A new crew called Bix ran"
    if candidate.cue == ENGLISH.clauses.naming_participle and _NAMED_SUBJECT.match(sentence.tags, after_cue):
        return False  # "The account called Bix claimed …"
    opener = sentence.tokens[candidate.name_start - 1].text.lower() if candidate.tags_before[-1:] in ("u", "r") else ""
    if candidate.cue_tag in "SL" and opener:
        if opener.startswith(_GRAMMAR.relative_pronoun):  # "in what Ada says will be late"
            is_clause = (
                opener == ENGLISH.grammar.relative_pronoun and sentence.tags[after_cue : after_cue + 1] in "ABQ:,"
            )
            return is_clause and _IS_JUDGED.match(sentence.tags, after_cue) is None
        is_object = opener in ("which", "whom") and not candidate.tags_before.endswith(("or", "2r"))
        if is_object and candidate.cue not in ENGLISH.reporting.plain_cues:
            return _STOPS.match(sentence.tags, after_cue) is None  # "which Ada announced in May"
    return candidate.cue_tag != "V" or not _STRANDED.match(sentence.tags, after_cue)


# ------------------------------------------------------------------------------------------ whole names

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
    if place < 0 or sentence.tags[place] in "TNOHd" or (place and sentence.tokens[place - 1].text in _NAME_LINKS):
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
