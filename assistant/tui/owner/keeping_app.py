"""The part of the app for what the user keeps, and for keeping up with files and feeds."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any, ClassVar, Protocol, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from assistant.records.answer import Citation
from assistant.records.article import Article
from assistant.records.build import BuildReport, PendingChanges
from assistant.records.library import ArticleRow
from assistant.records.marks import MarkedArticle
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import describe_error
from assistant.tui.keep.messages import (
    ArticleOpened,
    FilesOrFeedsChanged,
    MarksChanged,
    MarksListed,
    MarksRead,
    MarksWanted,
    NewsFound,
    QuotationKept,
    StarWanted,
)
from assistant.tui.keep.state import MarksChange, News
from assistant.tui.library_app import LibraryApp
from assistant.tui.messages import BuildEnded, LibraryReady, SettingChanged


class _ScreenShower(Protocol):
    def show_screen(self, name: str, make_screen: Any, on_close: Any = None) -> None: ...


class KeepingApp(LibraryApp):
    """Changes marks, tells what is new, and updates the index by itself if `watch.update` is automatic.

    Everything that can wait for the disk or the network runs in workers. For a reader of somebody else's library,
    nothing of it is done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "alt+n", "news", "News", tooltip="See what is new, and what your standing questions found; add questions"
        ),
        Binding("f12", "dossier", "Dossier", tooltip="See, order and export the quotations that you keep"),
        Binding("ctrl+o", "add", "Add", tooltip="Add a page, feed, folder or file to the library"),
    ]

    news: reactive[News] = reactive(News())
    _stop_watching: threading.Event | None = None

    def on_mount(self) -> None:
        """Stop watching when the app ends."""
        self._stop_watching = None
        self._update_is_due = False
        self._told: set[str] = set()

    def on_unmount(self) -> None:
        """Stop watching."""
        if self._stop_watching is not None:
            self._stop_watching.set()

    # --------------------------------------------------------------------------------------- screens

    def action_news(self) -> None:
        """Show what is new and the standing questions."""
        from assistant.tui.screens.news import NewsScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            self.news = News()
            cast(_ScreenShower, self).show_screen("news", lambda: NewsScreen(self._open_backend))

    def action_dossier(self) -> None:
        """Show the dossier."""
        from assistant.tui.screens.dossier import DossierScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            cast(_ScreenShower, self).show_screen("dossier", lambda: DossierScreen(self._open_backend))

    def action_draft(self) -> None:
        """Check a text of one's own. The text and what was found are shown as they were left."""
        from assistant.tui.drafting.screen import DraftScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            cast(_ScreenShower, self).show_screen("draft", lambda: DraftScreen(self._open_backend))

    def action_add(self) -> None:
        """Ask for an address or path, and add it."""
        from assistant.tui.dialogs.add import AddScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            self.push_screen(AddScreen(self._open_backend), self._build_added)

    def _build_added(self, added: bool | None) -> None:
        if added:
            self._update_by_itself()

    # ----------------------------------------------------------------------------------------- marks

    @on(MarksWanted)
    def _open_marks(self, message: MarksWanted) -> None:
        if self.allows_change():
            self._read_marks(message.article_id, message.span)

    @work(thread=True, exclusive=True, group="marks")
    def _read_marks(self, article_id: str, span: tuple[int, int] | None) -> None:
        from assistant.tui.keep.workers import read_marks

        try:
            found = read_marks(self._open_backend(), article_id, span)
        except Exception as error:
            self._warn(describe_error(error))
            return
        if found is not None:
            self.post_message(found)

    @on(MarksRead)
    def _show_marks(self, message: MarksRead) -> None:
        from assistant.tui.dialogs.marks import MarksScreen

        if not isinstance(self.screen, ModalScreen):
            article = message.article
            self.push_screen(MarksScreen(message), lambda change: self._change_marks(article, change))

    def _change_marks(self, article: Article, change: MarksChange | None) -> None:
        if change is not None:
            self._apply_change(article, change)

    @work(thread=True, group="change marks")
    def _apply_change(self, article: Article, change: MarksChange) -> None:
        from assistant.tui.keep.workers import apply_change

        try:
            apply_change(self._open_backend(), article, change)
        except Exception as error:
            self._warn(describe_error(error))
        self.post_message(MarksChanged(build_is_due=bool(change.fields)))

    @on(StarWanted)
    def _star_row(self, message: StarWanted) -> None:
        if self.allows_change():
            self._toggle_star(message.row)

    @work(thread=True, group="change marks")
    def _toggle_star(self, row: ArticleRow) -> None:
        try:
            store = self._open_backend().marks.articles
            known = store.load_marks().get(row.sha256)
            store.star(MarkedArticle(row.sha256, row.id, row.title), on=not (known and known.is_starred))
        except Exception as error:
            self._warn(describe_error(error))
        self.post_message(MarksChanged())

    @on(ArticleOpened)
    def _mark_read(self, message: ArticleOpened) -> None:
        if self.is_for_owner:
            self._note_reading(message.article)

    @work(thread=True, group="change marks")
    def _note_reading(self, article: MarkedArticle) -> None:
        try:
            self._open_backend().marks.articles.mark_read(article)
        except Exception as error:
            self._warn(describe_error(error), once=True)
        self.post_message(MarksChanged())

    @on(MarksChanged)
    def _list_marks(self, message: MarksChanged) -> None:
        if self.is_for_owner:
            self._load_marks()
        if message.build_is_due:
            self._update_by_itself()

    @work(thread=True, exclusive=True, group="list marks")
    def _load_marks(self) -> None:
        try:
            marks = self._open_backend().marks.articles.load_marks()
        except Exception as error:
            self._warn(describe_error(error), once=True)
            return
        for screen in self.screen_stack:
            screen.post_message(MarksListed(marks))

    @on(QuotationKept)
    def _keep_quotation(self, message: QuotationKept) -> None:
        if self.allows_change():
            self._keep_citation(message.citation, message.question)

    @work(thread=True, group="change dossier")
    def _keep_citation(self, citation: Citation, question: str) -> None:
        """Add a quotation to the dossier, and say so."""
        try:
            number, is_new = self._open_backend().marks.dossier.add(citation, question)
        except Exception as error:
            self._warn(describe_error(error))
            return
        told = "Added to the dossier" if is_new else f"The dossier has it already, as entry {number}"
        self.notify(f"{told}. F12 shows it.", timeout=4)

    # ------------------------------------------------------------------------------------------ news

    @on(LibraryReady)
    def _begin_watching(self) -> None:
        self.call_later(self._watch_if_wanted)  # when the state of the library is known
        if self.is_for_owner:
            self._load_news("")

    @on(BuildEnded)
    def _tell_news(self, message: BuildEnded) -> None:
        if isinstance(message.outcome, BuildReport) and (message.outcome.news or message.outcome.findings):
            self._load_news(message.outcome.news)

    @work(thread=True, group="news")
    def _load_news(self, text: str) -> None:
        try:
            findings = self._open_backend().marks.standing.list_findings(only_unshown=True)
        except Exception as error:
            self._warn(describe_error(error), once=True)
            return
        self.post_message(NewsFound(tuple(findings), text))

    @on(NewsFound)
    def _show_news(self, message: NewsFound) -> None:
        self.news = News(message.text or self.news.text, message.findings)

    # -------------------------------------------------------------------------------------- watching

    @property
    def _updates_by_itself(self) -> bool:
        config = self.library.figures is not None and self._open_backend().config
        return bool(self.is_for_owner and config and config.watch.update == "automatic")

    @on(SettingChanged)
    def _follow_setting(self) -> None:
        self.call_after_refresh(self._watch_if_wanted)

    def _watch_if_wanted(self) -> None:
        """Begin or end to watch, as the settings want it."""
        if self._updates_by_itself and self._stop_watching is None:
            self._stop_watching = threading.Event()
            self._watch_sources(self._stop_watching)
        elif not self._updates_by_itself and self._stop_watching is not None:
            self._stop_watching.set()
            self._stop_watching = None

    @work(thread=True, group="watch")
    def _watch_sources(self, stop: threading.Event) -> None:
        from assistant.tui.keep.workers import watch_sources

        worker = get_current_worker()
        for message in watch_sources(self._open_backend, stop):
            if worker.is_cancelled:
                stop.set()
            else:
                self.post_message(message)

    @on(FilesOrFeedsChanged)
    def _take_note_of_change(self, message: FilesOrFeedsChanged) -> None:
        for problem in message.problems:
            self._warn(problem, once=True)
        self.check_for_changes()

    def watch_pending(self, pending: PendingChanges | None) -> None:
        """Update the index by itself if that is wanted; what a build could not change is not built again."""
        if pending and not pending.sources and self._updates_by_itself:
            self._update_by_itself()

    def _update_by_itself(self) -> None:
        """Build now, or after the build that is running."""
        if self.is_building:
            self._update_is_due = True
        else:
            self._start_build(rebuild=False)

    @on(BuildEnded)
    def _build_again(self) -> None:
        if self._update_is_due:
            self._update_is_due = False
            self.call_later(self._update_by_itself)

    def _notify_skipped(self, report: BuildReport) -> None:
        """Tell only what was not told before: builds that start by themselves would repeat it."""
        if self._updates_by_itself:
            new = tuple(notice for notice in report.notices if str(notice) not in self._told)
            self._told |= {str(notice) for notice in new}
            report = replace(report, notices=new)
        super()._notify_skipped(report)

    def _warn(self, line: str, *, once: bool = False) -> None:
        if not (once and line in self._told):
            self._told.add(line)
            self.notify(sanitize_line(line), severity="warning", markup=False, timeout=12)
