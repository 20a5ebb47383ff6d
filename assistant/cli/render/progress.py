"""A progress bar on a terminal, for builds and evaluations; nothing if the output is no terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from rich.console import Console


class ProgressBar:
    """A label, a bar and a detail on one line, removed at the end."""

    def __init__(self, console: Console, label: str, *, is_shown: bool) -> None:
        self._bar: Any = _create_bar(console) if is_shown else None
        self._task = None if self._bar is None else self._bar.add_task(label, total=None, detail="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, label: str, share: float | None, detail: str) -> None:
        """Show progress: `share` is from 0 to 1, or None while it is unknown."""
        if self._bar is not None:
            total = None if share is None else 100
            self._bar.update(self._task, description=label, completed=100 * (share or 0), total=total, detail=detail)


def _create_bar(console: Console) -> Any:
    from rich.progress import BarColumn, Progress, TextColumn  # slow to import, and only needed on a terminal

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[detail]}", markup=False),
        console=console,
        transient=True,
    )
