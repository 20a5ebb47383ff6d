"""The part of the screen for asking that limits questions to some articles, and shows the limits above the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from assistant.errors import QuestionError
from assistant.presentation.filtering import choose_speaker
from assistant.presentation.question_filter import QuestionFilter, choose_articles, read_filter_words
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line
from assistant.tui.backend import Opener, describe_error
from assistant.tui.messages import ArticlesChosen
from assistant.tui.screens.typing import TypingScreen
from assistant.tui.widgets.prompt.prompt import Prompt
from assistant.tui.widgets.prompt.scope import ScopeLine

NO_FILTER = QuestionFilter()


class FilteringScreen(TypingScreen):
    """Asks only the articles that the filters above the prompt let through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "filter", "Filter", tooltip="Ask only some articles: outlet, days, folder, speaker, tag"),
        Binding("backspace", "remove_chip", show=False, tooltip="In the empty question box: remove the last filter"),
    ]

    def __init__(self, open_backend: Opener) -> None:
        super().__init__(open_backend)
        self.scope = ScopeLine()
        self._filter = QuestionFilter()

    def action_filter(self) -> None:
        """Choose which articles are asked."""
        from assistant.tui.dialogs.filters import FilterScreen

        self.app.push_screen(FilterScreen(self._filter), self._apply_filter)

    def _apply_filter(self, wanted: QuestionFilter | None) -> None:
        if wanted is not None:
            self.use_filter(wanted)

    def use_filter(self, wanted: QuestionFilter, question: str = "") -> None:
        """Ask only what this filter lets through; then ask `question`, if there is one."""
        if wanted.chips:
            self._choose_articles(wanted, question)
        else:
            self.widen_scope()

    def take_filter_words(self, text: str) -> str | None:
        """The question in what was typed; None if filters were typed too, which are then applied first."""
        try:
            question, found = read_filter_words(text)
        except QuestionError as error:
            self._reject_filter(text, str(error))
            return None
        if not found.chips:
            return text
        self.use_filter(self._filter | found, question)
        return None

    @work(thread=True, exclusive=True, group="filter")
    def _choose_articles(self, wanted: QuestionFilter, question: str) -> None:
        try:
            catalog = self._open_backend().catalog()

            def find_quoting(name: str) -> set[str]:
                page = catalog.speaker_page(choose_speaker(catalog.speakers(), name).name)
                return {said.article_id for said in page.statements}

            chosen = choose_articles(wanted, catalog.articles(), find_quoting, catalog.find_tagged)
            self.post_message(ArticlesChosen(wanted, chosen, question))
        except Exception as error:
            self.app.call_from_thread(self._reject_filter, question, describe_error(error))

    def _reject_filter(self, question: str, reason: str) -> None:
        self.notify(sanitize_line(reason), title="Filter not applied", severity="warning", markup=False, timeout=15)
        self.query_one(Prompt).restore_question(question)

    @on(ArticlesChosen)
    async def _use_chosen_articles(self, message: ArticlesChosen) -> None:
        self.narrow_scope(message.article_ids, count_noun(len(message.article_ids), "article"), message.wanted)
        if message.question:
            await self.ask_question(message.question)

    async def ask_question(self, question: str) -> None:
        """Ask a question; subclasses do."""
        raise NotImplementedError

    def narrow_scope(self, article_ids: Sequence[str], label: str, wanted: QuestionFilter = NO_FILTER) -> None:
        """Answer the next questions from these articles only; `label` names them, `wanted` is why it is these."""
        self._filter = wanted
        self.clear_follow_ups()  # these articles may not answer them
        self.scope.show_scope(article_ids, label, wanted.chips)
        self.conversation.welcome.offer_for(all_articles=False)
        self.query_one(Prompt).focus()
        self.refresh_bindings()

    def action_remove_chip(self) -> None:
        """Remove the last filter. Raises SkipAction if there is none, or if a text is being typed."""
        prompt = self.query_one(Prompt)
        if not self._filter.chips or not prompt.has_focus or prompt.value:
            raise SkipAction
        self.use_filter(self._filter.without(-1))

    @on(ScopeLine.ChipRemoved)
    def _remove_chip(self, message: ScopeLine.ChipRemoved) -> None:
        self.use_filter(self._filter.without(message.place))

    @on(ScopeLine.ScopeRemoved)
    def widen_scope(self) -> None:
        """Answer the next questions from all articles."""
        self._filter = QuestionFilter()
        self.scope.show_scope(None)
        self.conversation.welcome.offer_for(all_articles=True)
        self.refresh_bindings()
