"""The two panes of the main screen, in a host app."""

from __future__ import annotations

from textual.css.scalar import Scalar

from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.sources.panes import MAX_SHARE, MIN_SHARE, Panes
from assistant.tui.widgets.sources.sources import SourcesPane
from tests.support.host import WidgetHost


async def test_share_divides_width_within_limits() -> None:
    """A share is the width of the answers in percent; what is left goes to the sources."""
    conversation, sources = ConversationView(), SourcesPane()
    panes = Panes(conversation, sources)
    host = WidgetHost(panes)
    async with host.run_test(size=(100, 20)) as pilot:
        panes.share = 70
        await pilot.pause()
        assert conversation.styles.width == Scalar.parse("70fr")
        assert sources.styles.width == Scalar.parse("30fr")
        panes.share = 99
        assert panes.share == MAX_SHARE
        panes.share = 1
        assert panes.share == MIN_SHARE


async def test_narrow_screen_divides_height() -> None:
    """On a narrow screen the same shares are heights."""
    conversation, sources = ConversationView(), SourcesPane()
    host = WidgetHost(panes := Panes(conversation, sources))
    async with host.run_test(size=(50, 40)) as pilot:
        host.screen.add_class("-narrow")
        panes.share = 60
        await pilot.pause()
        assert conversation.styles.height == Scalar.parse("60fr")
        assert sources.styles.height == Scalar.parse("40fr")


async def test_zoom_needs_sources() -> None:
    """Without sources nothing can be zoomed."""
    host = WidgetHost(panes := Panes(ConversationView(), SourcesPane()))
    async with host.run_test(size=(100, 20)):
        assert not panes.check_action("zoom", ())
        panes.action_zoom()
        assert not panes.zoomed
        assert not panes.has_class("-zoomed")
