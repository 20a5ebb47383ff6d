"""Rewrites a follow-up question so that it can be understood without the conversation: "and about China?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from assistant.questions.conversation.dialogue import DialogueState
from assistant.questions.conversation.pronouns import AUXILIARIES, Draft, has_unresolved_person, resolve_pronouns
from assistant.questions.conversation.short_questions import find_short_question
from assistant.questions.conversation.subjects import find_person_names, find_subject
from assistant.questions.dates import extract_dates
from assistant.records.answer import Turn
from assistant.text.formatting import join_names
from assistant.text.words import content_words, find_quotations

MAX_FOLLOW_UP_CHARACTERS = 200
"""A longer question is expected to name its subject itself."""

_MAX_BARE_WORDS = 3  # with content, in a question that does not name its subject
_MAX_TOPIC_WORDS = 4  # with content, of a topic that is added to a question

_LEADING_CONJUNCTION = re.compile(r"^(?:and|but|so|also|then|ok|okay),? ", re.IGNORECASE)
_CLAUSE = re.compile(
    rf"\b(?:who|whom|whose|what|when|where|why|which|how|said|says|say|think|thinks|{AUXILIARIES})\b", re.I
)
_FRAGMENT = re.compile(
    r"(?P<lead>(?:(?:and|but|or|also|so),? )?(?:(?:what|how) )?(?:about|of|on|regarding)|and (?:with|for|from|by)|"
    r"and|but|or|also|(?:the )?same (?:question )?for)"
    r"[,:]? (?P<rest>\S+(?: \S+){0,9}?)(?:,? (?:then|too|as well|though|instead))?",
    re.IGNORECASE,
)
_TIME_FRAGMENT = re.compile(r"(?:and |but |what about |how about )?(?P<rest>\S.*)", re.IGNORECASE)
_ONLY_BEFORE = re.compile(r"(?:and |but |what about )?(?:before(?: that)?|earlier|previously)", re.IGNORECASE)
_ONLY_AFTER = re.compile(r"(?:and |but |what about )?(?:after(?: that|wards)?|since(?: then)?|later)", re.IGNORECASE)
_BEFORE_THAT = re.compile(r" (?:before(?: (?:that|then|this))?|earlier|previously|until then)$", re.IGNORECASE)
_SINCE_THEN = re.compile(r" (?:since(?: then| that)?|after(?: that|wards?)?|later(?: on)?)$", re.IGNORECASE)
_STARTS_WITH_PREPOSITION = re.compile(r"(in|at|on|from|for|by|with) \S")
_PLURAL_AUXILIARY = re.compile(r"\b(do|have|are) $")
_SINGULAR_FORMS = {"do": "does", "have": "has", "are": "is"}


def rewrite_follow_up(question: str, turns: Sequence[Turn], *, speakers: Collection[str] = ()) -> str | None:
    """The question as it would be asked without the conversation, or None if it does not depend on it.

    `turns` are the previous turns, oldest first. `speakers` are people who speak in the library: they are needed to
    tell "and Merkel?" (another speaker) from "and China?" (another topic).
    """
    question = " ".join(question.split()).strip(" ?!.…")
    if not turns or not question or len(question) > MAX_FOLLOW_UP_CHARACTERS or find_quotations(question):
        return None
    dialogue = _make_dialogue_state(turns, speakers)
    if short_question := find_short_question(question):
        return _format_question(short_question.rewrite(dialogue) or "")
    draft = _rewrite(question, dialogue)
    if has_unresolved_person(draft) and not draft.names_speaker:
        # Nobody in the conversation can be the person, so the last question is added as context.
        last_question = dialogue.last_question.rpartition("? ")[2]
        return _format_question(f"{last_question}? {draft.text}")
    return _format_question(draft.text) if draft.text != question else None


def _make_dialogue_state(turns: Sequence[Turn], speakers: Collection[str]) -> DialogueState:
    cited_speakers = dict.fromkeys(
        citation.speaker for turn in reversed(turns) for citation in turn.answer.citations if citation.speaker
    )
    return DialogueState(tuple(reversed(turns)), (*cited_speakers, *speakers))


def _rewrite(question: str, dialogue: DialogueState) -> Draft:
    text = _rewrite_time_fragment(question, dialogue) or _rewrite_fragment(question, dialogue)
    return Draft(text) if text else _rewrite_sentence(question, dialogue)


# ------------------------------------------------------------------------------------ another time: "and in March?"


def _rewrite_time_fragment(question: str, dialogue: DialogueState) -> str | None:
    """The last question for another time: "and in March?", "and before that?"."""
    if _ONLY_BEFORE.fullmatch(question):
        dates = dialogue.dates()
        return f"{_remove_period(dialogue)} before {_format_date(dates[0])}" if dates else None
    if _ONLY_AFTER.fullmatch(question):
        dates = dialogue.dates()
        return f"{_remove_period(dialogue)} since {_format_date(dates[-1])}" if dates else None
    match = _TIME_FRAGMENT.fullmatch(question)
    rest = match["rest"] if match else question
    for words in (rest, f"in {rest}"):
        dates_named = extract_dates(words)
        if dates_named.period and not dates_named.remaining_text:
            return f"{_remove_period(dialogue)} {dates_named.period.words}"
    return None


def _remove_period(dialogue: DialogueState) -> str:
    """The last question without the words of its period."""
    period = dialogue.query.period
    return " ".join(dialogue.last_question.replace(period.words, "").split()) if period else dialogue.last_question


def _format_date(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


# -------------------------------------------------------------- another speaker or topic: "and Merkel?", "and China?"


def _rewrite_fragment(question: str, dialogue: DialogueState) -> str | None:
    """The last question with another speaker or another topic: "and Merkel?", "and about China?"."""
    match = _FRAGMENT.fullmatch(question)
    if match is None or _CLAUSE.search(match["rest"]) or not content_words(match["rest"]):
        return None
    rest, query = resolve_pronouns(match["rest"], dialogue).text, dialogue.query
    is_speaker = not _introduces_topic(match["lead"].lower()) and dialogue.is_person(rest)
    if query.traits.names_speaker and query.speakers:
        topic_is_person = query.topic is not None and dialogue.is_person(query.topic)
        return (
            _replace_speaker(rest, dialogue) if is_speaker and not topic_is_person else _replace_topic(rest, dialogue)
        )
    if not query.traits.asks_for_speaker:
        return _replace_subject(rest, dialogue)
    if query.quoted and is_speaker:
        return f"Did {rest} say “{query.quoted[0]}”"
    if query.quoted or query.cue in (None, "", "said", "says"):
        return f"Who spoke about {rest}"
    return f"Who {query.cue} {rest}"


def _introduces_topic(lead: str) -> bool:
    """Whether a topic and no speaker follows: after "and about", but not after "what about"."""
    return lead.split()[-1] in ("about", "on", "regarding") and "what" not in lead and "how" not in lead


def _replace_speaker(name: str, dialogue: DialogueState) -> str:
    query, question = dialogue.query, dialogue.last_question
    first, last = question.find(query.speakers[0]), question.find(query.speakers[-1])
    if not 0 <= first <= last:
        return f"What did {name} say" + (f" about {query.topic}" if query.topic else "")
    opening = question[:first]
    if len(query.speakers) > 1:
        opening = _PLURAL_AUXILIARY.sub(lambda verb: f"{_SINGULAR_FORMS[verb[1]]} ", opening)
    return opening + name + question[last + len(query.speakers[-1]) :]


def _replace_topic(topic: str, dialogue: DialogueState) -> str:
    query, question = dialogue.query, dialogue.last_question
    if not query.topic:
        return f"{question} about {topic}"
    position = question.rfind(query.topic)
    if position >= 0:
        return question[:position] + topic + question[position + len(query.topic) :]
    return f"What did {join_names(query.speakers)} say about {topic}"


def _replace_subject(words: str, dialogue: DialogueState) -> str:
    """The last question, which does not ask for statements, with another place, time or subject."""
    question = dialogue.last_question
    if preposition := _STARTS_WITH_PREPOSITION.match(words):
        before, _, old_place = question.rpartition(f" {preposition[1]} ")
        is_place = before and re.search("[A-Z]", old_place) and len(old_place.split()) <= _MAX_TOPIC_WORDS
        return f"{before if is_place else question} {words}"
    subject = find_subject(dialogue.last_turn)
    position = question.rfind(subject) if subject else -1
    if subject and position > 0:
        return question[:position] + words + question[position + len(subject) :]
    return f"{question}: what about {words}"


# ----------------------------------------------------- sentences with pronouns: "what did he say about it?"


def _rewrite_sentence(question: str, dialogue: DialogueState) -> Draft:
    """The question with the pronouns replaced that refer to the conversation."""
    sentence = _LEADING_CONJUNCTION.sub("", question)
    has_conjunction = sentence != question
    draft = resolve_pronouns(sentence, dialogue)
    if has_conjunction and draft.query and draft.names_speaker and not draft.query.topic and dialogue.query.topic:
        draft = Draft(f"{draft.text} about {dialogue.query.topic}")  # "and what did Merkel say?"
    if draft.text == sentence:
        if not has_conjunction:
            return draft
        with_topic = _add_last_topic(draft, dialogue)
        return Draft(with_topic or question)
    dates = dialogue.dates()
    if dates and _BEFORE_THAT.search(draft.text):
        return Draft(_BEFORE_THAT.sub("", draft.text) + f" before {_format_date(dates[0])}")
    if dates and _SINCE_THEN.search(draft.text):
        return Draft(_SINCE_THEN.sub("", draft.text) + f" since {_format_date(dates[-1])}")
    return draft


def _add_last_topic(draft: Draft, dialogue: DialogueState) -> str | None:
    """A question after "and" that names nothing, with the topic of the last question: "and who was the gunman?"."""
    question, words = draft.text, content_words(draft.text)
    if not _CLAUSE.match(question) or re.search(r" [A-Z]", question) or len(words) > _MAX_BARE_WORDS:
        return None
    topic = dialogue.topic() or next(iter(find_person_names(dialogue.last_turn.question)), None)
    if not topic or dialogue.is_person(topic) or has_unresolved_person(draft) or _CLAUSE.search(topic):
        return None
    topic_words = content_words(topic)
    if len(topic_words) > _MAX_TOPIC_WORDS or set(topic_words) <= set(words):
        return None
    return f"{question} in {topic}"


def _format_question(text: str) -> str | None:
    """The text with a capital letter and a question mark; None if it is empty."""
    text = " ".join(text.split()).rstrip("?")
    return f"{text[:1].upper()}{text[1:]}?" if text else None
