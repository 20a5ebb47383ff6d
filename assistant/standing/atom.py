"""The findings of standing questions as an Atom feed (RFC 4287), for any feed reader."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from assistant.errors import MarksError
from assistant.exports.layout import describe_place, describe_source, get_safe_url
from assistant.marks.library import LibraryMarks
from assistant.records.marks import StandingFinding
from assistant.system.files import write_durably
from assistant.system.os_errors import describe_write_error
from assistant.text.sanitize import sanitize_line

FILE_NAME = "standing.atom"
MAX_ENTRIES = 500  # newest findings in the file
_NAMESPACE = "http://www.w3.org/2005/Atom"
_FIRST_TIME = "1970-01-01T00:00:00+00:00"  # of a feed without entries


def write_atom(marks: LibraryMarks) -> Path:
    """Write all findings beside the marks, and return the file. Raises MarksError."""
    path = marks.folder / FILE_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, render_atom(marks.standing.list_findings()).encode("utf-8"), 0o600)
    except OSError as error:
        raise MarksError(f"{path}: {describe_write_error(error)}; make the folder writable") from error
    return path


def render_atom(findings: Sequence[StandingFinding]) -> str:
    """A feed with an entry for each finding; the id of an entry never changes."""
    ElementTree.register_namespace("", _NAMESPACE)
    feed = _make(None, "feed")
    _make(feed, "id", "urn:news-assistant:standing-questions")
    _make(feed, "title", "Standing questions")
    _make(feed, "updated", max((finding.found_at for finding in findings), default=_FIRST_TIME))
    _make(_make(feed, "author"), "name", "News assistant")
    for finding in findings[:MAX_ENTRIES]:
        _add_entry(feed, finding)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _add_entry(feed: ElementTree.Element, finding: StandingFinding) -> None:
    cited = finding.citation
    key = f"{finding.question} {cited.article_sha256} {cited.start} {cited.end}"
    entry = _make(feed, "entry")
    _make(entry, "id", f"urn:news-assistant:finding:{hashlib.sha256(key.encode()).hexdigest()[:32]}")
    _make(entry, "title", f"{finding.wording}: {cited.title}")
    _make(entry, "updated", finding.found_at)
    if link := get_safe_url(cited):
        _make(entry, "link").set("href", link)
    proof = f"{cited.words_with_days} ({', '.join([*describe_source(cited), describe_place(cited)])})"
    _make(entry, "content", proof).set("type", "text")


def _make(parent: ElementTree.Element | None, name: str, text: str = "") -> ElementTree.Element:
    tag = f"{{{_NAMESPACE}}}{name}"
    element = ElementTree.Element(tag) if parent is None else ElementTree.SubElement(parent, tag)
    if text:
        element.text = sanitize_line(text)
    return element
