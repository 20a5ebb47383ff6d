"""What a user does that must survive a power failure, each with a check of what is left.

`python -m tests.torture.power.actions FOLDER NAME…` runs these actions, each in its own folder. An action marks each
thing that it has told the user to be done; from then on it must be there."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from assistant.articles.sources.added import find_added_sources, get_origin_path, read_paths, write_paths
from assistant.config.editor import SettingsSource, apply_change
from assistant.config.load import CONFIG_NAME, load_config
from assistant.config.scaffold import create_library
from assistant.conversations.question_history import QuestionHistory
from assistant.conversations.store import ConversationStore
from assistant.embedding.conversion import get_or_make
from assistant.records.answer import Answer, Turn
from assistant.records.conversation import LibraryKey
from assistant.records.query import Query
from assistant.system.files import compute_file_sha256, write_durably
from assistant.web.fetching import Fetched
from assistant.web.shelf import Shelf
from assistant.web.subscriptions import Subscriptions

NOW = datetime(2025, 10, 27, 8, 0, tzinfo=UTC)
ADDRESSES = [f"https://news.example.org/{name}" for name in ("harbour", "ferry", "bridge")]
FEED = "https://news.example.org/feed.xml"


@dataclass(frozen=True, slots=True)
class Action:
    """`prepare` makes a folder that is wholly on the disk, `run` changes it, `check` yields what is wrong with it.

    `run` is given a function that marks what is done; `check` the number of marks that were passed.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path, Callable[[], None]], None]
    check: Callable[[Path, int], Iterator[str]]


# -------------------------------------------------------------------------------------- conversations


def make_turn(number: int) -> Turn:
    """A question with its answer."""
    question, words = f"question {number}?", f"answer {number}. " + "The harbour is open. " * 60
    return Turn(question, Query(question, "other", ("why",)), Answer(question, words, False, None, (), (), ()))


def _store(root: Path, warnings: list[str] | None = None) -> ConversationStore:
    return ConversationStore(root / "data" / "news-assistant", (warnings if warnings is not None else []).append)


def _prepare_conversations(root: Path) -> None:
    for number in range(3):
        _store(root).save("aaaaaaaa", LibraryKey("library"), make_turn(number))


def _save_turns(root: Path, mark: Callable[[], None]) -> None:
    for number in range(10, 13):
        _store(root).save("bbbbbbbb", LibraryKey("library"), make_turn(number))
        mark()


def _check_turns(root: Path, passed: int) -> Iterator[str]:
    warnings: list[str] = []
    turns = _store(root, warnings).read_turns("bbbbbbbb")
    yield from warnings
    if [turn.question for turn in turns] != [f"question {number}?" for number in range(10, 10 + len(turns))]:
        yield f"the saved turns are {[turn.question for turn in turns]}"
    if len(turns) < passed:
        yield f"{len(turns)} turns are left of {passed} that were saved"


def _check_more_turns(root: Path, passed: int) -> Iterator[str]:
    yield from _check_turns(root, passed)
    if len(_store(root).read_turns("aaaaaaaa")) != 3:
        yield "an older conversation is lost"


def _change_conversations(root: Path, mark: Callable[[], None]) -> None:
    _store(root).rename("aaaaaaaa", "The harbour")
    mark()
    _store(root).delete("aaaaaaaa")
    mark()


def _check_changes(root: Path, passed: int) -> Iterator[str]:
    warnings: list[str] = []
    titles = [saved.title for saved in _store(root, warnings).list_conversations()]
    yield from warnings
    allowed = [["question 0?"], ["The harbour"], []][passed:]
    if titles not in allowed:
        yield f"the conversations are {titles}, not one of {allowed}"


# ----------------------------------------------------------------------------------- single files


def _ask_questions(root: Path, mark: Callable[[], None]) -> None:
    for number in range(3):
        QuestionHistory(root).save(f"question {number}?")
    mark()


def _prepare_questions(root: Path) -> None:
    QuestionHistory(root).save("an older question?")


def _check_questions(root: Path, passed: int) -> Iterator[str]:
    """The newest questions may be lost: nobody waits for the disk when they ask. The older ones may not."""
    history = QuestionHistory(root)
    history.load()
    if "an older question?" not in history.questions:
        yield f"an older question is lost: {history.questions}"
    if strange := [question for question in history.questions if not question.endswith("?")]:
        yield f"never asked: {strange}"


def _prepare_settings(root: Path) -> None:
    (root / CONFIG_NAME).write_text("# my settings\npassages:\n  max_tokens: 100\n", encoding="utf-8")


def _change_settings(root: Path, mark: Callable[[], None]) -> None:
    for value in ("120", "140"):
        apply_change(SettingsSource(root / CONFIG_NAME), "passages.max_tokens", value)
        mark()


def _check_settings(root: Path, passed: int) -> Iterator[str]:
    value = load_config(root / CONFIG_NAME).passages.max_tokens
    if value not in (100, 120, 140)[passed:]:
        yield f"passages.max_tokens is {value} after {passed} changes"


def _export(root: Path, mark: Callable[[], None]) -> None:
    write_durably(root / "answer.md", b"new " * 3_000)
    mark()


def _prepare_export(root: Path) -> None:
    (root / "answer.md").write_bytes(b"old " * 3_000)


def _check_export(root: Path, passed: int) -> Iterator[str]:
    content = (root / "answer.md").read_bytes()
    if content not in (b"old " * 3_000, b"new " * 3_000)[passed:]:
        yield f"an export of {len(content)} bytes that begins with {content[:20]!r}"


def _create_library(root: Path, mark: Callable[[], None]) -> None:
    for _ in create_library(root / "library", "Markdown"):
        pass
    mark()


def _check_library(root: Path, passed: int) -> Iterator[str]:
    """A library without settings is created by the next `assistant init`; one with settings is whole."""
    folder = root / "library"
    if not (folder / CONFIG_NAME).exists():
        if passed:
            yield "the new library is lost"
        for _ in create_library(folder, "Markdown"):
            pass
    load_config(folder / CONFIG_NAME)
    for file in (CONFIG_NAME, "seeds/README.md", "index/README.md"):
        if not (folder / file).is_file() or not (folder / file).read_bytes().strip(b"\0\n"):
            yield f"{file} is missing or empty"


# ------------------------------------------------------------------------------- what was added


def _page_content(number: int) -> bytes:
    return f"<html><body><article><p>{'The ferry is late. ' * 50}{number}</p></article></body></html>".encode()


def _add_pages(root: Path, mark: Callable[[], None]) -> None:
    folder = root / "index-added"
    shelf = Shelf(folder)
    with Subscriptions(folder) as subscriptions:
        subscriptions.add_feed(FEED, "feed", "The News", NOW)
        mark()
        for number, address in enumerate([*ADDRESSES, ADDRESSES[0]]):
            page = subscriptions.want_page(address, NOW)
            fetched = Fetched(address, 200, {"content-type": "text/html"}, _page_content(number))
            subscriptions.note_kept(page, shelf.keep(page, fetched, None, NOW), None, (None, None), NOW)
            mark()
    write_paths(folder, ["/home/me/articles"])
    mark()


def _check_pages(root: Path, passed: int) -> Iterator[str]:
    """What is noted as kept is there, with its text; it would not be fetched again."""
    folder = root / "index-added"
    with Subscriptions(folder) as subscriptions:
        if passed and subscriptions.find_feed(FEED) is None:
            yield "the feed is lost"
        kept = [row for (row,) in subscriptions._rows("SELECT file FROM pages WHERE file IS NOT NULL")]
    if len(kept) < min(passed - 1, len(ADDRESSES)):
        yield f"{len(kept)} pages are noted of {passed - 1} that were added"
    for file in map(str, kept):
        path = folder / file
        if not path.is_file():
            yield f"{file} is noted, but not there"
        elif path.read_bytes() not in {_page_content(number) for number in range(4)}:
            yield f"{file} has another content"
        elif not isinstance(json.loads(get_origin_path(path).read_bytes()), dict):
            yield f"{file} has no origin"
    if passed > len(ADDRESSES) + 2 and read_paths(folder) != ["/home/me/articles"]:
        yield "the paths are lost"
    find_added_sources(folder)


def _convert_model(root: Path, mark: Callable[[], None]) -> None:
    def make(path: Path) -> None:
        path.write_bytes(b"<net/>" * 2_000)
        path.with_suffix(".bin").write_bytes(bytes(range(256)) * 200)

    with patch.dict(os.environ, {"XDG_CACHE_HOME": str(root / "cache")}):
        get_or_make("a-model", make)
    mark()


def _check_model(root: Path, _passed: int) -> Iterator[str]:
    """A converted model that is not whole is made again."""
    _convert_model(root, lambda: None)
    folder = root / "cache" / "news-assistant" / "converted" / "a-model"
    sums = json.loads((folder / "sha256.json").read_text(encoding="utf-8"))
    if any(compute_file_sha256(folder / name) != expected for name, expected in sums.items()):
        yield "the converted model is damaged"
    if hashlib.sha256(b"<net/>" * 2_000).hexdigest() not in sums.values():
        yield "the converted model is another"


def _nothing(_root: Path) -> None:
    return


ACTIONS = (
    Action("first conversation", _nothing, _save_turns, _check_turns),
    Action("further conversation", _prepare_conversations, _save_turns, _check_more_turns),
    Action("changed conversations", _prepare_conversations, _change_conversations, _check_changes),
    Action("earlier questions", _prepare_questions, _ask_questions, _check_questions),
    Action("settings", _prepare_settings, _change_settings, _check_settings),
    Action("export", _prepare_export, _export, _check_export),
    Action("new library", _nothing, _create_library, _check_library),
    Action("added pages", _nothing, _add_pages, _check_pages),
    Action("converted model", _nothing, _convert_model, _check_model),
)
ACTION_BY_NAME = {action.name: action for action in ACTIONS}


def find_root(folder: Path, action: Action) -> Path:
    """The folder of an action."""
    return folder / action.name.replace(" ", "-")


def make_mark(root: Path) -> Callable[[], None]:
    """A function that the recorder sees, with the folder that it belongs to."""
    mark = ctypes.CDLL(None).power_mark
    return lambda: mark(ctypes.c_char_p(os.fsencode(root)))


if __name__ == "__main__":
    for name in sys.argv[2:]:
        root = find_root(Path(sys.argv[1]), ACTION_BY_NAME[name])
        ACTION_BY_NAME[name].run(root, make_mark(root))
