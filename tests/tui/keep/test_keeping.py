"""Marks, the dossier, standing questions, adding and watching in the interface, with keys and real files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Checkbox, Input

from assistant.config.schema import RankingSettings, WatchSettings, WebSettings
from assistant.engine import Assistant
from assistant.tui.app import AssistantApp
from assistant.tui.backend import make_opener
from assistant.tui.commands.letters import BURST
from assistant.tui.dialogs.add import AddScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.dialogs.marks import MarksScreen
from assistant.tui.keep.messages import MarksWanted, QuotationKept
from assistant.tui.keep.news_line import NewsLine, render_news
from assistant.tui.keep.state import MarksChange, News
from assistant.tui.keep.workers import apply_change, follow_adding, list_dossier, list_standing, read_marks
from assistant.tui.owner.keeping_app import KeepingApp
from assistant.tui.screens.dossier import DossierScreen
from assistant.tui.screens.news import NewsScreen
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from tests.support.actions import ask_question
from tests.support.citations import make_citation
from tests.support.news_site import HOST, make_page, run_site
from tests.support.waiting import screen_text, unwrapped_screen_text, wait_until

GATES = "“The lock gates leak,” said Anna Roe, the canal engineer. The council meets on Monday."
NEW = "“The lock gates will be replaced,” said Anna Roe, the canal engineer."


@pytest.fixture
def canal(assistant: Assistant, write_article: Callable[..., Path]) -> Assistant:
    """A library of two articles, built."""
    web = WebSettings(allow_hosts=(HOST,), delay_seconds=0)
    assistant.configure(assistant.config.model_copy(update={"web": web, "ranking": RankingSettings(model="none")}))
    write_article("gates.md", GATES, title="Leaking gates", published_at="2025-03-04")
    write_article("oven.md", "The bakery has a new oven. “It is warm,” said Ivo Tarn.", title="A new oven")
    assistant.build()
    return assistant


def is_screen(pilot: Pilot[None], kind: type[Screen[Any]]) -> bool:
    return isinstance(pilot.app.screen, kind)


async def begin(pilot: Pilot[None]) -> None:
    await wait_until(pilot, lambda: "2 articles" in screen_text(pilot.app))


async def type_and_enter(pilot: Pilot[None], box: str, text: str) -> None:
    pilot.app.screen.query_one(box, Input).value = text
    pilot.app.screen.query_one(box, Input).focus()
    await pilot.press("enter")


@pytest.mark.campaign
async def test_from_an_answer(canal: Assistant, tmp_path: Path) -> None:
    """The open citation goes to the dossier, its article gets marks and a note on the words; the dossier is saved."""
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await ask_question(pilot, "What did Roe say about the gates?")
        app.ask_screen.sources.article.focus()
        await pilot.press("d")
        await wait_until(pilot, lambda: canal.marks.dossier.list_entries())
        await asyncio.sleep(BURST)  # two letters in less are the beginning of a word
        await pilot.press("m")
        await wait_until(pilot, lambda: is_screen(pilot, MarksScreen))
        app.screen.query_one("#marks-starred", Checkbox).value = True
        app.screen.query_one("#marks-tags", Input).value = "canal, a b"
        await type_and_enter(pilot, "#marks-note", "Since when?")
        await wait_until(pilot, lambda: canal.marks.articles.list_notes())
        (note,) = canal.marks.articles.list_notes()
        assert note.quote is not None
        assert "lock gates leak" in note.quote
        assert canal.marks.articles.list_tags() == {"a b": 1, "canal": 1}

        await pilot.press("f12")
        await wait_until(pilot, lambda: "1 quotation" in screen_text(app))
        await pilot.press("c")
        await wait_until(pilot, lambda: is_screen(pilot, EditValueScreen))
        await type_and_enter(pilot, "#edit-value", "Ask her.")
        await wait_until(pilot, lambda: "✎ Ask her." in screen_text(app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: is_screen(pilot, EditValueScreen))
        app.screen.query_one("#edit-value", Input).value = "x.pdf"
        await wait_until(pilot, lambda: "the name must end in .md, .html, .docx" in unwrapped_screen_text(app))
        await type_and_enter(pilot, "#edit-value", str(tmp_path / "canal.html"))
        await wait_until(pilot, lambda: (tmp_path / "canal.html").exists())
        assert "Ask her." in (tmp_path / "canal.html").read_text(encoding="utf-8")
        await pilot.press("delete")
        await wait_until(pilot, lambda: "The dossier is empty" in screen_text(app))
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: "✎ Ask her." in screen_text(app))


async def test_quotation_is_copied_and_kept_by_mouse_alone(canal: Assistant) -> None:
    """A click below the open source does what a letter does there, while the question box keeps the focus."""
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36), notifications=True) as pilot:
        await begin(pilot)
        await ask_question(pilot, "What did Roe say about the gates?")
        await wait_until(pilot, lambda: "Copy · Cite · Keep" in screen_text(app))
        lines = screen_text(app).splitlines()
        row = next(row for row, line in enumerate(lines) if "· Keep" in line)
        for name in ("Copy", "Keep"):
            await pilot.click(offset=(lines[row].index(name), row))
        await wait_until(pilot, lambda: canal.marks.dossier.list_entries())
        assert "lock gates leak" in app.clipboard
        assert app.focused is app.ask_screen.prompt


@pytest.mark.campaign
async def test_date_and_outlet_of_an_article(canal: Assistant) -> None:
    """The articles without a date are listed; the date is set there and kept, and emptied it is that of the file."""
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await pilot.press("f3", *"no-date")
        await wait_until(pilot, lambda: "1 of 2 articles" in screen_text(app))
        app.screen.query_one(ArticlesPanel).focus_list()
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: is_screen(pilot, MarksScreen))
        await type_and_enter(pilot, "#field-published_at", "soon")
        await wait_until(pilot, lambda: "Published: it is not a date such as 2025-10-26" in unwrapped_screen_text(app))
        app.screen.query_one("#field-source", Input).value = "The Weir Post"
        await type_and_enter(pilot, "#field-published_at", "4 March 2025")
        await wait_until(pilot, lambda: "0 of 2 articles" in screen_text(app))
    article = canal.article("oven.md")
    assert article is not None
    assert (article.published_at, article.source) == ("2025-03-04", "The Weir Post")
    apply_change(canal, article, MarksChange(False, False, (), fields=(("published_at", ""), ("author", ""))))
    canal.build()
    article = canal.article("oven.md")
    assert article is not None
    assert (article.published_at, article.source) == (None, "The Weir Post")


async def test_library_shows_and_filters_marks(canal: Assistant) -> None:
    """A star is a sign at the title; marks are words of the filter; an article that is opened is read."""
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: "Leaking gates" in screen_text(app))
        await pilot.press("plus")
        await wait_until(pilot, lambda: "★ Leaking gates" in screen_text(app))
        await pilot.press("ctrl+y")
        await wait_until(pilot, lambda: is_screen(pilot, MarksScreen))
        await type_and_enter(pilot, "#marks-tags", "canal,,x" + "y" * 70)
        await wait_until(pilot, lambda: "a tag has 1 to 60 characters" in unwrapped_screen_text(app))
        await type_and_enter(pilot, "#marks-tags", "canal")
        await wait_until(pilot, lambda: "★ #canal Leaking gates" in screen_text(app))
        await pilot.press(*"is:starred")
        await wait_until(pilot, lambda: "1 of 2 articles" in screen_text(app))
        await pilot.press("enter", "enter")
        await wait_until(pilot, lambda: "★ starred · ✓ read · #canal" in screen_text(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: "─ ✓ read · #canal" in screen_text(app) and "★" not in screen_text(app))
        await pilot.press("escape")
        app.screen.query_one(FilterBox).value = "#canal"
        await wait_until(pilot, lambda: "1 of 2 articles" in screen_text(app))
        app.screen.query_one(ArticlesPanel).focus_list()
        await pilot.press("asterisk")
        await wait_until(pilot, lambda: "Asking only: “#canal”: 1 article" in screen_text(app))
        assert app.ask_screen.scope.article_ids == ("gates.md",)


async def test_news(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """A standing question is added; what it finds is told in a line, shown once, and opens at its words."""
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await pilot.press("alt+n")
        await wait_until(pilot, lambda: is_screen(pilot, NewsScreen))
        await pilot.press("a")
        await wait_until(pilot, lambda: is_screen(pilot, EditValueScreen))
        await type_and_enter(pilot, "#edit-value", "tell me when Roe says something on the gates")
        await wait_until(pilot, lambda: "0 found · What did Roe say about the gates?" in screen_text(app))
        await pilot.press("escape")
        write_article("new.md", NEW, title="New gates")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "1 new, 1 names Roe · 1 finding" in screen_text(app))
        assert canal.marks.standing.list_findings(only_unshown=True)
        await pilot.press("alt+n")
        await wait_until(pilot, lambda: "News · 1 finding" in screen_text(app))
        assert not app.news
        assert not canal.marks.standing.list_findings(only_unshown=True)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "finding · 1 of 1" in screen_text(app))
        await pilot.press("escape", "tab", "delete")
        await wait_until(pilot, lambda: "News · 0 findings" in screen_text(app))


async def test_adding(canal: Assistant) -> None:
    """What is typed is fetched and built; what fails is one line, and the dialog stays."""
    app = AssistantApp(lambda: canal)
    with run_site() as site:
        page = site.serve("/a", make_page("Ferry late", "The ferry is late again, and nobody can say when it comes."))
        async with app.run_test(size=(110, 36)) as pilot:
            await begin(pilot)
            await pilot.press("ctrl+o")
            await wait_until(pilot, lambda: is_screen(pilot, AddScreen))
            await type_and_enter(pilot, "#add-what", site.url("/none"))
            await wait_until(pilot, lambda: "! http" in screen_text(app))
            await type_and_enter(pilot, "#add-what", page)
            await wait_until(pilot, lambda: "3 articles" in screen_text(app))
    assert any(row.title == "Ferry late" for row in canal.catalog().articles())


@pytest.mark.campaign
async def test_updates_by_itself(canal: Assistant, write_article: Callable[..., Path]) -> None:
    """With `watch.update: automatic`, a new file is in the index without a key, and what is typed stays."""
    watch = WatchSettings(update="automatic", settle_seconds=0.1)
    canal.configure(canal.config.model_copy(update={"watch": watch}))
    app = AssistantApp(lambda: canal)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await pilot.press(*"what did")
        write_article("new.md", NEW, title="New gates")
        await wait_until(
            pilot, lambda: "3 articles" in screen_text(app) and "1 new, 1 names Anna Roe" in screen_text(app)
        )
        assert app.ask_screen.prompt.value == "what did"
        assert app.ask_screen.prompt.has_focus


async def test_reader_has_none_of_it(canal: Assistant) -> None:
    """Keys and messages do nothing for a reader of somebody else's library."""
    app = AssistantApp(make_opener(canal.config, is_for_owner=False), is_for_owner=False)
    async with app.run_test(size=(110, 36)) as pilot:
        await begin(pilot)
        await pilot.press("alt+n", "f12", "ctrl+o")
        app.post_message(MarksWanted("gates.md"))
        app.post_message(QuotationKept(make_citation("x"), ""))
        await pilot.pause()
        assert app.screen is app.ask_screen
        await pilot.press("f3")
        await wait_until(pilot, lambda: "Leaking gates" in screen_text(app))
        await pilot.press("plus", "backspace", "enter", "enter")  # a plus is only text to them
        await wait_until(pilot, lambda: "canal engineer" in screen_text(app))
    assert not canal.config.kept.exists()


def test_workers(canal: Assistant) -> None:
    """What workers read and change, without a screen."""
    read = read_marks(canal, "gates.md", (0, 22))
    assert read is not None
    apply_change(canal, read.article, MarksChange(True, True, ("a",), "Note.", (0, 22)))
    read = read_marks(canal, "gates.md", None)
    assert read is not None
    assert (read.marks.is_starred, read.marks.tags, [note.text for note in read.notes]) == (True, ("a",), ["Note."])
    apply_change(canal, read.article, MarksChange(False, False, (), removed_notes=(read.notes[0].number,)))
    assert canal.marks.articles.list_marked() == []
    assert read_marks(canal, "none", None) is None
    assert list_dossier(canal).entries == ()
    assert list_standing(canal).questions == ()
    (ended,) = follow_adding(lambda: canal, "/nowhere", lambda: False)
    assert "no such file" in ended.failures[0]  # type: ignore[attr-defined]
    canal.config.kept.mkdir(exist_ok=True)
    (canal.config.kept / "marks.sqlite3").write_bytes(b"no database" * 100)
    assert "damaged" in str(list_dossier(canal).entries)
    assert "damaged" in str(list_standing(canal).findings)


def test_news_line() -> None:
    assert render_news(News("3 new, 1 names Ms Roe")).plain == "Alt+N 3 new, 1 names Ms Roe"
    assert NewsLine.__doc__
    assert DossierScreen.__doc__
    assert KeepingApp.__doc__
