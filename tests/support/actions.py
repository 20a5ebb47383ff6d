"""Actions of a user in the terminal interface, and readers of what the screen shows."""

from __future__ import annotations

from textual.color import Color
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.records.answer import Citation
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.support.waiting import wait_until


def find_prompt(pilot: Pilot[None]) -> Prompt:
    return pilot.app.query_one("#question", Prompt)


def all_answered(pilot: Pilot[None], count: int = 1) -> bool:
    """Whether `count` questions were asked and no search is in progress."""
    app = pilot.app
    return (
        len(app.query(Exchange)) == count
        and not app.query(".waiting")
        and not getattr(app.screen_stack[0], "is_answering", False)
    )


async def submit_question(pilot: Pilot[None], question: str) -> None:
    find_prompt(pilot).focus()
    find_prompt(pilot).value = question
    await pilot.press("enter")


async def ask_question(pilot: Pilot[None], question: str, exchanges: int = 1) -> None:
    await submit_question(pilot, question)
    await wait_until(pilot, lambda: all_answered(pilot, exchanges))


def find_highlights(pilot: Pilot[None]) -> list[tuple[str, float]]:
    """The highlighted pieces of the article, each with the contrast of its text to its background (0 to 1)."""
    region = pilot.app.query_one(ArticleView).region
    marker = Color.parse(pilot.app.theme_variables["warning"])
    highlights = []
    for line in pilot.app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in line.crop(region.x, region.right):
            if style and style.color and style.bgcolor:
                text_color, background = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                if background == marker:
                    highlights.append((text, abs(text_color.brightness - background.brightness)))
    return highlights


def highlighted_text(pilot: Pilot[None]) -> str:
    return collapse_spaces(" ".join(text for text, _ in find_highlights(pilot)))


def collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def is_citation_open(pilot: Pilot[None], citation: Citation) -> bool:
    """Whether the quoted words of this citation are highlighted and in view, and the caption names it."""
    subtitle = pilot.app.query_one(SourcesPane).border_subtitle or ""
    return highlighted_text(pilot) == collapse_spaces(citation.quote) and subtitle.startswith(f"[{citation.n}]")


def static_text(part: Static) -> str:
    assert isinstance(part.visual, Content)
    return part.visual.plain


def bold_words(part: Static) -> list[str]:
    """The pieces of its text that are bold and have no other style."""
    assert isinstance(part.visual, Content)
    return [part.visual.plain[span.start : span.end] for span in part.visual.spans if span.style == "bold"]


def conversation_text(pilot: Pilot[None]) -> str:
    """The whole conversation, including what is scrolled out of view."""
    parts = pilot.app.query("ConversationView Static").results(Static)
    return "\n".join(static_text(part) for part in parts if all(node.display for node in part.ancestors_with_self))


def build_bar_text(pilot: Pilot[None]) -> str:
    stage = pilot.app.query_one("#build-stage", Static)
    return static_text(stage) if pilot.app.query_one(BuildBar).display else ""
