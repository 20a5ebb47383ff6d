"""Who says what in an article: the words that it gives to somebody, and to whom, where it says so plainly.

A speaker is left out rather than guessed: a statement given to the wrong person is worse than one given to
nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.attribution import (
    QUOTED,
    Kind,
    attributions,
    compatible_names,
    dateline_end,
    has_given_name,
    is_person_role,
    is_tag,
    name_parts,
    names_in,
    possible_gender,
    role_beside,
    shared_cues,
    signed_name,
    subject_of,
    titled_names,
)
from assistant.chunking import paragraph_spans
from assistant.records import Article, Span, Statement

MERGED_CHARACTERS = 700  # a quotation that runs over several sentences is shown whole up to this length
REACH = 2  # paragraphs over which a pronoun may look back


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article in order. `sentences` are its sentence spans."""
    return list(_Reader(article).read(sentences))


@dataclass(slots=True)
class _Claim:
    """A mention of a speaker with a cue, resolved; offsets into the sentence."""

    speaker: str | None
    role: str | None
    cue: str
    side: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that a claim covers; offsets into the sentence."""

    claim: _Claim
    start: int
    end: int


class _Reader:
    """Goes through an article once, remembering who has been named and who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        # Surname in lower case -> fullest name so far; at first those that only one person in the article has.
        self._full_names: dict[str, str] = {}
        self._genders: dict[str, str] = {}  # surname in lower case -> the pronoun that a title tells
        self._roles: dict[str, str] = {}  # full name -> role, as first given
        self._last_speaker: str | None = None
        self._named_before: list[str] = []  # people in the sentence before, in order
        self._recent: list[tuple[int, str]] = []  # paragraph and person, the latest first
        self._paragraph = 0
        self._spoke_in = 0  # the paragraph in which the last speaker spoke

    def read(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        text = self._article.text
        self._full_names = _unmistakable_names(text)
        self._genders = {name.lower(): title for title, name in titled_names(text)}
        carried: _Claim | None = None  # whose words the next paragraph may go on with
        for self._paragraph, (start, end) in enumerate(spans_of_paragraphs := paragraph_spans(text), 1):
            quotes, runs_on = quotation_spans(text, start, end)
            masked = _masked(text, start, end, quotes)
            masked = " " * (skip := dateline_end(masked)) + masked[skip:]
            inside = [span for span in sentences if start <= span[0] and span[1] <= end]
            groups = _groups(inside, quotes, masked, start)
            here = (
                carried
                if quotes and (carried is None or carried.side != "quoted" or _all_quoted(groups, quotes))
                else None
            )
            carried = None
            for number, (first, last) in enumerate(groups):
                outside = masked[first - start : last - start]
                spans = [(max(a, first) - first, min(b, last) - first) for a, b in quotes if a < last and first < b]
                claims = self._claims(outside)
                if claims:
                    pieces = list(_pieces(outside, spans, claims))
                    for piece in pieces:
                        yield self._statement(piece, first, last, spans)
                    main = next((p.claim for p in pieces if _is_quoted(p.start, p.end, spans)), claims[0])
                    here = main
                    if main.speaker:
                        self._last_speaker, self._spoke_in = main.speaker, self._paragraph
                    elif spans:
                        self._last_speaker = None
                    carried = (
                        _carried(main, "" if runs_on or outside.rstrip().endswith(":") else "quoted")
                        if spans or outside.rstrip().endswith(":")
                        else None
                    )
                elif spans and _mostly_quoted(0, last - first, spans):
                    # Words in quotation marks with nobody beside them: the speaker of this paragraph, or the
                    # one that the next sentence names.
                    claim = (
                        self._signed(number, groups, masked, start, spans_of_paragraphs)
                        or here
                        or self._next_claim(groups[number + 1 :], masked, start)
                    )
                    carried = _carried(claim, "" if runs_on else "quoted") if claim else None
                    for a, b in spans:
                        piece = _Piece(claim or _Claim(None, None, "", "", 0, 0), a, b)
                        yield self._statement(piece, first, last, spans, "")
                else:
                    subject = subject_of(outside) if outside.rstrip().endswith(":") else None
                    carried = _Claim(self._resolve(*subject, ""), None, ":", "", 0, 0) if subject else None
                self._note_names(outside)

    def _statement(
        self, piece: _Piece, first: int, last: int, quotes: Sequence[Span], cue: str | None = None
    ) -> Statement:
        claim = piece.claim
        return Statement(
            self._article.id,
            claim.speaker,
            claim.cue if cue is None else cue,
            first + piece.start,
            first + piece.end,
            _is_quoted(piece.start, piece.end, quotes),
            first,
            last,
            claim.role or self._roles.get(claim.speaker or ""),
        )

    # ------------------------------------------------------------------------------------ who it is

    def _claims(self, outside: str) -> list[_Claim]:
        claims: list[_Claim] = []
        for one in attributions(outside):
            speaker = self._resolve(one.name, one.kind, outside[: one.start])
            role = one.name if one.kind == "role" else None
            if speaker and one.kind == "name" and speaker not in self._roles:
                found = role_beside(outside, one)
                if found:
                    self._roles[speaker] = found
            claims.append(_Claim(speaker, role, one.cue, one.side, one.start, one.end))
        for cue, (start, end) in shared_cues(outside):
            if any(claim.start < end and start < claim.end for claim in claims):
                continue
            before = [claim for claim in claims if claim.end <= start]
            if before:
                speaker, role = before[-1].speaker, before[-1].role
            else:
                subject = subject_of(outside[:start])
                if subject is None:
                    continue
                speaker, role = self._resolve(*subject, ""), None
            claims.append(_Claim(speaker, role, cue, "after", start, end))
            claims.sort(key=lambda claim: claim.start)
        return claims

    def _resolve(self, name: str, kind: Kind, before: str) -> str | None:
        if kind == "name":
            return self._full(name)
        if kind == "pronoun":
            pronoun = name.lower()
            return self._pronoun(pronoun, before) if pronoun in ("he", "she") else None
        return self._described(name)

    def _pronoun(self, pronoun: str, before: str) -> str | None:
        """The nearest person that "he" or "she" can be."""
        here = [self._full(name) for name in names_in(before) if self._is_person(name)]
        candidates = [*here[:1]] if len(set(here)) == 1 else []
        if len(self._named_before) == 1:
            candidates += self._named_before
        if self._last_speaker and self._paragraph - self._spoke_in <= REACH:
            candidates.append(self._last_speaker)
        candidates += [*here, *self._named_before]
        candidates += [name for paragraph, name in self._recent if self._paragraph - paragraph < REACH]
        return next((name for name in candidates if self._gender(name) in (None, pronoun)), None)

    def _described(self, role: str) -> str | None:
        """ "The presidential aide": the one person of that role, or whoever was speaking just before."""
        if not is_person_role(role):
            return None
        head = role.split()[-1].lower()
        holders = [name for name, known in self._roles.items() if head in re.findall(r"[\w-]+", known.lower())]
        if len(holders) == 1:
            return holders[0]
        near = self._paragraph - self._spoke_in <= 1
        return self._last_speaker if near and not holders and role.lower().startswith("the ") else None

    def _signed(
        self, number: int, groups: Sequence[Span], masked: str, start: int, paragraphs: Sequence[Span]
    ) -> _Claim | None:
        """Who has put a name under a quotation, on the same line or the next."""
        if number + 1 < len(groups):
            first, last = groups[number + 1]
            line = masked[first - start : last - start]
        elif self._paragraph < len(paragraphs):
            line = self._article.text[slice(*paragraphs[self._paragraph])]
        else:
            return None
        name = signed_name(line)
        return _Claim(self._full(name), None, "—", "", 0, 0) if name else None

    def _next_claim(self, groups: Sequence[Span], masked: str, start: int) -> _Claim | None:
        for first, last in groups[:1]:
            outside = masked[first - start : last - start]
            for one in attributions(outside):
                if one.kind == "name":
                    return _Claim(self._full(one.name), None, one.cue, one.side, 0, 0)
        return None

    def _gender(self, name: str) -> str | None:
        title = self._genders.get(name.split()[-1].lower(), "")
        return possible_gender(name, title)

    def _is_person(self, name: str) -> bool:
        return " " in self._full(name)

    def _full(self, name: str) -> str:
        parts = name_parts(name)
        if not parts:
            return name
        key = parts[-1].lower()
        known = self._full_names.get(key)
        if known and (len(parts) == 1 or compatible_names(name_parts(known), parts)):
            if len(name_parts(known)) == 1:
                self._full_names[key] = " ".join(parts)
            return self._full_names[key]
        if len(parts) > 1 or known is None:
            self._full_names.setdefault(key, " ".join(parts))
        return " ".join(parts)

    def _note_names(self, outside: str) -> None:
        people = []
        for name in names_in(outside):
            key = name.split()[-1].lower()
            known = self._full_names.get(key)
            if " " in name and (known is None or " " not in known):
                self._full_names[key] = name
            if key in self._full_names:
                people.append(self._full_names[key])
        self._named_before = list(dict.fromkeys(people))
        self._recent = [*((self._paragraph, name) for name in self._named_before), *self._recent][:12]


def _unmistakable_names(text: str) -> dict[str, str]:
    """Surnames that go with one first name all through a text, and the full name."""
    found: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        if _is_headline(line):
            continue
        for name in names_in(line):
            if " " in name:
                found.setdefault(name.split()[-1].lower(), Counter())[name] += 1
    unmistakable: dict[str, str] = {}
    for surname, names in found.items():
        # What stands before a name elsewhere is a title, or the end of another name.
        given = [name for name in names if has_given_name(name)]
        if len({name.split()[0] for name in given}) > 1:
            continue
        best = min(given, key=lambda name: (-names[name], len(name))) if given else min(names, key=len)
        if given or all(name.endswith(best) for name in names):
            unmistakable[surname] = best
    return unmistakable


def _is_headline(line: str) -> bool:
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[:1].isupper() for word in words) > 0.7 * len(words)


def _carried(claim: _Claim, how: str) -> _Claim:
    return _Claim(claim.speaker, claim.role, claim.cue, how, 0, 0)


def _all_quoted(groups: Sequence[Span], quotes: Sequence[Span]) -> bool:
    return bool(groups) and _mostly_quoted(groups[0][0], groups[-1][1], quotes)


# ------------------------------------------------------------------------------------- which words are theirs


_TAIL = re.compile(
    r"^(?:\s(?:in|on|at|to|of|during|after|before|with|from|about|for|as|last|this|when|while|Mon|Tues|Wednes|Thurs|Fri|Satur|"
    r"Sun|yesterday|today|later|earlier|recently|then|again|by|via|through|outside|inside|over|near|that|there)\w*\b[^,;:\x01]{0,90})?"
    r"[.!?,;]?\s*$"
)
_ROLE_BEFORE = re.compile(r"(?<=\x01)\s(?:(?!that\b|and\b|but\b|is\b|was\b|are\b|were\b)[\w’'.\-]{1,30}\s){1,8}$")
_COORDINATED = re.compile(
    r"(?:[,;:—–]|\b(?:and|but|while|after|as|when|then|before|or|because|since|although|though))\s*$"
)
_ADDRESSEE = re.compile(
    r"^\s(?:(?:an?|the|his|her|their|my|its)\s)?(?:[\w’'.&\-]+\s){1,8}?"
    r"(?=(?:that|he|she|it|they|we|there|to|about|how|why|what|if|whether)\b|\x01|[:,])"
)
_WHERE_SAID = re.compile(
    r"^\s(?:in|on|at|to|during|after|last|this|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|later|earlier|of|by|via)[^,:\x01]{0,120}?(?=\sthat\s|[:,]?\s?\x01|:)"
)
_OF_THEIR_WORDS = re.compile(r"^\s?(?:that|about|of|on|to|in|regarding|concerning|over)\b|^[:,]?\s?\x01")
_TOLD = frozenset(
    "told tells tell telling asked asks asking urged urges urging assured reminded warned warning".split()
)


def _pieces(outside: str, quotes: Sequence[Span], claims: Sequence[_Claim]) -> Iterator[_Piece]:
    """The words that each claim of a sentence covers, in order."""
    free = 0  # nothing before it belongs to a later claim
    for number, claim in enumerate(claims):
        following = claims[number + 1 : number + 2]
        limit = _limit(outside, claim, following)
        before = outside[free : claim.start]
        after = outside[claim.end : limit]
        if _stands_before(claim, before, after):
            yield from _left(outside, quotes, claim, free)
            yield from (_Piece(claim, a, b) for a, b in quotes if claim.end <= a and b <= limit)
            if after.startswith(",") and not before.rstrip(" ,").endswith(QUOTED) and QUOTED not in after:
                yield from _trimmed(claim, outside, claim.end, limit)
        else:
            yield from _right(outside, quotes, claim, limit)
        free = max(free, claim.end)


def _limit(outside: str, claim: _Claim, following: Sequence[_Claim]) -> int:
    """Where the words after a claim end: at the next claim, unless that is a part of them."""
    for later in following:
        between = outside[claim.end : later.start]
        if later.side == "before":
            opening = between.find(QUOTED)
            return claim.end + opening if opening >= 0 else later.start
        if _COORDINATED.search(between) or later.side == "after" or QUOTED in between:
            return max(claim.end, later.start)
    return len(outside)


def _stands_before(claim: _Claim, before: str, after: str) -> bool:
    if claim.side != "around":
        return claim.side == "before"
    left = _ROLE_BEFORE.sub("", before).rstrip(" —–-")
    if left.endswith(QUOTED) or (left.endswith(",") and left[:-1].rstrip().endswith(QUOTED)):
        return True
    if claim.cue.lower().startswith(("according", "in the")):
        return len(left.split()) > 2
    return (left.endswith(",") and len(left.split()) > 2 and _TAIL.match(after) is not None) or (
        left.endswith(",") and after.startswith(",") and len(left.split()) > 1
    )


def _left(outside: str, quotes: Sequence[Span], claim: _Claim, free: int) -> Iterator[_Piece]:
    """The words before a claim: a quotation that ends there, with what leads up to it, or the clause."""
    inside = [(a, b) for a, b in quotes if free <= a and b <= claim.start]
    words = re.sub(r"[\W_]+", "", _ROLE_BEFORE.sub("", outside[free : claim.start]).replace(QUOTED, ""))
    if inside and not words:
        yield from (_Piece(claim, a, b) for a, b in inside)
    else:
        yield from _trimmed(claim, outside, free, claim.start)


def _right(outside: str, quotes: Sequence[Span], claim: _Claim, limit: int) -> Iterator[_Piece]:
    start = claim.end
    if claim.cue.lower() in _TOLD and (match := _ADDRESSEE.match(outside[start:limit])):
        start += match.end() - 1
    elif match := _WHERE_SAID.match(outside[start:limit]):
        start += match.end()
    inside = [(a, b) for a, b in quotes if start <= a and b <= limit]
    if inside:
        a, b = inside[0]
        leads = re.sub(r"\W+", "", outside[start:a])
        rest = outside[b:limit].lstrip()
        if not leads and (
            not rest or not (rest[0].islower() or rest[0].isdigit()) or rest.startswith(("and ", "but "))
        ):
            yield from (_Piece(claim, first, last) for first, last in inside)
            return
    yield from _trimmed(claim, outside, start, limit)


def _trimmed(claim: _Claim, outside: str, start: int, end: int) -> Iterator[_Piece]:
    part = outside[start:end]
    start += len(part) - len(part.lstrip(" ,.:;—–-\n\t"))
    end = start + len(outside[start:end].rstrip(" ,.:;—–-\n\t"))
    end = start + len(re.sub(r"[,;]?\s(?:and|but|while|as|when|after)$", "", outside[start:end]))
    if len(outside[start:end].split()) > 1 or QUOTED in outside[start:end]:
        yield _Piece(claim, start, end)


def _is_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    """Whether all but a few characters of a stretch are in quotation marks."""
    return any(a < end and start < b for a, b in quotes) and _mostly_quoted(start, end, quotes)


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
            characters[at] = QUOTED
    return "".join(characters).replace("\u00a0", " ")


def _groups(sentences: Sequence[Span], quotes: Sequence[Span], masked: str, offset: int) -> list[Span]:
    """Sentences, those joined that one quotation or its tag runs through, up to a readable length."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            joined = any(a < last and start < b for a, b in quotes)
            if not joined and masked[first - offset : last - offset].rstrip().endswith(QUOTED):
                joined = is_tag(masked[start - offset : end - offset])
            if joined and end - first <= MERGED_CHARACTERS:
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return groups


def _mostly_quoted(start: int, end: int, quotes: Sequence[Span]) -> bool:
    inside = sum(min(b, end) - max(a, start) for a, b in quotes if a < end and start < b)
    return inside > (end - start) * 0.8
