"""`assistant chat` and `assistant serve`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import ConfigOption, IndexOption, load_command_settings, open_for_asking, resolve_options
from assistant.errors import AssistantError
from assistant.system.process import flush_output
from assistant.tui.launch import run_tui

if TYPE_CHECKING:
    from assistant.config.schema import Config
    from assistant.server.access import AccessControl, Visitor


def chat(
    context: typer.Context,
    resume_last: Annotated[bool, typer.Option("--continue", "-c", help="Resume the last conversation.")] = False,
    for_reader: Annotated[
        bool, typer.Option("--for-reader", hidden=True, help="Ask and read only; `assistant serve` uses it.")
    ] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Open the terminal interface: ask questions, read the sources next to the answer, rebuild the index."""
    run_tui(*resolve_options(context, config, index), resume_last=resume_last, for_reader=for_reader)


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
    readers: Annotated[
        list[str] | None,
        typer.Option(
            "--reader", metavar="NAME", help="Let in a reader of this name; can be repeated.", show_default=False
        ),
    ] = None,
    pages: Annotated[
        int,
        typer.Option(
            "--pages", min=1, max=100, help="Most pages open at the same time; each takes 300 to 420 MB of memory."
        ),
    ] = 4,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open your link in your browser.")] = False,
    api: Annotated[
        bool, typer.Option("--api", help="Answer questions of programs over HTTP instead (see docs/scale.md).")
    ] = False,
    tokens: Annotated[
        Path | None,
        typer.Option(
            "--tokens",
            metavar="FILE",
            help="With --api: who may ask, on each line a name (yours is owner) and a token of at least 24 characters. "
            "Default: a new token for you.",
            show_default=False,
        ),
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the terminal interface as a web page, by default on this machine only (see --host).

    A page opens by a link that works once: one link for you, the owner, which is opened in your browser if this machine
    has one, and one for each --reader. A reader asks, reads
    and exports, and has conversations of their own; settings, builds and folders are yours alone. Press Enter for new
    links, Ctrl+C to stop. The connection is not encrypted: outside a trusted network, use a proxy with TLS and give its
    address with --public-url.

    Example: assistant serve --port 9000 --reader anna
    """
    from assistant.config.load import find_config
    from assistant.server.access import create_access_control

    # Settings that are not valid are reported here, not in the page.
    settings = load_command_settings(context, config, index, makes_library=True)
    access = create_access_control(host, public_url, readers or ())
    if api:
        if readers:
            raise AssistantError("--reader: with --api readers have a token in the file of --tokens")
        for name, option in (("pages", "--pages"), ("no_browser", "--no-browser")):
            source = context.get_parameter_source(name)
            if source is not None and source.name == "COMMANDLINE":
                raise AssistantError(f"{option}: works without --api only; no page is opened")
        _serve_api(settings, access, tokens, host, port)
        return
    if tokens is not None:
        raise AssistantError("--tokens: works with --api only; a page opens by a link, see --reader")
    if readers and pages < 2:
        raise AssistantError("--pages 1: one page is kept for the owner; readers need at least 2")
    from assistant.server.browser import find_browser
    from assistant.server.web_terminal import Interface
    from assistant.server.web_terminal import serve as run_server

    command = [sys.executable, "-P", "-m", "assistant", "chat", "--index", str(settings.index)]
    named = find_config(resolve_options(context, config, index)[0])
    if named is not None:
        command += ["--config", str(named.absolute())]
    if "ASSISTANT_TOKEN" in os.environ:
        typer.echo("note: $ASSISTANT_TOKEN is not used any more; each visitor has a link: see --reader", err=True)
    browser = None if no_browser or not sys.stdout.isatty() else find_browser()
    run_server(Interface(command, settings.index), access, host, port, _announce, pages=pages, browser=browser)


def _serve_api(settings: Config, access: AccessControl, tokens: Path | None, host: str, port: int) -> None:
    from assistant.server.api import make_token, read_tokens, serve_api
    from assistant.server.limits import limit_kernels

    token, known = make_token() if tokens is None else ("", read_tokens(tokens))
    limit_kernels(os.environ)
    assistant = open_for_asking(settings)
    assistant.warm_up()

    def announce(address: str) -> None:
        typer.echo(f"News assistant answers at {address}")
        if token:
            typer.echo(f"Token, valid until this server ends: {token}")
        typer.echo("Press Ctrl+C to stop.", err=True)
        flush_output()

    serve_api(assistant, access, known, host, port, announce)


def _announce(address: str, links: Mapping[Visitor, str]) -> None:
    typer.echo(f"News assistant is running at {address}")
    for visitor, link in links.items():
        typer.echo(f"Works once, for {'you, the owner' if visitor.is_owner else f'reader {visitor.name}'}: {link}")
    typer.echo("Press Enter for new links, Ctrl+C to stop.", err=True)
    flush_output()
