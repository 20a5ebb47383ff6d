"""Saves pictures: beside the user's files, or in the browser in which the interface is shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from textual.app import App

from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line


def save_picture(app: App[Any], svg: str, name: str, what: str, folder: str | None = None) -> None:
    """Save an SVG in a folder, the current one by default, or send it to the browser; say where it is, or why not.

    `what` names the picture: "Screenshot".
    """
    picture = svg.encode("utf-8")
    if app.is_web:
        app.deliver_binary(io.BytesIO(picture), save_filename=name)
        return
    file = Path(folder or Path.cwd()) / name
    try:
        file.write_bytes(picture)
    except OSError as error:
        reason = sanitize_line(f"{file} {describe_write_error(error)}")
        app.notify(reason, title=f"{what} not saved", severity="error", markup=False, timeout=15)
    else:
        app.notify(sanitize_line(str(file)), title=f"{what} saved", markup=False, timeout=8)
