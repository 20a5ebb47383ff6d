"""Markdown, with or without front matter, as the text that a reader of the page sees.

Emphasis marks, link targets, HTML tags and images are left out, so a quotation never contains markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.articles.metadata import FIELD_ALIASES, FROM_FRONT_MATTER, ParsedFile
from assistant.articles.openings import is_banner
from assistant.articles.readers.annotations import Annotations, split_annotations
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.front_matter import join_notes, split_front_matter
from assistant.articles.readers.notes import split_highlights, strip_link_fields, strip_note_markup
from assistant.articles.readers.tables.records import complete_fields
from assistant.articles.readers.whole_file import load_bytes
from assistant.records.article import Place

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

ONLY_MARKED = "only what somebody marked in it is there"

# The parser drops what is nested deeper than this limit. Its default drops the text of nine nested lists.
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 40})
_TURN = re.compile(
    r"(?:[\[(]?\d{1,2}:\d\d[\d:.,]{0,8}[\])]?\s{1,3})?[^\W\d_][\w.’'\- ]{0,40}(?:[(\[][^()\[\]]{1,40}[)\]])?:\s"
)
_SIGNATURE = re.compile(r"[—–]\s?[^\W\d_]|-{1,2}\s?[A-Z]")
_DIVIDED_END = re.compile(r"[^\W\d_]-$")
_LINE_BREAK = re.compile(r"<br[\s/>]", re.IGNORECASE)
_HIDDEN_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|title)\b.*?(?:</\1\s*>|\Z)|<[!?][^<>]*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"""</?([a-z][\w-]*+)[^<>"']*+(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+)*+>""", re.IGNORECASE)
_INLINE_TAGS = set(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var"
    " wbr".split()
)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile]:
    """One article. Raises OSError, and ReadError if the content is not text."""
    yield parse_markdown(load_bytes(file, settings))


def parse_markdown(data: bytes) -> ParsedFile:
    """The article in the bytes of a Markdown file. Raises ReadError.

    If the text begins with a level-one heading, the heading is the title unless the front matter gives one.
    """
    text, reading_note = decode_text(data)
    head = split_front_matter(text)
    body, comment_note = strip_note_markup(head.text)
    annotations = split_annotations(body)
    if annotations:
        return _make_annotated(annotations, strip_link_fields(head.fields), join_notes(reading_note, head.note))
    highlights = split_highlights(body)
    body, listed = highlights or (body, {})
    tokens = _PARSER.parse(body)
    fields, title = {**complete_fields(listed), **strip_link_fields(head.fields)}, _find_title(tokens)
    if title and not fields.get("title") and not is_banner(title):
        fields = {**fields, "title": title}
    note = join_notes(reading_note, head.note, comment_note)
    return ParsedFile(
        "\n\n".join(_extract_blocks(tokens)),
        fields,
        reading_note=note,
        has_opening=True,
        is_named_by_author=True,
        origin=FROM_FRONT_MATTER,
        field_origins={} if head.fields.get("title") else {"title": "its heading"},
        partial=ONLY_MARKED if highlights else None,
    )


def _make_annotated(annotations: Annotations, fields: dict[str, object], note: str | None) -> ParsedFile:
    """The marked words of a document as paragraphs, with their pages as the note cites them."""
    cited = {name: value for name, value in annotations.fields.items() if not fields.keys() & set(FIELD_ALIASES[name])}
    places, start = list[Place](), 0
    paragraphs = [_extract_inline_text(_PARSER.parseInline(words)[0]).strip() for words, _ in annotations.marked]
    for words, (_, page) in zip(paragraphs, annotations.marked, strict=True):
        if page and (not places or places[-1].label != page):
            places.append(Place(start, page))
        start += len(words) + 2
    return ParsedFile(
        "\n\n".join(paragraphs),
        {**cited, **fields},
        reading_note=note,
        places=tuple(places),
        origin=FROM_FRONT_MATTER,
        field_origins=dict.fromkeys(cited, "its citations"),
        partial=ONLY_MARKED,
    )


def _find_title(tokens: list[Token]) -> str | None:
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _extract_inline_text(tokens[1]).strip()
    return None


def _extract_blocks(tokens: list[Token]) -> list[str]:
    blocks: list[str] = []
    for token in tokens:
        if token.type == "inline":
            words = _extract_inline_text(token).strip()
        elif token.type in ("fence", "code_block"):
            words = token.content.strip("\n")
        elif token.type == "html_block":
            blocks += _extract_html_text(token.content)
            continue
        else:
            continue
        if words:
            blocks.append(words)
    return blocks


def _extract_inline_text(token: Token) -> str:
    lines: list[list[str]] = [[]]
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            lines[-1].append(child.content)
        elif child.type == "softbreak":
            lines.append([])
        elif child.type == "hardbreak" or (child.type == "html_inline" and _LINE_BREAK.match(child.content)):
            lines[-1].append("\n")
    return _join_lines(["".join(parts) for parts in lines])


def _join_lines(lines: list[str]) -> str:
    """The lines of a paragraph, joined by spaces; the end of a line stays where it means something.

    That is before a signature, between the turns of a transcript, and inside a word that is divided at its end.
    """
    is_transcript = sum(_TURN.match(line) is not None for line in lines) > 1
    parts = lines[:1]
    for before, line in pairwise(lines):
        stays = _SIGNATURE.match(line) or (_DIVIDED_END.search(before[-2:]) and line[:1].islower())
        parts += ["\n" if stays or (is_transcript and _TURN.match(line)) else " ", line]
    return "".join(parts)


def _extract_html_text(html: str) -> list[str]:
    """The text of a block of HTML, split where a browser would start a new line."""
    visible = " ".join(_HIDDEN_HTML.sub(" ", html).split())
    lines = _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE_TAGS else "\n", visible).split("\n")
    return [words for line in lines if (words := unescape(line).strip())]
