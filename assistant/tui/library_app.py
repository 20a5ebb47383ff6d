"""The part of the app that owns the library: opens it, checks its files for changes, changes its folder, runs builds.

`app.AssistantApp` adds the screens and the keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.notifications import Notification, Notify
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.worker import Worker, get_current_worker

from assistant.errors import ConfigError
from assistant.records.build import BuildReport, PendingChanges
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, classify_fault, describe_error, describe_library, open_once
from assistant.tui.commands.line_editing import LineEditingApp
from assistant.tui.gc_tuning import freeze_loaded_objects
from assistant.tui.messages import (
    BuildEnded,
    BuildProgress,
    BuildWanted,
    ChangesFound,
    FolderWanted,
    LibraryFailed,
    LibraryReady,
    SettingChanged,
    SettingsFailed,
    StatisticsReady,
)
from assistant.tui.state import BuildState, LibraryState
from assistant.tui.widgets.build.build_bar import BuildBar
from assistant.tui.workers.build import follow_build

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource


class LibraryApp(LineEditingApp):
    """Sets the state of the library and of the build, which the widgets watch.

    Only one build runs at a time. While it runs, the files are not checked for changes.
    """

    library: reactive[LibraryState] = reactive(LibraryState("Loading…", busy=True))
    building: reactive[BuildState] = reactive(BuildState())
    # Changes in the files since the build; None if unknown.
    pending: reactive[PendingChanges | None] = reactive[PendingChanges | None](None)
    articles: reactive[tuple[Path, ...]] = reactive[tuple[Path, ...]](())  # folders and files in the settings
    # Those that are told now, the newest first.
    notices: reactive[tuple[Notification, ...]] = reactive[tuple[Notification, ...]](())
    look_every: ClassVar[float] = 20.0  # seconds between two checks of the files

    def __init__(
        self,
        open_backend: Opener,
        find_settings_source: Callable[[], SettingsSource] | None = None,
        *,
        is_for_owner: bool = True,
    ) -> None:
        """`find_settings_source` finds the settings file; None stands for settings without a file.

        If the app is not for the owner of the library, it changes neither the library nor the settings.
        """
        super().__init__()
        self.is_for_owner = is_for_owner
        self._open_backend = open_once(open_backend)
        self._find_settings_source = find_settings_source
        self._build_worker: Worker[None] | None = None
        self._check_number = 0  # results of checks with a lower number are outdated and ignored
        self._is_checking = False
        self.settings_error: ConfigError | None = None  # the reason if the app exits because of its settings

    def on_mount(self) -> None:
        """Open the library once the first frame is drawn, because its imports would delay the frame."""
        self.call_after_refresh(self._load_library)
        self.set_interval(self.look_every, self.check_for_changes)

    # ---------------------------------------------------------------------------------------- opening

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

    @on(LibraryReady)
    @on(StatisticsReady)
    def _tune_garbage_collector(self) -> None:
        freeze_loaded_objects()  # the model or all lists of the library have just been loaded

    @on(SettingsFailed)
    def _exit_on_settings_error(self, message: SettingsFailed) -> None:
        self.settings_error = message.error
        self.exit(return_code=1)

    @on(LibraryFailed)
    def _show_library_failure(self, message: LibraryFailed) -> None:
        self.library = LibraryState(message.reason, problem=True, fault=message.fault)
        self.check_for_changes()

    # ---------------------------------------------------------------------------- changes in the files

    def check_for_changes(self) -> None:
        """Check in the background whether files have changed since the build.

        Does nothing during a check, during a build, while the library is being opened, and for a reader.
        """
        if self.is_for_owner and not (self._is_checking or self.building.is_running or self.library.busy):
            self._is_checking = True
            self._check_changes(self._check_number)

    def on_app_focus(self) -> None:
        """Check the files when the user returns to the terminal: they may have been edited meanwhile."""
        self.check_for_changes()

    @work(thread=True, group="look")
    def _check_changes(self, check_number: int) -> None:
        changes, articles = None, self.articles
        try:
            backend = self._open_backend()
            articles = backend.config.articles
            changes = backend.pending()
        except Exception as error:
            self.log.warning(describe_error(error))  # the status line shows what is wrong with the library
        self.post_message(ChangesFound(check_number, changes, articles))

    @on(ChangesFound)
    def _show_changes(self, message: ChangesFound) -> None:
        self._is_checking = False
        if message.check_number == self._check_number:
            self.articles = message.articles
            self.pending = message.changes
        else:
            self.check_for_changes()

    # ---------------------------------------------------------------------------------------- notices

    @on(Notify)
    def _tell(self, event: Notify) -> None:
        """Tell it in the key bar for its time, where it covers nothing; a dialog, which has none, shows it below."""
        if not (self.screen_stack and isinstance(self.screen, ModalScreen)):
            event.prevent_default()
        self.notices = (event.notification, *self.notices)
        self.set_timer(event.notification.timeout, lambda: self._end_notice(event.notification))

    def _end_notice(self, ended: Notification) -> None:
        self.notices = tuple(notice for notice in self.notices if notice is not ended)

    def clear_notifications(self) -> None:
        """End all notices."""
        super().clear_notifications()
        self.notices = ()

    # --------------------------------------------------------------------------------------- settings

    def allows_change(self) -> bool:
        """Whether the user may change the library and the settings; if not, says so."""
        if not self.is_for_owner:
            self.notify("Only the owner of the library can do this.", severity="warning")
        return self.is_for_owner

    @on(SettingChanged)
    def _reload_library(self, message: SettingChanged) -> None:
        self._find_settings_source = lambda: message.settings_source
        self.library = LibraryState("Loading…", busy=True)
        self._load_library()

    @on(FolderWanted)
    def _change_folder(self, message: FolderWanted) -> None:
        if self.allows_change():
            self._use_folder(message.folder, message.is_permanent)

    @work(thread=True, exclusive=True, group="settings")
    def _use_folder(self, folder: Path, is_permanent: bool) -> None:
        from assistant.config.editor import apply_change, refresh_source

        try:
            source, backend = self.find_settings_source(), self._open_backend()
            if is_permanent:
                config = apply_change(source, "articles", str(folder))
                source = refresh_source(source)
            else:
                config = backend.config.model_copy(update={"articles": (folder,)})
            backend.configure(config)
            self.post_message(SettingChanged(config, source, f"articles: {folder}"))
        except Exception as error:
            self.notify(
                sanitize_line(describe_error(error)),
                title="Setting not changed",
                severity="error",
                markup=False,
                timeout=15,
            )

    def find_settings_source(self) -> SettingsSource:
        """The settings file in use and how it was found. May be slow: call it in a worker."""
        from assistant.config.editor import SettingsSource

        return (self._find_settings_source or SettingsSource)()

    # --------------------------------------------------------------------------------------- building

    @property
    def is_building(self) -> bool:
        """Whether a build has not ended yet; until then no other one can start."""
        return self._build_worker is not None

    def action_press(self, key: str) -> None:
        """Press a key that a dialog names at its foot, for a click on that name."""
        self.call_later(self.simulate_key, key)  # by the app: a widget's own message would not get past that widget

    def action_build(self) -> None:
        """Update the index. Questions can be asked meanwhile."""
        self._start_build(rebuild=False)

    @on(BuildWanted)
    def _start_wanted_build(self, message: BuildWanted) -> None:
        if message.rebuild:
            self.action_rebuild()
        else:
            self.action_build()

    def action_rebuild(self) -> None:
        """Rebuild the index after the user has seen what that costs and has confirmed it."""
        from assistant.tui.dialogs.confirm import ConfirmScreen
        from assistant.tui.widgets.build.build_stages import describe_rebuild_cost

        if not self.is_building and not isinstance(self.screen, ModalScreen) and self.allows_change():
            cost = describe_rebuild_cost(self.library, self.building)
            self.push_screen(ConfirmScreen("Rebuild the index?", cost, "Rebuild"), self._rebuild_if_confirmed)

    def _rebuild_if_confirmed(self, confirmed: bool | None) -> None:
        if confirmed:
            self._start_build(rebuild=True)

    def _start_build(self, rebuild: bool) -> None:
        if not self.is_building and self.allows_change():
            self._check_number += 1  # the build makes a check that is running now outdated
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
        state = BuildState(stages=message.stages, notices=message.notices)
        if isinstance(message.outcome, BuildReport):
            self.building = replace(state, phase="done", report=message.outcome)
            self._notify_skipped(message.outcome)
            self.library = LibraryState("Loading…", busy=True)
            self._load_library()
        elif message.outcome is None:
            self.building = replace(state, phase="stopped")
        else:
            self.building = replace(state, phase="failed", reason=message.outcome)
        self.check_for_changes()
        self.refresh_bindings()

    def _notify_skipped(self, report: BuildReport) -> None:
        skipped = [notice for notice in report.notices if notice.skipped]
        if len(skipped) == 1:
            self.notify(sanitize_line(str(skipped[0])), title="Skipped", severity="warning", markup=False)
        elif skipped:
            self.notify(f"{len(skipped):,} files skipped: F4 lists them with the reasons", severity="warning")

    @on(BuildBar.StopWanted)
    def action_stop_build(self) -> None:
        """Stop the build after its current batch. The index does not change."""
        if self._build_worker is not None:
            self._build_worker.cancel()
            self.building = replace(self.building, phase="stopping")
