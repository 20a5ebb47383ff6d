"""Coverage-guided fuzzing of all code that reads untrusted input; meant to run for hours, outside the test suite.

    pip install -e '.[fuzz]'
    python -m tests.fuzz md|txt|html|jsonl|question|settings|saved|speech FOLDER [options of libFuzzer]

Inputs that reach new code are saved in FOLDER. An input that ends in an unexpected exception is written to a file
named crash-…: turn it into a test. Example: python -m tests.fuzz html /tmp/html
-max_total_time=3600
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["assistant", "markdown_it", "yaml"]):
    from assistant.answers.verification import read_saved_answers
    from assistant.articles.readers import read_file
    from assistant.articles.source_file import SourceFile
    from assistant.config.load import parse_config
    from assistant.config.schema import ReadingSettings
    from assistant.conversations.record_json import decode_record
    from assistant.errors import AssistantError
    from assistant.questions.parser import parse_question
    from assistant.records.answer import Answer
    from assistant.records.article import Article
    from assistant.speech.statements import find_statements
    from assistant.text.sentences import sentence_spans

INPUT_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def fuzz_file(data: bytes, suffix: str) -> None:
    """Read a file with this content."""
    path = INPUT_FOLDER / f"article{suffix}"
    path.write_bytes(data)
    for record in read_file(SourceFile(str(path), "a", len(data), 0, suffix), ReadingSettings()):
        if isinstance(record, Article):
            record.text.encode()  # so it can be stored


def fuzz_statements(text: str) -> None:
    """Find the statements in an article with this text."""
    for statement in find_statements(Article("a", "Title", text, ""), sentence_spans(text)):
        assert 0 <= statement.sentence_start <= statement.start < statement.end <= statement.sentence_end <= len(text)


def fuzz_saved_answer(text: str) -> None:
    """Read a file of saved answers, and a turn of a saved conversation."""
    list(read_saved_answers(text))
    with contextlib.suppress(ValueError):
        decode_record(Answer, text)


def decode_input(run: Callable[[str], object]) -> Callable[[bytes], None]:
    """A target that decodes its input as text and accepts the errors of the program."""

    def target(data: bytes) -> None:
        with contextlib.suppress(AssistantError):
            run(data.decode("utf-8", "ignore"))

    return target


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{name: lambda data, name=name: fuzz_file(data, f".{name}") for name in ("md", "txt", "html", "jsonl")},  # type: ignore[misc]
    "question": decode_input(parse_question),
    "settings": decode_input(lambda text: parse_config(text, Path("config.yaml"))),
    "saved": decode_input(fuzz_saved_answer),
    "speech": decode_input(fuzz_statements),
}


def main() -> None:
    """Fuzz the target that the first argument names; libFuzzer reads the other arguments."""
    from tests.test_fuzzing import CITED, PIECES, SPEECH, YAML

    name = sys.argv.pop(1)
    target, folder = TARGETS[name], Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = {"settings": YAML, "saved": CITED, "question": SPEECH, "speech": SPEECH}.get(name) or (
        PIECES[f".{name}"].split("·")
    )
    (folder / "seed").write_text("".join(words), encoding="utf-8")
    if name == "html":
        page = "<html><head><title>T</title></head><body><article><p>The gate is shut, she said.</p></article></body>"
        (folder / "page").write_text(f"{page}</html>", encoding="utf-8")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
