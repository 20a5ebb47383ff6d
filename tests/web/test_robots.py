"""Tests of robots.txt: groups, the longest rule, wildcards, time."""

from __future__ import annotations

import time

from assistant.web.robots import parse_robots

TEXT = """
# rules
User-agent: other
Disallow: /

User-agent: *
Disallow: /private
Allow: /private/open$
Disallow: /*.pdf$
Disallow: /caf%C3%A9
Crawl-delay: 2

User-agent: news-assistant
User-agent: third
Disallow: /search*?q=
Allow:
"""


def test_rules_for_all() -> None:
    rules = parse_robots(TEXT, "somebody")
    assert rules.delay == 2
    allowed = {path: rules.allows(path) for path in ("/", "/private/x", "/private/open", "/private/open/1", "/a.pdf")}
    assert allowed == {
        "/": True,
        "/private/x": False,
        "/private/open": True,
        "/private/open/1": False,
        "/a.pdf": False,
    }
    assert rules.allows("/a.pdf?x=1")
    assert not rules.allows("/café/menu")


def test_rules_for_one_program_replace_those_for_all() -> None:
    rules = parse_robots(TEXT, "news-assistant")
    assert rules.allows("/private/x")
    assert not rules.allows("/search/all?q=1")
    assert rules.allows("/search")


def test_rules_are_read_in_linear_time() -> None:
    rules = parse_robots("User-agent: *\nDisallow: /" + "*a" * 2000 + "b$\n" + "Crawl-delay: 1e9", "x")
    started = time.process_time()
    assert rules.allows("/" + "a" * 2000)
    assert time.process_time() - started < 2
    assert rules.delay <= 30
