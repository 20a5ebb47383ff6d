"""Runs a program in a pseudo-terminal, sends keys to it and reads its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

TIMEOUT_SECONDS = 120.0  # only a test that fails takes so long, even on a busy machine
POLL_SECONDS = 0.1  # a condition can become true without output


class Terminal:
    """Runs `command` in a terminal of `columns` by `rows`; the process is killed on exit from the context."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        environment: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        self.sent = bytearray()  # all output of the program
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.settings = termios.tcgetattr(inner)
        self._inner = inner  # stays open so that its settings can be read after the program has ended
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        for name in (
            "COLUMNS",
            "LINES",
            "TEXTUAL_DRIVER",
            *(() if environment and "NO_COLOR" in environment else ("NO_COLOR",)),
        ):
            variables.pop(name, None)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env=variables, cwd=cwd, start_new_session=True
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._terminal >= 0:
            os.close(self._terminal)
        os.close(self._inner)

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str) -> None:
        """Send keys as a terminal sends them."""
        os.write(self._terminal, keys.encode())

    def hang_up(self) -> None:
        """Close the side of the terminal that a person sees; the program gets no signal."""
        os.close(self._terminal)
        self._terminal = -1

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.killpg(self.process.pid, 28)

    def wait_until(self, condition: Callable[[], object], what: str = "", patience: float = TIMEOUT_SECONDS) -> float:
        """Read output until `condition` is true; returns the seconds since the start.

        Raises AssertionError, with the screen in its message, after `patience` seconds or if the program ends first.
        """
        end = time.perf_counter() + patience
        while not condition():
            is_over = self.process.poll() is not None or time.perf_counter() > end
            if not self._read(POLL_SECONDS) and is_over and not condition():
                raise AssertionError(f"timed out waiting for: {what}\n{self.text}")
        return time.perf_counter() - self.started

    def wait_for_text(self, *words: str) -> float:
        """Read output until all of `words` are on the screen; returns the seconds since the start."""
        return self.wait_until(lambda: all(word in self.text for word in words), f"on the screen: {words}")

    def wait_for_exit(self, patience: float = TIMEOUT_SECONDS) -> int:
        """Read output until the program has ended; returns its exit code."""
        end = time.perf_counter() + patience
        while self.process.poll() is None and time.perf_counter() < end:
            self._read(0.05)
        while self._read(0):
            pass
        code = self.process.poll()
        assert code is not None, f"the program has not ended\n{self.text}"
        return code

    def read_tty_settings(self) -> list[object]:
        """The settings of the terminal (echo, line mode and others) as termios gives them."""
        return list(termios.tcgetattr(self._inner))

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], max(0.0, seconds))
        if not ready:
            return False
        data = os.read(self._terminal, 65536)
        self.sent += data
        self._stream.feed(data)
        return bool(data)
