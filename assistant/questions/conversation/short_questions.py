"""Short questions that cannot be understood without the previous one ("who else?", "why?"), as a table of rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.questions.conversation.dialogue import DialogueState
from assistant.questions.conversation.pronouns import AUXILIARIES
from assistant.text.formatting import join_names
from assistant.text.words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class ShortQuestion:
    """One kind of short question. `rewrite` returns None if the conversation does not allow it."""

    example: str
    rewrite: Callable[[DialogueState], str | None]
    patterns: tuple[str, ...]


def find_short_question(question: str) -> ShortQuestion | None:
    """The kind of short question that a question is, if any. It must not end with a question mark."""
    for kind in SHORT_QUESTIONS:
        if re.fullmatch(f"{_OPTIONAL_CONJUNCTION}(?:{'|'.join(kind.patterns)})", question, re.IGNORECASE):
            return kind
    return None


# ---------------------------------------------------------------------------------------------- full questions


def _ask_who_else(dialogue: DialogueState) -> str | None:
    query = dialogue.query
    if query.traits.may_ask_who and re.match(r"who\b", query.text, re.IGNORECASE):
        return re.sub(r"^who(?: else)?\b", "Who else", dialogue.last_turn.question, flags=re.IGNORECASE)
    topic, speakers = dialogue.topic(), dialogue.speakers()
    if topic and len(speakers) == 1 and topic != speakers[0]:
        return f"Who besides {speakers[0]} spoke about {topic}"
    return f"Who else spoke about {topic}" if topic else None


def _ask_who_disagreed(dialogue: DialogueState) -> str | None:
    speakers, topic = dialogue.speakers(), dialogue.topic()
    if len(speakers) == 1:
        return _add_topic(f"Who disagreed with {speakers[0]}", topic)
    return f"Who spoke about {topic}" if topic else None


def _ask_what_else(dialogue: DialogueState) -> str | None:
    speakers = dialogue.speakers()
    if not speakers:
        topic = dialogue.topic()
        return f"What else is known about {topic}" if topic else None
    asked_for_all = dialogue.query.speakers and not dialogue.query.topic
    return _add_topic(f"What else did {join_names(speakers)} say", None if asked_for_all else dialogue.topic())


def _ask_why(dialogue: DialogueState) -> str | None:
    speakers, words = dialogue.speakers(), dialogue.last_quotation()
    if not dialogue.query.traits.asks_for_statement or not speakers:
        return _replace_question_word("Why", dialogue)
    if words:
        return f"Why did {join_names(speakers)} say “{words}”"
    return _add_topic(f"Why did {join_names(speakers)} say that", dialogue.topic())


def _ask_when(dialogue: DialogueState) -> str | None:
    return _ask_for_circumstance("When", dialogue)


def _ask_where(dialogue: DialogueState) -> str | None:
    return _ask_for_circumstance("Where", dialogue)


def _ask_for_circumstance(question_word: str, dialogue: DialogueState) -> str | None:
    speakers, words = dialogue.speakers(), dialogue.last_quotation()
    if not dialogue.query.traits.asks_for_statement or not speakers:
        return _replace_question_word(question_word, dialogue)
    if words:
        return f"{question_word} did {join_names(speakers)} say “{words}”"
    return _add_topic(f"{question_word} did {join_names(speakers)} speak", dialogue.topic())


def _ask_which_article(dialogue: DialogueState) -> str | None:
    words = dialogue.last_quotation()
    return f"Which article is “{words}” from" if words else None


def _swap_speaker_and_topic(dialogue: DialogueState) -> str | None:
    speakers, topic = dialogue.query.speakers, dialogue.query.topic
    if not topic or len(speakers) != 1 or not dialogue.is_person(topic):
        return None
    return f"What did {topic} say about {speakers[0]}"


def _ask_who_said_that(dialogue: DialogueState) -> str | None:
    if words := dialogue.last_quotation():
        return f"Who said “{words}”"
    topic = dialogue.topic()
    return f"Who spoke about {topic}" if topic else None


def _add_topic(question: str, topic: str | None) -> str:
    return f"{question} about {topic}" if topic else question


_ADDED_QUESTION_WORDS = re.compile(r"(?:, and (?:when|where|why))+$")
_FINAL_PREPOSITION = re.compile(
    r" (?:do|of|for|with|about|to|from|in|at|on)$", re.IGNORECASE
)  # "What is he accused of"


def _replace_question_word(question_word: str, dialogue: DialogueState) -> str | None:
    """The last question with another question word: "When did the bridge close?" becomes "Why did the bridge close?".

    If the last question does not begin with an auxiliary verb, the question word is added to it or to its topic.
    """
    question = _ADDED_QUESTION_WORDS.sub("", dialogue.last_question)
    opening = re.match(rf"(?:(?:who|what|when|where|why|how) )?(?=(?:{AUXILIARIES})\b)", question, re.IGNORECASE)
    if opening and not _FINAL_PREPOSITION.search(question):
        return f"{question_word} {_lower_first_letter(question[opening.end() :])}"
    topic = dialogue.topic()
    if re.match(r"(?:who|which|what)\b", question, re.IGNORECASE) or (topic and dialogue.is_person(topic)):
        return f"{question}, and {question_word.lower()}"
    return f"{question_word} was {topic}" if topic else None


def _lower_first_letter(text: str) -> str:
    """The text with a small first letter, unless its first word may be a name."""
    first_word = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first_word.lower() in STOP_WORDS else text


# --------------------------------------------------------------------------------------------------- the table

_OPTIONAL_CONJUNCTION = r"(?:(?:and|but|so|ok|okay),? )?"
_THING = r"(?:it|this|that|so|those|these)"
_SUBJECT = r"(?:he|she|they|it|this|that)"

# The first rule that fits is used.
SHORT_QUESTIONS: tuple[ShortQuestion, ...] = (
    ShortQuestion("who else?", _ask_who_else, (
        r"(?:who|anyone|anybody|someone) else",
        rf"(?:who|did anyone|did anybody) else (?:say|said|says|thinks?|thought|den(?:y|ied)|agrees?) {_THING}",
    )),
    ShortQuestion("who disagreed?", _ask_who_disagreed, (
        rf"(?:who|(?:did|do|does) (?:any(?:one|body)|others)) (?:else )?disagree[ds]?"
        rf"(?: with (?:{_THING}|him|her|them))?",
    )),
    ShortQuestion("what else?", _ask_what_else, (
        r"(?:what|anything) else",
        r"what else (?:did|does|do|has|have) (?:he|she|they) (?:say|said)",
        r"(?:tell me |any(?:thing)? |what )?more",
        r"go on|continue",
    )),
    ShortQuestion("and vice versa?", _swap_speaker_and_topic, (
        r"vice versa|the other way (?:a)?round|the reverse",
    )),
    ShortQuestion("why?", _ask_why, (
        r"(?:why|how come)(?: not| so)?",
        rf"why (?:is|was) {_THING}(?: so)?",
        rf"why did {_SUBJECT} (?:say|think|do|happen)(?: {_THING})?",
    )),
    ShortQuestion("when was that?", _ask_when, (
        r"when|(?:on )?(?:what|which) (?:day|date|year)",
        rf"(?:when|what (?:day|date|year)) (?:is|was) {_THING}(?: said)?",
        rf"(?:when|(?:on )?what (?:day|date)) did {_SUBJECT} (?:say|happen|occur)(?: {_THING})?",
    )),
    ShortQuestion("where was that?", _ask_where, (
        rf"where(?: (?:is|was) {_THING}(?: said)?)?",
        rf"where did {_SUBJECT} (?:say|happen|occur)(?: {_THING})?",
    )),
    ShortQuestion("which article?", _ask_which_article, (
        rf"(?:in )?(?:which|what) (?:article|source|paper|outlet)(?: (?:is|was) {_THING}(?: from| in)?)?",
        rf"(?:what (?:is|was) )?(?:the )?source(?: (?:of|for) {_THING})?",
        rf"where (?:is|was) {_THING} from|(?:who|which paper) reported {_THING}",
    )),
    ShortQuestion("who said that?", _ask_who_said_that, (
        rf"who (?:said|says|claimed) {_THING}|(?:says|said) who",
        rf"whose words (?:are|were) {_THING}",
    )),
)  # fmt: skip
