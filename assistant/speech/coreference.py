"""Coreference: the full name that a surname, a pronoun or a role ("the minister") refers to in an article.

Ambiguous mentions are not resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from assistant.speech.mention_history import MAX_NAMESAKES, PRONOUN_REACH, Mention, MentionHistory, NamesakeHistory
from assistant.speech.patterns import MentionKind
from assistant.speech.pronouns.choice import PronounChoice
from assistant.speech.pronouns.memory import NameMemory
from assistant.speech.pronouns.signs import Candidate, Fit, Place
from assistant.speech.subjects.bodies_in_text import BODY_IN_TEXT
from assistant.speech.subjects.known_roles import KnownRoles
from assistant.speech.subjects.names_in_text import (
    FullNames,
    find_couples,
    has_rare_given_name,
    infer_pronouns,
    name_key,
    names_with_office,
    titled_names,
)
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import (
    find_gendered_title,
    has_given_name,
    infer_gender,
    is_compatible_name,
    is_given_name,
    is_organization,
    name_parts,
    surname,
)
from assistant.text.roles import find_occupations, is_definite_role, is_person_role, is_same_role, role_head


class CoreferenceResolver:
    """The people of one article, as far as the article was read."""

    def __init__(self, text: str, common: Collection[str] = ()) -> None:
        """`common` are words of the text that are not names, in lower case."""
        self._common_words = common
        self.history = MentionHistory()
        self.namesakes = NamesakeHistory(self.history)
        self.names = NameMemory()
        self.choice = PronounChoice()
        self._roles = KnownRoles()
        self._topics: Sequence[str | None] = ()  # full names that the sentence before is about
        self._namesakes: Collection[str] = ()  # the people who can be its subject, if that is a surname of several
        self._unresolved: tuple[int, str] | None = None  # paragraph and pronoun whose person is unknown
        self._unnamed_roles: dict[str, str] = {}  # main noun -> last description of somebody without a name
        self._names = FullNames(text, common)
        self.aliases = self._names.aliases  # another name of somebody -> surname
        self._couples = find_couples(text)
        self._bodies = frozenset(BODY_IN_TEXT.findall(text))
        self.apposed: set[str] = set()  # names that follow a description, which say nothing of their gender
        self._pronouns = infer_pronouns(text, self._names.known.values(), common)  # full name -> "he" or "she"
        self._titles = {surname(name): title for title, name in titled_names(text)}
        self._persons = set(names_with_office(text))  # names that certainly are a person's

    @property
    def surnames(self) -> Collection[str]:
        """The surnames of the people named so far, in lower case. This view grows as the article is read."""
        return self._names.known.keys()

    def role_of(self, speaker: str | None) -> str | None:
        """The description of a speaker in the article so far."""
        return self._roles.role_of(speaker) if speaker else None

    def note_role(self, name: str, role: str, speaks: bool = True) -> None:
        """Remember the description of somebody, by full name. The first one counts, and one as a speaker before others.

        Until somebody unnamed is described, this is whom the role refers to.
        """
        if speaks or " " in name:
            self._roles.note_role(name, role, speaks=speaks)
            self._unnamed_roles.pop(role_head(role), None)

    def note_title(self, name: str, title: str) -> None:
        """Remember a description before a name, by full name. It only serves to find whom a role refers to."""
        if " " in name:
            self._roles.note_title(name, title)
            self._unnamed_roles.pop(role_head(title), None)

    def note_speaker(self, speaker: str, asking: bool = False) -> None:
        """Remember who spoke last, by full name, and whether they asked something."""
        self.history.note_speaker(speaker, asking)
        self.namesakes.note_speaker(speaker)
        self.note_person(speaker)

    def note_person(self, name: str, titled: bool = False) -> None:
        """Remember that a name is a person's. A single word counts only if it is `titled` ("Mr. Tarn")."""
        full = self.full_name(name)
        if (" " in full or titled) and not self._is_body(full):
            self._persons.add(full)

    def note_sentence(
        self,
        names: Sequence[str],
        subject: tuple[str, MentionKind] | None,
        has_speech: bool,
        has_unnamed_person: bool = False,
        topics: Sequence[str] = (),
        tagged: TaggedSentence | None = None,
    ) -> None:
        """Remember a sentence that was read: names, subject, whether somebody spoke, whom its clauses are about."""
        full_subject: str | None = None
        self._namesakes = ()
        if subject and subject[1] == "name":
            full_subject, self._unresolved = self.resolve(Mention(*subject)), None
            self._namesakes = () if full_subject else self.namesakes.people(surname(subject[0]))
        elif subject and subject[1] == "pronoun":
            full_subject = self.history.previous_subject
        elif subject:
            full_subject = self.find_holder(subject[0])
        fulls = [self.full_name(name) for name in names]
        self._note_names(names, fulls)
        is_role = subject is not None and subject[1] == "role" and full_subject is None
        unnamed = is_role and subject is not None and is_person_role(subject[0]), has_unnamed_person
        persons = self._select_persons(fulls)
        if tagged:
            self.names.note_sentence(self.history, tagged, fulls, persons, (full_subject, subject and subject[1]))
        self.history.note_sentence(persons, full_subject, has_speech, unnamed)
        self._topics = [full_subject, *map(self.full_name, topics)]

    def _note_names(self, names: Sequence[str], fulls: Sequence[str]) -> None:
        """Remember who was named in full, and which surnames stood alone; `fulls` are the fullest forms."""
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
        is_person = has_given_name(full) and full in self._names.by_key.get(name_key(full), ())  # in no headline
        return is_person or (has_namesake and has_rare_given_name(full, self._common_words))

    def resolve(self, mention: Mention) -> str | None:
        """The full name of the person that a mention refers to; None if that is not clear."""
        if mention.kind == "role":
            return self._resolve_role(mention.text)
        if mention.kind == "pronoun":
            return self._resolve_pronoun(mention)
        full = self.full_name(mention.text)
        if " " in mention.text:
            return full
        key = surname(mention.text)
        if mention.title in ENGLISH.narration.family_ranks:
            return None  # "the elder Tarn": there are two, whether or not both were named
        people = self.namesakes.people(key)
        if len(people) > MAX_NAMESAKES:
            return None
        members = [name for name in people if mention.body and mention.body in (self.role_of(name) or "")]
        return members[0] if len(members) == 1 else self._resolve_surname(full, key, mention.title)

    def full_name(self, name: str) -> str:
        """The fullest form of a name in the article so far."""
        return self._names.complete(name)

    def is_person(self, name: str) -> bool:
        """Whether a name is known to be a person's, or begins with a given name."""
        full = self.full_name(name)
        return not is_organization(full) and (full in self._persons or has_given_name(full))

    def may_act(self, name: str) -> bool:
        """Whether a name is known to be a person's, or begins with what can be a rare given name."""
        return self.is_person(name) or self._is_likely_person(name)

    def _persons_among(self, names: Sequence[str]) -> list[str]:
        """The full names of those that can be a person's: with several words, a given name, or a title elsewhere."""
        return self._select_persons([self.full_name(name) for name in names])

    def _select_persons(self, fulls: Sequence[str]) -> list[str]:
        return [
            full
            for full in fulls
            if (" " in full or full in self._persons or (is_given_name(full) and full not in ENGLISH.people.regions))
            and not self._is_body(full)
        ]

    def _is_body(self, name: str) -> bool:
        """Whether a name is no person's: an organization's, or, without a given name, one behind "the"."""
        return is_organization(name) or (name in self._bodies and not has_given_name(name))

    def _resolve_surname(self, full: str, key: str, title: str) -> str | None:
        """The person whom a surname means, alone or with a title: "Mrs. Tarn" is not Ivo Tarn."""
        gender = infer_gender("", title)
        people = self.namesakes.people(key)
        if gender is None and title and len(people) > 1:
            holders = [name for name in people if self._roles.has_role(name, title)]
            return holders[0] if len(holders) == 1 else None  # "Mayor Tarn" is none of the other Tarns
        if title in ENGLISH.people.peer_titles and " " in full and title not in self._roles.titles_before(full):
            full = f"{title} {full.split()[-1]}"  # "Lord Tarn" is not the keeper Ivo Tarn
            self.namesakes.note_full_name(key, full)
            return full
        if gender is None:
            if len(people) == 1 and " " not in full:
                return next(iter(people))
            return self.namesakes.resolve_surname(key, people) if len(people) > 1 else full
        known = self._gender_of(full)
        if len(people) < 2 and (known == gender or (known is None and full not in self._couples)):
            return full
        fitting = [name for name in people if self._gender_of(name) == gender]
        possible = [name for name in people if self._gender_of(name) in (None, gender)]
        titled = f"{title} {full.split()[-1]}"
        if titled in people:
            return titled
        if fitting and len(possible) > 1:  # of a son and his parents, "Mrs. Tarn" is not the son
            meant = self.namesakes.resolve_surname(key, possible)
            is_alike = meant in fitting and find_gendered_title(meant) in ("", title.lower().rstrip("."))
            return meant if is_alike else None
        if not possible:
            fitting = self._find_by_gender(key, gender)
        titled = fitting[0] if fitting else titled
        self.namesakes.note_full_name(key, titled)
        return titled

    def _find_by_gender(self, key: str, gender: str) -> list[str]:
        """The person of a surname and gender who is named in full later; empty if there may be several."""
        names = [name for name in self._names.by_key.get(key, ()) if self._gender_of(name) == gender]
        same = all(is_compatible_name(name_parts(names[0]), name_parts(name)) for name in names)
        return names[:1] if same else []

    def _gender_of(self, name: str) -> str | None:
        """The pronoun for a person, by the name, a title in it or a description before it."""
        title = find_gendered_title(name)
        before = (find_gendered_title(f"{word} {name}") for word in self._roles.titles_before(name))
        kin = next((word for word in before if word and not word.endswith("man")), "")  # a spokesman may be a woman
        return infer_gender(name, title) or infer_gender("", kin) or self._pronouns.get(name)

    def _resolve_pronoun(self, mention: Mention) -> str | None:
        """The most likely person that "he" or "she" can refer to, who later is not the other; else None."""
        pronoun = mention.text.lower()
        if pronoun not in ("he", "she"):
            return None
        if mention.text == "He" and not mention.opens and (named := self._names.known.get("he")):
            return named  # “…,” He said: of He Weimin
        if self._namesakes and not (mention.names_before or mention.subject or mention.current_speaker):
            among = self._namesakes if len(self._namesakes) <= MAX_NAMESAKES else ()
            fitting = [name for name in among if self._matches_pronoun(name, pronoun)]
            return fitting[0] if len(fitting) == 1 else None  # "Tarn left. She said …" of two people called Tarn
        found = self._find_antecedent(mention, pronoun)
        if mention.start >= 0 and not self.unnamed_speaker(mention):
            found = self._choose(mention, pronoun, found)
        if found and self._gender_of(found) is None:
            self._pronouns[found] = pronoun
        return found

    def _find_antecedent(self, mention: Mention, pronoun: str) -> str | None:
        persons_before = self._persons_among(mention.names_before)
        if self.unnamed_speaker(mention):
            return None
        subject = self.full_name(mention.subject) if mention.subject else None
        candidates = self.history.pronoun_candidates(persons_before, mention.current_speaker, subject)
        here = self.history.paragraph, pronoun
        is_alone = not (persons_before or subject or mention.current_speaker)
        fits = {name for name in self.history.actors_before if self._matches_pronoun(name, pronoun)}
        if is_alone and (
            self._unresolved == here or (len(fits) > 1 and mention.opens and self.history.last_speaker in fits)
        ):
            self._unresolved = here  # "He" of the sentence before was not clear, or two men acted in the paragraph
            return None
        here_named = {mention.current_speaker, subject, *persons_before}
        for name in candidates:
            if mention.has_unnamed_before and name not in here_named:
                break  # "Ivo recalled the driver’s letter, in which he said …"
            if self._matches_pronoun(name, pronoun):
                if name in here_named or self._is_plain(name, pronoun):
                    return name
                break  # “…,” Bo said. Who would keep Ivo? “…,” he said.
            if name == mention.current_speaker and self._may_be_person(name):
                return name  # "Sunniva Pellew said …, and she pointed out …", whoever else is named
            if name == subject and self._may_be_person(name):
                self._unresolved = here
                return None
            if name == self.history.previous_subject and self._may_be_person(name):
                others = [each for each in self._find_remote(mention, persons_before) if self._gender_of(each)]
                if self._is_likely_person(name) and not others and not mention.has_unnamed_before:
                    return name  # "Zibb Ekern was brief. “No,” he said."
                self._unresolved = here
                return None  # nobody rather than somebody further away
        fitting = [] if mention.has_unnamed_before else self._find_remote(mention, persons_before)
        if len(fitting) == 1:
            return fitting[0]
        self._unresolved = here
        return None

    def _choose(self, mention: Mention, pronoun: str, found: str | None) -> str | None:
        """The person of a pronoun beside a verb of saying, unless its own sentence tells who it is."""
        here = (mention.current_speaker, mention.subject and self.full_name(mention.subject))
        if any(self._rate(name, pronoun) for name in (*here, *self._persons_among(mention.names_before)) if name):
            return found
        rated = ((name, self._rate(name, pronoun)) for name in self.names.list_near(self.history))
        people = [
            Candidate(name, fit, any(self._roles.descriptions(name)), name in self._topics)
            for name, fit in rated
            if fit
        ]
        chosen = self.choice.choose(people, Place(mention, pronoun, found, self.history, self.names))
        self._unresolved = None if chosen else (self.history.paragraph, pronoun)
        if chosen:
            self.names.meant[pronoun] = chosen
        return chosen

    def _rate(self, name: str, pronoun: str) -> Fit | None:
        """How well a person fits a pronoun; None if they do not."""
        if is_organization(name):
            return None
        known = self._gender_of(name)
        if self._matches_pronoun(name, pronoun):
            return "known" if known == pronoun else "person"
        if self._may_be_person(name) or (known is None and self._is_likely_person(name)):
            return "possible"
        return "unknown" if known is None and self.names.leads(name) and not self._is_body(name) else None

    def _find_remote(self, mention: Mention, persons_before: Sequence[str]) -> list[str]:
        """The people near a pronoun who fit it, but are neither the subject nor the speaker before it."""
        remote = self.history.remote_candidates(persons_before, mention.continues)
        return [name for name in remote if self._matches_pronoun(name, mention.text.lower())]

    def _is_plain(self, name: str, pronoun: str) -> bool:
        """Whether a pronoun means somebody outside its sentence rather than whoever spoke before that."""
        speaker = self.history.speaker_within(PRONOUN_REACH)
        if speaker is None or speaker == name or name in self._topics or self.history.was_asked:
            return True
        return is_organization(speaker) or self._gender_of(speaker) not in (None, pronoun)

    def _is_likely_person(self, name: str) -> bool:
        """Whether a name of unknown gender with a rare given name is a person's: the subject before "he"."""
        is_place = name.split()[0] in self._names.places or self._is_body(name)
        return has_rare_given_name(name, self._common_words) and not is_place

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
        is_likely = len(name.split()) == 2 or name == self.history.last_speaker or name in self.apposed
        return is_likely and not self._is_body(name) and self._gender_of(name) is None

    def _matches_pronoun(self, name: str, pronoun: str) -> bool:
        gender = self._gender_of(name)
        if gender is None and len(self.namesakes.people(surname(name))) < 2:
            gender = infer_gender(name, self._titles.get(surname(name), ""))
        return gender == pronoun or (gender is None and name in self._persons)

    def _resolve_role(self, role: str) -> str | None:
        """The only person to whom the article gives a role; None where somebody unnamed may be meant."""
        head = role_head(role)
        holder = self.find_holder(role)
        if holder is None and (role[0].islower() or not self.history.previous_subject):
            self._unnamed_roles[head] = role
        return holder

    def note_unnamed(self, descriptions: Iterable[str]) -> None:
        """Remember people without a name who enter: after "an attorney", "the attorney" is nobody named before."""
        for described in descriptions:
            if described.split(maxsplit=1)[0].lower() in ENGLISH.grammar.indefinite_articles:
                self._unnamed_roles[role_head(described)] = described

    def has_unknown(self, descriptions: Iterable[str]) -> bool:
        """Whether one of some descriptions is of somebody whom the article does not name."""
        return any(self.find_holder(described) is None for described in descriptions)

    def find_holder(self, role: str) -> str | None:
        """The only person to whom the article gives a role; as `resolve`, but nothing is remembered."""
        if not is_definite_role(role):
            return None
        holders = self._roles.list_holders(role)
        holder = next(holders, None)
        if holder is None or any(name != holder for name in holders):
            return None
        if is_same_role(role, self._unnamed_roles.get(role_head(role), "")):
            return None
        subject = self.history.previous_subject
        is_about_other = subject not in (None, holder) and not self.history.is_near(holder)
        return None if is_about_other and find_occupations(role) else holder
