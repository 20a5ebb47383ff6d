"""Groups of commands: help that is not cut, `help` and `version` as words, and what a group does without a command."""

from __future__ import annotations

import inspect
from typing import Any, ClassVar

import typer.core

HELP_OPTIONS = ("-h", "--help")


class HelpfulGroup(typer.core.TyperGroup):
    """Lists its commands with whole sentences, and names arguments in capitals, as the sentences do.

    Without a command it runs `default_command`, if it has one.
    """

    default_command: ClassVar[str | None] = None

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for command in self.commands.values():
            for parameter in command.params:
                if isinstance(parameter, typer.core.TyperArgument) and parameter.metavar is None:
                    parameter.metavar = str(parameter.name).upper()

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


def summarize_help(text: str) -> str:
    """The first paragraph of a help text up to the end of its first sentence, without the full stop."""
    paragraph = " ".join(inspect.cleandoc(text).split("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".")
