"""The sentence of an article that corrects a sentence of another article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.records.article import Article, Span
from assistant.text.stemming import stem, stem_words
from assistant.text.words import STOP_WORDS, split_words

SAME_SUBJECT_SHARE = 0.5  # of the words of a sentence, without figures, that another on the same subject contains

_CORRECTION_CUE = re.compile(
    r"\b(?:correct|corrected|wrong|wrongly|error|incorrectly?|mistaken(?:ly)?|should have|not)\b", re.IGNORECASE
)
_ERROR_REPORT = re.compile(
    r"\b(?:wrongly|incorrectly|mistakenly|erroneously|in error) (?:said|stated|reported|gave|called|named|described)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")


def collect_sentence_stems(sentence: str) -> set[str]:
    """The stems of the content words of a sentence, without figures."""
    stems = {stem(word) for word in split_words(sentence) if word not in STOP_WORDS and not word[:1].isdigit()}
    return stems & stem_words(sentence)


def list_corrections_of(corrected: Article, corrections: Iterable[Article]) -> list[Article]:
    """Those of the articles that correct another one which name this one by its title."""
    title = " ".join(split_words(corrected.title))
    if not title:
        return []
    return [
        article
        for article in corrections
        if article.id != corrected.id and f" {title} " in f" {' '.join(split_words(article.text))} "
    ]


def find_correcting_sentence(
    corrected: Article,
    span: Span,
    corrections: Iterable[Article],
    sentence_spans: Callable[[str], Sequence[Span]],
    *,
    by_figures: bool = True,
) -> tuple[Article, Span] | None:
    """The sentence that corrects `corrected.text[slice(*span)]`, with its article, if there is one.

    It shares at least half of the content words, or with `by_figures` a figure. `corrections` are the articles that
    correct this one: see `list_corrections_of`.
    """
    sentence = corrected.text[slice(*span)]
    figures, stems = set(_FIGURE.findall(sentence)), collect_sentence_stems(sentence)
    for article in corrections:
        best, best_score = None, 0.0
        for each in sentence_spans(article.id):
            correcting = article.text[slice(*each)]
            if not _CORRECTION_CUE.search(correcting):
                continue
            shared_figures = len(figures & set(_FIGURE.findall(correcting.replace(corrected.title, ""))))
            shared_words = len(stem_words(correcting) & stems) / max(1, len(stems))
            score = shared_figures + shared_words
            if ((by_figures and shared_figures) or shared_words >= SAME_SUBJECT_SHARE) and score > best_score:
                best, best_score = each, score
        if best is not None:
            return article, best
    return None


def is_reported_error(before: str) -> bool:
    """Whether words are reported as an error by what stands before them in their sentence: 'wrongly said that …'."""
    return _ERROR_REPORT.search(before) is not None
