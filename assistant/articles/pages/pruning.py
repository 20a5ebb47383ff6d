"""Takes out of the tree of a page what is not its article: lists of related stories, advertisements, pull quotes.

Each rule asks for evidence in the markup (links, nested articles, names of classes), so that a heading inside the
article, such as "More on the strike", costs none of its paragraphs."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from assistant.articles.openings import is_advertisement
from assistant.articles.pages.blocks import get_text, iterate_text
from assistant.text.languages import ENGLISH

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_HEADING_LENGTH = 80
MAX_HEADING_CHILDREN = 4
MAX_BLOCK_LENGTH = 600  # of an advertisement, in characters
MAX_LEVELS = 8  # from a heading to the part of the page that it opens
MAX_PULL_QUOTES = 100
MIN_PULL_QUOTE_LENGTH = 15
MIN_PARAGRAPH_LENGTH = 40  # of a paragraph that shows where the article is
MIN_PARAGRAPHS = 3
MIN_PICTURES = 3
MAX_NESTED_GALLERIES = 3
MIN_PARAGRAPHS_BESIDE = 2  # in an article with a series of pictures
MAX_OTHER_SHARE = 0.4  # of the text of the article, in another article that the page shows
LINKED_SHARE = 0.6  # of the characters of a list of links
MIN_TEASER_WORDS = 5  # of a line that is nothing but a link
WHOLE_LINK_SHARE = 0.9  # of its characters, in the link
MAX_TEASER_SHARE = 1 / 3  # such lines for each paragraph; with more of them, a page is a list of links

_WORDS = ENGLISH.pages
_RELATED = re.compile(rf"(?:{'|'.join(_WORDS.related_headings)})", re.IGNORECASE)
_RELATED_OPENING = re.compile(r"(?P<heading>[^:|>»]{3,40}?)\s?(?:[:|>»]|\s[–—-]\s)\s*(?=\S)")
_RELATED_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:related|recirc\w*|teasers?|trending|popular|recommend\w*|promos?|more-(?:from|stories|news|on|like)"
    r"|other-(?:\w{1,20}-){0,2}(?:stor(?:y|ies)|articles?|news|columns?|posts?|headlines?)|read-?more|also-?like|most-?read|outbrain|taboola|upsell|cross-?sell)(?:$|[\s_-])"
)
_ADVERTISEMENT_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:ads?|advert\w*|promos?|sponsor\w*|newsletter|sign-?up|subscribe|subscription|paywall-?promo|upsell"
    r"|donat\w*|unsubscribe)(?:$|[\s_-])"
)
_PULL_QUOTE_CLASS = re.compile(r"(?i)pull-?_?quote|quote-?_?pull|blockquote-?_?pull|callout-?_?quote")
_GALLERY_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:image-?|photo-?|picture-?)?(?:gallery|galleries|slide-?shows?|carousel|slider)(?:$|[\s_-])"
)
_NO_STORY = re.compile(r"(?i)\s*(?:#|mailto:|tel:)|.*\.pdf\b")  # an address that is no page with another story
_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", ":")
_MARKS = re.compile(r"[\s\"'“”‘’«»„…]+")
_HEADING_TAGS = ("h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span", "header", "dt", "legend", "summary")
_BLOCK_TAGS = ("p", "div", "section", "aside", "ul", "ol", "li", "figure", "blockquote", "table")
_PAGE_TAGS = frozenset({"html", "body", "main"})


def prune_page(tree: HtmlElement) -> None:
    """Remove from the tree what does not belong to its article."""
    _drop_navigation(tree)
    _drop_galleries(tree)
    _drop_related(tree)
    _drop_linked_lines(tree)
    _drop_other_articles(tree)
    _drop_advertisements(tree)
    _drop_pull_quotes(tree)


def _drop_navigation(tree: HtmlElement) -> None:
    """Remove menus, and what is at the foot of the page."""
    for element in [
        *tree.iter("nav"),
        *tree.xpath(".//*[@role='navigation' or @role='contentinfo']"),
        *tree.iter("footer"),
    ]:
        is_foot_of_article = element.tag == "footer" and _has_ancestor(element, "article")
        if not _is_in_tree(element, tree) or is_foot_of_article or next(element.iter("h1"), None) is not None:
            continue
        if not _holds_article(element):
            _drop(element)


def _drop_galleries(tree: HtmlElement) -> None:
    """Remove series of pictures with their captions, unless the page is little else."""
    paragraphs = {each for each in tree.iter("p") if len(get_text(each)) >= MIN_PARAGRAPH_LENGTH}
    examined: set[HtmlElement] = set()
    for element in list(tree.iter("div", "section", "aside", "ul", "ol")):
        if not _GALLERY_CLASS.search(_get_names(element)) or not _is_in_tree(element, tree):
            continue
        examined.add(element)
        if sum(each in examined for each in element.iterancestors()) >= MAX_NESTED_GALLERIES:
            continue
        pictures = sum(1 for _ in element.iter("img", "figure", "li"))
        if pictures < MIN_PICTURES or next(element.iter("h1"), None) is not None:
            continue
        inside = sum(each in paragraphs for each in element.iter("p"))
        if inside <= 2 * pictures and len(paragraphs) - inside >= MIN_PARAGRAPHS_BESIDE:
            _drop(element)


def _drop_other_articles(tree: HtmlElement) -> None:
    """Remove the article elements outside the part of the page with its only main heading."""
    headings = list(tree.iter("h1"))
    articles = list(tree.iter("article"))
    if len(headings) != 1 or len(articles) < 2 - (not _has_ancestor(headings[0], "article")):
        return
    part = headings[0].getparent()
    while part is not None and part.tag not in _PAGE_TAGS and not _holds_article(part):
        part = part.getparent()
    if part is None or part.tag in _PAGE_TAGS:
        return
    longest = MAX_OTHER_SHARE * _count_paragraph_characters(part)
    inside = set(part.iter("article"))
    for article in articles:
        if article in inside:
            is_other = article is not part and next(article.iter("h1"), None) is None and _is_card(article)
        else:
            is_other = part not in article.iter()
        if is_other and _count_paragraph_characters(article) < longest:
            _drop(article)


def _count_paragraph_characters(part: HtmlElement) -> int:
    return sum(len(get_text(paragraph)) for paragraph in part.iter("p"))


def _holds_article(part: HtmlElement) -> bool:
    paragraphs = (paragraph for paragraph in part.iter("p") if len(get_text(paragraph)) >= MIN_PARAGRAPH_LENGTH)
    return sum(1 for _, _ in zip(paragraphs, range(MIN_PARAGRAPHS), strict=False)) == MIN_PARAGRAPHS


def _has_ancestor(element: HtmlElement, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _drop_related(tree: HtmlElement) -> None:
    for element in list(tree.iter(*_HEADING_TAGS)):
        is_short = len(element) <= MAX_HEADING_CHILDREN and not _wraps_another(element, _HEADING_TAGS)
        text = _get_short_text(element) if is_short else None
        if not text or not _is_in_tree(element, tree):
            continue
        if _RELATED.fullmatch(text.strip(" :»>›–—-…")):
            _drop_list_below(element)
        elif element.tag in ("p", "div", "strong") and _is_linked_teaser(element, text):
            _drop(element)
    for element in list(tree.iter("div", "section", "aside", "ul")):
        if _RELATED_CLASS.search(_get_names(element)) and _is_in_tree(element, tree) and _shows_others(element):
            _drop(element)


def _drop_linked_lines(tree: HtmlElement) -> None:
    """Remove lines between the paragraphs that are nothing but a link to another story, and no sentence."""
    _unlink_announced(tree)
    lines = [each for each in tree.iter("p", "div") if _is_linked_line(each)]
    paragraphs = sum(len(get_text(each)) >= MIN_PARAGRAPH_LENGTH for each in tree.iter("p"))
    if len(lines) <= MAX_TEASER_SHARE * paragraphs:
        for each in lines:
            _drop(each)


def _unlink_announced(tree: HtmlElement) -> None:
    """Make plain text of the links that a paragraph announces ("… three reports this week:"): they are its end.

    The extractor too leaves out lists of links.
    """
    for paragraph in list(tree.iter("p")):
        text = get_text(paragraph)
        if not text.endswith(":") or len(text) < MIN_PARAGRAPH_LENGTH or _is_linked(paragraph):
            continue
        for sibling in paragraph.itersiblings():
            if not (sibling.tag in ("ul", "ol") or _is_linked_line(sibling)):
                break
            for link in list(sibling.iter("a")):
                link.tag = "span"
            if sibling.tag in ("ul", "ol"):
                break


def _is_linked_line(element: HtmlElement) -> bool:
    if element.tag == "div" and _wraps_another(element, _BLOCK_TAGS):
        return False
    text = _get_short_text(element)
    if not text or text.endswith(_SENTENCE_ENDS) or len(text.split()) < MIN_TEASER_WORDS:
        return False
    links = [each for each in element.iter("a") if not _NO_STORY.match(each.get("href") or "#")]
    is_in_list = _has_ancestor(element, "li") or _has_ancestor(element, "td")
    return not is_in_list and sum(len(get_text(each)) for each in links) >= WHOLE_LINK_SHARE * len(text)


def _drop_list_below(heading: HtmlElement) -> None:
    """Remove the part of the page that a heading opens, or the links that follow it."""
    block = _find_headed_block(heading)
    if block is not heading and _is_list_of_stories(block):
        _drop(block)
        return
    following = []
    for sibling in block.itersiblings():
        if sibling.tail and sibling.tail.strip():
            break
        if not get_text(sibling):
            continue
        if sibling.tag not in _BLOCK_TAGS or not (_is_linked(sibling) or _is_card(sibling)):
            break
        following.append(sibling)
    if following and not (block.tail and block.tail.strip()):
        for each in (*following, block):
            _drop(each)


def _find_headed_block(heading: HtmlElement) -> HtmlElement:
    """The largest part of the page whose first words are the heading."""
    block = heading
    for parent in islice(heading.iterancestors(), MAX_LEVELS):
        if parent.tag in _PAGE_TAGS or parent.tag == "article" or _has_text_before(block, parent):
            break
        block = parent
        if next(parent.iter("h1"), None) is not None:
            break
    while block is not heading and not _is_list_of_stories(block):
        block = next(child for child in block if child is heading or heading in child.iter())
    return block


def _has_text_before(element: HtmlElement, parent: HtmlElement) -> bool:
    if parent.text and parent.text.strip():
        return True
    for sibling in element.itersiblings(preceding=True):
        if (sibling.tail and sibling.tail.strip()) or get_text(sibling):
            return True
    return False


def _is_list_of_stories(block: HtmlElement) -> bool:
    if next(block.iter("h1"), None) is not None:
        return False
    if _is_linked(block) or next(block.iter("article"), None) is not None:
        return True
    return bool(_RELATED_CLASS.search(_get_names(block))) and not _holds_article(block)


def _shows_others(element: HtmlElement) -> bool:
    """Whether a part of a page that is named as one with other stories has them, and no article of its own."""
    if next(element.iter("h1"), None) is not None:
        return False
    cards = int(element.xpath("count(.//a//h2|.//a//h3|.//a//h4|.//h2//a|.//h3//a|.//h4//a)"))
    paragraphs = sum(len(get_text(each)) >= MIN_PARAGRAPH_LENGTH for each in element.iter("p"))
    return cards > 0 and paragraphs <= 2 * cards


def _is_card(element: HtmlElement) -> bool:
    """Whether an element shows another article: a linked heading, perhaps with a sentence."""
    return bool(element.xpath("boolean(.//a//h2|.//a//h3|.//a//h4|.//h2//a|.//h3//a|.//h4//a)")) and not _holds_article(
        element
    )


def _is_linked(element: HtmlElement) -> bool:
    """Whether most of the text of an element is in links."""
    length = len(get_text(element))
    linked = sum(len(get_text(link)) for link in ([element] if element.tag == "a" else element.iter("a")))
    return linked > 0 and linked >= LINKED_SHARE * length


def _is_linked_teaser(element: HtmlElement, text: str) -> bool:
    """Whether a line is a teaser of another article: "Read more: Mill owner charged", all or its end linked."""
    opening = _RELATED_OPENING.match(text)
    return opening is not None and bool(_RELATED.fullmatch(opening["heading"].strip())) and _is_linked(element)


def _drop_advertisements(tree: HtmlElement) -> None:
    for element in list(tree.iter(*_BLOCK_TAGS)):
        is_named = element.tag not in ("p", "li") and _ADVERTISEMENT_CLASS.search(_get_names(element))
        if not is_named and (len(element) > MAX_HEADING_CHILDREN or _wraps_another(element, _BLOCK_TAGS)):
            continue
        text = _get_short_text(element, MAX_BLOCK_LENGTH)
        if text and (is_named or is_advertisement(text)) and _is_in_tree(element, tree):
            _drop(element)


def _drop_pull_quotes(tree: HtmlElement) -> None:
    """Remove quotations that are set apart and stand in a paragraph too."""
    quotes = [
        element
        for element in tree.iter("aside", "blockquote", "div", "figure", "p", "section", "span")
        if (element.tag in ("aside", "blockquote") or _PULL_QUOTE_CLASS.search(_get_names(element)))
        and (text := _get_short_text(element, MAX_BLOCK_LENGTH))
        and len(text) >= MIN_PULL_QUOTE_LENGTH
    ]
    if not quotes or len(quotes) > MAX_PULL_QUOTES:
        return
    inside = {each for quote in quotes for each in quote.iter()}
    paragraphs = "\n".join(_MARKS.sub(" ", get_text(each)) for each in tree.iter("p") if each not in inside)
    for quote in quotes:
        words = _MARKS.sub(" ", get_text(quote)).strip(" .,")
        if _is_in_tree(quote, tree) and words in paragraphs:
            _drop(quote)


def _get_short_text(element: HtmlElement, limit: int = MAX_HEADING_LENGTH * 3) -> str | None:
    """The text of an element; None if it is longer than the limit, which is seen without reading all of it."""
    parts: list[str] = []
    length = 0
    for part in iterate_text(element):
        length += len(part.strip())
        if length > limit:
            return None
        parts.append(part)
    return " ".join(" ".join(parts).split())


def _wraps_another(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    """Whether an element holds nothing but another one of these tags, which is looked at by itself."""
    return len(element) == 1 and element[0].tag in tags and not (element.text or element[0].tail or "").strip()


def _get_names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_in_tree(element: HtmlElement, tree: HtmlElement) -> bool:
    """Whether the element was not removed with another one."""
    return element is tree or next(element.iterancestors("html"), None) is not None


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
