"""The stages of a build, in words and in a host app."""

from __future__ import annotations

from assistant.presentation.build_progress import StageProgress
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_stages import BuildStages, describe_build, describe_rebuild_cost
from tests.support.host import WidgetHost
from tests.support.waiting import screen_text, wait_until

READ = StageProgress("reading", 10, 10, 10, 2.0, is_over=True)
EMBEDDING = StageProgress("embedding", 50, 100, 50, 5.0, rate=10.0, seconds_left=5.0)


async def test_stages_have_signs() -> None:
    """A finished stage, a running one and waiting ones have different signs; an interrupted one has its own."""
    host = WidgetHost(BuildStages())
    async with host.run_test(size=(100, 10)) as pilot:
        assert host.query_one(BuildStages).has_class("-idle")
        host.building = BuildState("running", (READ, EMBEDDING))
        await wait_until(pilot, lambda: "▸  Embedding passages" in screen_text(host))
        assert "✓  Reading articles" in screen_text(host)
        assert "·  Publishing the index" in screen_text(host)
        assert "━" * 10 + "─" * 10 in screen_text(host)
        host.building = BuildState("stopped", (READ, EMBEDDING))
        await wait_until(pilot, lambda: "✗  Embedding passages" in screen_text(host))
        assert "Publishing" not in screen_text(host)


def test_build_described_on_one_line() -> None:
    """The line names the last stage and its progress."""
    assert describe_build(BuildState("running")) == "Starting the build…"
    assert describe_build(BuildState("running", (READ, EMBEDDING))).startswith("Embedding passages · about 5 s left")


def test_rebuild_cost_uses_last_speed() -> None:
    """The cost of a rebuild comes from the size of the index and the speed of the last build."""
    library = LibraryState("", figures={"articles": 18, "passages": 1200, "bytes": 2_400_000})
    text = describe_rebuild_cost(library, BuildState("done", (EMBEDDING,)))
    assert text.startswith("Everything (18 articles, 1,200 passages) is read, split and embedded again.")
    assert "about 2 min" in text
    assert "about 2.4 MB" in text
    assert "about" not in describe_rebuild_cost(LibraryState(""), BuildState())
