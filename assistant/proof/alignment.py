"""Whether a sentence is another one shortened: the same words in the same order, and nothing left out that matters.

What may be left out is an insertion between two marks, a phrase with a preposition after a noun, the end of a sentence
at a mark, and at its beginning "but", "however", a day, or a whole clause before ", and". Anything else may change what
is said, so it is taken to do so: an adjective ("the best employees"), a place at the end ("in New York"), the beginning
("in the film, …")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.premises.opposites import reduce_verb
from assistant.proof.words import CLAIMS, SPEAKING_FORMS, Word
from assistant.text.stemming import stem

BESIDE = 2  # words on each side of a word that are compared
MAX_INSERTION = 25  # words between two marks that may be left out
MAX_PHRASE = 7  # words of a phrase with a preposition
_CLAUSE_CONDITIONS = frozenset("if unless whether until provided".split())


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
    if claimed.form == own.form:
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


def align(claimed: Sequence[Word], own: Sequence[Word], *, is_reported: bool = False) -> Alignment | None:
    """The places of the words claimed among a source's own words; None if the claim is not those words shortened."""
    needed = [word for word in claimed if word.kind != "optional"]
    if not needed or not own:
        return None
    reached: dict[int, tuple[int, ...]] = {
        place: (place,)
        for place, word in enumerate(own)
        if is_same_word(needed[0], word, is_reported=is_reported) and can_begin(own, place)
    }
    for word in needed[1:]:
        following: dict[int, tuple[int, ...]] = {}
        for place, other in enumerate(own):
            if not is_same_word(word, other, is_reported=is_reported):
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
    if _is_inserted(between, after):
        return True
    if any(word.mark not in ("", "“") for word in between) or any(_is_essential(word) for word in needed):
        return False
    return _is_noun_phrase_with_preposition(own, last, place)


def _is_noun_phrase_with_preposition(own: Sequence[Word], last: int, place: int) -> bool:
    """Whether the words between two places are "of the council" after a noun, and a noun phrase ends with them."""
    between, after = own[last + 1 : place], own[place]
    nouns = [word for word in between if word.kind in ("content", "name")]
    is_phrase = between[0].kind == "preposition" and nouns and between[-1] is nouns[-1] and len(between) <= MAX_PHRASE
    follows_noun = own[last].kind in ("content", "name") and not _looks_like_verb(own[last].form)
    ends_phrase = bool(after.mark) or after.kind in ("preposition", "auxiliary", "modality", "negation")
    return bool(is_phrase and follows_noun and (ends_phrase or _looks_like_verb(after.form)))


def _is_inserted(between: Sequence[Word], after: Word) -> bool:
    """Whether some words stand between two commas, dashes or brackets, with no other mark in them."""
    marks = {word.mark for word in between[1:]} - {"", "“"}
    is_enclosed = between[0].mark in (",", "(") and after.mark in (",", "(", "“") and after.mark != ""
    has_verb = any(word.kind in ("auxiliary", "modality", "negation") for word in between)
    has_verb = has_verb or any(word.form in SPEAKING_FORMS for word in between)  # "officials insist"
    if has_verb and between[0].form not in CLAIMS.clause_openings:
        return False  # it may be the main clause, or tell who says the rest
    return is_enclosed and not marks and len(between) <= MAX_INSERTION


def _is_essential(word: Word) -> bool:
    """Whether a phrase with this word is more than a place, a time or a description."""
    if word.is_guard or word.kind in ("number", "day", "conjunction", "pronoun"):
        return True
    return word.kind == "content" and _looks_like_verb(word.form)


def _looks_like_verb(form: str) -> bool:
    return form.endswith("ed") or form in SPEAKING_FORMS or reduce_verb(form) != stem(form)


def can_begin(own: Sequence[Word], place: int) -> bool:
    """Whether what is said before a place can be cut off: the rest begins at a mark or is all there is."""
    before = own[:place]
    needed = [word for word in before if word.kind != "optional"]
    if not needed:
        return True
    first = max((at for at in range(place + 1) if own[at].mark == "."), default=0)
    within = own[first:place]
    if not [word for word in within if word.kind != "optional"] or _is_clause_of_its_own(within, own[place]):
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
    verbs = [at for at, word in enumerate(before) if word.kind == "auxiliary" or _looks_like_verb(word.form)]
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


def can_end(own: Sequence[Word], last: int) -> bool:
    """Whether what is said after a place can be cut off."""
    after = []
    for word in own[last + 1 :]:
        if word.mark == ".":
            break
        after.append(word)
    if not [word for word in after if word.kind != "optional"]:
        return True
    if [word.form for word in after[:2]] in (["and", "that"], ["but", "that"]):  # "said that …, and that …"
        return not any(word.form in _CLAUSE_CONDITIONS for word in after)
    if (
        any(word.form in CLAIMS.conditionals for word in after)
        or _says_who(after)
        or after[0].is_guard
        or after[0].kind == "number"
    ):
        return False
    is_clause = after[0].form in ("and", "but")
    if not is_clause and any(word.kind in ("negation", "modality", "limit") for word in after[:3]):
        return False
    if after[0].mark == ",":
        return after[0].kind == "optional" or after[0].form in CLAIMS.clause_openings or after[0].form.endswith("ing")
    return after[0].mark in (":", "(")
