"""Web pages: the article's own text and metadata, without navigation, by trafilatura."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from assistant.articles.metadata import ParsedFile
from assistant.articles.readers.encoding import decode_text
from assistant.errors import ReadError

_PAGE_FIELDS = {
    "title": "title",
    "author": "author",
    "source": "sitename",
    "published_at": "date",
    "url": "url",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
# Pages that name the one are written in the other, and browsers read them so: it has the curly quotes.
_WIDER_ENCODINGS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
MAX_ATTRIBUTES = 1_000  # of one tag
_TAG = re.compile(r"<[A-Za-z][\w:-]*")
_IN_TAG = re.compile(r"""[^>"']+|"[^"]*"|'[^']*'""")


def read(data: bytes, _path: Path) -> ParsedFile:
    """One article. Raises ReadError where the page holds no article text."""
    from trafilatura import bare_extraction  # a quarter of a second, and only pages need it

    html, remark = _decode_page(data)
    html = _drop_excess_attributes(html)
    if "<html" not in html[:1000].lower():  # trafilatura leaves parts of pages alone
        html = f"<html>{html}</html>"
    try:
        page = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            deduplicate=False,
            # A date in the text is what the article is about, not when it was published.
            date_extraction_params={"original_date": True, "extensive_search": False, "min_date": "1600-01-01"},
        )
    except Exception as error:  # broken pages make it fail in many ways, bare AssertionErrors among them
        raise ReadError(f"this page cannot be taken apart ({type(error).__name__})") from error
    text = page.text if page is not None else None
    if not text or not text.strip():
        raise ReadError("no article text in this page")
    fields = {name: getattr(page, attribute) for name, attribute in _PAGE_FIELDS.items()}
    fields["language"] = page.language
    return ParsedFile(text.strip(), fields, reading_note=remark)


def _drop_excess_attributes(html: str) -> str:
    """The page without the attributes of tags that have more of them than a page has use for.

    The parser compares every attribute of a tag with every other, so a few hundred thousand would take hours.
    """
    if html.count("=") < MAX_ATTRIBUTES:
        return html
    kept: list[str] = []
    done = read = 0
    for tag in _TAG.finditer(html):
        if tag.start() < read:
            continue  # inside a value of the tag before
        end, attributes = tag.end(), 0
        while piece := _IN_TAG.match(html, end):
            end = piece.end()
            attributes += piece[0].count("=") + piece[0].count(" ") if piece[0][0] not in "\"'" else 0
        read = end
        if attributes > 2 * MAX_ATTRIBUTES:
            kept += [html[done : tag.end()], " "]
            done = end
    return "".join([*kept, html[done:]])


def _decode_page(data: bytes) -> tuple[str, str | None]:
    # A page that is not UTF-8 may name its own encoding, which beats detection.
    named = _CHARSET.search(data[:4096])
    if named and not _is_utf8(data):
        try:
            codec = codecs.lookup(named[1].decode("ascii")).name
            # What can be searched for the name is not UTF-16; other Unicode names are not for pages.
            if not codec.startswith(("utf", "unicode", "raw")):
                return data.decode(_WIDER_ENCODINGS.get(codec, codec)), None
        except (UnicodeError, LookupError):
            pass
    return decode_text(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
