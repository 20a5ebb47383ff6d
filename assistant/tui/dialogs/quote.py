"""The screen that checks a quotation: the words, who is meant to have said them, and what became of them."""

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

from assistant.presentation.quote_report import difference, legend, note_lines, place_line, speaker_line, verdict_line
from assistant.records.answer import Citation
from assistant.records.quote import QuoteCheck, QuotePart, QuotePlace
from assistant.text.sanitize import one_line, shortened, visible
from assistant.tui.backend import Opener, reason
from assistant.tui.messages import QuoteChecked
from assistant.tui.widgets.prompt.text_line import QuestionBox

NEAREST_WIDTH = 400
_RUN_STYLES = {
    "removed": "$text-error strike",
    "inserted": "$text-success",
    "omitted": "dim",
    "interrupted": "dim",
}


class QuoteScreen(ModalScreen[tuple[tuple[Citation, ...], Citation] | None]):
    """Takes a quotation and shows its check; closes with the places and the one to open, or with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._checks = 0  # number of the newest quotation to check
        self._citations: tuple[Citation, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="quote-check") as page:
            page.border_title = "Check a quotation"
            page.border_subtitle = "Enter checks, or opens a place · Esc closes"
            yield QuestionBox(placeholder="The quoted words, or: Valcourt said: “…”", id="quotation")
            yield QuestionBox(placeholder="Who is meant to have said it (optional)", id="speaker")
            with VerticalScroll(id="quote-result"):
                yield Static(id="quote-verdict")
                yield Static(id="quote-words")
            yield OptionList(id="quote-places", compact=True, markup=False)

    def on_mount(self) -> None:
        self.query_one("#quotation").focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        text, speaker = (self.query_one(box, Input).value.strip() for box in ("#quotation", "#speaker"))
        if text:
            self._say("… Looking for the words", "-busy")
            self._checks += 1
            self._check(self._checks, text, speaker or None)

    @work(thread=True, exclusive=True, group="quote")
    def _check(self, number: int, text: str, speaker: str | None) -> None:
        try:
            self.post_message(QuoteChecked(number, self._open_backend().check_quote(text, speaker)))
        except Exception as error:
            self.post_message(QuoteChecked(number, reason(error)))

    @on(QuoteChecked)
    def _checked(self, message: QuoteChecked) -> None:
        if message.number != self._checks:
            return
        if isinstance(message.check, str):
            self._say("! " + one_line(message.check), "-bad")
        else:
            self._show(message.check)

    def _show(self, check: QuoteCheck) -> None:
        """Show the verdict, the difference and the places of a check."""
        self._say(verdict_line(check), "-good" if check.holds else "-bad", note_lines(check))
        self.query_one("#quote-words", Static).update(_words(check))
        places = [place for part in check.parts for place in part.places]
        shown = list(dict.fromkeys([*places, *check.also_in]))
        self._citations = tuple(_citation(number, place) for number, place in enumerate(shown, 1))
        options = self.query_one(OptionList)
        copies = set(check.also_in)
        options.add_options(Option(_place(number, place, place in copies)) for number, place in enumerate(shown, 1))
        options.display = bool(shown)
        if shown:
            options.highlighted = 0
            options.focus()

    def _say(self, text: str, kind: str, notes: list[str] | None = None) -> None:
        """Replace what is shown by one line, with notes under it."""
        verdict = self.query_one("#quote-verdict", Static)
        verdict.set_classes(kind)
        verdict.update(Content.assemble((one_line(text), "bold"), *("\n" + note for note in notes or [])))
        self.query_one("#quote-words", Static).update("")
        options = self.query_one(OptionList)
        options.clear_options()
        options.display = False
        self._citations = ()
        self.query_one("#quote-result").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss((self._citations, self._citations[event.option_index]))


def _words(check: QuoteCheck) -> Content:
    """The real words of every part, differences marked."""
    if check.verdict == "not_found":
        nearest = [shortened(place.quote, NEAREST_WIDTH) for part in check.parts for place in part.places]
        return Content.assemble(*(part for text in nearest for part in (("The nearest passage: ", "bold"), text)))
    marks = legend(check)
    lines = [Content.assemble((marks, "dim"))] if marks else []
    lines += [_part(part, number, len(check.parts) > 1) for number, part in enumerate(check.parts, 1)]
    return Content("\n").join(lines)


def _part(part: QuotePart, number: int, several: bool) -> Content:
    pieces = [(f"{number}. ", "bold")] if several else []
    if not part.places:
        return Content.assemble(*pieces, Content(one_line(part.given)), ("  (not in the collection)", "$text-warning"))
    runs = [(visible(run.text), _RUN_STYLES.get(run.kind, "")) for run in difference(part)]
    return Content.assemble(*pieces, *runs, (f"\n— {speaker_line(part.places[0])}", "bold"))


def _place(number: int, place: QuotePlace, copy: bool) -> Content:
    line = f"{'copy of the story: ' if copy else ''}{place_line(place)}"
    return Content.assemble((f"[{number}] ", "bold"), Content(shortened(line, 240)))


def _citation(number: int, place: QuotePlace) -> Citation:
    return Citation(
        n=number,
        article_id=place.article_id,
        title=place.title,
        source=place.source,
        author=None,
        published_at=place.published_at,
        url=place.url,
        start=place.start,
        end=place.end,
        quote=place.quote,
        speaker=place.speaker,
        article_sha256=place.article_sha256,
    )
