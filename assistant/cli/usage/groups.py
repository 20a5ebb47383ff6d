"""Groups of commands: help that is not cut, `help` and `version` as words, and what a group does without a command."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, get_args

import typer.core

HELP_OPTIONS = ("-h", "--help")
VALUE_NAMES: Mapping[type, str] = {Path: "PATH", str: "TEXT", int: "NUMBER", float: "NUMBER"}
"""By the type of the value, which would be shown as programmers write it ("list[Path]", "int range")."""


class HelpfulGroup(typer.core.TyperGroup):
    """Lists its commands with whole sentences, and names arguments and values in capitals, as the sentences do.

    Without a command it runs `default_command`, if it has one.
    """

    default_command: ClassVar[str | None] = None

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for parameter in (each for command in (self, *self.commands.values()) for each in command.params):
            if parameter.metavar is None:
                parameter.metavar = _name_value(parameter)
            if isinstance(parameter, typer.core.TyperArgument):
                described: Any = parameter
                described.display_type_rich = lambda **_: None  # its type beside its name: "QUESTION <list[str]>"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the default command before options that are its own."""
        if self.default_command is not None and (not args or (args[0].startswith("-") and args[0] not in HELP_OPTIONS)):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands, each with the whole first sentence of its help."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, summarize_help(command.help or "")))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


class ListingGroup(HelpfulGroup):
    """Lists what it has if no command is given: `assistant articles` is `assistant articles list`."""

    default_command = "list"


class RootGroup(HelpfulGroup):
    """The command `assistant`. It understands `assistant help ask` and `assistant version` too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words as the options that they stand for."""
        if args and args[0] == "help" and "help" not in self.commands:
            args = [*args[1:], "--help"]
        elif args == ["version"] and "version" not in self.commands:
            args = ["--version"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; what looks like a question is told how to be asked."""
        is_question = len(" ".join(args).split()) > 2 and self.get_command(ctx, args[0]) is None
        if is_question and not args[0].startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No such command {args[0]!r}. To ask a question: assistant ask QUESTION")
        return super().resolve_command(ctx, args)


def _name_value(parameter: Any) -> str | None:
    """What an argument or the value of an option is called, or its possible values; None for a flag."""
    if isinstance(parameter, typer.core.TyperArgument):
        return str(parameter.name).upper()
    described = getattr(parameter, "type_descriptor", None)
    if described is None or getattr(parameter, "is_flag", False):
        return None
    kinds = get_args(described.annotation) or (described.annotation,)  # a list has the type of what it lists
    listed = "|".join(str(getattr(choice, "value", choice)) for choice in described.choices or ())
    return f"<{listed}>" if listed else VALUE_NAMES.get(kinds[0])


def summarize_help(text: str) -> str:
    """The first paragraph of a help text up to the end of its first sentence, without the full stop."""
    paragraph = " ".join(inspect.cleandoc(text).split("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".")
