"""`python -m assistant` and the `assistant` command."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as in the package
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line, or without arguments open the interface at once; then end the process."""
    # Nearly all objects of a start are modules and classes, which stay: looking for cycles among them took 5% of it.
    gc.set_threshold(50_000, 20, 20)
    try:
        from assistant.system.process import exit_process

        try:
            _run()
        except SystemExit as ended:
            exit_process(ended.code)
        exit_process(0)
    except KeyboardInterrupt:  # while modules were imported: there is nothing to undo
        sys.stderr.write("interrupted\n")
        sys.stderr.flush()
        os._exit(130)


def _run() -> None:
    from assistant.system.process import run_command

    if sys.argv[1:] or "_ASSISTANT_COMPLETE" in os.environ:  # set by a shell that completes a command
        from assistant.cli.app import main as command_line

        command_line()
    else:
        from assistant.tui.launch import run_tui  # Typer would take a tenth of the time to the first frame

        run_command(run_tui)


if __name__ == "__main__":
    main()
