"""Whether indirect speech reports words at all: what only looks like it is dropped, what runs on is cut.

Quotations are not judged here. Words and patterns come from the language profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.records.article import Span
from assistant.speech.content_spans import ContentSpan
from assistant.speech.status.clause_extent import find_main_clause, hide_quotations_of_others, join_interrupted
from assistant.speech.status.narration import has_finite_verb, is_narrated
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK, is_quoted

MAX_SETTING_WORDS = 8  # "in a letter to the town on Monday"; more words hold the statement too
MAX_LINK = 6  # characters between two quotations
MIN_LAST_WORD = 3  # letters of the last word of a sentence; shorter ones are abbreviations
MAX_VERBLESS_WORDS = 6  # a longer clause has a verb, even if it is not one of `finite_word`

_REPORTING, _CLAUSES, _PEOPLE, _NARRATION = ENGLISH.reporting, ENGLISH.clauses, ENGLISH.people, ENGLISH.narration
_ABBREVIATIONS = frozenset((*_PEOPLE.title_abbreviations, *_PEOPLE.sentence_abbreviations))
_ROLE_WORDS = _PEOPLE.titles | _PEOPLE.person_nouns
_NEGATED_VERB = re.compile(ENGLISH.status.negated_verb)
_REFUSED_VERB = re.compile(ENGLISH.status.refused_verb)
_ADVERBIAL_CONTENT = re.compile(_CLAUSES.adverbial_content)
_FINITE_WORD = re.compile(_CLAUSES.finite_word)
_SENTENCE_BREAK = re.compile(_CLAUSES.sentence_break)
_NARRATED_CLAUSE = re.compile(_CLAUSES.narrated_clause)
_OWN_PREDICATE = re.compile(_CLAUSES.own_predicate)
_DEED = re.compile(_CLAUSES.deed)
_JOINED_CLAUSE = re.compile(_CLAUSES.joined_clause)
_SAID = ("asserted", "reported")
_KNOWN = re.compile(_CLAUSES.known)
_TITLE_BEFORE = re.compile(_CLAUSES.title_before)
_BREAKS = frozenset(",(–—")  # marks behind which a sentence goes on
_FINITE_OPENING = re.compile(_CLAUSES.finite_opening)
_EXPECTED = re.compile(rf"{ENGLISH.narration.future.removesuffix('$')}\w+$")
_OCCASION_BEFORE = re.compile(r"\s(?:at|in|on|during)\s(?:the|an?|his|her|its|their)\s")
_PRONOUN_SUBJECT = re.compile(ENGLISH.narration.pronoun_subject)
_RELATIVE_LEAD = re.compile(r"\b(?:where|which|who|whom)\s(?:the\s)?$")
_MAIN_VERB = re.compile(_CLAUSES.main_verb)
_GAP_BEFORE = re.compile(_NARRATION.gap_before)
_VERB_OPENING = re.compile(_NARRATION.verb_opening)
_ADJUNCT = re.compile(_NARRATION.adjunct)
_PHRASE = re.compile(_NARRATION.subordinate)
_BARE_CLAUSE = re.compile(_CLAUSES.bare_clause)
_THAT = re.compile(r"^that\b")
_THAT_BEFORE = re.compile(r"\bthat\s(?:[\w’'.-]+\s){0,4}$")
_FURTHER_ACT = re.compile(r",\sand\s(?:also\s)?(?P<verb>\w+ed)\s")
_TOKEN = re.compile(r"[\w’']+|[,;:—–]|\x01+")
_TIME_LEAD = re.compile(r"(?:^|,)\W*(?i:after|before|when|while|once|until|since)\s(?:[\w’'.-]+\s){0,3}$")


def keep_reported(contents: Sequence[ContentSpan], outside: str, quotes: Sequence[Span]) -> Iterator[ContentSpan]:
    """The contents of a sentence that report words; those of indirect speech without what the writer adds.

    `outside` is the sentence with its quotations masked; `quotes` are their spans in it. The parts of words that an
    attribution interrupts are judged together.
    """
    thoughts = {content.attribution for content in contents if _is_thought_inside(content, contents)}
    for _, group in groupby(contents, key=lambda content: content.attribution):
        parts = join_interrupted(list(group), outside)
        if parts[0].attribution.status not in _SAID:
            yield from parts
            continue
        own = hide_quotations_of_others(parts, contents, outside)
        words = [_cut_narration(part, own) for part in parts]
        is_reported = not _is_negated(parts[0], outside) and _reports_words(parts[0], outside, " ".join(words))
        is_told = parts[0].attribution in thoughts or is_narrated(parts[0], outside, words[0])
        for part, kept in zip(parts, words, strict=True):
            if _is_gloss(part, parts[0], outside) or _is_fragment(part, parts[0], kept):
                continue
            if part is parts[0] and _has_gap(part, outside):
                inside = _list_quotations(part, outside, quotes)
                yield from (replace(part, start=start, end=end) for start, end in inside)
                if not inside and is_reported:
                    yield replace(part, attribution=replace(part.attribution, status="narrated"))
                continue
            if len(parts) > 1 and is_reported and _is_adjunct(part, outside):
                yield replace(part, attribution=replace(part.attribution, status="narrated"))
                continue
            if is_quoted(part.start, part.end, quotes) and part.attribution not in thoughts:
                yield part
            elif is_reported:
                attribution = replace(part.attribution, status="narrated") if is_told else part.attribution
                yield replace(part, end=part.start + len(kept), attribution=attribution)


def _is_thought_inside(content: ContentSpan, contents: Sequence[ContentSpan]) -> bool:
    """Whether words are only what a speaker hopes or thinks in their own words: "Ada said she hopes “it holds”"."""
    own = content.attribution
    if own.speaker is None or own.cue.lower() not in _NARRATION.unasserted:
        return False
    return any(
        other.start <= own.start and content.end <= other.end and other.attribution.speaker == own.speaker
        for other in contents
        if other.attribution.start < own.start
    )


def _is_adjunct(part: ContentSpan, outside: str) -> bool:
    """Whether words before a speaker are a phrase with a quotation: "To stop “the leak,” Ada said, “we must pay.”"."""
    words = outside[part.start : part.end]
    is_mixed = QUOTE_MASK in words and not words.startswith(QUOTE_MASK)
    is_before = part.end <= part.attribution.start
    return is_mixed and is_before and _ADJUNCT.match(words) is not None and not has_finite_verb(words)


def _is_fragment(part: ContentSpan, first: ContentSpan, words: str) -> bool:
    """Whether words behind a speaker who has spoken before are no clause: "It leaks, according to Ada, at the sill"."""
    is_behind = first.end <= part.attribution.start < part.start
    is_phrase = is_behind and QUOTE_MASK not in words and not has_finite_verb(words)
    return is_phrase and (_is_description(words) or _PHRASE.match(words) is not None)


def _has_gap(part: ContentSpan, outside: str) -> bool:
    """Whether a relative pronoun before the speaker is a part of the words: "which Ada said was “late”"."""
    attribution = part.attribution
    if part.start < attribution.end or attribution.side != "around" or attribution.cue.lower() in _NARRATION.backing:
        return False
    found = _GAP_BEFORE.search(outside, 0, attribution.start)
    if found is None or _VERB_OPENING.match(outside, part.start):
        return found is not None  # "what Ada said was “late”"
    return found["relative"] is not None and QUOTE_MASK not in outside[part.start : part.end]


def _list_quotations(part: ContentSpan, outside: str, quotes: Sequence[Span]) -> list[Span]:
    """The quotations in words: the first, those next to the one before, and those behind a colon."""
    listed: list[Span] = []
    for start, end in quotes:
        between = outside[listed[-1][1] : start] if listed else ""
        if part.start <= start and end <= part.end and (len(between) <= MAX_LINK or between.endswith(": ")):
            listed.append((start, end))
    return listed


def _is_gloss(part: ContentSpan, first: ContentSpan, outside: str) -> bool:
    """Whether words behind a speaker who has spoken before are the writer's.

    "…, according to Skywatch, which tracks flights"; "“…,” Ada said on “The Late Show”".
    """
    if not first.end <= part.attribution.start < part.start:
        return False
    if outside.startswith((*_CLAUSES.relative_words, "or "), part.start):
        return True
    return _TITLE_BEFORE.search(outside[: part.start]) is not None


def _cut_narration(content: ContentSpan, outside: str) -> str:
    """The words of a content up to where the writer goes on."""
    words = outside[content.start : content.end]
    is_behind = content.start >= content.attribution.end
    if content.attribution.cue in _REPORTING.speech_nouns and is_behind:
        words = words[: _find_predicate(words)].rstrip()
    if is_behind and (main := find_main_clause(outside, content.attribution.start, words)):
        words = words[:main]
    if is_behind and _RELATIVE_LEAD.search(outside, 0, content.attribution.start):
        words = words[: found.start()] if (found := _MAIN_VERB.search(words)) else words
    further = words.find("; ") if is_behind else -1
    if (
        further > 0
        and words.count("(", 0, further) == words.count(")", 0, further)
        and QUOTE_MASK not in words[further:]
    ):
        words = words[:further]
    if is_behind:
        words = _cut_predicates(content.attribution.cue.lower(), words)
        words = _cut_joined(words, outside[: content.attribution.start])
    for pattern in (_SENTENCE_BREAK, _NARRATED_CLAUSE, _JOINED_CLAUSE):
        found = pattern.search(words) if is_behind or pattern is not _JOINED_CLAUSE else None
        if found is None or QUOTE_MASK in words[found.start() :]:
            continue
        if pattern is _SENTENCE_BREAK:
            if found["last"] in _ABBREVIATIONS or len(found["last"]) < MIN_LAST_WORD or not found["last"].islower():
                continue
            words = words[: found.end("last")]
        elif pattern is not _JOINED_CLAUSE or not (_THAT.match(words) or _FINITE_WORD.search(words, 0, found.start())):
            words = words[: found.start()]  # but not "that the lock leaks and Ada closed it"
    return words


def _cut_joined(words: str, before: str) -> str:
    """The words up to a clause beside theirs, with `before` the speaker: "News that Ada called it late and that …"."""
    joined = words.find(" and that ")
    if (
        joined > 0
        and "that " not in words[:joined]
        and QUOTE_MASK not in words[joined:]
        and _THAT_BEFORE.search(before)
    ):
        return words[:joined]
    return words


def _find_predicate(words: str) -> int | None:
    """Where the verb of a sentence begins behind what a noun tells: "the claim that it leaks has been denied"."""
    first, before = -1, ""
    for number, token in enumerate(_TOKEN.finditer(words)):
        word = token[0].lower()
        if word in _CLAUSES.predicate_stops:
            return None
        if word in ENGLISH.grammar.finite_auxiliaries:
            if first >= 0 and number > first + 1 and before not in _PEOPLE.non_name_words:
                return token.start()
            first = number
        before = word
    return None


def _cut_predicates(cue: str, words: str) -> str:
    """The words behind a verb up to what else the speaker did: "called Ivo a liar but did not leave"."""
    if cue in ENGLISH.narration.acts | ENGLISH.narration.object_verbs:
        own = _OWN_PREDICATE.search(words)
        if own and QUOTE_MASK not in own[0] and not has_finite_verb(words[: own.start()]):
            words = words[: own.start()]
    further = _FURTHER_ACT.search(words)  # "said it leaks, and accused Ivo"
    if further and further["verb"] in ENGLISH.narration.acts and QUOTE_MASK not in words[further.end() :]:
        words = words[: further.start()]
    return words


def _is_negated(content: ContentSpan, outside: str) -> bool:
    """Whether the speaker did not say it: "Ada does not endorse the plan"."""
    attribution = content.attribution
    mention_and_verb = outside[attribution.start : attribution.end]
    before_verb = mention_and_verb.removesuffix(attribution.cue)
    return any(pattern.search(before_verb) for pattern in (_NEGATED_VERB, _REFUSED_VERB))


def _reports_words(content: ContentSpan, outside: str, words: str) -> bool:
    """Whether words are what an attribution reports. Quotations in them are masked."""
    if _belongs_elsewhere(content, outside, words):
        return False
    cue = content.attribution.cue.lower()
    if QUOTE_MASK in words:  # but "Tarn will see “high” water"
        return cue not in _REPORTING.perception_cues or _EXPECTED.search(outside, 0, content.attribution.end) is None
    is_before = content.end <= content.attribution.start
    if cue in _REPORTING.perception_cues and not _KNOWN.search(words):
        return False  # "saw his chance"
    following = outside[content.attribution.end :].lstrip() if is_before else words
    if _DEED.match(f"{cue} {following}"):
        return False
    is_adverbial = cue in _REPORTING.clause_cues and _is_setting(words)
    if is_adverbial and (cue not in _REPORTING.plain_cues or len(words.split()) <= MAX_SETTING_WORDS):
        return False  # "spoke to the Tarn Post in May"
    if is_before and content.attribution.side == "before" and not has_finite_verb(words):
        return False  # "Yesterday, the keeper of the lock, announced Ada"
    has_verb = len(words.split()) > MAX_VERBLESS_WORDS or any(
        pattern.search(words) for pattern in (_FINITE_WORD, _PRONOUN_SUBJECT)
    )
    if has_verb:
        return not _BARE_CLAUSE.fullmatch(words)
    if _THAT.match(words) or (cue in _REPORTING.source_phrases and not is_before):
        return False  # cut off: "that the report"; "according to the Post, the oldest paper"
    if is_before:  # "Tarn County, Norland"
        return not (_is_description(words) or _is_setting(words) or words.istitle())
    # Not "told the story", and not only the listener.
    return cue not in _REPORTING.clause_cues or words.startswith(("of ", "about ", "against "))


def _belongs_elsewhere(content: ContentSpan, outside: str, words: str) -> bool:
    """Whether words, also quoted ones, belong to another verb of the sentence, or are the writer's."""
    attribution = content.attribution
    if content.end <= attribution.start:
        return attribution.cue.lower() in _REPORTING.ambiguous_forms  # "a list of “friends” the ministry released"
    if words.split(" ", 1)[0].lower() in _REPORTING.reporting_forms:
        return content.start >= attribution.end  # "Witnesses, according to Ada, said …"
    if outside[: content.start].endswith(", ") and words.startswith(_CLAUSES.relative_words):
        return True  # "told the Post, which first reported it"
    if attribution.cue.lower().startswith(ENGLISH.narration.talking_cues) and _OCCASION_BEFORE.fullmatch(
        outside, attribution.end, content.start
    ):
        return True  # "spoke at the “Lock Day” breakfast"
    is_apart = _is_apart(content, outside) or _is_verb_of_relative(content, outside, words)
    return is_apart or _is_after_agent(content, outside)


def _is_apart(content: ContentSpan, outside: str) -> bool:
    """Whether a comma divides words from a verb that needs no words: "As Ada spoke, the lock opened"."""
    attribution = content.attribution
    is_act = attribution.cue.lower() in ENGLISH.narration.acts or _TIME_LEAD.search(outside, 0, attribution.start)
    return (
        bool(is_act)
        and outside[attribution.end : content.start].startswith(",")
        and outside[content.start] != QUOTE_MASK
    )


def _is_verb_of_relative(content: ContentSpan, outside: str, words: str) -> bool:
    """Whether words go on after a relative clause without a pronoun: "everything Ada says is true"."""
    before = outside[: content.attribution.start].split()
    return (
        _FINITE_OPENING.match(words) is not None
        and content.start >= content.attribution.end
        and bool(before)
        and before[-1].lower() not in _CLAUSES.relative_pronouns
    )


def _is_setting(words: str) -> bool:
    return _ADVERBIAL_CONTENT.match(words[:1].lower() + words[1:]) is not None


def _is_after_agent(content: ContentSpan, outside: str) -> bool:
    """Whether words only follow the speaker of a passive: "denied by Ada Brandreth, the mayor’s lawyer"."""
    attribution = content.attribution
    is_passive = _CLAUSES.agent in outside[attribution.start : attribution.end].split()
    after = outside[attribution.end : content.end]
    if not is_passive or content.start < attribution.end:
        return False
    return after.lstrip()[:1] in _BREAKS or _is_setting(after.lstrip())


def _is_description(words: str) -> bool:
    """Whether words describe a person: "The city’s security chief", set off before a name."""
    return any(word.lower().rstrip(".,") in _ROLE_WORDS for word in words.split())
