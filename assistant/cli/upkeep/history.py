"""`assistant articles history`: how articles changed, and what they said before."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.cli.usage.naming import find_article
from assistant.cli.usage.output import tell_if_none
from assistant.errors import QuestionError
from assistant.text.sanitize import sanitize_text

MIN_PREFIX = 6  # characters of a hash that tell a version


def show_history(
    context: typer.Context,
    article_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The article; default: list those that changed.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="SHA256", help="Print the whole text of that hash, or of its first 6 digits."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Show how an article changed from build to build: the sentences before and after, and silent changes.

    A change is silent if the article got no new date and no word in it says that it was changed. Earlier texts are kept
    as long as the article is in the library, also by `build --rebuild`.

    Example: assistant articles history mill.html
    """
    from assistant.cli.upkeep.printing import print_changed_articles, print_revisions
    from assistant.presentation.json_schema import revision_to_json

    assistant = open_assistant(context, config, index)
    if article_id is None:
        with assistant.open_library() as library:
            changed = list(tell_if_none(library.changed_articles(), "no article has changed since it was first read"))
        if as_json:
            for name, count, when in changed:
                print_json({"article_id": name, "versions": count, "changed_at": when})
        else:
            print_changed_articles(changed)
        return
    article_id = find_article(assistant, article_id).id
    if text is not None:
        found = [each for each in assistant.versions(article_id) if each.sha256.startswith(text.lower())]
        if not found or len(text) < MIN_PREFIX:
            raise QuestionError(f"{article_id}: no earlier text has the hash {text[:64]!r}")
        typer.echo(sanitize_text(found[-1].text))
        return
    revisions = assistant.history(article_id)
    if as_json:
        for revision in revisions:
            print_json(revision_to_json(article_id, revision))
    else:
        print_revisions(revisions)
