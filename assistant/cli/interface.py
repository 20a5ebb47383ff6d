"""`assistant chat` and `assistant serve`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings, resolve_options
from assistant.system.process import flush_output
from assistant.tui.launch import run_tui


def chat(
    context: typer.Context,
    resume_last: Annotated[bool, typer.Option("--continue", "-c", help="Resume the last conversation.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface: ask questions, read the sources next to the answer, rebuild the index."""
    run_tui(*resolve_options(context, config, index), resume_last=resume_last)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 for any free port.")
    ] = 8000,
    public_url: Annotated[
        str | None,
        typer.Option(
            "--public-url", metavar="URL", help="Public address of a proxy in front of it.", show_default=False
        ),
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="Require a token even on localhost.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the terminal interface as a web page, by default on this machine only (see --host).

    If other machines can reach it, its address contains a token that each visitor needs; $ASSISTANT_TOKEN sets a fixed
    token. The connection is not encrypted: outside a trusted network, use a proxy with TLS and give its address with
    --public-url. Press Ctrl+C to stop.

    Example: assistant serve --port 9000
    """
    from assistant.config.load import find_config
    from assistant.server.access import create_access_policy

    settings = load_command_settings(context, config, index)  # invalid settings are reported here, not in the page
    policy = create_access_policy(host, public_url, wanted=token)
    from assistant.server.web_terminal import serve as run_server

    interface = [sys.executable, "-P", "-m", "assistant", "chat", "--index", str(settings.index)]
    named = find_config(resolve_options(context, config, index)[0])
    if named is not None:
        interface += ["--config", str(named.absolute())]
    run_server(interface, policy, host, port, _announce)


def _announce(address: str) -> None:
    typer.echo(f"News assistant is running at {address}")
    typer.echo("Press Ctrl+C to stop.", err=True)
    flush_output()
