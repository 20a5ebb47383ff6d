"""From evidence to an Answer: citations copied by offset, text with markers, or a refusal that says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assistant.evidence import Selection
from assistant.records import Answer, AnswerSentence, Citation, Evidence, Found, Query, RetrievedPassage
from assistant.store import Library

SCHEMA = 1
_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")
KEEP_SHARE = 0.75  # of the best sentence's score that a further sentence needs


def citation(n: int, evidence: Evidence) -> Citation:
    """The n-th citation: the words at the evidence's place, copied."""
    article = evidence.article
    return Citation(
        n=n,
        article_id=article.id,
        title=article.title,
        source=article.source,
        author=article.author,
        published_at=article.published_at,
        url=article.url,
        start=evidence.start,
        end=evidence.end,
        quote=article.text[evidence.start : evidence.end],
        speaker=evidence.speaker,
        article_sha256=article.sha256,
    )


def choose(selection: Selection, max_sentences: int) -> list[Evidence]:
    """The evidence worth showing, grouped by article, the best article first."""
    chosen: list[Evidence] = []
    for evidence in selection.evidence:
        if len(chosen) == max_sentences or evidence.score < selection.evidence[0].score * KEEP_SHARE:
            break
        if not any(_same_words(evidence, other) for other in chosen):
            chosen.append(evidence)
    order = list(dict.fromkeys(evidence.article.id for evidence in chosen))
    return sorted(chosen, key=lambda e: order.index(e.article.id))


def _same_words(left: Evidence, right: Evidence) -> bool:
    """Whether two places hold the same sentence, as wire copies do."""
    words = [" ".join(e.article.text[e.start : e.end].split()).lower() for e in (left, right)]
    return words[0] == words[1]


def compose(chosen: Sequence[Evidence]) -> Iterator[Found]:
    """The sentences of an answer with their citations, one at a time."""
    for n, evidence in enumerate(chosen, 1):
        cited = citation(n, evidence)
        yield Found(AnswerSentence(" ".join(cited.quote.split()), (n,), "verbatim"), (cited,))


def finish(
    query: Query,
    found: Sequence[Found],
    passages: Sequence[RetrievedPassage],
    refusal: str | None,
    timings: dict[str, float],
) -> Answer:
    """The complete answer; `refusal` is the reason where nothing was found."""
    sentences = tuple(one.sentence for one in found)
    citations = tuple(cited for one in found for cited in one.citations)
    return Answer(
        question=query.text,
        answer=_text(query, found) if found else (refusal or ""),
        abstained=not found,
        reason=None if found else refusal,
        sentences=sentences,
        citations=citations,
        passages=tuple(passages),
        timings=timings,
    )


def unasked(question: str, reason: str) -> Answer:
    """The answer to something that cannot be asked, so that a batch accounts for every line."""
    return Answer(question, reason, True, reason, (), (), ())


def _text(query: Query, found: Sequence[Found]) -> str:
    lines: list[str] = []
    heading = None
    for one in found:
        cited = one.citations[0]
        label = _without_markers(source_line(cited))
        if label != heading:
            lines += ["", label] if lines else [label]
            heading = label
        marks = "".join(f"[{n}]" for n in one.sentence.citations)
        lines.append(f"- {attributed(query, cited)}{_without_markers(one.sentence.text)} {marks}")
    return "\n".join(lines)


def _without_markers(text: str) -> str:
    """An article's own "[3]" must not be taken for one of our markers."""
    return _BRACKETED_NUMBER.sub(r"⟦\1⟧", text)


def attributed(query: Query, cited: Citation) -> str:
    """ "Jane Smith: " where the question asks who speaks and the sentence itself does not say; else nothing."""
    if query.kind == "other" or not cited.speaker:
        return ""
    surname = cited.speaker.split()[-1]
    return "" if surname in cited.quote else f"{cited.speaker}: "


def source_line(cited: Citation) -> str:
    """Title, outlet and day of an article, as far as they are known."""
    return " · ".join(part for part in (cited.title, cited.source, (cited.published_at or "")[:10]) if part)


# --------------------------------------------------------------------------------------------- refusing


def refusal(query: Query, selection: Selection, passages: Sequence[RetrievedPassage], library: Library) -> str:
    """Why there is no answer: what was looked for, what is near, what the collection covers."""
    covers = _coverage(library)
    if query.kind == "said" and query.speaker:
        topic = f" about {query.topic}" if query.topic else ""
        if not selection.speaker_known:
            start = f"No article found for this question names {query.speaker}."
        elif not selection.speaker_speaks:
            start = f"The articles found name {query.speaker}, but give no words of theirs."
        else:
            start = f"The articles found quote {query.speaker}, but not{topic}."
        if selection.others:
            start += f" On that, they quote {_listed(selection.others[:3])}."
        return f"{start} {covers}"
    if query.kind == "who_said":
        return f"No article holds these words. {covers}"
    titles = list(dict.fromkeys(_title(hit, library) for hit in passages))[:2]
    near = f" The nearest: {_listed([f'“{title}”' for title in titles])}." if titles else ""
    return f"No sentence in the articles answers this.{near} {covers}"


def _title(hit: RetrievedPassage, library: Library) -> str:
    article = library.article(hit.passage.article_id)
    return article.title if article else hit.passage.article_id


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _coverage(library: Library) -> str:
    count = library.counts()["articles"]
    dates = library.dates()
    span = f" from {dates[0]} to {dates[1]}" if dates and dates[0] != dates[1] else f" of {dates[0]}" if dates else ""
    return f"The collection holds {count:,} article{'' if count == 1 else 's'}{span}."


# ------------------------------------------------------------------------------------------ the schema


def to_json(answer: Answer, identifier: Any = None) -> dict[str, Any]:
    """An answer in the published schema, version 1."""
    return {
        "schema": SCHEMA,
        "id": identifier,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answer": answer.answer,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
        "mode": answer.mode,
        "notes": list(answer.notes),
        "sentences": [{"text": s.text, "citations": list(s.citations), "support": s.support} for s in answer.sentences],
        "citations": [asdict(cited) for cited in answer.citations],
        "passages": [
            {
                "article_id": hit.passage.article_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 6),
            }
            for hit in answer.passages
        ],
        "timings": {stage: round(ms, 2) for stage, ms in answer.timings.items()},
    }
