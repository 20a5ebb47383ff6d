"""The dialog for what the user says of one article: star, read mark, tags, notes, and fields such as its date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Static

from assistant.presentation.article_fields import LABELS
from assistant.records.marks import Note
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.commands.key_names import link_keys
from assistant.tui.keep.messages import MarksRead
from assistant.tui.keep.state import MarksChange
from assistant.tui.widgets.common.text_line import TextLine

LONGEST_QUOTE = 120  # characters shown of the words that a note is on
FIELDS = ("published_at", "source", "author", "title")  # that can be corrected here; all others: `articles set`


class MarkBox(Checkbox, inherit_bindings=False):
    """A box that shows without colour whether it is checked. Enter is left to the dialog, which it saves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "toggle_button", "Check", show=False)]
    BUTTON_LEFT, BUTTON_INNER, BUTTON_RIGHT = " ", "☐", " "

    def watch_value(self) -> None:
        """Draw a checked or an empty box."""
        self.BUTTON_INNER = "☑" if self.value else "☐"
        super().watch_value()


class MarksScreen(ModalScreen[MarksChange | None]):
    """Closes with the marks and fields as the user wants them, or with None if nothing is to change."""

    CSS_PATH = "../styles/keep.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", tooltip="In the marks: change nothing"),
        Binding("ctrl+s", "save", "Save", tooltip="In the marks: save them", priority=True),
        Binding("enter", "save", "Save", show=False, tooltip="In the marks: save them"),
    ]

    def __init__(self, read: MarksRead) -> None:
        super().__init__()
        self._read = read

    def compose(self) -> ComposeResult:
        """Two boxes, the tags, the notes, a line for a new note, and the fields of the article."""
        marks, article, span = self._read.marks, self._read.article, self._read.span
        with VerticalScroll(id="marks", classes="keep-dialog", can_focus=False) as page:
            page.border_title = Content(shorten_line(article.title, 80))
            page.border_subtitle = link_keys("Enter saves · Space checks · Esc cancels")
            yield MarkBox("Starred", marks.is_starred, id="marks-starred", compact=True)
            yield MarkBox("Read", marks.is_read, id="marks-read", compact=True)
            yield Static("Tags, with commas between them", classes="hint")
            yield TextLine(", ".join(marks.tags), id="marks-tags", compact=True)
            for note in self._read.notes:
                label = Content.assemble("Keep the note: ", sanitize_line(note.text), (_describe_words(note), "dim"))
                yield MarkBox(label, value=True, id=f"note-{note.number}", compact=True)
            where = "the article"
            if span is not None:
                where = shorten_line(article.text[span[0] : span[1]], LONGEST_QUOTE)
            yield Static(Content(f"A new note on: {where}"), classes="hint")
            yield TextLine(id="marks-note", compact=True)
            yield Static(
                "Fields; yours count before those of the file, which come back if you empty them", classes="hint"
            )
            for name in FIELDS:
                with Horizontal(classes="marks-field"):
                    yield Static(LABELS.get(name, name.capitalize()))
                    value = sanitize_line(getattr(article, name) or "")
                    placeholder = "not known" if name != "published_at" else "not known; as in 2025-10-26"
                    yield TextLine(value, placeholder, id=f"field-{name}", compact=True)
            yield Static(id="marks-problem")

    def on_mount(self) -> None:
        """Begin with the tags, or with the note if there is a place for it."""
        self.query_one("#marks-tags" if self._read.span is None else "#marks-note").focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Close with what is checked and typed."""
        tags = tuple(tag.strip() for tag in self.query_one("#marks-tags", Input).value.split(",") if tag.strip())
        fields = tuple(self._list_changed_fields())
        if problem := _find_fault(tags, fields):
            self.query_one("#marks-problem", Static).update(Content(f"! {sanitize_line(problem)}"))
            return
        removed = tuple(
            note.number for note in self._read.notes if not self.query_one(f"#note-{note.number}", Checkbox).value
        )
        self.dismiss(
            MarksChange(
                self.query_one("#marks-starred", Checkbox).value,
                self.query_one("#marks-read", Checkbox).value,
                tags,
                self.query_one("#marks-note", Input).value,
                self._read.span,
                removed,
                fields,
            )
        )

    def _list_changed_fields(self) -> Iterator[tuple[str, str]]:
        for name in FIELDS:
            typed = self.query_one(f"#field-{name}", Input).value.strip()
            if typed != sanitize_line(getattr(self._read.article, name) or "").strip():
                yield name, typed


def _describe_words(note: Note) -> str:
    if note.quote is None:
        return ""
    lost = "no longer in the article: " if note.is_lost else ""
    return f"  {lost}{shorten_line(note.quote, LONGEST_QUOTE)}"


def _find_fault(tags: tuple[str, ...], fields: tuple[tuple[str, str], ...]) -> str | None:
    """What is wrong with tags or fields, or None."""
    from assistant.articles.supplements.fields import check_value
    from assistant.errors import MarksError
    from assistant.marks.articles import clean_tag

    try:
        for tag in tags:
            clean_tag(tag)
    except MarksError as error:
        return str(error)
    for name, text in fields:
        try:
            if text or name == "title":
                check_value(name, text)
        except ValueError as error:
            return f"{LABELS.get(name, name.capitalize())}: {error}"
    return None
