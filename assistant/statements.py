"""Who says what in an article: sentences that report speech, and the speaker where the text names one.

Rules over the words outside quotation marks. A speaker is left out rather than guessed: a statement given to
the wrong person is worse than one given to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.chunking import paragraph_spans
from assistant.records import Article, Span, Statement

MERGED_CHARACTERS = 700  # a quotation that runs over several sentences is shown whole up to this length

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

_CAPITAL = r"[A-Z\u00c0-\u00dc\u0410-\u042f][\w’'\-]*\.?"
_INNER = r"(?:de|del|della|la|le|van|von|der|den|bin|ibn|al|el|ul|du|da|dos|di|of)"
_NAME = rf"(?:{_CAPITAL}(?:\s+(?:{_INNER}\s+)*{_CAPITAL})*)"
_ADVERBS = (
    r"(?:(?:also|then|later|has|had|have|is|was|recently|repeatedly|once|now|still|further|never|often|again|even|just|"
    r"himself|herself|once\s+again|in\s+turn|too|would|\w+ly|been|who|reportedly|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+){0,4}"
)
# ", the chair of the board," and "(R-Ariz.)" between a name and what it says
_APPOSITIVE = r"(?:,\s[^,\x01]{2,90}?(?:,\s[^,\x01]{2,60}?)?,|\s\([^)]{1,40}\)|,\s\d{1,2},)?"
_CUE = rf"(?P<cue>{'|'.join(dict.fromkeys(_SAID + _VIEWED))})"
_SAY_CUE = rf"(?P<cue>{'|'.join(_SAID)})"

_NAME_CUE = re.compile(rf"(?P<name>{_NAME}){_APPOSITIVE}\s+{_ADVERBS}{_CUE}\b")
# "…," said Smith. Without a quotation before it the name must end the clause: "reports, said Smith," but not
# "reports suggested Smith had left".
_CUE_NAME = re.compile(
    rf"(?:\x01['’”\"]*\s*|[,—–]\s*(?=[^\x01]{{0,80}}?(?:[,.;]|$)))(?<!\w){_SAY_CUE}\s+(?:the\s+)?"
    rf"(?P<name>(?:[a-z]+\s+){{0,4}}?{_NAME})(?!\s+(?:had|has|have|was|were|is|are|would|will|could)\b)"
)
_ACCORDING = re.compile(
    rf"(?P<cue>[Aa]ccording to|[Ii]n the (?:words|view) of)\s+(?:[a-z]+\s+){{0,5}}?(?P<name>{_NAME})"
)
_COLON = re.compile(rf"^\s*(?P<name>{_NAME})(?P<cue>:)\s*\x01")
_PRONOUN_CUE = re.compile(rf"\b(?P<name>[Hh]e|[Ss]he|[Ii]|[Ww]e|[Tt]hey)\s+{_ADVERBS}{_CUE}\b")
_CUE_PRONOUN = re.compile(rf"(?:\x01['’”\"]*|,['’”\"]*)\s*{_SAY_CUE}\s+(?P<name>he|she|they)\b")
_ROLE_CUE = re.compile(rf"\b(?P<name>[Tt]he\s+(?:[\w’'\-]+\s+){{0,4}}?[\w’'\-]+)\s+{_ADVERBS}{_SAY_CUE}\b")
_SUBJECT_ING = re.compile(rf"^\W*(?P<name>{_NAME})\b[^\x01]*?,\s(?:and\s)?(?P<cue>{'|'.join(_ING)})\b")
_PRONOUN_ING = re.compile(rf"^\W*(?P<name>He|She)\b[^\x01]*?,\s(?:and\s)?(?P<cue>{'|'.join(_ING)})\b")

_TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sen senator rep representative gov governor gen general col lt sgt
    capt captain rev sir dame lord lady president vice prime minister mayor councillor judge justice
    speaker secretary king queen prince princess pope chancellor ambassador director chief chairman
    chairwoman former republican democratic democrat democrats gop sens reps attorney us u.s candidate
    nominee presidential foreign relief commissioner officer superintendent inspector sheriff admiral
    major bishop archbishop cardinal sister brother
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


@dataclass(frozen=True, slots=True)
class _Attribution:
    name: str  # as written, a pronoun or a role included
    cue: str
    kind: str  # "name", "pronoun" or "role"
    at: int


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article in order. `sentences` are its sentence spans."""
    return list(_Reader(article).read(sentences))


class _Reader:
    """Goes through an article once, remembering who has been named and who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._full_names: dict[str, str] = {}  # surname in lower case -> fullest name so far
        self._last_speaker: str | None = None
        self._last_named: str | None = None  # the only person named in the sentence before
        self._paragraphs_since = 0

    def read(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        text = self._article.text
        continued = False  # the paragraph before ended inside a quotation
        for start, end in paragraph_spans(text):
            quotes, runs_on = quotation_spans(text, start, end)
            masked = _masked(text, start, end, quotes)
            inside = [span for span in sentences if start <= span[0] and span[1] <= end]
            self._paragraphs_since += 1
            speaker_here: str | None = self._last_speaker if continued and quotes else None
            groups = _groups(inside, quotes)
            for number, (first, last) in enumerate(groups):
                outside = masked[first - start : last - start]
                direct = any(a < last and first < b for a, b in quotes)
                found = list(_attributions(outside))
                named = [self._resolve(attribution) for attribution in found]
                if found:
                    speakers = dict.fromkeys(zip(named, (a.cue for a in found), strict=True))
                    for speaker, cue in _distinct_speakers(speakers):
                        yield Statement(self._article.id, speaker, cue, first, last, direct)
                    known = [name for name in named if name]
                    speaker_here = known[0] if known else None
                    if speaker_here:
                        self._last_speaker, self._paragraphs_since = speaker_here, 0
                elif direct and _mostly_quoted(first, last, quotes):
                    # Words in quotation marks with nobody beside them: the speaker of this paragraph, or the
                    # one that the next sentence names.
                    speaker = speaker_here or self._next_speaker(groups[number + 1 :], masked, start)
                    yield Statement(self._article.id, speaker, "", first, last, True)
                self._note_names(outside)
            continued = runs_on
            if not inside:
                continued = False

    def _resolve(self, attribution: _Attribution) -> str | None:
        if attribution.kind == "name":
            return self._full(attribution.name)
        if attribution.kind == "pronoun":
            if attribution.name.lower() in ("i", "we", "they"):
                return None
            recent = self._last_speaker if self._paragraphs_since <= 2 else None
            return self._last_named or recent
        # "the presidential aide": whoever was speaking in this paragraph or the one before
        return self._last_speaker if self._paragraphs_since <= 1 else None

    def _next_speaker(self, groups: Sequence[Span], masked: str, start: int) -> str | None:
        for first, last in groups[:1]:
            for attribution in _attributions(masked[first - start : last - start]):
                if attribution.kind == "name":
                    return self._full(attribution.name)
        return None

    def _full(self, name: str) -> str:
        parts = name_parts(name)
        key = parts[-1].lower()
        known = self._full_names.get(key)
        if known and (len(parts) == 1 or _compatible(name_parts(known), parts)):
            if len(parts) > len(name_parts(known)):
                self._full_names[key] = " ".join(parts)
            return self._full_names[key]
        if len(parts) > 1 or known is None:
            self._full_names.setdefault(key, " ".join(parts))
        return " ".join(parts)

    def _note_names(self, outside: str) -> None:
        people = []
        for match in re.finditer(_NAME, outside):
            parts = name_parts(match[0])
            if not parts:
                continue
            key = parts[-1].lower()
            if len(parts) > 1:
                known = self._full_names.get(key)
                if known is None or len(name_parts(known)) == 1:
                    self._full_names[key] = " ".join(parts)
                people.append(self._full_names[key])
            elif key in self._full_names:
                people.append(self._full_names[key])
        distinct = list(dict.fromkeys(people))
        self._last_named = distinct[0] if len(distinct) == 1 else None


def _distinct_speakers(found: dict[tuple[str | None, str], None]) -> Iterator[tuple[str | None, str]]:
    seen: set[str | None] = set()
    for speaker, cue in found:
        if speaker not in seen:
            seen.add(speaker)
            yield speaker, cue


def _attributions(outside: str) -> Iterator[_Attribution]:
    taken: list[Span] = []
    for pattern, kind in (
        (_CUE_NAME, "name"),
        (_NAME_CUE, "name"),
        (_COLON, "name"),
        (_ACCORDING, "name"),
        (_PRONOUN_CUE, "pronoun"),
        (_CUE_PRONOUN, "pronoun"),
        (_ROLE_CUE, "role"),
        (_SUBJECT_ING, "name"),
        (_PRONOUN_ING, "pronoun"),
    ):
        for match in pattern.finditer(outside):
            span = match.span("cue")
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            name = match["name"]
            if kind == "name":
                parts = name_parts(re.sub(r"^(?:[a-z]+\s+)+", "", name))
                if not parts:
                    continue
                name = " ".join(parts)
            taken.append(span)
            yield _Attribution(name, match["cue"], kind, match.start("name"))


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and suffixes: "Sen. John McCain Jr." gives John, McCain."""
    found = re.findall(r"[\w’'\-]+(?:\.(?=\w)[\w’'\-]+)*\.?", name)
    parts = [re.sub(r"(?:[’']s|[’'])$", "", part) for part in found]
    while parts and parts[0].rstrip(".").lower() in _NOT_A_NAME | _TITLES:
        parts.pop(0)
    while parts and parts[-1].rstrip(".").lower() in _SUFFIXES | _NOT_A_NAME:
        parts.pop()
    return [part if len(part.rstrip(".")) == 1 else part.rstrip(".") for part in parts]


def _compatible(known: Sequence[str], other: Sequence[str]) -> bool:
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
    return left[0] == right[0] or left[0].startswith(right[0][:3]) or right[0].startswith(left[0][:3])


# -------------------------------------------------------------------------------------- quotation marks

_MARK = re.compile(r"[“”\"]|''|``|«|»|„")


def quotation_spans(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """The quotations in one paragraph, marks included, and whether the last one is left open at its end."""
    spans: list[Span] = []
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match[0]
        opens = mark in "“„«``" or (mark in ('"', "''") and opened is None)
        if opens:
            opened = match.start() if opened is None else opened
        elif opened is not None:
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans, opened is not None


def _masked(text: str, start: int, end: int, quotes: Sequence[Span]) -> str:
    """The paragraph with every quotation overwritten, so that no rule reads what is inside."""
    characters = list(text[start:end])
    for first, last in quotes:
        for at in range(first - start, last - start):
            characters[at] = "\x01"
    return "".join(characters)


def _groups(sentences: Sequence[Span], quotes: Sequence[Span]) -> list[Span]:
    """Sentences, those joined that one quotation runs through, up to a readable length."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            joined = any(a < last and start < b for a, b in quotes)
            if joined and end - first <= MERGED_CHARACTERS:
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return groups


def _mostly_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    inside = sum(min(b, end) - max(a, start) for a, b in quotes if a < end and start < b)
    return inside > (end - start) * 0.8
