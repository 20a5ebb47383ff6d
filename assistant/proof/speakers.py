"""Whether a sentence gives words to the person to whom the source gives them, with the office that the source names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.proof.claims import Claim
from assistant.proof.sources import ReadSource, SpokenWords
from assistant.proof.words import (
    CLAIMS,
    NEUTRAL_CUES,
    PREPOSITIONS,
    SAYING_CUES,
    SPEAKING_FORMS,
    Word,
    guard_class,
    split_into_words,
)
from assistant.records.proof import FindingKind, ProofFinding
from assistant.records.statement import Statement
from assistant.text.names import is_same_person, name_parts
from assistant.text.roles import is_same_role
from assistant.text.stemming import stem
from assistant.text.words import fold

MAX_FRAME = 8  # other words beside somebody's words: when, where, to whom
MAX_DESCRIPTION = 6  # words beside a name that describe the person
_PRONOUNS = frozenset({"he", "she", "they"})


def is_speaker(claim: Claim, statement: Statement, spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether a sentence gives words to the speaker of the words of a source."""
    if statement.speaker:
        if spoken.speaker:
            return is_same_person(statement.speaker, spoken.speaker) and is_known_name(
                statement.speaker, spoken.speaker, source
            )
        return spoken.role is not None and _is_in(statement.speaker, spoken.role)
    if statement.role:
        if spoken.role is None or not _limits(spoken.role) <= _limits(statement.role):
            return False  # "most Republicans" are not "Republicans"
        if _is_likened(spoken, source):
            return False
        return is_same_role(statement.role, spoken.role) or fold(statement.role) == fold(spoken.role)
    if not any(word.form in _PRONOUNS for word in claim.words):
        return False
    return bool(spoken.speaker and claim.people and is_same_person(claim.people[-1], spoken.speaker))


def _is_likened(spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether a source says only that somebody is like its speaker: "a man posing as a police officer"."""
    role, around = (
        [word.form for word in words if word.kind != "optional"]
        for words in (split_into_words(spoken.role or ""), _words_around(spoken, source))
    )
    places = range(1, len(around) - len(role) + 1)
    return any(around[at : at + len(role)] == role and around[at - 1] in CLAIMS.likening for at in places)


def _limits(role: str) -> set[str]:
    return {word for word in fold(role).split() if guard_class(word) == "limit" or word in CLAIMS.role_limits}


def is_known_name(name: str, speaker: str, source: ReadSource) -> bool:
    """Whether every word of a name is in the name of the speaker or in the article."""
    own = {fold(part).rstrip(".") for part in name_parts(speaker) or speaker.split()}
    text = source.source.article.text
    return all(fold(part).rstrip(".") in own or part in text for part in name_parts(name) or name.split())


def _is_in(name: str, role: str) -> bool:
    return fold(name).removeprefix("the ") == fold(role).removeprefix("the ")


def is_same_cue(cue: str, spoken: SpokenWords) -> bool:
    """Whether a verb says no more of how words were said than the verb of the source."""
    wanted = _reduce_cue(cue)
    own = {_reduce_cue(each) for each in spoken.cues}
    if wanted in own:
        return True
    return wanted in NEUTRAL_CUES and (not own or bool(own & SAYING_CUES))


def _reduce_cue(cue: str) -> str:
    lower = cue.lower().strip()
    if lower in NEUTRAL_CUES:
        return lower
    return stem(lower.split()[0]) if lower.strip(":—–- ") else "say"


def find_speaker_words(words: Sequence[Word], spoken_name: str | None) -> list[int]:
    """The places of the words of a name among some words."""
    name = (spoken_name or "").replace("’", "'")
    parts = {fold(part).rstrip(".") for part in (*name_parts(name), *name.split())}
    return [place for place, word in enumerate(words) if word.form in parts and _may_be_name(word)]


def _may_be_name(word: Word) -> bool:
    """Whether a word may be part of a name: "Will" at the beginning too."""
    return word.kind in ("name", "content") or (word.kind == "modality" and word.mark == ".")


def check_frame(claim: Claim, statement: Statement, spoken: SpokenWords, source: ReadSource) -> list[ProofFinding]:
    """What a sentence says around words that it gives to a speaker, and the source does not: office, day, place."""
    content = [(each.start, each.end) for each in claim.statements]
    outside = [word for word in claim.words if not any(start <= word.start < end for start, end in content)]
    around = _words_around(spoken, source)
    findings: list[ProofFinding] = []
    cue = {word.form for word in split_into_words(statement.cue)} | set(fold(statement.cue).split())
    own_cue = {form for each in spoken.cues for form in fold(each).split()}
    named = set(find_speaker_words(outside, statement.speaker))
    unnamed = [word for place, word in enumerate(outside) if place not in named]
    findings += _check_negation(unnamed, around, cue, own_cue)
    if _is_said_by_other(around, own_cue, spoken):
        findings.append(ProofFinding("speaker", statement.cue, "the source says that somebody else said this"))
    described = _find_description(outside, sorted(named))
    if described and not _is_described(described, spoken, source):
        words = claim.text[described[0].start : described[-1].end]
        findings.append(ProofFinding("name", words, "the source does not describe the speaker so"))
    role = {word.form for word in split_into_words(statement.role or "")} if not statement.speaker else set()
    own = [word for word in around if word.kind != "optional"]
    skipped = {word.start for word in described} | {outside[place].start for place in named}
    runs = list(_split_into_runs(outside, skipped, cue | role))
    if sum(map(len, runs)) > MAX_FRAME:
        return [*findings, ProofFinding("wording", claim.text, "too much is said beside the words")]
    forms = {word.form for word in outside}
    if any(word.kind == "auxiliary" for run in runs for word in run):  # it says something itself
        lost = [word for word in own if word.kind in ("negation", "modality") and word.form not in forms]
        findings += [ProofFinding("negation", word.form, "the source has this beside the words") for word in lost]
    for run in runs:
        if not _is_contiguous(run, own):
            words = claim.text[run[0].start : run[-1].end]
            kind: FindingKind = "day" if any(word.kind == "day" or word.days for word in run) else "wording"
            findings.append(ProofFinding(kind, words, "the source does not say this beside the words"))
    return findings


def _words_around(spoken: SpokenWords, source: ReadSource) -> list[Word]:
    first, last = spoken.around
    return [
        word
        for word in source.words
        if first <= word.start < last and not any(other.contains(word.start) for other in source.utterances)
    ]


def _is_said_by_other(around: Sequence[Word], cue: set[str], spoken: SpokenWords) -> bool:
    """Whether it is known from another one, or said to be by another one: "…," Lund said Tarn had told him."""
    if "according" not in cue and any(word.form == "according" for word in around):
        return True
    own = find_speaker_words(around, spoken.speaker)
    for place, word in enumerate(around):
        if word.form not in cue:
            continue
        following = [each for at, each in enumerate(around) if at > place and at not in own][:3]
        names = [each for each in following if each.kind in ("name", "pronoun") and not each.mark]
        said = [each for each in following[1:] if each.form in SPEAKING_FORMS and not each.mark]
        if names and said and following[0] is names[0]:
            return True
    return False


def _check_negation(
    outside: Sequence[Word], around: Sequence[Word], cue: set[str], own_cue: set[str]
) -> list[ProofFinding]:
    """Whether the verb of saying is denied or doubted in one of both and not in the other."""
    claimed, own = _guards_before(outside, cue), _guards_before(around, own_cue)
    if claimed == own:
        return []
    words = " ".join(sorted(claimed ^ own))
    return [ProofFinding("negation", words, "only one of both denies or doubts that it was said")]


def _guards_before(words: Sequence[Word], cue: set[str]) -> frozenset[str]:
    found: set[str] = set()
    for place, word in enumerate(words):
        if word.form in cue:
            before = words[max(0, place - 3) : place]
            found |= {each.form for each in before if each.kind in ("negation", "modality")}
    return frozenset(found)


def _find_description(words: Sequence[Word], named: Sequence[int]) -> list[Word]:
    """The words directly before a name that describe the person, or those between two marks after it."""
    if not named:
        return []
    before: list[Word] = []
    place = named[0]
    while place and not words[place].mark and len(before) < MAX_DESCRIPTION:
        place -= 1
        if words[place].kind not in ("content", "name", "limit"):
            break
        before.insert(0, words[place])
    after: list[Word] = []
    place = named[-1] + 1
    if place < len(words) and words[place].mark in (",", "("):
        while place < len(words) and (not after or not words[place].mark) and len(after) < MAX_DESCRIPTION + 4:
            after.append(words[place])
            place += 1
        if place < len(words) and words[place].mark not in (",", "(", "“", ":"):
            after = []
    return before or [word for word in after if word.kind != "optional"]


def _is_described(described: Sequence[Word], spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether the article describes the speaker with these words, beside the name or as the role."""
    wanted = [word.form for word in described if word.kind != "optional"]
    role = [word.form for word in split_into_words(spoken.role or "") if word.kind != "optional"]
    before, after = source.descriptions_around(spoken.speaker)
    own = {fold(part) for part in (spoken.speaker or "").split()}
    if any(_ends_with(each, wanted, own) for each in before) or any(
        _ends_with(each[: _find_complement(each)], wanted, own)
        or (_ends_with(each, wanted, own) and _has_head(each, wanted))
        for each in after
    ):
        return True
    if any(_is_limited(each, wanted) for each in (*before, *after)):
        return False
    return wanted == role or (len(wanted) < len(role) and _ends_with(role[: _find_complement(role)], wanted))


def _is_limited(description: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a description has some words only with "former" or the like before them."""
    places = range(1, len(description) - len(wanted) + 1)
    return any(
        list(description[at : at + len(wanted)]) == list(wanted) and _is_limiting(description[at - 1]) for at in places
    )


def _is_limiting(form: str) -> bool:
    return guard_class(form) is not None or form in CLAIMS.role_limits


def _find_complement(description: Sequence[str]) -> int:
    """Where a description goes on after its noun: "critic | of the mayor", "| who beat the mayor"."""
    ends = PREPOSITIONS | CLAIMS.conjunctions
    return next((at for at, form in enumerate(description) if form in ends), len(description))


def _has_head(description: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the end of a description has its noun too: "minister of health", not only "health"."""
    return len(description) - len(wanted) < _find_complement(description)


def _ends_with(beside: Sequence[str], wanted: Sequence[str], own: Collection[str] = ()) -> bool:
    """Whether a description begins or ends with some words, and not with "former" or the like before them.

    Behind its beginning another phrase follows, or the name: `own` are the words of it, not those of somebody else.
    """
    following = beside[len(wanted) : len(wanted) + 1]
    if list(beside[: len(wanted)]) == list(wanted) and all(form in PREPOSITIONS or form in own for form in following):
        return True
    before = beside[-len(wanted) - 1 : -len(wanted)]
    return list(beside[-len(wanted) :]) == list(wanted) and not any(map(_is_limiting, before))


def _split_into_runs(words: Sequence[Word], skipped: set[int], cue: set[str]) -> list[list[Word]]:
    """The other words of a frame, in runs without the cue, the speaker, small words and pronouns between them."""
    runs: list[list[Word]] = [[]]
    for word in words:
        is_frame = word.start in skipped or word.form in cue or word.form in _PRONOUNS
        if is_frame or word.kind in ("conjunction",) or word.form in ("according", "to", "that"):
            runs.append([])
        elif word.kind != "optional":
            runs[-1].append(word)
    return [run for run in runs if run]


def _is_contiguous(run: Sequence[Word], own: Sequence[Word]) -> bool:
    """Whether the source has these words one after another, a phrase ends with them, and no "not" is before them."""
    size = len(run)
    for at in range(len(own) - size + 1):
        part = own[at : at + size]
        if at and own[at - 1].kind in ("negation", "modality", "limit"):
            continue
        if all(a.form == b.form or bool(a.days & b.days) for a, b in zip(run, part, strict=True)):
            return at + size == len(own) or own[at + size].kind != "content" or bool(own[at + size].mark)
    return False


def keeps_speaker(aligned: Sequence[Word], spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether the words of a source that a sentence repeats include who said them, and that they were said."""
    around = {word.start: word for word in _words_around(spoken, source)}
    kept = [around[word.start] for word in aligned if word.start in around]
    cue = {form for each in spoken.cues for form in fold(each).split()}
    if not cue or not any(word.form in cue for word in kept):
        return False
    if spoken.speaker and find_speaker_words(kept, spoken.speaker):
        return True
    role = {word.form for word in split_into_words(spoken.role or "") if word.kind in ("content", "name")}
    return any(word.kind == "pronoun" or word.form in role | {"who"} for word in kept) or (
        not spoken.speaker and not role
    )


def is_labelled(words: Sequence[Word], spoken: SpokenWords) -> bool:
    """Whether words begin with the name of their speaker, as in a transcript: "LUND: We will fight."."""
    label = [word.form for word in words if word.start < min(start for start, _ in spoken.spans)]
    is_label = not any(character.isalpha() for cue in spoken.cues for character in cue)
    return is_label and bool(label) and set(label) <= {word.form for word in split_into_words(name_speaker(spoken))}


def name_speaker(spoken: SpokenWords) -> str:
    """The speaker of words, for a reason."""
    return spoken.speaker or spoken.role or "somebody"
