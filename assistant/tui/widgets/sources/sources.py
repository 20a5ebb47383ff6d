"""The sources pane of the main screen: the citations of an answer, and the article of the open one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus, Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.records.answer import Citation
from assistant.records.article import CitedArticle
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.commands.key_names import BETWEEN_KEYS
from assistant.tui.messages import CitationChosen
from assistant.tui.rendering.citation_text import LONGEST_TITLE
from assistant.tui.rendering.relative_dates import format_day_of
from assistant.tui.rendering.titles import mark_title
from assistant.tui.widgets.answer.citation_keys import NumberInput, make_number_bindings
from assistant.tui.widgets.sources.article_view import ArticleView

TITLE = "Sources"
NEAR_TITLE = "Near, not an answer"
CLICKS = (
    ("copy_quote", "Copy"),
    ("copy_citation", "Cite"),
    ("keep_quote", "Keep"),
    ("open_original", "Open"),
)
"""What the foot offers to the hand at the mouse: the action of the screen, and a name so short that all fit."""
FOOT_MARGIN = 6  # cells of a border beside its text: on each side a corner, a line and a space
SHORTEST_NAME = 6  # cells of a speaker's name from which on its beginning tells something


class CitationList(OptionList):
    """The numbered citations."""

    FOCUS_ON_CLICK = False  # so that the user can go on typing after a click on a citation


class SourcesPane(Vertical):
    """Numbered citations, above the article of the open one.

    Posts `CitationChosen` for a click, Enter or a typed number. The screen reads the article, then calls `mark` and
    `show_article`.
    """

    BORDER_TITLE = TITLE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "screen.step(1)", "Next", show=False, tooltip="In the sources: open the next one"),
        Binding("p", "screen.step(-1)", "Previous", show=False, tooltip="In the sources: open the previous one"),
        *make_number_bindings(),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-empty")
        self.question_number = 0  # number of the question whose citations these are
        self.citations: tuple[Citation, ...] = ()
        self._open_citation: Citation | None = None
        self._number_input = NumberInput()
        self._title = TITLE
        self.article = ArticleView()
        self._list = CitationList(id="citations", compact=True, markup=False)

    @property
    def open_citation(self) -> Citation | None:
        """The citation that is open, if one is."""
        return self._open_citation

    def compose(self) -> ComposeResult:
        """Yield a hint; the rest follows after the first frame."""
        yield Static("The source of a sentence opens here, at the cited words.", id="no-source")

    def on_mount(self) -> None:
        """Add the list and the article, which the first frame does not need."""
        self.call_after_refresh(self.mount, self._list, self.article)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _draw_title(self) -> None:
        self.border_title = mark_title(self._title, has_focus=self.has_focus_within)

    def list_citations(self, question_number: int, citations: Sequence[Citation], *, answering: bool = True) -> None:
        """Show the citations of the answer to this question, none open.

        `answering` is False for sentences that are only near to an answer.
        """
        self.question_number = question_number
        self.citations = tuple(citations)
        self._open_citation = None
        self._title = TITLE if answering else NEAR_TITLE
        self._draw_title()
        self.border_subtitle = None
        self.set_class(not citations, "-empty")
        self._list.set_options(Option(line) for line in _render_lines(citations))
        if not citations:
            self.article.clear()

    @on(OptionList.OptionSelected)
    def _choose_citation(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(CitationChosen(self.question_number, self.citations[event.option_index]))

    def action_number(self, digit: int) -> None:
        """Open the citation with this number."""
        number = self._number_input.enter_digit(digit, [cited.n for cited in self.citations])
        for cited in self.citations:
            if cited.n == number:
                self.post_message(CitationChosen(self.question_number, cited))

    def mark(self, citation: Citation) -> None:
        """Highlight the open citation."""
        self._open_citation = citation
        if citation in self.citations:
            self._list.highlighted = self.citations.index(citation)

    def show_article(self, citation: Citation, cited: CitedArticle | None) -> None:
        """Show the article of a citation with the cited words marked and in view."""
        if citation != self._open_citation:
            return  # another one has been chosen since
        self._draw_foot()
        self.article.show(cited, citation, self.citations)

    @on(Resize)
    def _draw_foot(self) -> None:
        """Show the number and the speaker of the open citation, and what a click does with it.

        Where all is too long, the speaker is shortened, and clicks that do not fit are left out: none is cut.
        """
        if (citation := self._open_citation) is None:
            return
        room = self.outer_size.width - FOOT_MARGIN
        about = Content(f"[{citation.n}]")
        clicks: list[Content] = []
        for action, name in CLICKS:
            if self.screen.check_action(action, ()):
                wider = [*clicks, Content.styled(name, f"@click=screen.{action}")]
                if Content(BETWEEN_KEYS).join([about, *wider]).cell_length > room:
                    break
                clicks = wider
        left = room - Content(BETWEEN_KEYS).join([about, *clicks]).cell_length - 1
        speaker = Content(sanitize_line(citation.speaker or ""))
        if speaker and left >= min(SHORTEST_NAME, speaker.cell_length):
            about += Content(" ") + speaker.truncate(left, ellipsis=True)
        self.border_subtitle = Content(BETWEEN_KEYS).join([about, *clicks])

    def find_neighbor(self, by: int) -> Citation | None:
        """The citation `by` places after the open one; the first if none is open; None past the ends."""
        if not self.citations:
            return None
        if self._open_citation not in self.citations:
            return self.citations[0]
        place = self.citations.index(self._open_citation) + by
        return self.citations[place] if 0 <= place < len(self.citations) else None


def _render_lines(citations: Sequence[Citation]) -> Iterator[Content]:
    """A line for each citation: outlet, day and title; for another one of the same article, its first words.

    The answer says how old it is.
    """
    last = ""
    for cited in citations:
        number = (f"[{cited.n}] ", "bold")
        if cited.article_id == last:
            yield Content.assemble(number, ("↳ " + shorten_line(cited.quote, LONGEST_TITLE), "dim"))
        else:
            about = [
                shorten_line(part, LONGEST_TITLE) for part in (cited.source, format_day_of(cited.published_at)) if part
            ]
            title = (shorten_line(cited.title, LONGEST_TITLE), "italic")
            yield Content.assemble(number, "".join(f"{part} · " for part in about), title)
        last = cited.article_id
