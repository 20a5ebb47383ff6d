"""The app: opens the library, runs builds, and leads from screen to screen. What a screen does is the screen's."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, get_current_worker

from assistant.errors import AssistantError, ConfigError
from assistant.records.answer import Citation
from assistant.records.build import BuildReport, PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui import preferences
from assistant.tui.backend import Opener, classify_fault, describe_error, describe_library, open_once
from assistant.tui.messages import (
    ArticleWanted,
    BuildEnded,
    BuildProgress,
    BuildWanted,
    ChangesFound,
    ConversationDeleted,
    ConversationWanted,
    ExportWanted,
    FolderWanted,
    LibraryFailed,
    LibraryReady,
    NewConversationWanted,
    QuestionWanted,
    ScopeWanted,
    SettingChanged,
    SettingsFailed,
)
from assistant.tui.screens.ask import AskScreen
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.widgets.common.status import Status
from assistant.tui.workers.autosave import Autosave, find_library_folder
from assistant.tui.workers.build import follow_build

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource

NOTICES_SHOWN = 5
GC_THRESHOLDS = (2_000, 20, 100)  # a full collection stops a key for a fiftieth of a second: a tenth as often as else


class AssistantApp(App[None]):
    """Ask your articles; read every answer beside its source."""

    TITLE = "News assistant"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "styles/app.tcss",
        "styles/answers.tcss",
        "styles/prompt.tcss",
        "styles/first_run.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        # In the order in which the keys that fit are shown.
        Binding("f1", "help", "Help", tooltip="Show every key and what it does"),
        Binding("ctrl+g", "stop_build", "Stop build", tooltip="Stop the build; the index stays as it was"),
        Binding("ctrl+r", "build", "Update", tooltip="Read new and changed articles into the index"),
        Binding("f3", "library", "Library", tooltip="Browse articles, speakers, stories; search the full text"),
        Binding("f2", "conversations", "Conversations", tooltip="Find and go on with an earlier conversation"),
        # Priority, because a box for text has a use of its own for these keys.
        Binding(
            "ctrl+k",
            "quote",
            "Quote",
            tooltip="Check a quotation: where it is from, and whether it is exact",
            priority=True,
        ),
        Binding("ctrl+e", "export", "Export", tooltip="Save the answer or the conversation as a file", priority=True),
        Binding("f4", "index", "Index", tooltip="Update or rebuild the index; what was added, skipped and why"),
        Binding("f5", "settings", "Settings", tooltip="See every setting, where it comes from, and change it"),
        Binding("ctrl+t", "toggle_theme", "Theme", tooltip="Change between the dark and the light theme"),
        Binding("ctrl+q", "quit", "Quit", tooltip="Leave", priority=True),  # also while the help is open
    ]

    library: reactive[LibraryState] = reactive(LibraryState("Loading…", busy=True))
    building: reactive[BuildState] = reactive(BuildState())
    pending: reactive[PendingChanges | None] = reactive[PendingChanges | None](
        None
    )  # in the files since the build, where known
    articles: reactive[tuple[Path, ...]] = reactive[tuple[Path, ...]](())  # folders and files that the settings name
    look_every: ClassVar[float] = 20.0  # seconds between two looks at the files

    def __init__(
        self,
        open_backend: Opener,
        *,
        resume_last: bool = False,
        find_settings_source: Callable[[], SettingsSource] | None = None,
    ) -> None:
        """`go_on` begins with the last conversation rather than a new one; `find_origin` tells where settings are."""
        super().__init__()
        self._find_settings_source = find_settings_source
        self._preferences = preferences.load()
        if self._preferences.theme in self.available_themes:
            self.theme = self._preferences.theme
        self._resume_last = resume_last
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
        self._open_backend = open_once(open_backend)
        self._build_worker: Worker[None] | None = None
        self._check_count = 0  # number of the newest look at the files; what older ones saw is dropped
        self._is_checking = False
        self.settings_error: ConfigError | None = None  # why it has left at once

    def get_default_screen(self) -> Screen[Any]:
        """Where the app begins, and what all else returns to."""
        return AskScreen(self._open_backend)

    def on_mount(self) -> None:
        self.call_after_refresh(self._load_library)  # what it imports would hold up the first frame
        self.set_interval(self.look_every, self.check_for_changes)
        if self._resume_last:
            self.call_after_refresh(self.action_go_on)

    # ------------------------------------------------------------------------------ from screen to screen

    @property
    def ask_screen(self) -> AskScreen:
        """The screen under all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, AskScreen)
        return screen

    def show_screen(
        self, name: str, make: Callable[[], Screen[Any]], then: Callable[[Any], None] | None = None
    ) -> None:
        """Show a screen over the one for asking. It is made at the first visit and kept, as it was left."""
        if self.is_screen_installed(name):
            if self.get_screen(name) in self.screen_stack:
                return
        else:
            self.install_screen(make(), name)
        self.push_screen(name, then)

    def return_to_asking(self) -> None:
        """Leave every screen but the one for asking."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_library(self) -> None:
        """Browse the library; it is found as it was left."""
        from assistant.tui.screens.library import LibraryScreen

        if not isinstance(self.screen, ModalScreen):
            self.show_screen("library", lambda: LibraryScreen(self._open_backend))

    def action_back_to_asking(self) -> None:
        """Leave every screen but the one for asking."""
        self.return_to_asking()

    @on(ArticleWanted)
    def _open_article(self, message: ArticleWanted) -> None:
        from assistant.tui.screens.article import ArticleScreen

        self.push_screen(ArticleScreen(self._open_backend, message))

    @on(ScopeWanted)
    def _set_scope(self, message: ScopeWanted) -> None:
        self.return_to_asking()
        self.ask_screen.narrow_scope(message.article_ids, message.label)

    @on(QuestionWanted)
    def _offer_question(self, message: QuestionWanted) -> None:
        self.return_to_asking()
        self.ask_screen.offer_question(message.question)

    def action_help(self) -> None:
        """Show every key and what it does."""
        from assistant.tui.dialogs.help import HelpScreen
        from assistant.tui.keys import group_keys

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(group_keys(self, self.screen)))

    def action_quote(self) -> None:
        """Check a quotation; what was checked last is still there."""
        from assistant.tui.dialogs.quote import QuoteScreen

        if not isinstance(self.screen, ModalScreen):
            self.show_screen("quote", lambda: QuoteScreen(self._open_backend), self._show_quote_places)

    def _show_quote_places(self, chosen: tuple[tuple[Citation, ...], Citation] | None) -> None:
        if chosen:
            self.return_to_asking()
            self.ask_screen.show_places(*chosen)

    # --------------------------------------------------------------------------------- conversations, export

    def action_conversations(self) -> None:
        """Show the saved conversations."""
        from assistant.tui.screens.conversations import ConversationsScreen

        recording = self.ask_screen.autosave
        if not isinstance(self.screen, ModalScreen):
            self.show_screen("conversations", lambda: ConversationsScreen(self._open_backend, recording.store))

    def action_go_on(self) -> None:
        """Go on with the conversation of this library that was saved last."""
        self._find_last_conversation(self.ask_screen.autosave)

    @work(thread=True, exclusive=True, group="go on")
    def _find_last_conversation(self, autosave: Autosave) -> None:
        try:
            resumed = autosave.find_last(find_library_folder(self._open_backend))
        except AssistantError as error:
            self.notify(sanitize_line(str(error)), severity="warning", markup=False)
            return
        if resumed is None:
            self.notify("There is no earlier conversation with this library.")
        else:
            self.post_message(ConversationWanted(resumed))

    @on(ConversationWanted)
    async def _resume_conversation(self, message: ConversationWanted) -> None:
        self.return_to_asking()
        await self.ask_screen.resume_conversation(message.resumed)

    @on(ConversationDeleted)
    async def _leave_deleted_conversation(self, message: ConversationDeleted) -> None:
        if self.ask_screen.autosave.conversation_id == message.conversation_id:
            await self.ask_screen.action_new()

    @on(NewConversationWanted)
    async def _begin_conversation(self) -> None:
        self.return_to_asking()
        await self.ask_screen.action_new()

    def action_export(self) -> None:
        """Save the answer or the whole conversation as a file."""
        turn, _ = self.ask_screen.current_turn_and_citation()
        if turn is not None and not isinstance(self.screen, ModalScreen):
            self.post_message(ExportWanted(self.ask_screen.turns, self.ask_screen.autosave.title, turn))

    @on(ExportWanted)
    def _open_export(self, message: ExportWanted) -> None:
        from assistant.tui.dialogs.export import ExportScreen

        self.push_screen(ExportScreen(message.turns, message.title, message.turn))

    # --------------------------------------------------------------------------------------- library

    @work(thread=True, exclusive=True, group="load")
    def _load_library(self) -> None:
        try:
            figures = self._open_backend().warm_up()
            self.post_message(LibraryReady(describe_library(figures), figures))
        except ConfigError as error:
            self.post_message(SettingsFailed(error))
        except Exception as error:
            self.post_message(LibraryFailed(describe_error(error), classify_fault(error)))

    @on(LibraryReady)
    def _show_library(self, message: LibraryReady) -> None:
        self.library = LibraryState(message.summary, figures=message.figures)
        self.check_for_changes()
        gc.freeze()  # the model and all modules stay: Python need not go through them again for cycles
        gc.set_threshold(*GC_THRESHOLDS)

    @on(SettingsFailed)
    def _exit_on_settings_error(self, message: SettingsFailed) -> None:
        self.settings_error = message.error
        self.exit(return_code=1)

    @on(LibraryFailed)
    def _show_library_failure(self, message: LibraryFailed) -> None:
        self.library = LibraryState(message.reason, problem=True, fault=message.fault)
        self.check_for_changes()

    def check_for_changes(self) -> None:
        """See whether files have changed since the build, unless that is being done or one is under way."""
        if not (self._is_checking or self.building.is_running or self.library.busy):
            self._is_checking = True
            self._check_changes(self._check_count)

    def on_app_focus(self) -> None:
        self.check_for_changes()  # its user may have been at the files meanwhile

    @work(thread=True, group="look")
    def _check_changes(self, check_number: int) -> None:
        changes, articles = None, self.articles
        try:
            backend = self._open_backend()
            articles = backend.config.articles
            changes = backend.pending()
        except Exception as error:
            self.log.warning(describe_error(error))  # the line at the top says what is wrong with a library
        self.post_message(ChangesFound(check_number, changes, articles))

    @on(ChangesFound)
    def _show_changes(self, message: ChangesFound) -> None:
        self._is_checking = False
        if message.check_number == self._check_count:
            self.articles = message.articles
            self.pending = message.changes
        else:
            self.check_for_changes()

    # -------------------------------------------------------------------------------------- settings

    def action_settings(self) -> None:
        """Show every setting and where it comes from."""
        from assistant.config.editor import SettingsSource
        from assistant.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, ModalScreen):
            self.show_screen(
                "settings", lambda: SettingsScreen(self._open_backend, self._find_settings_source or SettingsSource)
            )

    @on(SettingChanged)
    def _reload_library(self, message: SettingChanged) -> None:
        self._find_settings_source = lambda: message.settings_source
        self.library = LibraryState("Loading…", busy=True)
        self._load_library()

    @on(FolderWanted)
    def _change_folder(self, message: FolderWanted) -> None:
        self._use_folder(message.folder, message.is_permanent)

    @work(thread=True, exclusive=True, group="settings")
    def _use_folder(self, folder: Path, kept: bool) -> None:
        from assistant.config.editor import SettingsSource, apply_change, refresh_source

        try:
            origin, backend = (self._find_settings_source or SettingsSource)(), self._open_backend()
            if kept:
                config = apply_change(origin, "articles", str(folder))
                origin = refresh_source(origin)
            else:
                config = backend.config.model_copy(update={"articles": (folder,)})
            backend.configure(config)
            self.post_message(SettingChanged(config, origin, f"articles: {folder}"))
        except Exception as error:
            self.notify(
                sanitize_line(describe_error(error)), title="Not changed", severity="error", markup=False, timeout=15
            )

    # -------------------------------------------------------------------------------------- building

    def action_index(self) -> None:
        """Show how the index stands to the files, and what builds did."""
        from assistant.tui.screens.index import IndexScreen

        if not isinstance(self.screen, ModalScreen):
            self.show_screen("index", IndexScreen)

    @on(Status.UpdateWanted)
    def action_build(self) -> None:
        """Bring the index up to date while questions go on."""
        self._start_build(rebuild=False)

    @on(BuildWanted)
    def _start_wanted_build(self, message: BuildWanted) -> None:
        if message.rebuild:
            self.action_rebuild()
        else:
            self.action_build()

    def action_rebuild(self) -> None:
        """Make the index anew, once its user has been told what that costs and agrees."""
        from assistant.tui.dialogs.confirm import ConfirmScreen
        from assistant.tui.widgets.build.build_stages import describe_rebuild_cost

        if self._build_worker is None and not isinstance(self.screen, ModalScreen):
            about_it = describe_rebuild_cost(self.library, self.building)
            self.push_screen(ConfirmScreen("Rebuild the index?", about_it, "Rebuild"), self._confirm_rebuild)

    def _confirm_rebuild(self, agreed: bool | None) -> None:
        if agreed:
            self._start_build(rebuild=True)

    def _start_build(self, rebuild: bool) -> None:
        if self._build_worker is None:
            self._check_count += 1  # what is being seen of the files now is old when the build is over
            self.building = BuildState("running")
            self._build_worker = self._run_build(rebuild)
            self.refresh_bindings()

    @work(thread=True, group="build")
    def _run_build(self, rebuild: bool) -> None:
        worker = get_current_worker()
        for message in follow_build(self._open_backend, rebuild, lambda: worker.is_cancelled):
            self.post_message(message)

    @on(BuildProgress)
    def _show_build_progress(self, message: BuildProgress) -> None:
        if self.building.is_running:
            self.building = replace(self.building, stages=message.stages)

    @on(BuildEnded)
    def _finish_build(self, message: BuildEnded) -> None:
        self._build_worker = None
        about_it = BuildState(stages=message.stages, notices=message.notices)
        if isinstance(message.outcome, BuildReport):
            self.building = replace(about_it, phase="done", report=message.outcome)
            self._notify_skipped(message.outcome)
            self.library = LibraryState("Loading…", busy=True)
            self._load_library()
        elif message.outcome is None:
            self.building = replace(about_it, phase="stopped")
        else:
            self.building = replace(about_it, phase="failed", reason=message.outcome)
        self.check_for_changes()
        self.refresh_bindings()

    def _notify_skipped(self, report: BuildReport) -> None:
        skipped = [notice for notice in report.notices if notice.skipped]
        for notice in skipped[:NOTICES_SHOWN]:
            self.notify(sanitize_line(str(notice)), title="Skipped", severity="warning", markup=False)
        if len(skipped) > NOTICES_SHOWN:
            self.notify(f"… and {len(skipped) - NOTICES_SHOWN:,} more: F4 lists them", title="Skipped")

    @on(BuildBar.StopWanted)
    def action_stop_build(self) -> None:
        """Stop the build after the batch it is at; the index stays as it was."""
        if self._build_worker is not None:
            self._build_worker.cancel()
            self.building = replace(self.building, phase="stopping")

    # ------------------------------------------------------------------------------------- the rest

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action == "stop_build":
            return self._build_worker is not None
        if action in ("build", "rebuild"):
            return self._build_worker is None
        if action == "export":
            return isinstance(self.screen, AskScreen) and self.screen.current_turn_and_citation()[0] is not None
        return True

    def action_toggle_theme(self) -> None:
        """Change between the dark and the light theme, those that were chosen last."""
        wanted = self._preferences.light if self.current_theme.dark else self._preferences.dark
        self.theme = wanted if wanted in self.available_themes else "textual-light"

    def action_choose_theme(self) -> None:
        """Choose one of Textual's themes, seeing each."""
        from assistant.tui.dialogs.edit_value import EditValueScreen

        before = self.theme
        names = tuple(sorted(self.available_themes))
        about = "Colours of the whole interface. Every theme can be read without colour too (NO_COLOR)."
        self.push_screen(
            EditValueScreen(
                "Theme", about, before, "Remembered for the next start.", choices=names, preview=self._try_theme
            ),
            lambda chosen: self._keep_theme(chosen or before),
        )

    def _try_theme(self, name: str) -> None:
        self.theme = name

    def _keep_theme(self, name: str) -> None:
        self.theme = name
        self._remember_theme()

    def watch_theme(self) -> None:
        """Remember the theme, unless it is only being looked at."""
        if self.is_running and not isinstance(self.screen, ModalScreen):
            self._remember_theme()

    def _remember_theme(self) -> None:
        fresh = self._preferences.with_theme(self.theme, dark=self.current_theme.dark)
        if fresh != self._preferences:
            self._preferences = fresh
            self._save_preferences(fresh)

    @work(thread=True, exclusive=True, group="preferences")
    def _save_preferences(self, fresh: preferences.Preferences) -> None:
        problem = preferences.save(fresh)
        if problem:
            self.notify(sanitize_line(problem), title="Not remembered", severity="warning", markup=False)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that can be done now, for the command palette: what keys do, and what has none."""
        from assistant.tui.keys import list_commands

        for command in list_commands(self, screen):
            run = partial(self.run_action, command.action, command.node)
            yield SystemCommand(command.title, command.description, run)
        if self._build_worker is None:
            yield SystemCommand("Rebuild the index", "Make everything anew; asks first", self.action_rebuild)
        yield SystemCommand("Continue the last conversation", "The one that was saved last", self.action_go_on)
        yield SystemCommand("Choose a theme", "Dark, light, or another of Textual's", self.action_choose_theme)
        for given in super().get_system_commands(screen):
            if given.title not in ("Theme", "Quit"):  # which are there already, the theme as it is remembered
                yield given
