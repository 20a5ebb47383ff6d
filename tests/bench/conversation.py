"""Measures how long keys take in a conversation of 500 turns, compared with one turn.

Run from the repository: python -m tests.bench.conversation [turns] [--cpu]

With --cpu, times are CPU times of the interface's thread, which do not depend on other programs.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from assistant.config.schema import Config
from assistant.engine import Assistant
from assistant.records.answer import Answer, QuestionUnderstood
from assistant.tui.app import AssistantApp
from assistant.tui.messages import CitationChosen
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.prompt.prompt import Prompt
from tests.bench.keys import PAUSE_SECONDS, clock, drain_queue, format_times, measure_key, measure_key_presses
from tests.support.backends import AssistantProxy

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = (
    "what did Ushakov say about Europe?",
    "How many homes were evacuated?",
    "what did Valcourt say about the terminal?",
    "what did the Pope say about Europe?",
)


def build_library(folder: Path) -> Assistant:
    """A built library over the sample articles."""
    assistant = Assistant(Config(articles=(SEEDS,), index=folder / "index"))
    assistant.build()
    assistant.warm_up()
    return assistant


def make_exchanges(assistant: Assistant, count: int) -> list[ExchangeState]:
    """`count` numbered exchanges that repeat a few real ones."""
    events_of_questions = [list(assistant.stream(question)) for question in QUESTIONS]
    exchanges = []
    for number in range(1, count + 1):
        entry = ExchangeState(number, f"{number}. {QUESTIONS[(number - 1) % len(events_of_questions)]}")
        for event in events_of_questions[(number - 1) % len(events_of_questions)]:
            entry.add_event(replace(event) if isinstance(event, Answer | QuestionUnderstood) else event)
        exchanges.append(entry)
    return exchanges


async def measure_actions(assistant: Assistant, turns: int) -> dict[str, list[float]]:
    """Milliseconds of each action in a conversation of `turns` turns."""
    app = AssistantApp(lambda: AssistantProxy(assistant))
    times: dict[str, list[float]] = {}
    async with app.run_test(size=(120, 36)) as pilot:
        conversation = app.query_one(ConversationView)
        past = make_exchanges(assistant, turns)
        conversation.restore(past)
        app.ask_screen.question_number = turns
        newest = next(entry for entry in reversed(past) if len(entry.citations) > 1)
        app.ask_screen.post_message(CitationChosen(newest.question_number, newest.citations[0]))
        await pilot.pause(1)

        async def measure(what: str, *keys: str) -> None:
            times[what] = await measure_key_presses(pilot, *keys)

        box = app.query_one(Prompt)
        box.focus()
        await pilot.pause()
        await measure("type a letter", "a", "b", "c")
        await measure("move the focus", "tab", "shift+tab")
        conversation.focus()
        await pilot.pause()
        await measure("open a source", "1", "2")
        await measure("page up", "pageup")
        await measure("page down", "pagedown")
        await measure("question before", "k")
        await measure("first and last", "home", "end")
        await measure("change the split", "<", ">")
        await measure("sources alone", "z")
        times["widgets"] = [float(sum(1 for _ in app.screen.walk_children()))]
        box.focus()
        for _ in range(5):
            box.value = QUESTIONS[0]
            await pilot.pause(PAUSE_SECONDS)
            started = clock()
            await measure_key(pilot, "enter")
            while conversation.entries[-1].answer is None:
                await asyncio.sleep(0.002)
            await drain_queue(conversation)
            times.setdefault("ask, be answered", []).append((clock() - started) * 1000)
            await pilot.pause(PAUSE_SECONDS)
    return times


def main() -> None:
    """Print the median and the maximum of each action, with one turn and with many."""
    turns = next((int(word) for word in sys.argv[1:] if word.isdigit()), 500)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSISTANT_DATA"] = folder
        assistant = build_library(Path(folder))
        few, many = (asyncio.run(measure_actions(assistant, count)) for count in (1, turns))
    print("milliseconds until a key is handled and drawn: median / maximum / longest stall of the event loop")
    print(f"{'':<20} {'1 turn':>26} {f'{turns} turns':>26}")
    for what in few:
        print(f"{what:<20} {format_times(few[what])} {format_times(many[what])}")


if __name__ == "__main__":
    main()
