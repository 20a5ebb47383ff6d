"""Measures how long keys take in a library of 10,000 articles: in its table, its filter and a speaker's statements.

Run from the repository: python -m tests.bench.library [articles] [--cpu] [--index FOLDER]

The articles are generated and short, and quote many speakers. The library is built first (some minutes) unless FOLDER
contains one.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.screens.library import LibraryScreen
from assistant.tui.widgets.common.table import Table
from tests.bench.keys import format_times, measure_key_presses
from tests.support.backends import AssistantProxy
from tests.support.waiting import wait_until

PLACES = "harbour bridge school library market station park museum clinic theatre".split()
VERBS = "said told announced warned added insisted explained claimed".split()
NAMES = "Anna Ben Clara David Eva Frank Grace Henry Ida John Karin Liam Mona Nils Olga Peter".split()
SURNAMES = "Ashdown Bellini Carver Dorran Eklund Farley Grolier Hastings Ivarsen Jellicoe Kovar Lindqvist".split()
OUTLETS = "The Courier;Evening Post;Coast Daily;The Herald;Northern Times;City Journal".split(";")


def write_articles(count: int, file: Path) -> None:
    """Write `count` articles as JSON lines; a fifth of the statements are by one speaker."""
    rng = random.Random(7)
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            frequent = rng.random() < 0.2
            speaker = "Maria Holt" if frequent else f"{rng.choice(NAMES)} {rng.choice(SURNAMES)}"
            place, other = rng.sample(PLACES, 2)
            text = (
                f"The {place} in district {number % 97} will be mended for {rng.randrange(2, 900)} thousand euros. "
                f"“We shall have it open again in {rng.randrange(2, 60)} weeks,” {speaker} {rng.choice(VERBS)} on "
                f"Tuesday. The {other} nearby stays as it is."
            )
            articles_file = {
                "id": f"a{number}",
                "title": f"{place.capitalize()} of district {number % 97} to be repaired ({number})",
                "source": rng.choice(OUTLETS),
                "published_at": (date(2020, 1, 1) + timedelta(days=number % 2000)).isoformat(),
                "text": text,
            }
            out.write(json.dumps(articles_file) + "\n")


async def measure_screens(assistant: Assistant) -> dict[str, list[float]]:
    """Milliseconds of each key."""
    app = AssistantApp(lambda: AssistantProxy(assistant))
    times_of_actions: dict[str, list[float]] = {}
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.screen, LibraryScreen) and app.screen.query_one(Table).rows)
        await pilot.pause(3)
        times_of_actions["down, up"] = await measure_key_presses(pilot, "down", "up")
        times_of_actions["page down, up"] = await measure_key_presses(pilot, "pagedown", "pageup")
        times_of_actions["end, home"] = await measure_key_presses(pilot, "end", "home")
        times_of_actions["sort"] = await measure_key_presses(pilot, "f6")
        times_of_actions["type into the filter"] = await measure_key_presses(
            pilot, "b", "r", "i", "d", *["backspace"] * 4
        )
        await pilot.press("escape", "ctrl+right")
        await pilot.pause(2)
        times_of_actions["change the speaker"] = await measure_key_presses(pilot, "down", "up")
        await pilot.press("home", "enter")
        await pilot.pause(1)
        times_of_actions["down the statements"] = await measure_key_presses(pilot, "down", times=60)
        times_of_actions["last, first statement"] = await measure_key_presses(pilot, "end", "home", times=6)
    return times_of_actions


def main() -> None:
    """Print the median and the maximum of each key."""
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 10_000)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["ASSISTANT_DATA"] = temporary
        folder = Path(sys.argv[sys.argv.index("--index") + 1] if "--index" in sys.argv else temporary)
        articles_file = Path(temporary) / "articles.jsonl"
        assistant = Assistant(Config(articles=(articles_file,), index=folder))
        if not (folder / "library.sqlite3").exists():
            write_articles(count, articles_file)
            assistant.build()
        assistant.warm_up()
        times_of_actions = asyncio.run(measure_screens(assistant))
    sys.stdout.write("milliseconds: median / maximum / longest stall of the event loop\n")
    for what, times in times_of_actions.items():
        sys.stdout.write(f"{what:<26} {format_times(times)}\n")


if __name__ == "__main__":
    main()
