"""What a language profile says of the difference between what somebody says and what the writer tells of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class NarrationPatterns:
    """What tells a clause, which somebody says, from a thing or an act, which the writer tells of them."""

    clause_opening: str  # words that begin with a conjunction: "that the lock leaks"
    open_clause: str  # words that begin with a question word
    pronoun_subject: str  # words that begin with the subject of a clause
    after_listener: str  # a listener and the conjunction of a clause: "the council that"
    infinitive: str  # words that begin with an infinitive
    subordinate: str  # words that begin with a clause or phrase before the main clause
    setting: str  # a day or occasion before the words
    relative: str  # a clause that only belongs to a noun, up to the end
    main_clause: str  # the comma before the main clause after a subordinate one
    opening_clause: str  # a subordinate clause alone: "If it rains"
    subordinate_opening: str  # the opening of a sentence whose first report is in a subordinate clause
    new_subject: str  # the subject of a clause at its start
    finite: str  # a finite verb
    likely_finite: str  # a word that is a finite verb where it stands
    gap_before: str  # a pronoun directly before a speaker: ", which Ada said was late"; `relative`, but not "what"
    backing: frozenset[str]  # forms that have a person or plan for their object, and no clause
    verb_opening: str  # words that begin with an auxiliary: a clause without its subject
    adjunct: str  # the opening of a phrase that is no clause
    unasserted: frozenset[str]  # forms after which a clause is asked, hoped for or implied, and not claimed
    thoughts: frozenset[str]  # forms of verbs that report what somebody thinks
    acts: frozenset[str]  # forms after which only a conjunction or a pronoun begins a clause
    topics: frozenset[str]  # those of them after which a quotation inside a thing is not the speaker's
    topic_opening: str  # words that begin with a preposition
    topic_questions: str  # a question word after one of `topics`: "discussed why the lock leaks"
    strict_opening: str  # a conjunction with the subject of its clause, after one of `acts`
    plain_verbs: frozenset[str]  # forms after which a clause can begin with a preposition
    object_verbs: frozenset[str]  # forms before a thing as often as before a clause ("announced a plan made in May")
    greetings: str  # what somebody says without telling anything: "said goodbye to 2022"
    quoted_thing: str  # a quotation before a noun that says what it is: “old” comment
    said_things: str  # things that somebody says, no clause ("said nasty things")
    talking_cues: tuple[str, ...]  # verbs with an occasion: "spoke at the “Lock Day” breakfast"
    turning_cues: tuple[str, ...]  # verbs of turning to a place where something is said
    inferred: str  # before a verb: the writer concludes that somebody thinks so
    future: str  # before a verb: nothing was said yet
    setting_start: str  # the first word of when or where something is, at the start of a sentence
    clause_verbs: frozenset[str]  # forms after which all words are a clause
    work_before: str  # before the title of a work
    alias_before: str  # between a name and another name for the same person ("known as")
    called: str  # the description of somebody by another name
    denied_behind: str  # the sentence behind words at second hand: "She did not."
    family_ranks: frozenset[str]  # before a surname that two people share: "the elder Tarn"
    first_of_places: frozenset[str]  # words with which names of places begin before a given name: "San Antonio"
    called_by_letters: str  # pattern for what people are called by instead of a name: "the DJ", "the WNBA All-Star"
    recalling_verbs: tuple[str, ...]  # beginnings of verbs for what somebody remembers others to have said
    firm_partners: frozenset[str]  # "Ivo Tarn and Sons"
    clause_conjunctions: frozenset[str]  # after a verb that can be denied: "cannot rule out that"
    known_before: str  # before what a thing is called in quotation marks
    epithet_before: str  # before a quoted epithet of the person who follows
    text_nouns: frozenset[str]  # what somebody writes: "a statement saying"
