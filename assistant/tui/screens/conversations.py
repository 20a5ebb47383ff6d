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

from assistant.conversations.store import Deleted, Resumed, Session, Sessions
from assistant.errors import SessionError
from assistant.text.sanitize import one_line, shortened
from assistant.tui import relative_dates as ages
from assistant.tui.backend import Opener, reason
from assistant.tui.messages import (
    ConversationBegun,
    ConversationDeleted,
    ConversationWanted,
    ExportWanted,
    SessionRead,
    SessionsListed,
)
from assistant.tui.widgets.common.filter_box import typed_into
from assistant.tui.widgets.common.key_bar import KeyBar
from assistant.tui.workers.autosave import library_of

MOST_SHOWN = 300  # conversations; the older ones are found by their words
LONGEST_TITLE = 200  # characters shown
LONGEST_ANSWER = 240  # of an answer that is looked into
NOTHING_YET = "No conversation is saved yet. One is, as soon as its first question is answered."
NOTHING_FOUND = "No conversation holds all of these words."


class SessionList(OptionList):
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

    def __init__(self, open_backend: Opener, sessions: Sessions) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._saved = sessions
        self._listings = 0  # number of the newest listing; older ones are dropped
        self._shown: dict[str, Session] = {}
        self._read: SessionRead | None = None  # what is looked into
        self._deleted: list[Deleted] = []
        self._library = ""

    def compose(self) -> ComposeResult:
        yield Static(Content("Conversations"), id="sessions-head")
        yield Input(
            placeholder="Type to search titles, questions and answers",
            id="sessions-words",
            compact=True,
            select_on_focus=False,
        )
        with Horizontal(id="sessions-panes"):
            with Vertical(id="sessions-list"):
                yield Static(id="sessions-none")
                yield SessionList(id="sessions", markup=False)
            with VerticalScroll(id="session-page", can_focus=False):
                yield Static(id="session-text")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Show what is saved now: other programs save too."""
        self.query_one(SessionList).focus()
        self._list()

    # ----------------------------------------------------------------------------------------- the list

    @on(Input.Changed, "#sessions-words")
    def _words_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list()

    @on(Input.Submitted, "#sessions-words")
    def _words_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(SessionList).focus()

    def on_key(self, event: Key) -> None:
        typed_into(self.query_one("#sessions-words", Input), event)

    def _list(self) -> None:
        self._listings += 1
        self._find(self._listings, self.query_one("#sessions-words", Input).value)

    @work(thread=True, exclusive=True, group="sessions")
    def _find(self, number: int, words: str) -> None:
        library = library_of(self._open_backend)
        try:
            found: tuple[Session, ...] | str = tuple(self._saved.listed(words))
        except SessionError as error:
            found = str(error)
        if not get_current_worker().is_cancelled:
            self.post_message(SessionsListed(number, found, library))

    @on(SessionsListed)
    def _listed(self, message: SessionsListed) -> None:
        if message.number != self._listings:
            return
        self._library = message.library
        none, listing = self.query_one("#sessions-none", Static), self.query_one(SessionList)
        sessions = () if isinstance(message.sessions, str) else message.sessions
        chosen = self._chosen.id if self._chosen else None
        place = listing.highlighted or 0
        self._shown = {session.id: session for session in sessions[:MOST_SHOWN]}
        here = [session for session in sessions[:MOST_SHOWN] if session.library == message.library]
        elsewhere = [session for session in sessions[:MOST_SHOWN] if session.library != message.library]
        options = [_option(session) for session in here]
        if elsewhere:
            options.append(Option(Content.styled("In other libraries", "dim italic"), disabled=True))
            options += [_option(session, session.library) for session in elsewhere]
        if len(sessions) > MOST_SHOWN:
            older = f"… and {len(sessions) - MOST_SHOWN:,} older: look for their words"
            options.append(Option(Content.styled(older, "dim italic"), disabled=True))
        listing.set_options(options)
        listing.display = bool(options)
        none.display = not options
        searched = self.query_one("#sessions-words", Input).value.strip()
        if isinstance(message.sessions, str):
            none.update(Content("! " + one_line(message.sessions)))
        else:
            none.update(NOTHING_FOUND if searched else NOTHING_YET)
        self.query_one("#sessions-head", Static).update(_head(len(sessions), bool(searched)))
        if options:
            listing.highlighted = listing.get_option_index(chosen) if chosen in self._shown else _near(options, place)
        else:
            self._look_into(None)
        self.refresh_bindings()

    @property
    def _chosen(self) -> Session | None:
        listing = self.query_one(SessionList)
        if listing.highlighted is None:
            return None
        return self._shown.get(listing.get_option_at_index(listing.highlighted).id or "")

    # ------------------------------------------------------------------------------------ looking into one

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        session = self._shown.get(event.option_id or "")
        if session is not None and (self._read is None or self._read.session != session):
            self._load(session)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_open()

    @work(thread=True, exclusive=True, group="session")
    def _load(self, session: Session, resume: bool = False) -> None:
        library = library_of(self._open_backend)
        try:
            turns = tuple(self._saved.turns(session.id))
        except SessionError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
            return
        if not get_current_worker().is_cancelled:
            self.post_message(SessionRead(session, turns, library, resume))

    @on(SessionRead)
    def _session_read(self, message: SessionRead) -> None:
        if message.resume:
            elsewhere = message.session.library != message.library
            self.post_message(ConversationWanted(Resumed(message.session, message.turns, elsewhere)))
        elif message.session == self._chosen:
            self._look_into(message)

    def _look_into(self, read: SessionRead | None) -> None:
        self._read = read
        self.query_one("#session-text", Static).update(Content("") if read is None else _page(read))
        self.query_one("#session-page").scroll_home(animate=False)

    # --------------------------------------------------------------------------------------------- actions

    def action_leave(self) -> None:
        """Leave the search and its words first, then the screen."""
        words = self.query_one("#sessions-words", Input)
        if words.has_focus or words.value:
            words.clear()
            self.query_one(SessionList).focus()
        else:
            self.dismiss()

    def action_search(self) -> None:
        """Look for words in the conversations."""
        self.query_one("#sessions-words").focus()

    def action_open(self) -> None:
        """Go on with the chosen conversation."""
        if self._chosen is not None:
            self._load(self._chosen, resume=True)

    def action_new(self) -> None:
        """Begin a new conversation."""
        self.post_message(ConversationBegun())

    def action_export(self) -> None:
        """Save the chosen conversation as a file."""
        if self._read is not None and self._read.session == self._chosen:
            self.post_message(ExportWanted(self._read.turns, self._read.session.title, None))

    def action_rename(self) -> None:
        """Give the chosen conversation another title."""
        session = self._chosen
        if session is not None:
            self.app.push_screen(RenameScreen(session.title), lambda title: self._renamed(session, title))

    def _renamed(self, session: Session, title: str | None) -> None:
        if title is not None:
            self._change(lambda: self._saved.rename(session.id, title))

    def action_delete(self) -> None:
        """Delete the chosen conversation; it can be brought back as long as the program runs."""
        session = self._chosen
        if session is not None:
            self._change(lambda: self._deleted.append(self._saved.delete(session.id)))
            self.post_message(ConversationDeleted(session.id))
            self.notify(f"Deleted “{shortened(session.title, 60)}”; Ctrl+Z brings it back", markup=False)

    def action_put_back(self) -> None:
        """Bring back the conversation that was deleted last."""
        if self._deleted:
            deleted = self._deleted.pop()
            self._change(lambda: self._saved.put_back(deleted))

    @work(thread=True, group="change")
    def _change(self, act: Callable[[], object]) -> None:
        try:
            act()
        except SessionError as error:
            self.notify(one_line(reason(error)), severity="error", markup=False)
        self.app.call_from_thread(self._list)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing now are not in the footer."""
        if action in ("rename", "delete", "export"):
            return self._chosen is not None
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
            yield Input(one_line(self._old), placeholder="empty: its first question", id="rename-title", compact=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)


def _head(count: int, searched: bool) -> Content:
    number = f"{count:,} found" if searched else f"{count:,}" if count else ""
    return Content.assemble(("Conversations", "bold"), f" · {number}" if number else "")


def _option(session: Session, library: str | None = None) -> Option:
    about = f"{when(session.updated_at)} · {questions(session.questions)}"
    if library is not None:
        about += f" · {one_line(library)}"
    title = shortened(session.title, LONGEST_TITLE) or "(no title)"
    return Option(Content.assemble((title, "bold"), "\n", (f"  {about}", "dim")), id=session.id)


def _near(options: list[Option], place: int) -> int | None:
    """The option to choose where the one that was is gone: the one in its place, else the nearest before it."""
    place = min(place, len(options) - 1)
    return place if not options[place].disabled else min(place + 1, len(options) - 1)


def _page(read: SessionRead) -> Content:
    session = read.session
    parts: list[Content | str | tuple[str, str]] = [(shortened(session.title, LONGEST_TITLE), "bold"), "\n"]
    begun = f"{questions(session.questions)} · begun {when(session.created_at)}, last {when(session.updated_at)}"
    parts.append((begun, "dim"))
    if session.library != read.library:
        parts.append((f"\nIts sources are in another library: {one_line(session.library)}", "$text-warning"))
    for turn in read.turns:
        answer = turn.answer
        said = "The articles do not answer this." if answer.abstained else " ".join(s.text for s in answer.sentences)
        parts += ["\n\n", ("› " + shortened(answer.question, LONGEST_TITLE), "bold $text-accent"), "\n"]
        parts.append(shortened(said, LONGEST_ANSWER))
    return Content.assemble(*parts)


def questions(count: int) -> str:
    """ "1 question", "12 questions"."""
    return f"{count:,} question{'' if count == 1 else 's'}"


def when(moment: datetime) -> str:
    """A moment in the time of this place: "today 14:32", "yesterday 09:05", "12 Mar 2025"."""
    local, now = moment.astimezone(), ages.today()
    days = (now - local.date()).days
    if 0 <= days < 2:
        return f"{('today', 'yesterday')[days]} {local:%H:%M}"
    return ages.written(local.date())
