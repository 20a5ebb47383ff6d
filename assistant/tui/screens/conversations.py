"""The saved conversations: found by their words, looked into, gone on with, renamed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click, Key
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.conversations.store import ConversationStore, DeletedConversation, ResumedConversation
from assistant.errors import ConversationError
from assistant.records.conversation import SavedConversation
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import (
    ConversationDeleted,
    ConversationRead,
    ConversationsListed,
    ConversationWanted,
    ExportWanted,
    NewConversationWanted,
)
from assistant.tui.rendering import relative_dates
from assistant.tui.widgets.common.filter_box import type_into
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.workers.autosave import find_library_folder

MOST_SHOWN = 300  # conversations; the older ones are found by their words
LONGEST_TITLE = 200  # characters shown
LONGEST_ANSWER = 240  # of an answer that is looked into
NOTHING_YET = "No conversation is saved yet. One is, as soon as its first question is answered."
NOTHING_FOUND = "No conversation holds all of these words."


class ConversationList(OptionList):
    """The conversations, two lines each. A click chooses one, a click on the chosen one opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Continue", tooltip="In the conversations: go on with the chosen one")
    ]

    async def _on_click(self, event: Click) -> None:
        event.prevent_default()  # or the list itself would open what is clicked
        clicked = event.style.meta.get("option")
        if clicked is not None and not self.get_option_at_index(clicked).disabled:
            if clicked == self.highlighted:
                self.action_select()
            self.highlighted = clicked


class ConversationsScreen(Screen[None]):
    """The list beside what is in the chosen one; tells the app what to go on with."""

    CSS_PATH = "../styles/conversations.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", tooltip="In the conversations: leave the search, then the list"),
        Binding("slash", "search", "Search", key_display="/", tooltip="In the conversations: look for words in them"),
        Binding("f6", "rename", "Rename", tooltip="In the conversations: give the chosen one another title"),
        Binding("delete", "delete", "Delete", key_display="del", tooltip="In the conversations: delete the chosen one"),
        Binding("ctrl+z", "put_back", "Undo delete", tooltip="In the conversations: bring the last deleted one back"),
        Binding("ctrl+e", "export", "Export", tooltip="In the conversations: save the chosen one as a file"),
        Binding("ctrl+l", "new", "New", tooltip="In the conversations: begin a new one"),
    ]

    def __init__(self, open_backend: Opener, store: ConversationStore) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._store = store
        self._listing_count = 0  # number of the newest listing; older ones are dropped
        self._shown: dict[str, SavedConversation] = {}
        self._conversation_read: ConversationRead | None = None  # what is looked into
        self._deleted: list[DeletedConversation] = []
        self._library = ""

    def compose(self) -> ComposeResult:
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
                yield Static(id="session-text")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show what is saved now: other programs save too."""
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
        type_into(self.query_one("#conversations-filter", Input), event)

    def _list_conversations(self) -> None:
        self._listing_count += 1
        self._find_conversations(self._listing_count, self.query_one("#conversations-filter", Input).value)

    @work(thread=True, exclusive=True, group="sessions")
    def _find_conversations(self, number: int, words: str) -> None:
        library = find_library_folder(self._open_backend)
        try:
            found: tuple[SavedConversation, ...] | str = tuple(self._store.list_conversations(words))
        except ConversationError as error:
            found = str(error)
        if not get_current_worker().is_cancelled:
            self.post_message(ConversationsListed(number, found, library))

    @on(ConversationsListed)
    def _show_list(self, message: ConversationsListed) -> None:
        if message.number != self._listing_count:
            return
        self._library = message.library
        none, listing = self.query_one("#conversations-empty", Static), self.query_one(ConversationList)
        sessions = () if isinstance(message.conversations, str) else message.conversations
        chosen = self._chosen_conversation.id if self._chosen_conversation else None
        place = listing.highlighted or 0
        self._shown = {session.id: session for session in sessions[:MOST_SHOWN]}
        here = [session for session in sessions[:MOST_SHOWN] if session.library == message.library]
        elsewhere = [session for session in sessions[:MOST_SHOWN] if session.library != message.library]
        options = [_make_option(session) for session in here]
        if elsewhere:
            options.append(Option(Content.styled("In other libraries", "dim italic"), disabled=True))
            options += [_make_option(session, session.library) for session in elsewhere]
        if len(sessions) > MOST_SHOWN:
            older = f"… and {len(sessions) - MOST_SHOWN:,} older: look for their words"
            options.append(Option(Content.styled(older, "dim italic"), disabled=True))
        listing.set_options(options)
        listing.display = bool(options)
        none.display = not options
        searched = self.query_one("#conversations-filter", Input).value.strip()
        if isinstance(message.conversations, str):
            none.update(Content("! " + sanitize_line(message.conversations)))
        else:
            none.update(NOTHING_FOUND if searched else NOTHING_YET)
        self.query_one("#conversations-head", Static).update(_render_head(len(sessions), bool(searched)))
        if options:
            listing.highlighted = (
                listing.get_option_index(chosen) if chosen in self._shown else _find_near_option(options, place)
            )
        else:
            self._show_conversation(None)
        self.refresh_bindings()

    @property
    def _chosen_conversation(self) -> SavedConversation | None:
        listing = self.query_one(ConversationList)
        if listing.highlighted is None:
            return None
        return self._shown.get(listing.get_option_at_index(listing.highlighted).id or "")

    # ------------------------------------------------------------------------------------ looking into one

    @on(OptionList.OptionHighlighted)
    def _load_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        session = self._shown.get(event.option_id or "")
        if session is not None and (self._conversation_read is None or self._conversation_read.conversation != session):
            self._load_conversation(session)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _open_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    @work(thread=True, exclusive=True, group="session")
    def _load_conversation(self, conversation: SavedConversation, resume: bool = False) -> None:
        library = find_library_folder(self._open_backend)
        try:
            turns = tuple(self._store.read_turns(conversation.id))
        except ConversationError as error:
            self.notify(sanitize_line(str(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(ConversationRead(conversation, turns, library, resume))

    @on(ConversationRead)
    def _show_or_resume(self, message: ConversationRead) -> None:
        if message.resume:
            elsewhere = message.conversation.library != message.library
            self.post_message(ConversationWanted(ResumedConversation(message.conversation, message.turns, elsewhere)))
        elif message.conversation == self._chosen_conversation:
            self._show_conversation(message)

    def _show_conversation(self, read: ConversationRead | None) -> None:
        self._conversation_read = read
        self.query_one("#session-text", Static).update(Content("") if read is None else _render_page(read))
        self.query_one("#conversation-page").scroll_home(animate=False)

    # --------------------------------------------------------------------------------------------- actions

    def action_leave(self) -> None:
        """Leave the search and its words first, then the screen."""
        words = self.query_one("#conversations-filter", Input)
        if words.has_focus or words.value:
            words.clear()
            self.query_one(ConversationList).focus()
        else:
            self.dismiss()

    def action_search(self) -> None:
        """Look for words in the conversations."""
        self.query_one("#conversations-filter").focus()

    def action_open(self) -> None:
        """Go on with the chosen conversation."""
        if self._chosen_conversation is not None:
            self._load_conversation(self._chosen_conversation, resume=True)

    def action_new(self) -> None:
        """Begin a new conversation."""
        self.post_message(NewConversationWanted())

    def action_export(self) -> None:
        """Save the chosen conversation as a file."""
        if self._conversation_read is not None and self._conversation_read.conversation == self._chosen_conversation:
            self.post_message(
                ExportWanted(self._conversation_read.turns, self._conversation_read.conversation.title, None)
            )

    def action_rename(self) -> None:
        """Give the chosen conversation another title."""
        session = self._chosen_conversation
        if session is not None:
            self.app.push_screen(RenameScreen(session.title), lambda title: self._rename(session, title))

    def _rename(self, session: SavedConversation, title: str | None) -> None:
        if title is not None:
            self._run_change(lambda: self._store.rename(session.id, title))

    def action_delete(self) -> None:
        """Delete the chosen conversation; it can be brought back as long as the program runs."""
        session = self._chosen_conversation
        if session is not None:
            self._run_change(lambda: self._deleted.append(self._store.delete(session.id)))
            self.post_message(ConversationDeleted(session.id))
            self.notify(f"Deleted “{shorten_line(session.title, 60)}”; Ctrl+Z brings it back", markup=False)

    def action_put_back(self) -> None:
        """Bring back the conversation that was deleted last."""
        if self._deleted:
            deleted = self._deleted.pop()
            self._run_change(lambda: self._store.restore(deleted))

    @work(thread=True, group="change")
    def _run_change(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ConversationError as error:
            self.notify(sanitize_line(describe_error(error)), severity="error", markup=False)
        self.app.call_from_thread(self._list_conversations)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action in ("rename", "delete", "export"):
            return self._chosen_conversation is not None
        return bool(self._deleted) if action == "put_back" else True


class RenameScreen(ModalScreen[str | None]):
    """Closes with the new title, or with nothing."""

    CSS_PATH = "../styles/conversations.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._old = title

    def compose(self) -> ComposeResult:
        with Vertical(id="rename") as page:
            page.border_title = "Rename the conversation"
            page.border_subtitle = "Enter renames · Esc closes"
            yield Input(
                sanitize_line(self._old), placeholder="empty: its first question", id="rename-title", compact=True
            )

    @on(Input.Submitted)
    def _close_with_title(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)


def _render_head(count: int, searched: bool) -> Content:
    number = f"{count:,} found" if searched else f"{count:,}" if count else ""
    return Content.assemble(("Conversations", "bold"), f" · {number}" if number else "")


def _make_option(conversation: SavedConversation, library: str | None = None) -> Option:
    about = f"{format_moment(conversation.updated_at)} · {count_questions(conversation.questions)}"
    if library is not None:
        about += f" · {sanitize_line(library)}"
    title = shorten_line(conversation.title, LONGEST_TITLE) or "(no title)"
    return Option(Content.assemble((title, "bold"), "\n", (f"  {about}", "dim")), id=conversation.id)


def _find_near_option(options: list[Option], place: int) -> int | None:
    """The option to choose where the one that was is gone: the one in its place, else the nearest before it."""
    place = min(place, len(options) - 1)
    return place if not options[place].disabled else min(place + 1, len(options) - 1)


def _render_page(read: ConversationRead) -> Content:
    session = read.conversation
    parts: list[Content | str | tuple[str, str]] = [(shorten_line(session.title, LONGEST_TITLE), "bold"), "\n"]
    begun = f"{count_questions(session.questions)} · begun {format_moment(session.created_at)}"
    begun += f", last {format_moment(session.updated_at)}"
    parts.append((begun, "dim"))
    if session.library != read.library:
        parts.append((f"\nIts sources are in another library: {sanitize_line(session.library)}", "$text-warning"))
    for turn in read.turns:
        answer = turn.answer
        said = "The articles do not answer this." if answer.abstained else " ".join(s.text for s in answer.sentences)
        parts += ["\n\n", ("› " + shorten_line(answer.question, LONGEST_TITLE), "bold $text-accent"), "\n"]
        parts.append(shorten_line(said, LONGEST_ANSWER))
    return Content.assemble(*parts)


def count_questions(count: int) -> str:
    """ "1 question", "12 questions"."""
    return f"{count:,} question{'' if count == 1 else 's'}"


def format_moment(moment: datetime) -> str:
    """A moment in the time of this place: "today 14:32", "yesterday 09:05", "12 Mar 2025"."""
    local, now = moment.astimezone(), relative_dates.today()
    days = (now - local.date()).days
    if 0 <= days < 2:
        return f"{('today', 'yesterday')[days]} {local:%H:%M}"
    return relative_dates.format_day(local.date())
