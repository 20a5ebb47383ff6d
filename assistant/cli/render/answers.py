"""Answers and checks of citations."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.records.answer import Answer, CitationCheck
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text, shorten_line


def print_answer(answer: Answer) -> None:
    """The answer with numbered sources below it; a refusal with its reason."""
    console = create_console()
    if answer.abstained:
        console.print(Text("The articles do not answer this.", style="bold yellow"))
        console.print(Text(sanitize_line(answer.reason or "")))
        return
    for line in answer.answer.split("\n"):
        console.print(_format_answer_line(line, answer))
    console.print()
    console.print(Text("Sources", style="bold"))
    for cited in answer.citations:
        text = Text(f"[{cited.n}] ", style="cyan")
        text.append(sanitize_line(cited.source_line), style="default")
        text.append(f"  {sanitize_line(cited.article_id)}, characters {cited.start}–{cited.end}", style="dim")
        console.print(text)
        if cited.url:
            console.print(Text(f"    {format_url(cited.url)}", style="dim"))


def _format_answer_line(line: str, answer: Answer) -> Text:
    """A heading in bold, a note plain, a sentence with the words that answer in bold."""
    if not line.startswith("- "):
        return Text(sanitize_text(line), style="" if not line or line in answer.notes else "bold")
    text = Text(sanitize_text(line))
    for cited in answer.citations:
        if f"[{cited.n}]" in line:
            for start, end in cited.marks:
                words = sanitize_line(cited.quote[start - cited.start : end - cited.start])
                at = text.plain.find(words)
                if words and at >= 0:
                    text.stylize("bold", at, at + len(words))
    return text


def print_checks(checks: Sequence[CitationCheck]) -> None:
    """One line for each citation that is not exact, and the count."""
    console = create_console()
    for check in checks:
        if check.fault:
            line = Text("✗ ", style="bold red")
            line.append(f"[{check.n}] {sanitize_line(check.article_id)}: {check.fault}", style="default")
            console.print(line)
            console.print(Text(f"    {shorten_line(check.quote, 100)}", style="dim"))
    exact = sum(check.fault is None for check in checks)
    summary = f"{exact} of {len(checks)} citations are exact" if checks else "no citations to check"
    console.print(Text(summary, style="green" if exact == len(checks) else "red"))
