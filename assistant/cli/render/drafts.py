"""A checked draft."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.drafts.wording import LABELS, describe_findings, summarize
from assistant.records.proof import DraftSentence
from assistant.text.sanitize import sanitize_line, shorten_line

SOURCE_WIDTH = 300
_STYLES = {"holds": "green", "open": "yellow", "differs": "bold red", "not_found": "red", "unchecked": "dim"}
_SIGNS = {"holds": "✓", "open": "?", "differs": "✗", "not_found": "✗", "unchecked": "·"}


def print_draft(sentences: Sequence[DraftSentence]) -> None:
    """Each sentence with its result, what differs, and the sentence of the article; then the counts."""
    console = create_console()
    for sentence in sentences:
        line = Text(f"{_SIGNS[sentence.status]} ", style=_STYLES[sentence.status])
        line.append(sanitize_line(sentence.text), style="dim" if sentence.status == "unchecked" else "default")
        console.print(line)
        if sentence.status == "unchecked":
            continue
        for remark in describe_findings(sentence):
            console.print(Text(f"    {sanitize_line(remark)}", style="yellow"))
        if sentence.status != "holds":
            console.print(Text(f"    {LABELS[sentence.status]}", style=_STYLES[sentence.status]))
        if sentence.article_id:
            console.print(Text(f"    {sanitize_line(sentence.source_line)}", style="dim"))
            if sentence.status != "holds":
                console.print(Text(f"    {shorten_line(sentence.quote, SOURCE_WIDTH)}"))
    console.print(Text(summarize(sentences), style="red" if any(each.is_wrong for each in sentences) else "green"))
