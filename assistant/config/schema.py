"""Settings: one frozen model per section, read from config.yaml. Every field says what it does; the
model also writes the annotated config.yaml, so the file and the code cannot disagree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError


class SettingsSection(BaseModel):
    """Base of all sections: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _reject_booleans(cls, value: object) -> object:
        if isinstance(value, bool):  # YAML reads `yes` as true, and true would pass for 1
            raise PydanticCustomError("switch", "not a switch")
        return value


class ReadingSettings(SettingsSection):
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


class EmbeddingSettings(SettingsSection):
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


class PassageSettings(SettingsSection):
    """How articles are cut. Changing this needs `assistant build --rebuild`."""

    max_tokens: int = Field(
        256,
        ge=32,
        le=8192,
        description="Longest passage in the model's own tokens, with title and date; lowered to what the model "
        "can read.",
    )


class RetrievalSettings(SettingsSection):
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
    def _require_one_ranker(self) -> Self:
        if not self.dense_weight and not self.lexical_weight:
            raise ValueError("dense_weight and lexical_weight cannot both be 0")
        return self


class AnswerSettings(SettingsSection):
    """What an answer looks like. Takes effect at the next question."""

    max_sentences: int = Field(5, ge=1, le=50, description="Most sentences in an answer about somebody's words.")
    max_facts: int = Field(3, ge=1, le=50, description="Most sentences in any other answer.")
    keep_share: float = Field(
        0.55, ge=0, le=1, description="Share of the best sentence's score that a further sentence needs to be shown."
    )


def _coerce_to_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _coerce_to_path(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip() or "\x00" in value:
        raise ValueError(f"{value!r} is not a path")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(f"{value!r} names a home folder that is not there") from error


FilePath = Annotated[Path, BeforeValidator(_coerce_to_path)]


class Config(SettingsSection):
    """All settings. Paths are absolute once loaded; relative ones are taken from the file's folder."""

    articles: Annotated[tuple[FilePath, ...], BeforeValidator(_coerce_to_list), Field(min_length=1)] = Field(
        (Path("seeds"),), description="Folders and files of articles; one, or a list."
    )
    index: FilePath = Field(Path("index"), description="Folder of the built index.")
    reading: ReadingSettings = Field(default_factory=ReadingSettings)
    embedding: EmbeddingSettings = Field(default_factory=EmbeddingSettings)
    passages: PassageSettings = Field(default_factory=PassageSettings)
    retrieval: RetrievalSettings = Field(default_factory=RetrievalSettings)
    answers: AnswerSettings = Field(default_factory=AnswerSettings)


# ------------------------------------------------------------------------------------ messages and template


def describe_allowed_values(field: FieldInfo) -> str:
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
