"""The grammar by which a sentence says who is speaking, written over the tags of its words: every order that names,
titles and words of saying come in."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["name", "pronoun", "role"]
Side = Literal["before", "after", "around"]
"""Where the words stand: before the mention of the speaker, after it, or where the sentence leaves room."""

# The grammar is written over the letters of `wordtags`. Between a subject and its verb: "has also repeatedly",
# "on Monday", "refused to"; and what may follow a name: "(R-Ariz.)", "of Ohio", ", the chair of the board,".
GAP = r"(?:A|B|o?d|[wAD]d(?!,)|,A,|[wA]2(?=b)){0,7}"
BESIDE = r"(?:\([^()Q]{1,16}\),?)?(?:o[DTNOwX]{1,6}){0,2}"
APART = (
    r"(?:,(?!c[NHD]|N,)(?:[^,:Q]|(?<=[oc])Q|(?<=oD)Q){1,40}(?:,(?!c[NHW])[^,:Q]{1,20}){0,3}(?:,|(?<=Q))|"
    r",w,|r[^,:QNHW]{2,14}|-[^-Q]{1,30}-|\([^()Q]{1,16}\))?"
)
_DOING = r"(?:G[oD2wTN]{1,6})?"  # "speaking to reporters"
_UNCLOSED = r"(?:,[wO]{0,3}T[oc][^,:QNH]{0,10}(?:o[DwTN]{1,6})?)?"  # ", president and owner of the club"
_CLAUSE = r"(?:^[cuA]?|(?<=[,Qz:\-u.]))"  # where a clause may begin
_CUE = r"(?P<cue>[SLVb]|(?<=[AB])G)"
_NOUN_PHRASE = r"[DTwONcoX,]{0,14}?"
_ENDS = r"(?=$|[,.:\-(QoqcdruAyK2z]|w$)"  # the words behind a name that is complete
_QUOTE = r"Q[,.]?"

_QUOTE_CUE_NAME = re.compile(rf"{_QUOTE}(?P<cue>[SV])(?:o?d)?A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
_QUOTE_CUE_FAR_NAME = re.compile(
    rf"{_QUOTE}(?P<cue>[SV])A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?<!o)(?<!oD)(?P<name>N){_ENDS}"
)
_CLAUSE_CUE_NAME = re.compile(
    r"[,\-](?P<cue>S)(?:o?d)?(?P<lead>(?:[DO]?[Tw]{0,6}(?:o[DTwN]{1,4})?,?|[DO]{0,2}[TwN]{1,6}(?:o[DTwNO]{1,5}){0,2},)?)"
    r"(?P<name>N)(?=$|[.,(\-oqdru])"
)
NAME_CUE = re.compile(rf"(?P<name>N){BESIDE}{APART}{_UNCLOSED}{_DOING}{GAP}{_CUE}")
# "Ada Brandreth, the keeper of the lock said": a comma is left out, so nothing may stand before the name
_OPENING_NAME = re.compile(
    rf"^(?P<lead>[wT]{{0,4}})(?P<name>N){BESIDE},D?[wO]{{0,3}}T(?:o[DTwNO]{{1,6}}){{1,2}}{GAP}{_CUE}"
)
_SET_OFF_CUE = re.compile(
    rf"(?P<lead>(?:[DO]|^|(?<=[,Qc.]))[wTNO]{{0,5}}[wT](?:o[DTwNO]{{1,5}})?,)(?P<name>N),{GAP}{_CUE}"
)
ACCORDING = re.compile(rf"(?P<cue>K)(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
_ACCORDING_ROLE = re.compile(r"(?P<cue>K)(?P<name>[DTwON]{1,8})")
_COLON = re.compile(r"^(?P<lead>T?)(?P<name>N)(?:\([^()]{1,12}\))?(?P<cue>:)Q")
NAME_ING = re.compile(r"(?P<name>N)(?P<cue>G)(?=[,:]?Q|z|W|H|[DO]?[wT]{1,2}z)")
# "with Ada Brandreth noting", "used her speech to call for"
WITH_NAME_ING = re.compile(
    r"(?:^|(?<=[,\-cNwTd.)]))(?P<key>o)(?P<lead>[DwTO]{0,6})(?P<name>N)"
    r"(?:\([^()Q]{1,16}\))?(?:,[^,:QNH]{1,20},|-[^-QN]{1,30}-)?A{0,2}(?P<cue>G)(?![,.]|$)"
)
NAME_USED_TO = re.compile(rf"(?P<name>N){BESIDE}{APART}{GAP}(?P<key>w)[DOTwNdo2A]{{1,8}}?2A?(?P<cue>b|S)(?!y)")
# "candidates like Ada Brandreth have", "keepers — notably Ada Brandreth — say", "aides, led by Ada Brandreth, told"
ONE_OF_THEM = re.compile(
    rf"[wT](?P<key>[,\-]?(?:A|wq|wy|c?,?ow|o),?)(?P<lead>[DT]{{0,2}})(?P<name>N){BESIDE}(?:,r[^,:QNH]{{2,14}})?(?:,?[\-,)])?{GAP}{_CUE}"
)
_SIGNED = re.compile(r"Q(?P<cue>-{1,2})(?P<name>N)(?=[.,]|$)")
_PRONOUN_CUE = re.compile(rf"(?P<name>[HW]){GAP}{_CUE}")
_CUE_PRONOUN = re.compile(r"(?:Q[,.]?|,)(?P<cue>S)(?P<name>[HW])(?![HN])")
BY = re.compile(rf"(?:^|B|(?<=[NTw]))A{{0,2}}(?P<cue>[SVX])y(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
SEVERAL = re.compile(
    rf"{_CLAUSE}(?P<lead>[DTw]{{0,4}})(?P<name>N){BESIDE}(?:,[DTwO]{{0,4}}(?P<second>N){BESIDE})?{APART}"
    rf"c[DTwO]{{0,5}}(?P<third>N){BESIDE}{APART}{GAP}{_CUE}"
)
SEVERAL_ROLE = re.compile(rf"(?P<name>[DTw]{{0,5}}N{BESIDE}c[DTwO]{{0,5}}N){BESIDE}{APART}{GAP}{_CUE}")
AND_OTHERS = re.compile(
    rf"{_CLAUSE}(?P<lead>[DTw]{{0,4}})(?P<name>N){BESIDE},?c[DO][wTO]{{0,4}}[Tw](?:o[DTwNO]{{1,5}})?{GAP}{_CUE}"
)
SOME = re.compile(rf"(?:^|(?<=[,Q:.\-cuqz]))(?P<name>D)(?:o[DO]?[wTN]{{1,4}})?{GAP}{_CUE}")
_CUE_ROLE = re.compile(rf"{_QUOTE}(?P<cue>S)(?:o?d)?(?P<name>D?[wTNO]{{1,6}}(?:o[DTwNO]{{1,6}}){{0,2}})")
_ROLE_CUE = re.compile(
    rf"(?:^|(?<=[,Q:.\-cuqzKd)]))(?P<name>(?:D|O)?[wTNOX]{{0,6}}[wTX](?:[oy][DO]?[wTNOG]{{1,5}}){{0,2}}){APART}{_DOING}{GAP}{_CUE}"
)
# Right beside a quotation, any verb will do: “…,” an angry Hollande shot back; Hollande hesitated: “…”
_QUOTE_NAME_VERB = re.compile(rf"{_QUOTE}(?P<lead>D?[wTO]{{0,7}})(?P<name>N){BESIDE}{APART}A{{0,3}}(?P<cue>w)(?![,w])")
_QUOTE_VERB_NAME = re.compile(rf"{_QUOTE}(?P<cue>w)(?P<lead>D?[wTO]{{0,7}})(?P<name>N){_ENDS}")
NAME_COLON = re.compile(
    rf"(?:^|(?<=[,Qc.]))(?P<lead>[DTw]{{0,5}})(?P<name>N){BESIDE}{APART}[^QNH:,]{{0,14}}(?P<cue>:)Q$"
)
POSSESSED = re.compile(r"(?P<name>O)[wTADSV]{0,3}(?P<cue>X)(?=z|BA?z|[AB]?[:,]Q|o|2[bB])")

INVERTED = (_QUOTE_CUE_NAME, _QUOTE_CUE_FAR_NAME, _CLAUSE_CUE_NAME)
PATTERNS: tuple[tuple[re.Pattern[str], Kind, Side], ...] = (
    (_QUOTE_CUE_NAME, "name", "before"),
    (_QUOTE_CUE_FAR_NAME, "name", "before"),
    (_CLAUSE_CUE_NAME, "name", "before"),
    (NAME_CUE, "name", "around"),
    (_OPENING_NAME, "name", "around"),
    (_SET_OFF_CUE, "name", "around"),
    (ONE_OF_THEM, "name", "around"),
    (SEVERAL, "name", "around"),
    (AND_OTHERS, "name", "around"),
    (NAME_USED_TO, "name", "around"),
    (WITH_NAME_ING, "name", "around"),
    (NAME_ING, "name", "after"),
    (_COLON, "name", "after"),
    (_SIGNED, "name", "before"),
    (ACCORDING, "name", "around"),
    (_PRONOUN_CUE, "pronoun", "around"),
    (_CUE_PRONOUN, "pronoun", "before"),
    (BY, "name", "around"),
    (SEVERAL_ROLE, "role", "around"),
    (_CUE_ROLE, "role", "before"),
    (SOME, "role", "around"),
    (_ROLE_CUE, "role", "around"),
    (_ACCORDING_ROLE, "role", "around"),
    (_QUOTE_NAME_VERB, "name", "before"),
    (_QUOTE_VERB_NAME, "name", "before"),
    (NAME_COLON, "name", "after"),
    (POSSESSED, "name", "after"),
)
