"""The rich console that everything is printed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    pass


def create_console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    # Piped output is for programs and files: no wrapping there.
    console.soft_wrap = not console.is_terminal
    return console
