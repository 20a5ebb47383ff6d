"""What workers and widgets tell the app. Workers never touch a widget: they post one of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.message import Message

from assistant.conversations.store import ResumedConversation
from assistant.errors import ConfigError
from assistant.presentation.build_progress import StageProgress
from assistant.records.answer import AskEvent, Citation, Turn
from assistant.records.article import Article, Notice, Span
from assistant.records.build import BuildReport, PendingChanges
from assistant.records.conversation import SavedConversation
from assistant.records.library import LibrarySummary
from assistant.records.quote import QuoteCheck
from assistant.suggestions.completion import Completer
from assistant.tui.state import LibraryFault

if TYPE_CHECKING:
    from assistant.config.editor import SettingsSource
    from assistant.config.schema import Config  # brings pydantic: not on the way to the first frame


class LibraryReady(Message):
    """The library is open and everything is loaded; `summary` is a line about what it holds, `figures` its stats."""

    def __init__(self, summary: str, figures: Mapping[str, Any]) -> None:
        super().__init__()
        self.summary = summary
        self.figures = figures


class SettingsFailed(Message):
    """The settings cannot be used: there is nothing to begin with."""

    def __init__(self, error: ConfigError) -> None:
        super().__init__()
        self.error = error


class SettingChanged(Message):
    """The settings as they are after a change; `told` says what was changed, and from when it counts."""

    def __init__(self, config: Config, settings_source: SettingsSource, summary: str) -> None:
        super().__init__()
        self.config = config
        self.settings_source = settings_source
        self.summary = summary


class LibraryFailed(Message):
    """The library cannot be used; `reason` says why and what to do."""

    def __init__(self, reason: str, fault: LibraryFault) -> None:
        super().__init__()
        self.reason = reason
        self.fault = fault


class AskProgress(Message):
    """Something about the answer to question number `ask`."""

    def __init__(self, question_number: int, event: AskEvent) -> None:
        super().__init__()
        self.question_number = question_number
        self.event = event


class AskFailed(Message):
    """Question number `ask` could not be answered because something is wrong."""

    def __init__(self, question_number: int, reason: str) -> None:
        super().__init__()
        self.question_number = question_number
        self.reason = reason


class BuildWanted(Message):
    """The index is to be built, or rebuilt."""

    def __init__(self, *, rebuild: bool) -> None:
        super().__init__()
        self.rebuild = rebuild


class FirstStepReady(Message):
    """There is no index, but articles to build one from: one key can lead on."""


class FolderWanted(Message):
    """The articles are to be those of another folder: from now on, or if not `kept`, in this run."""

    def __init__(self, folder: Path, *, is_permanent: bool) -> None:
        super().__init__()
        self.folder = folder
        self.is_permanent = is_permanent


class BuildProgress(Message):
    """How a build is doing: its stages so far, the last one under way."""

    def __init__(self, stages: tuple[StageProgress, ...]) -> None:
        super().__init__()
        self.stages = stages


class BuildEnded(Message):
    """A build is over: with a report, stopped (None), or failed for a reason; its stages, and notices on files."""

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
    """What changed in the files since the build, as seen by look number `look`; None where that cannot be said.

    `articles` are the folders and files that the settings name.
    """

    def __init__(self, check_number: int, changes: PendingChanges | None, articles: tuple[Path, ...]) -> None:
        super().__init__()
        self.check_number = check_number
        self.changes = changes
        self.articles = articles


class CitationChosen(Message):
    """The user wants to see the source of this citation, which is one of the answer to question number `ask`."""

    def __init__(self, question_number: int, citation: Citation) -> None:
        super().__init__()
        self.question_number = question_number
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


class ArticleWanted(Message):
    """An article is to be opened for reading.

    `marks` are offsets into its text, the first of which is to be in view, and `about` says what they are. Where the
    article holds more of what was `searched` for, that is to be marked too.
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
    """The next questions are to be asked of these articles only; `label` says which they are."""

    def __init__(self, article_ids: Sequence[str], label: str) -> None:
        super().__init__()
        self.article_ids = tuple(article_ids)
        self.label = label


class LibrarySummaryReady(Message):
    """What the library holds, and a lookup of its names for completing them."""

    def __init__(self, summary: LibrarySummary, completer: Completer) -> None:
        super().__init__()
        self.summary = summary
        self.completer = completer


class StartersFound(Message):
    """Questions that the library answers, for an empty screen."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self.questions = tuple(questions)


class FollowUpsFound(Message):
    """Questions that lead on from the answer to question number `ask`."""

    def __init__(self, question_number: int, questions: Sequence[str]) -> None:
        super().__init__()
        self.question_number = question_number
        self.questions = tuple(questions)


class QuoteChecked(Message):
    """The check of quotation number `number`, or why there is none."""

    def __init__(self, number: int, check: QuoteCheck | str) -> None:
        super().__init__()
        self.number = number
        self.check = check


class ConversationsListed(Message):
    """The saved conversations that hold the words looked for, or why they cannot be read; `library` is the open one."""

    def __init__(self, number: int, conversations: tuple[SavedConversation, ...] | str, library: str) -> None:
        super().__init__()
        self.number = number
        self.conversations = conversations
        self.library = library


class ConversationRead(Message):
    """The turns of a saved conversation have been read, to be looked at or, if `resume`, to go on with."""

    def __init__(
        self, conversation: SavedConversation, turns: tuple[Turn, ...], library: str, resume: bool = False
    ) -> None:
        super().__init__()
        self.conversation = conversation
        self.turns = turns
        self.library = library
        self.resume = resume


class ConversationWanted(Message):
    """A saved conversation is to be gone on with."""

    def __init__(self, resumed: ResumedConversation) -> None:
        super().__init__()
        self.resumed = resumed


class ConversationDeleted(Message):
    """A saved conversation was deleted."""

    def __init__(self, conversation_id: str) -> None:
        super().__init__()
        self.conversation_id = conversation_id


class NewConversationWanted(Message):
    """A new conversation is to begin."""


class ExportWanted(Message):
    """These turns are to be saved as a file, all of them or `turn` alone; `title` where somebody gave them one."""

    def __init__(self, turns: tuple[Turn, ...], title: str | None, turn: Turn | None) -> None:
        super().__init__()
        self.turns = turns
        self.title = title
        self.turn = turn


class Exported(Message):
    """An export was written to `path`, or why it was not; `exists` where it would replace a file."""

    def __init__(self, path: Path, problem: str | None = None, exists: bool = False) -> None:
        super().__init__()
        self.path = path
        self.problem = problem
        self.exists = exists
