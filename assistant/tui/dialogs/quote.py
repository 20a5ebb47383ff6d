"""The dialog that checks a quotation: its words, its speaker, and the places where the articles have it."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.presentation.quote_report import (
    cite_place,
    describe_quote_place,
    describe_quote_speaker,
    describe_verdict,
    explain_marks,
    list_notes,
    mark_difference,
)
from assistant.records.answer import Citation
from assistant.records.checks import QuoteCheck, QuotePart, QuotePlace
from assistant.text.sanitize import sanitize_line, sanitize_text, shorten_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.commands.key_names import link_keys
from assistant.tui.messages import QuoteChecked
from assistant.tui.widgets.common.text_line import TextLine

MAX_NEAREST_LENGTH = 400  # characters shown of the nearest passage
_RUN_STYLES = {
    "removed": "$text-error strike",
    "inserted": "$text-success",
    "omitted": "dim",
    "interrupted": "dim",
}


class QuoteScreen(ModalScreen[tuple[tuple[Citation, ...], Citation] | None]):
    """Takes a quotation and shows the result. Closes with the places found and the place to open, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._check_number = 0  # of the newest check; results of older ones are ignored
        self._citations: tuple[Citation, ...] = ()

    def compose(self) -> ComposeResult:
        """Boxes for the words and the speaker, the result, the places."""
        with Vertical(id="quote-check") as page:
            page.border_title = "Check a quotation"
            page.border_subtitle = link_keys("Enter checks, or opens a place · Esc closes")
            yield TextLine(placeholder="The quoted words, or: Valcourt said: “…”", id="quotation")
            yield TextLine(placeholder="The speaker (optional)", id="speaker")
            with VerticalScroll(id="quote-result"):
                yield Static(id="quote-verdict")
                yield Static(id="quote-words")
            yield OptionList(id="quote-places", compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin with the words."""
        self.query_one("#quotation").focus()

    def check(self, text: str) -> None:
        """Check these words, as if they were typed."""
        self.query_one("#quotation", Input).value = text
        self._start(text, None)

    @on(Input.Submitted)
    def _start_check(self, event: Input.Submitted) -> None:
        event.stop()
        text, speaker = (self.query_one(box, Input).value.strip() for box in ("#quotation", "#speaker"))
        if text:
            self._start(text, speaker or None)

    def _start(self, text: str, speaker: str | None) -> None:
        self._show_verdict("… Searching for the words", "-busy")
        self._check_number += 1
        self._check(self._check_number, text, speaker)

    @work(thread=True, exclusive=True, group="quote")
    def _check(self, number: int, text: str, speaker: str | None) -> None:
        try:
            self.post_message(QuoteChecked(number, self._open_backend().check_quote(text, speaker)))
        except Exception as error:
            self.post_message(QuoteChecked(number, describe_error(error)))

    @on(QuoteChecked)
    def _show_result(self, message: QuoteChecked) -> None:
        if message.number != self._check_number:
            return
        if isinstance(message.check, str):
            self._show_verdict("! " + sanitize_line(message.check), "-bad")
        else:
            self._show_check(message.check)

    def _show_check(self, check: QuoteCheck) -> None:
        """Show the verdict, the difference and the places of a check."""
        self._show_verdict(describe_verdict(check), "-good" if check.is_accurate else "-bad", list_notes(check))
        self.query_one("#quote-words", Static).update(_render_words(check))
        places = [place for part in check.parts for place in part.places]
        shown = list(dict.fromkeys([*places, *check.also_in]))
        self._citations = tuple(cite_place(number, place) for number, place in enumerate(shown, 1))
        options = self.query_one(OptionList)
        duplicates = set(check.also_in)
        options.add_options(
            Option(_render_place(number, place, place in duplicates)) for number, place in enumerate(shown, 1)
        )
        options.display = bool(shown)
        if shown:
            options.highlighted = 0
            options.focus()

    def _show_verdict(self, text: str, kind: str, notes: list[str] | None = None) -> None:
        """Replace the result by one line with notes below it. `kind` is the style: -good, -bad or -busy."""
        verdict = self.query_one("#quote-verdict", Static)
        verdict.set_classes(kind)
        verdict.update(Content.assemble((sanitize_line(text), "bold"), *("\n" + note for note in notes or [])))
        self.query_one("#quote-words", Static).update("")
        options = self.query_one(OptionList)
        options.clear_options()
        options.display = False
        self._citations = ()
        self.query_one("#quote-result").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _open_place(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss((self._citations, self._citations[event.option_index]))


def _render_words(check: QuoteCheck) -> Content:
    """The words of the articles for each part of the quotation, with the differences marked."""
    if check.verdict == "not_found":
        nearest = [shorten_line(place.quote, MAX_NEAREST_LENGTH) for part in check.parts for place in part.places]
        return Content.assemble(*(part for text in nearest for part in (("The nearest passage: ", "bold"), text)))
    marks = explain_marks(check)
    lines = [Content.assemble((marks, "dim"))] if marks else []
    lines += [_render_part(part, number, len(check.parts) > 1) for number, part in enumerate(check.parts, 1)]
    return Content("\n").join(lines)


def _render_part(part: QuotePart, number: int, has_more_parts: bool) -> Content:
    pieces = [(f"{number}. ", "bold")] if has_more_parts else []
    if not part.places:
        return Content.assemble(
            *pieces, Content(sanitize_line(part.given)), ("  (not in the library)", "$text-warning")
        )
    runs = [(sanitize_text(run.text), _RUN_STYLES.get(run.kind, "")) for run in mark_difference(part)]
    return Content.assemble(*pieces, *runs, (f"\n— {describe_quote_speaker(part.places[0])}", "bold"))


def _render_place(number: int, place: QuotePlace, is_duplicate: bool) -> Content:
    line = f"{'duplicate: ' if is_duplicate else ''}{describe_quote_place(place)}"
    return Content.assemble((f"[{number}] ", "bold"), Content(shorten_line(line, 240)))
