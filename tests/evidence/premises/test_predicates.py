"""What a text says, and what it denies."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.predicates import find_contrary, find_predicates, read_mentions, says_the_same


@pytest.mark.parametrize(
    ("text", "word", "is_denied"),
    [
        ("The council did not approve it.", "approve", True),
        ("The council refused to approve it.", "approve", True),
        ("The council hasn’t yet formally approved it.", "approved", True),
        ("The council approved it.", "approved", False),
        ("The council, not the mayor, read it and approved it.", "approved", False),
        ("The harbour is no longer open.", "open", True),
        ("The council voted against the plan.", "reject", False),
    ],
)
def test_mentions(text: str, word: str, is_denied: bool) -> None:
    """A negation shortly before a word denies it; a verb of two words counts as one."""
    assert [each.is_denied for each in read_mentions(text) if each.word == word] == [is_denied]


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("Why did the council lift the ban?", "The council imposed a ban.", "imposed"),
        ("Why did the council lift the ban?", "The council banned cars.", "banned"),
        ("Why did the council lift the ban?", "The council lifted the ban that it imposed.", None),
        ("Why did the council refuse to open the bridge?", "The council opened the bridge.", "opened"),
        ("Why did the council open the bridge?", "The council refused to open the bridge.", "refused to open"),
        ("How far did the rate fall?", "The rate was cut to 2% despite the rise in prices.", None),
        ("How many sheep were killed?", "The slaughter of sheep ended; the rest survived.", None),
    ],
)
def test_contrary(asked: str, text: str, said: str | None) -> None:
    """The opposite is contrary, and so is what is denied, unless the same is said too."""
    mentions, words = read_mentions(text), frozenset(asked.lower().strip("?").split())
    found = [each for each in find_predicates(asked) if not says_the_same(each, mentions)]
    contrary = [mention for each in found if (mention := find_contrary(each, mentions, words))]
    assert [text[slice(*each.span)] for each in contrary] == ([said] if said else [])
