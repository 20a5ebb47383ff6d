"""A record with named fields, as a row of a table or an object of JSON, to an article.

Programs name the same field in many ways; here are the names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from operator import itemgetter

from assistant.articles.metadata import FIELD_ALIASES, ParsedFile
from assistant.articles.readers.documents.markup import extract_paragraphs, has_entities, is_markup
from assistant.errors import ReadError
from assistant.text.formatting import join_names

TEXT_NAMES = (
    "text", "body", "content", "fulltext", "articletext", "articlebody", "bodytext", "bodyhtml", "contenttext",
    "contenthtml", "maintext", "plaintext", "article", "story", "contents",
)  # fmt: skip
SUMMARY_NAMES = (
    "description", "summary", "abstract", "excerpt", "snippet", "lead", "standfirst", "highlight",
)  # fmt: skip
# Beside the names that all formats share: those of tables and programs, without case, blanks and underscores.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("heading", "name", "subject", "webtitle", "fulltitle", "booktitle"),
    "source": (
        "publicationtitle", "publication", "newspaper", "medium", "sourcetitle", "feedtitle", "website", "journal",
    ),
    "author": ("creator", "writer", "journalist", "reporter", "bookauthor", "dccreator"),
    "published_at": (
        "publishedat", "datepublished", "pubdate", "publishdate", "publicationdate", "publishedon", "publisheddate",
        "publishedtime", "articlepublishedtime", "webpublicationdate", "dateofpublication", "releasedate", "datetime",
        "issued", "dcdate",
    ),
    "url": ("weburl", "permalink", "canonicalurl", "articleurl", "sourceurl", "externalurl", "href", "uri"),
    "language": ("locale", "languagecode"),
}  # fmt: skip
ID_NAMES = ("id", "guid", "uuid", "key")
MAX_NAMED_COLUMNS = 12
_ALTERNATIVES = re.compile(r"[/|()\[\]]")  # "Schlagzeile/Headline", "Date (UTC)"
_FILLERS = re.compile(r"^(?:article|story|news|media)(?=.)|(?<=.)(?:name|note)$")  # "Article text", "Outlet name"
MAX_ROWS_ABOVE = 10  # of a table, above the names of its columns: a title, a day, the search of a service
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars|characters)\]\s*$")
_UNFIT = re.compile(r"[^a-z0-9]+")


def fold_name(name: object) -> str:
    """The name of a field without case, blanks and underscores."""
    return _UNFIT.sub("", str(name).lower())


@lru_cache(maxsize=4_096)
def list_names(name: str) -> tuple[str, ...]:
    """The names, folded, by which a field may be known, the most exact one first: "Article text" is also "text"."""
    parts = [fold_name(part) for part in (name, *_ALTERNATIVES.split(name))]
    return tuple(dict.fromkeys(each for each in (*parts, *(_FILLERS.sub("", part, count=1) for part in parts)) if each))


def _fold_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The values by the folded names of their fields; an exact name, and of those the first, counts before others."""
    ranked = [(rank, name, value) for key, value in record.items() for rank, name in enumerate(list_names(str(key)))]
    folded: dict[str, object] = {}
    for _, name, value in sorted(ranked, key=itemgetter(0)):
        folded.setdefault(name, value)
    return folded


def find_identifier(record: Mapping[str, object]) -> str | None:
    """What names a record among the others of its file."""
    folded = _fold_fields(record)
    values = (folded.get(name) for name in ID_NAMES)
    return next((str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), None)


def explain_missing_text(names: Iterable[object]) -> str:
    """Why records with these fields are no articles."""
    listed = [str(name)[:40] for name in names if str(name).strip()]
    shown = join_names(listed[:MAX_NAMED_COLUMNS], "and") if listed else "none"
    return f"no column with the text of articles, such as text, body or content; its columns: {shown}"


def has_text_field(names: Iterable[object]) -> bool:
    """Whether records with these fields can be articles."""
    return not {each for name in names for each in list_names(str(name))}.isdisjoint((*TEXT_NAMES, *SUMMARY_NAMES))


def is_head(row: Sequence[object], *, is_first: bool) -> bool:
    """Whether a row of a table names its columns, one of them the text of articles."""
    cells = [cell for cell in row if str(cell or "").strip()]
    return (is_first or len(cells) > 1) and has_text_field(cells)


def read_record(record: Mapping[str, object], part: str | None = None, line: int | None = None) -> ParsedFile:
    """The article in a record; `part` and `line` say where it stands. Raises ReadError if it has no text."""
    folded = _fold_fields(record)
    name = next((name for name in TEXT_NAMES if _is_filled(folded.get(name))), None)
    notes: list[str] = []
    partial = None
    if name is None:
        name = next((name for name in SUMMARY_NAMES if _is_filled(folded.get(name))), None)
        if name is None:
            raise ReadError("no text")
        partial = f"only its {name} is there"
        notes.append(f"{partial}, not the whole text")
    text, note = clean_text(str(folded[name]))
    notes += [note] if note else []
    if _CUT_OFF.search(text):
        text = _CUT_OFF.sub("…", text)
        partial = "the text is cut off by the program that made the file"
        notes.append(partial)
    fields = complete_fields(record)
    return ParsedFile(text, fields, line=line, part=part, reading_note="; ".join(notes) or None, partial=partial)


def clean_text(text: str) -> tuple[str, str | None]:
    """A text without HTML, if it is plainly HTML, with a note that says so; else the text unchanged."""
    if is_markup(text):
        return extract_paragraphs(text), "its text is HTML: the tags are left out"
    if has_entities(text):
        return unescape(text), "its text has entities of HTML: they are written as characters"
    return text, None


def list_field_names(field: str) -> tuple[str, ...]:
    """The names, folded, under which records have a field of an article."""
    return (*map(fold_name, FIELD_ALIASES[field]), *OTHER_NAMES.get(field, ()))


def complete_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The fields of a record with the usual names added, and the plain value of each."""
    folded = _fold_fields(record)
    fields = {name: value for name, value in record.items() if fold_name(name) not in ID_NAMES}
    for name in FIELD_ALIASES:
        if name == "id":
            continue
        value = next((plain for each in list_field_names(name) if (plain := simplify(folded.get(each)))), None)
        if value:
            fields[name] = value
    return fields


def simplify(value: object) -> object:
    """A field as text or a list of texts: an object stands for its name, entities for their characters.

    Lists within lists are ignored.
    """
    if isinstance(value, list | tuple):
        return [plain for each in value if (plain := _simplify_one(each))]
    return _simplify_one(value)


def _simplify_one(value: object) -> object:
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "url", "#text") if value.get(key)), None)
    if isinstance(value, str):
        words = extract_paragraphs(value) if is_markup(value) else value
        return unescape(words) if has_entities(words) else words
    return None if isinstance(value, Mapping | list | tuple) else value


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
