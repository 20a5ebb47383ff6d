"""Snapshots of whole screens over the sample articles; a changed snapshot must be intended (make snapshots)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from assistant.answers.events import final_turn
from assistant.config.editor import FOUND_IN_FOLDER, SettingsSource
from assistant.config.schema import Config
from assistant.conversations import store
from assistant.conversations.store import ConversationStore
from assistant.engine import Assistant
from assistant.records.answer import Answer, AnswerPart, AskEvent
from assistant.records.conversation import LibraryKey
from assistant.tui.app import AssistantApp
from assistant.tui.dialogs.marks import MarksScreen
from assistant.tui.dialogs.rename import RenameScreen
from assistant.tui.drafting.screen import DraftScreen
from assistant.tui.messages import BuildEnded
from assistant.tui.rendering import relative_dates
from assistant.tui.widgets.answer.exchange import Exchange
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.sources.article_view import ArticleView
from assistant.tui.widgets.start.welcome import StarterList
from assistant.tui.workers.autosave import find_library
from tests.conftest import ROOT, SEEDS, run_build
from tests.support.backends import AssistantProxy, RewritingAssistant
from tests.support.sampling import in_campaign
from tests.support.waiting import screen_text, wait_until

USHAKOV = "what did Ushakov say about Europe?"
PILES = "What did Valcourt say about the piles?"
SnapCompare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def app(seeds: Assistant) -> AssistantApp:
    app = AssistantApp(lambda: seeds)
    # All modules are loaded before the snapshot; lazy imports have a test of their own.
    seeds.warm_up()
    return app


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative dates are computed from a fixed day."""
    monkeypatch.setattr(relative_dates, "today", lambda: date(2026, 1, 15))


async def wait_until_idle(pilot: Pilot[None]) -> None:
    await wait_until(pilot, lambda: any(one.display for one in pilot.app.query(StarterList)))  # this part arrives last
    pilot.app.query_one("#question", Prompt).cursor_blink = False


def ask(question: str, *, theme: str | None = None, cited: bool = True, exchanges: int = 1) -> Before:
    async def before(pilot: Pilot[None]) -> None:
        await wait_until_idle(pilot)
        if theme:
            pilot.app.theme = theme
        pilot.app.query_one("#question", Prompt).value = question
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(pilot.app.query(Exchange)) == exchanges and not pilot.app.query(".waiting"))
        if cited:
            await wait_until(pilot, lambda: not pilot.app.query_one(ArticleView).has_class("-empty"))
        await pilot.app.workers.wait_for_complete()  # until the follow-ups are known
        await pilot.pause()

    return before


def test_welcome(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(80, 24), run_before=wait_until_idle)


def test_answer_dark(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(120, 36), run_before=ask(USHAKOV))


@pytest.mark.campaign
def test_answer_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(120, 36), run_before=ask(USHAKOV, theme="textual-light"))


@pytest.mark.campaign
def test_answer_narrow(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(60, 24), run_before=ask(USHAKOV))


def test_answer_with_notes(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = ask("How many homes were evacuated?")
    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


@pytest.mark.campaign
def test_follow_up(app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await ask("what did Valcourt say about the terminal?")(pilot)
        await ask("and about dredging?", cited=False, exchanges=2)(pilot)

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def make_changed_app(seeds: Assistant, change: Callable[[Answer], Answer]) -> AssistantApp:
    """The interface over answers that `change` makes of the real ones; a refusal has no sentences before it."""
    seeds.warm_up()

    def rewrite(events: list[AskEvent]) -> list[AskEvent]:
        changed = [change(event) if isinstance(event, Answer) else event for event in events]
        is_refused = any(isinstance(event, Answer) and event.abstained for event in changed)
        return [event for event in changed if not (is_refused and isinstance(event, AnswerPart))]

    return AssistantApp(lambda: RewritingAssistant(seeds, rewrite))


@pytest.fixture
def near_app(seeds: Assistant) -> AssistantApp:
    """The interface over answers whose sentences are only near."""

    def only_near(answer: Answer) -> Answer:
        reason = "No sentence was found that clearly answers this. The library contains 18 articles."
        near = tuple(replace(cited, speaker=None) for cited in answer.citations[:3])
        refusal = replace(answer, abstained=True, reason=reason, sentences=(), citations=(), notes=())
        return replace(refusal, nearest=near, missing=("barnacles", "1999"))

    return make_changed_app(seeds, only_near)


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param((80, 24), None, id="small"),
        pytest.param((130, 36), None, id="dark", marks=pytest.mark.campaign),
        pytest.param((130, 36), "textual-light", id="light", marks=pytest.mark.campaign),
    ],
)
def test_near(near_app: AssistantApp, snap_compare: SnapCompare, size: tuple[int, int], theme: str | None) -> None:
    assert snap_compare(near_app, terminal_size=size, run_before=ask(PILES, cited=False, theme=theme))


@pytest.mark.campaign
def test_near_source(near_app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await ask(PILES, cited=False)(pilot)
        await pilot.press("alt+down")
        await wait_until(pilot, lambda: not pilot.app.query_one(ArticleView).has_class("-empty"))

    assert snap_compare(near_app, terminal_size=(120, 36), run_before=before)


@pytest.mark.campaign
def test_short_answer(seeds: Assistant, snap_compare: SnapCompare) -> None:
    app = make_changed_app(seeds, lambda answer: replace(answer, short_answer="385"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=ask("How many homes were evacuated?"))


def test_refusal(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = ask("what did Valcourt say about dredging?", cited=False)
    assert snap_compare(app, terminal_size=(100, 30), run_before=before)


def test_help(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = press_and_wait("f1", until_seen="Search keys and what they do")
    assert snap_compare(app, terminal_size=(100, 30), run_before=before)


def press_and_wait(*keys: str, until_seen: str, theme: str | None = None) -> Before:
    """Press these keys and wait until a text is on the screen."""

    async def before(pilot: Pilot[Any]) -> None:
        await wait_until_idle(pilot)
        if theme:
            pilot.app.theme = theme
        await pilot.press(*keys)
        await wait_until(pilot, lambda: until_seen in screen_text(pilot.app))
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False

    return before


@pytest.mark.campaign
def test_welcome_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = press_and_wait(until_seen="Try one of these", theme="textual-light")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


@pytest.mark.campaign
def test_answer_wide(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(200, 50), run_before=ask(USHAKOV))


@pytest.mark.campaign
def test_conflict_narrow(app: AssistantApp, snap_compare: SnapCompare) -> None:
    assert snap_compare(app, terminal_size=(80, 48), run_before=ask("How many homes were evacuated?"))


@pytest.mark.campaign
def test_conflict_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = ask("How many homes were evacuated?", theme="textual-light")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


@pytest.mark.campaign
def test_change_over_time(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = ask("How has Oakhurst's position on the price changed?")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


@pytest.mark.campaign
def test_refusal_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = ask("what did Valcourt say about dredging?", cited=False, theme="textual-light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_library(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = press_and_wait("f3", until_seen="Mayor concedes")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


@pytest.mark.campaign
@pytest.mark.parametrize("size", [(60, 24), (200, 50)], ids=["60", "200"])
@pytest.mark.parametrize(
    ("key", "until_seen"),
    [
        ("f3", "Mayor concedes"),
        ("f6", "Enter applies"),
        ("f12", "The dossier is empty"),
        ("ctrl+p", "Find and resume"),
        ("f1", "Search keys"),
        ("f8", "Enter checks"),
        ("alt+n", "No standing questions"),
        ("ctrl+o", "Enter adds"),
    ],
    ids=["library", "filters", "dossier", "palette", "help", "quote", "news", "add"],
)
def test_narrow_and_wide(
    app: AssistantApp, snap_compare: SnapCompare, size: tuple[int, int], key: str, until_seen: str
) -> None:
    """Screens that other snapshots show at 80, 120 or 160 columns, or not at all."""
    theme = "textual-light" if size[0] == 60 else None
    assert snap_compare(app, terminal_size=size, run_before=press_and_wait(key, until_seen=until_seen, theme=theme))


@pytest.mark.campaign
def test_library_light(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = press_and_wait("f3", until_seen="Mayor concedes", theme="textual-light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def open_library(*keys: str, until_seen: str) -> Before:
    async def before(pilot: Pilot[Any]) -> None:
        await press_and_wait("f3", until_seen="Mayor concedes")(pilot)
        await pilot.press(*keys)
        await wait_until(pilot, lambda: until_seen in screen_text(pilot.app))
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False

    return before


@pytest.mark.campaign
def test_speakers(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = open_library("right", until_seen="in quotation marks")
    assert snap_compare(app, terminal_size=(160, 48), run_before=before)


@pytest.mark.campaign
def test_statistics(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = open_library("left", until_seen="Articles by month")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


@pytest.mark.campaign
@pytest.mark.parametrize("size", [(60, 24), (200, 50)], ids=["60", "200"])
@pytest.mark.parametrize(
    ("keys", "until_seen"),
    [
        (("right",), "in quotation marks"),
        (("right", "right"), "oldest first"),
        (("right", "right", "right"), "All articles are searched"),
        (("enter",), "Mayor concedes: first price"),
    ],
    ids=["speakers", "stories", "search", "article"],
)
def test_library_narrow_and_wide(
    app: AssistantApp, snap_compare: SnapCompare, size: tuple[int, int], keys: tuple[str, ...], until_seen: str
) -> None:
    """Tabs of the library, and an article, in few and many columns; the statistics have the time of the build."""

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.theme = "textual-dark" if size[0] == 60 else "textual-light"
        await open_library(*keys, until_seen=until_seen)(pilot)
        await wait_until_idle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


async def _open_marks(pilot: Pilot[Any]) -> None:
    await open_library("ctrl+y", until_seen="Enter")(pilot)
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, MarksScreen))


async def _open_rename(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    pilot.app.push_screen(RenameScreen(USHAKOV))
    await wait_until(pilot, lambda: "Enter renames" in screen_text(pilot.app))


async def _check_draft(pilot: Pilot[Any]) -> None:
    await wait_until_idle(pilot)
    await pilot.app.run_action("draft")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, DraftScreen))
    pilot.app.screen.query_one(TextArea).text = "“Paint will save them,” said Idris Valcourt. Penguins live in Teller."
    await pilot.press("f8")
    await wait_until(pilot, lambda: "2 sentences" in screen_text(pilot.app))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.campaign
@pytest.mark.parametrize("size", [(60, 24), (200, 50)], ids=["60", "200"])
@pytest.mark.parametrize("before", [_open_marks, _open_rename, _check_draft], ids=["marks", "rename", "draft"])
def test_dialogs_narrow_and_wide(
    app: AssistantApp, snap_compare: SnapCompare, size: tuple[int, int], before: Before
) -> None:
    """The marks of an article, the title of a conversation, and a draft that was checked."""

    async def in_theme(pilot: Pilot[Any]) -> None:
        pilot.app.theme = "textual-light" if size[0] == 60 else "textual-dark"
        await before(pilot)
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False

    assert snap_compare(app, terminal_size=size, run_before=in_theme)


def test_reading_an_article(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = open_library("enter", until_seen="Petra Sandoval-Wick  5")
    assert snap_compare(app, terminal_size=(120, 36), run_before=before)


def test_checking_a_quotation(app: AssistantApp, snap_compare: SnapCompare) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await press_and_wait("f8", until_seen="Check a quotation")(pilot)
        pilot.app.screen.query_one("#quotation", Input).value = "the piles are sound, and paint will not save them"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Altered" in screen_text(pilot.app))

    assert snap_compare(app, terminal_size=(120, 36), run_before=before)


def test_completing_a_name(app: AssistantApp, snap_compare: SnapCompare) -> None:
    before = press_and_wait(*"what did ush", until_seen="Yuri Ushakov")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


# ------------------------------------------- screens on which times, sizes and paths are, all of them held still


SMALL, LARGE, NARROW, WIDE = (80, 24), (160, 48), (60, 24), (200, 50)
SIZES = ["small", "large", "narrow", "wide"]
small_light_and_large_dark = pytest.mark.parametrize(
    ("size", "theme"),
    [
        (SMALL, "textual-light"),
        *in_campaign((LARGE, "textual-dark"), (NARROW, "textual-dark"), (WIDE, "textual-light")),
    ],
    ids=SIZES,
)
small_dark_and_large_light = pytest.mark.parametrize(
    ("size", "theme"),
    [
        (SMALL, "textual-dark"),
        *in_campaign((LARGE, "textual-light"), (NARROW, "textual-light"), (WIDE, "textual-dark")),
    ],
    ids=SIZES,
)


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The local time zone is UTC."""
    with monkeypatch.context() as within:
        within.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


class FixedSizeAssistant(AssistantProxy):
    """The real assistant with a fixed build time and index size."""

    def warm_up(self) -> dict[str, Any]:
        return {**super().warm_up(), "built_at": "2026-01-14T18:40:00+00:00", "bytes": 2_400_000}


@pytest.fixture
def small_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FixedSizeAssistant:
    """A folder with four articles as the current folder, so that all paths are relative; nothing is built."""
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    for name in sorted(SEEDS.glob("*.md"))[:4]:
        shutil.copy(name, "articles")
    return FixedSizeAssistant(Assistant(Config(articles=(Path("articles"),), index=Path("index"))))


async def rebuilt_library(pilot: Pilot[Any], small_library: FixedSizeAssistant) -> None:
    """The library after a build that added, changed, removed and skipped files, and with a new file since."""
    first, second, third, _ = sorted(Path("articles").iterdir())
    run_build(small_library._assistant)
    first.unlink()
    second.write_text(second.read_text(encoding="utf-8") + "\nMayor Oakhurst said on Friday that all was well.\n")
    third.rename(third.with_name("moved.md"))
    Path("articles/minutes.txt").write_text("The council met on Monday and did not decide anything at all.\n")
    Path("articles/scan.txt").write_bytes(b"\xff\xfe\x00 no text \x00\x01\x02")
    report = replace(run_build(small_library._assistant), seconds=2.1)
    Path("articles/letter.md").write_text("Ann Lee said that the harbour was closed to ferries on Sunday.\n")
    pilot.app.post_message(BuildEnded(report))
    await wait_until(pilot, lambda: "1 file new" in screen_text(pilot.app))
    await pilot.press("f4")
    await wait_until(pilot, lambda: "! skipped" in screen_text(pilot.app))
    pilot.app.clear_notifications()  # contains an absolute path
    await pilot.pause()


@small_light_and_large_dark
def test_index(small_library: FixedSizeAssistant, snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.theme = theme
        await rebuilt_library(pilot, small_library)

    assert snap_compare(AssistantApp(lambda: small_library), terminal_size=size, run_before=before)


@pytest.mark.campaign
@small_dark_and_large_light
def test_settings(
    small_library: FixedSizeAssistant, snap_compare: SnapCompare, size: tuple[int, int], theme: str
) -> None:
    shutil.copy(ROOT / "config.yaml", "config.yaml")

    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.theme = theme
        await wait_until(pilot, lambda: "4 articles" in screen_text(pilot.app))
        await pilot.press("f5")
        await wait_until(pilot, lambda: "Folder or file of articles" in screen_text(pilot.app))
        while "Passages retrieved for a question" not in screen_text(pilot.app):
            await pilot.press("down")

    run_build(small_library._assistant)
    app = AssistantApp(
        lambda: small_library, find_settings_source=lambda: SettingsSource(Path("config.yaml"), FOUND_IN_FOLDER)
    )
    assert snap_compare(app, terminal_size=size, run_before=before)


@small_dark_and_large_light
def test_first_run(
    small_library: FixedSizeAssistant, snap_compare: SnapCompare, size: tuple[int, int], theme: str
) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        pilot.app.theme = theme
        await wait_until(pilot, lambda: "4 files to read" in screen_text(pilot.app))
        pilot.app.query_one("#question", Prompt).cursor_blink = False

    assert snap_compare(AssistantApp(lambda: small_library), terminal_size=size, run_before=before)


@small_light_and_large_dark
@pytest.mark.usefixtures("utc")
def test_conversations(
    seeds: Assistant,
    app: AssistantApp,
    snap_compare: SnapCompare,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
) -> None:
    saved, library = ConversationStore(), find_library(lambda: seeds)
    for moment, name, where, questions in (
        (datetime(2025, 11, 3, 8, 15, tzinfo=UTC), "court", LibraryKey("/home/ann/court/index"), [USHAKOV]),
        (datetime(2026, 1, 12, 17, 2, tzinfo=UTC), "homes", library, ["How many homes were evacuated?"]),
        (datetime(2026, 1, 14, 9, 30, tzinfo=UTC), "price", library, ["How has Oakhurst's position on price changed?"]),
        (datetime(2026, 1, 15, 8, 5, tzinfo=UTC), "piles", library, [PILES, USHAKOV]),
    ):
        monkeypatch.setattr(store, "get_current_time", lambda now=moment: now)
        for question in questions:
            saved.save(name, where, final_turn(seeds.stream(question)))

    async def before(pilot: Pilot[Any]) -> None:
        await press_and_wait("f2", until_seen="today 08:05", theme=theme)(pilot)
        await wait_until(pilot, lambda: "begun today" in screen_text(pilot.app))

    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.campaign
@small_dark_and_large_light
def test_export(app: AssistantApp, snap_compare: SnapCompare, size: tuple[int, int], theme: str) -> None:
    async def before(pilot: Pilot[Any]) -> None:
        await ask(USHAKOV, theme=theme)(pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "CSL-JSON" in screen_text(pilot.app))
        pilot.app.screen.query_one("#export-path", Input).value = "/home/ann/ushakov.md"  # as a user may type it
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=before)
