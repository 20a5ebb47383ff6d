"""Titles of panes, which show without colour which pane has the focus."""

from __future__ import annotations

from textual.content import Content

FOCUS_MARK = "▸ "


def mark_title(title: str, *, has_focus: bool) -> Content:
    """A title in the border of a pane, marked if keys go to this pane."""
    return Content.styled(FOCUS_MARK + title, "bold") if has_focus else Content(title)
