"""A library of a few articles in memory, with real sentences and statements, for tests of single stages."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from assistant.embedding.model_files import Vectors
from assistant.records.answer import Duplicate
from assistant.records.article import Article, Passage, RetrievedPassage, Span
from assistant.records.statement import Statement
from assistant.retrieval.snapshot import Snapshot
from assistant.speech.statements import find_statements
from assistant.store.protocol import NameKind, PassageFilter, WordQuery
from assistant.text.names import name_words
from assistant.text.sentences import sentence_spans
from assistant.text.stemming import stem
from assistant.text.words import split_words

DIMENSION = 512
Value = TypeVar("Value")


def make_article(
    article_id: str,
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    published_at: str | None = None,
) -> Article:
    """An article whose title is its id by default."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(article_id, title or article_id, text, digest, source, published_at=published_at)


def embed_words(text: str) -> Vectors:
    """A unit vector with one dimension for each stem, so that texts that share words have a high cosine."""
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for word in split_words(text):
        vector[zlib.crc32(stem(word).encode()) % DIMENSION] += 1
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


class MemoryLibrary:
    """A library with one passage for each article; passage numbers start at 1, in the order of the articles.

    `stories` maps article ids to story numbers: near-duplicates share a number. `reads` records each bulk read.
    """

    def __init__(self, articles: Iterable[Article], stories: Mapping[str, int] | None = None) -> None:
        self._articles = {article.id: article for article in articles}
        self._spans = {article.id: sentence_spans(article.text) for article in self._articles.values()}
        self._statements = {
            article.id: find_statements(article, self._spans[article.id]) for article in self._articles.values()
        }
        self._stories = dict(stories or {})
        self._passages = {
            number: Passage(article.id, 0, 0, len(article.text))
            for number, article in enumerate(self._articles.values(), 1)
        }
        self.reads: list[tuple[str, tuple[str, ...]]] = []

    def snapshot(self, *article_ids: str, meaning: float = 0.0) -> Snapshot:
        """A snapshot of the passages of these articles (default: all), in the order of retrieval."""
        by_article = {passage.article_id: passage for passage in self._passages.values()}
        chosen = article_ids or tuple(by_article)
        hits = [RetrievedPassage(by_article[name], 1.0 / rank, meaning) for rank, name in enumerate(chosen, 1)]
        return Snapshot(hits, self)

    # ------------------------------------------------------------------------------------- articles

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def load_articles(self, article_ids: Iterable[str]) -> dict[str, Article]:
        return self._read("articles", self._articles, article_ids)

    def load_sentence_spans(self, article_ids: Iterable[str]) -> dict[str, list[Span]]:
        return self._read("sentences", self._spans, article_ids)

    def load_statements(self, article_ids: Iterable[str]) -> dict[str, list[Statement]]:
        return self._read("statements", self._statements, article_ids)

    def load_story_numbers(self, article_ids: Iterable[str]) -> dict[str, int]:
        return self._read("stories", self._stories, article_ids)

    def load_duplicates(self, article_ids: Iterable[str]) -> dict[str, list[Duplicate]]:
        story_of = self._stories
        duplicates = {
            name: [self._describe(other) for other in story_of if other != name and story_of[other] == story]
            for name, story in story_of.items()
        }
        return self._read("duplicates", {name: others for name, others in duplicates.items() if others}, article_ids)

    def _describe(self, article_id: str) -> Duplicate:
        article = self._articles[article_id]
        return Duplicate(article.id, article.title, article.source, article.published_at)

    def _read(self, kind: str, values: Mapping[str, Value], article_ids: Iterable[str]) -> dict[str, Value]:
        wanted = tuple(article_ids)
        self.reads.append((kind, wanted))
        return {name: values[name] for name in wanted if name in values}

    def corrections(self) -> list[Article]:
        return [article for article in self._articles.values() if article.title.lower().startswith("correct")]

    def source_names(self) -> list[str]:
        return list(dict.fromkeys(article.source for article in self._articles.values() if article.source))

    def date_range(self) -> tuple[str, str] | None:
        days = sorted(article.published_at[:10] for article in self._articles.values() if article.published_at)
        return (days[0], days[-1]) if days else None

    def article_count(self) -> int:
        return len(self._articles)

    # ------------------------------------------------------------------------------------- speakers

    def find_names_sharing_word(self, name: str) -> list[tuple[str, NameKind]]:
        words = set(name_words(name))
        names: dict[tuple[str, NameKind], None] = {}
        for statement in self._all_statements():
            if statement.speaker:
                if words & set(name_words(statement.speaker)):
                    names[statement.speaker, "name"] = None
                if statement.role and words & set(name_words(statement.role)):
                    names[statement.speaker, "holder"] = None
            elif statement.role and words & set(name_words(statement.role)):
                names[statement.role, "role"] = None
        return list(names)

    def speakers(self, limit: int | None = None) -> list[tuple[str, int, int]]:
        counts = Counter(each.speaker for each in self._all_statements() if each.speaker)
        return [(name, count, 1) for name, count in counts.most_common(limit)]

    def count_statements(self, speaker: str) -> int:
        return sum(statement.speaker == speaker for statement in self._all_statements())

    def roles_of(self, speaker: str) -> list[str]:
        roles = (each.role for each in self._all_statements() if each.speaker == speaker)
        return list(dict.fromkeys(role for role in roles if role))

    def count_roles(self, word: str) -> list[tuple[str, str, int]]:
        articles: dict[tuple[str, str], set[str]] = {}
        for each in self._all_statements():
            if each.speaker and each.role and word in name_words(each.role):
                articles.setdefault((each.speaker, each.role), set()).add(each.article_id)
        rows = [(name, role, len(found)) for (name, role), found in articles.items()]
        return sorted(rows, key=lambda row: (-row[2], row[:2]))

    def first_text_of_speaker(self, speaker: str) -> str:
        texts = (self._articles[each.article_id].text for each in self._all_statements() if each.speaker == speaker)
        return next(texts, "")

    def _all_statements(self) -> list[Statement]:
        return [statement for statements in self._statements.values() for statement in statements]

    # ------------------------------------------------------------------------------------- passages

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        return {number: self._passages[number] for number in numbers if number in self._passages}

    def passage_count(self) -> int:
        return len(self._passages)

    def has_more_passages(self, where: PassageFilter, limit: int) -> bool:
        return len(self.filter_passages(list(self._passages), where)) > limit

    def filter_passages(self, numbers: Sequence[int], where: PassageFilter) -> set[int]:
        return {number for number in numbers if self._matches(number, where)}

    def count_passages_with_word(self, word: str) -> int:
        return sum(self._count_phrase(word, article.text) > 0 for article in self._articles.values())

    def list_stems(self, beginning: str) -> Mapping[str, int]:
        counts = Counter(name for article in self._articles.values() for name in self._stems_of(article))
        return {name: count for name, count in counts.items() if name.startswith(beginning)}

    def find_passages_with_stem(self, stem: str, limit: int) -> list[int]:
        numbers = enumerate(self._articles.values(), 1)
        return [number for number, article in numbers if stem in self._stems_of(article)][:limit]

    @staticmethod
    def _stems_of(article: Article) -> set[str]:
        return {stem(word) for word in split_words(f"{article.title} {article.text}")}

    def search_words(
        self, words: WordQuery, limit: int, title_weight: float, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Score a passage by the number of phrases that it contains; each in the title adds `title_weight`."""
        scores: dict[int, float] = {}
        for number, passage in self._passages.items():
            article = self._articles[passage.article_id]
            groups = [
                [
                    self._count_phrase(phrase, article.text) + title_weight * self._count_phrase(phrase, article.title)
                    for phrase in group
                ]
                for group in words.groups
            ]
            if groups and all(map(any, groups)) and (where is None or self._matches(number, where)):
                scores[number] = float(sum(map(sum, groups)))
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def search_vectors(
        self, vector: Vectors, limit: int, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        numbers = [number for number in self._passages if where is None or self._matches(number, where)]
        cosines = {number: float(self._vector(number) @ vector) for number in numbers}
        return sorted(cosines.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> list[float | None]:
        return [float(self._vector(number) @ vector) if number in self._passages else None for number in numbers]

    def warm_up(self) -> None:
        pass

    def _vector(self, number: int) -> Vectors:
        return embed_words(self._articles[self._passages[number].article_id].text)

    def _matches(self, number: int, where: PassageFilter) -> bool:
        article = self._articles[self._passages[number].article_id]
        day = (article.published_at or "")[:10]
        first, last = where.days or (None, None)
        return (
            (where.article_ids is None or article.id in where.article_ids)
            and (not day or ((first or "") <= day <= (last or "9999")))
            and (where.source is None or article.source == where.source)
            and (where.speakers is None or self._quotes_any(article.id, where.speakers))
            and (where.within is None or self._matches(number, where.within))
        )

    def _quotes_any(self, article_id: str, speakers: Iterable[tuple[str, bool]]) -> bool:
        speaking = {
            (each.speaker, True) if each.speaker else (each.role or "", False) for each in self._statements[article_id]
        }
        return not speaking.isdisjoint(speakers)

    @staticmethod
    def _count_phrase(phrase: str, text: str) -> int:
        wanted, words = ([stem(word) for word in split_words(each)] for each in (phrase, text))
        return sum(words[at : at + len(wanted)] == wanted for at in range(len(words))) if wanted else 0
