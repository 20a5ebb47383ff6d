"""Where a source says something else than a sentence about the same thing: another number, name, day, office, speaker.

A source that only lacks something is no contrast. The comparison is meant for a sentence and a source with most of its
words, which whoever calls must see to (`coverage`). What a source says the other way round is found by `reversals`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import permutations

from assistant.proof.claims import Claim
from assistant.proof.dates import contrast_times, find_times, is_known_time
from assistant.proof.reversals import find_reversals
from assistant.proof.shortening.alignment import BESIDE, count_beside, is_same_word
from assistant.proof.sources import ReadSource, SpokenWords
from assistant.proof.speakers import name_speaker
from assistant.proof.words import CLAIMS, EXCLUSIVE_OFFICES, OFFICES, Word
from assistant.questions.names.aliases import find_group, name_country
from assistant.records.proof import FindingKind, ProofFinding
from assistant.text.names import is_same_person
from assistant.text.words import fold

NEAR = 2  # words after a number in which its unit stands
WEIGHT_BESIDE = 0.5  # of a word that stands elsewhere in the article
MAX_BESIDE = 2  # words between a name and a word that belongs to it: "harbour engineer Ivo Lund"
MIN_ALIKE = 0.75  # of two spellings of a name
TOLERANCE = 0.1  # of "about"
MIN_SPOKEN = 0.7  # share of the words of a sentence that are in what somebody says
MIN_SPOKEN_WORDS = 3
_UNITS = frozenset("$€£¥₹%")
_COMPARED = ("content", "name", "number", "day")
_DESCRIBING = ("content", "name", "optional", "limit")


def is_known(word: Word, claim: Claim, source: ReadSource) -> bool:
    """Whether a source has a word of a sentence: as its own, as the name of who speaks in it, or as its day."""
    if any(is_same_word(word, own, is_reported=True) for own in source.words):
        return True
    if word.form in source.speaker_forms or _is_beside_a_name(word, claim, source) or _is_country(word, claim, source):
        return True
    time = next((each for each in find_times(claim.text) if each.start <= word.start < each.end), None)
    return time is not None and is_known_time(time, source)


def _is_country(word: Word, claim: Claim, source: ReadSource) -> bool:
    """Whether a source names the country of a word: "Turkey" where a sentence has "Turkish"."""
    if word.kind != "name":
        return False
    first, last = _run_around(claim.words, claim.words.index(word))
    for start, end in ((first, last), (claim.words.index(word),) * 2):
        group = find_group(claim.text[claim.words[start].start : claim.words[end].end].split())
        if group is not None and group.pattern.search(source.text):
            return True
    return False


def coverage(claim: Claim, source: ReadSource) -> float:
    """The share of the words of a sentence that a source has, from 0 to 1; the names of its speakers do not count.

    So the source of words that a sentence gives to a false speaker is as near as with the right one. A word that only
    the title has, or a name that only the rest of the article has, counts half.
    """
    compared = [word for word in claim.words if word.kind in _COMPARED]
    wanted = [word for word in compared if not _names_speaker(word, claim)] or compared
    known = sum(1.0 if is_known(word, claim, source) else _weigh_beside(word, claim, source) for word in wanted)
    return known / len(wanted) if wanted else 0.0


def _weigh_beside(word: Word, claim: Claim, source: ReadSource) -> float:
    article = source.source.article
    is_named = word.kind == "name" and claim.text[word.start : word.end] in article.text
    return WEIGHT_BESIDE if is_named or (word.kind in ("name", "content") and word.root in source.stems) else 0.0


def count_names(claim: Claim, source: ReadSource) -> int:
    """How many names of a sentence a source has, and one more if its article names who was named last before it."""
    is_about = bool(claim.people) and claim.people[-1].split()[-1] in source.source.article.text
    return is_about + sum(word.kind == "name" and is_known(word, claim, source) for word in claim.words)


def _names_speaker(word: Word, claim: Claim) -> bool:
    names = {fold(part) for each in claim.statements for part in (each.speaker or "").split()}
    return word.form in names and not any(each.start <= word.start < each.end for each in claim.statements)


def find_contrasts(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """What a source says otherwise than a sentence, with what it says instead; each `is_contrary`."""
    return [
        *contrast_times(claim, source),
        *_contrast_words(claim, source),
        *_contrast_offices(claim, source),
        *find_reversals(claim, source),
    ]


def find_speaker_contrast(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """Words that the source has from somebody else, or from somebody whom the sentence does not name."""
    if not claim.statements:
        spoken = _find_spoken(claim.words, source)
        if spoken is None or _names(claim, spoken):
            return []
        reason = f"{name_speaker(spoken)} says this in the source, and the sentence does not say so"
        return [ProofFinding("speaker", claim.text, reason)]
    found = []
    for statement in claim.statements:
        words = [word for word in claim.words if statement.start <= word.start < statement.end]
        spoken = _find_spoken(words, source)
        if statement.speaker and spoken and spoken.speaker and not is_same_person(statement.speaker, spoken.speaker):
            reason = f"the source gives this to {spoken.speaker}"
            is_contrary = is_other_speaker(statement.speaker, spoken.speaker, source)
            found.append(ProofFinding("speaker", statement.speaker, reason, is_contrary))
    return found


def is_other_speaker(named: str, speaker: str, source: ReadSource) -> bool:
    """Whether the speaker of a source excludes the one whom a sentence names.

    A group ("Republicans attacked …, with Lund calling it …") may include whom its sentence names too.
    """
    return len(speaker.split()) > 1 or fold(named.split()[-1]) not in {word.form for word in source.words}


def _find_spoken(words: Sequence[Word], source: ReadSource) -> SpokenWords | None:
    """What somebody says in a source that has most of some words."""
    wanted = [word for word in words if word.kind in _COMPARED]
    if len(wanted) < MIN_SPOKEN_WORDS:
        return None
    for spoken in source.utterances:
        own = source.words_in(spoken.spans)
        same = sum(any(is_same_word(word, other, is_reported=True) for other in own) for word in wanted)
        if same >= MIN_SPOKEN * len(wanted) and (spoken.speaker or spoken.role):
            return spoken
    return None


def _names(claim: Claim, spoken: SpokenWords) -> bool:
    forms = {word.form for word in claim.words}
    return any(fold(part) in forms for part in (name_speaker(spoken)).split()[-1:])


# ------------------------------------------------------------------------------------------------ numbers and names


def _contrast_words(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """Each number or name, or word of a class such as "north", in whose place the source has another one."""
    claimed, own = _needed(claim.words), _needed(source.words)
    times = find_times(claim.text)
    for at, word in enumerate(claimed):
        sort = _sort(word)
        if sort is None or any(time.start <= word.start < time.end for time in times):
            continue
        others = [place for place, other in enumerate(own) if _sort(other) == sort and not _has(claimed, other)]
        is_missing = not is_known(word, claim, source)
        rivals = [place for place in others if _is_in_place_of(claimed, at, own, place, is_missing=is_missing)]
        same = [place for place, other in enumerate(own) if _is_same_member(word, other)]
        rivals = [place for place in rivals if not _is_rival_only_in_form(word, place, claimed, at, own, same, source)]
        likeness = max((sum(count_beside(claimed, at, own, place)) for place in same), default=-1)
        rivals = [place for place in rivals if sum(count_beside(claimed, at, own, place)) > likeness]
        rivals = rivals or [place for place in others if _is_of_another_thing(claimed, at, own, place, same)]
        rivals = rivals or [place for place in same if _has_opposite_limit(claimed, at, own, place)]
        if rivals:
            other = own[rivals[0]]
            kind: FindingKind = word.kind if word.kind in ("number", "name") else "wording"
            first = rivals[0] - 1 if rivals[0] in same else rivals[0]  # with its limit, "over 40"
            reason = f"the source has “{source.text[own[first].start : other.end]}”"
            yield ProofFinding(kind, claim.text[word.start : word.end], reason, is_contrary=True)


def _sort(word: Word) -> str | None:
    """What a word can only be exchanged for in its place: the class of "north" or "second", a number, a name."""
    sort, _ = CLAIMS.exclusive.get(word.form, (None, ""))
    return sort or (word.kind if word.kind in ("number", "name") else None)


def _is_same_member(word: Word, other: Word) -> bool:
    member = CLAIMS.exclusive.get(word.form)
    return is_same_word(word, other) or (member is not None and member == CLAIMS.exclusive.get(other.form))


def _has_opposite_limit(claimed: Sequence[Word], at: int, own: Sequence[Word], place: int) -> bool:
    """Whether a number is a lower limit in one of both and an upper one, or exact, in the other: "fewer than 40"."""
    before = [words[max(0, n - 3) : n] for words, n in ((claimed, at), (own, place))]
    if claimed[at].kind != "number" or any(word.kind == "negation" for words in before for word in words):
        return False
    here, there = ({word.form for word in words[-2:]} for words in before)
    limits = CLAIMS.above, CLAIMS.below, CLAIMS.exactly
    return any(here & one and there & other for one, other in permutations(limits, 2))


def _needed(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind != "optional"]


def _has(words: Sequence[Word], wanted: Word) -> bool:
    return any(_is_same_member(wanted, word) for word in words)


def _is_in_place_of(claimed: Sequence[Word], at: int, own: Sequence[Word], place: int, *, is_missing: bool) -> bool:
    """Whether a word of a source stands where a sentence has another one of its kind."""
    before, after = count_beside(claimed, at, own, place)
    is_of_class = _sort(claimed[at]) not in ("name", "number")
    if is_of_class and all(
        any(word.form == "than" for word in words[n : n + 4]) for words, n in ((claimed, at), (own, place))
    ):
        return False  # one is longer than the other, which is shorter than the one
    if before and after:
        return True
    if is_of_class:
        ends = at + 1 == len(claimed) or bool(claimed[at + 1].mark)
        is_counted = claimed[at - 1].kind == "number" or claimed[at - 1].form.isdigit()  # the minutes of "7:38 p.m."
        return after == BESIDE or (before == BESIDE and (ends or is_counted))
    if claimed[at].kind == "name" and is_missing:
        (first, last), (own_first, own_last) = _run_around(claimed, at), _run_around(own, place)
        if count_beside(claimed, first, own, own_first)[0] and count_beside(claimed, last, own, own_last)[1]:
            return True
    if claimed[at].kind == "number":
        return (is_missing and _same_unit(claimed, at, own, place)) or before == BESIDE
    is_title = own[place].form in OFFICES
    is_listed = claimed[at - 1].kind == "conjunction"  # "Tarn and Norfield" for "Tarn and Ivo Lund of Norfield"
    return (before == BESIDE and not is_listed) or (is_missing and not is_title and after == BESIDE)


def _is_rival_only_in_form(
    word: Word,
    place: int,
    claimed: Sequence[Word],
    at: int,
    own: Sequence[Word],
    same: Sequence[int],
    source: ReadSource,
) -> bool:
    """Whether both words fit: parts of one name, spellings of it in the article, "more than 40" and 45, "23 m"."""
    rival = own[place]
    if word.kind == "number":
        return _is_within(claimed, at, rival) or any(_has_same_unit(claimed, at, own, each) for each in same)
    first, last = _run_around(own, place)
    is_spelling = SequenceMatcher(None, word.form, rival.form).ratio() >= MIN_ALIKE
    return any(first <= other <= last for other in same) or (
        is_spelling and _sort(word) == "name" and word.form in fold(source.source.article.text).split()
    )


def _is_within(claimed: Sequence[Word], at: int, rival: Word) -> bool:
    """Whether a number lies within what is said before another one: "more than", "up to", "about"."""
    limits = {word.form for word in claimed[max(0, at - 2) : at]}
    value, own = claimed[at].value, rival.value
    if value is None or own is None:
        return False
    return bool(
        (limits & CLAIMS.above and own > value)
        or (limits & CLAIMS.below and own < value)
        or (limits & CLAIMS.about and abs(own - value) <= TOLERANCE * abs(own))
    )


def _run_around(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The places of the first and the last of the names one after another around a place."""
    first = last = at
    while first and words[first - 1].kind == "name" and not words[first].mark:
        first -= 1
    while last + 1 < len(words) and words[last + 1].kind == "name" and not words[last + 1].mark:
        last += 1
    return first, last


def _same_unit(claimed: Sequence[Word], at: int, own: Sequence[Word], place: int) -> bool:
    """Whether what is counted by two numbers is the same: one of the words after them."""
    wanted, found = _units(claimed, at), _units(own, place)
    return any(is_same_word(one, other, is_reported=True) for one in wanted for other in found)


def _is_of_another_thing(
    claimed: Sequence[Word], at: int, own: Sequence[Word], place: int, same: Sequence[int]
) -> bool:
    """Whether a source counts with another number what a sentence counts, and something else with this one."""
    counted, rival = _units(claimed, at)[:1], _units(own, place)[:1]
    if claimed[at].kind != "number" or not same or not counted or not rival:
        return False
    others = [_units(own, each)[:1] for each in same]
    return is_same_word(counted[0], rival[0]) and all(each and not _has(claimed, each[0]) for each in others)


def _has_same_unit(claimed: Sequence[Word], at: int, own: Sequence[Word], place: int) -> bool:
    """Whether the same measure stands after two numbers: "23 metres" and "23 m"."""
    if not (at + 1 < len(claimed) and place + 1 < len(own)):
        return False
    return _sort(claimed[at + 1]) is not None and _is_same_member(claimed[at + 1], own[place + 1])


def _units(words: Sequence[Word], at: int) -> list[Word]:
    units: list[Word] = []
    for word in words[at + 1 : at + 1 + NEAR]:
        if word.mark not in ("", "“") or (word.kind not in ("content", "name") and word.form not in _UNITS):
            break
        units.append(word)
    return units


# ------------------------------------------------------------------------------------------------------------- offices


def _is_beside_a_name(word: Word, claim: Claim, source: ReadSource) -> bool:
    """Whether the article has a word of a sentence beside the name that it stands before or after."""
    if word.kind not in ("name", "content"):
        return False
    names = [other for other in claim.words if other.kind == "name" and other is not word]
    near = [other for other in names if _is_near(word, other, claim.text)]
    return any(
        is_same_word(other, own) and any(word.form in each for each in source.descriptions_of(other.form))
        for other in near
        for own in source.words
    )


def _is_near(word: Word, other: Word, text: str) -> bool:
    """Whether only a few words and no mark stand between two words."""
    between = text[min(word.end, other.end) : max(word.start, other.start)]
    return len(between.split()) <= MAX_BESIDE and all(part.isalnum() or part.isspace() for part in between)


def _contrast_offices(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """An office before a name, or after it between marks, to whose bearer the article gives another office."""
    words = claim.words
    for at, word in enumerate(words):
        named = _find_bearer(words, at) if word.form in EXCLUSIVE_OFFICES else None
        if named is None:
            continue
        first, last = named
        given = source.descriptions_of(words[last].form)
        described = {form for each in given for form in each}
        offices = {form for form in described if form in EXCLUSIVE_OFFICES or form == f"vice-{word.form}"}
        if offices and not any(_is_like(word.form, form) for form in offices):
            reason = f"the article calls {claim.text[words[first].start : words[last].end]} “{sorted(offices)[0]}”"
            yield ProofFinding("name", claim.text[word.start : word.end], reason, is_contrary=True)
        elif deputies := _find_deputies(word.form, words[max(0, at - NEAR) : at], given):
            reason = f"the article has “{deputies} {word.form}”"
            yield ProofFinding("name", claim.text[word.start : word.end], reason, is_contrary=True)
        elif at and last > at and _is_modifier(words[at - 1]) and not word.mark:
            yield from _contrast_modifier(claim, words[at - 1], word, given)


def _find_deputies(office: str, before: Sequence[Word], given: Sequence[Sequence[str]]) -> str:
    """What stands before an office wherever the article has it, as "vice", and not in the sentence; "" if nothing."""
    pairs = [each[max(0, at - NEAR) : at] for each in given for at, form in enumerate(each) if form == office]
    found = [[form for form in each if form in CLAIMS.deputizing] for each in pairs]
    if not found or not all(found) or any(word.form in CLAIMS.deputizing for word in before):
        return ""
    return found[0][-1]


def _find_bearer(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The places of the name of who has an office: right after it, or before the mark that opens its description."""
    if at + 1 < len(words) and words[at + 1].kind == "name" and not words[at + 1].mark:
        return at + 1, _run_around(words, at + 1)[1]
    start = at
    while start and not words[start].mark and words[start].kind in _DESCRIBING:
        start -= 1
    if (
        start
        and words[start].mark in (",", "(")
        and words[start].kind in _DESCRIBING
        and words[start - 1].kind == "name"
    ):
        first, last = _run_around(words, start - 1)
        is_place = first and words[first - 1].kind == "preposition" and not words[first].mark  # "in Tarn, the mayor"
        return None if is_place else (first, last)
    return None


def _contrast_modifier(
    claim: Claim, modifier: Word, office: Word, given: Sequence[Sequence[str]]
) -> Iterator[ProofFinding]:
    """ "Finance minister" where the article has only "transport minister"."""
    pairs = {(each[at - 1], form) for each in given for at, form in enumerate(each) if at and form == office.form}
    country = name_country(modifier.form.capitalize())
    if country is not None and any(name_country(before.capitalize()) == country for before, _ in pairs):
        return
    if pairs and (modifier.form, office.form) not in pairs:
        words = claim.text[modifier.start : office.end]
        reason = f"the article has “{' '.join(sorted(pairs)[0])}”"
        yield ProofFinding("name", words, reason, is_contrary=True)


def _is_modifier(word: Word) -> bool:
    """Whether a word before an office may be a part of it: a name, or what may be one at the beginning."""
    is_opening = word.mark == "." and word.kind == "content" and not word.form.endswith(("ed", "ing"))
    return (word.kind == "name" or is_opening) and word.form not in OFFICES


def _is_like(one: str, other: str) -> bool:
    """Whether two offices may be one: "chair" and "chairwoman"."""
    return one == other or one[:5] == other[:5]
