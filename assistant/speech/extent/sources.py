"""According to whom somebody spoke: "According to the Post, Ada said …"; "Ada said …, the report said"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.speech.attribution import lower_article
from assistant.speech.resolution import ResolvedAttribution
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.roles import role_head

MAX_SETTING_WORDS = 4  # "on Monday", beside the words reported
MAX_LISTENER_WORDS = 10  # "her audience on Sunday", between a speaker and the source

_REPORTING = ENGLISH.reporting
_WORD = re.compile(r"\w+")
_BEFORE_SOURCE = re.compile(
    rf"(?:,|(?<=\x01))\s(?:(?:{'|'.join(sorted(ENGLISH.grammar.articles))})\s)?$", re.IGNORECASE
)
_PARTICIPLE_BEHIND = re.compile(r",\s(?:\w+ing|who|which|whose)\s[^\x01]*$")
_LISTENER = re.compile(ENGLISH.clauses.listener)
_SECOND_CLAUSE = re.compile(ENGLISH.clauses.second_clause)
_LAST_CLAUSE = re.compile(r"[,;]\s(?:and|but|while)\s")


def link_sources(outside: str, attributions: Sequence[ResolvedAttribution]) -> list[ResolvedAttribution]:
    """The attributions without those that only say according to whom somebody spoke; that goes to `via`.

    "According to the Post, Ada said …"; "Ada said …, according to the Post".
    """
    linked = list(attributions)
    for source in attributions:
        if source.cue.lower() not in _REPORTING.second_hand_phrases and not _closes_sentence(outside, source):
            continue
        place = linked.index(source)
        for told in (*linked[place + 1 : place + 2], *reversed(linked[:place])):
            if _is_told_by(outside, told, source):
                linked[linked.index(told)] = replace(
                    told,
                    status="reported",
                    via=source.speaker or lower_article(source.role or ""),
                    source_span=(_find_source_start(outside, source), source.end),
                )
                linked.remove(source)
                break
    return linked


def _closes_sentence(outside: str, source: ResolvedAttribution) -> bool:
    """Whether a source at the end of a sentence only tells what somebody said: "Ada said …, the Post reported".

    "Ivo said …, the suit said": a document that says it tells it too.
    """
    is_last = _BEFORE_SOURCE.search(outside, 0, source.start) is not None and not _count_words(outside[source.end :])
    return is_last and (_is_document(source) or source.cue.lower() in _REPORTING.second_hand_verbs)


def _is_document(source: ResolvedAttribution) -> bool:
    return source.speaker is None and role_head(source.role or "") in ENGLISH.narration.text_nouns


def _find_source_start(outside: str, source: ResolvedAttribution) -> int:
    """Where a source begins, with the comma and the article before it: "…, The Post reported"."""
    before = _BEFORE_SOURCE.search(outside, 0, source.start) if _closes_sentence(outside, source) else None
    return before.start() if before else source.start


def _is_told_by(outside: str, told: ResolvedAttribution, source: ResolvedAttribution) -> bool:
    """Whether the words of an attribution are reported according to the source of another one."""
    if told.cue != ":" and told.cue.lower() not in _REPORTING.speech_forms | _REPORTING.speech_participles:
        return False
    is_behind = outside[: told.start].rstrip(" ,").endswith(QUOTE_MASK)
    if (told.speaker or told.role) in (source.speaker or source.role, None if not is_behind else ""):
        return False
    if source.start < told.start:
        between = outside[source.end : told.start].replace(QUOTE_MASK, "")
        is_apposed = between.endswith((", ", ",")) and _count_words(between) <= MAX_LISTENER_WORDS
        is_near = _count_words(between) <= MAX_SETTING_WORDS or is_apposed
        return not _count_words(outside[: source.start]) and is_near
    is_saying = source.cue.lower() not in _REPORTING.second_hand_phrases | _REPORTING.second_hand_verbs
    if is_saying and told.cue.lower() not in ENGLISH.status.plain_speech_verbs:
        return False  # "Studies found that it leaks, the report said"
    between, after = outside[told.end : source.start], _PARTICIPLE_BEHIND.sub("", outside[source.end :])
    if is_behind and not after.strip(f" ,.{QUOTE_MASK}"):
        after = ""  # “It leaks,” Ada said, according to the Post, “and it is old.”
    if "," in after or QUOTE_MASK in after:
        return False
    if is_behind and _count_words(between) <= MAX_LISTENER_WORDS and _LISTENER.match(between.rstrip(" ,")):
        return True  # “…,” Ada told her audience on Sunday, according to the Post
    if told.side == "after" and told.cue.lower() in _REPORTING.speech_participles:
        return _SECOND_CLAUSE.search(between.replace(QUOTE_MASK, "")) is None  # "…, saying it leaks, according to Ada"
    opening = _LAST_CLAUSE.split(outside[: told.start])[-1]
    if _count_words(opening.replace(QUOTE_MASK, "")) > MAX_SETTING_WORDS or QUOTE_MASK in opening:
        return _count_words(between) <= MAX_SETTING_WORDS and QUOTE_MASK not in between
    return _SECOND_CLAUSE.search(between) is None


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))
