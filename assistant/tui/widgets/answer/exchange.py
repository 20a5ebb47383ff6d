"""One question with its answer in the answers pane: sentences, conflicts, corrections, timeline and notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.presentation.short_answer import find_short_answer
from assistant.records.answer import (
    Answer,
    AnswerPart,
    AnswerReady,
    AnswerSentence,
    AskEvent,
    Citation,
    QuestionUnderstood,
)
from assistant.records.proof import WritingStep
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering import relative_dates
from assistant.tui.rendering.citation_text import SUPPORT_SIGNS
from assistant.tui.widgets.answer.conflict import ConflictView, CorrectionView
from assistant.tui.widgets.answer.exchange_state import ExchangeState
from assistant.tui.widgets.answer.sentence import (
    NearSentence,
    NotesView,
    NumberedText,
    Sentence,
    ShortAnswerLine,
    SourceHeading,
    WrittenSentence,
    is_verbatim,
)
from assistant.tui.widgets.answer.timeline import Timeline, is_worth_drawing

LONGEST_QUESTION = 300  # characters shown
NEAR_HINT = "Alt+↓ or a click opens each sentence in its article."
CONFLICT_NOTE_START = "The articles differ: "  # of the notes that `ConflictView` shows
CORRECTION_NOTE_PART = " was corrected"  # after the number, in the notes that `CorrectionView` shows


class Exchange(Vertical):
    """Shows the state of one exchange, follows the events of its answer, and marks the open source.

    Posts `Resized`; its sentences and numbers post `CitationChosen`. The events come from the conversation.
    """

    class Resized(Message):
        """The height of an exchange has changed."""

        def __init__(self, exchange: Exchange) -> None:
            super().__init__()
            self.exchange = exchange

    def __init__(self, entry: ExchangeState, open_citation: Citation | None = None) -> None:
        super().__init__()
        self.entry = entry
        self._open_citation = open_citation
        self._heading_article_id = ""  # of the last heading
        self._last_speaker: str | None = None
        self._section: str | None = None  # of the last sentence

    @property
    def question_number(self) -> int:
        """The number of the question."""
        return self.entry.question_number

    def compose(self) -> ComposeResult:
        """Yield the question and as much of the answer as there is."""
        entry, answer = self.entry, self.entry.shown_answer
        self._heading_article_id, self._last_speaker, self._section = "", None, None
        yield Static(Content(shorten_line(entry.question, LONGEST_QUESTION)), classes="question")
        if entry.standalone_question:
            yield self._make_understood(entry.standalone_question)
        if answer:
            yield from self._compose_short_answer(answer)
        sentences = answer.sentences if answer else [part.sentence for part in entry.answer_parts]
        for sentence in sentences:
            yield from self._compose_sentence(sentence)
        if answer:
            yield from self._compose_ending(answer)
            if entry.answer is None:
                yield Static(self._describe_writing(), classes="waiting writing")
        elif entry.failure is not None:
            yield self._make_failure(entry.failure)
        elif not sentences:
            yield Static("Searching…", classes="waiting")

    def on_mount(self) -> None:
        """Give up the reserved height and mark the open source."""
        self.styles.min_height = None  # it reserved the room until the parts were mounted
        self.mark(self._open_citation)

    def on_resize(self) -> None:
        """Report a new height."""
        self.post_message(self.Resized(self))

    def show_event(self, event: AskEvent) -> None:
        """Show one more event of the answer, which was added to the entry before."""
        if isinstance(event, QuestionUnderstood):
            if event.standalone:
                self.mount(self._make_understood(event.standalone), before=".waiting")
            return
        if isinstance(event, WritingStep):
            if event.text:
                for line in self.query(".writing").results(Static):  # none while the exchange is composed anew
                    line.update(self._describe_writing())
            return
        if isinstance(event, AnswerReady) or self.entry.ready is not None:
            self.refresh(recompose=True)
            return
        self.query(".waiting").remove()
        if isinstance(event, AnswerPart):
            self.mount_all(self._compose_sentence(event.sentence))
        elif event.mode == "written" and self.query(Sentence):
            self.refresh(recompose=True)  # one text instead of headings with sentences
        else:
            first = next(iter(self.query("SourceHeading, WrittenSentence, .section")), None)
            self.mount_all(self._compose_short_answer(event), before=first)
            self.mount_all(self._compose_ending(event))

    def _describe_writing(self) -> Content:
        """That a language model is asked, where it is, and what it has written so far."""
        ready, written = self.entry.ready, " ".join(self.entry.written)
        where = f"{sanitize_line(ready.model)} on {sanitize_line(ready.server)}" if ready else ""
        return Content(f"… asking {where}; Esc keeps this answer. {shorten_line(written, LONGEST_QUESTION)}".rstrip())

    def show_failure(self, reason: str) -> None:
        """Say why there is no answer."""
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
        if sentence.section != self._section:
            self._section, self._heading_article_id = sentence.section, ""
            yield Static(Content(sanitize_line(sentence.section or "")), classes="section")
        if (entry.shown_answer is not None and entry.shown_answer.mode == "written") or not is_verbatim(
            sentence, cited
        ):
            self._heading_article_id, self._last_speaker = "", None
            yield WrittenSentence(entry.question_number, sentence, cited)
            return
        if cited[0].article_id != self._heading_article_id:
            self._heading_article_id, self._last_speaker = cited[0].article_id, None
            yield SourceHeading(cited[0], relative_dates.today())
        yield Sentence(
            entry.question_number, entry.query, sentence, cited[0], with_speaker=cited[0].speaker != self._last_speaker
        )
        self._last_speaker = cited[0].speaker

    def _compose_short_answer(self, answer: Answer) -> Iterator[Widget]:
        short = find_short_answer(answer)
        if short is not None:
            yield ShortAnswerLine(self.entry.question_number, short, answer.citations)

    def _compose_ending(self, answer: Answer) -> Iterator[Widget]:
        number, now = self.entry.question_number, relative_dates.today()
        if answer.abstained:
            yield from self._compose_refusal(answer, now)
        known = {cited.n: cited for cited in answer.citations}
        yield from (ConflictView(number, conflict, known, now) for conflict in answer.conflicts)
        yield from (CorrectionView(number, correction, known, now) for correction in answer.corrections)
        if is_worth_drawing(self.entry.query, answer.citations):
            yield Timeline(number, answer.citations)
        notes = [*_describe_support(answer), *(note for note in answer.notes if not _is_drawn(note, answer))]
        if answer.writing is not None:
            notes += [line for line in (answer.writing.happened, answer.writing.cost) if line]
        if notes:
            yield NotesView(notes, number, answer.citations)

    def _compose_refusal(self, answer: Answer, now: date) -> Iterator[Widget]:
        """Nothing: a cross, and the reason. Near: a question mark, the sentences, what they lack, then the reason."""
        if not answer.nearest:
            yield Static(Content(f"✕ {answer.heading}"), classes="refusal")
            yield Static(_explain(answer), classes="reason")
            return
        yield Vertical(*self._compose_near(answer, now), classes="near")

    def _compose_near(self, answer: Answer, now: date) -> Iterator[Widget]:
        yield Static(Content(f"? {answer.heading}"), classes="refusal")
        article_id = ""
        for cited in answer.nearest:
            if cited.article_id != article_id:
                article_id = cited.article_id
                yield SourceHeading(cited, now)
            yield NearSentence(self.entry.question_number, cited)
        yield Static(_explain(answer), classes="reason")
        yield Static(NEAR_HINT, classes="near-hint")


def _explain(answer: Answer) -> Content:
    """What the articles lack of the question, and the reason why there is no answer."""
    missing = sanitize_line(answer.missing_line)
    return Content.assemble((f"{missing}\n" if missing else "", "bold"), sanitize_line(answer.reason or ""))


def _is_drawn(note: str, answer: Answer) -> bool:
    """Whether a view of its own shows what this note says."""
    is_conflict = bool(answer.conflicts) and note.startswith(CONFLICT_NOTE_START)
    return is_conflict or (bool(answer.corrections) and f"]{CORRECTION_NOTE_PART}" in note[:30])


def _describe_support(answer: Answer) -> Iterator[str]:
    """One line: how well the sources support the answer as a whole; no line for an answer without sentences."""
    if not answer.sentences:
        return
    if answer.mode == "extractive" and all(sentence.support == "verbatim" for sentence in answer.sentences):
        subject = "Every sentence is" if len(answer.sentences) > 1 else "This is"
        yield f"{SUPPORT_SIGNS['verbatim']} {subject} verbatim from its source."
        return
    unsupported = sum(sentence.support == "unsupported" for sentence in answer.sentences)
    count = len(answer.sentences)
    line = f"{SUPPORT_SIGNS['supported']} {count - unsupported} of {count} sentences are supported by their sources."
    if unsupported:
        line += f" {SUPPORT_SIGNS['unsupported']} {unsupported} {'is' if unsupported == 1 else 'are'} not."
    yield line
