"""A row of a table for each line of a list: a question with its answer, a name with what the collection has on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace

from assistant.errors import AssistantError
from assistant.records.answer import Answer, Citation
from assistant.records.collection.question import CollectionQuery
from assistant.text.words import find_quotations

Ask = Callable[[str], Answer]
Look = Callable[[CollectionQuery, str], Answer]

MAX_LINE = 4_000  # characters

_QUESTION = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|are|was|were|has|have|had|can|could|will|would|"
    r"should|in which|list|show|give|summari[sz]e|brief|tell|count|find|all|quotes?|timeline)\b.*\s|.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the list and its answer. `status` is an outcome of `Answer`, or "error" with the reason in `answer`.

    `number` counts the lines of the list from 1. For a name, `articles` and `statements` count where it is mentioned
    and what was said by people of that name; for a question about the collection, `total` is its number.
    """

    number: int
    line: str
    status: str
    answer: str = ""
    total: int | None = None
    articles: int | None = None
    statements: int | None = None
    first_day: str = ""
    last_day: str = ""
    speaker: str = ""
    quote: str = ""
    title: str = ""
    outlet: str = ""
    day: str = ""
    url: str = ""
    article_id: str = ""
    start: int | None = None
    end: int | None = None


COLUMNS = tuple(each.name for each in fields(TableRow))


def row_to_dict(row: TableRow) -> dict[str, str | int | None]:
    """The row as JSON."""
    return asdict(row)


def is_question(line: str) -> bool:
    """Whether a line asks something; a line that does not is a name, or words to look for."""
    words = line.split()
    is_name = all(word[:1].isupper() for word in words) and not line.rstrip().endswith("?")
    return _QUESTION.match(line.strip()) is not None and not is_name


def make_row(number: int, line: str, ask: Ask, look: Look) -> TableRow:
    """The row of a line; a line that cannot be asked, or whose answer fails, is a row that says why."""
    text = " ".join(line.split())
    shown = text[:MAX_LINE]
    if not text:
        return TableRow(number, shown, "error", "the line is empty")
    if "\ufffd" in line:
        return TableRow(number, shown, "error", "the line is not UTF-8 text")
    if len(text) > MAX_LINE:
        return TableRow(
            number, shown[:200], "error", f"the line has {len(text):,} characters; at most {MAX_LINE:,} are read"
        )
    if not re.search(r"\w", text):
        return TableRow(number, shown, "error", "the line has no word")
    try:
        return _answer_question(number, text, ask) if is_question(text) else _look_up(number, text, look)
    except AssistantError as error:
        return TableRow(number, shown, "error", str(error))


def _answer_question(number: int, text: str, ask: Ask) -> TableRow:
    answer = ask(text)
    shown = answer.citations or answer.nearest
    first = answer.summary or answer.short_answer or (answer.sentences[0].text if answer.sentences else answer.reason)
    total = answer.collection.total if answer.collection is not None else None
    row = TableRow(number, text, answer.outcome, first or "", total)
    return _add_citation(row, shown[0]) if shown else row


def _look_up(number: int, text: str, look: Look) -> TableRow:
    """The mentions of a name, its statements, and who it is."""
    phrase = text if find_quotations(text) else '"' + text.replace('"', " ") + '"'
    mentions = look(CollectionQuery("list", search=phrase), text)
    found = mentions.collection
    total = found.total if found is not None else 0
    if not total:
        return TableRow(number, text, "nothing", mentions.summary or "", 0, 0, 0)
    who = look(CollectionQuery("who", "speakers", speaker=text), text)
    said = look(CollectionQuery("count", "statements", speaker=text), text)
    first = look(CollectionQuery("first", search=phrase), text)
    days = sorted(each.published_at[:10] for each in (*first.citations, *mentions.citations) if each.published_at)
    is_person = who.collection is not None and who.collection.kind == "who"
    best = who if is_person else mentions
    row = TableRow(
        number,
        text,
        "answer",
        best.summary or "",
        total,
        total,
        said.collection.total if said.collection is not None else 0,
        days[0] if days else "",
        days[-1] if days else "",
    )
    return _add_citation(row, best.citations[0]) if best.citations else row


def _add_citation(row: TableRow, cited: Citation) -> TableRow:
    return replace(
        row,
        speaker=cited.speaker or "",
        quote=cited.quote,
        title=cited.title,
        outlet=cited.source or "",
        day=(cited.published_at or "")[:10],
        url=cited.url or "",
        article_id=cited.article_id,
        start=cited.start,
        end=cited.end,
    )
