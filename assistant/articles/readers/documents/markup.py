"""HTML that is a text and no page, as in mails, books and feeds: all its paragraphs; nothing is taken for furniture."""

from __future__ import annotations

import re
from typing import Any

from assistant.articles.readers.documents.paragraphs import collect_paragraphs

MAX_DEPTH = 400  # of elements within each other; what is deeper is read as one paragraph
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead title tr ul".split()
)
_HIDDEN = frozenset("script style head noscript template iframe object svg math select button textarea".split())
_BREAKS = re.compile(r"\n[^\S\n]*\n")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.I)
_BLOCK_MARKUP = re.compile(
    r"</(?:p|div|li|ul|ol|h[1-6]|blockquote|td|tr|table|body|html|figure)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)
_INLINE_MARKUP = re.compile(r"<(b|i|em|strong|a|span|u|sup|sub)(?:\s[^<>]*)?>[^<>]*</\1\s*>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip);", re.IGNORECASE
)


def is_markup(text: str) -> bool:
    """Whether a text is plainly HTML: it has paragraphs or breaks of HTML, or is one paragraph with links and the like.

    A text in lines of its own, with a tag here and there, is used as it is.
    """
    if _BLOCK_MARKUP.search(text):
        return True
    return "\n" not in text.strip() and _INLINE_MARKUP.search(text) is not None


def has_entities(text: str) -> bool:
    """Whether a text has characters that are written as in HTML."""
    return _ENTITY.search(text) is not None


def parse_markup(text: str) -> Any:
    """The tree of a piece of HTML; None if there is nothing in it."""
    from lxml import etree

    parser = etree.HTMLParser(
        recover=True, remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8"
    )
    try:
        # As bytes, because lxml refuses text that declares its encoding.
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def extract_paragraphs(text: str) -> str:
    """The text of a piece of HTML; each block, also a cell of a table, is a paragraph of its own."""
    root = parse_markup(text)
    return "" if root is None else extract_tree(root)


def extract_tree(root: Any) -> str:
    """The text of an element, as `extract_paragraphs`."""
    blocks: list[list[str]] = [[]]
    stack: list[tuple[Any, bool, int]] = [(root, False, 0)]
    while stack:
        element, is_done, depth = stack.pop()
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        is_block = name in _BLOCKS
        if is_done:
            if is_block:
                blocks.append([])
            if depth:
                blocks[-1].append(_flatten(element.tail))
            continue
        stack.append((element, True, depth))
        if not name or name in _HIDDEN or _HIDDEN_STYLE.search(element.get("style") or ""):
            continue
        if is_block:
            blocks.append([])
        if name == "br":
            blocks[-1].append("\n")
        keeps_lines = name == "pre"
        blocks[-1].append((element.text or "") if keeps_lines else _flatten(element.text))
        if depth < MAX_DEPTH:
            stack += [(child, False, depth + 1) for child in reversed(element)]
        else:
            blocks[-1] += [_flatten(piece) for child in element for piece in child.itertext()]
    # Two line breaks after each other end a paragraph.
    return collect_paragraphs(part for block in blocks for part in _BREAKS.split("".join(block)))


def _flatten(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
