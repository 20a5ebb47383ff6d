"""A record with named fields, as a row of a table or an object of JSON, to an article.

Programs name the same field in many ways; here are the names that are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import unescape

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
    "abstractnote",
)  # fmt: skip
# Beside the names that all formats share: those of tables and programs, without case, blanks and underscores.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("heading", "name", "subject", "webtitle", "fulltitle", "booktitle"),
    "source": (
        "publicationtitle", "publication", "newspaper", "medium", "sourcetitle", "feedtitle", "website", "journal",
        "mediaoutlet",
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
ID_NAMES = ("id", "guid", "uuid", "articleid", "key")
MAX_NAMED_COLUMNS = 12
MAX_NAME_LENGTH = 100  # of a field that is known by a part of its name
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # "Date (UTC)"; but "Photo (link)" is no link of the article
_ALTERNATIVES = re.compile(r"[/|]")  # "Schlagzeile/Headline"
_FILLERS = re.compile(r"^(?:article|story|news)(?=.)|(?<=.)name$")  # "Article text", "Outlet name"
MAX_ROWS_ABOVE = 10  # of a table, above the names of its columns: a title, a day, the search of a service
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ (?:chars|characters)\]\s*$")
_UNFIT = re.compile(r"[^a-z0-9]+")


def fold_name(name: object) -> str:
    """The name of a field without case, blanks and underscores."""
    return _UNFIT.sub("", str(name).lower())


def list_names(name: str) -> tuple[str, ...]:
    """The names, folded, by which a field may be known, the exact one first: "Article text" is also "text".

    None if the name is too long for one.
    """
    return _list_short_names(name) if len(name) <= MAX_NAME_LENGTH else ()


@lru_cache(maxsize=4_096)
def _list_short_names(name: str) -> tuple[str, ...]:
    parts = [fold_name(part) for part in (name, *_ALTERNATIVES.split(_REMARK.sub(" ", name)))]
    return tuple(dict.fromkeys(each for each in (*parts, *(_FILLERS.sub("", part, count=1) for part in parts)) if each))


def _fold_fields(record: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """The values by the exact names of their fields, folded, and by the others; of fields of a name, the first one."""
    fields = list(record.items())[::-1]
    exact = {fold_name(key): value for key, value in fields}
    return exact, {name: value for key, value in fields for name in list_names(str(key))[1:]}


def _find_value(
    folded: Iterable[Mapping[str, object]], names: Sequence[str], clean: Callable[[object], object]
) -> tuple[str, object] | None:
    """The first of the names under which there is a value, and the value; exact names count before others."""
    for fields in folded:
        for name in names:
            if value := clean(fields.get(name)):
                return name, value
    return None


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
    return not {each for name in names for each in list_names(str(name))}.isdisjoint((*TEXT_NAMES, *SUMMARY_NAMES))


def is_head(row: Sequence[object], *, is_first: bool) -> bool:
    """Whether a row of a table names its columns, one of them the text of articles."""
    cells = [cell for cell in row if str(cell or "").strip()]
    if len(cells) == 1:  # a title above the table, unless it is exactly such a name
        return is_first and fold_name(cells[0]) in (*TEXT_NAMES, *SUMMARY_NAMES)
    return has_text_field(cells)


def read_record(record: Mapping[str, object], part: str | None = None, line: int | None = None) -> ParsedFile:
    """The article in a record; `part` and `line` say where it stands. Raises ReadError if it has no text."""
    folded = _fold_fields(record)
    found = _find_value(folded, TEXT_NAMES, _get_filled)
    notes: list[str] = []
    partial = None
    if found is None:
        found = _find_value(folded, SUMMARY_NAMES, _get_filled)
        if found is None:
            raise ReadError("no text")
        partial = f"only its {found[0].removesuffix('note')} is there"
        notes.append(f"{partial}, not the whole text")
    text, note = clean_text(str(found[1]))
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
        if found := _find_value(folded, list_field_names(name), simplify):
            fields[name] = found[1]
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


def _get_filled(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
