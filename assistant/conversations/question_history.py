"""The questions that were asked so far, in all conversations, kept in a file of the person's own."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.system.files import write_durably
from assistant.system.user_data import user_data_folder

FILE_NAME = "questions.jsonl"
MAX_QUESTIONS = 2_000  # questions kept
MAX_QUESTION_CHARACTERS = 10_000  # characters of a question that is kept
_SLACK_FACTOR = 2  # how many times MOST lines the file may have before it is written anew


class QuestionHistory:
    """The earlier questions, newest first, each once. Several programs may add to one file; damaged lines are skipped.

    A folder that cannot be read or written costs no question its answer: the questions are then kept in memory only.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or user_data_folder()) / FILE_NAME
        self._lock = threading.Lock()
        self._questions: dict[str, None] = {}  # oldest first

    def load(self) -> tuple[str, ...]:
        """Read the file; the questions, newest first. What was added here meanwhile stays the newest."""
        kept, lines = _read_questions(self.path)
        with self._lock:
            added = [question for question in self._questions if question not in kept]
            self._questions = _keep_newest([*kept, *added])
        if lines > MAX_QUESTIONS * _SLACK_FACTOR:
            with contextlib.suppress(OSError):
                self._shorten()
        return self.questions

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions as far as they are known here, newest first."""
        with self._lock:
            return tuple(reversed(self._questions))

    def remember(self, question: str) -> None:
        """Count a question as the newest, at once and without the file: see `save`."""
        with self._lock:
            self._questions = _keep_newest([*self._questions, question])

    def save(self, question: str) -> None:
        """Add a question to the file. May be slow: the folder can be on a network."""
        if len(question) > MAX_QUESTION_CHARACTERS:
            return
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The line break comes first: what a program that was killed left of a line then costs that line only.
            _append_line(self.path, f"\n{json.dumps(question)}\n".encode())

    def _shorten(self) -> None:
        with _lock_file(self.path):
            newest, _ = _read_questions(self.path)
            write_durably(self.path, "".join(f"{json.dumps(question)}\n" for question in newest).encode())
            self.path.chmod(0o600)


def filter_by_prefix(questions: Iterable[str], prefix: str) -> Iterator[str]:
    """The questions that begin so, whatever their case; all of them for nothing, and never the prefix itself."""
    wanted = prefix.casefold()
    return (question for question in questions if question.casefold().startswith(wanted) and question != prefix)


def filter_by_words(questions: Iterable[str], text: str) -> Iterator[str]:
    """The questions in which every word of `text` stands, also as a part of another, whatever its case."""
    parts = text.casefold().split()
    return (question for question in questions if all(part in question.casefold() for part in parts))


def _keep_newest(questions: Iterable[str]) -> dict[str, None]:
    """Each question once, where it stands last, and MOST of them."""
    last = dict.fromkeys(reversed(list(questions)))
    return dict.fromkeys(reversed(list(last)[:MAX_QUESTIONS]))


def _read_questions(path: Path) -> tuple[dict[str, None], int]:
    """The questions of a file, oldest first, and how many lines it has. A file that cannot be read has none."""
    questions: list[str] = []
    lines = 0
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file:
            lines += 1
            with contextlib.suppress(ValueError):
                question = json.loads(line)
                if isinstance(question, str) and question.strip() and len(question) <= MAX_QUESTION_CHARACTERS:
                    questions.append(question)
    return _keep_newest(questions), lines


def _append_line(path: Path, line: bytes) -> None:
    """Add a line in one write, so that lines of several programs do not mix; only the user may read the file."""
    with _lock_file(path):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _lock_file(path: Path) -> Iterator[None]:
    """Keep other programs from replacing the file while it is added to, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
