"""What the first lines of a text say about it: title, author, and day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.articles.bylines import is_byline, parse_byline
from assistant.articles.dates import find_days, parse_date
from assistant.text.languages import ENGLISH
from assistant.text.months import MONTH_WORD, WEEKDAYS

MAX_TITLE_LENGTH = 120
MIN_NAME_WORDS = 4  # of a title in the name of a file: "meeting notes" is none
MAX_NAME_LENGTH = 200
MIN_SENTENCE = 6  # words of a first line that ends with a full stop: "Mill sold." can be a headline
MAX_LAST_WORD = 30  # characters that are left out with it where a title is cut
MAX_OPENING_LINES = 12
MAX_MASTHEAD_WORDS = 6  # of the name of an outlet, a town, or an author beside a day
MAX_ADVERTISEMENT = 600  # characters of a line that is one
MAX_DATELINE_LENGTH = 130  # a line that is shorter can be a title

_WORDS = ENGLISH.pages
_BANNERS = frozenset(_WORDS.banners)
_ADVERTISEMENT = re.compile("|".join(_WORDS.advertisements), re.IGNORECASE)
_BETWEEN_BANNERS = re.compile(r"[\s*#=|/•·:!—–_\-()\[\]]{1,200}(?=\S|$)")
_DATE_LABEL = re.compile(rf"\W{{0,4}}(?:{'|'.join(_WORDS.date_labels)})\W{{0,3}}(?:\s|:|$)(?:on\s)?", re.IGNORECASE)
_TIME_WORDS = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(day[:3] for day in WEEKDAYS)}|at|on|[A-Z]{{2,4}}T|GMT|UTC"
    rf"|\d{{1,2}}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?|\d{{1,2}}\s?[ap]\.?m\.?)(?!\w)",
    re.IGNORECASE,
)
_UPDATE_LABEL = re.compile(r"\W{0,4}(?:last\s)?(?:updated|modified|revised)\b[^a-z]{0,3}.{0,40}\d", re.IGNORECASE)
_PUBLICATION_WORDS = re.compile(
    rf"{_TIME_WORDS.pattern}|\b(?:{'|'.join(_WORDS.date_labels)}|{'|'.join(_WORDS.update_labels)})\b"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\b(?:{MONTH_WORD})\.?\s\d{{1,2}}\b|\b\d{{1,2}}\s(?:{MONTH_WORD})\b\.?"
    rf"|\b\d{{1,3}}\s?(?:-\s?)?(?:{'|'.join(_WORDS.time_units)})s?\s(?:ago|read)\b",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[A-Z][\w.’'-]{1,30}(?:[ ,]{1,2}[A-Z][\w.’'-]{1,30}){0,3}")
_DATELINE_DASH = re.compile(r"\s?(?:—|–|--)\s?|\s-\s|\s/\S{2,20}/\s?")
_MASTHEAD_MARK = re.compile(r"[|·•]|\s[–—-]\s")
_DASH_ONLY = re.compile(r"[a-z]\w*\s[–—-]\s")
_OTHER_MARK = re.compile(r"[|·•]")
_DAY_EDGE = re.compile(rf"(?:{'|'.join(WEEKDAYS)}),?\s?$", re.IGNORECASE)
_PAGE = re.compile(r"[\s,;|–—-]{0,80}(?:page|p\.|pg\.)\s?[A-Z]?\d{1,4}\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’]?$")
_MESSAGE_FIELD = re.compile(r"(From|To|Cc|Date|Sent|Subject|Reply-To)\s?:\s?(.*)", re.IGNORECASE)
_DIVIDED_END = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_AGENCY_OR_CITY = re.compile(r"\([A-Z][^()]{1,40}\)|/[A-Z][^/]{1,30}/|\b[A-Z]{3,}\b")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_RULE = re.compile(r"[\W_]*")
_NAME_DAY = re.compile(r"(?<!\d)\d{4}([-_.]?)\d\d\1\d\d(?!\d)")
_YEARLESS_DATE = re.compile(rf"\W*(?:(?:{MONTH_WORD})\.?\s\d{{1,2}}|\d{{1,2}}\s(?:{MONTH_WORD})\.?)\W*", re.IGNORECASE)


def extract_title(text: str) -> str:
    """The first line that can be a title; cut after a word, with "…", if it is longer than MAX_TITLE_LENGTH.

    A rule, a banner ("FOR IMMEDIATE RELEASE"), a byline and a date are no titles, unless the text has nothing else.
    """
    lines = list(_list_opening_lines(text))
    subject = _find_subject(lines)
    if subject:
        return subject
    line = _join_divided(next((line for line in lines if not _is_above_title(line)), lines[0]), text)
    if len(line) <= MAX_TITLE_LENGTH:
        return line
    return line[:MAX_TITLE_LENGTH].rsplit(maxsplit=1)[0] + "…"


def find_title_in_name(name: str) -> str | None:
    """The title in the name of a file, without a day: "2021-04-04 Weir of Tarn is shut.md"; None if it has no words.

    It counts where the text begins with a sentence: see `begins_with_sentence`.
    """
    stem = _NAME_DAY.sub(" ", re.sub(r"\.[A-Za-z]{1,8}$", "", name)).strip(" -_")
    words = stem if " " in stem else re.sub(r"[-_]+", " ", stem)
    for start, end, _ in reversed(list(find_days(words))):
        words = f"{words[:start]} {words[end:]}"
    title = " ".join(words.split()).strip(" -_–—.,")
    is_title = sum(word[:1].isalpha() for word in title.split()) >= MIN_NAME_WORDS and len(title) <= MAX_NAME_LENGTH
    return f"{title[:1].upper()}{title[1:]}" if is_title else None


def begins_with_sentence(title: str) -> bool:
    """Whether what `extract_title` found is a sentence of the text, or the beginning of one, and no headline."""
    if title.endswith("…"):
        return len(title) > MAX_TITLE_LENGTH - MAX_LAST_WORD  # it was cut
    return title.endswith(".") and not title.endswith("..") and len(title.split()) >= MIN_SENTENCE


def _find_subject(lines: Sequence[str]) -> str | None:
    """The subject of a message whose first lines are its head: "From: …", "Subject: Mill sold"."""
    fields = [match for line in lines if (match := _MESSAGE_FIELD.match(line))]
    named = {match[1].lower() for match in fields}
    if "subject" not in named or len(named) < 2:
        return None
    return next(match[2].strip()[:MAX_TITLE_LENGTH] for match in fields if match[1].lower() == "subject") or None


def _join_divided(line: str, text: str) -> str:
    """A line with the next one, if a word is divided between them; the word whole."""
    if not _DIVIDED_END.search(line):
        return line
    after = text[text.find(line) + len(line) :].split("\n", 2)
    rest = after[1].strip() if len(after) > 1 and not after[0].strip() else ""
    return f"{line[:-1]}{rest}" if rest[:1].islower() else line


def find_author(text: str) -> str | None:
    """The authors that a byline among the first lines names."""
    return next((parse_byline(line) for line in _list_opening_lines(text) if is_byline(line)), None)


def find_date(text: str) -> str | None:
    """The day that the first lines give for the text: in a line of its own, after a label or byline, in a dateline.

    None if they give none, or more than one. A day that a sentence names is none: it can be that of an event.
    """
    days = {day for line in _list_opening_lines(text) if (day := _find_day_of_line(line))}
    return days.pop() if len(days) == 1 else None


def is_banner(line: str) -> bool:
    """Whether a line is a banner above a title: "*** PRESS RELEASE ***", "EMBARGOED UNTIL 6 PM"."""
    line = line.strip(" *#=|/•·:!—–_-()[]").lower()
    if line.startswith(_WORDS.banner_openings) and len(line) <= MAX_TITLE_LENGTH and not line.endswith("."):
        return True
    return _is_made_of_banners(line)


def is_advertisement(line: str) -> bool:
    """Whether a line is about a site or a mailing, and no part of an article: "Unsubscribe", "All rights reserved"."""
    return len(line) <= MAX_ADVERTISEMENT and _ADVERTISEMENT.fullmatch(line.strip(" :.!–—-[]()*|")) is not None


def is_publication_line(line: str) -> bool:
    """Whether a line says only when a text was published or changed: "Last updated: 4 March 2025 at 8:15 am"."""
    if len(line) > MAX_TITLE_LENGTH or not re.search(r"\d", line):
        return False
    for start, end, _ in reversed(list(find_days(line))):
        line = f"{line[:start]} {line[end:]}"
    return _RULE.fullmatch(_PUBLICATION_WORDS.sub(" ", line)) is not None


def _is_made_of_banners(line: str) -> bool:
    if len(line) > MAX_TITLE_LENGTH:
        return False
    line = " ".join(filter(None, _BETWEEN_BANNERS.split(line.lower())))
    while line:
        banner = max((each for each in _BANNERS if line == each or line.startswith(f"{each} ")), key=len, default=None)
        if banner is None:
            return False
        line = line[len(banner) :].strip()
    return True


def _list_opening_lines(text: str) -> Iterator[str]:
    """The first lines that are not blank."""
    count = 0
    for match in _LINE.finditer(text):
        if count < MAX_OPENING_LINES and (line := match[0].strip()):
            count += 1
            yield line
        elif count == MAX_OPENING_LINES:
            return


def _is_above_title(line: str) -> bool:
    if len(line) > MAX_TITLE_LENGTH:
        return False
    return bool(_RULE.fullmatch(line)) or is_banner(line) or is_byline(line) or _is_date_line(line)


def _is_date_line(line: str) -> bool:
    label = _DATE_LABEL.match(line)
    if _UPDATE_LABEL.fullmatch(line[:80]) or (label and re.search(r"\d", line[label.end() :])):
        return True
    if _DASH_ONLY.search(line) and not _OTHER_MARK.search(line):
        return bool(_YEARLESS_DATE.fullmatch(line))  # "Fire at the mill - 4 March 2025" is a title
    return _find_day_of_line(line, with_dateline=False) is not None or bool(_YEARLESS_DATE.fullmatch(line))


def _find_day_of_line(line: str, with_dateline: bool = True) -> str | None:
    if len(line) <= MAX_TITLE_LENGTH:
        label = _DATE_LABEL.match(line)
        if label:
            return _parse_labelled(line[label.end() :])
        days = list(find_days(line))
        if len(days) == 1:
            start, end, day = days[0]
            rest = _TIME_WORDS.sub(" ", f"{line[:start]} {line[end:]}")
            is_release = _is_made_of_banners(rest.strip(" ,")) and not _UPDATE_LABEL.match(line)
            if is_release or _RULE.fullmatch(rest) or is_byline(line) or _is_masthead(line, start, end):
                return day
    return _find_day_of_dateline(line[:MAX_DATELINE_LENGTH]) if with_dateline else None


def _is_masthead(line: str, start: int, end: int) -> bool:
    """Whether a line names an outlet, town or author with a day: "The Weir Post | 4 March 2025", "Weir, 3 May 2025"."""
    if _SENTENCE_END.search(line):
        return False
    before, after = _DAY_EDGE.sub("", line[:start]), _PAGE.sub("", line[end:])
    parts = [part.strip() for part in _MASTHEAD_MARK.split(f"{before}|{after}")]
    if _MASTHEAD_MARK.search(line):
        return all(len(part.split()) <= MAX_MASTHEAD_WORDS for part in parts)
    town = before.strip(" (,")
    return line[start - 2 : start] == ", " and not after.strip(" )") and _TOWN.fullmatch(town) is not None


def _parse_labelled(text: str) -> str | None:
    try:
        return parse_date(text)[: len("2025-03-03")]
    except ValueError:
        return None


def _find_day_of_dateline(line: str) -> str | None:
    """The day in "TARNBY, March 3, 2025 (Agency) — …" or "(Agency) - March 3, 2025 - …"."""
    parts = _DATELINE_DASH.split(line)[:4]
    if len(parts) < 2:
        return None
    if not _AGENCY_OR_CITY.match(line):
        first = list(find_days(parts[0]))
        is_text = len(line) == MAX_DATELINE_LENGTH or _SENTENCE_END.search(line) is not None
        is_dateline = is_text and len(first) == 1 and first[0][1] == len(parts[0])
        return first[0][2] if is_dateline and _TOWN.fullmatch(parts[0][: first[0][0]].rstrip(" ,")) else None
    days = {day for part in parts[:-1] for _, _, day in find_days(part)}
    days |= {day for start, _, day in find_days(parts[-1]) if start == 0 and len(parts) == 2}
    return days.pop() if len(days) == 1 else None
