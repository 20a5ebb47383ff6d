"""What a conversation was about so far: the people and things that a pronoun in its next question can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.records.answer import Citation, Turn
from assistant.records.query import Query
from assistant.text.lexicon import FEMALE_GIVEN_NAMES, FEMALE_TITLES, MALE_GIVEN_NAMES, MALE_TITLES, TITLES
from assistant.text.names import is_organization, name_parts
from assistant.text.words import STOP_WORDS, content_words, split_words

_MAX_QUOTED_WORDS = 12  # words of an answer that are repeated in a question about it
_NOUN_PHRASE = r"(?:the|an?|his|her|their) [\w’'-]+(?: [\w’'-]+){0,3}"


@dataclass(frozen=True, slots=True)
class DialogueState:
    """What was spoken of so far, the newest turn first."""

    turns: tuple[Turn, ...]
    known_speakers: tuple[str, ...]  # people who speak in the library or in the answers

    @property
    def last_turn(self) -> Turn:
        return self.turns[0]

    @property
    def query(self) -> Query:
        return self.last_turn.query

    def topic(self) -> str | None:
        """What the newest turn that has a subject was about, rather a matter than words that were quoted."""
        found = [about for turn in self.turns if (about := find_subject(turn))]
        return next((about for about in found if not about.startswith("“")), found[0] if found else None)

    def speakers(self) -> tuple[str, ...]:
        """The people that the newest turn with any was about: those asked after, or the one who was found to speak."""
        for turn in self.turns:
            if turn.query.speakers:
                return turn.query.speakers
            if len(found := _find_answer_speakers(turn)) == 1:
                return found
        return ()

    def speakers_on_topic(self) -> tuple[str, ...]:
        """All who were asked about on the topic of the last turn, in the order of asking."""
        found: dict[str, None] = {}
        for turn in self.turns:
            if not turn.query.speakers or turn.query.topic != self.query.topic:
                break
            found = {**dict.fromkeys(turn.query.speakers), **found}
        return tuple(found)

    def antecedents(self) -> Iterator[str]:
        """Everybody a pronoun may stand for, the likeliest first."""
        for turn in self.turns:
            yield from turn.query.speakers
            yield from (each for each in (turn.query.topic,) if each and self.is_person(each))
            yield from _find_answer_speakers(turn)
            yield from self._find_answer_names(turn)
            if described := _WHO_IS.match(turn.question):
                yield described[1]
            yield from find_person_names(turn.question)
            yield from (name for name in _CAPITALISED.findall(turn.question) if self.is_person(name))
            yield from (name for cited in turn.answer.citations[:1] for name in find_person_names(cited.quote))

    def _find_answer_names(self, turn: Turn) -> Iterator[str]:
        """Who an answer to "who?" marks: the one who bought it, where that was asked."""
        if re.match(r"who\b|whom\b", turn.question, re.IGNORECASE) and turn.answer.citations:
            first = turn.answer.citations[0]
            marked = [first.quote[start - first.start : end - first.start] for start, end in first.marks]
            asked = set(split_words(turn.question))
            yield from (name for name in marked if self.is_person(name) and asked.isdisjoint(split_words(name)))

    def is_person(self, name: str) -> bool:
        """Whether a name is somebody's: a speaker of the library, with a title, or with a common first name.

        What speaks under one word only ("Taiwan") need not be a person.
        """
        plain = split_words(name)
        if not plain or len(plain) > 6:
            return False
        if any(
            " " in each and split_words(each)[-len(plain) :] == plain and not is_organization(each)
            for each in self.known_speakers
        ):
            return True
        titled = plain[1:] if plain[0] == "the" else plain
        return bool(titled) and (
            guess_gender(name) is not None or (not TITLES.isdisjoint((titled[0], titled[-1])) and plain != ["us"])
        )

    def expand_name(self, name: str) -> str:
        """The full name of whoever is first meant by the last part of it: cited lately, or most quoted."""
        plain = split_words(name)
        fitting = (each for each in self.known_speakers if plain and split_words(each)[-len(plain) :] == plain)
        return next((each for each in fitting if len(split_words(each)) > len(plain)), name)

    def last_quotation(self) -> str | None:
        """The words that the last answer gave first, short enough to be asked about."""
        cited = next(iter(self.last_turn.answer.citations), None)
        return _shorten_quotation(cited) if cited else None

    def dates(self) -> list[date]:
        """The days of the articles that the last answer cites, in order."""
        dated = [cited.published_at[:10] for cited in self.last_turn.answer.citations if cited.published_at]
        return sorted(day for each in dated if (day := _parse_date(each)))


def guess_gender(name: str) -> str | None:
    plain = split_words(name)
    if not MALE_TITLES.isdisjoint(plain) or (plain and plain[0] in MALE_GIVEN_NAMES):
        return "he"
    return "she" if not FEMALE_TITLES.isdisjoint(plain) or (plain and plain[0] in FEMALE_GIVEN_NAMES) else None


def find_subject(turn: Turn) -> str | None:
    """What a turn was about, in words that can be put in the place of "it"."""
    query, plain = turn.query, turn.question.rstrip("?!. ")
    plain = plain.rpartition("? ")[2]  # of two questions in one, the last
    if query.topic:
        return re.sub(r"^(?:that|to) ", "", query.topic)
    if query.quoted:
        return f"“{query.quoted[0]}”"
    if query.traits.names_speaker:
        return None
    if query.traits.asks_for_speaker and query.cue and query.cue in plain.lower():
        return (
            re.sub(r"^(?:that|about|on) ", "", plain[plain.lower().find(query.cue) + len(query.cue) :].strip()) or None
        )
    named = re.findall(r"(?:\b[Tt]he )?(?<=\s)[A-Z][\w.’'-]*(?: (?:of |the |de )?[A-Z0-9][\w.’'-]*)*", plain)
    if named and re.search(r"['’]s$", named[-1]):
        return plain[plain.rindex(named[-1]) :]  # NASA's moon rocket
    if named:
        thing = re.search(rf"\b[Tt]he {re.escape(named[-1].split(' ', 1)[-1])} [a-z]\w+$", plain)  # the Uvalde shooting
        return thing[0] if thing and named[-1].lower().startswith("the ") and content_words(thing[0]) else named[-1]
    if doing := re.search(rf"\b(?:did|does|do|has|have|will) ({_NOUN_PHRASE}) [\w’'-]+$", plain):
        return doing[1]
    if _PRONOUN.search(plain):
        return None  # what it is about was said before
    phrase = re.search(rf"\b{_NOUN_PHRASE}$", plain) or re.search(r"(?:(?<= )(?!\w+ed\b)[\w’'-]+ ?)+$", plain)
    return phrase[0] if phrase and content_words(phrase[0]) else " ".join(query.terms) or None


def _find_answer_speakers(turn: Turn) -> tuple[str, ...]:
    """Who speaks in an answer, each once."""
    return tuple(dict.fromkeys(cited.speaker for cited in turn.answer.citations if cited.speaker))


_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:de |von |van |al )?[A-Z][\w.’'-]*)+")
_CAPITALISED = re.compile(r"(?<=\s)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_TITLES_KEPT_IN_NAMES = frozenset("queen king prince princess pope emperor empress sheikh".split())
_WHO_IS = re.compile(r"^[Ww]ho (?:is|was) ([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3})\W*$")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|they|them|their|it)\b", re.IGNORECASE)


def find_person_names(text: str) -> list[str]:
    """Names of people that a text has in full or with a title, which is left out."""
    found = map(_strip_opening_word, _FULL_NAME.findall(text))
    return [
        bare
        for name in found
        if (guess_gender(name) or split_words(name)[0] in TITLES) and (bare := _strip_titles(name))
    ]


def _strip_titles(name: str) -> str:
    """A name without titles, but for those that one is called by: "Queen Elizabeth"."""
    if split_words(name)[0] in _TITLES_KEPT_IN_NAMES:
        return re.sub(r"['’]s?$", "", name)
    return " ".join(name_parts(name))


def _strip_opening_word(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in STOP_WORDS else name


def _shorten_quotation(cited: Citation) -> str:
    """The beginning of what is said in a quotation, without marks that would end it early."""
    spoken = re.search(r"[“\"]([^“”\"]{25,})[”\"]", cited.quote)
    said = re.sub("[“”\"„«»]|''", "", " ".join((spoken[1] if spoken else cited.quote).split()))
    said = said.strip(" ,.;:")
    return " ".join(said.split()[:_MAX_QUOTED_WORDS])


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
