"""How a sentence says who is speaking: words of saying, names and titles, and the orders they come in.

The rules read only what is outside quotation marks, which the caller has overwritten with QUOTED."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.records import Span

Kind = Literal["name", "pronoun", "role"]

QUOTED = "\x01"  # stands for every character of a quotation

_SAID = """
    said says say told tells tell added adds add noted notes argued argues argue claimed claims claim
    wrote writes write asked asks explained explains warned warns warn acknowledged acknowledges tweeted
    tweets announced announces declared declares insisted insists responded responds replied replies
    answered answers recalled recalls suggested suggests stated states continued continues concluded
    concludes admitted admits stressed stresses emphasized emphasizes emphasised observed observes
    remarked remarks predicted predicts promised promises pledged pledges vowed vows urged urges joked
    jokes quipped lamented laments conceded concedes confirmed confirms revealed reveals reported
    reports indicated indicates testified testifies repeated repeats reiterated reiterates asserted
    asserts contended contends complained complains cautioned cautions mused shouted yelled boasted
    bragged countered counters opined retorted exclaimed commented comments deadpanned blogged posted
""".split()
_VIEWED = """
    called calls described describes accused accuses criticized criticizes criticised blamed blames
    praised praises denied denies rejected rejects dismissed dismisses endorsed endorses defended
    defends blasted blasts slammed slams attacked attacks mocked mocks cited cites questioned questions
    supports supported opposes opposed proposed proposes believes believed thinks thought wants wanted
    hopes hoped expects expected fears feared worries worried sees agreed agrees condemned condemns
    denounced denounces thanked labeled labelled likened compared compares referred refers spoke speaks
    talked talks mentioned mentions discussed discusses expressed expresses touted decried hailed
    welcomed estimates estimated knows knew recommended recommends demanded demands offered recalled
    credited alleged alleges characterized disavowed pointed disputed disputes derided ridiculed chided
    challenged doubts doubted
""".split()
_ING = """
    saying adding noting arguing calling claiming citing suggesting telling warning insisting stating
    explaining describing asking urging asserting promising vowing pledging stressing emphasizing
    tweeting writing declaring referring accusing praising blaming recalling predicting announcing
    lamenting complaining joking
""".split()

_TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sen senator rep representative gov governor gen general col lt sgt
    capt captain rev sir dame lord lady president vice prime minister mayor councillor judge justice
    speaker secretary king queen prince princess pope chancellor ambassador director chief chairman
    chairwoman former republican democratic democrat democrats gop sens reps attorney us u.s candidate
    nominee presidential foreign relief commissioner officer superintendent inspector sheriff admiral
    major bishop archbishop cardinal sister brother
    engineer spokesman spokeswoman spokesperson aide analyst adviser advisor economist lawyer coach manager author
    activist head deputy acting managing executive leader founder owner professor researcher scientist correspondent
""".split()
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_NOT_A_NAME = frozenset(
    """
    the a an and but or so if when while as at in on by for from with after before since although though
    because he she they we i you it his her their our its this that these those there here monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december what who where why how yet still then now later earlier
    meanwhile however also even not no yes well last next many some most asked both one two three
    another other others critics officials experts people republicans democrats voters according
    speaking instead indeed further moreover nobody everyone
""".split()
)


_NOT_NAMING = _NOT_A_NAME | _TITLES
# "The campaign", "the company": no person, so never taken for the one who spoke before.
_NO_PERSON = frozenset(
    """
    company campaign group report paper court government agency ministry department office statement poll survey study
    network party committee union newspaper article book memo lawsuit letter bill law administration police team family
    city state church post tweet email organization organisation association board council commission bank firm
    website site channel station broadcaster magazine journal story filing document documents complaint indictment
    embassy army military navy university school hospital pentagon kremlin house senate congress times institute
    foundation coalition movement media press public data figures survey polls
    """.split()
)

# Every repetition below is bounded: a page of capitals must cost what any other page costs.
_NO_NAME_START = "|".join(sorted(word.capitalize() for word in _NOT_A_NAME))
_CAPITAL = rf"(?<![\w’'\-])(?!(?:{_NO_NAME_START})\b)[A-Z\u00c0-\u00dc\u0410-\u042f][\w’'\-]{{0,40}}\.?"
_INNER = r"(?:de|del|della|la|le|van|von|der|den|bin|ibn|al|el|ul|du|da|dos|di|of)"
_NAME = rf"(?:{_CAPITAL}(?:[ \u00a0](?:{_INNER}[ \u00a0]){{0,3}}{_CAPITAL}){{0,5}})"
_ADVERBS = (
    r"(?:(?:also|then|later|has|had|have|is|was|recently|repeatedly|once|now|still|further|never|often|again|even|just|"
    r"long|first|himself|herself|once\s+again|in\s+turn|too|would|\w{2,20}ly|been|who|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+){0,4}"
)
# ", the chair of the board," and "(R-Ariz.)" between a name and what it says
_APPOSITIVE = r"(?:,\s[^,\x01]{2,140}?(?:,\s[^,\x01]{2,80}?)?,|\s\([^)]{1,40}\)|,\s\d{1,2},)?"
_CUE = rf"(?P<cue>{'|'.join(dict.fromkeys(_SAID + _VIEWED))})"
_SAY_CUE = rf"(?P<cue>{'|'.join(_SAID)})"
_NOUNS_TOO = {"states", "reports", "answers", "claims", "promises", "estimates", "repeats", "posted", "counters"}
_ROLE_SAY_CUE = rf"(?P<cue>{'|'.join(word for word in _SAID if word not in _NOUNS_TOO)})"
_ING_CUE = rf"(?P<cue>{'|'.join(_ING)})"

# A word of a role, "former", "chief", "Kremlin", as it stands between "said" and a name; none that begins a clause.
_NO_ROLE = (
    r"(?:he|she|it|they|we|you|i|that|there|this|these|what|how|why|if|whether|when|where|no|not|in|on|at|by|with|"
    r"for|to|as|from|after|before|during|because|and|but|was|were|is|are|has|had|have|would|will|could|should|may|might|can|"
    r"did|does|do|voted|been|being)"
)
_ROLE_WORD = rf"(?!{_NO_ROLE}\b)[\w’'.\-]{{1,30}}"
_AFTER_NAME = r"(?=\s*(?:[,.;:—–(\x01]|$)|\s(?:in|at|on|to|after|before|during|who|as|of|from|when|while|and|last)\b)"

_NAME_CUE = re.compile(rf"(?P<name>{_NAME}){_APPOSITIVE}\s+{_ADVERBS}{_CUE}\b")
# "Trump's attorney, Alan Garten, said"
_SET_OFF_CUE = re.compile(rf",\s(?P<name>{_NAME}),\s+{_ADVERBS}{_CUE}\b")
# "…," said his best friend at Lehigh, Bruce Turry, who …
_NO_VERB = r"(?!(?:he|she|it|they|we|you|i|that|what|was|were|is|are|has|had|have|would|will|could|did|does)\b)"
_CUE_ROLE_NAME = re.compile(
    rf"(?:\x01|[,—–])['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?:an?|the|his|her|their|its|another|{_CAPITAL}[’']s)"
    rf"(?:\s{_NO_VERB}[\w’'.\-]{{1,30}}){{1,14}}?,\s(?P<name>{_NAME}){_AFTER_NAME}"
)
# "…," said former Kremlin adviser Yuri Ushakov. Without a quotation before it the name must end the clause:
# "reports, said Smith," but not "reports suggested Smith had left".
_CUE_NAME = re.compile(
    rf"(?:\x01|[,—–])['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?:{_ROLE_WORD}\s){{0,7}}?(?P<name>{_NAME}){_AFTER_NAME}"
)
_ACCORDING = re.compile(
    rf"(?P<cue>[Aa]ccording to|[Ii]n the (?:words|view) of)\s+(?:{_ROLE_WORD}\s){{0,6}}?(?P<name>{_NAME}){_AFTER_NAME}"
)
_COLON = re.compile(rf"^\s*(?P<name>{_NAME})(?P<cue>:)\s*\x01")
_PRONOUN_CUE = re.compile(rf"\b(?P<name>[Hh]e|[Ss]he|[Ii]|[Ww]e|[Tt]hey)\s+{_ADVERBS}{_CUE}\b")
_CUE_PRONOUN = re.compile(rf"(?:\x01|,)['’”\"]*\s*{_SAY_CUE}\s+(?P<name>he|she|they)\b")
_ROLE_CUE = re.compile(
    rf"\b(?P<name>[Tt]he\s+(?:[\w’'\-]{{1,30}}\s){{0,4}}?[\w’'\-]{{1,30}})\s+{_ADVERBS}{_ROLE_SAY_CUE}\b"
)
_SUBJECT_ING = re.compile(rf"^\W*(?P<name>{_NAME})\b[^\x01]*?(?:[,–—]\s(?:and\s)?|\sby\s){_ING_CUE}\b")
_PRONOUN_ING = re.compile(rf"^\W*(?P<name>He|She)\b[^\x01]*?(?:[,–—]\s(?:and\s)?|\sby\s){_ING_CUE}\b")

_PATTERNS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_CUE_ROLE_NAME, "name"),
    (_CUE_NAME, "name"),
    (_SET_OFF_CUE, "name"),
    (_NAME_CUE, "name"),
    (_COLON, "name"),
    (_ACCORDING, "name"),
    (_PRONOUN_CUE, "pronoun"),
    (_CUE_PRONOUN, "pronoun"),
    (_ROLE_CUE, "role"),
    (_SUBJECT_ING, "name"),
    (_PRONOUN_ING, "pronoun"),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where a sentence says who speaks; `name` is as written, pronouns and roles included."""

    name: str
    cue: str
    kind: Kind


def attributions(outside: str) -> list[Attribution]:
    """The attributions in a sentence, its quotations overwritten with QUOTED; those by name come first."""
    taken: list[Span] = []
    found: list[Attribution] = []
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(outside):
            span = match.span("cue")
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            name = match["name"]
            if kind == "name":
                name = " ".join(name_parts(name))
            elif kind == "pronoun" and any(one.kind == "name" for one in found):
                continue  # "Clinton said she opposes it": the one who is named already
            elif kind == "role" and not _is_person(name):
                continue
            if name:
                taken.append(span)
                found.append(Attribution(name, match["cue"], kind))
    return found


def _is_person(role: str) -> bool:
    words = role.split()[1:]
    return not any(word[0].isupper() for word in words) and words[-1].lower() not in _NO_PERSON


def names_in(outside: str) -> Iterator[str]:
    """The names in a text, without titles, in order."""
    for match in _NAME_ALONE.finditer(outside):
        if parts := name_parts(match[0]):
            yield " ".join(parts)


_NAME_ALONE = re.compile(_NAME)


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: "Sen. John McCain Jr." gives John, McCain."""
    found = re.findall(r"[\w’'\-]+(?:\.(?=\w)[\w’'\-]+)*\.?", name)
    parts = [re.sub(r"(?:[’']s|[’'])$", "", part) for part in found]
    for place in reversed(range(len(parts) - 1)):
        if parts[place].rstrip(".").lower() in _NOT_NAMING:
            parts = parts[place + 1 :]
            break
    if len(parts) == 1 and parts[0].rstrip(".").lower() in _NOT_NAMING:
        return []
    while parts and parts[-1].rstrip(".").lower() in _SUFFIXES | _NOT_A_NAME:
        parts.pop()
    return [part if len(part.rstrip(".")) == 1 else part.rstrip(".") for part in parts]


def compatible_names(known: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with the same surname can be one person's, given as their words."""
    first, second = known[0].lower(), other[0].lower()
    return len(known) == 1 or len(other) == 1 or first[0] == second[0]


def same_person(asked: str, speaker: str) -> bool:
    """Whether a name in a question can mean a speaker: same surname, and no different first name.

    Names of several words that are no person's ("White House") must agree in all words that both have.
    """
    left = [part.lower().rstrip(".") for part in name_parts(asked) or asked.split()]
    right = [part.lower().rstrip(".") for part in name_parts(speaker) or speaker.split()]
    if not left or not right:
        return False
    if len(left) == 1:
        return left[0] == right[-1] or (len(right) > 1 and left[0] == right[0])
    if len(right) == 1:
        return right[0] == left[-1]
    if left[-1] != right[-1]:
        return False
    return any(a.startswith(b[:3]) or b.startswith(a[:3]) for a in left[:-1] for b in right[:-1])
