"""The properties of an Office document that can say something of its article, without those of a template."""

from __future__ import annotations

from typing import Any

from assistant.articles.readers.documents.package import Package, find_text

# Programs make documents from a template that they bring along, and leave its properties in them: the time at which the
# template was made is not that of the document.
_TEMPLATE_TIMES = frozenset(
    {
        "2013-12-23T23:15:00Z",  # python-docx
        "2013-01-27T09:14:16Z",  # python-pptx
        "2006-09-16T00:00:00Z",  # Excel since 2007, and libraries that copy it
        "2006-08-16T00:00:00Z",  # PowerPoint since 2007, and libraries that copy it
        "1970-01-01T00:00:00Z",
        "1980-01-01T00:00:00Z",  # the first time that a ZIP file can have
    }
)
_TEMPLATE_AUTHORS = frozenset({"python-docx", "steve canny", "openpyxl", "apache poi", "docx4j", "un-named", "user"})
_TEMPLATE_TITLES = frozenset({"word document", "powerpoint presentation"})


def read_properties(package: Package) -> dict[str, object]:
    """Title, author and time of creation as the properties give them; empty where they are those of a template."""
    core = package.parse("docProps/core.xml")
    return {
        "title": _unless(find_text(core, "title"), _TEMPLATE_TITLES),
        "author": _unless(find_text(core, "creator"), _TEMPLATE_AUTHORS),
        "published_at": find_creation(core),
    }


def find_creation(core: Any) -> str:
    """When a document was made, by its properties; empty if that is the time of a template."""
    created = find_text(core, "created")
    return "" if created in _TEMPLATE_TIMES else created


def _unless(value: str, excluded: frozenset[str]) -> str:
    return "" if value.lower() in excluded else value
