"""robots.txt as RFC 9309 reads it: the most specific group, the longest rule, `*` and `$` in paths."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, unquote

MAX_ROBOTS_BYTES = 500_000
MAX_RULES = 5_000
MAX_CRAWL_DELAY = 30.0  # seconds
_KEPT = "/*$?&=+,;:@!~'()%"


@dataclass(slots=True)
class RobotRules:
    """What a site allows this program: rules of (allowed, path pattern), and seconds between requests."""

    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be fetched: the longest rule that matches decides, or the milder one."""
        path = _normalize(path)
        matching = [(len(pattern), is_allowed) for is_allowed, pattern in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True


def parse_robots(text: str, agent: str) -> RobotRules:
    """The rules for a program: those of the groups that name it, else those for all."""
    own, general = RobotRules(), RobotRules()
    named: list[str] = []
    is_named, in_names = False, False
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            named = named if in_names else []
            named.append(value.lower())
            in_names = True
            is_named = is_named or value.lower() == agent
            continue
        in_names = False
        for rules, applies in ((own, agent in named), (general, "*" in named)):
            if applies:
                _add_rule(rules, key, value)
    return own if is_named else general


def _add_rule(rules: RobotRules, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value and len(rules.rules) < MAX_RULES:
        rules.rules.append((key == "allow", _normalize(value)))
    elif key == "crawl-delay":
        try:
            rules.delay = min(max(float(value), 0.0), MAX_CRAWL_DELAY)
        except ValueError:
            return


def _normalize(path: str) -> str:
    return quote(unquote(path, errors="surrogateescape"), safe=_KEPT, errors="surrogateescape")


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches the beginning of a path, or the whole if it ends in `$`; in linear time."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(others):
        if is_whole and number == len(others) - 1:
            return len(path) - len(part) >= place and path.endswith(part)
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return not is_whole or place == len(path)
