"""Parsing of JSON that may come from anywhere."""

from __future__ import annotations

import json
from typing import Any


class NestingError(ValueError):
    """The JSON is nested more deeply than Python can parse."""


def parse_json(text: str | bytes) -> Any:
    """The value that `text` contains. Raises ValueError for anything that is not JSON.

    `json.loads` alone also raises RecursionError, which is not a ValueError.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise NestingError("nested too deeply") from error
