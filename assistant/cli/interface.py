"""`assistant chat` and `assistant serve`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings, resolve_options
from assistant.system.process import flush_output
from assistant.tui.launch import open_interface

if TYPE_CHECKING:
    pass


def chat(
    context: typer.Context,
    go_on: Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface: ask, read the sources beside the answer, rebuild."""
    open_interface(*resolve_options(context, config, index), resume_last=go_on)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to serve at; 0.0.0.0 is every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to serve at; 0 takes a free one.")] = 8000,
    public_url: Annotated[
        str | None,
        typer.Option("--public-url", metavar="URL", help="Where a proxy in front serves it.", show_default=False),
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="Demand a token on this machine too.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface in a web page, for this machine alone unless --host says otherwise.

    Where other machines can reach it, its address holds a token, and without that nobody comes in; $ASSISTANT_TOKEN
    sets one that stays the same. The connection is as private as its network: over others, put a proxy with TLS in
    front and name its address with --public-url. Ctrl+C ends it.

    Example: assistant serve --port 9000
    """
    from assistant.config.load import find_config
    from assistant.server.access import create_access_policy

    settings = load_command_settings(context, config, index)  # faults of config.yaml are told here, not in every page
    rules = create_access_policy(host, public_url, wanted=token)
    from assistant.server.web_terminal import serve as run_server

    interface = [sys.executable, "-P", "-m", "assistant", "chat", "--index", str(settings.index)]
    named = find_config(resolve_options(context, config, index)[0])
    if named is not None:
        interface += ["--config", str(named.absolute())]
    run_server(interface, rules, host, port, _announce)


def _announce(address: str) -> None:
    typer.echo(f"News assistant is at {address}")
    typer.echo("Ctrl+C ends it.", err=True)
    flush_output()
