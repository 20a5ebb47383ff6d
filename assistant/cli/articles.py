"""`assistant articles …` and `assistant speakers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
import typer.core

from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant, print_json
from assistant.errors import AssistantError

if TYPE_CHECKING:
    pass


articles_app = typer.Typer(help="List the articles in the library, or show one.", rich_markup_mode=None)


@articles_app.command("list")
def list_articles(
    context: typer.Context,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """All articles, newest first: day, outlet, title, id."""
    from assistant.cli.render.library import print_articles
    from assistant.presentation.json_schema import article_to_json

    with open_assistant(context, config, index).open_library() as library:
        if as_json:
            for article in library.articles():
                print_json(article_to_json(article))
        else:
            print_articles(library.articles())


@articles_app.command("show")
def show_article(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The article's id, as `list` shows it.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """One article with its head and its whole text."""
    from assistant.cli.render.library import print_article
    from assistant.presentation.json_schema import article_to_json

    with open_assistant(context, config, index).open_library() as library:
        article = library.article(article_id)
    if article is None:
        raise AssistantError(f"no article with the id {article_id!r}; `assistant articles list` shows all ids")
    if as_json:
        print_json(article_to_json(article, with_text=True))
    else:
        print_article(article)


@articles_app.command("search")
def search_articles(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words to look for; a phrase in quotation marks within quotes.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Articles whose text holds these words, best first: day, outlet, title, id, and the words in their place.

    Where no passage holds all of them, words that begin like the last one are tried, then any of the words.

    Example: assistant articles search homes evacuated
    """
    from assistant.cli.render.browse import print_hits
    from assistant.presentation.json_schema import search_hit_to_json

    result = open_assistant(context, config, index).catalog().search(" ".join(words))
    if as_json:
        for number in range(len(result.hits)):
            print_json(search_hit_to_json(result, number))
    else:
        print_hits(result)


def speakers(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Whose words to print; a part of the name is enough.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Who speaks in the articles, most quoted first; or what NAME said, newest first.

    Example: assistant speakers Ushakov
    """
    from assistant.cli.render.browse import print_speaker, print_speakers
    from assistant.presentation.filtering import choose_speaker
    from assistant.presentation.json_schema import speaker_statements_to_json, speaker_to_json

    catalogue = open_assistant(context, config, index).catalog()
    found = catalogue.speakers()
    if name is None:
        if as_json:
            for row in found:
                print_json(speaker_to_json(row))
        else:
            print_speakers(found)
        return
    page = catalogue.speaker_page(choose_speaker(found, name).name)
    if as_json:
        for record in speaker_statements_to_json(page):
            print_json(record)
    else:
        print_speaker(page)
