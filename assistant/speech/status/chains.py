"""Words at second hand: who said them, and according to whom. "Ada said that Ivo had said “no”." """

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.records.article import Span
from assistant.speech.attribution import find_subject, lower_article
from assistant.speech.content_spans import ContentSpan
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.extent.whole_sentence import is_quoted_object
from assistant.speech.layouts.speaker_state import find_closing
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.tagger import TaggedSentence, TaggedToken
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_STATUS = ENGLISH.status
_QUOTING = re.compile(_STATUS.quoting)
_ACCUSED_OF = re.compile(_STATUS.accused_of)
_CLAUSE_BREAK = re.compile(r"[,;:—–.\x01]")
_NOT_THEIRS = re.compile(_STATUS.not_theirs)
_NOT_BY = re.compile(_STATUS.not_by)
_LISTENER = re.compile(ENGLISH.clauses.listener)
_SENTENCE_TAIL = re.compile(ENGLISH.clauses.sentence_tail)
_JOINED_REPORT = re.compile(r"\x01\s(?:and|but)\s(?:the\s)?$")
_THAT = re.compile(r"that\s")
_TRIMMED_CHARACTERS = " ,.:;—–-\n\t"
_UNSAID_BEFORE = re.compile(_STATUS.unsaid_before)
_NOBODY = ResolvedAttribution(None, cue="not", start=-1, status="denied")
MAX_OBJECT_LENGTH = 60  # characters between a verb and the quotation that is its object


@dataclass(frozen=True, slots=True)
class ReportedSentence:
    """A sentence with its quotations, as spans in it, and its attributions; those that quote somebody come as such."""

    sentence: TaggedSentence
    quotes: Sequence[Span]
    attributions: Sequence[ResolvedAttribution]
    coreference: CoreferenceResolver


def link_quoting_speakers(
    attributions: Sequence[ResolvedAttribution], sentence: TaggedSentence, coreference: CoreferenceResolver
) -> list[ResolvedAttribution]:
    """The attributions, those of somebody who repeats words given to the author: "Ada, quoting Ivo, said"."""
    linked = []
    for attribution in attributions:
        match = _QUOTING.search(sentence.text, attribution.start, min(len(sentence.text), attribution.end + 40))
        author = _name_at(sentence, match.end()) if match else None
        if author and (name := coreference.full_name(author.name)) != attribution.speaker:
            attribution = report_by(replace(attribution, speaker=name, role=None), attribution)
        linked.append(attribution)
    return linked


def link_reports(reported: ReportedSentence, pieces: Sequence[ContentSpan]) -> list[ContentSpan]:
    """The words of a sentence with those that one speaker reports of another, each with the reporter as `via`."""
    pieces = _link_reports_behind(reported, [_widen_report(piece, pieces) for piece in pieces])
    pieces = [_link_to_reporter(piece, pieces, reported) for piece in pieces]
    accusations = list(_find_accusations(reported))
    # "Ivo was accused by Ada of saying “no”": the words are not Ada's
    places = {(piece.attribution.start, piece.start, piece.end) for piece in accusations}
    pieces = [piece for piece in pieces if (piece.attribution.start, piece.start, piece.end) not in places]
    disowned = list(find_disowned_words(reported, pieces))
    clauses = [(each.attribution.start, each.end) for each in disowned]  # "rather than saying “no”"
    pieces = [_cut_disowned(piece, clauses, reported.sentence.text) for piece in pieces]
    found = [each for each in pieces if not any(start <= each.start and each.end <= end for start, end in clauses)]
    found += [*_find_words_inside(reported, pieces), *accusations, *disowned]
    return list({_identify(piece): piece for piece in reversed(found)}.values())[::-1]


def _cut_disowned(piece: ContentSpan, clauses: Sequence[Span], outside: str) -> ContentSpan:
    """Words without what is denied at their end: "Ada said that it “leaks”, not that it “sinks”"."""
    ends = [(start + (outside[start] == QUOTE_MASK), end) for start, end in clauses]
    cuts = [start for start, end in ends if piece.start < start and QUOTE_MASK not in outside[end : piece.end]]
    return replace(piece, end=min([piece.end, *cuts]))


def _identify(piece: ContentSpan) -> tuple[object, ...]:
    """The same for two attributions of the same words to one speaker: "Ada said:" is two."""
    own = piece.attribution
    return own.speaker, own.role, own.co_speakers, own.status, own.via, piece.start, piece.end


def report_by(attribution: ResolvedAttribution, reporter: ResolvedAttribution) -> ResolvedAttribution:
    """The attribution as somebody reports it. What is denied or questioned stays so."""
    via = reporter.speaker or lower_article(reporter.role or "")
    if not via or via in (attribution.speaker, lower_article(attribution.role or "")):
        return attribution
    status = "reported" if attribution.status == "asserted" else attribution.status
    return replace(attribution, status=status, via=via)


def _name_at(sentence: TaggedSentence, place: int, tag: str = "N") -> TaggedToken | None:
    """The name that begins at an offset, or after a title there, and is not part of a longer description."""
    for number, (token, letter) in enumerate(zip(sentence.tokens, sentence.tags, strict=True)):
        if token.start >= place:
            if letter == tag and token.name:
                return token if sentence.tags[number + 1 : number + 2] not in ("w", "T", "O", "X") else None
            if letter not in "DTw" or token.start > place + 40:
                return None
    return None


# ------------------------------------------------------------------------------------ two reports of one quotation


def _link_reports_behind(reported: ReportedSentence, pieces: Sequence[ContentSpan]) -> list[ContentSpan]:
    """The words where the last of two reports has the first as its words: "Ivo said “no,” Ada recalled"."""
    linked = list(pieces)
    for first, second in pairwise(reported.attributions):
        if first.speaker is not None and first.speaker == second.speaker:
            continue
        if _closes_report(first, second, reported.sentence.text, linked):
            others = [piece for piece in linked if not _is_of(piece, second)]
            whole = ContentSpan(second, *_trim(reported.sentence.text, first.start, second.start))
            linked = [*_replace_attribution(others, first, report_by(first, second)), whole]
    return linked


def _closes_report(
    first: ResolvedAttribution, second: ResolvedAttribution, outside: str, pieces: Sequence[ContentSpan]
) -> bool:
    """Whether a quotation is all there is between two attributions, and nothing follows the second."""
    if first.side != "around" or first.cue.lower() not in _STATUS.plain_speech_verbs | {":"}:
        return False
    after = outside[second.end :]
    between = outside[first.end : second.start]
    if not is_quoted_object(first, between) and not (
        between.endswith(", ") and not outside[: first.start].strip() and find_closing(outside, (second,))
    ):
        return False  # "The guide said it leaks, Ada recalled"
    own = [piece for piece in pieces if _is_of(piece, second) and piece.start >= second.end]
    if own and not (_LISTENER.match(after) or _SENTENCE_TAIL.match(after)):
        return False
    first_words = [piece for piece in pieces if _is_of(piece, first)]
    return bool(first_words) and all(piece.start >= first.end for piece in first_words)


def _replace_attribution(
    pieces: Sequence[ContentSpan], old: ResolvedAttribution, new: ResolvedAttribution
) -> list[ContentSpan]:
    return [
        replace(piece, attribution=replace(new, cue=piece.attribution.cue)) if _is_of(piece, old) else piece
        for piece in pieces
    ]


def _is_of(piece: ContentSpan, attribution: ResolvedAttribution) -> bool:
    """Whether words belong to this mention of a speaker; "Ada said:" is two attributions with one mention."""
    own = piece.attribution
    return own.start == attribution.start and own.speaker == attribution.speaker


def _trim(outside: str, start: int, end: int) -> Span:
    words = outside[start:end]
    return start + len(words) - len(words.lstrip(_TRIMMED_CHARACTERS)), start + len(words.rstrip(_TRIMMED_CHARACTERS))


# ------------------------------------------------------------------------------------ reports in reports


def _widen_report(piece: ContentSpan, pieces: Sequence[ContentSpan]) -> ContentSpan:
    """If the words of two speakers are the same, those of the first begin where the second is named.

    "Ada said Ivo told her: “no”".
    """
    own = piece.attribution
    if own.side != "around" or own.start == own.end:
        return piece
    for other in pieces:
        inner = other.attribution
        same = (other.start, other.end) == (piece.start, piece.end)
        if same and own.end <= inner.start < inner.end <= piece.start and inner.speaker != own.speaker:
            return replace(piece, start=inner.start)
    return piece


def _find_reporter(start: int, end: int, own: ResolvedAttribution, pieces: Sequence[ContentSpan]) -> ContentSpan | None:
    """The innermost words of somebody else that contain a span."""
    around = [
        piece for piece in pieces if piece.start <= start and end <= piece.end and piece.attribution.start != own.start
    ]
    return min(around, key=lambda piece: piece.end - piece.start, default=None)


def _link_to_reporter(piece: ContentSpan, pieces: Sequence[ContentSpan], reported: ReportedSentence) -> ContentSpan:
    """Words whose attribution is inside the words of somebody else: "Ada said that Ivo had said “no”"."""
    own = piece.attribution
    reporter = _find_reporter(own.start, max(own.end, piece.end), own, pieces)
    between = reported.sentence.text[reporter.start : own.start] if reporter else ""
    if ";" in between or between.count("(") > between.count(")") or _JOINED_REPORT.search(between):
        return piece  # "Ada claimed it leaks; Ivo claimed it holds", "Ada said it leaks (Ivo said …)"
    if reporter is None or own.via or own.side == "before" or own.start == own.end:
        return piece
    if reporter.attribution.cue.lower() in ENGLISH.narration.acts and not _THAT.match(
        reported.sentence.text, reporter.start
    ):
        return piece  # "Ivo described it as a hoax and the council claimed …"
    return replace(piece, attribution=report_by(own, reporter.attribution))


def _find_words_inside(reported: ReportedSentence, pieces: Sequence[ContentSpan]) -> Iterator[ContentSpan]:
    """Quotations of a speaker who is only mentioned in the words of another: "Ivo refused to say “yes”, Ada said"."""
    having_words = {piece.attribution.start for piece in pieces}
    for number, attribution in enumerate(reported.attributions):
        if attribution.start in having_words or attribution.side == "before" or not _says_words(attribution):
            continue
        reporter = _find_reporter(attribution.start, attribution.end, attribution, pieces)
        if reporter is None or (
            reporter.attribution.speaker == attribution.speaker and attribution.status == "asserted"
        ):
            continue
        following = [other.start for other in reported.attributions[number + 1 :]]
        limit = min(reporter.end, *following, len(reported.sentence.text))
        for start, end in reported.quotes:
            if (
                attribution.end <= start
                and end <= limit
                and _is_object(reported.sentence.text[attribution.end : start])
            ):
                yield ContentSpan(report_by(attribution, reporter.attribution), start, end)


def _says_words(attribution: ResolvedAttribution) -> bool:
    """Whether an attribution with a known speaker reports words, or that they were not said."""
    if attribution.speaker is None:
        return False
    return attribution.cue.lower() in _STATUS.plain_speech_verbs or attribution.status == "denied"


def _is_object(between: str) -> bool:
    """Whether the words between a verb and a quotation let the quotation be the object of the verb."""
    if len(between) > MAX_OBJECT_LENGTH or _CLAUSE_BREAK.search(between.rstrip(" ,:")):
        return False
    return not between.startswith(_STATUS.other_objects)


def _find_accusations(reported: ReportedSentence) -> Iterator[ContentSpan]:
    """Quotations that somebody is accused of, or praised for: "Ada accused Ivo of calling them “lazy”"."""
    for number, attribution in enumerate(reported.attributions):
        if attribution.cue.lower() not in _STATUS.accusing_cues:
            continue
        accused = _find_accused(reported, attribution)
        if accused is None:
            continue
        speaker, match = accused
        limit = min((other.start for other in reported.attributions[number + 1 :]), default=len(reported.sentence.text))
        said = replace(attribution, speaker=speaker, role=None, cue=match[0].split()[-1])
        for start, end in reported.quotes:
            if match.end() <= start and end <= limit and _is_object(reported.sentence.text[match.end() : start]):
                yield ContentSpan(report_by(said, attribution), start, end)


def _find_accused(reported: ReportedSentence, attribution: ResolvedAttribution) -> tuple[str, re.Match[str]] | None:
    """The person who is accused, and the words that say of what: "accused Ivo of calling", "accused by Ada of"."""
    sentence = reported.sentence
    if match := _ACCUSED_OF.match(sentence.text, attribution.end):
        subject = find_subject(sentence, attribution.start)
        return (reported.coreference.full_name(subject[0]), match) if subject and subject[1] == "name" else None
    accused = _name_at(sentence, attribution.end)
    match = _ACCUSED_OF.match(sentence.text, accused.end) if accused else None
    return (reported.coreference.full_name(accused.name), match) if accused and match else None


def find_disowned_words(reported: ReportedSentence, pieces: Sequence[ContentSpan]) -> Iterator[ContentSpan]:
    """Quotations that are denied of somebody without a verb of saying: "“No” was not Ada’s phrase"."""
    sentence = reported.sentence
    for start, end in reported.quotes:
        if unsaid := _UNSAID_BEFORE.search(sentence.text, 0, start):  # "rather than saying “no”", "nobody said “no”"
            around = _find_reporter(start, end, _NOBODY, pieces) if unsaid["instead"] else None
            speaker, clause = (around.attribution.speaker, unsaid.start()) if around else (None, start)
            yield ContentSpan(replace(_NOBODY, speaker=speaker, start=clause), start, end)
        for place, token in enumerate(sentence.tokens):
            letter = sentence.tags[place]
            if letter not in "NO" or not token.name or token.start < end:
                continue
            following = sentence.tokens[place + 1].text.lower() if place + 1 < len(sentence.tokens) else ""
            between = sentence.text[end - 1 : token.start]
            is_denied = (
                _NOT_THEIRS.match(between) is not None and letter == "O" and following in _STATUS.words_nouns
            ) or (_NOT_BY.match(between) is not None and letter == "N")
            if is_denied:
                denied = ResolvedAttribution(
                    reported.coreference.full_name(token.name), None, "not", "before", token.start, token.end
                )
                denied = replace(denied, status="denied")
                reporter = _find_reporter(start, token.end, denied, pieces)
                yield ContentSpan(report_by(denied, reporter.attribution) if reporter else denied, start, end)
            break
