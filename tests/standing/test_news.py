"""What is new, in one line."""

from __future__ import annotations

from pathlib import Path

from assistant.engine import Assistant
from assistant.records.build import ArticleName, BuildReport
from assistant.records.marks import StandingQuestion
from assistant.standing.asking import KeepingAssistant
from assistant.standing.news import describe_news
from assistant.store.library import SqliteLibrary
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library

TEXTS = {
    "a": "“The gates leak,” said Anna Roe. “They are old,” said Anna Roe.",
    "b": "Anna Roe went home. “The oven is warm,” said Ivo Tarn, the baker.",
    "c": "“The oven is hot,” said Ivo Tarn. “It is new,” said Pia Lund.",
}
QUESTION = StandingQuestion(1, "tell me when Anna Roe says something", "What did Anna Roe say?", "")
OTHER = StandingQuestion(2, "tell me when Bo Vik says something", "What did Bo Vik say?", "")


def test_news(tmp_path: Path) -> None:
    config = build_tiny_library(tmp_path, [make_article(text, id=name, title=name) for name, text in TEXTS.items()])

    def describe(added: str, questions: list[StandingQuestion], changed: int = 0, unchanged: int = 1) -> str:
        names = tuple(ArticleName(name, name) for name in added)
        report = BuildReport(len(added), changed, 0, unchanged, 0, 0, 0, 0.0, added_articles=names)
        with SqliteLibrary.open(config.index) as library:
            return describe_news(report, library, questions)

    assert describe("ab", [QUESTION]) == "2 new, 2 name Anna Roe"
    assert describe("b", [QUESTION, OTHER]) == "1 new, 1 names Anna Roe"
    assert describe("bc", [OTHER]) == "2 new, 2 name Ivo Tarn"
    assert describe("c", []) == "1 new, 1 names Ivo Tarn"
    assert describe("abc", [QUESTION], unchanged=0) == ""
    assert describe("", [QUESTION], changed=2) == "2 changed"
    assert describe("", [QUESTION]) == ""


def test_assistant_keeps() -> None:
    assert issubclass(Assistant, KeepingAssistant)
