"""Web pages: the text and metadata of the article without navigation, extracted by trafilatura."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from assistant.articles.metadata import ParsedFile
from assistant.articles.openings import find_author, find_date
from assistant.articles.page_addresses import choose_outlet, find_saved_address
from assistant.articles.partial import drop_paywall, find_partial
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.whole_file import load_bytes
from assistant.errors import ReadError
from assistant.records.article import Place
from assistant.system.json import parse_json

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from assistant.articles.pages.updates import Update
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_BROKEN_DATA = 20_000  # characters of a script whose data cannot be parsed

MIN_SENTENCE = 40  # characters of a line that makes an article of the introduction to a live blog
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "…")
_PAGE_FIELDS = {
    "title": "title",
    "author": "author",
    "source": "sitename",
    "published_at": "date",
    "url": "url",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
# Browsers decode a page that names the first encoding with the second, which also has curly quotes.
_WIDER_ENCODINGS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article, or those of a live blog. Raises OSError, and ReadError if the page contains no article text."""
    yield from parse_pages(load_bytes(file, settings))


def parse_page(data: bytes, address: str | None = None) -> ParsedFile:
    """The article in the bytes of a web page, which was saved from `address`, if that is known. Raises ReadError."""
    html, reading_note = _decode_page(data)
    return _parse_tree(_prepare_tree(html), reading_note, address or find_saved_address(html))


def parse_pages(data: bytes) -> list[ParsedFile]:
    """The article in the bytes of a web page; of a live blog, one article for each update. Raises ReadError."""
    from assistant.articles.pages.updates import find_updates

    html, reading_note = _decode_page(data)
    tree, address = _prepare_tree(html), find_saved_address(html)
    updates = find_updates(tree)
    page = None
    try:
        page = _parse_tree(deepcopy(tree) if updates else tree, reading_note, address)
    except ReadError:
        if not updates:
            raise
    if not updates:
        assert page is not None
        return [page]
    fields = dict(page.fields) if page is not None else {}
    parsed = _parse_introduction(tree, updates, page)
    counts: Counter[str] = Counter()
    for update in updates:
        counts[update.name] += 1
        name = update.name if counts[update.name] == 1 else f"{update.name}-{counts[update.name]}"
        parsed.append(
            ParsedFile(
                update.text, {**fields, "published_at": update.time}, part=name, places=(Place(0, update.label),)
            )
        )
    return parsed


def _parse_introduction(tree: HtmlElement, updates: Sequence[Update], page: ParsedFile | None) -> list[ParsedFile]:
    """What a live blog has besides its updates, if that has sentences."""
    for update in updates:
        update.element.drop_tree()
    try:
        rest = _parse_tree(tree, None, None)
    except ReadError:
        return []
    has_sentences = any(len(line) >= MIN_SENTENCE and line.endswith(_SENTENCE_ENDS) for line in rest.text.split("\n"))
    fields = rest.fields if page is None else page.fields
    note = None if page is None else page.reading_note
    return [ParsedFile(rest.text, fields, reading_note=note, has_opening=True)] if has_sentences else []


def _prepare_tree(html: str) -> HtmlElement:
    """The tree of a page without what is not its article."""
    from assistant.articles.pages.layout import unfold_layout
    from assistant.articles.pages.pruning import prune_page
    from assistant.articles.pages.tree import parse_tree

    tree = parse_tree(html)
    prune_page(tree)
    _drop_broken_data(tree)
    unfold_layout(tree)
    return tree


def _parse_tree(tree: HtmlElement, reading_note: str | None, address: str | None) -> ParsedFile:
    # These imports take a quarter of a second, and only pages need them.
    from assistant.articles.pages.article_data import read_article_data
    from assistant.articles.pages.byline import find_authors
    from assistant.articles.pages.extraction import extract_page
    from assistant.articles.pages.joiners import hide_joiners, show_joiners
    from assistant.articles.pages.lines import drop_byline_lines, join_labels
    from assistant.articles.pages.metadata import choose_title, find_day_below_title

    data = read_article_data(tree)
    has_hidden = hide_joiners(tree)
    text, page = extract_page(tree)
    if page is None or not text:
        raise ReadError("no article text in this page")
    fields = {name: getattr(page, attribute) for name, attribute in _PAGE_FIELDS.items()}
    fields |= {"language": page.language, "updated_at": data.updated, "section": data.section}
    fields["url"] = page.url or address
    fields["source"] = outlet = choose_outlet(tree, page.sitename, fields["url"], page.author, text)
    fields["title"] = choose_title(tree, page.title, outlet)
    fields["author"] = find_authors(tree, page.author, outlet) or find_author(text)
    fields["published_at"] = fields["published_at"] or find_date(text) or find_day_below_title(tree)
    lines = join_labels(drop_byline_lines(text.split("\n")))
    whole = "\n".join(lines).strip()
    if has_hidden:
        whole = show_joiners(whole)
        fields = {name: show_joiners(value) if isinstance(value, str) else value for name, value in fields.items()}
    partial = find_partial(whole, is_free=data.is_free, word_count=data.word_count)
    return ParsedFile(
        drop_paywall(whole) if partial else whole,
        fields,
        reading_note=reading_note,
        has_opening=True,
        origin="the data of the page",
        partial=partial,
    )


def _drop_broken_data(tree: HtmlElement) -> None:
    """Empty long scripts of data that are not valid JSON: trafilatura searches them again and again for each name."""
    for script in tree.iter("script"):
        text = script.text or ""
        if len(text) > MAX_BROKEN_DATA and "json" in (script.get("type") or "").lower():
            try:
                parse_json(text)
            except ValueError:
                script.text = None


def _decode_page(data: bytes) -> tuple[str, str | None]:
    # If a page that is not UTF-8 names its encoding, that is more reliable than detection.
    named = _CHARSET.search(data[:4096])
    if named and not _is_utf8(data):
        try:
            codec = codecs.lookup(named[1].decode("ascii")).name
            # The name was found in single bytes, so the page is not UTF-16; other Unicode codecs are not for pages.
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
