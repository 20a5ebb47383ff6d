"""The Search tab of the library screen: full-text search in all articles, with the matching words in context."""

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

from assistant.records.library import ArticleHit, SearchResult
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line
from assistant.tui.messages import ArticleWanted, ScopeWanted
from assistant.tui.rendering.relative_dates import format_day, parse_day
from assistant.tui.widgets.common.filter_box import FilterBox, type_into
from assistant.tui.widgets.common.long_list import LongList

SNIPPET_LENGTH = 300  # characters
SNIPPET_LEAD = 80  # characters of the snippet before the first match
LONGEST_TITLE, LONGEST_OUTLET = 160, 60  # characters shown
SHOWN_FACETS, MAX_GROUPS = ("outlet", "month"), 5  # facets beside the hits, and groups of each
MATCH_STYLE = "bold underline"
MIN_SEARCH_LENGTH = 2  # characters from which on a search starts as you type

HINT_TEXT = (
    "All articles are searched as you type. Enter opens the article at the matching words. "
    'AND OR NOT, "a phrase", NEAR(a b, 5), prefix*, fuzzy~, title: speaker: outlet: author: from: to:'
)


class SearchPanel(Vertical):
    """An input for words and a list of the articles that contain them.

    Posts `SearchWanted` for each change of the words, `ArticleWanted` when a hit is opened and `ScopeWanted` to ask
    about its article. The screen searches and passes the result to `show`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Search", key_display="/"),
        Binding("question_mark", "ask", "Ask about it", key_display="?"),
    ]

    class SearchWanted(Message):
        """A search for these words should run."""

        def __init__(self, search_text: str) -> None:
            super().__init__()
            self.search_text = search_text

    def __init__(self) -> None:
        super().__init__()
        self._result: SearchResult | None = None

    def compose(self) -> ComposeResult:
        """Yield the input, the count, the list and a hint that is shown until the first search."""
        with Horizontal(classes="filter"):
            yield FilterBox("Words to find; put “a phrase” in quotation marks", id="search-box")
            yield Static(id="search-count", classes="count")
        yield Static(id="search-facets")
        yield LongList(id="hits")
        yield Static(Content(HINT_TEXT), id="search-hint")

    @property
    def search_text(self) -> str:
        """The words to find."""
        return self.query_one(FilterBox).value.strip()

    def show(self, result: SearchResult) -> None:
        """Show a result, unless the words have changed since."""
        if result.search_text != self.search_text:
            return
        self._result = result
        self.query_one("#search-count", Static).update(Content(result.describe()))
        self.query_one("#search-facets", Static).update(Content(_describe_facets(result)))
        self.query_one("#search-hint", Static).display = False
        self.query_one(LongList).show(len(result.hits), lambda number: _render_hit(result.hits[number]))

    def search_again(self) -> None:
        """Repeat the search, for a library that has changed."""
        if len(self.search_text) >= MIN_SEARCH_LENGTH:
            self.post_message(self.SearchWanted(self.search_text))

    def focus_list(self) -> None:
        """Focus the list of hits, or the input if there are none."""
        if self._result is not None and self._result.hits:
            self.query_one(LongList).focus()
        else:
            self.query_one(FilterBox).focus()

    @on(Input.Changed)
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        if len(self.search_text) >= MIN_SEARCH_LENGTH:
            self.post_message(self.SearchWanted(self.search_text))
        else:
            self._result = None
            self.query_one("#search-count", Static).update("")
            self.query_one("#search-facets", Static).update("")
            self.query_one("#search-hint", Static).display = True
            self.query_one(LongList).show(0, lambda _: Content(""))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Hide the key that leads to the input while the input has the focus."""
        return action != "filter" or not any(box.has_focus for box in self.query(FilterBox))

    def on_key(self, event: Key) -> None:
        """Type characters pressed in the list into the input."""
        type_into(self.query_one(FilterBox), event)

    @on(FilterBox.FilterExited)
    def _leave_filter(self, event: FilterBox.FilterExited) -> None:
        event.stop()
        self.focus_list()

    @on(OptionList.OptionSelected)
    def _open_hit(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._result is not None:
            hit = self._result.hits[self.query_one(LongList).text_number(event.option_index)]
            self.post_message(
                ArticleWanted(
                    hit.article_id, hit.marks, sanitize_line(self._result.search_text), self._result.search_text
                )
            )

    def action_filter(self) -> None:
        """Go to the input."""
        self.query_one(FilterBox).focus()

    def action_ask(self) -> None:
        """Ask about the article of the highlighted hit."""
        number = self.query_one(LongList).highlighted
        if self._result is not None and number is not None:
            hit = self._result.hits[number]
            self.post_message(ScopeWanted((hit.article_id,), f"“{hit.title}”"))


def _describe_facets(result: SearchResult) -> str:
    """How a search with operators was read, and its articles by outlet and month, a line each."""
    lines = [f"read as: {shorten_line(result.understood, LONGEST_TITLE)}"] if result.understood else []
    lines += [shorten_line(remark, LONGEST_TITLE) for remark in result.remarks]
    for facet in result.facets:
        if len(facet.groups) > 1 and facet.name in SHOWN_FACETS:
            largest = sorted(facet.groups, key=lambda group: -group[1])[:MAX_GROUPS]
            listed = " · ".join(f"{sanitize_line(name)} {count:,}" for name, count in largest)
            more = f" · {len(facet.groups) - MAX_GROUPS} more" if len(facet.groups) > MAX_GROUPS else ""
            lines.append(f"by {facet.name}: {listed}{more}")
    return "\n".join(lines)


def _render_hit(hit: ArticleHit) -> Content:
    day = parse_day(hit.published_at)
    about = [shorten_line(hit.source or "", LONGEST_OUTLET), format_day(day) if day else hit.published_at]
    more = f" · {hit.passages} passages" if hit.passages > 1 else ""
    return Content.assemble(
        (shorten_line(hit.title, LONGEST_TITLE), "bold"),
        (" · ".join(["", *(sanitize_line(part) for part in about if part)]) + more, "$text-muted"),
        "\n",
        render_snippet(hit),
        "\n",
    )


def render_snippet(hit: ArticleHit) -> Content:
    """The text around the first match, on one line, with all matches underlined."""
    first = hit.marks[0][0] - hit.start if hit.marks else 0
    begin = max(0, first - SNIPPET_LEAD)
    if begin:
        begin = hit.text.find(" ", begin) + 1 or begin
    end = min(len(hit.text), begin + SNIPPET_LENGTH)
    if end < len(hit.text):
        end = max(hit.text.rfind(" ", begin, end), begin + 1)
    parts: list[tuple[str, str]] = [("…" if begin else "", "")]
    at = begin
    for start, stop in (*((a - hit.start, b - hit.start) for a, b in hit.marks), (end, end)):
        if start < at or stop > end:
            continue
        parts += [(hit.text[at:start], ""), (hit.text[start:stop], MATCH_STYLE)]
        at = stop
    parts.append((hit.text[at:end] + ("…" if end < len(hit.text) else ""), ""))
    return Content.assemble(*((sanitize_fragment(text), style) for text, style in parts if text))
