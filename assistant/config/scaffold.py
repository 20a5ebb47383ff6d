"""Creates a new library: its settings, the folder of articles, the folder of the index."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from assistant.config.load import CONFIG_NAME
from assistant.config.template import render_config_template
from assistant.errors import ConfigError
from assistant.system.files import make_folder, write_durably
from assistant.system.os_errors import describe_write_error

SEEDS_README = """# Your articles

Put your articles here and run `assistant build`. Subfolders are searched too. These formats are read:
{formats}.

A file contains one article. A file of JSON lines contains many: each line is an object with `id` and `text`.

Markdown and plain text can begin with:

    ---
    title: Title of the article
    source: Name of the newspaper or site
    author: Name of the author
    published_at: 2025-10-26
    url: https://example.com/the-article
    ---

README files are not read as articles.
"""
INDEX_README = """# The built index

`assistant build` creates these files from the articles. Do not edit them; they can always be built again.

- `library.sqlite3`: articles, passages, full-text index and vectors.
- `vectors-….faiss`: a FAISS index of the same vectors. If it is missing or damaged, it is rebuilt from the library.
"""


def create_library(folder: Path, formats: str) -> Iterator[Path]:
    """Create the files of a new library and yield the path of each. Existing files are not changed.

    `formats` lists the formats of articles, for the README of their folder. Raises ConfigError if the folder already
    has settings or cannot be written.
    """
    config = folder / CONFIG_NAME
    files = {
        folder / "seeds" / "README.md": SEEDS_README.replace("{formats}", formats),
        folder / "index" / "README.md": INDEX_README,
        config: render_config_template(),  # written last: a folder with settings is a complete library
    }
    try:
        if config.exists():
            raise ConfigError(f"{config}: this folder already has a library; choose another folder, or edit this file")
        for path, text in files.items():
            make_folder(path.parent)
            if not path.exists():
                if path.is_symlink():
                    raise OSError(errno.ELOOP, f"{path.name} is a link to nothing; remove it", str(path))
                write_durably(path, text.encode("utf-8"))
                yield path
    except OSError as error:
        raise ConfigError(f"{folder}: {describe_write_error(error)}") from error
