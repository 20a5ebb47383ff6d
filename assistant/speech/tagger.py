"""Light part-of-speech tagging: a sentence as a string with one letter for each word or mark.

N name   O possessive name (“Trump’s”)   T title, role or group   H he, she   W other pronoun   D determiner
S verb of saying   L verb of telling   V verb of opinion   G participle of these   b base form of these
X noun of saying   A auxiliary or adverb   B form of "be"   d day   o preposition   q "after", "as" and other
prepositions that can begin a clause   y by   2 to   c coordinating conjunction   u subordinating conjunction
r relative pronoun   z that   K according to   Q quotation   w other word   , : . - ( ) marks
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.speech.institutions import BODY_RULES
from assistant.speech.words.lexicon import FIXED_TAGS, TOKEN, WORD_TAGS, disambiguate_nouns
from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import is_english_word
from assistant.text.names import (
    CAPITALS,
    PARTICLES,
    begins_with_office_field,
    is_given_name,
    name_parts,
    name_suffix,
)
from assistant.text.quotation_marks import QUOTE_MASK

_PEOPLE, _REPORTING, _GRAMMAR = ENGLISH.people, ENGLISH.reporting, ENGLISH.grammar

_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
_PARTICLES_THEN_NAME = re.compile(rf"(?: (?:{'|'.join(sorted(PARTICLES))})){{0,2}}[ \-][{CAPITALS}]")
_OPENING_PARTICLES = PARTICLES.difference(ENGLISH.numbers.cardinals)
_HYPHENATED_PARTICLE = re.compile(rf"(?:{'|'.join(sorted(PARTICLES))})-[{CAPITALS}]")  # "al-Nasri"
_PARTY_LABEL = re.compile(r"[RDI]-[A-Z]")  # "R-Ohio"
_WORD_BEFORE = re.compile(r"[a-z] $")
_CAPITALIZED = re.compile(rf"[{CAPITALS}]")


class TaggedToken(NamedTuple):
    """A word, a mark or a whole name; offsets are into the sentence. `name` is without titles, `lead` is before it."""

    text: str
    start: int
    end: int
    name: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """A sentence with its tokens and their tags, one letter for each token."""

    text: str
    tokens: tuple[TaggedToken, ...]
    tags: str

    def text_between(self, start: int, end: int) -> str:
        """The text from token `start` up to token `end`; empty if there is none."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""


def tag_sentence(sentence: str, common: Collection[str] = ()) -> TaggedSentence:
    """Tag a sentence whose quotations are replaced by QUOTE_MASK. `common` are words that are not names."""
    tagged: list[TaggedToken] = []
    tags: list[str] = []
    run: list[re.Match[str]] = []
    for token in TOKEN.finditer(sentence):
        written = token[0]
        fixed = FIXED_TAGS.get(written) or ("Q" if written[0] == QUOTE_MASK else None)
        if run and written in "!," and _MARK_IN_NAME.match(sentence, token.start()):
            continue
        if run and (fixed or not _continues_name(run, token)):
            _add_name(sentence, run, tagged, tags, common)
            run = []
        if fixed:
            tags.append(fixed)
        elif not run and written[0].islower() and not _opens_with_particle(token, tags):
            tags.append(WORD_TAGS.get(written) or _tag_unlisted_word(written))
        elif run or written[0].islower() or _begins_name(token, tagged, tags):
            run.append(token)
            if _POSSESSIVE.search(written) and len(written) > 3:
                _add_name(sentence, run, tagged, tags, common)
                run = []
            continue
        else:
            tags.append(WORD_TAGS.get(written.lower()) or _tag_unlisted_word(written.lower()))
        tagged.append(TaggedToken(written, token.start(), token.end()))
    if run:
        _add_name(sentence, run, tagged, tags, common)
    _join_bodies(sentence, tagged, tags)
    _untag_joined_offices(tagged, tags)
    if tagged and tagged[0].text.lower() in _GRAMMAR.place_adverbs and _ADVERB_BEFORE_NAME.match("".join(tags)):
        tags[0] = "A"
    return TaggedSentence(sentence, tuple(tagged), disambiguate_nouns(tags, tagged))


_ADVERB_BEFORE_NAME = re.compile(r"oN[SL]")  # "Inside Tarn said"
_MARK_IN_NAME = re.compile(r"! (?=[a-z])|, [JS]r\b")  # "Zing! said", "Ivo Tarn, Jr."
# "Cross-country", "Pelby-based", also before a name "Ten-year-old"
_COMPOUND_WORD = re.compile(rf"\w{{1,20}}-[a-z]{{5,20}}\b(?! [{CAPITALS}])|\w{{1,9}}-(?:\w{{3,5}}-)?year-old\b")
_NEVER_BEGINS_NAME = _PEOPLE.non_name_words | _GRAMMAR.calendar_words
_NEVER_SURNAMES = _NEVER_BEGINS_NAME | _PEOPLE.sentence_openers
_CAPITALIZED_NEXT = re.compile(rf" [{CAPITALS}][a-z]")
_GRAMMATICAL = frozenset("GoqDcuABWHrz")  # tags of words that are never names

# ------------------------------------------------------------------------------------- words like names

_CONTRACTION = re.compile(r"(?:[’'](?:ve|d|ll|re|m)|n[’']t)$")
_CONTRACTED_S = re.compile(r"[’']s$")
_NAMES_WITH_S = _GRAMMAR.calendar_names | _PEOPLE.titles_also_surnames | _PEOPLE.given_names_like_words
_AMBIGUOUS_GIVEN_NAMES = frozenset(
    word for word in _PEOPLE.given_names_like_words if word in _NEVER_BEGINS_NAME or not is_given_name(word)
)
_NEVER_OPEN_SENTENCE = (_PEOPLE.function_words_like_given_names - {"do", "he"}) | (
    _GRAMMAR.calendar_words - _GRAMMAR.calendar_names
)
# A surname after a given name, and what follows it
_SURNAME_AFTER = re.compile(
    rf" (?:[{CAPITALS}]\.? )?(?P<surname>[{CAPITALS}][\w’'\-]{{1,40}})"
    rf"(?: (?P<next>[a-z]{{2,20}})|(?P<mark>[,.{QUOTE_MASK}]| |$))"
)


def _is_contraction(lower: str) -> bool:
    """Whether a word is a pronoun with a verb ("I've", "It's"), or the possessive form of a word that is no name."""
    if _CONTRACTION.search(lower):
        return True
    base = _CONTRACTED_S.sub("", lower)
    if base == lower or base in _NAMES_WITH_S:
        return False
    return base in _NEVER_SURNAMES or WORD_TAGS.get(base) in {"D", "W", "H", "r", "A", "B"}


def _begins_with_particle(word: str) -> bool:
    return word[0].islower() and _HYPHENATED_PARTICLE.match(word) is not None


def _opens_with_particle(token: re.Match[str], tags: list[str]) -> bool:
    """Whether a word in small letters begins a name: "al-Nasri", "“…,” de Tarn said"."""
    if _begins_with_particle(token[0]):
        return True
    is_place = not tags or tags[-1] in "Q," or (tags[-1] in "SL" and "Q" in tags)
    return (
        is_place
        and token[0] in _OPENING_PARTICLES
        and _PARTICLES_THEN_NAME.match(token.string, token.end()) is not None
    )


def _can_be_surname(lower: str) -> bool:
    return (
        lower not in _NEVER_BEGINS_NAME and not _is_contraction(lower) and WORD_TAGS.get(lower, "w") not in _GRAMMATICAL
    )


def _is_given_name_here(token: re.Match[str], tagged: list[TaggedToken], tags: list[str]) -> bool:
    """Whether a common word with a capital is a given name: "said Per Nygaard", "Will Hartley said"."""
    after = _SURNAME_AFTER.match(token.string, token.end())
    word = token[0].lower()
    if after is None or not _can_be_surname(after["surname"].lower()):
        return False
    if tags and tags[-1] not in ".:-":
        if word in _GRAMMAR.calendar_words:
            return tags[-1] in "SQ,c"  # not "in May Ruud left"
        return tags[-1] in "Q,S" or tagged[-1].text[0].islower()
    return _opens_sentence_as_name(word, after)


def _opens_sentence_as_name(word: str, after: re.Match[str]) -> bool:
    """Whether a common word at the start of a sentence is a given name, judging by what follows the surname."""
    if word in _GRAMMAR.auxiliaries and "?" in after.string[after.end() :]:
        return False  # "Will Tarn say sorry?"
    following = after["next"] or ""
    if following not in _REPORTING.base_forms and WORD_TAGS.get(following) in ("S", "L"):
        return word not in _NEVER_OPEN_SENTENCE
    if word in _PEOPLE.function_words_like_given_names or word in _NEVER_OPEN_SENTENCE:
        return word in _GRAMMAR.third_person_pronouns and after["mark"] == ","  # "He Weimin, who came"
    return after["mark"] == "," or following in _GRAMMAR.finite_auxiliaries


def _is_first_of_name(token: re.Match[str], tags: list[str]) -> bool:
    """Whether a word that often opens a sentence stands inside one, before another word with a capital."""
    inside = bool(tags) and tags[-1] not in ".:-"
    return inside and not token[0].isupper() and _CAPITALIZED_NEXT.match(token.string, token.end()) is not None


def _begins_name(token: re.Match[str], tagged: list[TaggedToken], tags: list[str]) -> bool:
    word = token[0]
    if not _CAPITALIZED.match(word) or token.string[token.start() - 1 : token.start()] in ("#", "@"):
        return False  # "#TarnLock"
    lower = word.lower().rstrip(".")
    if lower in _AMBIGUOUS_GIVEN_NAMES:  # "Hope & Tarn"
        return token.string.startswith(" & ", token.end()) or _is_given_name_here(token, tagged, tags)
    if not tagged and lower in ENGLISH.narration.text_nouns and _OF_TEXT.match(token.string, token.end()):
        return False  # "Interview with Ada Tarn: “…”"
    is_country = lower in _PEOPLE.titles_not_people and _CAPITALIZED_NEXT.match(token.string, token.end())
    if _is_abbreviation(word, tags) or (is_country and word.isupper()):
        return True  # "the WHO", "US Embassy"
    is_opener = lower in _PEOPLE.sentence_openers and not _is_first_of_name(token, tags)
    if (
        is_opener
        or lower in _NEVER_BEGINS_NAME
        or _is_contraction(lower)
        or _COMPOUND_WORD.match(token.string, token.start())
        or (not tagged and (_is_command(lower, _next_word(token)) or _counts(lower, _next_word(token))))
    ):
        return False
    inside = bool(tagged)
    if lower.endswith(_GRAMMAR.adverb_ending) and len(lower) > 4 and not is_given_name(lower):
        is_object = _WORD_BEFORE.search(token.string, max(0, token.start() - 2), token.start()) is not None
        # "Recently, …", but "Jolly said" and "said Jolly"
        return is_object or WORD_TAGS.get(_next_word(token), "w") in "SL"
    if inside:
        return lower not in WORD_TAGS or WORD_TAGS[lower] in "VSbTX"
    if lower.endswith(_GRAMMAR.participle_ending) and len(lower) > 5:
        following = _next_word(token)
        if following and WORD_TAGS.get(following, "w") not in "SVAB":
            return False  # "Rallying hundreds of workers", but "Keating said"
    if lower.endswith("ed") and len(lower) > 4 and not lower.endswith("eed") and is_english_word(lower):
        return False  # "Heated protests"
    return WORD_TAGS.get(lower, "N") not in _GRAMMATICAL


def _is_command(word: str, following: str) -> bool:
    """Whether the first word of a sentence is a verb before a participle: "Stop calling it late"."""
    return WORD_TAGS.get(following) == "G" and is_english_word(word) and not is_given_name(word)


def _counts(word: str, following: str) -> bool:
    """Whether the first word of a sentence is a number before a plural: "Nine states"."""
    return word in ENGLISH.numbers.cardinals and following.endswith("s")


def _is_abbreviation(word: str, tags: list[str]) -> bool:
    """Whether a word in capitals that is a pronoun in small letters names a body: "the WHO", "said WHO"."""
    return word.isupper() and len(word) > 2 and WORD_TAGS.get(word.lower()) == "r" and tags[-1:] != ["."]


def _next_word(token: re.Match[str]) -> str:
    """The next word if it directly follows and is in small letters; otherwise empty."""
    if not re.match(r" [a-z]", token.string[token.end() : token.end() + 2]):
        return ""
    following = TOKEN.match(token.string, token.end() + 1)
    return following[0] if following else ""


_NEVER_IN_NAMES = (_GRAMMAR.calendar_words - _GRAMMAR.calendar_names) | {"the", "i"}


def _continues_name(run: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether a token is the next word of the name before it."""
    between = token.string[run[-1].end() : token.start()]
    if between == " & ":
        return _CAPITALIZED.match(token[0]) is not None and not (len(run) > 1 and is_given_name(run[0][0]))
    if between == ", " and token[0].rstrip(".") in ("Jr", "Sr"):
        return True
    if between.strip(" ") or "/" in run[-1][0]:
        return False  # "Photo: Ada Tarn/Reuters Brandreth said"
    word = token[0]
    if _CAPITALIZED.match(word):
        lower = word.lower().rstrip(".")
        is_short = word.isupper() and (word.endswith(".") or run[-1][0].isupper())  # "Ada I. Tarn", "NTK TODAY"
        return lower not in _NEVER_IN_NAMES or is_short
    is_particle = word in PARTICLES and _PARTICLES_THEN_NAME.match(token.string, token.end()) is not None
    return is_particle or _begins_with_particle(word)


def _add_name(
    sentence: str, run: list[re.Match[str]], tagged: list[TaggedToken], tags: list[str], common: Collection[str]
) -> None:
    """Append a run of capitalized words as one token: a name, a possessive name, or a title alone."""
    if begins_with_office_field([word[0] for word in run], sentence, run[0].start()):
        tagged.append(TaggedToken(run[0][0], run[0].start(), run[0].end()))
        tags.append("w")
        run = run[1:]
    is_firm = sentence.startswith(" & ", run[0].end()) or run[-1][0].rstrip(".") in _PEOPLE.company_abbreviations
    while not (tagged or is_firm) and len(run) > 1 and run[0][0].lower() in common and not is_given_name(run[0][0]):
        tagged.append(TaggedToken(run[0][0], run[0].start(), run[0].end()))
        tags.append(WORD_TAGS.get(run[0][0].lower(), "w"))
        run = run[1:]
    start, end = run[0].start(), run[-1].end()
    written = sentence[start:end]
    parts = name_parts(written)
    tag = _tag_name(run, written, parts, tags, common)
    suffix = name_suffix(written)
    name = " ".join((*parts, suffix) if suffix else parts)
    place = written.find(parts[0]) if parts else 0
    tagged.append(TaggedToken(written, start, end, name if tag in "NO" else "", written[: max(0, place)].strip()))
    tags.append(tag)


def _tag_name(
    run: list[re.Match[str]], written: str, parts: list[str], tags_before: list[str], common: Collection[str]
) -> str:
    """The tag of a run of capitalized words."""
    lower = written.lower()
    opens_sentence = len(run) == 1 and tags_before[-1:] in ([], [":"], ["."])
    if opens_sentence and not is_given_name(written) and (lower in common or lower in _PEOPLE.group_nouns):
        return WORD_TAGS.get(lower, "T" if lower.endswith("s") else "w")
    if len(run) == 1 and lower.removesuffix("s") in _PEOPLE.demonyms:
        return "T" if lower not in _PEOPLE.demonyms else "w"  # "Serbians protested", "the Greek carrier"
    if _POSSESSIVE.search(written) and len(written) > 3:
        return "O"
    if _PLURAL_ABBREVIATION.fullmatch(run[-1][0]):
        return "T" if run[-1][0].lower().removesuffix("s") in _PEOPLE.titles else "w"
    if _CALLED_BY_LETTERS.fullmatch(written) and "D" in tags_before[-3:]:
        return "T"
    if len(run) == 1 and tags_before[-1:] == [","] and _OFFICE_APPOSED.match(run[0].string, run[0].start()):
        return "T"
    if not parts or _is_group(parts, tags_before) or _ends_with_title(run, parts):
        return "T"
    if not {word[0].lower() for word in run}.isdisjoint(_PEOPLE.event_words) or lower.endswith(_PEOPLE.text_parts):
        return "w"  # "Hurricane Zeta", "the 14th Amendment"
    follows_town = tags_before[-2:] == ["N", ","]
    if _PARTY_LABEL.match(written) or (follows_town and written.rstrip(".") in _PEOPLE.regions):
        return "w"
    return "N"


_NAME_AND_NAME = re.compile("NcN")
_CALLED_BY_LETTERS = re.compile(rf"(?:[A-Z]{{2,5}} )?{ENGLISH.narration.called_by_letters}")
_OF_TEXT = re.compile(r" (?:with|by|of|on|from|about)\b|:")
_PLURAL_ABBREVIATION = re.compile(rf"[{CAPITALS}]{{2,5}}s")  # "several CEOs", "Super PACs"
_OFFICE_APPOSED = re.compile(
    rf"(?:{'|'.join(sorted(word.capitalize() for word in _PEOPLE.titles_also_given_names))})\s(?:of|at)\b"
)  # ", Dean of Law"


def _is_group(parts: list[str], tags_before: list[str]) -> bool:
    """Whether a capitalized word is an institution with a determiner ("the Senate"), not a name."""
    return len(parts) == 1 and parts[0].lower() in _PEOPLE.group_nouns and tags_before[-1:] in (["D"], ["O"])


def _ends_with_title(run: list[re.Match[str]], parts: list[str]) -> bool:
    """Whether a run is a title alone ("House Speaker", "RNC Chief"), not a name that sounds like a title."""
    last = run[-1][0].lower().rstrip(".")
    return last in _PEOPLE.titles and last != parts[-1].lower()


def _join_bodies(sentence: str, tagged: list[TaggedToken], tags: list[str]) -> None:
    """Make one name of the words of an institution: "the Food and Drink Federation", "Save the Children"."""
    for find in BODY_RULES:
        for start, end in find(tagged, "".join(tags)):
            _join(sentence, tagged, tags, start, end)


def _untag_joined_offices(tagged: list[TaggedToken], tags: list[str]) -> None:
    """Take the first word of a double office for no name: "Transport and Bridges Minister Ivo Tarn"."""
    for match in _NAME_AND_NAME.finditer("".join(tags)):
        first, _, second = tagged[match.start() : match.end()]
        field, *titles = second.lead.split() or [""]
        is_field = bool(titles) and field.lower() not in _PEOPLE.titles and is_english_word(field.lower())
        if is_field and not (first.lead or is_given_name(first.name.split()[0])):
            tagged[match.start()] = first._replace(name="")
            tags[match.start() : match.start() + 2] = ["w", "T"]


def _join(sentence: str, tagged: list[TaggedToken], tags: list[str], start: int, end: int) -> None:
    """Make one name of the tokens from `start` to `end`."""
    first, last = tagged[start], tagged[end - 1]
    written = sentence[first.start : last.end]
    name = written[len(first.lead) :].strip()
    tagged[start:end] = [TaggedToken(written, first.start, last.end, name, first.lead)]
    is_lead = tags[end : end + 2] == ["T", "N"]  # "Department of Health spokesman Ivo Tarn"
    tags[start:end] = ["w" if is_lead else "N"]


@lru_cache(maxsize=20_000)
def _tag_unlisted_word(word: str) -> str:
    """The tag of a word in small letters that is in no list."""
    if _POSSESSIVE.search(word) and len(word) > 3:
        return "O"
    if word.endswith(_GRAMMAR.adverb_ending) and len(word) > 4 and word not in _GRAMMAR.not_adverbs:
        return "A"
    if "-" in word and word.rsplit("-", 1)[1] in _PEOPLE.person_nouns:
        return "T"
    return "w"
