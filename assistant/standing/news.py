"""What is new after a build, in one line: "3 new, 1 names Carrie Lam"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.records.build import BuildReport
from assistant.records.marks import StandingQuestion
from assistant.standing.wording import read_asked
from assistant.store.protocol import Library
from assistant.text.names import normalize_name
from assistant.text.words import split_words

MAX_ARTICLES = 200  # new ones of which the text is read for names
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
    ids = [article.id for article in report.added_articles[:MAX_ARTICLES]]
    articles = library.load_articles(ids).values()
    texts = [" ".join(split_words(f"{article.title} {article.text}")) for article in articles]
    counts = {name: _count_texts(name, texts) for name in dict.fromkeys(followed)}
    if not any(counts.values()):
        quoted: dict[str, int] = {}
        known = {name for name, _, _ in library.speakers(MAX_PEOPLE)}
        for statements in library.load_statements(ids).values():
            for name in {each.speaker for each in statements if each.speaker in known and each.speaker}:
                quoted[name] = quoted.get(name, 0) + 1
        counts = dict(sorted(quoted.items(), key=lambda item: -item[1])[:1])
    return [f"{count:,} name{'s' if count == 1 else ''} {name}" for name, count in counts.items() if count][:MAX_NAMED]


def _count_texts(name: str, texts: Sequence[str]) -> int:
    words = f" {' '.join(normalize_name(name) or split_words(name))} "
    return sum(words in f" {text} " for text in texts)
