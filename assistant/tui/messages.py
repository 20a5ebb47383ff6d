"""What workers and widgets tell the app. Workers never touch a widget: they post one of these."""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from assistant.completing import Completer
from assistant.records import Article, AskEvent, BuildEvent, BuildReport, Citation, Holdings, QuoteCheck


class LibraryReady(Message):
    """The library is open and everything is loaded; `summary` is a line about what it holds."""

    def __init__(self, summary: str) -> None:
        super().__init__()
        self.summary = summary


class LibraryFailed(Message):
    """The library cannot be used; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class AskProgress(Message):
    """Something about the answer to question number `ask`."""

    def __init__(self, ask: int, event: AskEvent) -> None:
        super().__init__()
        self.ask = ask
        self.event = event


class AskFailed(Message):
    """Question number `ask` could not be answered because something is wrong."""

    def __init__(self, ask: int, reason: str) -> None:
        super().__init__()
        self.ask = ask
        self.reason = reason


class BuildProgress(Message):
    """How a build is doing."""

    def __init__(self, event: BuildEvent) -> None:
        super().__init__()
        self.event = event


class BuildEnded(Message):
    """A build is over: with a report, stopped (None), or failed for a reason."""

    def __init__(self, outcome: BuildReport | str | None) -> None:
        super().__init__()
        self.outcome = outcome


class CitationChosen(Message):
    """The user wants to see the source of this citation, which is one of the answer to question number `ask`."""

    def __init__(self, ask: int, citation: Citation) -> None:
        super().__init__()
        self.ask = ask
        self.citation = citation


class ArticleLoaded(Message):
    """The article of a chosen citation has been read; None if it is no longer in the library."""

    def __init__(self, citation: Citation, article: Article | None) -> None:
        super().__init__()
        self.citation = citation
        self.article = article


class QuestionWanted(Message):
    """A question that the user has begun elsewhere ("about this article") is to be offered for completing."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class HoldingsKnown(Message):
    """What the library holds, and a lookup of its names for completing them."""

    def __init__(self, holdings: Holdings, completer: Completer) -> None:
        super().__init__()
        self.holdings = holdings
        self.completer = completer


class Suggested(Message):
    """Questions that the library answers, for an empty screen."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self.questions = tuple(questions)


class QuoteChecked(Message):
    """The check of quotation number `number`, or why there is none."""

    def __init__(self, number: int, check: QuoteCheck | str) -> None:
        super().__init__()
        self.number = number
        self.check = check
