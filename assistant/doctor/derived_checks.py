"""Checks of derived data: statements, the words of speakers' names, and near-duplicates are derived again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from assistant.errors import LibraryDamaged
from assistant.indexing.enrichment import find_passage, speaker_word_rows
from assistant.indexing.stories import compute_stories
from assistant.indexing.workers.faults import SIGNATURE, STATEMENTS, FaultGuard, FaultRecord, decode_faults
from assistant.indexing.workers.local import sign_text
from assistant.records.checks import Finding
from assistant.records.statement import AttributionCorrection, Statement
from assistant.speech.statements import find_speech
from assistant.store.codecs import decode_spans
from assistant.store.library import SqliteLibrary
from assistant.text.formatting import count_noun


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
    yield from _note_faults(decode_faults(examination.library.manifest))
    counts = examination.library.counts()
    yield Finding("statements", "ok", f"{count_noun(counts['statements'], 'statement')}, all what the text gives")
    yield Finding("duplicates", "ok", f"{count_noun(counts['duplicates'], 'near-duplicate')}")


def _check_statements(examination: Examination) -> Iterator[str]:
    library, diagnosis = examination.library, examination.diagnosis
    if has_stray_statements(library):
        yield "statements of articles, or with corrections, that do not exist"
    passages = passages_by_article(library)
    failed = {each.id for each in decode_faults(library.manifest) if each.missing == STATEMENTS}
    for stored in iter_articles(library):
        if stored.number not in diagnosis.altered_articles and stored.number not in diagnosis.badly_chunked_articles:
            yield from _check_statements_of(stored, passages[stored.number], library, stored.article.id in failed)


def _note_faults(failed: Sequence[FaultRecord]) -> Iterator[Finding]:
    """Articles whose statements or signature a build could not find. That is no damage: nothing here can mend it."""
    for missing, check in ((STATEMENTS, "statements"), (SIGNATURE, "duplicates")):
        names = [f"{each.id} ({each.error})" for each in failed if each.missing == missing]
        if names:
            message = f"not known of {count_noun(len(names), 'article')}: {abbreviate_list(names)}"
            yield Finding(check, "note", message, "a fault of this program: please report it; each build tries again")


def _check_statements_of(
    stored: StoredArticle, passages: Sequence[StoredPassage], library: SqliteLibrary, has_failed: bool
) -> Iterator[str]:
    assert isinstance(stored.sentences, bytes)
    expected, corrections = list[Statement](), list[AttributionCorrection]()
    if not has_failed:
        with FaultGuard(stored.article.id):
            expected, corrections = find_speech(stored.article, decode_spans(stored.sentences))
    try:
        found = library.statements(stored.article.id)
    except LibraryDamaged:  # a value that no build writes
        yield f"statements of {stored.article.id}"
        return
    is_same = len(found) == len(expected) and list(map(_undo_correction, found, expected)) == expected
    if not is_same or not all(isinstance(start, int) for start, _ in statement_places(library, stored.number)):
        yield f"statements of {stored.article.id}"
        return
    if corrections_of(library, stored) != corrections:
        yield f"corrections of {stored.article.id}"
    places = statement_places(library, stored.number)
    starts = [(passage.start, passage.number) for passage in passages]
    if any(passage != find_passage(starts, start) for start, passage in places):
        yield f"passages of the statements of {stored.article.id}"


def _undo_correction(stored: Statement, expected: Statement) -> Statement:
    """A stored statement as its article makes it, before a correction was applied."""
    return replace(stored, correction=None, status=expected.status) if stored.correction else stored


def _check_speaker_words(library: SqliteLibrary) -> Iterator[str]:
    speakers = speakers_with_roles(library)
    expected = {row for speaker, role in speakers for row in speaker_word_rows(speaker, role)}
    if expected != speaker_words(library):
        yield "the words by which speakers are found"


def _check_stories(examination: Examination) -> Iterator[str]:
    library, altered = examination.library, examination.diagnosis.altered_articles
    stored, bands = stories_by_article(library), bands_by_article(library)
    failed = {each.id for each in decode_faults(library.manifest) if each.missing == SIGNATURE}
    examined: set[int] = set()
    for number, article_id, text, url in iter_texts(library):
        examined.add(number)
        if number in altered:
            continue
        data, expected_bands, fault = sign_text(str(number), text, url)
        if fault is not None and stored.get(number, (0, None))[1] is not None:
            continue  # nothing here tells what it should be
        if article_id in failed:  # the next build tries again
            data, expected_bands = None, set()
        if number not in stored or stored[number][1] != data:
            yield f"the signature of article number {number}"
            return
        if bands[number] != expected_bands:
            yield f"the bands of article number {number}"
            return
    if not set(stored) <= examined:
        yield "near-duplicates of articles that do not exist"
    if not altered and compute_stories(library.select_unchecked) != {
        number: story for number, (story, _) in stored.items()
    }:
        yield "which articles are near-duplicates"
