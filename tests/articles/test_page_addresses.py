"""Where a page was saved from, and the outlet that its address bears out."""

from __future__ import annotations

import pytest

from assistant.articles.page_addresses import find_saved_address
from assistant.articles.readers.html import parse_page, parse_pages

SENTENCE = "The mayor of Port Ellery said on Tuesday that the ferry terminal of the town would open in spring."
BODY = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(5))
SAVED = "<!DOCTYPE html>\n<!-- saved from url=(0033)https://www.weirpost.example/a/b?c=1 -->\n"
SINGLE_FILE = (
    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://weirpost.example/a \n"
    " saved date: Tue Mar 04 2025 10:00:00 GMT+0100\n-->"
)


def read_fields(above: str, head: str) -> tuple[object, object]:
    """The address and the outlet of a page with these lines above it and in its head."""
    page = f"{above}<html><head>{head}</head><body><article>{BODY}</article></body></html>"
    fields = parse_page(page.encode()).fields
    assert parse_pages(page.encode())[0].fields == fields
    return fields["url"], fields["source"]


@pytest.mark.parametrize(
    ("above", "address"),
    [
        (SAVED, "https://www.weirpost.example/a/b?c=1"),
        (SAVED.replace("\n", "\r\n"), "https://www.weirpost.example/a/b?c=1"),
        (SINGLE_FILE, "https://weirpost.example/a"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0022)file:///C:/Weir/a.html -->", None),
        ("<!-- saved from url=(0011)https://[x/y -->", None),
        (f"<p>{SENTENCE * 100}</p>{SAVED}", None),
        ("<!-- mill -->", None),
    ],
)
def test_saved_address(above: str, address: str | None) -> None:
    """Browsers and SingleFile note at the top of a page where they saved it from; only an address of the web counts."""
    assert find_saved_address(above) == address
    assert read_fields(above, "")[0] == address


def test_own_address_first() -> None:
    """What the page itself calls its address goes before where it was saved from."""
    url, outlet = read_fields(SAVED, "<link rel='canonical' href='https://mill.example/x'>")
    assert (url, outlet) == ("https://mill.example/x", "mill.example")


@pytest.mark.parametrize(
    ("address", "title", "outlet"),
    [
        ("https://www.weirpost.example/a", "Terminal opens", "weirpost.example"),
        ("https://www.weirpost.example/a", "Terminal opens | The Weir Post", "The Weir Post"),
        ("https://news.the-weir-post.co.uk/a", "Terminal opens - News - Weir Post", "Weir Post"),
        ("https://business.mill.example/a", "Terminal opens | Business", "business.mill.example"),
        ("https://mill.example/a", "Terminal opens | Ada Poe", "mill.example"),
    ],
)
@pytest.mark.parametrize("is_saved", [False, True])
def test_outlet_of_an_address(address: str, title: str, outlet: str, is_saved: bool) -> None:
    """Without a name in its data, a page is of the site that its title and address name, or else of the host."""
    above = f"<!-- saved from url=(0030){address} -->" if is_saved else ""
    head = f"<title>{title}</title>" + ("" if is_saved else f"<link rel='canonical' href='{address}'>")
    assert read_fields(above, head)[1] == outlet


def test_named_outlet_first() -> None:
    """The name in the data of a page and a masthead above its text go before the host."""
    assert read_fields(SAVED, "<meta property='og:site_name' content='The Mill'>")[1] == "The Mill"
    page = f"{SAVED}<html><body><article><p>LONDON, March 3 (Reuters) — {SENTENCE}</p>{BODY}</article></body></html>"
    assert parse_page(page.encode()).fields["source"] is None
