"""Whether a sentence gives words to the person to whom the source gives them, with the office that the source names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.premises.opposites import is_past_form
from assistant.proof.claims import Claim
from assistant.proof.sources import (
    ReadSource,
    SpokenWords,
    ends_with_role,
    is_over,
    is_participle,
    list_forms,
    names_role,
)
from assistant.proof.words import (
    BODIES,
    CLAIMS,
    NEUTRAL_CUES,
    OFFICES,
    ROLE_FIELDS,
    ROLE_LIMITS,
    SAYING_CUES,
    SPEAKING_FORMS,
    Word,
    guard_class,
    split_into_words,
)
from assistant.records.proof import FindingKind, ProofFinding
from assistant.records.statement import Statement
from assistant.text.languages import ENGLISH
from assistant.text.names import is_same_person, name_parts
from assistant.text.roles import is_same_role
from assistant.text.stemming import stem
from assistant.text.words import fold

MAX_FRAME = 8  # other words beside somebody's words: when, where, to whom
MAX_DESCRIPTION = 6  # words beside a name that describe the person
_PRONOUNS = frozenset({"he", "she", "they"})
_REPORTING = ENGLISH.reporting


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
        [word for word in words if word.kind != "optional"]
        for words in (split_into_words(spoken.role or ""), _words_around(spoken, source))
    )
    return any(
        list_forms(around[at : at + len(role)]) == list_forms(role)
        and around[at - 1].form in CLAIMS.likening
        and not around[at - 1].mark
        and around[at - 2].kind in ("content", "name")
        for at in range(2, len(around) - len(role) + 1)
    )


def _limits(role: str) -> set[str]:
    """The words of a role without which it is another one: "most", "retired", "suspended"."""
    words = split_into_words(role)
    return {
        word.form
        for word, following in zip(words, [*words[1:], None], strict=True)
        if word.form in ROLE_LIMITS
        or guard_class(word.form) == "limit"
        or (is_participle(word) and following is not None and following.kind == "content")
    }


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
    described = _find_description(outside, sorted(named))
    findings += check_speaker(claim, statement, spoken, source)
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


def check_speaker(claim: Claim, statement: Statement, spoken: SpokenWords, source: ReadSource) -> list[ProofFinding]:
    """Whether somebody else said the words before their speaker, or he is described otherwise, in whatever words."""
    content = [(each.start, each.end) for each in claim.statements]
    outside = [word for word in claim.words if not any(start <= word.start < end for start, end in content)]
    findings: list[ProofFinding] = []
    if _is_said_by_other(spoken, source):
        findings.append(ProofFinding("speaker", statement.cue, "the source says that somebody else said this"))
    described = _find_description(outside, find_speaker_words(outside, statement.speaker))
    if described and not _is_described(described, spoken, source):
        words = claim.text[described[0].start : described[-1].end]
        findings.append(ProofFinding("name", words, "the source does not describe the speaker so"))
    return findings


def _words_around(spoken: SpokenWords, source: ReadSource) -> list[Word]:
    first, last = spoken.around
    return [
        word
        for word in source.words
        if first <= word.start < last and not any(other.contains(word.start) for other in source.utterances)
    ]


def _is_said_by_other(spoken: SpokenWords, source: ReadSource) -> bool:
    """Whether it is known from another one, or said to be by another one: "…," Lund said Tarn had told him."""
    around = _words_around(spoken, source)
    cue = {form for each in spoken.cues for form in fold(each).split()}
    if "according" not in cue and any(
        word.form == "according" and _names_somebody(_until_mark(around[at + 1 :])) for at, word in enumerate(around)
    ):
        return True
    role = set(list_forms(split_into_words(spoken.role or "")))
    own = find_speaker_words(around, spoken.speaker) or [at for at, word in enumerate(around) if word.form in role]
    for place, word in enumerate(around):
        rest = around[place + 1 :]
        if (
            word.form in cue
            and (not own or own[0] < place)  # behind "said Lund" no clause begins
            and _tells_who_said(_skip_insertion(rest, spoken), word.form in _REPORTING.addressee_forms)
        ):
            return True
        added = [word, *_until_mark(rest, spoken)] if word.mark == "," and own and own[-1] < place else []
        if added and added[-1].form in _REPORTING.speech_forms and _tells_who_said(added, has_listener=False):
            return True  # "…, police said"
    return False


def _until_mark(words: Sequence[Word], spoken: SpokenWords | None = None) -> list[Word]:
    """Words up to the next mark or, with `spoken`, to what is said."""
    starts = [start for start, _ in spoken.spans] if spoken else []
    for at, word in enumerate(words):
        if word.mark or (at and any(words[at - 1].start < start < word.start for start in starts)):
            return list(words[:at])
    return list(words)


def _skip_insertion(words: Sequence[Word], spoken: SpokenWords) -> list[Word]:
    """Words up to the next mark, and behind what stands between two marks if a verb does: "the coach[, Tarn,] told"."""
    first = _until_mark(words, spoken)
    rest = list(words[len(first) :])
    if first and rest and rest[0].mark == ",":
        behind = rest[1 + len(_until_mark(rest[1:])) :]
        if behind and behind[0].mark == "," and (behind[0].is_guard or behind[0].form in _REPORTING.speech_forms):
            return [*first, behind[0], *_until_mark(behind[1:])]
    return first


def _names_somebody(words: Sequence[Word]) -> bool:
    """Whether a person, a role or a body is among words: not "the rules"."""
    return any(word.kind in ("name", "pronoun") or word.form in (OFFICES | BODIES) - CLAIMS.followed for word in words)


def _tells_who_said(words: Sequence[Word], has_listener: bool) -> bool:
    """Whether a clause with a verb of speaking follows a verb: "the mayor had told him", "he was told"."""
    is_inside = has_listener  # of a phrase, in which "a letter published" is no clause
    for at, word in enumerate(words):
        if word.kind == "conjunction" or word.form in CLAIMS.subordinators:
            return False
        if word.kind == "preposition" or word.form == "that":
            is_inside = word.form != "that"
        before = at - 1
        while before >= 0 and (words[before].is_guard or words[before].form in CLAIMS.sentence_openings):
            before -= 1
        has_subject = before >= 0 and words[before].kind in ("content", "name", "pronoun") and not words[before].days
        if word.form not in SPEAKING_FORMS or word.form.endswith("ing") or not has_subject:
            continue
        following = words[at + 1].kind if at + 1 < len(words) else ""
        is_verb = is_past_form(word.form) or word.form not in _REPORTING.base_forms | _REPORTING.noun_or_verb_forms
        is_clause = is_verb and not is_inside and following != "preposition"
        if before < at - 1 or following in ("pronoun", "name") or is_clause:
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
    wanted = list_forms(described)
    role = split_into_words(spoken.role or "")
    before, after = source.descriptions_around(spoken.speaker)
    if any(ends_with_role(each, wanted) for each in before) or any(names_role(each, wanted) for each in after):
        return True
    if any(_is_limited(each, wanted) for each in (*before, *after)):
        return False
    return names_role(role, wanted)


def _is_limited(words: Sequence[Word], wanted: Sequence[str]) -> bool:
    """Whether a description has a role only with "former" or "ousted" before it, or "at the time" after it."""
    description = [word for word in words if word.kind != "optional"]
    for at in range(len(description) - len(wanted) + 1):
        if list_forms(description[at : at + len(wanted)]) == list(wanted):
            first = _begin_of_role(description, at)
            before = description[first - 1].form if first else ""
            if guard_class(before) or before in ROLE_LIMITS or is_past_form(before):
                return True
            if is_over(description[at + len(wanted) :]):
                return True
    return False


def _begin_of_role(words: Sequence[Word], at: int) -> int:
    """The place of the first word that tells of what somebody has the role at a place: of "Orvik" in "Orvik mayor"."""
    while at and _says_of_what(words[at - 1]) and not words[at].mark:
        at -= 1
    return at


def _says_of_what(word: Word) -> bool:
    """Whether a word before a role says of what somebody has it: "Orvik" mayor, "transport" minister."""
    is_limit = guard_class(word.form) is not None or word.form in ROLE_LIMITS
    return not is_limit and (word.kind == "name" or word.form in ROLE_FIELDS | BODIES | ENGLISH.people.demonyms)


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
        first = _begin_of_role(own, at) if run[0].form in OFFICES else at
        if first and own[first - 1].kind in ("negation", "modality", "limit"):
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


def miss_speaker(claim: Claim, spoken: SpokenWords) -> ProofFinding:
    """That somebody says in a source what a sentence tells as a fact."""
    reason = f"{name_speaker(spoken)} says this in the source, and the sentence does not say so"
    return ProofFinding("speaker", claim.text, reason)
