"""Who says what in an article: the words that it gives to somebody, and to whom, where it says so plainly.

A speaker is left out rather than guessed: a statement given to the wrong person is worse than one given to
nobody."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from assistant.records.article import Article, Span
from assistant.records.statement import Statement
from assistant.speech.attribution import (
    Attribution,
    attributions,
    dateline_end,
    is_tag,
    names_in,
    persons_in,
    roles_in,
    shared_cues,
    signed_name,
    subject_of,
)
from assistant.speech.content_spans import Claim, Piece, is_quoted, mostly_quoted, pieces
from assistant.speech.coreference import People
from assistant.speech.tagger import QUOTED, Tagged, tag
from assistant.text.names import is_given
from assistant.text.quotation_marks import quotation_spans
from assistant.text.sentences import paragraph_spans
from assistant.text.verbs import NOUN

LONGEST_READ = 5_000  # characters of a sentence; what is longer is no prose, and can be made to take hours
MERGED_CHARACTERS = 700  # a quotation that runs over several sentences is shown whole up to this length
_SMALL = re.compile(r"(?<![\w’'])[a-z]{3,}\b")
_FIRST_PLURAL = re.compile(r"(?:^|[.!?”\"]\s{1,3}|\n)([A-Z][a-z]{2,30}s)(?= )")
_INNER_CAPITAL = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{2,30}s)\b")
# "SMITH: We did." and "Q: …": a turn of a transcript
_LABEL = r"[^\w\n]{0,3}(?P<name>[A-Z][A-Z.’'\-]{0,30}(?: [A-Z][A-Z.’'\-]{0,30}){0,4})(?: ?\([^)\n]{1,60}\))?:\s+(?=\S)"
_NAME_BEFORE = re.compile(r"([A-Z][\w.’'-]+) $")
_TURN = re.compile(_LABEL)
_LINE_TURN = re.compile("^" + _LABEL, re.MULTILINE)


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article in order. `sentences` are its sentence spans."""
    return list(_Reader(article).read(sentences))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its quotations overwritten, cut into groups of sentences; every span is into the article."""

    start: int
    masked: str
    quotes: tuple[Span, ...]
    groups: tuple[Span, ...]
    runs_on: bool  # its last quotation is left open

    def outside(self, group: Span) -> str:
        """What a group says outside its quotations."""
        return self.masked[group[0] - self.start : group[1] - self.start]

    def quotes_in(self, group: Span) -> list[Span]:
        """The quotations in a group, as offsets into it."""
        first, last = group
        found = []
        for a, b in self.quotes[bisect(self.quotes, first, key=itemgetter(1)) :]:
            if a >= last:
                break
            found.append((max(a, first) - first, min(b, last) - first))
        return found


class _Reader:
    """Goes through an article once, remembering who has been named and who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._people = People(article.text)
        self._common = _common_words(article.text) - self._people.surnames
        self._paragraphs = paragraph_spans(article.text)
        labels = Counter(match["name"].title() for match in _LINE_TURN.finditer(article.text))
        self._turns = {label for label, times in labels.items() if times > 2}
        self._carried: Claim | None = None  # whose words the next paragraph may go on with

    def read(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        at = 0
        for number, (start, end) in enumerate(self._paragraphs, 1):
            self._people.paragraph = number
            while at < len(sentences) and sentences[at][0] < start:
                at += 1
            first = at
            while at < len(sentences) and sentences[at][1] <= end:
                at += 1
            turn = _TURN.match(self._article.text, start, end)
            if turn and self._is_speaker(turn["name"]):
                yield from self._turn(turn, end, sentences[first:at])
            else:
                yield from self._read_paragraph(self._cut(start, end, sentences[first:at]))

    def _cut(self, start: int, end: int, sentences: Sequence[Span]) -> _Paragraph:
        text = self._article.text
        quotes, runs_on = quotation_spans(text, start, end)
        nicknames = [span for span in quotes if _is_nickname(text, span)]
        quotes = [span for span in quotes if span not in nicknames]
        masked = _masked(text, start, end, quotes)
        for first, last in nicknames:
            masked = masked[: first - start] + " " * (last - first) + masked[last - start :]
        masked = " " * (skip := dateline_end(masked)) + masked[skip:]
        return _Paragraph(start, masked, tuple(quotes), tuple(_groups(sentences, quotes, masked, start)), runs_on)

    def _is_speaker(self, label: str) -> bool:
        """Whether a label in capitals with a colon is somebody's ("PELLEW:", "Q:"), not "NOTE:"."""
        return len(label) <= 2 or label.split()[-1].lower() in self._people.surnames or label.title() in self._turns

    def _turn(self, turn: re.Match[str], end: int, sentences: Sequence[Span]) -> Iterator[Statement]:
        """What somebody says in a transcript: the paragraph behind the name."""
        name = turn["name"].title() if len(turn["name"]) > 2 else None
        speaker = self._people.full(name) if name else None
        if speaker:
            self._people.spoke(speaker)
        self._carried = None
        if sentences:
            yield Statement(
                self._article.id, speaker, ":", turn.end(), end, True, sentences[0][0], sentences[-1][1],
                self._people.role_of(speaker),
            )  # fmt: skip

    def _read_paragraph(self, paragraph: _Paragraph) -> Iterator[Statement]:
        quotes = paragraph.quotes
        here = self._carried
        if not quotes or (here and here.side == "quoted" and not _all_quoted(paragraph)):
            here = None
        self._carried = None
        for number, group in enumerate(paragraph.groups):
            if group[1] - group[0] > LONGEST_READ:
                here = None
                continue
            outside = paragraph.outside(group)
            spans = paragraph.quotes_in(group)
            sentence = tag(outside, self._common)
            if claims := self._claims(sentence):
                covered = list(pieces(outside, spans, claims))
                for piece in covered:
                    yield from self._statements(piece, group, spans)
                quoting = [p for p in covered if any(p.start < b and a < p.end for a, b in spans)]
                whole = [p for p in quoting if is_quoted(p.start, p.end, spans)]
                here = next((p.claim for p in (*whole, *quoting)), claims[0])
                self._remember(here, spans, outside, paragraph.runs_on)
            elif spans and (mostly_quoted(0, group[1] - group[0], spans) or (here and number and spans[0][0] == 0)):
                # Words in quotation marks with nobody beside them: the speaker of this paragraph, or the
                # one that the next sentence names.
                claim = self._signed(number, paragraph) or here or self._next_claim(number, paragraph)
                self._carried = _carried(claim, paragraph.runs_on) if claim else None
                claim = replace(claim, cue="") if claim else Claim(None, None, "", "", 0, 0)
                for a, b in spans:
                    yield from self._statements(Piece(claim, a, b), group, spans)
            else:
                subject = subject_of(sentence) if outside.rstrip().endswith(":") else None
                speaker = self._people.resolve(*subject, []) if subject else None
                self._carried = Claim(speaker, None, ":", "", 0, 0) if speaker else None
            for name, role in roles_in(sentence):
                if " " in (full := self._people.full(name)):
                    self._people.described.setdefault(full, role)
            for name, titled in persons_in(sentence):
                self._people.note_person(name, titled)
            self._people.note(names_in(sentence), subject_of(sentence), bool(claims or spans))

    def _remember(self, main: Claim, spans: Sequence[Span], outside: str, runs_on: bool) -> None:
        if main.cue in NOUN and main.start > 0:
            return  # "Ivo mocked Ada’s claim that …"
        if main.speaker and not main.others:
            self._people.spoke(main.speaker, asking=main.cue in ("asked", "asks"))
        elif spans:
            self._people.last_speaker = None
        introduces = outside.rstrip().endswith(":")
        self._carried = _carried(main, runs_on or introduces) if spans or introduces else None

    def _statements(self, piece: Piece, group: Span, quotes: Sequence[Span]) -> Iterator[Statement]:
        """The statement of whoever says some words, one for each who is named as saying them."""
        claim, (first, last) = piece.claim, group
        for speaker in (claim.speaker, *claim.others):
            yield Statement(
                self._article.id,
                speaker,
                claim.cue,
                first + piece.start,
                first + piece.end,
                is_quoted(piece.start, piece.end, quotes),
                first,
                last,
                claim.role or self._people.role_of(speaker),
            )

    # ------------------------------------------------------------------------------------ who it is

    def _claims(self, sentence: Tagged) -> list[Claim]:
        claims: list[Claim] = []
        for one in attributions(sentence):
            claims.append(self._claim(one, sentence, claims[-1] if claims else None))
        for cue, start, end in shared_cues(sentence):
            if any(claim.start < end and start < claim.end for claim in claims):
                continue
            if (shared := self._sharing(cue, start, end, sentence, claims)) is not None:
                claims.append(shared)
                claims.sort(key=lambda claim: claim.start)
        return claims

    def _claim(self, one: Attribution, sentence: Tagged, last: Claim | None) -> Claim:
        """An attribution with its speaker resolved; `last` is the claim before it in the sentence."""
        before = [word.name for word in sentence.words if word.name and word.end <= one.start]
        about = subject_of(sentence, one.start) if one.kind == "pronoun" else None
        speaker = self._people.resolve(
            one.name,
            one.kind,
            before,
            last.speaker if last and not last.others else None,
            about[0] if about and about[1] == "name" else None,
            one.title,
        )
        others = tuple(self._people.full(name) for name in one.others)
        if others and speaker and is_given(speaker) and " " in others[0]:
            speaker = f"{speaker} {others[0].split()[-1]}"  # "Ada and Ivo Tarn said"
        if speaker and one.role:
            self._people.roles.setdefault(speaker, one.role)
        return Claim(speaker, one.name if one.kind == "role" else None, one.cue, one.side, one.start, one.end, others)

    def _sharing(self, cue: str, start: int, end: int, sentence: Tagged, claims: Sequence[Claim]) -> Claim | None:
        """The claim of a cue without a subject of its own: that of the claim before it, or of the main clause."""
        before = [claim for claim in claims if claim.end <= start and not (claim.side == "after" and claim.start)]
        if before:
            owner = before[-1]
        elif claims and _leads_up_to(sentence, end, claims[0]):
            owner = claims[0]
        else:
            subject = subject_of(sentence, start)
            if subject is None:
                return None
            role = subject[0] if subject[1] == "role" else None
            return Claim(self._people.resolve(*subject, []), role, cue, "after", start, end)
        return Claim(owner.speaker, owner.role, cue, "after", start, end, owner.others)

    def _signed(self, number: int, paragraph: _Paragraph) -> Claim | None:
        """Who has put a name under a quotation, on the same line or the next."""
        if number + 1 < len(paragraph.groups):
            line = paragraph.outside(paragraph.groups[number + 1])
        elif self._people.paragraph < len(self._paragraphs):
            line = self._article.text[slice(*self._paragraphs[self._people.paragraph])]
        else:
            return None
        if line.lstrip()[:1] not in "-—–―" or len(line) > 150:
            return None
        name = signed_name(tag(line))
        return Claim(self._people.full(name), None, "—", "", 0, 0) if name else None

    def _next_claim(self, number: int, paragraph: _Paragraph) -> Claim | None:
        for group in paragraph.groups[number + 1 : number + 2]:
            for one in attributions(tag(paragraph.outside(group), self._common)):
                if one.kind == "name":
                    return Claim(self._people.full(one.name), None, one.cue, one.side, 0, 0)
        return None


def _common_words(text: str) -> frozenset[str]:
    """Words that are no names though a sentence begins with them: they stand in small letters elsewhere, or are
    plurals that have a capital nowhere else."""
    plurals = {word.lower() for word in set(_FIRST_PLURAL.findall(text)) - set(_INNER_CAPITAL.findall(text))}
    return frozenset(_SMALL.findall(text)) | plurals


def _leads_up_to(sentence: Tagged, cue_end: int, claim: Claim) -> bool:
    """Whether a cue opens a sentence whose subject follows: "Noting the tide, Ada said …"."""
    return (
        claim.side == "around"
        and sentence.text[cue_end : claim.start].rstrip().endswith(",")
        and claim.cue.split()[0] not in ("according", "in")
    )


def _carried(claim: Claim, runs_on: bool) -> Claim:
    return Claim(claim.speaker, claim.role, claim.cue, "" if runs_on else "quoted", 0, 0, claim.others)


def _is_nickname(text: str, span: Span) -> bool:
    """Whether what is in quotation marks stands inside a name: Ada “Bix” Brandreth."""
    before = _NAME_BEFORE.search(text, max(0, span[0] - 30), span[0])
    return (
        span[1] - span[0] < 25
        and before is not None
        and is_given(before[1])
        and re.match(r" [A-Z][a-z]", text[span[1] : span[1] + 3]) is not None
        and not re.search(r"[,.!?]", text[span[0] : span[1]])
    )


def _all_quoted(paragraph: _Paragraph) -> bool:
    groups = paragraph.groups
    return bool(groups) and mostly_quoted(groups[0][0], groups[-1][1], paragraph.quotes)


def _masked(text: str, start: int, end: int, quotes: Sequence[Span]) -> str:
    """The paragraph with every quotation overwritten, so that no rule reads what is inside."""
    parts, at = [], start
    for first, last in quotes:
        parts += [text[at:first], QUOTED * (last - first)]
        at = last
    return "".join([*parts, text[at:end]]).replace("\u00a0", " ")


def _groups(sentences: Sequence[Span], quotes: Sequence[Span], masked: str, offset: int) -> list[Span]:
    """Sentences, those joined that one quotation or its tag runs through, up to a readable length."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            across = bisect(quotes, start, key=itemgetter(1))  # the first quotation that ends behind the start
            joined = across < len(quotes) and quotes[across][0] < last
            if not joined and end - start < 120 and masked[first - offset : last - offset].rstrip().endswith(QUOTED):
                joined = is_tag(tag(masked[start - offset : end - offset]))
            if joined and end - first <= MERGED_CHARACTERS:
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return groups
