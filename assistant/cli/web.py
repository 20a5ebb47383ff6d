"""`assistant add` and `assistant feeds …`: the only commands that open connections to sites."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, load_command_settings
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.interruption import tell, tell_state_of_index
from assistant.cli.usage.output import tell_if_none
from assistant.errors import WebError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.config.schema import Config
    from assistant.web.intake import Event, Intake
    from assistant.web.subscriptions import Subscriptions

feeds_app = typer.Typer(
    help="Update, list, remove or export the feeds that are followed; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)

LimitOption = Annotated[
    int, typer.Option("--limit", min=1, help="Most pages to fetch now of each feed; the next update goes on.")
]
NoBuildOption = Annotated[bool, typer.Option("--no-build", help="Do not bring the index up to date afterwards.")]


def add(
    context: typer.Context,
    what: Annotated[
        list[str], typer.Argument(metavar="PATH|URL", help="Pages, feeds, sitemaps, folders, files, OPML files.")
    ],
    feed: Annotated[bool, typer.Option("--feed", help="Of a page, follow the feed that it names.")] = False,
    limit: LimitOption = 200,
    no_build: NoBuildOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Add pages, feeds (RSS, Atom, JSON Feed), sitemaps, folders, files or an OPML list of feeds; update the index.

    Fetched articles are kept as files in a folder beside the index, INDEX-added, so that no build needs the network.
    Folders and files are read where they are. The front page of a site stands for the feed that it names. What is
    fetched obeys robots.txt; addresses in your own network need web.allow_hosts in config.yaml.

    Example: assistant add https://news.example.org/feed.xml ~/clippings
    """
    settings = load_command_settings(context, config, index, builds=True)

    def run(intake: Intake, _: Subscriptions) -> Iterator[Event]:
        for name in what:
            yield from intake.add(name, wants_feed=feed, limit=limit)

    _run(settings, run, no_build=no_build)


@feeds_app.command("update")
def update_feeds(
    context: typer.Context,
    which: Annotated[
        list[str] | None, typer.Argument(metavar="URL", help="Only these feeds; default: all.", show_default=False)
    ] = None,
    limit: LimitOption = 200,
    no_build: NoBuildOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Ask the feeds and sitemaps for what is new, fetch it, try again what failed, and update the index.

    Unchanged feeds and articles are not sent again. If stopped, what was fetched is kept and the next update goes on.
    """
    settings = load_command_settings(context, config, index)

    def run(intake: Intake, subscriptions: Subscriptions) -> Iterator[Event]:
        feeds = subscriptions.list_feeds()
        if which:
            found = {name: subscriptions.find_feed(_complete(name)) for name in which}
            missing = [name for name, known in found.items() if known is None]
            if missing:
                raise WebError(f"{missing[0]}: not among the feeds; `assistant feeds list` shows them")
            feeds = [known for known in found.values() if known is not None]
        elif not feeds:
            raise WebError("no feeds are followed; add one: assistant add URL")
        yield from intake.update(feeds, limit=limit)

    _run(settings, run, no_build=no_build)


@feeds_app.command("list")
def list_feeds(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """List the feeds with their articles and their state, then the folders and files that were added."""
    from assistant.articles.sources.added import read_paths
    from assistant.web.health import list_health

    settings = load_command_settings(context, config, index)
    feeds, paths = list_health(settings.added, datetime.now(UTC)), read_paths(settings.added)
    list(tell_if_none((*feeds, *paths), "no feed, folder or file was added; assistant add URL adds one"))
    for item in feeds:
        feed = item.feed
        if as_json:
            print_json(item.to_json())
        else:
            counts = f"{item.kept} kept, {item.waiting} waiting, {item.lost} given up"
            typer.echo("\t".join(map(sanitize_line, (feed.address, feed.title or "", counts, item.describe()))))
    for path in paths:
        if as_json:
            print_json({"path": path})
        else:
            typer.echo(sanitize_line(path))


@feeds_app.command("remove")
def remove_feed(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="URL|PATH", help="A feed, sitemap, page or path that was added.")],
    articles: Annotated[bool, typer.Option("--articles", help="Delete the articles of the feed too.")] = False,
    no_build: NoBuildOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Remove what was added: a feed (its articles stay unless `--articles`), a page, or a path; update the index."""
    from assistant.upkeep.feeds import open_intake

    settings = load_command_settings(context, config, index)
    with open_intake(settings) as (intake, _):
        typer.echo(sanitize_line(intake.remove(what, with_articles=articles)))
    if not no_build:
        _build(settings, dropped=os.path.abspath(Path(what).expanduser()))  # noqa: PTH100 - as it was added


@feeds_app.command("export")
def export_feeds(context: typer.Context, config: ConfigOption = None, index: IndexOption = None) -> None:
    """Print the feeds as OPML, which feed readers and `assistant add` read."""
    from assistant.web.feeds import render_opml
    from assistant.web.health import list_health

    items = list_health(load_command_settings(context, config, index).added, datetime.now(UTC))
    typer.echo(
        render_opml((item.feed.address, item.feed.title) for item in items if item.feed.kind == "feed"), nl=False
    )


def _complete(name: str) -> str:
    from assistant.web.addresses import is_web_address, parse_address

    return parse_address(name if is_web_address(name) else f"https://{name}")


def _run(settings: Config, run: Callable[[Intake, Subscriptions], Iterator[Event]], *, no_build: bool) -> None:
    """Show what is done; afterwards bring the index up to date. The exit code is 1 if everything failed."""
    from assistant.cli.render.web import show_events
    from assistant.upkeep.feeds import open_intake

    with tell("what was fetched is kept, and the next update goes on"), open_intake(settings) as opened:
        outcome = show_events(run(*opened))
    if outcome.added and not no_build:
        _build(settings)
    if outcome.failed and not outcome.added:
        raise typer.Exit(1)


def _build(settings: Config, *, dropped: str | None = None) -> None:
    """Bring the index up to date; the articles of the path `dropped` go."""
    from assistant.cli.render.build import run_build
    from assistant.engine import Assistant
    from assistant.records.build import BuildOptions

    options = BuildOptions(dropped=(dropped,) if dropped else ())
    with tell_state_of_index(settings.index):
        run_build(Assistant(settings).build_events(options=options), quiet=False, as_json=False)
