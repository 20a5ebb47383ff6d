"""Lists from anywhere (feeds, sitemaps, OPML) are read in a process of their own: the libraries that read them have
patterns that take the square of a text, which nothing else can stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.articles.isolation.processes import CAN_ISOLATE, call_isolated
from assistant.errors import ReadError, WebError
from assistant.system.work_limit import run_within

MAX_FEED_BYTES = 16_000_000
MAX_LIST_SECONDS = 60  # of processor time, to read one feed, sitemap or OPML file: the largest take some 20
_MAX_BLOCKS = 8_000_000  # of memory, see run_within: about a gigabyte


def parse_apart(parse: Callable[..., object], data: bytes, name: str, *others: str, seconds: int) -> Any:
    """What `parse`, a function of a module, makes of a list, as JSON. `name` is its address or path.

    Raises WebError for what `parse` refuses, and for a list that is too large, declares entities or takes too much.
    """
    _check_markup(data, name)
    try:
        if CAN_ISOLATE:
            return call_isolated(f"{parse.__module__}:{parse.__name__}", data, (name, *others), seconds)
        found, problem = run_within(lambda: parse(data, name, *others), seconds, _MAX_BLOCKS)
        if problem is None:
            return found
        reason = f"reading it took {problem}"
    except (ReadError, OSError) as error:
        reason = str(error)
    if reason.startswith(name):
        raise WebError(reason)
    raise WebError(f"{name}: {reason}; add the addresses of its pages instead")


def _check_markup(data: bytes, name: str) -> None:
    """Raise WebError for XML that is too large, or declares entities: they can make little grow into much."""
    if len(data) > MAX_FEED_BYTES:
        raise WebError(f"{name}: larger than a feed can be ({MAX_FEED_BYTES // 1_000_000} MB)")
    if b"<!ENTITY" in data.replace(b"\x00", b""):
        raise WebError(f"{name}: declares XML entities, which are not expanded; it is not read")
