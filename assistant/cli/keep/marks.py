"""`assistant articles tag|star|read|note …`: marks and notes on articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.cli.usage.naming import find_article
from assistant.cli.usage.output import tell_if_none
from assistant.errors import AssistantError
from assistant.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.records.article import Article
    from assistant.records.marks import ArticleMarks, MarkedArticle

IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID", help="Articles by id, or a part of an id or title that no other has.")
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The article's id, or a part of its id or title that no other has.")
]
RemoveOption = Annotated[bool, typer.Option("--remove", help="Take it away instead.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `assistant articles`."""
    for name, command in (
        ("tag", tag_article),
        ("tags", list_tags),
        ("star", star_articles),
        ("read", mark_read),
        ("note", add_note),
        ("notes", list_notes),
        ("change-note", change_note),
    ):
        app.command(name)(command)


def tag_article(
    context: typer.Context,
    article_id: IdArgument,
    tags: Annotated[list[str], typer.Argument(metavar="TAG", help="Tags; one with spaces in quotation marks.")],
    remove: RemoveOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Tag an article. Tags are kept by the text of the article (SHA-256), beside the index; no build loses them.

    Example: assistant articles tag 2025/ferry.md ferry "port works"
    """
    from assistant.marks.articles import mark_target

    assistant = open_assistant(context, config, index)
    target = mark_target(find_article(assistant, article_id))
    if remove:
        missing = assistant.marks.articles.remove_tags(target, tags)
        if missing:
            raise AssistantError(f"{article_id}: has no tag {', '.join(map(repr, missing))}")
    else:
        assistant.marks.articles.add_tags(target, tags)


def list_tags(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = None, index: IndexOption = None
) -> None:
    """List all tags with the number of their articles."""
    tags = open_assistant(context, config, index).marks.articles.list_tags().items()
    for name, count in tell_if_none(tags, "no article has a tag of yours; assistant articles tag ID TAG gives one"):
        if as_json:
            print_json({"tag": name, "articles": count})
        else:
            typer.echo(f"{count}\t{sanitize_line(name)}")


def star_articles(
    context: typer.Context,
    article_ids: IdsArgument,
    remove: RemoveOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Star articles, or take the star away."""
    assistant = open_assistant(context, config, index)
    for target in _find_targets(assistant, article_ids):
        assistant.marks.articles.star(target, on=not remove)


def mark_read(
    context: typer.Context,
    article_ids: IdsArgument,
    remove: RemoveOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Mark articles as read, or as unread with --remove. The interface marks those that are opened in it."""
    assistant = open_assistant(context, config, index)
    for target in _find_targets(assistant, article_ids):
        assistant.marks.articles.mark_read(target, on=not remove)


def add_note(
    context: typer.Context,
    article_id: IdArgument,
    text: Annotated[str, typer.Argument(help="The note.")],
    words: Annotated[
        str | None,
        typer.Option("--on", metavar="WORDS", help="Words of the article that the note is on.", show_default=False),
    ] = None,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Write a note on an article, or on words of it; prints its number.

    Example: assistant articles note ferry.md "Ask the mayor" --on "paint will not save them"
    """
    from assistant.marks.articles import find_nearest

    assistant = open_assistant(context, config, index)
    article = find_article(assistant, article_id)
    span = None
    if words is not None:
        at = find_nearest(article.text, words, 0)
        if at is None:
            raise AssistantError(f"{article_id}: does not contain {words!r}; `assistant quote` finds the exact words")
        span = (at, at + len(words))
    typer.echo(assistant.marks.articles.add_note(article, text, span))


def list_notes(
    context: typer.Context,
    article_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Only the notes on this article.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List the notes: number, article, the words that it is on, the note."""
    from assistant.presentation.json_schema import note_to_json

    assistant = open_assistant(context, config, index)
    sha256 = None if article_id is None else find_article(assistant, article_id).sha256
    notes = assistant.marks.articles.list_notes(sha256)
    for note in tell_if_none(notes, "no note; assistant articles note ID TEXT writes one"):
        if as_json:
            print_json(note_to_json(note))
        else:
            lost = "(no longer in the article) " if note.is_lost else ""
            fields = (str(note.number), note.article.id, lost + (note.quote or ""), note.text)
            typer.echo("\t".join(map(sanitize_line, fields)))


def change_note(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of the note, as `notes` shows it.")],
    text: Annotated[str, typer.Argument(help="The new text; an empty one removes the note.")],
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Replace the text of a note, or remove it."""
    open_assistant(context, config, index).marks.articles.change_note(number, text)


# ------------------------------------------------------------------------------------------ for other commands


def _find_targets(assistant: Assistant, article_ids: Iterable[str]) -> Iterator[MarkedArticle]:
    from assistant.marks.articles import mark_target

    yield from [mark_target(find_article(assistant, article_id)) for article_id in article_ids]


def make_marks_filter(
    assistant: Assistant, tag: str | None, *, starred: bool, unread: bool
) -> tuple[Callable[[Article], bool], dict[str, ArticleMarks]]:
    """Whether an article has these marks, and the marks of all articles by SHA-256. Raises MarksError."""
    from assistant.records.marks import ArticleMarks

    marks = assistant.marks.articles.load_marks()
    tagged = None if tag is None else assistant.find_tagged(tag)
    none = ArticleMarks()

    def fits(article: Article) -> bool:
        own = marks.get(article.sha256, none)
        has_tag = tagged is None or article.id in tagged
        return has_tag and (own.is_starred or not starred) and not (own.is_read and unread)

    return fits, marks
