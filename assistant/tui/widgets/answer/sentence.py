"""Lines of an answer that lead to sources: a sentence, the heading of its source, remarks, a nearest passage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.records.answer import AnswerSentence, Citation
from assistant.records.query import Query
from assistant.text.sanitize import sanitize_line, shorten_line
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

LONGEST_SNIPPET = 160  # characters of a nearest passage
SUPPORT_WORDS = {
    "verbatim": "verbatim",
    "supported": "supported",
    "unsupported": "unsupported: no source says this",
}


class NumberedText(Static):
    """Text of the answer to question number `ask`, in which a click on a number opens that source."""

    def __init__(
        self, content: Content, question_number: int, citations: Sequence[Citation], *, classes: str = ""
    ) -> None:
        super().__init__(content, classes=classes)
        self.question_number = question_number
        self.citations = tuple(citations)

    def on_click(self, event: Click) -> None:
        n = find_number_at(event.style)
        chosen = next((cited for cited in self.citations if cited.n == n), self.default_citation())
        if chosen is not None:
            event.stop()
            self.post_message(CitationChosen(self.question_number, chosen))

    def default_citation(self) -> Citation | None:
        """What a click beside the numbers opens."""
        return None

    def mark(self, citation: Citation | None) -> None:
        """Show that this is the source which is open."""


class CitedText(NumberedText):
    """Text that rests on these citations: a click anywhere opens the first, and it is marked while one is open."""

    def default_citation(self) -> Citation | None:
        """The first of the citations, if there are any."""
        return self.citations[0] if self.citations else None

    def mark(self, citation: Citation | None) -> None:
        """Show whether the open source is one of these."""
        self.set_class(citation is not None and citation in self.citations, "-open")


class NotesView(NumberedText):
    """What must be known of the answer as a whole, a line each."""

    def __init__(self, notes: Sequence[str], question_number: int, citations: Sequence[Citation]) -> None:
        text = link_numbers(Content("\n".join(map(sanitize_line, notes))))
        super().__init__(text, question_number, citations, classes="notes")


class SourceHeading(Static):
    """Title, outlet, day and age, above the sentences that come from there."""

    def __init__(self, cited: Citation, now: date) -> None:
        super().__init__(render_source(cited, now))


class Sentence(CitedText):
    """A sentence in its source's own words, those that answer in bold."""

    def __init__(
        self, question_number: int, query: Query | None, sentence: AnswerSentence, cited: Citation, with_speaker: bool
    ) -> None:
        """`who` says whether its speaker is to be named behind it, where it is not named before it."""
        before = format_attribution(query, cited)
        unnamed = cited.speaker and not before and not names_speaker(cited)
        behind = f" — {sanitize_line(cited.speaker or '')}" if with_speaker and unnamed else ""
        content = Content.assemble(
            (before, "bold"), highlight(cited), " ", render_numbers(sentence.citations), (behind, "dim")
        )
        super().__init__(content, question_number, (cited,))
        self.citation = cited


class WrittenSentence(CitedText):
    """A sentence that somebody else worded, with what it rests on and how well, in a sign and a word."""

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


class NearestPassage(CitedText):
    """A passage that is near to a question which nothing answers: its source and how it begins."""

    def __init__(self, question_number: int, cited: Citation, now: date) -> None:
        number = render_numbers((cited.n,))
        who = f"{sanitize_line(cited.speaker)}: " if cited.speaker and not names_speaker(cited) else ""
        start = shorten_line(cited.quote, LONGEST_SNIPPET)
        content = Content.assemble(number, " ", render_source(cited, now), "\n", (who, "bold"), (start, "dim"))
        super().__init__(content, question_number, (cited,))


def is_verbatim(sentence: AnswerSentence, citations: Sequence[Citation]) -> bool:
    """Whether a sentence is nothing but the words of the one source that it cites."""
    if sentence.support != "verbatim" or len(citations) != 1:
        return False
    return " ".join(sentence.text.split()) == " ".join(citations[0].quote.split())
