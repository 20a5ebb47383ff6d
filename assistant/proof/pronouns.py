"""Pronouns of a sentence: whom they mean, and the name that is added where nobody has been named before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.proof.claims import Claim
from assistant.proof.sources import ReadSource
from assistant.proof.words import Word
from assistant.records.proof import ProofFinding
from assistant.text.names import full_names, is_same_person
from assistant.text.words import fold

MAX_APART = 3  # characters between two sentences one after the other
MAX_BETWEEN = 2  # words between "he" and the verb of saying
_HE_OR_SHE = frozenset("he she his her him".split())
_THINGS = frozenset("it its they their this these those".split())
_SUBJECT = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def check_pronoun(claim: Claim, aligned: Sequence[Word], source: ReadSource) -> list[ProofFinding]:
    """A pronoun at the beginning must mean the person whom the sentences before it name last, or be named."""
    opening = claim.words[:2]
    if not claim.people or not any(word.form in _HE_OR_SHE for word in opening):
        return []
    if claim.names and claim.text.find(claim.names[0]) < opening[-1].end:
        return []
    if find_unnamed_speaker(claim, source) is not None:
        return []
    meant = [
        spoken.speaker
        for spoken in source.utterances
        if spoken.speaker and any(spoken.around[0] <= word.start < spoken.around[1] for word in aligned)
    ] or list(full_names(source.source.article.text[: source.source.start]))[-1:]
    if meant and is_same_person(claim.people[-1], meant[-1]):
        return []
    return [ProofFinding("speaker", opening[0].form, "it is not certain that the source means the same person")]


def find_other_subject(claim: Claim, source: ReadSource) -> ProofFinding | None:
    """An "it" or "they" at the beginning, if the sentence before it is not that of the source, or the one before it.

    Beside another sentence it would mean what that one is about.
    """
    opening = claim.words[0]
    if claim.before is None or opening.form not in _THINGS or _is_quoted(claim, opening):
        return None
    article, (first, last) = claim.before
    starts = [start for start, _ in source.source.sentences] or [source.source.start]
    if article == source.source.article.id and any(first <= start <= last + MAX_APART for start in starts):
        return None
    return ProofFinding("wording", opening.form, "it is not certain that the source means the same by this")


def find_unnamed_speaker(claim: Claim, source: ReadSource) -> tuple[int, str] | None:
    """The number of the "he" or "she" in a sentence that says something, from 0, and the speaker of the source.

    None if there is none, if the sentence names the speaker, or if the one before it does.
    """
    for spoken in source.utterances:
        name = spoken.speaker
        if not name or fold(name.split()[-1]) in fold(claim.text):
            continue
        if claim.people and is_same_person(claim.people[-1], name):
            continue
        cues = {form for cue in spoken.cues for form in fold(cue).split()}
        for place, word in enumerate(claim.words):
            near = claim.words[max(0, place - 1 - MAX_BETWEEN) : place + 2 + MAX_BETWEEN]
            is_subject = word.form in ("he", "she") and not _is_quoted(claim, word)
            if is_subject and any(other.form in cues and not _is_quoted(claim, other) for other in near):
                before = _SUBJECT.findall(claim.text[: word.start])
                return len(before), name
    return None


def _is_quoted(claim: Claim, word: Word) -> bool:
    return any(start <= word.start < end for start, end in claim.quotations)


def name_speaker_of_pronoun(text: str, number: int, name: str) -> str:
    """A text with a name in brackets after its "he" or "she" of this number, from 0: "he [Ada Tarn] said"."""
    places = list(_SUBJECT.finditer(text))
    if number >= len(places):
        return text
    end = places[number].end()
    return f"{text[:end]} [{name}]{text[end:]}"
