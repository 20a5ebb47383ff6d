"""The text of the article of a page, extracted by trafilatura, in the lines that the page has."""

from __future__ import annotations

from configparser import ConfigParser
from copy import deepcopy
from typing import TYPE_CHECKING

from assistant.articles.pages.blocks import list_blocks, split_joined_lines
from assistant.errors import ReadError

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

SHORT_ARTICLE = "25"  # characters, from which an extraction is kept; trafilatura's own limit is ten times that
MIN_KEPT_SHARE = 0.5  # of the characters of a joined text, in the text that replaces it


def extract_page(tree: HtmlElement) -> tuple[str, Document | None]:
    """The text of the article, empty if there is none, and its metadata. Raises ReadError."""
    page, text = _run_extractor(tree)
    if not text:
        return "", page
    divided, is_joined = split_joined_lines(text, list_blocks(tree))
    if not is_joined:
        return text, page
    # A short article is taken from the whole page, in one line. Its own text is better, if it is found.
    _, short_text = _run_extractor(tree, SHORT_ARTICLE)
    if len(short_text) >= MIN_KEPT_SHARE * len(text):
        divided, _ = split_joined_lines(short_text, list_blocks(tree))
    return divided, page


def _run_extractor(tree: HtmlElement, least: str | None = None) -> tuple[Document | None, str]:
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    config: ConfigParser = DEFAULT_CONFIG
    if least is not None:
        config = deepcopy(DEFAULT_CONFIG)
        config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = least
    try:
        page = bare_extraction(
            tree,
            with_metadata=least is None,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            deduplicate=False,
            config=config,
            # A date in the text is not the date of publication.
            date_extraction_params={"original_date": True, "extensive_search": False, "min_date": "1600-01-01"},
        )
    except Exception as error:  # broken pages raise many types of error
        raise ReadError(f"this page cannot be parsed ({type(error).__name__})") from error
    return page, (page.text or "").strip() if page is not None else ""
