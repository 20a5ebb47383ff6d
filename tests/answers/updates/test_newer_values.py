"""The newest value for what may change leads, and a figure of another event, place or thing is none.

`newer_values.jsonl` has groups of two or three short articles with two questions each: `newest` is the value that must
lead, with the `earlier` ones; it is null where nothing has changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.answers.updates.finding import ValueUpdate, find_update, put_newest_value_first
from assistant.evidence.overlap import DuplicateGroups
from assistant.evidence.selection import Selection
from assistant.questions.parser import parse_question
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.text.sentences import sentence_spans
from assistant.text.stemming import stem_words
from tests.support.memory_library import MemoryLibrary, make_article

GROUPS = [
    json.loads(line) for line in (Path(__file__).parent / "newer_values.jsonl").read_text(encoding="utf-8").splitlines()
]
CASES = [pytest.param(group, case, id=case["question"]) for group in GROUPS for case in group["cases"]]


@dataclass(frozen=True)
class News:
    """Articles in memory, and their sentences that share most words with a question first."""

    articles: list[Article]

    @property
    def groups(self) -> DuplicateGroups:
        return DuplicateGroups(MemoryLibrary(self.articles).snapshot())

    def list_evidence(self, question: str) -> list[Evidence]:
        found = []
        for article in self.articles:
            for start, end in sentence_spans(article.text):
                shared = len(stem_words(question) & stem_words(article.text[start:end]))
                found.append(Evidence(article, start, end, 0.5 + shared / 50))
        return sorted(found, key=lambda each: -each.score)


def make_news(*texts: tuple[str, str, str], title: str = "News") -> News:
    """Articles of a day, an outlet and a text each."""
    return News(
        [
            make_article(str(number), text, title=title, source=outlet, published_at=day)
            for number, (day, outlet, text) in enumerate(texts)
        ]
    )


def find(news: News, question: str) -> ValueUpdate | None:
    return find_update(parse_question(question), news.list_evidence(question), news.groups)


@pytest.mark.parametrize(("group", "case"), CASES)
def test_newest_value(group: dict[str, Any], case: dict[str, Any]) -> None:
    news = News(
        [
            make_article(
                each["id"], each["text"], title=each["title"], source=each["source"], published_at=each["published_at"]
            )
            for each in group["articles"]
        ]
    )
    found = find(news, case["question"])
    if case["newest"] is None:
        assert found is None
    else:
        assert found is not None
        assert (found.newest.words, [each.words for each in found.earlier]) == (case["newest"], case["earlier"])


PIER_IN_MAY = ("2025-02-03", "Gazette", "The pier at Tarn will open on 3 May, the town said.")


@pytest.mark.parametrize(
    ("later", "newest"),
    [
        (("2025-03-03", "Mercury", "The pier at Tarn will open on 17 May."), "17 May"),
        (("2025-03-03", "Mercury", "The pier at Tarn is delayed until 17 May."), "17 May"),
        (("2025-03-03", "Mercury", "The opening of the pier at Tarn has been put off until 17 May."), "17 May"),
        (("2025-05-20", "Mercury", "The pier at Tarn was opened on 17 May."), "17 May"),
        (("2025-02-03", "Mercury", "The pier at Tarn will open on 17 May."), None),  # of the same day
        (("2025-02-04", "Mercury", "The pier at Tarn will open on 17 May."), None),  # another outlet, a day later
        (("2025-02-04", "Gazette", "The pier at Tarn will open on 17 May."), "17 May"),
        (("2025-03-03", "Mercury", "The pier at Tarn will open in May."), None),
        (("2025-03-03", "Mercury", "The pier at Ellery will open on 17 May."), None),
        (("2025-03-03", "Mercury", "The second pier at Tarn will open on 17 May."), None),
        (("2025-03-03", "Mercury", "The café on the pier at Tarn will open on 17 May."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will be painted on 17 May."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn, originally due on 17 May, is late."), None),
        (("2026-03-03", "Mercury", "The pier at Tarn will open on 1 April."), None),  # for another summer
        (("2025-03-03", "Mercury", "The pier at Tarn will not open on 17 May, the town said."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will not open until 17 May."), "17 May"),
        (("2025-03-03", "Mercury", "The town denied that the pier at Tarn will open on 17 May."), None),
        (("2025-03-03", "Mercury", "If it rains, the pier at Tarn could open on 17 May."), None),
        (("2025-03-03", "Mercury", "Ada May will open the pier at Tarn."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will open when prices fall."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will open for women on 17 May."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will open at noon on Sundays in June."), None),
        (("2025-03-03", "Mercury", "The pier at Tarn will open on 31 June."), None),
    ],
)
def test_plans(later: tuple[str, str, str], newest: str | None) -> None:
    """A plan changes if a later article gives another day for the same thing before it was to happen."""
    found = find(make_news(PIER_IN_MAY, later), "When will the pier at Tarn open?")
    assert (found.newest.words if found else None) == newest


def test_later_article_that_leaves_the_time_open() -> None:
    """It tells that the plan of the others may not hold, but not which does: no value is called the latest."""
    later = ("2025-03-03", "Mercury", "The pier at Tarn will open on 17 May.")
    question = "When will the pier at Tarn open?"
    assert find(make_news(PIER_IN_MAY, later), question) is not None
    for text in (
        "If the pier at Tarn opens on 3 June, ferries will stop there.",
        "The pier at Tarn could open on 3 June.",
    ):
        assert find(make_news(PIER_IN_MAY, later, ("2025-04-03", "Mercury", text)), question) is None


def test_newest_sentence_leads() -> None:
    """With its words and the score of the best; the older values follow, with their days."""
    news = make_news(PIER_IN_MAY, ("2025-03-03", "Mercury", "It rained. The pier at Tarn will open on 17 May."))
    question = "When will the pier at Tarn open?"
    selection = Selection(tuple(news.list_evidence(question)), 0.8)
    led = put_newest_value_first(parse_question(question), selection, news.groups)
    first = led.evidence[0]
    assert (first.short_answer, first.score) == ("17 May", max(each.score for each in selection.evidence))
    assert [(each.words, each.day) for each in led.history] == [("17 May", "2025-03-03"), ("3 May", "2025-02-03")]
    assert put_newest_value_first(parse_question("Why is the pier shut?"), selection, news.groups) is selection
