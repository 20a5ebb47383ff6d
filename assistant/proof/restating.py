"""Other sentences that say the same as a sentence: the active verb for the passive one, an office moved or left out.

The source that bears one of them out bears out the sentence. None has a word that the sentence does not have, but for
the form of a verb, which is the source's. Nothing is restated that has a pronoun, which may then mean somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence.premises.opposites import is_past_form
from assistant.proof.claims import Claim
from assistant.proof.reversals import same_verb
from assistant.proof.sources import ReadSource, ends_with_role, names_role
from assistant.proof.words import BODIES, EXCLUSIVE_OFFICES, OFFICES, SPEAKING_FORMS, Word

MAX_PART = 8  # words of who did something, or of what it was done to
MAX_TIME = 4  # words of "since January 2015"
MAX_OWNER = 2  # words before the last one of who has something
_HELD = OFFICES | {"owner", "owners"}
_CONDITIONS = frozenset("if unless while because although".split())
_SCOPED = frozenset({"negation", "limit", "number"})
_SIGNS_OF_MORE = frozenset({"and", "or", "that"})


def restate(claim: Claim, source: ReadSource) -> Iterator[Claim]:
    """Sentences that say the same as one, of those that a source may have."""
    words = claim.words
    if claim.quotations or any(word.kind == "pronoun" for word in words):
        return
    if not any(statement.status == "asserted" for statement in claim.statements):
        yield from _make_active(claim, source)
        yield from _make_passive(claim, source)
        yield from _move_condition(claim)
        yield from _swap_apposition(claim)
        yield from _turn_possessive(claim)
    yield from _leave_out_office(claim, source)


def _rebuild(claim: Claim, *parts: Sequence[Word] | str) -> Claim:
    """A sentence of some parts of another one, each with the punctuation inside of it."""
    texts = [part if isinstance(part, str) else _text_of(claim, part) for part in parts if part]
    text = " ".join(texts).replace(" ,", ",")
    return Claim(text + ".", claim.people, claim.published_at, claim.before)


def _text_of(claim: Claim, words: Sequence[Word]) -> str:
    return claim.text[min(word.start for word in words) : max(word.end for word in words)]


def _has_no_marks(words: Sequence[Word]) -> bool:
    return not any(word.mark for word in words[1:])


# ------------------------------------------------------------------------------------------------ active and passive


def _make_active(claim: Claim, source: ReadSource) -> Iterator[Claim]:
    """ "The council closed the pier" of "The pier was closed by the council"."""
    words = claim.words
    for at in range(1, len(words) - 3):
        auxiliary, verb, by = words[at : at + 3]
        if auxiliary.form not in ("was", "were") or by.form != "by" or not is_past_form(verb.form):
            continue
        done_to, after = words[:at], words[at + 3 :]
        if not _has_no_marks(words[: at + 4]):
            continue
        for active in _find_active(source, verb):
            for size in range(1, min(len(after), MAX_PART) + 1):
                if not _has_no_marks(after[:size]):
                    break
                yield _rebuild(claim, after[:size], active, done_to, after[size:])


def _find_active(source: ReadSource, verb: Word) -> set[str]:
    """The forms in which a source has a verb in the past."""
    return {word.form for word in source.words if is_past_form(word.form) and same_verb(verb, word)}


def _make_passive(claim: Claim, source: ReadSource) -> Iterator[Claim]:
    """ "The pier was closed by the council" of "The council closed the pier"."""
    words, own = claim.words, source.words
    for at, verb in enumerate(words):
        if not at or verb.kind != "content" or not is_past_form(verb.form) or words[at - 1].kind == "auxiliary":
            continue
        doer, after = words[:at], words[at + 1 :]
        passive = {
            f"{own[place - 1].form} {word.form} by"
            for place, word in enumerate(own[:-1])
            if place
            and own[place - 1].form in ("was", "were")
            and own[place + 1].form == "by"
            and same_verb(verb, word)
        }
        if not passive or not _has_no_marks(words[: at + 2]):
            continue
        for said in passive:
            for size in range(1, min(len(after), MAX_PART) + 1):
                if not _has_no_marks(after[:size]):
                    break
                yield _rebuild(claim, after[:size], said, doer, after[size:])


# ------------------------------------------------------------------------------------------------------- conditions


def _move_condition(claim: Claim) -> Iterator[Claim]:
    """ "If it holds, they return" of "They return if it holds", and the other way round."""
    words = claim.words
    opening = [at for at, word in enumerate(words) if word.form in _CONDITIONS]
    yield from _move_since(claim)
    if len(opening) != 1 or any(word.form in _SIGNS_OF_MORE for word in words):
        return
    at, marks = opening[0], [place for place, word in enumerate(words) if place and word.mark]
    if at and not [place for place in marks if place != at] and _is_certain(words[:at]):
        yield _rebuild(claim, words[at:], ",", words[:at])
    if not at and len(marks) == 1 and words[marks[0]].mark == "," and _is_certain(words[marks[0] :]):
        yield _rebuild(claim, words[marks[0] :], words[: marks[0]])


def _move_since(claim: Claim) -> Iterator[Claim]:
    """ "Since May it has been shut" of "It has been shut since May", and the other way round."""
    words = claim.words
    at = next((place for place, word in enumerate(words) if word.form == "since"), None)
    is_one_verb = not any(word.kind in ("negation", "conjunction") and word.form != "since" for word in words)
    is_one_verb = is_one_verb and not any(word.form in ("to", "that") or word.form in SPEAKING_FORMS for word in words)
    if at is None or not is_one_verb or not any(word.form in ("has", "have") for word in words):
        return
    if at and len(words) - at <= MAX_TIME and _has_no_marks(words):
        yield _rebuild(claim, words[at:], words[:at])
    if not at:
        for end in range(2, MAX_TIME + 1):
            if end < len(words) and _has_no_marks([*words[:end], *words[end + 1 :]]):
                yield _rebuild(claim, words[end:], words[:end])


def _is_certain(words: Sequence[Word]) -> bool:
    """Whether there is no "not", "all" or second verb in words, of which alone a condition might be one."""
    verbs = [word for word in words if word.kind == "content" and is_past_form(word.form)]
    return len(verbs) < 2 and not any(
        word.kind in ("negation", "limit", "number") or word.form == "to" for word in words
    )


# ---------------------------------------------------------------------------------------------------------- offices


def _turn_possessive(claim: Claim) -> Iterator[Claim]:
    """ "The owner of the dog left" of "The dog's owner left", and the other way round.

    Only of an office, a relative or an owner: "the council's criticism" is not "the criticism of the council".
    """
    words, text = claim.words, claim.text.replace("’", "'")
    marked = [at for at, word in enumerate(words[:-1]) if text[word.start : word.end].endswith("'s")]
    if len(marked) == 1 and words[marked[0] + 1].form in _HELD and not words[marked[0] + 1].mark:
        at = marked[0]
        owner = text[words[at].start : words[at].end - 2]
        for first in range(max(0, at - MAX_OWNER), at + 1):
            if _has_no_marks(words[first : at + 2]):
                of = f"of {_text_of(claim, words[first:at])} {owner}" if first < at else f"of {owner}"
                yield _rebuild(claim, words[:first], "the", words[at + 1 : at + 2], of, words[at + 2 :])
    if not marked:
        for at in range(1, len(words) - 1):
            if words[at].form != "of" or words[at - 1].form not in _HELD or not _has_no_marks(words[at - 1 : at + 2]):
                continue
            for end in range(at + 2, min(at + 2 + MAX_OWNER, len(words)) + 1):
                if _has_no_marks(words[at:end]):
                    owner = f"{_text_of(claim, words[at + 1 : end])}'s"
                    yield _rebuild(claim, words[: at - 1], owner, words[at - 1 : at], words[end:])


def _swap_apposition(claim: Claim) -> Iterator[Claim]:
    """ "The head of police, Odd Myhre, left" of "Odd Myhre, the head of police, left", and the other way round."""
    words = claim.words
    marks = [at for at, word in enumerate(words) if at and word.mark]
    if len(marks) < 2 or any(words[at].mark != "," for at in marks[:2]):
        return
    first, second, rest = words[: marks[0]], words[marks[0] : marks[1]], words[marks[1] :]
    named = [_text_of(claim, part) in claim.names for part in (first, second)]
    is_one = named[0] != named[1] and not any(word.kind == "conjunction" for word in (*first, *second, rest[0]))
    described = second if named[0] else first
    if is_one and described[0].kind == "optional":
        yield _rebuild(claim, second, ",", first, ",", rest)


def _leave_out_office(claim: Claim, source: ReadSource) -> Iterator[Claim]:
    """ "Ada Tarn left" of "Mayor Ada Tarn left" and of "Ada Tarn, the mayor, left", if the article describes her so."""
    words = claim.words
    for name in claim.names[:1]:
        start = claim.text.find(name)
        before = [word for word in words if word.end <= start]
        at = next((place for place, word in enumerate(words) if word.start >= start + len(name)), len(words))
        named = words[len(before) : at]
        office = [word for word in before if word.kind != "optional"]
        if office and named and _has_no_marks([*before, *named]) and _is_office(office, name, source):
            yield _rebuild(claim, named, words[at:]) if at < len(words) else _rebuild(claim, named)
        marks = [place for place in range(at, len(words)) if words[place].mark]
        if not before and len(marks) > 1 and marks[0] == at and words[at].mark == words[marks[1]].mark == ",":
            described = [word for word in words[at : marks[1]] if word.kind != "optional"]
            if _is_office(described, name, source):
                yield _rebuild(claim, named, words[marks[1] :])


def _is_office(office: Sequence[Word], name: str, source: ReadSource) -> bool:
    """Whether words are an office, and the article describes somebody with them."""
    wanted = [word.form for word in office]
    if not any(form in EXCLUSIVE_OFFICES | OFFICES | BODIES for form in wanted):
        return False
    before, after = source.descriptions_around(name)
    shorter = [[word for word in each if word.kind != "name" or word.form in wanted] for each in before]
    return any(ends_with_role(each, wanted) for each in (*before, *shorter)) or any(
        names_role(each, wanted) for each in after
    )
