"""YAML front matter: the block between two lines of `---` at the beginning of a Markdown or text file."""

from __future__ import annotations

import re

import yaml

from assistant.config.load import describe_yaml_error
from assistant.errors import ReadError

FENCE = "---"


class _VerbatimLoader(yaml.BaseLoader):
    """Keeps scalar values as text, because "No" and "12:30" can be titles."""


_VerbatimLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
_VerbatimLoader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields, their names in lower case, and the rest of the text.

    Without a closed block of `key: value` lines there are no fields. Raises ReadError, which names the line, if the
    block is not valid YAML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return {}, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), None)
    if end is None:
        return {}, text
    block = "\n".join(lines[1:end])
    try:
        fields = yaml.load(block, _VerbatimLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line, problem = describe_yaml_error(error, block)
        place = f" at line {line + 1}" if line else ""
        raise ReadError(f"front matter is not valid YAML{place}: {problem}") from error
    if not isinstance(fields, dict):
        return {}, text
    return {str(key).lower(): value for key, value in fields.items()}, "\n".join(lines[end + 1 :]).strip("\n")
