"""The sentences of the retrieved passages, each with its surroundings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from assistant.evidence.selection import EvidenceRequest
from assistant.records.article import Article, RetrievedPassage, Span
from assistant.text.stemming import stem_words

OUTSIDE_DISCOUNT = 0.8  # of the meaning of a passage, for a sentence of the same article outside it


@dataclass(frozen=True, slots=True)
class SentenceInContext:
    """A sentence of a retrieved passage. Ranks count from 0, best first."""

    article: Article
    start: int
    end: int
    number: int  # in its article, from 0
    stems: Set[str]
    title_stems: Set[str]
    nearby_stems: Set[str]  # of the title and the neighbouring sentences
    nearby_text: str  # from the sentence before to the sentence after
    passage_rank: int
    passage_similarity: float  # cosine of its passage with the question
    article_rank: int

    @property
    def place(self) -> tuple[str, int]:
        """Its article and where it starts there: no other sentence has both."""
        return self.article.id, self.start

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.start : self.end]

    @property
    def titled_text(self) -> str:
        """Title and sentence, as it is compared in meaning: a sentence alone often lacks its subject."""
        return f"{self.article.title.rstrip(' .')}. {' '.join(self.text.split())}"


def list_sentences(request: EvidenceRequest) -> list[SentenceInContext]:
    """Each sentence that a passage of the request touches, once, in the order of the passages."""
    articles = request.articles
    ranks = {article_id: rank for rank, article_id in enumerate(articles)}
    found: dict[tuple[str, int], SentenceInContext] = {}
    for rank, hit in enumerate(request.passages):
        article = articles[hit.passage.article_id]
        spans = request.snapshot.sentence_spans(article.id)
        for sentence in _list_passage(hit, rank, article, ranks[article.id], spans):
            found.setdefault(sentence.place, sentence)
    for hit in _list_earlier_articles(request):
        article = articles[hit.passage.article_id]
        spans = request.snapshot.sentence_spans(article.id)
        for sentence in _list_passage(hit, len(request.passages), article, ranks[article.id], spans):
            found.setdefault(sentence.place, sentence)
    return list(found.values())


def _list_earlier_articles(request: EvidenceRequest) -> Iterator[RetrievedPassage]:
    """The whole of each retrieved article of the last answer, if the question depends on it."""
    if not request.query.is_follow_up:
        return
    best: dict[str, RetrievedPassage] = {}
    for hit in request.passages:
        if hit.passage.article_id in request.query.earlier_articles:
            best.setdefault(hit.passage.article_id, hit)
    for article_id, hit in best.items():
        whole = replace(hit.passage, start=0, end=len(request.articles[article_id].text))
        yield replace(hit, passage=whole, meaning=hit.meaning * OUTSIDE_DISCOUNT)


def _list_passage(
    hit: RetrievedPassage, rank: int, article: Article, article_rank: int, spans: Sequence[Span]
) -> Iterator[SentenceInContext]:
    numbers = [n for n, (start, end) in enumerate(spans) if start < hit.passage.end and hit.passage.start < end]
    if not numbers:
        return
    title_stems = stem_words(article.title)
    first, last = max(0, numbers[0] - 1), min(numbers[-1] + 1, len(spans) - 1)
    stems = {n: stem_words(article.text[spans[n][0] : spans[n][1]]) for n in range(first, last + 1)}
    for n in numbers:
        start, end = spans[n]
        yield SentenceInContext(
            article,
            start,
            end,
            number=n,
            stems=stems[n],
            title_stems=title_stems,
            nearby_stems=title_stems | stems.get(n - 1, set()) | stems.get(n + 1, set()),
            nearby_text=article.text[spans[max(0, n - 1)][0] : spans[min(n + 1, len(spans) - 1)][1]],
            passage_rank=rank,
            passage_similarity=max(0.0, hit.meaning),
            article_rank=article_rank,
        )
