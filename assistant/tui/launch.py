"""Starts the terminal interface. Imports little at the top, because every start of the program imports this module."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path
from threading import Thread

from assistant.config.sources import find_settings_source, load_settings
from assistant.errors import AssistantError
from assistant.system.threads import start_thread

HUNG_UP = 129  # the exit code as a shell gives it of a program that SIGHUP has ended


def run_tui(
    config: Path | None = None, index: Path | None = None, *, resume_last: bool = False, for_reader: bool = False
) -> None:
    """Run the terminal interface until the user quits; `resume_last` resumes the last conversation.

    `for_reader`: only to ask and to read, see `reader.ReaderAssistant`.

    Raises AssistantError if there is no terminal, and ConfigError if the settings cannot be used.
    """
    is_served = "TEXTUAL_DRIVER" in os.environ  # in a web page of `assistant serve`
    if not is_served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AssistantError("the interface needs a terminal; to ask from a script: assistant ask QUESTION")
    from assistant.tui.app import AssistantApp
    from assistant.tui.backend import make_opener

    app = AssistantApp(
        make_opener(lambda: load_settings(config, index), is_for_owner=not for_reader),
        resume_last=resume_last,
        find_settings_source=None if for_reader else lambda: find_settings_source(config, index),
        is_for_owner=not for_reader,
    )
    if not is_served and hasattr(select, "poll"):  # Windows has none, and a console there ends its programs
        start_thread(Thread(target=_end_with_terminal, args=(sys.stdin.fileno(),), daemon=True))
    app.run()
    if app.settings_error is not None:
        raise app.settings_error


def _end_with_terminal(terminal: int) -> None:
    """End the program when its terminal is gone, also where no SIGHUP tells so (no controlling terminal, nohup).

    Textual would read the end of the input again and again, and wait for what can no longer be written. Nothing is
    lost: answers are saved as they are given, and a build can be ended at any moment.
    """
    poller = select.poll()
    poller.register(terminal, 0)  # only what is always reported
    if any(event & select.POLLHUP for _, event in poller.poll()):
        os._exit(HUNG_UP)
