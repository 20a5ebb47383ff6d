"""A question that leans on the conversation, rewritten so that it stands alone: "and about China?", "who else?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date

from assistant.questions.dates import extract_dates
from assistant.questions.dialogue import DialogueState, find_person_names, find_subject
from assistant.questions.pronouns import AUXILIARIES, has_unresolved_person, join_names, resolve_pronouns, try_parse
from assistant.records.answer import Turn
from assistant.text.words import STOP_WORDS, content_words, find_quotations

MAX_FOLLOW_UP_CHARACTERS = 200
"""A longer question says itself what it is about."""

MAX_BARE_WORDS = 3  # with content, in a question that does not say itself what it is about
MAX_TOPIC_WORDS = 4  # with content, of a topic that a question is completed with
_BEFORE_THAT = re.compile(r" (?:before(?: (?:that|then|this))?|earlier|previously|until then)$", re.IGNORECASE)
_SINCE_THEN = re.compile(r" (?:since(?: then| that)?|after(?: that|wards?)?|later(?: on)?)$", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"(?P<lead>(?:(?:and|but|or|also|so),? )?(?:(?:what|how) )?(?:about|of|on|regarding)|and (?:with|for|from|by)|"
    r"and|but|or|also|(?:the )?same (?:question )?for)"
    r"[,:]? (?P<rest>\S+(?: \S+){0,9}?)(?:,? (?:then|too|as well|though|instead))?",
    re.IGNORECASE,
)
_TIME_FRAGMENT = re.compile(r"(?:and |but |what about |how about )?(?P<rest>\S.*)", re.IGNORECASE)
_CLAUSE = re.compile(
    rf"\b(?:who|whom|whose|what|when|where|why|which|how|said|says|say|think|thinks|{AUXILIARIES})\b", re.I
)
_LEADING_CONJUNCTION = re.compile(r"^(?:and|but|so|also|then|ok|okay),? ", re.IGNORECASE)


def rewrite_follow_up(question: str, turns: Sequence[Turn], *, speakers: Collection[str] = ()) -> str | None:
    """The question as it would be asked without the conversation, or None where it stands alone already.

    `speakers` are people who speak in the library: they tell "and Merkel?" (who else was asked about) from "and
    China?" (what else).
    """
    asked = " ".join(question.split()).strip(" ?!.…")
    if not turns or not asked or len(asked) > MAX_FOLLOW_UP_CHARACTERS or find_quotations(asked):
        return None
    newest = [cited.speaker for turn in reversed(turns) for cited in turn.answer.citations if cited.speaker]
    cited = dict.fromkeys(newest)
    talk = DialogueState(tuple(reversed(turns)), (*cited, *speakers))
    for _, rewrite, patterns in FOLLOW_UP_RULES:
        if re.fullmatch(f"{_OPTIONAL_CONJUNCTION}(?:{'|'.join(patterns)})", asked, re.IGNORECASE):
            return _format_question(rewrite(talk))
    resolved = _rewrite_time_fragment(asked, talk) or _rewrite_fragment(asked, talk) or _rewrite_sentence(asked, talk)
    if (
        has_unresolved_person(resolved or asked)
        and try_parse(resolved or asked) is not None
        and not _asks_for_statements(resolved or asked)
    ):
        # Nobody known can be meant, so the last question is asked along with it: it tells what this one is about.
        resolved = f"{talk.last_turn.question.rstrip('?!. ').rpartition('? ')[2]}? {resolved or asked}"
    return _format_question(resolved)


def _asks_for_statements(question: str) -> bool:
    query = try_parse(question)
    return query is not None and query.traits.names_speaker


# ------------------------------------------------------------------------- whole questions that lean


def _rewrite_who_else(talk: DialogueState) -> str | None:
    query = talk.query
    if query.traits.may_ask_who and re.match(r"who\b", query.text, re.IGNORECASE):
        return re.sub(r"^who(?: else)?\b", "Who else", talk.last_turn.question, flags=re.IGNORECASE)
    topic = talk.topic()
    return f"Who else spoke about {topic}" if topic else None


def _rewrite_what_else(talk: DialogueState) -> str | None:
    if people := talk.speakers():
        topic = talk.topic() if talk.query.topic or not talk.query.speakers else None
        return f"What else did {join_names(people)} say" + (f" about {topic}" if topic else "")
    topic = talk.topic()
    return f"What else is known about {topic}" if topic else None


def _rewrite_why(talk: DialogueState) -> str | None:
    """Why? A question of another kind is asked again with why: "When did the bridge close" has the verb it needs."""
    people, said = talk.speakers(), talk.last_quotation()
    if not talk.query.traits.asks_for_statement or not people:
        return _replace_question_word("Why", talk)
    if said:
        return f"Why did {join_names(people)} say “{said}”"
    topic = talk.topic()
    return f"Why did {join_names(people)} say that" + (f" about {topic}" if topic else "")


def _rewrite_when(talk: DialogueState) -> str | None:
    return _rewrite_circumstance("When", talk)


def _rewrite_where(talk: DialogueState) -> str | None:
    return _rewrite_circumstance("Where", talk)


def _rewrite_circumstance(word: str, talk: DialogueState) -> str | None:
    people, said = talk.speakers(), talk.last_quotation()
    if talk.query.traits.asks_for_statement and people:
        if said:
            return f"{word} did {join_names(people)} say “{said}”"
        topic = talk.topic()
        return (
            f"{word} did {join_names(people)} speak about {topic}"
            if topic
            else f"{word} did {join_names(people)} speak"
        )
    return _replace_question_word(word, talk)


def _replace_question_word(word: str, talk: DialogueState) -> str | None:
    """The last question with another question word, where its verb allows; else that word with its subject."""
    plain = _TRAILING_QUESTION_WORDS.sub("", talk.last_turn.question.rstrip("?!. "))
    opening = re.match(rf"(?:(?:who|what|when|where|why|how) )?(?=(?:{AUXILIARIES})\b)", plain, re.IGNORECASE)
    if opening and not _OPEN_ENDED.search(plain):
        return f"{word} {_lower_first_letter(plain[opening.end() :])}"
    topic = talk.topic()
    if re.match(r"(?:who|which|what)\b", plain, re.IGNORECASE) or (topic and talk.is_person(topic)):
        return f"{plain}, and {word.lower()}"
    return f"{word} was {topic}" if topic else None


_TRAILING_QUESTION_WORDS = re.compile(r"(?:, and (?:when|where|why))+$")
_OPEN_ENDED = re.compile(r" (?:do|of|for|with|about|to|from|in|at|on)$", re.IGNORECASE)  # "What is he accused of"


def _rewrite_which_article(talk: DialogueState) -> str | None:
    said = talk.last_quotation()
    return f"Which article is “{said}” from" if said else None


def _rewrite_vice_versa(talk: DialogueState) -> str | None:
    speakers, topic = talk.query.speakers, talk.query.topic
    if not topic or len(speakers) != 1 or not talk.is_person(topic):
        return None
    return f"What did {topic} say about {speakers[0]}"


def _rewrite_who_said_that(talk: DialogueState) -> str | None:
    if said := talk.last_quotation():
        return f"Who said “{said}”"
    topic = talk.topic()
    return f"Who spoke about {topic}" if topic else None


_THING_WORDS = r"(?:it|this|that|so|those|these)"
_SUBJECT_WORDS = r"(?:he|she|they|it|this|that)"
FOLLOW_UP_RULES: tuple[tuple[str, Callable[[DialogueState], str | None], tuple[str, ...]], ...] = (
    ("who else?", _rewrite_who_else, (
        r"(?:who|anyone|anybody|someone) else",
        rf"(?:who|did anyone|did anybody) else (?:say|said|says|thinks?|thought|den(?:y|ied)|agrees?) {_THING_WORDS}",
    )),
    ("what else?", _rewrite_what_else, (
        r"(?:what|anything) else",
        r"what else (?:did|does|do|has|have) (?:he|she|they) (?:say|said)",
        r"(?:tell me |any(?:thing)? |what )?more",
        r"go on|continue",
    )),
    ("and vice versa?", _rewrite_vice_versa, (
        r"vice versa|the other way (?:a)?round|the reverse",
    )),
    ("why?", _rewrite_why, (
        r"(?:why|how come)(?: not| so)?",
        rf"why (?:is|was) {_THING_WORDS}(?: so)?",
        rf"why did {_SUBJECT_WORDS} (?:say|think|do|happen)(?: {_THING_WORDS})?",
    )),
    ("when was that?", _rewrite_when, (
        r"when|(?:on )?(?:what|which) (?:day|date|year)",
        rf"(?:when|what (?:day|date|year)) (?:is|was) {_THING_WORDS}(?: said)?",
        rf"(?:when|(?:on )?what (?:day|date)) did {_SUBJECT_WORDS} (?:say|happen|occur)(?: {_THING_WORDS})?",
    )),
    ("where was that?", _rewrite_where, (
        rf"where(?: (?:is|was) {_THING_WORDS}(?: said)?)?",
        rf"where did {_SUBJECT_WORDS} (?:say|happen|occur)(?: {_THING_WORDS})?",
    )),
    ("which article?", _rewrite_which_article, (
        rf"(?:in )?(?:which|what) (?:article|source|paper|outlet)(?: (?:is|was) {_THING_WORDS}(?: from| in)?)?",
        rf"(?:what (?:is|was) )?(?:the )?source(?: (?:of|for) {_THING_WORDS})?",
        rf"where (?:is|was) {_THING_WORDS} from|(?:who|which paper) reported {_THING_WORDS}",
    )),
    ("who said that?", _rewrite_who_said_that, (
        rf"who (?:said|says|claimed) {_THING_WORDS}|(?:says|said) who",
        rf"whose words (?:are|were) {_THING_WORDS}",
    )),
)  # fmt: skip
_OPTIONAL_CONJUNCTION = r"(?:(?:and|but|so|ok|okay),? )?"


# ------------------------------------------------------------------------------- pieces of a question


def _rewrite_time_fragment(asked: str, talk: DialogueState) -> str | None:
    """And in March? And before that? The last question, asked of other days."""
    plain = talk.last_turn.question.rstrip("?!. ")
    if re.fullmatch(r"(?:and |but |what about )?(?:before(?: that)?|earlier|previously)", asked, re.IGNORECASE):
        dates = talk.dates()
        return f"{_remove_period(plain, talk)} before {_format_date(dates[0])}" if dates else None
    if re.fullmatch(r"(?:and |but |what about )?(?:after(?: that|wards)?|since(?: then)?|later)", asked, re.IGNORECASE):
        dates = talk.dates()
        return f"{_remove_period(plain, talk)} since {_format_date(dates[-1])}" if dates else None
    match = _TIME_FRAGMENT.fullmatch(asked)
    rest = match["rest"] if match else asked
    times = next(
        (
            each
            for each in (extract_dates(rest), extract_dates(f"in {rest}"))
            if each.period and not each.remaining_text
        ),
        None,
    )
    return f"{_remove_period(plain, talk)} {times.period.words}" if times and times.period else None


def _remove_period(plain: str, talk: DialogueState) -> str:
    period = talk.query.period
    return " ".join(plain.replace(period.words, "").split()) if period else plain


def _rewrite_fragment(asked: str, talk: DialogueState) -> str | None:
    """And about China? And Merkel? The last question, with another topic or another speaker."""
    match = _FRAGMENT.fullmatch(asked)
    if match is None or _CLAUSE.search(match["rest"]) or not content_words(match["rest"]):
        return None
    lead, rest, query = match["lead"].lower(), match["rest"], talk.query
    rest = resolve_pronouns(rest, talk)
    explicit = lead.split()[-1] in ("about", "on", "regarding") and "what" not in lead and "how" not in lead
    person = talk.is_person(rest) and not explicit
    if query.traits.names_speaker and query.speakers:
        if person and not (query.topic and talk.is_person(query.topic)):
            return _replace_speaker(rest, talk)
        return _replace_topic(rest, talk)
    if query.traits.asks_for_speaker and query.quoted:
        return f"Did {rest} say “{query.quoted[0]}”" if person else f"Who spoke about {rest}"
    if query.traits.asks_for_speaker:
        return (
            f"Who {query.cue} {rest}" if query.cue and query.cue not in ("said", "says") else f"Who spoke about {rest}"
        )
    return _replace_subject(rest, talk)


def _replace_speaker(name: str, talk: DialogueState) -> str:
    query, plain = talk.query, talk.last_turn.question.rstrip("?!. ")
    first, last = plain.find(query.speakers[0]), plain.find(query.speakers[-1])
    if 0 <= first <= last:
        opening = plain[:first]
        if len(query.speakers) > 1:
            opening = re.sub(
                r"\b(do|have|are) $", lambda verb: {"do": "does ", "have": "has "}.get(verb[1], "is "), opening
            )
        return opening + name + plain[last + len(query.speakers[-1]) :]
    return f"What did {name} say" + (f" about {query.topic}" if query.topic else "")


def _replace_topic(topic: str, talk: DialogueState) -> str:
    query, plain = talk.query, talk.last_turn.question.rstrip("?!. ")
    if not query.topic:
        return f"{plain} about {topic}"
    place = plain.rfind(query.topic)
    if place >= 0:
        return plain[:place] + topic + plain[place + len(query.topic) :]
    return f"What did {join_names(query.speakers)} say about {topic}"


_PREPOSITION = "in|at|on|from|for|by|with"


def _replace_subject(rest: str, talk: DialogueState) -> str | None:
    plain = talk.last_turn.question.rstrip("?!. ")
    if where := re.match(rf"({_PREPOSITION}) \S", rest):
        before, _, around = plain.rpartition(f" {where[1]} ")
        other = before and re.search("[A-Z]", around) and len(around.split()) <= MAX_TOPIC_WORDS
        return f"{before if other else plain} {rest}"
    about = find_subject(talk.last_turn)
    place = plain.rfind(about) if about else -1
    if about and place > 0:
        return plain[:place] + rest + plain[place + len(about) :]
    return f"{plain}: what about {rest}"


# ------------------------------------------------------------------------------------ whole sentences


def _rewrite_sentence(asked: str, talk: DialogueState) -> str | None:
    """The question with the pronouns that point out of it replaced by what they stand for."""
    plain = _LEADING_CONJUNCTION.sub("", asked)
    resolved = resolve_pronouns(plain, talk)
    query = try_parse(resolved)
    if query and query.traits.names_speaker and not query.topic and plain != asked and talk.query.topic:
        resolved = f"{resolved} about {talk.query.topic}"  # and what did Merkel say?
    if resolved == plain:
        return _add_last_topic(plain, talk) if plain != asked else None
    dates = talk.dates()
    if dates and _BEFORE_THAT.search(resolved):
        return _BEFORE_THAT.sub("", resolved) + f" before {_format_date(dates[0])}"
    if dates and _SINCE_THEN.search(resolved):
        return _SINCE_THEN.sub("", resolved) + f" since {_format_date(dates[-1])}"
    return resolved


def _add_last_topic(plain: str, talk: DialogueState) -> str | None:
    """And who was the gunman? A question that names nothing, led in by "and", is about what the last one named."""
    if not _CLAUSE.match(plain) or re.search(r" [A-Z]", plain) or len(content_words(plain)) > MAX_BARE_WORDS:
        return None
    about = talk.topic() or next(iter(find_person_names(talk.last_turn.question)), None)
    if (
        not about
        or talk.is_person(about)
        or has_unresolved_person(plain)
        or _CLAUSE.search(about)
        or len(content_words(about)) > MAX_TOPIC_WORDS
    ):
        return None
    return None if set(content_words(about)) <= set(content_words(plain)) else f"{plain} in {about}"


def _format_date(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _lower_first_letter(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in STOP_WORDS else text


def _format_question(question: str | None) -> str | None:
    if not question:
        return None
    question = " ".join(question.split()).rstrip("?")
    return question[:1].upper() + question[1:] + "?"
