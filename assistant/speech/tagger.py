"""A sentence as a string of tags, one letter a word or mark, so that a grammar of news can be read as one.

N name   O owner (“Trump’s”)   T title, role or group   H he, she   W other pronouns   D determiner   w other word
S verb of saying   L verb of telling   V verb of judging   G either, in -ing   b its base form   X noun of saying
A auxiliary, adverb   B form of be   d day   o preposition   q after, as: a preposition that can begin a clause
y by   2 to   c and, but   u when, if   r who, which   z that   K according to   Q quotation   , : . - ( ) marks
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.text import lexicon, verbs
from assistant.text.names import CAPITALS, PARTICLES, is_given_name, name_parts

QUOTE_MASK = "\x01"  # stands for every character of a quotation

# Marks, and several words that act as one, each with its tag.
_PUNCTUATION_TAGS = {",": ",;", ":": ":", ".": ".!?…", "-": "—–―-", "(": "([", ")": ")]"}
_FIXED_TAGS = {mark: letter for letter, marks in _PUNCTUATION_TAGS.items() for mark in marks}
_FIXED_TAGS |= {"--": "-", **dict.fromkeys(verbs.VERB_PHRASES, "S"), **dict.fromkeys(verbs.ADVERBIALS, "A")}
_FIXED_TAGS |= {spelled: "K" for phrase in verbs.SOURCE_PHRASES for spelled in (phrase, phrase.capitalize())}
_PHRASES_LONGEST_FIRST = sorted((phrase for phrase in _FIXED_TAGS if " " in phrase), key=len, reverse=True)
# No alternative of it is a group: so the next character decides which of them are tried at all.
_TOKEN = re.compile(
    rf"{QUOTE_MASK}+|"
    + "|".join(rf"{phrase}\b" for phrase in _PHRASES_LONGEST_FIRST)
    + rf"|[{CAPITALS}](?:\.(?:[{CAPITALS}]\.){{0,3}}|[a-z]{{1,4}}\.(?=[,)]))"
    + "|"
    + "|".join(rf"{short}\." for short in lexicon.TITLE_ABBREVIATIONS)
    + r"|\w{1,60}(?:[’'\-&/](?=\w)\w{1,40}){0,5}(?:(?<=s)[’'](?!\w))?"
    + r"|--|[,;:.!?…()\[\]—–―\-]"
)

# From the last list to the first: a word in several is what the later list says.
_WORD_TAGS: dict[str, str] = {}
for _tag, _listed in (
    ("X", verbs.SPEECH_NOUNS),
    ("b", verbs.BASE_FORMS),
    ("G", verbs.PRESENT_PARTICIPLES),
    ("V", verbs.OPINION_FORMS),
    ("S", verbs.REPORTING_FORMS),
    ("L", verbs.ADDRESSEE_FORMS),
    ("T", lexicon.PERSON_NOUNS | lexicon.GROUP_NOUNS | lexicon.TITLES - {"u.s", "us"}),
    ("A", verbs.AUXILIARIES),
    ("B", verbs.BE_FORMS),
    ("D", verbs.DETERMINERS),
    ("d", verbs.CALENDAR_WORDS | verbs.TIME_NOUNS),
    ("o", verbs.PREPOSITIONS),
    ("q", verbs.CLAUSE_PREPOSITIONS),
    ("c", verbs.CONJUNCTIONS),
    ("u", verbs.SUBORDINATORS),
    ("W", verbs.PRONOUNS),
):
    _WORD_TAGS.update(dict.fromkeys(_listed, _tag))
_WORD_TAGS |= {
    "say": "S",
    "he": "H",
    "she": "H",
    "i": "W",
    "by": "y",
    "to": "2",
    "who": "r",
    "which": "r",
    "whose": "r",
    "that": "z",
}
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
_PARTICLES_THEN_NAME = re.compile(rf"(?: (?:{'|'.join(sorted(PARTICLES))})){{0,2}}[ \-][{CAPITALS}]")
_HYPHENATED_PARTICLE = re.compile(rf"[a-z]{{2,3}}-[{CAPITALS}]")  # "al-Nasri"
_PARTY_LABEL = re.compile(r"[RDI]-[A-Z]")  # "R-Ohio"
_CAPITALIZED = re.compile(rf"[{CAPITALS}]")


class TaggedToken(NamedTuple):
    """A word, a mark or a whole name of a sentence; offsets into it. `name` is without titles, `lead` is the rest."""

    text: str
    start: int
    end: int
    name: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence with its tags, one letter for each word."""

    text: str
    tokens: tuple[TaggedToken, ...]
    tags: str

    def text_between(self, start: int, end: int) -> str:
        """The text of some words."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""


def tag_sentence(sentence: str, common: Collection[str] = ()) -> TaggedSentence:
    """The tags of a sentence, its quotations overwritten with QUOTED. `common` are words that are no names."""
    tagged: list[TaggedToken] = []
    tags: list[str] = []
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(sentence):
        written = token[0]
        fixed = _FIXED_TAGS.get(written) or ("Q" if written[0] == QUOTE_MASK else None)
        if run and (fixed or not _continues_name(run, token)):
            _add_name(sentence, run, tagged, tags, common)
            run = []
        if fixed:
            tags.append(fixed)
        elif not run and written[0].islower():
            tags.append(_WORD_TAGS.get(written) or _tag_unlisted_word(written))
        elif run or _begins_name(token, bool(tagged)):
            run.append(token)
            if _POSSESSIVE.search(written) and len(written) > 3:
                _add_name(sentence, run, tagged, tags, common)
                run = []
            continue
        else:
            tags.append(_tag_word(written.lower()))
        tagged.append(TaggedToken(written, token.start(), token.end()))
    if run:
        _add_name(sentence, run, tagged, tags, common)
    return TaggedSentence(sentence, tuple(tagged), _disambiguate_nouns(tags, tagged))


def _begins_name(token: re.Match[str], inside: bool) -> bool:
    word = token[0]
    if not _CAPITALIZED.match(word):
        return False
    lower = word.lower().rstrip(".")
    if lower in lexicon.NON_NAME_WORDS or lower in verbs.CALENDAR_WORDS:
        return False
    if lower.endswith("ly") and len(lower) > 4 and not is_given_name(lower):
        return _WORD_TAGS.get(_next_word(token), "w") in "SL"  # "Recently, …", but "Jolly said"
    if inside:
        return lower not in _WORD_TAGS or _WORD_TAGS[lower] in "VSbTX"
    if lower.endswith("ing") and len(lower) > 5:
        following = _next_word(token)
        if following and _WORD_TAGS.get(following, "w") not in "SVAB":
            return False  # "Rallying hundreds of workers", but "Keating said"
    return _WORD_TAGS.get(lower, "N") not in "GoqDcuABWHrz"


def _next_word(token: re.Match[str]) -> str:
    """The word in small letters that follows at once; else nothing."""
    if not re.match(r" [a-z]", token.string[token.end() : token.end() + 2]):
        return ""
    following = _TOKEN.match(token.string, token.end() + 1)
    return following[0] if following else ""


def _continues_name(run: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether a token is a further word of the name before it."""
    if token.string[run[-1].end() : token.start()].strip(" ") or "/" in run[-1][0]:
        return False  # "Photo: Ada Tarn/Reuters Brandreth said"
    word = token[0]
    if _CAPITALIZED.match(word):
        lower = word.lower().rstrip(".")
        return lower not in verbs.CALENDAR_WORDS - {"may", "march", "april", "june", "august"} and lower not in (
            "the",
            "i",
        )
    if _HYPHENATED_PARTICLE.match(word):
        return True
    return word in PARTICLES and _PARTICLES_THEN_NAME.match(token.string, token.end()) is not None


def _add_name(
    sentence: str, run: list[re.Match[str]], tagged: list[TaggedToken], tags: list[str], common: Collection[str]
) -> None:
    """Put a run of capitalised words behind the words so far, as a name, an owner, or a title alone."""
    start, end = run[0].start(), run[-1].end()
    while not tagged and len(run) > 1 and run[0][0].lower() in common and not is_given_name(run[0][0]):
        tagged.append(TaggedToken(run[0][0], start, run[0].end()))
        tags.append(_WORD_TAGS.get(run[0][0].lower(), "w"))
        run = run[1:]
        start = run[0].start()
    written = sentence[start:end]
    lower = written.lower()
    parts = name_parts(written)
    first = not tagged and len(run) == 1
    if first and not is_given_name(written) and (lower in common or lower in lexicon.GROUP_NOUNS):
        kind = _WORD_TAGS.get(lower, "T" if lower.endswith("s") else "w")
    elif _POSSESSIVE.search(written) and len(written) > 3:
        kind = "O"
    elif (
        not parts
        or (len(parts) == 1 and parts[0].lower() in lexicon.GROUP_NOUNS and tags[-1:] in (["D"], ["O"]))
        or _ends_with_title(run, parts)
    ):
        kind = "T"
    elif _PARTY_LABEL.match(written) or ("".join(tags).endswith("N,") and written.rstrip(".") in lexicon.STATES):
        kind = "w"
    else:
        kind = "N"
    name = " ".join(parts)
    place = written.find(parts[0]) if parts else 0
    tagged.append(TaggedToken(written, start, end, name if kind in "NO" else "", written[: max(0, place)].strip()))
    tags.append(kind)


def _ends_with_title(run: list[re.Match[str]], parts: list[str]) -> bool:
    """Whether a run is a title all through ("House Speaker", "RNC Chief"), not a name that sounds like one."""
    last = run[-1][0].lower().rstrip(".")
    return last in lexicon.TITLES and last != parts[-1].lower()


def _tag_word(word: str) -> str:
    return _WORD_TAGS.get(word) or _tag_unlisted_word(word)


@lru_cache(maxsize=20_000)
def _tag_unlisted_word(word: str) -> str:
    """The tag of a word that no list holds, in small letters."""
    if _POSSESSIVE.search(word) and len(word) > 3:
        return "O"
    if word.endswith("ly") and len(word) > 4 and word not in verbs.NOT_ADVERBS:
        return "A"
    if "-" in word and word.rsplit("-", 1)[1] in lexicon.PERSON_NOUNS:
        return "T"
    return "w"


_OPENS_CONTENT = re.compile(r"[,:]?Q|z")
_MAY_BE_VERB = re.compile(r"[SVGbX]")
_PRECEDES_NOUN = re.compile(r"(?:[DO](?:[wN]|[wTN][wN])?|o)$")
_FOLLOWS_NOUN = verbs.FINITE_AUXILIARIES | {"of", "about", "against", "on"}
_BESIDE_QUOTE = re.compile(r"Q[,.]?[DTwNOHA]{0,6}$")


def _disambiguate_nouns(letters: list[str], tagged: list[TaggedToken]) -> str:
    """Words such as "claims" and "report" are nouns behind "the" and "its", and where a verb follows at once;
    "held" and "released" are verbs of saying beside a quotation or before "that" only."""
    tags = "".join(letters)
    for match in _MAY_BE_VERB.finditer(tags):
        place, letter = match.start(), match[0]
        word = tagged[place].text.lower()
        if word in verbs.AMBIGUOUS_FORMS and not (
            _OPENS_CONTENT.match(tags, place + 1) or _BESIDE_QUOTE.search(tags, max(0, place - 10), place)
        ):
            letters[place] = "w"
            continue
        if letter == "G" or (letter in "SV" and word not in verbs.NOUN_OR_VERB_FORMS):
            continue
        before = "".join(letters[max(0, place - 3) : place])
        after = tagged[place + 1].text if place + 1 < len(tagged) else ""
        if _PRECEDES_NOUN.search(before) or after in _FOLLOWS_NOUN:
            letters[place] = "X" if word in verbs.SPEECH_NOUNS else "w"
    return "".join(letters)
