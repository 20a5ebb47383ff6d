"""Making a new library: its settings, the folder for articles, the folder for the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.config.load import CONFIG_NAME
from assistant.config.template import render_config_template
from assistant.errors import ConfigError

SEEDS_README = """# Your articles

Put articles here, one a file, in folders if you like: Markdown (`.md`), plain text (`.txt`), web pages (`.html`),
or many at once as JSON lines (`.jsonl`, each with `id` and `text`). Then run `assistant build`.

Markdown and text may open with:

    ---
    title: What the article is called
    source: The outlet
    author: Who wrote it
    published_at: 2025-10-26
    url: https://example.com/where-it-stands
    ---

README files are not read as articles.
"""
INDEX_README = """# The built index

Made by `assistant build` from the articles; nothing here is edited by hand, and all of it can be made again.

- `library.sqlite3`: articles, passages, full-text index and vectors. The truth.
- `vectors-….faiss`: the vectors in FAISS's form, named and checksummed in the library; remade when it is lost.
"""


def create_library(folder: Path) -> Iterator[Path]:
    """Make the files of a new library and yield each; nothing that exists is touched.

    Raises ConfigError where there is a library already, or the folder cannot be written.
    """
    config = folder / CONFIG_NAME
    files = {
        folder / "seeds" / "README.md": SEEDS_README,
        folder / "index" / "README.md": INDEX_README,
        config: render_config_template(),  # last: a folder with it is a complete library
    }
    try:
        if config.exists():
            raise ConfigError(f"{config}: there is a library here already; name another folder, or edit this file")
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_text(text, encoding="utf-8")
                yield path
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}") from error
