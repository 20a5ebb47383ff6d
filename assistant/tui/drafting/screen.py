"""The screen that checks a draft: its text, then its sentences with what became of them and the source beside."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from assistant.drafts.wording import LABELS, describe_findings, summarize
from assistant.records.proof import DraftSentence, DraftStatus
from assistant.text.sanitize import sanitize_line, sanitize_text
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import ArticleWanted
from assistant.tui.widgets.common.key_bar import KeyBar

HINT = (
    "Paste or type your text, then press F8. Each sentence is compared with the articles; nothing leaves this machine."
)
WORKING = "… Comparing each sentence with the articles"
_STYLES: dict[DraftStatus, str] = {
    "holds": "$text-success",
    "open": "$text-warning",
    "differs": "$text-error",
    "not_found": "$text-error",
    "unchecked": "dim",
}


class DraftChecked(Message):
    """The next sentence of check `number`, or the reason why it failed; None after the last one."""

    def __init__(self, number: int, result: DraftSentence | str | None) -> None:
        super().__init__()
        self.number = number
        self.result = result


class DraftScreen(Screen[None]):
    """Takes a text, and lists its sentences as they are checked. The text and its results stay when it is left."""

    CSS_PATH = "../styles/draft.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", tooltip="In the draft: return to the text, then to asking"),
        Binding("f8", "check", "Check", tooltip="In the draft: compare each sentence with the articles"),
        Binding("n", "next_finding(1)", "Next finding", tooltip="In the draft: go to the next sentence to look at"),
        Binding("p", "next_finding(-1)", "Previous", tooltip="In the draft: go to the one before"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._number = 0  # of the newest check; results of older ones are ignored
        self._sentences: list[DraftSentence] = []

    def compose(self) -> ComposeResult:
        """The head, the text or its sentences, the source, the keys."""
        yield Static(HINT, id="draft-head")
        with Horizontal(id="draft-panes"):
            yield TextArea(id="draft-text", show_line_numbers=False, soft_wrap=True)
            yield OptionList(id="draft-sentences", markup=False)
            with VerticalScroll(id="draft-source", can_focus=True):
                yield Static(id="draft-finding")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the text."""
        self._show_text()

    @property
    def _shows_sentences(self) -> bool:
        return self.query_one(OptionList).display

    def _show_text(self) -> None:
        self.query_one(OptionList).display = False
        self.query_one("#draft-source").display = False
        text = self.query_one(TextArea)
        text.display = True
        text.focus()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Return to the text, or to asking from there."""
        if self._shows_sentences:
            self._number += 1  # a check that still runs ends
            self._show_text()
        else:
            self.app.pop_screen()

    def action_check(self) -> None:
        """Check the text as it is now."""
        text = self.query_one(TextArea).text
        if not text.strip():
            return
        self._number += 1
        self._sentences = []
        self.query_one("#draft-head", Static).update(WORKING)
        self.query_one("#draft-finding", Static).update("")
        self.query_one(TextArea).display = False
        sentences = self.query_one(OptionList)
        sentences.clear_options()
        sentences.display = True
        self.query_one("#draft-source").display = True
        sentences.focus()
        self.refresh_bindings()
        self._check(self._number, text)

    @work(thread=True, exclusive=True, group="draft")
    def _check(self, number: int, text: str) -> None:
        from assistant.drafts.reading import STANDARD_INPUT, read_draft  # imports the readers

        worker = get_current_worker()
        try:
            backend = self._open_backend()
            for sentence in backend.check_draft(read_draft(STANDARD_INPUT, backend.config.reading, text)):
                if worker.is_cancelled or number != self._number:
                    return
                self.post_message(DraftChecked(number, sentence))
            self.post_message(DraftChecked(number, None))
        except Exception as error:
            self.post_message(DraftChecked(number, describe_error(error)))

    @on(DraftChecked)
    def _add_result(self, message: DraftChecked) -> None:
        if message.number != self._number:
            return
        head = self.query_one("#draft-head", Static)
        match message.result:
            case str() as fault:
                head.update(Content(f"! {sanitize_line(fault)}"))
            case None:
                head.update(Content(summarize(self._sentences)))
                self._show_first_finding()
            case sentence:
                self._sentences.append(sentence)
                self.query_one(OptionList).add_option(Option(_render_sentence(sentence)))

    # ------------------------------------------------------------------------------------ walking through

    def _show_first_finding(self) -> None:
        sentences = self.query_one(OptionList)
        if self._sentences and not sentences.highlighted:
            sentences.highlighted = next((at for at, each in enumerate(self._sentences) if _is_finding(each)), 0)

    def action_next_finding(self, by: int) -> None:
        """Go to the next sentence that does not simply hold, or to the one before; round at the ends."""
        places = [at for at, each in enumerate(self._sentences) if _is_finding(each)]
        if places:
            now = self.query_one(OptionList).highlighted or 0
            later = [at for at in places if (at > now if by > 0 else at < now)]
            self.query_one(OptionList).highlighted = (later or places)[0 if by > 0 else -1]

    @on(OptionList.OptionHighlighted)
    def _show_finding(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index < len(self._sentences):
            self.query_one("#draft-finding", Static).update(_render_finding(self._sentences[event.option_index]))
            self.query_one("#draft-source").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _open_source(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        sentence = self._sentences[event.option_index]
        if sentence.article_id:
            place = ((sentence.place_start, sentence.place_end),)
            self.post_message(ArticleWanted(sentence.article_id, place, "quotation"))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys that have no effect now; letters are typed while the text is shown."""
        if action == "next_finding":
            return self._shows_sentences
        return True


def _is_finding(sentence: DraftSentence) -> bool:
    return sentence.status not in ("holds", "unchecked")


def _render_sentence(sentence: DraftSentence) -> Content:
    label = (LABELS[sentence.status], f"bold {_STYLES[sentence.status]}")
    return Content.assemble(
        label, "\n", (sanitize_line(sentence.text), "dim" if not _is_finding(sentence) else ""), "\n"
    )


def _render_finding(sentence: DraftSentence) -> Content:
    """What is wrong with a sentence, and the words of the article that it was compared with."""
    parts = [Content.styled(LABELS[sentence.status], f"bold {_STYLES[sentence.status]}")]
    parts += [Content(sanitize_line(remark)) for remark in describe_findings(sentence)]
    if sentence.article_id:
        parts += [
            Content(""),
            Content(sanitize_text(sentence.quote)),
            Content.styled(sanitize_line(sentence.source_line), "dim"),
            Content.styled("Enter opens the article", "dim"),
        ]
    return Content("\n").join(parts)
