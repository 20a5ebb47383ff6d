"""The command palette: every action that is possible now, by its name on the key bar and by what people call it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from assistant.text.words import fold
from assistant.tui.commands.synonyms import list_synonyms
from assistant.tui.keys import PaletteCommand, list_commands

FUZZY_FROM = 3  # letters that a query needs to be compared fuzzily
# What a query matches, from best to worst.
NAME_BEGINS, WORD_OF_NAME, OTHER_WORD, WORD_OF_EXPLANATION, FUZZY = 5.0, 4.0, 3.0, 2.0, 1.0
LATER_WORD = 0.01  # less for each word before the one that matches: what people say most often stands first
# Where a command leads to another screen. They stand first before anything is typed: a key bar that is narrow leaves
# them out, and who uses a mouse should not have to look for them.
PLACES = ("library", "conversations", "index", "settings", "dossier", "news", "draft")


@dataclass(frozen=True, slots=True)
class CommandScore:
    """How well a command matches a query: 0 not at all."""

    command: PaletteCommand
    score: float


def score_command(command: PaletteCommand, query: str) -> float:
    """How well the words of a query match a command's name, other names or explanation; 0 if one does not match."""
    words = fold(query).split()
    name = fold(command.title)
    if name.startswith(" ".join(words)):
        return NAME_BEGINS
    levels = (
        (WORD_OF_NAME, name.split()),
        (OTHER_WORD, list_synonyms(command.action)),
        (WORD_OF_EXPLANATION, fold(command.description.replace(":", " ").replace(",", " ")).split()),
    )
    return min((_score_word(word, levels) for word in words), default=0.0)


def _score_word(word: str, levels: Sequence[tuple[float, Sequence[str]]]) -> float:
    """The best level at which a text begins with this word; a bit less for each text before it."""
    return max(
        (
            level - place * LATER_WORD
            for level, texts in levels
            for place, text in enumerate(texts)
            if text.startswith(word)
        ),
        default=0.0,
    )


def find_commands(commands: Iterable[PaletteCommand], query: str) -> list[CommandScore]:
    """The commands that match, best first; those of the same score in their order."""
    scored = [CommandScore(command, score_command(command, query)) for command in commands]
    return sorted((one for one in scored if one.score), key=lambda one: -one.score)


def order_commands(commands: Iterable[PaletteCommand]) -> list[PaletteCommand]:
    """All commands, those that lead to another screen first, else in their order."""
    places = {action: number for number, action in enumerate(PLACES)}
    return sorted(commands, key=lambda one: places.get(one.action, len(PLACES)))


class CommandProvider(Provider):
    """Gives the palette the commands of the screen below it."""

    def _list_commands(self) -> list[PaletteCommand]:
        app: App[Any] = self.app
        keyless = [command for node in (self.screen, app) for command in getattr(node, "list_keyless_commands", list)()]
        return [*list_commands(app, self.screen), *keyless]

    def _make_display(self, command: PaletteCommand) -> Content:
        key = Content.styled(f"  {command.key}", "dim") if command.key else Content("")
        return Content.assemble(Content.styled(command.title, "bold"), key)

    def _make_callback(self, command: PaletteCommand) -> partial[Any]:
        return partial(self.app.run_action, command.action, command.node)

    async def discover(self) -> Hits:
        """All commands: the other screens, then in the order of the key bar."""
        # The palette sorts by the text of equal hits, in reverse.
        commands = order_commands(self._list_commands())
        for number, command in enumerate(commands):
            yield DiscoveryHit(
                self._make_display(command),
                self._make_callback(command),
                text=f"{len(commands) - number:04} {command.title}",
                help=_escape(command.description),
            )

    async def search(self, query: str) -> Hits:
        """The commands that match what is typed; by resemblance if none does."""
        commands = self._list_commands()
        found = find_commands(commands, query)
        if not found and len(query) >= FUZZY_FROM:
            matcher = self.matcher(query)
            found = [CommandScore(one, FUZZY) for one in commands if matcher.match(one.title) > 0]
        for number, one in enumerate(found):
            yield Hit(
                one.score - number / 10_000,
                self._make_display(one.command),
                self._make_callback(one.command),
                text=one.command.title,
                help=_escape(one.command.description),
            )


def _escape(text: str) -> str:
    """Text as the palette's markup takes it literally."""
    return text.replace("[", "\\[")
