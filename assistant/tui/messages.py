"""Messages from workers and widgets to screens and the app. Workers never change a widget: they post a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from textual.message import Message

from assistant.conversations.store import ResumedConversation
from assistant.errors import ConfigError
from assistant.presentation.build_progress import StageProgress
from assistant.presentation.question_filter import QuestionFilter
from assistant.records.answer import AskEvent, Citation, Turn
from assistant.records.article import CitedArticle, Notice, Span
from assistant.records.build import BuildReport, PendingChanges
from assistant.records.checks import QuoteCheck
from assistant.records.conversation import LibraryKey, SavedConversation
from assistant.records.library import LibraryStatistics, LibrarySummary
from assistant.suggestions.completion import Completer
from assistant.tui.state import LibraryFault

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource
    from assistant.config.schema import Config  # imports pydantic, which would delay the first frame


class LibraryReady(Message):
    """The library is open and everything is loaded. `summary` is one line; `figures` are its statistics."""

    def __init__(self, summary: str, figures: Mapping[str, Any]) -> None:
        super().__init__()
        self.summary = summary
        self.figures = figures


class SettingsFailed(Message):
    """The settings cannot be used, so the app cannot start."""

    def __init__(self, error: ConfigError) -> None:
        super().__init__()
        self.error = error


class SettingChanged(Message):
    """The settings have changed. `summary` says what has changed and when it takes effect."""

    def __init__(self, config: Config, settings_source: SettingsSource, summary: str) -> None:
        super().__init__()
        self.config = config
        self.settings_source = settings_source
        self.summary = summary


class LibraryFailed(Message):
    """The library cannot be used. `reason` says why and what to do."""

    def __init__(self, reason: str, fault: LibraryFault) -> None:
        super().__init__()
        self.reason = reason
        self.fault = fault


class AskProgress(Message):
    """The next event of the answer to question `question_number`."""

    def __init__(self, question_number: int, event: AskEvent) -> None:
        super().__init__()
        self.question_number = question_number
        self.event = event


class AskFailed(Message):
    """An error ended the answer to question `question_number`."""

    def __init__(self, question_number: int, reason: str) -> None:
        super().__init__()
        self.question_number = question_number
        self.reason = reason


class BuildWanted(Message):
    """The user wants the index updated or rebuilt."""

    def __init__(self, *, rebuild: bool) -> None:
        super().__init__()
        self.rebuild = rebuild


class FirstStepReady(Message):
    """There is no index, but there are articles to build one from, so the next step can have the focus."""


class FolderWanted(Message):
    """The user wants the articles of another folder: in this run, or, if `is_permanent`, also in later ones."""

    def __init__(self, folder: Path, *, is_permanent: bool) -> None:
        super().__init__()
        self.folder = folder
        self.is_permanent = is_permanent


class BuildProgress(Message):
    """The progress of a build: its stages so far. The last one is still running."""

    def __init__(self, stages: tuple[StageProgress, ...]) -> None:
        super().__init__()
        self.stages = stages


class BuildEnded(Message):
    """A build has ended.

    `outcome` is its report, None if it was stopped, or the reason if it failed.
    """

    def __init__(
        self,
        outcome: BuildReport | str | None,
        stages: tuple[StageProgress, ...] = (),
        notices: tuple[Notice, ...] = (),
    ) -> None:
        super().__init__()
        self.outcome = outcome
        self.stages = stages
        self.notices = notices


class ChangesFound(Message):
    """Check `check_number` has compared the files with the index. `changes` is None if that is not possible.

    `articles` are the folders and files in the settings.
    """

    def __init__(self, check_number: int, changes: PendingChanges | None, articles: tuple[Path, ...]) -> None:
        super().__init__()
        self.check_number = check_number
        self.changes = changes
        self.articles = articles


class LastConversationFound(Message):
    """The conversation of this library that was saved last; None if there is none."""

    def __init__(self, conversation: SavedConversation | None) -> None:
        super().__init__()
        self.conversation = conversation


class CitationChosen(Message):
    """The source of this citation of the answer to question `question_number` should be open.

    `by_user` is False where nobody chose it: the first source of a new answer.
    """

    def __init__(self, question_number: int, citation: Citation, *, by_user: bool = True) -> None:
        super().__init__()
        self.by_user = by_user
        self.question_number = question_number
        self.citation = citation


class ArticleLoaded(Message):
    """The article of a chosen citation has been read. `cited` is None if the library has that text no longer."""

    def __init__(self, citation: Citation, cited: CitedArticle | None) -> None:
        super().__init__()
        self.citation = citation
        self.cited = cited


class QuestionWanted(Message):
    """The user has begun a question on another screen and wants to complete it in the question box."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class QuoteWanted(Message):
    """Whether the library has these words, and whose they are, should be checked."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class ArticleWanted(Message):
    """The user wants to read an article.

    `marks` are spans of its text to highlight; the first one is scrolled into view. `marks_label` says what they are.
    If there are `search_words`, every match is highlighted instead, and the first of `marks` is still the one in view.
    """

    def __init__(
        self, article_id: str, marks: Sequence[Span] = (), marks_label: str = "", search_words: str = ""
    ) -> None:
        super().__init__()
        self.article_id = article_id
        self.marks = tuple(marks)
        self.marks_label = marks_label
        self.search_words = search_words


class ScopeWanted(Message):
    """The user wants the next questions answered from these articles only. `label` names them."""

    def __init__(self, article_ids: Sequence[str], label: str) -> None:
        super().__init__()
        self.article_ids = tuple(article_ids)
        self.label = label


class ArticlesChosen(Message):
    """A filter lets these articles through; `question` is to be asked of them, unless it is empty."""

    def __init__(self, wanted: QuestionFilter, article_ids: Sequence[str], question: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.article_ids = tuple(article_ids)
        self.question = question


class LibrarySummaryReady(Message):
    """A summary of the library, and a completer for the names in it."""

    def __init__(self, summary: LibrarySummary, completer: Completer) -> None:
        super().__init__()
        self.summary = summary
        self.completer = completer


class StatisticsReady(Message):
    """The library screen has loaded everything that it lists; `figures` are the statistics of the library."""

    def __init__(self, figures: LibraryStatistics) -> None:
        super().__init__()
        self.figures = figures


class StartersFound(Message):
    """Questions that the library can answer, for the welcome screen."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self.questions = tuple(questions)


class FollowUpsFound(Message):
    """Follow-up questions for the answer to question `question_number`."""

    def __init__(self, question_number: int, questions: Sequence[str]) -> None:
        super().__init__()
        self.question_number = question_number
        self.questions = tuple(questions)


class QuoteChecked(Message):
    """The result of quotation check `number`, or the reason why it failed."""

    def __init__(self, number: int, check: QuoteCheck | str) -> None:
        super().__init__()
        self.number = number
        self.check = check


class ConversationsListed(Message):
    """The saved conversations that match the search, or the reason why they cannot be read.

    `library` is the open one.
    """

    def __init__(self, number: int, conversations: tuple[SavedConversation, ...] | str, library: LibraryKey) -> None:
        super().__init__()
        self.number = number
        self.conversations = conversations
        self.library = library


ReadPurpose = Literal["preview", "resume", "export"]


class ConversationRead(Message):
    """The turns of a saved conversation have been read. `purpose` says what for."""

    def __init__(
        self, conversation: SavedConversation, turns: tuple[Turn, ...], library: LibraryKey, purpose: ReadPurpose
    ) -> None:
        super().__init__()
        self.conversation = conversation
        self.turns = turns
        self.library = library
        self.purpose = purpose


class ConversationWanted(Message):
    """The user wants to resume a saved conversation."""

    def __init__(self, resumed: ResumedConversation) -> None:
        super().__init__()
        self.resumed = resumed


class ConversationDeleted(Message):
    """A saved conversation was deleted."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__()
        self.conversation_id = conversation_id


class NewConversationWanted(Message):
    """The user wants to begin a new conversation."""


class TypedElsewhere(Message):
    """Somebody has begun to type a question on a screen that has no box for it: `text` so far."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ExportWanted(Message):
    """The user wants to save these turns as a file, all of them or only `turn`.

    `title` is the title that the user gave the conversation, if any.
    """

    def __init__(self, turns: tuple[Turn, ...], title: str | None, turn: Turn | None) -> None:
        super().__init__()
        self.turns = turns
        self.title = title
        self.turn = turn


class Exported(Message):
    """An export was written to `path`, or `problem` says why not. `exists` if it would replace a file."""

    def __init__(self, path: Path, problem: str | None = None, exists: bool = False) -> None:
        super().__init__()
        self.path = path
        self.problem = problem
        self.exists = exists
