"""Full text: what is typed is looked for in every article, and shown where it stands."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from assistant.records.library import Hit, SearchResult
from assistant.text.sanitize import one_line, shortened, spaced
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.relative_dates import day_of, written
from assistant.tui.widgets.common.filter_box import FilterBox, typed_into
from assistant.tui.widgets.common.long_list import LongList

SNIPPET = 300  # characters
LONGEST_TITLE, LONGEST_OUTLET = 160, 60
BEFORE = 80  # of them before the first found word
FOUND = "bold underline"  # style of found words
SHORTEST = 2  # characters that are looked for as one types


class SearchPanel(Vertical):
    """A box for words and a list of the articles that hold them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Search", key_display="/"),
        Binding("question_mark", "ask", "Ask about it", key_display="?"),
    ]

    class SearchWanted(Message):
        """These words are to be looked for."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    def __init__(self) -> None:
        super().__init__()
        self._result: SearchResult | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(classes="filter"):
            yield FilterBox("Words to look for; “a phrase” in quotation marks", id="search-box")
            yield Static(id="search-count", classes="count")
        yield LongList(id="hits")
        yield Static(
            Content("Every article is looked through as you type. Enter opens one at the words."), id="search-hint"
        )

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self.query_one(FilterBox).value.strip()

    def show(self, result: SearchResult) -> None:
        """Show what was found, unless other words are looked for by now."""
        if result.words != self.typed:
            return
        self._result = result
        self.query_one("#search-count", Static).update(Content(_told(result)))
        self.query_one("#search-hint", Static).display = False
        self.query_one(LongList).show(len(result.hits), lambda number: _hit(result.hits[number]))

    def look_again(self) -> None:
        """Look anew for what is typed: the library has changed."""
        if len(self.typed) >= SHORTEST:
            self.post_message(self.SearchWanted(self.typed))

    def focus_list(self) -> None:
        """Give the keys to the box, or to the list where there is one."""
        if self._result is not None and self._result.hits:
            self.query_one(LongList).focus()
        else:
            self.query_one(FilterBox).focus()

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        event.stop()
        if len(self.typed) >= SHORTEST:
            self.post_message(self.SearchWanted(self.typed))
        else:
            self._result = None
            self.query_one("#search-count", Static).update("")
            self.query_one("#search-hint", Static).display = True
            self.query_one(LongList).show(0, lambda _: Content(""))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Who is in the box need not be told how to come there."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        typed_into(self.query_one(FilterBox), event)

    @on(FilterBox.Left)
    def _left(self, event: FilterBox.Left) -> None:
        event.stop()
        self.focus_list()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._result is not None:
            hit = self._result.hits[self.query_one(LongList).number(event.option_index)]
            self.post_message(
                ArticleWanted(hit.article_id, hit.marks, one_line(self._result.words), self._result.words)
            )

    def action_filter(self) -> None:
        """To the box for words."""
        self.query_one(FilterBox).focus()

    def action_ask(self) -> None:
        """Ask about the article that is highlighted."""
        number = self.query_one(LongList).highlighted
        if self._result is not None and number is not None:
            hit = self._result.hits[number]
            self.post_message(ScopeWanted((hit.article_id,), f"“{hit.title}”"))


def _told(result: SearchResult) -> str:
    articles = f"{result.total:,} article{'' if result.total == 1 else 's'}"
    if not result.hits:
        return "Not in the library"
    if len(result.hits) < result.total:
        articles += f", the best {len(result.hits):,} shown"
    return {
        "all": articles,
        "beginning": f"{articles} with words beginning so",
        "any": f"None with all words; {articles} with some",
    }[result.how]


def _hit(hit: Hit) -> Content:
    day = day_of(hit.published_at)
    about = [shortened(hit.source or "", LONGEST_OUTLET), written(day) if day else hit.published_at]
    more = f" · {hit.passages} passages" if hit.passages > 1 else ""
    return Content.assemble(
        (shortened(hit.title, LONGEST_TITLE), "bold"),
        (" · ".join(["", *(one_line(part) for part in about if part)]) + more, "$text-muted"),
        "\n",
        snippet(hit),
        "\n",
    )


def snippet(hit: Hit) -> Content:
    """The words around the first found ones, on one line, found ones underlined."""
    first = hit.marks[0][0] - hit.start if hit.marks else 0
    begin = max(0, first - BEFORE)
    if begin:
        begin = hit.text.find(" ", begin) + 1 or begin
    end = min(len(hit.text), begin + SNIPPET)
    if end < len(hit.text):
        end = max(hit.text.rfind(" ", begin, end), begin + 1)
    parts: list[tuple[str, str]] = [("…" if begin else "", "")]
    at = begin
    for start, stop in (*((a - hit.start, b - hit.start) for a, b in hit.marks), (end, end)):
        if start < at or stop > end:
            continue
        parts += [(hit.text[at:start], ""), (hit.text[start:stop], FOUND)]
        at = stop
    parts.append((hit.text[at:end] + ("…" if end < len(hit.text) else ""), ""))
    return Content.assemble(*((spaced(text), style) for text, style in parts if text))
