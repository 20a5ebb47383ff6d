"""The conversation: each question with its answer, every sentence a way to its source."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click, Resize
from textual.widgets import Static

from assistant.display import one_line, shortened, visible
from assistant.records import Answer, AskEvent, Citation, Found, Query, Searching, Turn
from assistant.tui.messages import CitationChosen
from assistant.tui.widgets.welcome import Welcome

NUMBER = "bold $text-accent"  # of a citation
LONGEST_QUESTION = 300  # characters shown
LONGEST_HEADING = 200


def marked(cited: Citation) -> Content:
    """The words of a citation on one line, those that answer in bold."""
    parts: list[Content | tuple[str, str]] = []
    at = cited.start
    for start, end in (*cited.marks, (cited.end, cited.end)):
        between, words = (cited.quote[a - cited.start : b - cited.start] for a, b in ((at, start), (start, end)))
        parts += [Content(_spaced(between)), (_spaced(words), "bold")]
        at = end
    return Content.assemble(*parts)


def _spaced(text: str) -> str:
    """`one_line`, keeping a space at either end."""
    return re.sub(r"\s+", " ", visible(text))


class SourceHeading(Static):
    """Title, outlet and day, above the sentences that come from there."""


class Sentence(Static):
    """One sentence of the answer to question number `ask`; a click opens its source."""

    def __init__(self, ask: int, query: Query, found: Found) -> None:
        from assistant.answering import attributed  # brings numpy: not on the way to the first frame

        self.ask = ask
        self.citation = found.citations[0]
        speaker = attributed(query, self.citation)
        numbers = "".join(f"[{n}]" for n in found.sentence.citations)
        super().__init__(
            Content.assemble(
                (one_line(speaker) + " " if speaker else "", "bold"),
                marked(self.citation),
                " ",
                (numbers, NUMBER),
            )
        )

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(CitationChosen(self.ask, self.citation))


class Exchange(Vertical):
    """Question number `ask` and what came of it; `turn` is what a later question may lean on, once answered."""

    def __init__(self, ask: int, question: str) -> None:
        super().__init__()
        self.ask = ask
        self.question = question
        self.citations: tuple[Citation, ...] = ()
        self.turn: Turn | None = None
        self._query: Query | None = None
        self._heading = ""

    def compose(self) -> ComposeResult:
        yield Static(Content(shortened(self.question, LONGEST_QUESTION)), classes="question")
        yield Static("Searching…", classes="waiting")

    def take(self, event: AskEvent) -> None:
        """Show one more event of the answer."""
        if isinstance(event, Searching):
            self._query = event.query
            if event.standalone:
                understood = f"understood as: {shortened(event.standalone, LONGEST_QUESTION)}"
                self.mount(Static(Content(understood), classes="understood"), before=".waiting")
        elif isinstance(event, Found):
            self._settle()
            self._show(event)
        else:
            self._settle()
            self.citations = event.citations
            if self._query is not None:
                self.turn = Turn(event.standalone_question or event.question, self._query, event)
            if event.abstained:
                self.mount(Static(Content("The articles do not answer this."), classes="refusal"))
                self.mount(Static(Content(one_line(event.reason or "")), classes="reason"))
            if event.notes:
                notes = Content("\n".join(map(one_line, event.notes)))
                self.mount(Static(notes.highlight_regex(r"\[\d+\]", style=NUMBER), classes="notes"))

    def _show(self, found: Found) -> None:
        from assistant.answering import source_line  # as above

        self.citations += found.citations
        heading = source_line(found.citations[0])
        if heading != self._heading:
            self._heading = heading
            self.mount(SourceHeading(Content(shortened(heading, LONGEST_HEADING))))
        if self._query is not None:
            self.mount(Sentence(self.ask, self._query, found))

    def fail(self, reason: str) -> None:
        """Say that there is no answer because something is wrong."""
        self._settle()
        self.mount(Static(Content("! " + one_line(reason)), classes="failure"))

    def _settle(self) -> None:
        self.query(".waiting").remove()


class Conversation(VerticalScroll):
    """All exchanges, the newest last and in view."""

    BORDER_TITLE = "Answers"
    FOCUS_ON_CLICK = False  # after a click on a sentence one can go on typing

    def __init__(self) -> None:
        super().__init__()
        self._last_width = 0

    def compose(self) -> ComposeResult:
        yield Welcome(id="welcome")

    async def begin(self, ask: int, question: str) -> None:
        """Start a new exchange; it can take events when this returns."""
        self.query_one("#welcome").display = False
        await self.mount(Exchange(ask, question))
        self.scroll_end(animate=False)

    @property
    def _newest(self) -> Exchange:
        return self.query(Exchange).last()

    def take(self, event: AskEvent) -> None:
        """Show one more event of the newest answer, keeping its beginning in view."""
        self._newest.take(event)
        if isinstance(event, Answer):
            self.call_after_refresh(self._scroll_to_newest)
        else:
            self.scroll_end(animate=False)

    def _scroll_to_newest(self) -> None:
        if self.query(Exchange):
            self.scroll_to_widget(self._newest, animate=False, top=True)

    def on_resize(self, event: Resize) -> None:
        """Return to the newest answer where the lines are no longer what they were."""
        if event.size.width != self._last_width:
            self._last_width = event.size.width
            self.call_after_refresh(self._scroll_to_newest)

    def fail(self, reason: str) -> str:
        """End the newest exchange with what went wrong; returns its question."""
        newest = self._newest
        newest.fail(reason)
        self.scroll_end(animate=False)
        return newest.question

    async def withdraw(self) -> str:
        """Take the newest exchange away, as if it had not been asked; returns its question."""
        newest = self._newest
        await newest.remove()
        self.query_one("#welcome").display = not self.query(Exchange)
        return newest.question

    async def clear(self) -> None:
        """Take all exchanges away."""
        await self.query(Exchange).remove()
        self.query_one("#welcome").display = True

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and answered so far; neither what failed nor what is still being answered."""
        return tuple(exchange.turn for exchange in self.query(Exchange) if exchange.turn is not None)

    def citations(self, ask: int) -> tuple[Citation, ...]:
        """The citations of the answer to question number `ask`, as far as there are any."""
        return next((exchange.citations for exchange in self.query(Exchange) if exchange.ask == ask), ())

    def mark(self, ask: int, citation: Citation | None) -> None:
        """Show which sentence's source is open."""
        for sentence in self.query(Sentence):
            sentence.set_class(sentence.ask == ask and sentence.citation == citation, "-open")
