"""What is new after a build, in one line: "3 new, 1 names Carrie Lam"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.records.build import BuildReport
from assistant.records.marks import StandingQuestion
from assistant.standing.wording import read_asked
from assistant.store.protocol import Library

MAX_ARTICLES = 200  # new ones; of more, nobody is named
MAX_PEOPLE = 100  # most quoted speakers that are looked for
MAX_NAMED = 2  # people in the line


def describe_news(report: BuildReport, library: Library, questions: Iterable[StandingQuestion]) -> str:
    """How many articles are new or changed, and how many of the new ones name whom the user follows.

    These are the speakers of the standing questions; if no new article names one, the speaker of the library whom most
    new articles quote. Empty if nothing is new, or if everything is: after a first build.
    """
    parts = []
    if report.added and report.added < report.articles:
        parts.append(f"{report.added:,} new")
        followed = [wanted.speaker for each in questions if (wanted := read_asked(each.asked, each.wording)).speaker]
        parts += _describe_names(report, library, [name for name in followed if name])
    if report.changed:
        parts.append(f"{report.changed:,} changed")
    return ", ".join(parts)


def _describe_names(report: BuildReport, library: Library, followed: Sequence[str]) -> list[str]:
    if report.added > MAX_ARTICLES:
        return []
    ids = [article.id for article in report.added_articles]
    counts: dict[str, int] = {}
    if followed:
        texts = [f"{article.title}\n{article.text}" for article in library.load_articles(ids).values()]
        counts = {name: _count_texts(name, texts) for name in dict.fromkeys(followed)}
    if not any(counts.values()):
        known = [name for name, _, _ in library.speakers(MAX_PEOPLE)]
        quoted = dict.fromkeys(known, 0)  # the most quoted first
        for statements in library.load_statements(ids).values():
            for name in {each.speaker for each in statements if each.speaker in known and each.speaker}:
                quoted[name] += 1
        counts = dict(sorted(quoted.items(), key=lambda item: -item[1])[:1])
    return [f"{count:,} name{'s' if count == 1 else ''} {name}" for name, count in counts.items() if count][:MAX_NAMED]


def _count_texts(name: str, texts: Sequence[str]) -> int:
    words = r"\s+".join(re.escape(word) for word in name.split())
    named = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return sum(named.search(text) is not None for text in texts)
