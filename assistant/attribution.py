"""How a sentence says who is speaking: the orders that names, titles and words of saying come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.lexicon import GROUPS, PERSONS, TITLES
from assistant.wordtags import QUOTED, Tagged

Kind = Literal["name", "pronoun", "role"]
Side = Literal["before", "after", "around"]
"""Where the words stand: before the mention of the speaker, after it, or where the sentence leaves room."""

# The grammar is written over the letters of `wordtags`. Between a subject and its verb: "has also repeatedly",
# "on Monday", "refused to"; and what may follow a name: "(R-Ariz.)", "of Ohio", ", the chair of the board,".
_GAP = r"(?:A|B|o?d|,A,|[wA]2(?=b)){0,7}"
_BESIDE = r"(?:\([^()Q]{1,16}\),?)?(?:o[DTNOw]{1,6}){0,2}"
_APART = (
    r"(?:,(?!c[NHD]|N,)(?:[^,:Q]|(?<=[oc])Q|(?<=oD)Q){1,40}(?:,(?!c[NHW])[^,:Q]{1,20}){0,3}(?:,|(?<=Q))|"
    r",w,|r[^,:QNHW]{2,14}|-[^-Q]{1,30}-|\([^()Q]{1,16}\))?"
)
_DOING = r"(?:G[oD2wTN]{1,6})?"  # "speaking to reporters"
_UNCLOSED = r"(?:,[wO]{0,3}T[oc][^,:QNH]{0,10}(?:o[DwTN]{1,6})?)?"  # ", president and owner of the club"
_CUE = r"(?P<cue>[SLVb]|(?<=[AB])G)"
_NOUN_PHRASE = r"[DTwONcoX,]{0,14}?"
_ENDS = r"(?=$|[,.:\-(QoqcdruAyK2z]|w$)"  # the words behind a name that is complete
_QUOTE = r"Q[,.]?"

_QUOTE_CUE_NAME = re.compile(rf"{_QUOTE}(?P<cue>[SV])(?:o?d)?A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
_QUOTE_CUE_FAR_NAME = re.compile(
    rf"{_QUOTE}(?P<cue>[SV])A?(?![oy2z])(?P<lead>{_NOUN_PHRASE})(?<!o)(?<!oD)(?P<name>N){_ENDS}"
)
_CLAUSE_CUE_NAME = re.compile(
    r"[,\-](?P<cue>S)(?:o?d)?(?P<lead>(?:[DO]?[Tw]{0,6}(?:o[DTwN]{1,4})?,?)?)(?P<name>N)(?=$|[.,(\-oqdru])"
)
_NAME_CUE = re.compile(rf"(?P<name>N){_BESIDE}{_APART}{_UNCLOSED}{_DOING}{_GAP}{_CUE}")
_SET_OFF_CUE = re.compile(
    rf"(?P<lead>(?:[DO]|^|(?<=[,Qc.]))[wTNO]{{0,5}}[wT](?:o[DTwNO]{{1,5}})?,)(?P<name>N),{_GAP}{_CUE}"
)
_ACCORDING = re.compile(rf"(?P<cue>K)(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
_ACCORDING_ROLE = re.compile(r"(?P<cue>K)(?P<name>[DTwON]{1,8})")
_COLON = re.compile(r"^(?P<lead>T?)(?P<name>N)(?:\([^()]{1,12}\))?(?P<cue>:)Q")
_NAME_ING = re.compile(r"(?P<name>N)(?P<cue>G)(?=[,:]?Q|z|W|H)")
_SIGNED = re.compile(r"Q(?P<cue>-{1,2})(?P<name>N)(?=[.,]|$)")
_PRONOUN_CUE = re.compile(rf"(?P<name>[HW]){_GAP}{_CUE}")
_CUE_PRONOUN = re.compile(r"(?:Q[,.]?|,)(?P<cue>S)(?P<name>[HW])(?![HN])")
_BY = re.compile(rf"(?:B|(?<=[NTw]))A{{0,2}}(?P<cue>[SVX])y(?P<lead>{_NOUN_PHRASE})(?P<name>N){_ENDS}")
_SEVERAL = re.compile(rf"(?P<name>[DTw]{{0,5}}N{_BESIDE}c[DTwO]{{0,5}}N){_BESIDE}{_APART}{_GAP}{_CUE}")
_SOME = re.compile(rf"(?:^|(?<=[,Q:.\-cuqz]))(?P<name>D)(?:o[DO]?[wTN]{{1,4}})?{_GAP}{_CUE}")
_CUE_ROLE = re.compile(rf"{_QUOTE}(?P<cue>S)(?:o?d)?(?P<name>D?[wTNO]{{1,6}}(?:o[DTwNO]{{1,6}}){{0,2}})")
_ROLE_CUE = re.compile(
    rf"(?:^|(?<=[,Q:.\-cuqzKd)]))(?P<name>(?:D|O)?[wTNOX]{{0,6}}[wTX](?:[oy][DO]?[wTNOG]{{1,5}}){{0,2}}){_APART}{_DOING}{_GAP}{_CUE}"
)
# Right beside a quotation, any verb will do: “…,” an angry Hollande shot back; Hollande hesitated: “…”
_QUOTE_NAME_VERB = re.compile(
    rf"{_QUOTE}(?P<lead>D?[wTO]{{0,7}})(?P<name>N){_BESIDE}{_APART}A{{0,3}}(?P<cue>w)(?![,w])"
)
_QUOTE_VERB_NAME = re.compile(rf"{_QUOTE}(?P<cue>w)(?P<lead>D?[wTO]{{0,7}})(?P<name>N){_ENDS}")
_NAME_COLON = re.compile(
    rf"(?:^|(?<=[,Qc.]))(?P<lead>[DTw]{{0,5}})(?P<name>N){_BESIDE}{_APART}[^QNH:,]{{0,14}}(?P<cue>:)Q$"
)
_POSSESSED = re.compile(r"(?P<name>O)[wTA]{0,2}(?P<cue>X)(?=z|[AB]?[:,]Q|o)")

_INVERTED = (_QUOTE_CUE_NAME, _QUOTE_CUE_FAR_NAME, _CLAUSE_CUE_NAME)
_PATTERNS: tuple[tuple[re.Pattern[str], Kind, Side], ...] = (
    (_QUOTE_CUE_NAME, "name", "before"),
    (_QUOTE_CUE_FAR_NAME, "name", "before"),
    (_CLAUSE_CUE_NAME, "name", "before"),
    (_NAME_CUE, "name", "around"),
    (_SET_OFF_CUE, "name", "around"),
    (_NAME_ING, "name", "after"),
    (_COLON, "name", "after"),
    (_SIGNED, "name", "before"),
    (_ACCORDING, "name", "around"),
    (_PRONOUN_CUE, "pronoun", "around"),
    (_CUE_PRONOUN, "pronoun", "before"),
    (_BY, "name", "around"),
    (_SEVERAL, "role", "around"),
    (_CUE_ROLE, "role", "before"),
    (_SOME, "role", "around"),
    (_ROLE_CUE, "role", "around"),
    (_ACCORDING_ROLE, "role", "around"),
    (_QUOTE_NAME_VERB, "name", "before"),
    (_QUOTE_VERB_NAME, "name", "before"),
    (_NAME_COLON, "name", "after"),
    (_POSSESSED, "name", "after"),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where a sentence says who speaks; `name` is without titles, or a pronoun or role as written.

    `start` and `end` enclose the mention of the speaker and the cue, offsets into the sentence. `role` is what
    stands beside the name.
    """

    name: str
    cue: str
    kind: Kind
    side: Side
    start: int
    end: int
    cue_start: int
    role: str | None = None


def attributions(sentence: Tagged) -> list[Attribution]:
    """The attributions in a sentence, in the order of their cues."""
    if not _WORTH_READING.search(sentence.tags):
        return []
    taken: set[int] = set()
    found: list[Attribution] = []
    for pattern, kind, side in _PATTERNS:
        at = 0
        while match := pattern.search(sentence.tags, at):
            at = match.start() + 1
            cue = match.start("cue")
            if cue not in taken and _holds(pattern, kind, sentence, match):
                at = match.end()
                taken.add(cue)
                found.append(_attribution(sentence, match, kind, side))
    found.sort(key=lambda one: one.cue_start)
    return [one for one in found if not (one.side == "after" and one.cue != ":" and _is_inside_another(one, found))]


_WORTH_READING = re.compile(r"[SLVbGXKQ]")


def _is_inside_another(one: Attribution, found: list[Attribution]) -> bool:
    """Whether "Trump’s claim" is spoken of by somebody else: “Ada said that Ivo’s claim …”."""
    return any(other.side != "after" and other.cue_start < one.cue_start for other in found)


def _attribution(sentence: Tagged, match: re.Match[str], kind: Kind, side: Side) -> Attribution:
    name, cue = sentence.words[match.start("name")], sentence.words[match.start("cue")]
    end = max(sentence.words[match.end("name") - 1].end, cue.end)
    lead = _LEAD.search(sentence.tags, 0, match.start("name")) if kind == "name" else None
    start = min(sentence.words[lead.start()].start if lead else name.start, cue.start)
    written = name.name if kind == "name" else sentence.span(*match.span("name"))
    role = _role_beside(sentence, match) if kind == "name" else None
    return Attribution(written, cue.text, kind, side, start, end, cue.start, role)


def _holds(pattern: re.Pattern[str], kind: Kind, sentence: Tagged, match: re.Match[str]) -> bool:
    """Whether the words that a pattern found can be a speaker and what they do."""
    tags, at = sentence.tags, match.start("name")
    cue, letter = sentence.words[match.start("cue")].text, tags[match.start("cue")]
    if letter == "w" and not cue.endswith("ed"):
        return False
    gap = tags[match.end("name") : match.start("cue")]
    if letter in "SVb" and pattern not in (_BY, _POSSESSED) and _passive(gap, cue):
        return False
    if letter == "b" and not (
        re.search(r"[A2]$", gap) or (kind != "name" and not gap and tags[match.end("name") - 1] == "T")
    ):
        return False
    if pattern in _INVERTED and (letter == "L" or (letter == "V" and not cue.endswith("ed"))):
        return False
    if tags[at] == "W" and (letter in "bG" or sentence.words[at].text.lower() not in ("they", "we", "i", "it")):
        return False
    if tags[at] == "W" and letter == "V" and sentence.words[at].text.lower() in ("i", "it"):
        return False
    if pattern is _NAME_ING and tags[:at].endswith(("o", "oD")) and sentence.words[at - 1].text not in ("of", "with"):
        return False
    if pattern is _NAME_CUE and _PLURAL_BEHIND.match(sentence.span(match.end("name"), match.start("cue"))):
        return False  # "Ada beat Ivo, analysts at the club say"
    if kind == "name":
        return _is_subject(pattern, sentence, at) and sentence.words[at].name != ""
    if pattern is _SEVERAL:
        return not tags[:at].endswith(("o", "y"))
    if pattern is _SOME:
        return sentence.words[at].text.lower() in _STANDING_ALONE
    if kind == "role":
        opens = re.match(r"[,:]?Q|z", tags[match.end("cue") :]) is not None
        return _is_role(tags[slice(*match.span("name"))], letter, opens or cue.lower() in _PLAIN)
    return True


_PLAIN = frozenset("said says say told tells added adds asked asks wrote writes noted notes".split())
_PLURAL_BEHIND = re.compile(r",\s(?:[\w’'\-]+\s){0,3}[a-z]+[^s\W]s\s(?:at|in|of|for|from|with|and)\s[^,]*$")
_STANDING_ALONE = frozenset("some many most others one another few several both all two three".split())


def _passive(gap: str, cue: str) -> bool:
    """ "was asked", "is expected": somebody else's words, or nobody's."""
    return (cue.endswith(("d", "n")) and re.search(r"BA*$", gap) is not None) or _PASSIVE_TO.search(gap) is not None


_PASSIVE_TO = re.compile(r"B[A]*[wVS]2")


def _is_subject(pattern: re.Pattern[str], sentence: Tagged, at: int) -> bool:
    """Whether nothing before a name makes it a part of something else: “a spokesman for Clinton said”."""
    before = sentence.tags[:at]
    if pattern in (_NAME_CUE, _NAME_COLON):
        if sentence.words[at].lead and re.search(r"ToD?$", before):
            return True  # "Supervisor of Elections Susan Bucher"
        return not before.endswith(("o", "oD", "y", "2", "K", "Nc", "Tc", "V", "G", "L", "X"))
    if pattern in (*_INVERTED, _ACCORDING, _BY):
        governed = before.endswith(("o", "oD", "2")) or (before.endswith("y") and pattern is not _BY)
        return not governed or bool(sentence.words[at].lead and re.search(r"ToD?$", before))
    return True


def _is_role(tags: str, letter: str, plain: bool) -> bool:
    """Whether words before a cue can be somebody: a determiner, an owner or a noun for people among them."""
    if "T" not in tags and (letter in "Vb" or not plain):
        return False  # "the largest deposit found there"
    return ("T" in tags or tags[0] in "DO") and tags[-1] != "D"


# "Justice Department senior counsel" before a name, back to where a clause begins
_LEAD = re.compile(r"(?:^|(?<=[,Q.:\-cuqz]))[DO]?[wTNO]{0,6}Tw?$")
_COURTESY = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx. Miss Dr Dr.".split())


def _role_beside(sentence: Tagged, match: re.Match[str]) -> str | None:
    """What a sentence calls a named speaker: "former Kremlin adviser", "the chair of the board"; else None."""
    at = match.start("name")
    tags = sentence.tags
    lead = re.search(r"(?:(?:[wTNO]{0,5}To)?[wTO]{0,6})$", tags[:at])
    first = lead.start() if lead else at
    word = sentence.words[at]
    before = " ".join(part for part in (sentence.span(first, at), word.lead) if part and part not in _COURTESY)
    if any(part.rstrip(".").lower() in TITLES | PERSONS for part in before.split()):
        return _without_article(before)
    after = re.match(
        r"(?:\([^()]{1,12}\))?,(?P<role>[DO]?[wTNO]{1,8}(?:o[DOwTN]{1,8}){0,3})(?=[,.Q]|$|r)", tags[at + 1 :]
    )
    if after is None:
        return None
    role = sentence.span(at + 1 + after.start("role"), at + 1 + after.end("role"))
    return _without_article(role) if "T" in after["role"] or after["role"][0] in "D" else None


def _without_article(role: str) -> str:
    return re.sub(r"^(?:an?|the)\s", "", role, flags=re.IGNORECASE)


# --------------------------------------------------------------------------------- what a sentence is about

_TAG_SENTENCE = re.compile(rf"^[wT]{{0,5}}[NH]{_BESIDE}{_APART}{_GAP}(?:[SL]|V\.?$)")
_SIGNATURE = re.compile(r"^-{1,2}(?P<name>N)(?:[.,][^Q]{0,12})?$")
_ALONE = (
    re.compile(r"(?:[,\-][cu]?|y|X|[SVw]D[wT]{0,2}T|[^oDA]c)A?(?P<cue>G)"),
    re.compile(rf"c{_GAP}(?P<cue>[SLV])(?!y)"),
)
_SUBJECT = re.compile(
    rf"^(?:[^,:QNH][^,:Q]{{0,18}},){{0,2}}[cuA]{{0,2}}(?:[DTwNO]{{0,6}}?(?P<name>[NH])|(?P<role>[DO]?[wTNO]{{0,5}}T))"
    rf"{_BESIDE}{_APART}(?:A|o?d){{0,3}}[ABSLVwb]"
)


def signed_name(sentence: Tagged) -> str | None:
    """The name that a line is, such as "— Michelle Marks, Philadelphia." under a quotation; else None."""
    match = _SIGNATURE.match(sentence.tags)
    return sentence.words[match.start("name")].name or None if match else None


def is_tag(sentence: Tagged) -> bool:
    """Whether a sentence only says who spoke the words before it: "Todd asked the candidate." after “…?”"""
    return QUOTED not in sentence.text and len(sentence.text) < 120 and _TAG_SENTENCE.match(sentence.tags) is not None


def shared_cues(sentence: Tagged) -> Iterator[tuple[str, int, int]]:
    """Cues without a subject of their own ("…, adding", "and admitted"), with their places."""
    for pattern in _ALONE:
        for match in pattern.finditer(sentence.tags):
            word = sentence.words[match.start("cue")]
            if sentence.words[match.start()].text == "or" or _passive(match[0][:-1], word.text):
                continue
            yield word.text, word.start, word.end


def subject_of(sentence: Tagged, before: int | None = None) -> tuple[str, Kind] | None:
    """The person whom the main clause of a sentence is about, where that is plain."""
    match = _SUBJECT.match(sentence.tags)
    if match is None:
        return None
    word = sentence.words[max(match.start("name"), match.start("role"))]
    if before is not None and word.start >= before:
        return None
    if match["role"]:
        return sentence.span(*match.span("role")), "role"
    return (word.text, "pronoun") if sentence.tags[match.start("name")] == "H" else (word.name, "name")


_PERSON = (re.compile(r"T(N)"), re.compile(r"(N),w,"), re.compile(r"(N),D?[wO]{0,4}T"))


def persons_in(sentence: Tagged) -> Iterator[str]:
    """The names that are plainly a person's: with a title or age, or "the director of" beside them."""
    for pattern in _PERSON:
        for match in pattern.finditer(sentence.tags):
            yield sentence.words[match.start(1)].name
    for word in sentence.words:
        if word.lead and word.lead.split()[-1].rstrip(".").lower() in TITLES | PERSONS:
            yield word.name


def is_person_role(role: str) -> bool:
    """Whether a definite description ("the presidential aide") can be a single person."""
    words = role.lower().split()
    return words[0] in ("the", "his", "her") and words[-1] in PERSONS | TITLES and words[-1] not in GROUPS


def names_in(sentence: Tagged) -> list[str]:
    """The names in a sentence, owners included, without titles, in order."""
    return [word.name for word in sentence.words if word.name]


_DATELINE = re.compile(
    r"^\W*[A-Z][\w.’' ]{1,40}(?:,\s[\w.’' ]{1,30}){0,3}\s?\([A-Z][\w/ .]{1,30}\)\s?[-—–―]+\s|^\W*[A-Z][A-Z.’' ]{2,30}"
    r"(?:,\s[\w.’' ]{1,30}){0,2}\s[—–―-]+\s"
)


def dateline_end(paragraph: str) -> int:
    """Where the text of a paragraph begins behind a dateline such as "WASHINGTON, June 10 (UPI) —"; else 0."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0
