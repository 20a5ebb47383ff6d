"""The rich console that all commands print on."""

from __future__ import annotations

from rich.console import Console


def create_console(*, stderr: bool = False, wraps: bool = True, piped_width: int | None = None) -> Console:
    """A console that reads no markup. Lines wrap on a terminal if `wraps`; piped output does not wrap.

    `piped_width` is a fixed width of piped output, for tables.
    """
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    console.soft_wrap = not (wraps and console.is_terminal)
    if piped_width is not None and not console.is_terminal:
        console.soft_wrap = False
        console.width = piped_width
    return console
