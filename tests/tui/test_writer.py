"""The interface with a language model: the answer without it at once, with it afterwards, and each by a key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.engine import Assistant
from assistant.records.answer import Answer, AnswerReady, AnswerSentence, AskEvent, Turn
from assistant.records.proof import WritingReport, WritingStep
from assistant.tui.app import AssistantApp
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from tests.support.actions import ask_question, submit_question
from tests.support.backends import AssistantProxy, Gate
from tests.support.waiting import unwrapped_screen_text, wait_until

QUESTION = "what did Ushakov say about Europe?"
REPORT = WritingReport("tiny", "this machine", "write", used=True, proved=1, unproved=1, prompt_tokens=9)


def write(plain: Answer) -> Answer:
    """What a model makes of an answer: one sentence that is proved, one that is not."""
    sentences = (
        AnswerSentence("Ushakov spoke of Anchorage.", (1,), "supported"),
        AnswerSentence("The moon is made of cheese.", (), "unsupported", "“moon”: the source does not say this"),
    )
    return replace(
        plain,
        mode="written",
        sentences=sentences,
        citations=plain.citations[:1],
        short_answer=None,
        notes=(REPORT.figures,),
        writing=REPORT,
        extractive=plain,
    )


class WritingAssistant(AssistantProxy):
    """The real assistant with a model that waits for its gate before it has written its answer."""

    def __init__(self, assistant: Assistant, make_gate: Gate) -> None:
        super().__init__(assistant)
        self.written = make_gate()

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Collection[str] | None = None
    ) -> Iterator[AskEvent]:
        for event in self._assistant.stream(question, history=history, scope=scope):
            if not isinstance(event, Answer):
                yield event
                continue
            yield AnswerReady(event, "tiny", "api.example.org")
            yield WritingStep("Ushakov spoke of Anchorage.", "supported")
            while not self.written.wait(0.02):
                yield WritingStep()
            yield write(event)


async def test_answer_with_a_model(seeds: Assistant, gate: Gate) -> None:
    """The answer without it is there while it writes, with where the question goes; F10 switches between both."""
    backend = WritingAssistant(seeds, gate)
    app = AssistantApp(lambda: backend)
    async with app.run_test(size=(120, 40)) as pilot:
        await submit_question(pilot, QUESTION)
        await wait_until(pilot, lambda: "asking tiny on api.example.org" in unwrapped_screen_text(app))
        assert "Many Europeans" in unwrapped_screen_text(app)
        await wait_until(pilot, lambda: "Esc keeps this answer. Ushakov spoke" in unwrapped_screen_text(app))
        backend.written.set()
        await wait_until(pilot, lambda: "not proved: no source is seen" in unwrapped_screen_text(app))
        assert "asking tiny" not in unwrapped_screen_text(app)
        await pilot.press("f10")
        await wait_until(pilot, lambda: "made of cheese" not in unwrapped_screen_text(app))
        await pilot.press("f10")
        await wait_until(pilot, lambda: "made of cheese" in unwrapped_screen_text(app))


async def test_escape_keeps_the_answer_without_the_model(seeds: Assistant, gate: Gate) -> None:
    """Esc ends the request; the question stays, with its answer."""
    backend = WritingAssistant(seeds, gate)
    app = AssistantApp(lambda: backend)
    async with app.run_test(size=(120, 40)) as pilot:
        await submit_question(pilot, QUESTION)
        await wait_until(pilot, lambda: "asking tiny" in unwrapped_screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "asking tiny" not in unwrapped_screen_text(app))
        assert "Many Europeans" in unwrapped_screen_text(app)


async def test_model_that_is_not_set(seeds: Assistant) -> None:
    """Alt+W says what to do where the settings name no model."""
    app = AssistantApp(lambda: seeds)
    async with app.run_test(size=(120, 40)) as pilot:
        await ask_question(pilot, QUESTION)
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: any("no language model is set" in note.message for note in app.notices))


def test_state_of_an_exchange(seeds: Assistant) -> None:
    """The answer with the model and the one without it change places."""
    plain = seeds.ask(QUESTION)
    entry = ExchangeState(1, QUESTION)
    entry.add_event(AnswerReady(plain, "tiny", "this machine"))
    assert (entry.shown_answer, entry.is_finished) == (plain, False)
    entry.add_event(write(plain))
    assert entry.answer == write(plain)
    entry.switch_answer()
    assert entry.answer == plain
    entry.switch_answer()
    assert entry.answer == write(plain)
