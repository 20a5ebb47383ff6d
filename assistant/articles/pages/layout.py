"""Tables, lists of terms and chunks that are only the layout of a page, unfolded before its text is extracted.

A table that holds the article in its cells becomes plain parts of the page, and an article that stands in chunks beside
each other becomes one part. A list of terms, and parts that are marked as the name of a speaker, become paragraphs with
a label: "Ada Poe: words". Tables of figures stay."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from assistant.articles.pages.blocks import get_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LABEL_LENGTH = 60  # characters
MIN_CELL_PARAGRAPHS = 2
LONG_CELL = 300  # characters: no cell of a table of figures has as many
MIN_LOOSE_TEXT = 40  # characters, beside blocks
MIN_PARAGRAPH = 40  # characters of a paragraph that shows where the article is
MIN_CHUNKS = 2
MIN_CHUNK_PARAGRAPHS = 3  # in all chunks
MIN_CHUNK_SHARE = 0.5  # of the paragraphs of the page, in the chunks of its article
MAX_LINKED = 0.5  # of the characters of a chunk, in links

_TABLE_TAGS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_HEADING_TAGS = ("h1", "h2", "h3")
_BLOCK_TAGS = ("p", "div", "ul", "ol", "table", "blockquote", "section")
_OUTER_BLOCKS = frozenset(
    """
    article aside blockquote button center div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr iframe main
    nav noscript ol p pre script section select style svg table template ul video audio
    """.split()
)
_CONTAINER_TAGS = ("div", "section", "article", "main", "body", "center")
_LABEL_TAGS = ("span", "div", "b", "strong", "p", "h3", "h4", "h5", "em", "cite", "a")
_SPEAKER_CLASS = re.compile(r"(?i)(?:^|[\s_-])(?:speaker|interviewee|interviewer)(?:[_-]{0,2}(?:name|label))?(?:$|\s)")
_CAPTION_CLASS = re.compile(r"(?i)caption|credit|copyright|image|photo|img|picture|byline|author|meta")
_NO_CHUNK_CLASS = re.compile(r"(?i)comment|repl(?:y|ies)|review|related|teaser|card|promo|update|post(?:$|[\s_-])")
_NO_CHUNK_PARTS = ("time", "article", "form", "h1")
_LABEL_END = " :.–—-\u00a0"


def unfold_layout(tree: HtmlElement) -> None:
    """Turn the tables, lists of terms and labels that are only layout into paragraphs."""
    for table in reversed(list(tree.iter("table"))):  # tables inside others first
        if _is_layout(table):
            for element in list(table.iter(*_TABLE_TAGS)):
                element.tag = "div"
    for part in list(tree.iter(*_CONTAINER_TAGS)):
        _wrap_loose_text(part)
    _join_chunks(tree)
    for terms in list(tree.iter("dl")):
        _unfold_terms(terms)
    for label in list(tree.iter(*_LABEL_TAGS)):
        if _SPEAKER_CLASS.search(label.get("class") or ""):
            _join_label(label)


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iterdescendants("table", "article", *_HEADING_TAGS), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    if any(map(_holds_paragraphs, cells)):
        return True
    return len(cells) <= MIN_CELL_PARAGRAPHS and any(len(get_text(cell)) >= LONG_CELL for cell in cells)


def _holds_paragraphs(cell: HtmlElement) -> bool:
    return sum(len(get_text(each)) >= MAX_LABEL_LENGTH for each in cell.iter("p")) >= MIN_CELL_PARAGRAPHS


def _join_chunks(tree: HtmlElement) -> None:
    """Unwrap parts of one kind that stand beside each other and hold most of the paragraphs of the page.

    An article is cut so where advertisements or pictures stand between its paragraphs. The extractor takes one part of
    it only, and nothing shows that the others are missing.
    """
    counts: Counter[HtmlElement] = Counter()  # of the paragraphs in each part
    paragraphs = [each for each in tree.iter("p") if len(get_text(each)) >= MIN_PARAGRAPH]
    for paragraph in paragraphs:
        counts.update(paragraph.iterancestors(*_CONTAINER_TAGS))
    needed = max(MIN_CHUNK_PARAGRAPHS, MIN_CHUNK_SHARE * len(paragraphs))
    for part in [each for each in tree.iter(*_CONTAINER_TAGS) if counts[each] >= needed]:
        while chunks := _find_chunks(part, counts, needed):
            _unwrap(part, set(chunks))


def _unwrap(part: HtmlElement, chunks: Set[HtmlElement]) -> None:
    """Put the content of chunks in their places, in one pass: `drop_tag` looks for each among all parts."""
    children: list[HtmlElement] = []

    def add_text(text: str | None) -> None:
        if children:
            children[-1].tail = (children[-1].tail or "") + (text or "")
        else:
            part.text = (part.text or "") + (text or "")

    for child in list(part):
        if child not in chunks:
            children.append(child)
            continue
        tail = child.tail
        add_text(child.text)
        children.extend(child)
        add_text(tail)
    part[:] = children


def _find_chunks(part: HtmlElement, counts: Counter[HtmlElement], needed: float) -> list[HtmlElement]:
    kinds: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for child in part:
        if counts[child] and child.tag in _CONTAINER_TAGS:
            kinds[child.tag, child.get("class") or ""].append(child)
    for chunks in kinds.values():
        if len(chunks) >= MIN_CHUNKS and sum(counts[each] for each in chunks) >= needed and all(map(_is_chunk, chunks)):
            return chunks
    return []


def _is_chunk(part: HtmlElement) -> bool:
    """Whether a part with paragraphs may be one of an article, no article, comment or teaser by itself."""
    if _NO_CHUNK_CLASS.search(f"{part.get('class') or ''} {part.get('id') or ''}"):
        return False
    if next(part.iterdescendants(*_NO_CHUNK_PARTS), None) is not None:
        return False
    return sum(len(get_text(link)) for link in part.iter("a")) <= MAX_LINKED * len(get_text(part))


def _wrap_loose_text(element: HtmlElement) -> None:
    """Put the text that stands beside blocks in an element into paragraphs: the extractor leaves such text out."""
    if _CAPTION_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return
    if not any(child.tag in _OUTER_BLOCKS for child in element):
        return
    run: list[HtmlElement] = []
    text, before = element.text or "", None  # of the run: its text before its elements, and the block before it
    for child in [*element, None]:
        if child is not None and child.tag not in _OUTER_BLOCKS:
            run.append(child)
            continue
        length = len(text.strip()) + sum(len(get_text(each)) + len((each.tail or "").strip()) for each in run)
        if length >= MIN_LOOSE_TEXT:
            _wrap(element, before, text, run)
        run, before, text = [], child, (child.tail or "") if child is not None else ""


def _wrap(element: HtmlElement, before: HtmlElement | None, text: str, run: Sequence[HtmlElement]) -> None:
    """Put the text after a child, or that before the first one, and the run after it into a paragraph."""
    paragraph = element.makeelement("p")
    if before is None:
        element.text = None
        element.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.text = text
    paragraph.extend(run)


def _unfold_terms(terms: HtmlElement) -> None:
    """Make a paragraph of each definition, with its term before the first one."""
    elements = list(terms.iter("dt", "dd"))
    terms.tag = "div"
    labels: list[HtmlElement] = []  # of the terms that the next definition is for
    for element in elements:
        text = get_text(element)
        if element.tag == "dt":
            element.tag = "p"
            if 0 < len(text) <= MAX_LABEL_LENGTH and not text.endswith(("?", "!")):
                labels.append(element)
            continue
        element.tag = "div" if next(element.iterdescendants(*_BLOCK_TAGS), None) is not None else "p"
        if labels and text:
            _put_before(element, ", ".join(get_text(each).rstrip(_LABEL_END) for each in labels))
            for each in labels:
                each.drop_tree()
        labels = []


def _put_before(element: HtmlElement, label: str) -> None:
    """Put a label before the words of an element, in its first paragraph."""
    paragraph = next(element.iterdescendants("p"), None)
    target = element if paragraph is None or (element.text or "").strip() else paragraph
    target.text = f"{label}: {(target.text or '').lstrip()}"


def _join_label(label: HtmlElement) -> None:
    """Put a speaker's name and a colon before the words that follow it."""
    text = get_text(label).rstrip(_LABEL_END)
    parent = label.getparent()
    if not text or len(text) > MAX_LABEL_LENGTH or parent is None or (label.tail or "").lstrip().startswith(":"):
        return
    if (label.tail or "").strip():
        for child in list(label):
            child.drop_tree()
        label.text = f"{text}:" if label.tail[:1].isspace() else f"{text}: "
        return
    words = label.getnext()
    if words is not None and words.tag == "br":
        words.drop_tag()
        label.tail = f": {(label.tail or '').lstrip()}"
    elif words is not None and get_text(words) and not _SPEAKER_CLASS.search(words.get("class") or ""):
        _put_before(words, text)
        label.drop_tree()
