"""`assistant articles set`: what the user knows of an article better than its file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.options import ConfigOption, IndexOption, open_assistant
from assistant.cli.usage.naming import find_articles
from assistant.errors import QuestionError
from assistant.text.sanitize import sanitize_line


class FieldChoice(StrEnum):
    """The fields of an article that can be set, as options name them."""

    TITLE = "title"
    OUTLET = "outlet"
    AUTHOR = "author"
    PUBLISHED = "published"
    UPDATED = "updated"
    URL = "url"
    SECTION = "section"
    LANGUAGE = "language"
    TAGS = "tags"


_NAMES = {FieldChoice.OUTLET: "source", FieldChoice.PUBLISHED: "published_at", FieldChoice.UPDATED: "updated_at"}


def set_fields(
    context: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(metavar="ID|PATH", help="Articles by id, part of an id or title; files, folders."),
    ],
    title: Annotated[str | None, typer.Option(help="Its title.", show_default=False)] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", "--source", help="Who published it.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    published: Annotated[
        str | None, typer.Option(help="When it was published: 2025-10-26, or a month or year.")
    ] = None,
    updated: Annotated[str | None, typer.Option(help="When it was last changed.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address.")] = None,
    section: Annotated[str | None, typer.Option(help="Its section.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language, as a code: en, de.")] = None,
    tags: Annotated[str | None, typer.Option(help="Its tags, with commas between them.")] = None,
    reset: Annotated[
        list[FieldChoice] | None, typer.Option("--reset", help="Take back what you set for this field.")
    ] = None,
    no_build: Annotated[bool, typer.Option("--no-build", help="Do not bring the index up to date afterwards.")] = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Set fields of articles; the values count before all that the files say, and no build loses them.

    An empty value ("") says that the field has none. The values are kept in INDEX-added/values.json. For many files at
    once, put a metadata.csv into their folder, with a column `file` and any of these fields.

    Example: assistant articles set mill.pdf --published 2019-03-04 --outlet "The Weir Post"
    """
    from assistant.articles.supplements.changes import set_values
    from assistant.cli.render.build import run_build

    given = {
        FieldChoice.TITLE: title,
        FieldChoice.OUTLET: outlet,
        FieldChoice.AUTHOR: author,
        FieldChoice.PUBLISHED: published,
        FieldChoice.UPDATED: updated,
        FieldChoice.URL: url,
        FieldChoice.SECTION: section,
        FieldChoice.LANGUAGE: language,
        FieldChoice.TAGS: tags,
    }
    texts = {_NAMES.get(field, field.value): text for field, text in given.items() if text is not None}
    cleared = [_NAMES.get(field, field.value) for field in reset or ()]
    if not texts and not cleared:
        raise QuestionError("nothing to set; name a field, as in: assistant articles set ID --published 2025-10-26")
    assistant = open_assistant(context, config, index)
    for changed in set_values(assistant.config.added, find_articles(assistant, what), texts, cleared):
        typer.echo(sanitize_line(changed))
    if not no_build:
        run_build(assistant.build_events(), quiet=False, as_json=False)
