"""One question with its answer: sentences that lead to their sources, what differs, when it was, what to know of it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.records.answer import Answer, AnswerSentence, AskEvent, Citation, Found, Searching
from assistant.text.sanitize import one_line, shortened
from assistant.tui import relative_dates as ages
from assistant.tui.citation_text import SIGNS
from assistant.tui.exchange_state import Entry
from assistant.tui.widgets.answer.conflict import ConflictView, CorrectionView
from assistant.tui.widgets.answer.sentence import (
    Leading,
    Nearest,
    Remarks,
    Sentence,
    SourceHeading,
    WrittenSentence,
    in_own_words,
)
from assistant.tui.widgets.answer.timeline import Timeline, tells

LONGEST_QUESTION = 300  # characters shown
DRAWN = ("The articles differ: ", " was corrected")  # what begins, or follows the number of, remarks that are drawn


class Exchange(Vertical):
    """Shows an entry, the source marked that is open, and what more comes of it."""

    class Resized(Message):
        """The lines that an exchange takes have changed."""

        def __init__(self, exchange: Exchange) -> None:
            super().__init__()
            self.exchange = exchange

    def __init__(self, entry: Entry, open: Citation | None = None) -> None:
        super().__init__()
        self.entry = entry
        self._open = open
        self._source = ""  # id of the article that the last heading names
        self._speaker: str | None = None

    @property
    def ask(self) -> int:
        """The number of the question."""
        return self.entry.ask

    def compose(self) -> ComposeResult:
        entry, answer = self.entry, self.entry.answer
        self._source, self._speaker = "", None
        yield Static(Content(shortened(entry.question, LONGEST_QUESTION)), classes="question")
        if entry.understood:
            yield self._understood(entry.understood)
        sentences = answer.sentences if answer else [one.sentence for one in entry.found]
        for sentence in sentences:
            yield from self._sentence(sentence)
        if answer:
            yield from self._ending(answer)
        elif entry.failure is not None:
            yield self._failure(entry.failure)
        elif not sentences:
            yield Static("Searching…", classes="waiting")

    def on_mount(self) -> None:
        self.styles.min_height = None  # it held the place until the parts were there
        self.mark(self._open)

    def on_resize(self) -> None:
        self.post_message(self.Resized(self))

    def take(self, event: AskEvent) -> None:
        """Show one more event of the answer, which the entry has taken already."""
        if isinstance(event, Searching):
            if event.standalone:
                self.mount(self._understood(event.standalone), before=".waiting")
            return
        self.query(".waiting").remove()
        if isinstance(event, Found):
            self.mount_all(self._sentence(event.sentence))
        elif event.mode == "written" and self.query(Sentence):
            self.refresh(recompose=True)  # not sources with their sentences, but one text
        else:
            self.mount_all(self._ending(event))

    def fail(self, reason: str) -> None:
        """Say that there is no answer because something is wrong."""
        self.query(".waiting").remove()
        self.mount(self._failure(reason))

    def mark(self, citation: Citation | None) -> None:
        """Show which source is open."""
        self._open = citation
        for part in self.query(Leading):
            part.mark(citation)

    # ----------------------------------------------------------------------------------------- parts

    def _understood(self, question: str) -> Widget:
        return Static(Content(f"understood as: {shortened(question, LONGEST_QUESTION)}"), classes="understood")

    def _failure(self, reason: str) -> Widget:
        return Static(Content("! " + one_line(reason)), classes="failure")

    def _sentence(self, sentence: AnswerSentence) -> Iterator[Widget]:
        entry = self.entry
        known = {cited.n: cited for cited in entry.citations}
        cited = [known[n] for n in sentence.citations if n in known]
        if (entry.answer is not None and entry.answer.mode == "written") or not in_own_words(sentence, cited):
            self._source, self._speaker = "", None
            yield WrittenSentence(entry.ask, sentence, cited)
            return
        if cited[0].article_id != self._source:
            self._source, self._speaker = cited[0].article_id, None
            yield SourceHeading(cited[0], ages.today())
        yield Sentence(entry.ask, entry.query, sentence, cited[0], who=cited[0].speaker != self._speaker)
        self._speaker = cited[0].speaker

    def _ending(self, answer: Answer) -> Iterator[Widget]:
        ask, now = self.entry.ask, ages.today()
        if answer.abstained:
            yield Static(Content("✕ The articles do not answer this."), classes="refusal")
            yield Static(Content(one_line(answer.reason or "")), classes="reason")
            if answer.nearest:
                yield Static(Content(_about_nearest(len(answer.nearest))), classes="about-nearest")
                yield from (Nearest(ask, cited, now) for cited in answer.nearest)
        known = {cited.n: cited for cited in answer.citations}
        yield from (ConflictView(ask, conflict, known, now) for conflict in answer.conflicts)
        yield from (CorrectionView(ask, correction, known, now) for correction in answer.corrections)
        if tells(self.entry.query, answer.citations):
            yield Timeline(ask, answer.citations)
        remarks = [*_support(answer), *(note for note in answer.notes if not _drawn(note, answer))]
        if remarks:
            yield Remarks(remarks, ask, answer.citations)


def _about_nearest(count: int) -> str:
    keys = "1" if count == 1 else f"1–{count}"
    return f"Nearest passage{'' if count == 1 else 's'}, not an answer ({keys} or a click opens):"


def _drawn(note: str, answer: Answer) -> bool:
    differ, corrected = DRAWN
    return bool((answer.conflicts and note.startswith(differ)) or (answer.corrections and f"]{corrected}" in note[:30]))


def _support(answer: Answer) -> Iterator[str]:
    """How the answer as a whole rests on its sources, in a line; nothing where each sentence says so itself."""
    if answer.sentences and answer.mode == "extractive" and all(s.support == "verbatim" for s in answer.sentences):
        every = "Every sentence is" if len(answer.sentences) > 1 else "This is"
        yield f"{SIGNS['verbatim']} {every} verbatim from its source."
    elif answer.sentences:
        without = sum(sentence.support == "unsupported" for sentence in answer.sentences)
        kept = len(answer.sentences) - without
        yield f"{SIGNS['supported']} {kept} of {len(answer.sentences)} sentences rest on their sources." + (
            f" {SIGNS['unsupported']} {without} {'does' if without == 1 else 'do'} not." if without else ""
        )
