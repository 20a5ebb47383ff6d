"""The screen for reading one article: its text, its speakers, its duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.presentation.mark_signs import explain_marks
from assistant.records.article import Span
from assistant.records.library import ArticlePage, ArticleRow, ArticleSpeaker
from assistant.records.marks import MarkedArticle
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.commands.guarded_screen import GuardedScreen
from assistant.tui.keep.messages import ArticleOpened, MarksListed, MarksWanted, StarWanted
from assistant.tui.keys import OWNER_ACTIONS, PaletteCommand
from assistant.tui.messages import ArticleWanted, QuestionWanted, ScopeWanted
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.state import BuildState
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.widgets.sources.article_reader import ArticleReader


class ArticlePageLoaded(Message):
    """The article has been read, with the places to highlight. `page` is None if the library no longer has it."""

    def __init__(self, page: ArticlePage | None, marks: Sequence[Span]) -> None:
        super().__init__()
        self.page = page
        self.marks = tuple(marks)


class ArticlePageFailed(Message):
    """The article cannot be read; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class ArticleScreen(GuardedScreen):
    """Shows an article. A duplicate opens in another screen above it."""

    CSS_PATH = "../styles/article.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", tooltip="Return to the previous screen"),
        Binding("n", "step(1)", "Next place", tooltip="In an article: go to the next highlighted place"),
        Binding("p", "step(-1)", "Previous", tooltip="In an article: go to the previous highlighted place"),
        Binding(
            "question_mark,a",
            "ask",
            "Ask about it",
            key_display="?",
            tooltip="In an article: ask about this article only",
        ),
        Binding(
            "m", "marks", "Marks", tooltip="In an article: its tags, star and notes; a note on the highlighted place"
        ),
        Binding("s", "star", "Star", tooltip="In an article: star it, or take the star away"),
    ]

    def __init__(self, open_backend: Opener, wanted: ArticleWanted) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._wanted = wanted
        self._page: ArticlePage | None = None
        self._marks_label = wanted.marks_label  # what the highlighted places are

    def list_keyless_commands(self) -> list[PaletteCommand]:
        """What the palette offers on an article besides the actions of keys."""
        about = "Ask for the articles that have many of the words that tell this one from others"
        return [PaletteCommand("More like this", about, "more_like", self)]

    def action_more_like(self) -> None:
        """Offer the question for articles that are like this one."""
        if self._page is not None:
            self.post_message(QuestionWanted(f"articles like “{sanitize_line(self._page.article.title)}”"))

    def compose(self) -> ComposeResult:
        """The text, and next to it the speakers and the duplicates."""
        yield Status()
        with Container(id="article"):
            yield ArticleReader()
            with Vertical(id="article-side"):
                yield Static("Speakers", classes="title")
                yield OptionList(id="speakers", compact=True, markup=False)
                yield Static("Duplicates", classes="title", id="duplicates-title")
                yield OptionList(id="duplicates", compact=True, markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the article, and read it again after each build."""
        self.query_one(ArticleReader).focus()
        self._load_page()
        self.watch(self.app, "building", self._reload_after_build, init=False)

    def _reload_after_build(self, state: BuildState) -> None:
        if state.phase == "done":
            self._load_page()

    @work(thread=True, exclusive=True, group="read")
    def _load_page(self) -> None:
        wanted = self._wanted
        try:
            catalog = self._open_backend().catalog()
            page = catalog.article_page(wanted.article_id)
            marks: Sequence[Span] = wanted.marks
            if wanted.search_words:
                marks = catalog.find_matches(wanted.article_id, wanted.search_words)
        except Exception as error:
            self.post_message(ArticlePageFailed(describe_error(error)))
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ArticlePageLoaded(page, marks))

    @on(ArticlePageFailed)
    def _show_failure(self, message: ArticlePageFailed) -> None:
        self.notify(sanitize_line(message.reason), severity="error", markup=False)

    @on(ArticlePageLoaded)
    def _show_page(self, message: ArticlePageLoaded) -> None:
        reader = self.query_one(ArticleReader)
        if message.page is None:
            self.query_one("#article-reader-head", Static).update(
                Content("! This article is no longer in the library.")
            )
            return
        last, self._page = self._page, message.page
        if last is not None and last.article.sha256 == message.page.article.sha256:
            self._list_speakers_and_duplicates()
            return  # the text is the same: the user's place in it does not change
        reader.show(message.page.article)
        first = self._wanted.marks[0] if self._wanted.marks else None
        marks = sorted(message.marks)
        reader.show_marks(marks, marks.index(first) if first in marks else 0)
        self._show_place()
        self._list_speakers_and_duplicates()
        article = message.page.article
        self.post_message(ArticleOpened(MarkedArticle(article.sha256, article.id, article.title)))

    def _list_speakers_and_duplicates(self) -> None:
        assert self._page is not None
        speakers, duplicates = self.query_one("#speakers", OptionList), self.query_one("#duplicates", OptionList)
        speakers.set_options(Option(_render_speaker(speaker)) for speaker in self._page.speakers)
        duplicates.set_options(Option(_render_duplicate(row)) for row in self._page.duplicates)
        self.query_one("#duplicates-title").display = duplicates.display = bool(self._page.duplicates)
        self.query_one("#article-side").set_class(not (self._page.speakers or self._page.duplicates), "-empty")

    @on(OptionList.OptionSelected, "#speakers")
    def _mark_speaker(self, event: OptionList.OptionSelected) -> None:
        assert self._page is not None
        speaker = self._page.speakers[event.option_index]
        self._marks_label = speaker.name
        self.query_one(ArticleReader).show_marks(speaker.spans)
        self._show_place()

    @on(OptionList.OptionSelected, "#duplicates")
    def _open_duplicate(self, event: OptionList.OptionSelected) -> None:
        assert self._page is not None
        self.post_message(ArticleWanted(self._page.duplicates[event.option_index].id))

    def action_step(self, by: int) -> None:
        """Go to the highlighted place `by` places after the current one."""
        reader = self.query_one(ArticleReader)
        reader.go_to_mark(reader.current_mark + by)
        self._show_place()

    def _show_place(self) -> None:
        reader = self.query_one(ArticleReader)
        count = len(reader.marks)
        place = f"{sanitize_line(self._marks_label)} · {reader.current_mark + 1} of {count}" if count else ""
        reader.border_subtitle = Content(place)
        self.refresh_bindings()

    def action_ask(self) -> None:
        """Ask the next questions about this article only."""
        if self._page is not None:
            article = self._page.article
            self.post_message(ScopeWanted((article.id,), f"“{article.title}”"))

    def action_marks(self) -> None:
        """Show and change the marks of the article."""
        if self._page is not None:
            reader = self.query_one(ArticleReader)
            span = reader.marks[reader.current_mark] if reader.marks else None
            self.post_message(MarksWanted(self._page.article.id, span))

    def action_star(self) -> None:
        """Star the article, or take the star away."""
        if self._page is not None:
            article = self._page.article
            row = ArticleRow(article.id, article.title, article.source, None, None, 0, 0, article.sha256)
            self.post_message(StarWanted(row))

    @on(MarksListed)
    def _show_marks(self, message: MarksListed) -> None:
        if self._page is not None:
            marks = message.marks.get(self._page.article.sha256)
            self.query_one(ArticleReader).border_title = Content(explain_marks(marks))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now, and those of the owner from a reader."""
        if action in OWNER_ACTIONS and not getattr(self.app, "is_for_owner", True):
            return False
        if action == "step":
            return bool(self.is_mounted and self.query_one(ArticleReader).marks)
        return True


def _render_speaker(speaker: ArticleSpeaker) -> Content:
    name = shorten_line(speaker.name, 60)
    return Content.assemble((name, "" if speaker.is_named else "italic"), (f"  {len(speaker.spans)}", "$text-muted"))


def _render_duplicate(row: ArticleRow) -> Content:
    day = parse_day(row.published_at)
    about = [row.source, format_day(day) if day else row.published_at]
    return Content.assemble(
        shorten_line(row.title, 120), ("\n" + " · ".join(sanitize_line(part) for part in about if part), "$text-muted")
    )
