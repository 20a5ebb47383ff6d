"""Articles that correct others, and what they say is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.overlap import SAME_MATTER_SHARE, collect_content_stems
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.store.protocol import Library
from assistant.text.stemming import stem_words
from assistant.text.words import split_words


def find_correction(one: Evidence, corrections: Sequence[Article], library: Library) -> Evidence | None:
    """The sentence by which another article corrects what this evidence says, where there is one.

    It has to name the article by its title, and to speak of a figure or of most of the words that the evidence has.
    """
    title = " ".join(split_words(one.article.title))
    shown = one.article.text[one.start : one.end]
    figures, matter = set(re.findall(r"\d+", shown)), collect_content_stems(one)
    for article in corrections:
        if article.id == one.article.id or not title or f" {title} " not in f" {' '.join(split_words(article.text))} ":
            continue
        best, most = None, 0.0
        for start, end in library.sentence_spans(article.id):
            text = article.text[start:end]
            common = len(figures & set(re.findall(r"\d+", text.replace(one.article.title, ""))))
            shared = len(stem_words(text) & matter) / max(1, len(matter))
            corrects = _CORRECTION_CUE.search(text) is not None
            if corrects and (common or shared >= SAME_MATTER_SHARE) and common + shared > most:
                best, most = Evidence(article, start, end, one.score), common + shared
        if best is not None:
            return best
    return None


_CORRECTION_CUE = re.compile(
    r"\b(?:correct|corrected|wrong|wrongly|error|incorrectly?|mistaken(?:ly)?|should have|not)\b", re.I
)
_CORRECTED_VERSION = re.compile(
    r"\b(?:correct \w+ (?:is|was|are|were)|should have|should be|in fact|actually)\b|\b(?:is|was|are|were)\b.*?, not\b",
    re.I,
)


def prefer_corrected_sentences(
    evidence: Sequence[Evidence], corrections: Sequence[Article], library: Library
) -> list[Evidence]:
    """The evidence, where a sentence only says that something was wrong exchanged for the one that says what is right.

    Of a correction, "gave a wrong figure for the homes" is no answer and "the correct number is 385" is. Order and
    scores stay; a sentence that is there twice then is there once.
    """
    correcting = {article.id for article in corrections}
    better: dict[tuple[str, int], Evidence] = {}
    for one in evidence:
        right = one
        if one.article.id in correcting and not _CORRECTED_VERSION.search(one.article.text[one.start : one.end]):
            right = next(
                (
                    replace(one, start=start, end=end, marks=())
                    for start, end in library.sentence_spans(one.article.id)
                    if start >= one.end and _CORRECTED_VERSION.search(one.article.text[start:end])
                ),
                one,
            )
        better.setdefault((right.article.id, right.start), right)
    return list(better.values())
