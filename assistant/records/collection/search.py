"""A search with operators: what an article must contain, and who must speak in it, where and when.

A search is a tree. The store evaluates it to the articles that match, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldName = Literal["speaker", "outlet", "author", "from", "to", "tag", "like"]
"""The fields of an article that a search can name, as "outlet:Courier". A word of a title is a `Words`.

`like` names an article by its id or title, and means those that are most like it.
"""

ChoiceKind = Literal["speaker", "outlet", "author", "first_day", "last_day", "article"]


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase, in any inflection, in the text or the title. `is_prefix`: the last word is a beginning."""

    phrase: str
    is_prefix: bool = False
    title_only: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases with at most `distance` words between them, in one passage."""

    phrases: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word that may be spelled a little differently."""

    word: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field as typed. `Choice` is what it means in a library."""

    name: FieldName
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Articles with one of these values: exact names as the library writes them, ids, or one ISO 8601 day.

    Without values nothing matches. `typed` is the field or word that the values were found by, if they do not say it.
    """

    kind: ChoiceKind
    values: tuple[str, ...]
    typed: Field | Fuzzy | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Articles that match all parts; without parts, every article."""

    parts: tuple[SearchExpression, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that match one of the parts."""

    parts: tuple[SearchExpression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the part."""

    part: SearchExpression


SearchExpression = Words | Near | Fuzzy | Field | Choice | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class ParsedSearch:
    """A search as it was understood. `remarks` say what of the typed text was read differently, or left out.

    `has_operators` is false for mere words and phrases.
    """

    expression: SearchExpression
    remarks: tuple[str, ...] = ()
    has_operators: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to search for: then every article would match."""
        return self.expression == AllOf(())


def describe_expression(expression: SearchExpression) -> str:
    """The search as it can be typed again: `flood AND NOT outlet:"Harbour Post"`; empty for every article."""
    return _describe(expression, is_outermost=True)


def _describe(expression: SearchExpression, *, is_outermost: bool = False) -> str:
    match expression:
        case Words(phrase, is_prefix, title_only):
            return f"{'title:' if title_only else ''}{_quote(phrase)}{'*' if is_prefix else ''}"
        case Near(phrases, distance):
            return f"NEAR({' '.join(map(_quote, phrases))}, {distance})"
        case Fuzzy(word):
            return f"{word}~"
        case Field(name, value):
            return f"{name}:{_quote(value)}"
        case Choice(typed=Field() | Fuzzy() as typed):
            return _describe(typed)
        case Choice(kind, values):
            label = {"first_day": "from", "last_day": "to", "article": "id"}.get(kind, kind)
            return _join([f"{label}:{_quote(value)}" for value in values] or ["nothing"], " OR ", is_outermost)
        case AllOf(parts):
            return _join([_describe(part) for part in parts], " AND ", is_outermost)
        case AnyOf(parts):
            return _join([_describe(part) for part in parts], " OR ", is_outermost)
        case Not(part):
            return f"NOT {_describe(part)}"


def _join(parts: list[str], joint: str, is_outermost: bool) -> str:
    joined = joint.join(parts)
    return joined if is_outermost or len(parts) < 2 else f"({joined})"


def _quote(text: str) -> str:
    return text if text.isalnum() else '"' + text.replace('"', " ") + '"'


def list_words(expression: SearchExpression) -> list[Words]:
    """The words and phrases that matching articles contain, those after NOT left out."""
    match expression:
        case Words():
            return [expression]
        case Near(phrases, _):
            return [Words(phrase) for phrase in phrases]
        case AllOf(parts) | AnyOf(parts):
            return [words for part in parts for words in list_words(part)]
        case _:
            return []
