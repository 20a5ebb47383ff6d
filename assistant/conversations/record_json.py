"""Frozen records to JSON and back without loss; saved conversations use it for questions and answers."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from assistant.system.json import parse_json

Record = TypeVar("Record")


def encode_record(record: Any) -> str:
    """A frozen dataclass as JSON. It is ASCII, because a record can contain half surrogates; tuples become lists."""
    return json.dumps(asdict(record), separators=(",", ":"))


def decode_record(kind: type[Record], text: str) -> Record:
    """The record of this class that `encode_record` wrote.

    A missing field gets its default and an unknown field is ignored, so that records can gain and lose fields.
    Raises ValueError if `text` is not JSON, or not such a record.
    """
    value = _decode_value(kind, parse_json(text))
    assert isinstance(value, kind)
    return value


def _decode_value(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        return _decode_dataclass(kind, value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(inner, value)
    if origin is Literal:
        fits = value in inner
    elif origin is tuple:
        return _decode_items(inner, value)
    elif origin is dict:
        return {
            key: _decode_value(inner[1], each) for key, each in _require(isinstance(value, dict), kind, value).items()
        }
    elif kind is float:
        return float(_require(isinstance(value, int | float) and not isinstance(value, bool), kind, value))
    elif kind is int:
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = isinstance(value, kind)
    return _require(fits, kind, value)


def _decode_dataclass(kind: Any, value: Any) -> Any:
    _require(isinstance(value, dict), kind, value)
    hints, known = _resolve_fields(kind)
    missing = [each.name for each in known if each.name not in value and _is_required(each)]
    if missing:
        raise ValueError(f"a {kind.__name__} without {', '.join(missing)}")
    return kind(
        **{each.name: _decode_value(hints[each.name], value[each.name]) for each in known if each.name in value}
    )


@cache
def _resolve_fields(kind: Any) -> tuple[dict[str, Any], tuple[Field[Any], ...]]:
    return get_type_hints(kind), fields(kind)


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _decode_items(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    _require(isinstance(value, list), tuple, value)
    kinds = [inner[0]] * len(value) if inner[-1:] == (Ellipsis,) else list(inner)
    _require(len(kinds) == len(value), tuple, value)
    return tuple(_decode_value(kind, each) for kind, each in zip(kinds, value, strict=True))


def _decode_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is not type(None):
            try:
                return _decode_value(kind, value)
            except ValueError as error:
                wrong = error
    raise wrong


def _require(fits: bool, kind: Any, value: Any) -> Any:
    if not fits:
        raise ValueError(f"{str(value)[:80]!r} is not of type {getattr(kind, '__name__', kind)}")
    return value
