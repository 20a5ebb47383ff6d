"""Tests of the index screen: pending changes, progress and report of builds, and the first run."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from assistant.articles.readers import list_suffixes
from assistant.config.editor import SettingsSource
from assistant.config.load import load_config
from assistant.engine import Assistant
from assistant.presentation.build_progress import StageProgress
from assistant.records.article import Notice
from assistant.records.build import ArticleName, BuildReport, PendingChanges
from assistant.store.schema import MIGRATABLE_FORMATS
from assistant.tui.app import AssistantApp
from assistant.tui.backend import make_opener
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.library_app import LibraryApp
from assistant.tui.screens.index import IndexScreen
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.status import Badge
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.start.first_run import FirstRun
from tests.conftest import run_build
from tests.support.actions import ask_question, build_bar_text, conversation_text, find_prompt, static_text
from tests.support.backends import AssistantProxy, Gate, GatedAssistant
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

Write = Callable[..., Path]
HARBOUR = "Ann Lee said on Monday that the harbour was closed to ferries."


@pytest.fixture
def harbour(assistant: Assistant, write_article: Write) -> Assistant:
    """A library of one article."""
    write_article("a.md", HARBOUR, title="Harbour")
    run_build(assistant)
    return assistant


def badge_text(app: AssistantApp) -> str:
    found = app.screen.query_one(Badge)
    return static_text(found) if found.display else ""


async def open_index_screen(pilot: Pilot[None]) -> None:
    await pilot.press("f4")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, IndexScreen))


# ----------------------------------------------------------------------------------------------- the badge


async def test_badge_shows_changes_and_click_updates(harbour: Assistant, write_article: Write) -> None:
    """A badge says when files changed, and a click on it updates the index."""
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: app.pending is not None)
        assert badge_text(app) == ""
        write_article("a.md", "The harbour is open again.", title="Harbour")
        write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
        app.check_for_changes()
        await wait_until(pilot, lambda: badge_text(app) == "● 2 files new or changed · Ctrl+R")
        assert "2 files new or changed · Ctrl+R" in screen_text(app).splitlines()[0]
        await pilot.click(Badge)
        await wait_until(pilot, lambda: "2 articles (1 added, 1 changed)" in build_bar_text(pilot))
        await wait_until(pilot, lambda: app.pending == PendingChanges() and badge_text(app) == "")


@pytest.mark.campaign
async def test_files_rechecked_periodically(
    harbour: Assistant, write_article: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are checked again periodically."""
    monkeypatch.setattr(LibraryApp, "look_every", 0.05)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 20)) as pilot:
        await wait_until(pilot, lambda: app.pending is not None)
        path = write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
        await wait_until(pilot, lambda: badge_text(app) == "● 1 file new · Ctrl+R")
        path.unlink()
        await wait_until(pilot, lambda: badge_text(app) == "")


@pytest.mark.campaign
async def test_stale_scan_ignored_after_build(harbour: Assistant, write_article: Write, gate: Gate) -> None:
    """A file scan from before a build is not shown after it."""
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
    let, looked = gate(), gate()

    class SlowScanAssistant(AssistantProxy):
        def pending(self) -> PendingChanges:
            seen = super().pending()
            if not looked.is_set():
                looked.set()
                let.wait()
            return seen

    app = AssistantApp(lambda: SlowScanAssistant(harbour))
    async with app.run_test(size=(100, 20)) as pilot:
        await wait_until(pilot, looked.is_set)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 added" in build_bar_text(pilot))
        let.set()
        await wait_until(pilot, lambda: app.pending == PendingChanges())
        assert badge_text(app) == ""


async def test_click_on_the_badge_of_other_folders_shows_the_index(harbour: Assistant, tmp_path: Path) -> None:
    """An index of other folders is not updated by accident: a click opens the screen that the badge names."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.md").write_text("The ferry sails again.")
    harbour.configure(harbour.config.model_copy(update={"articles": (other,)}))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: badge_text(app) == "● folders changed in the settings · F4")
        await pilot.click(Badge)
        await wait_until(pilot, lambda: "but the settings name other folders" in unwrapped_screen_text(app))
        assert not app.is_building


# ------------------------------------------------------------------------------------- the screen of the index


@pytest.mark.parametrize("size", [(60, 20), *in_campaign(((120, 36),), ((240, 60),))])
async def test_build_report_lists_changes_and_skips(
    harbour: Assistant, write_article: Write, size: tuple[int, int]
) -> None:
    """After a build the added, removed and skipped files are shown with reasons."""
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge closed")
    write_article("empty.md", "")
    (harbour.config.articles[0] / "a.md").unlink()
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=size) as pilot:
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: app.pending)
        assert "2 files new, 1 removed since the last build" in screen_text(app)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: app.building.phase == "done" and app.library.figures)
        await wait_until(pilot, lambda: "1 article (1 added, 1 removed); 1 skipped" in unwrapped_screen_text(app))
        app.clear_notifications()  # which takes lines of a small screen
        await wait_until(pilot, lambda: "+ added" in screen_text(app))
        text = screen_text(app)
        assert "All 3" in text
        for row in ("+ added", "− removed", "! skipped", "Bridge closed", "Harbour", "empty.md"):
            assert row in text, row
        app.screen.query_one(Table).action_first()
        await wait_until(pilot, lambda: "the file is empty" in unwrapped_screen_text(app))
        await pilot.press("end", "enter")  # the added article can be opened
        await wait_until(pilot, lambda: "The bridge was closed on Monday." in unwrapped_screen_text(app))


async def test_last_build_is_told_after_a_restart(harbour: Assistant, write_article: Write) -> None:
    """A program that has built nothing yet tells what the last build changed, and when."""
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge closed")
    write_article("empty.md", "")
    run_build(harbour)
    app = AssistantApp(lambda: Assistant(harbour.config))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: "The last one: 1 added, 1 unchanged, 1 skipped." in unwrapped_screen_text(app))


@pytest.mark.campaign
async def test_build_lists_filter_thousands(harbour: Assistant) -> None:
    """The lists filter by group and by words and handle thousands of entries."""
    added = tuple(ArticleName(f"{number}.md", f"Article {number} of many") for number in range(5_000))
    notices = (Notice("/x/broken.md", "binary data, not text"), Notice("/x/odd.md", "no date", skipped=False))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 36)) as pilot:
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: app.pending is not None)
        app.building = BuildState("done", report=BuildReport(5_000, 0, 0, 1, 9, 9, 0, 1.0, notices, added))
        await wait_until(pilot, lambda: "All 5,002" in screen_text(app) and "Added 5,000" in screen_text(app))
        await pilot.press("end")
        await wait_until(pilot, lambda: "Article 4999 of many" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "Article 0 of many" in screen_text(app) and "broken.md" not in screen_text(app))
        await pilot.press("left", "slash")
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"binary")
        await wait_until(pilot, lambda: "1 of 5,002" in screen_text(app))
        assert "broken.md" in screen_text(app)
        await pilot.press(*" xyz")
        await wait_until(pilot, lambda: "No entry matches" in screen_text(app))
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: isinstance(app.focused, Table) and "5,002" in screen_text(app))


@pytest.mark.campaign
async def test_build_report_kept_until_next(harbour: Assistant, write_article: Write) -> None:
    """The report of a build is shown until the next build."""
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge closed")
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 36)) as pilot:
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: app.building.phase == "done")
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: "Bridge closed" in screen_text(app))
        await pilot.press("escape", "f4")
        await wait_until(pilot, lambda: "Bridge closed" in screen_text(app))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "2 unchanged" in unwrapped_screen_text(app))
        assert "Bridge closed" not in screen_text(app)
        assert "found no changes and skipped no files" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), *in_campaign(((120, 36),), ((240, 60),))])
async def test_build_stages_show_rate_and_eta(harbour: Assistant, size: tuple[int, int]) -> None:
    """During a build each stage shows its rate and the remaining time."""
    reading = StageProgress("reading", 9_000, 9_000, 2_500, 62.0, 40.3, is_over=True)
    embedding = StageProgress("embedding", 512, 9_000, 512, 4.2, 122.0, 70.0)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        app.building = BuildState("running", (reading, embedding))
        told = "512 of 9,000 passages · 122 passages/s · about 70 s left"
        await wait_until(
            pilot, lambda: build_bar_text(pilot).startswith("Embedding passages · about 70 s left · 122 passages/s")
        )
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: told in unwrapped_screen_text(app))
        assert "2,500 articles · 40 articles/s · 62 s" in unwrapped_screen_text(app)
        assert "Publishing the index" in screen_text(app)
        app.building = BuildState("stopped", (reading, embedding))
        await wait_until(pilot, lambda: "the index has not changed" in unwrapped_screen_text(app))
        assert "Publishing the index" not in screen_text(app)


@pytest.mark.campaign
async def test_build_stopped_from_index_screen(harbour: Assistant, write_article: Write, gate: Gate) -> None:
    """A build can be stopped from the index screen."""
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
    paced = GatedAssistant(harbour, gate)
    paced.answer_gate.set()
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_index_screen(pilot)
        await pilot.click("#index-update")
        await wait_until(pilot, lambda: "Reading articles" in screen_text(app) and app.building.stages)
        assert "answered from the last complete index" in screen_text(app)
        await pilot.click("#index-stop")
        await wait_until(pilot, lambda: "Stopping…" in screen_text(app))
        paced.release()
        await wait_until(pilot, lambda: "Stopped; the index has not changed" in screen_text(app))
        await wait_until(pilot, lambda: badge_text(app) == "● 1 file new · Ctrl+R")
        assert harbour.stats()["articles"] == 1


@pytest.mark.campaign
async def test_build_line_disappears(harbour: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status line of a finished build disappears by itself."""
    monkeypatch.setattr(BuildBar, "result_seconds", 0.1)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: app.building.phase == "done")
        await wait_until(pilot, lambda: not app.query_one(BuildBar).display)


async def test_rebuild_confirms_with_cost(harbour: Assistant) -> None:
    """A rebuild asks for confirmation and states its cost."""
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: app.library.figures)
        with harbour.open_library() as library:
            before = library.generation
        await open_index_screen(pilot)
        await pilot.press("f6")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        told = static_text(app.screen.query_one("#confirm-text Static", Static))
        assert told.startswith("Everything (1 article, 1 passage) is read, split and embedded again")
        assert "answers questions until the new one is complete" in told
        await pilot.press("enter")  # Cancel has the focus
        await wait_until(pilot, lambda: isinstance(app.screen, IndexScreen))
        assert app.building.phase == "idle"
        await pilot.press("f6", "y")
        await wait_until(pilot, lambda: app.building.phase == "done" and app.library.figures)
        assert app.building.report is not None
        assert app.building.report.embedded == 1
        with harbour.open_library() as library:
            assert library.generation != before


@pytest.mark.campaign
async def test_build_failure_lists_file_reasons(assistant: Assistant, write_article: Write) -> None:
    """A failed build gives the reason for each file."""
    write_article("empty.md", "")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await open_index_screen(pilot)
        await wait_until(pilot, lambda: "1 to read" in screen_text(app))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "no article could be read" in unwrapped_screen_text(app))
        assert "! skipped" in screen_text(app)
        assert "the file is empty" in screen_text(app)


# -------------------------------------------------------------------------------------- without an index


@pytest.mark.parametrize("size", [(60, 20), *in_campaign(((120, 36),), ((240, 60),))])
async def test_first_run_enter_builds_and_suggests(
    assistant: Assistant, write_article: Write, size: tuple[int, int]
) -> None:
    """On the first run Enter builds, and a first question is suggested."""
    write_article("a.md", HARBOUR, title="Harbour")
    app = AssistantApp(make_opener(assistant.config))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "1 file to read (1 .md)" in screen_text(app))
        assert "every quotation opens the article" in unwrapped_screen_text(app)
        assert str(assistant.config.articles[0])[:30] in screen_text(app)
        await wait_until(pilot, lambda: getattr(app.focused, "id", None) == "first-run-build")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.library.figures)
        await wait_until(pilot, lambda: "› " in screen_text(app))  # a suggestion
        assert app.focused is find_prompt(pilot)
        assert not app.query_one(FirstRun).display
        await ask_question(pilot, "what did Ann Lee say about the harbour?")
        assert "closed to ferries" in conversation_text(pilot)


async def test_first_run_keeps_typing_focus(assistant: Assistant, write_article: Write, gate: Gate) -> None:
    """Focus does not leave the prompt while the user types."""
    write_article("a.md", HARBOUR, title="Harbour")
    opened = gate()

    def slowly() -> Assistant:
        opened.wait()
        return assistant

    app = AssistantApp(slowly)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"who")
        opened.set()
        await wait_until(pilot, lambda: "1 file to read" in screen_text(app))
        await pilot.press(*" spoke")
        assert find_prompt(pilot).value == "who spoke"


async def test_first_run_empty_folder_explained(assistant: Assistant, write_article: Write) -> None:
    """An empty folder says what belongs there, and new files are found."""
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: f"Put files there ({list_suffixes('or')})" in unwrapped_screen_text(app))
        assert app.query_one("#first-run-build", Button).disabled
        write_article("a.md", HARBOUR, title="Harbour")
        app.check_for_changes()
        await wait_until(pilot, lambda: not app.query_one("#first-run-build", Button).disabled)


def write_config_file(tmp_path: Path) -> Path:
    """A settings file next to an empty seeds/, and a folder of articles elsewhere."""
    file = tmp_path / "config.yaml"
    file.write_text("# mine\narticles: seeds  # for now\n")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(HARBOUR)
    return file


@pytest.mark.parametrize("kept", [True, *in_campaign(False)])
async def test_first_run_other_folder_once_or_saved(tmp_path: Path, kept: bool) -> None:
    """Another folder is used permanently or this time only."""
    file = write_config_file(tmp_path)
    app = AssistantApp(make_opener(load_config(file)), find_settings_source=lambda: SettingsSource(file))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: "No article yet" in screen_text(app))
        await pilot.click("#first-run-folder")
        await wait_until(pilot, lambda: getattr(app.focused, "id", None) == "folder-path")
        await pilot.press(*"/no/such")
        await wait_until(pilot, lambda: "There is no file or folder /no/such" in screen_text(app))
        assert app.query_one("#folder-keep", Button).disabled
        app.query_one("#folder-path", Input).value = str(tmp_path / "news")
        await wait_until(pilot, lambda: not app.query_one("#folder-keep", Button).disabled)
        await pilot.click("#folder-keep" if kept else "#folder-once")
        await wait_until(pilot, lambda: "1 file to read" in screen_text(app))
        written = f"# mine\narticles: {tmp_path / 'news'}  # for now\n"
        assert file.read_text() == (written if kept else "# mine\narticles: seeds  # for now\n")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 article" in screen_text(app).splitlines()[0])


async def test_unreadable_files_listed(assistant: Assistant, write_article: Write) -> None:
    """Each file that cannot be read is listed with the reason."""
    for number in range(8):
        write_article(f"{number}.md", "")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "8 files to read" in screen_text(app))
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "0.md: the file is empty" in screen_text(app))
        assert "2 more: F4 lists them" in " ".join(static_text(app.query_one("#first-run-failure", Static)).split())


@pytest.mark.parametrize("fault", ["damaged", *in_campaign("mismatch")])
async def test_unusable_index_offers_rebuild(harbour: Assistant, fault: str) -> None:
    """For an unusable index a rebuild is offered."""
    if fault == "damaged":
        for path in harbour.config.index.glob("library.sqlite3*"):
            path.write_bytes(b"not a database " * 100)
    else:
        passages = harbour.config.passages.model_copy(update={"max_tokens": 64})
        harbour.configure(harbour.config.model_copy(update={"passages": passages}))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Rebuild the index…" in screen_text(app))
        assert "It can be rebuilt from the articles" in unwrapped_screen_text(app)
        await pilot.click("#first-run-build")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await wait_until(pilot, lambda: app.library.figures)
        await ask_question(pilot, "what did Ann Lee say about the harbour?")
        assert "closed to ferries" in conversation_text(pilot)


async def test_older_index_offers_update(harbour: Assistant) -> None:
    """For an index of an older version an update is offered instead of a rebuild."""
    with closing(sqlite3.connect(harbour.config.index / "library.sqlite3")) as database:
        database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (str(max(MIGRATABLE_FORMATS)),))
        database.commit()
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 36)) as pilot:
        await wait_until(pilot, lambda: "Update the index" in screen_text(app))
        assert "An update converts it quickly" in unwrapped_screen_text(app)
        assert "Rebuild" not in screen_text(app)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
async def test_unwritable_folder_says_so(assistant: Assistant, write_article: Write) -> None:
    """A folder that cannot be written says so."""
    write_article("a.md", HARBOUR, title="Harbour")
    assistant.config.index.parent.chmod(0o500)
    app = AssistantApp(lambda: assistant)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            await wait_until(pilot, lambda: "1 file to read" in screen_text(app))
            await pilot.press("ctrl+r")
            await wait_until(pilot, lambda: "cannot be written" in unwrapped_screen_text(app))
    finally:
        assistant.config.index.parent.chmod(0o700)


async def test_first_run_question_and_return(assistant: Assistant, write_article: Write) -> None:
    """A question can be asked before the first build; a new conversation returns to it."""
    write_article("a.md", HARBOUR, title="Harbour")
    app = AssistantApp(make_opener(assistant.config))
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: "1 file to read" in screen_text(app))
        await ask_question(pilot, "what did Ann Lee say?")
        assert not app.query_one(FirstRun).display
        assert "no index here yet" in conversation_text(pilot)
        await pilot.press("ctrl+l")
        await wait_until(pilot, lambda: "1 file to read" in screen_text(app))
