"""The joiners of letters (U+200C, U+200D) in a page, which belong to the spelling of Persian, Hindi and others.

trafilatura drops all characters that cannot be printed, these among them: letters of a script that the page does not
use stand for them meanwhile. Those that join nothing, as the fillers of newsletters, are left to be dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INVISIBLE = r"\s\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff"
_JOINER = re.compile(rf"(?<=[^{_INVISIBLE}])[\u200c\u200d](?=[^{_INVISIBLE}])")
_STAND_INS = {"\u200c": "\U00016801", "\u200d": "\U00016802"}  # letters of Bamum, as it was written until 1910
_SHOWN = str.maketrans({stand_in: joiner for joiner, stand_in in _STAND_INS.items()})


def hide_joiners(tree: HtmlElement) -> bool:
    """Put letters in the place of the joiners of a page; False if it has no joiners, or has these letters."""
    places: list[tuple[HtmlElement, str, str]] = []
    for element in tree.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and not text.isascii():
                if any(stand_in in text for stand_in in _STAND_INS.values()):
                    return False
                if _JOINER.search(text):
                    places.append((element, name, text))
    for element, name, text in places:
        setattr(element, name, _JOINER.sub(lambda match: _STAND_INS[match[0]], text))
    return bool(places)


def show_joiners(text: str) -> str:
    """The inverse of `hide_joiners`, for a text of the page."""
    return text.translate(_SHOWN)
