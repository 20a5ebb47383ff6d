"""Settings: one frozen model per section, read from config.yaml. Every field says what it does; the
model also writes the annotated config.yaml, so the file and the code cannot disagree."""

from __future__ import annotations

import difflib
import os
import textwrap
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from assistant.errors import ConfigError

CONFIG_NAME = "config.yaml"
CONFIG_VARIABLE = "ASSISTANT_CONFIG"


class Settings(BaseModel):
    """Base of all sections: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_switches(cls, value: object) -> object:
        if isinstance(value, bool):  # YAML reads `yes` as true, and true would pass for 1
            raise PydanticCustomError("switch", "not a switch")
        return value


class ReadingSettings(Settings):
    """What is read from the folders of articles."""

    max_file_mb: int = Field(
        64,
        ge=1,
        le=4096,
        description="Largest Markdown, text or HTML file to read, in megabytes (JSONL is read line by line "
        "and has no limit).",
    )
    max_article_characters: int = Field(
        2_000_000, ge=1_000, le=50_000_000, description="Longest article to accept, in characters."
    )


Precision = Literal["auto", "f32", "bf16", "int8"]


class EmbeddingSettings(Settings):
    """How passages become vectors. Changing the model, or to or from int8, needs `assistant build --rebuild`."""

    model: str = Field(
        "all-MiniLM-L6-v2",
        min_length=1,
        description="A sentence-transformers model, by name or by folder. The default ships with the program.",
    )
    backend: Literal["auto", "openvino", "torch"] = Field(
        "auto",
        description="What runs the model. auto: torch on a CUDA graphics card where there is one, else OpenVINO where "
        "it understands the model, else torch.",
    )
    precision: Precision = Field(
        "auto",
        description="How exactly OpenVINO reckons. auto: in bf16 where the processor has it, else in f32; their "
        "vectors are interchangeable. int8 is less exact and needs the extra int8.",
    )
    batch_size: int = Field(16, ge=1, le=1024, description="Passages embedded at a time.")


class PassageSettings(Settings):
    """How articles are cut. Changing this needs `assistant build --rebuild`."""

    max_tokens: int = Field(
        256,
        ge=32,
        le=8192,
        description="Longest passage in the model's own tokens, with title and date; lowered to what the model "
        "can read.",
    )


class RetrievalSettings(Settings):
    """How passages are found. Takes effect at the next question."""

    top_k: int = Field(20, ge=1, le=200, description="Passages retrieved for a question.")
    candidates: int = Field(
        100,
        ge=10,
        le=2000,
        description="Passages that each lane (meaning, words) puts forward before they are fused.",
    )
    dense_weight: float = Field(0.3, ge=0, le=1, description="Weight of the lane that compares meaning (embeddings).")
    lexical_weight: float = Field(1.0, ge=0, le=1, description="Weight of the lane that compares words (BM25).")

    @model_validator(mode="after")
    def _one_lane_at_least(self) -> Self:
        if not self.dense_weight and not self.lexical_weight:
            raise ValueError("dense_weight and lexical_weight cannot both be 0")
        return self


class AnswerSettings(Settings):
    """What an answer looks like. Takes effect at the next question."""

    max_sentences: int = Field(5, ge=1, le=50, description="Most sentences in an answer about somebody's words.")
    max_facts: int = Field(3, ge=1, le=50, description="Most sentences in any other answer.")
    keep_share: float = Field(
        0.55, ge=0, le=1, description="Share of the best sentence's score that a further sentence needs to be shown."
    )


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_path(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip() or "\x00" in value:
        raise ValueError(f"{value!r} is not a path")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(f"{value!r} names a home folder that is not there") from error


FilePath = Annotated[Path, BeforeValidator(_as_path)]


class Config(Settings):
    """All settings. Paths are absolute once loaded; relative ones are taken from the file's folder."""

    articles: Annotated[tuple[FilePath, ...], BeforeValidator(_as_list), Field(min_length=1)] = Field(
        (Path("seeds"),), description="Folders and files of articles; one, or a list."
    )
    index: FilePath = Field(Path("index"), description="Folder of the built index.")
    reading: ReadingSettings = Field(default_factory=ReadingSettings)
    embedding: EmbeddingSettings = Field(default_factory=EmbeddingSettings)
    passages: PassageSettings = Field(default_factory=PassageSettings)
    retrieval: RetrievalSettings = Field(default_factory=RetrievalSettings)
    answers: AnswerSettings = Field(default_factory=AnswerSettings)


def find_config(named: Path | None = None) -> Path | None:
    """The configuration file that is meant: named, else $ASSISTANT_CONFIG, else ./config.yaml if it exists.

    Raises ConfigError when a file was named, by option or variable, and is not there.
    """
    variable = os.environ.get(CONFIG_VARIABLE)
    if named is None and variable:
        named = Path(variable)
        origin = f"${CONFIG_VARIABLE}"
    else:
        origin = "--config"
    if named is not None:
        if named.is_dir():
            named = named / CONFIG_NAME
        if not named.is_file():
            raise ConfigError(f"{named}: no such configuration file (named by {origin}); `assistant init` makes one")
        return named
    here = Path(CONFIG_NAME)
    return here if here.is_file() else None


def load_config(path: Path | None) -> Config:
    """Read and check a configuration file; None gives the defaults, relative to the current folder.

    Raises ConfigError naming file, key, value and what is allowed; all faults of a file at once.
    """
    if path is None:
        return _anchored(Config(), Path.cwd())
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    return parsed_config(text, path)


def parsed_config(text: str, path: Path) -> Config:
    """The settings that a file at `path` with this text gives; raises as `load_config` does."""
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line, problem = yaml_fault(error, text)
        place = f"{path}: line {line}" if line else str(path)
        raise ConfigError(f"{place}: not valid YAML: {problem}") from error
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}: must hold `key: value` lines, as `assistant init` writes them")
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        faults = [_fault(fault) for fault in error.errors()]
        raise ConfigError(f"{path}: " + "; ".join(dict.fromkeys(faults))) from error
    return _anchored(config, path.resolve().parent)


def yaml_fault(error: Exception, text: str) -> tuple[int | None, str]:
    """The line, counted from 1 and where it is known, and the reason why PyYAML could not read `text`."""
    match error:
        case yaml.MarkedYAMLError(problem=str(problem), problem_mark=yaml.Mark(line=line)):
            return line + 1, problem
        case yaml.reader.ReaderError(position=position):
            return text.count("\n", 0, position) + 1, "a control character, or another that YAML does not allow"
        case RecursionError():
            return None, "nested too deeply"
    return None, str(error)  # an impossible date


def _anchored(config: Config, folder: Path) -> Config:
    return config.model_copy(
        update={
            "articles": tuple(folder / path for path in config.articles),
            "index": folder / config.index,
        }
    )


# ------------------------------------------------------------------------------------ messages and template


def _section(location: tuple[int | str, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Config
    for part in location:
        found = model.model_fields.get(str(part))
        if found is None or not isinstance(found.annotation, type) or not issubclass(found.annotation, BaseModel):
            break
        model = found.annotation
    return model


def _fault(fault: Any) -> str:
    location: tuple[int | str, ...] = fault["loc"]
    key = ".".join(str(part) for part in location) or "(top level)"
    if fault["type"] in ("extra_forbidden", "invalid_key"):
        known = list(_section(location[:-1]).model_fields)
        near = difflib.get_close_matches(str(location[-1]), known, n=1)
        hint = f"did you mean {near[0]}?" if near else "allowed: " + ", ".join(known)
        return f"unknown key {key} ({hint})"
    if fault["type"] == "value_error":
        return f"{key}: {fault['ctx']['error']}"
    section = _section(location[:-1])
    name = next((str(part) for part in reversed(location) if str(part) in section.model_fields), None)
    allowed = allowed_values(section.model_fields[name]) if name else ""
    value = fault["input"]
    shown = "nothing" if value is None else repr(value)
    if len(shown) > 60:
        shown = shown[:57] + "…"
    return f"{key} is {shown}; allowed: {allowed or fault['msg']}"


def allowed_values(field: FieldInfo) -> str:
    """What a setting may be, in words: "a whole number from 1 to 50"."""
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "a section with " + ", ".join(kind.model_fields)
    choices = get_args(kind)
    if choices and all(isinstance(choice, str) for choice in choices):
        return ", ".join(choices)
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    if kind in (int, float):
        noun = "a whole number" if kind is int else "a number"
        return f"{noun} from {low} to {high}"
    if kind is Path:
        return "a path"
    if choices and choices[0] == FilePath:
        return "a path or a list of paths"
    return "text"


def config_template() -> str:
    """The annotated config.yaml with every key at its default."""
    lines = [
        "# Settings of this library. Every key is optional, shown with its default; paths are relative to this file.",
        "",
    ]
    for name, field in Config.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Settings):
            lines += ["", *_comment(kind.__doc__ or "", ""), f"{name}:"]
            for key, inner in kind.model_fields.items():
                about = f"{inner.description} Allowed: {allowed_values(inner)}."
                lines += [*_comment(about, "  "), f"  {key}: {_scalar(inner.default)}"]
        else:
            lines += [*_comment(field.description or "", ""), f"{name}: {_scalar(field.default)}"]
    return "\n".join(lines) + "\n"


def _comment(text: str, indent: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), 100, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def _scalar(value: object) -> str:
    if isinstance(value, tuple):
        value = value[0]
    return str(value)
