"""Follows a feed whose items come, go, change and fail over many polls, and counts what is kept.

`python -m tests.bench.feeds` does so for 10,000 items over 40 polls; the suite has a short form."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from assistant.config.schema import WebSettings
from assistant.web.fetching import Fetcher
from assistant.web.intake import Intake
from assistant.web.subscriptions import Subscriptions
from tests.support.news_site import HOST, Site, make_page, make_rss, run_site

START = datetime(2025, 1, 1, 6, tzinfo=UTC)
STEP = timedelta(hours=6)


@dataclass(frozen=True)
class Result:
    """What a campaign gave: articles, those kept more than once or not at all, wrong dates, and requests for pages."""

    articles: int
    repeated: int
    missing: int
    wrong_dates: int
    requests: int
    seconds: float


def publish_time(number: int, per_poll: int) -> datetime | None:
    """When an item is published; every seventh has no date, every eleventh comes a week late."""
    if number % 7 == 3:
        return None
    late = timedelta(days=7) if number % 11 == 5 else timedelta()
    return START + STEP * (number // per_poll) - late


def make_item(site: Site, number: int, poll: int, per_poll: int) -> dict[str, str]:
    """An item as the feed gives it in one poll: dates move later once it was seen, addresses get parameters."""
    item = {
        "title": f"Item {number}",
        "guid": f"tag:{number}",
        "link": site.url(f"/item/{number}?utm_source=poll{poll}"),
    }
    published = publish_time(number, per_poll)
    if published is not None:
        shown = published + STEP * 4 if poll > number // per_poll + 1 else published
        item["pubDate"] = format_datetime(shown)
    return item


def follow(items: int, polls: int, folder: Path) -> Result:
    """Follow the feed until every item was listed, in a folder of added things."""
    per_poll = -(-items // polls)
    clock = [START]
    started = time.monotonic()
    with run_site() as site, Subscriptions(folder) as subscriptions:
        asked: Counter[int] = Counter()
        for number in range(items):
            body = make_page(f"Item {number}", f"The council met for the {number}th time and agreed on nothing at all.")

            def answer(request: object, number: int = number, body: str = body) -> None:
                asked[number] += 1
                fails = number % 13 == 1 and asked[number] == 1
                request.reply(b"no" if fails else body.encode(), status=500 if fails else 200)  # type: ignore[attr-defined]

            for poll in range(polls + 8):
                site.answers[f"/item/{number}?utm_source=poll{poll}"] = answer
        for poll in range(polls + 8):
            listed = range(max(0, (poll - 2) * per_poll), min(items, (poll + 1) * per_poll))
            rows = [make_item(site, number, poll, per_poll) for number in listed]
            if poll % 9 == 4:
                site.serve("/feed", "down", status=500)
            else:
                site.serve("/feed", make_rss(rows), "application/rss+xml", ETag=f'"{poll}"')
            settings = WebSettings(allow_hosts=(HOST,), delay_seconds=0)
            with Fetcher(settings, 1_000_000, now=lambda: clock[0]) as fetcher:
                intake = Intake(folder, fetcher, subscriptions, now=lambda: clock[0])
                if poll == 0:
                    list(intake.add(site.url("/feed"), limit=items))
                else:
                    list(intake.update(subscriptions.list_feeds(), limit=items))
            clock[0] += STEP
    return _measure(items, per_poll, folder, sum(asked.values()), time.monotonic() - started)


def _measure(items: int, per_poll: int, folder: Path, requests: int, seconds: float) -> Result:
    seen: Counter[int] = Counter()
    wrong = 0
    for file in (folder / "articles").rglob(".*.json"):
        origin = json.loads(file.read_bytes())
        number = int(origin["defaults"]["title"].split()[1])
        seen[number] += 1
        expected = publish_time(number, per_poll)
        given = origin["published_at"]
        found = datetime.fromisoformat(given) if given else None
        wrong += found != expected
    repeated = sum(count > 1 for count in seen.values())
    return Result(len(seen), repeated, items - len(seen), wrong, requests, seconds)


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--polls", type=int, default=40)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(follow(arguments.items, arguments.polls, Path(folder) / "added"))


if __name__ == "__main__":
    main()
