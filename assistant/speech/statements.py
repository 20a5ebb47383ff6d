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
    find_attributions,
    find_dateline_end,
    find_persons,
    find_roles,
    find_signature,
    find_subject,
    find_subjectless_cues,
    is_speech_tag,
    list_names,
)
from assistant.speech.content_spans import (
    ContentSpan,
    ResolvedAttribution,
    find_content_spans,
    is_mostly_quoted,
    is_quoted,
)
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.tagger import QUOTE_MASK, TaggedSentence, tag_sentence
from assistant.text.names import is_given_name
from assistant.text.quotation_marks import quotation_spans
from assistant.text.sentences import paragraph_spans
from assistant.text.verbs import SPEECH_NOUNS

MAX_SENTENCE_LENGTH = 5_000  # characters of a sentence; what is longer is no prose, and can be made to take hours
MAX_MERGED_LENGTH = 700  # a quotation that runs over several sentences is shown whole up to this length
_LOWERCASE_WORD = re.compile(r"(?<![\w’'])[a-z]{3,}\b")
_INITIAL_PLURAL = re.compile(r"(?:^|[.!?”\"]\s{1,3}|\n)([A-Z][a-z]{2,30}s)(?= )")
_INNER_PLURAL = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{2,30}s)\b")
# "SMITH: We did." and "Q: …": a turn of a transcript
_SPEAKER_LABEL = (
    r"[^\w\n]{0,3}(?P<name>[A-Z][A-Z.’'\-]{0,30}(?: [A-Z][A-Z.’'\-]{0,30}){0,4})(?: ?\([^)\n]{1,60}\))?:\s+(?=\S)"
)
_NAME_BEFORE = re.compile(r"([A-Z][\w.’'-]+) $")
_TRANSCRIPT_LABEL = re.compile(_SPEAKER_LABEL)
_LINE_START_LABEL = re.compile("^" + _SPEAKER_LABEL, re.MULTILINE)


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article in order. `sentences` are its sentence spans."""
    return list(_StatementFinder(article).find_all(sentences))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its quotations overwritten, cut into groups of sentences; every span is into the article."""

    start: int
    masked: str
    quotes: tuple[Span, ...]
    groups: tuple[Span, ...]
    runs_on: bool  # its last quotation is left open

    def text_outside_quotes(self, group: Span) -> str:
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


class _StatementFinder:
    """Goes through an article once, remembering who has been named and who spoke last."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._resolver = CoreferenceResolver(article.text)
        self._common_words = _find_common_words(article.text) - self._resolver.surnames
        self._paragraphs = paragraph_spans(article.text)
        labels = Counter(match["name"].title() for match in _LINE_START_LABEL.finditer(article.text))
        self._transcript_speakers = {label for label, times in labels.items() if times > 2}
        self._carried_attribution: ResolvedAttribution | None = None  # whose words the next paragraph may go on with

    def find_all(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        at = 0
        for number, (start, end) in enumerate(self._paragraphs, 1):
            self._resolver.paragraph = number
            while at < len(sentences) and sentences[at][0] < start:
                at += 1
            first = at
            while at < len(sentences) and sentences[at][1] <= end:
                at += 1
            turn = _TRANSCRIPT_LABEL.match(self._article.text, start, end)
            if turn and self._is_speaker_label(turn["name"]):
                yield from self._read_transcript_line(turn, end, sentences[first:at])
            else:
                yield from self._read_paragraph(self._parse_paragraph(start, end, sentences[first:at]))

    def _parse_paragraph(self, start: int, end: int, sentences: Sequence[Span]) -> _Paragraph:
        text = self._article.text
        quotes, runs_on = quotation_spans(text, start, end)
        nicknames = [span for span in quotes if _is_nickname(text, span)]
        quotes = [span for span in quotes if span not in nicknames]
        masked = _mask_quotes(text, start, end, quotes)
        for first, last in nicknames:
            masked = masked[: first - start] + " " * (last - first) + masked[last - start :]
        masked = " " * (skip := find_dateline_end(masked)) + masked[skip:]
        return _Paragraph(
            start, masked, tuple(quotes), tuple(_group_sentences(sentences, quotes, masked, start)), runs_on
        )

    def _is_speaker_label(self, label: str) -> bool:
        """Whether a label in capitals with a colon is somebody's ("PELLEW:", "Q:"), not "NOTE:"."""
        return (
            len(label) <= 2
            or label.split()[-1].lower() in self._resolver.surnames
            or label.title() in self._transcript_speakers
        )

    def _read_transcript_line(self, turn: re.Match[str], end: int, sentences: Sequence[Span]) -> Iterator[Statement]:
        """What somebody says in a transcript: the paragraph behind the name."""
        name = turn["name"].title() if len(turn["name"]) > 2 else None
        speaker = self._resolver.full_name(name) if name else None
        if speaker:
            self._resolver.note_speaker(speaker)
        self._carried_attribution = None
        if sentences:
            yield Statement(
                self._article.id, speaker, ":", turn.end(), end, True, sentences[0][0], sentences[-1][1],
                self._resolver.role_of(speaker),
            )  # fmt: skip

    def _read_paragraph(self, paragraph: _Paragraph) -> Iterator[Statement]:
        quotes = paragraph.quotes
        here = self._carried_attribution
        if not quotes or (here and here.side == "quoted" and not _is_all_quoted(paragraph)):
            here = None
        self._carried_attribution = None
        for number, group in enumerate(paragraph.groups):
            if group[1] - group[0] > MAX_SENTENCE_LENGTH:
                here = None
                continue
            outside = paragraph.text_outside_quotes(group)
            spans = paragraph.quotes_in(group)
            sentence = tag_sentence(outside, self._common_words)
            if claims := self._resolve_attributions(sentence):
                covered = list(find_content_spans(outside, spans, claims))
                for piece in covered:
                    yield from self._make_statements(piece, group, spans)
                quoting = [p for p in covered if any(p.start < b and a < p.end for a, b in spans)]
                whole = [p for p in quoting if is_quoted(p.start, p.end, spans)]
                here = next((p.attribution for p in (*whole, *quoting)), claims[0])
                self._remember_speaker(here, spans, outside, paragraph.runs_on)
            elif spans and (is_mostly_quoted(0, group[1] - group[0], spans) or (here and number and spans[0][0] == 0)):
                # Words in quotation marks with nobody beside them: the speaker of this paragraph, or the
                # one that the next sentence names.
                claim = self._find_signer(number, paragraph) or here or self._find_next_attribution(number, paragraph)
                self._carried_attribution = _carry_over(claim, paragraph.runs_on) if claim else None
                claim = replace(claim, cue="") if claim else ResolvedAttribution(None, None, "", "", 0, 0)
                for a, b in spans:
                    yield from self._make_statements(ContentSpan(claim, a, b), group, spans)
            else:
                subject = find_subject(sentence) if outside.rstrip().endswith(":") else None
                speaker = self._resolver.resolve(*subject, []) if subject else None
                self._carried_attribution = ResolvedAttribution(speaker, None, ":", "", 0, 0) if speaker else None
            for name, role in find_roles(sentence):
                if " " in (full := self._resolver.full_name(name)):
                    self._resolver.described_roles.setdefault(full, role)
            for name, titled in find_persons(sentence):
                self._resolver.note_person(name, titled)
            self._resolver.note_sentence(list_names(sentence), find_subject(sentence), bool(claims or spans))

    def _remember_speaker(self, main: ResolvedAttribution, spans: Sequence[Span], outside: str, runs_on: bool) -> None:
        if main.cue in SPEECH_NOUNS and main.start > 0:
            return  # "Ivo mocked Ada’s claim that …"
        if main.speaker and not main.co_speakers:
            self._resolver.note_speaker(main.speaker, asking=main.cue in ("asked", "asks"))
        elif spans:
            self._resolver.last_speaker = None
        introduces = outside.rstrip().endswith(":")
        self._carried_attribution = _carry_over(main, runs_on or introduces) if spans or introduces else None

    def _make_statements(self, piece: ContentSpan, group: Span, quotes: Sequence[Span]) -> Iterator[Statement]:
        """The statement of whoever says some words, one for each who is named as saying them."""
        claim, (first, last) = piece.attribution, group
        for speaker in (claim.speaker, *claim.co_speakers):
            yield Statement(
                self._article.id,
                speaker,
                claim.cue,
                first + piece.start,
                first + piece.end,
                is_quoted(piece.start, piece.end, quotes),
                first,
                last,
                claim.role or self._resolver.role_of(speaker),
            )

    # ------------------------------------------------------------------------------------ who it is

    def _resolve_attributions(self, sentence: TaggedSentence) -> list[ResolvedAttribution]:
        claims: list[ResolvedAttribution] = []
        for one in find_attributions(sentence):
            claims.append(self._resolve_attribution(one, sentence, claims[-1] if claims else None))
        for cue, start, end in find_subjectless_cues(sentence):
            if any(claim.start < end and start < claim.end for claim in claims):
                continue
            if (shared := self._resolve_subjectless_cue(cue, start, end, sentence, claims)) is not None:
                claims.append(shared)
                claims.sort(key=lambda claim: claim.start)
        return claims

    def _resolve_attribution(
        self, one: Attribution, sentence: TaggedSentence, last: ResolvedAttribution | None
    ) -> ResolvedAttribution:
        """An attribution with its speaker resolved; `last` is the claim before it in the sentence."""
        before = [word.name for word in sentence.tokens if word.name and word.end <= one.start]
        about = find_subject(sentence, one.start) if one.kind == "pronoun" else None
        speaker = self._resolver.resolve(
            one.name,
            one.kind,
            before,
            last.speaker if last and not last.co_speakers else None,
            about[0] if about and about[1] == "name" else None,
            one.title,
        )
        others = tuple(self._resolver.full_name(name) for name in one.co_speakers)
        if others and speaker and is_given_name(speaker) and " " in others[0]:
            speaker = f"{speaker} {others[0].split()[-1]}"  # "Ada and Ivo Tarn said"
        if speaker and one.role:
            self._resolver.roles.setdefault(speaker, one.role)
        return ResolvedAttribution(
            speaker, one.name if one.kind == "role" else None, one.cue, one.side, one.start, one.end, others
        )

    def _resolve_subjectless_cue(
        self, cue: str, start: int, end: int, sentence: TaggedSentence, claims: Sequence[ResolvedAttribution]
    ) -> ResolvedAttribution | None:
        """The claim of a cue without a subject of its own: that of the claim before it, or of the main clause."""
        before = [claim for claim in claims if claim.end <= start and not (claim.side == "after" and claim.start)]
        if before:
            owner = before[-1]
        elif claims and _is_leading_cue(sentence, end, claims[0]):
            owner = claims[0]
        else:
            subject = find_subject(sentence, start)
            if subject is None:
                return None
            role = subject[0] if subject[1] == "role" else None
            return ResolvedAttribution(self._resolver.resolve(*subject, []), role, cue, "after", start, end)
        return ResolvedAttribution(owner.speaker, owner.role, cue, "after", start, end, owner.co_speakers)

    def _find_signer(self, number: int, paragraph: _Paragraph) -> ResolvedAttribution | None:
        """Who has put a name under a quotation, on the same line or the next."""
        if number + 1 < len(paragraph.groups):
            line = paragraph.text_outside_quotes(paragraph.groups[number + 1])
        elif self._resolver.paragraph < len(self._paragraphs):
            line = self._article.text[slice(*self._paragraphs[self._resolver.paragraph])]
        else:
            return None
        if line.lstrip()[:1] not in "-—–―" or len(line) > 150:
            return None
        name = find_signature(tag_sentence(line))
        return ResolvedAttribution(self._resolver.full_name(name), None, "—", "", 0, 0) if name else None

    def _find_next_attribution(self, number: int, paragraph: _Paragraph) -> ResolvedAttribution | None:
        for group in paragraph.groups[number + 1 : number + 2]:
            for one in find_attributions(tag_sentence(paragraph.text_outside_quotes(group), self._common_words)):
                if one.kind == "name":
                    return ResolvedAttribution(self._resolver.full_name(one.name), None, one.cue, one.side, 0, 0)
        return None


def _find_common_words(text: str) -> frozenset[str]:
    """Words that are no names though a sentence begins with them: they stand in small letters elsewhere, or are
    plurals that have a capital nowhere else."""
    plurals = {word.lower() for word in set(_INITIAL_PLURAL.findall(text)) - set(_INNER_PLURAL.findall(text))}
    return frozenset(_LOWERCASE_WORD.findall(text)) | plurals


def _is_leading_cue(sentence: TaggedSentence, cue_end: int, claim: ResolvedAttribution) -> bool:
    """Whether a cue opens a sentence whose subject follows: "Noting the tide, Ada said …"."""
    return (
        claim.side == "around"
        and sentence.text[cue_end : claim.start].rstrip().endswith(",")
        and claim.cue.split()[0] not in ("according", "in")
    )


def _carry_over(claim: ResolvedAttribution, runs_on: bool) -> ResolvedAttribution:
    return ResolvedAttribution(
        claim.speaker, claim.role, claim.cue, "" if runs_on else "quoted", 0, 0, claim.co_speakers
    )


def _is_nickname(text: str, span: Span) -> bool:
    """Whether what is in quotation marks stands inside a name: Ada “Bix” Brandreth."""
    before = _NAME_BEFORE.search(text, max(0, span[0] - 30), span[0])
    return (
        span[1] - span[0] < 25
        and before is not None
        and is_given_name(before[1])
        and re.match(r" [A-Z][a-z]", text[span[1] : span[1] + 3]) is not None
        and not re.search(r"[,.!?]", text[span[0] : span[1]])
    )


def _is_all_quoted(paragraph: _Paragraph) -> bool:
    groups = paragraph.groups
    return bool(groups) and is_mostly_quoted(groups[0][0], groups[-1][1], paragraph.quotes)


def _mask_quotes(text: str, start: int, end: int, quotes: Sequence[Span]) -> str:
    """The paragraph with every quotation overwritten, so that no rule reads what is inside."""
    parts, at = [], start
    for first, last in quotes:
        parts += [text[at:first], QUOTE_MASK * (last - first)]
        at = last
    return "".join([*parts, text[at:end]]).replace("\u00a0", " ")


def _group_sentences(sentences: Sequence[Span], quotes: Sequence[Span], masked: str, offset: int) -> list[Span]:
    """Sentences, those joined that one quotation or its tag runs through, up to a readable length."""
    groups: list[Span] = []
    for start, end in sentences:
        if groups:
            first, last = groups[-1]
            across = bisect(quotes, start, key=itemgetter(1))  # the first quotation that ends behind the start
            joined = across < len(quotes) and quotes[across][0] < last
            if (
                not joined
                and end - start < 120
                and masked[first - offset : last - offset].rstrip().endswith(QUOTE_MASK)
            ):
                joined = is_speech_tag(tag_sentence(masked[start - offset : end - offset]))
            if joined and end - first <= MAX_MERGED_LENGTH:
                groups[-1] = (first, end)
                continue
        groups.append((start, end))
    return groups
