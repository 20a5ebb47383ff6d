"""Parses a question into a Query: its kind, speakers, topic, period, outlets and terms. Uses no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from assistant.errors import QuestionError
from assistant.questions.answer_types import asks_for_several, asks_of_present, detect_answer_type
from assistant.questions.dates import ExtractedPeriod, extract_dates
from assistant.questions.events import SPEECH_NOUNS, ExtractedEvent, extract_event
from assistant.questions.names.aliases import capitalize_initials
from assistant.questions.names.calendar_names import find_calendar_names
from assistant.questions.outlets import OutletMatcher
from assistant.questions.patterns import match_phrasings
from assistant.questions.phrasings import Phrasing
from assistant.questions.question_parts import (
    MAX_QUOTATIONS,
    QUOTE_PLACEHOLDER,
    QuestionParts,
    asks_anywhere,
    mask_quotations,
    split_context,
)
from assistant.questions.speakers import find_speakers, is_likely_speaker, looks_like_name
from assistant.records.query import AnswerType, Period, Query
from assistant.records.question_kinds import FACT_KIND
from assistant.text.languages.detection import detect_question_language, find_question_word, is_function_word
from assistant.text.words import content_words

MAX_CHARACTERS = 4_000
MAX_TOPIC_CHARACTERS = 80
"""In a phrase without a question word; a longer "topic" is the rest of a sentence."""

_FIRST_OUTLET_PLACEHOLDER = ord(QUOTE_PLACEHOLDER) + 2 * MAX_QUOTATIONS
_HAS_WORD = re.compile(r"\w")
_AND_WHY = re.compile(r",? and why$", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:from|for|of)\s+(?=\S)", re.IGNORECASE)  # "what does Ada want from Tarn"
_EMPTY_TOPIC = re.compile(r"^(?:to )?(?:do|happen)$|^(?:so|of|about|on|for|to)$", re.IGNORECASE)
_FORMS_OF_BE = frozenset("is was are were".split())
_RELATIVE_PRONOUN = re.compile(r"\b(?:that|who|whose)\b")
_DEFINITE_EVENT = re.compile(r"(?:since|before|after) (?:the|he|she|they|his|her|their)\b", re.IGNORECASE)


def parse_question(
    text: str,
    *,
    as_of: date | None = None,
    choose_date: Callable[[Period], date] | None = None,
    outlets: Sequence[str] = (),
    knows_speaker: Callable[[str], bool] | None = None,
) -> Query:
    """Parse a question. Raises QuestionError if it has no word or is too long.

    `as_of` is the date of the question, which "yesterday" and "in March" are relative to (see `extract_dates`). If it
    is None, `choose_date` chooses a date for a period that needs one. `outlets` are the sources of the library.
    `knows_speaker` tells whether the library quotes somebody of a name or description: a question on the words of what
    is neither known nor a name is one of fact. If the question names an event as its period ("since the summit"), the
    words of the event are added to the end of the terms, so that articles about the event are found.
    """
    text = capitalize_initials(normalize_question(text))
    matcher = OutletMatcher(outlets)
    knows_speaker = knows_speaker or _accept_any_speaker
    quotations = mask_quotations(text)
    rest, outlets_named = matcher.extract_outlets(quotations.text)
    dates = _extract_dates_outside_names(rest, matcher, as_of, choose_date)
    parts = QuestionParts(text, *split_context(dates.remaining_text), quotations)
    event = extract_event(parts.core)
    language = detect_question_language(quotations.text)
    if language:
        query = _parse_other_language(parts, language)
    else:
        query = _parse_by_phrasing(parts, event, matcher, knows_speaker) or _parse_by_words(parts, event)
    query = replace(query, outlets=tuple(dict.fromkeys((*outlets_named, *query.outlets))))
    return _add_dates(query, dates)


def _accept_any_speaker(_name: str) -> bool:
    return True


def normalize_question(text: str) -> str:
    """The question on one line. Raises QuestionError if it has no word or is too long.

    Halves of surrogate pairs are replaced: bytes of another encoding become such on a command line, and no model takes
    them.
    """
    text = " ".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())
    if not _HAS_WORD.search(text):
        raise QuestionError("the question is empty; ask something like: what did Ushakov say about Europe?")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read, so shorten it"
        )
    return text


def _extract_dates_outside_names(
    text: str, matcher: OutletMatcher, as_of: date | None, choose_date: Callable[[Period], date] | None
) -> ExtractedPeriod:
    """Extract the dates of a question. The "today" in USA TODAY is not a date, nor is Super Tuesday."""
    names = dict.fromkeys((*matcher.find_names_with_time_words(text), *find_calendar_names(text)))
    placeholders = {name: chr(_FIRST_OUTLET_PLACEHOLDER + number) for number, name in enumerate(names)}
    masked = _replace_all(text, placeholders)
    dates = extract_dates(masked, as_of)
    if as_of is None and choose_date and dates.period and not dates.period.is_resolved:
        dates = extract_dates(masked, choose_date(dates.period))
    originals = {placeholder: name for name, placeholder in placeholders.items()}
    return replace(dates, remaining_text=_replace_all(dates.remaining_text, originals))


def _replace_all(text: str, replacements: Mapping[str, str]) -> str:
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text


def _add_dates(query: Query, dates: ExtractedPeriod) -> Query:
    """Add the dates that the question names. They take precedence over an event."""
    date_words = content_words(dates.kept_words)
    period = dates.period or query.period
    terms = tuple(term for term in query.terms if term not in date_words)
    return replace(
        query,
        period=period,
        newest_first=dates.newest_first,
        latest_words=None if period else dates.latest_words,
        terms=terms or query.terms,
    )


# --------------------------------------------------------------------------- questions that match a phrasing


def _parse_by_phrasing(
    parts: QuestionParts, event: ExtractedEvent | None, matcher: OutletMatcher, knows_speaker: Callable[[str], bool]
) -> Query | None:
    """Parse with the first phrasing that fits, first without the words of the event if they date the question."""
    if event and not _RELATIVE_PRONOUN.search(parts.core[: parts.core.find(event.period.words)]):
        core = event.remaining_text.strip(" ?,")
        query = _match_phrasing_table(replace(parts, core=core), matcher, knows_speaker)
        if query and (query.traits.names_speaker or query.over_time):
            return _add_event(query, event.period)
    return _match_phrasing_table(parts, matcher, knows_speaker)


def _add_event(query: Query, period: Period) -> Query:
    event_terms = (word for word in content_words(period.anchor or "") if word not in SPEECH_NOUNS)
    return replace(query, period=period, terms=tuple(dict.fromkeys((*query.terms, *event_terms))))


def _match_phrasing_table(
    parts: QuestionParts, matcher: OutletMatcher, knows_speaker: Callable[[str], bool]
) -> Query | None:
    for phrasing, match in match_phrasings(parts.core):
        query = _build_query(phrasing, match, parts, matcher)
        if query and _are_speakers(query.speakers, phrasing, knows_speaker):
            return query
    return None


def _are_speakers(speakers: Sequence[str], phrasing: Phrasing, knows_speaker: Callable[[str], bool]) -> bool:
    """Whether all can be speakers. In a phrase without a question word they have capitals, or are known."""
    if phrasing.is_fragment and not all(any(map(str.isupper, name)) or knows_speaker(name) for name in speakers):
        return False  # "rose bowl on television"
    return all(is_likely_speaker(name, knows_speaker) for name in speakers)


def _build_query(
    phrasing: Phrasing, match: re.Match[str], parts: QuestionParts, matcher: OutletMatcher
) -> Query | None:
    """The query that a phrasing yields, or None if its parts do not fit after all."""
    groups = match.groupdict()
    cue = (groups.get("cue") or groups.get("verb") or "").lower()
    if (groups.get("did") or "").lower() in _FORMS_OF_BE and not cue.endswith("ing"):
        return None  # "what is called", "who was accused" are passive: the subject is not the speaker
    query = Query(
        parts.text,
        phrasing.kind,
        (),
        quoted=parts.quoted,
        expects=phrasing.expects,
        over_time=phrasing.over_time,
        cue=cue or None,
    )
    topic = _clean_topic(groups.get("topic"))
    if phrasing.traits.names_speaker:
        return _complete_statement_query(query, phrasing, groups["speaker"], topic, parts, matcher)
    if phrasing.traits.asks_for_fact:
        topic = parts.restore_quotations(topic or "")
        terms = content_words(f"{parts.restore_quotations(parts.context)} {topic}")
        return replace(query, topic=topic or None, terms=terms)
    return _complete_quotation_query(query, topic, parts)


def _complete_statement_query(
    query: Query, phrasing: Phrasing, speaker: str, topic: str | None, parts: QuestionParts, matcher: OutletMatcher
) -> Query | None:
    """A query for statements, or for articles if all speakers are outlets; None if the words name no speaker."""
    if phrasing.is_fragment and not _is_plausible_fragment(speaker, topic, parts):
        return None
    speakers = find_speakers(speaker, parts, matcher)
    if not speakers:
        return None
    expects = query.expects
    if topic and (shortened := _AND_WHY.sub("", topic)) != topic:
        topic, expects = shortened, "reason"
    topic = parts.restore_quotations(topic) if topic else None
    query = replace(query, topic=topic, terms=content_words(topic or ""), expects=expects)
    outlets = [matcher.match_name(name) for name in speakers]
    if all(outlets):
        return replace(query, kind=FACT_KIND, outlets=tuple(outlet for outlet in outlets if outlet))
    return replace(query, speakers=speakers)


def _is_plausible_fragment(speaker: str, topic: str | None, parts: QuestionParts) -> bool:
    """Whether a phrase without a question word asks for statements: "Okoro on tolls", but not "War on drugs"."""
    return looks_like_name(speaker) and not asks_anywhere(parts.core) and len(topic or "") <= MAX_TOPIC_CHARACTERS


def _complete_quotation_query(query: Query, topic: str | None, parts: QuestionParts) -> Query:
    """A query for the speaker or the article of some words."""
    subject = parts.restore_quotations(f"{parts.context} {topic}") if topic else ""
    terms = content_words(subject) or content_words(" ".join(parts.quoted)) or content_words(parts.core)
    expects = (detect_answer_type(parts.core) or "person") if query.traits.asks_for_speaker else None
    return replace(query, terms=terms, expects=expects)


def _clean_topic(topic: str | None) -> str | None:
    topic = _PREPOSITION.sub("", (topic or "").strip(" ,:;–—-"))
    return None if _EMPTY_TOPIC.match(topic) or not topic else topic


# ------------------------------------------------------------------------------------------ other questions


def _parse_other_language(parts: QuestionParts, language: str) -> Query:
    """Parse a question in another language than English: its content words, and what its question word asks for."""
    words = content_words(parts.restore_quotations(f"{parts.context} {parts.core}"))
    terms = tuple(word for word in words if not is_function_word(word, language))
    expects = cast("AnswerType | None", find_question_word(parts.core))
    return Query(parts.text, FACT_KIND, terms or words, quoted=parts.quoted, expects=expects, language=language)


def _parse_by_words(parts: QuestionParts, event: ExtractedEvent | None) -> Query:
    """Parse a question that matches no phrasing: its terms and its expected answer type."""
    words = parts.restore_quotations(f"{parts.context} {parts.core}")
    query = Query(
        parts.text,
        FACT_KIND,
        content_words(words),
        quoted=parts.quoted,
        expects=detect_answer_type(parts.core),
        asks_for_several=asks_for_several(parts.core),
        asks_present=asks_of_present(parts.core),
    )
    if event and _DEFINITE_EVENT.match(event.period.words):
        return replace(query, period=event.period)
    return query
