"""Records a session of the interface over the sample articles as one animated SVG, for the README.

python -m tests.support.recording > docs/session.svg
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from textual.pilot import Pilot

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.start.welcome import StarterList
from tests.conftest import SEEDS
from tests.support.actions import all_answered, find_prompt
from tests.support.waiting import screen_text, wait_until

SIZE = (100, 28)
SECONDS = 4.0  # that each screen is shown
QUESTION = "How many homes were evacuated?"

Step = Callable[[Pilot[None]], Awaitable[None]]


def join_frames(frames: Sequence[str], seconds: float) -> str:
    """Screens as Textual exports them, shown one after the other, for ever; without the fonts of another host.

    Where animations are off, the first one is shown.
    """
    length = seconds * len(frames)
    rules, drawn = [".frame{visibility:hidden}"], []
    for number, frame in enumerate(frames):
        first, last = (100 * place / len(frames) for place in (number, number + 1))
        rules.append(
            f"@keyframes f{number}{{0%{{visibility:{'hidden' if number else 'visible'}}}"
            f"{first:.3f}%{{visibility:visible}}{last:.3f}%{{visibility:hidden}}100%{{visibility:hidden}}}}"
            f".f{number}{{animation:f{number} {length}s step-end infinite;{'' if number else 'visibility:visible'}}}"
        )
        plain = re.sub(r"@font-face\s*\{.*?\}", "", frame, flags=re.DOTALL)
        drawn.append(plain.replace('class="rich-terminal"', f'class="frame f{number}"', 1))
    box = re.search(r'viewBox="([^"]+)"', frames[0])
    assert box is not None
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}">'
    return "\n".join([head, f"<style>{''.join(rules)}</style>", *drawn, "</svg>\n"])


async def _welcome(pilot: Pilot[None]) -> None:
    await wait_until(pilot, lambda: any(one.display for one in pilot.app.query(StarterList)))
    find_prompt(pilot).cursor_blink = False


async def _type(pilot: Pilot[None]) -> None:
    find_prompt(pilot).value = QUESTION
    await pilot.pause()


async def _ask(pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await wait_until(pilot, lambda: all_answered(pilot) and not pilot.app.query_one(ArticleView).has_class("-empty"))
    await wait_until(pilot, lambda: pilot.app.query_one(FollowUps).display)


async def _open_next_source(pilot: Pilot[None]) -> None:
    await pilot.press("alt+down", "alt+down")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.3)


async def _show_coverage(pilot: Pilot[None]) -> None:
    await pilot.press("f3", "left")
    await wait_until(pilot, lambda: "(denser: more)" in screen_text(pilot.app))


STEPS: tuple[Step, ...] = (_welcome, _type, _ask, _open_next_source, _show_coverage)


async def record(library: Assistant) -> list[str]:
    """The screens after each step."""
    app, frames = AssistantApp(lambda: library), []
    async with app.run_test(size=SIZE) as pilot:
        for step in STEPS:
            await step(pilot)
            frames.append(app.export_screenshot(title="assistant"))
    return frames


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        opened = Assistant(Config(articles=(SEEDS,), index=Path(folder) / "index"))
        opened.build()
        sys.stdout.write(join_frames(asyncio.run(record(opened)), SECONDS))
