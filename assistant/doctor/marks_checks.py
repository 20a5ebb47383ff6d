"""Check of what the user added to the library: the file is whole, and how much of it is on articles that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.doctor.examination import Examination
from assistant.errors import MarksError
from assistant.marks.library import LibraryMarks
from assistant.records.checks import Finding
from assistant.text.formatting import count_noun


def check_marks(examination: Examination) -> Iterator[Finding]:
    """Marks, notes, dossier and standing questions can be read. Marks of articles that are gone are only told."""
    marks = LibraryMarks(examination.config.kept)
    if not marks.database.path.exists():
        return
    try:
        fault = marks.database.find_fault()
        marked, entries = marks.articles.list_marked(), len(marks.dossier.list_entries())
        questions = len(marks.standing.list_questions())
        marks.standing.list_findings()
    except MarksError as error:
        fault = str(error)
    if fault is not None:
        yield Finding("marks", "error", fault)
        return
    known = {row.sha256 for row in examination.library.article_rows().values()}
    gone = sum(article.sha256 not in known for article in marked)
    counts = f"{count_noun(len(marked), 'marked article')}, {entries} in the dossier, {questions} standing questions"
    yield Finding("marks", "ok", counts)
    if gone:
        message = (
            f"{count_noun(gone, 'marked article')} not in the library now; the marks are kept for when they are back"
        )
        yield Finding("marks", "note", message)
