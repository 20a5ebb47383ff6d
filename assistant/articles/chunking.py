"""Divides an article into passages of whole sentences. Every span is an exact offset into the text of the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.records.article import Article, Passage, Span
from assistant.text.layout.lines import trim_span
from assistant.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], list[int]]
"""Token counts of several texts, without the model's special tokens."""


@dataclass(frozen=True, slots=True)
class ChunkedArticle:
    """The sentences and passages of an article. The embedder reads `context` before each passage."""

    context: str
    sentences: list[Span]
    passages: list[Passage]


def chunk_article(article: Article, count_tokens: CountTokens, limit: int) -> ChunkedArticle:
    """Divide an article for an embedder that reads `limit` tokens, special tokens not included."""
    context = make_embedding_context(article, count_tokens, limit // 4)
    context_tokens = count_tokens([context])[0] if context else 0
    sentences = sentence_spans(article.text)
    return ChunkedArticle(context, sentences, pack_sentences(article, sentences, count_tokens, limit - context_tokens))


def make_embedding_context(article: Article, count_tokens: CountTokens, budget: int) -> str:
    """Title and date, as the embedder reads them before each passage. The title is cut to fit into `budget` tokens."""
    date = f" ({article.published_at[:10]})" if article.published_at else ""
    words = article.title.split()
    while words:
        context = f"{' '.join(words)}{date}\n"
        if count_tokens([context])[0] <= budget:
            return context
        words = words[: len(words) * 3 // 4]
    return ""


def pack_sentences(
    article: Article, sentences: Sequence[Span], count_tokens: CountTokens, budget: int
) -> list[Passage]:
    """Pack whole sentences into passages of at most `budget` tokens each.

    A sentence over the budget is divided, if possible at a space. The tokens of a passage are counted on its text,
    because the sum of the counts of its sentences can differ.
    """
    pieces = list(_split_long_sentences(article.text, sentences, count_tokens, budget))
    counts = count_tokens([article.text[start:end] for start, end in pieces])
    allowance = budget
    while True:
        spans = _pack_pieces(pieces, counts, allowance)
        longest = max(count_tokens([article.text[start:end] for start, end in spans]), default=0)
        if longest <= budget or allowance <= 1:
            break
        allowance -= max(1, longest - budget)
    return [Passage(article.id, ordinal, start, end) for ordinal, (start, end) in enumerate(spans)]


def _pack_pieces(pieces: Sequence[Span], counts: Sequence[int], allowance: int) -> list[Span]:
    spans: list[Span] = []
    used = 0
    for (start, end), count in zip(pieces, counts, strict=True):
        if spans and used + count <= allowance:
            spans[-1] = (spans[-1][0], end)
            used += count
        else:
            spans.append((start, end))
            used = count
    return spans


def _split_long_sentences(
    text: str, sentences: Iterable[Span], count_tokens: CountTokens, budget: int
) -> Iterable[Span]:
    sentences = list(sentences)
    counts = count_tokens([text[start:end] for start, end in sentences])
    for (start, end), count in zip(sentences, counts, strict=True):
        if count <= budget:
            yield start, end
        else:
            yield from _divide_sentence(text, start, end, count_tokens, budget)


def _divide_sentence(text: str, start: int, end: int, count_tokens: CountTokens, budget: int) -> Iterable[Span]:
    pending = [(start, end)]
    while pending:
        start, end = pending.pop()
        if end - start <= 1 or count_tokens([text[start:end]])[0] <= budget:
            yield start, end
            continue
        middle = _find_break(text, start, end)
        pending += [half for half in (trim_span(text, middle, end), trim_span(text, start, middle)) if half is not None]


def _find_break(text: str, start: int, end: int) -> int:
    middle = (start + end) // 2
    reach = (end - start) // 4
    for pattern in (r"[,;:—–]\s", r"\s"):
        breaks = [match.end() for match in re.finditer(pattern, text[middle - reach : middle + reach])]
        if breaks:
            return middle - reach + min(breaks, key=lambda at: abs(at - reach))
    return middle
