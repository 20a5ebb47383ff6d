"""What a conversation was about so far: the people and things that a pronoun in its next question can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.lexicon import HE_TITLES, MEN, SHE_TITLES, TITLES, WOMEN
from assistant.records import Citation, Query, Turn
from assistant.wording import content_words, words

_MOST_QUOTED = 12  # words of an answer that are repeated in a question about it
_NOUN_PHRASE = r"(?:the|an?|his|her|their) [\w’'-]+(?: [\w’'-]+){0,3}"


@dataclass(frozen=True, slots=True)
class Talk:
    """What was spoken of so far, the newest turn first."""

    turns: tuple[Turn, ...]
    known: tuple[str, ...]  # people who speak in the library or in the answers

    @property
    def last(self) -> Turn:
        return self.turns[0]

    @property
    def query(self) -> Query:
        return self.last.query

    def topic(self) -> str | None:
        """What the newest turn that has a subject was about."""
        return next((about for turn in self.turns if (about := subject(turn))), None)

    def speakers(self) -> tuple[str, ...]:
        """The people that the newest turn with any was about: those asked after, or the one who was found to speak."""
        for turn in self.turns:
            if turn.query.speakers:
                return turn.query.speakers
            if len(found := _speaking(turn)) == 1:
                return found
        return ()

    def people(self) -> Iterator[str]:
        """Everybody a pronoun may stand for, the likeliest first."""
        for turn in self.turns:
            yield from turn.query.speakers
            yield from (each for each in (turn.query.topic,) if each and self.is_person(each))
            yield from _speaking(turn)
            yield from names(turn.question)
            yield from (name for cited in turn.answer.citations[:1] for name in names(cited.quote))

    def is_person(self, name: str) -> bool:
        """Whether a name is somebody's: a speaker of the library, with a title, or with a common first name."""
        plain = words(name)
        if not plain or len(plain) > 6:
            return False
        if any(words(each)[-len(plain) :] == plain for each in self.known):
            return True
        titled = plain[1:] if plain[0] == "the" else plain
        return bool(titled) and (
            gender(name) is not None or (not TITLES.isdisjoint((titled[0], titled[-1])) and plain != ["us"])
        )

    def full(self, name: str) -> str:
        """The longest name known of somebody who may be called by the last part of it."""
        plain = words(name)
        fitting = [each for each in self.known if plain and words(each)[-len(plain) :] == plain]
        return max(fitting, key=len, default=name)

    def said(self) -> str | None:
        """The words that the last answer gave first, short enough to be asked about."""
        cited = next(iter(self.last.answer.citations), None)
        return _short(cited) if cited else None

    def dates(self) -> list[date]:
        """The days of the articles that the last answer cites, in order."""
        dated = [cited.published_at[:10] for cited in self.last.answer.citations if cited.published_at]
        return sorted(day for each in dated if (day := _date(each)))


def gender(name: str) -> str | None:
    plain = words(name)
    if not HE_TITLES.isdisjoint(plain) or (plain and plain[0] in MEN):
        return "he"
    return "she" if not SHE_TITLES.isdisjoint(plain) or (plain and plain[0] in WOMEN) else None


def subject(turn: Turn) -> str | None:
    """What a turn was about, in words that can be put in the place of "it"."""
    query, plain = turn.query, turn.question.rstrip("?!. ")
    if query.topic:
        return re.sub(r"^(?:that|to) ", "", query.topic)
    if query.quoted:
        return f"“{query.quoted[0]}”"
    if query.kind == "said":
        return None
    if query.kind == "who_said" and query.cue and query.cue in plain.lower():
        return (
            re.sub(r"^(?:that|about|on) ", "", plain[plain.lower().find(query.cue) + len(query.cue) :].strip()) or None
        )
    named = re.findall(r"(?:\b[Tt]he )?(?<=\s)[A-Z][\w.’'-]*(?: (?:of |the |de )?[A-Z0-9][\w.’'-]*)*", plain)
    if named:
        thing = re.search(rf"\b[Tt]he {re.escape(named[-1].split(' ', 1)[-1])} [a-z]\w+$", plain)  # the Uvalde shooting
        return thing[0] if thing and named[-1].lower().startswith("the ") and content_words(thing[0]) else named[-1]
    if doing := re.search(rf"\b(?:did|does|do|has|have|will) ({_NOUN_PHRASE}) [\w’'-]+$", plain):
        return doing[1]
    phrase = re.search(rf"\b{_NOUN_PHRASE}$", plain) or re.search(r"(?:(?<= )(?!\w+ed\b)[\w’'-]+ ?)+$", plain)
    return phrase[0] if phrase and content_words(phrase[0]) else " ".join(query.terms) or None


def _speaking(turn: Turn) -> tuple[str, ...]:
    """Who speaks in an answer, each once."""
    return tuple(dict.fromkeys(cited.speaker for cited in turn.answer.citations if cited.speaker))


def names(text: str) -> list[str]:
    """Names of people that a text has in full or with a title."""
    found = re.findall(r"[A-Z][\w.’'-]*(?: (?:de |von |van |al )?[A-Z][\w.’'-]*)+", text)
    return [name for name in found if gender(name) or words(name)[0] in TITLES]


def _short(cited: Citation) -> str:
    """The beginning of a quotation, without marks that would end it early."""
    said = re.sub("[“”\"„«»]|''", "", " ".join(cited.quote.split())).strip(" ,.;:")
    return " ".join(said.split()[:_MOST_QUOTED])


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
