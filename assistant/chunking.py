"""Text into sentences, sentences into passages. Every span is an exact offset into the text that came in."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.records import Article, Passage, Span

CountTokens = Callable[[Sequence[str]], list[int]]
"""Token counts of several texts, without the model's special tokens."""

HARD_WRAP_WIDTH = 100  # no line of a hard-wrapped text is longer
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LONG_WORD = re.compile(r"\S{1000,}")
# An opening quotation mark set apart by spaces on both sides belongs to the sentence that follows it.
_STRANDED_QUOTE = re.compile(r"[.!?]['\"”’]*\s+(''|[\"“‘])\s*$")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Gov|Sen|Sens|Rep|Reps|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Cmdr)\.$")
_CLOSING = re.compile(r"(?<=\S)[),;\]”]")
_SMALL_LETTER = re.compile(r"\s*[a-z]")
_ENDS_WITH_WORD = re.compile(r"[a-z]{2}[.…][\"'”’]*$")


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text. A newline ends one, except in hard-wrapped text, where a blank line does."""
    if not _is_hard_wrapped(text):
        return [span for match in _LINE.finditer(text) if (span := _trimmed(text, *match.span()))]
    bounds = [0, *(match.start() for match in _BLANK.finditer(text)), len(text)]
    return [span for start, end in pairwise(bounds) if (span := _trimmed(text, start, end))]


def _is_hard_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > HARD_WRAP_WIDTH:
        return False
    broken_off = sum(_ENDS_SENTENCE.search(line) is None for line in lines)
    return broken_off > len(lines) / 2 and statistics.median(map(len, lines)) > HARD_WRAP_WIDTH / 2


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, in order, without the white space around them; together they hold every
    character of it that is not white space."""
    from nupunkt import sent_spans

    spans: list[Span] = []
    for paragraph_start, paragraph_end in paragraph_spans(text):
        paragraph = text[paragraph_start:paragraph_end]
        start = 0
        # No sentence ends within a word; nupunkt's time grows with the square of a word full of full stops.
        for _, boundary in sent_spans(_LONG_WORD.sub(lambda word: "x" * len(word[0]), paragraph)):
            if _goes_on(paragraph, start, boundary):
                continue
            stranded = _STRANDED_QUOTE.search(paragraph, start, boundary)
            if stranded and boundary < len(paragraph):
                boundary = stranded.start(1)
            if span := _trimmed(text, paragraph_start + start, paragraph_start + boundary):
                spans.append(span)
            start = boundary
        if span := _trimmed(text, paragraph_start + start, paragraph_end):
            spans.append(span)
    return spans


def _goes_on(text: str, start: int, boundary: int) -> bool:
    """Whether nupunkt is wrong that a sentence ends here: '“Mr.| Roe', '(D-Md.|), who', 'Jeb!| was'."""
    before = text[max(start, boundary - 40) : boundary].rstrip()
    if _TITLE.search(before) or _CLOSING.match(text, boundary):
        return True
    # After a word and a full stop, a small letter is how some people begin their sentences.
    return bool(_SMALL_LETTER.match(text, boundary) and not _ENDS_WITH_WORD.search(before))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Cut:
    """An article in pieces; `context` is what the embedder reads before each passage."""

    context: str
    sentences: list[Span]
    passages: list[Passage]


def cut_article(article: Article, count_tokens: CountTokens, limit: int) -> Cut:
    """Cut an article for an embedder that reads `limit` tokens, its special tokens not counted."""
    context = embedding_context(article, count_tokens, limit // 4)
    taken = count_tokens([context])[0] if context else 0
    sentences = sentence_spans(article.text)
    return Cut(context, sentences, pack_sentences(article, sentences, count_tokens, limit - taken))


def embedding_context(article: Article, count_tokens: CountTokens, budget: int) -> str:
    """Title and date, as the embedder reads them before each passage; at most `budget` tokens, else cut."""
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

    A sentence that alone is over the budget is divided, at a space where it has one. Tokens of joined
    sentences are counted on the joined text, so nothing rests on the counts adding up.
    """
    pieces = list(_fitting_pieces(article.text, sentences, count_tokens, budget))
    counts = count_tokens([article.text[start:end] for start, end in pieces])
    allowance = budget
    while True:
        spans = _packed(pieces, counts, allowance)
        longest = max(count_tokens([article.text[start:end] for start, end in spans]), default=0)
        if longest <= budget or allowance <= 1:
            break
        allowance -= max(1, longest - budget)
    return [Passage(article.id, ordinal, start, end) for ordinal, (start, end) in enumerate(spans)]


def _packed(pieces: Sequence[Span], counts: Sequence[int], allowance: int) -> list[Span]:
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


def _fitting_pieces(text: str, sentences: Iterable[Span], count_tokens: CountTokens, budget: int) -> Iterable[Span]:
    sentences = list(sentences)
    counts = count_tokens([text[start:end] for start, end in sentences])
    for (start, end), count in zip(sentences, counts, strict=True):
        if count <= budget:
            yield start, end
        else:
            yield from _divided(text, start, end, count_tokens, budget)


def _divided(text: str, start: int, end: int, count_tokens: CountTokens, budget: int) -> Iterable[Span]:
    pending = [(start, end)]
    while pending:
        start, end = pending.pop()
        if end - start <= 1 or count_tokens([text[start:end]])[0] <= budget:
            yield start, end
            continue
        middle = _break_near_middle(text, start, end)
        pending += [half for half in (_trimmed(text, middle, end), _trimmed(text, start, middle)) if half is not None]


def _break_near_middle(text: str, start: int, end: int) -> int:
    middle = (start + end) // 2
    reach = (end - start) // 4
    for pattern in (r"[,;:—–]\s", r"\s"):
        breaks = [match.end() for match in re.finditer(pattern, text[middle - reach : middle + reach])]
        if breaks:
            return middle - reach + min(breaks, key=lambda at: abs(at - reach))
    return middle
