"""Speakers and search hits: one per line, tab-separated if piped."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.records.library import Facet, SearchResult, SpeakerPage, SpeakerRow, SpeakerStatement, Story
from assistant.records.statement import describe_standing
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line

SNIPPET_LENGTH = 160  # characters


def print_speakers(speakers: Sequence[SpeakerRow]) -> None:
    """The number of statements and articles, and the name, of each speaker."""
    console = create_console(wraps=False)
    for row in speakers:
        if console.is_terminal:
            console.print(Text(f"{row.statements:>7,} in {row.articles:>6,}  {sanitize_line(row.name)}"))
        else:
            sys.stdout.write(f"{row.statements}\t{row.articles}\t{sanitize_line(row.name)}\n")


def print_speaker(page: SpeakerPage) -> None:
    """A speaker's roles and statements, by article."""
    console = create_console(wraps=False)
    console.print(Text(sanitize_line(page.name), style="bold").append(_format_roles(page), style="default"))
    if page.namesakes:
        console.print(Text(sanitize_line(f"perhaps also quoted as {page.describe_namesakes()}"), style="dim"))
    article = ""
    for group in page.group_by_sentence():
        statement = group[0]
        if statement.article_id != article:
            article = statement.article_id
            heading = [(statement.published_at or "")[:10], statement.source, statement.title]
            console.print(Text("\n" + " · ".join(sanitize_line(part) for part in heading if part), style="dim"))
        standing = describe_standing(statement.status, statement.via)
        label = f"({sanitize_line(standing)}) " if standing else ""
        console.print(Text.assemble("- ", (label, "yellow"), *_highlight_words(group)))


def _highlight_words(group: Sequence[SpeakerStatement]) -> Iterator[tuple[str, str]]:
    """A sentence with the words of the speaker in bold."""
    sentence, at = group[0].sentence, 0
    for statement in group:
        start, end = statement.start - statement.sentence_start, statement.end - statement.sentence_start
        if start >= at:
            yield sanitize_fragment(sentence[at:start]), ""
            yield sanitize_fragment(sentence[start:end]), "bold"
            at = end
    yield sanitize_fragment(sentence[at:]), ""


def _format_roles(page: SpeakerPage) -> str:
    return f" ({', '.join(map(sanitize_line, page.roles))})" if page.roles else ""


def print_facets(facets: Sequence[Facet]) -> None:
    """The articles of a search by outlet, month and author, and statements by speaker."""
    console = create_console(wraps=False)
    for facet in facets:
        for name, count in facet.groups:
            if console.is_terminal:
                console.print(Text(f"{facet.name:>8}  {count:>6,}  {sanitize_line(name)}"))
            else:
                sys.stdout.write(f"{facet.name}\t{count}\t{sanitize_line(name)}\n")


def print_stories(stories: Sequence[Story], *, with_articles: bool) -> None:
    """First and last day, numbers of articles and outlets, and title of each story; its articles are indented."""
    console = create_console(wraps=False)
    for story in stories:
        first, last = story.days
        title = sanitize_line(story.articles[0].title)
        if console.is_terminal:
            days = (first if first == last else f"{first} – {last}") or "no date"
            counts = f"{count_noun(len(story.articles), 'article')}, {count_noun(len(story.outlets), 'outlet')}"
            console.print(Text.assemble(f"{days:<23}  {counts:<24}  ", (title, "bold")))
        else:
            sys.stdout.write(f"{first}\t{last}\t{len(story.articles)}\t{len(story.outlets)}\t{title}\n")
        for row in story.articles if with_articles else ():
            fields = [row.day, row.source or "", row.title, row.id]
            sys.stdout.write("\t".join(["", *map(sanitize_line, fields)]) + "\n")


def tell_reading(result: SearchResult) -> None:
    """Say on stderr how a search was read, and whether no article has all of its words."""
    for remark in result.remarks:
        sys.stderr.write(f"note: {sanitize_line(remark)}\n")
    if not result.hits or result.match_mode != "all":
        sys.stderr.write(f"note: {result.describe()}\n")


def print_hits(result: SearchResult) -> None:
    """Day, outlet, title, id, and the words in context, one article per line."""
    console = create_console(wraps=False)
    for hit in result.hits:
        start = max(0, (hit.marks[0][0] - hit.start if hit.marks else 0) - 40)
        if start:
            start = hit.text.find(" ", start) + 1  # a space precedes the matched word
        words = shorten_line(hit.text[start:], SNIPPET_LENGTH)
        fields = [
            (hit.published_at or "")[:10],
            sanitize_line(hit.source or ""),
            sanitize_line(hit.title),
            sanitize_line(hit.article_id),
        ]
        if console.is_terminal:
            console.print(Text(" · ".join(field for field in fields if field), style="bold"))
            console.print(Text(f"  …{words}"))
        else:
            sys.stdout.write("\t".join([*fields, words]) + "\n")
