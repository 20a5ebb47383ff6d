"""The two panes of the main screen, in a host app."""

from __future__ import annotations

from textual.css.scalar import Scalar

from assistant.tui.preferences import STACKED_SHARE
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
    """On a narrow screen the shares are heights; the answers have two thirds if nobody has changed that."""
    conversation, sources = ConversationView(), SourcesPane()
    host = WidgetHost(panes := Panes(conversation, sources))
    async with host.run_test(size=(50, 40)) as pilot:
        host.screen.add_class("-narrow")
        assert panes.stacked_share == STACKED_SHARE == 66
        panes.stacked_share = 60
        await pilot.pause()
        assert conversation.styles.height == Scalar.parse("60fr")
        assert sources.styles.height == Scalar.parse("40fr")


async def test_pane_with_the_focus_is_zoomed() -> None:
    """The answers alone if they have the focus; a chosen source brings the sources back; the division is told."""
    conversation = ConversationView()
    host = WidgetHost(panes := Panes(conversation, SourcesPane()))
    async with host.run_test(size=(100, 20), message_hook=host.record) as pilot:
        conversation.focus()
        await pilot.pause()
        panes.action_zoom()
        assert (panes.zoomed, panes.has_class("-answers-alone")) == ("answers", True)
        assert not panes.check_action("share", ())
        panes.show_sources()
        assert panes.zoomed == ""
        panes.action_share(1)
        await pilot.pause()
        assert len(host.posted(Panes.LayoutChanged)) == 2
        panes.restore(30, 40, answers_alone=True)
        assert (panes.share, panes.stacked_share, panes.zoomed) == (30, 40, "answers")


async def test_zoom_needs_sources() -> None:
    """Without sources, and without the focus in the answers, nothing can be zoomed."""
    host = WidgetHost(panes := Panes(ConversationView(), SourcesPane()))
    async with host.run_test(size=(100, 20)) as pilot:
        await pilot.pause()  # until the first widget has got the focus by itself
        host.screen.set_focus(None)
        await pilot.pause()  # until it knows that it has lost it
        assert not panes.check_action("zoom", ())
        panes.action_zoom()
        assert not panes.zoomed
        assert not panes.has_class("-zoomed")
