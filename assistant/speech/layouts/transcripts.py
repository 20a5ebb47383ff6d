"""Transcripts and interviews: which paragraphs are the words of a labelled speaker ("SMITH: We did.", "Q: …").

A label counts if it is a speaker's for certain: people talk in the lines after the labels, and the label occurs again
or names somebody in the text. "Note: …" and "Diesel: $5.02" are no turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from assistant.records.article import VOICES, Span
from assistant.speech.attribution import find_attributions
from assistant.speech.layouts.names_by_part import LabelNames, PeopleInText, capitalize_label
from assistant.speech.tagger import tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.names import PARTICLES, full_names, is_given_name, name_parts
from assistant.text.quotation_marks import QUOTE_MASK, mask_spans, quotation_spans
from assistant.text.words import fold

MIN_CAPITAL_TURNS = 3  # lines with the same label in capitals that make it a speaker's, whatever they say
MIN_TURNS = 2  # the same for other labels, in a conversation
MIN_DIALOGUE_TURNS = 3  # in a conversation of several people in which every label in capitals is a speaker's
MIN_SPOKEN_SHARE = 0.3  # of the labelled lines of a conversation that address somebody, or speak of oneself
MIN_LABEL_SHARE = 0.15  # of the paragraphs from the first label to the last, in a conversation
MIN_DENSITY = 0.3  # of the paragraphs from the first label to the last that begin with one, in a transcript
MIN_SHARE_OF_ALL = 0.5  # of all paragraphs that begin with a label, in a transcript in which nobody speaks twice
MAX_INITIALS = 3  # letters
MAX_HEAD_WORDS = 3  # of the name of a column
MAX_LABEL_LENGTH = 120  # characters, with all that may stand around the name
MAX_HEAD_LENGTH = 3_000  # characters before the first label that may name the guest of an interview

_WORDS = ENGLISH.transcripts
_TIME = r"[\[(]{0,2}\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]{0,2}"
_REMARK = r"(?:,? ?(?:\(\(?[^()\n]{1,60}\)\)?|\[[^\[\]\n]{1,60}\]))"
_LABEL = re.compile(
    rf"(?P<initials>)[^\w\n\[(]{{0,4}}(?:{_TIME}[ \t–—|:-]{{1,4}})?[*_\"“]{{0,3}}(?:{_TIME} )?"
    r"(?P<name>[^\W\d_][\w.’'\-]{0,30}(?: (?:& )?[^\W\d_][\w.’'\-]{0,30}){0,5})"
    rf"(?P<remarks>{_REMARK}{{0,2}}(?:, [a-z][^:|\n]{{1,60}}|, [A-Z]{{2}}[A-Z0-9 .,&/’'\-]{{1,60}})?)[*_]{{0,3}}"
    rf"(?:(?P<time>[ \t]{{1,4}}{_TIME})?[*_]{{0,3}}[ \t]?(?P<mark>:|[ \t]\|)[*_]{{0,3}}(?:\s{{1,4}}{_TIME})?(?:\s+|$)"
    rf"|[ \t]{{1,4}}{_TIME}$)"
)
_LETTER_LABEL = re.compile(
    r"[*_ ]{0,4}(?P<name>[QA])\d{0,3}[.:][*_]{0,3}\s+"
    r"|\(\((?:'{2,3})?(?P<initials>[A-Z][\w. ]{0,30})(?:'{2,3})?\)\)(?:\s?:){0,2}\s+"
)
_FUNCTION_WORDS = (
    ENGLISH.grammar.prepositions
    | ENGLISH.grammar.pronouns
    | ENGLISH.grammar.determiners
    | ENGLISH.grammar.auxiliaries
    | ENGLISH.grammar.subordinators
) - ENGLISH.people.particles
_COLON = re.compile(":")
_VOWEL = re.compile("[AEIOUYÀ-ÖØ-Þ]")
_CAPITALIZED = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_ASIDE = re.compile(r"[\"“”]{0,2}[(\[].{0,200}[)\]][\"“”.]{0,2}$|[^\w]{1,20}$")
_TEASER = re.compile(r"[^:\n]{3,80}[^\W\d]\??:(?=[A-Z])[^\n]{3,120}(?<![.!?…\"”])$")  # "Lock news:The keeper is late"
_SPOKEN = re.compile(
    rf"\?|(?<![\w.])(?:{'|'.join(_WORDS.spoken_words)})\b|^(?:{'|'.join(_WORDS.spoken_openings)})\b", re.IGNORECASE
)
_CONTRACTION = re.compile(r"(?:n[’']t|[’'](?:re|ve|ll|m)|\b(?:[Ii]t|[Tt]hat|[Tt]here|[Ww]hat)[’']s)\b")
_CLITIC = re.compile(r"[’'](?:s|re|ve|ll|d|m)$")  # "WHAT’S NEW"
_FIRST_PERSON = re.compile(r"(?<![\w.’'])(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our)\b(?!\.)")
_GUEST_CUE = re.compile(_WORDS.guest_cue)
_TALK_CUE = re.compile(_WORDS.talk_cue)
_BYLINE = re.compile(_WORDS.byline)
_HEAD_SENTENCE = re.compile(r"[^\n]{1,400}?(?:[.!?](?=\s|$)|$)", re.MULTILINE)
_AND = re.compile(r"\s(?:and|&)\s")


@dataclass(frozen=True, slots=True)
class Turn:
    """The words `text[start:end]` of one speaker in one paragraph. `label` is what names the speaker.

    `is_opening` says whether the label is in this paragraph.
    """

    label: str
    start: int
    end: int
    is_opening: bool


class Transcript:
    """The turns of one article, by number of the paragraph."""

    def __init__(
        self, title: str, text: str, paragraphs: Sequence[Span], surnames: Collection[str], named_by: str | None = None
    ) -> None:
        """`surnames`: of the people in the text, in lower case; `named_by`: VOICES if each label counts."""
        self._title = title
        self._text = text
        self._paragraphs = paragraphs
        self._surnames = surnames
        self._people = PeopleInText(text)
        self._label_counts: dict[int, Counter[str]] = {}  # by length: the words of the text before a colon
        labels = {number: match for number, span in enumerate(paragraphs) if (match := self._match(span))}
        self._named_by = named_by
        found = {number: match for number, match in labels.items() if _is_possible(_name_of(match))}
        if named_by != VOICES:
            first = min(labels, default=0)
            heads = {at for at in found if _is_headline(at, labels) or self._is_table_head(at, found[at], first)}
            found = {number: match for number, match in found.items() if number not in heads}
        self._labels = self._select(found)
        self._turns = dict(self._find_turns(set(labels)))

    def turn_of(self, number: int) -> Turn | None:
        """The turn in a paragraph; None if the paragraph is not in a turn."""
        return self._turns.get(number)

    def __bool__(self) -> bool:
        return bool(self._turns)

    # ---------------------------------------------------------------------------------------- labels

    def _match(self, span: Span) -> re.Match[str] | None:
        """What may be a label at the start of a paragraph."""
        start, end = span[0], min(span[1], span[0] + MAX_LABEL_LENGTH)
        match = _LETTER_LABEL.match(self._text, start, end)
        if match:
            return match
        match = _LABEL.match(self._text, start, end)
        if match is None or (match["name"].isupper() and len(match["name"]) > 60):
            return None
        words = match["name"].split()
        return match if all(_CAPITALIZED.match(word) or word in PARTICLES or word == "&" for word in words) else None

    def _is_table_head(self, number: int, match: re.Match[str], first: int) -> bool:
        """Whether the first row of a table names its columns: "Keeper | Words"."""
        words = self._text[match.end() : self._trim_cell(self._paragraphs[number][1])]
        is_cell = number == first and "|" in (match.groupdict().get("mark") or "")
        is_column = len(words.split()) <= MAX_HEAD_WORDS and words[-1:].isalnum() and words[:1].isupper()
        return is_cell and is_column and not self._is_person(_key(_name_of(match)))

    def _select(self, found: dict[int, re.Match[str]]) -> dict[int, re.Match[str]]:
        """Those of the labels that are a speaker's."""
        if self._named_by != VOICES:
            found = {number: match for number, match in found.items() if not self._is_about(number, match)}
        names = {number: _name_of(match) for number, match in found.items()}
        counts = Counter(map(_key, names.values()))
        if sum(bool(match["initials"]) for match in found.values()) >= MIN_CAPITAL_TURNS:
            # "Ada Tarn: She helped me" in the turn of ((Ivo Berg)) names no speaker
            found = {at: match for at, match in found.items() if match["initials"] or counts[_key(names[at])] > 1}
        spoken = Counter(_key(names[number]) for number, match in found.items() if self._is_spoken(number, match.end()))
        self._label_surnames = {name.split()[-1].lower() for name in names.values() if self._is_person(_key(name))}
        is_all_labelled = len(found) >= max(MIN_TURNS, MIN_SHARE_OF_ALL * len(self._paragraphs)) and len(counts) > 1
        strong = [
            key
            for key in counts
            if counts[key] >= MIN_TURNS
            or self._is_person(key)
            or key in _WORDS.roles
            or (is_all_labelled and " " in key)
        ]
        turns, spoken_turns = sum(counts[key] for key in strong), sum(spoken[key] for key in strong)
        is_conversation = (
            (is_all_labelled or max(counts.values(), default=0) >= MIN_TURNS)
            and spoken_turns >= MIN_SPOKEN_SHARE * turns
            and turns >= MIN_LABEL_SHARE * (max(found) - min(found) + 1)
        )
        is_dialogue = is_conversation and len(found) >= MIN_DIALOGUE_TURNS and len(counts) > 1

        def is_speaker(name: str) -> bool:
            key = _key(name)
            if self._named_by == VOICES:
                return True
            if len(name) == 1:
                return counts["q"] > 0 or counts[key] >= MIN_TURNS
            if name.isupper():
                is_known = self.has_surname(name) or counts[key] >= MIN_CAPITAL_TURNS
                return is_known or is_dialogue or (is_conversation and key in strong)
            if not is_conversation or key not in strong:
                return False
            if self._is_person(key) or key in _WORDS.roles or is_all_labelled:
                return spoken[key] > 0 or is_dialogue
            return is_dialogue and spoken[key] > 0

        return {number: match for number, match in found.items() if is_speaker(names[number])}

    def _is_about(self, number: int, label: re.Match[str]) -> bool:
        """Whether the words after a label are about it: "ADA TARN: Tarn won two races", "PELBY: Keepers go all in"."""
        name, words = _name_of(label), self._text[label.end() : self._paragraphs[number][1]]
        if name.isupper() and words[-1:].isalnum() and self._count_label(name) == 1:
            return not self._is_spoken(number, label.end())
        return len(name) > 1 and words.partition(" ")[0].lower().rstrip(",") == _key(name).split()[-1]

    def _count_label(self, name: str) -> int:
        """How often a name stands before a colon in the text. All names of its length are counted at once."""
        length = len(name)
        if length not in self._label_counts:
            ends = (match.start() for match in _COLON.finditer(self._text))
            self._label_counts[length] = Counter(self._text[max(0, end - length) : end] for end in ends)
        return self._label_counts[length][name]

    def _is_person(self, key: str) -> bool:
        """Whether a label, in lower case, names somebody in the text, or begins with a title or a given name."""
        first, *others = key.split()
        if fold((others or [first])[-1]) in self._surnames:
            return True
        return bool(others) and (is_given_name(first) or first.rstrip(".") in ENGLISH.people.titles)

    def has_surname(self, name: str) -> bool:
        """Whether a label ends with the surname of somebody in the text."""
        last = name.split()[-1].lower()
        return fold(last) in self._surnames or last in self._label_surnames or last in self._people.last_names

    def _is_spoken(self, number: int, start: int) -> bool:
        """Whether a paragraph from `start` on, or the next one if nothing follows, sounds like somebody who speaks."""
        end = self._paragraphs[number][1]
        if start >= end and number + 1 < len(self._paragraphs):
            start, end = self._paragraphs[number + 1]
        return _SPOKEN.search(self._outside_quotes(start, end)) is not None

    def _outside_quotes(self, start: int, end: int) -> str:
        spans = quotation_spans(self._text, start, end)[0]
        return mask_spans(self._text[start:end], [(first - start, last - start) for first, last in spans])

    def _find_turns(self, labelled: Collection[int]) -> Iterator[tuple[int, Turn]]:
        """The turns: from each label until the next one, or until the article narrates again.

        `labelled` are all paragraphs that begin like a label, whether it is a speaker's or not.
        """
        if not self._labels:
            return
        first, last = min(self._labels), max(self._labels)
        is_dense = len(self._labels) >= MIN_DENSITY * (last - first + 1)
        label = ""
        for number in range(first, len(self._paragraphs)):
            start, end = self._paragraphs[number]
            match = self._labels.get(number)
            if match:
                label = _name_of(match)
                if match.end() < end and not _ASIDE.match(self._text, match.end(), end):
                    yield number, Turn(label, match.end(), self._trim_cell(end), True)
                continue
            if not label or number in labelled:
                label = ""
            elif _ASIDE.match(self._text, start, end) or _TEASER.match(self._text, start, end):
                continue
            elif self._is_label_alone(number - 1):
                yield number, Turn(label, start, end, True)
            elif self._continues(label, number):
                yield number, Turn(label, start, end, False)
            elif not is_dense or number > last:
                label = ""

    def _trim_cell(self, end: int) -> int:
        """The end of the words in a paragraph; the border of a table is not among them."""
        while self._text[end - 1] in "| \t":
            end -= 1
        return end

    def _is_label_alone(self, number: int) -> bool:
        """Whether nothing follows the label in its paragraph: the words are in the next one."""
        return number in self._labels and self._labels[number].end() >= self._paragraphs[number][1]

    def _continues(self, label: str, number: int) -> bool:
        """Whether a paragraph without a label sounds like the turn before it: nobody else tells or quotes anything."""
        start, end = self._paragraphs[number]
        outside = self._outside_quotes(start, end)
        is_rest = self._text[start].islower()  # of a line
        if is_rest or QUOTE_MASK in outside or label.split()[-1].title() in outside:
            return is_rest
        is_spoken = _CONTRACTION.search(outside) and not find_attributions(tag_sentence(outside[:1_000]))
        return _FIRST_PERSON.search(outside) is not None or bool(is_spoken)

    # ---------------------------------------------------------------------------------------- people

    @cached_property
    def guest(self) -> str | None:
        """Who answers in an interview: the one person whom its head names as such."""
        first = min(self._labels, default=0)
        head = self._text[: self._paragraphs[first][0]][:MAX_HEAD_LENGTH] if self._paragraphs else ""
        authors = {name for match in _BYLINE.finditer(head) for name in islice(full_names(head[match.end() :]), 1)}
        guests: set[str] = set()
        for sentence in _HEAD_SENTENCE.findall(f"{self._title}\n{head}"):
            named = _find_guests(sentence, authors)
            if len(named) > 1:
                return None
            guests |= named
        fullest = {name for name in guests if not any(name != other and name in other for other in guests)}
        return fullest.pop() if len(fullest) == 1 else None

    def person_with_title(self, title: str) -> str | None:
        """The name in the only label with this title: "Solli" for "chairman", where there is "CHAIRMAN SOLLI"."""
        return _only(self._label_names.by_title.get(title, ()))

    @cached_property
    def _label_names(self) -> LabelNames:
        return LabelNames(map(_name_of, self._labels.values()))

    def person_with_initials(self, initials: str) -> str | None:
        """The only person with these initials in the text, or of the labels if one of them is a full name."""
        names = self._people.by_initials.get(initials, ())
        labelled = self._label_names.full
        return _only([name for name in names if not labelled or name.title() in labelled])

    @property
    def has_full_labels(self) -> bool:
        """Whether a label is a name of several words."""
        return bool(self._label_names.full)

    def is_labelled_surname(self, label: str) -> bool:
        """Whether another label ends with this one."""
        return label.lower() in self._label_names.endings

    def person_with_given_name(self, given: str) -> str | None:
        """The only person in the text with this given name."""
        return _only(self._people.by_given_name.get(given, ()))


def read_label(label: str, transcript: Transcript) -> tuple[str | None, str | None]:
    """The name and the role of the speaker with this label, as far as the text tells them."""
    written = capitalize_label(label)
    key = _key(label)
    if key in _WORDS.question_labels:
        return None, None
    if key in _WORDS.answer_labels:
        return transcript.guest, None
    if key in _WORDS.roles:
        return transcript.person_with_title(key), key
    is_initials = label.isupper() and len(label) <= MAX_INITIALS
    if is_initials and not transcript.has_surname(label):
        if name := transcript.person_with_initials(label):
            return name, None
        if _VOWEL.search(label) is None:
            return None, label  # an abbreviation, and nobody's
    if is_initials and transcript.has_full_labels and not transcript.is_labelled_surname(label):
        return None, label  # "WN" beside "Ada Brandreth"
    parts = name_parts(written)
    if not parts:
        return transcript.person_with_title(key), key
    if len(parts) == 1 and is_given_name(parts[0]) and (name := transcript.person_with_given_name(parts[0])):
        return name, None
    return " ".join(parts), None


def _only(names: Collection[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _name_of(match: re.Match[str]) -> str:
    return match["name"] or match["initials"]


def _is_possible(label: str) -> bool:
    """Whether a label is not one that never names a speaker ("Note", "READ MORE", "THE NEWS COMES TO YOU")."""
    key = _key(label)
    words = key.split()
    if key in _WORDS.no_speakers or words[-1] in _WORDS.no_speakers or key.endswith(_WORDS.no_speaker_endings):
        return False
    return len(words) == 1 or _FUNCTION_WORDS.isdisjoint(_CLITIC.sub("", word) for word in words[:-1])


def _is_headline(number: int, labels: Mapping[int, re.Match[str]]) -> bool:
    """Whether a label is that of a headline, above a transcript with labels in capitals: "Tarn: We Will Wait"."""
    if number or _name_of(labels[0]).isupper():
        return False
    return sum(_name_of(match).isupper() for match in labels.values()) > len(labels) / 2


def _key(label: str) -> str:
    """A label in lower case, without an article."""
    return re.sub(r"^the ", "", label.lower().rstrip("."))


def _find_guests(sentence: str, authors: Collection[str]) -> set[str]:
    """Whom a sentence in the head of an interview names as the guest; several people if it is not clear which."""
    if match := _GUEST_CUE.search(sentence):
        return _names_at_first(sentence[match.end() :])
    if match := _TALK_CUE.search(sentence):
        before = set(full_names(sentence[: match.start()]))
        return (before | _names_at_first(sentence[match.end() :])).difference(authors)
    return set()


def _names_at_first(text: str) -> set[str]:
    """The first name in a text, and the next one if both are joined by "and". "The United States" is no person."""
    names = list(islice((name for name in full_names(text) if f"the {name}" not in text), 2))
    if len(names) == 2 and _AND.search(text, text.find(names[0]), text.find(names[1])):
        return set(names)
    return set(names[:1])
