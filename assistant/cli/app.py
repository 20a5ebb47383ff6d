"""The `assistant` command: it has no logic of its own, it reads options, calls the engine and prints.

Answers go to stdout, everything else to stderr. Commands import what they need when they run, so that help and the
first frame of the interface do not wait for it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from assistant.cli import articles, ask, checks, conversations, evaluation, interface, library, web
from assistant.cli.collection import commands as collection
from assistant.cli.collection import table
from assistant.cli.keep import dossier, marks, standing
from assistant.cli.keep.watch import watch
from assistant.cli.options import ConfigOption, IndexOption
from assistant.cli.upkeep.history import show_history
from assistant.cli.upkeep.libraries import libraries_app
from assistant.cli.upkeep.removal import remove
from assistant.cli.upkeep.transfer import library_app
from assistant.cli.upkeep.values import set_fields
from assistant.cli.usage.groups import RootGroup
from assistant.system.process import run_command
from assistant.text.sanitize import sanitize_text
from assistant.tui.launch import run_tui
from assistant.version import __version__

USAGE_ERROR: Any = typer.BadParameter.__mro__[2]  # ClickException, which Typer does not export
EXIT_CODES = """Exit codes: 0 success (a refusal to answer is an answer); 1 the command failed; 2 wrong usage;
3 `verify` found a citation that is not exact, `quote` a quotation that is not verbatim or is misattributed,
`check` a sentence that does not hold, or `doctor` an error; 130 interrupted."""

app = typer.Typer(
    name="assistant",
    help="Ask your own news articles a question. Every quotation in the answer is copied from its source.",
    epilog=EXIT_CODES,
    cls=RootGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
articles.articles_app.command("set")(set_fields)
articles.articles_app.command("history")(show_history)
app.add_typer(articles.articles_app, name="articles")
app.add_typer(web.feeds_app, name="feeds")
app.add_typer(library_app, name="library", no_args_is_help=True)
app.add_typer(libraries_app, name="libraries")
app.add_typer(dossier.app, name="dossier")
app.add_typer(standing.app, name="standing")
app.add_typer(conversations.app, name="conversations")
app.add_typer(evaluation.eval_app, name="eval", no_args_is_help=True)
marks.register(articles.articles_app)
for command in (
    library.init,
    library.build,
    web.add,
    watch,
    ask.ask,
    collection.count,
    collection.brief,
    collection.timeline,
    collection.search,
    table.table,
    interface.chat,
    interface.serve,
    articles.speakers,
    articles.stories,
    remove,
    library.stats,
    library.doctor,
    checks.verify,
    checks.quote,
    checks.check,
    ask.writers,
):
    app.command()(command)
app.command("list")(collection.list_items)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def handle_global_options(
    context: typer.Context,
    config: ConfigOption = None,
    index: IndexOption = None,
    _version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Open the terminal interface if no command is given, as `chat` does."""
    context.obj = (config, index)
    if context.invoked_subcommand is None:
        run_tui(config, index)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, by default that of the command line; a failure is one line on stderr."""
    run_command(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> None:
    try:
        code = app(arguments, standalone_mode=False)  # otherwise Typer prints what was typed as it was typed
    except USAGE_ERROR as error:
        message = io.StringIO()
        error.show(message)
        sys.stderr.write(sanitize_text(message.getvalue()))
        sys.exit(error.exit_code)
    except typer.Abort:  # the end of the input where one is awaited
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
