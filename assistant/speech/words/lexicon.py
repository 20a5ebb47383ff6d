"""The tags of words and marks, and the words of a sentence. For the letters, see `speech.tagger`.

A word that is a verb in one place and a noun in another ("claims") has the tag of its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.speech.institutions import Token
from assistant.text.languages import ENGLISH
from assistant.text.names import CAPITALS, is_organization
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


_OPENS_CONTENT = re.compile(r"[,:]?Q|z")
_MAY_BE_VERB = re.compile(r"[SVGbX]")
_PRECEDES_NOUN = re.compile(r"(?:[DO](?:[wN]|[wTN][wN])?|o)$")
_FOLLOWS_NOUN = _GRAMMAR.finite_auxiliaries | _GRAMMAR.noun_prepositions
_CLAUSE_ENDS = re.compile(r",(?!Q)")
_IS_ASIDE = re.compile(r"(?:^|[,Qq\-])[DTO]?[wT]*[NHWT]$")
_AFTER_QUOTE = re.compile(r"Q[,.]?[DTwNOHA]{0,6}$")


def disambiguate_nouns(letters: list[str], tagged: Sequence[Token]) -> str:
    """The tags with verbs of saying changed where they are something else.

    "claims" and "report" are nouns after "the" and "its", and directly before a verb. "held" and "released" are verbs
    of saying only next to a quotation or before "that".
    """
    tags = "".join(letters)
    for match in _MAY_BE_VERB.finditer(tags):
        place, letter = match.start(), match[0]
        word = tagged[place].text.lower()
        if word in _REPORTING.ambiguous_forms and not (
            _OPENS_CONTENT.match(tags, place + 1) or _AFTER_QUOTE.search(tags, max(0, place - 10), place)
        ):
            letters[place] = "w"
            continue
        if letter == "G" or (letter in "SV" and word not in _REPORTING.noun_or_verb_forms):
            continue
        before = "".join(letters[max(0, place - 3) : place])
        behind = [token.text for token in tagged[place + 1 : place + 3]]
        is_relative = behind[:1] == ["that"] and word not in _REPORTING.plain_cues
        after = behind[-1] if is_relative else "".join(behind[:1])  # "states that have rivers"
        if letters[place + 1 : place + 2] == ["z"] and before.endswith("N") and is_organization(tagged[place - 1].name):
            continue  # "the Tarn Bureau states that"
        is_after_be = before.endswith("B") and word.endswith("s")  # "got notes"
        is_noun = letter != "b" and word.endswith("s") and word not in _REPORTING.plain_cues
        if is_noun and _CLAUSE_ENDS.match(tags, place + 1) and not _IS_ASIDE.search(before):
            is_after_be = True  # "with both calls and Tarn signals, and so", but not "it leaks, Ada claims, and so"
        if is_after_be or _PRECEDES_NOUN.search(before) or after in _FOLLOWS_NOUN:
            letters[place] = "X" if word in _REPORTING.speech_nouns else "w"
    return "".join(letters)
