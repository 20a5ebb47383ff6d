"""Finds the words in a previous question or answer that a follow-up question can refer to."""

from __future__ import annotations

import re
from typing import Literal

from assistant.records.answer import Citation, Turn
from assistant.text.languages import ENGLISH
from assistant.text.names import find_gendered_title, infer_gender, name_parts
from assistant.text.words import STOP_WORDS, content_words, split_words

_MAX_QUOTED_WORDS = 12  # words of an answer that are repeated in a question about it

_NOUN_PHRASE = r"(?:the|an?|his|her|their) [\w’'-]+(?: [\w’'-]+){0,3}"
_NAME_IN_QUESTION = re.compile(r"(?:\b[Tt]he )?(?<=\s)[A-Z][\w.’'-]*(?: (?:of |the |de )?[A-Z0-9][\w.’'-]*)*")
_SUBJECT_OF_VERB = re.compile(rf"\b(?:did|does|do|has|have|will) ({_NOUN_PHRASE}) [\w’'-]+$")
_FINAL_NOUN_PHRASE = re.compile(rf"\b{_NOUN_PHRASE}$")
_FINAL_WORDS = re.compile(r"(?:(?<= )(?!\w+ed\b)[\w’'-]+ ?)+$")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|they|them|their|it)\b", re.IGNORECASE)
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:de |von |van |al )?[A-Z][\w.’'-]*)+")
_TITLES_KEPT_IN_NAMES = frozenset("queen king prince princess pope emperor empress sheikh".split())


def find_subject(turn: Turn) -> str | None:
    """The subject of a turn, in words that can replace "it"."""
    query = turn.query
    question = turn.question.rstrip("?!. ").rpartition("? ")[2]  # the last, if there are two questions
    if query.topic:
        return re.sub(r"^(?:that|to) ", "", query.topic)
    if query.quoted:
        return f"“{query.quoted[0]}”"
    if query.traits.names_speaker:
        return None
    if query.traits.asks_for_speaker and query.cue and query.cue in question.lower():
        after_cue = question[question.lower().find(query.cue) + len(query.cue) :].strip()
        return re.sub(r"^(?:that|about|on) ", "", after_cue) or None
    return _find_named_thing(question) or _find_noun_phrase(question, query.terms)


def _find_named_thing(question: str) -> str | None:
    """The last name in a question, with the noun that belongs to it: "NASA's moon rocket", "the Uvalde shooting"."""
    names = _NAME_IN_QUESTION.findall(question)
    if not names:
        return None
    name: str = names[-1]
    if re.search(r"['’]s$", name):
        return question[question.rindex(name) :]
    if name.lower().startswith("the "):
        with_noun = re.search(rf"\b[Tt]he {re.escape(name.split(' ', 1)[-1])} [a-z]\w+$", question)
        if with_noun and content_words(with_noun[0]):
            return with_noun[0]
    return name


def _find_noun_phrase(question: str, terms: tuple[str, ...]) -> str | None:
    """The subject of the verb or the last noun phrase of a question without names, or else its terms."""
    if subject := _SUBJECT_OF_VERB.search(question):
        return subject[1]
    if _PRONOUN.search(question):
        return None  # the subject is in an earlier question
    phrase = _FINAL_NOUN_PHRASE.search(question) or _FINAL_WORDS.search(question)
    if phrase and content_words(phrase[0]):
        return phrase[0]
    return " ".join(terms) or None


def find_person_names(text: str) -> list[str]:
    """The names of people that a text gives in full or with a title. The titles are removed."""
    names = map(_strip_opening_word, _FULL_NAME.findall(text))
    people = (name for name in names if guess_gender(name) or split_words(name)[0] in ENGLISH.people.titles)
    return [bare_name for name in people if (bare_name := _strip_titles(name))]


def guess_gender(name: str) -> Literal["he", "she"] | None:
    """The pronoun for a person whose name may include a title; None if neither title nor given name decides."""
    plain = " ".join(split_words(name))
    return infer_gender(plain, find_gendered_title(plain))


def _strip_titles(name: str) -> str:
    """A name without titles, except those that the person is called by: "Queen Elizabeth"."""
    if split_words(name)[0] in _TITLES_KEPT_IN_NAMES:
        return re.sub(r"['’]s?$", "", name)
    return " ".join(name_parts(name))


def _strip_opening_word(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in STOP_WORDS else name


def shorten_quotation(citation: Citation) -> str:
    """The first words of what is said in a citation, without quotation marks."""
    spoken = re.search(r"[“\"]([^“”\"]{25,})[”\"]", citation.quote)
    words = " ".join((spoken[1] if spoken else citation.quote).split())
    words = re.sub("[“”\"„«»]|''", "", words).strip(" ,.;:")
    return " ".join(words.split()[:_MAX_QUOTED_WORDS])
