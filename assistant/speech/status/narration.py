"""Whether indirect speech is a clause that somebody says, or a thing or an act that the writer tells of them.

"Ada said the lock leaks" reports words. "Ada criticised the plan", "promised to mend it", "believed that it leaks" do
not: a reader who prints them as hers prints the writer's."""

from __future__ import annotations

import re

from assistant.speech.content_spans import ContentSpan
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_NARRATION, _REPORTING = ENGLISH.narration, ENGLISH.reporting
_CLAUSE_OPENING = re.compile(_NARRATION.clause_opening)
_OPEN_CLAUSE = re.compile(_NARRATION.open_clause)
_PRONOUN_SUBJECT = re.compile(_NARRATION.pronoun_subject)
_RELATIVE = re.compile(_NARRATION.relative)
_INFINITIVE = re.compile(_NARRATION.infinitive)
_SUBORDINATE = re.compile(_NARRATION.subordinate, re.IGNORECASE)
_THING_WITH_CLAUSE = re.compile(r"(?<=.)\s(?:who|whom|whose|which|that)\s")
_COMMA = re.compile(r",\s|[;:–—]")
_FURTHER_CLAUSE = re.compile(r",\s(?:and|but|while)\s")
_STRICT_OPENING = re.compile(_NARRATION.strict_opening)
_TOPIC_QUESTIONS = re.compile(_NARRATION.topic_questions)
_TOPIC_OPENING = re.compile(_NARRATION.topic_opening)
_GREETINGS = re.compile(_NARRATION.greetings)
_SAID_THINGS = re.compile(_NARRATION.said_things)
_FUTURE = re.compile(_NARRATION.future)
_INFERRED = re.compile(_NARRATION.inferred)
_SETTING = re.compile(_NARRATION.setting)
_FINITE = re.compile(_NARRATION.finite)
_LIKELY_FINITE = re.compile(_NARRATION.likely_finite)
_THAT = re.compile(r"\sthat\s")
_QUOTED_LISTENER = re.compile(rf"{QUOTE_MASK}+\s(?:not\s)?to\s[a-z]")
_QUOTED_THING = re.compile(_NARRATION.quoted_thing)
_DENIED_CLAIM = re.compile(ENGLISH.status.denied_claim_before, re.IGNORECASE)
_AFTER_LISTENER = re.compile(_NARRATION.after_listener)


def is_narrated(content: ContentSpan, outside: str, words: str) -> bool:
    """Whether words that an attribution reports are the writer's account of the speaker. Quotations are masked.

    `outside` is the sentence. A quotation in the words is the speaker's unless it only belongs to a thing in them.
    """
    attribution = content.attribution
    cue = attribution.cue.lower()
    if content.start < attribution.start or cue in _REPORTING.source_phrases or not cue.strip(":—-"):
        return False  # "The lock leaks, Ada said"
    if _is_not_yet_said(attribution, outside, words):
        return True
    if _is_unasserted(cue, outside[attribution.end : content.start], words):
        return True
    if QUOTE_MASK in words:
        claim = _THAT.search(words)
        if claim and _DENIED_CLAIM.search(outside[: content.start + claim.end()]):
            return True  # "dismissed the idea that “nobody cares”"
        if cue in _REPORTING.addressee_cues and _QUOTED_LISTENER.match(words):
            return True  # "asked the “reporter” to join"
        return not words.startswith(QUOTE_MASK) and _is_quoted_elsewhere(attribution, cue, words)
    return _is_told(attribution, outside[attribution.end : content.start], _SETTING.sub("", words))


def _is_unasserted(cue: str, between: str, words: str) -> bool:
    """Whether words are asked or hoped ("asked whether it leaks"), but no question or request word by word.

    "Asked that the lock be closed" and "Ada asked: is it late?" are said, and so are quotations in the words.
    """
    is_request = cue in _REPORTING.question_cues and _THAT.match(f" {words}") is not None
    return cue in _NARRATION.unasserted and not (is_request or ":" in between or QUOTE_MASK in words)


def _is_not_yet_said(attribution: ResolvedAttribution, outside: str, words: str) -> bool:
    """Whether a verb only tells where somebody turns to say something, or what they are going to say."""
    if attribution.cue.lower().startswith(_NARRATION.turning_cues) and _INFINITIVE.match(words):
        return True  # "took to Twitter to share her “joy”"
    before_verb = outside[: attribution.end].removesuffix(attribution.cue)
    is_open = _FUTURE.search(before_verb) or _INFERRED.search(before_verb)
    return QUOTE_MASK not in words and is_open is not None  # "Ada will announce it", "apparently concluded that …"


def _is_told(attribution: ResolvedAttribution, between: str, words: str) -> bool:
    """Whether words without a quotation are told by the writer; `between` are those between the verb and them."""
    cue = attribution.cue.lower()
    if cue in _NARRATION.thoughts or (
        cue in _NARRATION.topics | _NARRATION.acts | _NARRATION.object_verbs and _TOPIC_QUESTIONS.match(words)
    ):
        return True
    if _GREETINGS.match(words) or (_SAID_THINGS.match(words) and not has_finite_verb(words)):
        return True
    is_often_act = cue in _NARRATION.acts or cue in _REPORTING.ambiguous_forms  # "snapped that run"
    if (_STRICT_OPENING if is_often_act else _CLAUSE_OPENING).match(words):
        return False
    if attribution.side == "after" and cue in _REPORTING.speech_nouns:
        return True
    if _INFINITIVE.match(words):
        return True
    if cue in _REPORTING.addressee_forms | _REPORTING.addressee_cues and _AFTER_LISTENER.match(words):
        return False
    if _PRONOUN_SUBJECT.match(words):
        return False
    if cue in _NARRATION.acts or (cue in _NARRATION.object_verbs and not _has_plain_verb(words)):
        return True
    if between.lstrip()[:1] in (",", ":"):
        return False  # "As Ada explained, the lock leaks"
    if _TOPIC_OPENING.match(words) and not (cue in _NARRATION.plain_verbs and has_finite_verb(words)):
        return True
    return not (cue in _NARRATION.clause_verbs or _OPEN_CLAUSE.match(words) or is_clause(words))


def _is_quoted_elsewhere(attribution: ResolvedAttribution, cue: str, words: str) -> bool:
    """Whether a quotation inside words is not what the speaker says: "discussed the plan, his “longest” one"."""
    first = _COMMA.split(words, maxsplit=1)[0]
    if cue in _NARRATION.acts and QUOTE_MASK not in _QUOTED_THING.sub("", words):
        return True  # "attacked Ivo for the “losers” comment"
    if cue in _NARRATION.topics and not has_finite_verb(_THING_WITH_CLAUSE.split(first)[0]):
        return True  # "cited Ivo’s claim that it was “late”"
    if cue in _NARRATION.thoughts and not _CLAUSE_OPENING.match(words):
        return True
    if attribution.side == "after" and cue in _REPORTING.speech_nouns:
        return "," in words[: words.index(QUOTE_MASK)]
    if (
        cue in _NARRATION.clause_verbs
        or QUOTE_MASK in first
        or _CLAUSE_OPENING.match(words)
        or _PRONOUN_SUBJECT.match(words)
    ):
        return False
    return cue in _NARRATION.acts or not (is_clause(words) or _OPEN_CLAUSE.match(words) or _SUBORDINATE.match(words))


def _has_plain_verb(words: str) -> bool:
    """Whether the main clause has a verb that can be no participle: not "a plan made in May"."""
    return _FINITE.search(_FURTHER_CLAUSE.split(_RELATIVE.sub("", words))[0]) is not None


def has_finite_verb(words: str) -> bool:
    """Whether words have a finite verb anywhere."""
    return _FINITE.search(words) is not None or _LIKELY_FINITE.search(words) is not None


def is_clause(words: str) -> bool:
    """Whether words have a finite verb, before a comma if they begin with a thing or a person."""
    main = _RELATIVE.sub("", words)
    if not _SUBORDINATE.match(main):
        main = _COMMA.split(main, maxsplit=1)[0]
    return has_finite_verb(main)
