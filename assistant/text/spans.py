"""A place in a text."""

from __future__ import annotations

Span = tuple[int, int]
"""Half-open [start, end) in Unicode code points into an article's text."""
