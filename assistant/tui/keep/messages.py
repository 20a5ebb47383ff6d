"""Messages about what the user keeps, and about what happens to the files and feeds."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message

from assistant.records.answer import Citation
from assistant.records.article import Article
from assistant.records.library import ArticleRow
from assistant.records.marks import ArticleMarks, DossierEntry, MarkedArticle, Note, StandingFinding, StandingQuestion


class MarksListed(Message):
    """The marks of all articles, by the SHA-256 of the article."""

    def __init__(self, marks: Mapping[str, ArticleMarks]) -> None:
        super().__init__()
        self.marks = marks


class StarWanted(Message):
    """The user wants an article starred, or its star taken away."""

    def __init__(self, row: ArticleRow) -> None:
        super().__init__()
        self.row = row


class MarksWanted(Message):
    """The user wants to see and change the marks of an article; a note would be on `span` of its text."""

    def __init__(self, article_id: str, span: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.article_id = article_id
        self.span = span


class MarksRead(Message):
    """The marks and notes of an article have been read, to be changed."""

    def __init__(
        self, article: Article, marks: ArticleMarks, notes: tuple[Note, ...], span: tuple[int, int] | None
    ) -> None:
        super().__init__()
        self.article = article
        self.marks = marks
        self.notes = notes
        self.span = span


class MarksChanged(Message):
    """Marks have been changed; lists show them again. `build_is_due`: fields of an article have changed too."""

    def __init__(self, build_is_due: bool = False) -> None:
        super().__init__()
        self.build_is_due = build_is_due


class ArticleOpened(Message):
    """An article was opened to be read."""

    def __init__(self, article: MarkedArticle) -> None:
        super().__init__()
        self.article = article


class QuotationKept(Message):
    """The user wants a citation of the answer to `question` in the dossier."""

    def __init__(self, citation: Citation, question: str) -> None:
        super().__init__()
        self.citation = citation
        self.question = question


class DossierListed(Message):
    """The entries of the dossier, each with what is wrong with it (None: verbatim), or why they cannot be read."""

    def __init__(self, entries: tuple[tuple[DossierEntry, str | None], ...] | str, follow: int | None) -> None:
        super().__init__()
        self.entries = entries
        self.follow = follow


class StandingListed(Message):
    """The standing questions and what they found, or why they cannot be read."""

    def __init__(self, questions: tuple[StandingQuestion, ...], findings: tuple[StandingFinding, ...] | str) -> None:
        super().__init__()
        self.questions = questions
        self.findings = findings


class NewsFound(Message):
    """Findings that were not shown yet, and what a build brought, in words; empty if nothing."""

    def __init__(self, findings: tuple[StandingFinding, ...], text: str = "") -> None:
        super().__init__()
        self.findings = findings
        self.text = text


class FilesOrFeedsChanged(Message):
    """Files have changed, or feeds have brought something, so that an update of the index may be due."""

    def __init__(self, problems: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.problems = problems


class SourceAdded(Message):
    """Adding has ended: how many things were added, the last line about them, and what failed."""

    def __init__(self, added: int, line: str, failures: tuple[str, ...]) -> None:
        super().__init__()
        self.added = added
        self.line = line
        self.failures = failures


class AddProgress(Message):
    """What is being fetched."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line
