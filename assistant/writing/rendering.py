"""How the sentences that a model wrote are shown: as text, with days for "yesterday", and why they are not proved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.evidence.named_days import find_named_days
from assistant.records.answer import AnswerSentence
from assistant.records.proof import ProofFinding
from assistant.text.quotation_marks import quotation_spans

NOT_PROVED = "(not proved)"
MAX_FINDINGS = 3  # that are told of a sentence


def render_written(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences as a paragraph, or a paragraph for each section under its name."""
    paragraphs = []
    for section, group in groupby(sentences, key=lambda each: each.section):
        text = " ".join(map(_render_sentence, group))
        paragraphs.append(f"{section.upper()}\n{text}" if section else text)
    return "\n\n".join(paragraphs)


def _render_sentence(sentence: AnswerSentence) -> str:
    markers = "".join(f"[{n}]" for n in sentence.citations)
    return f"{sentence.text} {markers or NOT_PROVED}"


def name_days(text: str, published_at: str | None) -> str:
    """A sentence with the day that "yesterday" means in its article behind it in brackets, outside of quotations."""
    quotations = quotation_spans(text, 0, len(text))[0]
    for named in find_named_days(text, published_at):
        end = text.find(named.words) + len(named.words)
        if end >= len(named.words) and not any(start < end < last for start, last in quotations):
            text = f"{text[:end]} [{named.meaning}]{text[end:]}"
            quotations = quotation_spans(text, 0, len(text))[0]
    return text


def explain_findings(findings: Sequence[ProofFinding]) -> str:
    """Why a sentence is not proved: "“May”: no source has this day; …". Empty if there are no findings."""
    return "; ".join(
        f"“{each.words}”: {each.reason}" if each.words else each.reason for each in findings[:MAX_FINDINGS]
    )


def get_letters(text: str) -> str:
    """The letters and digits of a text in lower case, by which sentences are the same whatever their typography."""
    return "".join(filter(str.isalnum, text)).lower()
