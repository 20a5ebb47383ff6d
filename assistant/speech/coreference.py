"""Who is meant: the people whom an article has named so far, and which of them a surname, "she" or "the minister" is.

Nobody is guessed: where more than one person can be meant, or nobody, there is no answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from assistant.speech.attribution import is_person_role
from assistant.speech.patterns import MentionKind
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

PRONOUN_REACH = 2  # paragraphs over which a pronoun may look back


class CoreferenceResolver:
    """The people of one article, as far as it has been read."""

    def __init__(self, text: str) -> None:
        # Surname in lower case -> fullest name so far; at first those that only one person in the article has.
        self._full_names = _find_unmistakable_names(text)
        self._full_names |= _find_family_first_names(text, self._full_names)
        self._genders = {name.lower(): title for title, name in titled_names(text)}
        self.roles: dict[str, str] = {}  # full name -> role, as first given
        self.described_roles: dict[str, str] = {}  # the same, of people who do not speak there
        self.last_speaker: str | None = None
        self._recent_full_names: dict[str, tuple[int, str]] = {}  # surname -> paragraph and full name, the latest
        self._namesakes: dict[str, set[str]] = {}  # surname -> full names of several people who share it
        self._persons = set(names_with_office(text))  # names that are plainly a person's
        self._spoke_in_previous_sentence = False  # in the sentence before
        self._current_asker: str | None = None  # who asks something in the sentence that is read
        self._previous_asker: str | None = None  # who asked something in the sentence before
        self._previous_subject: str | None = None  # whom the sentence before was about
        self._last_speech_paragraph = 0  # the paragraph in which the last speaker spoke
        self._previous_names: list[str] = []  # people in the sentence before, in order
        self._recent_persons: list[tuple[int, str]] = []  # paragraph and person, the latest first
        self.paragraph = 0

    @property
    def surnames(self) -> frozenset[str]:
        """In lower case, of everybody with a full name."""
        return frozenset(self._full_names)

    def role_of(self, speaker: str | None) -> str | None:
        """What the article calls a speaker, so far."""
        return self.roles.get(speaker) or self.described_roles.get(speaker) if speaker else None

    def note_speaker(self, speaker: str, asking: bool = False) -> None:
        """Remember who spoke last, and whether they asked: then somebody else may answer."""
        self.last_speaker, self._last_speech_paragraph, self._spoke_in_previous_sentence = speaker, self.paragraph, True
        self._current_asker = speaker if asking else None
        self.note_person(speaker)

    def note_person(self, name: str, titled: bool = False) -> None:
        """Remember that a name is a person's; a single word only where it is `titled` ("Mr. Tarn")."""
        full = self.full_name(name)
        if (" " in full or titled) and not is_organization(full):
            self._persons.add(full)

    def _is_person(self, full: str) -> bool:
        """Whether a name can be a person's: of several words, a given name, or one that has had a title."""
        return (" " in full or is_given_name(full) or full in self._persons) and not is_organization(full)

    def note_sentence(self, names: list[str], subject: tuple[str, MentionKind] | None, spoken: bool) -> None:
        """Remember the names of a sentence that has been read, whom it was about, and whether somebody spoke in it."""
        self._spoke_in_previous_sentence = self._spoke_in_previous_sentence and spoken
        self._previous_asker, self._current_asker = self._current_asker, None
        if subject is None or subject[1] == "role":
            self._previous_subject = None
        elif subject[1] == "name":
            self._previous_subject = self.full_name(subject[0])
        known = [full for name in names if self._is_person(full := self.full_name(name))]
        self._previous_names = list(dict.fromkeys(known))
        self._recent_persons = [*((self.paragraph, name) for name in self._previous_names), *self._recent_persons][:12]

    def resolve(
        self,
        name: str,
        kind: MentionKind,
        names_before: list[str],
        speaking: str | None = None,
        about: str | None = None,
        title: str = "",
    ) -> str | None:
        """The full name of whoever a mention means; `names_before` are those in the sentence before it, `speaking`
        is whoever the sentence has just given words to, `about` the subject that it begins with, and `title` what
        stands before a name ("Mrs.")."""
        if kind == "name":
            full = self._resolve_titled(self._resolve_namesake(self.full_name(name), name), title)
            if has_given_name(name):
                self._recent_full_names[surname(full)] = self.paragraph, full
            return full
        if kind == "pronoun":
            return (
                self._resolve_pronoun(name.lower(), names_before, speaking, about)
                if name.lower() in ("he", "she")
                else None
            )
        return self._resolve_role(name)

    def full_name(self, name: str) -> str:
        """The fullest form of a name."""
        parts = name_parts(name) or name.split()
        key = surname(" ".join(parts))
        known = self._full_names.get(key)
        if known and (len(parts) == 1 or is_compatible_name(name_parts(known), parts)):
            if len(name_parts(known)) == 1:
                self._full_names[key] = " ".join(parts)
            return self._full_names[key]
        if known and len(parts) == 2 and _is_unlisted_role(parts[0]):
            return known  # "Keeper Brandreth", where the article has an Ada Brandreth
        if len(parts) > 1 or known is None:
            self._full_names.setdefault(key, " ".join(parts))
        if known and has_given_name(full := " ".join(parts)):
            self._namesakes.setdefault(key, {known}).add(full)
        return " ".join(parts)

    def _resolve_namesake(self, full: str, name: str) -> str:
        """Of two people with one surname, the surname alone is the one who has just spoken under the full name."""
        paragraph, latest = self._recent_full_names.get(surname(full), (0, full))
        return latest if " " not in name and self.paragraph - paragraph < PRONOUN_REACH else full

    def _resolve_titled(self, full: str, title: str) -> str:
        """Of a couple, the one whom a title fits: "Mrs. Tarn" is not Ivo Tarn if the article also has an Ada Tarn."""
        pronoun = infer_gender("", title)
        if pronoun is None or infer_gender(full) in (None, pronoun):
            return full
        fitting = [name for name in self._namesakes.get(surname(full), ()) if infer_gender(name) == pronoun]
        return fitting[0] if len(fitting) == 1 else full.split()[-1]

    def _resolve_pronoun(
        self, pronoun: str, names_before: list[str], speaking: str | None, about: str | None
    ) -> str | None:
        """The nearest person that "he" or "she" can be."""
        here = [full for name in names_before if self._is_person(full := self.full_name(name))]
        candidates = [speaking] if speaking else []
        if (
            self._previous_asker
            and len(asked := [name for name in self._previous_names if name != self._previous_asker]) == 1
        ):
            candidates += asked
        candidates += [self.full_name(about)] if about else []
        candidates += here[:1] if len(set(here)) == 1 else []
        spoke = (
            [self.last_speaker]
            if self.last_speaker and self.paragraph - self._last_speech_paragraph <= PRONOUN_REACH
            else []
        )
        candidates += spoke if self._spoke_in_previous_sentence else []
        candidates += [self._previous_subject] if self._previous_subject else []
        candidates += self._previous_names if len(self._previous_names) == 1 else []
        candidates += [*spoke, *here, *self._previous_names]
        candidates += [name for paragraph, name in self._recent_persons if self.paragraph - paragraph < PRONOUN_REACH]
        return next((name for name in candidates if self._matches_pronoun(name, pronoun)), None)

    def _matches_pronoun(self, name: str, pronoun: str) -> bool:
        gender = infer_gender(name, self._genders.get(name.split()[-1].lower(), ""))
        return gender == pronoun or (gender is None and name in self._persons)

    def _resolve_role(self, role: str) -> str | None:
        """ "The presidential aide": the one person of that role, or whoever was speaking just before."""
        if not is_person_role(role):
            return None
        head = role.split()[-1].lower()
        holders = [name for name, known in self.roles.items() if head in re.findall(r"[\w-]+", known.lower())]
        if len(holders) == 1:
            return holders[0]
        near = self.paragraph - self._last_speech_paragraph <= 1 and self.last_speaker not in self.roles
        return self.last_speaker if near and not holders and role.lower().startswith("the ") else None


def _is_unlisted_role(word: str) -> bool:
    """Whether a word that is no common given name is built like one for what people do: "Keeper", "Archivist"."""
    return not is_given_name(word) and word.lower().endswith(_ROLE_ENDINGS)


_ROLE_ENDINGS = (
    "eper",
    "nor",
    "ist",
    "ician",
    "smith",
    "ctor",
    "itor",
    "utor",
    "iner",
    "ider",
    "aker",
    "cher",
    "woman",
)


def _find_unmistakable_names(text: str) -> dict[str, str]:
    """Surnames that go with one first name all through a text, and the full name."""
    found: dict[str, Counter[str]] = {}
    for line in text.splitlines():
        if _is_headline(line):
            continue
        for name in full_names(line):
            if not name.isupper():
                found.setdefault(surname(name), Counter())[name] += 1
    unmistakable: dict[str, str] = {}
    for key, names in found.items():
        # What stands before a name elsewhere is a title, or the end of another name.
        given = [name for name in names if has_given_name(name)]
        if len({name.split()[0] for name in given}) > 1:
            continue
        best = min(given, key=lambda name: (-names[name], len(name))) if given else min(names, key=len)
        if given or all(name.endswith(best) for name in names):
            unmistakable[key] = best
    return unmistakable


def _find_family_first_names(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """What else full names go by: "Mr. Lou" is Lou Jiwei, unless a Lou is known by a given name before it."""
    titled = {name.lower() for name in names_with_office(text)} - known.keys()
    found = {name.split()[0]: name for name in known.values() if " " in name}
    return {
        first.lower(): name for first, name in found.items() if first.lower() in titled and not is_given_name(first)
    }


def _is_headline(line: str) -> bool:
    if len(line) > 150:
        return False
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[:1].isupper() for word in words) > 0.7 * len(words)
