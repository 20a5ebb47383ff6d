"""Finds, reads and checks config.yaml."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from assistant.config.schema import Config, FolderSettings, describe_allowed_values
from assistant.errors import ConfigError
from assistant.system.os_errors import describe_read_error

CONFIG_NAME = "config.yaml"
CONFIG_VARIABLE = "ASSISTANT_CONFIG"
MAX_CONFIG_BYTES = 100_000  # the template has a tenth; reading more takes seconds
MAX_DEPTH = 20  # of lists and sections in each other; PyYAML takes the square of it
MAX_DIGITS = 100  # of a number, for which Python takes the square of their count
MAX_FAULTS = 10  # that one message reports
_ADDRESS_WITH_MORE = re.compile(r"/.*[@?#;]")  # what follows may be a password, which no message shows


class SettingsLoader(yaml.SafeLoader):
    """YAML as far as settings need it: in a file from elsewhere, the rest of it takes hours or fails in PyYAML.

    There are no tags, and an alias stands for a text or number only: lists of lists of aliases grow exponentially.
    """

    depth = 0  # lists and sections around the value that is read

    def fetch_tag(self) -> None:
        """Refuse a tag, such as !!set."""
        raise yaml.scanner.ScannerError(None, None, "settings have no tags (!)", self.get_mark())

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A value; the one that an alias stands for must be simple."""
        if self.depth == MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, "nested too deeply", self.get_mark())
        is_alias = self.check_event(yaml.AliasEvent)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if is_alias and isinstance(node, yaml.CollectionNode):
            problem = "an alias of a list or section; repeat it"
            raise yaml.composer.ComposerError(None, None, problem, node.start_mark)
        return node

    def construct_yaml_int(self, node: Any) -> int:
        """A number, unless nobody would write it."""
        if len(node.value) > MAX_DIGITS:
            raise yaml.constructor.ConstructorError(None, None, "a number with too many digits", node.start_mark)
        return int(super().construct_yaml_int(node))


SettingsLoader.add_constructor("tag:yaml.org,2002:int", SettingsLoader.construct_yaml_int)


def find_config(named: Path | None = None) -> Path | None:
    """The configuration file: `named`, else $ASSISTANT_CONFIG, else ./config.yaml if it exists, else None.

    What is named is a file, a folder with one, or else a library that has this name. Raises ConfigError if there is
    none of these.
    """
    variable = os.environ.get(CONFIG_VARIABLE)
    if named is None and variable:
        named = Path(variable)
        origin = f"${CONFIG_VARIABLE}"
    else:
        origin = "--config"
    if named is not None:
        name = named
        if named.is_dir():
            named = named / CONFIG_NAME
        if not named.is_file():
            from assistant.config.libraries import load_libraries  # most commands name none

            named = load_libraries().get(str(name), named)
        if not named.is_file():
            raise ConfigError(f"{named}: no such configuration file (named by {origin}); `assistant init` creates one")
        return named
    here = Path(CONFIG_NAME)
    return here if here.is_file() else None


def load_config(path: Path | None) -> Config:
    """Read and check a configuration file; None gives the defaults, relative to the current folder.

    Raises ConfigError, which reports all errors of the file with key, value and allowed values.
    """
    if path is None:
        return _resolve_paths(Config(), Path.cwd())
    return parse_config(read_config_text(path), path)


def read_config_text(path: Path) -> str:
    """The text of a configuration file with its line ends. Raises ConfigError."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_CONFIG_BYTES + 1)
        if len(content) > MAX_CONFIG_BYTES:
            raise ConfigError(f"{path}: larger than settings can be ({MAX_CONFIG_BYTES // 1000} kB)")
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: {describe_read_error(error)}") from error


def parse_config(text: str, path: Path) -> Config:
    """The settings in the text of a file at `path`. Raises ConfigError as `load_config` does."""
    try:
        raw = yaml.load(text, SettingsLoader)
    except (yaml.YAMLError, ValueError) as error:
        line, problem = describe_yaml_error(error, text)
        place = f"{path}: line {line}" if line else str(path)
        raise ConfigError(f"{place}: not valid YAML: {problem}") from error
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}: must contain `key: value` lines, as `assistant init` writes them")
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        faults = [_describe_fault(fault) for fault in error.errors()[:MAX_FAULTS]]
        more = [f"and {error.error_count() - MAX_FAULTS} more errors"] if error.error_count() > MAX_FAULTS else []
        raise ConfigError(f"{path}: " + "; ".join([*dict.fromkeys(faults), *more])) from error
    return _resolve_paths(config, path.resolve().parent)


def describe_yaml_error(error: Exception, text: str) -> tuple[int | None, str]:
    """The line of the error, counted from 1 or None if it is not known, and why PyYAML could not read `text`."""
    match error:
        case yaml.MarkedYAMLError(problem=str(problem), problem_mark=yaml.Mark(line=line)):
            return line + 1, problem
        case yaml.reader.ReaderError(position=position):
            return text.count("\n", 0, position) + 1, "a control character, or another one that YAML does not allow"
        case RecursionError():
            return None, "nested too deeply"
    return None, str(error)  # an impossible date


def _resolve_paths(config: Config, folder: Path) -> Config:
    return config.model_copy(
        update={
            "articles": tuple(folder / path for path in config.articles),
            "index": folder / config.index,
            "folders": tuple(each.model_copy(update={"path": folder / each.path}) for each in config.folders),
        }
    )


def _find_section(location: tuple[int | str, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Config
    for part in location:
        found = model.model_fields.get(str(part))
        if part == "folders" or isinstance(part, int):  # a folder in the list of them
            model = FolderSettings if part == "folders" else model
            continue
        if found is None or not isinstance(found.annotation, type) or not issubclass(found.annotation, BaseModel):
            break
        model = found.annotation
    return model


def _describe_fault(fault: Any) -> str:
    location: tuple[int | str, ...] = fault["loc"]
    key = ".".join(str(part) for part in location) or "(top level)"
    if fault["type"] in ("extra_forbidden", "invalid_key"):
        known = list(_find_section(location[:-1]).model_fields)
        near = difflib.get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean {near[0]}?" if near else "allowed: " + ", ".join(known)
        return f"unknown key {key} ({hint})"
    if fault["type"] == "value_error":
        return f"{key}: {fault['ctx']['error']}"
    section = _find_section(location[:-1])
    name = next((str(part) for part in reversed(location) if str(part) in section.model_fields), None)
    allowed = describe_allowed_values(section.model_fields[name]) if name else ""
    value = fault["input"]
    shown = "nothing" if value is None else repr(value)
    if _ADDRESS_WITH_MORE.search(shown):
        shown = "an address with a user, a password or a query, which is not repeated here"
    if len(shown) > 60:
        shown = shown[:57] + "…"
    return f"{key} is {shown}; allowed: {allowed or fault['msg']}"
