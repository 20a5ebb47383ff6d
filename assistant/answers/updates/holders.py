"""Who has an office according to articles of several days."""

from __future__ import annotations

import re

from assistant.answers.updates.claims import ValueClaim, find_names, read_day
from assistant.evidence.requirements.office import Office, holds_office, read_description
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.text.names import full_names
from assistant.text.stemming import stem

_ASKS_HOLDER = re.compile(r"^\W*(?:and |so |but )?who(?: is|['’]s) (?:now |currently )?(?P<words>[^?]+)", re.IGNORECASE)
_RANK = r"(?:(?:new|acting|interim|next|current|present|longtime)\s+)*"
_LINK = (
    r"(?:,\s*(?:who (?:is|has been|becomes) )?|,?\s+(?:is|becomes?|became|has (?:become|been named)|as|"
    r"was (?:named|appointed|elected|chosen|made|sworn in(?: as)?)(?: as)?|takes over as|took over as)\s+)"
)
_OWNER_BEFORE = rf"(?:the |its |their |an? )?{_RANK}(?:[A-Z][\w’'-]*\s+){{0,4}}{_RANK}"
_OWNER_AFTER = r"(?:\s+(?:of|at|for|in)\s[^,.]{2,40})?"
_FORMER = re.compile(
    r"\b(?i:former|ex|outgoing|late|then|previous|retired|deputy|vice|assistant|dismissed|sacked)[\s-]+(?:[A-Z][\w’'-]*\s+){0,3}$"
)
_NAME_AFTER = re.compile(r"\s+[A-Z][\w’'-]+")
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*")


def read_asked_office(question: str) -> Office | None:
    """The office whose holder a question asks for: "Who is the coach of Seaford United?"."""
    match = _ASKS_HOLDER.match(question)
    return read_description(match["words"]) if match else None


def read_holders(office: Office, evidence: Evidence) -> list[ValueClaim]:
    """Who has the office according to a sentence: nobody who had it once."""
    article, day = evidence.article, read_day(evidence.article)
    if day is None or not holds_office(office, article, (evidence.start, evidence.end)):
        return []
    text = article.text[evidence.start : evidence.end]
    tokens = list(_TOKEN.finditer(text))
    stems = [stem(token[0]) for token in tokens]
    size = len(office.words)
    for place in range(len(tokens) - size + 1):
        if tuple(stems[place : place + size]) != office.words:
            continue
        found = _find_holder(article, text, (tokens[place].start(), tokens[place + size - 1].end()))
        if found is not None:
            start, end = found
            return [ValueClaim(evidence, day, (evidence.start + start, evidence.start + end), holder=text[start:end])]
    return []


def _find_holder(article: Article, text: str, office: Span) -> Span | None:
    """The name of the person beside the words for an office in a sentence."""
    before, after = text[: office[0]], text[office[1] :]
    if _FORMER.search(before):
        return None
    has_title = _NAME_AFTER.match(after) is not None  # "Ada Quill, Tarn's mayor Ivo Lund" are two people
    for name in dict.fromkeys(full_names(article.text)):
        if name not in text:
            continue
        own = rf"(?P<name>{re.escape(name)})"
        if not has_title and (match := re.search(rf"{own}{_LINK}{_OWNER_BEFORE}$", before)):
            return match.span("name")
        if match := re.match(rf"{_OWNER_AFTER},?\s+(?:(?:Dr|Mr|Mrs|Ms)\.?\s+)?{own}\b", after):
            return office[1] + match.start("name"), office[1] + match.end("name")
    return None


def are_of_same_office(office: Office, first: ValueClaim, other: ValueClaim) -> bool:
    """Whether two holders are of one office: that of the body that is asked for, or of articles on the same place."""
    if office.owner:
        return True
    names = [find_names(f"{each.evidence.article.title} {each.evidence.article.text[:600]}") for each in (first, other)]
    return len(names[0] & names[1]) > 1
