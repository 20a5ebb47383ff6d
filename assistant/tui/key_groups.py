"""The table of all classes whose keys the help lists. Imports the whole interface, so import it only for the help."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import Screen

from assistant.tui.dialogs.add import AddScreen
from assistant.tui.dialogs.confirm import ConfirmScreen
from assistant.tui.dialogs.edit_value import EditValueScreen
from assistant.tui.dialogs.help import HelpScreen
from assistant.tui.dialogs.marks import MarksScreen
from assistant.tui.drafting.screen import DraftScreen
from assistant.tui.keys import BindingOwners, KeyGroup, group_keys
from assistant.tui.screens.article import ArticleScreen
from assistant.tui.screens.ask import AskScreen
from assistant.tui.screens.conversations import ConversationList, ConversationsScreen
from assistant.tui.screens.dossier import DossierScreen
from assistant.tui.screens.filtering import FilteringScreen
from assistant.tui.screens.index import IndexScreen
from assistant.tui.screens.library import LibraryScreen
from assistant.tui.screens.news import NewsScreen
from assistant.tui.screens.reading import ReadingScreen
from assistant.tui.screens.settings import SettingsScreen, SettingsTable
from assistant.tui.widgets.answer.conversation import ConversationView
from assistant.tui.widgets.build.build_list import BuildList
from assistant.tui.widgets.common.filter_box import FilterBox
from assistant.tui.widgets.common.table import Table
from assistant.tui.widgets.library.articles_panel import ArticlesPanel
from assistant.tui.widgets.library.search_panel import SearchPanel
from assistant.tui.widgets.library.speakers_panel import SpeakersPanel
from assistant.tui.widgets.library.stories_panel import StoriesPanel
from assistant.tui.widgets.prompt.follow_ups import FollowUps
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.sources.panes import Panes
from assistant.tui.widgets.sources.sources import SourcesPane

BINDING_OWNERS = (
    BindingOwners("Asking", (AskScreen, FilteringScreen)),
    BindingOwners("Answers and sources", (ReadingScreen, ConversationView, Panes, SourcesPane)),
    BindingOwners("Question box", (Prompt,)),
    BindingOwners("Follow-up questions", (FollowUps,)),
    BindingOwners("Library", (LibraryScreen,)),
    BindingOwners("Articles", (ArticlesPanel,)),
    BindingOwners("Speakers", (SpeakersPanel,)),
    BindingOwners("Stories", (StoriesPanel,)),
    BindingOwners("Search", (SearchPanel,)),
    BindingOwners("Article", (ArticleScreen,)),
    BindingOwners("Index", (IndexScreen, BuildList), is_for_owner=True),
    BindingOwners("Conversations", (ConversationsScreen, ConversationList)),
    BindingOwners("Dossier", (DossierScreen,), is_for_owner=True),
    BindingOwners("Checking a draft", (DraftScreen,), is_for_owner=True),
    BindingOwners("News and standing questions", (NewsScreen,), is_for_owner=True),
    BindingOwners("Marks", (MarksScreen,), is_for_owner=True),
    BindingOwners("Adding", (AddScreen,), is_for_owner=True),
    BindingOwners("Settings", (SettingsScreen, SettingsTable), is_for_owner=True),
    BindingOwners("Filtering a list", (FilterBox,)),
    BindingOwners("Lists", (Table,)),
    BindingOwners("Confirmation", (ConfirmScreen,)),
    BindingOwners("Changing a setting", (EditValueScreen,), is_for_owner=True),
    BindingOwners("Help", (HelpScreen,)),
)
"""The app is missing here: its keys work everywhere, and `group_keys` takes them from the running app."""


def list_key_groups(app: App[Any], screen: Screen[Any]) -> list[KeyGroup]:
    """All keys in groups, those of `screen` first."""
    return group_keys(app, screen, BINDING_OWNERS)
