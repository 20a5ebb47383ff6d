"""What follows each build: marks move to changed texts, standing questions are asked, what is new is put in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.errors import AssistantError
from assistant.marks.library import LibraryMarks
from assistant.records.article import Notice
from assistant.records.build import BuildReport
from assistant.standing.atom import write_atom
from assistant.standing.check import Ask, check_questions, hash_articles
from assistant.standing.news import describe_news
from assistant.store.protocol import Library


def follow_build(
    report: BuildReport, library: Library, marks: LibraryMarks, ask: Ask
) -> Iterator[Notice | BuildReport]:
    """The report with what is new. What fails here is a Notice: the build itself is complete, and the next one retries.

    The questions are asked of every article that they were not asked of, also if an earlier build brought it.
    """
    findings, news = report.findings, report.news
    try:
        if marks.articles.list_marked():
            marks.articles.follow_changes(hash_articles(library.article_rows()), library.article)
        questions = marks.standing.list_questions()
        findings = check_questions(library, marks.standing, ask)
        news = describe_news(report, library, questions)
        if findings:
            write_atom(marks)
    except AssistantError as error:
        yield Notice("marks and standing questions", str(error), skipped=False)
    yield replace(report, findings=findings, news=news)
