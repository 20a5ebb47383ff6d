"""Reads a typed search: AND, OR, NOT, "phrases", NEAR, prefix*, fuzzy~ and fields. No search is an error.

search  = and-part, {"OR", and-part}
and-part = unit, {["AND"], unit}
unit    = ("NOT" | "-"), unit | "(", search, ")" | NEAR | field | phrase | word
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import cast

from assistant.questions.date_rules import resolve_expression
from assistant.questions.search.tokens import FIELD_NAMES, Token, split_distance, split_search
from assistant.records.collection.search import (
    AllOf,
    AnyOf,
    Field,
    FieldName,
    Fuzzy,
    Near,
    Not,
    ParsedSearch,
    SearchExpression,
    Words,
)

MAX_TOKENS = 400
MAX_DEPTH = 30  # parentheses and NOTs within each other
MIN_FUZZY_LENGTH = 3  # letters
_FIELDS = " ".join(f"{name}:" for name in dict.fromkeys(FIELD_NAMES.values()))

_NEAR_LIST = re.compile(r"NEAR\s*\(([^()]*)\)")
_MARK = "\ue000"  # before the number of a list NEAR(…)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LIKE_A_FIELD = re.compile(r"([a-z]{2,12}):[^\s/]", re.IGNORECASE)  # no address


def parse_search(typed: str, today: date | None = None) -> ParsedSearch:
    """The search that was typed. What cannot be read is left out, and a remark says so.

    `today` is the day from which "from:yesterday" is computed; None means that only full dates can be read.
    """
    return _Parser(typed, today).parse()


class _Parser:
    def __init__(self, typed: str, today: date | None) -> None:
        self._today = today
        self._remarks: list[str] = []
        self._has_operators = False
        self._lists: list[Near | None] = []
        tokens = list(split_search(_NEAR_LIST.sub(self._keep_list, typed.replace(_MARK, " "))))
        if len(tokens) > MAX_TOKENS:
            self._remarks.append(f"only the first {MAX_TOKENS} words were read")
        self._tokens = tokens[:MAX_TOKENS]
        self._at = 0

    def parse(self) -> ParsedSearch:
        parts: list[SearchExpression] = []
        while self._at < len(self._tokens):
            if (part := self._parse_or(0)) is not None:
                parts.append(part)
            if self._take("close"):
                self._remark("a “)” without “(” was left out")
        return ParsedSearch(_join_all(parts), tuple(dict.fromkeys(self._remarks)), self._has_operators)

    # ------------------------------------------------------------------------------------ grammar

    def _parse_or(self, depth: int) -> SearchExpression | None:
        parts = [self._parse_and(depth)]
        while self._take("or"):
            self._has_operators = True
            if None in (parts[-1], following := self._parse_and(depth)):
                self._remark("an OR without words on both sides was left out")
            parts.append(following)
        found = [part for part in parts if part is not None]
        return None if not found else found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _parse_and(self, depth: int) -> SearchExpression | None:
        parts: list[SearchExpression] = []
        while (token := self._peek()) is not None and token.kind not in ("or", "close"):
            if token.kind == "and":
                self._at += 1
                self._has_operators = True
                if not parts or self._peek() is None:
                    self._remark("an AND without words on both sides was left out")
            elif token.kind == "near":
                self._parse_near(token, parts, depth)
            elif (unit := self._parse_unit(depth)) is not None:
                parts.append(unit)
        return _join_all(parts) if parts else None

    def _parse_near(self, token: Token, parts: list[SearchExpression], depth: int) -> None:
        """An infix NEAR: it takes the phrases before and after it, if there are any."""
        self._at += 1
        self._has_operators = True
        following = self._peek()
        right = self._parse_unit(depth) if following is not None and following.kind in ("word", "phrase") else None
        if isinstance(right, Words) and parts and isinstance(left := parts[-1], Words | Near):
            phrases = left.phrases if isinstance(left, Near) else (left.phrase,)
            parts[-1] = Near((*phrases, right.phrase), token.distance)
            return
        self._remark("a NEAR without words on both sides was left out")
        if right is not None:
            parts.append(right)

    def _parse_unit(self, depth: int) -> SearchExpression | None:
        token = self._tokens[self._at]
        self._at += 1
        match token.kind:
            case "not":
                self._has_operators = True
                return self._parse_not(depth)
            case "open":
                return self._parse_group(depth)
            case "field":
                self._has_operators = True
                return self._read_field(token)
            case "word" | "phrase":
                return self._read_words(token)
        return None

    def _parse_not(self, depth: int) -> SearchExpression | None:
        following = self._peek()
        if following is None or following.kind in ("or", "and", "close", "near") or depth > MAX_DEPTH:
            self._remark("a NOT without words after it was left out")
            return None
        part = self._parse_unit(depth + 1)
        return None if part is None else Not(part)

    def _parse_group(self, depth: int) -> SearchExpression | None:
        self._has_operators = True
        if depth > MAX_DEPTH:
            self._remark("parentheses within so many others were left out")
            return None
        part = self._parse_or(depth + 1)
        if not self._take("close"):
            self._remark("a “(” without “)” was closed at the end")
        return part

    # -------------------------------------------------------------------------------------- terms

    def _keep_list(self, match: re.Match[str]) -> str:
        """Replace NEAR(a b, 5) by a word that stands for it."""
        words, distance = split_distance(match[1])
        if distance is not None and not match[1].startswith(",", len(words)):
            self._remark(f"the {distance} in NEAR(…) was read as its distance; a comma before it says so")
        phrases = tuple(token.text for token in split_search(words) if token.kind in ("word", "phrase"))
        near = Near(phrases, 10 if distance is None else distance) if len(phrases) > 1 else None
        self._lists.append(near)
        return f" {_MARK}{len(self._lists) - 1} " if near else f" {words} "

    def _read_words(self, token: Token) -> SearchExpression:
        if token.text.startswith(_MARK) and token.text[1:].isdecimal() and int(token.text[1:]) < len(self._lists):
            near = self._lists[int(token.text[1:])]
            if near is not None:
                self._has_operators = True
                return near
        if token.mark:
            self._has_operators = True
        if token.kind == "word" and (unknown := _LIKE_A_FIELD.match(token.text)):
            self._remark(f"“{unknown[1]}:” is no field and was read as a word; fields are {_FIELDS}")
        if token.mark == "~":
            if len(token.text) >= MIN_FUZZY_LENGTH:
                return Fuzzy(token.text)
            self._remark(f"“{token.text}~” is too short to be misspelled")
        return Words(token.text, is_prefix=token.mark == "*")

    def _read_field(self, token: Token) -> SearchExpression | None:
        value = token.text.strip("*~")
        if not value:
            self._remark(f"“{token.name}:” without a value was left out")
            return None
        if token.name == "title":
            return Words(value, is_prefix=token.text.endswith("*"), title_only=True)
        if token.name in ("from", "to"):
            return self._read_day(token.name, value)
        return Field(cast("FieldName", token.name), value)

    def _read_day(self, name: str, value: str) -> SearchExpression | None:
        day = _resolve_day(value, name, self._today)
        if day is None:
            self._remark(f"“{name}:{value}” is no day such as {name}:2025-03-31, and was left out")
            return None
        return Field(cast("FieldName", name), day)

    # ------------------------------------------------------------------------------------- tokens

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> bool:
        token = self._peek()
        if token is None or token.kind != kind:
            return False
        self._at += 1
        return True

    def _remark(self, text: str) -> None:
        self._remarks.append(text)


def _join_all(parts: Sequence[SearchExpression]) -> SearchExpression:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _resolve_day(value: str, name: str, today: date | None) -> str | None:
    """The first (`from`) or last (`to`) day of a day, month, year or expression, in ISO 8601; None if it is none."""
    if _DAY.fullmatch(value):
        try:
            first = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
            return (first if name == "from" else _find_last_day(value)).isoformat()
        except ValueError:
            return None
    days = resolve_expression(value.replace("_", " "), today)
    return None if days is None else days[name == "to"].isoformat()


def _find_last_day(value: str) -> date:
    """The last day of a year, a month or a day. Raises ValueError if the calendar does not have it."""
    year, month = int(value[:4]), int(value[5:7] or 12)
    return date.fromisoformat(value) if len(value) > len("2025-03") else date(year, month, monthrange(year, month)[1])
