"""Describes each setting with its allowed values and the origin of its value, and changes settings in their file.

A change replaces only the value: comments, order and everything else in the file stay as they are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.config.labels import LABELS
from assistant.config.load import CONFIG_NAME, SettingsLoader, load_config, parse_config, read_config_text
from assistant.config.schema import Config, describe_allowed_values
from assistant.errors import ConfigError
from assistant.system.files import write_durably
from assistant.system.os_errors import describe_write_error


class Effect(Enum):
    """When the change of a setting takes effect, in words that follow the name of the setting."""

    QUESTION = "takes effect at the next question"
    BUILD = "takes effect at the next update of the index"
    FETCH = "takes effect when something is fetched"
    WATCH = "takes effect at once"
    REBUILD = "the index cannot be asked until it is rebuilt"
    INT8 = "takes effect at the next question; to or from int8, the index cannot be asked until it is rebuilt"
    LIBRARY = "opens the index in that folder, or begins a new one there"


_EFFECTS = {
    "articles": Effect.BUILD,
    "folders": Effect.BUILD,
    "index": Effect.LIBRARY,
    "store": Effect.LIBRARY,
    "index_access": Effect.BUILD,
    "reading": Effect.BUILD,
    "embedding.model": Effect.REBUILD,
    "embedding.backend": Effect.QUESTION,
    "embedding.precision": Effect.INT8,
    "embedding.batch_size": Effect.BUILD,
    "passages": Effect.REBUILD,
    "retrieval": Effect.QUESTION,
    "ranking": Effect.QUESTION,
    "answers": Effect.QUESTION,
    "web": Effect.FETCH,
    "watch": Effect.WATCH,
    "writer": Effect.QUESTION,
}  # by key, or by section if all settings of the section have the same effect

_EVERYDAY = frozenset(
    {"articles", "folders", "answers", "watch", "writer.model", "writer.base_url", "writer.use", "writer.mode"}
)
"""Keys and sections that people change; the others are for the machinery."""

FOUND_IN_FOLDER = "found in the current folder"


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Where settings come from: the file, if there is one; how it was found; the options that override it.

    `options` contains pairs: the key of a setting, and the option that gives its value ("--index FOLDER").
    """

    file: Path | None = None
    found_by: str = "every setting is at its default"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with its value.

    `origin` says in words where the value comes from. `line` is its line in the file, counted from 1. `choices` are
    the allowed values if they are a fixed list. A setting is `editable` if its value in the file can be replaced.
    """

    key: str
    description: str
    allowed: str
    value: str
    default: str
    origin: str
    effect: Effect
    line: int | None = None
    choices: tuple[str, ...] = ()
    editable: bool = True

    @property
    def label(self) -> str:
        """What the interface calls it."""
        return LABELS[self.key]

    @property
    def is_everyday(self) -> bool:
        """Whether people change it, and not only those who know how the program works."""
        return not _EVERYDAY.isdisjoint((self.key, self.key.partition(".")[0]))

    def needs_rebuild(self, value: str) -> bool:
        """Whether the index cannot be used after a change to `value` until it is rebuilt."""
        if self.effect is Effect.INT8:
            return "int8" in (value, self.value)
        return self.effect is Effect.REBUILD


def list_settings(config: Config, source: SettingsSource) -> tuple[Setting, ...]:
    """All settings in the order of the schema. If the file cannot be read any more, they have no lines."""
    text = ""
    if source.file is not None:
        with contextlib.suppress(ConfigError):
            text = read_config_text(source.file)
    places: dict[str, yaml.Node] = {}
    with contextlib.suppress(yaml.YAMLError):
        places = dict(_iter_nodes(yaml.compose(text, Loader=SettingsLoader)))
    options = dict(source.options)
    return tuple(
        _describe_setting(key, field, value, source, options.get(key), places.get(key))
        for key, field, value in _iter_fields(config)
    )


def _iter_fields(section: BaseModel, prefix: str = "") -> Iterator[tuple[str, FieldInfo, Any]]:
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, BaseModel):
            yield from _iter_fields(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field, value


def _iter_nodes(node: yaml.Node | None, prefix: str = "") -> Iterator[tuple[str, yaml.Node]]:
    """The keys of all values and sections with their YAML nodes."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.MappingNode):
                yield f"{prefix}{key.value}", value
                yield from _iter_nodes(value, f"{prefix}{key.value}.")
            else:
                yield f"{prefix}{key.value}", value


def _describe_setting(
    key: str, field: FieldInfo, value: Any, source: SettingsSource, option: str | None, node: yaml.Node | None
) -> Setting:
    line = node.start_mark.line + 1 if node is not None else None
    if option is not None:
        where = option
    elif node is not None and source.file is not None:
        where = f"{source.file.name}, line {line}"
    else:
        where = "default"
    choices = get_args(field.annotation)
    fixed = tuple(map(str, choices)) if choices and all(isinstance(choice, str) for choice in choices) else ()
    simple = node is None or (isinstance(node, yaml.ScalarNode) and node.style in (None, "'", '"'))
    return Setting(
        key,
        field.description or "",
        describe_allowed_values(field),
        format_value(value),
        format_value(field.get_default(call_default_factory=True)),
        where,
        next(effect for name, effect in _EFFECTS.items() if key == name or key.startswith(name + ".")),
        line,
        fixed,
        editable=simple and option is None,
    )


def format_value(value: Any) -> str:
    """A value as text; the items of a list with commas between them."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# ------------------------------------------------------------------------------------------ changes


def apply_change(source: SettingsSource, key: str, value: str) -> Config:
    """Change a setting in its file and return the new settings.

    If there is no file, it is created in the current folder. Raises ConfigError if the value is not allowed, if its
    form in the file cannot be replaced, or if the file cannot be written; the file is then unchanged.
    """
    path, fresh = preview_change(source, key, value)
    try:
        mode = path.stat().st_mode if path.exists() else None
        write_durably(path, fresh.encode("utf-8"))
        if mode is not None:
            path.chmod(mode)
    except OSError as error:
        raise ConfigError(f"{path}: {describe_write_error(error)}") from error
    return apply_options(load_config(path), source)


def preview_change(source: SettingsSource, key: str, value: str) -> tuple[Path, str]:
    """The file that a change would write, and its new text. Raises ConfigError as `apply_change` does."""
    path = (source.file or Path(CONFIG_NAME)).resolve()  # a symbolic link is kept and its target is changed
    text = read_config_text(path) if path.exists() else ""
    fresh = replace_value(text, key, value)
    _check_change(path, text, fresh, key)
    return path, fresh


def refresh_source(source: SettingsSource) -> SettingsSource:
    """Where the settings come from after a change, which may have created the file."""
    if source.file is not None:
        return source
    return replace(source, file=Path(CONFIG_NAME).absolute(), found_by=FOUND_IN_FOLDER)


def apply_options(config: Config, source: SettingsSource) -> Config:
    """These settings with the values of command-line options, which override the file."""
    options = {key: value for key, value in source.options if key == "index"}
    if not options:
        return config
    folder = options["index"].removeprefix("--index ")
    return config.model_copy(update={"index": Path(folder)})


def replace_value(text: str, key: str, value: str) -> str:
    """The text of a settings file with one value replaced, or added if the key is missing.

    Raises ConfigError if the text is not YAML, or if the present value is not a simple one on one line.
    """
    try:
        places = dict(_iter_nodes(yaml.compose(text, Loader=SettingsLoader)))
    except yaml.YAMLError as error:
        raise ConfigError(f"the file is no longer valid YAML; correct it in an editor: {error}") from error
    written = _format_scalar(value, key)
    newline = "\r\n" if "\r\n" in text else "\n"
    node = places.get(key)
    if node is not None:
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">") or text[start : start + 1] in ("&", "!"):
            raise ConfigError(f"{key} is a list, has several lines or has a YAML tag; change it in an editor")
        gap = "" if start and text[start - 1 : start].isspace() else " "  # after `key:` without a value
        return text[:start] + gap + written + text[end:]
    section, _, name = key.rpartition(".")
    if not section:
        return _end_with_newline(text, newline) + f"{name}: {written}{newline}"
    block = places.get(section)
    if isinstance(block, yaml.MappingNode) and block.value and not block.flow_style:
        first = block.value[0][0].start_mark
        return text[: first.index] + f"{name}: {written}{newline}{' ' * first.column}" + text[first.index :]
    if section in places:
        raise ConfigError(f"{section} is not written as lines of `key: value`; change it in an editor")
    return _end_with_newline(text, newline) + f"{section}:{newline}  {name}: {written}{newline}"


def _end_with_newline(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def _format_scalar(value: str, key: str) -> str:
    """A value as YAML on one line, with quotes only if they are needed; numbers have none."""
    text = value.strip()
    kind = next((field.annotation for name, field, _ in _iter_fields(Config()) if name == key), str)
    if kind in (int, float):
        try:
            return str(int(text)) if kind is int or "." not in text else str(float(text))
        except ValueError:
            pass  # the check of the new text reports it with the allowed values
    return yaml.safe_dump(text, width=10**6, allow_unicode=True).removesuffix("\n").removesuffix("\n...")


def _check_change(path: Path, text: str, fresh: str, key: str) -> None:
    """Raise ConfigError unless `fresh` is valid and differs from `text` in this setting only."""
    after = dict(_iter_values(parse_config(fresh, path)))
    try:
        before = dict(_iter_values(parse_config(text, path)))
    except ConfigError:
        return  # the change may correct the only error
    others = [name for name, value in after.items() if name != key and before[name] != value]
    if others:
        raise ConfigError(f"{path}: {key} cannot be changed without {others[0]}; change it in an editor")


def _iter_values(config: Config) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, _, value in _iter_fields(config))
