"""The settings: one frozen model for each section of config.yaml.

The description of each field is also the comment in the annotated config.yaml, so both always agree."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from assistant.errors import ConfigError


class SettingsSection(BaseModel):
    """Base of all sections: unknown keys are errors, and values do not change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _reject_booleans(cls, value: object) -> object:
        if isinstance(value, bool):  # YAML reads `yes` as true, and pydantic would accept true as 1
            raise PydanticCustomError("switch", "not a switch")
        return value


def _coerce_to_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


FOREIGN_READER = r"^\.[a-z0-9]{1,16}=llama_index(\.\w+)+$"
ForeignReader = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=FOREIGN_READER)]


class ReadingSettings(SettingsSection):
    """Limits for reading articles."""

    max_file_mb: int = Field(
        64,
        ge=1,
        le=4096,
        description="Largest file to read, in megabytes. Formats that are read line by line have no limit.",
    )
    max_article_characters: int = Field(
        2_000_000, ge=1_000, le=50_000_000, description="Longest article to read, in characters."
    )
    max_article_seconds: int = Field(
        60, ge=1, le=86_400, description="Longest time to read one article, in seconds of processor time."
    )
    readers: Annotated[tuple[ForeignReader, ...], BeforeValidator(_coerce_to_list)] = Field(
        (),
        description="Readers of llama-index for further suffixes, as a list of SUFFIX=CLASS, such as "
        ".xml=llama_index.readers.file.XMLReader; their packages must be installed.",
    )

    @property
    def foreign_readers(self) -> dict[str, str]:
        """The class of llama-index that reads each further suffix."""
        return dict(item.split("=") for item in self.readers)


Precision = Literal["auto", "f32", "bf16", "int8"]


class EmbeddingSettings(SettingsSection):
    """The embedding model. After a change of the model, or to or from int8, run `assistant build --rebuild`."""

    model: str = Field(
        "all-MiniLM-L6-v2",
        min_length=1,
        description="Name or folder of a sentence-transformers model. The default model is installed with the program.",
    )
    backend: Literal["auto", "openvino", "torch"] = Field(
        "auto",
        description="Runtime of the model. auto: torch if there is a CUDA graphics card, else OpenVINO if it supports "
        "the model, else torch.",
    )
    precision: Precision = Field(
        "auto",
        description="Numeric precision of OpenVINO inference. auto: bf16 if the processor supports it, else f32; the "
        "vectors of both are compatible. int8 is less accurate and requires the extra int8.",
    )
    batch_size: int = Field(16, ge=1, le=1024, description="Passages per embedding batch.")


class PassageSettings(SettingsSection):
    """How articles are divided into passages. After a change, run `assistant build --rebuild`."""

    max_tokens: int = Field(
        256,
        ge=32,
        le=8192,
        description="Longest passage, in tokens of the model, with title and date. Not more than the model can read.",
    )


class RetrievalSettings(SettingsSection):
    """How passages are retrieved. A change takes effect at the next question."""

    top_k: int = Field(20, ge=1, le=200, description="Passages retrieved for a question.")
    candidates: int = Field(
        100,
        ge=10,
        le=2000,
        description="Passages that each of the two rankings (embeddings, words) contributes before they are merged.",
    )
    dense_weight: float = Field(1.0, ge=0, le=1, description="Weight of the ranking by embeddings (meaning).")
    lexical_weight: float = Field(1.0, ge=0, le=1, description="Weight of the ranking by words (BM25).")

    @model_validator(mode="after")
    def _require_one_ranker(self) -> Self:
        if not self.dense_weight and not self.lexical_weight:
            raise ValueError("dense_weight and lexical_weight cannot both be 0")
        return self


class RankingSettings(SettingsSection):
    """The model that ranks sentences by how likely they answer. A change takes effect at the next question."""

    model: str = Field(
        "packaged",
        min_length=1,
        description="packaged: the one that is installed with the program. none: no such model. Else the name or "
        "folder of a CrossEncoder of sentence-transformers.",
    )


HostName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=253)]


class WebSettings(SettingsSection):
    """What `assistant add`, `assistant feeds update` and `assistant watch` fetch. Nothing else connects to a site."""

    allow_hosts: Annotated[tuple[HostName, ...], BeforeValidator(_coerce_to_list)] = Field(
        (),
        description="Hosts that may be fetched although they are on this machine or in its network, such as "
        "wiki.example.org.",
    )
    delay_seconds: float = Field(1.0, ge=0, le=60, description="Pause between two requests to the same host.")
    timeout_seconds: int = Field(60, ge=1, le=600, description="Longest time to fetch one address, in seconds.")


class WatchSettings(SettingsSection):
    """Keeping up with changed files and with feeds, in `assistant watch` and in the interface."""

    update: Literal["ask", "automatic"] = Field(
        "ask",
        description="What the interface does when files change. ask: it shows the changes, and Ctrl+R updates the "
        "index. automatic: it updates the index within seconds, and fetches the feeds at their interval.",
    )
    feed_minutes: int = Field(60, ge=1, le=10_080, description="Minutes between two checks of a feed.")
    settle_seconds: float = Field(
        2.0, ge=0.1, le=600, description="Seconds without a further change before changed files are read."
    )


class AnswerSettings(SettingsSection):
    """The length of answers. A change takes effect at the next question."""

    max_sentences: int = Field(5, ge=1, le=50, description="Most sentences in an answer about what somebody said.")
    max_facts: int = Field(3, ge=1, le=50, description="Most sentences in any other answer.")
    keep_share: float = Field(
        0.55, ge=0, le=1, description="Share of the best sentence's score that another sentence must reach to be shown."
    )


class WriterSettings(SettingsSection):
    """A language model that picks or writes the answer; none unless `model` is set.

    Only the question and the sources are sent, to `base_url` and nowhere else. A change takes effect at the next
    question.
    """

    model: str = Field("", max_length=200, description="Name of the model on its server. Empty: no model is used.")
    base_url: str = Field(
        "http://127.0.0.1:11434/v1",
        pattern=r"^https?://[A-Za-z0-9._:\[\]-]+(?:/[!->A-~]*)?$",
        max_length=500,
        description="Address of an OpenAI-compatible server: Ollama, llama.cpp, LM Studio, vLLM, or a hosted one.",
    )
    api_key_env: str = Field(
        "",
        pattern=r"^(?:[A-Za-z_]\w*)?$",
        description="Name of the environment variable that has the key, if the server wants one.",
    )
    use: Literal["asked", "always"] = Field(
        "asked",
        description="asked: only with --writer, or when switched on in the interface. always: for all questions.",
    )
    offered_to: Literal["owner", "everyone"] = Field(
        "owner", description="Who may use the model. everyone: also those who use this library through a server."
    )
    mode: Literal["select", "write"] = Field(
        "select",
        description="select: the model picks sentences of the articles, which are shown as they are. write: it writes "
        "prose, each sentence of which is compared with the articles.",
    )
    unsupported: Literal["mark", "drop", "refuse"] = Field(
        "mark",
        description="What happens to a written sentence that the articles are not seen to say. refuse: the answer "
        "without the model is shown instead.",
    )
    nli: str = Field(
        "",
        max_length=500,
        description="Name or folder of a CrossEncoder for natural language inference, with which a written sentence in "
        "other words than its source can be proved. Empty: none, and such a sentence is not proved.",
    )
    temperature: float = Field(0.0, ge=0, le=2, description="How freely the model chooses its words.")
    max_output_tokens: int = Field(512, ge=16, le=8192, description="Longest output of the model, in tokens.")
    context_tokens: int = Field(
        0, ge=0, le=2_000_000, description="What the model can read and write, in tokens. 0: what its server says."
    )
    budget_tokens: int = Field(
        16_000, ge=256, le=2_000_000, description="Most tokens for one answer, those read and those written together."
    )
    max_sources: int = Field(24, ge=1, le=200, description="Most sources that the model is given.")
    first_token_seconds: int = Field(60, ge=1, le=3600, description="Longest wait for the first word, in seconds.")
    timeout_seconds: int = Field(180, ge=1, le=3600, description="Longest time for the whole output, in seconds.")

    @field_validator("base_url")
    @classmethod
    def _require_host_and_port(cls, value: str) -> str:
        try:
            is_address = bool(urlsplit(value).hostname) and urlsplit(value).port != 0
        except ValueError:  # a port that there is not, or a bracket that is not closed
            is_address = False
        if not is_address:
            raise ValueError(f"{value} is not an address such as http://127.0.0.1:11434/v1")
        return value


FieldText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


def _coerce_to_path(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip() or "\x00" in value:
        raise ValueError(f"{value!r} is not a path")
    try:
        os.fsencode(value)
        return Path(value).expanduser()
    except UnicodeEncodeError as error:
        raise ValueError(f"{value!r} is not a path") from error
    except RuntimeError as error:
        raise ValueError(f"{value!r} names a home folder that does not exist") from error


FilePath = Annotated[Path, BeforeValidator(_coerce_to_path)]


class FolderSettings(SettingsSection):
    """What all articles below one folder have in common; it counts before what the articles say."""

    path: FilePath = Field(description="The folder.")
    source: FieldText | None = Field(None, description="The outlet of its articles.")
    author: FieldText | None = Field(None, description="Their author.")
    section: FieldText | None = Field(None, description="Their section.")
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")] | None = Field(
        None, description="Their language, as a code such as en."
    )
    tags: Annotated[tuple[FieldText, ...], BeforeValidator(_coerce_to_list)] = Field((), description="Their tags.")

    def __str__(self) -> str:
        """The folder with its values, on one line."""
        return f"{self.path} ({', '.join(f'{name} {value}' for name, value in self.list_values().items())})"

    def list_values(self) -> dict[str, str | tuple[str, ...]]:
        """The fields that have a value, with it."""
        values = {name: getattr(self, name) for name in ("source", "author", "section", "language", "tags")}
        return {name: value for name, value in values.items() if value}


SQLITE = "sqlite"
# An address has no user, password or query: it stands in messages.
STORE_PATTERN = rf"^({SQLITE}|/.+|[A-Za-z]:\\.+|[a-z][a-z0-9]*://[^/@?#;\s]*(/[^?#;]*)?)$"


class Config(SettingsSection):
    """All settings. Loading makes paths absolute; relative paths start at the folder of the file."""

    articles: Annotated[tuple[FilePath, ...], BeforeValidator(_coerce_to_list), Field(min_length=1)] = Field(
        (Path("seeds"),), description="Folder or file of articles, or a list of them."
    )
    index: FilePath = Field(Path("index"), description="Folder of the index.")
    store: Annotated[str, StringConstraints(pattern=STORE_PATTERN)] = Field(
        SQLITE,
        description="Where the library is read from. sqlite: the folder of the index. Or another folder, as its whole "
        "path, or an address such as s3://bucket/library: Lance tables there, which each build brings up to date and "
        "which any number of machines can read (extra lance).",
    )
    index_access: Literal["umask", "private"] = Field(
        "umask",
        description="Who may read the files of the index. umask: whom the umask lets. private: nobody but you (files "
        "0600, folder 0700), from the next build on.",
    )
    folders: tuple[FolderSettings, ...] = Field(
        (),
        description="What the articles of a folder have in common, before what they say themselves: a list of folders "
        "(path), each with any of source, author, section, language, tags.",
    )
    reading: ReadingSettings = Field(default_factory=ReadingSettings)
    embedding: EmbeddingSettings = Field(default_factory=EmbeddingSettings)
    passages: PassageSettings = Field(default_factory=PassageSettings)
    retrieval: RetrievalSettings = Field(default_factory=RetrievalSettings)
    ranking: RankingSettings = Field(default_factory=RankingSettings)
    answers: AnswerSettings = Field(default_factory=AnswerSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    watch: WatchSettings = Field(default_factory=WatchSettings)
    writer: WriterSettings = Field(default_factory=WriterSettings)

    @property
    def added(self) -> Path:
        """The folder of what was added by `assistant add`: beside the index, so that no build can lose it."""
        return self._beside_index("added")

    @property
    def kept(self) -> Path:
        """The folder of what the user adds to the library: marks, notes, the dossier, standing questions."""
        return self._beside_index("kept")

    def _beside_index(self, kind: str) -> Path:
        if not self.index.name:
            raise ConfigError(f"index: {self.index} cannot be the folder of an index; name a folder in it")
        return self.index.with_name(f"{self.index.name}-{kind}")

    @property
    def index_is_private(self) -> bool:
        """Whether only the user may read the index."""
        return self.index_access == "private"


# ------------------------------------------------------------------------------------------- messages


def describe_allowed_values(field: FieldInfo) -> str:
    """The allowed values of a setting in words: "a whole number from 1 to 50"."""
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
    if any(getattr(m, "pattern", None) == STORE_PATTERN for m in field.metadata):
        return f"{SQLITE}, a whole path, an address such as s3://bucket/library without a key"
    if choices and choices[0] is FolderSettings:
        return "a list of folders, each with path and any of source, author, section, language, tags"
    if choices and choices[0] == ForeignReader:
        return "a list of SUFFIX=CLASS, each class one of llama_index"
    if choices and choices[0] == HostName:
        return "the name of a host or a list of names"
    if choices and choices[0] == FilePath:
        return "a path or a list of paths"
    return "text"
