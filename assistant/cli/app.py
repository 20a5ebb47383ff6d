"""The `assistant` command. No logic of its own: it reads options, calls the engine, prints.

Answers go to stdout, everything else to stderr."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant import __version__
from assistant.cli import articles, ask, checks, conversations, interface, library
from assistant.cli.articles import articles_app
from assistant.cli.evaluation import eval_app
from assistant.cli.options import ConfigOption, IndexOption
from assistant.system.process import run_command
from assistant.tui.launch import open_interface

if TYPE_CHECKING:
    pass

EXIT_CODES = """Exit codes: 0 done (a refusal to answer is an answer); 1 the command failed; 2 wrong usage;
3 `verify` found a citation that does not hold, `quote` a quotation that is not verbatim or not the named speaker's,
or `doctor` a fault; 130 interrupted."""

app = typer.Typer(
    name="assistant",
    help="Ask your own news articles a question. Every quotation in the answer is copied from its source.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(articles_app, name="articles", no_args_is_help=True)
app.add_typer(conversations.app, name="conversations", no_args_is_help=True)


app.add_typer(eval_app, name="eval", no_args_is_help=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def handle_global_options(
    context: typer.Context,
    config: ConfigOption = None,
    index: IndexOption = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Without a command: open the terminal interface, as `chat` does."""
    context.obj = (config, index)
    if context.invoked_subcommand is None:
        open_interface(config, index)


app.command()(library.init)
app.command()(library.build)
app.command()(ask.ask)
app.command()(interface.chat)
app.command()(interface.serve)
app.command()(articles.speakers)
app.command()(library.stats)
app.command()(library.doctor)
app.command()(checks.verify)
app.command()(checks.quote)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, that of the command line if none is given; every failure is one line on stderr."""
    run_command(lambda: app(arguments))
