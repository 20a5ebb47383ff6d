"""Markdown, with or without front matter, as the words a reader of the page would see: emphasis marks,
link targets and images are gone, so a quotation never holds markup."""

from __future__ import annotations

from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.readers.decoding import decode
from assistant.readers.fields import Found
from assistant.readers.front_matter import split_front_matter

_PARSER = MarkdownIt("commonmark", {"html": True})


def read(data: bytes, _path: Path) -> Found:
    """One article; a level-one heading that opens it is its title unless the front matter names one.
    Raises ReadError where the bytes are not text or the front matter is not YAML."""
    text, remark = decode(data)
    fields, body = split_front_matter(text)
    tokens = _PARSER.parse(body)
    title = _opening_heading(tokens)
    if title and not fields.get("title"):
        fields = {**fields, "title": title}
    return Found("\n\n".join(_blocks(tokens)), fields, remark=remark)


def _opening_heading(tokens: list[Token]) -> str | None:
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _words(tokens[1]).strip()
    return None


def _blocks(tokens: list[Token]) -> list[str]:
    blocks: list[str] = []
    for token in tokens:
        if token.type == "inline":
            words = _words(token).strip()
        elif token.type in ("fence", "code_block"):
            words = token.content.strip("\n")
        else:
            continue
        if words:
            blocks.append(words)
    return blocks


def _words(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
