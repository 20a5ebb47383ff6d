"""`assistant articles …` and `assistant speakers`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.keep.marks import make_marks_filter
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.cli.usage.groups import ListingGroup
from assistant.cli.usage.naming import find_article
from assistant.cli.usage.output import tell_if_none
from assistant.errors import NoSuchTag, WebError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.records.article import Article


class MissingField(StrEnum):
    """A field that articles can lack."""

    DATE = "date"
    OUTLET = "outlet"
    AUTHOR = "author"
    REST = "rest"


_FIELD_NAMES = {MissingField.DATE: "published_at", MissingField.OUTLET: "source", MissingField.AUTHOR: "author"}
_HAVE_ALL = {
    MissingField.DATE: "every article has a date",
    MissingField.OUTLET: "every article has an outlet",
    MissingField.AUTHOR: "every article has an author",
    MissingField.REST: "every article seems whole",
}


def _lacks(name: str) -> Callable[[Article], bool]:
    get_value = attrgetter(name)
    return lambda article: not get_value(article)


def _is_partial(article: Article) -> bool:
    return article.partial is not None


articles_app = typer.Typer(
    help="List, show or search the articles in the library; without a command, list them.",
    cls=ListingGroup,
    rich_markup_mode=None,
)


@articles_app.command("list")
def list_articles(
    context: typer.Context,
    missing: Annotated[
        MissingField | None,
        typer.Option(help="Only articles without: date, outlet, author, or the rest of the text."),
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="List only the articles with this tag.")] = None,
    starred: Annotated[bool, typer.Option("--starred", help="List only the starred articles.")] = False,
    unread: Annotated[
        bool, typer.Option("--unread", help="List only the articles that are not marked as read.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List all articles, newest first: day, outlet, title, id; with --json also their marks."""
    from assistant.cli.render.library import print_articles
    from assistant.presentation.json_schema import article_marks_to_json, article_to_json
    from assistant.records.marks import ArticleMarks

    assistant = open_assistant(context, config, index)
    none = _describe_none(missing, starred=starred, unread=unread, has_tag=tag is not None)
    articles: Iterable[Article] = ()
    marks: dict[str, ArticleMarks] = {}
    try:
        fits, marks = make_marks_filter(assistant, tag, starred=starred, unread=unread)
        articles = filter(fits, assistant.articles())
    except NoSuchTag as error:  # an empty list, as with any other mark, but it says which tags there are
        none = str(error)
    if missing is not None:
        is_missing = _is_partial if missing is MissingField.REST else _lacks(_FIELD_NAMES[missing])
        articles = (article for article in articles if is_missing(article))
    articles = tell_if_none(articles, none)
    if as_json:
        for article in articles:
            own = marks.get(article.sha256, ArticleMarks())
            print_json({**article_to_json(article), "marks": article_marks_to_json(own)})
    else:
        print_articles(articles)


def _describe_none(missing: MissingField | None, *, starred: bool, unread: bool, has_tag: bool) -> str:
    """What an empty list of articles means."""
    if not (starred or unread or has_tag):
        return "the library has no article" if missing is None else _HAVE_ALL[missing]
    if missing is None and starred and not (unread or has_tag):
        return "no article is starred; assistant articles star ID stars one"
    if missing is None and unread and not (starred or has_tag):
        return "every article is marked as read"
    return "no article has all of that"


@articles_app.command("show")
def show_article(
    context: typer.Context,
    article_id: Annotated[
        str, typer.Argument(metavar="ID", help="The article's id, as `list` shows it, or a part of it or of the title.")
    ],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Show one article: title, source and whole text."""
    from assistant.cli.render.library import print_article
    from assistant.presentation.json_schema import article_to_json
    from assistant.web.health import find_last_seen

    assistant = open_assistant(context, config, index)
    article = find_article(assistant, article_id)
    last_seen = None
    try:
        last_seen = find_last_seen(assistant.config.added, article.path)
    except WebError as error:  # the article is there all the same
        typer.echo(sanitize_line(f"note: when it was last seen is not known: {error}"), err=True)
    if as_json:
        print_json({**article_to_json(article, with_text=True), "last_seen": last_seen})
    else:
        print_article(article, last_seen)


@articles_app.command("search")
def search_articles(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words to search for; put a phrase in quotation marks.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Search the text of all articles, best match first: day, outlet, title, id, and the words in context.

    If no passage contains all the words, the last word is taken as the beginning of a word; then passages with any
    of the words are shown.

    Example: assistant articles search homes evacuated
    """
    from assistant.cli.render.browse import print_hits, tell_reading
    from assistant.presentation.json_schema import search_hit_to_json

    result = open_assistant(context, config, index).catalog().search(" ".join(words))
    tell_reading(result)
    if as_json:
        for number in range(len(result.hits)):
            print_json(search_hit_to_json(result, number))
    else:
        print_hits(result)


def stories(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Only stories with these words in a title, outlet or day, with their articles."),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List what several articles report, over days and outlets, latest first; with WORDS, the articles of each.

    Articles belong to one story if they are copies, or like each other in meaning and within days of each other.

    Example: assistant stories ferry 2025-03
    """
    from assistant.cli.render.browse import print_stories
    from assistant.presentation.filtering import prepare_stories
    from assistant.presentation.json_schema import story_to_json

    found = prepare_stories(open_assistant(context, config, index).catalog().stories()).find_rows(" ".join(words or ()))
    found = list(tell_if_none(found, "no story of several articles" + (" has these words" if words else "")))
    if as_json:
        for story in found:
            print_json(story_to_json(story))
    else:
        print_stories(found, with_articles=bool(words))


def speakers(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Whose statements to print; part of a name is enough.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List who speaks in the articles, most quoted first; with NAME, print what they said, newest first.

    Example: assistant speakers Ushakov
    """
    from assistant.cli.render.browse import print_speaker, print_speakers
    from assistant.presentation.filtering import choose_speaker
    from assistant.presentation.json_schema import speaker_statements_to_json, speaker_to_json

    catalog = open_assistant(context, config, index).catalog()
    rows = catalog.speakers()
    if name is None:
        if as_json:
            for row in rows:
                print_json(speaker_to_json(row))
        else:
            print_speakers(rows)
        return
    page = catalog.speaker_page(choose_speaker(rows, name).name)
    if as_json:
        for record in speaker_statements_to_json(page):
            print_json(record)
    else:
        print_speaker(page)
