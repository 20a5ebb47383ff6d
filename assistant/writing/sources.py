"""The sources that a model is given: the sentences and statements that retrieval chose, numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answers.material import AnswerMaterial
from assistant.evidence.overlap import is_same_sentence
from assistant.records.answer import Answer, Evidence
from assistant.records.article import Span
from assistant.records.proof import Source
from assistant.records.statement import Statement, describe_standing
from assistant.store.protocol import Library
from assistant.text.sanitize import sanitize_line

MAX_SOURCE_CHARACTERS = 1_500  # of one source as the model sees it

_COPIED_BEFORE = re.compile(r"\W*(?:the\s+)?(?:sources?\W*)?(?:\[(\d{1,4})\])?\W*", re.IGNORECASE)

# What the chat templates of servers read as commands, and what the prompt uses itself.
_NEUTRAL = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "|": "/", "`": "'", "#": "＃"})


@dataclass(frozen=True, slots=True)
class NumberedEvidence:
    """A piece of evidence with the source that is made of its whole sentences; `n` from 1."""

    n: int
    evidence: Evidence
    source: Source


def number_sources(material: AnswerMaterial, limit: int) -> list[NumberedEvidence]:
    """The evidence of an answer, or of what is near to one, best first, each sentence once; at most `limit` pieces."""
    chosen: list[Evidence] = []
    for evidence in _iterate_evidence(material):
        if len(chosen) == limit:
            break
        if not any(is_same_sentence(evidence, other, material.groups) for other in chosen):
            chosen.append(evidence)
    return [NumberedEvidence(n, evidence, _make_source(n, evidence, material)) for n, evidence in enumerate(chosen, 1)]


def _iterate_evidence(material: AnswerMaterial) -> Iterator[Evidence]:
    selection = material.selection
    if selection.evidence:
        yield from selection.evidence
    else:
        yield from selection.near
        yield from selection.unsaid


def number_citations(answer: Answer, library: Library, limit: int) -> list[NumberedEvidence]:
    """The sentences that an answer cites, in its order; at most `limit`. Where it has few sources, the first ones."""
    cited = answer.citations[:limit]
    ids = {each.article_id for each in cited}
    articles, spans, statements = (
        library.load_articles(ids), library.load_sentence_spans(ids), library.load_statements(ids),
    )  # fmt: skip
    numbered = []
    for n, each in enumerate(cited, 1):
        place = each.start, each.end
        evidence = Evidence(
            articles[each.article_id], *place, 1.0,
            speaker=each.speaker, marks=each.marks, status=each.status, via=each.via,
        )  # fmt: skip
        source = _read_source(n, evidence, spans.get(each.article_id, ()), statements.get(each.article_id, ()))
        numbered.append(NumberedEvidence(n, evidence, source))
    return numbered


def _make_source(n: int, evidence: Evidence, material: AnswerMaterial) -> Source:
    article, snapshot = evidence.article, material.snapshot
    statements = (each for utterance in snapshot.utterances(article) for each in utterance.statements)
    return _read_source(n, evidence, snapshot.sentence_spans(article.id), statements)


def _read_source(n: int, evidence: Evidence, spans: Iterable[Span], statements: Iterable[Statement]) -> Source:
    """The whole sentences around a piece of evidence, with what is said in them."""
    inside = [span for span in spans if span[0] < evidence.end and evidence.start < span[1]]
    inside = inside or [(evidence.start, evidence.end)]
    start, end = inside[0][0], inside[-1][1]
    own = tuple(each for each in statements if each.sentence_start < end and start < each.sentence_end)
    return Source(n, evidence.article, start, end, tuple(inside), own)


def describe_source(numbered: NumberedEvidence) -> str:
    """A source as the model reads it, on one line: number, outlet, day, title, who speaks, and the words."""
    words = neutralize(numbered.source.text)[:MAX_SOURCE_CHARACTERS]
    return f"[{numbered.n}] {_describe_heading(numbered)}: {words}"


def drop_copied_marks(sentence: str, sources: Iterable[NumberedEvidence], nonce: str) -> str:
    """A sentence of a model without what it copied before it: the word of the fence, the heading of a source.

    The number of that source goes behind the sentence. Small models begin so.
    """
    sentence = re.sub(rf"\w*-?{re.escape(nonce.partition('-')[2])}", "", sentence)
    for numbered in sources:
        before, heading, words = sentence.partition(f"{_describe_heading(numbered)}:")
        if heading and (match := _COPIED_BEFORE.fullmatch(before)):
            return f"{words.strip()} [{match[1] or numbered.n}]"
    return sentence


def _describe_heading(numbered: NumberedEvidence) -> str:
    article = numbered.source.article
    title = f"“{article.title}”" if article.title else ""
    about = ", ".join(part for part in (article.source, (article.published_at or "")[:10], title) if part)
    speaker = _describe_speaker(numbered.evidence, numbered.source)
    return f"{neutralize(about)}{f' - words of {speaker}' if speaker else ''}"


def _describe_speaker(evidence: Evidence, source: Source) -> str:
    if not evidence.speaker:
        return ""
    roles = (each.role for each in source.statements if each.speaker == evidence.speaker and each.role)
    remarks = [next(roles, ""), describe_standing(evidence.status, evidence.via)]
    about = ", ".join(filter(None, remarks))
    return neutralize(f"{evidence.speaker} ({about})" if about else evidence.speaker)


def neutralize(text: str) -> str:
    """A text on one line in which nothing is a mark of the prompt or a command to a server."""
    return sanitize_line(text).translate(_NEUTRAL)


def fit_sources(sources: Sequence[NumberedEvidence], characters: int) -> list[NumberedEvidence]:
    """The first sources, best first, that fit into this many characters as the model reads them."""
    kept: list[NumberedEvidence] = []
    for numbered in sources:
        characters -= len(describe_source(numbered)) + 1
        if characters < 0:
            break
        kept.append(numbered)
    return kept
