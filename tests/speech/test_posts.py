"""Posts in social networks."""

from __future__ import annotations

import pytest

from assistant.speech.layouts.posts import find_posts
from assistant.speech.statements import find_statements
from assistant.text.sentences import paragraph_spans, sentence_spans
from tests.conftest import make_article

WORDS = "We will not wait any longer."


def list_statements(text: str) -> list[tuple[str | None, str | None, str]]:
    found = find_statements(make_article(text), sentence_spans(text))
    return [(each.speaker, each.role, text[each.start : each.end]) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}\n— Mina Torvald (@minatorvald) March 3, 2025",
        f"{WORDS} — Mina Torvald (@minatorvald)",
        f"{WORDS}\n\n- Mina Torvald (@mt) 3 March 2025",
        f'<post id="7" author="@mt">{WORDS} — Mina Torvald (@mt) March 3, 2025</post>',
        f"Mina Torvald (@minatorvald) March 3, 2025\n\n{WORDS}",
        f"Mina Torvald @minatorvald · Mar 3\n{WORDS}",
        f"@mina_torvald: {WORDS}\n\nMina Torvald keeps the light.",
        f"Mina Torvald (@mt) keeps the light.\n\n@mt: {WORDS}",
        f"Mina Torvald (@mt): {WORDS}",
    ],
)
def test_owner_of_account(text: str) -> None:
    """The words are those of the account's owner, whom the line beside them or the text names."""
    assert ("Mina Torvald", None, WORDS) in list_statements(text)


def test_unknown_owner() -> None:
    """An account whose owner the text does not name is a description."""
    assert list_statements(f"@crane99: {WORDS}") == [(None, "@crane99", WORDS)]


@pytest.mark.parametrize(
    "text",
    [
        "Follow Mina Torvald (@minatorvald) on the network.\n\nThe crane fell.",
        "Mina Torvald (@minatorvald) is a reporter.\n\nThe crane fell.",
        "Mina Torvald (@minatorvald)\n\nThe crane fell.",
        "Write to mina@velden.example: the crane fell.",
    ],
)
def test_no_post(text: str) -> None:
    """An account that is only mentioned, or is an author's, has said nothing."""
    assert find_posts(text, paragraph_spans(text)) == {}
