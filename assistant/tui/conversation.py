"""The conversation: each question with its answer, every sentence a way to its source."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.answering import attributed, source_line
from assistant.display import one_line
from assistant.records import Answer, AskEvent, Citation, Found, Query, Searching
from assistant.tui.messages import CitationChosen

WELCOME = (
    "Ask a question about your articles. The answer is made of their own words; each number opens the place "
    "where they stand.\n\nTry: what did Ushakov say about Europe?\n     who said “a leap in the dark”?"
)


class SourceHeading(Static):
    """Title, outlet and day, above the sentences that come from there."""


class Sentence(Static):
    """One sentence of an answer; a click opens its source."""

    def __init__(self, query: Query, found: Found) -> None:
        self.citation = found.citations[0]
        speaker = attributed(query, self.citation)
        numbers = "".join(f"[{n}]" for n in found.sentence.citations)
        super().__init__(
            Content.assemble(
                (one_line(speaker) + " " if speaker else "", "bold"),
                Content(one_line(found.sentence.text)),
                " ",
                (numbers, "bold $accent"),
            )
        )

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(CitationChosen(self.citation))


class Exchange(Vertical):
    """One question and what came of it."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        self._query: Query | None = None
        self._heading = ""

    def compose(self) -> ComposeResult:
        yield Static(Content(one_line(self.question)), classes="question")
        yield Static("Searching…", classes="waiting")

    def take(self, event: AskEvent) -> None:
        """Show one more event of the answer."""
        if isinstance(event, Searching):
            self._query = event.query
        elif isinstance(event, Found):
            self._settle()
            self._show(event)
        else:
            self._settle()
            if event.abstained:
                self.mount(Static(Content("The articles do not answer this."), classes="refusal"))
                self.mount(Static(Content(one_line(event.reason or "")), classes="reason"))

    def _show(self, found: Found) -> None:
        heading = source_line(found.citations[0])
        if heading != self._heading:
            self._heading = heading
            self.mount(SourceHeading(Content(one_line(heading))))
        if self._query is not None:
            self.mount(Sentence(self._query, found))

    def fail(self, reason: str) -> None:
        """Say that there is no answer because something is wrong."""
        self._settle()
        self.mount(Static(Content("! " + one_line(reason)), classes="failure"))

    def _settle(self) -> None:
        self.query(".waiting").remove()


class Conversation(VerticalScroll):
    """All exchanges, the newest last and in view."""

    BORDER_TITLE = "Answers"

    def compose(self) -> ComposeResult:
        yield Static(Content(WELCOME), id="welcome")

    def begin(self, number: int, question: str) -> None:
        """Start a new exchange."""
        self.query("#welcome").remove()
        exchange = Exchange(question)
        exchange.id = f"exchange-{number}"
        self.mount(exchange)
        self.scroll_end(animate=False)

    @property
    def _newest(self) -> Exchange:
        return self.query(Exchange).last()

    def take(self, event: AskEvent) -> None:
        """Show one more event of the newest answer, keeping its beginning in view."""
        self._newest.take(event)
        if isinstance(event, Answer):
            newest = self._newest
            self.call_after_refresh(lambda: self.scroll_to_widget(newest, animate=False, top=True))
        else:
            self.scroll_end(animate=False)

    def fail(self, reason: str) -> None:
        """End the newest exchange with what went wrong."""
        self._newest.fail(reason)
        self.scroll_end(animate=False)

    def withdraw(self) -> str:
        """Take the newest exchange away, as if it had not been asked; returns its question."""
        newest = self._newest
        newest.remove()
        return newest.question

    def mark(self, citation: Citation) -> None:
        """Show which sentence's source is open."""
        for sentence in self.query(Sentence):
            sentence.set_class(sentence.citation == citation, "-open")
