"""Whether a sentence is another one shortened: the same words in the same order, and nothing left out that matters.

What may be left out is an insertion between two marks, a phrase with a preposition after a noun, the office before a
name, the end of a sentence at a mark or before a second verb, and at its beginning "but", "however", a day, or a whole
clause before ", and"; and the `omissions`. Anything else may change what is said, so it is taken to do so: an adjective
("the best employees"), a place at the end ("in New York"), the beginning ("in the film, …"), what "all", "no" or "the
biggest" is said of ("every school in Tarn"), another form of a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.evidence.premises.opposites import is_past_form, list_first_forms, reduce_verb
from assistant.proof.claims import tells_of_itself
from assistant.proof.shortening.omissions import (
    can_omit_after,
    can_omit_before,
    can_omit_between,
    looks_like_verb,
)
from assistant.proof.words import CLAIMS, EXCLUSIVE_OFFICES, SPEAKING_FORMS, Word
from assistant.records.article import Span

BESIDE = 2  # words on each side of a word that are compared
MAX_INSERTION = 25  # words between two marks that may be left out
MAX_PHRASE = 7  # words of a phrase with a preposition
_CLAUSE_CONDITIONS = frozenset("if unless whether until provided".split())


IsSame = Callable[[Word, Word], bool]
"""Whether a word of a claim, the first, says what a word of a source says."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each word of the shorter sentence the place of its word in the longer one, in order."""

    places: tuple[int, ...]


def is_same_word(claimed: Word, own: Word, *, is_reported: bool = False) -> bool:
    """Whether two words are the same one: in another form of the verb, or another spelling of a number or day.

    `is_reported` allows what reported speech does to the words of a speaker: "will" is "would", and "I" is "she".
    """
    if claimed.days and claimed.days & own.days:
        return True
    if claimed.value is not None or own.value is not None:
        return claimed.value == own.value
    if claimed.form == own.form or CLAIMS.units.get(claimed.form, "") == CLAIMS.units.get(own.form):
        return True
    if claimed.kind == "auxiliary" and own.kind == "auxiliary":
        return claimed.root == own.root
    if is_reported:
        shifted = CLAIMS.backshift.get(claimed.form) == own.form or CLAIMS.backshift.get(own.form) == claimed.form
        if shifted or claimed.form in CLAIMS.first_person.get(own.form, ()):
            return True
    if "name" in (claimed.kind, own.kind):
        return False
    return claimed.kind == own.kind == "content" and (
        claimed.root == own.root or reduce_verb(claimed.form) == reduce_verb(own.form)
    )


def is_same_form(claimed: Word, own: Word) -> bool:
    """Whether two words are the same one in the same form: "was followed" is not "was following", "opens" not "opened".

    Only a verb of speaking may be told in another tense.
    """
    if not is_same_word(claimed, own):
        return False
    if claimed.kind in ("number", "day") or claimed.days or claimed.form == own.form or claimed.form in CLAIMS.units:
        return True
    return {claimed.form, own.form} <= SPEAKING_FORMS and not any(each.form.endswith("ing") for each in (claimed, own))


def compare_as_reported(own: Sequence[Word], quotations: Sequence[Span]) -> IsSame:
    """How words of a claim are compared with those `own` words of a speaker, of which some may be in quotation marks.

    Reported speech moves their tense and person: "I want" is "she wanted" and "she wants". What a source reports may be
    moved back, but of what it quotes "was" does not become "is", or "would" become "will".
    """
    quoted = {word.start for word in own if any(start <= word.start < end for start, end in quotations)}
    after_pronoun = {word.start for before, word in pairwise(own) if before.kind == "pronoun"}

    def is_same(claimed: Word, word: Word) -> bool:
        if is_same_form(claimed, word) or claimed.form in CLAIMS.first_person.get(word.form, ()):
            return True
        may_move_back = word.start not in quoted
        if claimed.kind == word.kind == "auxiliary" and claimed.root == word.root:
            tenses = CLAIMS.tenses.get(claimed.form), CLAIMS.tenses.get(word.form)
            return None not in tenses and (may_move_back or tenses != ("present", "past"))
        if CLAIMS.backshift.get(word.form) == claimed.form:
            return True
        if CLAIMS.backshift.get(claimed.form) == word.form:
            return may_move_back
        if not claimed.kind == word.kind == "content":
            return False
        if word.start in after_pronoun and claimed.form in (f"{word.form}s", f"{word.form}es"):
            return True
        return _is_past_of(claimed.form, word.form) or (may_move_back and _is_past_of(word.form, claimed.form))

    return is_same


def _is_past_of(past: str, present: str) -> bool:
    """Whether a word is the past of another one, in the first or the third person: "wanted" of "wants"."""
    if not is_past_form(past) or is_past_form(present) or reduce_verb(past) != reduce_verb(present):
        return False
    return any(present in (first, f"{first}s", f"{first}es", f"{first[:-1]}ies") for first in list_first_forms(past))


def count_beside(
    claimed: Sequence[Word], at: int, own: Sequence[Word], place: int, *, within_clause: bool = False
) -> tuple[int, int]:
    """How many words before two places, and after them, are the same, at most `BESIDE` on each side.

    `within_clause` ends the count at a mark, at an auxiliary verb and at a word such as "and".
    """

    def is_same(offset: int) -> bool:
        here, there = at + offset, place + offset
        if not (0 <= here < len(claimed) and 0 <= there < len(own)):
            return False
        if within_clause:
            back = offset < 0  # a mark stands before the later one of two words
            if (
                claimed[here].kind in ("conjunction", "auxiliary")
                or claimed[here + back].mark
                or own[there + back].mark
            ):
                return False
        return is_same_word(claimed[here], own[there], is_reported=True)

    before = next((n for n in range(BESIDE) if not is_same(-1 - n)), BESIDE)
    after = next((n for n in range(BESIDE) if not is_same(1 + n)), BESIDE)
    return before, after


def align(claimed: Sequence[Word], own: Sequence[Word], is_same: IsSame = is_same_form) -> Alignment | None:
    """The places of the words claimed among a source's own words; None if the claim is not those words shortened."""
    needed = [word for word in claimed if word.kind != "optional"]
    if not needed or not own:
        return None
    reached: dict[int, tuple[int, ...]] = {
        place: (place,) for place, word in enumerate(own) if is_same(needed[0], word) and can_begin(own, place)
    }
    for word in needed[1:]:
        following: dict[int, tuple[int, ...]] = {}
        for place, other in enumerate(own):
            if not is_same(word, other):
                continue
            for last, path in sorted(reached.items(), reverse=True):
                if last < place and _can_follow(word, own, last, place):
                    following[place] = (*path, place)
                    break
        reached = following
        if not reached:
            return None
    paths = [path for last, path in reached.items() if can_end(own, last)]
    if needed[0].form in CLAIMS.subordinators:  # a clause alone is no sentence
        paths = [path for path in paths if _is_end(own, path[-1])]
    return Alignment(min(paths, key=lambda path: path[-1] - path[0])) if paths else None


def _can_follow(claimed: Word, own: Sequence[Word], last: int, place: int) -> bool:
    """Whether a word of the claim may follow the one before it as it does in the source, or with less between."""
    if any(word.kind != "optional" for word in own[last + 1 : place]):
        return can_leave_out(own, last, place)
    marks = {word.mark for word in own[last + 1 : place + 1]} - {""}
    if "." in marks and claimed.mark not in (".", ":", "("):
        return False
    is_said = own[last].form in SPEAKING_FORMS or own[place].form in SPEAKING_FORMS
    return not is_said or bool(marks - {"“"}) == (claimed.mark not in ("", "“"))  # "Lund said", and "Lund, said"


def can_leave_out(own: Sequence[Word], last: int, place: int) -> bool:
    """Whether what is said stays the same without the words between two places."""
    between = own[last + 1 : place]
    after = own[place]
    if any(word.mark == "." for word in (*between, after)):
        return False
    needed = [word for word in between if word.kind != "optional"]
    if any(word.form in CLAIMS.conditionals for word in needed):
        return False
    if _is_inserted(between, after) or _is_title(between, after) or can_omit_between(own, last, place):
        return True
    if any(word.mark not in ("", "“") for word in between) or any(_is_essential(word) for word in needed):
        return False
    return _is_noun_phrase_with_preposition(own, last, place)


def _is_title(words: Sequence[Word], after: Word) -> bool:
    """Whether some words are only what is put before a name: "former transport minister" before "Ivo Lund"."""
    needed = [word for word in words if word.kind != "optional"]
    return (
        bool(needed)
        and after.kind == "name"
        and not any(word.mark not in ("", ".") for word in (*needed[1:], after))
        and needed[-1].form in EXCLUSIVE_OFFICES
        and all(word.kind in ("content", "name", "limit") and not looks_like_verb(word.form) for word in needed)
    )


def _is_noun_phrase_with_preposition(own: Sequence[Word], last: int, place: int) -> bool:
    """Whether the words between two places are "of the council" after a noun, and the verb of this noun follows.

    Nothing is left out of what "all", "no", "first" or "biggest" is said of, nor before what may belong to it as well
    as to the noun before: "the wife of the man with the gun", "the son of the mayor, who …", "the bank in the town
    destroyed by fire".
    """
    between, after = own[last + 1 : place], own[place]
    nouns = [word for word in between if word.kind in ("content", "name")]
    is_phrase = between[0].kind == "preposition" and nouns and between[-1] is nouns[-1] and len(between) <= MAX_PHRASE
    follows_noun = own[last].kind in ("content", "name") and not looks_like_verb(own[last].form)
    if not is_phrase or not follows_noun or after.mark or _is_of_a_choice(own, last):
        return False
    if after.kind in ("auxiliary", "modality", "negation"):
        return True
    return looks_like_verb(after.form) and not _has_verb_behind(own, place)


def _is_of_a_choice(own: Sequence[Word], last: int) -> bool:
    """Whether a noun is one of those chosen by what stands before it: "every school", "the biggest bridge"."""
    while last >= 0 and own[last].kind in ("content", "name", "number", "limit", "negation", "optional"):
        if own[last].kind in ("limit", "negation") or own[last].form.endswith("est"):
            return True
        if own[last].mark:
            break
        last -= 1
    return False


def _has_verb_behind(own: Sequence[Word], place: int) -> bool:
    """Whether another verb follows in the same clause."""
    for word in own[place + 1 :]:
        if word.mark or word.kind == "conjunction":
            break
        if word.kind in ("auxiliary", "modality", "negation") or (word.kind == "content" and is_past_form(word.form)):
            return True
    return False


def _is_inserted(between: Sequence[Word], after: Word) -> bool:
    """Whether some words stand between two commas, dashes or brackets, with no other mark in them.

    They say more of a noun: none begins as a clause, or as "in theory", "as police believe", "by some counts".
    """
    marks = {word.mark for word in between[1:]} - {"", "“"}
    is_enclosed = between[0].mark in (",", "(") and after.mark in (",", "(", "“") and after.mark != ""
    first = between[0]
    if first.form in CLAIMS.hedging_openings | CLAIMS.grounds or (first.kind == "preposition" and first.form != "of"):
        return False
    has_verb = any(word.kind in ("auxiliary", "modality", "negation") for word in between)
    has_verb = has_verb or any(word.form in SPEAKING_FORMS for word in between)  # "officials insist"
    if has_verb and first.form not in CLAIMS.clause_openings:
        return False  # it may be the main clause, or tell who says the rest
    return is_enclosed and not marks and len(between) <= MAX_INSERTION


def _is_essential(word: Word) -> bool:
    """Whether a phrase with this word is more than a place, a time or a description."""
    if word.is_guard or word.kind in ("number", "day", "conjunction", "pronoun"):
        return True
    return word.kind == "content" and looks_like_verb(word.form)


def is_heading_of(aligned: Sequence[Word], own: Sequence[Word]) -> bool:
    """Whether words say nothing without the rest of their source, which has the verb: the place of "WASHINGTON – …"."""
    return not any(map(_is_verb, aligned)) and any(map(_is_verb, own))


def _is_verb(word: Word) -> bool:
    return word.kind in ("auxiliary", "modality") or looks_like_verb(word.form)


def can_begin(own: Sequence[Word], place: int) -> bool:
    """Whether what is said before a place can be cut off: the rest begins at a mark or is all there is."""
    before = own[:place]
    needed = [word for word in before if word.kind != "optional"]
    if not needed:
        return True
    first = max((at for at in range(place + 1) if own[at].mark == "."), default=0)
    within = own[first:place]
    if within and own[place].form == "for" and within[-1].form == "but":
        return False  # "but for the flood"
    if (
        not [word for word in within if word.kind != "optional"]
        or _is_clause_of_its_own(within, own[place])
        or _is_title(within, own[place])
        or can_omit_before(own, place)
    ):
        return True
    return all(
        word.kind == "optional" or word.days or word.kind == "day" or word.form in CLAIMS.sentence_openings
        for word in within
    )


def _is_clause_of_its_own(within: Sequence[Word], following: Word) -> bool:
    """Whether a word begins a second clause, after ", and", of which nothing in the first one says more.

    The first has a verb, and begins neither with a time, a place or a condition nor with who is told to say it.
    """
    *before, last = [word for word in within if word.kind != "optional"]
    verbs = [at for at, word in enumerate(before) if word.kind == "auxiliary" or looks_like_verb(word.form)]
    is_one_verb = bool(verbs) and verbs[-1] - verbs[0] < len(verbs)  # in "she dreamed it was shut, and" there are two
    return (
        last.form in ("and", "but")
        and last.mark == ","
        and not last.is_guard
        and following.kind in ("content", "name", "number")
        and bool(before)
        and before[0].kind in ("content", "name", "number")
        and before[0].form not in CLAIMS.sentence_openings | CLAIMS.subordinators
        and is_one_verb
        and not any(word.kind in ("negation", "modality", "limit", "day") or word.days for word in before)
        and not any(word.form in CLAIMS.conditionals or word.form == "that" for word in within)
        and not _says_who(before)
    )


def _says_who(words: Sequence[Word]) -> bool:
    """Whether words that are to be cut off tell by whom or what the rest is known: "according to", "as polls show"."""
    return words[0].form == "for" or any(word.form in SPEAKING_FORMS or word.form in CLAIMS.grounds for word in words)


def _is_end(own: Sequence[Word], last: int) -> bool:
    rest = own[last + 1 :]
    return not rest or rest[0].mark == "."


def _is_counted(own: Sequence[Word], last: int) -> bool:
    """Whether a sentence says, up to a place, of how many it is said, that of none, or that it may be."""
    counting = ("negation", "modality", "limit", "number")
    while last >= 0 and own[last].kind not in counting and own[last].mark != ".":
        last -= 1
    return last >= 0 and own[last].kind in counting


def _limits(own: Sequence[Word], last: int, after: Sequence[Word]) -> bool:
    """Whether a clause after a mark limits what is said before it: "when in port", not "Orvik, where he lives"."""
    opening = after[0].form
    if opening in CLAIMS.place_openings:
        return own[last].kind not in ("content", "name") or looks_like_verb(own[last].form)
    if opening in CLAIMS.contrasting_openings and len(after) > 1:
        return after[1].kind == "preposition" or after[1].form.endswith("ing")
    return opening in CLAIMS.limiting_openings


def can_end(own: Sequence[Word], last: int) -> bool:
    """Whether what is said after a place can be cut off."""
    after = []
    for word in own[last + 1 :]:
        if word.mark == ".":
            break
        after.append(word)
    if not [word for word in after if word.kind != "optional"] or can_omit_after(own, last):
        return True
    if [word.form for word in after[:2]] in (["and", "that"], ["but", "that"]):  # "said that …, and that …"
        return not any(word.form in _CLAUSE_CONDITIONS for word in after)
    if any(word.form in CLAIMS.conditionals for word in after) or after[0].is_guard or after[0].kind == "number":
        return False
    if after[0].form == "and" and not after[0].mark and len(after) > 1 and is_past_form(after[1].form):
        return not _is_counted(own, last)  # "three were arrested and charged"
    is_clause = after[0].form in ("and", "but")
    is_added = after[0].form == "and" and after[0].mark == ","  # with a speaker of its own
    is_added = is_added and any(word.kind in ("content", "name", "preposition") for word in after[1:2])
    if _says_who(after) and not is_added:
        return False
    if not is_clause and any(word.kind in ("negation", "modality", "limit") for word in after[:3]):
        return False
    if (first := after[0]).mark == ",":
        is_comparison = first.form == "as" and any(word.form == "as" for word in after[1:4])  # "as long as it holds"
        is_opening = first.form in CLAIMS.clause_openings and not is_comparison
        if first.kind == "preposition" and len(after) > 1 and after[1].form in ("which", "whom"):
            return True
        is_participle = is_past_form(first.form) and not any(
            word.kind == "name" for word in after[1:2]
        )  # "quipped Lund"
        is_apposition = first.kind == "optional" and not tells_of_itself(after)
        is_cut = is_opening or is_participle or is_apposition or first.form.endswith("ing")
        return is_cut and not _limits(own, last, after)
    return first.mark == ":" or (first.mark == "(" and first.kind in ("optional", "name", "content"))
