"""Web pages as the usual systems for publishing make them, around paragraphs that a test gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from tests.support.documents import Source

TITLE = "Weir to close for two years"
OUTLET = "The Weir Post"
AUTHOR = "Siri Brandreth"
DAY = "2025-04-10"

_NAVIGATION = (
    "<header><nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a>"
    "</li></ul></nav></header>"
)
_FOOTER = (
    f"<footer><p>© 2025 {OUTLET}. All rights reserved.</p><ul><li><a href='/about'>About us</a></li>"
    "<li><a href='/privacy'>Privacy policy</a></li></ul></footer>"
)
_HEADING = f"<h1>{TITLE}</h1>"
_CARD = (
    "<div class='card'><a href='/m'><h3>Mill owner charged with fraud</h3></a><p>Jon Roe, 51, said “I did nothing” as "
    "he left the court in the town on Monday.</p></div>"
)
_TEASER = "<a href='/m'>Mill owner Jon Roe charged with fraud: “I did nothing,” he says</a>"


def make_page(body: str, head: str = "") -> str:
    """A whole page with the usual head, navigation and footer."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{TITLE} | {OUTLET}</title>"
        f"<meta property='og:site_name' content='{OUTLET}'>{head}</head>"
        f"<body>{_NAVIGATION}{body}{_FOOTER}</body></html>"
    )


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _around(
    before: str = "", after: str = "", middle: str = "", tag: str = "article"
) -> Callable[[Sequence[str]], str]:
    """A shell with parts before, after and inside the paragraphs."""

    def build(texts: Sequence[str]) -> str:
        text = f"{_paragraphs(texts[:1])}{middle}{_paragraphs(texts[1:])}"
        return f"<{tag}>{_HEADING}{before}{text}{after}</{tag}>"

    return build


def _joined(opening: str, between: str, closing: str) -> Callable[[Sequence[str]], str]:
    """A shell with other marks between the paragraphs than those of HTML."""
    return lambda texts: f"<div class='story'>{_HEADING}{opening}{between.join(texts)}{closing}</div>"


_PICTURES = "".join(
    f"<li><figure><img src='{n}.jpg'><div class='caption'><h3>{n}/12 Boats</h3><p>Picture {n} shows the boat "
    f"of the Lee family in the year {1960 + n}, before it was sold.</p></div></figure></li>"
    for n in range(1, 13)
)

SHELLS: dict[str, Callable[[Sequence[str]], str]] = {
    "article": _around(),
    "main": _around(tag="main"),
    "div": _around(tag="div"),
    "byline and time": _around("<div class='byline'>By <a>Siri Brandreth</a></div><time>10 April 2025</time>"),
    "dates in paragraphs": _around(
        "<p class='byline'>By Siri Brandreth, Staff Writer</p><p>Published 10 April 2025, 06:00</p>"
        "<p>Last updated: 11 April 2025 at 8:15 am</p>"
    ),
    "byline in one line": _around("<p>By SIRI BRANDRETH | April 10, 2025 6:00 AM</p>", tag="div"),
    "byline without by": _around("<p class='story-byline'>SIRI BRANDRETH, The Weir Post, April 10, 2025 8:00PM</p>"),
    "time to read": _around("<div class='meta'><span>10 Apr 2025</span> · <span>3 min read</span></div>"),
    "blog": _around(
        "<div class='entry-meta'>Posted on <time class='published'>April 10, 2025</time> by <span class='author vcard'>"
        "<a class='url fn n' href='/a'>Siri Brandreth</a></span></div>",
        "<footer class='entry-footer'>Posted in <a href='/c'>News</a>. Tagged <a href='/t'>weir</a>.</footer>",
    ),
    "lines divided by breaks": _joined("", "<br><br>", ""),
    "lines as divs": _joined("<div>", "</div><div>", "</div>"),
    "spans in paragraphs": _joined("<p><span>", "</span></p><p><span>", "</span></p>"),
    "sections": _joined("<section><div><p>", "</p></div></section><section><div><p>", "</p></div></section>"),
    "chunks": _joined(
        "<main><div class='row'><div class='row-item'><p>",
        "</p></div></div><div class='row-ad'>Advertisement</div><div class='row'><div class='row-item'><p>",
        "</p></div></div></main>",
    ),
    "linked line between": _around(middle=f"<p><strong>{_TEASER[:-4].upper()}</a></strong></p>"),
    "advertisements between": _joined("<p>", "</p><p>ADVERTISEMENT</p><p>", "</p>"),
    "share buttons": _around(
        "<div class='share'><a>Share on Facebook</a><a>Tweet</a></div>", "<div class='tags'><a>weir</a><a>dam</a></div>"
    ),
    "newsletter": _around(
        middle="<div class='newsletter-signup'><h3>Get the briefing</h3><p>Sign up for our daily newsletter.</p></div>"
    ),
    "related in an aside": _around(middle=f"<aside class='related'><h4>Related</h4>{_TEASER}</aside>"),
    "related in a line": _around(middle=f"<p><strong>READ MORE: {_TEASER}</strong></p>"),
    "related in a list": _around(middle=f"<p><em>Also read:</em></p><ul><li>{_TEASER}</li><li>{_TEASER}</li></ul>"),
    "other columns": lambda texts: (
        _around()(texts) + f"<div class='group other-opinion-columns'><div>{_CARD}{_CARD}</div></div>"
    ),
    "more stories": lambda texts: _around()(texts) + f"<section><h2>You may also like</h2>{_CARD}{_CARD}</section>",
    "about the author": _around(
        after="<div class='author-bio'><h3>About the author</h3><p>Siri Brandreth covers the river.</p></div>"
    ),
    "caption": _around("<figure><img src='q.jpg'><figcaption>The weir. Photo: Bo Lee</figcaption></figure>"),
    "gallery": _around(middle=f"<div class='photo-gallery'><ul>{_PICTURES}</ul></div>"),
    "cookies": lambda texts: (
        "<div id='cookie-banner'><p>We use cookies. By clicking “Accept” you agree to our use of them.</p></div>"
        + _around()(texts)
    ),
    "paywall": _around(
        after="<div class='paywall'><h3>Keep reading for 1 crown</h3><p>Already a subscriber? Log in.</p></div>"
    ),
    "no script": _around("<noscript><p>Please enable JavaScript to read this page.</p></noscript>"),
    "script with a sign of less": lambda texts: (
        '<script>for (i=0; i<n; i++) { if (a<b && c>d) { x = "<div class=\'a"; } }</script>' + _around()(texts)
    ),
    "layout table": lambda texts: (
        "<table width='100%'><tr><td><a href='/'>Home</a><br><a href='/n'>News</a></td><td>"
        f"{_HEADING}<font size='2'>By Siri Brandreth</font>{_paragraphs(texts)}</td></tr></table>"
    ),
    "nested tables": lambda texts: (
        f"<table><tr><td><table><tr><td>{_HEADING}</td></tr><tr><td>{_paragraphs(texts)}</td></tr></table></td></tr></table>"
    ),
    "loose text": lambda texts: f"<div class='text'>{_HEADING}{texts[0]}{_paragraphs(texts[1:])}</div>",
}
"""How pages put their articles, by name: each gives the body of a page for some paragraphs."""


def write_page(source: Source, shell: str) -> bytes:
    """An article in one of the shells, with its title and day in the head of the page."""
    head = f"<meta property='article:published_time' content='{source.day}'>"
    body = SHELLS[shell]([escape(paragraph) for paragraph in source.paragraphs])
    return make_page(body, head).replace(TITLE, escape(source.title)).encode()
