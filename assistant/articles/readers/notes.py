"""The markup of notes that other Markdown does not have: links between notes, comments, highlights, marks of blocks.

Obsidian and its Web Clipper write it, and so do Logseq and Zettlr. Links give the words that are shown; a comment is
of the person who made the note, and no text of the article. Code is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

COMMENT_MARK = "%%"
COMMENT_NOTE = "comments between %% are left out"

_FENCE = re.compile(r" {0,3}(?:> ?){0,9}(`{3,}|~{3,})")
_MARKUP = re.compile(
    r"(?P<code>``[^\n]{1,500}?``|`[^`\n]{1,500}`)"
    r"|!\[\[[^\[\]\n]{1,300}\]\]"
    r"|\[\[(?P<target>[^\[\]|\n]{1,300})(?:\\?\|(?P<alias>[^\[\]\n]{1,300}))?\]\](?!\()"
    r"|(?<![=\w])==(?P<marked>[^\s=](?:[^=\n]{0,1000}[^\s=])?)==(?![=\w])"
)
_BLOCK_MARK = re.compile(r"(?:(?<=\S)[ \t]{1,10}|^)\^[A-Za-z0-9-]{1,60}[ \t]{0,10}$")
_CALLOUT = re.compile(r"(\s{0,3}(?:> ?){1,9})\[![\w-]{1,30}(?:\|[^\[\]\n]{0,60})?\][+-]?[ \t]*")
_TASK = re.compile(r"(\s{0,40}(?:> ?){0,9}(?:[-*+]|\d{1,9}[.)])\s)\[[ xX/>?!-]\]\s")
_HIGHLIGHT_FIELD = re.compile(r"-\s+([A-Z][A-Za-z ]{0,30}):\s+(\S.*)")
_HIGHLIGHT_LINK = re.compile(r"\s?\(\[(?:View Highlight|(?:Location|Page|Time) [\d:]{1,12})\]\([^()\s]{0,500}\)\)")
_OWN_WORDS = re.compile(r"\s+-\s+(?:Note|Tags):\s|#{2,3} New highlights added\b")
_HEADING = re.compile(r"#{1,6}\s")
_HEADING_MARK = re.compile(r"#\^?")


def strip_note_markup(text: str) -> tuple[str, str | None]:
    """The text of a note in plain Markdown, and a note to the user if comments were left out."""
    text, has_comments = _strip_comments(text)
    lines = [_strip_line(line) if is_prose else line for line, is_prose in _iter_lines(text)]
    return "\n".join(lines), COMMENT_NOTE if has_comments else None


def split_highlights(text: str) -> tuple[str, dict[str, object]] | None:
    """What an export of highlights (Readwise) has of an article: the marked words, and the fields listed above them.

    None if a text is no such export. Its notes and tags are of the person who made it, as comments are.
    """
    head, mark, rest = text.partition("\n## Highlights")
    above, listed, items = head.partition("\n## Metadata\n")
    between = items.split("\n")
    end = next((at for at, line in enumerate(between) if _HEADING.match(line)), len(between))
    fields: dict[str, object] = {
        match[1]: match[2] for line in between[:end] if (match := _HIGHLIGHT_FIELD.fullmatch(line.strip()))
    }
    if not mark or not listed or not fields:
        return None
    lines = [_HIGHLIGHT_LINK.sub("", line) for line in rest.split("\n")[1:] if not _OWN_WORDS.match(line)]
    fields.pop("Category", None)  # "#articles", as opposed to books
    return "\n".join([above, *between[end:], "", *lines]), fields


def strip_link_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields of a head whose links give their words: "[[Ada Poe]]" is "Ada Poe", in a list too."""
    return {name: _strip_links(value) for name, value in fields.items()}


def _strip_links(value: object) -> object:
    if isinstance(value, str):
        return _MARKUP.sub(_give_words, value) if "[[" in value else value
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list) and all(isinstance(part, str) for part in value[0]):
            # Without quotation marks, YAML takes a link for a list within a list.
            return _MARKUP.sub(_give_words, f"[[{', '.join(value[0])}]]")
        return [_strip_links(item) for item in value]
    return value


def _strip_comments(text: str) -> tuple[str, bool]:
    """The text without what is between two marks; a mark without a second one, or in code, is text."""
    if text.count(COMMENT_MARK) < 2:
        return text, False
    kept: list[str] = []
    comment: list[str] | None = None  # the pieces of the comment that is open
    has_comments = False
    for line, is_prose in _iter_lines(text):
        pieces = (
            re.split(r"(%%|``[^\n]{1,500}?``|`[^`\n]{1,500}`)", line) if is_prose or comment is not None else [line]
        )
        for piece in [*pieces, "\n"]:
            if piece == COMMENT_MARK and (is_prose or comment is not None):
                has_comments = has_comments or comment is not None
                comment = [piece] if comment is None else None
            else:
                (kept if comment is None else comment).append(piece)
    if comment is not None:
        kept += comment
    return "".join(kept)[:-1], has_comments


def _iter_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is outside a block of code."""
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if fence:
            yield line, False
            if match and match[1].startswith(fence) and not line[match.end() :].strip():
                fence = ""
        else:
            fence = match[1] if match else ""
            yield line, not fence


def _strip_line(line: str) -> str:
    line = _CALLOUT.sub(_open_callout, line, count=1) if "[!" in line else line
    line = _TASK.sub(r"\1", line, count=1)
    if "[[" in line or "==" in line:
        line = _MARKUP.sub(_give_words, line)
    return _BLOCK_MARK.sub("", line) if "^" in line else line


def _open_callout(match: re.Match[str]) -> str:
    """The title of a callout is a block of its own; without a title, nothing is left of its line."""
    rest = match.string[match.end() :].strip()
    return f"{match[1]}### " if rest else match[1]


def _give_words(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return match[0]
    if match["marked"] is not None:
        return match["marked"]
    if match["target"] is None:
        return ""  # another note or picture is shown here
    if match["alias"] is not None:
        return match["alias"].strip()
    note, *headings = _HEADING_MARK.split(match["target"])
    return note.strip() or " ".join(headings).strip()
