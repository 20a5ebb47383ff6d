"""Answers and checks of citations."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.records.answer import Answer, Citation
from assistant.records.proof import CitationCheck
from assistant.text.sanitize import format_url, sanitize_line, sanitize_text, shorten_line


def print_question(question: str, *, is_first: bool) -> None:
    """The question above its answer, where several are asked."""
    text = Text(f"> {sanitize_line(question)}", style="bold cyan")
    create_console().print(text if is_first else Text("\n").append(text))


def print_answers_of_libraries(answers: Sequence[tuple[str, Answer]]) -> None:
    """The answers of several libraries, each under the name of its library; those that have nothing in one line."""
    console = create_console()
    for name, answer in answers:
        if answer.outcome != "nothing":
            console.print(Text(f"== {sanitize_line(name)}", style="bold cyan"))
            print_answer(answer)
            console.print()
    if silent := [sanitize_line(name) for name, answer in answers if answer.outcome == "nothing"]:
        console.print(Text(f"Nothing was found in: {', '.join(silent)}", style="dim"))


def print_answer(answer: Answer) -> None:
    """The answer with numbered sources below it; sentences near to an answer, marked as such; a refusal's reason.

    A question that refers to the conversation is shown first as it was understood.
    """
    console = create_console()
    if answer.standalone_question:
        console.print(Text(f"(understood as: {sanitize_line(answer.standalone_question)})", style="dim"))
    if answer.abstained:
        _print_refusal(console, answer)
        return
    lines = _format_written(answer) if answer.mode == "written" else []
    for line in lines or [_format_answer_line(line, answer) for line in answer.answer.split("\n")]:
        console.print(line)
    if not answer.citations:
        return
    console.print()
    console.print(Text("Sources", style="bold"))
    for cited in answer.citations:
        _print_source(console, cited)
    _print_writing(console, answer)


def _format_written(answer: Answer) -> list[Text]:
    """What a language model wrote, by section: what is not proved is marked, and why it is not stands below."""
    paragraph = Text()
    section = None
    for sentence in answer.sentences:
        if sentence.section != section:
            section = sentence.section
            paragraph.append("\n\n" if paragraph else "")
            paragraph.append(f"{sanitize_line(section or '').upper()}\n", style="bold")
        is_proved = sentence.support != "unsupported"
        paragraph.append(sanitize_line(sentence.text), style="default" if is_proved else "yellow")
        numbers = "".join(f"[{n}]" for n in sentence.citations)
        paragraph.append(f" {numbers}" if is_proved else " (not proved)", style="cyan" if is_proved else "bold yellow")
        paragraph.append(" ")
    reasons = [
        Text(f"not proved: {sanitize_line(each.reason)}", style="dim") for each in answer.sentences if each.reason
    ]
    return [paragraph, Text(), *map(Text, answer.notes), *reasons]


def _print_writing(console: Console, answer: Answer) -> None:
    """What became of the language model, and what it has cost."""
    if answer.writing is not None:
        console.print()
        if answer.writing.happened:
            console.print(Text(sanitize_line(answer.writing.happened), style="yellow"))
        console.print(Text(sanitize_line(answer.writing.cost), style="dim"))


def _print_source(console: Console, cited: Citation) -> None:
    text = Text(f"[{cited.n}] ", style="cyan")
    text.append(sanitize_line(cited.reference_line), style="default")
    text.append(f"  {sanitize_line(cited.article_id)}, characters {cited.start}–{cited.end}", style="dim")
    console.print(text)
    if cited.url:
        console.print(Text(f"    {format_url(cited.url)}", style="dim"))


def _print_refusal(console: Console, answer: Answer) -> None:
    """The heading, the sentences near to an answer under their sources, what they lack, and the reason."""
    console.print(Text(answer.heading, style="bold yellow"))
    if answer.nearest:
        console.print()
    for cited in answer.nearest:
        _print_source(console, cited)
        words = Text(f"? {sanitize_line(cited.words_with_days)}")
        _embolden_marks(words, cited)
        console.print(words)
    if answer.nearest:
        console.print()
    if answer.missing_line:
        console.print(Text(sanitize_line(answer.missing_line), style="bold"))
    console.print(Text(sanitize_line(answer.reason or "")))
    _print_writing(console, answer)


def _format_answer_line(line: str, answer: Answer) -> Text:
    """A heading in bold, a note plain, a sentence with the words that answer in bold."""
    if not line.startswith("- "):
        return Text(sanitize_text(line), style="" if not line or line in answer.notes else "bold")
    text = Text(sanitize_text(line))
    for cited in answer.citations:
        if f"[{cited.n}]" in line:
            _embolden_marks(text, cited)
    return text


def _embolden_marks(text: Text, cited: Citation) -> None:
    """Show the words of this citation that answer in bold."""
    for start, end in cited.marks:
        words = sanitize_line(cited.quote[start - cited.start : end - cited.start])
        at = text.plain.find(words)
        if words and at >= 0:
            text.stylize("bold", at, at + len(words))


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
