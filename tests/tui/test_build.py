"""The index as one sees it: what waits, what a build is doing and did, and the way from no index to a first answer."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from assistant.config.editor import Origin
from assistant.config.load import load_config
from assistant.engine import Assistant
from assistant.presentation.build_progress import StagePace
from assistant.records.article import Notice
from assistant.records.build import ArticleName, BuildReport, Changes
from assistant.store.schema import MIGRATABLE
from assistant.tui.app import AssistantApp
from assistant.tui.backend import opener
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.screens.index import IndexScreen
from assistant.tui.state import BuildState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.status import Badge
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.prompt.first_run import FirstRun
from tests.conftest import built
from tests.support.actions import ask, bar, box, conversation, text_of
from tests.support.backends import Gate, Paced, Real
from tests.support.waiting import screen_text, squeezed, until

Write = Callable[..., Path]
HARBOUR = "Ann Lee said on Monday that the harbour was closed to ferries."


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    gates: list[threading.Event] = []

    def made() -> threading.Event:
        gates.append(threading.Event())
        return gates[-1]

    yield made
    for each in gates:
        each.set()


@pytest.fixture
def harbour(assistant: Assistant, write_article: Write) -> Assistant:
    """A library of one article."""
    write_article("a.md", HARBOUR, title="Harbour")
    built(assistant)
    return assistant


def badge(app: AssistantApp) -> str:
    found = app.screen.query_one(Badge)
    return text_of(found) if found.display else ""


async def index_screen(pilot: Pilot[None]) -> None:
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(pilot.app.screen, IndexScreen))


# ----------------------------------------------------------------------------------------------- the badge


async def test_a_badge_says_when_files_changed_and_a_click_on_it_updates(
    harbour: Assistant, write_article: Write
) -> None:
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: app.pending is not None)
        assert badge(app) == ""
        write_article("a.md", "The harbour is open again.", title="Harbour")
        write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
        app.look_for_changes()
        await until(pilot, lambda: badge(app) == "● 2 files new or changed · Ctrl+R")
        assert "2 files new or changed · Ctrl+R" in screen_text(app).splitlines()[0]
        await pilot.click(Badge)
        await until(pilot, lambda: "2 articles (1 added, 1 changed)" in bar(pilot))
        await until(pilot, lambda: app.pending == Changes() and badge(app) == "")


async def test_files_are_looked_at_again_by_themselves(
    harbour: Assistant, write_article: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AssistantApp, "look_every", 0.05)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 20)) as pilot:
        await until(pilot, lambda: app.pending is not None)
        path = write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
        await until(pilot, lambda: badge(app) == "● 1 file new · Ctrl+R")
        path.unlink()
        await until(pilot, lambda: badge(app) == "")


async def test_what_was_seen_before_a_build_is_not_told_after_it(
    harbour: Assistant, write_article: Write, gate: Gate
) -> None:
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
    let, looked = gate(), gate()

    class Slow(Real):
        def pending(self) -> Changes:
            seen = super().pending()
            if not looked.is_set():
                looked.set()
                let.wait()
            return seen

    app = AssistantApp(lambda: Slow(harbour))
    async with app.run_test(size=(100, 20)) as pilot:
        await until(pilot, looked.is_set)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 added" in bar(pilot))
        let.set()
        await until(pilot, lambda: app.pending == Changes())
        assert badge(app) == ""


async def test_an_index_of_other_folders_is_not_updated_by_a_slip(harbour: Assistant, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.md").write_text("The ferry sails again.")
    harbour.configure(harbour.config.model_copy(update={"articles": (other,)}))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: badge(app) == "● other folders in the settings · F4")
        await index_screen(pilot)
        await until(pilot, lambda: "which is not what the settings name" in squeezed(app))


# ------------------------------------------------------------------------------------- the screen of the index


@pytest.mark.parametrize("size", [(60, 20), (120, 36), (240, 60)])
async def test_after_a_build_stands_what_was_added_removed_and_skipped_and_why(
    harbour: Assistant, write_article: Write, size: tuple[int, int]
) -> None:
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge closed")
    write_article("empty.md", "")
    (harbour.config.articles[0] / "a.md").unlink()
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=size) as pilot:
        await index_screen(pilot)
        await until(pilot, lambda: app.pending)
        assert "2 files new, 1 removed since the build" in screen_text(app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.building.phase == "done" and app.library.figures)
        await until(pilot, lambda: "1 article (1 added, 1 removed); 1 skipped" in squeezed(app))
        text = screen_text(app)
        assert "All 3" in text
        for row in ("+ added", "− removed", "! skipped", "Bridge closed", "Harbour", "empty.md"):
            assert row in text, row
        app.screen.query_one(Table).action_first()
        await until(pilot, lambda: "the file is empty" in squeezed(app))
        await pilot.press("end", "enter")  # what was added can be read
        await until(pilot, lambda: "The bridge was closed on Monday." in squeezed(app))


async def test_the_lists_are_filtered_by_group_and_by_words_and_hold_thousands(harbour: Assistant) -> None:
    added = tuple(ArticleName(f"{number}.md", f"Article {number} of many") for number in range(5_000))
    notices = (Notice("/x/broken.md", "binary data, not text"), Notice("/x/odd.md", "no date", skipped=False))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 36)) as pilot:
        await index_screen(pilot)
        await until(pilot, lambda: app.pending is not None)
        app.building = BuildState("done", report=BuildReport(5_000, 0, 0, 1, 9, 9, 0, 1.0, notices, added))
        await until(pilot, lambda: "All 5,002" in screen_text(app) and "Added 5,000" in screen_text(app))
        await pilot.press("end")
        await until(pilot, lambda: "Article 4999 of many" in screen_text(app))
        await pilot.press("right")
        await until(pilot, lambda: "Article 0 of many" in screen_text(app) and "broken.md" not in screen_text(app))
        await pilot.press("left", "slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"binary")
        await until(pilot, lambda: "1 of 5,002" in screen_text(app))
        assert "broken.md" in screen_text(app)
        await pilot.press(*" xyz")
        await until(pilot, lambda: "Nothing here holds all of these words" in screen_text(app))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.focused, Table) and "5,002" in screen_text(app))


async def test_what_a_build_did_stays_until_the_next_one(harbour: Assistant, write_article: Write) -> None:
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge closed")
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(100, 36)) as pilot:
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.building.phase == "done")
        await index_screen(pilot)
        await until(pilot, lambda: "Bridge closed" in screen_text(app))
        await pilot.press("escape", "f4")
        await until(pilot, lambda: "Bridge closed" in screen_text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "2 unchanged" in squeezed(app))
        assert "Bridge closed" not in screen_text(app)
        assert "found nothing new, changed or gone" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (120, 36), (240, 60)])
async def test_while_a_build_runs_each_stage_tells_its_pace_and_the_time_left(
    harbour: Assistant, size: tuple[int, int]
) -> None:
    reading = StagePace("reading", 9_000, 9_000, 2_500, 62.0, 40.3, over=True)
    embedding = StagePace("embedding", 512, 9_000, 512, 4.2, 122.0, 70.0)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.library.figures)
        app.building = BuildState("running", (reading, embedding))
        told = "512 of 9,000 passages · 122 passages/s · about 70 s left"
        await until(pilot, lambda: bar(pilot).startswith("Embedding passages · about 70 s left · 122 passages/s"))
        await index_screen(pilot)
        await until(pilot, lambda: told in squeezed(app))
        assert "2,500 articles · 40 articles/s · 62 s" in squeezed(app)
        assert "Publishing the index" in screen_text(app)
        app.building = BuildState("stopped", (reading, embedding))
        await until(pilot, lambda: "the index is as it was" in squeezed(app))
        assert "Publishing the index" not in screen_text(app)


async def test_a_build_is_stopped_from_the_screen_of_the_index(
    harbour: Assistant, write_article: Write, gate: Gate
) -> None:
    write_article("b.md", "The bridge was closed on Monday.", title="Bridge")
    paced = Paced(harbour, gate)
    paced.answer.set()
    app = AssistantApp(lambda: paced)
    async with app.run_test(size=(100, 30)) as pilot:
        await index_screen(pilot)
        await pilot.click("#index-update")
        await until(pilot, lambda: "Reading articles" in screen_text(app) and app.building.stages)
        assert "answered from the last complete index" in screen_text(app)
        await pilot.click("#index-stop")
        await until(pilot, lambda: "Stopping…" in screen_text(app))
        paced.let_go()
        await until(pilot, lambda: "Stopped; the index is as it was" in screen_text(app))
        await until(pilot, lambda: badge(app) == "● 1 file new · Ctrl+R")
        assert harbour.stats()["articles"] == 1


async def test_the_line_about_a_build_that_is_over_goes_by_itself(
    harbour: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BuildBar, "said_for", 0.1)
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.library.figures)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.building.phase == "done")
        await until(pilot, lambda: not app.query_one(BuildBar).display)


async def test_a_rebuild_asks_first_and_says_what_it_costs(harbour: Assistant) -> None:
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: app.library.figures)
        with harbour.library() as library:
            before = library.generation
        await index_screen(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        told = text_of(app.screen.query_one("#confirm-text Static", Static))
        assert told.startswith("Of 1 article, 1 passage in all, everything is read, cut and embedded anew")
        assert "goes on answering until the new one is complete" in told
        await pilot.press("enter")  # which is on Cancel
        await until(pilot, lambda: isinstance(app.screen, IndexScreen))
        assert app.building.phase == "idle"
        await pilot.press("f6", "y")
        await until(pilot, lambda: app.building.phase == "done" and app.library.figures)
        assert app.building.report is not None
        assert app.building.report.embedded == 1
        with harbour.library() as library:
            assert library.generation != before


async def test_a_build_that_fails_says_why_for_each_file(assistant: Assistant, write_article: Write) -> None:
    write_article("empty.md", "")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(120, 30)) as pilot:
        await index_screen(pilot)
        await until(pilot, lambda: "1 to read" in screen_text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "no article could be read" in squeezed(app))
        assert "! skipped" in screen_text(app)
        assert "the file is empty" in screen_text(app)


# -------------------------------------------------------------------------------------- without an index


@pytest.mark.parametrize("size", [(60, 20), (120, 36), (240, 60)])
async def test_enter_builds_and_a_first_question_is_there_to_ask(
    assistant: Assistant, write_article: Write, size: tuple[int, int]
) -> None:
    write_article("a.md", HARBOUR, title="Harbour")
    app = AssistantApp(opener(assistant.config))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "1 file to read (1 .md)" in screen_text(app))
        assert "every quotation opens the article" in squeezed(app)
        assert str(assistant.config.articles[0])[:30] in screen_text(app)
        await until(pilot, lambda: getattr(app.focused, "id", None) == "first-build")
        await pilot.press("enter")
        await until(pilot, lambda: app.library.figures)
        await until(pilot, lambda: "› " in screen_text(app))  # a suggestion
        assert app.focused is box(pilot)
        assert not app.query_one(FirstRun).display
        await ask(pilot, "what did Ann Lee say about the harbour?")
        assert "closed to ferries" in conversation(pilot)


async def test_who_types_at_once_is_not_led_elsewhere(assistant: Assistant, write_article: Write, gate: Gate) -> None:
    write_article("a.md", HARBOUR, title="Harbour")
    opened = gate()

    def slowly() -> Assistant:
        opened.wait()
        return assistant

    app = AssistantApp(slowly)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"who")
        opened.set()
        await until(pilot, lambda: "1 file to read" in screen_text(app))
        await pilot.press(*" spoke")
        assert box(pilot).value == "who spoke"


async def test_an_empty_folder_says_what_belongs_there_and_what_is_put_there_is_found(
    assistant: Assistant, write_article: Write
) -> None:
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "put files there (.md, .txt, .html or .jsonl)" in squeezed(app))
        assert app.query_one("#first-build", Button).disabled
        write_article("a.md", HARBOUR, title="Harbour")
        app.look_for_changes()
        await until(pilot, lambda: not app.query_one("#first-build", Button).disabled)


def configured_file(tmp_path: Path) -> Path:
    """A settings file beside an empty seeds/, and a folder of articles elsewhere."""
    file = tmp_path / "config.yaml"
    file.write_text("# mine\narticles: seeds  # for now\n")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(HARBOUR)
    return file


@pytest.mark.parametrize("kept", [True, False])
async def test_another_folder_is_used_from_now_on_or_this_time_only(tmp_path: Path, kept: bool) -> None:
    file = configured_file(tmp_path)
    app = AssistantApp(opener(load_config(file)), find_origin=lambda: Origin(file))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "No article yet" in screen_text(app))
        await pilot.click("#first-other")
        await until(pilot, lambda: getattr(app.focused, "id", None) == "first-path")
        await pilot.press(*"/no/such")
        await until(pilot, lambda: "There is no /no/such" in screen_text(app))
        assert app.query_one("#first-keep", Button).disabled
        app.query_one("#first-path", Input).value = str(tmp_path / "news")
        await until(pilot, lambda: not app.query_one("#first-keep", Button).disabled)
        await pilot.click("#first-keep" if kept else "#first-once")
        await until(pilot, lambda: "1 file to read" in screen_text(app))
        written = f"# mine\narticles: {tmp_path / 'news'}  # for now\n"
        assert file.read_text() == (written if kept else "# mine\narticles: seeds  # for now\n")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "1 article" in screen_text(app).splitlines()[0])


async def test_what_cannot_be_read_is_told_for_each_file(assistant: Assistant, write_article: Write) -> None:
    for number in range(8):
        write_article(f"{number}.md", "")
    app = AssistantApp(lambda: assistant)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "8 files to read" in screen_text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "0.md: the file is empty" in screen_text(app))
        assert "2 more: F4 lists them" in " ".join(text_of(app.query_one("#first-why", Static)).split())


@pytest.mark.parametrize("fault", ["damaged", "mismatch"])
async def test_an_index_that_cannot_be_used_is_offered_to_be_rebuilt(harbour: Assistant, fault: str) -> None:
    if fault == "damaged":
        for path in harbour.config.index.glob("library.sqlite3*"):
            path.write_bytes(b"not a database " * 100)
    else:
        passages = harbour.config.passages.model_copy(update={"max_tokens": 64})
        harbour.configure(harbour.config.model_copy(update={"passages": passages}))
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Rebuild the index…" in screen_text(app))
        assert "It can be made anew from the articles" in squeezed(app)
        await pilot.click("#first-build")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app.library.figures)
        await ask(pilot, "what did Ann Lee say about the harbour?")
        assert "closed to ferries" in conversation(pilot)


async def test_an_index_of_an_older_version_is_offered_to_be_updated_not_rebuilt(harbour: Assistant) -> None:
    with closing(sqlite3.connect(harbour.config.index / "library.sqlite3")) as database:
        database.execute("UPDATE manifest SET value = ? WHERE key = 'format'", (str(max(MIGRATABLE)),))
        database.commit()
    app = AssistantApp(lambda: harbour)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "Update the index" in screen_text(app))
        assert "embeds nothing anew" in squeezed(app)
        assert "Rebuild" not in screen_text(app)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
async def test_a_folder_that_cannot_be_written_says_so(assistant: Assistant, write_article: Write) -> None:
    write_article("a.md", HARBOUR, title="Harbour")
    assistant.config.index.parent.chmod(0o500)
    app = AssistantApp(lambda: assistant)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: "1 file to read" in screen_text(app))
            await pilot.press("ctrl+r")
            await until(pilot, lambda: "cannot be written" in squeezed(app))
    finally:
        assistant.config.index.parent.chmod(0o700)


async def test_a_question_can_be_asked_all_the_same_and_a_new_conversation_leads_back(
    assistant: Assistant, write_article: Write
) -> None:
    write_article("a.md", HARBOUR, title="Harbour")
    app = AssistantApp(opener(assistant.config))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "1 file to read" in screen_text(app))
        await ask(pilot, "what did Ann Lee say?")
        assert not app.query_one(FirstRun).display
        assert "no index here yet" in conversation(pilot)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "1 file to read" in screen_text(app))
