"""The keys of the interface, read from bindings."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TabbedContent, TabPane

from assistant.tui.keys import (
    BindingOwners,
    KeyGroup,
    KeyHelp,
    explain_binding,
    filter_groups,
    group_keys,
    list_commands,
    list_documented_bindings,
)
from assistant.tui.widgets.common.filter_box import FilterBox


class NumberPad(Static):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"type({digit})", tooltip="In the pad: type this digit") for digit in range(5)),
        Binding("delete,backspace", "clear", "Clear", tooltip="In the pad: clear it"),
        Binding("x", "hidden", show=False),
    ]


class PadApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", "Help", tooltip="Show the help: every key")]

    def compose(self) -> ComposeResult:
        yield NumberPad()


def test_explanation_leaves_out_the_place() -> None:
    """ "In the …: " is left out; other colons and missing tooltips are not touched."""
    assert explain_binding(Binding("y", "copy", tooltip="In the sources: copy it")) == "Copy it"
    assert explain_binding(Binding("k", "quote", tooltip="Check a quote: its words")) == "Check a quote: its words"
    assert explain_binding(Binding("k", "quote", "Quote")) == "Quote"


def test_documented_bindings_are_own_and_explained() -> None:
    """Hidden bindings without a tooltip, and inherited ones, are left out."""
    assert [binding.key for binding in list_documented_bindings(NumberPad)] == [*"01234", "delete", "backspace"]


async def test_group_of_screen_comes_first() -> None:
    """Groups on the screen come first, then the keys of the app, then the rest. Many keys become a range."""
    table = (BindingOwners("Boxes", (Input,)), BindingOwners("Pad", (NumberPad,)))
    app = PadApp()
    async with app.run_test():
        groups = group_keys(app, app.screen, table)
    assert [(group.title, group.is_current) for group in groups][:2] == [("Pad", True), ("Everywhere", False)]
    assert groups[0].keys[0] == KeyHelp("0 … 4", "Type this digit")
    assert groups[0].keys[1].description == "Clear it"
    assert groups[0].keys[1].keys.count(",") == 1
    assert groups[1].keys[0].description == "Show the help: every key"


async def test_commands_only_of_the_interface() -> None:
    """The palette lists the bindings of the interface's own classes, each once."""

    class FilterApp(App[None]):
        def compose(self) -> ComposeResult:
            yield FilterBox("Filter", id="filter")
            yield NumberPad()

    app = FilterApp()
    async with app.run_test():
        commands = list(list_commands(app, app.screen))
        box = app.query_one(FilterBox)
    assert [(command.action, command.node) for command in commands] == [("leave", box), ("empty", box)]
    assert all(command.title and command.description for command in commands)


async def test_commands_of_what_is_hidden_are_not_offered() -> None:
    """Such as those of another tab: nobody sees the row that they would act on."""

    class TwoTabsApp(App[None]):
        def compose(self) -> ComposeResult:
            with TabbedContent():
                with TabPane("One"):
                    yield FilterBox("Filter", id="one")
                with TabPane("Two"):
                    yield FilterBox("Filter", id="two")

    app = TwoTabsApp()
    async with app.run_test():
        assert {command.node for command in list_commands(app, app.screen)} == {app.query_one("#one")}


def test_filter_needs_all_words() -> None:
    """Words match the key, the description or the title; empty groups are left out."""
    groups = [
        KeyGroup("Index", (KeyHelp("f6", "Rebuild it"), KeyHelp("esc", "Return"))),
        KeyGroup("Help", (KeyHelp("esc", "Close it"),)),
    ]
    assert filter_groups(groups, "INDEX f6") == [KeyGroup("Index", (KeyHelp("f6", "Rebuild it"),))]
    assert [group.title for group in filter_groups(groups, "esc")] == ["Index", "Help"]
    assert filter_groups(groups, "esc rebuild") == []
