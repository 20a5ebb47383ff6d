"""The grammar by which a sentence says who is speaking, written over the tags of its words: every order that names,
titles and words of saying come in."""

from __future__ import annotations

import re
from typing import Literal

MentionKind = Literal["name", "pronoun", "role"]
ContentSide = Literal["before", "after", "around"]
"""Where the words stand: before the mention of the speaker, after it, or where the sentence leaves room."""

# The grammar is written over the letters of `wordtags`. Between a subject and its verb: "has also repeatedly",
# "on Monday", "refused to"; and what may follow a name: "(R-Ariz.)", "of Ohio", ", the chair of the board,".
SUBJECT_VERB_GAP = r"(?:A|B|o?d|[wAD]d(?!,)|,A,|[wA]2(?=b)){0,7}"
NAME_MODIFIER = r"(?:\([^()Q]{1,16}\),?)?(?:o[DTNOwX]{1,6}){0,2}"
APPOSITION = (
    r"(?:,(?!c[NHD]|N,)(?:[^,:Q]|(?<=[oc])Q|(?<=oD)Q){1,40}(?:,(?!c[NHW])[^,:Q]{1,20}){0,3}(?:,|(?<=Q))|"
    r",w,|r[^,:QNHW]{2,14}|-[^-Q]{1,30}-|\([^()Q]{1,16}\))?"
)
_PARTICIPLE_PHRASE = r"(?:G[oD2wTN]{1,6})?"  # "speaking to reporters"
_UNCLOSED_APPOSITION = r"(?:,[wO]{0,3}T[oc][^,:QNH]{0,10}(?:o[DwTN]{1,6})?)?"  # ", president and owner of the club"
_CLAUSE_START = r"(?:^[cuA]?|(?<=[,Qz:\-u.]))"  # where a clause may begin
_CUE = r"(?P<cue>[SLVb]|(?<=[AB])G)"
_NOUN_PHRASE = r"[DTwONcoX,]{0,14}?"
_NAME_END = r"(?=$|[,.:\-(QoqcdruAyK2z]|w$)"  # the words behind a name that is complete
_QUOTE = r"Q[,.]?"

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
NAME_CUE = re.compile(
    rf"(?P<name>N){NAME_MODIFIER}{APPOSITION}{_UNCLOSED_APPOSITION}{_PARTICIPLE_PHRASE}{SUBJECT_VERB_GAP}{_CUE}"
)
# "Ada Brandreth, the keeper of the lock said": a comma is left out, so nothing may stand before the name
_OPENING_NAME = re.compile(
    rf"^(?P<lead>[wT]{{0,4}})(?P<name>N){NAME_MODIFIER},D?[wO]{{0,3}}T(?:o[DTwNO]{{1,6}}){{1,2}}{SUBJECT_VERB_GAP}{_CUE}"
)
_SET_OFF_CUE = re.compile(
    rf"(?P<lead>(?:[DO]|^|(?<=[,Qc.]))[wTNO]{{0,5}}[wT](?:o[DTwNO]{{1,5}})?,)(?P<name>N),{SUBJECT_VERB_GAP}{_CUE}"
)
ACCORDING_TO_NAME = re.compile(rf"(?P<cue>K)(?P<lead>{_NOUN_PHRASE})(?P<name>N){_NAME_END}")
_ACCORDING_TO_ROLE = re.compile(r"(?P<cue>K)(?P<name>[DTwON]{1,8})")
_NAME_COLON_QUOTE = re.compile(r"^(?P<lead>T?)(?P<name>N)(?:\([^()]{1,12}\))?(?P<cue>:)Q")
NAME_PARTICIPLE = re.compile(r"(?P<name>N)(?P<cue>G)(?=[,:]?Q|z|W|H|[DO]?[wT]{1,2}z)")
# "with Ada Brandreth noting", "used her speech to call for"
WITH_NAME_PARTICIPLE = re.compile(
    r"(?:^|(?<=[,\-cNwTd.)]))(?P<key>o)(?P<lead>[DwTO]{0,6})(?P<name>N)"
    r"(?:\([^()Q]{1,16}\))?(?:,[^,:QNH]{1,20},|-[^-QN]{1,30}-)?A{0,2}(?P<cue>G)(?![,.]|$)"
)
NAME_USED_TO = re.compile(
    rf"(?P<name>N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}(?P<key>w)[DOTwNdo2A]{{1,8}}?2A?(?P<cue>b|S)(?!y)"
)
# "candidates like Ada Brandreth have", "keepers — notably Ada Brandreth — say", "aides, led by Ada Brandreth, told"
GROUP_EXAMPLE = re.compile(
    rf"[wT](?P<key>[,\-]?(?:A|wq|wy|c?,?ow|o),?)(?P<lead>[DT]{{0,2}})(?P<name>N){NAME_MODIFIER}(?:,r[^,:QNH]{{2,14}})?(?:,?[\-,)])?{SUBJECT_VERB_GAP}{_CUE}"
)
_SIGNED_QUOTE = re.compile(r"Q(?P<cue>-{1,2})(?P<name>N)(?=[.,]|$)")
_PRONOUN_CUE = re.compile(rf"(?P<name>[HW]){SUBJECT_VERB_GAP}{_CUE}")
_CUE_PRONOUN = re.compile(r"(?:Q[,.]?|,)(?P<cue>S)(?P<name>[HW])(?![HN])")
CUE_BY_NAME = re.compile(rf"(?:^|B|(?<=[NTw]))A{{0,2}}(?P<cue>[SVX])y(?P<lead>{_NOUN_PHRASE})(?P<name>N){_NAME_END}")
SEVERAL_NAMES = re.compile(
    rf"{_CLAUSE_START}(?P<lead>[DTw]{{0,4}})(?P<name>N){NAME_MODIFIER}(?:,[DTwO]{{0,4}}(?P<second>N){NAME_MODIFIER})?{APPOSITION}"
    rf"c[DTwO]{{0,5}}(?P<third>N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}{_CUE}"
)
SEVERAL_ROLE = re.compile(
    rf"(?P<name>[DTw]{{0,5}}N{NAME_MODIFIER}c[DTwO]{{0,5}}N){NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}{_CUE}"
)
NAME_AND_OTHERS = re.compile(
    rf"{_CLAUSE_START}(?P<lead>[DTw]{{0,4}})(?P<name>N){NAME_MODIFIER},?c[DO][wTO]{{0,4}}[Tw](?:o[DTwNO]{{1,5}})?{SUBJECT_VERB_GAP}{_CUE}"
)
DETERMINER_CUE = re.compile(rf"(?:^|(?<=[,Q:.\-cuqz]))(?P<name>D)(?:o[DO]?[wTN]{{1,4}})?{SUBJECT_VERB_GAP}{_CUE}")
_CUE_ROLE = re.compile(rf"{_QUOTE}(?P<cue>S)(?:o?d)?(?P<name>D?[wTNO]{{1,6}}(?:o[DTwNO]{{1,6}}){{0,2}})")
_ROLE_CUE = re.compile(
    rf"(?:^|(?<=[,Q:.\-cuqzKd)]))(?P<name>(?:D|O)?[wTNOX]{{0,6}}[wTX](?:[oy][DO]?[wTNOG]{{1,5}}){{0,2}}){APPOSITION}{_PARTICIPLE_PHRASE}{SUBJECT_VERB_GAP}{_CUE}"
)
# Right beside a quotation, any verb will do: “…,” an angry Hollande shot back; Hollande hesitated: “…”
_QUOTE_NAME_VERB = re.compile(
    rf"{_QUOTE}(?P<lead>D?[wTO]{{0,7}})(?P<name>N){NAME_MODIFIER}{APPOSITION}A{{0,3}}(?P<cue>w)(?![,w])"
)
_QUOTE_VERB_NAME = re.compile(rf"{_QUOTE}(?P<cue>w)(?P<lead>D?[wTO]{{0,7}})(?P<name>N){_NAME_END}")
NAME_COLON = re.compile(
    rf"(?:^|(?<=[,Qc.]))(?P<lead>[DTw]{{0,5}})(?P<name>N){NAME_MODIFIER}{APPOSITION}[^QNH:,]{{0,14}}(?P<cue>:)Q$"
)
POSSESSIVE_CUE = re.compile(r"(?P<name>O)[wTADSV]{0,3}(?P<cue>X)(?=z|BA?z|[AB]?[:,]Q|o|2[bB])")

INVERTED_PATTERNS = (_QUOTE_CUE_NAME, _QUOTE_CUE_FAR_NAME, _CLAUSE_CUE_NAME)
PATTERNS: tuple[tuple[re.Pattern[str], MentionKind, ContentSide], ...] = (
    (_QUOTE_CUE_NAME, "name", "before"),
    (_QUOTE_CUE_FAR_NAME, "name", "before"),
    (_CLAUSE_CUE_NAME, "name", "before"),
    (NAME_CUE, "name", "around"),
    (_OPENING_NAME, "name", "around"),
    (_SET_OFF_CUE, "name", "around"),
    (GROUP_EXAMPLE, "name", "around"),
    (SEVERAL_NAMES, "name", "around"),
    (NAME_AND_OTHERS, "name", "around"),
    (NAME_USED_TO, "name", "around"),
    (WITH_NAME_PARTICIPLE, "name", "around"),
    (NAME_PARTICIPLE, "name", "after"),
    (_NAME_COLON_QUOTE, "name", "after"),
    (_SIGNED_QUOTE, "name", "before"),
    (ACCORDING_TO_NAME, "name", "around"),
    (_PRONOUN_CUE, "pronoun", "around"),
    (_CUE_PRONOUN, "pronoun", "before"),
    (CUE_BY_NAME, "name", "around"),
    (SEVERAL_ROLE, "role", "around"),
    (_CUE_ROLE, "role", "before"),
    (DETERMINER_CUE, "role", "around"),
    (_ROLE_CUE, "role", "around"),
    (_ACCORDING_TO_ROLE, "role", "around"),
    (_QUOTE_NAME_VERB, "name", "before"),
    (_QUOTE_VERB_NAME, "name", "before"),
    (NAME_COLON, "name", "after"),
    (POSSESSIVE_CUE, "name", "after"),
)
