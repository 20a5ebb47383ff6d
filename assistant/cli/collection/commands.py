"""`assistant count`, `list`, `brief`, `timeline` and `search`, for scripts; `assistant ask` answers such questions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.json_lines import print_json
from assistant.cli.options import ConfigOption, IndexOption, JsonOption, open_assistant
from assistant.errors import QuestionError
from assistant.questions.search.typed import is_typed_search
from assistant.records.answer import Answer
from assistant.records.collection.question import CollectionKind, CollectionQuery

SearchArgument = Annotated[
    str,
    typer.Argument(
        metavar="SEARCH",
        help='Words, with AND OR NOT, "phrases", NEAR(a b, 5), prefix*, fuzzy~, title: speaker: outlet: author: '
        "from: to: tag: like:",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=200, help="Sentences shown.")]
SpeakerOption = Annotated[str | None, typer.Option("--speaker", help="Whose statements.", show_default=False)]


class UnitChoice(StrEnum):
    """What can be counted."""

    articles = "articles"
    stories = "stories"
    statements = "statements"
    mentions = "mentions"
    outlets = "outlets"
    speakers = "speakers"
    authors = "authors"


class GroupChoice(StrEnum):
    """By what numbers can be grouped."""

    outlet = "outlet"
    month = "month"
    year = "year"
    day = "day"
    speaker = "speaker"
    author = "author"


def count(
    context: typer.Context,
    search: SearchArgument = "",
    unit: Annotated[UnitChoice, typer.Option("--unit", help="What is counted.")] = UnitChoice.articles,
    by: Annotated[GroupChoice | None, typer.Option("--by", help="Group the number.", show_default=False)] = None,
    speaker: SpeakerOption = None,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Count articles, stories, statements, mentions, outlets or speakers, exactly, and show the first of those counted.

    A question (“how many articles mention the ferry?”) is read too. `--json` has all of those counted as `items`.

    Example: assistant count 'ferry NOT outlet:"Harbour Post"' --by month
    """
    asked = _ask("count", unit, search, speaker, by)
    _answer(context, asked, search, limit, as_json, config, index)


def list_items(
    context: typer.Context,
    search: SearchArgument = "",
    unit: Annotated[UnitChoice, typer.Option("--unit", help="What is listed.")] = UnitChoice.articles,
    speaker: SpeakerOption = None,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """List articles, or the outlets, speakers or authors of them, or all statements of a speaker, newest first.

    Example: assistant list clay --unit statements --speaker Valcourt --json
    """
    asked = _ask("list", unit, search, speaker, None)
    _answer(context, asked, search, limit, as_json, config, index)


def brief(
    context: typer.Context,
    search: SearchArgument,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """What happened, who says what, where figures differ, what was corrected and what is open, word for word.

    Example: assistant brief 'flood from:2025-04'
    """
    _answer(context, _ask("brief", UnitChoice.articles, search, None, None), search, limit, as_json, config, index)


def timeline(
    context: typer.Context,
    search: SearchArgument,
    limit: LimitOption = 20,
    svg: Annotated[
        Path | None, typer.Option("--svg", help="Also write a picture: the articles of it on a line of time.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """What the articles tell of a topic, day by day. `--json` has every entry as `items`.

    Example: assistant timeline '"ferry terminal"' --svg terminal.svg
    """
    asked = _ask("timeline", UnitChoice.articles, search, None, None)
    answer = _answer(context, asked, search, limit, as_json, config, index)
    if svg is not None and answer.collection is not None:
        from assistant.cli.usage.output import write_new_file
        from assistant.pictures.svg import draw_timeline

        told = {item.article_id for item in answer.collection.items}
        rows = [row for row in open_assistant(context, config, index).catalog().articles() if row.id in told]
        write_new_file(svg, draw_timeline(f"Timeline: {search}", rows).encode())


def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="Words, phrases, operators and fields: see `assistant count --help`.")
    ],
    facets: Annotated[
        bool, typer.Option("--facets", help="Also print the articles by outlet, month, author, speaker, word.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    index: IndexOption = None,
) -> None:
    """Search the text of all articles, best match first, with operators; see also `assistant articles search`.

    Example: assistant search 'NEAR(harbour clay, 8) AND speaker:Valcourt' --facets
    """
    from assistant.cli.render.browse import print_facets, print_hits, tell_reading
    from assistant.presentation.json_schema import facet_to_json, search_hit_to_json

    catalog = open_assistant(context, config, index).catalog()
    typed = " ".join(words)
    result = catalog.search(typed)
    tell_reading(result)
    if as_json:
        for number in range(len(result.hits)):
            print_json(search_hit_to_json(result, number))
        for facet in catalog.facets(typed) if facets else ():
            print_json(facet_to_json(facet))
    else:
        print_hits(result)
        if facets:
            print_facets(catalog.facets(typed))


def _ask(
    kind: CollectionKind, unit: UnitChoice, search: str, speaker: str | None, by: GroupChoice | None
) -> CollectionQuery:
    if unit is UnitChoice.statements and not speaker:
        raise typer.BadParameter("statements need a speaker: --speaker NAME")
    if unit is UnitChoice.mentions and not search:
        raise typer.BadParameter("mentions need words to look for")
    return CollectionQuery(
        kind,
        unit.value,
        speaker=speaker,
        group_by=None if by is None else by.value,
        search=search,
    )


def _answer(
    context: typer.Context,
    asked: CollectionQuery,
    typed: str,
    limit: int,
    as_json: bool,
    config: ConfigOption,
    index: IndexOption,
) -> Answer:
    assistant = open_assistant(context, config, index)
    if " " in typed and not is_typed_search(typed):
        try:
            question = assistant.read_collection_question(typed)
        except QuestionError:
            question = None
        if question is not None and question.kind not in ("who", "unknown_unit"):
            asked = question
    answer = assistant.answer_collection(asked, typed or asked.kind, shown=limit)
    if as_json:
        from assistant.presentation.json_schema import answer_to_json

        print_json(answer_to_json(answer))
    else:
        from assistant.cli.render.answers import print_answer  # imports rich

        print_answer(answer)
    return answer
