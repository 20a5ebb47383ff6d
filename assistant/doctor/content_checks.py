"""Checks of what is in a library, article by article: nothing is believed that can be worked out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from assistant.doctor.findings import Diagnosis, Finding, abbreviate_list
from assistant.errors import LibraryDamaged
from assistant.indexing.changes import decode_notices, load_file_records
from assistant.indexing.minhash import DUPLICATE_SIMILARITY, compute_signature, estimate_similarity, hash_bands
from assistant.indexing.writer import hash_article, make_vector_key
from assistant.records.article import Article
from assistant.speech.statements import find_statements
from assistant.store.codecs import decode_spans, decode_vector
from assistant.store.faiss_index import VectorIndex
from assistant.store.fts import count_words
from assistant.store.library import SqliteLibrary
from assistant.store.queries.base import ARTICLE_COLUMNS
from assistant.text.formatting import count_noun
from assistant.text.names import name_words

FIX_COMMAND = "assistant doctor --fix"


def check_articles(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Every article is as it was read, cut as it was embedded, and says what its statements say."""
    model = library.manifest.get("model_sha256", "")
    passages = _group_rows(
        library, "SELECT article, ordinal, start, end, vector_key FROM passage ORDER BY article, ordinal"
    )
    altered: list[str] = []
    count = passage_count = 0
    rows = library.select(
        f"SELECT number, file, record_sha256, words, sentences, {ARTICLE_COLUMNS} FROM article ORDER BY number"
    )
    for number, file, record, words, sentences, *rest in rows:
        count += 1
        cut = passages.pop(number, [])
        passage_count += len(cut)
        article = Article(*rest)
        if not _is_article_unaltered(article, record):
            altered.append(article.id)
            diagnosis.altered_articles[number] = file
        elif words != count_words(article.text) or not _is_chunked_correctly(article, sentences, cut, model):
            diagnosis.badly_chunked_articles.add(number)
    if altered:
        yield diagnosis.add(
            "articles",
            "fault",
            f"{count_noun(len(altered), 'article')} not as read: {abbreviate_list(altered)}",
            f"{FIX_COMMAND} reads the files again; an article whose file is gone is lost",
        )
    else:
        yield diagnosis.add("articles", "ok", f"{count_noun(count, 'article')}, each as it was read")
    if diagnosis.badly_chunked_articles or passages:
        diagnosis.badly_chunked_articles |= set(passages)
        yield diagnosis.add(
            "passages",
            "fault",
            f"the passages of {count_noun(len(diagnosis.badly_chunked_articles), 'article')} "
            "are not where they were cut",
            f"{FIX_COMMAND} cuts them again",
        )
    else:
        yield diagnosis.add("passages", "ok", f"{count_noun(passage_count, 'passage')}, each where it was cut")


def _group_rows(library: SqliteLibrary, query: str) -> dict[int, list[Sequence[Any]]]:
    """Rows by their first column."""
    groups: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for first, *rest in library.select(query):
        groups[first].append(rest)
    return dict(groups)


def _is_article_unaltered(article: Article, record: object) -> bool:
    try:
        return hash_article(article) == record
    except (TypeError, ValueError):  # bytes where text should be, half a surrogate pair
        return False


def _is_chunked_correctly(article: Article, sentences: object, passages: Sequence[Sequence[Any]], model: str) -> bool:
    """Sentences hold the text, and each passage is the very words that its vector was made from."""
    if not isinstance(sentences, bytes) or len(sentences) % 16:
        return False
    spans = decode_spans(sentences)
    if "".join("".join(article.text[start:end] for start, end in spans).split()) != "".join(article.text.split()):
        return False
    contexts = list(_iter_contexts(article))
    end_of_last = 0
    for expected, (ordinal, start, end, key) in enumerate(passages):
        if not (ordinal == expected and end_of_last <= start < end <= len(article.text)):
            return False
        if not any(make_vector_key(model, context, article.text[start:end]) == key for context in contexts):
            return False
        end_of_last = end
    return bool(passages) or not article.text.strip()


def _iter_contexts(article: Article) -> Iterator[str]:
    """What the embedder can have read before each passage: the title, shortened until it fits, and the day."""
    date = f" ({article.published_at[:10]})" if article.published_at else ""
    words = article.title.split()
    while words:
        yield f"{' '.join(words)}{date}\n"
        words = words[: len(words) * 3 // 4]
    yield ""


def check_vectors(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Every passage has its vector, each vector is what was stored, and the FAISS file holds the same."""
    dimension = int(library.manifest["dimension"])
    whole: dict[int, Any] = {}
    rows = library.select(
        "SELECT passage.number, passage.vector_key, vector.data FROM passage"
        " LEFT JOIN vector ON vector.key = passage.vector_key"
    )
    for number, key, data in rows:
        vector = decode_vector(key, data, dimension) if isinstance(key, bytes) else None
        if vector is None or not np.isfinite(vector).all():
            diagnosis.lost_vectors.add(key)
        else:
            whole[number] = vector
    path = library.folder / library.manifest["vectors_file"]
    try:
        index = VectorIndex.load(path, library.manifest["vectors_sha256"])
        same = len(index) == library.passage_count() and index.has_vectors(whole)
        problem = "" if same else "does not hold what is stored"
    except LibraryDamaged as error:
        problem = str(error).removeprefix(f"{path}: ")
    diagnosis.vectors_file_damaged = bool(problem)
    if diagnosis.lost_vectors:
        where = "embeds their passages again" if problem else "takes them from the FAISS file, or embeds them again"
        yield diagnosis.add(
            "vectors",
            "fault",
            f"{count_noun(len(diagnosis.lost_vectors), 'stored vector')} missing or not what was stored",
            f"{FIX_COMMAND} {where}",
        )
    else:
        yield diagnosis.add("vectors", "ok", f"{count_noun(len(whole), 'stored vector')}, each what was stored")
    if problem:
        yield diagnosis.add(
            "FAISS file", "fault", f"{path.name}: {problem}", f"{FIX_COMMAND} makes it from the stored vectors"
        )
    else:
        yield diagnosis.add("FAISS file", "ok", f"{path.name}: whole, and the same as what is stored")


def check_derived(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Statements, the words of names, and stories are what the text gives."""
    wrong = [
        *_check_statements(library, diagnosis),
        *_check_names(library),
        *_check_stories(library, diagnosis),
    ]
    if wrong:
        diagnosis.derived_damaged = True
        yield diagnosis.add("statements", "fault", abbreviate_list(wrong), f"{FIX_COMMAND} finds them anew")
        return
    counts = library.counts()
    yield diagnosis.add(
        "statements", "ok", f"{count_noun(counts['statements'], 'statement')}, each what the text gives"
    )
    yield diagnosis.add("stories", "ok", f"{count_noun(counts['duplicates'], 'near-duplicate')} known as copies")


def _check_statements(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[str]:
    cut = _group_rows(library, "SELECT article, start, end, number FROM passage ORDER BY article, ordinal")
    stray = library.select("SELECT count(*) FROM statement WHERE article NOT IN (SELECT number FROM article)")
    if next(stray)[0]:
        yield "statements of articles that are not there"
    for number, sentences, *rest in library.select(f"SELECT number, sentences, {ARTICLE_COLUMNS} FROM article"):
        if number in diagnosis.altered_articles or number in diagnosis.badly_chunked_articles:
            continue
        article = Article(*rest)
        found = list(find_statements(article, decode_spans(sentences)))
        if library.statements(article.id) != found:
            yield f"statements of {article.id}"
            continue
        begins = library.select("SELECT start, passage FROM statement WHERE article = ? ORDER BY number", (number,))
        if any(passage != _find_passage(cut[number], start) for start, passage in begins):
            yield f"places of the statements of {article.id}"


def _find_passage(passages: Sequence[Sequence[Any]], start: int) -> int:
    before = [number for first, _, number in passages if first <= start]
    return int(before[-1] if before else passages[0][2])


def _check_names(library: SqliteLibrary) -> Iterator[str]:
    expected: set[tuple[str, str, str]] = set()
    for speaker, role in library.select("SELECT DISTINCT speaker, role FROM statement"):
        if speaker is not None:
            expected.update((word, speaker, "name") for word in name_words(speaker))
            expected.update((word, speaker, "holder") for word in name_words(role or ""))
        elif role is not None:
            expected.update((word, role, "role") for word in name_words(role))
    if expected != set(map(tuple, library.select("SELECT word, name, kind FROM speaker_word"))):
        yield "the words by which speakers are found"


def _check_stories(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[str]:
    stored = {
        article: (story, data) for article, story, data in library.select("SELECT article, story, signature FROM story")
    }
    hashes: dict[int, set[int]] = defaultdict(set)
    for band, article in library.select("SELECT hash, article FROM band"):
        hashes[article].add(band)
    signatures: dict[int, Any] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for number, text in library.select("SELECT number, text FROM article"):
        if number in diagnosis.altered_articles:
            continue
        made = compute_signature(text)
        story, data = stored.get(number, (None, None))
        if story is None or data != (None if made is None else made.tobytes()):
            yield f"the signature of article number {number}"
            return
        if hashes[number] != (set() if made is None else set(hash_bands(made))):
            yield f"the bands of article number {number}"
            return
        members[story].append(number)
        if made is not None:
            signatures[number] = made
    if set(stored) != {number for group in members.values() for number in group} | set(
        diagnosis.altered_articles
    ) & set(stored):
        yield "stories of articles that are not there"
    expected = {number: number for group in members.values() for number in group} | dict(
        _group_stories(signatures, hashes)
    )
    if expected != {number: story for story, group in members.items() for number in group}:
        yield "which articles are one story"


def _group_stories(signatures: dict[int, Any], hashes: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
    """Each article with the least number of those it is one story with."""
    least = {number: number for number in signatures}

    def root(number: int) -> int:
        while least[number] != number:
            number = least[number]
        return number

    together: dict[int, list[int]] = defaultdict(list)
    for number in signatures:
        for band in hashes[number]:
            together[band].append(number)
    for group in together.values():
        for one, other in combinations(group, 2):
            first, second = sorted((root(one), root(other)))
            if first != second and estimate_similarity(signatures[one], signatures[other]) >= DUPLICATE_SIMILARITY:
                least[second] = first
    for number in signatures:
        yield number, root(number)


def check_files(library: SqliteLibrary, diagnosis: Diagnosis) -> Iterator[Finding]:
    """What is noted of the files that were read can be read itself."""
    known = load_file_records(library.file_rows())
    for path, record in known.items():
        try:
            list(decode_notices(record))
        except LibraryDamaged:
            diagnosis.damaged_file_records.add(path)
        numbers = (record.size, record.mtime_ns, record.seen_ns)
        if not all(isinstance(number, int) for number in numbers) or not isinstance(record.sha256, str):
            diagnosis.damaged_file_records.add(path)
    if diagnosis.damaged_file_records:
        yield diagnosis.add(
            "files",
            "fault",
            f"what is noted of {abbreviate_list(sorted(diagnosis.damaged_file_records))}",
            f"{FIX_COMMAND} reads them again",
        )
    else:
        yield diagnosis.add("files", "ok", f"made from {count_noun(len(known), 'file')}")
