"""The history of questions of all conversations, in a file in the user's data folder."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.system.files import make_folder, write_durably
from assistant.system.json import parse_json
from assistant.system.user_data import user_data_folder

if TYPE_CHECKING:
    from filelock import FileLock

FILE_NAME = "questions.jsonl"
MAX_QUESTIONS = 2_000  # the newest ones are kept
MAX_QUESTION_CHARACTERS = 10_000  # longer questions are not saved
LOCK_TIMEOUT = 5.0  # seconds to wait for another program that writes the file
_SLACK_FACTOR = 2  # the file is shortened when it has more than this many times MAX_QUESTIONS lines


class QuestionHistory:
    """The earlier questions, newest first, each once. Several programs can add to the file; damaged lines are skipped.

    If the folder cannot be read or written, the questions are kept in memory only, and no error is raised.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or user_data_folder()) / FILE_NAME
        self._lock = threading.Lock()
        self._questions: dict[str, None] = {}  # oldest first

    def load(self) -> tuple[str, ...]:
        """Read the file and return the questions, newest first. Questions added here meanwhile remain the newest."""
        saved, lines = _read_questions(self.path)
        with self._lock:
            added = [question for question in self._questions if question not in saved]
            self._questions = _keep_newest([*saved, *added])
        if lines > MAX_QUESTIONS * _SLACK_FACTOR:
            with contextlib.suppress(OSError):
                self._shorten()
        return self.questions

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that are in memory, newest first."""
        with self._lock:
            return tuple(reversed(self._questions))

    def remember(self, question: str) -> None:
        """Add a question as the newest, in memory only; `save` writes it to the file."""
        with self._lock:
            self._questions = _keep_newest([*self._questions, question])

    def save(self, question: str) -> None:
        """Add a question to the file. Can be slow: the folder may be on a network."""
        if len(question) > MAX_QUESTION_CHARACTERS:
            return
        with contextlib.suppress(OSError):
            make_folder(self.path.parent, 0o700)
            # The line break comes first: if a killed program left half a line, this question is still on its own line.
            _append_line(self.path, f"\n{json.dumps(question)}\n".encode())

    def _shorten(self) -> None:
        with _lock_file(self.path):
            newest, _ = _read_questions(self.path)
            lines = "".join(f"{json.dumps(question)}\n" for question in newest)
            write_durably(self.path, lines.encode(), 0o600)


def filter_by_prefix(questions: Iterable[str], prefix: str) -> Iterator[str]:
    """The questions that begin with `prefix`, ignoring case, except the prefix itself; all for an empty prefix."""
    wanted = prefix.casefold()
    return (question for question in questions if question.casefold().startswith(wanted) and question != prefix)


def filter_by_words(questions: Iterable[str], text: str) -> Iterator[str]:
    """The questions that contain every word of `text`, also as part of another word, ignoring case."""
    parts = text.casefold().split()
    return (question for question in questions if all(part in question.casefold() for part in parts))


def _keep_newest(questions: Iterable[str]) -> dict[str, None]:
    """Each question once, at its last position; the last MAX_QUESTIONS of them."""
    last = dict.fromkeys(reversed(list(questions)))
    return dict.fromkeys(reversed(list(last)[:MAX_QUESTIONS]))


def _read_questions(path: Path) -> tuple[dict[str, None], int]:
    """The questions of a file, oldest first, and its number of lines. A file that cannot be read has none."""
    questions: list[str] = []
    lines = 0
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file:
            lines += 1
            with contextlib.suppress(ValueError):
                question = parse_json(line)
                if isinstance(question, str) and question.strip() and len(question) <= MAX_QUESTION_CHARACTERS:
                    questions.append(question)
    return _keep_newest(questions), lines


def _append_line(path: Path, line: bytes) -> None:
    """Add a line in one write, so that lines of several programs do not mix. Only the user can read the file."""
    with _lock_file(path):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


def _lock_file(path: Path) -> FileLock:
    """Keeps other programs from replacing the file while it is written. Acquiring it raises OSError after a timeout."""
    from filelock import FileLock  # not on the way to the first frame

    return FileLock(path.with_suffix(".lock"), timeout=LOCK_TIMEOUT, mode=0o600)
