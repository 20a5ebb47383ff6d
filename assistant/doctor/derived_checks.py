"""Checks of derived data: statements, the words of speakers' names, and near-duplicates are derived again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.doctor.examination import Examination
from assistant.doctor.findings import FIX_COMMAND, abbreviate_list
from assistant.doctor.queries import (
    StoredArticle,
    StoredPassage,
    bands_by_article,
    corrections_of,
    has_stray_statements,
    iter_articles,
    iter_texts,
    passages_by_article,
    speaker_words,
    speakers_with_roles,
    statement_places,
    stories_by_article,
)
from assistant.indexing.minhash import (
    DUPLICATE_SIMILARITY,
    Signature,
    compute_signature,
    estimate_similarity,
    hash_bands,
)
from assistant.records.finding import Finding
from assistant.records.statement import Statement
from assistant.speech.statements import find_speech
from assistant.store.codecs import decode_spans
from assistant.store.library import SqliteLibrary
from assistant.text.formatting import count_noun
from assistant.text.names import name_words


def check_derived_data(examination: Examination) -> Iterator[Finding]:
    """Statements, the words of names, and near-duplicates are what the text gives."""
    problems = [
        *_check_statements(examination),
        *_check_speaker_words(examination.library),
        *_check_stories(examination),
    ]
    if problems:
        examination.diagnosis.derived_damaged = True
        message = f"not what the text gives: {abbreviate_list(problems)}"
        yield Finding("statements", "error", message, f"{FIX_COMMAND} derives them again")
        return
    counts = examination.library.counts()
    yield Finding("statements", "ok", f"{count_noun(counts['statements'], 'statement')}, all what the text gives")
    yield Finding("duplicates", "ok", f"{count_noun(counts['duplicates'], 'near-duplicate')}")


def _check_statements(examination: Examination) -> Iterator[str]:
    library, diagnosis = examination.library, examination.diagnosis
    if has_stray_statements(library):
        yield "statements of articles that do not exist"
    passages = passages_by_article(library)
    for stored in iter_articles(library):
        if stored.number not in diagnosis.altered_articles and stored.number not in diagnosis.badly_chunked_articles:
            yield from _check_statements_of(stored, passages[stored.number], library)


def _check_statements_of(
    stored: StoredArticle, passages: Sequence[StoredPassage], library: SqliteLibrary
) -> Iterator[str]:
    assert isinstance(stored.sentences, bytes)
    expected, corrections = find_speech(stored.article, decode_spans(stored.sentences))
    found = library.statements(stored.article.id)
    if len(found) != len(expected) or list(map(_undo_correction, found, expected)) != expected:
        yield f"statements of {stored.article.id}"
        return
    if corrections_of(library, stored) != corrections:
        yield f"corrections of {stored.article.id}"
    places = statement_places(library, stored.number)
    if any(passage != _find_passage(passages, start) for start, passage in places):
        yield f"passages of the statements of {stored.article.id}"


def _undo_correction(stored: Statement, expected: Statement) -> Statement:
    """A stored statement as its article makes it, before a correction was applied."""
    return replace(stored, correction=None, status=expected.status) if stored.correction else stored


def _find_passage(passages: Sequence[StoredPassage], start: int) -> int:
    """The number of the last passage that begins at or before an offset."""
    before = [passage.number for passage in passages if passage.start <= start]
    return before[-1] if before else passages[0].number


def _check_speaker_words(library: SqliteLibrary) -> Iterator[str]:
    expected: set[tuple[str, str, str]] = set()
    for speaker, role in speakers_with_roles(library):
        if speaker is not None:
            expected.update((word, speaker, "name") for word in name_words(speaker))
            expected.update((word, speaker, "holder") for word in name_words(role or ""))
        elif role is not None:
            expected.update((word, role, "role") for word in name_words(role))
    if expected != speaker_words(library):
        yield "the words by which speakers are found"


def _check_stories(examination: Examination) -> Iterator[str]:
    stored, bands = stories_by_article(examination.library), bands_by_article(examination.library)
    signatures: dict[int, Signature | None] = {}
    for number, text in iter_texts(examination.library):
        if number in examination.diagnosis.altered_articles:
            stored.pop(number, None)
            continue
        signature = compute_signature(text)
        data = None if signature is None else signature.tobytes()
        if number not in stored or stored[number][1] != data:
            yield f"the signature of article number {number}"
            return
        if bands[number] != (set() if signature is None else set(hash_bands(signature))):
            yield f"the bands of article number {number}"
            return
        signatures[number] = signature
    if set(stored) != set(signatures):
        yield "near-duplicates of articles that do not exist"
    if group_stories(signatures, bands) != {number: stored[number][0] for number in signatures}:
        yield "which articles are near-duplicates"


def group_stories(signatures: Mapping[int, Signature | None], bands: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """For each article the lowest number of the articles that it is a near-duplicate of, over any chain of them."""
    lowest = {number: number for number in signatures}

    def find_root(number: int) -> int:
        while lowest[number] != number:
            number = lowest[number]
        return number

    neighbors: dict[int, list[int]] = defaultdict(list)
    for number, signature in signatures.items():
        for band in bands[number] if signature is not None else ():
            neighbors[band].append(number)
    for group in neighbors.values():
        for left, right in combinations(group, 2):
            first, second = sorted((find_root(left), find_root(right)))
            if first != second and _are_similar(signatures[left], signatures[right]):
                lowest[second] = first
    return {number: find_root(number) for number in signatures}


def _are_similar(left: Signature | None, right: Signature | None) -> bool:
    return left is not None and right is not None and estimate_similarity(left, right) >= DUPLICATE_SIMILARITY
