"""What the program says about formats without a reader."""

from __future__ import annotations

from assistant.articles.readers import READER_BY_SUFFIX
from assistant.articles.unread_formats import _ADVICE_BY_SUFFIX, hint_format


def test_advice_is_for_unread_formats_only() -> None:
    """No format with a reader has advice, and all that is advised has a reader."""
    assert set(READER_BY_SUFFIX).isdisjoint(_ADVICE_BY_SUFFIX)
    named = {word.strip(",()") for advice in _ADVICE_BY_SUFFIX.values() for word in advice.split() if "." in word[:2]}
    assert named <= set(READER_BY_SUFFIX)
    assert hint_format(".doc") == "; save it as .docx"
    assert hint_format(".nothing") == ""
