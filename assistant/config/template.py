"""The annotated config.yaml with every key at its default."""

from __future__ import annotations

import textwrap

from assistant.config.schema import Config, SettingsSection, describe_allowed_values


def render_config_template() -> str:
    """The annotated config.yaml with every key at its default."""
    lines = [
        "# Settings of this library. Keys are optional, shown with their defaults; paths are relative to this file.",
        "",
    ]
    for name, field in Config.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, SettingsSection):
            lines += ["", *_format_comment(kind.__doc__ or "", ""), f"{name}:"]
            for key, inner in kind.model_fields.items():
                about = f"{inner.description} Allowed: {describe_allowed_values(inner)}."
                lines += [*_format_comment(about, "  "), f"  {key}: {_format_scalar(inner.default)}"]
        else:
            lines += [*_format_comment(field.description or "", ""), f"{name}: {_format_scalar(field.default)}"]
    return "\n".join(lines) + "\n"


def _format_comment(text: str, indent: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), 100, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def _format_scalar(value: object) -> str:
    if isinstance(value, tuple):
        value = value[0] if value else "[]"
    return '""' if value == "" else str(value)
