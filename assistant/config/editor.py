"""Every setting with what it does, what it may be, and where its value comes from; and changing one in its file.

A change replaces the value where it stands: comments, order and everything else stay as they are."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.config.load import CONFIG_NAME, load_config, parse_config
from assistant.config.schema import Config, describe_allowed_values
from assistant.errors import ConfigError
from assistant.system.files import write_durably

Effect = Literal["question", "build", "rebuild", "int8", "library"]
"""From when a change counts: the next question, the next build, once all is rebuilt, either of these (to or from int8
all must be rebuilt), at once with another library."""

EFFECT_TEXTS: dict[Effect, str] = {
    "question": "takes effect at the next question",
    "build": "takes effect at the next update of the index",
    "rebuild": "the index cannot be asked until it is rebuilt",
    "int8": "takes effect at the next question; to or from int8, the index cannot be asked until it is rebuilt",
    "library": "opens the index in that folder, or begins a new one there",
}
_EFFECT_BY_KEY: dict[str, Effect] = {
    "articles": "build",
    "index": "library",
    "reading": "build",
    "embedding.model": "rebuild",
    "embedding.backend": "question",
    "embedding.precision": "int8",
    "embedding.batch_size": "build",
    "passages": "rebuild",
    "retrieval": "question",
    "answers": "question",
}


FOUND_IN_FOLDER = "found in the current folder"


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """Where settings come from: the file, if there is one, and how it was found; options that go before it."""

    file: Path | None = None
    found_by: str = "no file: every setting is at its default"
    options: tuple[tuple[str, str], ...] = ()  # of a setting's key and the option that gives its value


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `origin` is in words; `line` where it stands in the file, from 1; `choices` if these are all."""

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


def list_settings(config: Config, source: SettingsSource) -> tuple[Setting, ...]:
    """All settings in their order. A file that cannot be read any more gives no lines."""
    text = ""
    if source.file is not None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            text = source.file.read_text(encoding="utf-8")
    places: dict[str, yaml.Node] = {}
    with contextlib.suppress(yaml.YAMLError, RecursionError):
        places = dict(_iter_nodes(yaml.compose(text, Loader=yaml.SafeLoader)))
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
    """The nodes of all values by key."""
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
        next(effect for name, effect in _EFFECT_BY_KEY.items() if key == name or key.startswith(name + ".")),
        line,
        fixed,
        editable=simple and option is None,
    )


def format_value(value: Any) -> str:
    """A value as one reads it: of a list, its parts with commas between."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# ------------------------------------------------------------------------------------------- changing one


def apply_change(source: SettingsSource, key: str, value: str) -> Config:
    """Give a setting another value in its file; returns the settings as they are then.

    Without a file, one is made in the current folder. Raises ConfigError where the value is not allowed, where it
    does not stand in the file in a form that can be replaced, or where the file cannot be written; it is then as it
    was.
    """
    path, fresh = preview_change(source, key, value)
    try:
        mode = path.stat().st_mode if path.exists() else None
        write_durably(path, fresh.encode("utf-8"))
        if mode is not None:
            path.chmod(mode)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
    return apply_options(load_config(path), source)


def preview_change(source: SettingsSource, key: str, value: str) -> tuple[Path, str]:
    """The file that a change would write, and its new text; raises ConfigError as `apply_change` does."""
    path = (source.file or Path(CONFIG_NAME)).resolve()  # a link stays one
    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    fresh = replace_value(text, key, value)
    _check_change(path, text, fresh, key)
    return path, fresh


def refresh_source(source: SettingsSource) -> SettingsSource:
    """Where the settings come from after a change, which may have made the file."""
    if source.file is not None:
        return source
    return replace(source, file=Path(CONFIG_NAME).absolute(), found_by=FOUND_IN_FOLDER)


def apply_options(config: Config, source: SettingsSource) -> Config:
    """These settings, but for those that options of the command line go before."""
    options = {key: value for key, value in source.options if key == "index"}
    if not options:
        return config
    folder = options["index"].removeprefix("--index ")
    return config.model_copy(update={"index": Path(folder)})


def replace_value(text: str, key: str, value: str) -> str:
    """The text of a settings file with one value replaced, or put in where the key is missing."""
    try:
        places = dict(_iter_nodes(yaml.compose(text, Loader=yaml.SafeLoader)))
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"the file is not valid YAML any more; mend it in an editor: {error}") from error
    written = _format_scalar(value, key)
    newline = "\r\n" if "\r\n" in text else "\n"
    node = places.get(key)
    if node is not None:
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">") or text[start : start + 1] in ("&", "!"):
            raise ConfigError(f"{key} is a list, takes several lines or has a mark; change it in an editor")
        gap = "" if start and text[start - 1 : start].isspace() else " "  # of `key:` with nothing behind it
        return text[:start] + gap + written + text[end:]
    section, _, name = key.rpartition(".")
    if not section:
        return _end_with_newline(text, newline) + f"{name}: {written}{newline}"
    found = places.get(section)
    if isinstance(found, yaml.MappingNode) and found.value and not found.flow_style:
        first = found.value[0][0].start_mark
        return text[: first.index] + f"{name}: {written}{newline}{' ' * first.column}" + text[first.index :]
    if section in places:
        raise ConfigError(f"{section} is not written as lines of `key: value`; change it in an editor")
    return _end_with_newline(text, newline) + f"{section}:{newline}  {name}: {written}{newline}"


def _end_with_newline(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def _format_scalar(value: str, key: str) -> str:
    """A value as YAML writes it on one line, with quotes only where they are needed; a number without them."""
    text = value.strip()
    kind = next((field.annotation for name, field, _ in _iter_fields(Config()) if name == key), str)
    if kind in (int, float):
        try:
            return str(int(text)) if kind is int or "." not in text else str(float(text))
        except ValueError:
            pass  # what is no number is refused with what is allowed
    return yaml.safe_dump(text, width=10**6, allow_unicode=True).removesuffix("\n").removesuffix("\n...")


def _check_change(path: Path, text: str, fresh: str, key: str) -> None:
    """Raise ConfigError unless `fresh` is allowed, and differs from `text` in the one setting alone."""
    after = dict(_iter_values(parse_config(fresh, path)))
    try:
        before = dict(_iter_values(parse_config(text, path)))
    except ConfigError:
        return  # what was wrong with it, this may have mended
    others = [name for name, value in after.items() if name != key and before[name] != value]
    if others:
        raise ConfigError(f"{path}: {key} cannot be changed without {others[0]}; change it in an editor")


def _iter_values(config: Config) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, _, value in _iter_fields(config))
