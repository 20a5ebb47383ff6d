"""A record with named fields, as a row of a table or an object of JSON, to an article.

Programs name the same field in many ways; here are the names that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape

from assistant.articles.metadata import FIELD_ALIASES, ParsedFile
from assistant.articles.readers.documents.markup import extract_paragraphs, has_entities, is_markup
from assistant.errors import ReadError
from assistant.text.formatting import join_names

TEXT_NAMES = (
    "text", "body", "content", "fulltext", "articletext", "articlebody", "bodytext", "bodyhtml", "contenttext",
    "contenthtml", "maintext", "plaintext", "article", "story", "contents",
)  # fmt: skip
SUMMARY_NAMES = ("description", "summary", "abstract", "excerpt", "snippet", "lead", "standfirst")
# Beside the names that all formats share: those of tables and programs, without case, blanks and underscores.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("heading", "name", "subject", "webtitle", "articletitle"),
    "source": ("sitename", "sourcename", "publication", "newspaper", "medium", "sourcetitle", "feedtitle", "website"),
    "author": ("creator", "writer", "authorname", "journalist", "dccreator"),
    "published_at": (
        "publishedat", "datepublished", "pubdate", "publishdate", "publicationdate", "publishedon", "publisheddate",
        "publishedtime", "articlepublishedtime", "webpublicationdate", "dateofpublication", "releasedate", "datetime",
        "issued", "dcdate",
    ),
    "url": ("weburl", "permalink", "canonicalurl", "articleurl", "sourceurl", "externalurl", "href", "uri"),
    "language": ("locale", "languagecode"),
}  # fmt: skip
ID_NAMES = ("id", "guid", "uuid", "articleid", "key")
MAX_NAMED_COLUMNS = 12
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars|characters)\]\s*$")
_UNFIT = re.compile(r"[^a-z0-9]+")


def fold_name(name: object) -> str:
    """The name of a field without case, blanks and underscores."""
    return _UNFIT.sub("", str(name).lower())


def find_identifier(record: Mapping[str, object]) -> str | None:
    """What names a record among the others of its file."""
    folded = {fold_name(name): value for name, value in record.items()}
    values = (folded.get(name) for name in ID_NAMES)
    return next((str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), None)


def explain_missing_text(names: Iterable[object]) -> str:
    """Why records with these fields are no articles."""
    listed = [str(name)[:40] for name in names if str(name).strip()]
    shown = join_names(listed[:MAX_NAMED_COLUMNS], "and") if listed else "none"
    return f"no column with the text of articles, such as text, body or content; its columns: {shown}"


def has_text_field(names: Iterable[object]) -> bool:
    """Whether records with these fields can be articles."""
    return not {fold_name(name) for name in names}.isdisjoint((*TEXT_NAMES, *SUMMARY_NAMES))


def read_record(record: Mapping[str, object], part: str | None = None, line: int | None = None) -> ParsedFile:
    """The article in a record; `part` and `line` say where it stands. Raises ReadError if it has no text."""
    folded = {fold_name(name): value for name, value in reversed(list(record.items()))}
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


def complete_fields(record: Mapping[str, object]) -> dict[str, object]:
    """The fields of a record with the usual names added, and the plain value of each."""
    folded = {fold_name(name): value for name, value in reversed(list(record.items()))}
    fields = {name: value for name, value in record.items() if fold_name(name) not in ID_NAMES}
    for name, aliases in FIELD_ALIASES.items():
        if name == "id":
            continue
        names = (*map(fold_name, aliases), *OTHER_NAMES.get(name, ()))
        value = next((plain for each in names if (plain := simplify(folded.get(each)))), None)
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
