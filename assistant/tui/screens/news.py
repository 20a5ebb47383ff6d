"""The screen of the news: what the standing questions found, and the questions themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.records.marks import StandingFinding, StandingQuestion
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.backend import Backend, Opener, describe_error
from assistant.tui.commands.guarded_screen import GuardedScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.keep.messages import StandingListed
from assistant.tui.messages import ArticleWanted
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.state import BuildState
from assistant.tui.widgets.common.key_bar import KeyBar

NONE_FOUND = "Nothing was found yet. Each update of the index asks the new articles your standing questions."
NONE_KEPT = "No standing questions. Press a to add one, in your own words."
ABOUT = (
    "For example: tell me when Valcourt says something new on the piles. What the articles say already is no news; "
    "nothing is told twice."
)
LONGEST_QUOTE = 1_000  # characters


class NewsScreen(GuardedScreen):
    """Findings above, standing questions below. Opening it counts as having seen the findings."""

    CSS_PATH = "../styles/keep.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,alt+n", "app.back_to_asking", "Back", tooltip="In the news: return to asking"),
        Binding("a", "add", "Add a question", tooltip="In the news: add a standing question"),
        Binding("delete", "remove", "Remove", key_display="del", tooltip="In the news: remove the selected question"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__()
        self._open_backend = open_backend
        self._questions: tuple[StandingQuestion, ...] = ()
        self._findings: tuple[StandingFinding, ...] = ()

    def compose(self) -> ComposeResult:
        """The head, the findings, the questions, the keys."""
        yield Static(id="news-head", classes="keep-head")
        yield Static(NONE_FOUND, id="news-empty", classes="keep-empty")
        yield OptionList(id="findings", classes="keep-list", markup=False)
        yield Static("Standing questions · a adds one", classes="keep-head")
        yield Static(NONE_KEPT, id="standing-empty", classes="keep-empty")
        yield OptionList(id="standing-questions", classes="keep-list", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """List again after each build."""
        self.watch(self.app, "building", self._list_after_build, init=False)

    def on_screen_resume(self) -> None:
        """List what was found."""
        self.query_one("#findings").focus()
        self._list()

    def _list_after_build(self, state: BuildState) -> None:
        if state.phase == "done" and self.is_current:
            self._list()

    @work(thread=True, exclusive=True, group="list")
    def _list(self) -> None:
        from assistant.tui.keep.workers import list_standing

        self.post_message(list_standing(self._open_backend()))

    @on(StandingListed)
    def _show(self, message: StandingListed) -> None:
        head = self.query_one("#news-head", Static)
        if isinstance(message.findings, str):
            head.update(Content(f"! {sanitize_line(message.findings)}"))
            return
        self._questions, self._findings = message.questions, message.findings
        head.update(Content(f"News · {count_noun(len(self._findings), 'finding')}"))
        findings, questions = self.query_one("#findings", OptionList), self.query_one("#standing-questions", OptionList)
        findings.set_options(Option(_render_finding(finding)) for finding in self._findings)
        questions.set_options(Option(_render_question(question)) for question in self._questions)
        for options, rows in ((findings, self._findings), (questions, self._questions)):
            if rows:
                options.highlighted = 0
        for options, empty, rows in (
            (findings, "#news-empty", self._findings),
            (questions, "#standing-empty", self._questions),
        ):
            options.display = bool(rows)
            self.query_one(empty).display = not rows
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#findings")
    def _open_proof(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        cited = self._findings[event.option_index].citation
        self.post_message(ArticleWanted(cited.article_id, ((cited.start, cited.end),), "finding"))

    def action_add(self) -> None:
        """Ask for a standing question."""
        dialog = EditValueScreen(
            "Standing question",
            ABOUT,
            "",
            "Asked of new articles after each update.",
            find_fault=_find_fault,
        )
        dialog.verb = "Add"
        self.app.push_screen(dialog, self._add)

    def _add(self, wording: str | None) -> None:
        if wording:
            self._change(lambda backend: backend.add_standing_question(wording))

    def action_remove(self) -> None:
        """Remove the selected question with what it found."""
        at = self.query_one("#standing-questions", OptionList).highlighted
        if at is not None and at < len(self._questions):
            number = self._questions[at].number
            self._change(lambda backend: backend.marks.standing.remove(number))

    @work(thread=True, group="change")
    def _change(self, act: Callable[[Backend], object]) -> None:
        from assistant.tui.keep.workers import list_standing

        try:
            act(self._open_backend())
        except Exception as error:
            self.notify(sanitize_line(describe_error(error)), severity="warning", markup=False)
        self.post_message(list_standing(self._open_backend()))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that has no effect now."""
        return action != "remove" or bool(self._questions)


def _find_fault(wording: str) -> str | None:
    """Why a standing question cannot be understood, or None."""
    from assistant.errors import QuestionError
    from assistant.standing.wording import understand_wish

    try:
        understand_wish(wording)
    except QuestionError as error:
        return str(error)
    return None


def _render_finding(finding: StandingFinding) -> Content:
    cited, day = finding.citation, parse_day(finding.found_at)
    found = f" · found {format_day(day)}" if day else ""
    return Content("\n").join(
        (
            Content.styled(shorten_line(finding.wording, 300), "bold"),
            Content(shorten_line(cited.words_with_days, LONGEST_QUOTE)),
            Content.styled(shorten_line(cited.reference_line, 300) + found, "dim"),
            Content(""),
        )
    )


def _render_question(question: StandingQuestion) -> Content:
    return Content.assemble(
        shorten_line(question.wording, 300),
        (f"  {question.findings} found · {shorten_line(question.asked, 200)}", "dim"),
    )
