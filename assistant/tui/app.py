"""The app: its keys, the way from screen to screen, the theme. `library_app` owns the library and the builds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.screen import ModalScreen, Screen

from assistant.errors import AssistantError
from assistant.records.answer import Citation
from assistant.text.sanitize import sanitize_line
from assistant.tui import preferences
from assistant.tui.backend import Opener
from assistant.tui.commands.key_names import write_key
from assistant.tui.keys import OWNER_ACTIONS, PaletteCommand
from assistant.tui.messages import (
    ArticleWanted,
    ConversationDeleted,
    ConversationWanted,
    ExportWanted,
    NewConversationWanted,
    QuestionWanted,
    QuoteWanted,
    ScopeWanted,
    TypedElsewhere,
)
from assistant.tui.owner.keeping_app import KeepingApp
from assistant.tui.screens.ask import AskScreen
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.workers.autosave import Autosave, find_library
from assistant.tui.workers.pictures import save_picture

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource

RELOAD_WITHIN = 60.0  # seconds in which a page that is loaded again goes on with its conversation


def get_command_provider() -> type[Provider]:
    """The commands of the palette, imported when it is first opened."""
    from assistant.tui.commands.palette import CommandProvider

    return CommandProvider


class AssistantApp(KeepingApp):
    """Answers questions about your articles and shows each answer next to its sources."""

    TITLE = "News assistant"
    quit_within: ClassVar[float] = 3.0  # seconds between two Ctrl+C that quit
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "styles/app.tcss",
        "styles/answers.tcss",
        "styles/prompt.tcss",
        "styles/first_run.tcss",
    ]
    COMMANDS: ClassVar[set[Any]] = {get_command_provider}
    BINDINGS: ClassVar[list[BindingType]] = [
        # The key bar shows the keys in this order, as many as fit. None is a key of readline or one that browsers keep.
        Binding("f1", "help", "Help", tooltip="Show every key and what it does"),
        Binding("ctrl+p", "command_palette", "Commands", tooltip="Find any command by its name", priority=True),
        Binding("ctrl+g", "stop_build", "Stop build", tooltip="Stop the build; the index does not change"),
        Binding("f3", "library", "Library", tooltip="Browse articles, speakers and stories; search the full text"),
        Binding("f2", "conversations", "Conversations", tooltip="Find and resume an earlier conversation"),
        Binding("ctrl+s", "export", "Export", tooltip="Save the answer or the conversation as a file"),
        Binding("ctrl+r", "build", "Update", tooltip="Update the index with new and changed articles"),
        Binding("f4", "index", "Index", tooltip="Update or rebuild the index; see what was added or skipped, and why"),
        Binding("f5", "settings", "Settings", tooltip="Show and change the settings; see where each comes from"),
        Binding("f8", "quote", "Check quote", tooltip="Check a quotation: where it is from, and whether it is exact"),
        Binding("f9", "toggle_theme", "Theme", tooltip="Switch between the dark and the light theme"),
        # Ctrl+Q closes some browsers; in a page the bar shows the other key.
        Binding("ctrl+q,alt+q", "quit", "Quit", tooltip="Quit; conversations are saved", priority=True),
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
        self.preferences = preferences.load()
        if self.preferences.theme in self.available_themes:
            self.theme = self.preferences.theme
        self._resume_last = resume_last
        self._asking: AskScreen | None = None
        self._last_interrupt = -self.quit_within
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def get_default_screen(self) -> Screen[Any]:
        """The screen for asking, which lies under all other screens."""
        self._asking = AskScreen(self._open_backend)
        return self._asking

    def on_mount(self) -> None:
        """Resume the last conversation if that is wanted."""
        if self._resume_last:
            self.call_after_refresh(self.action_resume_last)

    # ------------------------------------------------------------------------------ from screen to screen

    @property
    def ask_screen(self) -> AskScreen:
        """The screen for asking, also when all screens are closed."""
        assert self._asking is not None
        return self._asking

    def show_screen(
        self,
        name: str,
        make_screen: Callable[[], Screen[Any]],
        on_close: Callable[[Any], None] | None = None,
    ) -> None:
        """Show a screen above all others. It is made at the first visit and keeps its state.

        Where it lies under others, these are closed.
        """
        if self.is_screen_installed(name):
            screen = self.get_screen(name)
            if screen in self.screen_stack:
                while self.screen is not screen:
                    self.pop_screen()
                return
        else:
            self.install_screen(make_screen(), name)
        self.push_screen(name, on_close)

    def return_to_asking(self) -> None:
        """Close every screen except the screen for asking."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    action_back_to_asking = return_to_asking

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

    @on(TypedElsewhere)
    def _go_on_typing(self, message: TypedElsewhere) -> None:
        self.return_to_asking()
        self.ask_screen.prompt.type_text(message.text)

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

    @on(QuoteWanted)
    def _check_wanted_words(self, message: QuoteWanted) -> None:
        from assistant.tui.dialogs.quote import QuoteScreen

        self.action_quote()
        screen = self.screen
        if isinstance(screen, QuoteScreen):
            self.call_after_refresh(screen.check, message.words)

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
            resumed = autosave.find_last(find_library(self._open_backend))
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

    # -------------------------------------------------------------------------------- leaving, screenshots

    def action_help_quit(self) -> None:
        """Quit at the second Ctrl+C; the first one explains it."""
        now = time.monotonic()
        if now - self._last_interrupt < self.quit_within:
            self.exit()
        self._last_interrupt = now
        self.notify("Press Ctrl+C again to quit. Conversations are saved.", timeout=self.quit_within)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Save a picture of the screen beside the user's files, or send it to the browser."""
        self.set_timer(0.1, lambda: self._take_screenshot(filename, path))  # without the palette

    def _take_screenshot(self, filename: str | None, path: str | None) -> None:
        name = filename or f"assistant-{datetime.now():%Y%m%d-%H%M%S}.svg"
        save_picture(self, self.export_screenshot(), name, "Screenshot", path)

    # ---------------------------------------------------------------------------------------------- theme

    def action_toggle_theme(self) -> None:
        """Switch between the dark and the light theme that were chosen last."""
        wanted = self.preferences.light if self.current_theme.dark else self.preferences.dark
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
        changed = self.preferences.with_theme(self.theme, dark=self.current_theme.dark)
        if changed != self.preferences:
            self.preferences = changed
            self._save_preferences(changed)

    @on(Panes.LayoutChanged)
    def _remember_layout(self) -> None:
        panes = self.ask_screen.panes
        changed = replace(
            self.preferences,
            share=panes.share,
            stacked_share=panes.stacked_share,
            answers_alone=panes.zoomed == "answers",  # the sources alone would hide the next answer
        )
        if changed != self.preferences:
            self.preferences = changed
            self._save_preferences(changed)

    @work(thread=True, exclusive=True, group="preferences")
    def _save_preferences(self, changed: preferences.Preferences) -> None:
        problem = preferences.save(changed)
        if problem:
            self.notify(sanitize_line(problem), title="Not remembered", severity="warning", markup=False)

    # ---------------------------------------------------------------------------- a page that is loaded again

    def goes_on_with(self, conversation_id: str) -> bool:
        """Whether this is a page that was loaded again within a minute and showed this conversation before.

        The page before may have been left after this one began, so what it left is read now.
        """
        left = preferences.load()
        is_recent = 0 <= time.time() - left.left_at < RELOAD_WITHIN
        return self.is_web and is_recent and left.left_conversation == conversation_id

    def on_unmount(self) -> None:
        """Remember which conversation a page has left, and when."""
        if self.is_web and self.ask_screen.autosave.conversation_id:
            shown = self.ask_screen.autosave.conversation_id
            preferences.save(replace(self.preferences, left_conversation=shown, left_at=time.time()))

    # ------------------------------------------------------------------------------- what can be done now

    def get_screen_of_user(self) -> Screen[Any]:
        """The screen in front, or the one below the command palette."""
        return next(screen for screen in reversed(self.screen_stack) if not isinstance(screen, CommandPalette))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now, and those of the owner from a reader."""
        if action in OWNER_ACTIONS and not self.is_for_owner:
            return False
        if action == "stop_build":
            return self.is_building
        if action in ("build", "rebuild"):
            return not self.is_building
        if action == "export":
            screen = self.get_screen_of_user()
            return isinstance(screen, AskScreen) and screen.can_export
        return True

    def list_keyless_commands(self) -> list[PaletteCommand]:
        """What the palette offers besides the actions of keys."""
        commands = [
            PaletteCommand("Go on", "Resume the conversation that was saved last", "resume_last", self),
            PaletteCommand("Choose a theme", "Dark, light, or another of Textual's", "choose_theme", self),
            PaletteCommand("Screenshot", "Save a picture of the screen (SVG)", "screenshot", self),
        ]
        if self.is_for_owner:
            commands.insert(
                1, PaletteCommand("Check a draft", "Compare your own text with the articles", "draft", self)
            )
        if self.check_action("rebuild", ()):
            about = "Process all articles again; asks for confirmation"
            commands.append(PaletteCommand("Rebuild the index", about, "rebuild", self))
        return commands

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is labelled on the keyboard: Ctrl+R, F4, Esc."""
        return write_key("alt+q" if self.is_web and binding.key == "ctrl+q" else binding.key)
