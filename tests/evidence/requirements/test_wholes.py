"""Numbers of a part, and ages at an event."""

from __future__ import annotations

import time

import pytest

from assistant.evidence.requirements.wholes import counts_part, has_event, read_event_of_age


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("It left out the 45 homes on Lantern Row.", True),
        ("It left out the 45 homes.", False),
        ("The flood emptied 45 homes on Lantern Row.", False),
        ("It emptied the 45 homes of Tarn.", False),  # which the question names
        ("It emptied the 45 homes in time.", False),
    ],
)
def test_part(text: str, is_part: bool) -> None:
    start = text.index("45")
    question = "How many homes were emptied in Tarn?"
    assert counts_part(question, text, (start, start + 2), len(text), {"home"}) is is_part


def test_event_of_an_age() -> None:
    event = read_event_of_age("How old was the queen when she died?")
    assert has_event(event, "Her death was told on Friday.")
    assert not has_event(event, "She was 25 then.")
    assert read_event_of_age("How old is the queen?") == frozenset()


def test_many_numbers_are_read_in_linear_time() -> None:
    """For each number only the words next to it are read, and of a question only the first that asks for an age."""
    text = "the 45 homes " * 4000
    started = time.process_time()
    for start in range(4, 13 * 1600, 13):
        counts_part("How many homes?", text, (start, start + 2), len(text), {"barn"})
    read_event_of_age("how old " * 4000)
    assert time.process_time() - started < 10
