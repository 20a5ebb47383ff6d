"""The tags of words and marks, and the words of a sentence. For the letters, see `speech.tagger`."""

from __future__ import annotations

import re

from assistant.text.languages import ENGLISH
from assistant.text.names import CAPITALS
from assistant.text.quotation_marks import QUOTE_MASK

_PEOPLE, _REPORTING, _GRAMMAR = ENGLISH.people, ENGLISH.reporting, ENGLISH.grammar

# Marks and phrases that act as one word, with their tags.
_PUNCTUATION_TAGS = {",": ",;", ":": ":", ".": ".!?…", "-": "—–―-", "(": "([", ")": ")]"}
FIXED_TAGS = {mark: letter for letter, marks in _PUNCTUATION_TAGS.items() for mark in marks}
FIXED_TAGS |= {"--": "-", **dict.fromkeys(_REPORTING.verb_phrases, "S"), **dict.fromkeys(_GRAMMAR.adverbials, "A")}
FIXED_TAGS |= {phrase: "G" for phrase in _REPORTING.present_participles if " " in phrase}
FIXED_TAGS |= {spelled: "K" for phrase in _REPORTING.source_phrases for spelled in (phrase, phrase.capitalize())}
_PHRASES_LONGEST_FIRST = sorted((phrase for phrase in FIXED_TAGS if " " in phrase), key=len, reverse=True)
# No alternative is a group, so that the regex engine selects alternatives by their first character.
TOKEN = re.compile(
    rf"{QUOTE_MASK}+|"
    + "|".join(rf"{phrase}\b" for phrase in _PHRASES_LONGEST_FIRST)
    + rf"|[{CAPITALS}](?:\.(?:[{CAPITALS}]\.){{0,3}}|[a-z]{{1,4}}\.(?=[,)]))"
    + "|"
    + "|".join(rf"{short}\.(?=,| [a-z&{QUOTE_MASK}])" for short in _PEOPLE.company_abbreviations)
    + "|"
    + "|".join(rf"{short}\." for short in _PEOPLE.title_abbreviations)
    + r"|\w{1,60}(?:\.(?:com|org|net|info|news|gov)\b)"
    + rf"|[{CAPITALS}]{{1,4}}\.\d{{1,3}}\b"
    + r"|\d{1,3}(?:,\d{3}){1,5}\b"
    + r"|\w{1,60}(?:[’'\-&/](?=\w)\w{1,40}){0,5}(?:(?<=s)[’'](?!\w))?"
    + r"|--|[,;:.!?…()\[\]—–―\-]"
)


def _collect_word_tags() -> dict[str, str]:
    """The tags of all words of the lexicon. Of several lists with one word, the last decides."""
    tags: dict[str, str] = {}
    for tag, words in (
        ("X", _REPORTING.speech_nouns),
        ("b", _REPORTING.base_forms),
        ("G", _REPORTING.present_participles),
        ("V", _REPORTING.opinion_forms),
        ("S", _REPORTING.reporting_forms),
        ("L", _REPORTING.addressee_forms),
        ("T", _PEOPLE.person_nouns | _PEOPLE.group_nouns | (_PEOPLE.titles - _PEOPLE.titles_not_people)),
        ("A", _GRAMMAR.auxiliaries),
        ("B", _GRAMMAR.be_forms),
        ("D", _GRAMMAR.determiners),
        ("d", _GRAMMAR.calendar_words | _GRAMMAR.time_nouns),
        ("o", _GRAMMAR.prepositions),
        ("q", _GRAMMAR.clause_prepositions),
        ("c", _GRAMMAR.conjunctions),
        ("u", _GRAMMAR.subordinators),
        ("W", _GRAMMAR.pronouns),
    ):
        tags.update(dict.fromkeys(words, tag))
    return tags | dict(_GRAMMAR.special_tags)


WORD_TAGS = _collect_word_tags()
