"""Sentences as the stages of statement extraction pass them to each other."""

from __future__ import annotations

from assistant.records.article import Span
from assistant.speech.paragraphs import parse_paragraph
from assistant.speech.tagger import TaggedSentence, tag_sentence


def mask_sentence(text: str) -> tuple[str, list[Span]]:
    """A sentence with its quotations masked, and their spans."""
    paragraph = parse_paragraph(text, 0, len(text), [(0, len(text))])
    return paragraph.masked, list(paragraph.quotes)


def tag(text: str) -> TaggedSentence:
    """A sentence with its quotations masked, tagged."""
    return tag_sentence(mask_sentence(text)[0])
