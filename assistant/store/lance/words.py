"""Queries on the words of passages in Lance: it proposes passages by their stems, which are then read and ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assistant.records.collection.search import Near
from assistant.store.fts import list_spellings, render_expression
from assistant.store.lance.filters import LanceFilterQueries
from assistant.store.lance.stems import ScratchIndex, Statistics, StemmedQuery, Stems
from assistant.store.lance.tables import SEPARATOR
from assistant.store.protocol import PassageFilter, WordQuery
from assistant.store.queries.base import WordIndex
from assistant.store.queries.words import LAST_CHARACTER, SELECT_MARKED

CANDIDATE_FACTOR, MIN_CANDIDATES = 4, 500  # passages that Lance proposes for each that is wanted, and at least
MAX_MARKED = 500  # texts in memory at a time


class _Candidate(NamedTuple):
    number: int
    article: int
    title: list[str]
    body: list[str]


class LanceWordQueries(LanceFilterQueries, WordIndex):
    """Passages by the words they contain. See `store.queries.words.WordQueries`."""

    def count_passages_with_word(self, word: str) -> int:
        """How many passages contain a word or phrase, in any inflection."""
        (phrase,) = ScratchIndex().stem_phrases([word])
        return self._count_once(phrase, StemmedQuery(((phrase,),)))

    def list_stems(self, beginning: str) -> Mapping[str, int]:
        """The stems of words with this beginning, in lower case, each with the number of passages that contain it."""
        return self.compute_once(("stems", beginning), lambda: self._select_stems(beginning))  # type: ignore[no-any-return]

    def _select_stems(self, beginning: str) -> dict[str, int]:
        query = "SELECT term, doc FROM word WHERE term >= ? AND term < ? ORDER BY term"
        return dict(self.select(query, (beginning, beginning + LAST_CHARACTER)))

    def find_passages_with_stem(self, stem: str, limit: int) -> list[int]:
        """The numbers of some passages that contain a word with a stem of `list_stems`."""
        found = self._propose(StemmedQuery((((stem,),),)), None)
        return sorted(each.number for each in found)[:limit]

    def search_words(
        self, words: WordQuery, limit: int, title_weight: float, where: PassageFilter | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers with their BM25 score (higher is better), best first."""
        query = self._read(words)
        if query is None:
            return []
        most = None if query.title_only else max(MIN_CANDIDATES, CANDIDATE_FACTOR * limit)
        statistics = self._statistics(query)
        candidates = self._propose(query, most, where, statistics)
        scores = [(each.number, statistics.score(query, each.title, each.body, title_weight)) for each in candidates]
        return sorted(scores, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def match_passages(self, words: WordQuery | Near) -> list[tuple[int, int]]:
        """The article and the passage of each match, both by number, the last passage first."""
        query = self._read(words)
        found = [(each.article, each.number) for each in self._propose(query, None)] if query else []
        if isinstance(words, Near):
            near = {number for number, _, _ in self._mark(words, [number for _, number in found])}
            found = [pair for pair in found if pair[1] in near]
        return sorted(found, key=lambda pair: -pair[1])

    def read_passages(self, words: WordQuery | Near) -> Iterator[tuple[int, str, str]]:
        """All matches: number, title and text."""
        return self._read_texts([number for _, number in self.match_passages(words)])

    def mark_passages(
        self, words: WordQuery | Near, numbers: Iterable[int] | None = None
    ) -> Iterator[tuple[int, str, str]]:
        """The matches among some passages (None: all): number, title and text, with marks around each match."""
        return self._mark(words, [n for _, n in self.match_passages(words)] if numbers is None else list(numbers))

    def _mark(self, words: WordQuery | Near, numbers: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        scratch, expression = ScratchIndex(), render_expression(words)
        for first in range(0, len(numbers), MAX_MARKED):
            scratch.fill(self._read_texts(numbers[first : first + MAX_MARKED]))
            yield from scratch.select(SELECT_MARKED, (expression,))

    def score_passages(self, words: WordQuery, title_weight: float) -> Iterator[tuple[int, int, float, float]]:
        """All matches: passage and article by number, the BM25 score, and that of the text alone (higher is better)."""
        query = self._read(words)
        if query is None:
            return
        statistics = self._statistics(query)
        for number, article, title, body in self._propose(query, None):
            score = statistics.score(query, title, body, title_weight)
            yield number, article, score, statistics.score(query, title, body, 0.0)

    # --------------------------------------------------------------------------------------- reading

    def _read(self, words: WordQuery | Near) -> StemmedQuery | None:
        """The query in stems; None if nothing can match it."""
        if isinstance(words, Near):
            words = WordQuery.all_of(words.phrases)
        groups = [list_spellings(group) for group in words.groups if group]
        stemmed = iter(ScratchIndex().stem_phrases([phrase for group in groups for phrase in group]))
        read = tuple(tuple(next(stemmed) for _ in group) for group in groups)
        if not read or not all(any(group) for group in read):
            return None
        beginning = read[-1][len([group for group in words.groups if group][-1]) - 1] if words.is_prefix else None
        return StemmedQuery(read, beginning, words.title_only)

    def _propose(
        self,
        query: StemmedQuery,
        most: int | None,
        where: PassageFilter | None = None,
        statistics: Statistics | None = None,
    ) -> list[_Candidate]:
        """The passages that match, at most `most` of them: the best by the score that Lance gives them."""
        rows = self.scan(
            "passage",
            ["number", "article", "stems"],
            full_text_query=self._render(query, statistics),
            filter=None if where is None else self.render_filter(where),
            prefilter=True,
            disable_scoring_autoprojection=True,
            limit=self.passage_count() if most is None else most,
        )
        candidates = []
        for row in rows:
            stems = row["stems"].split(" ")
            border = stems.index(SEPARATOR)
            candidate = _Candidate(row["number"], row["article"], stems[:border], stems[border + 1 :])
            if query.matches(candidate.title, candidate.body):
                candidates.append(candidate)
        return candidates

    def _render(self, query: StemmedQuery, statistics: Statistics | None) -> Any:
        """The query for Lance, with the weights of `statistics` if there are any."""
        from lance.query import BooleanQuery, MatchQuery, Occur, PhraseQuery

        def render_group(group: Iterable[Stems]) -> Any:
            phrases = dict.fromkeys(other for phrase in group for other in self._complete(phrase, query))
            words = [phrase[0] for phrase in phrases if len(phrase) == 1]
            if statistics is None or query.beginning is not None:
                parts = [MatchQuery(" ".join(words), "stems")] if words else []
            else:
                parts = [MatchQuery(word, "stems", boost=statistics.boost(word)) for word in words]
            parts += [PhraseQuery(" ".join(phrase), "stems") for phrase in phrases if len(phrase) > 1]
            return parts[0] if len(parts) == 1 else BooleanQuery([(Occur.SHOULD, part) for part in parts])

        groups = [render_group(group) for group in query.groups]
        return groups[0] if len(groups) == 1 else BooleanQuery([(Occur.MUST, group) for group in groups])

    def _complete(self, phrase: Stems, query: StemmedQuery) -> Iterator[Stems]:
        """The phrase, or all that it is the beginning of. A phrase without a word is left out."""
        if phrase and phrase == query.beginning:
            yield from ((*phrase[:-1], stem) for stem in self.list_stems(phrase[-1]))
        if phrase:
            yield phrase

    def _statistics(self, query: StemmedQuery) -> Statistics:
        passages = self.passage_count()
        counts = {phrase: self._count_once(phrase, query) for phrase in query.phrases()}
        return Statistics(passages, self.stem_count / passages if self.stem_count and passages else 1.0, counts)

    def _count_once(self, phrase: Stems, query: StemmedQuery) -> int:
        key = ("passages with", phrase, phrase == query.beginning, query.title_only)
        return int(self.compute_once(key, lambda: self._count(phrase, query)))

    def _count(self, phrase: Stems, query: StemmedQuery) -> int:
        """How many passages contain a phrase of a query."""
        if not phrase:
            return 0
        if len(phrase) == 1 and phrase != query.beginning and not query.title_only:
            row = self.select_first("SELECT doc FROM word WHERE term = ?", phrase)
            return int(row[0]) if row else 0
        return len(self._propose(StemmedQuery(((phrase,),), query.beginning, query.title_only), None))

    def _read_texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, str, str]]:
        """Number, title and text of passages."""
        places = {
            number: place
            for number, *place in self.select_in(
                "SELECT number, article, passage.start, passage.end FROM passage WHERE number IN (?)", numbers
            )
        }
        articles = {
            number: (title, text)
            for number, title, text in self.select_in(
                "SELECT number, title, text FROM article WHERE number IN (?)", {place[0] for place in places.values()}
            )
        }
        for number, (article, start, end) in places.items():
            title, text = articles[article]
            yield number, title, text[start:end]
