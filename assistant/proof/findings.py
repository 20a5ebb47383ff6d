"""Why a source does not bear out a sentence: the number, name, day or negation in which they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.evidence.premises.opposites import is_past_form
from assistant.proof.claims import Claim
from assistant.proof.contrast import is_known
from assistant.proof.shortening.alignment import can_begin, can_end, can_leave_out, is_same_form, is_same_word
from assistant.proof.shortening.omissions import looks_like_verb
from assistant.proof.sources import ReadSource
from assistant.proof.words import CLAIMS, Word
from assistant.records.proof import FindingKind, ProofFinding
from assistant.text.sanitize import shorten_line

MAX_IN_PLACE = 5  # words of a source that are told in place of others
MAX_SHOWN = 80  # columns of what is left out
MAX_IN_PHRASE = 5  # words from a preposition to its noun
_TOLD = ("content", "name", "number", "day")
_KINDS: dict[str, tuple[FindingKind, str]] = {
    "number": ("number", "the source does not have this number"),
    "day": ("day", "the source does not have this day"),
    "name": ("name", "the source does not have this name"),
    "negation": ("negation", "the source does not deny this"),
    "modality": ("modality", "the source does not say so"),
}


def explain_wording(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """In which words a sentence differs from a source that does not bear it out; at least one finding."""
    missing = [word for word in claim.words if word.kind != "optional" and not is_known(word, claim, source)]
    findings = []
    for word in missing:
        kind, reason = _KINDS.get(word.kind, ("wording", "the source does not say this"))
        findings.append(ProofFinding(kind, claim.text[word.start : word.end], reason))
    if not findings and (left_out := find_left_out(claim, source)) is not None:
        return [left_out]
    if not findings:
        findings += [
            ProofFinding("negation", word.form, "the source denies this")
            for word in source.words
            if word.kind == "negation" and not _has(claim.words, word)
        ]
    order = ["quotation", "number", "day", "name", "negation", "modality", "speaker", "wording"]
    findings.sort(key=lambda finding: order.index(finding.kind))
    return findings or [ProofFinding("wording", claim.text, "the source has these words in another connection")]


def find_left_out(claim: Claim, source: ReadSource) -> ProofFinding | None:
    """What a sentence that is its source shortened leaves out, though it may matter; None if it is not shortened.

    Of a "not" that is left out alone something clearer can be said.
    """
    own, places = source.words, list[int]()
    for word in (word for word in claim.words if word.kind != "optional"):
        first = places[-1] + 1 if places else 0
        place = next((at for at in range(first, len(own)) if is_same_form(word, own[at])), None)
        if place is None:
            return None
        places.append(place)
    if not places:
        return None
    ends = next((at for at in range(places[-1] + 1, len(own)) if own[at].mark == "."), len(own))
    begins = max((at for at in range(places[0] + 1) if own[at].mark == "."), default=0)
    gaps = [(begins, places[0])] if not can_begin(own, places[0]) else []
    gaps += [
        (last + 1, place)
        for last, place in pairwise(places)
        if any(word.kind != "optional" for word in own[last + 1 : place]) and not can_leave_out(own, last, place)
    ]
    gaps += [(places[-1] + 1, ends)] if not can_end(own, places[-1]) else []
    omitted = [[word for word in own[first:last] if word.kind != "optional"] for first, last in gaps]
    if any(all(word.kind in ("negation", "auxiliary") for word in words) for words in omitted):
        return None
    for (_, last), words in zip(gaps, omitted, strict=True):
        if words:
            text = shorten_line(source.text[words[0].start : own[last - 1].end], MAX_SHOWN)
            reason = f"it leaves out “{text}” of the source, which may change what is said"
            return ProofFinding("wording", claim.text, reason)
    return None


def find_other_words(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """The words of a sentence that a source lacks, with those that it has in their place, if there are a few."""
    claimed = [word for word in claim.words if word.kind != "optional"]
    own = [word for word in source.words if word.kind != "optional"]
    matcher = SequenceMatcher(None, [word.root for word in claimed], [word.root for word in own], autojunk=False)
    found = []
    for tag, first, last, start, end in matcher.get_opcodes():
        lacking = [
            word for word in claimed[first:last] if word.kind in _TOLD and not _is_in_article(word, claim, source)
        ]
        if tag not in ("replace", "delete") or not lacking:
            continue
        instead = [word for word in own[start:end] if word.kind in _TOLD]
        reason = "the source does not say this"
        is_alike = {word.kind for word in lacking} == {word.kind for word in instead}
        if is_alike and end - start <= MAX_IN_PLACE:
            reason = f"the source has “{source.text[instead[0].start : instead[-1].end]}” here"
        found.append(ProofFinding("wording", claim.text[lacking[0].start : lacking[-1].end], reason))
    return found


def _is_in_article(word: Word, claim: Claim, source: ReadSource) -> bool:
    """Whether a source has a word, or its article a name."""
    is_named = word.kind == "name" and claim.text[word.start : word.end] in source.source.article.text
    return is_named or is_known(word, claim, source)


def _has(words: Iterable[Word], wanted: Word) -> bool:
    return any(is_same_word(wanted, word, is_reported=True) for word in words)


def find_undoing(claim: Claim, source: ReadSource) -> ProofFinding | None:
    """What a source says besides a shortened sentence that may take it back: "overturned", "joking", "in the film"."""
    forms = {word.form for word in claim.words}
    words = source.words
    left_out = (word for at, word in enumerate(words) if word.form not in forms and _may_undo(words, at))
    if (word := next(left_out, None)) is None:
        return None
    return ProofFinding("modality", source.text[word.start : word.end], "the source has this, which may take it back")


def _may_undo(words: Sequence[Word], at: int) -> bool:
    """Whether a word may take back, or make unreal, what stands before or after it."""
    word = words[at]
    pair = " ".join(each.form for each in words[at : at + 2])
    if word.form in CLAIMS.undoing or pair in CLAIMS.undoing_phrases:
        return True
    before = words[at - 1] if at and not word.mark else None
    if word.form in CLAIMS.undone or pair in CLAIMS.undone:
        return word.mark == "," or (before is not None and (before.kind == "auxiliary" or before.form == "later"))
    if word.form in CLAIMS.aside:  # "children aside"
        return _ends_sentence(words, at) and not word.mark
    return word.form in CLAIMS.unreal and _is_within(words, at) and not _is_of_the_past(words, at)


def _is_of_the_past(words: Sequence[Word], at: int) -> bool:
    """Whether "a film" is in a clause of the past within another one: "Lund, who starred in a film, left".

    What is told in the present may be what happens in the film.
    """
    first = next((place for place in range(at, -1, -1) if words[place].mark), 0)
    opens = words[first].mark == "," and words[first].form in ("who", "which", "whose")
    last = next((place for place in range(at + 1, len(words)) if words[place].mark), len(words))
    if not opens or last == len(words) or words[last].mark != "," or words[at - 1].form not in ("a", "an"):
        return False
    return all(_tells_of_the_past(part) for part in (words[first:last], words[last:]))


def _tells_of_the_past(words: Sequence[Word]) -> bool:
    """Whether the first verb among words is one of the past."""
    verbs = (word for word in words if word.kind in ("auxiliary", "modality") or looks_like_verb(word.form))
    first = next(verbs, None)
    return first is not None and (is_past_form(first.form) or CLAIMS.tenses.get(first.form) == "past")


def _is_within(words: Sequence[Word], at: int) -> bool:
    """Whether a noun ends a phrase with "in" and a determiner: "in his third film", not "in the film studio"."""
    if at + 1 < len(words) and not words[at + 1].mark and words[at + 1].kind in ("content", "name"):
        return False
    for place in range(at, max(0, at - MAX_IN_PHRASE), -1):
        if words[place].kind == "preposition":
            return words[place].form in ("in", "on") and words[place + 1].kind in ("optional", "pronoun")
        if words[place].mark:
            return False
    return False


def _ends_sentence(words: Sequence[Word], at: int) -> bool:
    return at + 1 == len(words) or words[at + 1].mark == "."


def find_turning(
    claim: Claim, words: Sequence[Word], source: ReadSource, *, only_next: bool = False
) -> ProofFinding | None:
    """Where a speaker goes on, in another sentence, with what may take back the one before: "But", "That said".

    `words` are those of the speaker, `only_next` looks no further than the first of them. What the claim has too, it
    does not leave out.
    """
    forms = {word.form for word in claim.words}
    places = [at for at, word in enumerate(words) if word.mark == "." and (at or only_next)]
    for at in places[:1] if only_next else places:
        if (only_next and at) or (not only_next and words[at].form in forms):
            continue
        if _may_turn(words, at):
            start = words[at].start
            reason = f"the speaker goes on with “{source.text[start : words[at].end]}”"
            return ProofFinding("modality", claim.text, reason)
    return None


def _may_turn(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1 :]
    phrases = {" ".join(word.form for word in words[at : at + size]) for size in range(1, 4)}
    if phrases & CLAIMS.turning:
        return True
    if words[at].form in CLAIMS.turning_alone:
        return not following or bool(following[0].mark)
    if words[at].form in CLAIMS.turning_fragments:
        marks = (word.mark for word in following if word.mark)
        return next(marks, ".") == "."
    return False
