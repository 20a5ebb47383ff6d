"""The folders of the libraries of a run, and their sizes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class LibrarySize:
    """The size of a built library in articles, or of a library multiplied from the largest built one in passages."""

    articles: int | None = None
    passages: int | None = None

    @property
    def name(self) -> str:
        """The head of its column in tables."""
        return f"{self.passages:,} passages" if self.passages else f"{self.articles:,} articles"


def parse_sizes(words: str) -> list[LibrarySize]:
    """Sizes from "1000,20000,million"; "5000p" is 5,000 passages. The multiplied ones come last.

    Raises ValueError for anything else.
    """
    found = []
    for word in words.replace(" ", "").split(","):
        if word == "million":
            found.append(LibrarySize(passages=MILLION))
        elif word.endswith("p"):
            found.append(LibrarySize(passages=int(word[:-1])))
        else:
            found.append(LibrarySize(articles=int(word)))
    if any((size.articles or size.passages or 0) < 1 for size in found):
        raise ValueError("a size is a number above 0")
    return sorted(dict.fromkeys(found), key=lambda size: (size.passages or 0, size.articles or 0))


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The folder of one size; of a multiplied library also that of the one that it is made from."""

    folder: Path
    source: Path | None = None

    @classmethod
    def for_size(cls, workdir: Path, size: LibrarySize, source: LibrarySize | None = None) -> LibraryPaths:
        """The place of this size, `source` being what it is multiplied from."""
        if size.passages and source:
            return cls(workdir / f"{size.passages}-passages", workdir / f"{source.articles}-articles")
        return cls(workdir / f"{size.articles}-articles")

    @property
    def articles(self) -> Path:
        """The folder of the article files."""
        return self.folder / ("index-articles" if self.source else "articles")

    @property
    def jsonl_file(self) -> Path:
        """The articles as JSON lines; of a multiplied library those that were multiplied."""
        return (self.source or self.folder) / "articles.jsonl"

    @property
    def passages(self) -> Path:
        """Some passages as passed to the embedding model, a JSON list."""
        return (self.source or self.folder) / "passages.json"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder / "index"

    @property
    def questions(self) -> Path:
        """Questions about this library, a JSON object of lists."""
        return self.folder / "questions.json"

    @property
    def figures(self) -> Path:
        """The measurements of the build; exists only if the library is complete."""
        return self.folder / "figures.json"

    @property
    def config(self) -> Path:
        """The settings file, which is rewritten at each run."""
        return self.folder / "config.yaml"

    def write_config(self, precision: str) -> None:
        """Write the settings, with this `embedding.precision`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        embedding = {"precision": precision}
        settings = {"articles": str(self.articles), "index": str(self.index), "embedding": embedding}
        self.config.write_text(json.dumps(settings) + "\n", encoding="utf-8")  # JSON is YAML

    def storage(self, chunk: int) -> Path:
        """The folder of llama-index's index with chunks of this size."""
        return self.folder / f"stock-{chunk}"
