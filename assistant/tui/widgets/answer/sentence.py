"""The texts of an answer that lead to sources: the short answer, sentences, headings, notes and near sentences.

A click posts `CitationChosen`; opening the source is left to the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.presentation.short_answer import ShortAnswer
from assistant.records.answer import AnswerSentence, Citation
from assistant.records.query import Query
from assistant.text.sanitize import sanitize_fragment, sanitize_line
from assistant.tui.messages import CitationChosen
from assistant.tui.rendering.citation_text import (
    SUPPORT_SIGNS,
    SUPPORT_STYLES,
    find_number_at,
    format_attribution,
    highlight,
    link_numbers,
    names_speaker,
    render_numbers,
    render_source,
)

SUPPORT_WORDS = {
    "verbatim": "verbatim",
    "supported": "supported",
    "repointed": "supported; the number was corrected",
    "unsupported": "not proved: no source is seen to say this",
}


class NumberedText(Static):
    """Text of the answer to one question. A click on a citation number in it posts `CitationChosen`."""

    def __init__(
        self, content: Content, question_number: int, citations: Sequence[Citation], *, classes: str = ""
    ) -> None:
        super().__init__(content, classes=classes)
        self.question_number = question_number
        self.citations = tuple(citations)

    def on_click(self, event: Click) -> None:
        """Open the source of the number that was clicked, else the default one."""
        number = find_number_at(event.style)
        citation = next((cited for cited in self.citations if cited.n == number), self.default_citation())
        if citation is not None:
            event.stop()
            self.post_message(CitationChosen(self.question_number, citation))

    def default_citation(self) -> Citation | None:
        """The citation that a click next to the numbers opens, if any."""
        return None

    def mark(self, citation: Citation | None) -> None:
        """Show that this citation is open. Does nothing here."""


class CitedText(NumberedText):
    """Text supported by these citations: a click anywhere opens the first; the text is marked while one is open."""

    def default_citation(self) -> Citation | None:
        """The first of the citations, if any."""
        return self.citations[0] if self.citations else None

    def mark(self, citation: Citation | None) -> None:
        """Show whether the open source is one of these."""
        self.set_class(citation is not None and citation in self.citations, "-open")


class NotesView(NumberedText):
    """Notes on the answer as a whole, one line each."""

    def __init__(self, notes: Sequence[str], question_number: int, citations: Sequence[Citation]) -> None:
        text = link_numbers(Content("\n".join(map(sanitize_line, notes))))
        super().__init__(text, question_number, citations, classes="notes")


class SourceHeading(Static):
    """Title, outlet, day and age of an article, above the sentences quoted from it. Posts nothing."""

    def __init__(self, cited: Citation, now: date) -> None:
        super().__init__(render_source(cited, now))


class Sentence(CitedText):
    """A sentence quoted from its source, with the words that answer in bold."""

    def __init__(
        self, question_number: int, query: Query | None, sentence: AnswerSentence, cited: Citation, with_speaker: bool
    ) -> None:
        """Names the speaker after the sentence if `with_speaker`, unless the line or its words name them already."""
        before = format_attribution(query, cited)
        unnamed = cited.speaker and not before and not names_speaker(cited)
        after = f" — {sanitize_line(cited.speaker or '')}" if with_speaker and unnamed else ""
        content = Content.assemble(
            (before, "bold"),
            highlight(cited),
            " ",
            render_numbers(sentence.citations),
            _render_days(cited),
            (after, "dim"),
        )
        super().__init__(content, question_number, (cited,))
        self.citation = cited


class WrittenSentence(CitedText):
    """A sentence that is not a quotation, with its citations and its degree of support as a sign and a word."""

    def __init__(self, question_number: int, sentence: AnswerSentence, citations: Sequence[Citation]) -> None:
        text = sanitize_line(sentence.text)
        marks = "".join(f"[{n}]" for n in sentence.citations if f"[{n}]" not in text)
        support = sentence.support
        content = Content.assemble(
            (f"{SUPPORT_SIGNS[support]} ", SUPPORT_STYLES[support]),
            link_numbers(Content(f"{text} {marks}".rstrip())),
            (f"  {SUPPORT_WORDS[support]}", SUPPORT_STYLES[support] if support == "unsupported" else "dim"),
        )
        super().__init__(content, question_number, citations, classes=f"-{support}")


class ShortAnswerLine(CitedText):
    """The words that answer, alone, above the sentences. A click opens the first of their sources."""

    def __init__(self, question_number: int, short: ShortAnswer, citations: Sequence[Citation]) -> None:
        remark = f" ({sanitize_line(short.remark)})" if short.remark else ""
        content = Content.assemble(
            (sanitize_line(short.words), "bold"), " ", render_numbers(short.numbers), link_numbers(Content(remark))
        )
        super().__init__(content, question_number, [cited for cited in citations if cited.n in short.numbers])


class NearSentence(CitedText):
    """For a question without an answer: a sentence that may contain it, as a question mark says."""

    def __init__(self, question_number: int, cited: Citation) -> None:
        attribution = (sanitize_fragment(cited.attribution), "bold")
        content = Content.assemble(
            "? ", attribution, highlight(cited), " ", render_numbers((cited.n,)), _render_days(cited)
        )
        super().__init__(content, question_number, (cited,))


def _render_days(cited: Citation) -> tuple[str, str]:
    """What words of the quote for days mean, dimmed; empty if there are none."""
    return (f" {sanitize_line(cited.days_line)}" if cited.days_line else "", "dim")


def is_verbatim(sentence: AnswerSentence, citations: Sequence[Citation]) -> bool:
    """Whether the sentence consists only of the words of the one source that it cites."""
    if sentence.support != "verbatim" or len(citations) != 1:
        return False
    return " ".join(sentence.text.split()) == " ".join(citations[0].quote.split())
