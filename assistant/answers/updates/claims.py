"""The times that sentences claim for what a question asks, and whether two sentences can be of one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.answers.updates.clauses import Clause
from assistant.answers.updates.times import NamedTime
from assistant.evidence.premises.opposites import reduce_verb
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.text.languages import ENGLISH
from assistant.text.words import STOP_WORDS, split_words

LEAD_LENGTH = 300  # characters at the start of an article that name what it is about
CONTEXT_LENGTH = 200  # characters before a sentence, in which "it" is named

_NAME = re.compile(r"(?<=[\w,;’'”] )(?:[A-Z][\w’'-]+|[A-Z]{2,})")
_CAPITALIZED = re.compile(r"\b[A-Z][\w’'-]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_POSSESSIVE = re.compile(r"['’]s?$")


_CHANGE = re.compile(
    r"\b(?:delay\w*|postpon\w*|put (?:off|back)|push\w* back|later?|now|still|again|wait\w*|longer|brought forward|"
    r"earlier|reschedul\w*|slip\w*|overdue|r[io]se[sn]?|fell|falls|up|down|more|revis\w+|chang\w+|new|replac\w+|updates?|updated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeClaim:
    """What a sentence claims: a time, and the clause that has it. `span` is that of its words in the article."""

    evidence: Evidence
    day: date  # of the article
    span: Span
    clause: Clause
    time: NamedTime

    @property
    def words(self) -> str:
        """The words for the time, with single spaces."""
        return " ".join(self.evidence.article.text[slice(*self.span)].split())

    def agrees_with(self, other: TimeClaim) -> bool:
        """Whether both can be true at once."""
        return self.time.can_be(other.time)


def read_day(article: Article) -> date | None:
    """The day of an article; None if it is not known."""
    try:
        return date.fromisoformat((article.published_at or "")[:10])
    except ValueError:
        return None


def tells_change(claim: TimeClaim) -> bool:
    """Whether a sentence, what stands before it or the title has a word for a change: "now", "delayed", "rises"."""
    article, evidence = claim.evidence.article, claim.evidence
    text = article.text[max(0, evidence.start - CONTEXT_LENGTH) : evidence.end]
    return _CHANGE.search(f"{article.title}\n{text}") is not None


def reduce_text(text: str) -> set[str]:
    """The first forms of the content words of a text, as stems."""
    return {reduce_verb(_POSSESSIVE.sub("", word)) for word in split_words(text) if word not in STOP_WORDS}


def read_context(evidence: Evidence) -> set[str]:
    """The content words of a sentence, of what stands just before it, and of the title and lead of its article."""
    article = evidence.article
    before = article.text[max(0, evidence.start - CONTEXT_LENGTH) : evidence.end]
    return reduce_text(f"{article.title}\n{article.text[:LEAD_LENGTH]}\n{before}")


def find_names(text: str, *, from_start: bool = False) -> set[str]:
    """The capitalized words of a text, in lower case, without months and weekdays; the first only if `from_start`."""
    pattern = _CAPITALIZED if from_start else _NAME
    words = {_POSSESSIVE.sub("", match[0]).lower() for match in pattern.finditer(text)}
    return words - ENGLISH.grammar.calendar_words - STOP_WORDS


def find_asked_names(question: str, article: Article) -> set[str]:
    """The names in a question, in lower case; if it has none, those that the article only has with a capital."""
    words = set(split_words(question)) - STOP_WORDS
    if any(word[0].isupper() for word in _WORD.findall(question)[1:]):
        return find_names(question)
    return words & find_names(article.text) - {word for word in _WORD.findall(article.text) if word.islower()}


def is_about_asked(question: str, evidence: Evidence) -> bool:
    """Whether the names of a question stand in a sentence, in the title, or before the sentence in its article."""
    article = evidence.article
    before = article.text[: min(LEAD_LENGTH, evidence.start)] + article.text[max(0, evidence.start - CONTEXT_LENGTH) :]
    end = len(before) - (len(article.text) - evidence.end)
    around = {_POSSESSIVE.sub("", word) for word in split_words(f"{article.title}\n{before[:end]}")}
    return find_asked_names(question, article) <= around


def is_named_alike(question: str, first: Evidence, other: Evidence, words: str) -> bool:
    """Whether `words` of the other sentence can be of what the first one is of, as far as names tell.

    Names of the question that they lack stand before them, and then they have no name that the first sentence lacks.
    """
    asked = find_asked_names(question, first.article)
    own = {_POSSESSIVE.sub("", word) for word in split_words(words)}
    missing = asked - own
    if not missing:
        return True
    if not is_about_asked(question, other) and missing & set(
        split_words(f"{first.article.title} {first.article.text}")
    ):
        return False
    own_sentence = first.article.text[first.start : first.end]
    known = set(split_words(f"{first.article.title} {other.article.title} {own_sentence} {question}"))
    return not {name for name in find_names(words, from_start=True) if name not in known}
