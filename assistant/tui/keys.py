"""The keys of the interface and what they do, read from the bindings of its classes: for the help and the palette.

`key_groups` has the table of the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

EVERYWHERE = "Everywhere"
MAX_LISTED_KEYS = 3  # more keys with the same effect are shown as a range
# Of the app and its screens; not for readers.
OWNER_ACTIONS = frozenset(
    {
        "build",
        "rebuild",
        "stop_build",
        "index",
        "settings",
        "news",
        "dossier",
        "draft",
        "add",
        "marks",
        "star",
        "keep_quote",
        "writer",
    }
)
TYPING_WIDGETS = frozenset({"Prompt"})  # their keys are for typing, so the command palette leaves them out


@dataclass(frozen=True, slots=True)
class BindingOwners:
    """Classes whose bindings the help lists under one title."""

    title: str
    classes: tuple[type[DOMNode], ...]
    is_for_owner: bool = False  # not for readers of somebody else's library


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """Keys as they are labelled on the keyboard, and what they do."""

    keys: str
    description: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The keys of one part of the interface; `is_current` if the user came from there."""

    title: str
    keys: tuple[KeyHelp, ...]
    is_current: bool = False


def list_documented_bindings(owner: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a class itself defines, without those that have neither a tooltip nor a place in the footer."""
    for binding in Binding.make_bindings(vars(owner).get("BINDINGS", ())):
        if binding.tooltip or binding.show:
            yield binding


def group_keys(app: App[Any], screen: Screen[Any], table: Sequence[BindingOwners]) -> list[KeyGroup]:
    """All keys in groups: first the groups of this screen and its widgets, then the keys of the app, then the rest."""
    current_classes = {cls for node in (screen, *screen.walk_children()) for cls in type(node).__mro__}
    shown = [owners for owners in table if _is_for_owner(app) or not owners.is_for_owner]
    groups = [_group_owner_keys(app, owners, current_classes) for owners in shown]
    current = [group for group in groups if group.is_current]
    others = [group for group in groups if group.keys and not group.is_current]
    return [*current, _group_app_keys(app), *others]


def _group_owner_keys(app: App[Any], owners: BindingOwners, current_classes: set[type]) -> KeyGroup:
    keys = [key for owner in owners.classes for key in _describe_keys(app, owner)]
    is_current = any(owner in current_classes and any(list_documented_bindings(owner)) for owner in owners.classes)
    return KeyGroup(owners.title, tuple(_join_keys(keys)), is_current)


def _group_app_keys(app: App[Any]) -> KeyGroup:
    own_classes = takewhile(lambda cls: cls is not App, type(app).__mro__)
    keys = [
        *(key for cls in own_classes for key in _describe_keys(app, cls)),
        ("Tab", "Go to the next part of the screen; Shift+Tab to the previous one"),
        ("Ctrl+C", "Copy the text marked with the mouse; twice without any: quit"),
        ("Ctrl+A, E, K, U, W", "In any field: to its beginning or end; delete to the end, to the beginning, a word"),
        ("Alt+B, F, D", "In any field: a word back or on; delete the next word"),
        ("Mouse", "Drag over text to select it; click numbers, rows, column headers and the keys below"),
        ("Mouse", "Drag the border between the answers and the sources to move it; scroll with the wheel"),
    ]
    return KeyGroup(EVERYWHERE, tuple(_join_keys(keys)))


def _describe_keys(app: App[Any], owner: type[DOMNode]) -> Iterator[tuple[str, str]]:
    for binding in list_documented_bindings(owner):
        if _is_for_owner(app) or binding.action.removeprefix("app.") not in OWNER_ACTIONS:
            yield app.get_key_display(binding), explain_binding(binding)


def _is_for_owner(app: App[Any]) -> bool:
    return bool(getattr(app, "is_for_owner", True))


def explain_binding(binding: Binding) -> str:
    """What a key does, without the place ("In the sources: …"), which is the title of the group."""
    text = binding.tooltip or binding.description
    place, colon, effect = text.partition(": ")
    return effect[:1].upper() + effect[1:] if colon and place.startswith("In ") else text


def _join_keys(keys: Iterable[tuple[str, str]]) -> Iterator[KeyHelp]:
    """One entry for all keys with the same effect."""
    keys_by_effect: dict[str, list[str]] = {}
    for key, effect in keys:
        same = keys_by_effect.setdefault(effect, [])
        if key not in same:
            same.append(key)
    for effect, same in keys_by_effect.items():
        yield KeyHelp(f"{same[0]} … {same[-1]}" if len(same) > MAX_LISTED_KEYS else ", ".join(same), effect)


def filter_groups(groups: Iterable[KeyGroup], words: str) -> list[KeyGroup]:
    """The keys whose name, description and group title together contain all of these words."""
    wanted = words.casefold().split()
    matching = []
    for group in groups:
        keys = [
            key
            for key in group.keys
            if all(word in f"{group.title} {key.keys} {key.description}".casefold() for word in wanted)
        ]
        if keys:
            matching.append(KeyGroup(group.title, tuple(keys), group.is_current))
    return matching


# -------------------------------------------------------------------------------------------- the palette


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """An action that is possible now, as the command palette lists it; `node` is the node that has the action."""

    title: str  # its name on the key bar
    description: str
    action: str
    node: DOMNode
    key: str = ""  # as it is labelled on the keyboard; empty if there is none


def list_commands(app: App[Any], screen: Screen[Any]) -> Iterator[PaletteCommand]:
    """What the keys of this screen, of its widgets and of the app would do now, each action once.

    Leaves out what nobody searches by name: the keys of `TYPING_WIDGETS` and the numbers of the sources.
    """
    listed: set[str] = set()
    for node, owner in _walk_owners(app, screen):
        bindings = list(list_documented_bindings(owner))
        effects = [explain_binding(binding) for binding in bindings]
        for binding, effect in zip(bindings, effects, strict=True):
            if effect in listed or effects.count(effect) > MAX_LISTED_KEYS:
                continue
            if _can_run(binding.action, node, app, screen):
                listed.add(effect)
                title = binding.description or effect.partition(";")[0]
                yield PaletteCommand(title, effect, binding.action, node, app.get_key_display(binding))


def _walk_owners(app: App[Any], screen: Screen[Any]) -> Iterator[tuple[DOMNode, type[DOMNode]]]:
    """The nodes with each of their own classes, without typing widgets."""
    for node in (screen, *screen.walk_children(), app):
        if node is app or (node.is_attached and _is_shown(node)):
            for cls in type(node).__mro__:
                if cls.__module__.startswith("assistant.tui") and cls.__name__ not in TYPING_WIDGETS:
                    yield node, cls


def _is_shown(node: DOMNode) -> bool:
    """Whether neither a node nor what it is in is hidden, as other tabs are: nobody sees what their keys act on."""
    return all(parent.display for parent in node.ancestors_with_self if isinstance(parent, Widget))


def _can_run(action: str, node: DOMNode, app: App[Any], screen: Screen[Any]) -> bool:
    namespace, name, parameters = parse(action)
    target = {"app": app, "screen": screen}.get(namespace, node)
    return bool(target.check_action(name, parameters))
