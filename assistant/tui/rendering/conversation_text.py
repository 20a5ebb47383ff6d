"""Text about saved conversations: when and how long, the entry in a list, and the preview."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from assistant.presentation.short_answer import find_short_answer
from assistant.records.answer import Turn
from assistant.records.conversation import LibraryKey, SavedConversation
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line, shorten_line
from assistant.tui.rendering import relative_dates

MAX_TITLE_LENGTH = 200  # characters shown of a title or a question
MAX_ANSWER_LENGTH = 240  # characters shown of an answer in the preview


def render_entry(conversation: SavedConversation, library: str | None = None) -> Content:
    """Two lines for a list: the title; when it was last saved, how long it is, and `library` if that is given."""
    about = f"{format_moment(conversation.updated_at)} · {count_noun(conversation.questions, 'question')}"
    if library is not None:
        about += f" · {sanitize_line(library)}"
    title = shorten_line(conversation.title, MAX_TITLE_LENGTH) or "(no title)"
    return Content.assemble((title, "bold"), "\n", (f"  {about}", "dim"))


def render_preview(conversation: SavedConversation, turns: tuple[Turn, ...], library: LibraryKey) -> Content:
    """The questions of a conversation and the beginnings of their answers.

    `library` is the open one; a conversation of another library gets a warning.
    """
    title = shorten_line(conversation.title, MAX_TITLE_LENGTH)
    about = (
        f"{count_noun(conversation.questions, 'question')} · begun {format_moment(conversation.created_at)}"
        f", last {format_moment(conversation.updated_at)}"
    )
    parts: list[str | tuple[str, str]] = [(title, "bold"), "\n", (about, "dim")]
    if not conversation.is_about(library):
        warning = f"\nIts sources are in another library: {sanitize_line(conversation.library)}"
        parts.append((warning, "$text-warning"))
    for turn in turns:
        question = "› " + shorten_line(turn.answer.question, MAX_TITLE_LENGTH)
        parts += ["\n\n", (question, "bold $text-accent"), "\n", shorten_line(_summarize(turn), MAX_ANSWER_LENGTH)]
    return Content.assemble(*parts)


def _summarize(turn: Turn) -> str:
    """The beginning of an answer. Sentences near to one come after what says so."""
    answer = turn.answer
    if answer.abstained:
        return " ".join([answer.heading, *(f"“{cited.quote}”" for cited in answer.nearest)])
    short = find_short_answer(answer)
    is_sentence = (answer.summary or "").endswith(".")  # needs no colon; the period of "9 a.m." is part of the words
    first = [] if short is None else [short.words if is_sentence else f"{short.words}:"]
    return " ".join([*first, *(sentence.text for sentence in answer.sentences)])


def format_moment(moment: datetime) -> str:
    """A moment in local time: "today 14:32", "yesterday 09:05", "12 Mar 2025"."""
    local, today = moment.astimezone(), relative_dates.today()
    days = (today - local.date()).days
    if 0 <= days < 2:
        return f"{('today', 'yesterday')[days]} {local:%H:%M}"
    return relative_dates.format_day(local.date())
