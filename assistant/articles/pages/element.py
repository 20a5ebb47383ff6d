"""The elements of a page, in which one look of the extractor takes the time of the page and not of its square."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement, HtmlElementClassLookup, HTMLParser

_PARAGRAPH_TEXTS = "//p//text()"  # the extractor asks for it; lxml compares each text with all that it has found


class PageElement(HtmlElement):  # type: ignore[misc]  # lxml has no types
    """An element whose texts in paragraphs are found by one walk."""

    def xpath(self, _path: str, **options: Any) -> Any:
        """As that of lxml."""
        if _path == _PARAGRAPH_TEXTS and not options:
            return _list_paragraph_texts(self.getroottree().getroot())
        return super().xpath(_path, **options)


def _list_paragraph_texts(root: HtmlElement) -> list[str]:
    """The texts below the paragraphs of a page, each once, in order."""
    return [
        text
        for paragraph in root.iter("p")
        if next(paragraph.iterancestors("p"), None) is None
        for text in paragraph.itertext()
    ]


class _PageElementLookup(HtmlElementClassLookup):  # type: ignore[misc]
    def lookup(self, node_type: str, document: Any, namespace: Any, name: Any) -> Any:
        """The class of a node."""
        found = super().lookup(node_type, document, namespace, name)
        return PageElement if found is HtmlElement else found


def make_element_parser() -> HTMLParser:
    """A parser whose elements are such."""
    parser = HTMLParser()
    parser.set_element_class_lookup(_PageElementLookup())
    return parser
