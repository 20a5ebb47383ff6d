"""What may be left out of a sentence that tells what happened: how, why, after what, what else the same people did.

Each holds only in a plain clause: with a verb in the past, and without "not", "may", "all", a number or a condition, of
which nothing is known once a part is missing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.premises.opposites import is_past_form, list_first_forms, reduce_verb
from assistant.proof.words import CLAIMS, SPEAKING_FORMS, Word
from assistant.text.stemming import stem

MAX_HEAD = 3  # words from an article to its noun
_UNSURE = frozenset({"negation", "modality", "limit", "number"})
_OPENINGS = CLAIMS.subordinators | CLAIMS.clause_openings | CLAIMS.conditionals
_JOINED = frozenset({"and", "but"})
_TIMES = frozenset({"before", "after"})
_GROWING = frozenset("some several many most".split())  # what some do quickly, some do


def looks_like_verb(form: str) -> bool:
    """Whether a word may be a verb, by its form."""
    return form.endswith("ed") or form in SPEAKING_FORMS or reduce_verb(form) != stem(form)


def can_omit_between(own: Sequence[Word], last: int, place: int) -> bool:
    """Whether the words between two places only say how, or are the first of two things that somebody did."""
    between = [word for word in own[last + 1 : place] if word.kind != "optional"]
    if any(word.mark for word in own[last + 1 : place + 1]):
        return False
    return _is_manner(own, last, between, own[place]) or _is_first_deed(own, last, place)


def can_omit_after(own: Sequence[Word], last: int) -> bool:
    """Whether the rest of a sentence only says how, why, with what result, or more of its last noun."""
    after = _until_end(own, last + 1)
    if not after:
        return False
    first, clause = after[0], _clause_before(own, last)
    if not first.mark and all(word.form in CLAIMS.manners for word in after):
        return _is_manner(own, last, after, None)
    if first.mark == "," and first.form == "so":
        return _is_result(after[1:])
    if first.mark == "," and first.form == "having":
        return not any(word.kind in ("negation", "modality", "limit") for word in after) and not _tells_what_is_known(
            after
        )
    if first.form == "and" and not first.mark and len(after) > 1 and after[1].kind in ("auxiliary", "modality"):
        return not any(word.kind in _UNSURE or word.form in _OPENINGS for word in clause)
    is_alone = not any(word.mark for word in after) and not any(word.kind in _UNSURE for word in after)
    if first.mark or not is_alone or not _is_plain(clause):
        return False
    if first.form == "because":
        return not _tells_what_is_known(after)
    return first.form in ("who", "that", "which") and _is_one_thing(own, last)


def can_omit_before(own: Sequence[Word], place: int) -> bool:
    """Whether a sentence begins, before a comma, only with after what it happened: "After the debate, …"."""
    first = max((at for at in range(place + 1) if own[at].mark == "."), default=0)
    within = [word for word in own[first:place] if word.kind != "optional"]
    if own[place].mark != "," or not within or any(word.mark for word in within[1:]):
        return False
    if len(within) == 2 and within[0].form == "last" and within[1].form in CLAIMS.seasons:
        return True
    is_time = within[0].form in CLAIMS.times_before and len(within) > 1
    is_noun = not any(
        word.is_guard or word.kind == "conjunction" or looks_like_verb(word.form) or word.form == "that"
        for word in own[first + 1 : place]
    )
    return is_time and is_noun and not _tells_what_is_known(within) and _is_plain(_until_end(own, place))


def _until_end(own: Sequence[Word], first: int) -> list[Word]:
    """The words from a place to the end of its sentence."""
    end = next((at for at in range(first, len(own)) if own[at].mark == "." and at > 0), len(own))
    return list(own[first:end])


def _clause_before(own: Sequence[Word], last: int) -> list[Word]:
    """The words from the beginning of a sentence to a place."""
    first = max((at for at in range(last + 1) if own[at].mark == "."), default=0)
    return list(own[first : last + 1])


def _is_plain(clause: Sequence[Word]) -> bool:
    """Whether words are one clause that tells what somebody did, of which nothing is counted, denied or supposed."""
    verbs = [word for word in clause if word.kind == "content" and is_past_form(word.form)]
    return (
        len(verbs) == 1
        and verbs[0].form not in SPEAKING_FORMS
        and not any(word.kind in _UNSURE or word.form in _OPENINGS - _TIMES or word.form == "that" for word in clause)
        and not any(word.form == "to" or word.mark not in ("", ".", ",") for word in clause)
        and all(word.form in ("was", "were") for word in clause if word.kind == "auxiliary")
        and not any(form in CLAIMS.unreal | CLAIMS.undoing for form in (word.form for word in clause))
    )


def _tells_what_is_known(words: Sequence[Word]) -> bool:
    """Whether words tell what is said, believed or shown, or of something that may not have happened."""
    telling = SPEAKING_FORMS | CLAIMS.knowing | CLAIMS.made_up | CLAIMS.grounds | CLAIMS.unreal | CLAIMS.undoing
    return any(word.form in telling or word.root in telling for word in words)


def _is_manner(own: Sequence[Word], last: int, left_out: Sequence[Word], following: Word | None) -> bool:
    """Whether some words say how something is done, and neither how much it is nor of whom it is not true."""
    if not left_out or any(word.form not in CLAIMS.manners for word in left_out):
        return False
    sentence = [*_clause_before(own, last), *_until_end(own, last + 1)]
    return (
        own[last].form not in CLAIMS.degrees
        and (following is None or following.form not in CLAIMS.degrees)
        and not any(word.kind in _UNSURE and word.form not in _GROWING for word in sentence)
        and not any(word.form in _OPENINGS - _JOINED or word.form == "that" for word in sentence)
    )


def _is_first_deed(own: Sequence[Word], last: int, place: int) -> bool:
    """Whether "opened the box and" is left out of "Officers opened the box and counted the money"."""
    subject, between, verb = _clause_before(own, last), own[last + 1 : place], own[place]
    rest = _until_end(own, place + 1)
    first = between[0]
    return (
        len(between) > 1
        and between[-1].form == "and"
        and is_past_form(first.form)
        and first.form not in SPEAKING_FORMS | CLAIMS.undoing | CLAIMS.knowing
        and is_past_form(verb.form)
        and verb.form not in SPEAKING_FORMS
        and verb.form not in list_first_forms(verb.form)  # "wanted to close it and put up another"
        and not any(word.mark not in ("", ".") for word in subject)
        and not any(word.kind in (*_UNSURE, "auxiliary", "conjunction", "pronoun") for word in subject)
        and not any(looks_like_verb(word.form) or word.form == "that" for word in subject)
        and not any(
            word.kind in (*_UNSURE, "auxiliary", "conjunction") or word.form in ("that", "to") or _may_be_verb(word)
            for word in between[1:-1]
        )
        and not any(word.kind in ("pronoun", "conjunction") or word.mark == "," for word in rest)
    )


def _may_be_verb(word: Word) -> bool:
    return word.kind == "content" and (looks_like_verb(word.form) or is_past_form(word.form))


def _is_result(after: Sequence[Word]) -> bool:
    """Whether ", so" is followed by what came of it: not "so to speak", "so the story goes", "so long as"."""
    begins = bool(after) and (after[0].kind in ("optional", "name") or after[0].form in ("he", "she", "it", "they"))
    has_verb = any(word.kind == "auxiliary" or is_past_form(word.form) for word in after)
    return begins and has_verb and not _tells_what_is_known(after)


def _is_one_thing(own: Sequence[Word], last: int) -> bool:
    """Whether a place is the noun of "the church" or "a man": one, of which a clause says more."""
    at = last
    while at and last - at < MAX_HEAD and own[at].kind == "content" and not looks_like_verb(own[at].form):
        at -= 1
    noun = own[last].form
    is_only_one = noun.endswith("est") or any(word.form.endswith("est") for word in own[at : last + 1])
    return at < last and own[at].kind == "optional" and not noun.endswith("s") and not is_only_one
