"""The words that each attribution of a sentence reports. The attributions come from `speech.resolution`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records.article import Span
from assistant.speech.extent import whole_sentence
from assistant.speech.extent.sides import (
    ARTICLE_END,
    COMMA_AS,
    FINITE,
    ROLE_BEFORE,
    SETTING_BEFORE_CLAUSE,
    SOURCE_OPENINGS,
    find_verb_behind,
    is_content_before,
)
from assistant.speech.extent.whole_sentence import find_main_report, find_quoted_object, retells, tells_meanwhile
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.roles import is_person_role

_REPORTING, _GRAMMAR, _CLAUSES = ENGLISH.reporting, ENGLISH.grammar, ENGLISH.clauses

MAX_LISTENER_WORDS = 8  # of a listener with a description
MAX_ARTICLE = 3  # letters before a quotation that a noun of saying governs
MIN_MAIN_CLAUSE_WORDS = 4  # behind the verb of a main clause
MAX_RELATIVE_OPENING = 12  # characters: ", which "


@dataclass(frozen=True, slots=True)
class ContentSpan:
    """Words that an attribution reports; offsets are into the sentence."""

    attribution: ResolvedAttribution
    start: int
    end: int


_COORDINATOR = re.compile(_CLAUSES.coordinator)
_ADDRESSEE = re.compile(_CLAUSES.addressee)
_SPEECH_SETTING = re.compile(_CLAUSES.speech_setting)
_SPEAKER_DESCRIPTION = re.compile(_CLAUSES.speaker_description)
_INCOMPLETE_OPENING = re.compile(_CLAUSES.incomplete_opening)
_APPOSITION = re.compile(_CLAUSES.apposition)
_OPENING_SETTING = re.compile(_CLAUSES.opening_setting)
_NO_LISTENER = re.compile(rf"{ENGLISH.narration.finite}|{_CLAUSES.no_listener}")
_ROLE_AFTER_SOURCE = re.compile(r",\s(?P<role>[^,\x01]{1,90}),\s(?![A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3},)")
_NEXT_SENTENCE = re.compile(r"\s?[.!?]\s+(?=[A-Z])")
_DAY_BEFORE_CLAUSE = re.compile(_CLAUSES.day_before_clause)
_SOURCE_DESCRIPTION = re.compile(_CLAUSES.source_description)
_TOLD_PARTICIPLE = re.compile(_CLAUSES.told_participle)
_FULL_STOP = re.compile(r"\b[a-z]{3,}[.!?]\s{1,3}(?=[A-Z])")
_IS_THAT = re.compile(_CLAUSES.is_that)
_FINITE_VERB = re.compile(_CLAUSES.finite_verb)
_TRAILING_CONJUNCTION = re.compile(_CLAUSES.trailing_conjunction)
_TRAILING_RELATIVE = re.compile(
    rf",?(?:(?:\s(?:{'|'.join(sorted(_GRAMMAR.prepositions | {'to'}))}))?\s(?:which|who)|"
    r"(?<!\s(?:in|of|to|at|on|by))\sthat)\s$"
)
_TRAILING_VERB = re.compile(_CLAUSES.trailing_verb)
_OPEN_RELATIVE = re.compile(r",\s(?:which|who),\s$")
_RELATIVE_OPENING = re.compile(_CLAUSES.relative_opening)
_CLOSING_MARKS = {"(": ")", "[": "]"}
_SUBORDINATOR_END = re.compile(r"[\w%\x01]\s(?:since|because|when|if|although|though|until|unless|that)\s$")
_SUBORDINATE_CONTENT = re.compile(  # "said that while it leaks, she …", "said that, because Ivo …"
    rf"\sthat,?\s(?:{'|'.join(sorted(_GRAMMAR.clause_openers))})\s(?:[^,\x01]+,\s)?$"
)
_ROLE_BEHIND_QUOTE = re.compile(rf"\s(?:another|an?|the)\s(?:(?!{FINITE.pattern}|{QUOTE_MASK})[^,]){{1,90}},\s")
_CLAUSE_BREAK = re.compile(r"[,;:—–.]")
_INTRODUCED = re.compile(r"[a-z]:\s$|\w\s[—–-]\s$")
_FURTHER_CLAUSE = re.compile(r",\s(?:but|while)\s(?:the\s)?$")
_RELATIVE_BEHIND = re.compile(rf"\b(?:who|which|whose|where)\s[^{QUOTE_MASK}]*$")
_SAYING = re.compile(r"\w\ssaying,?\s$")
_FIRST_WORD = re.compile(r"\W*(\w+)")
_SECOND_CLAUSE = re.compile(_CLAUSES.second_clause)
_TRIMMED_CHARACTERS = " ,.:;—–-\n\t"


def find_content_spans(
    outside: str, quotes: Sequence[Span], attributions: Sequence[ResolvedAttribution]
) -> Iterator[ContentSpan]:
    """The words that each attribution of a sentence reports, in order.

    `outside` is the sentence with its quotations masked; `quotes` are their spans in it. There must be attributions.
    """
    attributions = _drop_nested(outside, attributions)
    free = 0  # the words before it belong to earlier attributions
    starts: list[int] = []  # where the words before each attribution begin
    for number, attribution in enumerate(attributions):
        for told, begun in zip(reversed(attributions[:number]), reversed(starts), strict=True):
            if not retells(outside, told, attribution):
                break
            free = begun
        starts.append(free)
        following = [later for later in attributions[number + 1 :] if not whole_sentence.names_thing(outside, later)]
        limit = _find_limit(outside, attribution, following)
        limit = _find_insertion_end(outside, attribution, limit)
        for later in attributions[number + 1 : number + 2]:
            if whole_sentence.closes_sentence(outside, attribution, later):
                limit = min(limit, outside.rindex(",", 0, later.start))
        if attribution.source_span and attribution.source_span[0] < attribution.start:
            free = max(free, attribution.source_span[1])
        elif attribution.source_span and not whole_sentence.goes_on_behind_source(
            outside, attribution, attribution.source_span[1]
        ):
            limit = min(limit, attribution.source_span[0])
        before, after = outside[free : attribution.start], outside[attribution.end : limit]
        is_main = number > 0 and _opens_main_clause(outside, attributions[number - 1], attribution)
        is_before = not is_main and is_content_before(attribution, before, after)
        if not is_before and (end := find_quoted_object(outside, attribution, attributions[number + 1 : number + 2])):
            yield from _take_content_after(outside, quotes, attribution, end)
            free = end
            continue
        if is_before:
            if _OPEN_RELATIVE.search(before) is None:  # "Ivo, who, Ada says, was late"
                yield from _take_content_before(outside, quotes, attribution, free)
            yield from (
                ContentSpan(attribution, a, b)
                for a, b in quotes
                if attribution.end <= a and b <= limit and not _is_in_relative(outside[attribution.end : a])
            )
            start = _find_continuation(attribution, before, after)
            if start is not None:
                yield from _trim_content(attribution, outside, attribution.end + start, limit)
        else:
            yield from _take_content_after(outside, quotes, attribution, limit)
        free = max(free, attribution.end)
        listener = _ADDRESSEE.match(outside[free:]) if attribution.cue.lower() in _REPORTING.addressee_forms else None
        free += listener.end() if listener else 0


def _is_in_relative(between: str) -> bool:
    """Whether a quotation behind a speaker is in what the writer tells of them: "said Ada, who led the “Bix” crew".

    Not so if the clause tells what else they said or judged: "said Ada, who accused them of “lying”".
    """
    relative = _RELATIVE_BEHIND.search(between)
    told = _REPORTING.speech_forms | _REPORTING.opinion_forms
    return relative is not None and told.isdisjoint(relative[0].lower().split())


def _find_relative(outside: str, attribution: ResolvedAttribution) -> re.Match[str] | None:
    """The opening of a relative clause directly before an attribution, with its mark: ", which"."""
    return _RELATIVE_OPENING.search(outside, max(0, attribution.start - MAX_RELATIVE_OPENING), attribution.start)


def _find_insertion_end(outside: str, attribution: ResolvedAttribution, limit: int) -> int:
    """The end of an inserted clause: "the plan, which Ada called a menace, was “late”"; `limit` outside of one."""
    opening = _find_relative(outside, attribution)
    if opening is None:
        return limit
    mark = opening["mark"]
    closing = attribution.end - 1
    while (closing := outside.find(_CLOSING_MARKS.get(mark, mark), closing + 1, limit)) >= 0:
        is_quoted = outside[closing + 1 : closing + 3].strip()[:1] == QUOTE_MASK
        words = outside[attribution.end : closing]
        if mark != "," or not is_quoted or (QUOTE_MASK not in words and len(words.split()) >= MIN_MAIN_CLAUSE_WORDS):
            return closing
    return limit


def _find_continuation(attribution: ResolvedAttribution, before: str, after: str) -> int | None:
    """Where reported words before an attribution continue after it, as an offset into `after`."""
    if QUOTE_MASK not in before and _FINITE_VERB.match(after):
        return 0  # "The trouble, she said, is that it is “old”"
    if QUOTE_MASK not in before and SETTING_BEFORE_CLAUSE.match(after):
        return after.index(",")
    if QUOTE_MASK in after or _TOLD_PARTICIPLE.match(after) or tells_meanwhile(after):
        return None
    if attribution.side == "around":
        is_inserted = COMMA_AS.search(before.rstrip()) is not None
        if is_inserted and after.startswith(",") and QUOTE_MASK not in before:
            return 0
        is_source = attribution.cue.lower().startswith(SOURCE_OPENINGS) or is_inserted
        if is_source and QUOTE_MASK not in before and (verb := find_verb_behind(after)) is not None:
            return verb
        continues = after.startswith(",") and not _SPEAKER_DESCRIPTION.match(after)
        return 0 if continues and not before.rstrip(" ,").endswith(QUOTE_MASK) else None
    return None if QUOTE_MASK in before else _find_resumption(attribution, before, after)


def _find_resumption(attribution: ResolvedAttribution, before: str, after: str) -> int | None:
    """Where the words continue after an inverted cue in the middle of them, as an offset into `after`.

    "Rather than pay, said Ada Brandreth, keeper of the lock, the town waits"; "the gate, said Ada, is shut".
    """
    if attribution.side != "before":
        return None
    if _FINITE_VERB.match(after):
        return len(", ")
    match = _APPOSITION.match(after) if _INCOMPLETE_OPENING.match(before) else None
    return match.end() if match else None


def _drop_nested(outside: str, attributions: Sequence[ResolvedAttribution]) -> Sequence[ResolvedAttribution]:
    """The attributions that nobody else reports: only Ivo's in "Ada may sue, Ivo said", "Ivo said Ada wants to sue"."""
    last = attributions[-1]
    if not any(map(_is_speech_cue, attributions[:-1])) and _reports_whole_sentence(outside, last):
        return [last]
    first = attributions[0]
    if _find_resumption(first, outside[: first.start], outside[first.end :]) is not None:
        attributions = [
            first,
            *(later for later in attributions[1:] if later.side != "around" or _is_speech_cue(later)),
        ]
    independent: list[ResolvedAttribution] = []
    for attribution in attributions:
        if not independent or not _is_reported_by(independent[-1], attribution, outside):
            independent.append(attribution)
    return independent


def _reports_whole_sentence(outside: str, last: ResolvedAttribution) -> bool:
    """Whether the last attribution of a sentence reports everything before it: "Ada may sue, Ivo said"."""
    before = outside[: last.start]
    is_source = last.cue.lower().startswith(SOURCE_OPENINGS)
    if (
        last.side == "after"
        or (QUOTE_MASK in outside[last.end :] and not is_source)
        or before.count(QUOTE_MASK) != _measure_last_quote(before)
    ):
        return False
    return is_content_before(last, before, outside[last.end :])


def _is_reported_by(reporter: ResolvedAttribution, attribution: ResolvedAttribution, outside: str) -> bool:
    """Whether an attribution is part of the words of the one before it: "Ivo said Ada wants to sue"."""
    if not _is_speech_cue(reporter) or reporter.side == "before":
        return False
    if attribution.side != "around":
        return False
    if _SUBORDINATE_CONTENT.search(outside, reporter.end, attribution.start):
        return True
    if _is_speech_cue(attribution):
        return False
    if not outside[reporter.end : attribution.start].strip(" ,"):
        return True  # "The town, he said, he supports"
    if _SUBORDINATOR_END.search(outside, reporter.end, attribution.start):
        return True  # "Ada said she left because she thought it was late"
    if attribution.speaker == reporter.speaker:
        return False
    if attribution.cue.lower().startswith(SOURCE_OPENINGS) or _find_relative(outside, attribution):
        return False
    between = outside[reporter.end : attribution.start]
    if between.endswith(" but "):
        return False
    opening = _FIRST_WORD.match(outside)
    is_subordinate = opening is not None and opening[1].lower() in _GRAMMAR.clause_openers  # "After Ada said no, …"
    return QUOTE_MASK not in between and (_CLAUSE_BREAK if is_subordinate else _SECOND_CLAUSE).search(between) is None


def _is_speech_cue(attribution: ResolvedAttribution) -> bool:
    """Whether an attribution reports words, not a wish or opinion."""
    return attribution.cue.lower() in _REPORTING.speech_forms | _REPORTING.speech_participles


def _find_limit(outside: str, attribution: ResolvedAttribution, following: Sequence[ResolvedAttribution]) -> int:
    """The end of the words after an attribution: the next attribution, unless it is part of these words."""
    if (start := find_main_report(outside, attribution, following)) is not None:
        return start
    for later in following[:1]:
        between = outside[attribution.end : later.start]
        if later.side == "before":
            opening = between.find(QUOTE_MASK)
            return attribution.end + opening if opening >= 0 else later.start
        # The quotation directly before an attribution belongs to it.
        if _opens_main_clause(outside, attribution, later):
            return later.start
        if later.side == "around" and (length := _measure_last_quote(between)):
            return attribution.end + len(between.rstrip(" ,")) - length
        if (joined := _COORDINATOR.search(between)) and not _SUBORDINATE_CONTENT.search(between):
            return attribution.end + joined.start()
        if later.side == "after" or QUOTE_MASK in between:
            return max(attribution.end, later.start)
    for later in following[1:]:  # "Ada said Ivo knows it and added that …"
        if later.side == "around" and (later.speaker or later.role) != (attribution.speaker or attribution.role):
            if joined := _FURTHER_CLAUSE.search(outside, attribution.end, later.start):
                return joined.start()  # "Ada said Ivo knows it, while Bo said …"
        elif later.side == "after" and later.speaker and later.speaker == attribution.speaker:
            joined = _COORDINATOR.search(outside, attribution.end, later.start)
            return joined.start() if joined else later.start
    return len(outside)


def _opens_main_clause(outside: str, first: ResolvedAttribution, later: ResolvedAttribution) -> bool:
    """Whether a quotation between two reports ends a subordinate clause: "After Ada called it “old,” she left …"."""
    if later.side != "around" or not whole_sentence.SUBORDINATE_LEAD.search(outside, 0, first.start):
        return False
    is_quoted = _measure_last_quote(outside[first.end : later.start]) > 0
    return is_quoted and len(outside[later.end :].replace(QUOTE_MASK, "").split()) >= MIN_MAIN_CLAUSE_WORDS


def _measure_last_quote(before: str) -> int:
    """Length of the quotation at the end of `before`, except for a comma after it; 0 if there is none."""
    words = before.rstrip(" ,")
    return len(words) - len(words.rstrip(QUOTE_MASK))


def _take_content_before(
    outside: str, quotes: Sequence[Span], attribution: ResolvedAttribution, free: int
) -> Iterator[ContentSpan]:
    """The words before an attribution: the quotations there, or the clause if there are words outside them."""
    inside = [(a, b) for a, b in quotes if free <= a and b <= attribution.start]
    article = ARTICLE_END.search(outside, free, attribution.start)
    end = article.start() if article else attribution.start
    words = re.sub(r"[\W_]+", "", ROLE_BEFORE.sub("", outside[free : attribution.start]).replace(QUOTE_MASK, ""))
    setting = _OPENING_SETTING.match(outside, free, inside[0][0]) if inside else None
    if inside and inside[0][0] == free and _ROLE_BEHIND_QUOTE.fullmatch(outside, inside[0][1], attribution.start):
        words = ""  # “It leaks,” another keeper and friend of Ivo, Ada Brandreth, wrote
    if inside and _INTRODUCED.search(outside, free, inside[-1][0]):
        yield ContentSpan(attribution, *inside[-1])  # "Ada was late: “It broke,” she said"
    elif inside and (not words or (setting and setting.end() == inside[0][0] and len(inside) == 1)):
        yield from (ContentSpan(attribution, a, b) for a, b in inside)
    else:
        yield from _trim_content(attribution, outside, free, end)


def _take_content_after(
    outside: str, quotes: Sequence[Span], attribution: ResolvedAttribution, limit: int
) -> Iterator[ContentSpan]:
    """The words after an attribution, without the listener and the setting: the quotations there, or the clause."""
    start = attribution.end
    if outside[start:limit].lstrip().startswith(";") or _NEXT_SENTENCE.match(outside, start, limit):
        return  # "the keepers protested; the lock stayed shut"
    if tells_meanwhile(outside[start:limit]):
        return
    start = _skip_circumstances(outside, attribution, limit)
    is_noun = attribution.side == "after" and attribution.cue.lower() in _REPORTING.speech_nouns
    inside = [(a, b) for a, b in quotes if start <= a and b <= limit]
    if inside and whole_sentence.names_thing(outside, attribution):
        yield from _trim_content(attribution, outside, start, inside[0][1])
        return  # "what Ada calls an “old” lock"
    if inside and _SAYING.search(outside, start, inside[0][0]) and not FINITE.search(outside, start, inside[0][0]):
        start = inside[0][0]  # "explained her choice to the keepers saying, “…”"
    if inside and attribution.cue.lower() in _REPORTING.addressee_forms:
        listener = outside[start : inside[0][0]]
        if len(listener.split()) <= MAX_LISTENER_WORDS and not _NO_LISTENER.search(listener):
            start = inside[0][0]  # "told the radio host Ada Brandreth “…”"
    if inside:
        first_start, first_end = inside[0]
        words_before = re.sub(r"\W+", "", outside[start:first_start])
        introduced = outside[start:first_start].rstrip().endswith(":")
        if is_noun and len(words_before) <= MAX_ARTICLE and FINITE.search(outside, first_end, limit):
            yield ContentSpan(attribution, first_start, first_end)  # "Ada’s offer of a “gate” made them laugh"
            return
        if (introduced or not words_before) and not _continues_quotation(outside[first_end:limit].lstrip()):
            yield from (ContentSpan(attribution, first, last) for first, last in inside)
            return
    yield from _trim_content(attribution, outside, start, limit)


def _skip_circumstances(outside: str, attribution: ResolvedAttribution, limit: int) -> int:
    """Where words after an attribution begin, behind its listener, the occasion and the description of a source."""
    start = attribution.end
    has_listener = attribution.cue.lower() in _REPORTING.addressee_cues | _REPORTING.addressee_forms
    if has_listener and (match := _ADDRESSEE.match(outside[start:limit])):
        start += match.end()
    is_noun = attribution.side == "after" and attribution.cue.lower() in _REPORTING.speech_nouns
    match = _SPEECH_SETTING.match(outside[start:limit])
    if match and not (is_noun and FINITE.search(match[0])):
        start += match.end()
    is_source = attribution.cue.lower().startswith(SOURCE_OPENINGS)
    if is_source and (match := _SOURCE_DESCRIPTION.match(outside[start:limit])):
        start += match.end()
    elif is_source and (match := _ROLE_AFTER_SOURCE.match(outside[start:limit])) and is_person_role(match["role"]):
        start += match.end()  # "according to Ada, the keeper's aide, …"
    if match := _DAY_BEFORE_CLAUSE.match(outside[start:limit]):
        start += match.end()
    return start


def _continues_quotation(rest: str) -> bool:
    """Whether the words after a quotation are part of the words reported."""
    return bool(rest) and (rest[0].islower() or rest[0].isdigit()) and not rest.startswith(_CLAUSES.continuations)


def _trim_content(attribution: ResolvedAttribution, outside: str, start: int, end: int) -> Iterator[ContentSpan]:
    """The words between two offsets, without punctuation at the ends, if they are more than one word or a quotation."""
    if end <= attribution.start:  # words before a speaker begin after the last full stop
        start += max((each.end() for each in _FULL_STOP.finditer(outside[start:end])), default=0)
    start += len(outside[start:end]) - len(outside[start:end].lstrip(_TRIMMED_CHARACTERS))
    if attribution.side == "after" and (linked := _IS_THAT.match(outside, start, end)):
        start = linked.end()
    words = outside[start:end]
    if end <= attribution.start and words.startswith("that "):
        return  # "police denied that she fell, the Post said": what they denied
    if end < len(outside):  # “… the mills that” she says are old
        words = _TRAILING_RELATIVE.sub("", words)
    words = _TRAILING_CONJUNCTION.sub("", words.rstrip(_TRIMMED_CHARACTERS))
    if attribution.side == "after":
        words = _TRAILING_VERB.sub("", words)  # "Ada’s claim that “it leaks” was mocked by Ivo"
    end = start + len(words)
    if len(words.split()) > 1 or QUOTE_MASK in words:
        yield ContentSpan(attribution, start, end)
