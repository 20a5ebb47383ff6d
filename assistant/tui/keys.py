"""Every key of the interface and what it does, from the bindings of its own classes: nothing is written down twice."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import assistant.tui

EVERYWHERE = "Everywhere"
OWNER_TITLES = {
    "AssistantApp": EVERYWHERE,
    "Prompt": "The question",
    "AskScreen": "Asking",
    "CopyingScreen": "Answers and sources",
    "ConversationView": "Answers and sources",
    "Panes": "Answers and sources",
    "SourcesPane": "Answers and sources",
    "ArticleView": "Answers and sources",
    "QuoteScreen": "Checking a quotation",
    "QuestionHistoryScreen": "Earlier questions",
    "BuildList": "Index",
    "FollowUps": "Questions to go on with",
    "FilterBox": "Typing what a list is to hold",
    "ConfirmScreen": "A question to answer",
    "EditValueScreen": "A setting",
}
MOST_KEYS = 3  # for one thing, that are named one by one
TYPING_WIDGETS = frozenset({"Prompt"})  # whose keys are for typing in it: nobody looks for those by name


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """Keys as they stand on the keyboard, and what they do."""

    keys: str
    description: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The keys of one place; `here` where its user has come from."""

    title: str
    keys: tuple[KeyHelp, ...]
    is_current: bool = False


def find_binding_owners() -> Iterator[type[DOMNode]]:
    """The classes of the interface that have bindings of their own. Imports all of it."""
    for module in pkgutil.walk_packages(assistant.tui.__path__, "assistant.tui."):
        for one in vars(import_module(module.name)).values():
            mine = isinstance(one, type) and issubclass(one, DOMNode) and one.__module__ == module.name
            if mine and "BINDINGS" in vars(one):
                yield one


def list_documented_bindings(owner: type[DOMNode]) -> Iterator[Binding]:
    """Its bindings that a person should know of: those at the foot of the screen, and those with an explanation."""
    for binding in Binding.make_bindings(vars(owner)["BINDINGS"]):
        if binding.tooltip or binding.show:
            yield binding


def group_keys(app: App[Any], screen: Screen[Any]) -> list[KeyGroup]:
    """All keys, those of this screen and what is on it first, then those that work everywhere."""
    here = {one for node in (screen, *screen.walk_children()) for one in type(node).__mro__}
    found: dict[str, list[tuple[str, str]]] = {}
    present: set[str] = set()
    for owner in sorted(find_binding_owners(), key=lambda owner: (owner not in here, not issubclass(owner, Screen))):
        title = find_title(owner)
        keys = [(app.get_key_display(binding), explain_binding(binding)) for binding in list_documented_bindings(owner)]
        if keys:
            found.setdefault(title, []).extend(keys)
            if owner in here:
                present.add(title)
    found.setdefault(EVERYWHERE, []).append(
        (app.get_key_display(Binding(app.COMMAND_PALETTE_BINDING, "command_palette")), "Find any command by its name")
    )
    found[EVERYWHERE].append(("tab", "Go to the next part of the screen; shift+tab to the one before"))
    first = [title for title in found if title in present and title != EVERYWHERE]
    rest = [title for title in found if title not in present and title != EVERYWHERE]
    return [
        KeyGroup(title, tuple(_join_keys(found[title])), is_current=title in present)
        for title in (*first, EVERYWHERE, *rest)
    ]


def find_title(owner: type[DOMNode]) -> str:
    """What the place is called in which these keys work."""
    named = OWNER_TITLES.get(owner.__name__)
    if named:
        return named
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", owner.__name__.removesuffix("Screen").removesuffix("Panel"))
    return words.capitalize()


def explain_binding(binding: Binding) -> str:
    """What a key does; where it does so is said by its group."""
    text = binding.tooltip or binding.description
    place, colon, what = text.partition(": ")
    return what[:1].upper() + what[1:] if colon and place.startswith("In ") else text


def _join_keys(keys: Iterable[tuple[str, str]]) -> Iterator[KeyHelp]:
    """One line for what several keys do."""
    by_what: dict[str, list[str]] = {}
    for key, what in keys:
        shown = by_what.setdefault(what, [])
        if key not in shown:
            shown.append(key)
    for what, shown in by_what.items():
        yield KeyHelp(f"{shown[0]} … {shown[-1]}" if len(shown) > MOST_KEYS else ", ".join(shown), what)


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """Something that can be done on a screen now, as the command palette tells it; `node` is whose action it is."""

    title: str
    description: str
    action: str
    node: DOMNode


def list_commands(app: App[Any], screen: Screen[Any]) -> Iterator[PaletteCommand]:
    """What the keys of this screen, of all that is on it, and of the app would do now, each once.

    Left out is what nobody looks for by name: the keys of `TYPING_WIDGETS`, and the numbers of the sources.
    """
    seen: set[str] = set()
    for node in (screen, *screen.walk_children(), app):
        if not node.is_attached and node is not app:
            continue
        for owner in type(node).__mro__:
            ours = owner.__module__.startswith("assistant.tui") and owner.__name__ not in TYPING_WIDGETS
            if not ours or "BINDINGS" not in vars(owner):
                continue
            bindings = list(list_documented_bindings(owner))
            for binding in bindings:
                what = explain_binding(binding)
                alike = sum(explain_binding(one) == what for one in bindings)
                if what in seen or alike > MOST_KEYS or not _can_run(binding.action, node, app, screen):
                    continue
                seen.add(what)
                title, _, rest = what.partition(": ") if ": " in what else what.partition("; ")
                key = app.get_key_display(binding)
                yield PaletteCommand(title, f"{rest} · {key}" if rest else key, binding.action, node)


def _can_run(action: str, node: DOMNode, app: App[Any], screen: Screen[Any]) -> bool:
    namespace, name, parameters = parse(action)
    target = {"app": app, "screen": screen}.get(namespace, node)
    return bool(target.check_action(name, parameters))


def filter_groups(found: Iterable[KeyGroup], words: str) -> list[KeyGroup]:
    """What holds all of these words, in a key, its explanation, or the title of its group."""
    wanted = words.casefold().split()
    kept = []
    for group in found:
        keys = [
            key
            for key in group.keys
            if all(word in f"{group.title} {key.keys} {key.description}".casefold() for word in wanted)
        ]
        if keys:
            kept.append(KeyGroup(group.title, tuple(keys), group.is_current))
    return kept
