"""Finds the names and years that a question contains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.questions.names.aliases import MAX_FORM_WORDS, AliasGroup, find_group
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_ABBREVIATIONS, MONTHS
from assistant.text.names import is_given_name, is_organization
from assistant.text.words import STOP_WORDS

MAX_CAPITALIZED_SHARE = 0.6  # of the words of a question; above, capitals say nothing, as in a headline
MIN_WORDS_OF_HEADLINE = 3

_PEOPLE, _GRAMMAR = ENGLISH.people, ENGLISH.grammar
_JOINERS, _OPTIONAL = ENGLISH.aliases.name_joiners, ENGLISH.aliases.optional_words
# A hyphen between two capitalized words divides them: "US-Mexico"; that of "Covid-19" and "Abdul-aziz" does not.
_ABBREVIATION = rf"\b(?:{'|'.join(_PEOPLE.title_abbreviations)})\.(?=\s)"
_TOKEN = re.compile(_ABBREVIATION + r"|(?:[^\W\d_]\.){2,}|[^\W_](?:(?:[\w’'&.]|-(?![^\W\d_a-z]))*\w)?|&|[^\w\s]")
_YEAR = re.compile(r"(?<![\w.,/$£€-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d)")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_NUMBER = re.compile(r"\d{1,3}$")
_TITLES = _PEOPLE.titles - _PEOPLE.titles_not_people
_TITLES_OR_JOBS = _TITLES | _PEOPLE.person_nouns
_NEVER_NAMES = (
    STOP_WORDS
    | _PEOPLE.non_name_words
    | _GRAMMAR.calendar_words
    | frozenset(MONTH_ABBREVIATIONS)
    | frozenset(f"mid-{month}" for month in MONTHS)
    | frozenset(word.lower() for word in _PEOPLE.title_abbreviations)
    | _GRAMMAR.auxiliaries
    | _GRAMMAR.prepositions
    | _GRAMMAR.conjunctions
    | _GRAMMAR.subordinators
    | _GRAMMAR.pronouns
)
_GIVEN_NAMES_ONLY_CAPITALIZED = _PEOPLE.given_names_like_words | _PEOPLE.titles


@dataclass(frozen=True, slots=True)
class QuestionName:
    """A name in a question, as written there and without a possessive ending, from `start` on.

    `groups` are the names that are known in several forms, and `rest` the other words, without titles before a person
    and words that may be left out. `is_guessed` says that the question has no capitals to tell by.
    """

    text: str
    start: int
    groups: tuple[AliasGroup, ...]
    rest: tuple[str, ...]
    is_person: bool
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int

    @property
    def is_capitalized(self) -> bool:
        """Whether it begins with a capital or, like "iPhone", has one inside."""
        return any(letter.isupper() for letter in self.text)

    @property
    def bare(self) -> str:
        """The word without a possessive ending."""
        return _POSSESSIVE.sub("", self.text)


def find_names(question: str, outlets: Collection[str] = ()) -> tuple[QuestionName, ...]:
    """The names in a question, in order; those of `outlets` are left out.

    They are runs of capitalized words. In a question without capitals, or with capitals everywhere, only names of
    countries and the like, and given names with the word after them, are known.
    """
    tokens = [_Token(match[0], match.start()) for match in _TOKEN.finditer(question)]
    has_no_case = _has_no_case(tokens)
    runs = _find_known_runs(tokens) if has_no_case else _find_capitalized_runs(tokens)
    skipped = {outlet.lower().removeprefix("the ") for outlet in outlets}
    names = (_make_name(run, has_no_case) for run in runs)
    return tuple(name for name in names if name and name.text.lower().removeprefix("the ") not in skipped)


def find_years(question: str) -> tuple[tuple[int, str], ...]:
    """The years in a question, each with its place."""
    return tuple((match.start(), match[0]) for match in _YEAR.finditer(question))


def _has_no_case(tokens: Sequence[_Token]) -> bool:
    """Whether capitals do not tell names apart: there are none after the first word, or they are everywhere."""
    words = [token for token in tokens[1:] if token.text[0].isalpha() and token.text.lower() not in STOP_WORDS]
    capitalized = sum(token.is_capitalized for token in words)
    return not capitalized or (
        len(words) >= MIN_WORDS_OF_HEADLINE and capitalized > MAX_CAPITALIZED_SHARE * len(words) and _shouts(tokens)
    )


def _shouts(tokens: Sequence[_Token]) -> bool:
    """Whether small words have capitals too, or all words that are long enough to have none in a question."""
    auxiliaries = [token for token in tokens[1:] if token.text.lower() in STOP_WORDS and len(token.text) > 2]
    return any(token.text[0].isupper() for token in auxiliaries)


def _find_capitalized_runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Runs of capitalized words, with the small words and numbers that belong to them."""
    place = 0
    while place < len(tokens):
        if not _opens_name(tokens, place):
            place += 1
            continue
        end = _find_end(tokens, place)
        yield from _split_at_title(list(tokens[place:end]))
        place = end


def _split_at_title(run: list[_Token]) -> Iterator[list[_Token]]:
    """Two names, if a title and a person's name follow another name: "Vantor CEO Ada Tarn"."""
    for place in range(1, len(run) - 1):
        if run[place].text.rstrip(".").lower() in _TITLES_OR_JOBS and is_given_name(run[place + 1].bare):
            yield run[:place]
            yield run[place:]
            return
    yield run


def _opens_name(tokens: Sequence[_Token], place: int) -> bool:
    token = tokens[place]
    if not token.is_capitalized or len(token.text) < 2:
        return False
    word = token.bare.lower()
    follows = _find_end(tokens, place) > place + 1 and not _NUMBER.match(tokens[place + 1].text)
    if word in _NEVER_NAMES and not token.bare.isupper():
        is_given = word in _PEOPLE.given_names_like_words or word in _GRAMMAR.calendar_words
        return is_given and follows and not _starts_sentence(tokens, place)
    if not _starts_sentence(tokens, place):
        return not (word in _NEVER_NAMES and len(word) > 4)
    if follows and tokens[place + 1].bare.lower() not in _NEVER_NAMES - _JOINERS:
        return True
    is_known = find_group([token.bare]) is not None or is_given_name(word) or token.bare[1:] != token.bare[1:].lower()
    return is_known or token.bare != token.text


def _starts_sentence(tokens: Sequence[_Token], place: int) -> bool:
    return place == 0 or tokens[place - 1].text in (".", "?", "!", ":", "“", '"')


def _find_end(tokens: Sequence[_Token], start: int) -> int:
    """The end of the name that begins with a token."""
    end = start + 1
    while end < len(tokens) and tokens[end - 1].bare == tokens[end - 1].text:
        token = tokens[end]
        if token.is_capitalized or _NUMBER.match(token.text):
            end += 1
        elif token.text.lower() in _JOINERS:
            joined = end + 1
            while joined < len(tokens) and tokens[joined].text.lower() in _JOINERS:
                joined += 1
            is_person = end > start + 1 and is_given_name(tokens[start].text)
            is_object = token.text == "the" and tokens[start].text.lower() not in _PEOPLE.slogan_verbs
            if joined == len(tokens) or not tokens[joined].is_capitalized or (is_person and token.text == "of"):
                break
            if is_object:  # "Pausing the DOJ"
                break
            end = joined + 1
        else:
            break
    return end


def _find_known_runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Names that are known without their capitals."""
    place = 0
    while place < len(tokens):
        count, _ = _match_group([token.bare for token in tokens[place:]])
        word = tokens[place].bare.lower()
        if not count and place == 0 and tokens[0].text[0].isupper() and tokens[0].bare != tokens[0].text:
            count = int(word not in _NEVER_NAMES)  # "Vantor's price"
        if not count and is_given_name(word) and word not in _GIVEN_NAMES_ONLY_CAPITALIZED and word not in STOP_WORDS:
            follows = place + 1 < len(tokens) and tokens[place + 1].text[0].isalpha()
            is_surname = follows and tokens[place + 1].bare.lower() not in _NEVER_NAMES
            count = 2 if is_surname and tokens[place].bare == tokens[place].text else 0
        if count:
            yield list(tokens[place : place + count])
        place += count or 1


def _match_group(words: Sequence[str]) -> tuple[int, AliasGroup | None]:
    """How many of the first words are a name that is known in several forms, and the name."""
    for count in range(min(len(words), MAX_FORM_WORDS), 0, -1):
        if group := find_group(words[:count]):
            return count, group
    return 0, None


def _make_name(run: Sequence[_Token], is_guessed: bool) -> QuestionName | None:
    words = [token.bare for token in run]
    if not is_organization(" ".join(words)):
        words = words[_count_titles(words) :]
        run = run[len(run) - len(words) :]
    if not words:
        return None
    groups: list[AliasGroup] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        count, group = _match_group(words[place:])
        if group:
            groups.append(group)
        elif words[place].lower() not in _JOINERS and not (place and words[place] in _OPTIONAL):
            rest.append(words[place])
        place += count or 1
    if len(rest) > 1 and rest[-1].rstrip(".").lower() in _PEOPLE.suffixes and rest[0] == words[0]:
        rest.pop()  # "Elizabeth II"
    is_person = not groups and len(rest) > 1 and rest[0] == words[0] and is_given_name(rest[0])
    is_person = is_person and not is_organization(" ".join(rest)) and not _NUMBER.match(rest[-1])
    return QuestionName(" ".join(words), run[0].start, tuple(groups), tuple(rest), is_person, is_guessed)


def _count_titles(words: Sequence[str]) -> int:
    """How many words before a name are titles: "Prime Minister", "President of". All, if nothing follows them."""
    count = 0
    while count < len(words):
        word = words[count].rstrip(".").lower()
        is_job = word in _PEOPLE.person_nouns and is_given_name(words[min(count + 1, len(words) - 1)])
        is_title = word in _TITLES or is_job
        if not is_title and not (count and word in _JOINERS):
            break
        count += 1
    return count
