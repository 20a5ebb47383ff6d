"""Sources as the proof reads them: their words, who speaks in them, and the names of the people of their articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.evidence.premises.opposites import is_past_form
from assistant.proof.words import (
    BODIES,
    CLAIMS,
    OFFICES,
    ROLE_FIELDS,
    ROLE_LIMITS,
    Word,
    guard_class,
    keep_sentence_marks,
    split_into_words,
)
from assistant.records.article import Span
from assistant.records.proof import Source
from assistant.records.statement import Statement
from assistant.speech.utterances import Utterance, group_statements
from assistant.text.languages import ENGLISH
from assistant.text.names import is_same_person
from assistant.text.quotation_marks import quotation_spans
from assistant.text.stemming import stem_words
from assistant.text.words import fold

MAX_DESCRIPTION = 10  # words beside a name
_REPORTING = ENGLISH.reporting
_GIVEN_NAMES = ENGLISH.people.male_given_names | ENGLISH.people.female_given_names


class ReadSource:
    """A source with its words; offsets are into the article, moved by `source.start`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.published_at = source.article.published_at
        self._descriptions: dict[tuple[str, ...], tuple[list[list[Word]], list[list[Word]]]] = {}

    @cached_property
    def words(self) -> list[Word]:
        """Its words, in order, with offsets into its text."""
        words = split_into_words(self.text, self.published_at)
        return keep_sentence_marks(words, [start - self.source.start for start, _ in self.source.sentences])

    def asks(self, place: int) -> bool:
        """Whether the sentence at a place in it is a question."""
        spans = ((start - self.source.start, end - self.source.start) for start, end in self.source.sentences)
        return any(start <= place < end and self.text[start:end].rstrip("”’\"')").endswith("?") for start, end in spans)

    def asks_before(self, place: int) -> bool:
        """Whether a question mark follows a place before the next word."""
        behind = re.match(r"[^\w]*", self.text[place:])
        return behind is not None and "?" in behind[0]

    @cached_property
    def utterances(self) -> list[SpokenWords]:
        """What somebody says in it."""
        found = []
        for utterance in group_statements(self.source.article, self.source.statements):
            pieces = [self._move(piece) for piece in utterance.statements]
            if any(start < len(self.text) and end > 0 for start, end in pieces):
                around = self._frame_of(utterance)
                found.append(SpokenWords(utterance, tuple(pieces), around, self._find_cues(utterance, around)))
        return found

    @cached_property
    def quotations(self) -> list[Span]:
        """The spans of its quotations, with their marks."""
        return quotation_spans(self.text, 0, len(self.text))[0]

    def quotes(self, place: int) -> bool:
        """Whether a place in it is within quotation marks."""
        return any(start <= place < end for start, end in self.quotations)

    @cached_property
    def stems(self) -> set[str]:
        """The stems of its words, of those of the title, and of the names of its speakers."""
        return stem_words(" ".join((self.text, self.source.article.title, *self.speakers)))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The names of those who speak in it, and what they are called, though it may say only "she"."""
        named = ((spoken.speaker, spoken.role) for spoken in self.utterances)
        return tuple(dict.fromkeys(each for pair in named for each in pair if each))

    @cached_property
    def speaker_forms(self) -> frozenset[str]:
        """The words of `speakers`, in lower case without accents, with how the article describes them."""
        described = [form for name in self.speakers for each in self.descriptions_of(name) for form in each]
        named = [word.form for name in self.speakers for word in split_into_words(name)]
        return frozenset((*named, *(form for form in described if form in OFFICES)))

    def descriptions_of(self, name: str | None) -> list[list[str]]:
        """What stands beside a name in its article, without articles: the words before it, and those after a mark."""
        before, after = self.descriptions_around(name)
        return [[word.form for word in each if word.kind != "optional"] for each in (*before, *after)]

    def descriptions_around(self, name: str | None) -> tuple[list[list[Word]], list[list[Word]]]:
        """All words of the same, those before the name apart from those between two marks after it."""
        parts = tuple(fold(part).rstrip(".") for part in name.split()) if name else ()
        if not parts:
            return [], []
        if parts not in self._descriptions:
            self._descriptions[parts] = _find_descriptions(self.source.article.text, parts)
        return self._descriptions[parts]

    def words_in(self, spans: tuple[Span, ...]) -> list[Word]:
        """Its words in some spans, in order."""
        return [word for word in self.words if any(start <= word.start < end for start, end in spans)]

    def find_whole_sentences(self, words: Sequence[Word]) -> list[Word] | None:
        """Its words of one or more whole sentences that are some words, in any case; None if it has no such ones."""
        forms = [word.form for word in words]
        starts = [place for place, word in enumerate(self.words) if word.mark == "."] + [len(self.words)]
        for at, first in enumerate(starts[:-1]):
            if (last := first + len(forms)) in starts[at + 1 :]:
                found = self.words[first:last]
                if [word.form for word in found] == forms:
                    return found
        return None

    def _move(self, statement: Statement) -> Span:
        return statement.start - self.source.start, statement.end - self.source.start

    def _find_cues(self, utterance: Utterance, around: Span) -> tuple[int, ...]:
        """Where the verbs stand that introduce some words, outside of all that is said."""
        said = [self._move(statement) for statement in utterance.statements]
        first, last = max(0, around[0]), min(len(self.text), around[1])
        cues = {statement.cue for statement in utterance.statements if statement.cue}
        return tuple(
            match.start()
            for cue in sorted(cues)
            for match in re.finditer(rf"\b{re.escape(cue)}\b", self.text[:last])
            if match.start() >= first and not any(start <= match.start() < end for start, end in said)
        )

    def _frame_of(self, utterance: Utterance) -> Span:
        first = utterance.statements[0]
        return first.sentence_start - self.source.start, first.sentence_end - self.source.start


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """What one speaker says in a source: the spans of the words, and that of the sentences around them."""

    utterance: Utterance
    spans: tuple[Span, ...]
    around: Span
    cue_places: tuple[int, ...] = ()  # of the verbs that introduce them

    @property
    def speaker(self) -> str | None:
        """The name of the speaker."""
        return self.utterance.speaker

    @property
    def role(self) -> str | None:
        """The description of the speaker."""
        return next((piece.role for piece in self.utterance.statements if piece.role), None)

    @property
    def cues(self) -> tuple[str, ...]:
        """The verbs that introduce the words, in lower case."""
        return tuple(piece.cue.lower() for piece in self.utterance.statements if piece.cue)

    def contains(self, place: int) -> bool:
        """Whether a place in the source is in the words said."""
        return any(start <= place < end for start, end in self.spans)

    def cue_at(self, place: int) -> str:
        """The verb, in lower case, that introduces the words at a place in the source; "" if there is none."""
        pieces = zip(self.utterance.statements, self.spans, strict=True)
        return next((piece.cue.lower() for piece, (start, end) in pieces if start <= place < end), "")

    def is_innermost(self, place: int, others: Iterable[SpokenWords]) -> bool:
        """Whether nobody else is told, within these words, to say those at a place: "Lund said Tarn said …"."""
        own = [start for start, end in self.spans if start <= place < end]
        inner = [start for each in others if each is not self for start, end in each.spans if start <= place < end]
        return bool(own) and not any(start > max(own) for start in inner)


def _find_descriptions(text: str, name: Sequence[str]) -> tuple[list[list[Word]], list[list[Word]]]:
    """The words before each mention of a surname, also without given names, and those after it.

    Of a full name, mentions with the given name of somebody else do not count.
    """
    last = name[-1]
    before: list[list[Word]] = []
    after: list[list[Word]] = []
    for match in re.finditer(rf"\b{re.escape(last)}\b", fold_same_length(text)):
        run: list[Word] = []
        for word in reversed(split_into_words(text[max(0, match.start() - 120) : match.end()])[:-1]):
            run.insert(0, word)
            if word.mark or len(run) >= MAX_DESCRIPTION:
                break
        if _is_of_another(run, name):
            continue
        before.append(run)
        while run and run[-1].kind == "name" and run[-1].form not in OFFICES:
            run = run[:-1]
            before.append(run)
        following = split_into_words(text[match.start() : match.end() + 120])[1:]
        if following and text[match.end() : match.end() + 2].strip() in (",", "("):
            marked = (at for at, word in enumerate(following) if at and word.mark)
            after.append(following[: next(marked, len(following))])
    return before, after


def list_forms(words: Sequence[Word]) -> list[str]:
    """The words without articles, in lower case."""
    return [word.form for word in words if word.kind != "optional"]


def ends_with_role(words: Sequence[Word], wanted: Sequence[str]) -> bool:
    """Whether words before a name end with a role, and nothing stands before the role that makes another of it."""
    first = len(words)
    while first and len(list_forms(words[first:])) < len(wanted):
        first -= 1
    return list_forms(words[first:]) == list(wanted) and _begins_role(words[:first])


def names_role(words: Sequence[Word], wanted: Sequence[str]) -> bool:
    """Whether words beside somebody are a role, or it and more of it: "mayor" of "the mayor of Orvik since 2019".

    The role is all of them, or has their noun and ends with it or before "of", "who" and the like. Not of "the ousted
    mayor", "mayor until 2019", "a critic of the mayor", "a lawyer suing the mayor".
    """
    if list_forms(words) == list(wanted):
        return True
    end = _find_complement(words)
    for first in range(end):
        last = first
        while last < len(words) and len(list_forms(words[first:last])) < len(wanted):
            last += 1
        rest = words[last:]
        if (
            list_forms(words[first:last]) == list(wanted)
            and last >= end
            and (last == end or not rest or rest[0].kind in ("preposition", "conjunction"))
            and not is_over(rest)
            and _begins_role(words[:first])
        ):
            return True
    return False


def _find_complement(words: Sequence[Word]) -> int:
    """Where a description goes on after its noun: "critic | of the mayor", "lawyer | suing Ada Tarn"."""
    for at, word in enumerate(words):
        if word.kind in ("preposition", "conjunction", "auxiliary", "modality", "negation") or word.form == "that":
            return at
        if at and word.kind in ("optional", "pronoun"):  # another noun
            return at - 1 if at > 1 and is_participle(words[at - 1]) else at
        following = words[at + 1] if at + 1 < len(words) else None
        if at and is_participle(word) and (following is None or following.kind in ("name", "preposition")):
            return at
    return len(words)


def is_over(words: Sequence[Word]) -> bool:
    """Whether words after a role may tell that somebody has it no longer, not yet or not really: "until May".

    Not "of Orvik", "who …", "since 2019", or a place or body after another preposition: "for the Greens".
    """
    forms = {word.form for word in words}
    if forms & CLAIMS.role_ends:
        return True
    is_timed = any(word.days or word.kind in ("number", "day") or any(map(str.isdigit, word.form)) for word in words)
    if "since" in forms or not words:
        return False
    is_named = any(word.kind == "name" or word.form in OFFICES | BODIES | ROLE_FIELDS for word in words)
    return is_timed or (words[0].kind == "preposition" and words[0].form != "of" and not is_named)


def _begins_role(words: Sequence[Word]) -> bool:
    """Whether words before a role make no other of it: none up to an article, a verb of saying or a preposition."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        form = word.form
        if form in ROLE_LIMITS or guard_class(form) not in (None, "auxiliary"):
            return False
        if word.kind not in ("content", "name", "number"):
            return True
        if form in _REPORTING.speech_forms and form not in _REPORTING.noun_or_verb_forms:
            return True
        if is_past_form(form) and at and words[at - 1].kind == "auxiliary":
            return True  # "has sued Mayor Ivo Lund"
        is_name = word.kind == "name" and not form.startswith("ex-") and not is_past_form(form)
        if not (
            is_name
            or word.days
            or word.kind == "number"
            or form
            in OFFICES | BODIES | ROLE_FIELDS | ENGLISH.people.demonyms  # "British" is no name in its first place
            or form.endswith("year-old")
        ):
            return False
        if word.mark:
            return True
    return True


def is_participle(word: Word) -> bool:
    """Whether a word has the form of a participle, and is no office and not known to describe one."""
    is_one = word.form.endswith("ing") or is_past_form(word.form)
    return is_one and word.form not in ROLE_FIELDS | OFFICES


def _is_of_another(before: Sequence[Word], name: Sequence[str]) -> bool:
    """Whether the given name before a surname is not that of a full name: "Karl" for "Ivo Lund"."""
    if len(name) == 1 or not before or any(word.form in name for word in before[-3:]):
        return False
    given = before[-1].form
    return given in _GIVEN_NAMES and not is_same_person(f"{given} {name[-1]}".title(), " ".join(name).title())


def fold_same_length(text: str) -> str:
    """A text in lower case without accents, each character in its place."""
    return "".join(folded if len(folded := fold(character)) == 1 else character for character in text)
