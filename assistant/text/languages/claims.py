"""The record of a language profile on the small words that change what a sentence claims. Words are in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class ClaimWords:
    """Words without which, or with which, a sentence makes another claim, and forms that make the same one."""

    optional: frozenset[str]  # may be added or left out
    negations: frozenset[str]
    modals: frozenset[str]  # that something is not certain, or not yet so
    limits: frozenset[str]  # words that make less of the next one ("former", "about", "most")
    conditionals: frozenset[str]  # before or after which a sentence cannot be cut without saying more
    conjunctions: frozenset[str]
    pronouns: frozenset[str]
    other_prepositions: frozenset[str]  # besides those of `GrammarWords`
    auxiliaries: Mapping[str, str]  # the base of each form of be, have and do; tense may differ, presence may not
    tenses: Mapping[str, str]  # "present" or "past" of each of these that is one
    backshift: Mapping[str, str]  # what becomes of a modal verb in reported speech
    first_person: Mapping[str, frozenset[str]]  # what becomes of a speaker's own pronouns there
    contraction_parts: Mapping[str, str]  # the second part of a contraction, and its word
    irregular_negations: Mapping[str, tuple[str, str]]  # contractions with "not" that are not made of their parts
    neutral_cues: tuple[str, ...]  # verbs that only report; phrases are as they are written
    saying_cues: tuple[str, ...]  # other verbs after which "said" is true of the same words
    failing: tuple[str, ...]  # verbs that deny what follows ("failed to reach")
    denying: frozenset[str]  # those of `negations` that deny the next word
    adding: frozenset[str]  # words after "not" with which nothing is denied ("not only")
    nobody: frozenset[str]  # nouns after "no"
    above: frozenset[str]  # before a number that the true one exceeds, with "than" and "at"
    below: frozenset[str]
    exactly: frozenset[str]
    about: frozenset[str]
    deputizing: frozenset[str]  # before an office, of another one ("vice")
    exclusive: Mapping[str, tuple[str, str]]  # a word, its class, and which of that class it is: another one differs
    units: Mapping[str, str]  # a measure in each of its spellings, and one of them
    symmetric: frozenset[str]  # verbs, and words beside one, with which both sides do the same: "met", "spoke with"
    clause_openings: frozenset[str]  # with which a clause begins that can be left out
    limiting_openings: frozenset[str]  # after a mark, of a clause that limits what is said and cannot be left out
    contrasting_openings: frozenset[str]  # the same only before a participle or preposition ("while in port")
    place_openings: frozenset[str]  # the same unless a noun is before them ("Orvik, where he lives")
    role_limits: frozenset[str]  # besides limits, in the description of a speaker: another one without ("retired")
    role_fields: frozenset[str]  # before an office, which is the same without them ("transport", "local")
    role_ends: frozenset[str]  # after an office that somebody may have no longer ("until")
    likening: frozenset[str]  # before a description of somebody who is not it ("posing as")
    turning: frozenset[str]  # with which the next sentence of a speaker may take back the one before it
    turning_alone: frozenset[str]  # the same, if a mark follows ("No, …")
    turning_fragments: frozenset[str]  # the same, if no other clause follows ("When it is dry.")
    undoing: frozenset[str]  # what is left out beside one of these may take back, or make unreal, what is said
    undone: frozenset[str]  # the same of participles after a mark, an auxiliary or a time ("later reversed")
    aside: frozenset[str]  # the same at the end of a sentence ("children aside")
    unreal: frozenset[str]  # the same of nouns after "in" or "on" ("in the film")
    undoing_phrases: frozenset[str]  # the same of words one after another
    made_up: frozenset[str]  # nouns that tell what the sentence before them is ("a finding that was withdrawn")
    knowing: frozenset[str]  # verbs, besides those of speaking, of who knows it ("the court heard", "the story goes")
    followed: frozenset[str]  # things that somebody acts according to, besides what they say ("the rules")
    hedging_openings: frozenset[str]  # with which what is inserted between marks may take back what is said
    subordinators: frozenset[str]  # with which a clause begins that is no sentence alone
    sentence_openings: frozenset[str]  # may be left out at the beginning
    grounds: frozenset[str]  # words of by whom or what something is known ("according", "poll")
    manners: frozenset[str]  # adverbs that only say how: what is done is done without them too
    degrees: frozenset[str]  # words beside an adverb without which it cannot be left out ("too quickly")
    seasons: frozenset[str]  # after "last", a time that may be left out at the beginning
    times_before: frozenset[str]  # with which a sentence tells after what something happened
