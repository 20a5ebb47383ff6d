"""How a sentence says who is speaking: the orders that names, titles and words of saying come in.

The rules read only what is outside quotation marks, which the caller has overwritten with QUOTED."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lexicon import (
    HE_TITLES,
    ING,
    MEN,
    NO_PERSON,
    NOT_A_NAME,
    NOUN,
    NOUNS_TOO,
    SAID,
    SHE_TITLES,
    SUFFIXES,
    TITLES,
    VIEWED,
    WOMEN,
)
from assistant.records import Span

Kind = Literal["name", "pronoun", "role"]
Side = Literal["before", "after", "around"]
"""Where the words stand: before the mention of the speaker, after it, or where the sentence leaves room."""

QUOTED = "\x01"  # stands for every character of a quotation
_NOT_NAMING = NOT_A_NAME | TITLES

# Every repetition below is bounded: a page of capitals must cost what any other page costs.
_NO_NAME_START = "|".join(sorted(word.capitalize() for word in NOT_A_NAME))
_CAPITAL = (
    rf"(?<![\w’'\-])(?!(?:{_NO_NAME_START})\b)(?:(?:[A-Z]\.){{2,3}}|[A-Z\u00c0-\u00dc\u0410-\u042f][\w’'\-]{{0,40}}\.?)"
)
_INNER = r"(?:de|del|della|la|le|van|von|der|den|bin|ibn|al|el|ul|du|da|dos|di)"
_NAME = rf"(?:{_CAPITAL}(?:[ \u00a0](?:{_INNER}[ \u00a0]){{0,3}}{_CAPITAL}){{0,5}})"
_ADVERBS = (
    r"(?:(?:also|then|later|has|had|have|is|was|recently|repeatedly|once|now|still|further|never|often|again|even|just|"
    r"long|first|himself|herself|once\s+again|in\s+turn|too|would|\w{2,20}ly|been|who|went\s+on\s+to|did|could|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+){0,4}"
)
# ", the chair of the board," and "(R-Ariz.)" and "of Ohio" between a name and what it says
_APPOSITIVE = (
    rf"(?:\s\([^)\x01]{{1,60}}\))?(?:\sof\s(?:the\s)?{_NAME}(?:\s(?:for|of)\s{_NAME})?)?"
    r"(?:,\s[^,\x01]{2,160}?(?:,\s[^,\x01]{2,90}?){0,3},|\s[—–-]\s[^\x01—–]{2,120}?\s[—–-]|,\s\d{1,2},)?"
)
_CUE = rf"(?P<cue>{'|'.join(dict.fromkeys(SAID + VIEWED))})"
_SAY_CUE = rf"(?P<cue>{'|'.join(SAID)})"
_ROLE_SAY_CUE = rf"(?P<cue>{'|'.join(word for word in SAID if word not in NOUNS_TOO)})"
_ING_CUE = rf"(?P<cue>{'|'.join(ING)})"

# A word of a role, "former", "chief", "Kremlin", as it stands between "said" and a name; none that begins a clause.
_NO_ROLE = (
    r"(?:he|she|it|they|we|you|i|that|there|this|these|what|how|why|if|whether|when|where|no|not|in|on|at|by|with|"
    r"for|to|as|from|after|before|during|because|and|but|was|were|is|are|has|had|have|would|will|could|should|may|might|can|"
    r"did|does|do|voted|been|being|of)"
)
_ROLE_WORD = rf"(?!{_NO_ROLE}\b)[\w’'.\-]{{1,30}}"
_AFTER_NAME = (
    r"(?=\s*(?:[,.;:—–(\x01]|$)|"
    r"\s(?:in|at|on|to|after|before|during|who|as|of|from|when|while|and|last|this|with|for|by|earlier|later)\b|"
    r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
# What stands before the subject of a verb of saying is no preposition: "a spokesman for Clinton said".
_SUBJECT = (
    r"(?<!\bto\s)(?<!\bof\s)(?<!\bin\s)(?<!\bby\s)(?<!\bwith\s)(?<!\bfor\s)(?<!\bfrom\s)(?<!\bat\s)(?<!\babout\s)"
    r"(?<!\bagainst\s)(?<!\bon\s)(?<!\bunder\s)(?<!\bthan\s)(?<!\blike\s)(?<!\band\s)"
)

_NAME_CUE = re.compile(rf"{_SUBJECT}(?P<name>{_NAME}){_APPOSITIVE}\s+{_ADVERBS}{_CUE}\b")
# "Trump's attorney, Alan Garten, said"
_SET_OFF_CUE = re.compile(rf",\s(?P<name>(?![RDI]-){_NAME}),\s+{_ADVERBS}{_CUE}\b")
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
# "…," said a veteran of the campaign: somebody, but nobody whom the sentence names
_CUE_ROLE = re.compile(
    rf"(?:\x01)['’”\"]*\s*(?<!\w){_SAY_CUE}\s+(?P<name>(?:an?|the|one|another|some|two|his|her|their)"
    rf"(?:\s{_NO_VERB}[\w’'.\-]{{1,30}}){{1,6}})"
)
_ACCORDING = re.compile(
    rf"(?P<cue>[Aa]ccording to|[Ii]n the (?:words|view) of)\s+(?:{_ROLE_WORD}\s){{0,6}}?(?P<name>{_NAME}){_AFTER_NAME}"
)
_COLON = re.compile(rf"^\s*(?P<name>{_NAME})(?P<cue>:)\s*\x01")
_SIGNED = re.compile(rf"\x01\s*(?P<cue>[-—–―]+)\s?(?P<name>{_NAME})\s*(?:[.,]|$)")
_PRONOUN_CUE = re.compile(rf"\b(?P<name>[Hh]e|[Ss]he|I|[Ww]e|[Tt]hey)\s+{_ADVERBS}{_CUE}\b")
_CUE_PRONOUN = re.compile(rf"(?:\x01|,)['’”\"]*\s*{_SAY_CUE}\s+(?P<name>he|she|they)\b")
_ROLE_CUE = re.compile(
    rf"\b(?P<name>(?:[Tt]he|{_CAPITAL}[’']s?|[Hh]is|[Hh]er|[Aa]n?|[Oo]ne|[Tt]heir)\s+(?:[\w’'\-]{{1,30}}\s){{0,4}}?[\w’'\-]{{1,30}})"
    rf"(?:,\s[^,\x01]{{2,120}}?,)?\s+{_ADVERBS}{_ROLE_SAY_CUE}\b"
)
# "… took to Twitter, writing", "… and admitted": whoever is the subject of the sentence
_ING_ALONE = re.compile(rf"(?:[,–—]\s(?:and\s|while\s|before\s)?|\sby\s|\sstatement\s){_ING_CUE}\b")
_AND_CUE = re.compile(rf"(?:,\s|\s)(?:and|but|then|or)\s{_ADVERBS}{_SAY_CUE}\b(?!\s+(?:by|of)\b)")
# Right beside a quotation, any verb will do: "…," an angry Hollande shot back.
_ANY = r"(?P<cue>[a-z]{3,14}ed|shot back|went on|put it|quips|grins)"
_QUOTE_NAME = re.compile(rf"\x01\s*(?:{_ROLE_WORD}\s){{0,7}}?(?P<name>{_NAME}){_APPOSITIVE}\s+{_ADVERBS}{_ANY}\b")
_QUOTE_VERB_NAME = re.compile(rf"\x01\s*{_ANY}\s+(?:{_ROLE_WORD}\s){{0,7}}?(?P<name>{_NAME}){_AFTER_NAME}")
# "Trump's claim that", "Mr. Trump's remark"
_POSSESSED = re.compile(rf"(?P<name>{_NAME}[’']s?)\s(?:[\w\-]{{1,20}}\s){{0,2}}?(?P<cue>{'|'.join(NOUN)})\b")

_PATTERNS: tuple[tuple[re.Pattern[str], Kind, Side], ...] = (
    (_CUE_ROLE_NAME, "name", "before"),
    (_CUE_NAME, "name", "before"),
    (_SET_OFF_CUE, "name", "around"),
    (_NAME_CUE, "name", "around"),
    (_COLON, "name", "after"),
    (_SIGNED, "name", "before"),
    (_ACCORDING, "name", "around"),
    (_PRONOUN_CUE, "pronoun", "around"),
    (_CUE_PRONOUN, "pronoun", "before"),
    (_CUE_ROLE, "role", "before"),
    (_QUOTE_NAME, "name", "before"),
    (_QUOTE_VERB_NAME, "name", "before"),
    (_ROLE_CUE, "role", "around"),
    (_POSSESSED, "name", "after"),
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where a sentence says who speaks; `name` is as written, pronouns and roles included.

    `start` and `end` enclose the mention of the speaker and the cue, offsets into the sentence.
    """

    name: str
    cue: str
    kind: Kind
    side: Side
    start: int
    end: int
    cue_start: int


def attributions(outside: str) -> list[Attribution]:
    """The attributions in a sentence, its quotations overwritten with QUOTED, in the order of their cues."""
    taken: list[Span] = []
    found: list[Attribution] = []
    for pattern, kind, side in _PATTERNS:
        for match in pattern.finditer(outside):
            span = match.span("cue")
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            name = match["name"]
            if kind == "name":
                if pattern is not _POSSESSED and re.search(r"[’']s?$", name) and not name.endswith("s’"):
                    continue
                name = " ".join(name_parts(name))
            elif kind == "role" and not _is_role(name):
                continue
            if not name or _NO_SURNAME.match(name.split()[-1]) or _passive(outside, match["cue"], span):
                continue
            taken.append(span)
            start, end = min(match.start("name"), span[0]), max(match.end("name"), span[1])
            found.append(Attribution(name, match["cue"], kind, side, start, end, span[0]))
    found.sort(key=lambda one: one.cue_start)
    return found


_NO_SURNAME = re.compile(r"^(?:[A-Z]\.?|[RDI]-.*)$")
_SIGNATURE = re.compile(rf"^\s*[-—–―]+\s?(?P<name>{_NAME})(?:[.,][^\x01]{{0,60}})?\s*$")
_TAG = re.compile(rf"^\s*(?:{_ROLE_WORD}\s){{0,5}}?(?:{_NAME}|He|She){_APPOSITIVE}\s+{_ADVERBS}{_SAY_CUE}\b")


def signed_name(outside: str) -> str | None:
    """The name that a line is, such as "— Michelle Marks, Philadelphia." under a quotation; else None."""
    match = _SIGNATURE.match(outside)
    return " ".join(name_parts(match["name"])) or None if match else None


def is_tag(outside: str) -> bool:
    """Whether a sentence only says who spoke the words before it: "Todd asked the candidate." after “…?”"""
    return QUOTED not in outside and len(outside) < 120 and _TAG.match(outside) is not None


def _passive(outside: str, cue: str, span: Span) -> bool:
    """ "was asked by", "is expected to", "was called": somebody else's words, or nobody's."""
    before = outside[max(0, span[0] - 24) : span[0]]
    return (
        cue.endswith("d")
        and re.search(r"\b(?:was|were|is|are|been|be|being|get|got)\s(?:\w+ly\s)?$", before) is not None
    )


def shared_cues(outside: str) -> Iterator[tuple[str, Span]]:
    """Cues without a subject of their own ("…, adding", "and admitted"), with their places."""
    for pattern in (_ING_ALONE, _AND_CUE):
        for match in pattern.finditer(outside):
            yield match["cue"], match.span("cue")


_SUBJECT_AT_START = re.compile(
    rf"^\W*(?:(?:[^,\x01]{{1,80}}),\s)?(?:[Bb]ut\s|[Aa]nd\s|[Yy]et\s)?(?:{_ROLE_WORD}\s){{0,5}}?(?P<name>{_NAME}|[Hh]e|[Ss]he)"
    rf"(?P<possessive>[’']s?)?{_APPOSITIVE}\s+(?:[a-z]+ly\s|also\s|then\s|later\s)?"
    r"(?:[a-z]+ed|took|has|had|was|is|went|made|gave|began|spoke|sent|came|fought|hit|shot|drew|stood|did|won|held|"
    r"[a-z]+s|told|kept|left|met|ran|saw|sought|struck|cut|put|let|led|fell|grew|rose|threw|wrote|brought|broke|laid)\b"
)


def subject_of(outside: str) -> tuple[str, Kind] | None:
    """The person whom the main clause of a sentence is about, where that is plain."""
    match = _SUBJECT_AT_START.match(outside)
    if match is None or match["possessive"]:
        return None
    name = match["name"]
    if name.lower() in ("he", "she"):
        return name, "pronoun"
    if re.search(r"[’']s?$", name):
        return None
    name = " ".join(name_parts(name))
    return (name, "name") if name else None


def _is_role(role: str) -> bool:
    """Whether words before a cue can be somebody: no verb or preposition of another clause among them."""
    return _NOT_IN_ROLE.search(role) is None


_NOT_IN_ROLE = re.compile(
    r"\b(?:that|which|was|were|is|are|has|had|have|will|would|could|should|may|might|can|did|does|do|be|been|to|and|as|if|"
    r"when|while|because|but|he|she|they|it|we|you|i|not|what|how|why|in|on|at|by|from|with|about|after|before)\b"
)


def is_person_role(role: str) -> bool:
    """Whether a definite description ("the presidential aide") can be a single person."""
    words = role.split()
    return words[0].lower() in ("the", "his", "her") and words[-1].lower() not in NO_PERSON


def has_given_name(name: str) -> bool:
    """Whether a name begins with a common given name."""
    first = name.split()[0].lower().rstrip(".")
    return " " in name and (first in MEN or first in WOMEN)


def possible_gender(name: str, titles: str = "") -> Literal["he", "she"] | None:
    """The pronoun that a name takes, by a title before it or a common given name; None where neither tells."""
    title = titles.lower().rstrip(".")
    if title in HE_TITLES:
        return "he"
    if title in SHE_TITLES:
        return "she"
    first = name.split()[0].lower().rstrip(".") if " " in name else ""
    if first in MEN:
        return "he" if first not in WOMEN else None
    return "she" if first in WOMEN else None


_DATELINE = re.compile(
    r"^\W*[A-Z][\w.’' ]{1,40}(?:,\s[\w.’' ]{1,30}){0,3}\s?\([A-Z][\w/ .]{1,30}\)\s?[-—–―]+\s|^\W*[A-Z][A-Z.’' ]{2,30}"
    r"(?:,\s[\w.’' ]{1,30}){0,2}\s[—–―-]+\s"
)


def dateline_end(paragraph: str) -> int:
    """Where the text of a paragraph begins behind a dateline such as "WASHINGTON, June 10 (UPI) —"; else 0."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0


_ROLE_BEFORE = re.compile(r"(?:[\w’'.\-]{1,30}\s){0,5}$")
_ROLE_AFTER = re.compile(r"^(?:\s\([^)]{1,60}\))?,\s(?P<role>(?:an?|the|[A-Z][\w’'\-]{0,30}[’']s)\s[^,\x01]{2,100}),")
_NO_ROLE_WORDS = frozenset([*SAID, *VIEWED, *ING]) | (NOT_A_NAME - {"of"})


def role_beside(outside: str, one: Attribution) -> str | None:
    """What a sentence calls a named speaker: "former Kremlin adviser", "the chair of the board"; else None."""
    place = outside.find(one.name.split()[0], one.start)
    if place < 0:
        return None
    match = _ROLE_BEFORE.search(outside[:place])
    words: list[str] = []
    for word in reversed(match[0].split() if match else []):
        if word.rstrip(".,").lower() in _NO_ROLE_WORDS or QUOTED in word or word.endswith(","):
            break
        words.insert(0, word)
    if words and any(word.rstrip(".").lower() in TITLES for word in words):
        return " ".join(words)
    after = _ROLE_AFTER.match(outside[place + len(one.name) :])
    return " ".join(after["role"].split()) if after else None


_NAME_ALONE = re.compile(_NAME)


def names_in(outside: str) -> Iterator[str]:
    """The names in a text, without titles, in order."""
    for match in _NAME_ALONE.finditer(outside):
        if parts := name_parts(match[0]):
            yield " ".join(parts)


_FIRST_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Queen|King|Prince|Princess|Pope)\.?\s([A-Z][\w’'-]+)")


def titled_names(outside: str) -> Iterator[tuple[str, str]]:
    """Titles that tell a pronoun, each with the word that follows: ("Mrs", "Clinton")."""
    for match in _FIRST_TITLE.finditer(outside):
        yield match[1], match[2]


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: "Sen. John McCain Jr." gives John, McCain."""
    found = re.findall(r"[\w’'\-]+(?:\.(?=\w)[\w’'\-]+)*\.?", name)
    owner = max((place for place, part in enumerate(found[:-1]) if re.search(r"(?:[’']s|s[’'])$", part)), default=-1)
    found = found[owner + 1 :]  # "CNN's Jake Tapper"
    parts = [re.sub(r"(?:[’']s|[’'])$", "", part) for part in found]
    for place in reversed(range(len(parts) - 1)):
        if parts[place].rstrip(".").lower() in _NOT_NAMING:
            parts = parts[place + 1 :]
            break
    if len(parts) == 1 and parts[0].rstrip(".").lower() in _NOT_NAMING:
        return []
    while parts and parts[-1].rstrip(".").lower() in SUFFIXES | NOT_A_NAME:
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
