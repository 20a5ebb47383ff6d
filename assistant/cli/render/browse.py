"""What the command line prints of speakers and of a search: a line each, tab-separated for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from assistant.records.library import SearchResult, SpeakerPage, SpeakerRow, SpeakerStatement
from assistant.text.sanitize import sanitize_fragment, sanitize_line, shorten_line

SNIPPET_LENGTH = 160  # characters from the first found word on


def print_speakers(speakers: Sequence[SpeakerRow]) -> None:
    """Statements, articles and name of each."""
    console = Console(soft_wrap=True, highlight=False)
    for row in speakers:
        if console.is_terminal:
            console.print(Text(f"{row.statements:>7,} in {row.articles:>6,}  {sanitize_line(row.name)}"))
        else:
            sys.stdout.write(f"{row.statements}\t{row.articles}\t{sanitize_line(row.name)}\n")


def print_speaker(page: SpeakerPage) -> None:
    """Who somebody is, and their words under each article."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(sanitize_line(page.name), style="bold").append(_format_roles(page), style="default"))
    article = ""
    for group in page.group_by_sentence():
        said = group[0]
        if said.article_id != article:
            article = said.article_id
            about = [(said.published_at or "")[:10], said.source, said.title]
            console.print(Text("\n" + " · ".join(sanitize_line(part) for part in about if part), style="dim"))
        console.print(Text.assemble("- ", *_highlight_words(group)))


def _highlight_words(group: Sequence[SpeakerStatement]) -> Iterator[tuple[str, str]]:
    """A sentence in which the words that somebody said are bold."""
    sentence, at = group[0].sentence, 0
    for said in group:
        start, end = said.start - said.sentence_start, said.end - said.sentence_start
        if start >= at:
            yield sanitize_fragment(sentence[at:start]), ""
            yield sanitize_fragment(sentence[start:end]), "bold"
            at = end
    yield sanitize_fragment(sentence[at:]), ""


def _format_roles(page: SpeakerPage) -> str:
    return f" ({', '.join(map(sanitize_line, page.roles))})" if page.roles else ""


def print_hits(result: SearchResult) -> None:
    """Day, outlet, title, id and the words around what was found, an article each."""
    console = Console(soft_wrap=True, highlight=False)
    for hit in result.hits:
        start = max(0, (hit.marks[0][0] - hit.start if hit.marks else 0) - 40)
        if start:
            start = hit.text.find(" ", start) + 1  # a found word follows, so there is a space
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
