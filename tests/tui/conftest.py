"""The interface over seeds/, and gates for what its workers do."""

from __future__ import annotations

import shutil
import threading
from collections.abc import AsyncIterator

import pytest

from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from tests.support.backends import AnswersRememberingAssistant, Gate, GatedAssistant


@pytest.fixture(scope="session")
def seeds(seeds: Assistant) -> Assistant:
    """The library over seeds/, which answers a question once in each process."""
    return AnswersRememberingAssistant(seeds.config)


@pytest.fixture(autouse=True)
def _nothing_is_marked(request: pytest.FixtureRequest) -> None:
    """No test sees what another has read, starred or noted in the library over seeds/, which they share."""
    if "seeds" in request.fixturenames:
        shutil.rmtree(request.getfixturevalue("seeds").config.kept, ignore_errors=True)


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    return AssistantApp(lambda: seeds)


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    """Makes events that workers wait for; all are set at the end of the test, even if it failed.

    Asynchronous, so that it ends before the event loop, which waits for all its threads.
    """
    gates: list[threading.Event] = []

    def make_gate() -> threading.Event:
        gates.append(threading.Event())
        return gates[-1]

    yield make_gate
    for each in gates:
        each.set()


@pytest.fixture
def gated(seeds: Assistant, gate: Gate) -> GatedAssistant:
    return GatedAssistant(seeds, gate)
