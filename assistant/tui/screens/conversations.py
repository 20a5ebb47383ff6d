"""The screen of the saved conversations: search, preview, resume, rename, delete, restore, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click, Key
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.conversations.store import ConversationStore, DeletedConversation, ResumedConversation
from assistant.errors import ConversationError
from assistant.records.conversation import LibraryKey, SavedConversation
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import (
    ConversationDeleted,
    ConversationRead,
    ConversationsListed,
    ConversationWanted,
    ExportWanted,
    NewConversationWanted,
    ReadPurpose,
)
from assistant.tui.rendering.conversation_text import render_entry, render_preview
from assistant.tui.widgets.common.filter_box import type_into
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.workers.autosave import find_library

MAX_SHOWN = 300  # conversations in the list; the search finds older ones
NONE_SAVED_TEXT = "No conversation is saved yet. One is, as soon as its first question is answered."
NO_MATCH_TEXT = "No conversation contains all of these words."


class ConversationList(OptionList):
    """The conversations, two lines each. A click selects one; a click on the selected one resumes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Resume", tooltip="In the conversations: resume the selected one")
    ]

    async def _on_click(self, event: Click) -> None:
        event.prevent_default()  # an OptionList opens an option at the first click
        clicked = event.style.meta.get("option")
        if clicked is not None and not self.get_option_at_index(clicked).disabled:
            if clicked == self.highlighted:
                self.action_select()
            self.highlighted = clicked


class ConversationsScreen(Screen[None]):
    """A list of conversations and a preview of the selected one. Tells the app which one to resume."""

    CSS_PATH = "../styles/conversations.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", tooltip="In the conversations: leave the search, then the screen"),
        Binding("slash", "search", "Search", key_display="/", tooltip="In the conversations: search their words"),
        Binding("f6", "rename", "Rename", tooltip="In the conversations: rename the selected one"),
        Binding("delete", "delete", "Delete", key_display="del", tooltip="In the conversations: delete the selected"),
        Binding("ctrl+z", "restore", "Undo delete", tooltip="In the conversations: restore the last deleted one"),
        Binding("ctrl+s", "export", "Export", tooltip="In the conversations: save the selected one as a file"),
        Binding("ctrl+l", "new", "New", tooltip="In the conversations: begin a new one"),
    ]

    def __init__(self, open_backend: Opener, store: ConversationStore) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._store = store
        self._listing_number = 0  # of the newest listing; older ones are ignored
        self._listed: dict[str, SavedConversation] = {}
        self._previewed: SavedConversation | None = None
        self._deleted: list[DeletedConversation] = []
        self._restored_id = ""  # of the conversation that was brought back and is to be selected

    def compose(self) -> ComposeResult:
        """The search box above the list and the preview."""
        yield Static(Content("Conversations"), id="conversations-head")
        yield Input(
            placeholder="Type to search titles, questions and answers",
            id="conversations-filter",
            compact=True,
            select_on_focus=False,
        )
        with Horizontal(id="conversations-panes"):
            with Vertical(id="conversations-list"):
                yield Static(id="conversations-empty")
                yield ConversationList(id="conversations", markup=False)
            with VerticalScroll(id="conversation-page", can_focus=False):
                yield Static(id="conversation-text")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """List what is saved now: other programs save conversations too."""
        self.query_one(ConversationList).focus()
        self._list_conversations()

    # ----------------------------------------------------------------------------------------- the list

    @on(Input.Changed, "#conversations-filter")
    def _search_again(self, event: Input.Changed) -> None:
        event.stop()
        self._list_conversations()

    @on(Input.Submitted, "#conversations-filter")
    def _focus_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(ConversationList).focus()

    def on_key(self, event: Key) -> None:
        """Letters typed in the list go to the search."""
        type_into(self._search_box, event)

    @property
    def _search_box(self) -> Input:
        return self.query_one("#conversations-filter", Input)

    def _list_conversations(self) -> None:
        self._listing_number += 1
        self._find_conversations(self._listing_number, self._search_box.value)

    @work(thread=True, exclusive=True, group="list")
    def _find_conversations(self, number: int, words: str) -> None:
        library = find_library(self._open_backend)
        try:
            conversations: tuple[SavedConversation, ...] | str = tuple(self._store.list_conversations(words))
        except ConversationError as error:
            conversations = str(error)
        if not get_current_worker().is_cancelled:
            self.post_message(ConversationsListed(number, conversations, library))

    @on(ConversationsListed)
    def _show_list(self, message: ConversationsListed) -> None:
        if message.number != self._listing_number:
            return
        is_search = bool(self._search_box.value.strip())
        if isinstance(message.conversations, str):
            conversations: Sequence[SavedConversation] = ()
            empty_text = "! " + sanitize_line(message.conversations)
        else:
            conversations = message.conversations
            empty_text = NO_MATCH_TEXT if is_search else NONE_SAVED_TEXT
        self.query_one("#conversations-head", Static).update(_render_head(len(conversations), is_search))
        empty = self.query_one("#conversations-empty", Static)
        empty.update(Content(empty_text))
        empty.display = not conversations
        self._fill_list(conversations, message.library)
        if not conversations:
            self._clear_preview()
        self.refresh_bindings()

    def _fill_list(self, conversations: Sequence[SavedConversation], library: LibraryKey) -> None:
        """List the conversations, those of the open library first. The selected one stays selected."""
        listing = self.query_one(ConversationList)
        selected, place = self._selected, listing.highlighted or 0
        shown = conversations[:MAX_SHOWN]
        self._listed = {conversation.id: conversation for conversation in shown}
        options = [
            Option(render_entry(conversation), id=conversation.id)
            for conversation in shown
            if conversation.is_about(library)
        ]
        others = [conversation for conversation in shown if not conversation.is_about(library)]
        if others:
            options.append(_make_heading("In other libraries"))
            options += [Option(render_entry(other, other.library), id=other.id) for other in others]
        if len(conversations) > MAX_SHOWN:
            options.append(_make_heading(f"… and {len(conversations) - MAX_SHOWN:,} older: search for their words"))
        listing.set_options(options)
        listing.display = bool(options)
        wanted = self._restored_id or (selected.id if selected is not None else "")
        if wanted in self._listed:
            listing.highlighted = listing.get_option_index(wanted)
            if wanted == self._restored_id:
                listing.focus()  # so that Enter resumes it
            self._restored_id = ""
        elif options:
            listing.highlighted = _find_nearest_option(options, place)

    @property
    def _selected(self) -> SavedConversation | None:
        listing = self.query_one(ConversationList)
        if listing.highlighted is None:
            return None
        return self._listed.get(listing.get_option_at_index(listing.highlighted).id or "")

    # ---------------------------------------------------------------------------- preview, resume, export

    @on(OptionList.OptionHighlighted)
    def _load_preview(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        conversation = self._listed.get(event.option_id or "")
        if conversation is not None and conversation != self._previewed:
            self._read_for_preview(conversation)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _resume_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._selected is not None:
            self._read_conversation(self._selected, "resume")

    def action_export(self) -> None:
        """Save the selected conversation as a file."""
        if self._selected is not None:
            self._read_conversation(self._selected, "export")

    # In separate groups: the preview of a conversation must not stop an export or a resumption that is wanted.
    @work(thread=True, exclusive=True, group="preview")
    def _read_for_preview(self, conversation: SavedConversation) -> None:
        self._post_turns(conversation, "preview")

    @work(thread=True, exclusive=True, group="read")
    def _read_conversation(self, conversation: SavedConversation, purpose: ReadPurpose) -> None:
        self._post_turns(conversation, purpose)

    def _post_turns(self, conversation: SavedConversation, purpose: ReadPurpose) -> None:
        library = find_library(self._open_backend)
        try:
            turns = tuple(self._store.read_turns(conversation.id))
        except ConversationError as error:
            self.notify(sanitize_line(str(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ConversationRead(conversation, turns, library, purpose))

    @on(ConversationRead)
    def _use_conversation(self, message: ConversationRead) -> None:
        conversation, turns = message.conversation, message.turns
        if message.purpose == "resume":
            is_other_library = not conversation.is_about(message.library)
            self.post_message(ConversationWanted(ResumedConversation(conversation, turns, is_other_library)))
        elif message.purpose == "export" and turns and self.app.screen is self:
            self.post_message(ExportWanted(turns, conversation.title, None))
        elif message.purpose == "preview" and conversation == self._selected:
            self._show_preview(conversation, render_preview(conversation, turns, message.library))

    def _show_preview(self, conversation: SavedConversation | None, text: Content) -> None:
        self._previewed = conversation
        self.query_one("#conversation-text", Static).update(text)
        self.query_one("#conversation-page").scroll_home(animate=False)

    def _clear_preview(self) -> None:
        self._show_preview(None, Content(""))

    # --------------------------------------------------------------------------------------------- actions

    def action_leave(self) -> None:
        """Leave the search and clear it; if there is no search, leave the screen."""
        if self._search_box.has_focus or self._search_box.value:
            self._search_box.clear()
            self.query_one(ConversationList).focus()
        else:
            self.dismiss()

    def action_search(self) -> None:
        """Search the words of the conversations."""
        self._search_box.focus()

    def action_new(self) -> None:
        """Begin a new conversation."""
        self.post_message(NewConversationWanted())

    def action_rename(self) -> None:
        """Give the selected conversation another title."""
        from assistant.tui.dialogs.rename import RenameScreen

        conversation = self._selected
        if conversation is not None:
            self.app.push_screen(RenameScreen(conversation.title), lambda title: self._rename(conversation, title))

    def _rename(self, conversation: SavedConversation, title: str | None) -> None:
        if title is not None:
            self._run_change(lambda: self._store.rename(conversation.id, title))

    def action_delete(self) -> None:
        """Delete the selected conversation. It can be restored until the program ends."""
        conversation = self._selected
        if conversation is not None:
            self._run_change(lambda: self._deleted.append(self._store.delete(conversation.id)))
            self.post_message(ConversationDeleted(conversation.id))
            self.notify(f"Deleted “{shorten_line(conversation.title, 60)}”; Ctrl+Z restores it", markup=False)

    def action_restore(self) -> None:
        """Restore the conversation that was deleted last."""
        if self._deleted:
            deleted = self._deleted.pop()
            self._restored_id = deleted.conversation.id
            self._run_change(lambda: self._store.restore(deleted))

    @work(thread=True, group="change")
    def _run_change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except ConversationError as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
        self.app.call_from_thread(self._list_conversations)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now."""
        if action in ("rename", "delete", "export"):
            return self._selected is not None
        return bool(self._deleted) if action == "restore" else True


def _render_head(count: int, is_search: bool) -> Content:
    number = f" · {count:,}" if count else ""
    return Content.assemble(("Conversations", "bold"), f" · {count:,} found" if is_search else number)


def _make_heading(text: str) -> Option:
    return Option(Content.styled(text, "dim italic"), disabled=True)


def _find_nearest_option(options: list[Option], place: int) -> int:
    """The option to select after the selected one was removed: the next one, else the one before."""
    place = min(place, len(options) - 1)
    return place if not options[place].disabled else min(place + 1, len(options) - 1)
