"""Splits what Nexis and Factiva export (text, Word, RTF, pages) into its articles, with title, outlet, author and day.

What the databases add around an article is no part of its text. A document without their marks is left as it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.articles.bylines import parse_byline
from assistant.articles.dates import find_days
from assistant.articles.metadata import ParsedFile

FROM_EXPORT = "the head that the press database wrote"
MAX_HEAD_LINES = 16  # between the length of an article of Factiva and its first words
MAX_NEXIS_HEAD_LINES = 40  # above the fields of an article; what is higher is a list of results
MAX_LABEL_LINES = 10  # of the value of one field
MAX_LINE = 300  # characters of a line of a head
MAX_SECTION_WORDS = 4
MAX_OUTSIDE_WORDS = 60  # behind or between articles: what the database says of the search

_WORD_COUNT = re.compile(r"\s*[\d,.]{1,9} words\s*")
_FACTIVA_END = re.compile(
    r"^[ \t]*(?:AN[ \t]+)?Document ([A-Z][A-Z0-9]{2,9}00(?:19|20)\d{6}[a-z0-9]{4,12})[ \t]*$", re.MULTILINE
)
_NEXIS_BEGIN = re.compile(r"^[ \t]*(?:Document )?\d{1,6} of \d{1,6}(?: DOCUMENTS)?[ \t]*$", re.MULTILINE)
_NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_NEXIS_LENGTH = re.compile(r"^[ \t]*length:\s{0,4}[\d,.]{1,9} words[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LOAD_DATE = re.compile(r"^[ \t]*load-date:", re.IGNORECASE | re.MULTILINE)
_ANY_MARK = re.compile(
    r"Document [A-Z][A-Z0-9]{2,9}00(?:19|20)\d{6}|\d DOCUMENTS\b|End of Document|load-date:", re.IGNORECASE
)
_HEAD_LABEL = re.compile(
    r"\s*(byline|section|length|dateline|highlight|headline|series|column|distribution|type)\s?:(?:\s+(.*))?",
    re.IGNORECASE,
)
_TAIL_LABEL = re.compile(
    r"\s*(?:load-date|language|publication-type|journal-code|acc-no|document-type)\s?:.*"
    r"|\s*(?:classification|end of document)\s*",
    re.IGNORECASE,
)
_EARLY_TAIL_LABEL = re.compile(r"\s*(?:graphics?|subject|industry|company|organization|person|geographic)\s?:.*", re.I)
_CODE = re.compile(
    r"(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|ART|AN)(?:\s+(.*))?"
    r"|(CO|IN|NS|RE|IPD|IPC|PUB)(?:\s+\w+ : .*)?"  # also words with which sentences begin
)
_NOISE = re.compile(r"\s*(?:copyright\b.*|©.*|\(c\).*|.{0,80}all rights reserved\.?)\s*", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|©|\(c\)).*", re.IGNORECASE)
_EDITION = re.compile(r".*\b(?:edition|final)(?: \d{1,2})?\s*", re.IGNORECASE)
_CLOCK = re.compile(r"\s*\d{1,2}[:.]\d\d(?:\s?[ap]m)?(?:\s?[A-Z]{2,4})?\s*", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*(?:English|French|German|Spanish|Italian|Portuguese|Dutch|Danish|Norwegian|Swedish)\s*")
_BODY = re.compile(r"\s*body\s*", re.IGNORECASE)
_DAY_WORDS = 8  # of a line that says when an article was published: with weekday, time and edition


@dataclass(frozen=True, slots=True)
class _Found:
    """An article: what names it in the file, its fields, and its words."""

    part: str
    fields: dict[str, object]
    text: str


def split_export(parsed: ParsedFile) -> Iterator[ParsedFile]:
    """The articles of an export of a press database; the document itself if it is none.

    It is for formats without pages: the places of the document are not those of its articles.
    """
    found = _read_factiva(parsed.text) or _read_nexis(parsed.text)
    if not found:
        yield parsed
    for each in found:
        note = parsed.reading_note if each is found[0] else None
        yield ParsedFile(each.text, each.fields, part=each.part, origin=FROM_EXPORT, reading_note=note)


def is_export(text: str) -> bool:
    """Whether a text has the marks of an export."""
    return bool(_read_factiva(text)) or bool(_read_nexis(text))


def may_be_export(html: str) -> bool:
    """Whether the source of a page can be that of an export: a quick look before its text is known."""
    return _ANY_MARK.search(html) is not None


def _find_day(line: str) -> str | None:
    """The day of a line that has little else: "September 5, 2019 Thursday"."""
    if len(line) > MAX_LINE or len(line.split()) > _DAY_WORDS:
        return None
    days = [day for _, _, day in find_days(line)]
    return days[0] if len(days) == 1 else None


def _read_factiva(text: str) -> list[_Found]:
    """The articles of an export of Factiva; none if it also has much that is not read as part of one."""
    found, start = [], 0
    for mark in _FACTIVA_END.finditer(text):
        lines = text[start : mark.start()].split("\n")
        start = mark.end()
        count = next((n for n, line in enumerate(lines) if _WORD_COUNT.fullmatch(line)), None)
        if any(line.strip() == "HD" or line.startswith("HD ") for line in lines):
            found.append(_read_coded_article(mark[1], lines))
        elif count is not None and (first := _find_body(lines, count)) is not None:
            fields = {**_read_factiva_title(lines[:count]), **_read_factiva_imprint(lines[count + 1 : first])}
            found.append(_Found(mark[1], fields, _join(lines[first:])))
        elif _is_much(lines):
            return []
    return [] if _is_much(text[start:].split("\n")) else found


def _is_much(lines: Sequence[str]) -> bool:
    """Whether lines outside of all articles are so many words that they could be another one."""
    return sum(len(line.split()) for line in lines) > MAX_OUTSIDE_WORDS


def _read_coded_article(part: str, lines: Sequence[str]) -> _Found:
    """An article of Factiva whose fields have codes: "HD Ferry crews strike", or the code in a line of its own."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODE.fullmatch(line)
        if match:
            code, line = match[1] or match[3], match[2] or ""
        values.setdefault(code, []).append(line)
    named = {name: " ".join(" ".join(words).split()) for name, words in values.items()}
    author = named.get("BY") or None
    fields: dict[str, object] = {
        "title": named.get("HD"),
        "author": (parse_byline(author) or author) if author else None,
        "source": named.get("SN"),
        "published_at": _find_day(named.get("PD", "")),
        "section": named.get("SE"),
    }
    return _Found(part, fields, "\n\n".join(filter(None, (_join(values.get(name, ())) for name in ("LP", "TD")))))


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()


def _find_body(lines: Sequence[str], count: int) -> int | None:
    """The first line behind the head: behind its copyright, else behind its language."""
    head = [n for n in range(count + 1, len(lines)) if lines[n].strip()][:MAX_HEAD_LINES]
    for mark in (_COPYRIGHT, _LANGUAGE):
        found = next((n for n in head if mark.fullmatch(lines[n])), None)
        if found is not None:
            return found + 1
    return None


def _read_factiva_title(lines: Sequence[str]) -> dict[str, object]:
    """Title, author and section above the length: "News", "Ferry crews strike", "Aidan Moss"."""
    words = [line.strip() for line in lines if line.strip()][-4:]
    author = None
    if len(words) > 1 and len(words[-1].split()) <= 8 and (author := parse_byline(words[-1])):
        words.pop()
    section = words.pop(0) if len(words) > 1 and len(words[0].split()) <= MAX_SECTION_WORDS else None
    return {"title": " ".join(words), "author": author, "section": section}


def _read_factiva_imprint(lines: Sequence[str]) -> dict[str, object]:
    """Day and outlet below the length: "6 September 2019", "05:12", "Lanner Echo"."""
    words = [line.strip() for line in lines if line.strip()]
    at = next((n for n, line in enumerate(words) if _find_day(line)), None)
    if at is None:
        return {}
    outlet = next((line for line in words[at + 1 :] if not _CLOCK.fullmatch(line)), None)
    return {"published_at": _find_day(words[at]), "source": outlet}


def _is_nexis(text: str) -> bool:
    return _NEXIS_LENGTH.search(text) is not None and any(
        mark.search(text) for mark in (_NEXIS_END, _NEXIS_BEGIN, _LOAD_DATE)
    )


def _read_nexis(text: str) -> list[_Found]:
    """The articles of an export of Nexis; none if something behind the first also could be one, and has no length."""
    if not _is_nexis(text):
        return []
    starts = [mark.end() for mark in _NEXIS_END.finditer(text)] or [mark.end() for mark in _NEXIS_BEGIN.finditer(text)]
    bounds = sorted({0, *starts, len(text)})
    found: list[_Found] = []
    for start, end in itertools.pairwise(bounds):
        lines = text[start:end].split("\n")
        if _NEXIS_LENGTH.search(text, start, end):
            found.append(_read_nexis_article(str(len(found) + 1), lines))
        elif found and _is_much(lines):
            return []
    return found


def _read_nexis_article(part: str, lines: Sequence[str]) -> _Found:
    labelled = [n for n, line in enumerate(lines) if _HEAD_LABEL.fullmatch(line)]
    length = next(n for n in labelled if _NEXIS_LENGTH.fullmatch(lines[n]))
    body = next((n for n in range(length, len(lines)) if _BODY.fullmatch(lines[n])), None)
    last = _find_last_label(lines, labelled, length) if body is None else body
    labels: dict[str, str] = {}
    for n in labelled:
        if n <= last and (match := _HEAD_LABEL.fullmatch(lines[n])):
            labels.setdefault(match[1].lower(), _read_label(lines, n, match[2] or ""))
    fields = _read_nexis_head(lines[: labelled[0]])
    author = labels.get("byline")
    fields["author"] = (parse_byline(author) or author) if author else None
    fields["section"] = labels.get("section", "").partition(";")[0].strip()
    fields["title"] = labels.get("headline") or fields.get("title")
    return _Found(part, fields, _join(lines[last + 1 : _find_tail(lines, last + 1)]))


def _find_last_label(lines: Sequence[str], labelled: Sequence[int], length: int) -> int:
    """The last of the labels behind the length that have nothing but blank lines between them."""
    last = length
    for n in labelled:
        if n > last:
            if any(line.strip() for line in lines[last + 1 : n]):
                break
            last = n
    return last


def _find_tail(lines: Sequence[str], first: int) -> int:
    """The line behind the words of an article: a field that ends each, or those above it that often stand there."""
    end = next((n for n in range(first, len(lines)) if _TAIL_LABEL.fullmatch(lines[n])), len(lines))
    for n in range(end - 1, first - 1, -1):
        if not lines[n].strip():
            continue
        if n == first or not lines[n - 1].strip():  # the first line of a paragraph
            if not _EARLY_TAIL_LABEL.fullmatch(lines[n]):
                break
            end = n
    return end


def _read_label(lines: Sequence[str], at: int, words: str) -> str:
    """The value of a label with the lines below that belong to it, up to a blank one or another label."""
    value = [words]
    for n in range(at + 1, min(at + MAX_LABEL_LINES, len(lines))):
        if not lines[n].strip() or any(mark.fullmatch(lines[n]) for mark in (_HEAD_LABEL, _BODY, _TAIL_LABEL)):
            break
        value.append(lines[n])
    return " ".join(" ".join(value).split())


def _read_nexis_head(lines: Sequence[str]) -> dict[str, object]:
    """Outlet, day and title, which stand in this order or with the title first."""
    paragraphs = _list_paragraphs(lines[-MAX_NEXIS_HEAD_LINES:])
    at = next((n for n, words in enumerate(paragraphs) if _find_day(words)), None)
    if at is None:
        return {"title": paragraphs[-1] if paragraphs else None}
    before, after = paragraphs[:at], [words for words in paragraphs[at + 1 :] if not _EDITION.fullmatch(words)]
    title = after[0] if after else (before[-2] if len(before) > 1 else None)
    return {"title": title, "source": before[-1] if before else None, "published_at": _find_day(paragraphs[at])}


def _list_paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a head; a day is one, also where no blank line stands around it.

    Of a head without blank lines, each line is one.
    """
    has_blanks = any(not line.strip() for line in lines[1:-1])
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        words = line.strip()
        if not words or _NOISE.fullmatch(words) or _NEXIS_BEGIN.fullmatch(words):
            is_open = False
        elif is_open and has_blanks and not _find_day(words):
            paragraphs[-1] += f" {words}"
        else:
            paragraphs.append(words)
            is_open = not _find_day(words)
    return paragraphs
