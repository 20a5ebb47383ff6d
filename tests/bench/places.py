"""The sizes of the libraries of a run, and the paths of their files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class LibrarySize:
    """A library of `articles` built articles, or of `passages` passages multiplied from the largest built one."""

    articles: int | None = None
    passages: int | None = None

    @property
    def name(self) -> str:
        """The heading of its column."""
        return f"{self.passages:,} passages" if self.passages else f"{self.articles:,} articles"


def parse_sizes(text: str) -> list[LibrarySize]:
    """Sizes from text like "1000,20000,million"; "5000p" is 5,000 passages. Multiplied libraries come last.

    Raises ValueError for other text.
    """
    sizes = []
    for word in text.replace(" ", "").split(","):
        if word == "million":
            sizes.append(LibrarySize(passages=MILLION))
        elif word.endswith("p"):
            sizes.append(LibrarySize(passages=int(word[:-1])))
        else:
            sizes.append(LibrarySize(articles=int(word)))
    if any((size.articles or size.passages or 0) < 1 for size in sizes):
        raise ValueError("a size is a number above 0")
    return sorted(dict.fromkeys(sizes), key=lambda size: (size.passages or 0, size.articles or 0))


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The paths of one size; `source` is the folder of the library that a multiplied one is made from."""

    folder: Path
    source: Path | None = None

    @classmethod
    def for_size(cls, workdir: Path, size: LibrarySize, source: LibrarySize | None = None) -> LibraryPaths:
        """The paths of this size; a multiplied library is made from `source`."""
        if size.passages and source:
            return cls(workdir / f"{size.passages}-passages", workdir / f"{source.articles}-articles")
        return cls(workdir / f"{size.articles}-articles")

    @property
    def articles(self) -> Path:
        """Folder of the article files; multiplying writes to another name."""
        return self.folder / ("index-articles" if self.source else "articles")

    @property
    def jsonl_file(self) -> Path:
        """The articles as JSON lines; for a multiplied library, those of its source."""
        return (self.source or self.folder) / "articles.jsonl"

    @property
    def passages(self) -> Path:
        """Some passages exactly as the model embedded them, a JSON list."""
        return (self.source or self.folder) / "passages.json"

    @property
    def index(self) -> Path:
        """Index folder."""
        return self.folder / "index"

    @property
    def questions(self) -> Path:
        """Questions about this library, a JSON object of lists."""
        return self.folder / "questions.json"

    @property
    def figures(self) -> Path:
        """Figures of the build; exists only if the library is complete."""
        return self.folder / "figures.json"

    @property
    def config(self) -> Path:
        """Settings with the folders of articles and index; rewritten at every run."""
        return self.folder / "config.yaml"

    def write_config(self, precision: str) -> None:
        """Write the settings with this `embedding.precision`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        embedding = {"precision": precision}
        settings = {"articles": str(self.articles), "index": str(self.index), "embedding": embedding}
        self.config.write_text(json.dumps(settings) + "\n", encoding="utf-8")  # JSON is YAML

    def storage(self, chunk: int) -> Path:
        """Folder of llama-index's index with chunks of this size."""
        return self.folder / f"stock-{chunk}"
