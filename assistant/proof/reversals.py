"""Where a source says the reverse of a sentence: denies it, has a word of opposite meaning, or two parts exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.evidence.premises.opposites import are_opposite, is_mutual, reduce_verb
from assistant.proof.claims import Claim
from assistant.proof.shortening.alignment import count_beside, is_same_word
from assistant.proof.sources import ReadSource
from assistant.proof.words import CLAIMS, FAILING, SPEAKING_FORMS, Word
from assistant.records.proof import FindingKind, ProofFinding
from assistant.text.stemming import stem

MAX_TO_VERB = 2  # words between "not" and its verb
MIN_ALIKE = 0.75  # share of the words of a sentence that a source with the opposite of one of them has
NEAR = 4  # words beside a word among which is what it is said of
_COMPARED = ("content", "name", "number", "day")
_SWAPPED = ("content", "name", "number")
_ALL = CLAIMS.exclusive["all"]
_SYMMETRIC = frozenset(map(reduce_verb, CLAIMS.symmetric))


def find_reversals(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """What a source says the other way round than a sentence; each `is_contrary`."""
    yield from _find_negations(claim, source)
    yield from _find_opposites(claim, source)
    yield from _find_exchanges(claim, source)
    yield from _find_swaps(claim, source)


def same_verb(one: Word, other: Word) -> bool:
    """Whether two words are forms of one: "got" and "get"."""
    return is_same_word(one, other) or (
        one.kind == other.kind == "content" and reduce_verb(one.form) == reduce_verb(other.form)
    )


# ------------------------------------------------------------------------------------------------------------ negations


def _find_negations(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """A verb that is denied in one of both, and in the other stands beside a word that both have, without a negation.

    Nothing is found if the other denies something of which the one has no word: it may be the same in other words.
    """
    for first, second, reason in (
        (claim.words, source.words, "the source does not deny this"),
        (source.words, claim.words, "the source denies this"),
    ):
        if any(not _has(first, verb) for _, verb in _denied(second)):
            continue
        for word, verb in _denied(first):
            place = first.index(verb)
            same = [
                at
                for at, other in enumerate(second)
                if same_verb(verb, other)
                and (_share_neighbour(first, place, second, at) or _share_object(first, place, second, at))
            ]
            if same and not any(_is_denied(second, at) for at in same):
                yield ProofFinding("negation", word.form, reason, is_contrary=True)


def _denied(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Each negation, or "failed to", with the verb, or the word, that it denies; not "not only"."""
    for at, word in enumerate(words[:-1]):
        is_failing = stem(word.form) in FAILING and words[at + 1].form == "to"
        if not is_failing and (word.form not in CLAIMS.denying or words[at + 1].form in CLAIMS.adding):
            continue
        near = words[at + 1 : at + 2 + MAX_TO_VERB]
        after = [other for other in near if other.kind in ("content", "name") and other.form not in CLAIMS.nobody]
        if CLAIMS.exclusive.get(near[0].form) == _ALL:  # "not all of them"
            after = list(near)
        if after and not any(other.kind == "number" for other in words[at + 1 : at + 3]):
            yield word, after[0]


def _is_denied(words: Sequence[Word], at: int) -> bool:
    before = words[max(0, at - 2 - MAX_TO_VERB) : at]
    return any(word.kind == "negation" or stem(word.form) in FAILING for word in before)


def _has(words: Sequence[Word], wanted: Word) -> bool:
    return any(same_verb(wanted, word) for word in words)


# ------------------------------------------------------------------------------------------------------------ opposites


def _find_opposites(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """A word in whose place the source has one of opposite meaning, said of the same word, neither of them denied."""
    compared = [word for word in claim.words if word.kind in _COMPARED]
    if sum(_has(source.words, word) for word in compared) < MIN_ALIKE * (len(compared) - 1):
        return
    for at, word in enumerate(claim.words):
        if word.kind != "content" or is_mutual(word.form) or _has(source.words, word):
            continue
        for place, other in enumerate(source.words):
            if (
                other.kind == "content"
                and are_opposite(word.form, other.form)
                and not _has(claim.words, other)
                and _is_denied(claim.words, at) == _is_denied(source.words, place)
                and _share_neighbour(claim.words, at, source.words, place)
            ):
                written, reason = claim.text[word.start : word.end], source.text[other.start : other.end]
                yield ProofFinding("wording", written, f"the source has “{reason}”", is_contrary=True)
                break


def _share_neighbour(words: Sequence[Word], at: int, others: Sequence[Word], place: int) -> bool:
    """Whether two words are said of the same: of one that follows both, or precedes both where one has none after."""
    here, there = _near(words[at + 1 : at + 1 + NEAR]), _near(others[place + 1 : place + 1 + NEAR])
    if not here or not there:
        here, there = _near(words[max(0, at - NEAR) : at]), _near(others[max(0, place - NEAR) : place])
    return any(_has(there, each) for each in here)


def _share_object(words: Sequence[Word], at: int, others: Sequence[Word], place: int) -> bool:
    """Whether what is before a passive verb stands behind the other: "no deal was reached", "they reached a deal"."""
    first, second = ((words, at), (others, place))
    if _is_passive(*first) == _is_passive(*second):
        return False
    passive, active = (first, second) if _is_passive(*first) else (second, first)
    subject = _near(passive[0][max(0, passive[1] - NEAR * 2) : passive[1]])
    behind = _near(active[0][active[1] + 1 : active[1] + 1 + NEAR])
    return any(_has(subject, word) for word in behind[:1])


def _is_passive(words: Sequence[Word], at: int) -> bool:
    return any(word.root == "be" for word in words[max(0, at - 2) : at])


def _near(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind in _COMPARED]


# ------------------------------------------------------------------------------------------------------------ exchanges


def _find_exchanges(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """Two numbers or names of which a sentence says what the source says of the other: "two died, three were hurt"."""
    own = _split_clauses(source.words)
    clauses = _split_clauses(claim.words)
    placed = []
    for clause in clauses:
        for anchor in (word for word in clause if word.kind in ("number", "name")):
            holding = [each for each in own if _has(each, anchor)]
            if len(holding) == 1 and not any(_has(each, anchor) for each in clauses if each is not clause):
                placed.append((anchor, clause, holding[0]))
    for (anchor, clause, there), (other, other_clause, other_there) in combinations(placed, 2):
        if (
            anchor.kind == other.kind
            and clause is not other_clause
            and there is not other_there
            and _crosses(clause, other_clause, there, other_there)
            and _crosses(other_clause, clause, other_there, there)
        ):
            written, instead = claim.text[anchor.start : anchor.end], claim.text[other.start : other.end]
            kind: FindingKind = "number" if anchor.kind == "number" else "name"
            yield ProofFinding(kind, written, f"the source says this of “{instead}”", is_contrary=True)


def _crosses(clause: Sequence[Word], other: Sequence[Word], holding: Sequence[Word], rival: Sequence[Word]) -> bool:
    """Whether a clause says what the source says in the clause of the other, and there alone."""
    return any(
        _has(rival, word) and not _has(holding, word) and not _has(other, word)
        for word in clause
        if word.kind == "content"
    )


def _find_swaps(claim: Claim, source: ReadSource) -> Iterator[ProofFinding]:
    """Two words of a clause, each where the source has the other: "rose from six to five" for "from five to six"."""
    claimed, own = ([word for word in each.words if word.kind != "optional"] for each in (claim, source))
    found = [
        (at, [place for place, other in enumerate(own) if is_same_word(word, other)])
        for at, word in enumerate(claimed)
        if word.kind in _SWAPPED and word.form not in SPEAKING_FORMS and _is_once(word, claimed)
    ]
    for (at, places), (other, others) in combinations([each for each in found if each[1]], 2):
        if (
            (claimed[at].kind == "number") == (claimed[other].kind == "number")
            and min(others) < max(places)
            and _is_more_than_joined(claimed[at + 1 : other])
            and _stands_rather(claimed, at, own, others, places)
            and _stands_rather(claimed, other, own, places, others)
        ):
            kinds = {claimed[at].kind, claimed[other].kind}
            kind: FindingKind = "number" if "number" in kinds else "name" if "name" in kinds else "wording"
            written = claim.text[claimed[at].start : claimed[at].end]
            instead = claim.text[claimed[other].start : claimed[other].end]
            yield ProofFinding(kind, written, f"the source has “{instead}” here, and this there", is_contrary=True)


def _is_more_than_joined(between: Sequence[Word]) -> bool:
    """Whether what stands between two words does not make them alike: "Lund and Reed", "Lund met Reed"."""
    is_symmetric = any(word.form in CLAIMS.symmetric or reduce_verb(word.form) in _SYMMETRIC for word in between)
    return not is_symmetric and any(word.kind not in ("auxiliary", "conjunction") for word in between)


def _stands_rather(
    claimed: Sequence[Word], at: int, own: Sequence[Word], others: Sequence[int], places: Sequence[int]
) -> bool:
    """Whether a word stands as another one does in a source, more than as it does there itself."""
    rather, itself = (
        max(sum(count_beside(claimed, at, own, each, within_clause=True)) for each in several)
        for several in (others, places)
    )
    return rather > itself


def _is_once(word: Word, words: Sequence[Word]) -> bool:
    return sum(is_same_word(word, other) for other in words) == 1


def _split_clauses(words: Sequence[Word]) -> list[list[Word]]:
    clauses: list[list[Word]] = [[]]
    for word in words:
        if word.mark not in ("", "“") or word.kind == "conjunction":
            clauses.append([])
        clauses[-1].append(word)
    return [clause for clause in clauses if clause]
