"""Coreference: the full name that a surname, a pronoun or a role ("the minister") refers to in an article.

Ambiguous mentions are not resolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.speech.mention_history import MentionHistory, NamesakeHistory
from assistant.speech.patterns import MentionKind
from assistant.text.languages import ENGLISH
from assistant.text.names import (
    PARTICLES,
    find_gendered_title,
    full_names,
    has_given_name,
    infer_gender,
    is_compatible_name,
    is_given_name,
    is_organization,
    name_parts,
    name_suffix,
    names_with_office,
    surname,
    titled_names,
)
from assistant.text.roles import is_definite_role, is_same_role, role_head

MAX_INITIALS = 5  # letters from which a word in capitals is no person's initials

_ROLE_ENDINGS = ENGLISH.people.role_endings
_ENDINGS_OF_WORDS = ("ed", ENGLISH.grammar.adverb_ending, ENGLISH.grammar.participle_ending)
_NEVER_GIVEN_NAMES = frozenset({"camp", "team"}).union(
    ENGLISH.people.non_name_words, ENGLISH.people.sentence_openers, ENGLISH.people.slogan_verbs, PARTICLES
)
_PLACE = re.compile(r"\b(?:in|near|from|outside|to)\s([A-Z]\w{1,30})\b(?!\s[A-Z])")
_COMPOUND = re.compile(r"\w{0,3}[’'][A-Z]\w{0,30}-")  # "O’Marr-Ní"


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

    def __init__(self, text: str, common: Collection[str] = ()) -> None:
        """`common` are words of the text that are not names, in lower case."""
        self._common_words = common
        self.history = MentionHistory()
        self.namesakes = NamesakeHistory(self.history)
        self.roles: dict[str, str] = {}  # full name -> first description as a speaker
        self.described_roles: dict[str, str] = {}  # full name -> first description elsewhere
        self._titles_before: dict[str, list[str]] = {}  # full name -> descriptions before it
        self._unresolved: tuple[int, str] | None = None  # paragraph and pronoun whose person is unknown
        self._unnamed_roles: dict[str, str] = {}  # main noun -> last description of somebody without a name
        # Surname in lower case -> fullest name so far. At first, names that only one person in the article has.
        self._names_by_key = _count_names(text)
        self._places = frozenset(_PLACE.findall(text))
        unambiguous = _find_unambiguous_names(self._names_by_key, common)
        self._full_names = {
            key: name for key, name in unambiguous.items() if has_given_name(name) or self._is_introduced(name, text)
        }
        self._full_names |= _find_family_first_names(text, self._full_names, self._names_by_key)
        self._titles = {surname(name): title for title, name in titled_names(text)}
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
        self.namesakes.note_speaker(speaker)
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
        self._note_names(names)
        if subject and subject[1] == "name":
            self._unresolved = None
        self.history.note_sentence(self._persons_among(names), full_subject, has_speech)

    def _note_names(self, names: Sequence[str]) -> None:
        """Remember who was named in full, and which surnames stood alone."""
        fulls = [self.full_name(name) for name in names]
        keys = Counter(surname(full) for full in set(fulls))
        for name, full in zip(names, fulls, strict=True):
            if " " not in name:
                self.namesakes.note_surname(surname(name))
            elif self._can_be_person(full, has_namesake=keys[surname(full)] > 1):
                self.namesakes.note_full_name(surname(full), full)

    def _can_be_person(self, full: str, has_namesake: bool) -> bool:
        """Whether a name of several words is a person's; `has_namesake` if it stands beside one with its surname."""
        if is_organization(full):
            return False
        if full in self._persons:
            return True
        is_person = has_given_name(full) and full in self._names_by_key.get(_name_key(full), ())  # in no headline
        return is_person or (has_namesake and _has_rare_given_name(full, self._common_words))

    def resolve(self, mention: Mention) -> str | None:
        """The full name of the person that a mention refers to; None if that is not clear."""
        if mention.kind == "role":
            return self._resolve_role(mention.text)
        if mention.kind == "pronoun":
            return self._resolve_pronoun(mention)
        full = self.full_name(mention.text)
        if " " in mention.text:
            return full
        return self._resolve_surname(full, surname(mention.text), mention.title)

    def _is_introduced(self, name: str, text: str) -> bool:
        """Whether a name without a common given name can be a person's: before its last word is used alone."""
        first, _, last = name.partition(" ")
        if first in self._places:
            return not last  # "Moscow Renault", "Palo Alto Walgreens"
        alone = re.search(rf"(?<!\w ){re.escape(name.rsplit(' ', 1)[-1])}\b", text)
        return not last or is_organization(name) or alone is None or alone.start() >= text.find(name)

    def full_name(self, name: str) -> str:
        """The fullest form of a name in the article so far."""
        if "&" in name:
            return name
        parts, suffix = name_parts(name) or name.split(), name_suffix(name)
        written = " ".join((*parts, suffix) if suffix else parts)
        key = _name_key(written)
        known = self._full_names.get(key)
        if known is None and len(parts) == 1 and parts[0].isupper():
            known = self._find_by_initials(parts[0], suffix)
        if known is None:
            others = self._names_by_key.get(key, ())
            is_likely = has_given_name(written) or _has_rare_given_name(written, self._common_words)
            if len(parts) == 1 or is_likely or not any(map(has_given_name, others)):
                self._full_names[key] = written
            return written
        if len(parts) == 1 and known.split()[0].lower() in ENGLISH.people.demonyms and " " in known:
            return written  # "the US Open" is not the Canadian Open
        if len(parts) == 1 or is_compatible_name(name_parts(known), parts):
            if len(name_parts(known)) > 1 or len(parts) == 1:
                return known
            if parts[0] in self._places and not has_given_name(written):
                return written
            self._full_names[key] = written
            return written
        if len(parts) == 2 and _is_role_before_name(parts[0]):
            return known  # "Keeper Brandreth", "Dean Brandreth", where the article has an Ada Brandreth
        return written

    def _find_by_initials(self, initials: str, suffix: str) -> str | None:
        """The person with these initials: "RFT Jr." for "Rosa F. Tarn Jr."."""
        if not 2 < len(initials) < MAX_INITIALS:
            return None
        for full in self._full_names.values():
            letters = "".join(part[:1] for part in re.split(r"[ -]", full.removesuffix(suffix).strip()))
            if letters == initials and name_suffix(full) == suffix and not is_organization(full):
                return full if suffix or has_given_name(full) else None
        return None

    def is_person(self, name: str) -> bool:
        """Whether a name is known to be a person's, or begins with a given name."""
        full = self.full_name(name)
        return not is_organization(full) and (full in self._persons or has_given_name(full))

    def _persons_among(self, names: Sequence[str]) -> list[str]:
        """The full names of those that can be a person's: with several words, a given name, or a title elsewhere."""
        fulls = [self.full_name(name) for name in names]
        return [
            full
            for full in fulls
            if (" " in full or is_given_name(full) or full in self._persons) and not is_organization(full)
        ]

    def _resolve_surname(self, full: str, key: str, title: str) -> str | None:
        """The person whom a surname means, alone or with a title: "Mrs. Tarn" is not Ivo Tarn."""
        gender = infer_gender("", title)
        people = self.namesakes.people(key)
        if gender is None:
            if len(people) == 1 and " " not in full:
                return next(iter(people))
            return self.namesakes.resolve_surname(key, people) if len(people) > 1 else full
        if len(people) < 2 and self._gender_of(full) in (None, gender):
            return full
        fitting = [name for name in people if self._gender_of(name) == gender] or self._find_by_gender(key, gender)
        possible = [name for name in people if self._gender_of(name) in (None, gender)]
        if len(fitting) > 1 or (fitting and len(possible) > 1):
            return self.namesakes.resolve_surname(key, possible or fitting)
        titled = fitting[0] if fitting else f"{title} {full.split()[-1]}"
        self.namesakes.note_full_name(key, titled)
        return titled

    def _find_by_gender(self, key: str, gender: str) -> list[str]:
        """The person of a surname and gender who is named in full later; empty if there may be several."""
        names = [name for name in self._names_by_key.get(key, ()) if self._gender_of(name) == gender]
        same = all(is_compatible_name(name_parts(names[0]), name_parts(name)) for name in names)
        return names[:1] if same else []

    def _gender_of(self, name: str) -> str | None:
        """The pronoun for a person, by the name, a title in it or a description before it."""
        title = find_gendered_title(name)
        before = (find_gendered_title(f"{word} {name}") for word in self._titles_before.get(name, ()))
        kin = next((word for word in before if word and not word.endswith("man")), "")  # a spokesman may be a woman
        return infer_gender(name, title) or infer_gender("", kin)

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
        here = self.history.paragraph, pronoun
        if self._unresolved == here and not (persons_before or subject or mention.current_speaker):
            return None  # "He" of the sentence before was not clear, so that this one is not either
        for name in candidates:
            if self._matches_pronoun(name, pronoun):
                return name
            if name == mention.current_speaker and self._may_be_person(name):
                return name  # "Sunniva Pellew said …, and she pointed out …", whoever else is named
            if name == subject and self._may_be_person(name):
                break
            if name == self.history.previous_subject and self._may_be_person(name):
                break  # nobody rather than somebody further away
        self._unresolved = here
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
        is_likely = len(name.split()) == 2 or name == self.history.last_speaker
        return is_likely and not is_organization(name) and self._gender_of(name) is None

    def _matches_pronoun(self, name: str, pronoun: str) -> bool:
        gender = self._gender_of(name)
        if gender is None and len(self.namesakes.people(surname(name))) < 2:
            gender = infer_gender(name, self._titles.get(surname(name), ""))
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


def _name_key(name: str) -> str:
    """The surname with "jr": Ivo Tarn and Ivo Tarn Jr. are two people."""
    return f"{surname(name)} {name_suffix(name).lower()}".rstrip()


def _is_role_before_name(word: str) -> bool:
    """Whether a word is a title too ("Dean"), or no given name and ends like a noun for what people do ("Keeper")."""
    if word.lower() in ENGLISH.people.titles_also_given_names:
        return True
    return not is_given_name(word) and word.lower().endswith(_ROLE_ENDINGS)


def _count_names(text: str) -> dict[str, Counter[str]]:
    """The full names in a text by their keys, each with how often it occurs, in order."""
    names_by_key: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        if _is_headline(line):
            continue
        for name in full_names(line):
            if not name.isupper():
                names_by_key.setdefault(_name_key(name), Counter())[name] += 1
    return names_by_key


def _find_unambiguous_names(names_by_key: Mapping[str, Counter[str]], common: Collection[str]) -> dict[str, str]:
    """Surnames that occur with only one first name in a text, with the full name."""
    unambiguous: dict[str, str] = {}
    for key, names in names_by_key.items():
        if best := _choose_full_name(names, common):
            unambiguous[key] = best
    with_suffix: dict[str, list[str]] = {}
    for name in unambiguous.values():
        if name_suffix(name):
            with_suffix.setdefault(surname(name), []).append(name)
    only_names = {key: names[0] for key, names in with_suffix.items() if len(names) == 1 and key not in names_by_key}
    return only_names | unambiguous


def _choose_full_name(names: Counter[str], common: Collection[str]) -> str | None:
    """The full name of the only person among names with one surname; None if there may be several people."""
    # Other words before a name are a title, or the end of another name.
    with_given = [name for name in names if has_given_name(name)]
    if not with_given:
        best = min(names, key=len)
        if not all(name.endswith(best) for name in names):
            return None
        return max(names, key=len) if _is_compound_surname(best) else best
    if len({name.split()[0] for name in with_given}) > 1:
        return None
    earlier = list(names)[: list(names).index(with_given[0])]
    if any(_has_rare_given_name(name, common) for name in earlier):
        return None
    return min(with_given, key=lambda name: (-names[name], len(name)))


def _has_rare_given_name(name: str, common: Collection[str]) -> bool:
    """Whether a name of two words begins with what may be a given name that is in no list: not "Team Tarn"."""
    first = name.partition(" ")[0]
    return (
        name.count(" ") == 1
        and not is_given_name(first)
        and not is_organization(name)
        and first.istitle()
        and not _is_role_before_name(first)
        and first.lower() not in common
        and first.lower() not in _NEVER_GIVEN_NAMES
        and not first.endswith(_ENDINGS_OF_WORDS)
        and first not in ENGLISH.people.regions
    )


def _is_compound_surname(name: str) -> bool:
    """Whether a name of several words is no more than a surname: "O’Marr-Ní Pellew", "de la Tarn"."""
    first = name.split()[0]
    return first.lower() in PARTICLES or _COMPOUND.match(first) is not None


def _find_family_first_names(text: str, known: Mapping[str, str], surnames: Collection[str]) -> dict[str, str]:
    """Family names that come first, with the full name: "Mr. Lou" is Lou Jiwei, unless "Lou" is a surname too."""
    titled = {name.lower() for name in names_with_office(text)} - set(surnames)
    by_first_word = {name.split()[0]: name for name in known.values() if " " in name and not is_organization(name)}
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
