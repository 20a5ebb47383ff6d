"""Checks of articles, passages, vectors and file records: each is compared with what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from assistant.doctor.examination import Examination
from assistant.doctor.findings import FIX_COMMAND, abbreviate_list
from assistant.doctor.queries import (
    StoredArticle,
    StoredPassage,
    file_rows,
    iter_articles,
    iter_vectors,
    iter_versions,
    passages_by_article,
)
from assistant.embedding.model_files import Vectors
from assistant.errors import LibraryDamaged
from assistant.indexing.changes import FileRecord, decode_notices, load_file_records
from assistant.indexing.workers.faults import FAULT_REPORT
from assistant.indexing.writer import hash_article, make_vector_key
from assistant.records.article import READER_FAILED, Article
from assistant.records.checks import Finding
from assistant.store.codecs import decode_spans, decode_vector
from assistant.store.faiss_index import VectorIndex
from assistant.store.fts import count_words
from assistant.store.queries.base import compute_text_sha256
from assistant.text.formatting import count_noun


def check_articles(examination: Examination) -> Iterator[Finding]:
    """Every article is as it was read from its file."""
    altered: list[str] = []
    count = 0
    for stored in iter_articles(examination.library):
        count += 1
        if not _is_article_unaltered(stored):
            altered.append(stored.article.id)
            examination.diagnosis.altered_articles[stored.number] = stored.file
    if altered:
        message = f"{count_noun(len(altered), 'article')} not as read: {abbreviate_list(altered)}"
        remedy = f"{FIX_COMMAND} reads the files again; an article whose file no longer exists is lost"
        yield Finding("articles", "error", message, remedy)
    else:
        yield Finding("articles", "ok", f"{count_noun(count, 'article')}, all as they were read")


def _is_article_unaltered(stored: StoredArticle) -> bool:
    try:
        return hash_article(stored.article) == stored.record_sha256
    except (TypeError, ValueError):  # bytes where text should be, half a surrogate pair
        return False


def check_passages(examination: Examination) -> Iterator[Finding]:
    """Every article is divided into the sentences and passages that its vectors were made from."""
    library, diagnosis = examination.library, examination.diagnosis
    model = library.manifest.get("model_sha256", "")
    passages = passages_by_article(library)
    count = sum(map(len, passages.values()))
    for stored in iter_articles(library):
        own = passages.pop(stored.number, [])
        if stored.number not in diagnosis.altered_articles and not _is_chunked_correctly(stored, own, model):
            diagnosis.badly_chunked_articles.add(stored.number)
    diagnosis.badly_chunked_articles |= set(passages)  # passages of articles that do not exist
    if diagnosis.badly_chunked_articles:
        damaged = count_noun(len(diagnosis.badly_chunked_articles), "article")
        remedy = f"{FIX_COMMAND} divides them again"
        yield Finding("passages", "error", f"the passages of {damaged} are not what was embedded", remedy)
    else:
        yield Finding("passages", "ok", f"{count_noun(count, 'passage')}, all as they were embedded")


def _is_chunked_correctly(stored: StoredArticle, passages: Sequence[StoredPassage], model: str) -> bool:
    """Whether the sentences cover the text, and each passage is exactly what its vector was made from."""
    article = stored.article
    if not isinstance(stored.sentences, bytes) or len(stored.sentences) % 16:
        return False
    if stored.words != count_words(article.text):
        return False
    try:
        spans = decode_spans(stored.sentences)
    except LibraryDamaged:
        return False
    sentences = "".join(article.text[start:end] for start, end in spans)
    if "".join(sentences.split()) != "".join(article.text.split()):
        return False
    contexts = list(_iter_contexts(article))
    previous_end = 0
    for ordinal, passage in enumerate(passages):
        if not all(isinstance(offset, int) for offset in (passage.start, passage.end)):
            return False
        if not (passage.ordinal == ordinal and previous_end <= passage.start < passage.end <= len(article.text)):
            return False
        body = article.text[passage.start : passage.end]
        if not any(make_vector_key(model, context, body) == passage.key for context in contexts):
            return False
        previous_end = passage.end
    return bool(passages) or not article.text.strip()


def _iter_contexts(article: Article) -> Iterator[str]:
    """All that can have been embedded before a passage: the title, shortened until it fits, and the day."""
    date = f" ({article.published_at[:10]})" if article.published_at else ""
    words = article.title.split()
    while words:
        yield f"{' '.join(words)}{date}\n"
        words = words[: len(words) * 3 // 4]
    yield ""


def check_vectors(examination: Examination) -> Iterator[Finding]:
    """Every passage has an intact vector, and the FAISS file contains the same vectors."""
    library, diagnosis = examination.library, examination.diagnosis
    vectors: dict[int, Vectors] = {}
    for number, key, data in iter_vectors(library):
        vector = decode_vector(key, data, library.dimension) if isinstance(key, bytes) else None
        if vector is None or not np.isfinite(vector).all():
            diagnosis.lost_vectors.add(key)
        else:
            vectors[number] = vector
    problem = _find_vectors_file_problem(examination, vectors)
    diagnosis.vectors_file_damaged = bool(problem)
    if diagnosis.lost_vectors:
        source = "embeds their passages again" if problem else "takes them from the FAISS file, or embeds them again"
        message = f"{count_noun(len(diagnosis.lost_vectors), 'stored vector')} missing or damaged"
        yield Finding("vectors", "error", message, f"{FIX_COMMAND} {source}")
    else:
        yield Finding("vectors", "ok", f"{count_noun(len(vectors), 'stored vector')}, all intact")
    name = examination.vectors_file
    if problem:
        remedy = f"{FIX_COMMAND} builds it from the stored vectors"
        yield Finding("FAISS file", "error", f"{name}: {problem}", remedy)
    else:
        yield Finding("FAISS file", "ok", f"{name}: intact, with the same vectors as the database")


def _find_vectors_file_problem(examination: Examination, vectors: dict[int, Vectors]) -> str:
    """What is wrong with the FAISS file; empty if nothing is."""
    library = examination.library
    path = examination.folder / examination.vectors_file
    try:
        index = VectorIndex.load(path, library.manifest["vectors_sha256"], library.dimension)
    except LibraryDamaged as error:
        return str(error).removeprefix(f"{path}: ")
    is_same = len(index) == library.passage_count() and index.has_vectors(vectors)
    return "" if is_same else "does not contain the stored vectors"


def check_versions(examination: Examination) -> Iterator[Finding]:
    """The earlier texts of articles are what was read."""
    damaged = examination.diagnosis.damaged_versions
    count = 0
    for number, sha256, text in iter_versions(examination.library):
        count += 1
        if not isinstance(text, str) or compute_text_sha256(text) != sha256:
            damaged.add(number)
    if damaged:
        message = f"{count_noun(len(damaged), 'earlier text')} of articles not as read"
        yield Finding("versions", "error", message, f"{FIX_COMMAND} deletes them: they are lost")
    elif count:
        yield Finding("versions", "ok", f"{count_noun(count, 'earlier text')} of articles, all as they were read")


def check_file_records(examination: Examination) -> Iterator[Finding]:
    """The records of the files that were read can be read themselves."""
    records = load_file_records(file_rows(examination.library))
    damaged = examination.diagnosis.damaged_file_records
    damaged.update(path for path, record in records.items() if not _is_file_record_intact(record))
    if damaged:
        message = f"damaged records of {abbreviate_list(sorted(map(str, damaged)))}"
        yield Finding("files", "error", message, f"{FIX_COMMAND} reads these files again")
    else:
        yield Finding("files", "ok", f"built from {count_noun(len(records), 'file')}")
    failed = {
        f"{notice.place} ({notice.reason})"
        for record in records.values()
        if _is_file_record_intact(record)
        for notice in decode_notices(record)
        if notice.reason.startswith(READER_FAILED) or FAULT_REPORT in notice.reason
    }
    if failed:
        yield Finding("files", "note", f"failed, and are tried again by each build: {abbreviate_list(sorted(failed))}")


def _is_file_record_intact(record: FileRecord) -> bool:
    try:
        list(decode_notices(record))
    except LibraryDamaged:
        return False
    numbers = (record.size, record.mtime_ns, record.seen_ns)
    return all(isinstance(number, int) for number in numbers) and isinstance(record.sha256, str)
