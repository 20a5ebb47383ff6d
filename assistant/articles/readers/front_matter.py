"""Front matter: the fields at the beginning of a Markdown or text file.

It is YAML between lines of `---`, TOML between lines of `+++`, a JSON object, or lines of "Title: Mill sold" before a
blank one. Without any field that is known to stand in a head, it is text: writers also put rules of hyphens around a
line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from assistant.articles.budget import count_part
from assistant.articles.bylines import is_byline
from assistant.articles.metadata import FIELD_ALIASES
from assistant.articles.readers.tables.records import complete_fields, fold_name, list_field_names
from assistant.config.load import describe_yaml_error

YAML_FENCE, TOML_FENCE, JSON_FENCE = "---", "+++", ";;;"
MAX_NAMED_LINES = 5  # of those that could not be used

# Other names in heads, with which notes and site generators begin.
_OTHER_NAMES = frozenset(
    """
    abstract aliases categories category comment copyright created deck dek description draft excerpt image keywords
    layout lead lede modified note notes permalink series slug standfirst subject subtitle summary tag tags topics type
    updated
    """.split()
)
_KNOWN_NAMES = _OTHER_NAMES.union(*FIELD_ALIASES.values())
_COMPLETED = ("source", "author", "published_at")  # the fields that heads name as tables do: "publication", "pubdate"
_FURTHER_NAMES = frozenset(name for each in _COMPLETED for name in list_field_names(each))
_DECISIVE_NAMES = _KNOWN_NAMES - {"comment", "lead", "note", "notes", "subject"}  # the others stand in texts too
_SHORT_FIELDS = frozenset(  # whose values are no sentences
    {"id", "lang", "language", *FIELD_ALIASES["published_at"], *FIELD_ALIASES["url"], "created", "updated", "modified"}
)
MIN_UNFENCED_FIELDS = 2  # of a head without fences
_FENCE = re.compile(r"(---|\+\+\+|;;;)[ \t]?(yaml|toml|json)?[ \t]*$", re.MULTILINE)
_MIN_PROSE_WORDS = 6  # of a value or line that can be a sentence of the article
_PLAIN_LINE = re.compile(r"\s{0,20}[\"']?([A-Za-z_][\w -]{0,40})[\"']?\s{0,10}([:=])(?:\s+(.*))?")
_BYLINE = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\s{0,20}-\s+(.*)")
_SPEAKER_LINE = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,6}:\s*[“„«]")
_OPEN_BRACKETS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a head, their names in lower case, the text after it, and a note if not all could be used."""

    fields: Mapping[str, object]
    text: str
    note: str | None = None


@dataclass(slots=True)
class _PlainFields:
    """Fields that were read line by line, and the lines that could not be used, by number."""

    values: dict[str, object] = field(default_factory=dict)
    unused: dict[int, str] = field(default_factory=dict)


class _VerbatimLoader(yaml.BaseLoader):
    """Keeps scalar values as text, because "No" and "12:30" can be titles."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._count = 0  # of values; one that stands for another has those of the other
        self._counts: dict[int, int] = {}  # of each value that has been read, by its id

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A value of the block; each takes more memory than the text that it is made from.

        What follows walks through a value as often as aliases name it, so it is counted as often.
        """
        is_alias = self.check_event(yaml.AliasEvent)
        before = self._count
        node = super().compose_node(parent, index)
        self._count += self._counts.get(id(node), 1) if is_alias else 1
        if not is_alias:
            self._counts[id(node)] = self._count - before
        count_part(self._counts.get(id(node), 1) if is_alias else 1)
        return node


_VerbatimLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
_VerbatimLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)


def split_front_matter(text: str) -> FrontMatter:
    """The fields of a head, and the text after it. A head that is not valid is read line by line, with a note.

    Without a closed block that holds a known field there are no fields, and the text is unchanged.
    """
    head = text.lstrip("\n")
    fence = _FENCE.match(head)
    if fence:
        found = _split_fenced(head, fence[1], fence[2]) or _split_unfenced(head, first=1)
    else:
        found = _split_json(head) if head.startswith("{") else _split_unfenced(head, first=0)
    return replace(found, fields=_add_usual_names(found.fields)) if found else FrontMatter({}, text)


def _add_usual_names(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields of a head with the usual name of outlet, author and day added, where it has another one only."""
    usual = complete_fields(fields)
    lacking = [name for name in _COMPLETED if not any(fields.get(alias) for alias in FIELD_ALIASES[name])]
    return {**fields, **{name: usual[name] for name in lacking if usual.get(name)}}


def join_notes(*notes: str | None) -> str | None:
    """The notes of the steps of reading as one."""
    return "; ".join(filter(None, notes)) or None


def _split_fenced(text: str, fence: str, language: str | None) -> FrontMatter | None:
    lines = text.split("\n")
    ends = (fence, "...") if fence == YAML_FENCE else (fence,)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ends), None)
    if end is None or any(_SPEAKER_LINE.match(line) for line in lines[1:end]):
        return None
    block, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]).strip("\n")
    parse = _PARSERS[language or {TOML_FENCE: "toml", JSON_FENCE: "json"}.get(fence, "yaml")]
    fields, problem = parse(block)
    if problem is None:
        return FrontMatter(fields, body, _note_unknown(fields)) if _has_known_name(fields) else None
    return _read_line_by_line(lines[1:end], body, problem)


def _read_line_by_line(lines: list[str], body: str, problem: str) -> FrontMatter | None:
    """The fields of a head that is not valid as a whole."""
    plain = _read_plain_lines(lines)
    if not _has_known_name(plain.values) or any(map(_is_prose, plain.unused.values())):
        return None
    note = f"front matter {problem}; its lines were read one by one"
    if plain.unused:
        numbers = ", ".join(f"line {number}" for number in list(plain.unused)[:MAX_NAMED_LINES])
        note += f", without {numbers}" + (" and others" if len(plain.unused) > MAX_NAMED_LINES else "")
    return FrontMatter(plain.values, body, note)


def _parse_yaml(block: str) -> tuple[dict[str, object], str | None]:
    """The fields, and what is wrong with the block if it is not valid."""
    try:
        fields = yaml.load(block, _VerbatimLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line, problem = describe_yaml_error(error, block)
        return {}, f"is not valid YAML{f' at line {line + 1}' if line else ''} ({problem})"
    return _lower_names(fields), None


def _parse_toml(block: str) -> tuple[dict[str, object], str | None]:
    try:
        return _lower_names(tomllib.loads(block)), None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, f"is not valid TOML ({error})"


def _parse_json(block: str) -> tuple[dict[str, object], str | None]:
    try:
        return _lower_names(json.loads(block)), None
    except (ValueError, RecursionError) as error:
        return {}, f"is not valid JSON ({error})"


_PARSERS = {"yaml": _parse_yaml, "toml": _parse_toml, "json": _parse_json}


def _split_unfenced(text: str, first: int) -> FrontMatter | None:
    """A head without fences, or whose fence is not closed: lines of known fields up to a blank line."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[first:], first) if not line.strip()), None)
    if end is None:
        return None
    plain = _read_plain_lines([_label_byline(line) for line in lines[first:end]])
    known = _DECISIVE_NAMES.intersection(plain.values)
    unknown = [name for name in plain.values if name not in _KNOWN_NAMES and fold_name(name) not in _FURTHER_NAMES]
    if plain.unused or len(known) < MIN_UNFENCED_FIELDS or unknown:
        return None
    if known.isdisjoint(FIELD_ALIASES["title"]) or not _has_known_name(plain.values):
        return None
    note = "front matter is not closed; its lines were read one by one" if first else None
    return FrontMatter(plain.values, "\n".join(lines[end + 1 :]).strip("\n"), note)


def _label_byline(line: str) -> str:
    """A line "By Ann Lee" or "By: Ann Lee" of a head as the field that it is; another line unchanged."""
    opening = _BYLINE.match(line)
    return f"author: {line[opening.end() :]}" if opening and is_byline(line) else line


def _split_json(text: str) -> FrontMatter | None:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        lines = text.split("\n")
        last = next((n for n, line in enumerate(lines) if line.rstrip() == "}"), None)
        if last is None:
            return None
        inside = [line.strip().rstrip(",") for line in lines[1:last]]
        return _read_line_by_line(inside, "\n".join(lines[last + 1 :]).strip("\n"), f"is not valid JSON ({error})")
    names, body = _lower_names(fields), text[end:].strip("\n")
    return FrontMatter(names, body) if body.strip() and _has_known_name(names) else None


def _lower_names(fields: object) -> dict[str, object]:
    return {str(key).lower(): value for key, value in fields.items()} if isinstance(fields, dict) else {}


def _has_known_name(fields: Mapping[str, object]) -> bool:
    return any(
        name in _DECISIVE_NAMES and not (name in _SHORT_FIELDS and _is_prose(value)) for name, value in fields.items()
    )


def _note_unknown(fields: Mapping[str, object]) -> str | None:
    """A note on fields that can be text of the article."""
    names = [name for name, value in fields.items() if name not in _KNOWN_NAMES and _is_prose(value)]
    return f"front matter: no field of an article is named {', '.join(names[:MAX_NAMED_LINES])}" if names else None


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and len(value.split()) >= _MIN_PROSE_WORDS


def _read_plain_lines(lines: list[str]) -> _PlainFields:
    """Each `key: value` line as a field, its value as it stands; the lines of a list belong to the key above them."""
    found = _PlainFields()
    key = ""
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = _LIST_ITEM.fullmatch(line)
        match = None if item else _PLAIN_LINE.fullmatch(line)
        if item and isinstance(found.values.get(key), list | None):
            found.values[key] = [*_get_items(found.values, key), _unquote(item[1])]
        elif match:
            key, value = match[1].strip().lower(), _unquote(match[3] or "")
            found.values[key] = value or None
            if value is None:
                found.unused[number] = line
        else:
            found.unused[number] = line
    return found


def _get_items(values: Mapping[str, object], key: str) -> list[object]:
    items = values.get(key)
    return items if isinstance(items, list) else []


def _unquote(value: str) -> str | None:
    """A value without its quotation marks or the brackets of a list; None if a bracket is not closed."""
    value = value.strip()
    closing = _OPEN_BRACKETS.get(value[:1])
    if closing is not None:
        return value[1:-1].strip() if value.endswith(closing) and closing == "]" else None
    is_quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] and value[0] not in value[1:-1]
    return value[1:-1] if is_quoted else value
