"""The lines of a page, and lines that an extractor has joined."""

from __future__ import annotations

from assistant.articles.pages.blocks import get_text, list_blocks, split_joined_lines
from assistant.articles.pages.tree import parse_tree

PAGE = (
    "<body><h1>Weir closed</h1><div>By <a>Ada Poe</a><p>It leaks,<br>she said.</p>No date</div>"
    "<script>x()</script></body>"
)


def test_blocks() -> None:
    """Blocks are divided as a browser divides them; links and scripts divide nothing."""
    tree = parse_tree(PAGE)
    assert list_blocks(tree) == ["Weir closed", "By Ada Poe", "It leaks,", "she said.", "No date"]
    assert get_text(tree) == "Weir closed By Ada Poe It leaks, she said. No date"


def test_joined_lines_divided() -> None:
    """A line of several blocks is divided, with or without spaces between them; other lines stay."""
    blocks = ["Weir closed for two years", "By Ada Poe", "It leaks, she said."]
    joined = "Weir closed for two years By Ada PoeIt leaks, she said."
    assert split_joined_lines(joined, blocks) == ("\n".join(blocks), True)
    for text in (
        blocks[2],
        "- It leaks, she said.",
        "| By Ada Poe | It leaks, she said. |",
        "Weir closed, By Ada Poe, and so on",
    ):
        assert split_joined_lines(text, blocks) == (text, False)
