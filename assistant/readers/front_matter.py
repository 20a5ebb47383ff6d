"""YAML front matter: the block between two lines of `---` that may open a Markdown or text file."""

from __future__ import annotations

import yaml

from assistant.errors import ReadError

FENCE = "---"


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields and the rest of the text. Without a closed block of `key: value` lines, all is text.

    Raises ReadError naming the line where the block is not valid YAML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return {}, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), None)
    if end is None:
        return {}, text
    try:
        fields = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2025-02-31
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise ReadError(f"front matter is not valid YAML{line}: {problem}") from error
    if not isinstance(fields, dict):
        return {}, text
    return {str(key).lower(): value for key, value in fields.items()}, "\n".join(lines[end + 1 :]).strip("\n")
