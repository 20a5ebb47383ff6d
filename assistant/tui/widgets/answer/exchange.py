"""One question with its answer: sentences that lead to their sources, what differs, when it was, what to know of it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.records.answer import Answer, AnswerPart, AnswerSentence, AskEvent, Citation, QuestionUnderstood
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering import relative_dates
from assistant.tui.rendering.citation_text import SUPPORT_SIGNS
from assistant.tui.widgets.answer.conflict import ConflictView, CorrectionView
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.answer.sentence import (
    NearestPassage,
    NotesView,
    NumberedText,
    Sentence,
    SourceHeading,
    WrittenSentence,
    is_verbatim,
)
from assistant.tui.widgets.answer.timeline import Timeline, is_worth_drawing

LONGEST_QUESTION = 300  # characters shown
DRAWN_NOTES = (
    "The articles differ: ",
    " was corrected",
)  # what begins, or follows the number of, remarks that are drawn


class Exchange(Vertical):
    """Shows an entry, the source marked that is open, and what more comes of it."""

    class Resized(Message):
        """The lines that an exchange takes have changed."""

        def __init__(self, exchange: Exchange) -> None:
            super().__init__()
            self.exchange = exchange

    def __init__(self, entry: ExchangeState, open_citation: Citation | None = None) -> None:
        super().__init__()
        self.entry = entry
        self._open_citation = open_citation
        self._source = ""  # id of the article that the last heading names
        self._speaker: str | None = None

    @property
    def question_number(self) -> int:
        """The number of the question."""
        return self.entry.question_number

    def compose(self) -> ComposeResult:
        entry, answer = self.entry, self.entry.answer
        self._source, self._speaker = "", None
        yield Static(Content(shorten_line(entry.question, LONGEST_QUESTION)), classes="question")
        if entry.standalone_question:
            yield self._make_understood(entry.standalone_question)
        sentences = answer.sentences if answer else [one.sentence for one in entry.answer_parts]
        for sentence in sentences:
            yield from self._compose_sentence(sentence)
        if answer:
            yield from self._compose_ending(answer)
        elif entry.failure is not None:
            yield self._make_failure(entry.failure)
        elif not sentences:
            yield Static("Searching…", classes="waiting")

    def on_mount(self) -> None:
        self.styles.min_height = None  # it held the place until the parts were there
        self.mark(self._open_citation)

    def on_resize(self) -> None:
        self.post_message(self.Resized(self))

    def show_event(self, event: AskEvent) -> None:
        """Show one more event of the answer, which the entry has taken already."""
        if isinstance(event, QuestionUnderstood):
            if event.standalone:
                self.mount(self._make_understood(event.standalone), before=".waiting")
            return
        self.query(".waiting").remove()
        if isinstance(event, AnswerPart):
            self.mount_all(self._compose_sentence(event.sentence))
        elif event.mode == "written" and self.query(Sentence):
            self.refresh(recompose=True)  # not sources with their sentences, but one text
        else:
            self.mount_all(self._compose_ending(event))

    def show_failure(self, reason: str) -> None:
        """Say that there is no answer because something is wrong."""
        self.query(".waiting").remove()
        self.mount(self._make_failure(reason))

    def mark(self, citation: Citation | None) -> None:
        """Show which source is open."""
        self._open_citation = citation
        for part in self.query(NumberedText):
            part.mark(citation)

    # ----------------------------------------------------------------------------------------- parts

    def _make_understood(self, question: str) -> Widget:
        return Static(Content(f"understood as: {shorten_line(question, LONGEST_QUESTION)}"), classes="understood")

    def _make_failure(self, reason: str) -> Widget:
        return Static(Content("! " + sanitize_line(reason)), classes="failure")

    def _compose_sentence(self, sentence: AnswerSentence) -> Iterator[Widget]:
        entry = self.entry
        known = {cited.n: cited for cited in entry.citations}
        cited = [known[n] for n in sentence.citations if n in known]
        if (entry.answer is not None and entry.answer.mode == "written") or not is_verbatim(sentence, cited):
            self._source, self._speaker = "", None
            yield WrittenSentence(entry.question_number, sentence, cited)
            return
        if cited[0].article_id != self._source:
            self._source, self._speaker = cited[0].article_id, None
            yield SourceHeading(cited[0], relative_dates.today())
        yield Sentence(
            entry.question_number, entry.query, sentence, cited[0], with_speaker=cited[0].speaker != self._speaker
        )
        self._speaker = cited[0].speaker

    def _compose_ending(self, answer: Answer) -> Iterator[Widget]:
        ask, now = self.entry.question_number, relative_dates.today()
        if answer.abstained:
            yield Static(Content("✕ The articles do not answer this."), classes="refusal")
            yield Static(Content(sanitize_line(answer.reason or "")), classes="reason")
            if answer.nearest:
                yield Static(Content(_describe_nearest(len(answer.nearest))), classes="about-nearest")
                yield from (NearestPassage(ask, cited, now) for cited in answer.nearest)
        known = {cited.n: cited for cited in answer.citations}
        yield from (ConflictView(ask, conflict, known, now) for conflict in answer.conflicts)
        yield from (CorrectionView(ask, correction, known, now) for correction in answer.corrections)
        if is_worth_drawing(self.entry.query, answer.citations):
            yield Timeline(ask, answer.citations)
        remarks = [*_describe_support(answer), *(note for note in answer.notes if not _is_drawn(note, answer))]
        if remarks:
            yield NotesView(remarks, ask, answer.citations)


def _describe_nearest(count: int) -> str:
    keys = "1" if count == 1 else f"1–{count}"
    return f"Nearest passage{'' if count == 1 else 's'}, not an answer ({keys} or a click opens):"


def _is_drawn(note: str, answer: Answer) -> bool:
    differ, corrected = DRAWN_NOTES
    return bool((answer.conflicts and note.startswith(differ)) or (answer.corrections and f"]{corrected}" in note[:30]))


def _describe_support(answer: Answer) -> Iterator[str]:
    """How the answer as a whole rests on its sources, in a line; nothing where each sentence says so itself."""
    if answer.sentences and answer.mode == "extractive" and all(s.support == "verbatim" for s in answer.sentences):
        every = "Every sentence is" if len(answer.sentences) > 1 else "This is"
        yield f"{SUPPORT_SIGNS['verbatim']} {every} verbatim from its source."
    elif answer.sentences:
        without = sum(sentence.support == "unsupported" for sentence in answer.sentences)
        kept = len(answer.sentences) - without
        yield f"{SUPPORT_SIGNS['supported']} {kept} of {len(answer.sentences)} sentences rest on their sources." + (
            f" {SUPPORT_SIGNS['unsupported']} {without} {'does' if without == 1 else 'do'} not." if without else ""
        )
