"""What the interface does with marks, dossier and standing questions, for worker threads. Changes no widget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from textual.message import Message

from assistant.records.article import Article
from assistant.records.marks import MarkedArticle
from assistant.text.sanitize import shorten_line
from assistant.tui.backend import Backend, Opener, describe_error
from assistant.tui.keep.messages import (
    AddProgress,
    DossierListed,
    FilesOrFeedsChanged,
    MarksRead,
    SourceAdded,
    StandingListed,
)
from assistant.tui.keep.state import MarksChange


def mark_target(article: Article) -> MarkedArticle:
    """What the marks of an article are kept by."""
    return MarkedArticle(article.sha256, article.id, article.title)


def read_marks(backend: Backend, article_id: str, span: tuple[int, int] | None) -> MarksRead | None:
    """The marks and notes of an article; None if the library has no such article."""
    from assistant.records.marks import ArticleMarks

    article = backend.article(article_id)
    if article is None:
        return None
    store = backend.marks.articles
    marks = store.load_marks().get(article.sha256, ArticleMarks())
    return MarksRead(article, marks, tuple(store.list_notes(article.sha256)), span)


def apply_change(backend: Backend, article: Article, change: MarksChange) -> None:
    """Change the marks of an article, and its fields from the next build on, to those that the user wants."""
    store, target = backend.marks.articles, mark_target(article)
    known = store.load_marks().get(article.sha256)
    tags = known.tags if known else ()
    store.star(target, on=change.is_starred)
    store.mark_read(target, on=change.is_read)
    if gone := [tag for tag in tags if tag not in change.tags]:
        store.remove_tags(target, gone)
    if change.tags:
        store.add_tags(target, change.tags)
    for number in change.removed_notes:
        store.change_note(number, "")
    if change.note.strip():
        store.add_note(article, change.note, change.span)
    if change.fields:
        _set_fields(backend, article, dict(change.fields))


def _set_fields(backend: Backend, article: Article, fields: dict[str, str]) -> None:
    """Keep the user's values. A value of theirs that they have emptied is withdrawn: that of the file counts again."""
    from assistant.articles.supplements.changes import set_values
    from assistant.articles.supplements.supplement import SET_BY_USER

    withdrawn = [name for name, text in fields.items() if not text and article.get_origin(name) == SET_BY_USER]
    texts = {name: text for name, text in fields.items() if name not in withdrawn}
    set_values(backend.config.added, [article], texts, withdrawn)


def list_dossier(backend: Backend, follow: int | None = None) -> DossierListed:
    """The dossier, each entry compared with its article; `follow` is the number of the entry to select."""
    from assistant.exports.dossier.document import make_document

    try:
        entries = backend.marks.dossier.list_entries()
        with backend.open_library() as library:
            document = make_document(entries, library, "")
        return DossierListed(tuple((each.entry, each.fault) for each in document.entries), follow)
    except Exception as error:
        return DossierListed(describe_error(error), follow)


def list_standing(backend: Backend) -> StandingListed:
    """The standing questions and what they found; the findings count as shown."""
    try:
        standing = backend.marks.standing
        questions, findings = tuple(standing.list_questions()), tuple(standing.list_findings())
        if unshown := standing.list_findings(only_unshown=True):
            standing.mark_shown([finding.number for finding in unshown])
        return StandingListed(questions, findings)
    except Exception as error:
        return StandingListed((), describe_error(error))


def follow_adding(open_backend: Opener, what: str, stopped: Callable[[], bool]) -> Iterator[Message]:
    """Add an address or path until that ends or `stopped` returns True; the last message is SourceAdded."""
    from assistant.upkeep.feeds import add_source
    from assistant.web.intake import Added, Failed

    added, line, failures = 0, "", []
    try:
        for event in add_source(open_backend().config, what):
            if isinstance(event, Added):
                added, line = added + 1, event.text
            elif isinstance(event, Failed):
                failures.append(event.text)
            else:
                count = f"{event.number} of {event.total} · " if event.total > 1 else ""
                yield AddProgress(f"… {count}{shorten_line(event.address, 200)}")
            if stopped():
                break
    except Exception as error:
        failures.append(describe_error(error))
    yield SourceAdded(added, line, tuple(failures))


def watch_sources(open_backend: Opener, stop: threading.Event) -> Iterator[FilesOrFeedsChanged]:
    """A message for each change of the files and each feed that brought something, until `stop` is set."""
    from assistant.upkeep.watching import FeedsUpdated, WatchFailed, watch_library

    for happening in watch_library(lambda: open_backend().config, stop):
        if isinstance(happening, WatchFailed):
            yield FilesOrFeedsChanged((happening.reason,))
        elif isinstance(happening, FeedsUpdated):
            yield FilesOrFeedsChanged(happening.failures)
        else:
            yield FilesOrFeedsChanged()
