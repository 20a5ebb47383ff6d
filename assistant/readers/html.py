"""Web pages: the article's own text and metadata, without navigation, by trafilatura."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import ReadError
from assistant.readers.decoding import decode
from assistant.readers.fields import Found

_FROM_PAGE = {
    "title": "title",
    "author": "author",
    "source": "sitename",
    "published_at": "date",
    "url": "url",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)


def read(data: bytes, _path: Path) -> Found:
    """One article. Raises ReadError where the page holds no article text."""
    from trafilatura import bare_extraction  # a quarter of a second, and only pages need it

    html, remark = _page(data)
    page = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    text = page.text if page is not None else None
    if not text or not text.strip():
        raise ReadError("no article text in this page")
    fields = {name: getattr(page, attribute) for name, attribute in _FROM_PAGE.items()}
    fields["language"] = page.language
    return Found(text.strip(), fields, remark=remark)


def _page(data: bytes) -> tuple[str, str | None]:
    # A page that is not UTF-8 may name its own encoding, which beats detection.
    named = _CHARSET.search(data[:4096])
    if named and not _is_utf8(data):
        try:
            return data.decode(named[1].decode("ascii")), None
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
