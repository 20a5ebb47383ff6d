"""`python -m assistant` and the `assistant` command."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; without arguments, open the interface at once."""
    from assistant.process import run

    if sys.argv[1:] or "_ASSISTANT_COMPLETE" in os.environ:  # set by a shell that completes a command
        from assistant.cli import main as command_line

        command_line()
    else:
        from assistant.interface import open_interface  # Typer would take a tenth of the time to the first frame

        run(open_interface)


if __name__ == "__main__":
    main()
