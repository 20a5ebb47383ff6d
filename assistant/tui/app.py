"""The app: its keys, the way from screen to screen, the theme. `library_app` owns the library and the builds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from assistant.errors import AssistantError
from assistant.records.answer import Citation
from assistant.text.sanitize import sanitize_line
from assistant.tui import preferences
from assistant.tui.backend import Opener
from assistant.tui.keys import OWNER_ACTIONS
from assistant.tui.messages import (
    ArticleWanted,
    ConversationDeleted,
    ConversationWanted,
    ExportWanted,
    NewConversationWanted,
    QuestionWanted,
    ScopeWanted,
)
from assistant.tui.owner.keeping_app import KeepingApp
from assistant.tui.screens.ask import AskScreen
from assistant.tui.workers.autosave import Autosave, find_library_folder

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource


class AssistantApp(KeepingApp):
    """Answers questions about your articles and shows each answer next to its sources."""

    TITLE = "News assistant"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "styles/app.tcss",
        "styles/answers.tcss",
        "styles/prompt.tcss",
        "styles/first_run.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        # The footer shows the keys in this order, as many as fit.
        Binding("f1", "help", "Help", tooltip="Show every key and what it does"),
        Binding("ctrl+g", "stop_build", "Stop build", tooltip="Stop the build; the index does not change"),
        Binding("ctrl+r", "build", "Update", tooltip="Update the index with new and changed articles"),
        Binding("f3", "library", "Library", tooltip="Browse articles, speakers and duplicates; search the full text"),
        Binding("f2", "conversations", "Conversations", tooltip="Find and resume an earlier conversation"),
        # With priority, because text boxes use these keys too.
        Binding(
            "ctrl+k",
            "quote",
            "Quote",
            tooltip="Check a quotation: where it is from, and whether it is exact",
            priority=True,
        ),
        Binding("ctrl+e", "export", "Export", tooltip="Save the answer or the conversation as a file", priority=True),
        Binding("f4", "index", "Index", tooltip="Update or rebuild the index; see what was added or skipped, and why"),
        Binding("f5", "settings", "Settings", tooltip="Show and change the settings; see where each comes from"),
        Binding("ctrl+t", "toggle_theme", "Theme", tooltip="Switch between the dark and the light theme"),
        Binding("ctrl+q", "quit", "Quit", tooltip="Quit", priority=True),  # also while the help is open
    ]

    def __init__(
        self,
        open_backend: Opener,
        *,
        resume_last: bool = False,
        find_settings_source: Callable[[], SettingsSource] | None = None,
        is_for_owner: bool = True,
    ) -> None:
        """`resume_last` resumes the last conversation. The other arguments are those of LibraryApp."""
        super().__init__(open_backend, find_settings_source, is_for_owner=is_for_owner)
        self._preferences = preferences.load()
        if self._preferences.theme in self.available_themes:
            self.theme = self._preferences.theme
        self._resume_last = resume_last
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def get_default_screen(self) -> Screen[Any]:
        """The screen for asking, which lies under all other screens."""
        return AskScreen(self._open_backend)

    def on_mount(self) -> None:
        """Resume the last conversation if that is wanted."""
        if self._resume_last:
            self.call_after_refresh(self.action_resume_last)

    # ------------------------------------------------------------------------------ from screen to screen

    @property
    def ask_screen(self) -> AskScreen:
        """The screen for asking."""
        screen = self.screen_stack[0]
        assert isinstance(screen, AskScreen)
        return screen

    def show_screen(
        self,
        name: str,
        make_screen: Callable[[], Screen[Any]],
        on_close: Callable[[Any], None] | None = None,
    ) -> None:
        """Show a screen above the screen for asking. It is made at the first visit and keeps its state."""
        if self.is_screen_installed(name):
            if self.get_screen(name) in self.screen_stack:
                return
        else:
            self.install_screen(make_screen(), name)
        self.push_screen(name, on_close)

    def return_to_asking(self) -> None:
        """Close every screen except the screen for asking."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def action_back_to_asking(self) -> None:
        """Return to the screen for asking."""
        self.return_to_asking()

    def action_library(self) -> None:
        """Browse the library. The screen is shown as it was left."""
        from assistant.tui.screens.library import LibraryScreen

        if not isinstance(self.screen, ModalScreen):
            self.show_screen("library", lambda: LibraryScreen(self._open_backend))

    def action_index(self) -> None:
        """Show the state of the index and what builds did."""
        from assistant.tui.screens.index import IndexScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            self.show_screen("index", IndexScreen)

    def action_settings(self) -> None:
        """Show every setting and where it comes from."""
        from assistant.tui.screens.settings import SettingsScreen

        if not isinstance(self.screen, ModalScreen) and self.allows_change():
            self.show_screen("settings", lambda: SettingsScreen(self._open_backend, self.find_settings_source))

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
        from assistant.tui.key_groups import list_key_groups

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(list_key_groups(self, self.screen)))

    def action_quote(self) -> None:
        """Check a quotation. The last check is still shown."""
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

        store = self.ask_screen.autosave.store
        if not isinstance(self.screen, ModalScreen):
            self.show_screen("conversations", lambda: ConversationsScreen(self._open_backend, store))

    def action_resume_last(self) -> None:
        """Resume the conversation of this library that was saved last."""
        self._find_last_conversation(self.ask_screen.autosave)

    @work(thread=True, exclusive=True, group="resume")
    def _find_last_conversation(self, autosave: Autosave) -> None:
        try:
            resumed = autosave.find_last(find_library_folder(self._open_backend))
        except AssistantError as error:
            self.notify(sanitize_line(str(error)), severity="warning", markup=False)
            return
        if resumed is None:
            self.notify("This library has no earlier conversation.")
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
        """Save the answer or the whole conversation as a file; first wait for an answer that still arrives."""
        self.ask_screen.export()

    @on(ExportWanted)
    def _open_export(self, message: ExportWanted) -> None:
        from assistant.tui.dialogs.export import ExportScreen

        if not isinstance(self.screen, ModalScreen):  # the key may have been pressed twice
            self.push_screen(ExportScreen(message.turns, message.title, message.turn))

    # ---------------------------------------------------------------------------------------------- theme

    def action_toggle_theme(self) -> None:
        """Switch between the dark and the light theme that were chosen last."""
        wanted = self._preferences.light if self.current_theme.dark else self._preferences.dark
        self.theme = wanted if wanted in self.available_themes else "textual-light"

    def action_choose_theme(self) -> None:
        """Choose one of Textual's themes, with a preview."""
        from assistant.tui.dialogs.edit_value import EditValueScreen

        before = self.theme
        names = tuple(sorted(self.available_themes))
        about = "Colours of the interface. Every theme can also be read without colour (NO_COLOR)."
        self.push_screen(
            EditValueScreen(
                "Theme", about, before, "Remembered for the next start.", choices=names, preview=self._preview_theme
            ),
            lambda chosen: self._set_theme(chosen or before),
        )

    def _preview_theme(self, name: str) -> None:
        self.theme = name

    def _set_theme(self, name: str) -> None:
        self.theme = name
        self._remember_theme()

    def watch_theme(self) -> None:
        """Remember the theme, except during a preview."""
        if self.is_running and not isinstance(self.screen, ModalScreen):
            self._remember_theme()

    def _remember_theme(self) -> None:
        changed = self._preferences.with_theme(self.theme, dark=self.current_theme.dark)
        if changed != self._preferences:
            self._preferences = changed
            self._save_preferences(changed)

    @work(thread=True, exclusive=True, group="preferences")
    def _save_preferences(self, changed: preferences.Preferences) -> None:
        problem = preferences.save(changed)
        if problem:
            self.notify(sanitize_line(problem), title="Theme not saved", severity="warning", markup=False)

    # ------------------------------------------------------------------------------- what can be done now

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now, and those of the owner from a reader."""
        if action in OWNER_ACTIONS and not self.is_for_owner:
            return False
        if action == "stop_build":
            return self.is_building
        if action in ("build", "rebuild"):
            return not self.is_building
        if action == "export":
            return isinstance(self.screen, AskScreen) and self.screen.can_export
        return True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The commands of the palette: the actions of all keys that work now, and actions without a key."""
        from assistant.tui.keys import list_commands

        for command in list_commands(self, screen):
            run = partial(self.run_action, command.action, command.node)
            yield SystemCommand(command.title, command.description, run)
        if self.check_action("rebuild", ()):
            yield SystemCommand(
                "Rebuild the index", "Process all articles again; asks for confirmation", self.action_rebuild
            )
        yield SystemCommand(
            "Resume the last conversation", "The conversation that was saved last", self.action_resume_last
        )
        yield SystemCommand("Choose a theme", "Dark, light, or another of Textual's", self.action_choose_theme)
        for built_in in super().get_system_commands(screen):
            if built_in.title not in ("Theme", "Quit"):  # listed above; ours remembers the theme
                yield built_in
