"""Where the libraries of a run are kept, and how large they are to be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class LibrarySize:
    """A library of so many articles, really built, or one of so many passages, multiplied from the largest such."""

    articles: int | None = None
    passages: int | None = None

    @property
    def name(self) -> str:
        """As tables head it."""
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
        """The files of the articles; multiplying writes them where it wants to."""
        return self.folder / ("index-articles" if self.source else "articles")

    @property
    def jsonl_file(self) -> Path:
        """The articles as JSON lines; of a multiplied library those that were multiplied."""
        return (self.source or self.folder) / "articles.jsonl"

    @property
    def passages(self) -> Path:
        """Some passages as the embedding model was given them, a JSON list."""
        return (self.source or self.folder) / "passages.json"

    @property
    def index(self) -> Path:
        """The library."""
        return self.folder / "index"

    @property
    def questions(self) -> Path:
        """Questions about this library, a JSON object of lists."""
        return self.folder / "questions.json"

    @property
    def figures(self) -> Path:
        """What was measured while the library was made, which is there only when it is whole."""
        return self.folder / "figures.json"

    @property
    def config(self) -> Path:
        """Settings that name articles and library; written anew at every run."""
        return self.folder / "config.yaml"

    def write_config(self, precision: str) -> None:
        """Write the settings, with this `embedding.precision`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        embedding = {"precision": precision}
        settings = {"articles": str(self.articles), "index": str(self.index), "embedding": embedding}
        self.config.write_text(json.dumps(settings) + "\n", encoding="utf-8")  # JSON is YAML

    def storage(self, chunk: int) -> Path:
        """Where llama-index keeps its index with chunks of this size."""
        return self.folder / f"stock-{chunk}"
