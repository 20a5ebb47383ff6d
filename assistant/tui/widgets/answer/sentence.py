"""Lines of an answer that lead to sources: a sentence, the heading of its source, remarks, a nearest passage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from assistant.records.answer import AnswerSentence, Citation
from assistant.records.query import Query
from assistant.text.sanitize import one_line, shortened
from assistant.tui.citation_text import (
    SIGN_STYLES,
    SIGNS,
    attributed,
    marked,
    names_speaker,
    number_at,
    numbers,
    source,
    with_numbers,
)
from assistant.tui.messages import CitationChosen

LONGEST_SNIPPET = 160  # characters of a nearest passage
SUPPORT_TOLD = {
    "verbatim": "verbatim",
    "supported": "supported",
    "unsupported": "unsupported: no source says this",
}


class Leading(Static):
    """Text of the answer to question number `ask`, in which a click on a number opens that source."""

    def __init__(self, content: Content, ask: int, citations: Sequence[Citation], *, classes: str = "") -> None:
        super().__init__(content, classes=classes)
        self.ask = ask
        self.citations = tuple(citations)

    def on_click(self, event: Click) -> None:
        n = number_at(event.style)
        chosen = next((cited for cited in self.citations if cited.n == n), self.beside())
        if chosen is not None:
            event.stop()
            self.post_message(CitationChosen(self.ask, chosen))

    def beside(self) -> Citation | None:
        """What a click beside the numbers opens."""
        return None

    def mark(self, citation: Citation | None) -> None:
        """Show that this is the source which is open."""


class Cited(Leading):
    """Text that rests on these citations: a click anywhere opens the first, and it is marked while one is open."""

    def beside(self) -> Citation | None:
        """The first of the citations, if there are any."""
        return self.citations[0] if self.citations else None

    def mark(self, citation: Citation | None) -> None:
        """Show whether the open source is one of these."""
        self.set_class(citation is not None and citation in self.citations, "-open")


class Remarks(Leading):
    """What must be known of the answer as a whole, a line each."""

    def __init__(self, remarks: Sequence[str], ask: int, citations: Sequence[Citation]) -> None:
        text = with_numbers(Content("\n".join(map(one_line, remarks))))
        super().__init__(text, ask, citations, classes="notes")


class SourceHeading(Static):
    """Title, outlet, day and age, above the sentences that come from there."""

    def __init__(self, cited: Citation, now: date) -> None:
        super().__init__(source(cited, now))


class Sentence(Cited):
    """A sentence in its source's own words, those that answer in bold."""

    def __init__(self, ask: int, query: Query | None, sentence: AnswerSentence, cited: Citation, who: bool) -> None:
        """`who` says whether its speaker is to be named behind it, where it is not named before it."""
        before = attributed(query, cited)
        unnamed = cited.speaker and not before and not names_speaker(cited)
        behind = f" — {one_line(cited.speaker or '')}" if who and unnamed else ""
        content = Content.assemble((before, "bold"), marked(cited), " ", numbers(sentence.citations), (behind, "dim"))
        super().__init__(content, ask, (cited,))
        self.citation = cited


class WrittenSentence(Cited):
    """A sentence that somebody else worded, with what it rests on and how well, in a sign and a word."""

    def __init__(self, ask: int, sentence: AnswerSentence, citations: Sequence[Citation]) -> None:
        text = one_line(sentence.text)
        marks = "".join(f"[{n}]" for n in sentence.citations if f"[{n}]" not in text)
        support = sentence.support
        content = Content.assemble(
            (f"{SIGNS[support]} ", SIGN_STYLES[support]),
            with_numbers(Content(f"{text} {marks}".rstrip())),
            (f"  {SUPPORT_TOLD[support]}", SIGN_STYLES[support] if support == "unsupported" else "dim"),
        )
        super().__init__(content, ask, citations, classes=f"-{support}")


class Nearest(Cited):
    """A passage that is near to a question which nothing answers: its source and how it begins."""

    def __init__(self, ask: int, cited: Citation, now: date) -> None:
        number = numbers((cited.n,))
        who = f"{one_line(cited.speaker)}: " if cited.speaker and not names_speaker(cited) else ""
        start = shortened(cited.quote, LONGEST_SNIPPET)
        content = Content.assemble(number, " ", source(cited, now), "\n", (who, "bold"), (start, "dim"))
        super().__init__(content, ask, (cited,))


def in_own_words(sentence: AnswerSentence, citations: Sequence[Citation]) -> bool:
    """Whether a sentence is nothing but the words of the one source that it cites."""
    if sentence.support != "verbatim" or len(citations) != 1:
        return False
    return " ".join(sentence.text.split()) == " ".join(citations[0].quote.split())
