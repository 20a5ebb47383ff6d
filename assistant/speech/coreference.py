"""Coreference: the full name that a surname, a pronoun or a role ("the minister") refers to in an article.

Ambiguous mentions are not resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.speech.mention_history import MentionHistory
from assistant.speech.patterns import MentionKind
from assistant.text.languages import ENGLISH
from assistant.text.names import (
    full_names,
    has_given_name,
    infer_gender,
    is_compatible_name,
    is_given_name,
    is_organization,
    name_parts,
    names_with_office,
    surname,
    titled_names,
)
from assistant.text.roles import is_definite_role, is_same_role, role_head

_ROLE_ENDINGS = ENGLISH.people.role_endings


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person, with the context of its sentence."""

    text: str  # a name without titles, or a pronoun or role as written
    kind: MentionKind
    title: str = ""  # the last word before a name ("Mrs.")
    names_before: Sequence[str] = ()  # names before the mention
    current_speaker: str | None = None  # full name of the speaker of the words before the mention
    subject: str | None = None  # name with which the sentence begins


class CoreferenceResolver:
    """The people of one article, as far as the article was read."""

    def __init__(self, text: str) -> None:
        self.history = MentionHistory()
        self.roles: dict[str, str] = {}  # full name -> first description as a speaker
        self.described_roles: dict[str, str] = {}  # full name -> first description elsewhere
        self._titles_before: dict[str, list[str]] = {}  # full name -> descriptions before it
        self._unnamed_roles: dict[str, str] = {}  # main noun -> last description of somebody without a name
        # Surname in lower case -> fullest name so far. At first, names that only one person in the article has.
        self._full_names = _find_unambiguous_names(text)
        self._full_names |= _find_family_first_names(text, self._full_names)
        self._namesakes: dict[str, set[str]] = {}  # surname -> full names of several people with this surname
        self._titles = {name.lower(): title for title, name in titled_names(text)}
        self._persons = set(names_with_office(text))  # names that certainly are a person's

    @property
    def surnames(self) -> Collection[str]:
        """The surnames of the people named so far, in lower case. This view grows as the article is read."""
        return self._full_names.keys()

    def role_of(self, speaker: str | None) -> str | None:
        """The description of a speaker in the article so far."""
        return self.roles.get(speaker) or self.described_roles.get(speaker) if speaker else None

    def note_role(self, name: str, role: str, speaks: bool = True) -> None:
        """Remember the description of somebody, by full name. The first one counts, and one as a speaker before others.

        Until somebody unnamed is described, this is whom the role refers to.
        """
        (self.roles if speaks else self.described_roles).setdefault(name, role)
        self._unnamed_roles.pop(role_head(role), None)

    def note_title(self, name: str, title: str) -> None:
        """Remember a description before a name, by full name. It only serves to find whom a role refers to."""
        if " " in name:
            self._titles_before.setdefault(name, []).append(title)
            self._unnamed_roles.pop(role_head(title), None)

    def note_speaker(self, speaker: str, asking: bool = False) -> None:
        """Remember who spoke last, by full name, and whether they asked something."""
        self.history.note_speaker(speaker, asking)
        self.note_person(speaker)

    def note_person(self, name: str, titled: bool = False) -> None:
        """Remember that a name is a person's. A single word counts only if it is `titled` ("Mr. Tarn")."""
        full = self.full_name(name)
        if (" " in full or titled) and not is_organization(full):
            self._persons.add(full)

    def note_sentence(self, names: Sequence[str], subject: tuple[str, MentionKind] | None, has_speech: bool) -> None:
        """Remember a sentence after it was read: its names, its subject, and whether somebody spoke in it."""
        full_subject: str | None = None
        if subject and subject[1] == "name":
            full_subject = self.full_name(subject[0])
        elif subject and subject[1] == "pronoun":
            full_subject = self.history.previous_subject
        self.history.note_sentence(self._persons_among(names), full_subject, has_speech)

    def resolve(self, mention: Mention) -> str | None:
        """The full name of the person that a mention refers to; None if that is not clear."""
        if mention.kind == "role":
            return self._resolve_role(mention.text)
        if mention.kind == "pronoun":
            return self._resolve_pronoun(mention)
        full = self._resolve_namesake(self.full_name(mention.text), mention.text)
        full = self._resolve_titled(full, mention.title)
        if has_given_name(mention.text):
            self.history.note_full_name(surname(full), full)
        return full

    def full_name(self, name: str) -> str:
        """The fullest form of a name in the article so far."""
        if "&" in name:
            return name
        parts = name_parts(name) or name.split()
        written = " ".join(parts)
        key = surname(written)
        known = self._full_names.get(key)
        if known is None:
            self._full_names[key] = written
            return written
        if len(parts) == 1 or is_compatible_name(name_parts(known), parts):
            if len(name_parts(known)) == 1:
                self._full_names[key] = written
            return self._full_names[key]
        if len(parts) == 2 and _is_role_before_name(parts[0]):
            return known  # "Keeper Brandreth", "Dean Brandreth", where the article has an Ada Brandreth
        if has_given_name(written):
            self._namesakes.setdefault(key, {known}).add(written)
        return written

    def _persons_among(self, names: Sequence[str]) -> list[str]:
        """The full names of those that can be a person's: with several words, a given name, or a title elsewhere."""
        fulls = [self.full_name(name) for name in names]
        return [
            full
            for full in fulls
            if (" " in full or is_given_name(full) or full in self._persons) and not is_organization(full)
        ]

    def _resolve_namesake(self, full: str, name: str) -> str:
        """Of two people with one surname, a surname alone refers to the one whose full name occurred just before."""
        return full if " " in name else self.history.recent_full_name(surname(full)) or full

    def _resolve_titled(self, full: str, title: str) -> str:
        """Of a couple, the one whom the title fits: "Mrs. Tarn" is not Ivo Tarn if the article has an Ada Tarn too."""
        gender = infer_gender("", title)
        if gender is None or infer_gender(full) in (None, gender):
            return full
        fitting = [name for name in self._namesakes.get(surname(full), ()) if infer_gender(name) == gender]
        return fitting[0] if len(fitting) == 1 else full.split()[-1]

    def _resolve_pronoun(self, mention: Mention) -> str | None:
        """The most likely person that "he" or "she" can refer to; None for other pronouns."""
        pronoun = mention.text.lower()
        if pronoun not in ("he", "she"):
            return None
        persons_before = self._persons_among(mention.names_before)
        if self.unnamed_speaker(mention):
            return None
        subject = self.full_name(mention.subject) if mention.subject else None
        candidates = self.history.pronoun_candidates(persons_before, mention.current_speaker, subject)
        for name in candidates:
            if self._matches_pronoun(name, pronoun):
                return name
            if name == self.history.previous_subject and self._may_be_person(name):
                return None  # nobody rather than somebody further away
        return None

    def unnamed_speaker(self, mention: Mention) -> str | None:
        """The description of the person without a name to whom "he" or "she" refers; None if it is somebody else."""
        described = self.history.unnamed_speaker
        if described is None or mention.kind != "pronoun" or mention.current_speaker or mention.subject:
            return None
        pronoun = mention.text.lower()
        is_fitting = infer_gender("", role_head(described)) in (None, pronoun) and pronoun in ("he", "she")
        return described if is_fitting and not self._persons_among(mention.names_before) else None

    def _may_be_person(self, name: str) -> bool:
        """Whether a name can be a person's whose gender is unknown."""
        return len(name.split()) == 2 and not is_organization(name) and infer_gender(name) is None

    def _matches_pronoun(self, name: str, pronoun: str) -> bool:
        gender = infer_gender(name, self._titles.get(name.split()[-1].lower(), ""))
        return gender == pronoun or (gender is None and name in self._persons)

    def _resolve_role(self, role: str) -> str | None:
        """The only person to whom the article gives a role; None where somebody unnamed may be meant."""
        head = role_head(role)
        known = [*self.roles.items(), *self.described_roles.items()]
        known += [(name, title) for name, titles in self._titles_before.items() for title in titles]
        holders = {name for name, described in known if is_same_role(role, described)}
        if len(holders) != 1 or not is_definite_role(role):
            self._unnamed_roles[head] = role
            return None
        unnamed = self._unnamed_roles.get(head)
        return None if unnamed is not None and is_same_role(role, unnamed) else next(iter(holders))


def _is_role_before_name(word: str) -> bool:
    """Whether a word is a title too ("Dean"), or no given name and ends like a noun for what people do ("Keeper")."""
    if word.lower() in ENGLISH.people.titles_also_given_names:
        return True
    return not is_given_name(word) and word.lower().endswith(_ROLE_ENDINGS)


def _find_unambiguous_names(text: str) -> dict[str, str]:
    """Surnames that occur with only one first name in a text, with the full name."""
    names_by_surname: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        if _is_headline(line):
            continue
        for name in full_names(line):
            if not name.isupper():
                names_by_surname.setdefault(surname(name), Counter())[name] += 1
    unambiguous: dict[str, str] = {}
    for key, names in names_by_surname.items():
        # Other words before a name are a title, or the end of another name.
        with_given = [name for name in names if has_given_name(name)]
        if len({name.split()[0] for name in with_given}) > 1:
            continue
        best = min(with_given, key=lambda name: (-names[name], len(name))) if with_given else min(names, key=len)
        if with_given or all(name.endswith(best) for name in names):
            unambiguous[key] = best
    return unambiguous


def _find_family_first_names(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Family names that come first, with the full name: "Mr. Lou" is Lou Jiwei, unless "Lou" is a surname too."""
    titled = {name.lower() for name in names_with_office(text)} - known.keys()
    by_first_word = {name.split()[0]: name for name in known.values() if " " in name}
    return {
        first.lower(): name
        for first, name in by_first_word.items()
        if first.lower() in titled and not is_given_name(first)
    }


def _is_headline(line: str) -> bool:
    if len(line) > 150:
        return False
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[:1].isupper() for word in words) > 0.7 * len(words)
