"""Checks of what is in a library, article by article: nothing is believed that can be worked out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from assistant.doctor.findings import Diagnosis, Finding, named
from assistant.errors import LibraryDamaged
from assistant.indexing.changes import FILES, files_read, stored_notices
from assistant.indexing.minhash import SAME_STORY, bands, signature, similarity
from assistant.indexing.writer import record_sha256, vector_key
from assistant.records.article import Article
from assistant.speech.statements import find_statements
from assistant.store.codecs import unpack_spans, unpacked
from assistant.store.faiss_index import VectorIndex
from assistant.store.library import ARTICLE_COLUMNS, Library
from assistant.text.formatting import counted
from assistant.text.names import name_words

FIX = "assistant doctor --fix"


def check_articles(library: Library, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Every article is as it was read, cut as it was embedded, and says what its statements say."""
    model = library.manifest.get("model_sha256", "")
    passages = _grouped(
        library, "SELECT article, ordinal, start, end, vector_key FROM passage ORDER BY article, ordinal"
    )
    altered: list[str] = []
    count = passage_count = 0
    rows = library.rows(
        f"SELECT number, file, record_sha256, sentences, {ARTICLE_COLUMNS} FROM article ORDER BY number"
    )
    for number, file, record, sentences, *rest in rows:
        count += 1
        cut = passages.pop(number, [])
        passage_count += len(cut)
        article = Article(*rest)
        if not _is_as_read(article, record):
            altered.append(article.id)
            diagnosis.altered[number] = file
        elif not _is_cut_right(article, sentences, cut, model):
            diagnosis.miscut.add(number)
    if altered:
        yield diagnosis.add(
            "articles",
            "fault",
            f"{counted(len(altered), 'article')} not as read: {named(altered)}",
            f"{FIX} reads the files again; an article whose file is gone is lost",
        )
    else:
        yield diagnosis.add("articles", "ok", f"{counted(count, 'article')}, each as it was read")
    if diagnosis.miscut or passages:
        diagnosis.miscut |= set(passages)
        yield diagnosis.add(
            "passages",
            "fault",
            f"the passages of {counted(len(diagnosis.miscut), 'article')} are not where they were cut",
            f"{FIX} cuts them again",
        )
    else:
        yield diagnosis.add("passages", "ok", f"{counted(passage_count, 'passage')}, each where it was cut")


def _grouped(library: Library, query: str) -> dict[int, list[Sequence[Any]]]:
    """Rows by their first column."""
    groups: dict[int, list[Sequence[Any]]] = defaultdict(list)
    for first, *rest in library.rows(query):
        groups[first].append(rest)
    return dict(groups)


def _is_as_read(article: Article, record: object) -> bool:
    try:
        return record_sha256(article) == record
    except (TypeError, ValueError):  # bytes where text should be, half a surrogate pair
        return False


def _is_cut_right(article: Article, sentences: object, passages: Sequence[Sequence[Any]], model: str) -> bool:
    """Sentences hold the text, and each passage is the very words that its vector was made from."""
    if not isinstance(sentences, bytes) or len(sentences) % 16:
        return False
    spans = unpack_spans(sentences)
    if "".join("".join(article.text[start:end] for start, end in spans).split()) != "".join(article.text.split()):
        return False
    contexts = list(_contexts(article))
    end_of_last = 0
    for expected, (ordinal, start, end, key) in enumerate(passages):
        if not (ordinal == expected and end_of_last <= start < end <= len(article.text)):
            return False
        if not any(vector_key(model, context, article.text[start:end]) == key for context in contexts):
            return False
        end_of_last = end
    return bool(passages) or not article.text.strip()


def _contexts(article: Article) -> Iterator[str]:
    """What the embedder can have read before each passage: the title, shortened until it fits, and the day."""
    date = f" ({article.published_at[:10]})" if article.published_at else ""
    words = article.title.split()
    while words:
        yield f"{' '.join(words)}{date}\n"
        words = words[: len(words) * 3 // 4]
    yield ""


def check_vectors(library: Library, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Every passage has its vector, each vector is what was stored, and the FAISS file holds the same."""
    dimension = int(library.manifest["dimension"])
    whole: dict[int, Any] = {}
    rows = library.rows(
        "SELECT passage.number, passage.vector_key, vector.data FROM passage"
        " LEFT JOIN vector ON vector.key = passage.vector_key"
    )
    for number, key, data in rows:
        vector = unpacked(key, data, dimension) if isinstance(key, bytes) else None
        if vector is None or not np.isfinite(vector).all():
            diagnosis.lost_vectors.add(key)
        else:
            whole[number] = vector
    path = library.folder / library.manifest["vectors_file"]
    try:
        index = VectorIndex.load(path, library.manifest["vectors_sha256"])
        same = len(index) == library.passage_count() and index.holds(whole)
        problem = "" if same else "does not hold what is stored"
    except LibraryDamaged as error:
        problem = str(error).removeprefix(f"{path}: ")
    diagnosis.vectors_file = bool(problem)
    if diagnosis.lost_vectors:
        where = "embeds their passages again" if problem else "takes them from the FAISS file, or embeds them again"
        yield diagnosis.add(
            "vectors",
            "fault",
            f"{counted(len(diagnosis.lost_vectors), 'stored vector')} missing or not what was stored",
            f"{FIX} {where}",
        )
    else:
        yield diagnosis.add("vectors", "ok", f"{counted(len(whole), 'stored vector')}, each what was stored")
    if problem:
        yield diagnosis.add("FAISS file", "fault", f"{path.name}: {problem}", f"{FIX} makes it from the stored vectors")
    else:
        yield diagnosis.add("FAISS file", "ok", f"{path.name}: whole, and the same as what is stored")


def check_derived(library: Library, diagnosis: Diagnosis) -> Iterator[Finding]:
    """Statements, the words of names, and stories are what the text gives."""
    wrong = [
        *_check_statements(library, diagnosis),
        *_check_names(library),
        *_check_stories(library, diagnosis),
    ]
    if wrong:
        diagnosis.derived = True
        yield diagnosis.add("statements", "fault", named(wrong), f"{FIX} finds them anew")
        return
    counts = library.counts()
    yield diagnosis.add("statements", "ok", f"{counted(counts['statements'], 'statement')}, each what the text gives")
    yield diagnosis.add("stories", "ok", f"{counted(counts['duplicates'], 'near-duplicate')} known as copies")


def _check_statements(library: Library, diagnosis: Diagnosis) -> Iterator[str]:
    cut = _grouped(library, "SELECT article, start, end, number FROM passage ORDER BY article, ordinal")
    stray = library.rows("SELECT count(*) FROM statement WHERE article NOT IN (SELECT number FROM article)")
    if next(stray)[0]:
        yield "statements of articles that are not there"
    for number, sentences, *rest in library.rows(f"SELECT number, sentences, {ARTICLE_COLUMNS} FROM article"):
        if number in diagnosis.altered or number in diagnosis.miscut:
            continue
        article = Article(*rest)
        found = list(find_statements(article, unpack_spans(sentences)))
        if library.statements(article.id) != found:
            yield f"statements of {article.id}"
            continue
        begins = library.rows("SELECT start, passage FROM statement WHERE article = ? ORDER BY number", (number,))
        if any(passage != _passage_at(cut[number], start) for start, passage in begins):
            yield f"places of the statements of {article.id}"


def _passage_at(passages: Sequence[Sequence[Any]], start: int) -> int:
    before = [number for first, _, number in passages if first <= start]
    return int(before[-1] if before else passages[0][2])


def _check_names(library: Library) -> Iterator[str]:
    expected: set[tuple[str, str, str]] = set()
    for speaker, role in library.rows("SELECT DISTINCT speaker, role FROM statement"):
        if speaker is not None:
            expected.update((word, speaker, "name") for word in name_words(speaker))
            expected.update((word, speaker, "holder") for word in name_words(role or ""))
        elif role is not None:
            expected.update((word, role, "role") for word in name_words(role))
    if expected != set(map(tuple, library.rows("SELECT word, name, kind FROM speaker_word"))):
        yield "the words by which speakers are found"


def _check_stories(library: Library, diagnosis: Diagnosis) -> Iterator[str]:
    stored = {
        article: (story, data) for article, story, data in library.rows("SELECT article, story, signature FROM story")
    }
    hashes: dict[int, set[int]] = defaultdict(set)
    for band, article in library.rows("SELECT hash, article FROM band"):
        hashes[article].add(band)
    signatures: dict[int, Any] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for number, text in library.rows("SELECT number, text FROM article"):
        if number in diagnosis.altered:
            continue
        made = signature(text)
        story, data = stored.get(number, (None, None))
        if story is None or data != (None if made is None else made.tobytes()):
            yield f"the signature of article number {number}"
            return
        if hashes[number] != (set() if made is None else set(bands(made))):
            yield f"the bands of article number {number}"
            return
        members[story].append(number)
        if made is not None:
            signatures[number] = made
    if set(stored) != {number for group in members.values() for number in group} | set(diagnosis.altered) & set(stored):
        yield "stories of articles that are not there"
    expected = {number: number for group in members.values() for number in group} | dict(_stories(signatures, hashes))
    if expected != {number: story for story, group in members.items() for number in group}:
        yield "which articles are one story"


def _stories(signatures: dict[int, Any], hashes: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
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
            if first != second and similarity(signatures[one], signatures[other]) >= SAME_STORY:
                least[second] = first
    for number in signatures:
        yield number, root(number)


def check_files(library: Library, diagnosis: Diagnosis) -> Iterator[Finding]:
    """What is noted of the files that were read can be read itself."""
    known = files_read(library.rows(FILES))
    for path, record in known.items():
        try:
            list(stored_notices(record))
        except LibraryDamaged:
            diagnosis.files.add(path)
        numbers = (record.size, record.mtime_ns, record.seen_ns)
        if not all(isinstance(number, int) for number in numbers) or not isinstance(record.sha256, str):
            diagnosis.files.add(path)
    if diagnosis.files:
        yield diagnosis.add(
            "files", "fault", f"what is noted of {named(sorted(diagnosis.files))}", f"{FIX} reads them again"
        )
    else:
        yield diagnosis.add("files", "ok", f"made from {counted(len(known), 'file')}")
