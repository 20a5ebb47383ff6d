"""The patterns by which a sentence names its speaker. They match the tags that `speech.tagger` gives its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.speech import checks
from assistant.speech.subjects import placement

MentionKind = Literal["name", "pronoun", "role"]
ContentSide = Literal["before", "after", "around"]
"""Position of the words reported: before the speaker and the verb, after them, or on either side."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One way to name a speaker. A match counts if all checks accept it.

    `regex` has the groups `name` and `cue`. `co_speakers` are its groups for further speakers; `continues` says that
    further speakers may follow the name ("said Ada and Ivo"). Without the tags that it `requires`, nothing can match.
    A group `via` is who quotes the speaker.
    """

    regex: re.Pattern[str]
    kind: MentionKind
    side: ContentSide
    accepts: tuple[checks.Check, ...]
    co_speakers: tuple[str, ...] = ()
    continues: bool = False
    requires: str = ""
    leads_with_role: bool = False  # the group `lead` belongs to the mention: "the mayor’s aide, Ada Brandreth, said"


# ------------------------------------------------------------------------------------------------ parts of patterns

# For the letters, see `speech.tagger`. Between subject and verb: "has also repeatedly", "on Monday", "refused to".
# After a name: "(R-Ariz.)", "of Ohio", ", the chair of the board,".
SUBJECT_VERB_GAP = r"(?:A|B|o?d|[wAD]d(?!,)|,A,|[wA]2(?=b)){0,7}"
NAME_MODIFIER = r"(?:\([^()Q]{1,16}\),?)?(?:o[DTNOwX]{1,6}){0,2}"
APPOSITION = (
    # ", whom Ivo called “a fool”,"; not ", whose brother, Ivo Tarn,"
    r"(?:,r[^,:Q]{1,20}Q,|,(?!c(?:o?d)?[NHD]|N,|r[wT]{1,3},[DTwO]{0,3}N,A?[SLVb])(?:[^,:Q]|(?<=[oc])Q|(?<=oD)Q){1,40}(?:,(?!c[NHW])[^,:Q]{1,20}){0,3}(?:,|(?<=Q))|"
    r",w,|r[^,:QNHW]{2,14}|-[^-Q]{1,30}-|\([^()Q]{1,16}\))?"
)
_PARTICIPLE_PHRASE = r"(?:G[oD2wTN]{1,6})?"  # "speaking to reporters"
# ", president and owner of the club", ", head of the council’s Division of Locks"
_UNCLOSED_APPOSITION = r"(?:,[wO]{0,3}T(?:[oc][^,:QNH]{0,10}(?:o[DwTN]{1,6})?|(?:o[DwTO]{1,5}N{0,2}){1,3}))?"
_CLAUSE_START = r"(?:^[cuA]?|(?<=[,Qz:\-u.]))"  # the start of a clause
_CUE = r"(?P<cue>[SLVb]|(?<=[AB])G)"
_NOUN_PHRASE = r"[DTwONcoX,]{0,14}?"
_NAME_END = r"(?=$|[,.:\-(QoqcdruAyK2z]|w$)"  # what may follow a complete name
_QUOTE = r"Q[,.]?"

# ------------------------------------------------------------------------------------------------ patterns

_QUOTE_CUE_NAME = re.compile(
    rf"{_QUOTE}(?P<cue>[SV])(?:o?d)?A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?P<name>N){_NAME_END}"
)
_QUOTE_CUE_FAR_NAME = re.compile(
    rf"{_QUOTE}(?P<cue>[SV])A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?<!o)(?<!oD)(?P<name>N){_NAME_END}"
)
_CLAUSE_CUE_NAME = re.compile(
    r"[,\-](?P<cue>S)(?:o?d)?(?P<lead>(?:[DO]?[Tw]{0,6}(?:o[DTwN]{1,4})?,?|[DO]{0,2}[TwN]{1,6}(?:o[DTwNO]{1,5}){0,2},)?)"
    r"(?P<name>N)(?=$|[.,(\-oqdru])"
)
_NAME_CUE = re.compile(
    rf"(?P<name>N){NAME_MODIFIER}{APPOSITION}{_UNCLOSED_APPOSITION}{_PARTICIPLE_PHRASE}{SUBJECT_VERB_GAP}{_CUE}"
)
# "Ada Brandreth, the keeper of the lock said": the second comma is missing, so the name must begin the sentence
_OPENING_NAME = re.compile(
    rf"^(?P<lead>[wT]{{0,4}})(?P<name>N){NAME_MODIFIER},D?[wO]{{0,3}}T(?:o[DTwNO]{{1,6}}){{1,2}}{SUBJECT_VERB_GAP}{_CUE}"
)
_SET_OFF_CUE = re.compile(
    rf"(?P<lead>(?:[DOr]|^|(?<=[,Qc.]))[wTNO]{{0,5}}[wT](?:o[DTwNO]{{1,5}})?,(?:[wO]{{0,4}}T)?)(?P<name>N){NAME_MODIFIER},{SUBJECT_VERB_GAP}{_CUE}"
)
_ACCORDING_TO_NAME = re.compile(rf"(?P<cue>K)(?P<lead>(?:[DTwONcoX,]|b(?=w?T)){{0,14}}?)(?P<name>N){_NAME_END}")
_ACCORDING_TO_ROLE = re.compile(r"(?P<cue>K)(?P<name>[DTwON]{1,8}(?:[o2][DTwON]{1,5}){0,2})")
_NAME_COLON_QUOTE = re.compile(
    r"^(?P<lead>T?(?:(?<=T)ow{1,2})?)(?P<name>N)(?:\([^()]{1,12}\))?(?:,(?:[DTwON]{0,6}T|o)[DTwONoc,]{0,24})?(?P<cue>:)Q"
)
_NAME_PARTICIPLE = re.compile(r"(?P<name>N)(?P<cue>G)(?=[,:]?Q|z|W|H|[DO]?[wT]{1,2}z)")
# "with Ada Brandreth noting", "used her speech to call for"
_WITH_NAME_PARTICIPLE = re.compile(
    r"(?:^|(?<=[,\-cNwTd.)]))(?P<key>o)(?P<lead>[DwTO]{0,6})(?P<name>N)"
    r"(?:\([^()Q]{1,16}\))?(?:,[^,:QNH]{1,20},|-[^-QN]{1,30}-)?A{0,2}(?P<cue>G)(?![,.]|$)"
)
_WITH_ROLE_PARTICIPLE = re.compile(
    r"(?:(?<=[,\-])|^)(?P<key>o)(?P<name>D[wTN]{0,4}T(?:o[DTwNO]{1,5})?)A{0,2}(?P<cue>G)(?![,.]|$)"
)
_NAME_USED_TO = re.compile(
    rf"(?P<name>N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}(?P<key>w)[DOTwNdo2A]{{1,8}}?2A?(?P<cue>b|S)(?!y)"
)
# "candidates like Ada Brandreth have", "keepers — notably Ada Brandreth — say", "aides, led by Ada Brandreth, told"
_GROUP_EXAMPLE = re.compile(
    rf"[wT](?P<key>[,\-]?(?:A|wq|wy|c?,?ow|o),?)(?P<lead>[DT]{{0,2}})(?P<name>N){NAME_MODIFIER}(?:,r[^,:QNH]{{2,14}})?(?:,?[\-,)])?{SUBJECT_VERB_GAP}{_CUE}"
)
_SIGNED_QUOTE = re.compile(r"Q(?P<cue>-{1,2})(?P<name>N)(?=[.,]|$)")
_PRONOUN_CUE = re.compile(rf"(?P<name>[HW]){SUBJECT_VERB_GAP}{_CUE}")
_CUE_PRONOUN = re.compile(r"(?:Q[,.]?|,)(?P<cue>S)(?P<name>[HW])(?=$|[.,:\-oqdc]|(?<=H)(?:2|A?G))")
_CUE_BY_NAME = re.compile(rf"(?:^|B|(?<=[NTw]))A{{0,2}}(?P<cue>[SVX])y(?P<lead>{_NOUN_PHRASE})(?P<name>N){_NAME_END}")
_SEVERAL_NAMES = re.compile(
    rf"{_CLAUSE_START}(?P<lead>[DTw]{{0,4}})(?P<name>N){NAME_MODIFIER}(?:,[DTwO]{{0,4}}(?P<second>N){NAME_MODIFIER})?{APPOSITION}"
    rf"c[DTwO]{{0,5}}(?P<third>N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}{_CUE}"
)
_SEVERAL_ROLE = re.compile(
    rf"(?P<name>[DTw]{{0,5}}N{NAME_MODIFIER}c[DTwO]{{0,5}}N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}{_CUE}"
)
_NAME_AND_OTHERS = re.compile(
    rf"{_CLAUSE_START}(?P<lead>[DTw]{{0,4}})(?P<name>N){NAME_MODIFIER},?c(?:W|[DO][wTO]{{0,4}}[Tw](?:o[DTwNO]{{1,5}})?){SUBJECT_VERB_GAP}{_CUE}"
)
_DETERMINER_CUE = re.compile(rf"(?:^|(?<=[,Q:.\-cuqz]))(?P<name>D(?:o[DO]?[wTN]{{1,4}})?){SUBJECT_VERB_GAP}{_CUE}")
_CUE_ROLE = re.compile(
    rf"{_QUOTE}(?P<cue>S)(?:o?d)?(?P<name>(?:D?[wTNO]{{1,6}}|D(?=o))(?:(?:o|(?<=T)2|(?<=Tw)2)[DTwNO]{{1,6}}){{0,2}})"
)
_ROLE_CUE = re.compile(
    rf"(?:^|(?<=[,Q:.\-cuqzKd)]))(?P<name>(?:D|O)?[wTNOX]{{0,6}}[wTX](?:(?:[oy]|(?<=T)2|(?<=Tw)2)[DO]?[wTNOG]{{1,5}}){{0,2}}){APPOSITION}{_PARTICIPLE_PHRASE}{SUBJECT_VERB_GAP}{_CUE}"
)
# The forms of a mention of somebody who is quoted, as an object and as a subject
_QUOTED: Mapping[MentionKind, str] = {
    "name": rf"(?P<lead>[DTwO]{{0,6}})(?P<name>N){NAME_MODIFIER}{APPOSITION}",
    "pronoun": r"(?P<name>[HWD])",
    "role": rf"(?P<name>[DO]?[wTNO]{{0,5}}[wT](?:[o2][DO]?[wTNO]{{1,5}}){{0,2}}){APPOSITION}",
}
_SETTING = r"(?:o?d|o[DTwNO]{1,5}){0,2}"  # "in an interview on Monday"
_AS_SAYING = rf"{_SETTING}q(?P<cue>G)"
# "The Post quoted Ada Brandreth as saying"
_QUOTED_AS = {
    kind: re.compile(rf"(?:(?P<via>[DO]?[wTNO]{{0,4}}[wTN])(?:A|o?d){{0,3}})?(?P<key>[wVG]){quoted}{_AS_SAYING}")
    for kind, quoted in _QUOTED.items()
}
# "Ada Brandreth was quoted by the Post on Monday as saying"
_IS_QUOTED_AS = {
    kind: re.compile(rf"{quoted}A{{0,3}}BA{{0,2}}(?P<key>[wVS]){_SETTING}(?:y(?P<via>[DO]?[wTNO]{{1,6}}))?{_AS_SAYING}")
    for kind, quoted in _QUOTED.items()
}
# "For Ada Brandreth, the gate is “a menace”"
_JUDGED = {
    kind: re.compile(rf"^[cA]?(?P<key>[o2]){quoted},?[DOW]?[wTNOX]{{0,6}}(?:[o2][DO]?[wTNO]{{1,4}})?(?P<cue>B)Q[,.]?$")
    for kind, quoted in _QUOTED.items()
}
# Next to a quotation, any verb reports speech: “…,” an angry Hollande shot back; Hollande hesitated: “…”
_QUOTE_NAME_VERB = re.compile(rf"{_QUOTE}(?P<lead>D?[wTO]{{0,7}})(?P<name>N){NAME_MODIFIER}A{{0,3}}(?P<cue>w)(?![,w])")
_QUOTE_VERB_NAME = re.compile(rf"{_QUOTE}(?P<cue>w)(?P<lead>D?[wTO]{{0,7}})(?P<name>N){_NAME_END}")
_QUOTE_ROLE_VERB = re.compile(rf"{_QUOTE}(?P<name>D[wTNO]{{0,4}}[wT])A?(?P<cue>w)(?=[.,]|w?\.|[oq2]|$)")
_NAME_COLON = re.compile(
    rf"(?:^|(?<=[,Q.])|(?<=[wSLV,.]c))(?P<lead>[DTw]{{0,5}})(?P<name>N)(?:(?<=,N),)?{NAME_MODIFIER}{APPOSITION}[^QNHSLV:,]{{0,14}}(?P<cue>:)Q$"
)
_POSSESSIVE_CUE = re.compile(r"(?P<name>O)[wTADSV]{0,3}(?P<cue>X)(?=z|BA?z|o|2[bB])")
_BY_OWN_ACCOUNT = re.compile(r"^[cA]?y(?P<name>O)[wA]{0,2}(?P<cue>X),")  # "By Ada Brandreth’s own admission, …"
# "In Ada Brandreth’s own words, “…”"; "Ada Brandreth’s verdict: “…”", "Her answer was “no”", "The keeper’s reply: “…”"
_OWN_WORDS = re.compile(r"(?P<name>O)[wTA]{0,2}(?P<cue>X),?Q")
_NOUN_AND_QUOTE = r"[wTADSV]{0,3}(?P<cue>[wXTSVb])(?:o?d|[o2][DTwNO]{1,4}){0,2}(?P<until>[AB]?:|BA?[,:]?)Q"
# "Ada Brandreth’s reply was not long in coming: “…”"
_NOUN_AND_COLON = r"(?P<cue>[wXTSVb])[ABwoqdDTN2]{1,9}(?P<until>:)Q$"
_POSSESSIVE_COLON = re.compile(rf"(?P<name>O){_NOUN_AND_COLON}")
_ROLE_COLON = re.compile(rf"(?P<name>^D[wT]{{0,3}}O){_NOUN_AND_COLON}")
_POSSESSIVE_QUOTE = re.compile(rf"(?P<name>O){_NOUN_AND_QUOTE}")
_HIS_QUOTE = re.compile(rf"(?:^[cA]?|(?<=[,\-]))(?P<name>D){_NOUN_AND_QUOTE}")
_ROLE_POSSESSIVE_QUOTE = re.compile(rf"(?:^[cA]?|(?<=[,\-]))(?P<name>D[wT]{{0,3}}O){_NOUN_AND_QUOTE}")
_PUT_IT = re.compile(
    rf"{_QUOTE}(?P<opening>B)u(?P<lead>[DTwO]{{0,6}})(?P<name>N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}(?P<cue>[SV]|w(?=W))"
)
# “…,” was Ada Brandreth’s reply
_QUOTE_IS_CUE = re.compile(rf"^{_QUOTE}(?P<opening>B)A?(?P<name>O)w?(?P<cue>X)(?=[,.oqu]|$)")

# ----------------------------------------------------------------------------------------------- the table

_VERB = (checks.is_active, checks.is_not_negated, placement.has_object, checks.reports_words)
_NAME = (placement.is_person_name, checks.reports_words)
_WHOLE = (placement.is_last_name, placement.is_not_abbreviated)
_NAME_VERB = (placement.is_person_name, checks.has_auxiliary, *_VERB)
_INVERTED = (checks.is_inverted_subject, checks.is_last_in_apposition, checks.can_be_inverted, *_NAME)
_SEVERAL = (checks.are_subjects, *_VERB)

_OBJECT: tuple[tuple[MentionKind, checks.Check], ...] = (
    ("name", placement.is_person_name),
    ("pronoun", checks.is_object_pronoun),
    ("role", checks.is_person_role),
)
_SUBJECT: tuple[tuple[MentionKind, tuple[checks.Check, ...]], ...] = (
    ("name", (placement.is_person_name, checks.is_subject)),
    ("pronoun", (checks.is_third_person,)),
    ("role", (checks.is_role,)),
)

# A cue belongs to the first pattern that matches.
PATTERNS = (
    *(
        Pattern(_QUOTED_AS[kind], kind, "around", (checks.has_key_quoted, accepts), requires="qG")
        for kind, accepts in _OBJECT
    ),
    *(
        Pattern(_IS_QUOTED_AS[kind], kind, "around", (checks.has_key_quoted, *accepts), requires="qG")
        for kind, accepts in _SUBJECT
    ),
    *(
        Pattern(_JUDGED[kind], kind, "after", (checks.has_key_judging, accepts), requires="BQ")
        for kind, accepts in _OBJECT
    ),
    Pattern(_PUT_IT, "name", "before", (placement.is_person_name,), requires="Q"),
    Pattern(_QUOTE_CUE_NAME, "name", "before", _INVERTED, continues=True, requires="Q"),
    Pattern(_QUOTE_CUE_FAR_NAME, "name", "before", _INVERTED, continues=True, requires="Q"),
    Pattern(_CLAUSE_CUE_NAME, "name", "before", _INVERTED, continues=True),
    Pattern(
        _NAME_CUE,
        "name",
        "around",
        (checks.is_subject, *_WHOLE, checks.has_no_plural_subject, *_NAME_VERB),
    ),
    Pattern(_OPENING_NAME, "name", "around", _NAME_VERB),
    Pattern(_SET_OFF_CUE, "name", "around", (checks.is_of_person, *_NAME_VERB), leads_with_role=True),
    Pattern(_GROUP_EXAMPLE, "name", "around", (checks.has_key_example, placement.is_person_name, *_VERB)),
    Pattern(_SEVERAL_NAMES, "name", "around", (checks.are_joined, *_SEVERAL), co_speakers=("second", "third")),
    Pattern(_NAME_AND_OTHERS, "name", "around", _SEVERAL),
    Pattern(_NAME_USED_TO, "name", "around", (checks.has_key_used, *_NAME_VERB)),
    Pattern(_WITH_NAME_PARTICIPLE, "name", "around", (checks.has_key_with, *_NAME)),
    Pattern(_WITH_ROLE_PARTICIPLE, "role", "around", (checks.has_key_with, checks.is_not_object, checks.reports_words)),
    Pattern(_NAME_PARTICIPLE, "name", "after", (checks.is_not_object, *_NAME)),
    Pattern(_NAME_COLON_QUOTE, "name", "after", _NAME, requires="Q"),
    Pattern(_SIGNED_QUOTE, "name", "before", (checks.opens_with_quotation, *_NAME), requires="Q"),
    Pattern(
        _ACCORDING_TO_NAME,
        "name",
        "around",
        (checks.is_inverted_subject, checks.is_apposed, placement.is_whole_source, *_NAME),
        continues=True,
        requires="K",
    ),
    Pattern(_PRONOUN_CUE, "pronoun", "around", (checks.is_speaking_pronoun, checks.has_auxiliary, *_VERB)),
    Pattern(_CUE_PRONOUN, "pronoun", "before", (checks.is_speaking_pronoun, checks.reports_words)),
    Pattern(_CUE_BY_NAME, "name", "around", (checks.is_agent, *_NAME)),
    Pattern(_SEVERAL_ROLE, "role", "around", (checks.is_not_governed, checks.has_auxiliary, *_VERB)),
    Pattern(_CUE_ROLE, "role", "before", (checks.is_role, checks.reports_words), requires="Q"),
    Pattern(_DETERMINER_CUE, "role", "around", (checks.is_standalone_determiner, checks.has_auxiliary, *_VERB)),
    Pattern(_ROLE_CUE, "role", "around", (checks.is_role, checks.has_auxiliary_or_plural, *_VERB)),
    Pattern(_ACCORDING_TO_ROLE, "role", "around", (checks.is_role, checks.reports_words), requires="K"),
    Pattern(
        _QUOTE_NAME_VERB, "name", "before", (checks.is_past_tense, checks.opens_with_quotation, *_NAME), requires="Q"
    ),
    Pattern(_QUOTE_VERB_NAME, "name", "before", (checks.is_past_tense, checks.ends_speech_tag, *_NAME), requires="Q"),
    Pattern(
        _QUOTE_ROLE_VERB,
        "role",
        "before",
        (checks.is_past_tense, checks.opens_with_quotation, checks.is_role),
        requires="Q",
    ),
    Pattern(_NAME_COLON, "name", "after", (checks.is_subject, placement.is_whole_name, *_NAME), requires="Q"),
    Pattern(_POSSESSIVE_CUE, "name", "after", (checks.is_of_topic, *_NAME)),
    Pattern(_BY_OWN_ACCOUNT, "name", "after", _NAME),
    Pattern(_OWN_WORDS, "name", "after", (checks.has_cue_words, *_NAME), requires="Q"),
    Pattern(_POSSESSIVE_QUOTE, "name", "after", (checks.is_quoted_noun, placement.is_person_name), requires="Q"),
    Pattern(_POSSESSIVE_COLON, "name", "after", (checks.is_quoted_noun, placement.is_person_name), requires="Q"),
    Pattern(_ROLE_COLON, "role", "after", (checks.is_quoted_noun,), requires="Q"),
    Pattern(_QUOTE_IS_CUE, "name", "before", (placement.is_person_name,), requires="Q"),
    Pattern(_HIS_QUOTE, "pronoun", "after", (checks.is_quoted_noun, checks.is_object_pronoun), requires="Q"),
    Pattern(_ROLE_POSSESSIVE_QUOTE, "role", "after", (checks.is_quoted_noun,), requires="Q"),
)
